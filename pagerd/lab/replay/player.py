"""Plays a recording on virtual time, under a plan or under the plans of then, and returns what it came to.

Nothing is decided here: messages are taken in, people act, phones ring, and the production engine does the rest. Where
the plan is another one, what people did then may have no page to be done to; how that is answered stands in `stand_in`.
"""

import asyncio
import heapq
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count
from typing import assert_never

from pagerd.channels.base import Outgoing
from pagerd.core.errors import Conflict, IllegalTransition, NotFound
from pagerd.core.events import Acknowledged, Snoozed
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium
from pagerd.core.replaying.account import Account, Ruling
from pagerd.engine import apply, intake
from pagerd.engine.tick import tick
from pagerd.engine.work import Claimed, SourceTraits, Work
from pagerd.lab.people import Answers, Told
from pagerd.lab.replay import acts, tally
from pagerd.lab.replay.phones import PhonesOfThen, Trail
from pagerd.lab.replay.plans import Line
from pagerd.lab.replay.recording import (
    ContactLost,
    ContactWorks,
    Item,
    Known,
    MessageKey,
    OverridePut,
    OverrideTaken,
    PageAct,
    PageOfThen,
    PlanPut,
    RaisedByHand,
    Received,
    Recording,
    Reported,
    SilencePut,
    SilenceTaken,
    TicketAct,
)
from pagerd.lab.replay.renewals import Renewals
from pagerd.lab.rounds import Rounds
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts, notifications, pages

_Concerned = tuple[Page, PageOfThen | None]
"""A page that a message is about, and the page of then that it stands for."""

Progress = Callable[[int, int], None]
"""Told how many of how many items were played."""

PROGRESS_EVERY = 200


