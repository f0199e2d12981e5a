"""What would become of an alert under a plan: decided by the functions that the engine decides with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.alerts.alert import Alert
from pagerd.core.alerts.muting import silence_for
from pagerd.core.paging.opening import title_of
from pagerd.core.paging.page import Page
from pagerd.core.placement import PAGES, Place, Placement, pages_again, placement
from pagerd.core.plan import Plan, Silence, VerdictKind
from pagerd.core.policy import PAGING, Judge, Verdict
from pagerd.core.ticket import Grievance, Ticket, fired
from pagerd.core.trace import Trace
from pagerd.core.values import changed


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of one group at the instant: its open page, its open ticket, the page resolved a moment ago."""

    page: Page | None = None
    ticket: Ticket | None = None
    last: Page | None = None


NOTHING_KNOWN = Known()


class Groups:
    """What is known of groups. `missing` are those that were asked for and that nobody has looked up yet.

    Whoever has a store looks them up and asks again; whoever has none answers as if nothing were open.
    """

    def __init__(self, known: Mapping[str, Known] | None = None) -> None:
        self._known = dict(known or {})
        self.missing: set[str] = set()

    def of(self, key: str) -> Known:
        """Return what is known of a group."""
        found = self._known.get(key)
        if found is None:
            self.missing.add(key)
            return NOTHING_KNOWN
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One alert under one plan."""

    alert: Alert
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of it. `page` is the open page that it joins, `ticket` the open ticket, as it is with the alert."""

    verdict: Verdict
    silence: Silence | None
    place: Place
    held_until: datetime | None
    page: Page | None
    ticket: Ticket | None
    last: Page | None

    @property
    def pages(self) -> bool:
        """Is it in a page now?"""
        return self.place in PAGES


def decided(
    situation: Situation,
    at: datetime,
    groups: Groups,
    *,
    trace: Trace | None = None,
    verdict: Verdict | None = None,
    judge: Judge | None = None,
) -> Outcome:
    """Decide as the engine would at an instant.

    `verdict` is given for alerts of pagerd's own, which no judge sees; `judge` by whoever has one of this plan already.
    """
    alert, plan = situation.alert, situation.plan
    verdict = verdict or (judge or Judge(plan)).judge(alert.labels, alert.annotations, at, trace)
    silence = silence_for(plan.silences, alert.labels, at, team=verdict.team)
    known = groups.of(verdict.group_key)
    where = placement(verdict, plan, at, page_is_open=known.page is not None, is_muted=silence is not None)
    ticket = _with(known.ticket, alert, verdict, at) if where.place is Place.TICKET else None
    if ticket is not None and pages_again(ticket, verdict):
        verdict = changed(verdict, kind=VerdictKind.PAGE)
        where = Placement(Place.OPENS_PAGE if known.page is None else Place.JOINS_PAGE)
    return Outcome(
        verdict=verdict,
        silence=silence,
        place=where.place,
        held_until=where.held_until,
        page=known.page if verdict.kind in PAGING else None,
        ticket=ticket,
        last=known.last if where.place is Place.OPENS_PAGE else None,
    )


def _with(ticket: Ticket | None, alert: Alert, verdict: Verdict, at: datetime) -> Ticket | None:
    """Return the group's ticket with this alert in it: a graver one may start its clock."""
    if ticket is None or not ticket.is_open:  # since, where the instant is a past one
        return ticket
    page_at = at + verdict.page_after if verdict.page_after is not None else None
    one = Grievance(alert=title_of(alert), severity=verdict.severity, rank=verdict.rank, page_at=page_at)
    return fired(ticket, at, one)[0]
