"""What must report every so often: a beat moves a due row on, and the row that comes due raises an ordinary alert."""

from collections.abc import Mapping
from datetime import datetime

from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.core.alerts.episode import Change, observe
from pagerd.core.alerts.heartbeat import FINGERPRINT, Heartbeat, beats_again, due_at, late
from pagerd.engine import placing
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.records import alerts, sources, timers


async def beat(work: Work, heartbeat: Heartbeat) -> None:
    """Note a beat: the next one is late so much later, and an alert about this one is over."""
    await sources.saw(work.c, heartbeat.name, work.now)
    await _end(work, beats_again(heartbeat), heartbeat.name)
    await _look_at(work, heartbeat.name, work.now + heartbeat.late_after)


async def watch(work: Work, traits: Mapping[str, SourceTraits], *, listens_since: datetime | None) -> None:
    """Expect the beats that the settings in force ask for. Until `listens_since` pagerd did not listen itself."""
    seen = await sources.last_seen(work.c)
    for one in traits.values():
        if one.heartbeat is not None:
            await _expect(work, one.heartbeat, seen.get(one.name), listens_since)
    for name in await alerts.sources_with(work.c, FINGERPRINT):
        if name not in traits or traits[name].heartbeat is None:
            await forget(work, name)


async def overdue(work: Work, heartbeat: Heartbeat) -> None:
    """The row of a heartbeat is due: raise the alert, unless a beat came in between."""
    seen = (await sources.last_seen(work.c)).get(heartbeat.name)
    if seen is not None and seen + heartbeat.late_after > work.now:
        await _look_at(work, heartbeat.name, seen + heartbeat.late_after)
        return
    await timers.put(work.c, "source", heartbeat.name, None)
    if seen is None and not heartbeat.is_expected:
        return
    received = late(heartbeat, seen, work.now)
    current = await alerts.find(work.c, heartbeat.name, FINGERPRINT)
    change, alert = observe(heartbeat.name, current, received, work.now)
    if change is Change.NEW_EPISODE:
        await placing.place(work, alert)


async def forget(work: Work, name: str) -> None:
    """End the alert of a heartbeat that the settings do not know any more.

    What a source calls its alerts is its own business: one that has the same name as ours is not ours.
    """
    current = await alerts.find(work.c, name, FINGERPRINT)
    if current is None or current.labels.get("heartbeat") != name:
        return
    await _end(work, ReceivedAlert(fingerprint=FINGERPRINT, firing=False, labels={}), name)


async def _expect(work: Work, heartbeat: Heartbeat, seen: datetime | None, listens_since: datetime | None) -> None:
    if seen is not None:
        if seen + heartbeat.late_after > work.now:
            await _end(work, beats_again(heartbeat), heartbeat.name)  # a longer interval was put in force
        await _look_at(work, heartbeat.name, due_at(heartbeat, seen, listens_since))
    elif heartbeat.is_expected:
        # It waits since it was first expected: a restart must not put that off for ever.
        waiting = await timers.find(work.c, "source", heartbeat.name)
        due = work.now + heartbeat.late_after
        await _look_at(work, heartbeat.name, due if waiting is None else min(waiting.due, due))
    else:
        await timers.put(work.c, "source", heartbeat.name, None)


async def _look_at(work: Work, name: str, due: datetime) -> None:
    await timers.put(work.c, "source", name, due)
    work.wakes_at(due)


async def _end(work: Work, received: ReceivedAlert, name: str) -> None:
    current = await alerts.find(work.c, name, FINGERPRINT)
    change, alert = observe(name, current, received, work.now)
    if current is not None and change is Change.RESOLVED:
        await placing.ended(work, current, alert)
