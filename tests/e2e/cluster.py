"""Two real nodes on one PostgreSQL, or on a replicated pair, under load: what tests break, and what they measure.

async with two_nodes(tmp_path, database) as cluster, cluster.load() as load:
    await load.answered_more(30)
    await cluster.nodes[0].kill()
    ...
    await cluster.settled(load)            # everything that was answered 2xx is stored and told

Each node has a folder, a port, a socket and a mail server of its own, and the same files otherwise. A Message-ID and a
recipient are one notification, so who was told what, and how often, is counted at the mail servers.
"""

import asyncio
import itertools
import json
import re
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import asyncpg

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.processes import poll_again, running, tail
from tests.e2e.test_daemon import cli, command
from tests.ports import free_port
from tests.postgres.fixtures import administer
from tests.postgres.pair import DATABASE, USER, Member, Pair, a_pair
from tests.postgres.server import PASSWORD, SUPERUSER, Server
from tests.postgres.wire import Wire

SENDERS = 4
ANSWER_SECONDS = 5.0  # then whoever sends goes to the other node, and stays there

SETTLE_SECONDS = 100.0
"""Far longer than anything may take; then what is not told is looked at, for whoever has to find out why."""

UNTOLD = (
    "SELECT * FROM alerts WHERE body ~ 'SOME'",
    "SELECT * FROM pages WHERE id IN (SELECT page_id FROM alerts WHERE body ~ 'SOME')",
    "SELECT * FROM notifications WHERE page_id IN (SELECT page_id FROM alerts WHERE body ~ 'SOME')",
    "SELECT status, count(*), min(due), max(due), max(attempts) FROM notifications GROUP BY 1",
    "SELECT * FROM nodes",
    "SELECT clock_timestamp()",
)

Rows = list[tuple[object, ...]]
Message = tuple[str, str]
"""The Message-ID and the recipient of a mail."""


class Database(Protocol):
    """Where the nodes keep everything, as somebody sees it who is not pagerd."""

    @property
    def store(self) -> str:
        """What `store` says of it, but the hosts and the password."""
        ...

    @property
    def ports(self) -> Sequence[int]:
        """Where its servers listen."""
        ...

    async def rows(self, sql: str) -> Rows:
        """Run one statement past all nodes."""
        ...


@dataclass(frozen=True)
class Single:
    """A database of a server that stays whole."""

    server: Server
    database: str

    @property
    def store(self) -> str:
        """The tests' superuser is in it."""
        return f"database: {self.database}, user: {SUPERUSER}"

    @property
    def ports(self) -> Sequence[int]:
        """Where it listens."""
        return (self.server.port,)

    async def rows(self, sql: str) -> Rows:
        """Ask it."""
        return await administer(self.server, sql, database=self.database)


@dataclass(frozen=True)
class Replicated:
    """A pair, of which either may be the primary."""

    pair: Pair

    @property
    def store(self) -> str:
        """Both know the same user."""
        return f"database: {DATABASE}, user: {USER}, tls: disable"

    @property
    def ports(self) -> Sequence[int]:
        """Where both listen."""
        return tuple(member.server.port for member in self.pair.members)

    async def rows(self, sql: str) -> Rows:
        """Ask the primary of now."""
        return await rows_of(self.pair.primary, sql)


