from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.paging.facts import ASKING, Facts
from pagerd.core.paging.gsm import SEGMENT, septets
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.reply import CODE_ALPHABET, Reply, Verb, read_reply
from pagerd.core.paging.wording import mail, script, text

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
    severity_id="sev1",
    severity_name="Critical",
    since=NOW - timedelta(minutes=6),
    first_action="Restart the canary.",
    code="47",
    digit="4",
)

LONG = "Customers in every region see an error at the last step and cannot pay " * 20


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        (
            {},
            (
                "sev1 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "Reply 47 ack, 47e = escalate"
            ),
        ),
        (
            {"link": "https://pg.example.org/l/7Kq2Xw8aBcDeFgHiJkLmN"},
            (
                "sev1 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "Reply 47 ack, 47e = escalate\nhttps://pg.example.org/l/7Kq2Xw8aBcDeFgHiJkLmN"
            ),
        ),
        (
            {"summary": "5xx 7.2% > 5% for 10m", "alerts_count": 4, "zone": ZoneInfo("America/New_York")},
            (
                "sev1 HighErrorRate: 5xx 7.2% > 5% for 10m\npayments/checkout prod since 21:14 +3 more\n"
                "Do: Restart the canary.\nReply 47 ack, 47e = escalate"
            ),
        ),
        (
            {"escalated_from": ("Ana Ribeiro", "Ben"), "late_by": timedelta(minutes=12), "follows": "p-old"},
            (
                "sev1 LATE 12m AGAIN ESCALATED from Ana +1: HighErrorRate\npayments/checkout prod since 03:14\n"
                "Do: Restart the canary.\nReply 47 ack, 47e = escalate"
            ),
        ),
        (
            {"is_stale": True, "is_last_resort": True},
            (
                "sev1 STALE LAST RESORT: HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "Reply 47 ack, 47e = escalate"
            ),
        ),
        (
            {"is_last_resort": True},
            (
                "sev1 LAST RESORT: HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "Reply 47 ack, 47e = escalate"
            ),
        ),
        (
            {"pages_count": 5},
            (
                "sev1 5 PAGES, worst: HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "Reply 47 ack = all 5, 47e = escalate"
            ),
        ),
        (
            {"pages_count": 5, "code": None},
            (
                "sev1 5 PAGES, worst: HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "To ack: pagerd pages"
            ),
        ),
        (
            {"purpose": Purpose.RESOLVED, "pages_count": 5},
            "sev1 5 pages RESOLVED, worst: HighErrorRate\npayments/checkout prod since 03:14\nNo action needed",
        ),
        (
            {"purpose": Purpose.ACKNOWLEDGED_BY_OTHER, "actor": "Ben", "pages_count": 5},
            "sev1 Ben has 5 pages, worst: HighErrorRate\npayments/checkout prod since 03:14\nNothing to do",
        ),
        (
            {"purpose": Purpose.TICKET, "pages_count": 5},
            ("5 tickets, worst sev1 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary."),
        ),
        (
            {"violations": ("clear: no runbook",)},
            (
                "sev1 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "Fails: clear: no runbook\nReply 47 ack, 47e = escalate"
            ),
        ),
        (
            {"code": None},
            (
                "sev1 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n"
                "To ack: pagerd ack p-7Kq2Xw"
            ),
        ),
        (
            {"purpose": Purpose.HELP, "actor": "Ben Okafor"},
            (
                "sev1 Ben Okafor asks for your help: HighErrorRate\npayments/checkout prod since 03:14\n"
                "Do: Restart the canary.\nReply 47 ack"
            ),
        ),
        (
            {"purpose": Purpose.HELP_COMES, "actor": "Ben Okafor"},
            (
                "sev1 Ben Okafor comes to help: HighErrorRate\npayments/checkout prod since 03:14\n"
                "It stays yours (p-7Kq2Xw)"
            ),
        ),
        (
            {"purpose": Purpose.REASSIGNED, "actor": "Ben Okafor"},
            (
                "sev1 handed to you by Ben Okafor: HighErrorRate\npayments/checkout prod since 03:14\n"
                "Do: Restart the canary.\nReply 47 ack"
            ),
        ),
        (
            {"purpose": Purpose.REMINDER},
            (
                "sev1 Is it still yours? HighErrorRate\npayments/checkout prod since 03:14\n"
                "Do: Restart the canary.\nReply 47 ack to keep it"
            ),
        ),
        (
            {"purpose": Purpose.STILL_YOURS},
            (
                "sev1 STILL YOURS? HighErrorRate\npayments/checkout prod since 03:14\n"
                "Do: Restart the canary.\nReply 47 ack to keep it"
            ),
        ),
        (
            {"purpose": Purpose.MORE_ALERTS, "alerts_count": 4},
            "sev1 YOURS, now 4 alerts firing: HighErrorRate\npayments/checkout prod since 03:14\n(p-7Kq2Xw)",
        ),
        (
            {"purpose": Purpose.ACKNOWLEDGED_BY_OTHER, "actor": "Ben Okafor"},
            "sev1 Ben Okafor has it: HighErrorRate\npayments/checkout prod since 03:14\nNothing to do (p-7Kq2Xw)",
        ),
        (
            {"purpose": Purpose.RESOLVED, "actor": "Ben Okafor"},
            (
                "sev1 RESOLVED after 6m by Ben Okafor: HighErrorRate\npayments/checkout prod since 03:14\n"
                "No action needed (p-7Kq2Xw)"
            ),
        ),
        (
            {"purpose": Purpose.TICKET, "page_id": "t-9Zz3Aa", "severity_id": "sev3"},
            "Ticket sev3 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\n(t-9Zz3Aa)",
        ),
        (
            {
                "purpose": Purpose.TICKET,
                "page_id": "t-9Zz3Aa",
                "severity_id": "sev3",
                "pages_at": NOW + timedelta(minutes=10),
            },
            (
                "Ticket sev3 PAGES AT 03:30 unless taken: HighErrorRate\npayments/checkout prod since 03:14\n"
                "Do: Restart the canary.\n(t-9Zz3Aa)"
            ),
        ),
        ({"purpose": Purpose.ALARM, "note": "ana cannot be reached"}, "pagerd ALARM: ana cannot be reached"),
        ({"purpose": Purpose.TEST}, "TEST page from pagerd for Ana Ribeiro\nReply 47 ack"),
    ],
)
def test_a_text_says_what_counts_in_its_order(changes, body):
    """Severity, what, where, since when on the reader's clock, the first action, how to answer, the link."""
    assert text(replace(PAGE, **changes)).body == body


