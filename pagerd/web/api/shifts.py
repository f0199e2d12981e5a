"""Who is on call from when until when: the shifts of a schedule, and those of a person in all of them."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from aiohttp import web

from pagerd.core.errors import NotFound
from pagerd.core.membership import schedules_of
from pagerd.core.oncall.feed import calendar_of
from pagerd.core.oncall.picture import draw
from pagerd.core.oncall.shifts import LOOK_AHEAD, shifts, shifts_of
from pagerd.core.suggestions import unknown
from pagerd.web.answers import Failure, text_answer
from pagerd.web.api import types
from pagerd.web.api.described import INSTANT, api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call, instant

ASKED_MAX = timedelta(days=400)
"""The longest span that is laid out for whoever asks from outside: as far as `pagerd check` looks."""

CALENDAR, PICTURE = "text/calendar; charset=utf-8", "image/svg+xml"

SPAN = {"from": INSTANT, "to": INSTANT}


class OnCallShift(TypedDict):
    """The same people from an instant until before another; nobody is a gap."""

    start: types.Instant
    end: types.Instant
    on_call: list[str]


class OwnShift(OnCallShift):
    """A shift of one person in a schedule, whoever else is on call there."""

    schedule: str


class ShiftList(TypedDict):
    """The shifts of a span, without gap or overlap, neighbours always different."""

    shifts: list[OnCallShift]


class OwnShiftList(TypedDict):
    """When a person is on call in any schedule."""

    shifts: list[OwnShift]


@api(query=SPAN)
async def of_schedule(call: Call, asked: Mapping[str, str]) -> ShiftList:
    """Lay out a schedule from `from` (now, if not said) until before `to` (two weeks later, if not said)."""
    start, end = span_asked(call, asked)
    book, schedule = call.services.engine.plan.book, call.parts["schedule"]
    try:
        # In a thread: it is made of values alone, and a long span of short turns takes a while.
        laid = await asyncio.to_thread(shifts, book, schedule, start, end)
    except ValueError as error:
        raise Failure(400, str(error)) from error
    return {"shifts": [_shift_json(one.start, one.end, one.people) for one in laid]}


@api(query=SPAN)
async def of_person(call: Call, asked: Mapping[str, str]) -> OwnShiftList:
    """Say when a person is on call in any schedule, from `from` until before `to` as for a schedule."""
    start, end = span_asked(call, asked)
    plan, person = call.services.engine.plan, call.parts["person"]
    if person not in plan.people:
        raise NotFound(unknown("person", person, plan.people))
    try:
        laid = await asyncio.to_thread(shifts_of, plan.book, person, schedules_of(plan, person), start, end)
    except ValueError as error:
        raise Failure(400, str(error)) from error
    return {"shifts": [{"schedule": one.schedule, **_shift_json(one.start, one.end, (person,))} for one in laid]}


@api(query=SPAN, also=CALENDAR)
async def calendar_of_schedule(call: Call, asked: Mapping[str, str]) -> web.Response:
    """Write the same shifts as a calendar, whole where the span cuts them; gaps are left out."""
    schedule, schedules = call.parts["schedule"], call.services.engine.plan.book.schedules
    if schedule not in schedules:
        raise NotFound(unknown("schedule", schedule, schedules))
    return await _calendar(call, schedule, asked)


@api(query=SPAN, also=CALENDAR)
async def calendar_of_person(call: Call, asked: Mapping[str, str]) -> web.Response:
    """Write a person's shifts as a calendar, whole where the span cuts them."""
    person, people = call.parts["person"], call.services.engine.plan.people
    if person not in people:
        raise NotFound(unknown("person", person, people))
    return await _calendar(call, person, asked)


@api(query=SPAN, also=PICTURE)
async def picture_of_schedule(call: Call, asked: Mapping[str, str]) -> web.Response:
    """Draw how the shifts of a span come about: layers, overrides, who is away, and who is on call in the end."""
    start, end = span_asked(call, asked)
    book, schedule = call.services.engine.plan.book, call.parts["schedule"]
    try:
        drawn = await asyncio.to_thread(draw, book, schedule, start, end)
    except ValueError as error:
        raise Failure(400, str(error)) from error
    return text_answer(drawn, PICTURE)


async def _calendar(call: Call, name: str, asked: Mapping[str, str]) -> web.Response:
    start, end = span_asked(call, asked)
    engine = call.services.engine
    try:
        drawn = await asyncio.to_thread(calendar_of, engine.plan, name, start, end, engine.clock.now())
    except ValueError as error:
        raise Failure(400, str(error)) from error
    return text_answer(drawn, CALENDAR)


def span_asked(call: Call, asked: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Return the span of a query. Raises Failure where it ends before it begins, or is too long."""
    start = instant(asked["from"], "from") if "from" in asked else call.services.engine.clock.now()
    try:
        end = instant(asked["to"], "to") if "to" in asked else start + LOOK_AHEAD
    except OverflowError as error:
        raise Failure(400, "the span ends beyond all calendars") from error
    if end <= start:
        raise Failure(400, f"to must come after from, but {iso(end)} is not after {iso(start)}")
    if end - start > ASKED_MAX:
        raise Failure(400, f"the span is longer than {ASKED_MAX.days} days", "ask for it in parts")
    return start, end


def _shift_json(start: datetime, end: datetime, people: Sequence[str]) -> OnCallShift:
    return {"start": iso(start), "end": iso(end), "on_call": list(people)}
