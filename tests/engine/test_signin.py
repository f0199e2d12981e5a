"""Signing in on a store with two nodes: whichever a proxy picks. The rest is told in tests/web and in stories."""

import re
from datetime import timedelta

from pagerd.core.people import Medium
from pagerd.core.signin import CODES_MAX, TRIES_MAX
from pagerd.engine import sessions, signin
from pagerd.engine.signin import Entered, TurnedAway
from pagerd.lab.nodes import Node, Nodes
from tests.builders import NOON, a_plan

PEERS = ("198.51.100.7", "198.51.100.8", "198.51.100.9")


async def two_nodes() -> tuple[Nodes, Node, Node]:
    """Start two nodes on one store."""
    world = Nodes(a_plan(), NOON)
    await world.begin()
    return world, *world.nodes


async def asks(world: Nodes, node: Node, peer: str = PEERS[0]) -> str:
    """Ask for a code at a node, in ana's name."""
    token = await world.do(node, lambda work: signin.begin(work, "ana", Medium.SMS, peer))
    await world.run_until(world.clock.now() + timedelta(seconds=5))
    assert token is not None
    return token


def codes(world: Nodes) -> list[str]:
    """Return the codes that were texted."""
    said = [one.outgoing.body.body for one in world.sent]
    return ["".join(found[0]) for text in said if (found := re.findall(r"code (\d{4}) (\d{4})", text))]


async def tries(world: Nodes, node: Node, token: str, code: str) -> Entered | TurnedAway:
    """Type a code at a node."""
    return await world.do(node, lambda work: signin.enter(work, token, code, "a browser", None))


async def test_asked_at_one_node_and_entered_at_the_other() -> None:
    """One text, one session, known at both; ended at one it is over at both."""
    world, first, second = await two_nodes()
    token = await asks(world, first)
    (code,) = codes(world)
    entered = await tries(world, second, token, code)
    assert isinstance(entered, Entered)
    assert await first.engine.read(lambda c: sessions.find(c, entered.token)) == entered.session
    await world.do(first, lambda work: sessions.end_all(work, "ana", by="ana"))

    assert await second.engine.read(lambda c: sessions.find(c, entered.token)) is None


async def test_limits_hold_at_both() -> None:
    """Wrong codes and texts are counted in rows: nobody gets twice as many at two nodes."""
    world, *nodes = await two_nodes()
    token = await asks(world, nodes[0])
    for turn in range(TRIES_MAX):
        found = await tries(world, nodes[turn % 2], token, "0")
        assert found == TurnedAway(TRIES_MAX - turn - 1)
    assert await tries(world, nodes[1], token, codes(world)[0]) == TurnedAway(0)
    for turn in range(3 * CODES_MAX):
        await asks(world, nodes[turn % 2], PEERS[turn % len(PEERS)])

    assert len(codes(world)) == CODES_MAX


async def test_a_node_that_is_killed_with_a_code_in_hand() -> None:
    """The other sends one; whichever was read opens."""
    world, first, second = await two_nodes()
    token = await world.do(first, lambda work: signin.begin(work, "ana", Medium.SMS, PEERS[0]))
    assert token is not None
    world.kill(first)
    await world.run_until(NOON + timedelta(seconds=20))
    (code,) = codes(world)

    assert isinstance(await tries(world, second, token, code), Entered)