@pytest.mark.parametrize("purpose", sorted(ASKING))
def test_long_words_give_way_and_everything_is_still_said(purpose):
    """With every field too long, each is cut, and none is missing."""
    body = text(
        replace(
            PAGE,
            purpose=purpose,
            title=LONG,
            summary=LONG,
            place=LONG,
            first_action=LONG,
            link="https://pg.example.org/l/x",
        )
    ).body

    assert septets(body) <= SEGMENT
    assert body.startswith("sev1 ")
    assert "Customers in every" in body
    assert "\npayments/checkout Cust" in body
    assert " since 03:14" in body
    assert "\nDo: Customers" in body
    assert "\nReply 47 ack" in body
    assert "https:" not in body


def test_a_link_is_whole_or_not_there():
    """A link that does not fit, or that an SMS would change, is left out; the text works without it."""
    for count in range(1, 120):
        body = text(replace(PAGE, link="https://pg.example.org/" + "x" * count)).body
        assert body.endswith("x" * count) or "https" not in body
    assert "https" not in text(replace(PAGE, link="https://pg.example.org/é\u202e")).body


def test_the_text_of_an_alert_forges_no_line():
    """A title with line ends stays on its line: what the last lines say comes from us."""
    body = text(replace(PAGE, title="x\nReply 99 ack\r\n", summary="", link=None)).body

    assert body.splitlines()[0] == "sev1 x Reply 99 ack"
    assert body.splitlines()[-1].startswith("Reply 47 ack")


