"""What becomes of a role that nobody takes, and of whoever does not come: who is told, and whom alone that wakes."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.effects import RaisePage, TellPerson, TellQuietly
from pagerd.core.incidents.events import HelpAsked, RoleAsked, RoleReleased, SeverityChanged
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.incidents.room_events import NobodyCame
from tests.builders import NOON, SEVERITIES, a_plan, an_incident, minutes

BY = {"by": "ben", "via": "cli"}
UNANSWERED = NobodyCame(errand="tl", page="p-1")
ASKED = Standing(is_asked=True)


def held(person):
    """Return how a role stands that somebody has."""
    return Standing(holder=person, since=NOON)


def raised(decision):
    """Return for which roles somebody is asked, and whether that ends without the last resort."""
    return {one.errand: one.ends_quietly for one in decision.effects if isinstance(one, RaisePage)}


@pytest.mark.parametrize(
    ("roles", "told", "lead"),
    [
        ({Role.IC: held("ben"), Role.TL: ASKED}, "ben", ["team_lead"]),
        # Dora leads the team.
        ({Role.IC: held("dora"), Role.TL: ASKED}, "dora", []),
        ({Role.TL: ASKED}, "ana", ["team_lead"]),
        ({Role.IC: held("ben"), Role.TL: replace(held("cho"), is_asked=True)}, "cho", ["team_lead"]),
    ],
    ids=["the commander", "the commander who leads", "whoever opened it", "whoever has it and handed it over"],
)
def test_who_runs_it_is_told_that_nobody_came(roles, told, lead):
    """And whoever leads, once and quietly: there is nobody else to decide who does it."""
    first = decide(an_incident(roles=roles), UNANSWERED, a_plan(), NOON)
    again = decide(first.incident, UNANSWERED, a_plan(), NOON + minutes(30))

    assert [one.person for one in first.effects if isinstance(one, TellPerson)] == [told]
    assert [target for one in first.effects if isinstance(one, TellQuietly) for target in one.targets] == lead
    assert [type(one) for one in again.effects] == [TellPerson]
    assert again.incident.roles["tl"].unanswered_since == NOON


def test_what_somebody_took_meanwhile_wants_nobody():
    """The page and the incident may cross."""
    incident = an_incident(roles={Role.IC: held("ben"), Role.TL: held("cho")})
    decision = decide(incident, UNANSWERED, a_plan(), NOON)

    assert (decision.entries, decision.effects) == ((), ())


def test_the_last_resort_is_woken_for_the_commander_of_the_worst_alone():
    """Where nobody commands; to hand it over is no reason, because somebody does."""
    vacant = an_incident(severity="sev2", rank=2)
    worse = decide(vacant, SeverityChanged(**BY, severity="sev1"), a_plan(), NOON)
    offered = decide(
        an_incident(roles={Role.IC: held("ben")}), RoleAsked(**BY, role="ic", person="eva"), a_plan(), NOON
    )

    assert raised(worse) == {"ic": False, "tl": True, "comms": True}
    assert raised(offered) == {"ic": True}


def test_a_commander_who_leaves_while_the_role_is_offered_is_missed_at_once():
    """Until then it could wait; now the last resort hears of it, too."""
    roles = {Role.IC: replace(held("ben"), is_asked=True), Role.TL: held("cho"), Role.COMMS: held("eva")}
    left = decide(an_incident(roles=roles), RoleReleased(**BY, role="ic"), a_plan(), NOON)

    assert raised(left) == {"ic": False}
    assert left.incident.roles["ic"] == Standing(is_asked=True, is_pressing=True)


def test_a_commander_who_is_asked_for_already_is_asked_for_anew_when_it_gets_worse():
    """What asks at the second severity ends quietly; that will not do at the worst."""
    asked = an_incident(severity="sev2", rank=2, roles={Role.IC: replace(ASKED, unanswered_since=NOON)})
    worse = decide(asked, SeverityChanged(**BY, severity="sev1"), a_plan(), NOON + minutes(1))

    assert raised(worse)["ic"] is False
    assert worse.incident.roles["ic"] == Standing(is_asked=True, is_pressing=True)


@pytest.mark.parametrize(
    ("errand", "is_reached", "said"),
    [
        ("join", True, "support was asked to join, and did not answer."),
        ("join", False, "nobody was asked to join: there is nobody to page for support."),
        ("help", True, "support was asked for help, and then everybody of their team: nobody answered."),
        ("help", False, "nobody could be asked for help: there is nobody to page for support, nor after them."),
    ],
)
def test_whoever_runs_it_hears_who_does_not_come(errand, is_reached, said):
    """It goes on without: the commander may ask somebody else."""
    incident = an_incident(roles={Role.IC: held("ben")})
    came = NobodyCame(errand=errand, page="p-1", first=("support",), is_reached=is_reached)
    decision = decide(incident, came, a_plan(), NOON)

    assert [(one.person, one.text) for one in decision.effects] == [("ben", f"Incident 7: {said}")]
    assert [entry.kind for entry in decision.entries] == [
        f"errand.{errand}_{'unanswered' if is_reached else 'unreached'}"
    ]


@pytest.mark.parametrize(("rank", "quietly"), [(1, False), (2, True)])
def test_for_help_the_last_resort_is_woken_at_the_worst_severity_alone(rank, quietly):
    """Somebody said that they cannot do it without: at the worst severity that is worth any sleep."""
    event = HelpAsked(**BY, team="platform", target="primary", what="the database")
    decision = decide(an_incident(severity=f"sev{rank}", rank=rank), event, a_plan(), NOON)

    assert raised(decision) == {"help": quietly}


def test_who_joins_wakes_nobody_else():
    """Not at the worst severity either: those who lead may be at work in it, and whoever is missing may answer yet."""
    asking = replace(SEVERITIES["sev1"].incident, joins=("primary", "secondary"))
    plan = a_plan(severities={**SEVERITIES, "sev1": replace(SEVERITIES["sev1"], incident=asking)})
    worse = decide(an_incident(severity="sev2", rank=2), SeverityChanged(**BY, severity="sev1"), plan, NOON)

    joining = [one for one in worse.effects if isinstance(one, RaisePage) and one.errand == "join"]
    assert [[step.targets for step in one.steps] for one in joining] == [[("primary",)], [("secondary",)]]
    assert all(one.ends_quietly and one.repeat_least == 2 for one in joining)
