"""Messages as they leave: what they say of why, and that no fault of ours keeps one back."""

from dataclasses import replace

import pytest

from pagerd.core.paging.message import CallScript, Mail, Text
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Urgency
from pagerd.core.ticket import Ticket
from pagerd.engine.rendering import Ways, body_of
from pagerd.engine.work import Claimed
from tests.builders import NOON, a_plan, minutes


def a_claimed(medium=Medium.SMS, **fields):
    """Return a claimed notification of a page to ana."""
    one = Notification(
        id="n1",
        page_id="p-7Kq2Xw",
        person="ana",
        medium=medium,
        address="somewhere",
        purpose=Purpose.PAGE,
        urgency=Urgency.HIGH,
        created_at=NOON,
        due=NOON,
        due_first=NOON,
        code="47",
        digit="4",
    )
    return Claimed(notification=replace(one, **fields), claim="c1", page=None)


@pytest.mark.parametrize("medium", Medium)
def test_a_message_that_cannot_be_rendered_is_said_plainly(medium):
    """With its page unreadable and its reader gone from the plan, a message still names the page and how to answer."""
    body = body_of(a_claimed(medium), replace(a_plan(), people={}), NOON, Ways(public_url="https://pager.example.org"))

    match body:
        case Text():
            said = body.body
        case CallScript():
            said = body.greeting
            assert (body.prompt, body.keys) == ("Press 4 to acknowledge.", (("4", "ack"),))
        case Mail():
            said = body.text
    assert said == "pagerd page p-7Kq2Xw. Reply 47 to acknowledge. Details: pagerd pages"


def test_a_plain_message_without_a_code_says_how_to_answer():
    """Where no reply reaches us, the command line does."""
    body = body_of(a_claimed(code=None, digit=None), a_plan(), NOON, Ways())

    assert body == Text("pagerd page p-7Kq2Xw. To acknowledge: pagerd ack p-7Kq2Xw. Details: pagerd pages")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"why": "primary, schedule payments-primary"}, "You are primary, schedule payments-primary."),
        ({"why": "team_lead, dora"}, "You are team_lead."),
        ({"why": "schedule platform-primary"}, "You are on call in schedule platform-primary."),
        ({"why": "ana"}, "You are named by the escalation policy."),
        ({"why": "who had it last"}, "You had it last."),
        ({"why": "you hold this page"}, "You hold this page."),
        ({"why": "operator"}, "You are an operator of this pagerd."),
        ({"why": "handed over by ben", "purpose": Purpose.REASSIGNED, "actor": "ben"}, "Ben handed it to you."),
        ({"why": "Ben asks for your help", "purpose": Purpose.HELP, "actor": "ben"}, "Ben asks for your help."),
    ],
)
def test_a_mail_says_why_it_is_you(fields, why):
    """Whoever is woken reads by which road it came to them, in words and not in ids."""
    body = body_of(a_claimed(Medium.EMAIL, page_id=None, **fields), a_plan(), NOON, Ways())

    assert isinstance(body, Mail)
    assert f"  {why}" in body.text.splitlines()


@pytest.mark.parametrize(
    ("firing", "said"),
    [
        (1, "A ticket with a clock: it pages at 12:10 unless somebody takes it."),
        (0, "A ticket for business hours. It can wait."),
    ],
)
def test_a_mail_about_a_ticket_says_whether_it_pages(firing, said):
    """Whoever reads that it can wait is not to be woken by it ten minutes later."""
    ticket = Ticket(
        id="t-9Zz3Aa",
        team="payments",
        group_key="g",
        rule=None,
        severity="sev2",
        title="CheckoutErrors",
        summary="",
        service="payments-api",
        reasons=(),
        violations=("clear: no runbook",),
        opened_at=NOON,
        firing=firing,
        page_at=NOON + minutes(10),
    )
    claimed = a_claimed(Medium.EMAIL, page_id=None, ticket_id=ticket.id, purpose=Purpose.TICKET)

    assert body_of(replace(claimed, ticket=ticket), a_plan(), NOON, Ways()).text.startswith(said)