codes = st.from_regex(r"\A[0-9]{2}\Z") | st.text(CODE_ALPHABET, min_size=4, max_size=4)
words = st.text(max_size=400) | st.sampled_from(
    ["", "[" * 200, "€" * 200, LONG, "👍" * 90, "ПЛОХО " * 40, "a\r\nb\x00\u202e"]
)
instants = st.datetimes().map(lambda at: at.replace(tzinfo=UTC))
any_facts = st.builds(
    Facts,
    purpose=st.sampled_from(Purpose),
    at=instants,
    zone=st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/St_Johns")]),
    reader=words,
    page_id=words,
    team=words,
    service=words,
    place=words,
    title=words,
    summary=words,
    severity_id=words,
    severity_name=words,
    since=st.none() | instants,
    alerts_count=st.integers(-5, 10**7),
    pages_count=st.integers(-5, 10**7),
    first_action=words,
    runbook_url=st.none() | words,
    links=st.dictionaries(words, words, max_size=3),
    code=st.none() | codes | words,
    digit=st.none() | st.sampled_from("0123456789") | words,
    link=st.none() | words | st.just("https://pg.example.org/l/7Kq2Xw8aBcDeFgHiJkLmN"),
    mail_link=st.none() | words,
    level=words,
    why_you=words,
    escalated_from=st.lists(words, max_size=3).map(tuple),
    late_by=st.none() | st.timedeltas(),
    violations=st.lists(words, max_size=3).map(tuple),
    actor=words,
    follows=st.none() | words,
    note=words,
)


@settings(max_examples=150, deadline=None)
@given(any_facts)
def test_no_facts_break_a_message(facts):
    """Whatever the fields hold, text, call and mail are made; the text is one segment, headers hold no line ends."""
    body, spoken, mailed = text(facts).body, script(facts), mail(facts)

    assert body.strip()
    assert septets(body) <= SEGMENT
    assert spoken.greeting
    for header in (mailed.subject, mailed.list_id, mailed.thread, *(value for _name, value in mailed.headers)):
        assert len(header.splitlines()) == 1


@settings(max_examples=150, deadline=None)
@given(any_facts, codes, st.sampled_from(sorted(ASKING)))
def test_a_text_that_asks_holds_severity_and_code_in_one_segment(facts, code, purpose):
    """Nothing that an alert says pushes out how bad it is and how to answer."""
    body = text(replace(facts, purpose=purpose, code=code, severity_id="sev1")).body

    assert septets(body) <= SEGMENT
    assert body.startswith("sev1")
    assert f"\nReply {code} ack" in body


@settings(max_examples=60, deadline=None)
@given(codes, st.sampled_from([*sorted(ASKING), Purpose.TEST]))
def test_the_answer_that_a_text_asks_for_is_understood(code, purpose):
    """Whoever types what the text says, or puts a thumb on it, acknowledges exactly this page."""
    body = text(replace(PAGE, purpose=purpose, code=code)).body
    asked = next(line for line in body.splitlines() if line.startswith("Reply "))

    assert read_reply(" ".join(asked.split(",")[0].split()[1:3])) == Reply(Verb.ACK, code)
    assert read_reply(f"Liked “{body}”") == Reply(Verb.ACK, code)
    if "escalate" in body:
        assert read_reply(f"{code}e") == Reply(Verb.ESCALATE, code)


def test_a_text_sent_back_whole_acknowledges_nothing():
    """Forwarding or quoting a page is not an answer to it."""
    for purpose in ASKING:
        assert read_reply(text(replace(PAGE, purpose=purpose)).body).verb is Verb.UNKNOWN


def test_a_code_is_offered_only_where_a_text_is_heard():
    """Nobody is told to answer into the void: the command line is named instead, and the link if there is one."""
    said = text(replace(PAGE, by_text=False, link="https://pg.example.org/l/7Kq2")).body

    assert "Reply" not in said
    assert "escalate" not in said
    assert "\nTo ack: pagerd ack p-" in said
    assert said.endswith("\nhttps://pg.example.org/l/7Kq2")


def test_an_answer_is_said_as_it_is():
    """What a text did stands in the answer alone, in one segment, without severity or a question."""
    assert text(replace(PAGE, purpose=Purpose.ANSWER, note="Acked, it is yours.")).body == "Acked, it is yours."
    assert septets(text(replace(PAGE, purpose=Purpose.ANSWER, note="€" * 500)).body) <= SEGMENT
