"""What goes over with a shift: who may write a note, since when notes are news, what is still open."""

from datetime import timedelta

import pytest

from pagerd.core.handoff import BACK_MAX, LATE_MAX, Turn, notes_since, open_incidents, turn_of
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.oncall.lookup import on_call
from tests.builders import NOON, a_plan, an_incident, minutes

PLAN = a_plan()
SCHEDULE = "payments-primary"
HANDOFF = on_call(PLAN.book, SCHEDULE, NOON).until
assert HANDOFF is not None


@pytest.mark.parametrize(
    ("person", "at", "turn"),
    [
        ("ana", NOON, Turn(HANDOFF, is_over=False)),
        ("ana", HANDOFF + minutes(5), Turn(HANDOFF, is_over=True)),
        ("ana", HANDOFF + LATE_MAX - minutes(1), Turn(HANDOFF, is_over=True)),
        ("ana", HANDOFF + LATE_MAX + minutes(1), None),
        ("ben", NOON, None),
        ("dora", NOON, Turn(HANDOFF, is_over=False)),
    ],
    ids=["in their shift", "just after it", "late", "too late", "before it", "an operator"],
)
def test_who_may_write_a_note(person, at, turn):
    """Whoever is on call, or was a short while ago; a lead or an operator for whoever is."""
    assert turn_of(PLAN, SCHEDULE, person, at) == turn


def test_notes_are_news_since_the_reader_had_the_schedule():
    """Or for a week: who comes back after months need not read them all."""
    second = HANDOFF + timedelta(days=1)

    assert notes_since(PLAN, SCHEDULE, "ana", second) == HANDOFF
    assert notes_since(PLAN, SCHEDULE, "ben", NOON) == NOON - BACK_MAX


def test_open_incidents_of_the_team_go_over_with_who_has_which_role():
    """Roles that nobody holds are not named, and others' incidents are others'."""
    roles = {Role.IC.value: Standing(holder="ben", since=NOON), Role.TL.value: Standing(is_asked=True)}
    own = an_incident(team="payments", roles=roles)
    [found] = open_incidents([own, an_incident(number=own.number + 1, team="platform")], "payments")

    assert (found.number, found.status, found.roles) == (own.number, own.status.value, {"ic": "ben"})
