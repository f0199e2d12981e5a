"""Reports: what on-call costs people."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from aiohttp import web

from pagerd.core.oncall import wall
from pagerd.core.worklog.comp import night_sums
from pagerd.core.worklog.nights import NightPage
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import queries
from pagerd.engine.doors import Connection
from pagerd.engine.queries import LoadReport
from pagerd.engine.queries_observed import Observed, observed_between
from pagerd.web.answers import Failure
from pagerd.web.api import night_types, observed, types
from pagerd.web.api.csv import CSV, csv_answer, wants_csv
from pagerd.web.api.described import INSTANT, MONTH, TEXT, api, choice
from pagerd.web.api.night_shapes import (
    NIGHT_SUM_COLUMNS,
    WORKED_COLUMNS,
    person_nights_json,
    team_nights_json,
    worked_json,
    worked_row,
)
from pagerd.web.api.shapes import (
    NIGHT_COLUMNS,
    PERSON_LOAD_COLUMNS,
    TEAM_LOAD_COLUMNS,
    iso,
    night_json,
    person_load_json,
    team_load_json,
)
from pagerd.web.call import Call, instant

DAYS = timedelta(days=31)
SPAN_MAX = timedelta(days=400)
"""A year, and a month to compare with."""


Nights = TypedDict(
    "Nights",
    {
        "from": types.Instant,
        "to": types.Instant,
        "nights": list[types.Night],
        "worked": list[night_types.WorkedNight],
        "people": list[night_types.PersonNights],
        "teams": list[night_types.TeamNights],
    },
)
"""Night pages from an instant until before another, and the nights that they were in."""

Load = TypedDict(
    "Load",
    {"from": types.Instant, "to": types.Instant, "people": list[types.PersonLoad], "teams": list[types.TeamLoad]},
)
"""What on-call cost from an instant until before another."""

_FORMAT = choice("json", "csv")
_SPAN = {"from": INSTANT, "to": INSTANT, "month": MONTH}
_NIGHTS_OF = ("pages", "nights", "people", "teams")


@api(query={**_SPAN, "team": TEXT, "person": TEXT, "format": _FORMAT, "of": choice(*_NIGHTS_OF)}, also=CSV)
async def nights(call: Call, asked: Mapping[str, str]) -> web.Response | Nights:
    """List night pages from `from` until before `to`, and the nights that ended then with the work that counts.

    The last 31 days without them. As JSON, or CSV when asked for: `of=pages` has a row for each page that rang
    somebody, `of=nights` one for each night, `of=people` and `of=teams` sum the nights up.
    """
    start, end = span_of(call, asked)
    of = asked.get("of", "pages")
    as_csv = wants_csv(call, asked.get("format"))

    async def find(c: Connection) -> tuple[list[NightPage], list[WorkedNight]]:
        return await queries.nights_between(c, start, end), await queries.worked_nights_between(c, start, end)

    def is_meant(night: NightPage | WorkedNight) -> bool:
        return asked.get("team", night.team) == night.team and asked.get("person", night.person) == night.person

    pages, worked = await call.services.engine.read(find)
    rows = [night_json(night) for night in pages if is_meant(night)]
    nights_worked = [night for night in worked if is_meant(night)]
    if as_csv and of == "pages":
        return csv_answer("nights.csv", NIGHT_COLUMNS, rows)
    if as_csv and of == "nights":
        return csv_answer("worked-nights.csv", WORKED_COLUMNS, [worked_row(night) for night in nights_worked])
    people = [person_nights_json(one) for one in night_sums(nights_worked, lambda one: one.person)]
    teams = [team_nights_json(one) for one in night_sums(nights_worked, lambda one: one.team)]
    if as_csv and of == "people":
        return csv_answer("nights-by-person.csv", ("person", *NIGHT_SUM_COLUMNS), people)
    if as_csv:
        return csv_answer("nights-by-team.csv", ("team", *NIGHT_SUM_COLUMNS), teams)
    listed = [worked_json(night) for night in nights_worked]
    return {"from": iso(start), "to": iso(end), "nights": rows, "worked": listed, "people": people, "teams": teams}


@api(
    query={
        **_SPAN,
        "by": choice("month"),
        "team": TEXT,
        "person": TEXT,
        "format": _FORMAT,
        "of": choice("people", "teams"),
    },
    also=CSV,
)
async def load(call: Call, asked: Mapping[str, str]) -> web.Response | Load:
    """Say what on-call cost people and teams from `from` until before `to`, or in a `month`.

    With `by=month` each calendar month of the span has rows of its own. CSV has the people, or the teams.
    """
    start, end = span_of(call, asked)
    as_csv = wants_csv(call, asked.get("format"))
    plan = call.services.engine.plan
    months = _months(start, end, call.zone) if "by" in asked else [(asked.get("month"), start, end)]

    async def find(c: Connection) -> list[tuple[str | None, LoadReport]]:
        return [(month, await queries.load_between(c, plan, since, until)) for month, since, until in months]

    found = await call.services.engine.read(find)
    people = [
        person_load_json(one, month)
        for month, report in found
        for one in report.people
        if asked.get("person", one.person) == one.person
    ]
    teams = [
        team_load_json(one, month)
        for month, report in found
        for one in report.teams
        if asked.get("team", one.team) == one.team
    ]
    if as_csv and asked.get("of", "people") == "people":
        return csv_answer("load-people.csv", PERSON_LOAD_COLUMNS, people)
    if as_csv:
        return csv_answer("load-teams.csv", TEAM_LOAD_COLUMNS, teams)
    return {"from": iso(start), "to": iso(end), "people": people, "teams": teams}


@api(query={**_SPAN, "format": _FORMAT, "of": choice(*observed.COLUMNS)}, also=CSV)
async def observe(call: Call, asked: Mapping[str, str]) -> web.Response | observed.ObservedTime:
    """Say what would have been sent from `from` until before `to`, while pagerd only observed; CSV has one part."""
    start, end = span_of(call, asked)
    part = asked.get("of", "pages")
    as_csv = wants_csv(call, asked.get("format"))
    people = call.services.engine.plan.people

    async def find(c: Connection) -> Observed:
        return await observed_between(c, people, start, end)

    said = observed.report_json(await call.services.engine.read(find), people, start, end)
    if as_csv:
        return csv_answer(f"observed-{part}.csv", observed.COLUMNS[part], observed.rows_of(said, part))
    return said


def _months(start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[str | None, datetime, datetime]]:
    """Cut a span at the firsts of months, on the clock of whoever reads it."""
    spans: list[tuple[str | None, datetime, datetime]] = []
    first = start.astimezone(zone).date().replace(day=1)
    while (begins := _midnight(first, zone)) < end:
        following = (first + timedelta(days=31)).replace(day=1)
        spans.append((f"{first:%Y-%m}", max(begins, start), min(_midnight(following, zone), end)))
        first = following
    return spans


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return wall.instant(datetime.combine(day, time()), zone)


def month_of(text: str) -> date:
    """Read a month such as 2026-01, as its first day."""
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text, re.ASCII) is None:
        raise Failure(400, f"month is {text[:20]!r}, which is no month", "write it as 2026-01")
    return date.fromisoformat(f"{text}-01")


def span_of(call: Call, asked: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Return the span that a report is asked for, a month of the reader's clock, or the last 31 days."""
    if "month" in asked:
        if "from" in asked or "to" in asked:
            raise Failure(400, "a month has its own ends", "leave out `from` and `to`, or `month`")
        first = month_of(asked["month"])
        start, end = _midnight(first, call.zone), _midnight((first + timedelta(days=31)).replace(day=1), call.zone)
        now = call.services.engine.clock.now()
        if start >= now:
            raise Failure(400, f"{asked['month']} has not begun yet")
        return start, min(end, now)  # shifts that are still to come have no load
    end = instant(asked["to"], "to") if "to" in asked else call.services.engine.clock.now()
    try:
        start = instant(asked["from"], "from") if "from" in asked else end - DAYS
    except OverflowError as error:
        raise Failure(400, "the report begins before all calendars") from error
    if not start < end <= start + SPAN_MAX:
        raise Failure(400, f"a report spans up to {SPAN_MAX.days} days, from before to", "look at `from` and `to`")
    return start, end
