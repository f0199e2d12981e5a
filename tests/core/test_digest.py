"""When a digest is due, to whom it goes, and what stands in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pagerd.core import digest as core
from pagerd.core import ticket as tickets_core
from pagerd.core.events import Acknowledged
from pagerd.core.people import Medium
from pagerd.core.plan import VerdictKind
from tests.builders import BERLIN, NOON, a_plan, a_team, an_alert
from tests.core.paging.test_decide import a_page, after
from tests.core.test_ticket import a_ticket

TODAY = date(2026, 1, 6)  # NOON is noon in Berlin, of this day


def at(hour: int, minute: int = 0, day: int = 6) -> datetime:
    """Return an instant of Berlin's January."""
    return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("digest_at", "done", "expected"),
    [
        (time(13), None, at(13)),
        (time(12), None, at(12)),
        (time(9), None, at(9, day=7)),
        (time(13), TODAY, at(13, day=7)),
        (time(13), TODAY - timedelta(days=1), at(13)),
        (None, None, None),
    ],
)
def test_the_next_hour(digest_at: time | None, done: date | None, expected: datetime | None) -> None:
    """It is today's while that is still to come and today has none; else tomorrow's."""
    assert core.next_hour(a_team(digest_at=digest_at), NOON, done=done) == expected


@pytest.mark.parametrize(
    ("day", "digest_at", "expected"),
    [
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 7, 1), time(9), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_on_the_days_on_which_clocks_change(day: date, digest_at: time, expected: datetime) -> None:
    """One that is left out comes after the gap, one that comes twice the first time."""
    assert core.hour_of(a_team(digest_at=digest_at), day) == expected


def test_to_whom_it_goes() -> None:
    """The team; else the fallback team; else whoever of the operators has an address; else nobody."""
    plan = a_plan(operators=("dora", "cho"))
    people = {**plan.people, "cho": replace(plan.people["cho"], email=None)}
    silent = {name: replace(team, mail=None) for name, team in plan.teams.items()}
    team, nameless = plan.teams["payments"], silent["payments"]

    assert core.recipients(plan, team) == (("", "payments@example.com"),)
    assert core.recipients(plan, nameless) == (("", "platform@example.com"),)
    assert core.recipients(replace(plan, teams=silent, people=people), nameless) == (("dora", "dora@example.com"),)
    assert core.recipients(replace(plan, teams=silent, people={}), nameless) == ()
    refused = replace(plan, teams=silent, people=people, unusable=frozenset({("dora", Medium.EMAIL)}))
    assert core.recipients(refused, nameless) == ()


def test_tickets_stand_in_the_order_in_which_they_matter() -> None:
    """The gravest first, then the oldest; a ticket of a team that is gone says whose it was."""
    worse = replace(a_ticket(), id="t-worse", rank=1, opened_at=NOON)
    older = replace(a_ticket(), id="t-older", opened_at=NOON - timedelta(days=9), team="gone")
    newer = replace(a_ticket(), id="t-newer", opened_at=NOON, taken_by="ana")
    lines = core.ticket_lines(a_plan(), "payments", [newer, older, worse], NOON - timedelta(hours=1))

    assert [(line.id, line.is_new, line.taken_by, line.team) for line in lines] == [
        ("t-worse", True, None, ""),
        ("t-older", False, None, "gone"),
        ("t-newer", True, "Ana", ""),
    ]


def test_a_ticket_that_was_reopened_is_new_again() -> None:
    """It left the queue and is back: whoever reads the digest must see it."""
    old = replace(a_ticket(), opened_at=NOON - timedelta(days=5))
    over, _ = tickets_core.closed(old, NOON - timedelta(days=3), "ana", "mended")
    back, _ = tickets_core.reopened(over, NOON, "ana", "not mended", firing=0, page_at=None)

    assert [line.is_new for line in core.ticket_lines(a_plan(), "payments", [back], NOON)] == [True]


def test_a_team_and_a_day_have_one_digest() -> None:
    """Its id is made of both, so that no second one can be kept."""
    assert core.id_of("payments", TODAY) == "digest-payments-2026-01-06"


def test_what_is_to_be_mended_is_what_fails_tests() -> None:
    """The gravest first; a ticket that passes all of them is none of it."""
    mild = replace(a_ticket(violations=("clear: no summary",)), id="t-mild", rank=3)
    grave = replace(a_ticket(violations=("owned: no team", "urgent: no severity")), id="t-grave", rule="Disks")
    lines = core.mendings([mild, a_ticket(), grave])

    assert [(line.ticket, line.rule, line.fails) for line in lines] == [
        ("t-grave", "Disks", ("owned: no team", "urgent: no severity")),
        ("t-mild", None, ("clear: no summary",)),
    ]


def test_what_waits_for_the_hours_stands_by_when_it_is_told() -> None:
    """What is held because somebody resolved its page waits for no hours, nor does what pages at any time."""
    by_day = VerdictKind.BUSINESS_HOURS.value
    waiting = an_alert(verdict=by_day, held_until=NOON + timedelta(hours=2), alertname="Later")
    sooner = an_alert(verdict=by_day, held_until=NOON, alertname="Sooner", service=None)
    by_hand = an_alert(verdict=by_day, held_until=NOON, hold_reason="page p-1 was resolved by ana")
    pages = an_alert(held_until=NOON)
    lines = core.held_lines([waiting, sooner, by_hand, pages, an_alert(verdict=by_day)])

    assert [(line.title, line.service) for line in lines] == [("Sooner", ""), ("Later", "payments-api")]


def test_open_pages_say_who_has_them() -> None:
    """By name, and the gravest first; nobody's stands out as such."""
    held = after((1, Acknowledged(by="ana", via="sms"))).page
    nobodys = replace(a_page(), id="p-grave", rank=1)
    lines = core.page_lines(a_plan(), [held, nobodys])

    assert [(line.id, line.holder) for line in lines] == [("p-grave", None), ("p-test01", "Ana")]
