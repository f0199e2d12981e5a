"""What people say in a story while they find out what is wrong with an incident; the newest one is meant."""

import json
from collections.abc import Awaitable, Callable, Mapping

from pagerd.core.changes import ChangeKind
from pagerd.core.incidents.checklist import ChecklistState, StepState, StepStatus
from pagerd.core.plain import clock_time
from pagerd.engine import change_events, intake
from pagerd.engine.change_events import ChangeWords
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import findings, gathering, investigating, queries
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.findings import FirstMinutes
from pagerd.engine.incidents.investigating import StepWords
from pagerd.engine.intake import Received
from pagerd.engine.work import SourceTraits, Work
from pagerd.sources import changes
from pagerd.sources.base import Limits
from tests.builders import BERLIN
from tests.stories.incident_actions import clock, newest, say
from tests.stories.script import Player

_SIGNS = {StepStatus.OPEN: "[ ]", StepStatus.DONE: "[x]", StepStatus.SKIPPED: "[-]"}


async def _marks(player: Player, who: str, step: str, said: StepWords) -> None:
    number = await newest(player)
    await say(player, lambda work: investigating.mark_step(work, number, who, "cli", step, said))


async def _ticks(player: Player, who: str, step: str, text: str | None) -> None:
    await _marks(player, who, step, StepWords(status=StepStatus.DONE, text=text or ""))


async def _skips(player: Player, who: str, step: str, why: str | None) -> None:
    await _marks(player, who, step, StepWords(status=StepStatus.SKIPPED, text=why or ""))


async def _answers(player: Player, who: str, step: str, text: str, owner: str | None) -> None:
    await _marks(player, who, step, StepWords(status=StepStatus.DONE, text=text, owner=owner))


async def _dates(player: Player, who: str, at: str) -> None:
    await _marks(player, who, "since", StepWords(status=StepStatus.DONE, since=clock(player, at)))


async def _supposes(player: Player, who: str, text: str) -> None:
    number = await newest(player)
    await say(player, lambda work: investigating.state_hypothesis(work, number, who, "cli", text))


async def _judges(player: Player, who: str, which: str, verdict: str, why: str) -> None:
    number = await newest(player)
    await say(player, lambda work: investigating.judge_hypothesis(work, number, who, "cli", int(which), verdict, why))


async def _looks(player: Player, who: str) -> None:
    """Show the checklists as they stand, a line for each step."""
    number, engine = await newest(player), player.world.engine
    zone = engine.plan.people[who].zone

    async def find(c: Connection) -> FirstMinutes:
        story = await queries.story(c, engine.plan, number, engine.now(c))
        return await findings.first_minutes(c, engine.plan, story)

    found = await engine.read(find)
    now = player.world.clock.now()
    for one in found.clocks:
        done = f"since {clock_time(one.done_at, zone, now)}" if one.done_at is not None else "not yet"
        player.answers.append(f"{one.means}, by {clock_time(one.due_at, zone, now)}: {done}")
    for change in found.story.changes:
        player.answers.append(f"changed at {change.at.astimezone(BERLIN):%H:%M}, {change.service}: {change.what}")
    for one in found.story.related:
        player.answers.append(f"related: incident {one.number}, {one.status}, {one.service}: {one.title}")
    for checklist in found.checklists:
        player.answers.append(_heading(checklist))
        player.answers += [_line(step) for step in checklist.steps]


async def _posts(player: Player, who: str, kind: str, service: str, what: str, at: str | None) -> None:
    """Tell of a change as a person does."""
    when = clock(player, at) if at else None
    said = ChangeWords(kind=ChangeKind(kind), service=service, what=what, at=when)
    player.answers.append((await player.world.do(lambda work: change_events.post(work, who, said))).sentence)


async def _deploys(player: Player, kind: str, service: str, what: str, by: str) -> None:
    """Tell of a change as a pipeline does, twice: it does not know whether the first was heard."""
    sent = {"kind": kind, "service": service, "what": what, "by": by, "id": f"{kind} {what}"}
    body, traits = json.dumps(sent).encode(), SourceTraits(name="ci", brings_alerts=False)

    async def take(work: Work) -> Received:
        return await intake.receive(work, traits, changes.parse(body, work.now, Limits()), renew_life=True)

    for is_news in (1, 0):
        assert (await player.world.do(take)).changed == is_news


def _heading(state: ChecklistState) -> str:
    return f"{state.checklist.id}: {state.open_count} open"


def _line(state: StepState) -> str:
    since = f"{state.since.astimezone(BERLIN):%H:%M}" if state.since is not None else ""
    said = " ".join(part for part in (state.text, since, f"({state.owner})" if state.owner else "") if part)
    known = f": {said}" if said else ""
    by = f", says {state.by}" if state.by is not None else ""
    return f"{_SIGNS[state.status]} {state.step.id}{known}{by}"


async def _asks_what_changed(player: Player, who: str) -> None:
    """Show the changes and the other incidents, without the lists."""
    before = len(player.answers)
    await _looks(player, who)
    player.answers[before:] = [one for one in player.answers[before:] if one.startswith(("changed", "related"))]


def _gathers(command: Callable[..., Awaitable[Said]], *given: object) -> Callable[..., Awaitable[None]]:
    """Make an action of an act about who comes together; what the line says comes before what is `given`."""

    async def act(player: Player, who: str, *said: str) -> None:
        number = await newest(player)
        words = [int(one) if one.isdecimal() else one for one in said]
        await say(player, lambda work: command(work, number, who, "cli", *words, *given))

    return act


_WHO = r"(\w+)"
TRIAGE_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"{_WHO} looks at the checklists": _looks,
    rf"{_WHO} ticks ([\w-]+)(?:: (.+))?": _ticks,
    rf"{_WHO} skips ([\w-]+)(?:: (.+))?": _skips,
    rf"{_WHO} answers ([\w-]+): ([^()]+?)(?: \((\w+) does it\))?": _answers,
    rf"{_WHO} knows that it began at (\d\d:\d\d)": _dates,
    rf"{_WHO} supposes: (.+)": _supposes,
    rf"{_WHO} asks what changed": _asks_what_changed,
    rf"{_WHO} tells of a (\w+) of ([\w-]+)(?: at (\d\d:\d\d))?: (.+)": lambda player, who, kind, service, at, what: (
        _posts(player, who, kind, service, what, at)
    ),
    rf"{_WHO} says that people meet at (.+)": _gathers(gathering.set_room),
    rf"{_WHO} would call all hands": _gathers(gathering.call_all_hands, False),
    rf"{_WHO} calls all hands": _gathers(gathering.call_all_hands, True),
    rf"{_WHO} follows the incident": _gathers(gathering.follow, None),
    rf"{_WHO} unfollows the incident": _gathers(gathering.unfollow, None),
    rf"{_WHO} asks: (.+)": _gathers(gathering.ask),
    rf"{_WHO} replies to question (\d+): (.+)": _gathers(gathering.reply),
    r"ci: (\w+) of ([\w-]+): (.+) by (\w+)": _deploys,
    rf"{_WHO} finds hypothesis (\d+) (supported|refuted): (.+)": _judges,
}
