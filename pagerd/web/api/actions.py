"""Action items: what is to change after incidents, and what people do about it. An act with a key is done once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date

from aiohttp import web

from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.terms import Terms
from pagerd.engine.actions import commands, queries
from pagerd.engine.actions.commands import Said
from pagerd.engine.actions.queries import Wanted
from pagerd.engine.doors import Connection
from pagerd.engine.incidents.once import keep, kept
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import action_types as types
from pagerd.web.api.action_shapes import action_json, story_json
from pagerd.web.api.csv import CSV, csv_answer, wants_csv
from pagerd.web.api.described import FLAG, TEXT, api, choice
from pagerd.web.api.incident_types import Reason
from pagerd.web.api.incidents import NUMBER, number_asked, number_in
from pagerd.web.api.pages import Nothing
from pagerd.web.call import Call, flag

LIST_MAX = 200
"""Action items of one answer; `before` asks for older ones."""

CSV_MAX = 10_000
"""Rows of a CSV: thirty years of an incident a day."""

COLUMNS = (
    *("number", "incident", "status", "title", "owner", "due", "priority", "verification", "check_kind", "impact"),
    *("bars", "team", "service", "is_drill", "opened_at", "opened_by", "done_at", "done_by"),
    *(
        "over_at",
        "over_by",
        "over_why",
        "checked_at",
        "check_state",
        "check_what",
        "repeats",
        "ref",
        "ref_url",
        "lacks",
    ),
)


@api(
    query={
        "incident": NUMBER,
        "team": TEXT,
        "owner": TEXT,
        "status": choice(*(one.value for one in ActionStatus)),
        "open": FLAG,
        "overdue": FLAG,
        "before": NUMBER,
        "format": choice("json", "csv"),
    },
    also=CSV,
)
async def list_actions(call: Call, asked: Mapping[str, str]) -> web.Response | types.ActionList:
    """List what is not verified yet, the newest first; `open=false` lists all, `overdue` what is late."""
    as_csv, plan = wants_csv(call, asked.get("format")), call.services.engine.plan
    limit = CSV_MAX if as_csv else LIST_MAX
    is_late, is_open = flag(asked, "overdue", default=False), flag(asked, "open", default=True)

    async def find(c: Connection) -> Sequence[ActionItem]:
        today = call.services.engine.now(c).astimezone(call.zone).date()
        wanted = Wanted(
            incident=number_asked(asked, "incident"),
            team=asked.get("team", ""),
            owner=asked.get("owner", ""),
            status=ActionStatus(asked["status"]) if "status" in asked else None,
            is_unfinished=is_late or ("status" not in asked and is_open),
            due_before=today if is_late else None,
            before=number_asked(asked, "before"),
        )
        return await queries.listed(c, wanted, limit + 1)

    found = await call.services.engine.read(find)
    rows = [action_json(one, plan) for one in found[:limit]]
    if as_csv:
        return csv_answer("actions.csv", COLUMNS, [{**row, "repeats": [*map(str, row["repeats"])]} for row in rows])
    return {"actions": rows, "more": len(found) > limit}


@api(status=201, has_key=True)
async def add_action(call: Call, body: types.NewAction) -> types.ActionAct:
    """Write down what is to change after an incident; what it lacks is said, and can be said later."""
    number, by, via = number_in(call, "incident"), call.person, call.via
    terms = Terms(
        title=body.title,
        owner=body.owner,
        due=_day(body.due),
        priority=body.priority.value if body.priority is not None else "",
        verification=body.verification,
        impact=body.impact,
        bars=tuple(one.value for one in body.bars),
    )
    return await _once(call, f"action of {number}", lambda work: commands.add(work, number, by, via, terms))


@api()
async def show_action(call: Call) -> types.ActionStory:
    """Tell the story of one action item."""
    number, engine = number_in(call, "action"), call.services.engine
    story = await engine.read(lambda c: queries.story(c, number))
    return story_json(story, engine.plan, call.zone)


@api(has_key=True)
async def change_action(call: Call, body: types.ActionChange) -> types.ActionAct:
    """Say otherwise what it is about, whose it is, or by when."""
    fields: dict[str, object] = {
        "title": body.title,
        "owner": body.owner,
        "due": _day(body.due),
        "priority": body.priority.value if body.priority is not None else None,
        "verification": body.verification,
        "impact": body.impact,
        "bars": tuple(one.value for one in body.bars) if body.bars is not None else None,
    }
    return await _do(call, "change", commands.change, {name: one for name, one in fields.items() if one is not None})


@api(has_key=True)
async def start_action(call: Call, body: Nothing) -> types.ActionAct:  # noqa: ARG001  # unknown keys are refused
    """Begin."""
    return await _do(call, "start", commands.start)


@api(has_key=True)
async def finish_action(call: Call, body: types.DoneNote) -> types.ActionAct:
    """Say that it is done; whether it helped is looked at from now on."""
    return await _do(call, "done", commands.done, body.text)


@api(has_key=True)
async def verify_action(call: Call, body: Reason) -> types.ActionAct:
    """Say that it helped, and what shows that; whoever did it cannot."""
    return await _do(call, "verify", commands.verify, body.why)


@api(has_key=True)
async def drop_action(call: Call, body: Reason) -> types.ActionAct:
    """Decide that it will not be done, and say why; its owner cannot alone."""
    return await _do(call, "drop", commands.drop, body.why)


@api(has_key=True)
async def reopen_action(call: Call, body: Reason) -> types.ActionAct:
    """Open it again."""
    return await _do(call, "reopen", commands.reopen, body.why)


async def _do(call: Call, what: str, command: Callable[..., Awaitable[Said]], *given: object) -> types.ActionAct:
    number, by, via = number_in(call, "action"), call.person, call.via
    return await _once(call, f"action {what} {number}", lambda work: command(work, number, by, via, *given))


async def _once(call: Call, what: str, act: Callable[[Work], Awaitable[Said]]) -> types.ActionAct:
    by, key = call.person, call.key

    async def once(work: Work) -> Said:
        before = await kept(work, by, what, key)
        if before is not None:
            return Said(await queries.find(work.c, before.number), before.sentence)
        said = await act(work)
        await keep(work, by, what, key, said.item.number, said.sentence)
        return said

    said = await call.act(once)
    return {"sentence": said.sentence, "action": action_json(said.item, call.services.engine.plan)}


def _day(said: str | None) -> date | None:
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Failure(400, f"due is {said!r}, which is no day", "write it as 2026-02-10") from None
