"""A real PostgreSQL for tests: started from nothing on a free port of loopback, frozen, killed, started again.

It runs with fsync on, from a data directory of its own, in memory where there is room: tests end processes here, and
never the machine's power. PostgreSQL refuses to run as root; there it runs as an ordinary user of this machine.
"""

import atexit
import contextlib
import functools
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port
from tests.tools import debian

START_SECONDS = 30.0
STOP_SECONDS = 20.0
STARTS_MAX = 5
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of a name that nobody else can guess is made in it
ROOM_BYTES = 2 << 30
SUPERUSER = "postgres"
PASSWORD = "of-the-tests"
READY = "database system is ready to accept"
ADDRESS_TAKEN = "could not create any TCP/IP sockets"

# What every server of the tests has. Small, because many run at once; nothing that trades away what was committed.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "shared_buffers": "32MB",
    # In the data directory, which goes with the server: what a killed server has in /dev/shm stays there.
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "60",
    "log_line_prefix": "%m [%p] ",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


@dataclass(frozen=True)
class Programs:
    """The programs of one release: where they are, the user they run as, and what they need of the environment."""

    folder: Path
    user: str | None
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, name: str, *arguments: object) -> list[str]:
        """Return the command line of a program."""
        return [str(self.folder / name), *map(str, arguments)]

    @property
    def how(self) -> dict[str, object]:
        """What `subprocess` must be told to start one."""
        how: dict[str, object] = {"env": {"PATH": os.defpath, "LC_ALL": "C", **self.environment}, "cwd": "/"}
        if self.user is not None:
            how |= {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}
        return how

    def run(self, name: str, *arguments: object) -> str:
        """Run a program to its end and return what it printed; raise with its words where it fails."""
        command = self.command(name, *arguments)
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **self.how)
        if done.returncode:
            raise AssertionError(f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def folder_of_its_own(self, under: Path | None = None) -> Path:
        """Make an empty folder that only its user can read, in memory where there is room and nothing else is said."""
        place = under or (MEMORY if _has_room(MEMORY) else None)
        made = Path(tempfile.mkdtemp(prefix="pagerd-postgres-", dir=place))
        if self.user is not None:
            shutil.chown(made, self.user, pwd.getpwnam(self.user).pw_gid)
        return made


@functools.cache
def programs() -> Programs:
    """Return the programs that run here, or skip the test with the reason why there are none."""
    user = None
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = next((name for name in ("postgres", "nobody") if name in names), None)
        if user is None:
            pytest.skip("no PostgreSQL: it refuses to run as root, and there is no user postgres or nobody")
    for folder, environment in _folders():
        found = Programs(folder, user, environment)
        with contextlib.suppress(OSError, subprocess.SubprocessError, AssertionError):
            found.run("postgres", "--version")
            return found
    pytest.skip(f"no PostgreSQL: {debian.why_not('postgresql')}")


def _folders() -> Iterator[tuple[Path, dict[str, str]]]:
    fetched = debian.FOLDER / "postgresql"
    libraries = [str(folder) for place in ("usr/lib", "lib") for folder in fetched.glob(f"{place}/*-linux-gnu*")]
    for folder in sorted(fetched.glob("usr/lib/postgresql/*/bin"), reverse=True):
        yield folder, {"LD_LIBRARY_PATH": ":".join(libraries)} if libraries else {}
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_release, reverse=True):
        yield folder, {}
    if installed := shutil.which("postgres"):
        yield Path(installed).resolve().parent, {}


