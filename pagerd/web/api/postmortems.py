"""Postmortems: their text with what is missing from it, their review, and the close of an incident."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from pagerd.core.errors import Conflict, PagerdError
from pagerd.core.incidents.incident import Incident
from pagerd.core.postmortems.document import digest_of
from pagerd.core.postmortems.review import ReviewState
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import postmortem_files, postmortems, reviewing
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.once import once
from pagerd.engine.incidents.postmortems import Shown
from pagerd.web.api import incident_types, postmortem_types
from pagerd.web.api.described import FLAG, TEXT, api, choice
from pagerd.web.api.incident_shapes import incident_json
from pagerd.web.api.incidents import NUMBER, number_asked, number_in
from pagerd.web.api.pages import Nothing
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call, flag

LIST_MAX = 200
"""Postmortems of one answer; `before` asks for older ones."""


@api(query={"state": choice(*ReviewState), "open": FLAG, "team": TEXT, "before": NUMBER})
async def list_postmortems(call: Call, asked: Mapping[str, str]) -> postmortem_types.PostmortemList:
    """List postmortems that are not decided, the newest incident first; `open=false` lists all of them."""
    state = ReviewState(asked["state"]) if "state" in asked else None
    before = number_asked(asked, "before")
    is_open, team = flag(asked, "open", default=True), asked.get("team", "")
    engine = call.services.engine

    async def find(c: Connection) -> tuple[list[Incident], datetime]:
        found = await postmortems.listed(c, state=state, is_open=is_open, team=team, before=before, limit=LIST_MAX + 1)
        return found, engine.now(c)

    found, now = await engine.read(find)
    return {"postmortems": [_state_json(one, now) for one in found[:LIST_MAX]], "more": len(found) > LIST_MAX}


@api()
async def show_postmortem(call: Call) -> postmortem_types.Postmortem:
    """Show a postmortem as it is in its file, or in the store where it has none, with what is missing from it."""
    number, engine, folder = number_in(call, "incident"), call.services.engine, call.services.postmortems
    text = await postmortem_files.text_now(engine, folder, number)

    async def find(c: Connection) -> tuple[Shown, datetime]:
        return await postmortems.shown(c, engine.plan, number, text), engine.now(c)

    shown, now = await engine.read(find)
    return {
        "postmortem": _state_json(shown.incident, now),
        "file": folder.name_of(number) if folder is not None else None,
        "digest": digest_of(text),
        "text": text,
        "findings": [
            {"code": one.code, "line": one.line, "what": one.what, "is_error": one.is_error} for one in shown.findings
        ],
    }


@api(has_key=True)
async def draft(call: Call, body: Nothing) -> incident_types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Draft a postmortem that nobody must write."""
    return await _do(call, "draft postmortem", reviewing.draft, reads_file=False)


@api(has_key=True)
async def write(call: Call, body: postmortem_types.NewText) -> incident_types.IncidentAct:
    """Take a text: what people wrote word for word, the facts as they are now. Where it is a file, write in that."""
    if call.services.postmortems is not None:
        number = number_in(call, "incident")
        file = call.services.postmortems.name_of(number)
        raise Conflict(f"the postmortem of incident {number} is written in its file, {file}")
    return await _do(call, "write postmortem", reviewing.write, body.text, body.based_on)


@api(has_key=True)
async def refresh(call: Call, body: Nothing) -> incident_types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Take in what was written in the file, and write the facts anew."""
    return await _do(call, "refresh postmortem", reviewing.refresh)


@api(has_key=True)
async def submit(call: Call, body: Nothing) -> incident_types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Ask a lead to review it; what is missing stands against that, by code."""
    return await _do(call, "submit postmortem", reviewing.submit)


@api(has_key=True)
async def send_back(call: Call, body: postmortem_types.PostmortemReason) -> incident_types.IncidentAct:
    """Send it back from review, with what is missing."""
    return await _do(call, "return postmortem", reviewing.send_back, body.why)


@api(has_key=True)
async def accept(call: Call, body: Nothing) -> incident_types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Accept it, as a lead of the team, of what somebody else submitted; then the incident is closed."""
    return await _do(call, "accept postmortem", reviewing.accept)


@api(has_key=True)
async def waive(call: Call, body: postmortem_types.PostmortemReason) -> incident_types.IncidentAct:
    """Say, as a lead of the team, why this incident needs none."""
    return await _do(call, "waive postmortem", reviewing.waive, body.why, reads_file=False)


@api(has_key=True)
async def close(call: Call, body: Nothing) -> incident_types.IncidentAct:  # noqa: ARG001  # unknown keys are refused
    """Close a resolved incident: its postmortem is accepted or waived, and its action items say all that they must."""
    return await _do(call, "close", reviewing.close, reads_file=False)


async def _do(
    call: Call, what: str, command: Callable[..., Awaitable[Said]], *given: object, reads_file: bool = True
) -> incident_types.IncidentAct:
    said = await carry_out(call, what, call.key, command, *given, reads_file=reads_file)
    observes = " This pagerd only observes: nobody is told." if call.services.engine.observing else ""
    return {"sentence": f"{said.sentence}{observes}", "incident": incident_json(said.incident)}


async def carry_out(
    call: Call,
    what: str,
    key: str | None,
    command: Callable[..., Awaitable[Said]],
    *given: object,
    reads_file: bool = True,
) -> Said:
    """Act on the postmortem, with what its file says now, and let the file say what came of it.

    A file that cannot be written holds up nothing: it is tried again until it is.
    """
    number, by, via = number_in(call, "incident"), call.person, call.via
    engine, folder = call.services.engine, call.services.postmortems
    if folder is not None and reads_file:
        await postmortem_files.bring_together(engine, folder, number, by, via)
    said = await call.act(
        lambda work: once(work, by, f"{what} {number}", key, lambda work: command(work, number, by, via, *given))
    )
    if folder is not None and said.incident.review is not None:
        try:
            await postmortem_files.bring_together(engine, folder, number, by, via)
        except PagerdError as error:
            return Said(said.incident, f"{said.sentence} Its file is not up to date: {error}")
    return said


def _state_json(incident: Incident, now: datetime) -> postmortem_types.PostmortemState:
    review = incident.review
    assert review is not None, f"incident {incident.number} was found by its postmortem"
    return {
        "incident": incident.number,
        "title": incident.title,
        "severity": incident.severity,
        "team": incident.team,
        "status": incident.status.value,
        "state": review.state.value,
        "owner": review.owner,
        "due": iso(review.due),
        "is_overdue": not review.is_decided and review.due < now,
        "submitted_by": review.submitted_by,
        "by": review.by,
        "at": iso(review.at),
        "why": review.why,
    }
