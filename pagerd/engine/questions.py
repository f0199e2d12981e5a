"""When providers are asked for what they did not tell: rows with a due time, like everything that waits.

Where providers can call back, they are asked only about what stays unreported: callbacks get lost. Where they cannot,
asking is the only way to hear anything. The asking itself is in `asking`, outside any transaction.
"""

from datetime import datetime, timedelta

from pagerd.core.paging.notification import UNDECIDED, Notification
from pagerd.core.people import Medium
from pagerd.engine.codes import TEST_LASTS
from pagerd.engine.work import Hearing, Question, Work
from pagerd.stores.base import Connection
from pagerd.stores.records import contacts, notifications, timers

UNREPORTED_AFTER = timedelta(minutes=1)
"""How long a callback may take before the provider is asked: most come within seconds, and some get lost.

A reply that was texted while we were starting again would be lost for good: Twilio tries twice within seconds.
"""

ASKED_FOR = timedelta(minutes=35)
"""How long after its last word a message is asked about. A text is worth sending for half an hour at most."""

PAUSE_SHARE = 4
"""A quarter of the message's age is the pause between two questions: what is learned is late by so much at most."""

PAUSE_MAX = timedelta(minutes=5)

IDLE_EVERY = timedelta(minutes=1)
"""How often texts are fetched while nobody's reply is awaited: STOP and START come at any time."""


async def begin(work: Work) -> None:
    """Fetch texts from now on, or no more: the settings in force say which. What waited for a callback goes on."""
    if not work.hearing.asks_for_texts:
        await rest(work)
    elif not work.hearing.by_callback:
        await timers.put(work.c, "inbox", "", work.now)
        work.wakes_at(work.now)


async def rest(work: Work) -> None:
    """Fetch no more texts until somebody is asked by text again, unless somebody was just now."""
    if not work.hearing.asks_for_texts or not await is_answer_awaited(work.c, work.now):
        await timers.put(work.c, "inbox", "", None)


async def is_answer_awaited(c: Connection, now: datetime) -> bool:
    """Was somebody asked by text about a page that is open, or sent a test page that they have not answered yet?"""
    return await notifications.is_answer_awaited(c) or await contacts.is_test_open(c, now - TEST_LASTS)


async def watch(work: Work, one: Notification) -> None:
    """Ask later how far this notification came, and look for its answer soon."""
    await _ask_at(work, one, pause_least(work.hearing))
    if one.medium is Medium.SMS and one.code is not None:
        await fetch_texts_within(work, pause_least(work.hearing))


async def fetch_texts_within(work: Work, pause: timedelta) -> None:
    """Fetch texts after this pause, if not sooner anyway."""
    if not work.hearing.asks_for_texts:
        return
    waiting = await timers.find(work.c, "inbox", "")
    if waiting is None or waiting.due > work.now + pause:
        await timers.put(work.c, "inbox", "", work.now + pause)
        work.wakes_at(work.now + pause)


async def report_due(work: Work, notification_id: str) -> None:
    """Ask about a notification whose provider has not said its last word, less and less often, and not for ever.

    Whoever only observes asks nobody, also not about what was sent before.
    """
    one = await notifications.find(work.c, notification_id)
    if work.observing or one is None or one.status not in UNDECIDED or work.now - one.moved_at > ASKED_FOR:
        await timers.put(work.c, "report", notification_id, None)
        return
    await _ask_at(work, one, min(max((work.now - one.moved_at) / PAUSE_SHARE, pause_least(work.hearing)), PAUSE_MAX))
    work.questions.append(Question(one))


async def inbox_due(work: Work) -> None:
    """Fetch texts now; whoever fetches them says whether it is to happen again soon."""
    if not work.hearing.asks_for_texts:
        await rest(work)
        return
    await timers.put(work.c, "inbox", "", work.now + IDLE_EVERY)
    work.wakes_at(work.now + IDLE_EVERY)
    work.questions.append(Question())


def pause_least(hearing: Hearing) -> timedelta:
    """Return how soon a provider is asked for what it has not told."""
    return UNREPORTED_AFTER if hearing.by_callback else hearing.every


async def _ask_at(work: Work, one: Notification, pause: timedelta) -> None:
    await timers.put(work.c, "report", one.id, work.now + pause)
    work.wakes_at(work.now + pause)
