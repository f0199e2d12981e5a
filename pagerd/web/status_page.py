"""Draws the status page: a set of files that any web server can serve, and that pagerd serves itself.

Everything in them comes from a `StatusPage`, which holds public words alone. They need no script, load nothing from
anywhere else, and link to each other by name, so that they work from any path.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import msgspec

from pagerd.core.incidents.public import STATE_WORDS, ComponentState
from pagerd.core.incidents.public_words import KIND_WORDS, promise, public_time
from pagerd.core.incidents.status_page import (
    OLD_AFTER,
    REWRITTEN_EVERY,
    ComponentLine,
    DayOfIncidents,
    PublicIncident,
    PublicUpdate,
    StatusPage,
)
from pagerd.core.plain import counted
from pagerd.engine.incidents.public_queries import HISTORY
from pagerd.web.screens import HERE, draw

INDEX, STYLE = "index.html", "style.css"

TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
"""What a file is, by the end of its name."""

INCIDENT_FILE = re.compile(r"[0-9a-f]{10}\.html")
"""The page of one incident."""

FEED_MAX = 30
"""Updates in a feed: whoever reads it once a day misses none."""

MARKS: Mapping[str, str] = {
    ComponentState.OPERATIONAL: "✓",
    ComponentState.MAINTENANCE: "⚒",
    ComponentState.DEGRADED: "▼",
    ComponentState.PARTIAL_OUTAGE: "▲",
    ComponentState.MAJOR_OUTAGE: "✕",
}

_STYLE = (HERE / "static" / "status.css").read_bytes()
_json = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class When:
    """An instant for machines and for people."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateScreen:
    """One published text."""

    at: When
    kind: str
    kind_words: str
    lines: tuple[str, ...]
    states: tuple[tuple[str, str], ...]
    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentScreen:
    """One incident as customers know it."""

    slug: str
    title: str
    kind: str
    kind_words: str
    is_open: bool
    components: str
    began_at: When
    changed_at: When
    updates: tuple[UpdateScreen, ...]
    last_line: str


@dataclass(frozen=True, slots=True)
class DayScreen:
    """One day, and what there was on it."""

    words: str
    incidents: tuple[IncidentScreen, ...]


