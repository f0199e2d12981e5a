"""Plays a story: a transcript of what happens to a small company's pager, on virtual time, on the production engine.

A line `02:00:00  somebody: does something` is an action, `02:05:00  (nobody answers)` lets time pass until then. The
indented lines below are what must follow: `->` a message that left, `~>` one that was observed instead, `<-` an answer,
`=` a line of a timeline, `*` a row of the night ledger. Whatever follows at an instant of its own appears under that
instant, so that a story shows when things happen, too. Times are Berlin's; a smaller one is the next day. Where days
pass in which nothing happens, the next line has its date.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from pagerd.channels.base import Outgoing
from pagerd.config import values
from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.core.alerts.matching import parse_matcher
from pagerd.core.observing import ObservedMessage
from pagerd.core.paging.message import Mail
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.standing import Rate
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.core.timeline import sentence
from pagerd.engine.work import SourceTraits
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import history, nights, notifications, observed, pages, tickets
from tests.builders import BERLIN
from tests.stories.plans import PLANS

INDENT = " " * 10
EPOCH = datetime(1970, 1, 1, tzinfo=BERLIN)
MEDIUM = {Medium.SMS: "text", Medium.VOICE: "call", Medium.EMAIL: "mail"}


@dataclass(slots=True)
class Block:
    """One instant: what was done, and what followed."""

    at: datetime
    text: str
    lines: list[str] = field(default_factory=list)

    def written(self, after: datetime | None) -> str:
        """Write it as in the file, behind what was at `after`."""
        at = self.at.astimezone(BERLIN)
        is_far = after is not None and _next_time(after, at, f"{at:%H:%M:%S}") != at
        first = f"{at:%Y-%m-%d %H:%M:%S}" if is_far else f"{at:%H:%M:%S}"
        return "\n".join([f"{first}  {self.text}", *(INDENT + line for line in self.lines)])


@dataclass(frozen=True, slots=True)
class Story:
    """A parsed story: its heading lines, the plan's name, the providers, and the blocks as written."""

    heading: tuple[str, ...]
    plan: str
    blocks: tuple[Block, ...]
    callbacks: bool = True
    observing: bool = False
    backups: tuple[Medium, ...] = ()
    rates: Mapping[tuple[Medium, str], Rate] = field(default_factory=dict)

    def __str__(self) -> str:
        """Write the whole file."""
        before = [None, *(block.at for block in self.blocks)]
        written = [block.written(after) for block, after in zip(self.blocks, before, strict=False)]
        return "\n".join([*self.heading, "", *written]) + "\n"


def read(path: Path) -> Story:
    """Read a story file."""
    heading: list[str] = []
    blocks: list[Block] = []
    start = datetime(2026, 1, 7, 2, 0, tzinfo=BERLIN)
    plan = "small"
    for line in path.read_text().splitlines():
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d )?(\d\d:\d\d:\d\d)  (.+)", line)
        if found and found[1]:
            blocks.append(Block(datetime.fromisoformat(found[1] + found[2]).replace(tzinfo=BERLIN), found[3]))
        elif found:
            blocks.append(Block(_next_time(blocks[-1].at if blocks else None, start, found[2]), found[3]))
        elif line.startswith(INDENT) and blocks:
            blocks[-1].lines.append(line.strip())
        elif line.strip():
            heading.append(line)
            if line.startswith("start: "):
                start = datetime.fromisoformat(line.removeprefix("start: ")).replace(tzinfo=BERLIN)
            elif line.startswith("plan: "):
                plan = line.removeprefix("plan: ")
    media = {word: medium for medium, word in MEDIUM.items()}
    rates = [line.removeprefix("rate: ").split() for line in heading if line.startswith("rate: ")]
    return Story(
        tuple(heading),
        plan,
        tuple(blocks),
        callbacks="public_url: none" not in heading,
        observing="observe: yes" in heading,
        backups=tuple(media[line.removeprefix("backup: ")] for line in heading if line.startswith("backup: ")),
        rates={(media[word], f"lab-{media[word].value}"): values.rate(rate) for word, rate in rates},
    )


def _next_time(last: datetime | None, start: datetime, text: str) -> datetime:
    at = datetime.combine((last or start).astimezone(BERLIN).date(), time.fromisoformat(text), BERLIN)
    return at if last is None or at >= last else at + timedelta(days=1)


