"""Asks providers how far messages came and what people texted; what they say goes the way that a callback goes.

A question that fails costs nothing but time: its timer comes again. One provider that hangs holds up neither the
questions about other messages, nor the heartbeat, nor anything that is sent.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from pagerd.channels.base import InboundText
from pagerd.core.errors import PagerdError
from pagerd.core.paging.notification import PROGRESS, Notification, NotificationStatus
from pagerd.engine import apply, outcomes, questions, replies
from pagerd.engine.engine import Engine
from pagerd.engine.work import Question, Work
from pagerd.stores.base import Connection, StoreUnavailable
from pagerd.stores.records import answers

log = structlog.get_logger()

LOOK_BACK = timedelta(hours=1)
"""How old a text may be that is still read: after an outage of ours, or when it is late in the provider's list.

What was read is known by its id, so an overlap costs nothing, and no position is kept that could be wrong. Providers
date texts by their own clocks, so it counts by our wall: after a step back pagerd's own time is ahead of it.
"""

CALLBACK_TAKES_MAX = timedelta(seconds=20)
"""A callback that is not here by then will not come: Twilio gives up after 15 s, and tries twice at most."""

FAILURES_TOLD = 3
"""So many failed fetches in a row, and the operators hear that replies do not: the first may be a hiccup."""

ASKERS = 4
"""Questions about messages in the air at once; texts are fetched beside them."""

QUESTIONS_MAX = 500
"""Questions that wait in memory. One that finds no room is not asked: its timer comes again."""


class Asker:
    """Asks, with as many at once as it was told, until it is stopped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._about: asyncio.Queue[Question] = asyncio.Queue(QUESTIONS_MAX)
        self._texts: asyncio.Queue[Question] = asyncio.Queue(1)
        self._failures: dict[str, int] = {}
        engine.ask = self._take

    def _take(self, question: Question) -> None:
        queue = self._texts if question.about is None else self._about
        if not queue.full():
            queue.put_nowait(question)

    async def run(self) -> None:
        """Ask until cancelled: a question that is given up changes nothing."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask_on(self._texts))
            for _ in range(ASKERS):
                group.create_task(self._ask_on(self._about))

    async def _ask_on(self, queue: "asyncio.Queue[Question]") -> None:
        while True:
            question = await queue.get()
            try:
                await self.ask(question)
            except PagerdError as error:
                # What was learned could not be stored: it is asked for once more.
                log.warning("question.answer_lost", error=str(error))
            except Exception:
                log.exception("question.failed")

    async def ask(self, question: Question) -> None:
        """Ask one question, and store what was learned."""
        if question.about is None:
            await self._fetch_texts()
        else:
            await self._ask_about(question.about)

    async def _ask_about(self, one: Notification) -> None:
        try:
            report = await self._engine.delivery.report(one)
        except PagerdError as error:
            self._count(one.medium.value, "failed")
            log.warning("notification.not_reported", notification=one.id, provider=one.provider, error=str(error))
            return
        self._count(one.medium.value, "answered")
        if PROGRESS[NotificationStatus(report.status.value)] <= PROGRESS[one.status]:
            return

        async def act(work: Work) -> None:
            await outcomes.reported(work, one.id, report)

        await self._engine.transact(act)

    async def _fetch_texts(self) -> None:
        delivery, hearing, clock = self._engine.delivery, self._engine.hearing, self._engine.clock
        now, wall = clock.now(), clock.wall()
        is_awaited = await self._engine.read(lambda c: questions.is_answer_awaited(c, now))
        if hearing.by_callback and not is_awaited:
            await self._engine.transact(questions.rest)
            return
        pause = questions.pause_least(hearing)
        pauses = [pause] if is_awaited else []
        for name, inbox in delivery.inboxes.items():
            try:
                texts = await delivery.texts_since(inbox, wall - LOOK_BACK)
            except PagerdError as error:
                await self._note_failure(name, error)
                asked = getattr(error, "retry_after_seconds", None) or 0
                pauses.append(max(pause, timedelta(seconds=asked)))
            else:
                self._count("inbound", "answered")
                self._failures.pop(name, None)
                # A callback that is on its way carries the answer back: it goes first.
                late = now - CALLBACK_TAKES_MAX if hearing.by_callback else None
                ours = [_dated(text, now - wall) for text in texts]
                await self._read([text for text in ours if late is None or text.at is None or text.at <= late])
        if pauses:
            await self._engine.transact(lambda work: questions.fetch_texts_within(work, max(pauses)))

    async def _read(self, texts: Sequence[InboundText]) -> None:
        """Carry out what was not read before, oldest first, each on its own: a bad one stops no other."""

        async def unread(c: Connection) -> list[InboundText]:
            return [text for text in texts if await answers.answer_to(c, text.provider_id) is None]

        for text in await self._engine.read(unread):
            await self._carry_out(text)

    async def _carry_out(self, text: InboundText) -> None:
        async def act(work: Work) -> None:
            await replies.read_fetched_text(work, text)

        try:
            await self._engine.transact(act)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("reply.failed", message=text.provider_id)

    async def _note_failure(self, name: str, error: PagerdError) -> None:
        self._count("inbound", "failed")
        failures = self._failures[name] = self._failures.get(name, 0) + 1
        log.warning("replies.not_fetched", provider=name, failures=failures, error=str(error))
        if failures < FAILURES_TOLD:
            return
        text = f"replies by text are not heard: {name} fails: {error}. Answer with the pagerd command"

        async def tell(work: Work) -> None:
            await apply.alarm(work, "replies_not_fetched", name, text)

        await self._engine.transact(tell)

    def _count(self, about: str, result: str) -> None:
        self._engine.metrics.count("provider_questions", (about, result), 1)


def _dated(text: InboundText, ahead: timedelta) -> InboundText:
    """Return a text with its time as pagerd counts it, when that is so much ahead of the wall."""
    return replace(text, at=text.at + ahead) if text.at is not None else text
