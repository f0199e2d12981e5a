"""What pipelines say they changed: `POST /api/v1/changes/{source}`.

The body is one change, or `{"changes": [...]}` with many::

    {
      "kind": "deploy",                       deploy, canary, flag, config, infrastructure, rollback or other
      "service": "payments-api",              what was changed, by the name that `services` has
      "what": "release 41",                   in words, on one line
      "id": "run-8123",                       who it is within the source: sent twice, it is one change
      "by": "ana",                            who did it; a machine may have a name, too
      "at": "2026-01-05T03:12:44Z",           RFC 3339; without it, now
      "link": "https://..."                   where more is to be seen
    }

`kind`, `service` and `what` are required, unknown keys are ignored. All of a message is taken or none of it: whoever
sends it is a script, and sees the refusal.
"""

from datetime import datetime

import msgspec

from pagerd.core.alerts.alert import Batch
from pagerd.core.changes import AHEAD_MAX, ID_MAX, NAME_MAX, WHAT_MAX, ChangeKind, ReceivedChange
from pagerd.core.errors import Unreadable
from pagerd.core.plain import one_line
from pagerd.sources.base import Limits
from pagerd.sources.strict import UNDECODABLE, instant, link, untainted, why

WHAT = "reading changes"
"""How a refusal begins."""

BODY_MAX = 256 * 1024
"""Bytes of one message: 200 changes with all that each can say. The most hostile is decoded in 12 ms."""

CHANGES_MAX = 200
"""Changes of one message: what a pipeline does in one run."""


class _Change(msgspec.Struct, gc=False, frozen=True):
    """One change."""

    kind: str
    service: str
    what: str
    id: str | None = None
    by: str = ""
    at: datetime | None = None
    link: str = ""


class _Changes(msgspec.Struct, gc=False, frozen=True):
    """The form with many; without `changes` the body is one change."""

    changes: list[_Change] | msgspec.UnsetType = msgspec.UNSET


_change = msgspec.json.Decoder(_Change)
_changes = msgspec.json.Decoder(_Changes)


def parse(body: bytes, received_at: datetime, limits: Limits) -> Batch:
    """Read one message of a pipeline."""
    if len(body) > BODY_MAX:
        raise Unreadable(f"{WHAT}: expected at most {BODY_MAX} bytes, found {len(body)}")
    try:
        sent = _changes.decode(body).changes
        changes = [_change.decode(body)] if isinstance(sent, msgspec.UnsetType) else sent
    except UNDECODABLE as error:
        raise Unreadable(f"{WHAT}: expected changes: {why(error, limits)}") from error
    if len(changes) > CHANGES_MAX:
        raise Unreadable(f"{WHAT}: expected at most {CHANGES_MAX} changes, found {len(changes)}")
    is_one = isinstance(sent, msgspec.UnsetType)
    read = [_read(one, received_at, "$" if is_one else f"$.changes[{place}]") for place, one in enumerate(changes)]
    return Batch(alerts=(), changes=tuple(read))


def at_once(body: bytes, received_at: datetime, limits: Limits) -> Batch | None:
    """Read a message, or return None where there is something to say against it."""
    try:
        return parse(body, received_at, limits)
    except Unreadable:
        return None


def _read(sent: _Change, received_at: datetime, place: str) -> ReceivedChange:
    if sent.kind not in set(ChangeKind):
        raise Unreadable(f"{WHAT}: expected one of {', '.join(ChangeKind)} at `{place}.kind`")
    if sent.id is not None and not 0 < len(sent.id) <= ID_MAX:
        raise Unreadable(f"{WHAT}: expected 1 to {ID_MAX} characters at `{place}.id`")
    at = instant(sent.at)
    if at is None and sent.at is not None:
        raise Unreadable(f"{WHAT}: expected an instant since 1970 at `{place}.at`")
    if at is not None and at > received_at + AHEAD_MAX:
        raise Unreadable(f"{WHAT}: expected what has happened at `{place}.at`, found an instant that is to come")
    return ReceivedChange(
        id=_identity(sent, at),
        kind=ChangeKind(sent.kind),
        service=_words(sent.service, NAME_MAX, f"{place}.service"),
        what=_words(sent.what, WHAT_MAX, f"{place}.what"),
        by=one_line(sent.by, NAME_MAX),
        link=link(sent.link),
        at=at or received_at,
    )


def _words(text: str, limit: int, place: str) -> str:
    words = one_line(text, limit)
    if not words:
        raise Unreadable(f"{WHAT}: expected words at `{place}`")
    return words


def _identity(sent: _Change, at: datetime | None) -> str | None:
    """Return what tells a change from others: its id, else all that it says, if it says when it was."""
    if sent.id is not None:
        return untainted(sent.id)
    if at is None:
        return None
    return untainted(f"\n{sent.kind}\n{sent.service}\n{sent.what}\n{sent.by}\n{at.isoformat()}")
