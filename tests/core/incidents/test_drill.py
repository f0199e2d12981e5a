"""What a drill showed."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.checklist import Step, StepState, StepStatus
from pagerd.core.incidents.drill import Shown, score
from pagerd.core.incidents.facts import Slot
from pagerd.core.incidents.incident import IncidentStatus, Mode
from pagerd.core.incidents.roles import Role
from pagerd.core.incidents.severity import default_policy
from tests.builders import NIGHT, minutes
from tests.core.incidents.test_measures import facts

BEGAN = NIGHT + minutes(10)
"""When it was declared."""

GOOD = {
    "answered_at": BEGAN + minutes(1),
    "asked": dict.fromkeys(Role, BEGAN),
    "taken": {Role.IC: BEGAN + minutes(1), Role.TL: BEGAN + minutes(3), Role.COMMS: BEGAN + minutes(5)},
    "tried_at": BEGAN + minutes(9),
    "slots": (Slot(number=1, promised_at=BEGAN + minutes(15), posted_at=BEGAN + minutes(14)),),
}


def scored(target=minutes(5), now=NIGHT + minutes(600), **fields):  # noqa: B008  # a length of time never changes
    """Score a drill that went well, but for these fields of its incident or its facts."""
    found = facts(**({"mode": Mode.DRILL} | GOOD | fields))
    return score(found, default_policy(found.incident.rank), target, now)


def shown(said):
    """Return how each point came out."""
    return {one.name: one.shown.value for one in said.points}


def test_a_drill_in_which_all_was_in_time_passes_each_point():
    """Each with its target, what was found, and the instants that show it."""
    said = scored()

    assert set(shown(said).values()) == {"passed"}
    assert (said.passed, len(said.points), said.is_final) == (7, 7, True)
    role = next(one for one in said.points if one.name == "tl")
    assert (role.target, role.found) == ("within 5m", "after 3m")
    assert role.evidence == ((BEGAN, "declared"), (BEGAN + minutes(3), "somebody was technical lead"))


@pytest.mark.parametrize(
    ("fields", "point", "found"),
    [
        ({"answered_at": BEGAN + minutes(6)}, "answered", "after 6m"),
        ({"answered_at": None}, "answered", "never"),
        ({"taken": {**GOOD["taken"], Role.COMMS: BEGAN + minutes(7)}}, "comms", "after 7m"),
        ({"taken": {Role.IC: BEGAN, Role.TL: BEGAN}}, "comms", "never"),
        ({"tried_at": BEGAN + minutes(11)}, "tried", "after 11m"),
        ({"slots": (Slot(number=1, promised_at=BEGAN, posted_at=NIGHT + minutes(20)),)}, "updates", "0 of 1"),
        ({"overridden": 1, "unmet": "errors, latency"}, "gate", "resolved against 2 unmet things: errors, latency"),
        ({"status": IncidentStatus.CANCELLED}, "gate", "it was cancelled"),
    ],
)
def test_what_was_late_or_never_fails_its_point_alone(fields, point, found):
    """And says by how much."""
    said = scored(**fields)

    assert [one.name for one in said.points if one.shown is Shown.FAILED] == [point]
    assert next(one.found for one in said.points if one.name == point) == found


def test_while_it_goes_on_what_may_still_be_is_open():
    """Until its time is over: then it failed, whatever comes later."""
    going_on = {"status": IncidentStatus.INVESTIGATING, "resolved_at": None, "taken": {}, "tried_at": None}
    early = scored(now=BEGAN + minutes(5), **going_on)
    late = scored(now=BEGAN + minutes(6), **going_on)

    assert {shown(early)[name] for name in ("ic", "tried", "updates", "gate")} == {"open"}
    assert (shown(late)["ic"], shown(late)["tried"], early.is_final) == ("failed", "open", False)


def test_what_the_severity_does_not_ask_is_no_point():
    """Neither roles that it does not want, nor a mitigation of what is not grave, nor a target that it has not."""
    mild = scored(rank=3, severity="sev3")

    assert set(shown(mild)) == {"answered", "updates", "gate"}
    assert set(shown(scored(target=None))) == {"tried", "updates", "gate"}
    assert set(shown(scored(rank=3, asked={}, taken={}, answered_at=None))) == {"updates", "gate"}


def test_a_role_of_before_the_declaration_was_there_at_once():
    """Whoever took the command of a suspicion."""
    early = scored(taken=dict.fromkeys(Role, NIGHT))

    assert {one.found for one in early.points if one.name in set(Role)} == {"after 0s"}
    assert replace(early.points[0], found="").shown is Shown.PASSED


def test_checklists_are_held_against_as_far_as_they_are_done():
    """What is left is named; while the drill goes on it may still be done."""
    step = Step(id="room", text="Open the room")
    done, left = (StepState(step=step, status=status, at=NIGHT) for status in (StepStatus.DONE, StepStatus.OPEN))
    found = facts(mode=Mode.DRILL, **GOOD)

    def point(*steps):
        said = score(found, default_policy(1), minutes(5), NIGHT, steps=steps)
        return next(one for one in said.points if one.name == "checklists")

    assert (point(done).shown, point(done).found) == (Shown.PASSED, "1 of 1")
    assert (point(done, left).shown, point(done, left).found) == (Shown.FAILED, "1 of 2, left: Open the room")
    assert point(done).evidence == ((NIGHT, "Open the room: done"),)
