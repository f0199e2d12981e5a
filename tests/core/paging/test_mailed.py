import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.paging.facts import ASKING, Facts
from pagerd.core.paging.letter import WIDTH
from pagerd.core.paging.mailed import SUBJECT_MAX, mail
from pagerd.core.paging.purpose import Purpose

NOW = datetime(2026, 12, 12, 2, 20, tzinfo=UTC)
PAGE = Facts(
    purpose=Purpose.PAGE,
    at=NOW,
    zone=ZoneInfo("Europe/Berlin"),
    reader="Ana Ribeiro",
    page_id="p-7Kq2Xw",
    team="payments",
    service="checkout",
    place="prod",
    title="HighErrorRate",
    summary="5xx 7.2% > 5% for 10m",
    severity_id="sev1",
    severity_name="Critical",
    since=NOW - timedelta(minutes=6),
    alerts_count=4,
    first_action="Restart the canary, then check database connections.",
    runbook_url="https://runbooks.example.org/payments-5xx",
    links={"Graph": "https://prometheus.example.org/graph?g0.expr=up&g0.tab=1"},
    code="47",
    mail_link="https://pager.example.org/m/7Kq2Xw8aBcDeFgHiJkLmN",
    why_you="you are primary for payments, schedule payments-primary",
    urgent=True,
)


def test_a_page_by_mail_reads_from_the_top():
    """What, since when, the first action, how to answer, links, and why this person got it."""
    assert (
        mail(PAGE).text
        == """\
sev1 (Critical): HighErrorRate
payments/checkout prod

5xx 7.2% > 5% for 10m

Since: Sat 12 Dec 2026 03:14 (Europe/Berlin), 6m ago
Alerts: 4

What to do first
  Restart the canary, then check database connections.
  Runbook:
  https://runbooks.example.org/payments-5xx

How to answer
  Open this and type the code 47 there. Opening it alone does nothing:
  https://pager.example.org/m/7Kq2Xw8aBcDeFgHiJkLmN
  Or by text, to the number that pages you: 47 ack.
  Or from the command line: pagerd ack p-7Kq2Xw
  An answer to this mail is not read. Without a confirmation from pagerd
  nothing is acknowledged.

Links
  Graph:
  https://prometheus.example.org/graph?g0.expr=up&g0.tab=1

Why you got this
  You are primary for payments, schedule payments-primary.
  How you are reached, and when you are on call, stands in the rotations
  of your team.
"""
    )


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({}, "[sev1] payments/checkout: HighErrorRate (p-7Kq2Xw)"),
        ({"service": ""}, "[sev1] payments: HighErrorRate (p-7Kq2Xw)"),
        ({"team": "", "service": "", "severity_id": ""}, "[page] HighErrorRate (p-7Kq2Xw)"),
        ({"title": "a\r\nBcc: x@example.org"}, "[sev1] payments/checkout: a Bcc: x@example.org (p-7Kq2Xw)"),
        ({"title": "", "summary": ""}, "[sev1] payments/checkout: something is wrong (p-7Kq2Xw)"),
        (
            {"purpose": Purpose.TICKET, "page_id": "t-9Zz3Aa", "severity_id": "sev3"},
            "[ticket sev3] payments/checkout: HighErrorRate (t-9Zz3Aa)",
        ),
        ({"purpose": Purpose.ALARM, "note": "ana cannot be reached"}, "[pagerd] ana cannot be reached"),
        ({"purpose": Purpose.TEST}, "[test] Test page from pagerd for Ana Ribeiro"),
    ],
)
def test_the_subject_names_severity_place_what_and_id(changes, subject):
    """It is one line, whatever the alert says."""
    assert mail(replace(PAGE, **changes)).subject == subject


def test_a_long_subject_keeps_its_id():
    """The title is cut, not the id that people search for."""
    subject = mail(replace(PAGE, title="word " * 100)).subject

    assert len(subject) <= SUBJECT_MAX
    assert subject.endswith("… (p-7Kq2Xw)")