@dataclass(frozen=True, slots=True)
class BarDay:
    """One day of a component's bar."""

    state: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentScreen:
    """One component."""

    name: str
    description: str
    state: str
    mark: str
    words: str
    summary: str
    days: tuple[BarDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteScreen:
    """Everything that the templates say."""

    title: str
    headline: str
    state: str
    mark: str
    as_of: When
    every: str
    old_after: str
    history_days: int
    components: tuple[ComponentScreen, ...]
    open: tuple[IncidentScreen, ...]
    recent: tuple[DayScreen, ...]
    history: tuple[DayScreen, ...]


def files_of(page: StatusPage) -> Mapping[str, bytes]:
    """Draw all files, in the order in which they are to be written: what is linked to before what links to it."""
    site = _site(page)
    files = {STYLE: _STYLE}
    for one in page.incidents:
        incident = _incident(one, page.zone)
        files[f"{one.slug}.html"] = draw("status/incident.html", site=site, incident=incident).encode()
    files["history.html"] = draw("status/history.html", site=site).encode()
    files["feed.atom"] = _atom(page).encode()
    files["feed.json"] = _json_feed(page)
    files["status.json"] = _json_status(page)
    files[INDEX] = draw("status/index.html", site=site).encode()
    return files


def _site(page: StatusPage) -> SiteScreen:
    today = page.as_of.astimezone(page.zone).date()
    return SiteScreen(
        title=page.title,
        headline=page.headline,
        state=page.state.value,
        mark=MARKS[page.state],
        as_of=_when(page.as_of, page.zone),
        every=_minutes(REWRITTEN_EVERY.total_seconds()),
        old_after=_minutes(OLD_AFTER.total_seconds()),
        history_days=HISTORY.days,
        components=tuple(_component(line) for line in page.components),
        open=tuple(_incident(one, page.zone) for one in page.open),
        recent=tuple(_day(day, page.zone, today) for day in page.recent()),
        history=tuple(_day(day, page.zone, today) for day in page.history()),
    )


def _minutes(seconds: float) -> str:
    minutes = int(seconds // 60)
    return "minute" if minutes == 1 else f"{minutes} minutes"


def _when(at: datetime, zone: ZoneInfo) -> When:
    return When(at.isoformat(timespec="seconds"), public_time(at, zone))


def _day(day: DayOfIncidents, zone: ZoneInfo, today: date) -> DayScreen:
    words = f"{day.day:%A}, {day.day.day} {day.day:%B %Y}"
    named = f"Today, {words}" if day.day == today else words
    return DayScreen(named, tuple(_incident(one, zone) for one in day.incidents))


def _incident(one: PublicIncident, zone: ZoneInfo) -> IncidentScreen:
    updates = tuple(_update(update, zone, is_last=not at) for at, update in enumerate(one.updates))
    return IncidentScreen(
        slug=one.slug,
        title=one.title,
        kind=one.kind.value,
        kind_words=KIND_WORDS[one.kind],
        is_open=one.is_open,
        components=", ".join(one.components),
        began_at=_when(one.began_at, zone),
        changed_at=_when(one.changed_at, zone),
        updates=updates,
        last_line=" ".join(updates[0].lines),
    )


def _update(update: PublicUpdate, zone: ZoneInfo, *, is_last: bool) -> UpdateScreen:
    return UpdateScreen(
        at=_when(update.at, zone),
        kind=update.kind.value,
        kind_words=KIND_WORDS[update.kind],
        lines=tuple(line for line in update.text.splitlines() if line.strip()),
        states=update.states,
        # A promise that was kept, or that another one took the place of, is of no use to anybody.
        promise=promise(update.kind, None, update.next_at, zone) if is_last else "",
    )


def _component(line: ComponentLine) -> ComponentScreen:
    hit = sum(day.state is not ComponentState.OPERATIONAL for day in line.days)
    troubled = f"{counted(hit, 'day')} with something else than operational" if hit else "nothing reported"
    return ComponentScreen(
        name=line.name,
        description=line.description,
        state=line.state.value,
        mark=MARKS[line.state],
        words=STATE_WORDS[line.state],
        summary=f"{line.name}, the last {len(line.days)} days: {troubled}",
        days=tuple(
            BarDay(day.state.value, f"{day.day.day} {day.day:%b %Y}: {_on_a_day(day.state)}") for day in line.days
        ),
    )


def _on_a_day(state: ComponentState) -> str:
    return "nothing reported" if state is ComponentState.OPERATIONAL else STATE_WORDS[state].lower()


def _newest(page: StatusPage) -> list[tuple[PublicIncident, PublicUpdate]]:
    every = [(one, update) for one in page.incidents for update in one.updates]
    return sorted(every, key=lambda pair: pair[1].at, reverse=True)[:FEED_MAX]


def _address(page: StatusPage, file: str) -> str:
    return f"{page.url}/{file}" if page.url else file


def _id(*parts: str) -> str:
    """Name an entry of a feed for ever, whether or not it is known where the page is."""
    return uuid5(NAMESPACE_URL, "/".join(("pagerd-status", *parts))).urn


def _atom(page: StatusPage) -> str:
    entries = [
        {
            "id": _id(one.slug, update.at.isoformat()),
            "title": f"{KIND_WORDS[update.kind]}: {one.title}",
            "at": update.at.isoformat(timespec="seconds"),
            "href": _address(page, f"{one.slug}.html"),
            "text": _whole(update, page.zone),
        }
        for one, update in _newest(page)
    ]
    updated = entries[0]["at"] if entries else page.as_of.isoformat(timespec="seconds")
    return draw(
        "status/feed.atom",
        title=page.title,
        id=_id(page.url or page.title),
        updated=updated,
        own=_address(page, "feed.atom"),
        home=_address(page, INDEX),
        entries=entries,
    )


def _whole(update: PublicUpdate, zone: ZoneInfo) -> str:
    said = [update.text, *(f"{name}: {words}" for name, words in update.states)]
    promised = promise(update.kind, None, update.next_at, zone)
    return "\n".join([*said, promised] if promised else said)


def _json_feed(page: StatusPage) -> bytes:
    items = [
        {
            "id": _id(one.slug, update.at.isoformat()),
            "url": _address(page, f"{one.slug}.html"),
            "title": f"{KIND_WORDS[update.kind]}: {one.title}",
            "content_text": _whole(update, page.zone),
            "date_published": update.at.isoformat(timespec="seconds"),
        }
        for one, update in _newest(page)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "home_page_url": _address(page, INDEX),
        "feed_url": _address(page, "feed.json"),
        "items": items,
    }
    return _json.encode(feed)


def _json_status(page: StatusPage) -> bytes:
    said = {
        "title": page.title,
        "as_of": page.as_of.isoformat(timespec="seconds"),
        "state": page.state.value,
        "headline": page.headline,
        "components": [
            {
                "name": line.name,
                "state": line.state.value,
                "since": line.since.isoformat(timespec="seconds") if line.since is not None else None,
            }
            for line in page.components
        ],
        "open": [
            {
                "id": one.slug,
                "title": one.title,
                "kind": one.kind.value,
                "began_at": one.began_at.isoformat(timespec="seconds"),
                "changed_at": one.changed_at.isoformat(timespec="seconds"),
                "text": one.updates[0].text,
                "url": _address(page, f"{one.slug}.html"),
            }
            for one in page.open
        ],
    }
    return _json.encode(said)