class Node:
    """One pagerd, with files and wires of its own, so that it alone can be killed, frozen and cut off."""

    def __init__(self, files: installation.Installation, wires: tuple[Wire, ...], smtp: FakeSmtp) -> None:
        self.files = files
        self.wires = wires
        self.smtp = smtp
        """Its own way out: what comes by it was sent by this node."""
        self.environment: dict[str, str] = {}
        self._stack = AsyncExitStack()
        self.process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> Path:
        """Return where it says what it does."""
        return self.files.folder / "pagerd.log"

    async def start(self) -> None:
        """Start it; return when it is ready."""
        words = [*command(self.files), "--log-level", "warning"]
        self.process = await self._stack.enter_async_context(
            running(words, self.log, f"{self.files.url}/-/ready", self.environment)
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

    async def terminate(self) -> int:
        """Tell it to stop, as whoever upgrades it does; return its exit code when it has."""
        self._signal(signal.SIGTERM)
        assert self.process is not None, "it was started"
        return await self.process.wait()

    async def stop(self) -> None:
        """End it, politely where it still can hear."""
        await self._stack.aclose()

    async def status(self) -> dict[str, Any]:
        """Return what `pagerd status` says over its own socket."""
        _, said = await cli(self.files, "status", "-o", "json")
        return dict(json.loads(said))

    def cut(self) -> None:
        """Cut it off from the database, and from nothing else: its connections are open, and nothing comes through."""
        for wire in self.wires:
            wire.fall_silent()

    def mend(self) -> None:
        """Let it reach the database again."""
        for wire in self.wires:
            wire.mend()

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None, "it was never started"
        self.process.send_signal(number)


class Load:
    """Raises alerts as Alertmanager does: what is refused, or not answered, is sent again, to the other node."""

    def __init__(self, nodes: Sequence[Node], numbers: "itertools.count[int]", senders: int) -> None:
        self.nodes = nodes
        self.senders = senders
        self.answered: dict[int, float] = {}
        """When each alert was answered with 2xx, on the loop's clock."""
        self.refused: set[int] = set()
        """With what else a node answered."""
        self._numbers = numbers
        self.loop = asyncio.get_running_loop()

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
            await asyncio.gather(*(self._send_on(session, first) for first in range(self.senders)))

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
            self.answered[number] = self.loop.time()
            return True
        self.refused.add(status)
        return False


class Cluster:
    """Two nodes, and what their mail servers hear."""

    def __init__(self, database: Database, nodes: tuple[Node, ...]) -> None:
        self.rows = database.rows
        self.nodes = nodes
        self.heard: dict[Message, list[float]] = {}
        """When each mail came, on the loop's clock. One that came twice is a duplicate."""
        self.is_suspect = False
        """Whether a test failed on it, and nobody knows what it left."""
        self._numbers = itertools.count(1)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Note each mail as it comes, until the end of the block."""
        async with asyncio.TaskGroup() as group:
            listening = [group.create_task(self._listen(node.smtp)) for node in self.nodes]
            yield
            for one in listening:
                one.cancel()

    async def _listen(self, smtp: FakeSmtp) -> None:
        loop = asyncio.get_running_loop()
        while True:
            mail = await smtp.next_mail()
            [recipient] = mail.recipients
            self.heard.setdefault((str(mail.parsed["Message-ID"]), recipient), []).append(loop.time())

    @property
    def duplicates(self) -> int:
        """How many mails came that had come before."""
        return sum(len(times) - 1 for times in self.heard.values())

    @asynccontextmanager
    async def load(self, *nodes: Node, senders: int = SENDERS) -> AsyncIterator[Load]:
        """Raise alerts at these nodes, or at all, until the end of the block."""
        load = Load(nodes or self.nodes, self._numbers, senders)
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(load.run())
            yield load
            sending.cancel()

    async def in_the_air(self, node: Node, count: int) -> set[Message]:
        """Wait until so many mails of a node came to its mail server; return all that did."""
        while len(node.smtp.mails) < count:
            await poll_again()
        return {(str(mail.parsed["Message-ID"]), mail.recipients[0]) for mail in node.smtp.mails}

    async def unexplained(self, in_the_air: set[Message]) -> set[Message]:
        """Return what came more often than it was attempted, but once more what was in the air."""
        rows = await self.rows("SELECT provider_id, address, MAX(attempts) FROM notifications GROUP BY 1, 2")
        attempts = {(str(message), str(to)): int(str(count)) for message, to, count in rows}
        return {
            message
            for message, times in self.heard.items()
            if len(times) > max(1, attempts.get(message, 0)) + (message in in_the_air)
        }

    async def told(self, person: str | None = None) -> dict[int, float]:
        """Return when a person, or anybody, was first told of each alert that is stored."""
        rows = await self.rows(
            "SELECT substring(a.body from 'Load([0-9]{5})')::int, n.provider_id, n.address, n.person FROM alerts a"
            " JOIN notifications n ON n.page_id = a.page_id WHERE n.provider_id IS NOT NULL"
        )
        first: dict[int, float] = {}
        for number, message, to, who in rows:
            times = self.heard.get((str(message), str(to)))
            if times and person in (None, who):
                found = int(str(number))
                first[found] = min(times[0], first.get(found, times[0]))
        return first

    async def settled(self, load: Load, person: str | None = None) -> dict[int, float]:
        """Wait until all that was answered is stored, and told to a person or anybody; return how late each was."""
        until = load.loop.time() + SETTLE_SECONDS
        while True:
            told = await self.told(person)
            if load.answered.keys() <= told.keys():
                return {number: told[number] - at for number, at in load.answered.items()}
            assert load.loop.time() < until, await self._untold(load.answered.keys() - told.keys())
            await poll_again()

    async def _untold(self, numbers: set[int]) -> str:
        """Say what is known of alerts that nobody was told of."""
        some = [f"Load{number:05}" for number in sorted(numbers)[:5]]
        said = [f"{len(numbers)} alerts were answered and never told: {', '.join(some)}"]
        for sql in UNTOLD:
            said += [f"--- {sql}", *(str(row) for row in await self.rows(sql.replace("SOME", "|".join(some))))]
        for node in self.nodes:
            ended = node.process.returncode if node.process is not None else "never started"
            said += [f"--- {node.files.folder.name}, ended with {ended}, {len(node.smtp.mails)} mails", tail(node.log)]
        return "\n".join(said)

    async def lost(self, load: Load) -> set[int]:
        """Return what was answered and is not stored."""
        rows = await self.rows("SELECT substring(body from 'Load([0-9]{5})')::int FROM alerts")
        return load.answered.keys() - {row[0] for row in rows}


class ClusterOnPair(Cluster):
    """Two nodes on a replicated pair, either of which may be lost."""

    def __init__(self, database: Replicated, nodes: tuple[Node, ...]) -> None:
        super().__init__(database, nodes)
        self.pair = database.pair


async def rows_of(member: Member, sql: str) -> Rows:
    """Run one statement on one server, past its wire, and return its rows."""
    connection = await asyncpg.connect(member.dsn(), timeout=5)
    try:
        return [tuple(row) for row in await connection.fetch(sql, timeout=20)]
    finally:
        connection.terminate()


async def claimed_at(member: Member) -> int:
    """Return how many messages were claimed, as far as a server knows."""
    rows = await rows_of(member, "SELECT count(*) FROM notifications WHERE status = 'claimed'")
    return int(str(rows[0][0]))


def write_node(
    folder: Path, smtp_port: int, database: Database, wires: Sequence[Wire], answer_within: str
) -> installation.Installation:
    """Write the files of one node."""
    files = installation.write(
        folder, port=free_port(), twilio_url=None, smtp_port=smtp_port, public_url="https://pager.example.com"
    )
    (folder / "rules/payments.yaml").write_text(installation.RULES_OF_LOAD)
    steps = installation.ESCALATION.replace("answer_within: 3s", f"answer_within: {answer_within}")
    (folder / "rotations/escalation.yaml").write_text(steps)
    (folder / "database.password").write_text(PASSWORD + "\n")
    hosts = ", ".join(f"'127.0.0.1:{wire.port}'" for wire in wires)
    settings = folder / "pagerd.yaml"
    settings.write_text(
        re.sub(r"^notify: .*$", "notify: {high: [email], low: [email]}", settings.read_text(), flags=re.MULTILINE)
        + f"store: {{postgres: {{hosts: [{hosts}], {database.store}, password_file: database.password}}}}\n"
    )
    return files


@asynccontextmanager
async def _two_nodes(folder: Path, database: Database, answer_within: str) -> AsyncIterator[tuple[Node, ...]]:
    async with AsyncExitStack() as stack:
        nodes = []
        for name in ("one", "two"):
            smtp = await stack.enter_async_context(FakeSmtp())
            wires = [await stack.enter_async_context(Wire(port)) for port in database.ports]
            files = write_node(folder / name, smtp.port, database, wires, answer_within)
            nodes.append(Node(files, tuple(wires), smtp))
        for node in nodes:
            stack.push_async_callback(node.stop)
            await node.start()
        yield tuple(nodes)


@asynccontextmanager
async def two_nodes(folder: Path, server: Server, database: str) -> AsyncIterator[Cluster]:
    """Start two nodes on a database; end both, however they are by then. The second step comes after three seconds."""
    kept = Single(server, database)
    async with _two_nodes(folder, kept, "3s") as nodes, (cluster := Cluster(kept, nodes)).listening():
        yield cluster


@asynccontextmanager
async def two_nodes_on_a_pair(folder: Path) -> AsyncIterator[ClusterOnPair]:
    """Start a pair and two nodes on it; end all of it, however it is by then. Nobody answers, nor is the next paged."""
    async with a_pair() as pair:
        kept = Replicated(pair)
        async with _two_nodes(folder, kept, "1h") as nodes, (cluster := ClusterOnPair(kept, nodes)).listening():
            yield cluster