def test_all_mails_of_a_page_hold_together():
    """Subject and thread are the same over the life of a page; only the first says that it is."""
    mails = [
        mail(replace(PAGE, purpose=purpose, actor="Ben", alerts_count=9, first_of_thread=purpose is Purpose.PAGE))
        for purpose in (*sorted(ASKING), Purpose.MORE_ALERTS, Purpose.ACKNOWLEDGED_BY_OTHER, Purpose.RESOLVED)
    ]

    assert {one.subject for one in mails} == {"[sev1] payments/checkout: HighErrorRate (p-7Kq2Xw)"}
    assert {one.thread for one in mails} == {"p-7Kq2Xw"}
    assert [one.first_of_thread for one in mails].count(True) == 1


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"purpose": Purpose.RESOLVED, "actor": "Ben"}, "Resolved after 6m by Ben. No action is needed."),
        ({"purpose": Purpose.ACKNOWLEDGED_BY_OTHER, "actor": "Ben"}, "Ben has it. There is nothing for you to do."),
        ({"purpose": Purpose.HELP, "actor": "Ben"}, "Ben asks for your help. The page stays where it is."),
        ({"purpose": Purpose.REASSIGNED, "actor": "Ben"}, "Ben handed this page to you."),
        ({"purpose": Purpose.MORE_ALERTS}, "More alerts fire in a page that you hold: 4 by now."),
        ({"purpose": Purpose.TICKET}, "A ticket for business hours. It can wait."),
        (
            {"purpose": Purpose.TICKET, "page_id": "t-9Zz3Aa", "pages_at": NOW + timedelta(minutes=10)},
            "A ticket with a clock: it pages at 03:30 unless somebody takes it.",
        ),
        (
            {"purpose": Purpose.TICKET, "pages_count": 2, "pages_at": NOW + timedelta(minutes=10)},
            "Tickets with a clock: the worst pages at 03:30 unless somebody takes it.",
        ),
        (
            {"purpose": Purpose.TICKET, "page_id": "t-9Zz3Aa"},
            "  Take it, so that others know: pagerd tickets take t-9Zz3Aa.",
        ),
        ({"purpose": Purpose.TEST}, "This is a test page from pagerd. Nothing is broken."),
        ({"pages_count": 5}, "5 pages; the worst of them:"),
        ({"pages_count": 5, "purpose": Purpose.TICKET}, "5 tickets; the worst of them:"),
        ({"pages_count": 5, "also": ("sev2 DiskFull (p-1)",)}, "  sev2 DiskFull (p-1)"),
        ({"pages_count": 5, "also": ("sev2 DiskFull (p-1)",)}, "  and 3 more: pagerd pages lists them"),
        ({"pages_count": 5, "purpose": Purpose.RESOLVED}, "Resolved. No action is needed."),
        (
            {"pages_count": 5, "purpose": Purpose.ACKNOWLEDGED_BY_OTHER, "actor": "Ben"},
            "Ben has them. There is nothing for you to do.",
        ),
        ({"escalated_from": ("Ana", "Ben")}, "Escalated: Ana, Ben did not answer"),
        ({"is_last_resort": True}, "Last resort: no step is left; you are paged until somebody answers"),
        ({"late_by": timedelta(minutes=12)}, "Late: this comes 12m late, pagerd was down or stalled"),
        (
            {"is_stale": True},
            "Stale: its source no longer stands by it, and never said it ended",
        ),
        ({"follows": "p-old"}, "Again: it follows page p-old, resolved a short while before"),
        (
            {"violations": ("clear: no runbook",)},
            "  This alert does not pass every test for paging: clear: no runbook. A",
        ),
        ({"note": "seen by support\ntwice"}, "  twice"),
        ({"why_you": "", "level": "secondary"}, "  You are secondary."),
        ({"mail_link": None}, "  By text, to the number that pages you: 47 ack."),
        ({"mail_link": None, "code": None}, "  From the command line: pagerd ack p-7Kq2Xw"),
        ({"purpose": Purpose.HELP_COMES, "actor": "Ben"}, "Ben comes to help. The page stays yours."),
        ({"purpose": Purpose.SHADOW, "actor": "Ben"}, "Ben, whom you shadow, was paged. Nothing is asked of you."),
        ({"purpose": Purpose.SHADOW, "actor": "Ben", "pages_count": 3}, "3 pages; the worst of them:"),
    ],
)
def test_what_is_special_is_said(changes, line):
    """Each circumstance has a line of its own."""
    assert line in mail(replace(PAGE, **changes)).text.splitlines()


@pytest.mark.parametrize(
    "purpose", [Purpose.RESOLVED, Purpose.ACKNOWLEDGED_BY_OTHER, Purpose.MORE_ALERTS, Purpose.SHADOW]
)
def test_news_offers_nothing_to_answer(purpose):
    """What asks for nothing carries neither code nor link to act."""
    mailed = mail(replace(PAGE, purpose=purpose))

    assert "How to answer" not in mailed.text
    assert "/m/" not in mailed.text + mailed.html
    assert mailed.urgent is False


