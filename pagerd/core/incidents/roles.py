"""The three roles of an incident: who may hold which, and what stands against one person holding all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """The incident commander drives the process, the technical lead the fix, the comms lead what is said."""

    IC = "ic"
    TL = "tl"
    COMMS = "comms"


ROLE_NAMES: Mapping[str, str] = {
    Role.IC: "incident commander",
    Role.TL: "technical lead",
    Role.COMMS: "comms lead",
}
"""What people call each."""

DUTIES: Mapping[str, str] = {
    Role.IC: "Decide, assign owners, keep responders undisturbed, see that updates go out on time.",
    Role.TL: "Drive the fix: investigate, plan, assign technical work, verify that it helped.",
    Role.COMMS: "Write the updates, inside and outside, on time; keep the summary of the impact.",
}
"""What whoever takes a role is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a role stands: who holds it since when, and whether a page asks for somebody to take it.

    Where that page `is_pressing`, it ends in the last resort. `unanswered_since` is when everybody had been asked.
    """

    holder: str | None = None
    since: datetime | None = None
    is_asked: bool = False
    is_pressing: bool = False
    unanswered_since: datetime | None = None


def held_by(roles: Mapping[str, Standing], person: str) -> tuple[str, ...]:
    """Return the roles that a person holds."""
    return tuple(role for role in Role if (standing := roles.get(role)) is not None and standing.holder == person)


def would_hold_all(roles: Mapping[str, Standing], person: str, role: str) -> bool:
    """Would this person hold all three roles with this one?"""
    return {*held_by(roles, person), role} >= set(Role)


def alone_in_all(roles: Mapping[str, Standing]) -> str | None:
    """Return the person who holds all three roles now, or None."""
    holders = {roles[role].holder for role in Role if role in roles}
    if len(holders) == 1 and len([role for role in Role if role in roles]) == len(Role):
        return next(iter(holders))
    return None
