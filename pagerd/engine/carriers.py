"""The providers of each medium as those who send see them: how each does, and how many messages it takes now.

What is learnt lives here while the daemon runs. That one is in trouble is stored as well (`provider_health`), so that a
restart in the middle of it neither forgets it nor tells the operators anew. Rates are not stored: after a restart the
first moment has room again, and the provider itself still says when that is too much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.channels.base import Provider
from pagerd.core.paging import standing as standings
from pagerd.core.paging.standing import WELL, Rate, Standing
from pagerd.core.people import Medium
from pagerd.engine.work import Proof

Rates = Mapping[tuple[Medium, str], Rate]


ASK_AGAIN = timedelta(seconds=1)
"""When a provider without a rate, that has one message to answer first, is looked at again."""

LEAST = timedelta(milliseconds=1)
"""Less than this is no wait: the heartbeat would turn on the spot."""

ROUNDING = 1e-6
"""Shares of a message that were lost to rounding: without them room would come a microsecond after it was promised."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A provider went into trouble, or is back from it: what the operators hear, and what is stored."""

    medium: Medium
    provider: str
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many messages a medium takes now, None for any number, and when there is room for more."""

    count: int | None
    more_at: datetime


class Bucket:
    """What a rate leaves: it holds `count` messages at most, and one more flows in with each share of its time.

    Where several nodes send through one provider, each has its part of the rate: `parts` says how many there are.
    """

    def __init__(self, rate: Rate, now: datetime) -> None:
        self.rate = rate
        self.parts = 1
        self._tokens = float(rate.count)
        self._filled_at = now

    def left(self, now: datetime) -> float:
        """Return how many messages may go now."""
        # A clock that is set back gives nothing, and takes nothing away.
        passed = max(now - self._filled_at, timedelta(0)) / self._each
        return min(self._tokens + passed, max(self.rate.count / self.parts, 1.0))

    def take(self, now: datetime) -> None:
        """Let one go."""
        self._tokens = self.left(now) - 1.0
        self._filled_at = now

    def more_in(self, now: datetime) -> timedelta:
        """Return how long until one more may go than now."""
        return (1.0 - self.left(now) % 1.0) * self._each

    @property
    def _each(self) -> timedelta:
        return self.rate.each * self.parts


class Carrier:
    """One provider, its standing and its rate."""

    def __init__(self, provider: Provider, rate: Rate | None, now: datetime) -> None:
        self.provider = provider
        self.standing = WELL
        self.bucket = Bucket(rate, now) if rate is not None else None
        self.asking = 0
        """Messages that it was asked to take and has not answered yet."""

    @property
    def name(self) -> str:
        """Its name, unique in its medium."""
        return self.provider.name

    def room(self, now: datetime) -> int | None:
        """Return how many messages it takes now; None is any number."""
        if self.standing.is_busy(now):
            return 0
        room = int(self.bucket.left(now) + ROUNDING) if self.bucket is not None else None
        if not self.standing.refusals:
            return room
        # One that wanted fewer is given one, and more only when it took that.
        return max(min(1 if room is None else room, 1 - self.asking), 0)

    def more_at(self, now: datetime) -> datetime:
        """Return when it takes one more than now."""
        until = self.standing.busy_until
        if until is not None and until > now:
            return until
        return now + max(self.bucket.more_in(now) if self.bucket is not None else ASK_AGAIN, LEAST)

    def take(self, now: datetime) -> None:
        """Count one message against its rate."""
        if self.bucket is not None:
            self.bucket.take(now)

    def inherit(self, old: "Carrier", now: datetime) -> None:
        """Go on from where the same provider stood under the settings before; whoever reloads may have mended it."""
        self.standing = standings.due(old.standing, now) if old.standing.in_trouble else old.standing
        if self.bucket is not None and old.bucket is not None and self.bucket.rate == old.bucket.rate:
            self.bucket = old.bucket


class Carriers:
    """All of them, by medium and in the files' order."""

    def __init__(self, providers: Mapping[Medium, Sequence[Provider]], rates: Rates, now: datetime) -> None:
        self._by_medium = {
            medium: tuple(Carrier(one, rates.get((medium, one.name)), now) for one in some)
            for medium, some in providers.items()
        }
        self.turns: list[Turn] = []
        """What nobody has stored and told yet."""

    def of(self, medium: Medium) -> tuple[Carrier, ...]:
        """Return those of one medium."""
        return self._by_medium.get(medium, ())

    @property
    def all(self) -> tuple[tuple[Medium, Carrier], ...]:
        """Return each with its medium."""
        return tuple((medium, one) for medium, some in self._by_medium.items() for one in some)

    def ordered(self, medium: Medium, now: datetime, *, may_probe: bool, may_be_lost: bool = True) -> list[Carrier]:
        """Return whom to ask with one message, in this order; empty while all that work have no room for it."""
        known = self.of(medium)
        places = standings.order([one.standing for one in known], now, may_probe=may_probe, may_be_lost=may_be_lost)
        found = [known[place] for place in places if known[place].room(now) != 0]
        return found if any(_counts(one, known) for one in found) else []

    def allowance(self, medium: Medium, now: datetime) -> Allowance:
        """Return how many messages a medium takes now: of those that work, or, when nobody does, of all."""
        known = self.of(medium)
        counting = [one for one in known if _counts(one, known)]
        rooms = [one.room(now) for one in counting]
        if not counting or any(room is None for room in rooms):
            return Allowance(None, now)
        return Allowance(sum(room or 0 for room in rooms), min(one.more_at(now) for one in counting))

    def is_given_up(self, medium: Medium, now: datetime) -> bool:
        """Is everybody who carries a medium in trouble, and is it too soon to see whether somebody works again?"""
        known = self.of(medium)
        return bool(known) and all(one.standing.in_trouble and not one.standing.may_be_probed(now) for one in known)

    def divide(self, parts: int) -> None:
        """Take that part of each rate that is left by so many nodes."""
        for _, one in self.all:
            if one.bucket is not None:
                one.bucket.parts = parts

    def stands(self, medium: Medium, carrier: Carrier, after: Standing) -> None:
        """Note how one stands now; whether it is in trouble is for the operators too."""
        before, carrier.standing = carrier.standing, after
        if before.in_trouble != after.in_trouble:
            self.turns.append(Turn(medium, carrier.name, before, after))

    def heed(self, proof: Proof, now: datetime) -> None:
        """Take in what a report showed: one that takes everything and carries nothing is in trouble, too."""
        for one in self.of(proof.medium):
            if one.name != proof.provider:
                continue
            if proof.fault:
                self.stands(proof.medium, one, standings.unmasked(one.standing, now, proof.fault))
            elif one.standing.by_report:
                self.stands(proof.medium, one, WELL)

    def inherit(self, old: "Carriers", now: datetime) -> None:
        """Go on from where the same providers stood under the settings before."""
        for medium, some in self._by_medium.items():
            known = {one.name: one for one in old.of(medium)}
            for one in some:
                if one.name in known:
                    one.inherit(known[one.name], now)
        self.turns, old.turns = [*old.turns, *self.turns], []


def _counts(one: Carrier, known: Sequence[Carrier]) -> bool:
    """Is what this one takes of use? Of one in trouble only where all are: else its room is no place to go."""
    return not one.standing.in_trouble or all(other.standing.in_trouble for other in known)
