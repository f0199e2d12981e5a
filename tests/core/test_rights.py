"""Who may do what follows from the files alone, line by line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.rights import Grant, Right, rights_of
from tests.builders import NOON, a_plan, a_schedule, a_team

WEEK = timedelta(weeks=1)


def a_company():
    """Return a plan in which each right comes by each of its roads."""
    plan = a_plan()
    payments = replace(plan.teams["payments"], roles={**plan.teams["payments"].roles, "team_lead": "leads"})
    schedules = {**plan.book.schedules, "leads": a_schedule("leads", "dora", "cho")}
    return replace(
        plan,
        teams={**plan.teams, "payments": payments},
        book=replace(plan.book, schedules=schedules),
        operators=("dora",),
        approvers=("ben", "leads"),
    )


ROLES = {"team_lead": "zoe"}

ROWS = [
    # person, weeks later, leads, approves, scopes
    ("ana", 0, (), False, {"read", "ack"}),
    ("ben", 0, (), True, {"read", "ack"}),
    ("cho", 0, (), False, {"read", "ack"}),
    ("cho", 1, ("payments",), True, {"read", "ack"}),
    ("dora", 0, ("payments",), True, {"read", "ack", "admin"}),
    ("dora", 1, (), False, {"read", "ack", "admin"}),
    ("eva", 0, ("payments", "platform"), False, {"read", "ack"}),
    ("nobody", 0, (), False, set()),
    ("leads", 0, (), False, set()),
]


@pytest.mark.parametrize(("person", "weeks", "leads", "approves", "scopes"), ROWS)
def test_what_each_may_do(person, weeks, leads, approves, scopes):
    """Lead and approver may be whoever is on call; who is in no file may nothing, and neither does a schedule."""
    plan = a_company()
    rights = rights_of(plan, person, NOON + weeks * WEEK)

    assert tuple(team for team in plan.teams if rights.leads(team)) == leads
    assert rights.is_approver is approves
    assert rights.scopes == scopes
    assert rights.is_responder is bool(scopes)
    assert rights.is_admin is ("admin" in scopes)


def test_each_right_says_which_value_gives_it():
    """And whether it is theirs while they are on call only."""
    assert rights_of(a_company(), "dora", NOON).grants() == (
        Grant(Right.RESPONDER, ("people", "dora")),
        Grant(Right.LEAD, ("teams", "payments", "team_lead"), "payments", "leads"),
        Grant(Right.APPROVER, ("settings", "approvers"), None, "leads"),
        Grant(Right.ADMIN, ("settings", "operators")),
    )
    assert Grant(Right.LEAD, ("roles", "platform_lead"), "payments") in rights_of(a_company(), "eva", NOON).grants()


def test_turns_of_a_schedule_do_not_last():
    """What lasts goes only when somebody edits the files."""
    assert rights_of(a_company(), "dora", NOON).lasting == {Right.RESPONDER, Right.ADMIN}
    assert rights_of(a_company(), "ben", NOON).lasting == {Right.RESPONDER, Right.APPROVER}
    assert rights_of(a_company(), "nobody", NOON).lasting == frozenset()


def test_an_operator_who_left_the_people_may_nothing():
    """A name that stands in one list alone is nobody."""
    plan = replace(a_plan(), operators=("zoe",), approvers=("zoe",), teams={"x": a_team("x", roles=ROLES)})
    rights = rights_of(plan, "zoe", NOON)

    assert (rights.is_admin, rights.is_approver, rights.leads("x"), rights.grants()) == (False, False, False, ())


def test_a_team_that_is_not_there_has_the_leads_of_all_teams():
    """Whoever leads the platform answers for what nobody owns."""
    assert rights_of(a_plan(), "eva", NOON).leads("no team")
    assert not rights_of(a_plan(), "dora", NOON).leads("no team")
