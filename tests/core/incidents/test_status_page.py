"""What customers see of components and incidents: how it stands, since when, and how each day was."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.incidents.public import Component, ComponentState, PublicKind
from pagerd.core.incidents.status_page import (
    DAYS_OF_COMPONENTS,
    DAYS_OF_INCIDENTS,
    ComponentLine,
    PublicIncident,
    PublicUpdate,
    Shown,
    StatusPage,
    component_line,
    in_order_of_need,
    names_of,
)
from tests.builders import BERLIN, NOON

CHECKOUT = Component(id="checkout", name="Checkout", description="Cards and invoices")
OPERATIONAL, DEGRADED = ComponentState.OPERATIONAL, ComponentState.DEGRADED
PARTIAL, MAJOR = ComponentState.PARTIAL_OUTAGE, ComponentState.MAJOR_OUTAGE
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 1, 6)
"""The day of NOON, in Berlin."""


def berlin(text):
    """Return the instant at which the clocks of Berlin show this."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def line(*shown, zone=BERLIN, now=NOON):
    """Return the line of a component of which this was said, the oldest first."""
    return component_line(CHECKOUT, [Shown(at, state) for at, state in reversed(shown)], zone, now)


def bar(*shown, **fields):
    """Return the days of a component that were not all well."""
    return {one.day: one.state for one in line(*shown, **fields).days if one.state is not OPERATIONAL}


def an_incident(*updates, slug="0123456789"):
    """Return an incident with these updates, the oldest first."""
    said = tuple(PublicUpdate(at=at, kind=kind, text="We look into it.") for at, kind in reversed(updates))
    return PublicIncident(slug=slug, title="Problems with Checkout", updates=said)


def a_page(*incidents, components=()):
    """Return a page with these."""
    found = in_order_of_need(incidents)
    return StatusPage(title="Status", url="", zone=BERLIN, as_of=NOON, components=components, incidents=found)


def test_a_component_of_which_nobody_said_anything_is_well():
    """Today and on all days before; and since when nobody knows."""
    found = line()

    assert (found.name, found.description, found.state, found.since) == (
        "Checkout", "Cards and invoices", OPERATIONAL, None
    )  # fmt: skip
    assert [one.day for one in found.days] == [TODAY - back * DAY for back in reversed(range(DAYS_OF_COMPONENTS))]
    assert {one.state for one in found.days} == {OPERATIONAL}


def test_a_day_is_as_bad_as_its_worst_moment():
    """What was said goes on until something else is said, over as many days as that takes."""
    assert bar(
        (berlin("2026-01-02T10:00"), DEGRADED),
        (berlin("2026-01-02T11:00"), MAJOR),
        (berlin("2026-01-02T12:00"), PARTIAL),
        (berlin("2026-01-04T09:00"), OPERATIONAL),
    ) == {date(2026, 1, 2): MAJOR, date(2026, 1, 3): PARTIAL, date(2026, 1, 4): PARTIAL}


@pytest.mark.parametrize(
    ("began", "ended", "days"),
    [
        ("2026-01-02T23:59", "2026-01-03T00:00", [2]),
        ("2026-01-03T00:00", "2026-01-03T00:01", [3]),
        ("2026-01-02T23:59", "2026-01-03T00:01", [2, 3]),
        ("2026-01-03T00:00", "2026-01-04T00:00", [3]),
    ],
)
def test_midnight_belongs_to_the_day_that_begins(began, ended, days):
    """Whatever is said at midnight says nothing of the day that is over."""
    found = bar((berlin(began), PARTIAL), (berlin(ended), OPERATIONAL))

    assert found == {date(2026, 1, day): PARTIAL for day in days}


