"""Reads a recording out of pagerd's own database: what was received, what people did, how far messages came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from pagerd.core.audit import CONTACTS
from pagerd.core.errors import NotFound
from pagerd.core.events import (
    Acknowledged,
    EscalatedByHand,
    Event,
    IncidentMoved,
    NoteAdded,
    Reassigned,
    ResolvedByHand,
    ResponderAdded,
    Snoozed,
    Undone,
)
from pagerd.core.oncall.schedule import Override
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.lab.replay import trails
from pagerd.lab.replay.recording import (
    ContactLost,
    ContactWorks,
    Happening,
    Item,
    Known,
    OverridePut,
    OverrideTaken,
    PageAct,
    PageOfThen,
    PlanPut,
    RaisedByHand,
    Recording,
    SilencePut,
    SilenceTaken,
    TicketAct,
)
from pagerd.stores.base import Connection
from pagerd.stores.records import history, notifications, observed, pages, signals, stored, tickets
from pagerd.stores.records.columns import reader
from pagerd.stores.records.history import HistoryRow
from pagerd.stores.records.signals import Message, Signal, SignalKind
from pagerd.stores.records.stored import StoredSilence
from pagerd.stores.sqlite_copy import DatabaseFile


class Reads(Protocol):
    """Makes an act of its JSON."""

    def decode(self, text: str, /) -> Event:
        """Read it."""
        ...


WARM_UP = timedelta(days=1)
"""What is played before the span that counts: what was open when it began was opened by something."""

BITE = 1000
LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

_ACTS: Mapping[str, Reads] = {
    kind.__name__: reader(kind)
    for kind in (
        Acknowledged,
        Snoozed,
        Undone,
        ResolvedByHand,
        EscalatedByHand,
        Reassigned,
        ResponderAdded,
        NoteAdded,
        # That an incident was open is nobody's answer to the page; but while it was, no acknowledgement ended.
        IncidentMoved,
    )
}
_TICKET_ACTS = {
    "TicketTaken": "ticket.taken",
    "TicketClosed": "ticket.closed",
    "TicketReopened": "ticket.reopened",
}
_STORED = ("SilenceAdded", "SilenceEnded", "OverrideAdded", "OverrideTakenBack", "ContactRefused", "ContactWorksAgain")

_silence = reader(StoredSilence)
_override = reader(Override)
_contact = reader(dict[str, str])


@dataclass(frozen=True, slots=True)
class History:
    """A recording, and the revision that was in force when it begins."""

    recording: Recording
    revision: str


async def read(c: Connection, start: datetime | None, end: datetime, where: str = "the store") -> History:
    """Read what happened from `start`, or from the first thing that is kept, to before `end`. Raises NotFound."""
    kept_since = await signals.first_at(c)
    if kept_since is None:
        raise NotFound(
            f"reading {where}: no alert was received there yet, so there is nothing to replay. pagerd keeps what its"
            " sources send from the first start of this version on. Let a source send to it, name another database"
            " with --file, or replay a log with --log, or Prometheus' ALERTS with --prometheus"
        )
    if kept_since >= end:
        raise NotFound(
            f"reading {where}: what was received is kept from {kept_since.isoformat()} on, and nothing of it is from"
            f" before {end.isoformat()}: name a later --to"
        )
    begin = kept_since if start is None else max(start, kept_since)
    warm = kept_since if start is None else max(start - WARM_UP, kept_since)
    open_before, messages = await _messages(c, warm, end)
    then = await _pages(c, warm, end, messages, open_before)
    told = [one for page in then.values() for one in await trails.of_page(c, page.id)]
    acts = await _acts(c, warm, end, then)
    plan_items, revision, files = await _plans(c, warm, end)
    items = [*plan_items, *await _stored_before(c, warm), *await _stored(c, warm, end)]
    if open_before:
        items.append(Item(warm, Known(tuple(open_before))))
        items += await _held_before(c, warm, then)
    items += [Item(one.at, Known(one.signals)) for one in messages]
    items += acts
    items += [report for one in told for report in one.reports]
    sources = {signal.source for message in messages for signal in message.signals}
    recording = Recording(
        start=begin,
        end=end,
        items=sorted(items, key=lambda item: item.at),
        sources=frozenset(sources | {signal.source for signal in open_before}),
        pages=then,
        trails={one.key: one.attempts for one in told if one.attempts},
        plans=files,
        assumptions=(
            *_assumptions(start, begin, kept_since),
            *_of_plans(plan_items, files),
            *await _of_observing(c, begin, end),
        ),
    )
    return History(recording, revision)


def _assumptions(asked: datetime | None, begin: datetime, kept_since: datetime) -> tuple[str, ...]:
    said = [
        "What people did then is done again at the same instants.",
        "Where somebody answered then who is not asked here, whoever is asked answers at that instant.",
        "What pagerd raised about itself, and what its sources suppressed, is taken as it was then.",
        "pagerd is taken to have run all the time: it was not late, and nothing waited for a busy provider.",
    ]
    if asked is not None and asked < kept_since:
        said.append(f"What was received is kept since {begin.isoformat()}: nothing from before is played.")
    return tuple(said)


def _of_plans(loads: Sequence[Item], files: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Say of which plans of then the files are gone."""
    for item in loads:
        if isinstance(item.what, PlanPut) and item.what.revision not in files:
            at = item.at.isoformat(timespec="seconds")
            yield f"The files of revision {item.what.revision}, in force from {at} on, are gone: the one before stays."