async def play(
    story: Story, actions: Mapping[str, Callable[..., object]], seen: Callable[[World], None] = lambda _world: None
) -> Story:
    """Play a story and return it as it happened; `seen` looks at the world when it is over."""
    player = Player(PLANS[story.plan](), story.blocks[0].at, story)
    await player.world.begin()
    blocks: list[Block] = []
    for block in story.blocks:
        blocks += await player.pass_time(block.at)
        if not block.text.startswith("("):
            await _act(player, block.text, actions)
        blocks.append(await player.show(block.at, block.text))
    seen(player.world)
    return replace(story, blocks=tuple(blocks))


async def _act(player: "Player", text: str, actions: Mapping[str, Callable[..., object]]) -> None:
    for pattern, action in actions.items():
        found = re.fullmatch(pattern, text)
        if found:
            await action(player, *found.groups())  # type: ignore[misc]  # every action is a coroutine function
            return
    known = "\n  ".join(actions)
    raise AssertionError(f"nobody knows how to play {text!r}; known are\n  {known}")


OF_MESSAGES = ("i-", "test/")
"""How the ids begin of mails that are messages about incidents, and no notifications of a person."""


def _mail_line(outgoing: Outgoing) -> str:
    mail = outgoing.body
    assert isinstance(mail, Mail)
    return f"-> mail to {outgoing.to}: {mail.subject}"


def _heartbeats() -> tuple[Heartbeat, Heartbeat]:
    """A backup that reports by itself, and a Prometheus whose Watchdog comes by way of Alertmanager."""
    backup = Heartbeat(
        name="backup",
        every=timedelta(hours=6),
        grace=timedelta(minutes=30),
        labels={"team": "payments", "severity": "critical"},
        annotations={"summary": "The backup of the ledger did not report", "runbook": "payments-5xx"},
    )
    watchdog = Heartbeat(
        name="prometheus-eu",
        every=timedelta(minutes=1),
        grace=timedelta(minutes=4),
        labels={"team": "platform", "severity": "critical"},
        annotations={"action": "Look at Prometheus and Alertmanager in eu.", "runbook": "payments-5xx"},
        fed_by="alertmanager",
        matchers=(parse_matcher('alertname="Watchdog"'), parse_matcher('cluster="eu"')),
    )
    return backup, watchdog


