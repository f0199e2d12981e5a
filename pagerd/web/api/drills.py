"""Drills: one is started, what it showed, and when a team is to have the next."""

from collections.abc import Mapping
from typing import TypedDict

import msgspec

from pagerd.core.incidents.drill import Point
from pagerd.core.incidents.incident import Mode
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import declaring, drills
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.drills import Drilled, Practice
from pagerd.engine.work import Work
from pagerd.web.api import incident_types as types
from pagerd.web.api.described import TEXT, api
from pagerd.web.api.incidents import answer_once, number_in
from pagerd.web.api.shapes import iso
from pagerd.web.api.types import Instant
from pagerd.web.call import Call


class NewDrill(msgspec.Struct, forbid_unknown_fields=True):
    """What is supposed to be broken, whose it is, and how bad; without a severity, the second."""

    scenario: str
    team: str
    service: str = ""
    severity: str = ""


class DrillEvidence(TypedDict):
    """An instant that shows something, and what happened at it."""

    at: Instant
    what: str


class DrillPoint(TypedDict):
    """One thing that the severity asks: `passed`, `failed`, or still `open`, and by what that is seen."""

    point: str
    means: str
    target: str
    found: str
    shown: str
    evidence: list[DrillEvidence]


class DrillScore(TypedDict):
    """What a drill showed. `is_final`: nothing is open any more."""

    incident: int
    team: str
    severity: str
    scenario: str
    status: str
    started_at: Instant
    passed: int
    asked: int
    is_final: bool
    points: list[DrillPoint]


class TeamDrills(TypedDict):
    """The last drills of a team, the newest first, and from when on its lead is reminded; `null`: never."""

    team: str
    due_at: Instant | None
    drills: list[DrillScore]


class DrillList(TypedDict):
    """The drills of teams, in the order of their names."""

    teams: list[TeamDrills]


@api(query={"team": TEXT})
async def list_drills(call: Call, asked: Mapping[str, str]) -> DrillList:
    """List the last drills of one team, or of each, with what they showed, and when the next one is due."""
    engine, team = call.services.engine, asked.get("team")

    async def find(c: Connection) -> list[Practice]:
        return await drills.practices(c, engine.plan, team, engine.now(c))

    return {
        "teams": [
            {"team": one.team, "due_at": iso(one.due_at), "drills": [drill_json(drill) for drill in one.drills]}
            for one in await engine.read(find)
        ]
    }


@api(status=201, has_key=True)
async def start_drill(call: Call, body: NewDrill) -> types.IncidentAct:
    """Start a drill: an incident that pages like a real one, says that it is none, and is in no number."""
    by, via = call.person, call.via
    said = Declaration(
        title=body.scenario, team=body.team, service=body.service, severity=body.severity, mode=Mode.DRILL
    )

    async def act(work: Work) -> Said:
        incident = await declaring.declare(work, by, via, said)
        how = f"What it showed: pagerd drill score {incident.number}"
        return Said(incident, f"Drill incident {incident.number} has begun, {incident.severity}. {how}")

    return await answer_once(call, "drill", act)


@api()
async def score_drill(call: Call) -> DrillScore:
    """Say what a drill showed, held against what its severity asks."""
    number, engine = number_in(call, "incident"), call.services.engine

    async def find(c: Connection) -> Drilled:
        return await drills.scored(c, engine.plan, number, engine.now(c))

    return drill_json(await engine.read(find))


def drill_json(one: Drilled) -> DrillScore:
    """Write a drill with its score."""
    incident, score = one.incident, one.score
    return {
        "incident": incident.number,
        "team": incident.team,
        "severity": incident.severity,
        "scenario": incident.title,
        "status": incident.status.value,
        "started_at": iso(incident.opened_at),
        "passed": score.passed,
        "asked": len(score.points),
        "is_final": score.is_final,
        "points": [_point_json(point) for point in score.points],
    }


def _point_json(one: Point) -> DrillPoint:
    return {
        "point": one.name,
        "means": one.means,
        "target": one.target,
        "found": one.found,
        "shown": one.shown.value,
        "evidence": [{"at": iso(at), "what": what} for at, what in one.evidence],
    }
