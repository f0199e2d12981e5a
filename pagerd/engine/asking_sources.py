"""Asks sources which of our alerts they know and suppress; what they say goes through `reconciling`.

A question that fails closes nothing and mutes nothing: it is counted, shown, told to the operators once, and its timer
comes again. One source that hangs holds up no other.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from pagerd.core.alerts.alert import Alert
from pagerd.core.alerts.known import Known, MemberAnswer, compared, is_forgotten, together
from pagerd.core.errors import PagerdError
from pagerd.engine import apply, intake, reconciling
from pagerd.engine.engine import Engine
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts

log = structlog.get_logger()

UNBROKEN_FOR = 2.5 * reconciling.ASK_EVERY
"""A longer pause between two answers is a hole: what was unknown before it is counted anew."""

FAILURES_TOLD = 3
"""So many failures of a member in a row, and the operators hear of it: one may be a restart."""

ASKERS = 4
"""Sources that are asked at once."""

SOURCES_MAX = 1000
"""Sources that wait to be asked. One that finds no room is asked a minute later."""

BITE = 200
"""Alerts that are looked at together."""


class Members(Protocol):
    """The members of one source, all of which are asked."""

    async def ask(self) -> Sequence[MemberAnswer]:
        """Ask every member within a deadline. Raises nothing: what a member does not say, its answer says."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How the asking of one member stands: when it answered last, and since when and why it does not."""

    member: str
    answered_at: datetime | None = None
    failing_since: datetime | None = None
    error: str = ""
    failures: int = 0


class SourceAsker:
    """Asks, a few sources at once, until it is stopped. `members` are those of each source that can be asked."""

    def __init__(self, engine: Engine, members: Mapping[str, Members]) -> None:
        self._engine = engine
        self.members = members
        self._names: asyncio.Queue[str] = asyncio.Queue(SOURCES_MAX)
        self._standing: dict[str, dict[str, Standing]] = {}
        self._asked_at: dict[str, datetime] = {}
        self._unbroken: dict[str, tuple[datetime, datetime]] = {}
        engine.ask_source = self._take

    def standing(self, name: str) -> tuple[Standing, ...]:
        """Return how the asking of a source's members stands; nothing before its first question.

        Of several nodes one asks, and another one may at any time: what this one heard long ago is no news.
        """
        asked_at, now = self._asked_at.get(name), self._engine.clock.now()
        if self._engine.node is not None and asked_at is not None and now - asked_at > UNBROKEN_FOR:
            return ()
        return tuple(self._standing.get(name, {}).values())

    def _take(self, name: str) -> None:
        if not self._names.full():
            self._names.put_nowait(name)

    async def run(self) -> None:
        """Ask until cancelled: a question that is given up changes nothing."""
        async with asyncio.TaskGroup() as group:
            for _ in range(ASKERS):
                group.create_task(self._ask_on())

    async def _ask_on(self) -> None:
        while True:
            name = await self._names.get()
            try:
                await self.ask(name)
            except PagerdError as error:
                # What was learned could not be stored: it is asked for once more.
                log.warning("source.answer_lost", source=name, error=str(error))
            except Exception:
                log.exception("source.question_failed", source=name)

    async def ask(self, name: str) -> None:
        """Ask one source, and store what was learned."""
        members, traits = self.members.get(name), self._engine.sources.get(name)
        if members is None or traits is None:
            return  # a reload took it away
        asked_at = self._asked_at[name] = self._engine.clock.now()
        answers = await members.ask()
        await self._note(name, answers, asked_at)
        known = together(answers)
        if known is None:
            return
        since, last = self._unbroken.get(name, (asked_at, asked_at))
        since = since if asked_at - last <= UNBROKEN_FOR else asked_at
        self._unbroken[name] = (since, asked_at)
        await self._engine.transact(lambda work: intake.saw(work, traits))
        await self._compare_all(traits, known, asked_at, since)

    async def _compare_all(self, traits: SourceTraits, known: Known, asked_at: datetime, since: datetime) -> None:
        """Walk over the open alerts of a source; each that differs is changed in a transaction of its own."""
        after = ""
        while True:
            found = await self._engine.read(_bite_of(traits.name, after))
            differ = [one.fingerprint for one in found if _differs(one, known, asked_at, since)]
            await asyncio.gather(*(self._compare(traits, one, known, asked_at, since) for one in differ))
            if len(found) < BITE:
                return
            after = found[-1].fingerprint

    async def _compare(
        self, traits: SourceTraits, fingerprint: str, known: Known, asked_at: datetime, since: datetime
    ) -> None:
        async def act(work: Work) -> None:
            await reconciling.compare(work, traits, fingerprint, known, asked_at, since)

        # What a hundred pages have to say at the end of one silence is one message for each person.
        await self._engine.transact(act, sends_at_once=False)

    async def _note(self, name: str, answers: Sequence[MemberAnswer], asked_at: datetime) -> None:
        before = self._standing.get(name, {})
        self._standing[name] = {}
        for answer in answers:
            standing = _after(before.get(answer.member, Standing(answer.member)), answer, asked_at)
            self._standing[name][answer.member] = standing
            result = "answered" if answer.known is not None else "failed"
            self._engine.metrics.count("source_questions", (name, result), 1)
            if answer.known is None:
                log.warning("source.not_answering", source=name, member=answer.member, error=answer.error)
            if standing.failures == FAILURES_TOLD:
                await self._tell(name, answer)

    async def _tell(self, name: str, answer: MemberAnswer) -> None:
        text = f"source {name} cannot be asked: {answer.member}: {answer.error}. Its alerts still come in and page"

        async def tell(work: Work) -> None:
            await apply.alarm(work, "source_not_answering", f"{name} {answer.member}", text)

        await self._engine.transact(tell)


def _after(standing: Standing, answer: MemberAnswer, asked_at: datetime) -> Standing:
    if answer.known is not None:
        return Standing(answer.member, answered_at=asked_at)
    failing_since = standing.failing_since or asked_at
    return Standing(answer.member, standing.answered_at, failing_since, answer.error, standing.failures + 1)


def _differs(alert: Alert, known: Known, asked_at: datetime, since: datetime) -> bool:
    after = compared(alert, known, asked_at, since)
    return after is not alert or is_forgotten(after, asked_at)


def _bite_of(source: str, after: str) -> Callable[[Connection], Awaitable[list[Alert]]]:
    async def find(c: Connection) -> list[Alert]:
        return await alerts.open_of(c, source, after, BITE)

    return find
