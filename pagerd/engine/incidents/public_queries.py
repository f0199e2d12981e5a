"""What people ask about customers' side of incidents, and what the status page is made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.public import ComponentState, PublicKind, PublicRecord, PublicRules
from pagerd.core.incidents.status_page import (
    ComponentLine,
    PublicIncident,
    PublicUpdate,
    Shown,
    StatusPage,
    component_line,
    in_order_of_need,
    names_of,
)
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.plan import Plan
from pagerd.engine.incidents import queries
from pagerd.engine.incidents.publishing import STATES_READ_MAX
from pagerd.stores.base import Connection
from pagerd.stores.records import incidents, notifications, public

HISTORY = timedelta(days=365)
"""How long the status page remembers."""

TEXTS_MAX = 2000
"""Texts on the status page; five a day for a year."""


OPEN_MAX = 200
"""Open incidents that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStory:
    """One incident as customers are told of it. `mails` are those of what was published last."""

    incident: Incident
    texts: Sequence[PublicRecord]
    mails: Sequence[Notification]


_FAILED = frozenset({NotificationStatus.REFUSED, NotificationStatus.FAILED, NotificationStatus.NOT_REACHED})


def trouble_of(mail: Notification) -> str:
    """Say what keeps a mail to customers from arriving; empty where nothing is known to."""
    waits_again = mail.status is NotificationStatus.PENDING and mail.attempts > 0
    if mail.status not in _FAILED and not waits_again:
        return ""
    return (mail.trail[-1][2] if mail.trail else "") or mail.status.value


async def story(c: Connection, number: int) -> PublicStory:
    """Return what customers were told of an incident, and what waits. Raises NotFound."""
    incident = await queries.find(c, number)
    texts = await public.texts_of(c, number)
    newest = next((row for row in reversed(texts) if row.status == "published"), None)
    ids = [f"{newest.id}-m{place}" for place in range(newest.mails)] if newest is not None else []
    found = [await notifications.find(c, one) for one in ids]
    return PublicStory(incident=incident, texts=texts, mails=[one for one in found if one is not None])


async def concerning(c: Connection, now: datetime) -> list[Incident]:
    """Return the incidents that customers read of as going on, or that owe them a word, the newest first."""
    told = {row.incident for row in await public.published_since(c, now - HISTORY, TEXTS_MAX)}
    is_open = await incidents.list_incidents(c, status=None, is_open=True, team="", before=None, limit=OPEN_MAX)
    known = {one.number: one for one in is_open}
    for number in sorted(told - set(known)):
        known[number] = await queries.find(c, number)
    concerned = [one for one in known.values() if one.public.is_open or one.public.clock or one.public.pending]
    return sorted(concerned, key=lambda one: one.number, reverse=True)


async def component_lines(c: Connection, rules: PublicRules, now: datetime) -> tuple[ComponentLine, ...]:
    """Return how each component is and was."""
    lines = []
    for component in rules.components:
        rows = await public.states_of(c, component.id, STATES_READ_MAX)
        shown = [Shown(row.at, ComponentState(row.shown)) for row in rows]
        lines.append(component_line(component, shown, rules.zone, now))
    return tuple(lines)


async def status_page(c: Connection, plan: Plan, now: datetime) -> StatusPage:
    """Return everything that customers see."""
    rules = plan.incidents.public
    told: dict[str, list[PublicRecord]] = defaultdict(list)
    for row in await public.published_since(c, now - HISTORY, TEXTS_MAX):
        told[row.slug].append(row)
    return StatusPage(
        title=rules.title,
        url=rules.url,
        zone=rules.zone,
        as_of=now,
        components=await component_lines(c, rules, now),
        incidents=in_order_of_need(_incident(rules, slug, rows) for slug, rows in told.items()),
    )


def _incident(rules: PublicRules, slug: str, rows: Sequence[PublicRecord]) -> PublicIncident:
    hit = {name for row in rows for name in row.components}
    return PublicIncident(
        slug=slug,
        title=rows[0].title,
        components=tuple(one.name for one in rules.components if one.id in hit),
        updates=tuple(
            PublicUpdate(
                at=row.ended_at or row.drafted_at,
                kind=PublicKind(row.kind),
                text=row.text,
                states=names_of(rules.components, row.components),
                next_at=row.next_at,
            )
            for row in rows
        ),
    )
