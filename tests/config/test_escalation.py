from datetime import timedelta

import pytest

from pagerd.config.escalation import default_policy
from pagerd.core.plan import LastResort, Step
from tests.config.files import COMPANY, ESCALATION, changed, found_after, plan_of


def test_a_policy_and_the_last_resort():
    """One policy serves many teams."""
    plan = plan_of(COMPANY)

    assert plan.policies["standard"].repeat == 1
    assert plan.policies["standard"].steps[2] == Step(("team_lead",), timedelta(minutes=10))
    assert plan.last_resort == LastResort(("dora", "eva"), timedelta(minutes=5))


def test_a_step_may_name_several():
    """Roles, schedules and people side by side."""
    plan = plan_of(changed(ESCALATION, "page: team_lead", "page: [team_lead, payments-secondary, cho]"))

    assert plan.policies["standard"].steps[2].targets == ("team_lead", "payments-secondary", "cho")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("page: [dora, eva], every", "page: [], every", "E301 8:21"),
        ("[dora, eva], every: 5m", "[dora], every: 0s", "E011 8:36"),
        ("{page: [dora, eva], every: 5m}", "{every: 5m}", "E007 8:14"),
        ("page: team_lead", "page: []", "E301 6:16"),
        ("{page: team_lead, answer_within: 10m}", "{page: team_lead}", "E007 6:9"),
        ("answer_within: 10m", "answer_within: 10 minutes", "E011 6:42"),
        ("answer_within: 10m", "after: 10m", "E006 6:27"),
        ("repeat: 1", "repeat: 100", "E010 7:13"),
        ("repeat: 1", "repeat: -1", "E010 7:13"),
    ],
)
def test_what_is_wrong_with_escalation(old, new, expected):
    """At its line and column."""
    assert expected in found_after(ESCALATION, old, new)


def test_a_policy_without_steps():
    """It would end before it began."""
    new = "last_resort: {page: [dora]}\n"
    old = "last_resort: {page: [dora, eva], every: 5m}\n"

    assert "E301 8:18" in found_after(ESCALATION, old, f"  empty: {{steps: []}}\n{new}")


def test_the_default_policy_has_the_roles_that_are_filled():
    """In the playbook's order; a role that nobody fills would only be skipped."""
    policy = default_policy("p", {"team_lead", "primary", "db_expert"})

    assert [step.targets for step in policy.steps] == [("primary",), ("team_lead",)]
