"""Checks what is stored, at the end of every unit: what changed at once, and now and then everything.

The statements are these checkers' own, and pages are read as plain JSON: a fault in what the engine reads and writes
with must not blind whoever looks for it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pagerd.core.audit import content_of, hash_of
from pagerd.lab.storms.duty import Duty
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Machine
from pagerd.lab.storms.sending import LATE_MICROS, Sending, micros
from pagerd.lab.storms.sources import Senders
from pagerd.stores.base import Connection, Row, Value

_NEW_ENTRIES = (
    "SELECT seq, object_id, version, at, plan, event, body, entries, hash FROM history WHERE seq > $1 ORDER BY seq"
)
_PAGE = (
    "SELECT p.status, p.version, p.body, t.due, t.attempts FROM pages p"
    " LEFT JOIN timers t ON t.kind = 'page' AND t.subject = p.id WHERE p.id = $1"
)
_ALERTS_OF_PAGE = (
    "SELECT COUNT(*), COALESCE(SUM(json_extract(body, '$.muted_by') IS NOT NULL), 0),"
    " COALESCE(SUM(status = 'stale'), 0) FROM alerts WHERE page_id = $1 AND status <> 'resolved'"
)
_OPEN_PAGES = "SELECT id FROM pages WHERE status <> 'resolved'"
_OPEN_ALERTS = (
    "SELECT a.source, a.fingerprint, a.body, p.status, k.status, t.due FROM alerts a"
    " LEFT JOIN pages p ON p.id = a.page_id LEFT JOIN tickets k ON k.id = a.ticket_id"
    " LEFT JOIN timers t ON t.kind = 'alert' AND t.subject = a.source || ' ' || a.fingerprint"
    " WHERE a.status <> 'resolved'"
)
_OVERDUE = "SELECT kind, subject, due FROM timers WHERE due < $1 AND attempts = 0"
_STATUS = "SELECT source, fingerprint, status FROM alerts"
_WALKS = "SELECT 1 FROM timers WHERE kind IN ('sweep', 'muting') AND due <= $1"

LOOK_EVERY = 200
"""Units between two looks at everything."""

PHONES = "+4915100000"
"""How the numbers of the company begin; only their last three signs may be seen anywhere."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of an object."""

    version: int
    hash: str


def is_carried(page: Mapping[str, Any]) -> bool:
    """Does its acknowledgement last as long as the incident that it is part of?"""
    part, held = page["part"], page["acknowledgement"]
    return bool(held and part and part["is_open"] and not part["errand"] and not held["is_snooze"])


def due_of(page: Mapping[str, Any]) -> str | None:
    """Return when a page must be looked at again by its state; None where it needs nobody, or says why it waits."""
    if page["status"] == "resolved":
        return None
    if page["settle_until"]:
        return str(page["settle_until"])
    if page["frozen_why"]:
        return None
    if page["opens_at"]:
        return str(page["opens_at"])
    held = page["acknowledgement"]
    if is_carried(page):
        return str(page["closes_at"]) if page["closes_at"] else None
    waits = held["until"] if held else page["position"]["due"]
    found = [one for one in (waits, page["closes_at"]) if one]
    return str(min(found, key=datetime.fromisoformat)) if found else None