def test_without_code_no_link_is_offered():
    """A link whose page asks for a code is useless without one."""
    assert "/m/" not in mail(replace(PAGE, code=None)).text


def test_a_mail_can_be_filtered():
    """List and headers name page, team and severity."""
    mailed = mail(PAGE)

    assert mailed.list_id == "payments.pages"
    assert mailed.headers == (
        ("X-Pagerd-Page", "p-7Kq2Xw"),
        ("X-Pagerd-Team", "payments"),
        ("X-Pagerd-Severity", "sev1"),
    )
    assert mailed.urgent is True
    assert mail(replace(PAGE, urgent=False)).urgent is False
    assert mail(replace(PAGE, team="Payments & Co")).list_id == "payments---co.pages"
    assert mail(replace(PAGE, team="")).list_id == "pagerd.pages"


def test_only_web_addresses_become_links():
    """What a sender slipped in as an address is shown as text."""
    links = {
        "script": "javascript:alert(1)",
        "inline": "data:text/html,<script>alert(1)</script>",
        "attribute": 'https://x.example.org/"onmouseover="alert(1)',
        "good": "HTTPS://x.example.org/?a=1&b=2",
    }
    mailed = mail(replace(PAGE, links=links, runbook_url="file:///etc/passwd", mail_link=None))

    assert re.findall(r'href="([^"]*)"', mailed.html) == ["HTTPS://x.example.org/?a=1&amp;b=2"]
    assert "javascript:alert(1)" in mailed.html
    assert "<script" not in mailed.html


class Tags(HTMLParser):
    """Collects the tags of a document and its attributes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.attributes = [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes.update(name for name, _value in attrs)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


nasty = st.text(max_size=200) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</style></td>",
        "&lt;b&gt;",
        "a\r\nSubject: x",
        "{}[]%s",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(Purpose), st.lists(nasty, min_size=11, max_size=11))
def test_no_words_of_an_alert_become_markup(purpose, said):
    """Whatever the fields hold, the document has our tags only, and they close."""
    title, summary, team, service, place, note, action, why, actor, name, address = said
    mailed = mail(
        replace(
            PAGE,
            purpose=purpose,
            title=title,
            summary=summary,
            team=team,
            service=service,
            place=place,
            note=note,
            first_action=action,
            why_you=why,
            actor=actor,
            links={name: address},
            runbook_url=address,
            violations=(note,),
            reader=name,
        )
    )
    tags = Tags(mailed.html)

    assert tags.open == []
    assert tags.seen <= {"html", "head", "meta", "title", "style", "body", "table", "tr", "td", "h2", "br", "a"}
    assert tags.attributes <= {"lang", "charset", "name", "content", "role", "href", "rel"}
    assert len(mailed.subject.splitlines()) == 1


def test_plain_text_is_72_columns_wide():
    """Words wrap, only addresses stand out; nothing of either is lost in the other."""
    mailed = mail(replace(PAGE, summary="word " * 200, note="a-b " * 100))

    assert all(len(line) <= WIDTH or "://" in line for line in mailed.text.splitlines())
    assert mailed.text.count("word") == 200 or "…" in mailed.text
    assert html.escape(PAGE.first_action) in mailed.html


def test_nothing_is_fetched_and_both_light_and_dark_are_shown():
    """No picture, no script, no foreign style; colours for dark screens are given."""
    page = mail(PAGE).html

    assert not re.search(r"<img|<script|<link|@import|url\(|src=", page)
    assert "prefers-color-scheme:dark" in page
    assert 'content="light dark"' in page


def test_alarms_and_tests_have_threads_of_their_own():
    """What concerns no page joins no conversation of one."""
    first = mail(replace(PAGE, purpose=Purpose.ALARM, page_id="", note="x")).thread
    later = mail(replace(PAGE, purpose=Purpose.ALARM, page_id="", note="x", at=NOW + timedelta(hours=1))).thread

    assert first != later


def test_an_answer_by_text_is_offered_only_where_one_is_heard():
    """The code still opens the page behind the link; the text is left out where nobody would read it."""
    linked = replace(PAGE, mail_link="https://pg.example.org/l/x")

    assert "Or by text" in mail(linked).text
    assert "Or by text" not in mail(replace(linked, by_text=False)).text
    assert "type the code 47" in " ".join(mail(replace(linked, by_text=False)).text.split())
