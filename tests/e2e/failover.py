"""Two nodes on a replicated pair, under load: what tests of failovers break, and what they measure.

async with two_nodes(tmp_path) as cluster, cluster.load() as load:
    await load.answered_more(30)
    await cluster.pair.kill(cluster.pair.primary)
    ...
    await cluster.settled(load)            # everything that was answered 2xx is stored and told
"""

import asyncio
import itertools
import re
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import asyncpg

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.processes import free_port, poll_again, running
from tests.postgres.pair import DATABASE, USER, Member, Pair, a_pair
from tests.postgres.server import PASSWORD
from tests.postgres.wire import Wire

SENDERS = 4
ANSWER_SECONDS = 5.0  # then whoever sends goes to the other node, and stays there
# Nobody answers here, and nothing but the first step is looked at.
ESCALATION = installation.ESCALATION.replace("answer_within: 3s", "answer_within: 1h")


class Node:
    """One pagerd, with files and wires of its own, so that it alone can be killed, frozen and cut off."""

    def __init__(self, files: installation.Installation, wires: tuple[Wire, ...], smtp: FakeSmtp) -> None:
        self.files = files
        self.wires = wires
        self.smtp = smtp
        """Its own way out: what comes by it was sent by this node."""
        self.environment: dict[str, str] = {}
        self._stack = AsyncExitStack()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> Path:
        """Return where it says what it does."""
        return self.files.folder / "pagerd.log"

    async def start(self) -> None:
        """Start it; return when it is ready."""
        command = [sys.executable, "-m", "pagerd", "-c", str(self.files.folder), "run", "--log-level", "warning"]
        self._process = await self._stack.enter_async_context(
            running(command, self.log, f"{self.files.url}/-/ready", self.environment)
        )

    async def kill(self) -> None:
        """End it without a word."""
        self._signal(signal.SIGKILL)
        await self.stop()

    def freeze(self) -> None:
        """Let it stand still."""
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on: it does not know that time has passed."""
        self._signal(signal.SIGCONT)

    async def stop(self) -> None:
        """End it, politely where it still can hear."""
        await self._stack.aclose()

    def cut(self) -> None:
        """Cut it off from the database, and from nothing else: its connections are open, and nothing comes through."""
        for wire in self.wires:
            wire.fall_silent()

    def mend(self) -> None:
        """Let it reach the database again."""
        for wire in self.wires:
            wire.mend()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "it was never started"
        self._process.send_signal(number)


class Load:
    """Raises alerts as Alertmanager does: what is refused, or not answered, is sent again, to the other node."""

    def __init__(self, nodes: Sequence[Node], numbers: "itertools.count[int]") -> None:
        self.nodes = nodes
        self.answered: dict[int, float] = {}
        """When each alert was answered with 2xx, on the loop's clock."""
        self.refused: set[int] = set()
        """With what else a node answered."""
        self._numbers = numbers
        self._loop = asyncio.get_running_loop()

    async def answered_more(self, count: int) -> None:
        """Wait until so many further alerts were answered."""
        wanted = len(self.answered) + count
        while len(self.answered) < wanted:
            await poll_again()

    async def resumed_after(self, instant: float) -> float:
        """Wait for the first answer after an instant; return how long after it came."""
        while not (late := [at for at in self.answered.values() if at > instant]):
            await poll_again()
        return min(late) - instant

    async def run(self) -> None:
        """Send on without end, from all senders."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)) as session:
            await asyncio.gather(*(self._send_on(session, first) for first in range(SENDERS)))

    async def _send_on(self, session: aiohttp.ClientSession, first: int) -> None:
        at = first
        while True:
            number = next(self._numbers)
            while not await self._took(session, self.nodes[at % len(self.nodes)], number):
                at += 1
                await poll_again()
            await poll_again()

    async def _took(self, session: aiohttp.ClientSession, node: Node, number: int) -> bool:
        alert = {
            "labels": {"alertname": f"Load{number:05}", "team": "payments", "severity": "critical"},
            "annotations": {"summary": f"alert {number:05}"},
        }
        headers = {"Authorization": f"Bearer {node.files.token}"}
        try:
            url = f"{node.files.url}/api/v1/alerts/tools"
            async with session.post(url, json={"alerts": [alert]}, headers=headers) as response:
                status = response.status
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False
        if status < 300:
            self.answered[number] = self._loop.time()
            return True
        self.refused.add(status)
        return False


class Cluster:
    """A pair, two nodes on it, and what their mail servers hear."""

    def __init__(self, pair: Pair, nodes: tuple[Node, ...]) -> None:
        self.pair = pair
        self.nodes = nodes
        self.heard: dict[str, list[float]] = {}
        """When each mail came, by its Message-ID, on the loop's clock. One that came twice is a duplicate."""
        self.is_suspect = False
        """Whether a test failed on it, and nobody knows what it left."""
        self._numbers = itertools.count(1)

    async def listen(self, smtp: FakeSmtp) -> None:
        """Note each mail as it comes, without end."""
        loop = asyncio.get_running_loop()
        while True:
            mail = await smtp.next_mail()
            self.heard.setdefault(str(mail.parsed["Message-ID"]), []).append(loop.time())

    @property
    def duplicates(self) -> int:
        """How many mails came that had come before."""
        return sum(len(times) - 1 for times in self.heard.values())

    @asynccontextmanager
    async def load(self, *nodes: Node) -> AsyncIterator[Load]:
        """Raise alerts at these nodes, or at all, until the end of the block."""
        load = Load(nodes or self.nodes, self._numbers)
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(load.run())
            yield load
            sending.cancel()

    async def told(self) -> dict[int, float]:
        """Return when a human was first told of each alert, of those that are stored on the primary of now."""
        rows = await rows_of(
            self.pair.primary,
            "SELECT substring(a.body from 'Load([0-9]{5})')::int, n.provider_id FROM alerts a"
            " JOIN notifications n ON n.page_id = a.page_id WHERE n.provider_id IS NOT NULL",
        )
        first: dict[int, float] = {}
        for number, message in rows:
            if times := self.heard.get(str(message)):
                first[number] = min(times[0], first.get(number, times[0]))
        return first

    async def settled(self, load: Load) -> dict[int, float]:
        """Wait until everything that was answered is stored and told; return how late each was told."""
        while True:
            told = await self.told()
            if load.answered.keys() <= told.keys():
                return {number: told[number] - at for number, at in load.answered.items()}
            await poll_again()

    async def lost(self, load: Load) -> set[int]:
        """Return what was answered and is not stored on the primary of now."""
        rows = await rows_of(self.pair.primary, "SELECT substring(body from 'Load([0-9]{5})')::int FROM alerts")
        return load.answered.keys() - {row[0] for row in rows}


