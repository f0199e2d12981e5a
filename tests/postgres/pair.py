"""Two real PostgreSQL servers on loopback, of which one replicates the other synchronously.

async with a_pair() as pair:
    pair.dsn                               # both, by their wires; whoever may be written to is found
    await pair.kill(pair.primary)          # every process of it, at once: the host is gone
    await pair.promote()                   # the standby is the primary now, and waits for nobody
    await pair.bring_back(old)             # the old primary as it was, which believes that it still is one
    await pair.rejoin(old)                 # the old primary as a standby of the new one, from its data

`promote` and `rejoin` do what an orchestrator does (Patroni, repmgr, an operator by hand): a primary without a standby
waits for none, and waits again as soon as there is one. Everything is in folders that go at the end.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import psutil

from tests.e2e.processes import free_port, poll_again, tail
from tests.postgres.wire import Wire

DATABASE = USER = "pagerd"
NAMES = ("a", "b")
SETTINGS = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 40
shared_buffers = 16MB
wal_level = replica
max_wal_senders = 5
wal_keep_size = 256MB
hot_standby = on
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 200ms
wal_receiver_timeout = 5s
wal_sender_timeout = 5s
include = 'standby.conf'
"""


@dataclass
class Server:
    """One of the two."""

    name: str
    folder: Path
    port: int
    wire: Wire
    process: asyncio.subprocess.Process | None = None
    hung: list[psutil.Process] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """Return its data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Return where it says what it does."""
        return self.folder / "log"

    @property
    def dsn(self) -> str:
        """Return its own address, past the wire."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    def tree(self) -> list[psutil.Process]:
        """Return all its processes, the first one first."""
        if self.process is None:
            return []
        with contextlib.suppress(psutil.NoSuchProcess):
            postmaster = psutil.Process(self.process.pid)
            return [postmaster, *postmaster.children(recursive=True)]
        return []


class Pair:
    """Two servers, and who is what of them."""

    def __init__(self, folder: Path, wires: tuple[Wire, Wire]) -> None:
        self.servers = tuple(
            Server(name, folder / name, wire.target, wire) for name, wire in zip(NAMES, wires, strict=True)
        )
        self.primary, self.standby = self.servers

    @property
    def dsn(self) -> str:
        """Return both by their wires, in the order in which they were made."""
        return self.dsn_by(*(server.wire for server in self.servers))

    def dsn_by(self, *wires: Wire) -> str:
        """Return both by other wires: a node may have wires of its own, so that it alone can be cut off."""
        hosts = ",".join(f"127.0.0.1:{wire.port}" for wire in wires)
        return f"postgresql://{USER}@{hosts}/{DATABASE}?target_session_attrs=read-write"

    async def begin(self) -> None:
        """Make the primary and its standby; return when a commit waits for both."""
        first = self.primary
        first.folder.mkdir()
        _own(first.folder)
        await _run("initdb", "--no-sync", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "-D", str(first.data))
        (first.data / "postgresql.conf").write_text(SETTINGS)
        (first.data / "standby.conf").write_text("")
        await self.start(first)
        connection = await asyncpg.connect(f"postgresql://{USER}@127.0.0.1:{first.port}/postgres")
        try:
            await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()
        await self.rejoin(self.standby)

    async def start(self, server: Server) -> None:
        """Start a server on the data that it has; return when it takes connections."""
        with server.log.open("ab") as output:
            server.process = await asyncio.create_subprocess_exec(
                str(program("postgres")),
                *("-D", str(server.data), "-p", str(server.port)),
                stdout=output,
                stderr=output,
                **_as_nobody(),
            )
        while not await _takes_connections(server):
            assert server.process.returncode is None, f"it ended with {server.process.returncode}:\n{tail(server.log)}"
            await poll_again()

    async def kill(self, server: Server) -> None:
        """SIGKILL every process of a server at once, as its host would die."""
        processes = self.hang(server)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        assert server.process is not None
        await server.process.wait()
        while any(_lives(process) for process in processes):
            await poll_again()
        server.hung = []

    def hang(self, server: Server) -> list[psutil.Process]:
        """SIGSTOP every process of a server: it keeps its connections, takes new ones, and answers nothing."""
        stopped: list[psutil.Process] = []
        # The first of them makes no more once it stands still; what it had just made is found by the second look.
        for _ in range(2):
            for process in server.tree():
                if process not in stopped:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.suspend()
                        stopped.append(process)
        server.hung = stopped
        return stopped

    def wake(self, server: Server) -> None:
        """SIGCONT all that was hung: it goes on where it stood, and does not know that time has passed."""
        for process in reversed(server.hung):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.resume()
        server.hung = []

    async def promote(self) -> Server:
        """Make a primary of the standby, that waits for nobody; return it."""
        (self.standby.data / "standby.conf").write_text("")
        await self._reload(self.standby)
        connection = await asyncpg.connect(self.standby.dsn)
        try:
            assert await connection.fetchval("SELECT pg_promote(true, 20)"), tail(self.standby.log)
        finally:
            await connection.close()
        self.primary, self.standby = self.standby, self.primary
        return self.primary

    async def bring_back(self, server: Server) -> None:
        """Start a killed server, or wake a hung one, as it was: it believes what it believed."""
        if server.hung:
            self.wake(server)
        else:
            await self.start(server)

    async def stop(self, server: Server) -> None:
        """Stop a server at once, if it runs."""
        if server.process is None or server.process.returncode is not None:
            return
        self.wake(server)
        server.process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(10):
                await server.process.wait()
        except TimeoutError:
            await self.kill(server)

    async def rejoin(self, server: Server) -> None:
        """Make a server a standby of the primary from its data; return when a commit waits for both."""
        assert server is self.standby
        await self.stop(server)
        shutil.rmtree(server.folder, ignore_errors=True)
        server.folder.mkdir()
        _own(server.folder)
        source = f"host=127.0.0.1 port={self.primary.port} user={USER} application_name={server.name}"
        await _run("pg_basebackup", "-d", source, "-D", str(server.data), "-R", "-c", "fast", "--no-sync")
        # pg_basebackup writes down whom to follow; whom a primary waits for is said to the primary alone.
        (server.data / "standby.conf").write_text("")
        await self.start(server)
        (self.primary.data / "standby.conf").write_text(f"synchronous_standby_names = '{server.name}'\n")
        await self._reload(self.primary)
        await self._until(self.primary, "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")

    async def _reload(self, server: Server) -> None:
        assert server.process is not None
        server.process.send_signal(signal.SIGHUP)
        wanted = (server.data / "standby.conf").read_text().partition("'")[2].partition("'")[0]
        await self._until(server, "SELECT 1 WHERE current_setting('synchronous_standby_names') = $1", wanted)

    async def _until(self, server: Server, sql: str, *values: str) -> None:
        while True:
            connection = await asyncpg.connect(server.dsn)
            try:
                if await connection.fetchval(sql, *values):
                    return
            finally:
                await connection.close()
            await poll_again()


@asynccontextmanager
async def a_pair() -> AsyncIterator[Pair]:
    """Make a pair of servers that runs, and leave nothing of it."""
    # Not below the folder of the test: that is closed to the user that the servers run as.
    folder = Path(tempfile.mkdtemp(prefix="pagerd-pair-"))
    _own(folder)
    async with AsyncExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        wires = [await stack.enter_async_context(Wire(free_port())) for _ in NAMES]
        pair = Pair(folder, (wires[0], wires[1]))
        try:
            await pair.begin()
            yield pair
        finally:
            for server in pair.servers:
                if server.process is not None and server.process.returncode is None:
                    await pair.kill(server)


def _lives(process: psutil.Process) -> bool:
    # Whose parent died is a zombie until the machine's first process looks after it.
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def program(name: str) -> Path:
    """Return one of PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found[-1]


def _as_nobody() -> dict[str, object]:
    """Return as whom a server runs: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    who = pwd.getpwnam("nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": [], "cwd": "/"}


def _own(folder: Path) -> None:
    if os.getuid() == 0:
        who = pwd.getpwnam("nobody")
        os.chown(folder, who.pw_uid, who.pw_gid)


async def _run(name: str, *arguments: str) -> None:
    process = await asyncio.create_subprocess_exec(
        str(program(name)),
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        **_as_nobody(),
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, f"{name} ended with {process.returncode}: {said.decode()}"


async def _takes_connections(server: Server) -> bool:
    try:
        connection = await asyncpg.connect(f"postgresql://{USER}@127.0.0.1:{server.port}/postgres", timeout=2)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True
