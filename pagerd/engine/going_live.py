"""Between observing and sending: a daemon does one of them from its start to its end, and the store knows which.

Whoever starts to send on what was only observed must not be met by all that was decided meanwhile: what waits in the
outbox is cancelled, and each page that still wants a human begins at step 1 in one instant, so that each person gets
one message for all of them.
"""

from datetime import datetime

import structlog

from pagerd.core.audit import CONFIG
from pagerd.core.events import ObservingEnded
from pagerd.engine import apply, audit
from pagerd.engine.engine import Engine
from pagerd.engine.work import Work
from pagerd.stores.records import observed, pages

log = structlog.get_logger()

BITE = 200
"""Pages taken up in one transaction: about 200 ms of the writer."""


async def settle_mode(engine: Engine) -> datetime | None:
    """Make the store agree with what the daemon was told to do; return since when it observes, or None: it sends.

    It comes before the first heartbeat. If the process dies midway, the next start does all of it again.
    """
    since = await engine.read(observed.observing_since)
    if engine.observing and since is None:
        return await engine.transact(_begin)
    if not engine.observing and since is not None:
        await _end(engine, since)
        return None
    return since


async def _begin(work: Work) -> datetime:
    await observed.begin_span(work.c, work.now)
    await audit.note(work, CONFIG, "ObservingBegan", {})
    work.say("observing.began", pages_open=sum((await pages.count_open(work.c)).values()))
    return work.now


async def _end(engine: Engine, since: datetime) -> None:
    async def cancel(work: Work) -> int:
        return await observed.forget_what_waits(work.c)

    cancelled = await engine.transact(cancel, sends_at_once=False)
    taken_up, cursor = 0, ""
    while True:
        after = cursor

        async def take_up(work: Work, after: str = after) -> tuple[int, str]:
            found = await observed.open_pages_after(work.c, after, BITE)
            for page in found:
                await apply.happened(work, page, ObservingEnded(since=since))
            return len(found), found[-1].id if found else ""

        count, cursor = await engine.transact(take_up, sends_at_once=False)
        taken_up += count
        if count < BITE:
            break

    async def end(work: Work) -> None:
        await observed.end_span(work.c, work.now)
        await audit.note(work, CONFIG, "ObservingEnded", {"since": since.isoformat()})

    await engine.transact(end, sends_at_once=False)
    log.warning("observing.ended", since=since.isoformat(), pages_taken_up=taken_up, messages_cancelled=cancelled)
