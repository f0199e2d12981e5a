"""Reports: what on-call costs people."""

import csv
import io
from datetime import timedelta

from aiohttp import web

from pagerd.core.worklog.nights import NightPage
from pagerd.engine import queries
from pagerd.engine.doors import Connection
from pagerd.web.answers import Failure, json_answer, text_answer
from pagerd.web.api.shapes import NIGHT_COLUMNS, Json, iso, night_json
from pagerd.web.call import Call, instant

DAYS = timedelta(days=31)
SPAN_MAX = timedelta(days=400)
"""A year, and a month to compare with."""

CSV = "text/csv; charset=utf-8"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


async def nights(call: Call) -> web.Response:
    """List night pages from `from` until before `to`, the last 31 days without them; as JSON, or CSV when asked for."""
    asked = call.query("from", "to", "team", "person", "format")
    now = call.services.engine.clock.now()
    end = instant(asked["to"], "to") if "to" in asked else now
    try:
        start = instant(asked["from"], "from") if "from" in asked else end - DAYS
    except OverflowError as error:
        raise Failure(400, "the report begins before all calendars") from error
    if not start < end <= start + SPAN_MAX:
        raise Failure(400, f"a report spans up to {SPAN_MAX.days} days, from before to", "look at `from` and `to`")
    as_csv = _wants_csv(call, asked.get("format"))

    async def find(c: Connection) -> list[NightPage]:
        return await queries.nights_between(c, start, end)

    found = await call.services.engine.read(find)
    rows = [
        night_json(night)
        for night in found
        if asked.get("team", night.team) == night.team and asked.get("person", night.person) == night.person
    ]
    if as_csv:
        headers = {"Content-Disposition": 'attachment; filename="nights.csv"'}
        return text_answer(_csv(rows), CSV, headers=headers)
    return json_answer({"from": iso(start), "to": iso(end), "nights": rows})


def _wants_csv(call: Call, said: str | None) -> bool:
    if said not in (None, "json", "csv"):
        raise Failure(400, f"format={said!r} is neither json nor csv")
    if said is not None:
        return said == "csv"
    return call.request.headers.get("Accept", "").partition(",")[0].partition(";")[0].strip() == "text/csv"


def _csv(rows: list[Json]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(NIGHT_COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in NIGHT_COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
