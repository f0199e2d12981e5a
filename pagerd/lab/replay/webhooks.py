"""Reads a recording out of a log of Alertmanager's webhooks: JSON lines, one body each.

Two forms, which may be mixed: `{"at": …, "body": {…}}` with the instant at which it was received (ISO with an offset,
or seconds since 1970) and perhaps its `source`, and the bare body. Of a bare body the instant is not known, so the
newest start or end of its alerts is taken, and never one before the line above.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pagerd.core.errors import NotFound, Unreadable
from pagerd.lab.replay.recording import Item, Received, Recording
from pagerd.sources.alertmanager import parse
from pagerd.sources.base import Limits

LINE_BYTES_MAX = 8 * 1024 * 1024
"""Of one line: as much as a webhook's body may have."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

SOURCE = "alertmanager"
"""The source of what names none."""


@dataclass(slots=True)
class _Seen:
    """What was read so far."""

    lines: int = 0
    without_instant: int = 0
    quarantined: int = 0
    last: datetime | None = None


def read(lines: Iterable[bytes], name: str, start: datetime | None, end: datetime | None) -> Recording:
    """Read a log, of what was received from `start` to before `end`. Raises Unreadable with the line, or NotFound."""
    seen = _Seen()
    items = sorted(_items(lines, name, seen), key=lambda item: item.at)
    if not items:
        raise NotFound(f"reading {name}: there is no webhook in it")
    first = start if start is not None else items[0].at
    last = end if end is not None else items[-1].at + timedelta(hours=1)
    kept = [item for item in items if first <= item.at < last]
    if not kept:
        raise NotFound(
            f"reading {name}: nothing in it was received from {first.isoformat()} to {last.isoformat()}; it has"
            f" {seen.lines} webhooks from {items[0].at.isoformat()} to {items[-1].at.isoformat()}"
        )
    sources = frozenset(item.what.source for item in kept if isinstance(item.what, Received))
    return Recording(start=first, end=last, items=kept, sources=sources, assumptions=tuple(_assumptions(seen)))


def _assumptions(seen: _Seen) -> Iterator[str]:
    if seen.without_instant:
        yield (
            f"{seen.without_instant} of {seen.lines} webhooks have no instant of receipt: each is taken to have come at"
            " the newest start or end of its alerts."
        )
    if seen.quarantined:
        yield f"{seen.quarantined} alerts in the log cannot be read, and are told to a human as pagerd does."
    yield "The log does not say what was silenced or suppressed at Alertmanager beyond what it sent."


def _items(lines: Iterable[bytes], name: str, seen: _Seen) -> Iterator[Item]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"reading {name}, line {number}"
        if len(line) > LINE_BYTES_MAX:
            raise Unreadable(f"{where}: it is longer than {LINE_BYTES_MAX // 1024 // 1024} MiB")
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"{where}: it is not JSON: {error}") from None
        if not isinstance(found, dict):
            raise Unreadable(f"{where}: expected an object, a webhook's body or {{'at': …, 'body': …}}")
        yield _item(found, line, where, seen)


def _item(found: Mapping[str, Any], line: bytes, where: str, seen: _Seen) -> Item:
    source, at, raw = SOURCE, None, line
    if "body" in found:
        raw = found["body"].encode() if isinstance(found["body"], str) else json.dumps(found["body"]).encode()
        at = _instant(found.get("at"), where)
        source = found.get("source", SOURCE)
        if not isinstance(source, str) or not source.isprintable() or not source or " " in source:
            raise Unreadable(f"{where}: `source` is {source!r}; expected a name without blanks")
    try:
        # Alertmanager's webhook says nothing whose meaning depends on when it is read.
        batch = parse(raw, at or LONG_AGO, Limits())
    except Unreadable as error:
        raise Unreadable(f"{where}: {error}") from None
    seen.lines += 1
    seen.quarantined += len(batch.quarantined)
    if at is None:
        seen.without_instant += 1
        at = _newest(raw, where)
        at = max(at, seen.last) if seen.last is not None else at
    seen.last = at
    return Item(at, Received(source, batch))


def _instant(said: object, where: str) -> datetime | None:
    """Read when a webhook was received; None where it is not said."""
    if said is None:
        return None
    if isinstance(said, int | float) and not isinstance(said, bool):
        try:
            return datetime.fromtimestamp(said, UTC)
        except (OverflowError, ValueError, OSError):
            raise Unreadable(f"{where}: `at` is {said}, which is no instant in seconds since 1970") from None
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Unreadable(f"{where}: `at` is {said!r}; expected 2026-01-07T02:00:00Z, or seconds since 1970")
    return at.astimezone(UTC)


def _newest(raw: bytes, where: str) -> datetime:
    """Return the newest start or end that a body tells of its alerts."""
    found: list[datetime] = []
    for alert in json.loads(raw)["alerts"] or ():
        name = "startsAt" if alert.get("status") == "firing" else "endsAt"
        try:
            at = datetime.fromisoformat(str(alert.get(name)))
        except ValueError:
            continue
        if at.tzinfo is not None and at.year > 1:
            found.append(at.astimezone(UTC))
    if not found:
        raise Unreadable(
            f"{where}: it does not say when it was received, and none of its alerts when it began or ended"
        )
    return max(found)
