"""Silences: what is muted, by whom, until when; a preview says what one would mute before it is in force."""

import msgspec
from aiohttp import web

from pagerd.core.plan import Silence
from pagerd.engine import stored
from pagerd.engine.doors import Connection
from pagerd.engine.stored import Preview
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, json_answer
from pagerd.web.api.shapes import alert_json, silence_json
from pagerd.web.call import Call, flag, instant, span


class NewSilence(msgspec.Struct, forbid_unknown_fields=True):
    """What to mute, why, and until when: an instant, or a length of time from its start. It starts now or at `from`."""

    match: list[str]
    why: str = ""
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="to", default=None)
    lasts: str | None = msgspec.field(name="for", default=None)


class Matchers(msgspec.Struct, forbid_unknown_fields=True):
    """What a silence would match."""

    match: list[str]


async def list_silences(call: Call) -> web.Response:
    """List silences that mute now or will; `ended=true` lists those that are over and still remembered too."""
    with_ended = flag(call.query("ended"), "ended", default=False)
    now = call.services.engine.clock.now()
    silences = [one for one in call.services.engine.plan.silences if with_ended or one.end > now]
    return json_answer({"silences": [silence_json(one) for one in sorted(silences, key=lambda one: one.end)]})


async def preview(call: Call) -> web.Response:
    """Say which open alerts a silence would mute right now."""
    matchers = tuple((await call.decode(Matchers)).match)

    async def find(c: Connection) -> Preview:
        return await stored.preview_silence(c, matchers)

    found = await call.services.engine.read(find)
    return json_answer({"count": found.count, "examples": [alert_json(alert) for alert in found.examples]})


async def create(call: Call) -> web.Response:
    """Mute what matches."""
    new = await call.decode(NewSilence)
    by = call.person
    start = instant(new.start, "from") if new.start is not None else call.services.engine.clock.now()
    if (new.end is None) == (new.lasts is None):
        raise Failure(400, "a silence needs its end", "give either `to`, an instant, or `for`, a length of time")
    end = instant(new.end, "to") if new.end is not None else start + span(new.lasts or "", "for")

    async def act(work: Work) -> Silence:
        return await stored.add_silence(work, tuple(new.match), start, end, by, new.why)

    silence = await call.act(act)
    return json_answer(
        {"sentence": f"{silence.id} mutes until {silence.end.isoformat()}.", "silence": silence_json(silence)}, 201
    )


async def end(call: Call) -> web.Response:
    """End a silence now."""
    name, by = call.parts["silence"], call.person

    async def act(work: Work) -> Silence:
        return await stored.end_silence(work, name, by)

    silence = await call.act(act)
    return json_answer({"sentence": f"{silence.id} is over.", "silence": silence_json(silence)})
