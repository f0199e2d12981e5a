"""When the checks of an incident are read, and what becomes of what they said.

That it is time is a row with a due time, like everything that waits; the reading itself is in `sampling`, outside any
transaction. The clock runs while a suspicion is open, and while an incident is being watched.
"""

from datetime import timedelta

from pagerd.core.incidents import gate
from pagerd.core.incidents.events import ChecksMissed, ChecksRead, Sampled
from pagerd.core.incidents.incident import Incident, ReadingState
from pagerd.core.incidents.on_watch import is_news
from pagerd.engine.incidents import apply
from pagerd.engine.work import Work
from pagerd.stores.records import incidents, timers

EVERY = timedelta(minutes=1)
"""What turns red is known this late. Prometheus itself scrapes every 15 to 60 s."""

MISSED_AFTER = 1.5 * EVERY
"""A clock that is carried out later than this after its time: pagerd did not run, and nothing was read meanwhile."""


async def due(work: Work, incident_id: str) -> None:
    """Have the checks of an incident read now, and again in a minute, whatever becomes of this reading."""
    incident = await incidents.find_by_id(work.c, incident_id)
    if incident is None or not incident.is_checked:
        await timers.put(work.c, apply.CHECKS, incident_id, None)
        return
    incident = await _note_missed(work, incident)
    await timers.put(work.c, apply.CHECKS, incident_id, work.now + EVERY)
    work.wakes_at(work.now + EVERY)
    if gate.checks_of(incident, work.plan):
        work.checks_to_read.append(incident.number)
    else:
        await found(work, incident.number, ())


async def incident_due(work: Work, incident_id: str) -> None:
    """Carry out the due time of an incident; what was not watched is said before its watch period is found over."""
    incident = await incidents.find_by_id(work.c, incident_id)
    if incident is not None:
        await _note_missed(work, incident)
    await apply.due(work, incident_id)


async def _note_missed(work: Work, incident: Incident) -> Incident:
    """Say what was not watched because pagerd did not run; before its watch period is found to be over, too."""
    if incident.watch is None or incident.watch.due is None or not gate.checks_of(incident, work.plan):
        return incident
    clock = await timers.find(work.c, apply.CHECKS, incident.id)
    if clock is None or work.now - clock.due <= MISSED_AFTER:
        return incident
    after = await apply.happened(work, incident, ChecksMissed(since=clock.due))
    await timers.put(work.c, apply.CHECKS, incident.id, work.now)
    return after


async def found(work: Work, number: int, samples: tuple[Sampled, ...]) -> None:
    """Take what the checks said, if it is news and somebody still waits for it."""
    incident = await incidents.find(work.c, number)
    if incident is None or not incident.is_checked:
        return
    work.count("checks_unread", by=sum(one.state == ReadingState.UNKNOWN.value for one in samples))
    news = tuple(one for one in samples if is_news(incident, one))
    if news or gate.is_held_for_nothing(incident, work.plan):
        await apply.happened(work, incident, ChecksRead(found=news))
