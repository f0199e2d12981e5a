"""Who answers for somebody's nights, and that nobody does for their own."""

from dataclasses import replace

from pagerd.core.worklog.leads import is_lead, leads_of
from tests.builders import NOON, a_plan


def test_the_lead_of_the_team_is_asked_and_above_them_the_platform_lead():
    """A lead's own night is the platform lead's to judge, and hers the operators'."""
    plan = a_plan()

    assert leads_of(plan, "payments", "ana", NOON) == ("dora",)
    assert leads_of(plan, "payments", "dora", NOON) == ("eva",)
    assert leads_of(plan, "platform", "eva", NOON) == ("dora",)


def test_where_there_is_nobody_nobody_is_asked():
    """A team of one."""
    alone = replace(a_plan(), roles={}, operators=("dora",))

    assert leads_of(alone, "payments", "dora", NOON) == ()
    assert leads_of(alone, "no team", "ana", NOON) == ("dora",)


def test_nobody_is_the_lead_of_their_own_night():
    """Whatever their role; others are by theirs."""
    plan = a_plan()

    assert is_lead(plan, "payments", "ana", "dora", NOON)
    assert is_lead(plan, "payments", "ana", "eva", NOON)
    assert not is_lead(plan, "payments", "ana", "ben", NOON)
    assert not is_lead(plan, "payments", "dora", "dora", NOON)
