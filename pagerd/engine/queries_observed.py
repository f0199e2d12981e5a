"""What is asked of the time in which pagerd only observed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.observing import ObservedReport, observed_report
from pagerd.core.people import Person
from pagerd.core.values import changed
from pagerd.stores.base import Connection
from pagerd.stores.records import observed
from pagerd.stores.records.observed import Span

ROWS_MAX = 10_000
"""Rows of each kind in one report: about half a second of the loop. A busy company asks for two weeks at a time."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The report, and the spans in which pagerd only observed."""

    report: ObservedReport
    spans: tuple[Span, ...]


async def observed_between(c: Connection, people: Mapping[str, Person], start: datetime, end: datetime) -> Observed:
    """Return what would have happened from `start` until before `end`, and when in that time pagerd observed."""
    spans = await observed.spans_between(c, start, end)
    rows = await observed.messages_between(c, start, end, ROWS_MAX + 1)
    pages = await observed.pages_between(c, start, end, ROWS_MAX + 1)
    tickets = await observed.tickets_between(c, start, end, ROWS_MAX + 1)
    alerts = await observed.alerts_between(c, start, end, ROWS_MAX + 1)
    known = {page.id for page in pages}
    named = dict.fromkeys(row.page_id for row in rows if row.page_id is not None and row.page_id not in known)
    filed = {ticket.id for ticket in tickets}
    # A group that fires again opens its last ticket again, which may be older than the time that is asked for.
    older = dict.fromkeys(one.ticket_id for one in alerts if one.ticket_id is not None and one.ticket_id not in filed)
    report = observed_report(
        rows[:ROWS_MAX],
        [*pages[:ROWS_MAX], *await observed.pages_of(c, [page_id for page_id in named if page_id])],
        [*await observed.tickets_of(c, [ticket_id for ticket_id in older if ticket_id]), *tickets[:ROWS_MAX]],
        alerts[:ROWS_MAX],
        people,
        counts=lambda at: start <= at < end and _is_within(spans, at),
    )
    is_cut = any(len(found) > ROWS_MAX for found in (rows, pages, tickets, alerts))
    return Observed(changed(report, is_cut=is_cut), tuple(spans))


def _is_within(spans: Sequence[Span], at: datetime) -> bool:
    return any(span.start <= at and (span.end is None or at < span.end) for span in spans)
