"""What was said to be mended, and happens again: the causes that two postmortems of a team have in common."""

import pytest

from tests.stories.actions import ACTIONS
from tests.stories.script import play, read

FIRST = """\
start: 2026-01-07 10:00

10:00:00  ana declares an incident of team payments: customers cannot pay (sev1)
10:00:30  ana resolves the incident: over (against it all: this is about what comes after)
10:01:00  ana writes an action of incident 1: a limit (owner ben, due 2026-01-30, verified by a drill, better: x, \
priority high, serves recurrence)
10:02:00  ana fills the gaps of the postmortem
10:03:00  ana submits the postmortem
10:04:00  dora accepts the postmortem
"""
SECOND = """\
11:00:00  ana declares an incident of team {team}: nobody is paid back (sev1)
11:00:30  ana resolves the incident: over (against it all: this is about what comes after)
11:01:00  ana writes an action of incident 2: a limit (owner ben, due 2026-01-30, verified by a drill, better: x, \
priority high, serves recurrence)
11:02:00  ana fills the gaps of the postmortem
11:03:00  ana submits the postmortem
11:04:00  {lead} accepts the postmortem
11:05:00  (that is all)
"""
DONE = "10:30:00  ben finishes action 1\n"
LATE = "11:01:30  ben finishes action 1\n"


TOLD = "A1 Incident 2 has the same cause (missing alert): look whether it helped."
ACCEPTED = "The postmortem of incident 2 is accepted."


async def played(tmp_path, story):
    """Return all that happens in a story."""
    path = tmp_path / "causes.story"
    path.write_text(story)
    return str(await play(read(path), ACTIONS))


async def test_a_cause_that_comes_back_in_a_team_is_told(tmp_path):
    """When the later postmortem is accepted: before that nobody knows the cause."""
    second = SECOND.format(team="payments", lead="dora")

    accepted = await played(tmp_path, FIRST + DONE + second)
    waiting = await played(tmp_path, FIRST + DONE + second.replace("dora accepts the postmortem", "(dora reads it)"))

    assert TOLD in accepted
    assert TOLD not in waiting


@pytest.mark.parametrize(
    "story",
    [
        FIRST + DONE + SECOND.format(team="platform", lead="eva"),
        FIRST + SECOND.format(team="payments", lead="dora"),
        FIRST + SECOND.format(team="payments", lead="dora").replace("11:02:00", f"{LATE}11:02:00"),
    ],
    ids=["another team", "not done", "done only afterwards"],
)
async def test_what_could_not_have_helped_is_left_alone(tmp_path, story):
    """Another team's, what was not done yet, and what was done only after it had happened again."""
    happened = await played(tmp_path, story)

    assert ACCEPTED in happened
    assert TOLD not in happened
