"""What people do to incidents in a story. Where no number is said, the newest incident is meant."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from pagerd.core.errors import PagerdError
from pagerd.core.incidents.checks import Value
from pagerd.core.incidents.incident import Detection, Incident, Mode
from pagerd.core.incidents.severity import CheatSheet
from pagerd.engine.incidents import commands, declaring, drills
from pagerd.engine.incidents.commands import Said, Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.work import Work
from pagerd.stores.records import incidents
from tests.builders import BERLIN
from tests.stories.script import Player

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
_OUTCOMES = {"worked": "worked", "had no effect": "no_effect", "made it worse": "worse", "was undone": "undone"}
_ANSWERS = {"yes": True, "no": False, "unknown": None}


def _length(text: str) -> timedelta:
    return int(text[:-1]) * _UNITS[text[-1]]


def clock(player: Player, text: str) -> datetime:
    """Return when the clock last showed this."""
    now = player.world.clock.now().astimezone(BERLIN)
    at = datetime.combine(now.date(), time.fromisoformat(text), BERLIN)
    return at if at <= now else at - timedelta(days=1)


def _with(player: Player, said: Declaration, word: str) -> Declaration:
    match word.split():
        case [severity] if severity.startswith("sev"):
            return replace(said, severity=severity)
        case ["cheat", "sheet", core, risk, growing]:
            sheet = CheatSheet(core_blocked=_ANSWERS[core], at_risk=_ANSWERS[risk], growing=_ANSWERS[growing])
            return replace(said, cheat_sheet=sheet)
        case ["drill"]:
            return replace(said, mode=Mode.DRILL)
        case ["backfill"]:
            return replace(said, mode=Mode.BACKFILL)
        case ["by", detection]:
            return replace(said, detection=Detection(detection))
        case ["since", at]:
            return replace(said, impact_started_at=clock(player, at))
        case ["detected", at]:
            return replace(said, detected_at=clock(player, at))
        case ["resolved", at]:
            return replace(said, resolved_at=clock(player, at))
    raise AssertionError(f"nobody knows how to declare with {word!r}")


async def _opens(player: Player, who: str, act: str, what: str, title: str | None, extra: str | None) -> None:
    said = Declaration(title=title or "", suspected=act == "suspects")
    if what == "the page":
        said = replace(said, page=await player.only_page())
    else:
        said = replace(said, team=what.removeprefix("team "))
    for word in (extra or "").split(", "):
        said = _with(player, said, word) if word else said

    async def do(work: Work) -> Said:
        return commands.opened(work, who, await declaring.declare(work, who, "cli", said))

    await say(player, do)


async def say(player: Player, act: Callable[[Work], Awaitable[Said]]) -> None:
    """Act, and answer with what became of it."""
    try:
        answer = await player.world.do(act)
    except PagerdError as error:
        player.answers.append(str(error))
        return
    player.answers.append(answer.sentence)


async def newest(player: Player) -> int:
    """Return the number of the incident that was opened last."""

    async def find(work: Work) -> list[Incident]:
        return await incidents.list_incidents(work.c, status=None, is_open=False, team="", before=None, limit=1)

    [one] = await player.world.do(find)
    return one.number


Command = Callable[..., Awaitable[Said]]


def _act(command: Command, *order: int) -> Callable[..., Awaitable[None]]:
    """Make an action of a command: `order` says which group of the pattern is which of its further arguments."""

    async def act(player: Player, who: str, *groups: str | None) -> None:
        number = await newest(player)
        given = [groups[place] or "" for place in order]
        await say(player, lambda work: command(work, number, who, "cli", *given))

    return act


async def _posts(player: Player, who: str, know: str, trend: str | None, eta: str | None, after: str | None) -> None:
    number = await newest(player)
    said = Update(know=know, trend=trend or "", eta=eta or "", next_in=_length(after) if after else None)
    await say(player, lambda work: commands.post_update(work, number, who, "cli", said))


async def _monitors(player: Player, who: str, since: str | None) -> None:
    number, at = await newest(player), clock(player, since) if since else None
    await say(player, lambda work: commands.monitor(work, number, who, "cli", at))


async def _ends(player: Player, who: str, which: str, outcome: str) -> None:
    number = await newest(player)
    await say(
        player,
        lambda work: commands.end_mitigation(work, number, who, "cli", int(which), _OUTCOMES[outcome], ""),
    )


async def _merges(player: Player, who: str, number: str, into: str) -> None:
    await say(player, lambda work: commands.merge(work, int(number), who, "cli", int(into)))


async def _notes(player: Player, who: str, at: str | None, text: str) -> None:
    number, when = await newest(player), clock(player, at) if at else None
    await say(player, lambda work: commands.note(work, number, who, "cli", text, when))


async def _asks_for(player: Player, who: str, role: str, person: str | None) -> None:
    number = await newest(player)
    await say(player, lambda work: commands.request_role(work, number, who, "cli", role, person))


async def _needs(player: Player, who: str, team: str, what: str) -> None:
    number = await newest(player)
    await say(player, lambda work: commands.need_help(work, number, who, "cli", team, what, None))


async def _links(player: Player, who: str) -> None:
    number, page = await newest(player), await player.only_page()
    await say(player, lambda work: commands.link_page(work, number, who, "cli", page))


async def _confirms(player: Player, who: str, severity: str | None) -> None:
    number = await newest(player)
    await say(player, lambda work: commands.confirm(work, number, who, "cli", severity))


async def _is_measured(player: Player, value: str) -> None:
    player.world.instruments.measured["error_ratio"] = (Value({}, float(value)),)


async def _is_not_measured(player: Player) -> None:
    player.world.instruments.measured.clear()


async def _checkout_answers(player: Player, status: str) -> None:
    player.world.instruments.answered["https://shop.example.com/checkout"] = int(status)


async def _checkout_is_gone(player: Player) -> None:
    player.world.instruments.answered.clear()


async def _prometheus(player: Player, how: str) -> None:
    player.world.instruments.is_down = how == "does not answer"


async def _scores(player: Player, who: str) -> None:
    del who  # anybody may read it
    number, engine = await newest(player), player.world.engine
    one = await engine.read(lambda c: drills.scored(c, engine.plan, number, engine.now(c)))
    player.answers.append(f"{one.score.passed} of {len(one.score.points)}{'' if one.score.is_final else ', not over'}")
    player.answers += [f"{point.shown.value}: {point.means}, {point.found}" for point in one.score.points]


_WHO, _ROLE = r"(\w+)", r"(ic|tl|comms)"
INCIDENT_ACTIONS: Mapping[str, Callable[..., object]] = {
    rf"{_WHO} (declares|suspects) an incident of (the page|team \w+)(?:: ([^()]+?))?(?: \((.+)\))?": _opens,
    rf"{_WHO} confirms the incident(?: as (\w+))?": _confirms,
    rf"{_WHO} (?:raises|lowers) the incident to (\w+)(?:: (.+))?": _act(commands.set_severity, 0, 1),
    rf"{_WHO} posts: (.+?)(?: \((improving|stable|worsening)\))?(?:, ETA ([\w:]+))?(?:, next in (\w+))?": _posts,
    rf"{_WHO} notes on the incident(?: for (\d\d:\d\d))?: (.+)": _notes,
    rf"{_WHO} tries (\w+)(?:: ([^()]+?))?(?: \(because (.+)\))?": _act(commands.mitigate, 0, 1, 2),
    rf"{_WHO} says that mitigation (\d+) (worked|had no effect|made it worse|was undone)": _ends,
    rf"{_WHO} says that the impact is over(?: since (\d\d:\d\d))?": _monitors,
    rf"{_WHO} says that it is not over: (.+)": _act(commands.investigate, 0),
    rf"{_WHO} finds (\w+) (red|attested|not_applicable|unknown)(?:: (.+))?": _act(commands.read_criterion, 0, 1, 2),
    rf"{_WHO} resolves the incident(?:: ([^()]+?))?(?: \(against it all: (.+)\))?": _act(commands.resolve, 0, 1),
    rf"{_WHO} countersigns the override": _act(commands.countersign),
    rf"{_WHO} reopens the incident: (.+)": _act(commands.reopen, 0),
    rf"{_WHO} cancels the incident as (\w+)(?:: (.+))?": _act(commands.cancel, 0, 1),
    rf"{_WHO} merges incident (\d+) into (\d+)": _merges,
    rf"{_WHO} links the page to the incident": _links,
    r"the error ratio is ([0-9.]+)": _is_measured,
    r"the error ratio has no data": _is_not_measured,
    r"the checkout answers (\d+)": _checkout_answers,
    r"the checkout does not answer": _checkout_is_gone,
    r"Prometheus (does not answer|answers again)": _prometheus,
    rf"{_WHO} takes the role {_ROLE}": _act(commands.take_role, 0),
    rf"{_WHO} asks for somebody as {_ROLE}(?:, (\w+) first)?": _asks_for,
    rf"{_WHO} hands the role {_ROLE} to (\w+)": _act(commands.hand_role_over, 0, 1),
    rf"{_WHO} releases the role {_ROLE}(?:: (.+))?": _act(commands.release_role, 0, 1),
    rf"{_WHO} scores the drill": _scores,
    rf"{_WHO} needs help of team (\w+): (.+)": _needs,
}
