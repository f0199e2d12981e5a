"""The ladder: on which level each team is, and by what that is seen."""

from collections.abc import Mapping
from typing import TypedDict

from pagerd.core.incidents.ladder import Judged, TeamLadder
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import slos
from pagerd.engine.incidents.ladder import ladders, teams_of
from pagerd.web.api.described import TEXT, api
from pagerd.web.call import Call

EVIDENCE_MAX = 50
"""Names that are written of what was so, and of what was not; the counts are of all."""


class Rung(TypedDict):
    """One criterion. `evidence` names what was so, `against` what was not, `would_pass` what is missing."""

    criterion: str
    level: int
    means: str
    standing: str
    found: str
    would_pass: str
    evidence: list[str]
    against: list[str]


class Ladder(TypedDict):
    """The level of a team, and what it follows from."""

    team: str
    level: int
    name: str
    criteria: list[Rung]


class Ladders(TypedDict):
    """The ladders of teams, in the order of their names. `window_days`: how far back was looked."""

    window_days: int
    teams: list[Ladder]


@api(query={"team": TEXT})
async def show_ladder(call: Call, asked: Mapping[str, str]) -> Ladders:
    """Say on which level of the ladder one team is, or each, by what is in the data; nobody is ranked."""
    engine, team = call.services.engine, asked.get("team")

    plan = engine.plan
    read = await slos.look(call.services.instruments, plan, [one.id for one in teams_of(plan, team)])

    async def find(c: Connection) -> list[TeamLadder]:
        return await ladders(c, plan, team, engine.now(c), read)

    found = await engine.read(find)
    return {"window_days": plan.incidents.ladder.window.days, "teams": [_ladder_json(one) for one in found]}


def _ladder_json(one: TeamLadder) -> Ladder:
    return {
        "team": one.team,
        "level": one.level,
        "name": one.name,
        "criteria": [_rung_json(judged) for judged in one.judged],
    }


def _rung_json(one: Judged) -> Rung:
    return {
        "criterion": one.rung.value,
        "level": one.level,
        "means": one.means,
        "standing": one.standing.value,
        "found": one.found,
        "would_pass": one.would_pass,
        "evidence": [*one.evidence[:EVIDENCE_MAX]],
        "against": [*one.against[:EVIDENCE_MAX]],
    }
