"""Two real daemons on one real database: no message twice without faults, none lost with them.

How late what came was is a figure: printed here, and collected by `make proof`, which does all of it twenty times.
"""

import asyncio
from pathlib import Path

import pytest

from tests.channels.fake_smtp import Mode
from tests.e2e.cluster import two_nodes
from tests.e2e.processes import poll_again, tail
from tests.e2e.test_daemon import cli
from tests.figures import note
from tests.postgres.server import Server
from tests.share import in_share

pytestmark = pytest.mark.timeout(170)

COUNT = 40
HANGING = 8
"""Mails that the server holds when a node is struck: a moment, or its own patience with the server would end."""

MANY = 16
"""Senders at once, so that a node has messages in its queue that nobody began to send."""

again_and_again = pytest.mark.parametrize("trial", range(in_share(ci=1, proof=20)))


@again_and_again
async def test_two_nodes_without_faults(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """Both take alerts, each is told once, each step is taken once, and either of them answers for all."""
    del trial
    async with asyncio.timeout(160), two_nodes(tmp_path, postgres, database) as cluster:
        first, second = cluster.nodes
        async with cluster.load() as load:
            await load.answered_more(COUNT)
        await cluster.settled(load, "ana")
        await cluster.settled(load, "ben")  # the second step: nobody answered the first

        sent = len(cluster.heard)
        note("two nodes without faults: messages that came twice", cluster.duplicates, n=sent, at_most=0)
        assert load.refused == set()
        assert cluster.duplicates == 0
        assert await cluster.rows("SELECT MAX(attempts) FROM notifications") == [(1,)]
        known = (await second.status())["nodes"]
        assert sum(one["is_there"] for one in known) == 2
        assert [one["is_this"] for one in known] == [False, True]
        page = (await cluster.rows("SELECT id FROM pages ORDER BY id LIMIT 1"))[0][0]
        code, said = await cli(second.files, "ack", str(page))
        assert code == 0, said
        code, said = await cli(first.files, "audit", "verify")
        assert code == 0, said
        assert "Traceback" not in tail(first.log) + tail(second.log)


@again_and_again
async def test_a_killed_node(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """What it had in hand and in its queue is told by the other one; twice only what was in the air; it comes back."""
    del trial
    async with asyncio.timeout(160), two_nodes(tmp_path, postgres, database) as cluster:
        first, second = cluster.nodes
        first.smtp.mode = Mode.WAIT_IN_DATA
        # Whoever sends goes to the other node with what was not answered.
        async with cluster.load(first, second) as load:
            await cluster.in_the_air(first, HANGING)
            await first.kill()
            first.smtp.mode = Mode.OK
            await load.answered_more(COUNT)
        late = await cluster.settled(load, "ana")
        await cluster.settled(load, "ben")
        # Only now has its mail server read all that had left the node.
        air = await cluster.in_the_air(first, HANGING)
        await first.start()
        async with cluster.load(first) as load_after:
            await load_after.answered_more(HANGING)
        await cluster.settled(load_after)

        note("a node killed: the latest first message, after its alert", max(late.values()), n=len(late), at_most=10,
             unit="s")  # fmt: skip
        beyond = await cluster.unexplained(air)
        note("a node killed: messages twice that were not in the air", len(beyond), n=len(late), at_most=0)
        assert await cluster.lost(load) == set()
        assert load_after.refused == set()
        assert beyond == set()


@again_and_again
async def test_a_frozen_node_that_wakes(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """Its leases end while it is frozen, the other node tells all; awake, it sends nothing of what it still holds."""
    del trial
    async with asyncio.timeout(160), two_nodes(tmp_path, postgres, database) as cluster:
        first, _ = cluster.nodes
        first.smtp.mode = Mode.WAIT_IN_DATA
        async with cluster.load(first) as load:
            await load.answered_more(COUNT)
        await cluster.in_the_air(first, HANGING)
        first.freeze()
        first.smtp.mode = Mode.OK
        late = await cluster.settled(load, "ana")
        # Only now has its mail server read all that had left the node.
        air = await cluster.in_the_air(first, HANGING)
        first.wake()
        first.smtp.go_on.set()
        # What it takes in now stands behind all that it held.
        async with cluster.load(first) as load_after:
            await load_after.answered_more(HANGING)
        await cluster.settled(load_after, "ana")

        note("a node frozen: the latest first message, after its alert", max(late.values()), n=len(late), at_most=10,
             unit="s")  # fmt: skip
        beyond = await cluster.unexplained(air)
        note("a node frozen and woken: messages twice that were not in the air", len(beyond), n=len(late), at_most=0)
        assert await cluster.lost(load) == set()
        assert beyond == set()


@again_and_again
async def test_a_node_that_is_told_to_stop(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """Stopped under load it ends what is in the air and hands back the rest: all that it took is told, and once."""
    del trial
    async with asyncio.timeout(160), two_nodes(tmp_path, postgres, database) as cluster:
        first, second = cluster.nodes
        async with cluster.load(first, senders=MANY) as load:
            await cluster.in_the_air(first, HANGING)
            told_at = asyncio.get_running_loop().time()
            code = await first.terminate()
        late = await cluster.settled(load, "ana")

        latest = max(
            load.answered[number] + after - max(told_at, load.answered[number]) for number, after in late.items()
        )
        note("a node told to stop: the latest first message, from then on", latest, n=len(late), at_most=2, unit="s")
        assert code == 0
        assert len(load.answered) >= HANGING
        assert cluster.duplicates == 0
        # The other one sees at its next beat that this one has left.
        while [one["is_this"] for one in (await second.status())["nodes"]] != [True]:
            await poll_again()
