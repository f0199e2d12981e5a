import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.paging.facts import ACK_DIGITS, ASKING, Facts
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.spoken import script, spoken

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
    since=NOW - timedelta(minutes=6),
    code="47",
    digit="4",
)
MENU = "Press 4 to acknowledge. 6 to resolve. 8 to escalate. 0 to hear this again."

LETTERS_IN_20_SECONDS = 300
"""A calm voice says about 15 letters a second, blanks counted."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("HighErrorRate", "High Error Rate"),
        ("http_requests_total", "http requests total"),
        ("HTTPErrors5xx", "HTTP Errors 5 xx"),
        ("k8s node-12 down", "k 8 s node 1 2 down"),
        ("5xx 7.2% > 5%", "5 xx 7 point 2 percent above 5 percent"),
        ("p99 < 500ms & rising", "p 9 9 below 5 0 0 ms and rising"),
        ("see https://grafana.example.org/d/abc?x=1 now", "see now"),
        ("disk /dev/sda1 {full} [100]", "disk dev sda 1 full 1 0 0"),
        ("São Paulo 🔥 <script>", "São Paulo below script above"),
        ("a\r\nb\x00\u202ec", "a bc"),
        ("９９", "9 9"),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_text_is_made_of_words_and_single_digits(text, said):
    """Metric names come apart, signs become words or nothing, addresses are not read out."""
    assert spoken(text, 200) == said


def test_whole_words_are_kept_within_the_letters():
    """The last word goes rather than its end; a word nobody could hear is cut."""
    assert spoken("one two three four", 13) == "one two three"
    assert spoken("a" * 40 + " b", 100) == "a" * 16 + " b"


@pytest.mark.parametrize(
    ("changes", "greeting"),
    [
        ({}, "Pagerd. Severity 1. High Error Rate. checkout prod. Since 0 3, 1 4."),
        ({"severity_id": "critical"}, "Pagerd. critical. High Error Rate. checkout prod. Since 0 3, 1 4."),
        ({"severity_id": "", "since": None}, "Pagerd. Page. High Error Rate. checkout prod."),
        (
            {"title": "", "summary": "", "service": "", "team": "", "place": ""},
            "Pagerd. Severity 1. something is wrong. Since 0 3, 1 4.",
        ),
        (
            {"late_by": timedelta(hours=2, minutes=5)},
            "Pagerd. Severity 1, 2 hours 5 minutes late. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        (
            {"late_by": timedelta(hours=1, minutes=1)},
            "Pagerd. Severity 1, 1 hour 1 minute late. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        (
            {"escalated_from": ("Ana Ribeiro", "Ben")},
            "Pagerd. Severity 1. Escalated from Ana Ribeiro. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        (
            {"is_last_resort": True},
            "Pagerd. Severity 1. Last resort. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        ({"follows": "p-old"}, "Pagerd. Severity 1. Again. High Error Rate. checkout prod. Since 0 3, 1 4."),
        (
            {"pages_count": 12},
            "Pagerd. Severity 1. 1 2 pages, the worst. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        (
            {"purpose": Purpose.HELP, "actor": "Ben"},
            "Pagerd. Severity 1. Ben asks for your help. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        (
            {"purpose": Purpose.STILL_YOURS},
            "Pagerd. Severity 1. Is it still yours. High Error Rate. checkout prod. Since 0 3, 1 4.",
        ),
        ({"purpose": Purpose.RESOLVED}, "Pagerd. Severity 1. Resolved. High Error Rate. checkout prod."),
        ({"purpose": Purpose.ALARM, "note": "ana cannot be reached"}, "Pagerd alarm. ana cannot be reached."),
        ({"purpose": Purpose.TEST}, "Pagerd. This is a test page for Ana Ribeiro."),
    ],
)
def test_the_most_important_is_said_first(changes, greeting):
    """Severity, what, where, since when, on the clock of the one who is called."""
    assert script(replace(PAGE, **changes)).greeting == greeting


def test_the_menu_speaks_the_key_of_this_call():
    """The drawn digit acknowledges; 6, 8, 0 and star mean the same in every call."""
    call = script(PAGE)

    assert call.prompt == MENU
    assert call.keys == (("4", "ack"), ("6", "resolve"), ("8", "escalate"), ("0", "repeat"), ("*", "repeat"))
    assert "Not acknowledged" in call.farewell


def test_one_key_for_several_pages_says_for_how_many():
    """Nobody acknowledges five pages without hearing that there are five."""
    assert script(replace(PAGE, pages_count=5)).prompt.startswith("Press 4 to acknowledge all 5.")


@pytest.mark.parametrize("digit", [None, "", "6", "8", "0", "*", "44"])
def test_without_a_key_of_its_own_a_call_is_only_read_out(digit):
    """A key with another meaning never acknowledges: the call says that no key does, and what does."""
    call = script(replace(PAGE, digit=digit))

    assert call.keys == ()
    assert call.prompt == "No key can be taken in this call. Answer by text: 4 7 ack."


@pytest.mark.parametrize("unheard", [{"code": None}, {"by_text": False}])
def test_a_call_offers_no_answer_that_nobody_hears(unheard):
    """Without a key, and where no text would be heard, the command line is what is left."""
    call = script(replace(PAGE, digit=None, **unheard))

    assert call.keys == ()
    assert call.prompt == "No key can be taken in this call. Answer with pagerd ack."


def test_a_test_page_is_confirmed_and_nothing_else():
    """A test call resolves and escalates nothing."""
    assert script(replace(PAGE, purpose=Purpose.TEST)).keys == (("4", "ack"), ("0", "repeat"), ("*", "repeat"))


def test_what_only_tells_has_no_keys():
    """There is nothing to answer to news."""
    for purpose in set(Purpose) - ASKING - {Purpose.TEST}:
        assert script(replace(PAGE, purpose=purpose)).keys == ()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(Purpose),
    st.lists(
        st.text(max_size=200) | st.just("Wort " * 60) | st.just("x" * 300) | st.just("99 " * 80), min_size=7, max_size=7
    ),
    st.timedeltas(),
    st.integers(0, 10**9),
    st.sampled_from(ACK_DIGITS),
)
def test_a_call_takes_less_than_20_seconds(purpose, texts, late_by, pages_count, digit):
    """Whatever the fields hold: greeting and menu once through are short, and are words that can be spoken."""
    title, service, place, actor, note, severity, reader = texts
    call = script(
        replace(
            PAGE,
            purpose=purpose,
            title=title,
            service=service,
            place=place,
            actor=actor,
            note=note,
            severity_id=severity,
            reader=reader,
            late_by=late_by,
            pages_count=pages_count,
            escalated_from=(actor,),
            digit=digit,
        )
    )

    assert len(call.greeting) + len(call.prompt) <= LETTERS_IN_20_SECONDS
    assert not re.search(r"[_/\\<>&{}\[\]|\r\n]", call.greeting + call.prompt)
    assert not re.search(r"[0-9]{2}", call.greeting + call.prompt)
