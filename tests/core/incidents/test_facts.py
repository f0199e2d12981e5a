"""The facts of an incident, read from its timeline."""

from dataclasses import replace

from pagerd.core.incidents.facts import Slot, facts_of
from pagerd.core.incidents.incident import Cadence
from pagerd.core.incidents.public import PublicClock, PublicSide
from pagerd.core.incidents.roles import ROLE_NAMES, Role
from pagerd.core.timeline import Entry
from tests.builders import NIGHT, minutes
from tests.core.incidents.test_effort import INCIDENT


def entry(after, kind, **details):
    """One line of the timeline, so many minutes after the incident was opened."""
    return Entry(NIGHT + minutes(after), kind, details)


HOUR = NIGHT + minutes(60)


def facts(*entries, incident=INCIDENT, slots=(), now=HOUR):
    """Read the facts of these lines."""
    return facts_of(incident, entries, slots, (), None, now)


def test_the_first_to_have_a_role_counts():
    """Neither who was asked again, nor who took it over."""
    commander = ROLE_NAMES[Role.IC]
    found = facts(
        entry(0, "role.asked", role=commander),
        entry(2, "role.taken", role=commander, by="dora"),
        entry(9, "role.asked", role=commander),
        entry(11, "role.taken", role=commander, by="cho"),
    )

    assert (found.asked, found.taken) == ({Role.IC: NIGHT}, {Role.IC: NIGHT + minutes(2)})


def test_severities_begin_with_that_of_the_declaration():
    """What a suspicion was taken for is no error of a declaration."""
    found = facts(
        entry(1, "severity.raised", severity="sev1"),
        entry(4, "incident.declared", severity="sev2"),
        entry(20, "severity.raised", severity="sev1"),
    )

    assert found.severities == ((NIGHT + minutes(4), "sev2"), (NIGHT + minutes(20), "sev1"))


def test_ends_are_counted_as_often_as_there_were_any():
    """An incident may be resolved twice."""
    kinds = ("incident.overridden", "incident.resolved", "incident.reopened", "incident.resolved", "incident.note")
    found = facts(*(entry(1, kind) for kind in kinds))

    assert (found.resolved, found.overridden, found.reopened) == (2, 1, 1)


def test_a_promise_that_is_overdue_is_a_slot_that_was_missed():
    """One that is still to come is none yet."""
    posted = Slot(number=1, promised_at=NIGHT + minutes(15), posted_at=NIGHT + minutes(15))
    waiting = replace(INCIDENT, update=1, cadence=Cadence(next_at=NIGHT + minutes(45)))
    late = facts(incident=waiting, slots=[posted]).slots
    early = facts(incident=waiting, slots=[posted], now=NIGHT + minutes(44)).slots

    assert [one.is_met for one in late] == [True, False]
    assert late[1].number == 2
    assert [one.is_met for one in early] == [True]


def test_the_first_to_take_what_was_asked_and_the_first_thing_that_was_tried_count():
    """Whether somebody took a role or answered another page of it; what came later changes neither."""
    by_errand = facts(entry(3, "errand.join", by="cho"), entry(5, "role.taken", role=ROLE_NAMES[Role.TL], by="ben"))
    by_role = facts(entry(2, "role.taken", role=ROLE_NAMES[Role.TL], by="ben"), entry(3, "errand.join", by="cho"))
    tried = facts(entry(8, "mitigation.started"), entry(20, "mitigation.started"))

    assert (by_errand.answered_at, by_role.answered_at) == (NIGHT + minutes(3), NIGHT + minutes(2))
    assert (tried.tried_at, tried.answered_at) == (NIGHT + minutes(8), None)


def test_what_customers_should_have_heard_by_now_is_a_slot_that_was_missed():
    """As with colleagues: one that is still to come is none yet."""
    clock = PublicClock(next_at=NIGHT + minutes(45), since=NIGHT)
    waiting = replace(INCIDENT, public=PublicSide(draft=2, clock=clock))
    late, early = (facts(incident=waiting, now=NIGHT + minutes(at)).public_slots for at in (45, 44))

    assert [(one.number, one.promised_at, one.is_met) for one in late] == [(2, NIGHT + minutes(45), False)]
    assert early == ()
