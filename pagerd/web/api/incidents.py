"""Incidents: what is declared, its story, and what people do about it. An act with a key is done once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from pagerd.core.errors import NotFound
from pagerd.core.incidents import sop
from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.roles import Role
from pagerd.core.incidents.severity import QUESTIONS, CheatSheet
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import commands, gathering, queries
from pagerd.engine.incidents.commands import Said, Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.once import once
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import incident_types as types
from pagerd.web.api.described import FLAG, TEXT, Field, api, choice
from pagerd.web.api.incident_shapes import incident_json, severity_json, story_json
from pagerd.web.api.next_step_types import Sop
from pagerd.web.api.pages import Nothing
from pagerd.web.api.types import NUMBER_DIGITS_MAX
from pagerd.web.call import Call, flag, instant, span

LIST_MAX = 200
"""Incidents of one answer; `before` asks for older ones."""

NUMBER: Field = {"type": "integer", "minimum": 1, "maximum": 10**NUMBER_DIGITS_MAX - 1}

_ANSWERS = {"yes": True, "no": False, "unknown": None}


@api(query={"status": choice(*(one.value for one in IncidentStatus)), "open": FLAG, "team": TEXT, "before": NUMBER})
async def list_incidents(call: Call, asked: Mapping[str, str]) -> types.IncidentList:
    """List open incidents, the newest first; `open=false` lists all, `status` those of one status."""
    status = IncidentStatus(asked["status"]) if "status" in asked else None
    before = number_asked(asked, "before")
    is_open, team = flag(asked, "open", default=True), asked.get("team", "")

    async def find(c: Connection) -> list[Incident]:
        return await queries.list_incidents(
            c, status=status, is_open=is_open, team=team, before=before, limit=LIST_MAX + 1
        )

    found = await call.services.engine.read(find)
    return {
        "incidents": [incident_json(one) for one in found[:LIST_MAX]],
        "more": len(found) > LIST_MAX,
        "zone": str(call.zone),
    }


@api(status=201, has_key=True)
async def declare(call: Call, body: types.NewIncident) -> types.IncidentAct:
    """Declare an incident, of a page or by hand; or open it as a suspicion, or write one down that is over."""
    by, via, said = call.person, call.via, _declaration(body)

    async def act(work: Work) -> Said:
        return await gathering.declare(work, by, via, said)

    return await answer_once(call, "declare", act)


@api()
async def show_incident(call: Call) -> types.IncidentStory:
    """Tell the story of one incident: its updates, mitigations, criteria, pages, and the timeline of all of them."""
    number, engine = number_in(call, "incident"), call.services.engine

    async def find(c: Connection) -> queries.Story:
        return await queries.story(c, engine.plan, number, engine.now(c))

    return story_json(await engine.read(find), engine.plan, call.zone, engine.clock.now())


@api()
async def list_severities(call: Call) -> types.SeverityList:
    """Say what each severity asks of an incident, the worst first, and which three questions propose one."""
    ranked = sorted(call.services.engine.plan.severities.values(), key=lambda one: one.rank)
    return {"severities": [severity_json(one) for one in ranked], "questions": dict(QUESTIONS)}


@api()
async def show_sop(call: Call) -> Sop:
    """Say on one page how incidents are run here, from the config in force, as Markdown."""
    plan = call.services.engine.plan
    return {"revision": plan.revision, "markdown": sop.markdown(sop.sections(plan))}


@api(has_key=True)
async def confirm(call: Call, body: types.Confirmation) -> types.IncidentAct:
    """Declare what was suspected."""
    return await do(call, "confirm", commands.confirm, body.severity, _sheet(body.cheat_sheet))


@api(has_key=True)
async def set_severity(call: Call, body: types.SeverityChange) -> types.IncidentAct:
    """Raise or lower the severity; what it asks begins at once."""
    return await do(call, "severity", commands.set_severity, body.severity, body.why)


@api(has_key=True)
async def add_note(call: Call, body: types.IncidentNote) -> types.IncidentAct:
    """Write something on the timeline, at the instant at which it happened."""
    return await do(call, "note", commands.note, body.text, at_of(body.at, "at"))


@api(has_key=True)
async def post_update(call: Call, body: types.NewUpdate) -> types.IncidentAct:
    """Post the next numbered update, and promise the one after it."""
    update = Update(
        know=body.know,
        doing=body.doing,
        trend=body.trend,
        eta=body.eta,
        next_in=span(body.next_in, "next_in") if body.next_in is not None else None,
    )
    return await do(call, "update", commands.post_update, update)


@api(has_key=True)
async def mitigate(call: Call, body: types.NewMitigation) -> types.IncidentAct:
    """Try something that stops the bleeding, from any state; the reversible first."""
    return await do(call, "mitigate", commands.mitigate, body.kind.value, body.text, body.why)


@api(has_key=True)
async def end_mitigation(call: Call, body: types.MitigationResult) -> types.IncidentAct:
    """Say what a mitigation did."""
    which = number_in(call, "mitigation")
    return await do(call, f"mitigation {which}", commands.end_mitigation, which, body.outcome.value, body.text)


@api(has_key=True)
async def monitor(call: Call, body: types.ImpactEnd) -> types.IncidentAct:
    """Say that customers feel nothing any more: the watch period begins."""
    return await do(call, "monitor", commands.monitor, at_of(body.at, "at"))


@api(has_key=True)
async def investigate(call: Call, body: types.Reason) -> types.IncidentAct:
    """Say that it is not over: back to investigating."""
    return await do(call, "investigate", commands.investigate, body.why)


@api(has_key=True)
async def read_criterion(call: Call, body: types.NewReading) -> types.IncidentAct:
    """Say what was found of a resolution criterion; red starts the watch period anew."""
    return await do(call, "check", commands.read_criterion, body.criterion.value, body.state, body.why)


@api(has_key=True)
async def resolve(call: Call, body: types.Resolution) -> types.IncidentAct:
    """End it, when all criteria are met and the watch period is over; or against that, with a reason."""
    return await do(call, "resolve", commands.resolve, body.text, body.override)


@api(has_key=True)
async def countersign(call: Call, body: Nothing) -> types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Stand by an override as the second person: a lead of the team, an approver or an admin; by no token."""
    return await do(call, "countersign", commands.countersign)


