"""What a person may do, and which line of the files says so. There is no other place that decides it.

Rights follow from config alone: whoever loses the line loses the right with the next request. They are asked for at an
instant, because a lead or an approver may be whoever is on call in a schedule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.plan import Plan

LEADS = ("team_lead", "platform_lead")
"""The roles that lead a team, the nearest first."""


class Right(StrEnum):
    """What somebody may be.

    A RESPONDER is anybody in `people.yaml`: looks, answers pages, works on tickets. A LEAD decides for the people of a
    team: rest, disputes. An APPROVER puts words in public. An ADMIN does everything that is done to pagerd itself.
    """

    RESPONDER = "responder"
    LEAD = "lead"
    APPROVER = "approver"
    ADMIN = "admin"


TOKEN = "api"  # noqa: S105  # how somebody came who showed a token
"""A token may be a script's: who approves or signs comes as themself, signed in or known to the host."""

READ, ACK, ADMINISTER = "read", "ack", "admin"
"""The scopes of the API, each within the next."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One right of one person, and the value of the files that gives it.

    `team` is the only one that it is about. With a `schedule` it is theirs while they are on call there.
    """

    right: Right
    key: tuple[str, ...]
    team: str | None = None
    schedule: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do at one instant."""

    plan: Plan
    person: str
    at: datetime

    @property
    def is_responder(self) -> bool:
        """Are they in the files at all?"""
        return self.person in self.plan.people

    @property
    def is_admin(self) -> bool:
        """Do they answer for this pagerd? Who is told of its troubles may do everything about them."""
        return self.is_responder and self.person in self.plan.operators

    @property
    def is_approver(self) -> bool:
        """May they approve what the public reads?"""
        return any(True for _ in self._approves())

    def leads(self, team: str) -> bool:
        """Do they lead a team: as its own lead, or as the platform's?"""
        return any(True for _ in self._leads(team))

    @property
    def scopes(self) -> frozenset[str]:
        """What they may ask of the API; a token of theirs holds no more, whatever it was made with."""
        if self.is_admin:
            return frozenset({READ, ACK, ADMINISTER})
        return frozenset({READ, ACK}) if self.is_responder else frozenset()

    @property
    def lasting(self) -> frozenset[Right]:
        """The rights that hold until somebody edits the files; turns of a schedule come and go by themselves."""
        return frozenset(grant.right for grant in self.grants() if grant.schedule is None)

    def grants(self) -> tuple[Grant, ...]:
        """Return every right with where it comes from."""
        if not self.is_responder:
            return ()
        found = [Grant(Right.RESPONDER, ("people", self.person))]
        found += (grant for team in self.plan.teams for grant in self._leads(team))
        found += self._approves()
        if self.is_admin:
            found.append(Grant(Right.ADMIN, ("settings", "operators")))
        return tuple(found)

    def _leads(self, team: str) -> Iterator[Grant]:
        own = self.plan.teams[team].roles if team in self.plan.teams else {}
        for role in LEADS:
            key = ("teams", team, role) if role in own else ("roles", role)
            target = own.get(role) or self.plan.roles.get(role) or role
            yield from self._behind(Right.LEAD, key, target, team)

    def _approves(self) -> Iterator[Grant]:
        for target in self.plan.approvers:
            yield from self._behind(Right.APPROVER, ("settings", "approvers"), target, None)

    def _behind(self, right: Right, key: tuple[str, ...], target: str, team: str | None) -> Iterator[Grant]:
        """Give the right if the person is who the target names now; a name is a person's before it is a schedule's."""
        if not self.is_responder:
            return
        if target == self.person:
            yield Grant(right, key, team)
            return
        is_schedule = target not in self.plan.people and target in self.plan.book.schedules
        if is_schedule and self.person in people_on_call(self.plan.book, target, self.at):
            yield Grant(right, key, team, target)


def rights_of(plan: Plan, person: str, at: datetime) -> Rights:
    """Return what a person may do at an instant: nothing, for somebody whom the files do not know."""
    return Rights(plan, person, at)
