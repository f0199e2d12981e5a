"""A rest grant: what a person is owed for work by night, and how far that is decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.errors import IllegalTransition
from pagerd.core.worklog.rules import RestKind


class GrantStatus(StrEnum):
    """PROPOSED waits for the lead. PROVISIONAL and APPROVED are in force; DECLINED and WITHDRAWN are not."""

    PROPOSED = "proposed"
    PROVISIONAL = "provisional"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


IN_FORCE = frozenset({GrantStatus.PROVISIONAL, GrantStatus.APPROVED})

_FOLLOWS: Mapping[GrantStatus, frozenset[GrantStatus]] = {
    GrantStatus.PROPOSED: frozenset(
        {GrantStatus.PROVISIONAL, GrantStatus.APPROVED, GrantStatus.DECLINED, GrantStatus.WITHDRAWN}
    ),
    GrantStatus.PROVISIONAL: frozenset({GrantStatus.APPROVED, GrantStatus.DECLINED, GrantStatus.WITHDRAWN}),
    GrantStatus.APPROVED: frozenset({GrantStatus.WITHDRAWN}),
    GrantStatus.DECLINED: frozenset({GrantStatus.APPROVED}),
    GrantStatus.WITHDRAWN: frozenset(),
}
"""What may become of a grant. What was withdrawn may be proposed anew, as another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Who is on call instead in one shift, by which override; without one nobody was left, and the person stays."""

    schedule: str
    start: datetime
    end: datetime
    people: tuple[str, ...] = ()
    override: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What is owed for one night. `start` and `end` are of a rest that has a time, None for half a day or pay.

    `minutes` is the work for which it was proposed. `remind_at` is when the leads are texted who sleep now. `covers` is
    what was written into the schedules when it came into force.
    """

    kind: RestKind
    status: GrantStatus
    minutes: int
    rule: str
    """The rule that it follows from, in words; `plan_revision` is the plan that had it."""
    plan_revision: str
    proposed_at: datetime
    start: datetime | None = None
    end: datetime | None = None
    missed_minutes: int = 0
    """Of the next working day, as the files have it, within the rest."""
    provisional_at: datetime | None = None
    remind_at: datetime | None = None
    asked: tuple[str, ...] = ()
    decided_at: datetime | None = None
    decided_by: str = ""
    why: str = ""
    covers: tuple[Cover, ...] = ()

    @property
    def is_in_force(self) -> bool:
        """Does the person rest, or get what they are owed?"""
        return self.status in IN_FORCE

    @property
    def covering(self) -> tuple[str, ...]:
        """Who is on call for the person, each once, by name."""
        return tuple(sorted({one for cover in self.covers for one in cover.people}))

    @property
    def due(self) -> datetime | None:
        """When it must be looked at again."""
        if self.status is GrantStatus.PROVISIONAL:
            return self.remind_at
        if self.status is not GrantStatus.PROPOSED:
            return None
        return min((at for at in (self.provisional_at, self.remind_at) if at is not None), default=None)


def must_follow(grant: Grant, status: GrantStatus) -> None:
    """Raise IllegalTransition where a grant cannot become this."""
    if status not in _FOLLOWS[grant.status]:
        by = f" by {grant.decided_by}" if grant.decided_by else ""
        raise IllegalTransition(f"this rest is {grant.status.value} already{by}: it cannot become {status.value}")
