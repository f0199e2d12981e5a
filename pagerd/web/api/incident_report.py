"""The report on incidents: what is measured of them, each number with its definition and the list that it is of."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from aiohttp import web

from pagerd.core.incidents.facts import Facts
from pagerd.core.incidents.measures import CAUTION, Duration, State
from pagerd.core.incidents.per_shift import Shifts
from pagerd.core.incidents.rates import Rate, severity_error
from pagerd.engine.doors import Connection
from pagerd.engine.incidents.measuring import Measured, measured_between
from pagerd.web.api.csv import CSV, csv_answer, wants_csv
from pagerd.web.api.described import FLAG, INSTANT, MONTH, TEXT, api, choice
from pagerd.web.api.reports import span_of
from pagerd.web.api.shapes import iso
from pagerd.web.api.types import Instant
from pagerd.web.call import Call, flag

MeasuredValue = TypedDict(
    "MeasuredValue",
    {"incident": int, "from": Instant | None, "to": Instant | None, "seconds": float | None, "state": str},
)
"""A duration of one incident. Only what is `counted` is in the figures."""

MeasuredDuration = TypedDict(
    "MeasuredDuration",
    {
        "metric": str,
        "means": str,
        "from": str,
        "to": str,
        "n": int,
        "median_seconds": float | None,
        "p90_seconds": float | None,
        "mean_seconds": float | None,
        "unknown": int,
        "invalid": int,
        "open": int,
        "values": list[MeasuredValue],
    },
)
"""A duration: its definition, the names of its two instants, and how it is spread. The mean is for whoever asks."""


class MeasuredRate(TypedDict):
    """A share: `met` of `due`. `against` are the incidents of those that were not; `unknown` ones are in neither."""

    metric: str
    means: str
    met: int
    due: int
    share: float | None
    unknown: int
    against: list[int]


class SeverityCourse(TypedDict):
    """With which severity an incident was declared, which it ended with, and how many ranks lie between."""

    incident: int
    first: str
    last: str
    ranks_off: int | None


BusyShift = TypedDict("BusyShift", {"team": str, "from": Instant, "incidents": list[int]})
"""Half a day of a shift with more than two incidents."""


class IncidentsPerShift(TypedDict):
    """Incidents declared in each twelve hours of a shift of their team's first responder."""

    half_shifts: int
    median: float | None
    p90: float | None
    over_two: list[BusyShift]


class LeftOut(TypedDict):
    """The numbers of incidents that are in no figure, by the reason."""

    drill: list[int]
    cancelled: list[int]
    merged: list[int]
    suspected: list[int]


IncidentMeasures = TypedDict(
    "IncidentMeasures",
    {
        "from": Instant,
        "to": Instant,
        "incidents": list[int],
        "left_out": LeftOut,
        "caution": str,
        "durations": list[MeasuredDuration],
        "rates": list[MeasuredRate],
        "severities": list[SeverityCourse],
        "shifts": IncidentsPerShift,
    },
)
"""What is measured of the incidents that were noticed from an instant until before another."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "durations": (
        *("metric", "means", "from", "to", "n", "median_seconds", "p90_seconds", "mean_seconds"),
        *("unknown", "invalid", "open"),
    ),
    "values": ("metric", "incident", "from", "to", "seconds", "state"),
    "rates": ("metric", "means", "met", "due", "share", "unknown", "against"),
}


@api(
    query={
        "from": INSTANT,
        "to": INSTANT,
        "month": MONTH,
        "team": TEXT,
        "severity": TEXT,
        "mean": FLAG,
        "format": choice("json", "csv"),
        "of": choice(*_COLUMNS),
    },
    also=CSV,
)
async def incidents(call: Call, asked: Mapping[str, str]) -> web.Response | IncidentMeasures:
    """Measure the incidents that were noticed from `from` until before `to`, in the last 31 days without them.

    Drills, suspicions, what was cancelled or merged is in no number. What is not known or contradicts itself is
    counted, and not averaged. CSV has a row for each duration, each of their values, or each rate.
    """
    start, end = span_of(call, asked)
    engine, with_mean = call.services.engine, flag(asked, "mean", default=False)

    async def find(c: Connection) -> Measured:
        return await measured_between(
            c, engine.plan, start, end, engine.now(c), team=asked.get("team"), severity=asked.get("severity")
        )

    found = await engine.read(find)
    of = asked.get("of", "durations")
    told = [_duration_json(one, with_mean=with_mean) for one in found.durations]
    shares = [_rate_json(one) for one in found.rates]
    if wants_csv(call, asked.get("format")):
        rows: Mapping[str, Sequence[Mapping[str, Any]]] = {
            "durations": told,
            "values": [{"metric": one["metric"], **value} for one in told for value in one["values"]],
            "rates": shares,
        }
        return csv_answer(f"incident-{of}.csv", _COLUMNS[of], rows[of])
    ranks = {one.id: one.rank for one in engine.plan.severities.values()}
    return {
        "from": iso(start),
        "to": iso(end),
        "incidents": [one.incident.number for one in found.facts],
        "left_out": _left_json(found),
        "caution": CAUTION,
        "durations": told,
        "rates": shares,
        "severities": [_course_json(one, ranks) for one in found.facts if one.severities],
        "shifts": _shifts_json(found.shifts),
    }


def _left_json(found: Measured) -> LeftOut:
    left = {why.value: [*numbers] for why, numbers in found.left.items()}
    return {
        "drill": left["drill"],
        "cancelled": left["cancelled"],
        "merged": left["merged"],
        "suspected": left["suspected"],
    }


def _duration_json(one: Duration, *, with_mean: bool) -> MeasuredDuration:
    spread = one.spread
    return {
        "metric": one.name,
        "means": one.means,
        "from": one.since,
        "to": one.until,
        "n": spread.n if spread is not None else 0,
        "median_seconds": spread.median if spread is not None else None,
        "p90_seconds": spread.p90 if spread is not None else None,
        "mean_seconds": one.mean if with_mean else None,
        "unknown": one.count(State.UNKNOWN),
        "invalid": one.count(State.INVALID),
        "open": one.count(State.OPEN),
        "values": [
            {
                "incident": value.incident,
                "from": iso(value.since),
                "to": iso(value.until),
                "seconds": value.seconds,
                "state": value.state.value,
            }
            for value in one.values
        ],
    }


def _rate_json(one: Rate) -> MeasuredRate:
    return {
        "metric": one.name,
        "means": one.means,
        "met": one.met,
        "due": one.due,
        "share": one.share,
        "unknown": one.unknown,
        "against": [*one.against],
    }


def _course_json(one: Facts, ranks: Mapping[str, int]) -> SeverityCourse:
    return {
        "incident": one.incident.number,
        "first": one.severities[0][1],
        "last": one.incident.severity,
        "ranks_off": severity_error(one, ranks),
    }


def _shifts_json(shifts: Shifts) -> IncidentsPerShift:
    spread = shifts.spread
    return {
        "half_shifts": spread.n if spread is not None else 0,
        "median": spread.median if spread is not None else None,
        "p90": spread.p90 if spread is not None else None,
        "over_two": [
            {"team": team, "from": iso(start), "incidents": [*numbers]} for team, start, numbers in shifts.over
        ],
    }
