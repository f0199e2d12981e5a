"""Escalation chains of Grafana OnCall as escalation policies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from pagerd.core.plan import EscalationPolicy
from pagerd.importers.drafts import policy_of
from pagerd.importers.exports import Json
from pagerd.importers.grafana_oncall_files import Export
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names

REPEATS = 5
"""How often Grafana OnCall goes through a chain again that says so."""

LAST_WAIT = timedelta(minutes=5)
"""How long a last step waits that says nothing of it, before the last resort."""


class ChainReader:
    """Reads all chains. `people`, `schedules` are the names here; `members` those of whole teams."""

    def __init__(
        self,
        export: Export,
        ledger: Ledger,
        people: Mapping[str, str],
        schedules: Mapping[str, str],
        members: Mapping[str, Sequence[str]],
    ) -> None:
        self._export = export
        self._ledger = ledger
        self._names = Names({"standard"})
        self._people = people
        self._schedules = schedules
        self._members = members

    def read(self) -> dict[str, tuple[Entry, EscalationPolicy]]:
        """Return the policies by the ids of their chains."""
        steps: dict[str, list[Json]] = {}
        for step in self._export.of("escalation_policies"):
            steps.setdefault(step.text_of("escalation_chain_id"), []).append(step)
        found: dict[str, tuple[Entry, EscalationPolicy]] = {}
        for chain in self._export.of("escalation_chains"):
            id_ = chain.field("id").text()
            entry = self._ledger.entry("escalation chain", id_, chain.text_of("name"))
            policy = self._policy(entry, sorted(steps.get(id_, ()), key=_position))
            if policy is not None:
                found[id_] = (entry, policy)
        return found

    def _policy(self, entry: Entry, source: list[Json]) -> EscalationPolicy | None:
        steps: list[tuple[tuple[str, ...], timedelta]] = []
        paged: list[str] = []
        waits, repeat = timedelta(0), 0
        for place, step in enumerate(source, start=1):
            kind = step.text_of("type")
            if kind == "wait":
                length = timedelta(seconds=step.field("duration").integer())
                if paged or steps:
                    waits += length
                else:
                    entry.change(f"it waited {length} before it paged anybody: here step 1 goes at once")
            elif kind == "repeat_escalation":
                repeat = REPEATS
            else:
                if waits:
                    steps.append((tuple(paged), waits))
                    paged, waits = [], timedelta(0)
                paged += self._targets(entry, place, kind, step)
        if paged:
            if not waits:
                entry.remark(f"nothing followed its last step: it waits {LAST_WAIT.seconds // 60}m for an answer here")
            steps.append((tuple(paged), waits or LAST_WAIT))
        if not source:
            entry.leave_out("it has no steps")
            return None
        if len({step.is_on("important", otherwise=False) for step in source if step.get("important") is not None}) > 1:
            entry.change(
                "important steps are as loud as the others: how loudly somebody is paged is the severity's here"
            )
        name = self._names.give(entry.name, otherwise=f"chain-{entry.id}")
        policy = policy_of(entry, name, steps, repeat)
        if policy is not None:
            entry.becomes = f"policy {policy.id}"
        return policy

    def _targets(self, entry: Entry, place: int, kind: str, step: Json) -> Iterable[str]:
        match kind:
            case "notify_on_call_from_schedule":
                schedule = step.text_of("notify_on_call_from_schedule")
                if schedule not in self._schedules:
                    entry.change(f"step {place} pages schedule {schedule}, which is not imported")
                return [self._schedules[schedule]] if schedule in self._schedules else []
            case "notify_persons":
                return self._named(entry, place, step.list_of("persons_to_notify"))
            case "notify_person_next_each_time":
                entry.change(f"step {place} paged one after another from page to page: here it pages all of them")
                return self._named(entry, place, step.list_of("persons_to_notify_next_each_time"))
            case "notify_team_members":
                return self._members.get(step.text_of("notify_team_members") or step.text_of("team_to_notify"), ())
            case _:
                entry.change(f"step {place}, {kind}, is left out: steps here page people and schedules")
                return []

    def _named(self, entry: Entry, place: int, users: Iterable[Json]) -> list[str]:
        named: list[str] = []
        for user in users:
            id_ = user.text()
            if id_ in self._people:
                named.append(self._people[id_])
            else:
                entry.change(f"step {place} paged user {id_}, who is not among the users any more")
        return named


def _position(step: Json) -> int:
    position = step.get("position")
    return 0 if position is None else position.integer()
