"""People with phones: each message that leaves is heard by somebody, who answers as a model says, or does not.

An answer takes the way that the person would take: a text with its code, the key that the call told, the page behind a
link. So whatever an answer can run into, it runs into here too.
"""

import heapq
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Protocol

from pagerd.channels.base import DeliveryStatus, InboundText
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.message import CallScript
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.engine import commands, keys, replies
from pagerd.engine.work import Work
from pagerd.lab.phones import Mood, Sent
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import notifications, pages

Deed = Callable[[], Awaitable[object]]
"""Something that happens at an instant of its own."""

ARRIVES_AFTER = timedelta(seconds=2)
"""A text is on the phone, and a phone rings, so long after the provider took the message."""

RINGS_FOR = timedelta(seconds=25)
"""As the real calls: long enough to wake up and find the phone, too short for most voicemails."""

LISTENS_FOR = timedelta(seconds=8)
"""From picking up to the key: the severity and what is broken are said first."""


class Act(StrEnum):
    """What an answer does."""

    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: so long after the message, and, where it took the pages, resolved so long after that."""

    after: timedelta
    act: Act = Act.ACKNOWLEDGE
    resolves_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message that asks a person for an answer: when it left, and the pages that it stands for."""

    at: datetime
    notification: Notification
    page_ids: tuple[str, ...]


class Answers(Protocol):
    """How people answer. Asked once for each message that asks for an answer."""

    def answer_to(self, told: Told) -> Answer | None:
        """Return what the person will do, or None: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one person answers: for each medium that they heed, so long after the message. With none: never."""

    after: Mapping[Medium, timedelta] = field(default_factory=dict)
    act: Act = Act.ACKNOWLEDGE
    resolves_after: timedelta | None = None

    def answer_to(self, told: Told) -> Answer | None:
        """Return what this person does about a message."""
        after = self.after.get(told.notification.medium)
        return Answer(after=after, act=self.act, resolves_after=self.resolves_after) if after is not None else None


NEVER = Manner()
"""Sleeps on."""