class Player:
    """Plays one recording once."""

    def __init__(self, recording: Recording, line: Line, answers: Answers, progress: Progress) -> None:
        self._recording = recording
        self._line = line
        self._answers = answers
        self._progress = progress
        first = recording.items[0].at if recording.items else recording.start
        traits = {name: SourceTraits(name=name) for name in recording.sources} or None
        self.world = World(
            line.first,
            min(first, recording.start),
            sources=traits,
            phones={medium: PhonesOfThen(medium, self._heard) for medium in Medium},
        )
        self._then = acts.PagesOfThen(recording.pages)
        self._due: datetime | None = None
        self._claimed: deque[Claimed] = deque()
        self._rulings: list[Ruling] = []
        self._answering: list[tuple[datetime, int, str, str, bool]] = []
        self._order = count()
        self._missed: set[str] = set()
        """Pages of then whose answer came here to nothing: nobody had been asked yet."""
        self._skipped = 0
        self._renewals = Renewals()
        self._listen()

    def _listen(self) -> None:
        """Know what is to be sent, and when something is due, without asking the store after each message."""
        engine = self.world.engine
        engine.hand_out, engine.wake = self._claimed.append, self._heed

    def _heed(self, at: datetime) -> None:
        self._due = at if self._due is None else min(self._due, at)

    async def play(self) -> Account:
        """Play it to its end."""
        await self.world.begin()
        self._due = self.world.clock.now()
        items = self._recording.items
        for number, item in enumerate(items):
            if number % PROGRESS_EVERY == 0:
                self._progress(number, len(items))
                await asyncio.sleep(0)  # nothing else here waits for anything, and an interrupt must get in
            if isinstance(item.what, Received) and self._renewals.says_nothing(item.what):
                continue
            await self._pass_until(item.at)
            await self._play(item)
        await self._pass_until(self._recording.end)
        self._progress(len(items), len(items))
        return await tally.account(self.world, self._recording, self._rulings, self._skipped)

    async def _pass_until(self, at: datetime) -> None:
        """Let time pass: whatever is due before then is done, and whoever answers does.

        What is due at that very instant comes after what happened then: an answer in the last second counts.
        """
        clock = self.world.clock
        while True:
            await self._settle()
            following = [one for one in (self._due, self._next_answer) if one is not None]
            if not following or min(following) >= at:
                break
            clock.move_to(max(min(following), clock.now()))
            while self._next_answer is not None and self._next_answer <= clock.now():
                _, _, page_id, person, renews = heapq.heappop(self._answering)
                await self._answer(page_id, person, renews=renews)
        clock.move_to(at)

    async def _settle(self) -> None:
        """Send what is to be sent, and do what is due now."""
        engine, clock = self.world.engine, self.world.clock
        rounds = Rounds(clock)
        while True:
            rounds.begin()
            while self._claimed:
                await engine.deliver(self._claimed.popleft())
            if self._due is None or self._due > clock.now():
                return
            self._due = None
            due = await tick(engine, looks_first=True)
            if due is not None:
                self._heed(due)

    @property
    def _next_answer(self) -> datetime | None:
        return self._answering[0][0] if self._answering else None

    async def _play(self, item: Item) -> None:
        world, what = self.world, item.what
        match what:
            case Received():
                await world.do(lambda work: self._receive(work, what))
            case Known():
                if all(acts.is_of_a_timer(signal) for signal in what.signals):
                    await self._settle()  # it came of a timer, and so after those that were due before it
                await world.do(lambda work: self._know(work, what))
            case PlanPut():
                plan = self._line.at_revision(what.revision)
                if plan is not None:
                    await world.put_in_force(plan)
                    self._due = world.clock.now()
            case PageAct():
                await self._act(what)
            case Reported():
                # A provider may say in the same instant how far a message came that it has just taken.
                await self._settle()
                await acts.report(world, what, self._then)
            case RaisedByHand():
                await self._try(lambda work: acts.raise_page(work, what, self._then, self._recording.pages[what.page]))
            case TicketAct():
                await self._try(lambda work: acts.act_on_ticket(work, what))
            case ContactLost():
                # Where a phone refuses it here as well, that comes first.
                await self._settle()
                await world.do(lambda work: acts.store(work, what))
            case SilencePut() | SilenceTaken() | OverridePut() | OverrideTaken() | ContactWorks():
                await world.do(lambda work: acts.store(work, what))
            case _:
                assert_never(what)

    async def _receive(self, work: Work, what: Received) -> None:
        taken = await intake.receive(work, self.world.traits[what.source], what.batch, renew_life=False)
        if taken.changed:
            await self._note_rulings(work, [(what.source, one.fingerprint) for one in what.batch.alerts if one.firing])

    async def _know(self, work: Work, what: Known) -> None:
        fired = await acts.know(work, what, self.world.traits)
        await self._note_rulings(work, fired)

    async def _note_rulings(self, work: Work, fired: list[tuple[str, str]]) -> None:
        if work.now < self._recording.start:
            return
        for source, fingerprint in fired:
            alert = await alerts.find(work.c, source, fingerprint)
            if alert is not None and alert.first_seen_at == work.now:
                self._rulings.append(tally.ruling(alert))

    async def _try(self, act: Callable[[Work], Awaitable[object]]) -> bool:
        """Let somebody do what they did, and say whether it meant anything here; what did not is counted."""
        try:
            await self.world.do(act)
        except (Conflict, IllegalTransition, NotFound):
            self._skipped += 1
            return False
        return True

    async def _act(self, what: PageAct) -> None:
        then = self._recording.pages[what.page]

        async def act(work: Work) -> None:
            page = await self._then.open_page(work.c, then)
            if page is None:
                raise NotFound(f"no page stands for {what.page}")
            await acts.happen(work, page, then, what.event)

        if not await self._try(act) and isinstance(what.event, Acknowledged | Snoozed):
            self._missed.add(then.id)

    async def _answer(self, page_id: str, person: str, *, renews: bool) -> None:
        """Somebody of whom nothing is known answers, as the model says; or says that they are still at it."""

        async def act(work: Work) -> None:
            page = await pages.find(work.c, page_id)
            if page is None or not page.is_open:
                return
            held = page.acknowledgement
            if held is None or (renews and held.by == person):
                await apply.happened(work, page, Acknowledged(by=person, via="sms"))
                await apply.note_act(work, page.id, person)

        await self._try(act)

    async def _heard(self, outgoing: Outgoing) -> Trail:
        """A message reaches its phone. What is known of it decides; of a new one, its person thinks of an answer."""

        async def read(c: Connection) -> tuple[Notification | None, list[_Concerned], int]:
            one = await notifications.find(c, outgoing.id)
            if one is None or one.page_id is None:
                return None, [], 0
            told = (one, *await notifications.merged_with(c, one.id))
            concerned = [
                (page, await self._then.of(c, page))
                for page_id in dict.fromkeys(other.page_id for other in told)
                if page_id is not None and (page := await pages.find(c, page_id)) is not None
            ]
            is_known = bool(concerned) and concerned[0][1] is not None
            return one, concerned, await acts.number_of(c, one) if is_known else 0

        one, concerned, number = await self.world.engine.read(read)
        if one is None or not concerned:
            return ()
        if one.purpose in ASKING and one.medium in LOUD:
            for page, then in concerned:
                self._consider(page, then, one)
        stands_for = concerned[0][1]
        if stands_for is None:
            return ()
        key = MessageKey(stands_for.id, one.person, one.medium, one.purpose.value, number)
        return self._recording.trails.get(key, ())

    def _consider(self, page: Page, then: PageOfThen | None, one: Notification) -> None:
        """Let the model answer for a page of which it is not known what people did."""
        renews = one.purpose is Purpose.STILL_YOURS
        if page.acknowledgement is not None and not renews:
            return
        if then is not None and then.id not in self._missed:
            return  # whoever answered then answers now, or nobody did
        now = self.world.clock.now()
        answer = self._answers.answer_to(Told(at=now, notification=one, page_ids=(page.id,)))
        if answer is not None:
            asked = (now + answer.after, next(self._order), page.id, one.person, renews)
            heapq.heappush(self._answering, asked)
