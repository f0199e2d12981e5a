"""Checks who was paged by a step against who is on call by the files in force, the overrides stored and the instant.

The answer is computed anew each time, on a book that nobody has asked before: what the engine keeps in memory, a plan
with what is stored laid over it and rosters made ready, must not show. Which overrides there are is read from their own
entries, in the order of all entries: within one transaction a step may come before an override, and must not know it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.plan import Plan
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Machine
from pagerd.stores.base import Connection, Row

_PAGE = "SELECT body FROM pages WHERE id = $1 AND version = $2"
_OVERRIDES = "SELECT id, body FROM overrides"


class Duty:
    """Looks at each step that was taken."""

    def __init__(self, machine: Machine, findings: Findings) -> None:
        self._machine = machine
        self._findings = findings
        self._overrides: dict[str, Override] = {}

    async def look(self, c: Connection, entry: Row) -> None:
        """Look at one entry, at the end of the unit that made it."""
        object_id, event = str(entry[1]), str(entry[5])
        if object_id.startswith("p-"):
            await self._look_at_step(c, entry)
        elif event == "OverrideAdded":
            self._overrides[object_id] = _override(json.loads(str(entry[6])))
        elif event == "OverrideTakenBack":
            del self._overrides[object_id]

    async def look_at_all(self, c: Connection) -> None:
        """The overrides that are stored are those that have an entry."""
        stored = {str(name): _override(json.loads(str(body))) for name, body in await c.execute(_OVERRIDES)}
        if stored != self._overrides:
            self._findings.breaks("I12", f"overrides {stored} are stored, and by their entries {self._overrides}")

    async def _look_at_step(self, c: Connection, entry: Row) -> None:
        said = [one for one in json.loads(str(entry[7])) if one["kind"] in ("step.paged", "person.unreachable")]
        paged = next((one["details"] for one in said if one["kind"] == "step.paged"), None)
        if paged is None:
            return
        rows = await c.execute(_PAGE, entry[1], entry[2])
        page = json.loads(str(rows[0][0])) if rows else None
        if page is None or page["position"]["stage"] != "step":
            return
        unreachable = {one["details"]["person"] for one in said if one["kind"] == "person.unreachable"}
        asked = set(paged["people"].split(", "))
        known = unreachable | set(page["position"]["paged"])
        plan, at = self._machine.filed[str(entry[4])], datetime.fromtimestamp(int(str(entry[3])) / 1e6, UTC)
        # Whoever may not have the role that is asked for is on call, and is never asked.
        spared = set((page["part"] or {}).get("spared", ()))
        answer = _on_call(plan, tuple(self._overrides.values()), page, at) - spared
        if not asked <= answer <= known:
            self._findings.breaks(
                "I10",
                f"{page['id']} pages {sorted(asked)} at {at}, and on call are {sorted(answer)}, of whom"
                f" {sorted(known - asked)} were paged before or cannot be reached",
            )


def _on_call(plan: Plan, stored: tuple[Override, ...], page: Mapping[str, Any], at: datetime) -> set[str]:
    """Return who is behind the targets of the step where a page stands."""
    book = replace(plan.book, overrides=(*plan.book.overrides, *stored))
    team, step = plan.teams.get(page["subject"]["team"]), page["steps"][page["position"]["index"]]
    found: set[str] = set()
    for target in step["targets"]:
        name = (team.roles.get(target) if team is not None else None) or plan.roles.get(target) or target
        if name in plan.people:
            found.add(name)
        elif name in book.schedules:
            found.update(one for one in people_on_call(book, name, at) if one in plan.people)
    return found


def _override(body: Mapping[str, Any]) -> Override:
    return Override(
        id=body["id"],
        schedule=body["schedule"],
        kind=OverrideKind(body["kind"]),
        start=datetime.fromisoformat(body["start"]),
        end=datetime.fromisoformat(body["end"]),
        people=tuple(body["people"]),
        instead_of=body["instead_of"],
        why=body["why"],
        by=body["by"],
        stored=body["stored"],
        order=body["order"],
    )
