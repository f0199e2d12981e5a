"""Who is on call, and the overrides that change it; a preview says what one would change before it is in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

import msgspec

from pagerd.core.errors import Unreadable
from pagerd.core.oncall.override import new_override
from pagerd.core.oncall.override import preview as core_preview
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.plan import Plan
from pagerd.engine import overriding, queries
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import types
from pagerd.web.api.described import FLAG, INSTANT, TEXT, api
from pagerd.web.api.shapes import on_call_json, override_json, shift_json
from pagerd.web.call import Call, flag, instant, span

PREVIEW_DAYS, PREVIEW_DAYS_MAX = 7, 60


class NewOverride(msgspec.Struct, forbid_unknown_fields=True):
    """Who is on call instead, and when: until an instant, or for a length of time. `kind` follows from the names."""

    schedule: str
    start: types.Instant = msgspec.field(name="from")
    end: types.Instant | None = msgspec.field(name="to", default=None)
    lasts: types.Length | None = msgspec.field(name="for", default=None)
    people: list[str] = []
    instead_of: str | None = None
    kind: OverrideKind | None = None
    why: str = ""


class PreviewedOverride(NewOverride):
    """An override to look at, and for how many days from its start."""

    days: int = PREVIEW_DAYS


class OverrideList(TypedDict):
    """Overrides."""

    overrides: list[types.Override]


class OverridePreview(TypedDict):
    """Who is on call before and after."""

    override: types.Override
    before: list[types.Shift]
    after: list[types.Shift]
    changes_nothing: bool


class OverrideAct(TypedDict):
    """What is in force now."""

    sentence: str
    override: types.Override


@api(query={"name": TEXT, "at": INSTANT})
async def on_call(call: Call, asked: Mapping[str, str]) -> types.OnCall | list[types.OnCall]:
    """Say who is on call, now or `at` an instant: one answer for a schedule, a list for a team or for everything."""
    engine = call.services.engine
    name = call.parts.get("name") or asked.get("name")
    at = instant(asked["at"], "at") if "at" in asked else engine.clock.now()
    plan = engine.plan
    try:
        answers = [on_call_json(one, plan.revision) for one in queries.who_is_on_call(plan, name, at)]
    except ValueError as error:
        raise Failure(400, str(error)) from error
    is_one = name is not None and name in plan.book.schedules
    return answers[0] if is_one else answers


@api(query={"ended": FLAG})
async def list_overrides(call: Call, asked: Mapping[str, str]) -> OverrideList:
    """List overrides that act now or will; `ended=true` lists those that are over too."""
    with_ended = flag(asked, "ended", default=False)
    now = call.services.engine.clock.now()
    overrides = [one for one in call.services.engine.plan.book.overrides if with_ended or one.end > now]
    return {"overrides": [override_json(one) for one in sorted(overrides, key=lambda one: one.start)]}


@api()
async def preview(call: Call, body: PreviewedOverride) -> OverridePreview:
    """Say what an override would change in the days from its start."""
    if not 1 <= body.days <= PREVIEW_DAYS_MAX:
        raise Failure(400, f"a preview shows 1 to {PREVIEW_DAYS_MAX} days, not {body.days}")
    plan = call.services.engine.plan
    override = _override(plan, body, "preview", by="")
    try:
        seen = core_preview(plan.book, override, override.start, body.days)
    except ValueError as error:
        raise Failure(400, str(error)) from error
    return {
        "override": override_json(override),
        "before": [shift_json(shift) for shift in seen.before],
        "after": [shift_json(shift) for shift in seen.after],
        "changes_nothing": seen.changes_nothing,
    }


@api(status=201)
async def create(call: Call, body: NewOverride) -> OverrideAct:
    """Put an override into force."""
    by = call.person

    async def act(work: Work) -> Override:
        override = _override(work.plan, body, work.chance.object_id("o"), by=by)
        if override.end <= work.now:
            raise Unreadable(f"an override puts nobody on call in the past, but this ends {override.end.isoformat()}")
        return await overriding.put_in_force(work, override, by)

    override = await call.act(act)
    return {"sentence": f"{override.id} is in force for {override.schedule}.", "override": override_json(override)}


@api()
async def end(call: Call) -> types.Said:
    """Take an override back."""
    name, by = call.parts["override"], call.person

    async def act(work: Work) -> None:
        await overriding.take_back(work, name, by)

    await call.act(act)
    return {"sentence": f"{name} is taken back."}


def _override(plan: Plan, wanted: NewOverride, name: str, *, by: str) -> Override:
    start, until = _span_of(wanted)
    return new_override(
        plan.book,
        plan.people,
        id=name,
        schedule=wanted.schedule,
        start=start,
        end=until,
        people=tuple(wanted.people),
        instead_of=wanted.instead_of,
        kind=wanted.kind,
        why=wanted.why,
        by=by,
    )


def _span_of(wanted: NewOverride) -> tuple[datetime, datetime]:
    start = instant(wanted.start, "from")
    if (wanted.end is None) == (wanted.lasts is None):
        raise Failure(400, "an override needs its end", "give either `to`, an instant, or `for`, a length of time")
    try:
        return start, instant(wanted.end, "to") if wanted.end is not None else start + span(wanted.lasts or "", "for")
    except OverflowError as error:
        raise Failure(400, "the override ends beyond all calendars") from error