def test_a_day_begins_where_its_readers_are():
    """Half past eleven at night in UTC is the next day in Tokyo; in Cairo a day in April begins at one o'clock."""
    late = (datetime(2026, 1, 2, 23, 30, tzinfo=UTC), PARTIAL), (datetime(2026, 1, 2, 23, 40, tzinfo=UTC), OPERATIONAL)
    cairo = ZoneInfo("Africa/Cairo")
    skipped = datetime(2026, 4, 23, 22, 0, tzinfo=UTC)  # the end of 23 April there: clocks go from 00:00 to 01:00

    assert bar(*late, zone=ZoneInfo("Asia/Tokyo")) == {date(2026, 1, 3): PARTIAL}
    assert bar(*late, zone=ZoneInfo("UTC")) == {date(2026, 1, 2): PARTIAL}
    assert bar((skipped, PARTIAL), (skipped + HOUR, OPERATIONAL), zone=cairo, now=skipped + 9 * DAY) == {
        date(2026, 4, 24): PARTIAL
    }


def test_since_when_it_is_so_is_when_it_became_so():
    """Saying the same again does not make it younger."""
    first, again = NOON - 3 * HOUR, NOON - HOUR

    assert line((NOON - 9 * HOUR, DEGRADED), (first, PARTIAL), (again, PARTIAL)).since == first
    assert line((first, PARTIAL), (again, PARTIAL)).since == first
    assert line((first, PARTIAL), (again, OPERATIONAL)).since == again


def a_line(name, state):
    """Return a component as it is now."""
    return ComponentLine(name=name, description="", state=state, since=None, days=())


GOING_ON = an_incident((NOON - HOUR, PublicKind.INVESTIGATING))
OVER = an_incident((NOON - DAY, PublicKind.INVESTIGATING), (NOON - DAY + HOUR, PublicKind.RESOLVED))


@pytest.mark.parametrize(
    ("incidents", "states", "state", "headline"),
    [
        ((), (), OPERATIONAL, "All systems operational"),
        ((OVER,), (OPERATIONAL, OPERATIONAL), OPERATIONAL, "All systems operational"),
        ((GOING_ON,), (OPERATIONAL,), DEGRADED, "We are looking into a problem"),
        ((GOING_ON,), (OPERATIONAL, PARTIAL), PARTIAL, "Partial outage: API"),
        ((), (MAJOR, MAJOR, PARTIAL), MAJOR, "Major outage of 2 components"),
        ((), (ComponentState.MAINTENANCE,), ComponentState.MAINTENANCE, "Under maintenance: Checkout"),
    ],
)
def test_the_first_line_says_the_worst(incidents, states, state, headline):
    """Where something is going on, all is not well, whatever is said of components."""
    names = ("Checkout", "API", "Reports")
    page = a_page(*incidents, components=tuple(map(a_line, names, states)))

    assert (page.state, page.headline) == (state, headline)


def test_what_goes_on_comes_first_and_the_newest_before_older_ones():
    """And an incident is known by its first word and its last."""
    older = an_incident((NOON - 2 * HOUR, PublicKind.MONITORING), slug="older")
    page = a_page(OVER, older, GOING_ON)

    assert page.incidents == (GOING_ON, older, OVER)
    assert page.open == (GOING_ON, older)
    assert (OVER.kind, OVER.is_open) == (PublicKind.RESOLVED, False)
    assert (OVER.began_at, OVER.changed_at) == (NOON - DAY, NOON - DAY + HOUR)


def test_days_without_an_incident_are_shown_and_left_out_of_the_history():
    """The last two weeks say of each day that there was nothing; the history has the days on which there was."""
    old = an_incident((NOON - 40 * DAY, PublicKind.RESOLVED), slug="old")
    page = a_page(OVER, GOING_ON, old)

    recent = page.recent()
    assert [one.day for one in recent] == [TODAY - back * DAY for back in range(DAYS_OF_INCIDENTS)]
    assert [one.incidents for one in recent[:3]] == [(GOING_ON,), (OVER,), ()]
    assert [(one.day, one.incidents) for one in page.history()] == [
        (TODAY, (GOING_ON,)),
        (TODAY - DAY, (OVER,)),
        (TODAY - 40 * DAY, (old,)),
    ]


def test_a_component_that_is_gone_is_named_no_more():
    """What the files do not have has no name that customers know."""
    assert names_of([CHECKOUT], {"checkout": "degraded", "fax": "major_outage"}) == (
        ("Checkout", "Degraded performance"),
    )
