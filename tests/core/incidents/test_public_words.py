"""What customers read: plain sentences, of components by their names, with times that everybody can place."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.incidents.incident import IncidentStatus
from pagerd.core.incidents.messages import Written
from pagerd.core.incidents.public import Component, PublicKind, PublicRules, slug_of
from pagerd.core.incidents.public_words import (
    area_of,
    as_proposed,
    facts_for_customers,
    never_mind,
    promise,
    public_mail,
    public_time,
)
from tests.builders import NOON, an_incident, minutes

CHECKOUT, API, REPORTS = (Component(id=name.lower(), name=name) for name in ("Checkout", "API", "Reports"))
BERLIN = ZoneInfo("Europe/Berlin")
RULES = PublicRules(
    zone=BERLIN,
    url="https://status.example.org",
    unsubscribe="https://lists.example.org/leave",
    mail=("all@example.org",),
)
ADDRESS = "https://status.example.org/0123456789.html"


@pytest.mark.parametrize(
    ("components", "words"),
    [
        ((), "our service"),
        ((CHECKOUT,), "Checkout"),
        ((CHECKOUT, API), "Checkout and API"),
        ((CHECKOUT, API, REPORTS), "Checkout, API and Reports"),
    ],
)
def test_what_is_hit_is_named_as_customers_know_it(components, words):
    """Where no component is known to be hit, it is the service as a whole."""
    assert area_of(components) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (IncidentStatus.MERGED, "We go on reporting about this under another entry on this page."),
        (IncidentStatus.CANCELLED, "This is over: we found no lasting problem with Checkout."),
        (IncidentStatus.RESOLVED, ""),
        (IncidentStatus.INVESTIGATING, ""),
    ],
)
def test_what_turned_out_to_be_something_else_has_a_last_word_of_its_own(status, words):
    """Nobody was helped by a story of its end that is none."""
    assert never_mind(an_incident(status=status), (CHECKOUT,)) == words


@pytest.mark.parametrize(
    ("kind", "next_in", "next_at", "words"),
    [
        (PublicKind.RESOLVED, minutes(30), NOON, ""),
        (PublicKind.INVESTIGATING, minutes(30), NOON, "Next update by 6 Jan 2026, 12:00 CET."),
        (PublicKind.INVESTIGATING, minutes(30), None, "Next update within 30m of this one."),
        (PublicKind.INVESTIGATING, None, None, ""),
    ],
)
def test_customers_hear_when_more_is_said_and_never_when_it_is_over(kind, next_in, next_at, words):
    """A draft knows how long after it; what is published knows by when; the last word promises none."""
    assert promise(kind, next_in, next_at, BERLIN) == words


def test_a_time_has_its_day_and_its_zone():
    """Nobody knows when or where it is read."""
    at = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)

    assert public_time(at, BERLIN) == "2 Jul 2026, 00:05 CEST"
    assert public_time(at, ZoneInfo("UTC")) == "1 Jul 2026, 22:05 UTC"


@pytest.mark.parametrize(
    ("began", "ended", "url", "facts"),
    [
        (None, None, "", ("", "", "")),
        (NOON - minutes(33), None, "", ("6 Jan 2026, 11:27 CET", "", "")),
        (
            NOON - minutes(33),
            NOON,
            "https://status.example.org",
            (
                "6 Jan 2026, 11:27 CET",
                "6 Jan 2026, 12:00 CET",
                f"https://status.example.org/{slug_of('i-7', NOON)}.html",
            ),
        ),
    ],
)
def test_what_nobody_knows_is_left_out(began, ended, url, facts):
    """When it began, when it ended, where it is read; neither the title nor the impact of ours is among it."""
    incident = an_incident(impact_started_at=began, impact_ended_at=ended, impact="db-3 is full")
    found = facts_for_customers(
        PublicKind.RESOLVED, incident, (), PublicRules(zone=BERLIN, url=url), symptom=" Payments fail. ", impact=""
    )

    assert (found["started"], found["ended"], found["link"]) == facts
    assert (found["area"], found["symptom"], found["impact"]) == ("our service", "Payments fail", "")


def test_lines_begin_as_sentences_and_addresses_stay_what_they_are():
    """The heading ends as one; what is empty is left out."""
    written = Written("we look into it", ("some payments fail", " ", "https://status.example.org", "more at noon!"))

    assert as_proposed(written) == ("We look into it.\nSome payments fail\nhttps://status.example.org\nMore at noon!")
    assert as_proposed(Written("Is it over?", ())) == "Is it over?"


def mailed(rules=RULES, **fields):
    """Return the mail of a text."""
    said = {
        "kind": PublicKind.IDENTIFIED,
        "title": "Problems with Checkout",
        "text": "Some payments fail.\n\nInvoices work.",
        "states": ("Checkout: Partial outage",),
        "promised": "Next update by noon.",
        "thread": "0123456789",
        "is_first": True,
        "address": ADDRESS,
    }
    return public_mail(rules, **(said | fields))


def test_the_subject_alone_says_what_it_is_about_and_how_it_stands():
    """On one line, whatever somebody wrote as a title."""
    assert mailed().subject == "[Identified] Problems with Checkout"
    assert mailed(title="Problems\r\nBcc: all").subject == "[Identified] Problems Bcc: all"


def test_a_mail_has_the_text_the_components_the_promise_and_where_more_stands():
    """And how to get no more of them: a list that nobody can leave is a complaint."""
    mail = mailed()

    lines = [line for line in mail.text.splitlines() if line.strip()]
    assert lines[:2] == ["Some payments fail.", "Invoices work."]
    for said in ("Checkout: Partial outage", "Next update by noon.", ADDRESS, "https://lists.example.org/leave"):
        assert said in mail.text
    assert mail.headers == (
        ("List-Archive", f"<{ADDRESS}>"),
        ("List-Unsubscribe", "<https://lists.example.org/leave>"),
    )
    assert (mail.thread, mail.first_of_thread, mail.urgent) == ("0123456789", True, False)


def test_a_mail_says_nothing_of_what_there_is_not():
    """No component, no promise, no page and no list: the text alone."""
    mail = mailed(PublicRules(), states=(), promised="", address="", text="It is over.", is_first=False)

    assert [line for line in mail.text.splitlines() if line.strip()] == ["It is over."]
    assert (mail.headers, mail.first_of_thread) == ((), False)
