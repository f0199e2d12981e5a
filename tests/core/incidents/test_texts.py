"""What people text about incidents: the word first, then their own words; what is unclear asks for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.incidents import text_words
from pagerd.core.incidents.texts import WISHES, IncidentText, Wish, read_incident_text, words_behind_number
from pagerd.core.paging import reply_words
from pagerd.core.paging.gsm import SEGMENT, septets
from pagerd.core.paging.reply import read_reply


def read(body):
    """Read a text as the engine does."""
    return read_incident_text(body, read_reply(body))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("INC customers cannot pay", IncidentText(Wish.SUSPECT, "customers cannot pay")),
        ("inc: Customers cannot pay!", IncidentText(Wish.SUSPECT, "Customers cannot pay!")),
        ("Incident  payments:\n checkout is down", IncidentText(Wish.SUSPECT, "payments: checkout is down")),
        ("INC", IncidentText(Wish.SUSPECT)),
        ("47 inc", IncidentText(Wish.SUSPECT, code="47")),
        ("#47 INC all of Europe", IncidentText(Wish.SUSPECT, "all of Europe", "47")),
        ("47 more than a page", IncidentText(Wish.SUSPECT, code="47")),
        ("47 is more than a page", IncidentText(Wish.SUSPECT, code="47")),
        ("It's more than a page", IncidentText(Wish.SUSPECT)),
        ("b7kq inc", IncidentText(Wish.SUSPECT, code="B7KQ")),
        ("INC no logins\nSent from my iPhone", IncidentText(Wish.SUSPECT, "no logins")),
        ("UPD rolling back, not over yet", IncidentText(Wish.UPDATE, "rolling back, not over yet")),
        ("Update 7: rolling back", IncidentText(Wish.UPDATE, "7: rolling back", number=7)),
        ("UPD #7 30 % are back", IncidentText(Wish.UPDATE, "#7 30 % are back", number=7)),
        ("upd 30% are back", IncidentText(Wish.UPDATE, "30% are back")),
        ("UPDATE", IncidentText(Wish.UPDATE)),
        ("declare", IncidentText(Wish.DECLARE)),
        ("DECLARE 7", IncidentText(Wish.DECLARE, number=7)),
        ("declare 7 as sev1.", IncidentText(Wish.DECLARE, number=7, severity="sev1")),
        ("Declare SEV2", IncidentText(Wish.DECLARE, severity="sev2")),
        ("incs", IncidentText(Wish.LIST)),
        ("Incidents", IncidentText(Wish.LIST)),
        ("INC?", IncidentText(Wish.LIST)),
        ("update ?", IncidentText(Wish.LIST)),
    ],
)
def test_what_is_asked_for(body, text):
    """Whatever the case, the signs between and the ends of lines."""
    assert read(body) == text


@pytest.mark.parametrize(
    "body",
    [
        *("47 ack", "ack 47, incident follows", "47", "ack", "list", "can't", "STOP", "HELP", ""),
        *("update 47 ack", "inc 47 ack", "47 update rolling back", "47 declare", "my incident is over"),
        *("incidental", "updated", "the update is late", "incidents of today", "declare it a holiday", "I'm driving"),
        *("update: I am driving, will call you back", "resolved?", "RESOLVED 7"),
    ],
)
def test_what_is_about_no_incident(body):
    """An answer to a page stays one, a machine is not talked with, and what is unclear is left to those who ask."""
    assert read(body) is None


@pytest.mark.parametrize(
    ("words", "rest"), [("7: it is over", "it is over"), ("#7 30 % back", "30 % back"), ("x", "x")]
)
def test_the_number_is_no_word_of_an_update(words, rest):
    """Once it is known that it is one."""
    assert words_behind_number(words) == rest


def test_no_word_belongs_to_a_carrier():
    """Whoever texts one of theirs would never be heard."""
    taken = reply_words.OPT_OUT | reply_words.OPT_IN | reply_words.CARRIER_HELP

    assert not taken & set(WISHES)


@given(st.text(max_size=300))
def test_nothing_that_is_texted_raises(body):
    """Whatever it is."""
    read(body)


LONG = "a" * 300


@pytest.mark.parametrize(
    "said",
    [
        text_words.suspected(123456789, "sev" * 10, LONG, "Sat 02:14", of_pages=12),
        text_words.which([(number, LONG) for number in range(1, 20)], "Reply UPD NUMBER TEXT"),
        text_words.listing([(number, "é" * 50) for number in range(1, 20)]),
        text_words.listing([]),
        text_words.nothing_open("declared"),
        text_words.says_nothing(),
        text_words.only_suspected(123456789),
        text_words.update_says_nothing(123456789, "Sat 02:14"),
        text_words.not_open(123456789),
        text_words.refused(LONG),
    ],
)
def test_every_answer_fits_one_text(said):
    """Also with the longest names."""
    assert septets(said) <= SEGMENT


def test_how_it_goes_on_is_never_cut():
    """The number and until when stand behind everything that may be cut."""
    said = text_words.suspected(7, "sev1", LONG, "02:14", of_pages=1)

    assert said.startswith("Incident 7 is suspected, sev1, team aaa")
    assert said.endswith(" DECLARE 7 makes it loud; say so by 02:14.")


def test_as_many_as_fit_whole_are_named():
    """All of a few; of many those for which there is room, and how many there are."""
    few = text_words.listing([(3, "nobody can pay"), (7, "reports are late")])
    many = text_words.listing([(number, "a" * 40) for number in range(1, 6)])

    assert few == "2 open: 3 nobody can pay, 7 reports are late. UPD 3 TEXT posts an update."
    assert many == f"5 open: 1 {'a' * 40}, 2 {'a' * 40}. UPD 1 TEXT posts an update."