async def _of_observing(c: Connection, start: datetime, end: datetime) -> list[str]:
    if not await observed.spans_between(c, start, end):
        return []
    return [
        "While pagerd only observed, nobody was told and nobody could answer: that time is played as if it had sent."
    ]


async def _messages(c: Connection, warm: datetime, end: datetime) -> tuple[list[Signal], list[Message]]:
    """Return the alerts that were open at an instant, as they were known then, and all news since."""
    open_then: dict[tuple[str, str], Signal] = {}
    found: list[Message] = []
    seq = 0
    while True:
        bite = await signals.after(c, seq, BITE)
        for message in bite:
            if warm <= message.at < end:
                found.append(message)
            elif message.at < warm:
                _follow(open_then, message)
        if len(bite) < BITE or bite[-1].at >= end:
            return list(open_then.values()), found
        seq = bite[-1].seq


def _follow(open_then: dict[tuple[str, str], Signal], message: Message) -> None:
    for signal in message.signals:
        key = (signal.source, signal.fingerprint)
        match signal.kind:
            case SignalKind.FIRED:
                open_then[key] = signal
            case SignalKind.RESOLVED:
                open_then.pop(key, None)
            case SignalKind.RENEWED if key in open_then:
                labels, annotations = signal.labels, signal.annotations
                open_then[key] = Signal(
                    kind=SignalKind.FIRED,
                    source=signal.source,
                    fingerprint=signal.fingerprint,
                    labels=labels,
                    annotations=annotations,
                    page=open_then[key].page,
                )
            case _:
                pass  # stale or suppressed is said again, or was over by then


async def _pages(
    c: Connection, warm: datetime, end: datetime, messages: Sequence[Message], open_before: Sequence[Signal]
) -> Mapping[str, PageOfThen]:
    """Return the pages that were open at some time of the span."""
    members: dict[str, set[tuple[str, str]]] = {}
    for signal in (*open_before, *(signal for message in messages for signal in message.signals)):
        if signal.page is not None:
            members.setdefault(signal.page, set()).add((signal.source, signal.fingerprint))
    found = [
        page
        for page in await pages.opened_between(c, LONG_AGO, end)
        if page.errand is None and (page.resolved_at is None or page.resolved_at >= warm)
    ]
    return {page.id: await _page_of_then(c, page, members.get(page.id, set())) for page in found}


async def _page_of_then(c: Connection, page: Page, members: set[tuple[str, str]]) -> PageOfThen:
    asked: dict[str, datetime] = {}
    for one in await notifications.of_page(c, page.id):
        if one.purpose in ASKING:
            asked.setdefault(one.person, one.created_at)
    return PageOfThen(
        id=page.id,
        group_key=page.group_key,
        opened_at=page.opened_at,
        resolved_at=page.resolved_at,
        alerts=frozenset(members),
        asked=asked,
    )


async def _acts(c: Connection, warm: datetime, end: datetime, then: Mapping[str, PageOfThen]) -> list[Item]:
    items = [
        Item(row.at, PageAct(row.object_id, _event(row)))
        for row in await history.of_events(c, tuple(_ACTS), warm, end)
        if row.object_id in then
    ]
    for page in await pages.opened_between(c, warm, end):
        if page.raised_by is not None:
            raised = RaisedByHand(
                page=page.id,
                by=page.raised_by,
                team=page.subject.team,
                text=page.subject.summary,
                severity=page.severity,
            )
            # Whoever raised it may have acted on it in the same instant.
            items.insert(0, Item(page.opened_at, raised))
    for row in await history.of_events(c, tuple(_TICKET_ACTS), warm, end):
        items += await _ticket_act(c, row)
    return items


