"""What people do with action items in a story. Where no number is said, the newest item is meant."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from pagerd.core.actions.terms import Terms
from pagerd.core.errors import PagerdError
from pagerd.core.incidents.checks import Value
from pagerd.engine.actions import commands
from pagerd.engine.actions.commands import Said
from pagerd.engine.work import Work
from pagerd.stores.records import actions
from tests.stories.script import Player


def _fields(extra: str | None) -> dict[str, object]:
    """Read `owner ana, due 2026-02-10, priority high, verified by rule: X, better: ..., serves detection`."""
    found: dict[str, object] = {}
    for part in (extra or "").split(", "):
        match part.split(" ", 1):
            case ["owner" | "priority" as name, value]:
                found[name] = value
            case ["due", value]:
                found["due"] = date.fromisoformat(value)
            case ["verified", value]:
                found["verification"] = value.removeprefix("by ")
            case ["better:", value]:
                found["impact"] = value
            case ["serves", value]:
                found["bars"] = tuple(value.split("+"))
            case [""]:
                pass
            case _:
                raise AssertionError(f"nobody knows what {part!r} says of an action item")
    return found


async def _say(player: Player, act: Callable[[Work], Awaitable[Said]]) -> None:
    try:
        answer = await player.world.do(act)
    except PagerdError as error:
        player.answers.append(str(error))
        return
    player.answers.append(answer.sentence)


async def _newest(player: Player) -> int:
    return await player.world.do(lambda work: actions.next_number(work.c)) - 1


async def _writes_down(player: Player, who: str, incident: str, title: str, extra: str | None) -> None:
    terms = Terms(title=title, **_fields(extra))  # type: ignore[arg-type]  # as the fields say
    await _say(player, lambda work: commands.add(work, int(incident), who, "cli", terms))


async def _changes(player: Player, who: str, number: str | None, extra: str) -> None:
    which, fields = int(number) if number else await _newest(player), _fields(extra)
    await _say(player, lambda work: commands.change(work, which, who, "cli", fields))


def _act(command: Callable[..., Awaitable[Said]]) -> Callable[..., Awaitable[None]]:
    async def act(player: Player, who: str, number: str | None, *said: str | None) -> None:
        which = int(number) if number else await _newest(player)
        given = [one or "" for one in said]
        await _say(player, lambda work: command(work, which, who, "cli", *given))

    return act


async def _has_rule(player: Player, name: str, health: str | None) -> None:
    player.world.instruments.rules[name] = "err" if health else "ok"


async def _measures(player: Player, value: str, expression: str) -> None:
    player.world.instruments.measured[expression] = (Value({}, float(value)),)


_WHO, _WHICH = r"(\w+)", r"action(?: (\d+))?"
ACTION_ITEMS: Mapping[str, Callable[..., object]] = {
    rf"{_WHO} writes an action of incident (\d+): ([^()]+?)(?: \((.+)\))?": _writes_down,
    rf"{_WHO} changes {_WHICH}: (.+)": _changes,
    r"Prometheus has the alert rule (\w+)(, and cannot evaluate it)?": _has_rule,
    r"Prometheus measures ([0-9.]+) for (.+)": _measures,
    rf"{_WHO} starts {_WHICH}": _act(commands.start),
    rf"{_WHO} finishes {_WHICH}(?:: (.+))?": _act(commands.done),
    rf"{_WHO} verifies {_WHICH}: (.+)": _act(commands.verify),
    rf"{_WHO} drops {_WHICH}: (.+)": _act(commands.drop),
    rf"{_WHO} reopens {_WHICH}: (.+)": _act(commands.reopen),
}
