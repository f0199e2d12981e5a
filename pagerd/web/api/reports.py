"""Reports: what on-call costs people, and what it would cost them while pagerd only observes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypedDict

from aiohttp import web

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
    somebody, `of=nights` one for each night.
    """
    asked = call.query("from", "to", "team", "person", "format", "of")
    start, end = span_of(call, asked)
    of = asked.get("of", "pages")
    if of not in ("pages", "nights"):
        raise Failure(400, f"of={of!r} is neither pages nor nights")
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
    if as_csv:
        return csv_answer("worked-nights.csv", WORKED_COLUMNS, [worked_row(night) for night in nights_worked])
    worked_rows = [worked_json(night) for night in nights_worked]
    return json_answer({"from": iso(start), "to": iso(end), "nights": rows, "worked": worked_rows})


@api(query={"from": INSTANT, "to": INSTANT, "format": _FORMAT, "of": choice("people", "teams")}, also=CSV)
async def load(call: Call, asked: Mapping[str, str]) -> web.Response | Load:
    """Say what on-call cost people and teams from `from` until before `to`; CSV has the people, or the teams."""
    asked = call.query("from", "to", "format", "of")
    start, end = span_of(call, asked)
    if asked.get("of", "people") not in ("people", "teams"):
        raise Failure(400, f"of={asked['of']!r} is neither people nor teams")
    as_csv = wants_csv(call, asked.get("format"))
    plan = call.services.engine.plan

    async def find(c: Connection) -> LoadReport:
        return await queries.load_between(c, plan, start, end)

    found = await call.services.engine.read(find)
    people = [person_load_json(one) for one in found.people]
    teams = [team_load_json(one) for one in found.teams]
    if as_csv and asked.get("of", "people") == "people":
        return csv_answer("load-people.csv", PERSON_LOAD_COLUMNS, people)
    if as_csv:
        return csv_answer("load-teams.csv", TEAM_LOAD_COLUMNS, teams)
    return json_answer({"from": iso(start), "to": iso(end), "people": people, "teams": teams})


def span_of(call: Call, asked: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Return the span that a report is asked for, the last 31 days where it is not said."""
    end = instant(asked["to"], "to") if "to" in asked else call.services.engine.clock.now()
    try:
        start = instant(asked["from"], "from") if "from" in asked else end - DAYS
    except OverflowError as error:
        raise Failure(400, "the report begins before all calendars") from error
    if not start < end <= start + SPAN_MAX:
        raise Failure(400, f"a report spans up to {SPAN_MAX.days} days, from before to", "look at `from` and `to`")
    return start, end