class Player:
    """The world of one story, and what of it was shown already."""

    def __init__(self, plan: Plan, start: datetime, story: Story) -> None:
        backup, watchdog = _heartbeats()
        traits = {
            "alertmanager": SourceTraits(name="alertmanager", feeds=(watchdog,)),
            "backup": SourceTraits(name="backup", heartbeat=backup),
            "prometheus-eu": SourceTraits(name="prometheus-eu", heartbeat=watchdog),
            "tools": SourceTraits(name="tools"),
            "watched": SourceTraits(name="watched", silent_after=timedelta(minutes=30)),
            "leased": SourceTraits(name="leased", stale_resolves_after=timedelta(hours=1)),
        }
        self.world = World(
            plan,
            start,
            sources=traits,
            callbacks=story.callbacks,
            observing=story.observing,
            backups=story.backups,
            rates=story.rates,
        )
        self.answers: list[str] = []
        self.is_damaged = False
        self.texts = 0
        self.waits_for_code = ""
        """What the browser holds that asked last to sign in."""
        self._shown_sent = 0
        self._shown_observed = 0
        self._shown_told = 0
        self._shown_announced = 0
        self._shown_entries: dict[str, int] = {}
        self._shown_nights: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}

    async def pass_time(self, until: datetime) -> list[Block]:
        """Let time pass up to just before an instant, and return what happened on the way, each at its own time."""
        blocks: list[Block] = []
        while True:
            due = await self.world.settle()
            blocks += [block async for block in self._news("(time passes)")]
            if due is None or due >= until:
                self.world.clock.move_to(until)
                return blocks
            self.world.clock.move_to(due)

    async def show(self, at: datetime, text: str) -> Block:
        """Carry out what is due now, and return the block of an action with what followed."""
        await self.world.settle()
        # Whatever happens in a story, the auditor agrees with it: no page is silent, nothing waits for nothing.
        if not self.is_damaged:
            assert await self.world.auditor.differences() == (), f"the auditor disagrees after {text!r}"
        return Block(at, text, [line async for news in self._news(text) for line in news.lines])

    async def _news(self, text: str) -> AsyncIterator[Block]:
        lines = [f"<- {answer}" for answer in self.answers]
        self.answers.clear()
        lines += await self._messages()
        lines += self._told_to_tracker()
        lines += self._announced()
        lines += await self.world.engine.read(self._entries)
        lines += await self.world.engine.read(self._nights)
        if lines:
            yield Block(self.world.clock.now(), text, [self._named(line) for line in lines])

    async def _messages(self) -> list[str]:
        news = self.world.sent[self._shown_sent :]
        lines = [
            _mail_line(one.outgoing)
            if one.outgoing.id.startswith(OF_MESSAGES)
            else await self._message_line(one.outgoing.id, one.outgoing.medium, one.provider)
            for one in news
        ]
        self._shown_sent = len(self.world.sent)
        return lines + await self._observed()

    async def _observed(self) -> list[str]:
        async def find(c: Connection) -> list[ObservedMessage]:
            return await observed.messages_between(c, EPOCH, self.world.clock.now() + timedelta(days=1), 10_000)

        news = (await self.world.engine.read(find))[self._shown_observed :]
        self._shown_observed += len(news)
        carried = [one for one in news if one.merged_into is None]
        return [
            f"{(await self._message_line(one.id, one.medium)).replace('->', '~>')} ({one.part.replace('_', ' ')})"
            for one in carried
        ]

    def _told_to_tracker(self) -> list[str]:
        news = self.world.tracker.told[self._shown_told :]
        self._shown_told = len(self.world.tracker.told)
        return [f"-> tracker: {one['ref'] or 'new'} {one['event']}: {' '.join(one['sentences'])}" for one in news]

    def _announced(self) -> list[str]:
        news = self.world.receivers.told[self._shown_announced :]
        self._shown_announced = len(self.world.receivers.told)
        return [f"-> {name}: {' / '.join((told.heading, *told.lines))}" for name, told in news]

    async def _message_line(self, notification_id: str, medium: Medium, provider: str = "") -> str:
        one = await self.world.engine.read(lambda c: notifications.find(c, notification_id))
        assert one is not None
        what = "" if one.purpose is Purpose.PAGE else f": {one.purpose.value.replace('_', ' ')}"
        others = await self.world.engine.read(lambda c: notifications.merged_with(c, notification_id))
        several = f" for {len(others) + 1} of them" if others else ""
        by = " by the backup" if provider.endswith("-backup") else ""
        return f"-> {MEDIUM[medium]} to {one.person or one.address}{what}{several}{by}"

    async def _entries(self, c: Connection) -> list[str]:
        lines: list[str] = []
        rows = await c.execute("SELECT DISTINCT object_id FROM history")
        order = {str(row[0]): row for row in rows}
        shown = {object_id: place for place, object_id in enumerate(self._shown_entries)}
        for object_id in sorted(order, key=lambda one: (shown.get(one, len(shown)), one)):
            entries = [entry for row in await history.of_object(c, object_id) for entry in row.entries]
            known = self._shown_entries.get(object_id, 0)
            self._shown_entries[object_id] = len(entries)
            if object_id not in self._names:
                kind = "P" if await pages.find(c, object_id) else object_id[0].upper()
                count = sum(name.startswith(kind) for name in self._names.values())
                self._names[object_id] = f"{kind}{count + 1}"
            lines += [f"= {object_id} {sentence(entry, BERLIN)}" for entry in entries[known:]]
        return lines

    async def _nights(self, c: Connection) -> list[str]:
        lines = []
        for row in await nights.between(c, EPOCH, self.world.clock.now() + timedelta(days=1)):
            evidence = ", ".join(f"{MEDIUM[one.medium]} {one.kind.value}" for one in row.evidence)
            line = f"* night page of {row.person} for {row.page_id}: {evidence}"
            if self._shown_nights.get((row.person, row.page_id)) != line:
                self._shown_nights[row.person, row.page_id] = line
                lines.append(line)
        return lines

    def _named(self, line: str) -> str:
        for object_id, name in self._names.items():
            line = line.replace(object_id, name)
        return line

    async def only_page(self) -> str:
        """Return the id of the page that is open; a story about one page need not name it."""
        found = await self.world.open_pages()
        assert found, "no page is open"
        return found[0].id

    async def only_ticket(self) -> str:
        """Return the id of the newest open ticket."""
        found = await self.world.engine.read(tickets.list_tickets)
        assert found, "no ticket is open"
        return found[0].id

    async def last_ticket(self) -> str:
        """Return the id of the newest ticket, open or closed."""
        found = await self.world.engine.read(lambda c: tickets.list_tickets(c, with_closed=True))
        assert found, "there is no ticket"
        return found[0].id
