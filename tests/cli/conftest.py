"""What the tests of commands share: a config directory, a daemon that answers, and a way to run a command."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

import pytest

from pagerd.cli import main, times
from tests.cli.fake_daemon import REPOSITORY, FakeDaemon, fake_daemon
from tests.postgres.server import PASSWORD, SUPERUSER, Server


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A config without findings: ana, ben and cho in weekly turns from 2026-01-05, 09:00 in Berlin."""
    copied = tmp_path / "config"
    shutil.copytree(REPOSITORY / "tests/config/team_of_three", copied)
    return copied


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sit at a machine in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    times.local_zone.cache_clear()
    yield
    times.local_zone.cache_clear()


@pytest.fixture
def command(
    directory: Path, berlin: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command in this process, in the config directory, through the real entry point."""
    for name in ("PAGERD_URL", "PAGERD_TOKEN", "PAGERD_TOKEN_FILE", "PAGERD_SOCKET", "PAGERD_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(directory)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["pagerd", *arguments])
        with pytest.raises(SystemExit) as left:
            copy_context().run(main.main)  # each command is a process of its own: nothing is left of one for the next
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, said.out, said.err)

    return run


@pytest.fixture
def daemon(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDaemon]:
    """A daemon that the command finds."""
    # Not below the test's own folder: a socket's path has 107 characters at most.
    monkeypatch.setenv("PAGERD_SOCKET", "d.sock")
    with fake_daemon(Path("d.sock")) as fake:
        yield fake


@pytest.fixture
def on_server(directory: Path, postgres: Server, database: str) -> None:
    """Let `pagerd.yaml` name an empty database of the tests' server."""
    (directory / "database.password").write_text(PASSWORD + "\n")
    settings = directory / "pagerd.yaml"
    settings.write_text(
        settings.read_text() + f"store: {{postgres: {{hosts: ['127.0.0.1:{postgres.port}'], database: {database},"
        f" user: {SUPERUSER}, password_file: database.password, tls: disable}}}}\n"
    )
