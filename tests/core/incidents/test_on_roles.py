"""A role is taken, never given: who is asked, who may not have it, and what happens when nobody has it any more."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import EndPages, RaisePage
from pagerd.core.incidents.events import (
    Declared,
    HelpAsked,
    RoleAsked,
    RoleGivenBack,
    RoleReleased,
    RoleTaken,
    SeverityChanged,
)
from pagerd.core.incidents.incident import IncidentStatus
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.plan import EscalationPolicy, Step
from tests.builders import NOON, a_plan, an_incident, minutes

PLAN = a_plan()
LATER = NOON + minutes(10)
BY = {"by": "ana", "via": "cli"}


def held(**holders):
    """Return roles with these holders, since noon."""
    return {Role(role): Standing(holder=holder, since=NOON) for role, holder in holders.items()}


def happened(incident, event, plan=PLAN):
    """Return what becomes of an incident ten minutes after noon."""
    return decide(incident, event, plan, LATER)


def refusal(incident, event):
    """Return by which codes an event is refused."""
    with pytest.raises(TransitionRefused) as refused:
        happened(incident, event)
    return [one.code for one in refused.value.unmet]


def asked(decision):
    """Return for which role who is asked in which order."""
    return {
        page.errand: [step.targets for step in page.steps] for page in decision.effects if isinstance(page, RaisePage)
    }


def ended(decision):
    """Return which pages end."""
    return [one.errand for one in decision.effects if isinstance(one, EndPages)]


def kinds(decision):
    """Return the kinds of the lines that were written."""
    return [entry.kind for entry in decision.entries]


def test_whoever_is_named_is_asked_first_and_the_holder_keeps_it_meanwhile():
    """While nobody has answered, somebody still leads."""
    incident = an_incident(roles=held(ic="dora"))
    offered = happened(incident, RoleAsked(**BY, role="ic", person="eva"))

    assert asked(offered)["ic"][0] == ("eva",)
    assert kinds(offered) == ["role.offered", "role.asked"]
    assert offered.incident.roles["ic"] == Standing(holder="dora", since=NOON, is_asked=True)


def test_asking_a_second_time_asks_somebody_else_instead():
    """The page that asked the first one ends, so that two do not answer for the same role."""
    once = happened(an_incident(), RoleAsked(**BY, role="tl", person="cho")).incident
    twice = happened(once, RoleAsked(**BY, role="tl", person="eva"))

    assert ended(twice) == ["tl"]
    assert asked(twice)["tl"][0] == ("eva",)


def test_a_role_with_a_policy_of_its_name_is_asked_by_that():
    """The files may say who commands; whoever is named still goes first."""
    own = EscalationPolicy("ic", (Step(("cho",), minutes(1)), Step(("eva",), minutes(2))), repeat=0)
    plan = a_plan(policies={**PLAN.policies, "ic": own})

    assert asked(happened(an_incident(), RoleAsked(**BY, role="ic"), plan))["ic"] == [("cho",), ("eva",)]
    assert asked(happened(an_incident(), RoleAsked(**BY, role="ic", person="ben"), plan))["ic"] == [
        ("ben",), ("cho",), ("eva",)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "event", "code"),
    [
        (held(ic="dora"), RoleAsked(**BY, role="ic", person="dora"), "role_held"),
        (held(ic="dora", tl="dora"), RoleAsked(**BY, role="comms", person="dora"), "all_three_roles"),
        (held(ic="dora", tl="dora"), RoleTaken(by="dora", via="cli", role="comms"), "all_three_roles"),
        ({}, RoleReleased(**BY, role="ic"), "role_vacant"),
        ({Role.IC: Standing(is_asked=True)}, RoleReleased(**BY, role="ic", why=" "), "reason_missing"),
    ],
)
def test_what_may_not_be_done_with_a_role(roles, event, code):
    """Whoever has it need not be asked, nobody has all three at the worst, and going on without one needs a reason."""
    assert refusal(an_incident(roles=roles), event) == [code]


def test_below_the_worst_severity_one_person_may_have_all_three():
    """A small team has no more people; that it is so stands on the timeline."""
    incident = an_incident(severity="sev2", rank=2, roles=held(ic="dora", tl="dora"))
    alone = happened(incident, RoleTaken(by="dora", via="cli", role="comms"))

    assert kinds(alone) == ["role.taken", "role.alone"]
    assert alone.incident.holder("comms") == "dora"


@pytest.mark.parametrize(
    ("before", "by", "kind", "since"),
    [
        ({}, "dora", "role.taken", LATER),
        (held(ic="dora"), "dora", "role.kept", NOON),
        (held(ic="cho"), "dora", "role.handed_over", LATER),
    ],
)
def test_a_role_is_taken_kept_or_handed_over(before, by, kind, since):
    """Whoever has it keeps it since when they had it; whoever had it is relieved."""
    taken = happened(an_incident(roles=before), RoleTaken(by=by, via="sms", role="ic"))

    assert kinds(taken) == [kind]
    assert taken.incident.roles["ic"] == Standing(holder="dora", since=since)


def test_a_page_for_a_role_ends_when_it_is_taken_by_another_way():
    """The page that was answered ends by that answer; one that was not is ended."""
    wanted = an_incident(roles={Role.IC: Standing(is_asked=True)})

    assert ended(happened(wanted, RoleTaken(by="dora", via="cli", role="ic"))) == ["ic"]
    assert ended(happened(wanted, RoleTaken(by="dora", via="sms", role="ic", page="p-1"))) == []


def test_an_answer_that_is_taken_back_leaves_the_role_open():
    """Its page goes on asking; when somebody else has it by now, nothing changes."""
    taken = an_incident(roles=held(ic="dora"))
    back = happened(taken, RoleGivenBack(by="dora", via="sms", role="ic"))
    late = happened(taken, RoleGivenBack(by="cho", via="sms", role="ic"))

    assert (back.incident.roles["ic"], kinds(back)) == (Standing(is_asked=True), ["role.given_back"])
    assert (late.incident.roles, kinds(late)) == (taken.roles, [])


def test_a_role_that_is_laid_down_is_asked_for_at_once_but_not_of_whoever_did():
    """They had a reason; what the severity does not ask for is simply vacant."""
    everybody = an_incident(roles=held(ic="dora", tl="ben", comms="cho"))
    laid_down = happened(everybody, RoleReleased(by="dora", via="cli", role="ic", why="it is late"))
    mild = an_incident(severity="sev2", rank=2, roles=held(ic="dora", tl="ben"))
    let_go = happened(mild, RoleReleased(by="ben", via="cli", role="tl"))

    [page] = [one for one in laid_down.effects if isinstance(one, RaisePage)]
    assert (page.errand, page.spared) == ("ic", ("dora",))
    assert laid_down.incident.roles["ic"].is_asked
    assert (asked(let_go), let_go.incident.holder("tl")) == ({}, None)


def test_a_role_that_has_nobody_is_called_off_with_a_reason():
    """Where the severity wants one; the page that asks for it ends."""
    wanted = an_incident(roles={Role.COMMS: Standing(is_asked=True)})
    off = happened(wanted, RoleReleased(**BY, role="comms", why="nobody outside noticed"))

    assert (ended(off), kinds(off)) == (["comms"], ["role.called_off"])
    assert off.incident.roles["comms"] == Standing()


def test_a_third_person_is_asked_for_when_it_becomes_the_worst():
    """Raising is never held up by who has which role; until somebody comes, the one goes on with all three."""
    alone = an_incident(severity="sev2", rank=2, roles=held(ic="dora", tl="dora", comms="dora"))
    worse = happened(alone, SeverityChanged(**BY, severity="sev1"))

    [page] = [one for one in worse.effects if isinstance(one, RaisePage)]
    assert (page.errand, page.spared) == ("comms", ("dora",))
    assert kinds(worse) == ["severity.raised", "role.gap", "role.asked"]
    assert worse.incident.roles["comms"] == Standing(holder="dora", since=NOON, is_asked=True)


def test_a_third_person_is_asked_for_when_a_suspicion_turns_out_to_be_the_worst():
    """One may have taken all three roles while nobody knew how bad it is."""
    alone = an_incident(status=IncidentStatus.TRIAGE, roles=held(ic="dora", tl="dora", comms="dora"))
    declared = happened(alone, Declared(**BY))

    assert [one.errand for one in declared.effects if isinstance(one, RaisePage)] == ["comms"]
    assert declared.incident.roles["comms"] == Standing(holder="dora", since=NOON, is_asked=True)


def test_help_is_asked_of_whom_it_is_wanted_then_of_their_team():
    """Another team's own policy comes after the person, and answers for it."""
    wanted = happened(an_incident(), HelpAsked(**BY, team="platform", target="eva", what="a database expert"))

    [page] = [one for one in wanted.effects if isinstance(one, RaisePage)]
    assert (page.team, page.title) == ("platform", "Ana needs help with incident 7: a database expert")
    assert [step.targets for step in page.steps] == [
        ("eva",), ("primary",), ("secondary",), ("team_lead",), ("platform_lead",)
    ]  # fmt: skip


def test_an_update_for_the_worst_goes_out_though_the_files_forgot_the_severity():
    """A severity that no file has any more pages as loudly as there is."""
    gone = a_plan(severities={name: one for name, one in PLAN.severities.items() if name != "sev1"})
    [page] = [
        one for one in happened(an_incident(), RoleAsked(**BY, role="ic"), gone).effects if isinstance(one, RaisePage)
    ]

    assert page.urgency == "high"


def test_whoever_holds_the_other_two_is_not_asked_for_the_third():
    """It would be no use at the worst severity; below it they may."""
    two = held(ic="dora", tl="dora")
    worst = happened(an_incident(roles=two), RoleAsked(**BY, role="comms"))
    mild = happened(an_incident(severity="sev2", rank=2, roles=two), RoleAsked(**BY, role="comms"))

    spared = [[page.spared for page in one.effects if isinstance(page, RaisePage)] for one in (worst, mild)]
    assert spared == [[("dora",)], [()]]
    assert replace(worst.incident.roles["comms"], is_asked=False) == Standing()
