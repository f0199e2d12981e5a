"""The README as a newcomer follows it: its commands, run in a folder of their own, and what they are said to do."""

import asyncio
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.processes import poll_again, tail
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
TREE = ("Makefile", "pyproject.toml", "requirements.lock", "requirements-build.lock", "pagerd")
CONFIG = ("rules", "rotations", "runbooks")


def commands() -> list[str]:
    """Return each line that the README gives to a shell, in its order."""
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


@dataclass(frozen=True)
class Folder:
    """A clone in which `make` has been run before, and a shell with an empty home."""

    path: Path
    port: int

    @property
    def log(self) -> Path:
        """Where the first terminal writes."""
        return self.path / "terminal.log"

    def said(self) -> str:
        """Return all that the first terminal shows."""
        return self.log.read_text()

    async def shell(self, line: str) -> tuple[int, str]:
        """Run a line as it stands in the README, but for the port and what the page is called here."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.path), "LANG": "C.UTF-8"}
        process = await asyncio.create_subprocess_exec(
            *("sh", "-c", line.replace(":8911", f":{self.port}")),
            cwd=self.path,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return what a clone is after `make` made its environment; making it again would ask the network."""
    for name in TREE:
        (tmp_path / name).symlink_to(ROOT / name)
    for name in CONFIG:
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    if subprocess.run(["make", "-q", ".venv/.run"], cwd=tmp_path, check=False).returncode != 0:
        pytest.skip("this environment is not as `make env` leaves it, so that `make run` would make another")
    port = free_port()
    settings = (ROOT / "pagerd.yaml").read_text()
    (tmp_path / "pagerd.yaml").write_text(f"{settings}\nlisten: [127.0.0.1:{port}]\n")
    return Folder(tmp_path, port)


@asynccontextmanager
async def first_terminal(folder: Folder) -> AsyncIterator[None]:
    """Run `make run` until the block ends, then press Ctrl-C."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder.path), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    with folder.log.open("wb") as terminal:
        process = await asyncio.create_subprocess_exec(
            *("sh", "-c", commands()[0]),
            cwd=folder.path,
            env=environment,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
    try:
        while "raise an alert:" not in folder.said() or '"started"' not in folder.said():
            assert process.returncode is None, tail(folder.log)
            await poll_again()
        yield
    finally:
        os.killpg(process.pid, signal.SIGINT)
        await process.wait()


async def test_the_first_page_comes_as_the_readme_says(folder: Folder) -> None:
    """Start, raise, read the text, answer, read the story: every command of the README, one after the other."""
    start, raise_alert, pages, ack = commands()
    assert (start, pages) == ("make run", ".venv/bin/pagerd pages")
    async with asyncio.timeout(100), first_terminal(folder):
        _, raised = await folder.shell(raise_alert)
        while "sev1 PaymentsErrors: Checkout" not in folder.said():
            await poll_again()
        _, listed = await folder.shell(pages)
        (page,) = re.findall(r"^(p-\w+) ", listed, re.MULTILINE)
        code, taken = await folder.shell(ack.replace("p-7Kx2Qm", page))
        _, story = await folder.shell(f"{pages} {page}")
        token = folder.path / ".pagerd/tools.token"
        mode = stat.S_IMODE(token.stat().st_mode)

    assert json.loads(raised) == {"accepted": 1, "changed": 1, "quarantined": 0}
    assert "── text to +49" in folder.said() or "── text to +351" in folder.said()
    assert code == 0
    assert "Escalation stopped" in taken
    assert "ben acknowledged from the command line" in story
    assert mode == 0o600


async def test_the_start_says_what_the_readme_shows(folder: Folder) -> None:
    """Line by line: only names, the revision and the port are others, and the alert is written out."""
    (shown,) = re.findall(r"^```text\n(pagerd runs.*?)^```$", README, re.MULTILINE | re.DOTALL)
    async with asyncio.timeout(60), first_terminal(folder):
        said = folder.said()

    lines = iter(said.splitlines())
    for line in shown.splitlines():
        pattern = re.escape(line.replace(":8911", f":{folder.port}"))
        pattern = re.sub(r"[0-9a-f]{12}", r"[0-9a-f+]+", pattern)
        pattern = re.sub(r"(primary|secondary|team_lead)\\ [\w\\ -]+?(?=,|$)", r"\1 [\\w -]+", pattern)
        pattern = pattern.replace(r"'\.\.\.'", "'.+'")
        assert any(re.fullmatch(pattern, one) for one in lines), f"{line!r} is not what it says:\n{said}"


async def test_a_second_make_run_is_told_of_the_first(folder: Folder) -> None:
    """In one line, and without touching the one that runs."""
    async with asyncio.timeout(60), first_terminal(folder):
        code, said = await folder.shell("make run")
        healthy, _ = await folder.shell(".venv/bin/pagerd status")

    assert code != 0
    assert "is in use by another pagerd" in said
    assert "Traceback" not in said
    assert healthy == 0
