"""Checks that pagerd's time goes on whatever is done to the wall: no clock that is set back makes anything late.

Everything else that storms check of time goes by the pace of the storm's own model. Here pagerd's clock is held against
it: it may fall behind only where nothing waits, or by what a start after a crash cannot know.
"""

from datetime import datetime, timedelta

from pagerd.engine.clock import SteadyClock
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import NOTED_AGAIN_SECONDS, NOTED_EVERY_SECONDS, Machine
from pagerd.lab.storms.pace import STANDS_MAX
from pagerd.lab.storms.sending import Sending, micros
from pagerd.stores.base import Connection

_WAITS = (
    "SELECT id FROM pages WHERE status <> 'resolved'"
    " UNION ALL SELECT id FROM incidents WHERE status IN ('triage', 'investigating', 'mitigating', 'monitoring')"
    " UNION ALL SELECT id FROM notifications WHERE status IN ('pending', 'claimed')"
    " UNION ALL SELECT source || ' ' || fingerprint FROM alerts"
    " WHERE status <> 'resolved' AND json_extract(body, '$.held_until') IS NOT NULL LIMIT 1"
)

ROUNDING = timedelta(milliseconds=1)
"""Pagerd adds seconds of a float to an instant; the model does not."""

START_TAKES_MICROS = 2_000_000


class Timekeeping:
    """Holds pagerd's clock against the pace that it must go at."""

    def __init__(self, machine: Machine, sending: Sending, findings: Findings) -> None:
        self._machine = machine
        self._sending = sending
        self._findings = findings
        self._starts: list[int] = []

    def begins(self, clock: SteadyClock) -> None:
        """A start goes on where the run before it was at its last note, if the wall is behind that."""
        machine, at = self._machine, clock.now()
        self._check_not_ahead(at)
        now, begin = machine.wall, micros(at)
        per_start = round((NOTED_EVERY_SECONDS + NOTED_AGAIN_SECONDS) * 1e6) + START_TAKES_MICROS
        starts = 1 + sum(begin <= start for start in self._starts)
        unknown = machine.blind_between(begin, now) + starts * per_start
        if now - begin > unknown:
            self._findings.breaks(
                "I3",
                f"a start begins {(now - begin) / 1e6:.0f} s before it stopped, of which {unknown / 1e6:.0f} s"
                " are what it cannot know",
            )
        self._starts.append(begin)
        if machine.now() - at > STANDS_MAX:
            self._sending.lived_twice.append((begin, machine.went))
            self._go_on_from(at)
            machine.blind.append((begin, begin + START_TAKES_MICROS))

    async def look(self, c: Connection) -> None:
        """At the end of a unit: the time that it was decided at is the time that it is."""
        shown, behind = self._machine.shown(), self._machine.now() - self._machine.shown()
        self._check_not_ahead(shown)
        if behind <= STANDS_MAX + ROUNDING:
            return
        rows = await c.execute(_WAITS)
        if rows:
            self._findings.breaks(
                "I3", f"pagerd's time fell {behind.total_seconds():.0f} s behind what passed, and {rows[0][0]!r} waits"
            )
        if shown != self._machine.clock.now():
            self._findings.breaks("I3", f"pagerd goes by {shown}, and the wall shows {self._machine.clock.now()}")
        self._go_on_from(shown)

    def _check_not_ahead(self, shown: datetime) -> None:
        ahead = shown - self._machine.now()
        if ahead > ROUNDING:
            self._findings.breaks("I3", f"pagerd's time is {ahead.total_seconds():.3f} s ahead of what passed")

    def _go_on_from(self, at: datetime) -> None:
        """From here on everything is earlier: nothing that hindered lies in the time to come."""
        self._machine.pace.go_on_from(at)
        come_to = micros(at)
        self._machine.blind = [(min(begin, come_to), min(end, come_to)) for begin, end in self._machine.blind]
        if self._machine.blind_since is not None:
            self._machine.blind_since = min(self._machine.blind_since, come_to)
        self._sending.begin_no_trouble_after(come_to)
