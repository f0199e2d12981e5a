"""Silences: what is muted, by whom, until when; a preview says what one would mute before it is in force."""

from collections.abc import Mapping
from typing import TypedDict

import msgspec

from pagerd.core.plan import Silence
from pagerd.engine import stored
from pagerd.engine.doors import Connection
from pagerd.engine.stored import Preview
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import types
from pagerd.web.api.described import FLAG, api
from pagerd.web.api.shapes import alert_json, silence_json
from pagerd.web.call import Call, flag, instant, span


class NewSilence(msgspec.Struct, forbid_unknown_fields=True):
    """What to mute, why, and until when: an instant, or a length of time from its start. It starts now or at `from`."""

    match: list[str]
    why: str = ""
    start: types.Instant | None = msgspec.field(name="from", default=None)
    end: types.Instant | None = msgspec.field(name="to", default=None)
    lasts: types.Length | None = msgspec.field(name="for", default=None)


class Matchers(msgspec.Struct, forbid_unknown_fields=True):
    """What a silence would match."""

    match: list[str]


class SilenceList(TypedDict):
    """Silences."""

    silences: list[types.Silence]


class SilencePreview(TypedDict):
    """What a silence would mute now: how many alerts, and some of them."""

    count: int
    examples: list[types.Alert]


class SilenceAct(TypedDict):
    """What became of an act."""

    sentence: str
    silence: types.Silence


@api(query={"ended": FLAG})
async def list_silences(call: Call, asked: Mapping[str, str]) -> SilenceList:
    """List silences that mute now or will; `ended=true` lists those that are over and still remembered too."""
    with_ended = flag(asked, "ended", default=False)
    now = call.services.engine.clock.now()
    silences = [one for one in call.services.engine.plan.silences if with_ended or one.end > now]
    return {"silences": [silence_json(one) for one in sorted(silences, key=lambda one: one.end)]}


@api()
async def preview(call: Call, body: Matchers) -> SilencePreview:
    """Say which open alerts a silence would mute right now."""
    matchers = tuple(body.match)

    async def find(c: Connection) -> Preview:
        return await stored.preview_silence(c, matchers)

    found = await call.services.engine.read(find)
    return {"count": found.count, "examples": [alert_json(alert) for alert in found.examples]}


@api(status=201)
async def create(call: Call, body: NewSilence) -> SilenceAct:
    """Mute what matches."""
    by = call.person
    start = instant(body.start, "from") if body.start is not None else call.services.engine.clock.now()
    if (body.end is None) == (body.lasts is None):
        raise Failure(400, "a silence needs its end", "give either `to`, an instant, or `for`, a length of time")
    end = instant(body.end, "to") if body.end is not None else start + span(body.lasts or "", "for")

    async def act(work: Work) -> Silence:
        return await stored.add_silence(work, tuple(body.match), start, end, by, body.why)

    silence = await call.act(act)
    return {"sentence": f"{silence.id} mutes until {silence.end.isoformat()}.", "silence": silence_json(silence)}


@api()
async def end(call: Call) -> SilenceAct:
    """End a silence now."""
    name, by = call.parts["silence"], call.person

    async def act(work: Work) -> Silence:
        return await stored.end_silence(work, name, by)

    silence = await call.act(act)
    return {"sentence": f"{silence.id} is over.", "silence": silence_json(silence)}