class Checks:
    """Looks at the disk itself, past all that may be wrong with it for pagerd."""

    def __init__(self, machine: Machine, sending: Sending, senders: Senders, findings: Findings) -> None:
        self._machine = machine
        self._sending = sending
        self._senders = senders
        self._findings = findings
        self._duty = Duty(machine, findings)
        self._seq = 0
        self._heads: dict[str, Head] = {}
        self._due: dict[str, int] = {}
        """By page: when it was due by its newest state."""
        self._due_since: dict[str, int] = {}
        """By page: since when it was due then. What waited for a page to settle may be due from before that."""
        self._overdue: dict[Row, int] = {}
        """Timers that were overdue at the last look, each since when it is seen so: what is set late is not late."""
        self.commits = 0

    async def look(self, c: Connection) -> None:
        """Look at what a unit changed, and now and then at everything."""
        self.commits += 1
        if self.commits % LOOK_EVERY:
            await self._look_at_news(c)
        else:
            await self._look_at_everything(c)

    async def _look_at_news(self, c: Connection) -> None:
        rows = await c.execute(_NEW_ENTRIES, self._seq)
        if not rows:
            return
        changed: dict[str, None] = {}
        for row in rows:
            self._seq = _number(row[0])
            object_id = str(row[1])
            self._check_chain(object_id, row)
            await self._duty.look(c, row)
            if object_id.startswith("p-"):
                self._check_entry(object_id, row)
                changed[object_id] = None
        for page_id in changed:
            await self._check_page(c, page_id)

    def _check_chain(self, object_id: str, row: Row) -> None:
        version, at, plan, event = _number(row[2]), _number(row[3]), str(row[4]), str(row[5])
        last = self._heads.get(object_id, Head(0, ""))
        content = content_of(str(row[6]), str(row[7]))
        expected = hash_of(last.hash, object_id, version, at, plan, event, content)
        if version != last.version + 1 or row[8] != expected:
            self._findings.breaks("I12", f"entry {version} of {object_id} does not follow entry {last.version}")
        self._heads[object_id] = Head(version, str(row[8]))
        if PHONES in str(row[7]):
            self._findings.breaks("I15", f"the timeline of {object_id} has a whole number: {row[7]!r}")

    def _check_entry(self, page_id: str, row: Row) -> None:
        """Who answered was asked; what the clock did, it did in its time."""
        event = str(row[5])
        if event == "TimerFired":
            self._check_timer(page_id, _number(row[3]))
        elif event in ("Acknowledged", "Snoozed"):
            said = json.loads(str(row[6]))
            asked = (said["by"], page_id) in self._sending.may_answer
            if said["via"] in ("sms", "voice") and not asked:
                self._findings.breaks("I5", f"{said['by']} answered for {page_id} and was never asked about it")
        if event != "NoteAdded":
            self._machine.record.note(f"{page_id} {event} {str(row[6])[:100] if event != 'PageOpened' else ''}")

    def _check_timer(self, page_id: str, at: int) -> None:
        due = self._due.get(page_id)
        if due is None:
            return
        if at < due:
            self._findings.breaks("I3", f"the timer of {page_id} fired {(due - at) / 1e6:.1f} s early")
        due = max(due, self._due_since.get(page_id, due))
        late = at - due - LATE_MICROS - self._machine.blind_between(due, at)
        if late > 0:
            self._findings.breaks("I3", f"the timer of {page_id} fired {(at - due) / 1e6:.1f} s late")

    async def _check_page(self, c: Connection, page_id: str) -> None:
        rows = await c.execute(_PAGE, page_id)
        if not rows:
            self._findings.breaks("I12", f"{page_id} has entries and is not there")
            return
        status, version, body, timer, tries = rows[0]
        page = json.loads(str(body))
        head = self._heads.get(page_id, Head(0, ""))
        if (version, page["version"], page["head"], page["status"]) != (head.version, head.version, head.hash, status):
            self._findings.breaks("I12", f"{page_id} is at version {version!r}, and its entries at {head.version}")
        due = due_of(page)
        was_due = self._due.pop(page_id, None)
        if status == "resolved":
            if timer is not None and not tries:
                self._findings.breaks("I2", f"{page_id} is resolved, and a timer waits for it")
            return
        if due is not None:
            self._due[page_id] = micros(datetime.fromisoformat(due))
            if self._due[page_id] != was_due:
                self._due_since[page_id] = self._machine.wall
        if due is None and not page["frozen_why"] and not is_carried(page):
            self._findings.breaks("I2", f"{page_id} is {status!r} and waits for nothing")
        if not tries and timer != self._due.get(page_id):
            self._findings.breaks("I2", f"{page_id} is due at {due}, and its timer at {_instant(timer)}")
        await self._check_counts(c, page)

    async def _check_counts(self, c: Connection, page: Mapping[str, Any]) -> None:
        """A page counts its alerts; what it believes of them must be what they are."""
        real = (await c.execute(_ALERTS_OF_PAGE, page["id"]))[0]
        known = (page["firing"], page["muted"], page["stale"])
        if known != real:
            self._findings.breaks("I2", f"{page['id']} counts (firing, muted, stale) {known}, and has {real}")
        if page["frozen_why"] and _number(real[1]) < _number(real[0]):
            self._findings.breaks("I2", f"{page['id']} is frozen, and of (firing, muted, stale) {real} some are heard")

    async def look_at_all(self) -> None:
        """Look at everything there is: the whole of what `look` looks at piece by piece."""
        await self._machine.disk.read(self._look_at_everything)

    async def _look_at_everything(self, c: Connection) -> None:
        await self._look_at_news(c)
        await self._duty.look_at_all(c)
        for row in await c.execute(_OPEN_PAGES):
            await self._check_page(c, str(row[0]))
        walks = bool(await c.execute(_WALKS, self._machine.wall))
        for row in await c.execute(_OPEN_ALERTS):
            self._check_alert(row, walks=walks)
        now = self._machine.wall
        overdue = {row: self._overdue.get(row, now) for row in await c.execute(_OVERDUE, now - LATE_MICROS)}
        self._overdue = overdue
        for (kind, subject, due), seen in overdue.items():
            if seen + 2 * LATE_MICROS + self._machine.blind_between(_number(due), now) < now:
                late = (now - _number(due)) / 1e6
                self._findings.breaks("I3", f"the timer {kind!r} {subject!r} is {late:.1f} s overdue")
        self._check_kept(await c.execute(_STATUS))

    def _check_alert(self, row: Row, *, walks: bool) -> None:
        """A firing alert is in a page, in a ticket, waits for an instant, is muted, or was dropped by a verdict."""
        source, fingerprint, body, page, ticket, due = row
        alert = json.loads(str(body))
        if page in ("triggered", "acknowledged") or ticket is not None or alert["verdict"] == "drop":
            return
        if alert["held_until"] is not None and due is not None:
            return
        if alert["muted_by"] is not None and (walks or self._is_muted(alert)):
            return
        where = (
            f"page {alert['page_id']} {page!r}, ticket {alert['ticket_id']} {ticket!r}, muted by {alert['muted_by']}"
        )
        self._findings.breaks("I2", f"{source!r} {fingerprint!r} fires and is nowhere ({where}, {alert['verdict']})")

    def _is_muted(self, alert: Mapping[str, Any]) -> bool:
        process = self._machine.process
        plan = process.engine.plan if process is not None else None
        now = self._machine.now()
        return plan is None or any(one.id == alert["muted_by"] and one.start <= now < one.end for one in plan.silences)

    def _check_kept(self, rows: Iterable[Row]) -> None:
        """What was answered 2xx is what is stored, for sources whose alerts end by their word alone."""
        status = {(str(source), str(fingerprint)): str(found) for source, fingerprint, found in rows}
        for name, fires in self._senders.acknowledged():
            if name[0] == "leased":
                continue
            if fires is not (status.get(name) in ("firing", "stale")):
                self._findings.breaks("I1", f"{name} was told as {fires=} and answered 2xx, and is {status.get(name)}")


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _instant(value: Value) -> str | None:
    return datetime.fromtimestamp(_number(value) / 1e6, UTC).isoformat() if value is not None else None
