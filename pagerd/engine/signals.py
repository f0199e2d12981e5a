"""Keeps what became known of alerts, so that `pagerd replay` can play it again.

Kept is what is news. A renewal says again what is known, and is kept only where it says something else: senders renew
each alert every few minutes, and a row for each would be most of the database. Of its words a new number is no news.
"""

import re
from collections.abc import Mapping

from pagerd.core.alerts.alert import Alert
from pagerd.engine.work import Work
from pagerd.stores.records import signals
from pagerd.stores.records.signals import Signal, SignalKind

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


async def keep(work: Work) -> None:
    """Store what became known in a unit of work, with all else of it."""
    if work.signals:
        await signals.append(work.c, work.now, work.signals)


def fired(work: Work, alert: Alert) -> None:
    """An episode began, and `alert` says where it was put."""
    work.signals.append(_told(SignalKind.FIRED, alert))


def renewed(work: Work, alert: Alert, labels: Mapping[str, str] | None = None) -> None:
    """It said something new while it fires, or is believed again; `labels` are those that it came with."""
    work.signals.append(_told(SignalKind.RENEWED, alert, labels))


def resolved(work: Work, alert: Alert, before: Alert | None) -> None:
    """An episode ended, at an instant of its own where its source told one: else `alert` has that of an earlier one."""
    is_told = before is None or alert.ended_at != before.ended_at
    ended = Signal(
        kind=SignalKind.RESOLVED,
        source=alert.source,
        fingerprint=alert.fingerprint,
        ended_at=alert.ended_at if is_told else None,
    )
    work.signals.append(ended)


def stale(work: Work, alert: Alert) -> None:
    """Its source stands by it no more."""
    work.signals.append(Signal(kind=SignalKind.STALE, source=alert.source, fingerprint=alert.fingerprint))


def suppressed(work: Work, alert: Alert) -> None:
    """Its source tells nobody of it any more, or does so again."""
    told = Signal(
        kind=SignalKind.SUPPRESSED,
        source=alert.source,
        fingerprint=alert.fingerprint,
        suppression=alert.suppression,
    )
    work.signals.append(told)


def says_more(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Do these annotations say something else than those, but for the numbers in them?"""
    if before == now:
        return False
    return before.keys() != now.keys() or any(
        text != now[name] and _NUMBER.sub("", text) != _NUMBER.sub("", now[name]) for name, text in before.items()
    )


def _told(kind: SignalKind, alert: Alert, labels: Mapping[str, str] | None = None) -> Signal:
    return Signal(
        kind=kind,
        source=alert.source,
        fingerprint=alert.fingerprint,
        labels=dict(labels) if labels is not None else alert.labels,
        annotations=alert.annotations,
        starts_at=alert.starts_at,
        generator_url=alert.generator_url,
        page=alert.page_id,
    )
