"""The plans that a replay is played under: one from beginning to end, or those that were in force then, in turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pagerd.config.load import load
from pagerd.core.contact_questions import ContactRules
from pagerd.core.errors import InvalidPlan
from pagerd.core.people import ShiftNotices
from pagerd.core.plan import Keep, Plan
from pagerd.core.worklog.rules import RestKind


@dataclass(frozen=True, slots=True)
class Line:
    """What is in force from the first instant on, and what comes into force with a revision of then."""

    first: Plan
    revisions: Mapping[str, Plan] = field(default_factory=dict)

    def at_revision(self, revision: str) -> Plan | None:
        """Return the plan that comes into force with a revision of then, or None: the one in force stays."""
        return self.revisions.get(revision)


def as_played(plan: Plan) -> Plan:
    """Return a plan as it is played: nothing is forgotten, nobody gets a digest, hears of shifts or is asked.

    The cover that a rest earned then is an override of then, and stands in the recording as one; earned once more, it
    would be there twice.
    """
    return replace(
        plan,
        keep=Keep(pages=None, nights=None),
        nights=replace(plan.nights, asks=False, rest=RestKind.NONE),
        contacts=ContactRules(),
        people={name: replace(one, shift_notices=None) for name, one in plan.people.items()},
        teams={name: replace(team, digest_at=None, shift_notices=ShiftNotices()) for name, team in plan.teams.items()},
        exports_tickets=False,
    )


def only(plan: Plan) -> Line:
    """Return the line of one plan."""
    return Line(as_played(plan))


def of_then(first: str, files: Mapping[str, Mapping[str, str]], at: datetime) -> Line:
    """Return the line of the plans of then. Raises InvalidPlan for one that this version cannot read."""
    known: dict[str, Plan] = {}
    for revision, texts in files.items():
        plan = load(texts, now=at).plan
        if plan is None:
            raise InvalidPlan(f"the files of revision {revision} cannot be read by this version of pagerd")
        known[revision] = as_played(replace(plan, revision=revision))
    if first not in known:
        raise InvalidPlan(f"the files of revision {first}, in force at {at.isoformat()}, are not kept any more")
    return Line(known[first], known)
