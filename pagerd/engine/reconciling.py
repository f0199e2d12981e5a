"""What a source says of our open alerts when it is asked, made durable: suppressed, forgotten, known again.

When it is asked is a row with a due time, like everything that waits; the asking itself is in `asking_sources`, outside
any transaction.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.alerts.known import Known, compared, is_forgotten
from pagerd.core.values import changed
from pagerd.engine import apply, signals, staleness, sweep
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.records import alerts, timers

ASK_EVERY = timedelta(minutes=1)
"""What is suppressed or forgotten is known this late. Alertmanager answers such a question for every open browser."""


async def begin(work: Work, traits: Mapping[str, SourceTraits]) -> None:
    """Ask from now on the sources that can be asked, as the settings in force say, and no others."""
    for name in await timers.subjects(work.c, "ask"):
        if name not in traits or not traits[name].is_asked:
            await timers.put(work.c, "ask", name, None)
    for one in traits.values():
        if one.is_asked:
            await timers.put(work.c, "ask", one.name, work.now)
            work.wakes_at(work.now)


async def ask_due(work: Work, name: str, traits: SourceTraits | None) -> None:
    """Have a source asked now, and again in a minute, whatever becomes of this question."""
    if traits is None or not traits.is_asked:
        await timers.put(work.c, "ask", name, None)
        return
    await timers.put(work.c, "ask", name, work.now + ASK_EVERY)
    work.wakes_at(work.now + ASK_EVERY)
    work.sources_to_ask.append(name)


async def compare(
    work: Work, traits: SourceTraits, fingerprint: str, known: Known, asked_at: datetime, unbroken_since: datetime
) -> None:
    """Compare one alert with what its source said, and let happen what follows."""
    before = await alerts.find(work.c, traits.name, fingerprint)
    if before is None or not before.is_open:
        return
    alert = compared(before, known, asked_at, unbroken_since)
    if alert is not before:
        await alerts.save(work.c, alert)
        if alert.due != before.due:
            await apply.set_alert_timer(work, alert)
        if before.status is AlertStatus.STALE and alert.status is AlertStatus.FIRING:
            signals.renewed(work, alert)
            await staleness.believed_again(work, alert)
        if alert.suppression != before.suppression:
            signals.suppressed(work, alert)
            await sweep.look_at_silences(work, alert)
    if is_forgotten(alert, asked_at):
        await staleness.went_stale(work, alert, traits, forgotten=True)


async def suppression_ended(work: Work, alert: Alert) -> None:
    """The source's own silence is over, or it has not said for a while that it still suppresses the alert."""
    alert = changed(alert, suppression=None, suppressed_until=None)
    await alerts.save(work.c, alert)
    await apply.set_alert_timer(work, alert)
    signals.suppressed(work, alert)
    await sweep.look_at_silences(work, alert)