def heeding(after: timedelta, *media: Medium) -> Manner:
    """Return the manner of somebody who answers so long after a message on one of these media; on any, if none."""
    return Manner(after=dict.fromkeys(media or Medium, after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """Each person's own manner, and that of everybody else."""

    of: Mapping[str, Manner] = field(default_factory=dict)
    others: Manner = NEVER

    def answer_to(self, told: Told) -> Answer | None:
        """Ask the person who was told."""
        return self.of.get(told.notification.person, self.others).answer_to(told)


NOBODY = Manners()
"""Nobody ever answers."""


class People:
    """Everybody who hears this world's phones. They live as long as time passes here, not by `World.run_until`.

    Whoever sees that a page is held or over leaves it alone: a person who was told so does not answer the old text.
    Without `reports` no provider says how far a message came, and no call is ever known to have been in vain.
    """

    def __init__(self, world: World, answers: Answers, *, reports: bool = True) -> None:
        self.world = world
        self._answers = answers
        self._reports = reports
        self._heard = len(world.sent)
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self.unheard: list[tuple[datetime, str]] = []
        """Who texted an answer when no provider could be asked for it."""

    def at(self, instant: datetime, deed: Deed) -> None:
        """Let something happen at an instant; what is past happens next. Deeds of one instant keep their order."""
        heapq.heappush(self._deeds, (instant, next(self._order), deed))

    @property
    def next_deed(self) -> datetime | None:
        """When somebody does something next, as far as they know now."""
        return self._deeds[0][0] if self._deeds else None

    async def instants(self, until: datetime) -> AsyncIterator[datetime]:
        """Let time pass; yield each instant at which something was due, when all that was due then is done.

        What people do at an instant comes before what the engine does then: an answer in the last second counts.
        """
        clock = self.world.clock
        while True:
            while self._deeds and self._deeds[0][0] <= clock.now():
                await heapq.heappop(self._deeds)[2]()
            due = await self.world.settle()
            await self._listen()
            yield clock.now()
            following = [at for at in (due, self.next_deed) if at is not None]
            if not following or min(following) > until:
                break
            clock.move_to(max(min(following), clock.now()))
        clock.move_to(until)

    async def run_until(self, until: datetime) -> None:
        """Let time pass, with people in it."""
        async for _ in self.instants(until):
            pass

    async def _listen(self) -> None:
        news = self.world.sent[self._heard :]
        self._heard += len(news)
        for sent in news:
            await self._hear(sent)

    async def _hear(self, sent: Sent) -> None:
        """Let one message reach its phone, and its person think of what to do."""

        async def read(c: Connection) -> tuple[Notification | None, list[Notification]]:
            found = await notifications.find(c, sent.outgoing.id)
            return found, await notifications.merged_with(c, sent.outgoing.id)

        one, others = await self.world.engine.read(read)
        if one is None:
            return
        now = self.world.clock.now()
        ids = (other.page_id for other in (one, *others) if other.page_id is not None)
        told = Told(at=now, notification=one, page_ids=tuple(dict.fromkeys(ids)))
        asks = one.purpose in ASKING and told.page_ids and one.person
        answer = self._answers.answer_to(told) if asks else None
        picks_up = answer is not None and one.medium is Medium.VOICE and answer.after <= RINGS_FOR
        if self._reports:
            self._report_later(sent, now, answer.after if picks_up and answer is not None else None)
        if answer is not None:
            wait = answer.after + LISTENS_FOR if picks_up else answer.after
            self.at(now + wait, lambda: self._answer(sent, told, answer, in_call=picks_up))

    def _report_later(self, sent: Sent, now: datetime, picked_up_after: timedelta | None) -> None:
        match sent.outgoing.medium:
            case Medium.SMS:
                self._report_at(now + ARRIVES_AFTER, sent, DeliveryStatus.DELIVERED)
            case Medium.VOICE if picked_up_after is not None:
                rings = min(ARRIVES_AFTER, picked_up_after)
                self._report_at(now + rings, sent, DeliveryStatus.RINGING)
                self._report_at(now + picked_up_after, sent, DeliveryStatus.ANSWERED)
            case Medium.VOICE:
                self._report_at(now + ARRIVES_AFTER, sent, DeliveryStatus.RINGING)
                self._report_at(now + ARRIVES_AFTER + RINGS_FOR, sent, DeliveryStatus.NOT_REACHED, "no answer")
            case Medium.EMAIL:
                pass  # the mail server has said all that it will ever say

    def _report_at(self, at: datetime, sent: Sent, status: DeliveryStatus, detail: str = "") -> None:
        self.at(at, lambda: self.world.report(sent, status, detail))

    async def _answer(self, sent: Sent, told: Told, answer: Answer, *, in_call: bool) -> None:
        """Answer for what still wants it, by the way that the message offers."""
        meant = await self._wanting(told)
        if not meant:
            return
        one, resolves = told.notification, answer.act is Act.RESOLVE
        heard_at = self.world.clock.now()
        script = sent.outgoing.body
        if in_call and isinstance(script, CallScript) and script.keys:
            await self._press(sent, "6" if resolves else one.digit or "")
        elif one.code is not None and (one.medium is Medium.SMS or in_call) and self._number(one.person):
            # A call that takes no keys says the code, and to text it.
            heard_at = await self._text(one.person, f"{one.code} {'res' if resolves else 'ack'}")
        else:
            # Whoever was called and did not pick up finds the page on their screen; a mail has a link.
            way = "email" if one.medium is Medium.EMAIL else "web"
            await self._do_all(meant, answer.act, one.person, way)
        if answer.resolves_after is not None and not resolves:
            self.at(heard_at + answer.resolves_after, lambda: self._resolve_own(told.page_ids, one.person))

    def _number(self, person: str) -> str | None:
        """Return the phone from which this person texts."""
        known = self.world.engine.plan.people.get(person)
        return known.sms if known is not None else None

    async def _text(self, person: str, body: str) -> datetime:
        """Send a text to us; return when it is heard: where pagerd does not look by itself, a round later."""
        name, number = f"in{next(self._order)}", self._number(person)
        assert number is not None, f"{person} texts without a phone"
        now, hearing = self.world.clock.now(), self.world.engine.hearing
        if hearing.by_callback or hearing.asks_for_texts:
            if not hearing.by_callback and self.world.phones[Medium.SMS].mood is Mood.DOWN:
                self.unheard.append((now, person))
            await self.world.text(name, number, body)
            return now
        text = InboundText(provider_id=name, sender=number, to="", body=body, at=now)
        self.at(now + hearing.every, lambda: self.world.do(lambda work: replies.read_fetched_text(work, text)))
        return now + hearing.every

    async def _press(self, sent: Sent, key: str) -> None:
        await self.world.do(lambda work: keys.press_key(work, sent.outgoing.id, sent.provider_id, key))

    async def _do_all(self, page_ids: tuple[str, ...], act: Act, person: str, via: str) -> None:
        command = commands.resolve if act is Act.RESOLVE else commands.acknowledge

        async def do(work: Work) -> None:
            for page_id in page_ids:
                await command(work, page_id, person, via)

        await self.world.do(do)

    async def _wanting(self, told: Told) -> tuple[str, ...]:
        """Return the pages of a message about which its person still has something to say."""
        return tuple([one.id for one in await self._pages(told.page_ids) if _wants(one, told.notification)])

    async def _resolve_own(self, page_ids: tuple[str, ...], person: str) -> None:
        """Resolve those of the pages that this person still holds."""
        held = [page for page in await self._pages(page_ids) if page.acknowledgement is not None]
        own = tuple([one.id for one in held if one.acknowledgement is not None and one.acknowledgement.by == person])
        await self._do_all(own, Act.RESOLVE, person, "web")

    async def _pages(self, page_ids: tuple[str, ...]) -> list[Page]:
        async def read(c: Connection) -> list[Page]:
            found = [await pages.find(c, page_id) for page_id in page_ids]
            return [page for page in found if page is not None and page.is_open]

        return await self.world.engine.read(read)


def _wants(page: Page, one: Notification) -> bool:
    """Does an open page still want this person's answer to that message?"""
    held = page.acknowledgement
    match one.purpose:
        case Purpose.HELP:
            return one.person not in page.helpers and (held is None or held.by != one.person)
        case Purpose.REMINDER | Purpose.STILL_YOURS:
            return held is None or held.by == one.person
        case _:
            return held is None