def _release(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


@functools.cache
def template() -> Path:
    """Return a data directory that nothing was done with yet: making one takes a second, copying it does not."""
    chosen = programs()
    home = chosen.folder_of_its_own()
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    password = home / "password"
    password.write_text(PASSWORD)
    shutil.chown(password, chosen.user or os.geteuid())
    chosen.run(
        "initdb", "--no-sync", "--pgdata", home / "data", "--encoding", "UTF8", "--locale", "C",
        "--username", SUPERUSER, "--auth", "trust", "--pwfile", password,
    )  # fmt: skip
    return home / "data"


class Server:
    """One server. `start` it before anything else, and `remove` it in the end, whatever became of it."""

    def __init__(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        data: Path | None = None,
        own_session: bool = False,
        under: Path | None = None,
    ) -> None:
        self.programs = programs()
        self.home = self.programs.folder_of_its_own(under) if data is None else data.parent
        self.data = self.home / "data"
        if data is None:
            self._copy(template())
        self.settings = {**SETTINGS, **(settings or {})}
        self.numbers = itertools.count(1)
        """For names of databases that no other test has."""
        self.port = free_port()
        self._own_session = own_session
        self._process: subprocess.Popen[str] | None = None
        self._lines: list[str] = []
        self._said = threading.Condition()
        self._reader: threading.Thread | None = None

    def _copy(self, source: Path) -> None:
        shutil.copytree(source, self.data)
        if self.programs.user is not None:
            for path in (self.data, *self.data.rglob("*")):
                shutil.chown(path, self.programs.user, pwd.getpwnam(self.programs.user).pw_gid)

    @property
    def log(self) -> str:
        """What the server has said so far."""
        with self._said:
            return "\n".join(self._lines)

    @property
    def pid(self) -> int:
        """The process that started all others of this server."""
        assert self._process is not None, "the server was never started"
        return self._process.pid

    def dsn(self, database: str = "postgres", *, user: str = SUPERUSER, password: str = PASSWORD) -> str:
        """Return how a client names a database here."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start, and return when it takes connections; on the port that it had before, if it had one."""
        for _ in range(STARTS_MAX):
            self._launch()
            self.wait_for_log(READY, ADDRESS_TAKEN)
            if READY in self.log:
                return
            if ADDRESS_TAKEN not in self.log:
                break
            # Somebody else was given the port between our looking and the server's taking it.
            self._await_end()
            self.port = free_port()
        raise AssertionError(f"PostgreSQL did not start:\n{self.log}")

    def _launch(self) -> None:
        arguments = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        self._lines.clear()
        self._process = subprocess.Popen(
            self.programs.command("postgres", "-D", self.data, "-p", self.port, *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=self._own_session,
            text=True,
            errors="replace",
            **self.programs.how,
        )
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stderr:
            with self._said:
                self._lines.append(line.rstrip("\n"))
                self._said.notify_all()
        with self._said:
            self._said.notify_all()

    def wait_for_log(self, *words: str, seconds: float = START_SECONDS) -> bool:
        """Wait until the server says one of these; False when the time is over, or the server has ended without."""

        def said() -> bool:
            return any(word in line for line in self._lines for word in words)

        with self._said:
            self._said.wait_for(lambda: said() or self._process.poll() is not None, timeout=seconds)
            return said()

    def stop(self, how: str = "fast") -> None:
        """End: `smart` waits for the clients, `fast` ends their sessions, `immediate` leaves recovery for the start."""
        if self.is_running:
            self.go_on()
            signals = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
            self._process.send_signal(signals[how])
        self._await_end()

    def kill(self) -> None:
        """End without a word: every process at once, as a power cut or the kernel's memory killer would."""
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._await_end()

    def freeze(self) -> None:
        """Let every process stand still: connections stay open, and nothing answers."""
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.suspend()

    def go_on(self) -> None:
        """Let a frozen server go on."""
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.resume()

    def freeze_backend(self, pid: int) -> None:
        """Let one session stand still."""
        psutil.Process(pid).suspend()

    def processes(self) -> list[psutil.Process]:
        """Return its processes, the first one first: it starts no other while it stands still."""
        try:
            first = psutil.Process(self.pid)
            return [first, *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    @property
    def is_running(self) -> bool:
        """Whether its first process is there."""
        return self._process is not None and self._process.poll() is None

    def remove(self) -> None:
        """End it and take its files away."""
        if self.is_running:
            self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _await_end(self) -> None:
        if self._process is None:
            return
        self._process.wait(STOP_SECONDS)
        self._reader.join(STOP_SECONDS)
        self._process.stderr.close()

    def troubles(self) -> list[str]:
        """Return what it said that should not happen in any test."""
        unwanted = re.compile(r"\bPANIC\b|server process .* was terminated")
        return [line for line in self.log.splitlines() if unwanted.search(line)]


def _has_room(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM_BYTES
