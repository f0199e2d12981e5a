"""Shares that are measured of incidents."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.terms import Terms
from pagerd.core.incidents.facts import Slot
from pagerd.core.incidents.incident import Detection, Mode
from pagerd.core.incidents.rates import rates, rates_of_what_follows
from pagerd.core.postmortems.review import Review, ReviewState
from tests.builders import NIGHT, a_person, a_plan, minutes
from tests.core.incidents.test_measures import facts, minutes_of
from tests.postmortems import utc

RANKS = {"sev1": 1, "sev2": 2, "sev3": 3}


def rate(name, found):
    """Return one share."""
    return next(one for one in rates(found, RANKS) if one.name == name)


def test_updates_on_time_are_slots_met_of_slots_due():
    """With how late the late ones were."""
    slots = (
        Slot(number=1, promised_at=NIGHT, posted_at=NIGHT),
        Slot(number=2, promised_at=NIGHT, posted_at=NIGHT + minutes(4)),
        Slot(number=3, promised_at=NIGHT),
    )
    found = rate("updates_on_time", [facts(slots=slots), facts(2)])

    assert (found.met, found.due, found.against) == (1, 3, (1,))
    assert minutes_of([facts(slots=slots)])["update_late"] == [4, "open"]


def test_what_customers_were_promised_is_counted_apart():
    """Colleagues may have heard in time what customers never read."""
    said = Slot(number=1, promised_at=NIGHT, posted_at=NIGHT)
    never = Slot(number=2, promised_at=NIGHT)
    found = [facts(slots=(said,), public_slots=(said, never)), facts(2, public_slots=(said,))]

    public = rate("customers_on_time", found)
    assert (public.met, public.due, public.against) == (2, 3, (1,))
    assert rate("updates_on_time", found).share == 1


def test_severities_resolutions_and_detection_are_shares_with_the_incidents_behind_them():
    """A severity that the files do not have any more is unknown."""
    found = [
        facts(1, rank=1, severities=((NIGHT, "sev2"), (NIGHT, "sev1")), overridden=1, reopened=1, resolved=2),
        facts(2, rank=2, severities=((NIGHT, "sev2"),), detection=Detection.CUSTOMER),
        facts(3, rank=2, severities=((NIGHT, "gone"), (NIGHT, "sev2")), detection=None),
        facts(4, rank=2, severities=((NIGHT, "sev2"), (NIGHT, "sev1"), (NIGHT, "sev2"))),
    ]
    right, override, reopen, own = (
        rate(name, found) for name in ("severity_right_at_once", "overridden", "reopened", "internally_detected")
    )

    assert (right.met, right.due, right.unknown, right.against) == (2, 3, 1, (1,))
    assert (override.met, override.due, override.share) == (1, 5, 0.2)
    assert (reopen.met, reopen.against) == (1, (1,))
    assert (own.met, own.due, own.unknown, own.against) == (2, 3, 1, (2,))


def test_what_was_written_down_afterwards_says_how_it_was_noticed_alone():
    """Its resolution was no act in pagerd."""
    backfilled = facts(mode=Mode.BACKFILL, declared_at=None, mitigated_at=None)

    assert rate("overridden", [backfilled]).due == 0
    assert rate("internally_detected", [backfilled]).due == 1
    assert {one.share for one in rates([], RANKS)} == {None}


TODAY = NIGHT.date()
ITEM = ActionItem(
    id="a-1",
    number=1,
    incident=1,
    team="payments",
    terms=Terms(title="x", due=TODAY - timedelta(days=1)),
    opened_at=NIGHT,
    opened_by="ana",
)


def test_action_items_are_in_time_when_they_were_verified_by_their_day():
    """Done is not verified; what was dropped, is not due yet, or was of a drill, is in no number."""
    due = ITEM.terms.due
    yesterday, today = NIGHT - timedelta(days=1), NIGHT
    items = [
        replace(ITEM, status=ActionStatus.VERIFIED, over_at=yesterday),
        replace(ITEM, incident=2, status=ActionStatus.VERIFIED, over_at=today),
        replace(ITEM, incident=2, status=ActionStatus.DONE),
        replace(ITEM, status=ActionStatus.DROPPED),
        replace(ITEM, terms=replace(ITEM.terms, due=TODAY)),
        replace(ITEM, is_drill=True),
        replace(ITEM, incident=99, repeats=(2,)),
    ]
    _, closed, repeated = rates_of_what_follows([facts(1), facts(2)], items, a_plan(), NIGHT)

    assert due is not None
    assert (closed.met, closed.due, closed.against) == (1, 3, (2,))
    assert (repeated.met, repeated.due, repeated.against) == (1, 2, (2,))


@pytest.mark.parametrize(
    ("owner", "verified_at", "now", "counts"),
    [
        # The day of ben, in New York, ends at 05:00 of the next one in UTC.
        ("ben", "2026-01-07T04:59", "2026-01-07T05:00", (1, 1)),
        ("ben", "2026-01-07T05:00", "2026-01-07T05:00", (0, 1)),
        ("ben", None, "2026-01-07T04:59", (0, 0)),
        # That of cho, in Tokyo, at 15:00 of the same one.
        ("cho", "2026-01-06T14:59", "2026-01-06T15:00", (1, 1)),
        ("cho", "2026-01-06T15:00", "2026-01-06T15:00", (0, 1)),
    ],
)
def test_a_day_is_over_by_the_clock_of_whoever_owns_it(owner, verified_at, now, counts):
    """Who verifies on the day on which it is due is in time, wherever that is."""
    plan = a_plan()
    far = {"ben": ZoneInfo("America/New_York"), "cho": ZoneInfo("Asia/Tokyo")}
    plan = replace(plan, people={**plan.people, **{name: a_person(name, zone=zone) for name, zone in far.items()}})
    item = replace(ITEM, terms=Terms(title="x", owner=owner, due=date(2026, 1, 6)))
    if verified_at is not None:
        item = replace(item, status=ActionStatus.VERIFIED, over_at=utc(verified_at))
    on_time = rates_of_what_follows([facts(1)], [item], plan, utc(now))[1]

    assert (on_time.met, on_time.due) == counts


def test_postmortems_are_in_time_when_they_were_accepted_by_then():
    """What is not due yet, or was waived, is in no number; what is late counts before anybody accepts it."""
    day = timedelta(days=1)

    def reviewed(number, state, due, at=None):
        return facts(number, review=Review(state=state, owner="ana", due=due, at=at))

    found = [
        reviewed(1, ReviewState.ACCEPTED, NIGHT + day, NIGHT),
        reviewed(2, ReviewState.ACCEPTED, NIGHT - day, NIGHT),
        reviewed(3, ReviewState.DRAFT, NIGHT - day),
        reviewed(4, ReviewState.IN_REVIEW, NIGHT + day),
        reviewed(5, ReviewState.WAIVED, NIGHT - day, NIGHT),
        facts(6),
    ]
    said = rates_of_what_follows(found, [], a_plan(), NIGHT)[0]

    assert (said.met, said.due, said.against) == (1, 3, (2, 3))
