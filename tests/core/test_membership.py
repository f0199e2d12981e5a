from dataclasses import replace
from datetime import timedelta

from pagerd.core.membership import roles_by_name, schedules_of, teams_of
from pagerd.core.oncall.schedule import Override, OverrideKind, Schedule
from tests.builders import BERLIN, NOON, a_plan


def names(plan, person):
    """Return the ids of somebody's teams."""
    return [team.id for team in teams_of(plan, person)]


def test_turns_and_roles_make_a_member():
    """By a rotation, or named as a lead; whoever is in neither works for nobody yet."""
    plan = a_plan()

    assert names(plan, "ana") == ["payments"]
    assert names(plan, "dora") == ["payments", "platform"]
    assert names(plan, "eva") == ["platform"]
    assert names(plan, "zoe") == []


def test_a_copy_and_an_override_count():
    """Whoever stands in for somebody wants to see what they stand in for."""
    plan = a_plan()
    copied = Schedule(id="shadow", team="payments", zone=BERLIN, copy="payments-primary", offset=1)
    once = Override(
        id="o-1",
        schedule="platform-primary",
        kind=OverrideKind.ADD,
        start=NOON,
        end=NOON + timedelta(hours=1),
        people=("ana",),
    )
    book = replace(plan.book, schedules={**plan.book.schedules, "shadow": copied}, overrides=(once,))
    plan = replace(plan, book=book)

    assert schedules_of(plan, "ana") == ("payments-primary", "payments-secondary", "platform-primary", "shadow")
    assert names(plan, "ana") == ["payments", "platform"]


def test_who_is_paged_without_turns_is_named_as_what():
    """A lead of one team, and of all; whoever has turns is named by these alone."""
    plan = a_plan()

    assert roles_by_name(plan, "eva") == ("team lead of Platform", "platform lead of all teams")
    assert roles_by_name(plan, "dora") == ("team lead of Payments",)
    assert roles_by_name(plan, "ana") == ()