@api(has_key=True)
async def reopen(call: Call, body: types.Reason) -> types.IncidentAct:
    """Take a resolved incident up again."""
    return await do(call, "reopen", commands.reopen, body.why)


@api(has_key=True)
async def cancel(call: Call, body: types.Cancellation) -> types.IncidentAct:
    """Say that it was no incident."""
    return await do(call, "cancel", commands.cancel, body.reason.value, body.text)


@api(has_key=True)
async def merge(call: Call, body: types.MergeInto) -> types.IncidentAct:
    """Let it go on as another incident, with its pages."""
    return await do(call, "merge", commands.merge, body.into)


@api(has_key=True)
async def link_page(call: Call, body: types.LinkedPage) -> types.IncidentAct:
    """Make a page part of it."""
    return await do(call, "link", commands.link_page, body.page)


@api(has_key=True)
async def ask_for_help(call: Call, body: types.HelpRequest) -> types.IncidentAct:
    """Page a team, or somebody of it, to help."""
    return await do(call, "help", commands.need_help, body.team, body.what, body.target)


@api(has_key=True)
async def take_role(call: Call, body: Nothing) -> types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Take a role: `ic`, `tl` or `comms`."""
    role = _role(call)
    return await do(call, f"take {role}", commands.take_role, role)


@api(has_key=True)
async def request_role(call: Call, body: types.RoleRequest) -> types.IncidentAct:
    """Page for a role: its own schedule, or one person first."""
    role = _role(call)
    return await do(call, f"request {role}", commands.request_role, role, body.person)


@api(has_key=True)
async def hand_role_over(call: Call, body: types.RoleOffer) -> types.IncidentAct:
    """Offer a role to somebody; whoever holds it goes on until they have taken it."""
    role = _role(call)
    return await do(call, f"handoff {role}", commands.hand_role_over, role, body.to)


@api(has_key=True)
async def release_role(call: Call, body: types.RoleRelease) -> types.IncidentAct:
    """Lay a role down, or stop asking for it."""
    role = _role(call)
    return await do(call, f"release {role}", commands.release_role, role, body.why)


async def do(call: Call, what: str, command: Callable[..., Awaitable[Said]], *given: object) -> types.IncidentAct:
    """Let a person act on the incident of the path, once for a key."""
    number, by, via = number_in(call, "incident"), call.person, call.via
    return await answer_once(call, f"{what} {number}", lambda work: command(work, number, by, via, *given))


async def answer_once(call: Call, what: str, act: Callable[[Work], Awaitable[Said]]) -> types.IncidentAct:
    """Let a person act, once for a key, and say what became of it."""
    by, key = call.person, call.key
    said = await call.act(lambda work: once(work, by, what, key, act))
    observes = " This pagerd only observes: nobody is told." if call.services.engine.observing else ""
    return {"sentence": f"{said.sentence}{observes}", "incident": incident_json(said.incident)}


def _declaration(body: types.NewIncident) -> Declaration:
    return Declaration(
        title=body.title,
        team=body.team,
        service=body.service,
        severity=body.severity,
        impact=body.impact,
        page=body.page,
        detection=body.detection,
        triggers=tuple(one.value for one in dict.fromkeys(body.triggers)),
        cheat_sheet=_sheet(body.cheat_sheet),
        suspected=body.suspected,
        dedup_key=body.dedup_key,
        mode=body.mode,
        detected_at=at_of(body.detected_at, "detected_at"),
        impact_started_at=at_of(body.impact_started_at, "impact_started_at"),
        impact_ended_at=at_of(body.impact_ended_at, "impact_ended_at"),
        resolved_at=at_of(body.resolved_at, "resolved_at"),
    )


def _sheet(answers: types.Answers | None) -> CheatSheet | None:
    if answers is None:
        return None
    return CheatSheet(
        core_blocked=_ANSWERS[answers.core_blocked],
        at_risk=_ANSWERS[answers.at_risk],
        growing=_ANSWERS[answers.growing],
    )


def at_of(said: str | None, name: str) -> datetime | None:
    """Read an instant that may be left out."""
    return instant(said, name) if said is not None else None


def number_asked(asked: Mapping[str, str], name: str) -> int | None:
    """Read a number of the query, or None where it is not asked for. Raises Failure 400."""
    said = asked.get(name)
    if said is None:
        return None
    if not _is_number(said) or int(said) < 1:
        raise Failure(400, f"{name} is {said!r}, which is no number", "incidents and actions have numbers: 1, 2, 3")
    return int(said)


def number_in(call: Call, name: str) -> int:
    """Read the number in the path of an incident, or of what belongs to one. Raises Failure 404."""
    said = call.parts[name]
    if not _is_number(said):
        raise Failure(404, f"there is no {name} {said!r}", f"each {name} has a number: 1, 2, 3")
    return int(said)


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= NUMBER_DIGITS_MAX


def _role(call: Call) -> str:
    role = call.parts["role"]
    if role not in set(Role):
        raise NotFound(f"there is no role {role!r}; roles are {', '.join(Role)}")
    return role
