"""What people do in a story about what customers read, and what there is to read then."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from pagerd.core.errors import PagerdError
from pagerd.core.incidents.public import ComponentState, PublicKind
from pagerd.core.incidents.status_page import StatusPage
from pagerd.engine.incidents import public_commands, public_queries, publishing
from pagerd.engine.incidents.public_commands import PublicDraft
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from tests.stories.incident_actions import newest, say
from tests.stories.script import Player

_VIA = {"by a token": "api", "on the web": "web", None: "cli"}


def _draft(kind: str | None, words: str) -> PublicDraft:
    """Read `(checkout degraded, reports operational, next in 20m): the text`."""
    options, _, text = words.partition(": ") if words.startswith("(") else ("", "", words)
    states: dict[str, ComponentState] = {}
    given: dict[str, str] = {}
    next_in = None
    for option in filter(None, options.strip("()").split(", ")):
        if found := re.fullmatch(r"next in (\d+)m", option):
            next_in = timedelta(minutes=int(found[1]))
        elif found := re.fullmatch(r"(symptom|impact|title) (.+)", option):
            given[found[1]] = found[2]
        else:
            name, _, state = option.partition(" ")
            states[name] = ComponentState(state)
    return PublicDraft(kind=PublicKind(kind) if kind else None, text=text, components=states, next_in=next_in, **given)


async def _drafts(player: Player, who: str, kind: str | None, words: str | None) -> None:
    number, said = await newest(player), _draft(kind, words or "")
    await say(player, lambda work: public_commands.draft(work, number, who, "cli", said))


async def _approves(player: Player, who: str, which: str, how: str | None, override: str | None) -> None:
    number = await newest(player)
    await say(
        player,
        lambda work: public_commands.approve(work, number, who, _VIA[how], int(which), override or ""),
    )


async def _rejects(player: Player, who: str, which: str, why: str | None) -> None:
    number = await newest(player)
    await say(player, lambda work: public_commands.reject(work, number, who, "cli", int(which), why or ""))


async def _sets(player: Player, who: str, component: str, state: str) -> None:
    async def act(work: Work) -> str:
        return await publishing.set_component(work, component, state, who, "cli")

    try:
        player.answers.append(await player.world.do(act))
    except PagerdError as error:
        player.answers.append(str(error))


async def _read(player: Player) -> None:
    """Say what stands on the status page."""
    engine = player.world.engine

    async def find(c: Connection) -> StatusPage:
        return await public_queries.status_page(c, engine.plan, engine.now(c))

    page = await engine.read(find)
    player.answers.append(page.headline)
    player.answers += [f"{line.name}: {line.state.value}" for line in page.components]
    for incident in page.incidents:
        player.answers.append(f"{incident.kind.value}: {incident.title}")
        player.answers += [f"{update.kind.value}: {update.text}".replace("\n", " / ") for update in incident.updates]


_WHO = r"(\w+)"
PUBLIC_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"{_WHO} drafts for customers(?: as (\w+))?(?:: (.+))?": _drafts,
    rf"{_WHO} approves draft (\d+)(?: (by a token|on the web))?(?: \(because (.+)\))?": _approves,
    rf"{_WHO} rejects draft (\d+)(?:: (.+))?": _rejects,
    rf"{_WHO} says that customers see (\w+) as (\w+)": _sets,
    r"customers read the page": _read,
}
