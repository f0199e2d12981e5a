"""Two real PostgreSQL servers on loopback, of which one replicates the other synchronously.

async with a_pair() as pair:
    pair.dsn                               # both, by their wires; whoever may be written to is to be found
    await pair.kill(pair.primary)          # every process of it, at once: the host is gone
    await pair.promote()                   # the standby is the primary now, and waits for nobody
    await pair.bring_back(old)             # the old primary as it was, which believes that it still is one
    await pair.rejoin(old)                 # the old primary as a standby of the new one, from its data

`promote` and `rejoin` do what an orchestrator does (Patroni, repmgr, an operator by hand): a primary without a standby
waits for none, and waits again as soon as there is one.
"""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg

from tests.e2e.processes import poll_again
from tests.postgres.server import PASSWORD, SUPERUSER, Server
from tests.postgres.wire import Wire

DATABASE = USER = "pagerd"
SETTINGS = {
    "wal_keep_size": "256MB",
    # The whole test lasts as long as these would be in the field.
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "200ms",
    "wal_receiver_timeout": "5s",
    "wal_sender_timeout": "5s",
}
# What a primary waits for changes while it runs, so it is in a file and not in the command.
WAITS_FOR = "waits_for.conf"


@dataclass(eq=False)
class Member:
    """One of the two, and the wire that leads to it."""

    name: str
    server: Server
    wire: Wire
    is_frozen: bool = False

    def dsn(self, database: str = DATABASE) -> str:
        """Return its own address, past the wire, for whoever may do everything."""
        return self.server.dsn(database)

    def wait_for(self, standby: str) -> None:
        """Write down for whom its commits wait; it is read at a start and at a reload."""
        (self.server.data / WAITS_FOR).write_text(f"synchronous_standby_names = '{standby}'\n")


class Pair:
    """Two servers, and who is what of them."""

    def __init__(self, members: tuple[Member, Member]) -> None:
        self.members = members
        self.primary, self.standby = members

    @property
    def dsn(self) -> str:
        """Return both by their wires, in the order in which they were made."""
        return self.dsn_by(*(member.wire for member in self.members))

    def dsn_by(self, *wires: Wire) -> str:
        """Return both by other wires: a node may have wires of its own, so that it alone can be cut off."""
        hosts = ",".join(f"127.0.0.1:{wire.port}" for wire in wires)
        return f"postgresql://{USER}:{PASSWORD}@{hosts}/{DATABASE}"

    async def begin(self) -> None:
        """Make the primary and its standby; return when a commit waits for both."""
        with (self.primary.server.data / "postgresql.conf").open("a") as file:
            file.write(f"include '{WAITS_FOR}'\n")
        self.primary.wait_for("")
        await asyncio.to_thread(self.primary.server.start)
        self.primary.wire.target = self.primary.server.port
        await ask(self.primary, f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'", database="postgres")
        await ask(self.primary, f"CREATE DATABASE {DATABASE} OWNER {USER}", database="postgres")
        await self.rejoin(self.standby)

    async def kill(self, member: Member) -> None:
        """SIGKILL every process of a server at once, as its host would die."""
        member.is_frozen = False
        await asyncio.to_thread(member.server.kill)

    def freeze(self, member: Member) -> None:
        """Let every process of a server stand still: it keeps its connections, takes new ones, and answers nothing."""
        member.is_frozen = True
        member.server.freeze()

    async def promote(self) -> Member:
        """Make a primary of the standby, that waits for nobody; return it."""
        self.standby.wait_for("")
        await self._reload(self.standby, "")
        assert await ask(self.standby, "SELECT pg_promote(true, 20)"), self.standby.server.log
        self.primary, self.standby = self.standby, self.primary
        return self.primary

    async def bring_back(self, member: Member) -> None:
        """Start a killed server, or let a frozen one go on, as it was: it believes what it believed."""
        if member.is_frozen:
            member.is_frozen = False
            member.server.go_on()
        else:
            await asyncio.to_thread(member.server.start)

    async def rejoin(self, member: Member) -> None:
        """Make a server a standby of the primary, from its data; return when a commit waits for both."""
        assert member is self.standby, "only the standby can follow"
        member.is_frozen = False
        await asyncio.to_thread(self._copy, member)
        await asyncio.to_thread(member.server.start)
        member.wire.target = member.server.port
        self.primary.wait_for(member.name)
        await self._reload(self.primary, member.name)
        await until(self.primary, "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")

    def _copy(self, member: Member) -> None:
        if member.server.is_running:
            member.server.stop("immediate")
        shutil.rmtree(member.server.data)
        source = f"host=127.0.0.1 port={self.primary.server.port} user={SUPERUSER} password={PASSWORD}"
        member.server.programs.run(
            "pg_basebackup", "-d", f"{source} application_name={member.name}", "-D", member.server.data,
            "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
        )  # fmt: skip
        # Whom to follow is written down by the copying; for whom to wait is said to the primary alone.
        member.wait_for("")

    async def _reload(self, member: Member, standby: str) -> None:
        os.kill(member.server.pid, signal.SIGHUP)
        await until(member, f"SELECT current_setting('synchronous_standby_names') = '{standby}'")


async def ask(member: Member, sql: str, *, database: str = DATABASE, seconds: float = 20) -> object:
    """Run one statement on one server, past its wire and as the superuser; return its one value."""
    connection = await asyncpg.connect(member.dsn(database), timeout=seconds)
    try:
        return await connection.fetchval(sql, timeout=seconds)
    finally:
        connection.terminate()


async def until(member: Member, sql: str) -> None:
    """Wait until a question is answered with true."""
    while not await ask(member, sql, database="postgres"):
        await poll_again()


@asynccontextmanager
async def a_pair() -> AsyncIterator[Pair]:
    """Make a pair of servers that runs, and leave nothing of it."""
    servers = []
    async with AsyncExitStack() as stack:
        for name in ("a", "b"):
            server = Server(SETTINGS)
            stack.callback(server.remove)
            servers.append(Member(name, server, await stack.enter_async_context(Wire(server.port))))
        pair = Pair((servers[0], servers[1]))
        await pair.begin()
        yield pair
