"""Two real daemons on one real database: no message twice without faults, none lost with them.

How late what came was is a figure: printed here, and collected by `make proof`, which does all of it twenty times.
"""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.channels.fake_smtp import Mode
from tests.e2e.cluster import Cluster, cluster
from tests.e2e.processes import poll_again, tail
from tests.e2e.test_daemon import cli
from tests.figures import note
from tests.postgres.server import Server
from tests.share import in_share

pytestmark = pytest.mark.timeout(170)

COUNT = 40
HANGING = 8
"""Mails that the server holds when a node is struck: a moment, or its own patience with the server would end."""


again_and_again = pytest.mark.parametrize("trial", range(in_share(ci=1, proof=20)))


async def in_the_air(pair: Cluster, count: int) -> set[tuple[str, str]]:
    """Wait until so many mails came to the mail server; return which."""
    while len(pair.smtp.mails) < count:
        await poll_again()
    pair.listen()
    return set(pair.heard)


@again_and_again
async def test_two_nodes_without_faults(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """Both take alerts, each is told once, each step is taken once, and either of them answers for all."""
    del trial
    async with asyncio.timeout(160), cluster(tmp_path, postgres, database) as pair:
        first, second = pair.nodes
        taken = await first.raise_alerts(range(0, COUNT, 2)) | await second.raise_alerts(range(1, COUNT, 2))
        await pair.until_told("ana", taken)
        await pair.until_told("ben", taken)  # the second step: nobody answered the first

        note("two nodes without faults: messages that came twice", len(pair.twice), n=len(pair.heard), at_most=0)
        assert len(taken) == COUNT
        assert pair.twice == set()
        assert await pair.sql("SELECT MAX(attempts) FROM notifications") == [(1,)]
        known = (await second.status())["nodes"]
        assert sum(one["is_there"] for one in known) == 2
        assert [one["is_this"] for one in known] == [False, True]
        page = (await pair.sql("SELECT id FROM pages ORDER BY id LIMIT 1"))[0][0]
        code, said = await cli(second.pager, "ack", str(page))
        assert code == 0, said
        code, said = await cli(first.pager, "audit", "verify")
        assert code == 0, said
        assert "Traceback" not in tail(first.log) + tail(second.log)


@again_and_again
async def test_a_killed_node(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """What it had in hand and in its queue is told by the other one; twice only what was in the air."""
    del trial
    async with asyncio.timeout(160), cluster(tmp_path, postgres, database) as pair:
        first, second = pair.nodes
        pair.smtp.mode = Mode.WAIT_IN_DATA
        async with asyncio.TaskGroup() as group:
            load = group.create_task(first.raise_alerts(range(COUNT)))
            await in_the_air(pair, HANGING)
            first.tell(signal.SIGKILL)
            pair.smtp.mode = Mode.OK
        air = await in_the_air(pair, HANGING)
        taken = load.result()
        taken |= await second.raise_alerts(set(range(COUNT)) - set(taken))  # as a sender does that had no answer
        came = await pair.until_told("ana", taken)
        await pair.until_told("ben", taken)

        latest = max(came[number] - taken[number] for number in taken)
        note("a node killed: the latest first message, after its alert", latest, n=len(taken), at_most=10, unit="s")
        assert len(taken) == COUNT
        assert await pair.unexplained(air) == set()


@again_and_again
async def test_a_frozen_node_that_wakes(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """Its leases end while it is frozen, the other node tells all; awake, it sends nothing of what it still holds."""
    del trial
    async with asyncio.timeout(160), cluster(tmp_path, postgres, database) as pair:
        first, _ = pair.nodes
        pair.smtp.mode = Mode.WAIT_IN_DATA
        taken = await first.raise_alerts(range(COUNT))
        await in_the_air(pair, HANGING)
        first.tell(signal.SIGSTOP)
        # Only now: one more may have left between the look and the signal.
        air = await in_the_air(pair, HANGING)
        pair.smtp.mode = Mode.OK
        came = await pair.until_told("ana", taken)
        first.tell(signal.SIGCONT)
        pair.smtp.go_on.set()
        # What it takes in now stands behind all that it held.
        more = await first.raise_alerts([COUNT])
        await pair.until_told("ana", more)

        latest = max(came[number] - taken[number] for number in taken)
        note("a node frozen: the latest first message, after its alert", latest, n=len(taken), at_most=10, unit="s")
        beyond = await pair.unexplained(air)
        note("a node frozen and woken: messages twice that were not in the air", len(beyond), n=len(taken), at_most=0)
        assert len(taken) == COUNT
        assert beyond == set()


@again_and_again
async def test_a_node_that_is_told_to_stop(tmp_path: Path, postgres: Server, database: str, trial: int) -> None:
    """Stopped under load it ends what is in the air and hands back the rest: all that it took is told, and once."""
    del trial
    async with asyncio.timeout(160), cluster(tmp_path, postgres, database) as pair:
        first, second = pair.nodes
        async with asyncio.TaskGroup() as group:
            load = group.create_task(first.raise_alerts(range(10 * COUNT)))
            await in_the_air(pair, HANGING)
            first.tell(signal.SIGTERM)
            told_at = time.monotonic()
        taken = load.result()
        assert first.process is not None
        await first.process.wait()
        came = await pair.until_told("ana", taken)

        latest = max(came[number] - max(told_at, taken[number]) for number in taken)
        note("a node told to stop: the latest first message, from then on", latest, n=len(taken), at_most=2, unit="s")
        assert first.process.returncode == 0
        assert HANGING <= len(taken) < 10 * COUNT
        assert pair.twice == set()
        # The other one sees at its next beat that this one has left.
        while [one["is_this"] for one in (await second.status())["nodes"]] != [True]:
            await poll_again()
