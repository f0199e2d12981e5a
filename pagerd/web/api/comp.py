"""The month's account for payroll: per person what is owed, per night the evidence."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict

from aiohttp import web

from pagerd.core.oncall.wall import instant
from pagerd.core.worklog.comp import PersonComp, comp_of, of_month, state_of
from pagerd.core.worklog.nights import NightPage
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import queries
from pagerd.engine.doors import Connection
from pagerd.web.api import night_types
from pagerd.web.api.csv import CSV, csv_answer, wants_csv
from pagerd.web.api.described import MONTH, TEXT, api, choice
from pagerd.web.api.reports import month_of
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call

PERSON_COMP_COLUMNS = (
    "month",
    "person",
    "nights",
    "pages",
    "minutes",
    "seen_minutes",
    "mornings",
    "hours",
    "half_days",
    "pay_minutes",
    "declined",
    "undecided",
    "disputed",
    "state",
    "night_ids",
    "plans",
)

NIGHT_COMP_COLUMNS = (
    "person",
    "date",
    "zone",
    "night_id",
    "team",
    "pages",
    "incidents",
    "evidence",
    "seen_minutes",
    "said_minutes",
    "minutes",
    "state",
    "rest",
    "rest_status",
    "rest_from",
    "rest_to",
    "decided_by",
    "rule",
    "plan",
)

_AROUND = timedelta(days=2)
"""A month begins in Auckland a day before it does in Honolulu, and its last night ends a day after."""


class Comp(TypedDict):
    """What work by night earned in a month."""

    month: str
    people: list[night_types.PersonComp]
    nights: list[night_types.NightComp]


@api(
    query={
        "month": MONTH,
        "person": TEXT,
        "team": TEXT,
        "format": choice("json", "csv"),
        "of": choice("people", "nights"),
    },
    also=CSV,
)
async def comp(call: Call, asked: Mapping[str, str]) -> web.Response | Comp:
    """Say what work by night earned in a month, the last whole one without `month`; CSV has the people, or the nights.

    A night counts in the month in which it begins, on the clock of the person whose night it was.
    """
    of = asked.get("of", "people")
    as_csv = wants_csv(call, asked.get("format"))
    first = month_of(asked["month"]) if "month" in asked else _last_month(call)
    start, end = instant(datetime(first.year, first.month, 1), call.zone), _next(first)  # noqa: DTZ001  # a wall time

    async def find(c: Connection) -> tuple[list[WorkedNight], list[NightPage]]:
        until = instant(datetime(end.year, end.month, 1), call.zone) + _AROUND  # noqa: DTZ001  # a wall time
        nights = await queries.worked_nights_between(c, start - _AROUND, until)
        return of_month(nights, first), await queries.nights_between(c, start - _AROUND, until)

    nights, rows = await call.services.engine.read(find)
    nights = [
        one
        for one in nights
        if asked.get("team", one.team) == one.team and asked.get("person", one.person) == one.person
    ]
    nights.sort(key=lambda one: (one.person, one.date))
    pages = {(row.person, row.page_id): row for row in rows}
    month = f"{first:%Y-%m}"
    people = [person_comp_json(one, month) for one in comp_of(nights)]
    listed = [night_comp_json(one, pages) for one in nights]
    if as_csv and of == "people":
        return csv_answer(f"comp-{month}.csv", PERSON_COMP_COLUMNS, people)
    if as_csv:
        return csv_answer(f"comp-nights-{month}.csv", NIGHT_COMP_COLUMNS, listed)
    return {"month": month, "people": people, "nights": listed}


def _last_month(call: Call) -> date:
    today = call.services.engine.clock.now().astimezone(call.zone).date()
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def person_comp_json(one: PersonComp, month: str) -> night_types.PersonComp:
    """Write what a person is owed for a month, its columns in the order of PERSON_COMP_COLUMNS."""
    return {
        "month": month,
        "person": one.person,
        "nights": one.nights,
        "pages": one.pages,
        "minutes": one.minutes,
        "seen_minutes": one.seen_minutes,
        "mornings": one.mornings,
        "hours": one.hours,
        "half_days": one.half_days,
        "pay_minutes": one.pay_minutes,
        "declined": one.declined,
        "undecided": one.undecided,
        "disputed": one.disputed,
        "state": one.state.value,
        "night_ids": list(one.night_ids),
        "plans": list(one.plans),
    }


def night_comp_json(night: WorkedNight, pages: Mapping[tuple[str, str], NightPage]) -> night_types.NightComp:
    """Write a night as evidence, its columns in the order of NIGHT_COMP_COLUMNS."""
    rows = [pages[night.person, page] for page in night.pages if (night.person, page) in pages]
    grant = night.grant
    return {
        "person": night.person,
        "date": night.date.isoformat(),
        "zone": night.zone,
        "night_id": night.id,
        "team": night.team,
        "pages": list(night.pages),
        "incidents": list(night.incidents),
        "evidence": [
            f"{one.medium.value} {one.kind.value} {one.at.isoformat()} {one.notification}".rstrip()
            for row in rows
            for one in row.evidence
            if night.start <= one.at < night.end
        ],
        "seen_minutes": night.seen_minutes,
        "said_minutes": night.said[-1].minutes if night.said else None,
        "minutes": night.minutes,
        "state": state_of(night).value,
        "rest": grant.kind.value if grant is not None else None,
        "rest_status": grant.status.value if grant is not None else None,
        "rest_from": iso(grant.start) if grant is not None else None,
        "rest_to": iso(grant.end) if grant is not None else None,
        "decided_by": grant.decided_by if grant is not None else None,
        "rule": grant.rule if grant is not None else None,
        "plan": grant.plan_revision if grant is not None else night.plan_revision,
    }
