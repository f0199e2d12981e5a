"""A decision about an incident in the making, and how one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.errors import Conflict
from pagerd.core.incidents.effects import Effect, RaisePage, TellLeadership, TellPerson, TellQuietly
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.incidents.messages import Write, write_plainly
from pagerd.core.incidents.roles import Standing
from pagerd.core.incidents.severity import IncidentPolicy
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry
from pagerd.core.values import changed


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that stands against a transition: a code for programs, and what it means."""

    code: str
    what: str


class TransitionRefused(Conflict):
    """What was asked cannot be done now; `unmet` says by code what stands against it. Nothing was changed."""

    def __init__(self, message: str, unmet: Sequence[Unmet]) -> None:
        super().__init__(message)
        self.unmet = tuple(unmet)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of the incident, what must be done, and why, in order."""

    incident: Incident
    effects: tuple[Effect, ...]
    entries: tuple[Entry, ...]


class Draft:
    """Collects one decision. Lives for one call of `decide` and is never shared."""

    __slots__ = ("effects", "entries", "incident", "now", "plan", "write")

    def __init__(self, incident: Incident, plan: Plan, now: datetime, write: Write = write_plainly) -> None:
        self.incident = incident
        self.plan = plan
        self.now = now
        self.write = write
        self.effects: list[Effect] = []
        self.entries: list[Entry] = []

    @property
    def policy(self) -> IncidentPolicy:
        """What the severity asks; one that the files do not have any more asks what its rank does."""
        return self.plan.incident_policy(self.incident.severity, self.incident.rank)

    def change(self, **fields: object) -> None:
        """Replace fields of the incident."""
        self.incident = changed(self.incident, **fields)

    def put_role(self, role: str, standing: Standing) -> None:
        """Let a role stand so."""
        self.change(roles={**self.incident.roles, role: standing})

    def do(self, effect: Effect) -> None:
        """Ask the shell for something. What was written down afterwards asks nobody for anything."""
        if self.incident.is_real or not isinstance(effect, RaisePage | TellPerson | TellLeadership | TellQuietly):
            self.effects.append(effect)

    def record(self, kind: str, **details: str) -> None:
        """Write one line of the timeline about what happens now."""
        self.record_at(self.now, kind, **details)

    def record_at(self, at: datetime, kind: str, **details: str) -> None:
        """Write one line about what happened then; when it was written down is in the history."""
        self.entries.append(Entry(at, kind, {name: said for name, said in details.items() if said}))

    def refuse(self, code: str, what: str) -> TransitionRefused:
        """Return the refusal for one thing that stands against it."""
        return TransitionRefused(f"{name_of(self.incident).capitalize()}: {what}", (Unmet(code, what),))

    def decision(self) -> Decision:
        """Close the draft: the version grows with every event, so that two writers can never both be right."""
        grown = changed(self.incident, version=self.incident.version + 1)
        return Decision(grown, tuple(self.effects), tuple(self.entries))
