"""Simulated senders of alerts: what fires there, what they say of it, and how often they say it.

A source tells its whole group, again and again, until it was answered 2xx; that is what real ones do. Its messages come
twice, are overtaken, and hold things that cannot be read.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pagerd.core.alerts.alert import Batch, Quarantined, ReceivedAlert
from pagerd.core.errors import PagerdError
from pagerd.engine import intake
from pagerd.engine.work import SourceTraits, Work
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.kept import Kept
from pagerd.lab.storms.machine import Down, Machine
from pagerd.lab.storms.perils import INTAKE

TRAITS: Mapping[str, SourceTraits] = {
    "alertmanager": SourceTraits(name="alertmanager", silent_after=timedelta(minutes=30)),
    "leased": SourceTraits(name="leased", stale_resolves_after=timedelta(minutes=30)),
    "tools": SourceTraits(name="tools"),
}

LEASE = timedelta(seconds=80)

RETRY_SECONDS_MAX = 30.0

GROUPS = (
    ("alertmanager", "Down", {"team": "payments", "service": "payments-api", "severity": "page"}, True),
    ("alertmanager", "Errors", {"team": "search", "service": "search-api", "severity": "critical"}, True),
    ("alertmanager", "Lag", {"team": "payments", "service": "payments-batch", "severity": "error"}, True),
    ("alertmanager", "Disk", {"job": "node", "severity": "critical"}, True),
    ("alertmanager", "Chatter", {"team": "payments", "severity": "warning"}, True),
    ("alertmanager", "Vague", {"team": "search", "severity": "critical"}, False),
    ("alertmanager", "Stray", {"severity": "critical"}, True),
    ("alertmanager", "Unknown", {"team": "platform", "severity": "odd"}, True),
    ("leased", "Saturated", {"service": "platform-api", "severity": "critical"}, True),
    ("leased", "Slow", {"service": "search-batch", "severity": "page"}, True),
    ("tools", "Backup", {"team": "platform", "severity": "error"}, True),
    ("tools", "Queue", {"team": "payments", "severity": "warning"}, True),
)
"""Source, alertname, labels, and whether the alert says what it must: with and without an owner, urgent and not."""

PER_GROUP = 30
PER_LEASED_GROUP = 120
"""Alerts of a group, most of which are told again and again: as in life, most of what comes in is no news. A Prometheus
that pushes by itself tells all that fires four times within a lease."""


Name = tuple[str, str]
"""Source and fingerprint."""

_NEVER_TOLD = Kept()


@dataclass(slots=True)
class Signal:
    """One alert at its source."""

    labels: dict[str, str]
    fingerprint: str
    annotations: Mapping[str, str]
    fires: bool = False
    told: bool = False
    """Was it ever told as firing? What never fired is not spoken of."""
    since: float = 0.0


@dataclass(slots=True)
class Group:
    """Alerts that are told together."""

    source: str
    name: str
    signals: list[Signal]
    renews: bool = True
    sending: bool = field(default=False)


def groups() -> list[Group]:
    """Return the groups of all sources, nothing firing."""
    made = []
    for source, name, labels, is_clear in GROUPS:
        signals = []
        for number in range(PER_LEASED_GROUP if source == "leased" else PER_GROUP):
            own = {"alertname": name, "cluster": f"c{number % 3 + 1}", "instance": f"i{number}", **labels}
            summary = f"{name} on i{number}"
            said = {"summary": summary, "runbook_url": "runbooks/payments-5xx.md"} if is_clear else {"summary": summary}
            signals.append(Signal(own, f"{name}-{number}", said))
        made.append(Group(source, name, signals))
    return made


class Senders:
    """Lets alerts fire and end, and tells pagerd."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.groups = groups()
        self._kept: dict[Name, Kept] = {}
        self._in_the_air: Counter[Name] = Counter()
        """Messages about an alert that are not answered yet: what is stored is on its way from one to the other."""

    async def run(self) -> None:
        """Let things fire and end until cancelled."""
        machine, dice, weather = self._machine, self._machine.dice, self._machine.weather
        for group in self.groups:
            machine.spawn(self._renew, group)
        while True:
            await asyncio.sleep(dice.pause(30))
            group = dice.pick(self.groups)
            if weather.strikes(Fault.ALERT_STORM, 0.02):
                for one in dice.sample(self.groups, 4):
                    self._change(one, fires=True, count=PER_GROUP)
            elif weather.strikes(Fault.ALERT_FLAPS, 0.05):
                machine.spawn(self._flap, group)
            elif weather.strikes(Fault.LEASE_ENDS, 0.1):
                leased = dice.pick([one for one in self.groups if one.source == "leased"])
                leased.renews = not leased.renews
            elif weather.strikes(Fault.UNREADABLE, 0.03):
                machine.spawn(self._unreadable, group)
            else:
                firing = sum(signal.fires for signal in group.signals)
                low = firing < len(group.signals) // 2
                self._change(group, fires=dice.hits(0.75 if low else 0.3), count=dice.count(1, len(group.signals) // 4))

    def calm(self) -> None:
        """Whoever stopped renewing renews again."""
        for group in self.groups:
            group.renews = True

    def end_all(self) -> None:
        """Let everything end."""
        for group in self.groups:
            self._change(group, fires=False, count=PER_LEASED_GROUP)

    def _change(self, group: Group, *, fires: bool, count: int) -> None:
        others = [signal for signal in group.signals if signal.fires is not fires]
        for signal in self._machine.dice.sample(others, count):
            signal.fires, signal.since = fires, self._machine.loop.time()
            if fires and group.source == "tools" and self._machine.dice.hits(0.3):
                signal.labels["severity"] = self._machine.dice.pick(("warning", "error", "critical", "page"))
        if others:
            self._machine.spawn(self._tell, group, after=self._machine.dice.between(0, 1))

    async def _renew(self, group: Group) -> None:
        """Tell the group again and again, as long as anything of it fires."""
        every = 20.0 if group.source == "leased" else 60.0
        while True:
            await asyncio.sleep(every * self._machine.dice.between(0.9, 1.1))
            if group.renews and any(signal.fires for signal in group.signals):
                await self._tell(group)

    async def _flap(self, group: Group) -> None:
        signal = self._machine.dice.pick(group.signals)
        for _ in range(6):
            signal.fires = not signal.fires
            signal.since = self._machine.loop.time()
            self._machine.spawn(self._tell, group)
            await asyncio.sleep(self._machine.dice.between(1, 40))

    async def _unreadable(self, group: Group) -> None:
        bad = Quarantined(raw='{"labels": 7}', reason="labels: expected an object")
        await self._send(group.source, Batch(alerts=(), quarantined=(bad,)))

    async def _tell(self, group: Group) -> None:
        """Tell how the group stands, until somebody says that they heard."""
        if group.sending:
            return  # what is on its way tells how things stand when it goes
        group.sending, wait = True, 1.0
        weather, dice = self._machine.weather, self._machine.dice
        try:
            while True:
                batch = self._batch(group)
                if weather.strikes(Fault.ALERT_LATE, 0.05):
                    self._machine.spawn(self._send, group.source, batch, after=dice.between(5, 300))
                if await self._send(group.source, batch):
                    if weather.strikes(Fault.ALERT_TWICE, 0.1):
                        self._machine.spawn(self._send, group.source, batch, after=dice.between(0, 5))
                    return
                await asyncio.sleep(wait)
                wait = min(wait * 2, RETRY_SECONDS_MAX)
        finally:
            group.sending = False

    def _batch(self, group: Group) -> Batch:
        now = self._machine.now()
        told = [signal for signal in group.signals if signal.fires or signal.told]
        alerts = [
            ReceivedAlert(
                fingerprint=signal.fingerprint,
                firing=signal.fires,
                labels=dict(signal.labels),
                annotations=signal.annotations,
                lease_until=now + LEASE if signal.fires and group.source == "leased" else None,
                ended_at=now if not signal.fires else None,
            )
            for signal in told
        ]
        for signal in told:
            signal.told = signal.fires  # an end is told once; what is lost of it is told by whoever asks again
        return Batch(alerts=tuple(alerts))

    async def _send(self, source: str, batch: Batch) -> bool:
        """Make one POST; say whether it was answered 2xx. An answer that was lost makes everything in it unsure."""
        machine = self._machine

        async def act(work: Work) -> None:
            await intake.receive(work, machine.traits[source], batch, renew_life=True)

        names = [_name(source, one) for one in batch.alerts]
        self._in_the_air.update(names)
        try:
            await machine.call(act, INTAKE)
        except (Down, PagerdError) as error:
            machine.record.note(f"{source} meets {type(error).__name__}")
            self._unsure(source, batch)
            return False
        finally:
            self._in_the_air.subtract(names)
        for name, alert in zip(names, batch.alerts, strict=True):
            self._kept[name] = self._kept.get(name, _NEVER_TOLD).told(alert)
        count = max(len(batch.alerts) + len(batch.quarantined), 1)
        firing = sum(alert.firing for alert in batch.alerts)
        machine.record.event("alert in", f"{source} tells {count}, {firing} of them firing", count)
        return True

    def _unsure(self, source: str, batch: Batch) -> None:
        """It is told once more; meanwhile only what both before and after would be the same is sure."""
        told = {alert.fingerprint for alert in batch.alerts}
        for group in self.groups:
            for signal in group.signals:
                signal.told = signal.told or (group.source == source and signal.fingerprint in told)
        for alert in batch.alerts:
            name = _name(source, alert)
            self._kept[name] = self._kept.get(name, _NEVER_TOLD).perhaps_told(alert)

    def acknowledged(self) -> Iterator[tuple[Name, bool]]:
        """Return whether each alert fires after all messages that were answered 2xx, where that is sure."""
        for name, kept in self._kept.items():
            if kept.fires is not None and not self._in_the_air[name]:
                yield name, kept.fires


def _name(source: str, alert: ReceivedAlert) -> Name:
    return source, alert.fingerprint
