"""Reports: what on-call costs people, and what it would cost them while pagerd only observes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from pagerd.core.oncall import wall
from pagerd.core.worklog.comp import NightSum, night_sums
from pagerd.core.worklog.nights import NightPage
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import queries
from pagerd.engine.doors import Connection
from pagerd.engine.queries import LoadReport
from pagerd.web.answers import Failure, json_answer
from pagerd.web.api.csv import csv_answer, wants_csv
from pagerd.web.api.night_shapes import WORKED_COLUMNS, worked_json, worked_row
from pagerd.web.api.shapes import (
    NIGHT_COLUMNS,
    PERSON_LOAD_COLUMNS,
    TEAM_LOAD_COLUMNS,
    Json,
    iso,
    night_json,
    person_load_json,
    team_load_json,
)
from pagerd.web.call import Call, instant

DAYS = timedelta(days=31)
SPAN_MAX = timedelta(days=400)
"""A year, and a month to compare with."""


async def nights(call: Call) -> web.Response:
    """List night pages from `from` until before `to`, and the nights that ended then with the work that counts.

    The last 31 days without them. As JSON, or CSV when asked for: `of=pages` has a row for each page that rang
    somebody, `of=nights` one for each night, `of=people` and `of=teams` sum the nights up.
    """
    asked = call.query("from", "to", "month", "team", "person", "format", "of")
    start, end = span_of(call, asked)
    of = asked.get("of", "pages")
    if of not in _NIGHTS_OF:
        raise Failure(400, f"of={of!r} is none of {', '.join(_NIGHTS_OF)}")
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
    people = _sums(night_sums(nights_worked, lambda one: one.person), "person")
    teams = _sums(night_sums(nights_worked, lambda one: one.team), "team")
    if as_csv and of == "nights":
        return csv_answer("worked-nights.csv", WORKED_COLUMNS, [worked_row(night) for night in nights_worked])
    if as_csv:
        name, found = ("person", people) if of == "people" else ("team", teams)
        return csv_answer(f"nights-by-{name}.csv", (name, *NIGHT_SUM_COLUMNS), found)
    worked_rows = [worked_json(night) for night in nights_worked]
    said: Json = {"from": iso(start), "to": iso(end), "nights": rows, "worked": worked_rows}
    return json_answer({**said, "people": people, "teams": teams})


_NIGHTS_OF = ("pages", "nights", "people", "teams")

NIGHT_SUM_COLUMNS = ("nights", "pages", "minutes", "minutes_median", "minutes_p90")


def _sums(sums: Iterable[NightSum], name: str) -> list[Json]:
    return [
        {
            name: one.name,
            "nights": one.nights,
            "pages": one.pages,
            "minutes": one.minutes,
            "minutes_median": one.spread.median if one.spread is not None else None,
            "minutes_p90": one.spread.p90 if one.spread is not None else None,
        }
        for one in sums
    ]


async def load(call: Call) -> web.Response:
    """Say what on-call cost people and teams from `from` until before `to`, or in a `month`.

    With `by=month` each calendar month of the span has rows of its own. CSV has the people, or the teams.
    """
    asked = call.query("from", "to", "month", "by", "team", "person", "format", "of")
    start, end = span_of(call, asked)
    if asked.get("of", "people") not in ("people", "teams"):
        raise Failure(400, f"of={asked['of']!r} is neither people nor teams")
    if asked.get("by", "month") != "month":
        raise Failure(400, f"by={asked['by']!r} is not month")
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
    return json_answer({"from": iso(start), "to": iso(end), "people": people, "teams": teams})


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