async def rows_of(member: Member, sql: str) -> list[tuple[object, ...]]:
    """Run one statement on one server, past its wire, and return its rows."""
    connection = await asyncpg.connect(member.dsn(), timeout=5)
    try:
        return [tuple(row) for row in await connection.fetch(sql, timeout=20)]
    finally:
        connection.terminate()


async def in_the_air(member: Member) -> int:
    """Return how many messages were claimed, as far as a server knows."""
    return int((await rows_of(member, "SELECT count(*) FROM notifications WHERE status = 'claimed'"))[0][0])


def write_node(folder: Path, smtp_port: int, wires: Sequence[Wire], *more: str) -> installation.Installation:
    """Write the files of one node of the pair."""
    files = installation.write(
        folder, port=free_port(), twilio_url=None, smtp_port=smtp_port, public_url="https://pager.example.com"
    )
    (folder / "rules/payments.yaml").write_text(installation.RULES_OF_LOAD)
    (folder / "rotations/escalation.yaml").write_text(ESCALATION)
    (folder / "database.password").write_text(PASSWORD + "\n")
    hosts = ", ".join(f"'127.0.0.1:{wire.port}'" for wire in wires)
    settings = folder / "pagerd.yaml"
    settings.write_text(
        re.sub(r"^notify: .*$", "notify: {high: [email], low: [email]}", settings.read_text(), flags=re.MULTILINE)
        + f"store: {{postgres: {{hosts: [{hosts}], database: {DATABASE}, user: {USER},"
        " password_file: database.password, tls: disable}}\n" + "".join(f"{line}\n" for line in more)
    )
    return files


@asynccontextmanager
async def two_nodes(folder: Path) -> AsyncIterator[Cluster]:
    """Start a pair and two nodes on it; end all of it, however it is by then."""
    async with AsyncExitStack() as stack:
        pair = await stack.enter_async_context(a_pair())
        nodes = []
        for name in ("one", "two"):
            smtp = await stack.enter_async_context(FakeSmtp())
            wires = [await stack.enter_async_context(Wire(member.server.port)) for member in pair.members]
            nodes.append(Node(write_node(folder / name, smtp.port, wires), tuple(wires), smtp))
        cluster = Cluster(pair, tuple(nodes))
        for node in nodes:
            listening = asyncio.get_running_loop().create_task(cluster.listen(node.smtp))
            stack.callback(listening.cancel)
            stack.push_async_callback(node.stop)
            await node.start()
        yield cluster
