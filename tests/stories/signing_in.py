"""What can happen in a story to somebody who signs in on the web."""

import re
from collections.abc import Callable, Mapping

from pagerd.core.people import Medium
from pagerd.engine import signin
from pagerd.engine.signin import TurnedAway
from tests.stories.script import Player

_MEDIA = {"text": Medium.SMS, "mail": Medium.EMAIL}


async def _asks(player: Player, who: str, medium: str) -> None:
    """Whoever it is who types the name: nothing is known of them yet."""
    token = await player.world.do(lambda work: signin.begin(work, who, _MEDIA[medium], "198.51.100.7"))
    if token is None:
        player.answers.append("too many codes were asked for")
    else:
        player.waits_for_code = token


def _codes(player: Player, medium: str) -> list[str]:
    said = [one.outgoing.body for one in player.world.sent if one.outgoing.medium is _MEDIA[medium]]
    words = [body.body if medium == "text" else body.text for body in said]
    return ["".join(found[0]) for one in words if (found := re.findall(r"sign.in.*?(\d{4}) (\d{4})", one))]


async def _types(player: Player, which: str, medium: str) -> None:
    codes = _codes(player, medium)
    await _try(player, codes[0] if which == "first" else codes[-1])


async def _types_nonsense(player: Player, count: str) -> None:
    for _ in range(int(count)):
        await _try(player, "0")


async def _try(player: Player, code: str) -> None:
    found = await player.world.do(lambda work: signin.enter(work, player.waits_for_code, code, "a browser", None))
    if isinstance(found, TurnedAway):
        player.answers.append(f"not signed in, {found.left} more tries" if found.left else "not signed in, ask anew")
    else:
        player.answers.append(f"signed in as {found.session.person}, whose code came by {found.session.medium.value}")


SIGNING_IN: Mapping[str, Callable[..., object]] = {
    r"somebody asks to sign in as (\w+) by (text|mail)": _asks,
    r"they type the code of the (first|last) (text|mail)": _types,
    r"they type a wrong code (\d+) times": _types_nonsense,
}
