"""How the nights, weekends and holidays that lie ahead fall to people, against an equal share."""

import asyncio
from collections.abc import Mapping
from typing import TypedDict

from pagerd.core.membership import schedules_behind
from pagerd.core.oncall.ahead import Ahead
from pagerd.core.oncall.lookup import HORIZON
from pagerd.core.oncall.planned import PersonShare, planned_shares
from pagerd.web.answers import Failure
from pagerd.web.api import types
from pagerd.web.api.described import INSTANT, TEXT, api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call, instant

Shares = TypedDict("Shares", {"from": types.Instant, "to": types.Instant, "revision": str, "shares": list[PersonShare]})
"""What is planned from an instant until before another."""


@api(query={"name": TEXT, "from": INSTANT, "to": INSTANT})
async def shares(call: Call, asked: Mapping[str, str]) -> Shares:
    """Say how nights, weekends and holidays are planned, from `from` (now) until before `to` (400 days later).

    Of a schedule, of those of a team, or of all, in the order of turns; who is away for a part has less to bear.
    """
    plan = call.services.engine.plan
    start = instant(asked["from"], "from") if "from" in asked else call.services.engine.clock.now()
    try:
        end = instant(asked["to"], "to") if "to" in asked else start + HORIZON
    except OverflowError as error:
        raise Failure(400, "the report ends after all calendars") from error
    if not start < end <= start + HORIZON:
        raise Failure(400, f"a report spans up to {HORIZON.days} days, from before to", "look at `from` and `to`")
    names = schedules_behind(plan, asked.get("name"))

    try:
        # A year of many schedules takes a second, and pages must not wait for it.
        found = await asyncio.to_thread(planned_shares, plan, Ahead(plan.book, start, end), names)
    except ValueError as error:
        raise Failure(400, str(error)) from error
    return {"from": iso(start), "to": iso(end), "revision": plan.revision, "shares": found}
