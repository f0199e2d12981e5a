"""Alerts as they are given to a command: by their labels, or as JSON in a file or on stdin, in whichever form."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from pagerd.cli.times import now
from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.core.errors import Unreadable

FILE_MAX = 8 * 1024 * 1024
"""Bytes of a file with alerts: as much as a webhook's body may have."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""An instant at which whatever Prometheus said still holds."""


def names_a_page(what: Sequence[str]) -> bool:
    """Is it the id of a page, and neither labels, nor a file, nor stdin?"""
    # An id has neither a dot nor a slash: what has one is a file, also where nobody finds it.
    return len(what) == 1 and not set("=./") & set(what[0]) and what[0] != "-" and not Path(what[0]).is_file()


def alerts_given(what: Sequence[str], annotations: Sequence[str], *, at_most: int) -> list[ReceivedAlert]:
    """Read alerts as firing: labels, or the JSON of a file or of stdin. Raises Unreadable, or UsageError."""
    more = pairs(annotations, "--annotation")
    if len(what) > 1 or "=" in what[0]:
        return [by_labels(pairs(what, "a label"), more)]
    return [
        ReceivedAlert(
            fingerprint=one.fingerprint,
            firing=True,
            labels=one.labels,
            annotations={**one.annotations, **more},
            starts_at=one.starts_at,
        )
        for one in _read(what[0], at_most)
    ]


def by_labels(labels: dict[str, str], annotations: dict[str, str]) -> ReceivedAlert:
    """Return a firing alert with the fingerprint that its source would send."""
    from pagerd.sources.fingerprint import fingerprint_of

    return ReceivedAlert(fingerprint=fingerprint_of(labels), firing=True, labels=labels, annotations=annotations)


def pairs(texts: Sequence[str], what: str) -> dict[str, str]:
    """Read `name=value` each. Raises UsageError that says which is none of these."""
    found = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise click.UsageError(f"{text!r} is no {what.removeprefix('a ')}; write it as name=value")
        found[name] = value.strip('"')
    return found


def _read(name: str, at_most: int) -> Sequence[ReceivedAlert]:
    """Read alerts from a file, or from stdin for `-`: in a sender's form, or in our own."""
    from pagerd.sources import PARSERS
    from pagerd.sources.base import Limits

    try:
        body = sys.stdin.buffer.read(FILE_MAX + 1) if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(f"reading {name}: {error.strerror}") from error
    if len(body) > FILE_MAX:
        raise Unreadable(f"reading {name}: it is larger than {FILE_MAX // 1024 // 1024} MiB")
    # Our own form reads one alert and many; Alertmanager's body has keys of its own, and its fingerprints, and so has
    # Grafana's. A list is Prometheus', and was kept for a while: whether it fires now is not asked.
    if body.lstrip().startswith(b"["):
        batch = PARSERS["prometheus"](body, LONG_AGO, Limits())
    else:
        kind = "alertmanager" if b'"alerts"' in body and b'"startsAt"' in body else "generic"
        batch = PARSERS[kind](body, now(), Limits())
    if batch.quarantined:
        raise Unreadable(f"reading {name}: pagerd would quarantine an alert: {batch.quarantined[0].reason}")
    if len(batch.alerts) > at_most:
        raise Unreadable(f"reading {name}: {len(batch.alerts)} alerts are too many at once, {at_most} are enough")
    return batch.alerts
