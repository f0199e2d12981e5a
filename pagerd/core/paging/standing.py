"""How a provider does, and whom a message is given to first. Health is learnt from real messages alone.

A provider in trouble is not an unreachable person: whoever works is asked first, and when nobody does, everybody is
asked all the same. Every pause ends by itself, so no provider is given up for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.values import changed

TROUBLE_AFTER = 3
"""Failures in a row that are trouble: one is a hiccup, two may be one deploy of theirs."""

PROBE_AFTER = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5))
"""How long a provider in trouble is passed over before the next message tries it first; the last one repeats."""

BUSY_FOR = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=5), timedelta(seconds=15))
"""How long a provider that wants fewer messages gets none, where it does not say so itself; the last one repeats."""

BUSY_MAX = timedelta(minutes=2)
"""A provider may ask for more time than this; a page does not wait longer for it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages in so much time. After a pause `count` go at once, from then on one in each share of `per`."""

    count: int
    per: timedelta

    def __str__(self) -> str:
        """Write it as the files do."""
        return f"{self.count}/{_UNIT[self.per]}"

    @property
    def each(self) -> timedelta:
        """How long until there is room for one more."""
        return self.per / self.count


_UNIT = {timedelta(seconds=1): "s", timedelta(minutes=1): "m", timedelta(hours=1): "h"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the last messages taught about one provider.

    `failures` are those in a row. `trouble_since` is None while it works, or fails for the first times; in trouble it
    is passed over until `probe_at`, and `probes` says how often it was tried since. `busy_until` is until when it wants
    nothing, `refusals` how often in a row it said so. `detail` is what it failed with last.
    """

    failures: int = 0
    trouble_since: datetime | None = None
    probe_at: datetime | None = None
    probes: int = 0
    busy_until: datetime | None = None
    refusals: int = 0
    detail: str = ""
    by_report: bool = False
    """It took messages and reported later that it does not carry them for us: taking one more shows nothing."""

    @property
    def in_trouble(self) -> bool:
        """Is it passed over while another one works?"""
        return self.trouble_since is not None

    def is_busy(self, now: datetime) -> bool:
        """Did it ask to be left alone for now?"""
        return self.busy_until is not None and self.busy_until > now

    def may_be_probed(self, now: datetime) -> bool:
        """May a message find out whether it works again?"""
        return self.in_trouble and (self.probe_at is None or self.probe_at <= now)


WELL = Standing()


def failed(standing: Standing, now: datetime, detail: str, *, for_everybody: bool = False) -> Standing:
    """Return how it stands after a message that it did not take; `for_everybody`: it refuses us, so no hiccup."""
    failures = standing.failures + 1
    if standing.in_trouble or (failures < TROUBLE_AFTER and not for_everybody):
        return changed(standing, failures=failures, detail=detail)
    return Standing(failures=failures, trouble_since=now, probe_at=now + PROBE_AFTER[0], detail=detail)


def took_one(standing: Standing) -> Standing:
    """Return how it stands after it took a message: well, unless it is known to take what it does not carry."""
    return standing if standing.by_report else WELL


def unmasked(standing: Standing, now: datetime, detail: str) -> Standing:
    """Return how it stands after it reported that it does not carry for us what it had taken."""
    if standing.in_trouble:
        return changed(standing, detail=detail, by_report=True)
    return Standing(failures=1, trouble_since=now, probe_at=now + PROBE_AFTER[0], detail=detail, by_report=True)


def probed(standing: Standing, now: datetime) -> Standing:
    """Return how it stands while one message tries it: the next one does so after a longer pause."""
    probes = standing.probes + 1
    return changed(standing, probes=probes, probe_at=now + PROBE_AFTER[min(probes, len(PROBE_AFTER) - 1)])


def due(standing: Standing, now: datetime) -> Standing:
    """Return one in trouble as it stands when the next message is to try it."""
    return changed(standing, probes=0, probe_at=now)


def wants_fewer(standing: Standing, now: datetime, asked_seconds: float | None) -> Standing:
    """Return how it stands after it said that these are too many: it works, and gets nothing for a while."""
    pause = BUSY_FOR[min(standing.refusals, len(BUSY_FOR) - 1)]
    if asked_seconds is not None:
        pause = min(max(timedelta(seconds=asked_seconds), BUSY_FOR[0]), BUSY_MAX)
    if standing.by_report:
        return standing
    return Standing(busy_until=now + pause, refusals=standing.refusals + 1)


def order(
    standings: Sequence[Standing], now: datetime, *, may_probe: bool, may_be_lost: bool = True
) -> tuple[int, ...]:
    """Return in which order to ask: one that may have recovered, those that work as the files say, the others last.

    Without `may_probe` the message is too grave to find out with, as long as anybody works; without `may_be_lost` it is
    not tried on one that took messages and did not carry them. Who is busy is left out; empty means that all that work
    are busy. When nobody works, everybody is asked.
    """
    working = [place for place, one in enumerate(standings) if not one.in_trouble]
    troubled = [place for place, one in enumerate(standings) if one.in_trouble]
    if not working:
        return (*sorted(troubled, key=lambda place: not standings[place].may_be_probed(now)),)
    free = [place for place in working if not standings[place].is_busy(now)]
    probes = (place for place in troubled if may_be_lost or not standings[place].by_report)
    probe = next((place for place in probes if may_probe and standings[place].may_be_probed(now)), None)
    if not free and probe is None:
        return ()
    first = [probe] if probe is not None else []
    return (*first, *free, *(place for place in troubled if place != probe))