def _event(row: HistoryRow) -> Event:
    return _ACTS[row.event].decode(row.body)


async def _ticket_act(c: Connection, row: HistoryRow) -> list[Item]:
    """Return what somebody did with a ticket; what became of it by itself comes by itself."""
    ticket = await tickets.find(c, row.object_id)
    return [
        Item(
            row.at, TicketAct(group_key=ticket.group_key, act=entry.kind, by=by, reason=entry.details.get("reason", ""))
        )
        for entry in row.entries
        if ticket is not None and entry.kind == _TICKET_ACTS[row.event] and (by := entry.details.get("by"))
    ]


async def _stored(c: Connection, start: datetime, end: datetime) -> list[Item]:
    """Return what was stored by command, or taken back. A page's own history says of a lost contact, too."""
    rows = await history.of_events(c, _STORED, start, end)
    return [Item(row.at, _put(row)) for row in rows if row.event != "ContactRefused" or row.object_id == CONTACTS]


async def _stored_before(c: Connection, warm: datetime) -> list[Item]:
    """Return what had been stored by command before, and was in force still."""
    return [Item(warm, item.what) for item in await _stored(c, LONG_AGO, warm)]


def _put(row: HistoryRow) -> Happening:
    match row.event:
        case "SilenceAdded":
            return SilencePut(_silence.decode(row.body))
        case "SilenceEnded":
            return SilenceTaken(row.object_id)
        case "OverrideAdded":
            return OverridePut(_override.decode(row.body))
        case "OverrideTakenBack":
            return OverrideTaken(row.object_id)
        case "ContactRefused":
            contact = _contact.decode(row.body)
            return ContactLost(contact["person"], Medium(contact["medium"]), contact["why"])
        case _:
            contact = _contact.decode(row.body)
            return ContactWorks(contact["person"], Medium(contact["medium"]))


async def _held_before(c: Connection, warm: datetime, then: Mapping[str, PageOfThen]) -> list[Item]:
    """Return who held the pages that were open already: they are taken to have just taken them, or snooze them on."""
    last: dict[str, Event] = {}
    for row in await history.of_events(c, ("Acknowledged", "Snoozed"), LONG_AGO, warm):
        if row.object_id in then:
            last[row.object_id] = _event(row)
    return [
        Item(warm, PageAct(page, event if not isinstance(event, Snoozed) or event.until > warm else _taken(event)))
        for page, event in last.items()
    ]


def _taken(snoozed: Snoozed) -> Event:
    return Acknowledged(by=snoozed.by, via=snoozed.via)


async def _plans(
    c: Connection, warm: datetime, end: datetime
) -> tuple[list[Item], str, Mapping[str, Mapping[str, str]]]:
    loads = await stored.loads(c)
    before = [revision for at, revision in loads if at <= warm]
    revision = before[-1] if before else (loads[0][1] if loads else "")
    items = [Item(at, PlanPut(one)) for at, one in loads if warm < at < end]
    files = {}
    for one in dict.fromkeys((revision, *(one for at, one in loads if warm < at < end))):
        texts = await stored.files_of(c, one)
        if texts is not None:
            files[one] = texts
    return items, revision, files


async def _keeps_signals(c: Connection) -> bool:
    if c.dialect == "postgres":
        return await c.execute("SELECT to_regclass('signals') IS NOT NULL") == [(True,)]
    return bool(await c.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'signals'"))


async def read_kept(c: Connection, where: str, start: datetime | None, end: datetime) -> History:
    """Read a recording out of a database that nobody has brought up to date for it.

    Raises NotFound where nothing is kept, or the database is of a version that kept nothing.
    """
    if not await _keeps_signals(c):
        raise NotFound(
            f"reading {where}: it is of an earlier version, which kept of each alert its latest episode alone;"
            " from this version's first start on there is something to replay"
        )
    return await read(c, start, end, where)


def read_file(path: Path, start: datetime | None, end: datetime) -> History:
    """Read a recording out of a database file or a backup, which is left as it is; a daemon may run on it."""
    file = DatabaseFile(path)
    try:
        return file.read(lambda c: read_kept(c, str(path), start, end))
    finally:
        file.close()
