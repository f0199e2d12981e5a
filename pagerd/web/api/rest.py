"""Rest for work by night: what is proposed or in force, and the lead's word on it."""

from collections.abc import Mapping

import msgspec

from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.wording import rest_decided
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import ledger, queries
from pagerd.engine import rest as engine_rest
from pagerd.engine.doors import Connection
from pagerd.engine.work import Work
from pagerd.web.api.described import INSTANT, MONTH, api, choice
from pagerd.web.api.night_shapes import worked_json
from pagerd.web.api.nights import NightAct, NightList
from pagerd.web.api.reports import span_of
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call


class Decision(msgspec.Struct, forbid_unknown_fields=True):
    """Why it is decided like this; only an approval needs no reason."""

    why: str = ""


@api(
    query={
        "from": INSTANT,
        "to": INSTANT,
        "month": MONTH,
        "status": choice(*(status.value for status in GrantStatus)),
    }
)
async def list_rest(call: Call, asked: Mapping[str, str]) -> NightList:
    """List the nights that earned a rest and ended from `from` until before `to`, the last 31 days without them.

    `status` leaves only those of one status.
    """
    start, end = span_of(call, asked)

    async def find(c: Connection) -> list[WorkedNight]:
        # A rest may be decided while its night has not ended yet.
        until = end if "to" in asked or "month" in asked else end + queries.NIGHT_MAX
        return await queries.worked_nights_between(c, start, until)

    found = [night for night in await call.services.engine.read(find) if night.grant is not None]
    wanted = asked.get("status")
    rows = [worked_json(one) for one in found if one.grant and wanted in (None, one.grant.status.value)]
    return {"from": iso(start), "to": iso(end), "nights": rows}


@api()
async def approve(call: Call, body: Decision) -> NightAct:
    """Approve a rest; it is in force from then on."""
    return await _decide(call, body, GrantStatus.APPROVED)


@api()
async def decline(call: Call, body: Decision) -> NightAct:
    """Decline a rest, with a reason."""
    return await _decide(call, body, GrantStatus.DECLINED)


@api()
async def withdraw(call: Call, body: Decision) -> NightAct:
    """Take a rest back, with a reason: a lead, an admin, or the one whose rest it is."""
    return await _decide(call, body, GrantStatus.WITHDRAWN)


async def _decide(call: Call, said: Decision, status: GrantStatus) -> NightAct:
    name, by, via, is_admin = call.parts["night"], call.person, call.via, call.is_admin

    async def act(work: Work) -> tuple[WorkedNight, str]:
        night = await ledger.find(work.c, name, by)
        after = await engine_rest.decide(work, night, status, by=by, via=via, why=said.why, is_admin=is_admin)
        return after, rest_decided(after, work.plan)

    night, sentence = await call.act(act)
    return {"sentence": sentence, "night": worked_json(night)}
