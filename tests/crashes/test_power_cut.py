"""The power goes: what a disk holds at that instant is all there is.

The database lies on a file system of its own, on a loop device over an image. While the daemon stands still the image
is copied: the copy holds what had reached the device, and nothing of what the kernel still kept in memory, which is
what a disk holds after a power cut. Mounting it replays its journal, as the next boot does.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import apsw
import pytest

from pagerd.daemon import keeping
from tests.crashes import night
from tests.crashes.daemons import zygote
from tests.crashes.night import Twilio
from tests.crashes.test_full_disk import post
from tests.e2e.processes import poll_again
from tests.figures import note
from tests.share import in_share

# Where a machine keeps its administrator's programs, which cron and CI often leave out of the PATH.
MKFS = shutil.which("mkfs.ext4", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
IMAGE_MIB = 96
CUTS = in_share(ci=10, proof=100)
SENDERS = 4
ACCEPTED_BETWEEN_CUTS = 12

CARELESS = """\
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = OFF")
database.execute("CREATE TABLE IF NOT EXISTS numbers (number INTEGER)")
for number in range(1_000_000):
    database.execute("INSERT INTO numbers VALUES (?)", (number,))
    print(number, flush=True)
"""
"""A program that answers before the disk has it."""


def run(*words: str | Path) -> bool:
    """Run a command of the system; say whether it did what it was asked."""
    return subprocess.run([str(word) for word in words], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Disk:
    """A file system on an image, mounted somewhere."""

    image: Path
    at: Path

    def cut_to(self, copy: Path) -> None:
        """Keep what the device holds now. Holes stay holes, or a copy would take longer than an instant."""
        subprocess.run(["cp", "--sparse=always", str(self.image), str(copy)], check=True)


@contextlib.contextmanager
def mounted(image: Path, at: Path) -> Iterator[None]:
    """Mount an image, whose journal is replayed by that."""
    at.mkdir(parents=True, exist_ok=True)
    # The kernel must write nothing back of its own accord while we look: only what was synced is promised.
    if not run("mount", "-o", "loop,commit=300,noatime", image, at):
        pytest.skip("no loop device may be mounted here: the power cut is NOT tested (run it as root)")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


@contextlib.contextmanager
def a_disk(folder: Path, at: Path) -> Iterator[Disk]:
    """Make an ext4 of its own, or skip the test, loudly, where that is not possible."""
    image = folder / "disk.img"
    if os.getuid() or MKFS is None:
        pytest.skip("mkfs.ext4 and root are needed for a disk of its own: the power cut is NOT tested")
    with image.open("wb") as file:
        file.truncate(IMAGE_MIB << 20)
    assert run(MKFS, "-q", "-F", image)
    with mounted(image, at):
        yield Disk(image, at)


def findings(image: Path, at: Path, accepted: set[str]) -> list[str]:
    """Boot from an image: say what was accepted and is not there, and what is not whole."""
    with mounted(image, at):
        file = at / "pagerd.db"
        connection = apsw.Connection(str(file))
        with contextlib.closing(connection):
            kept = " ".join(str(row[0]) for row in connection.execute("SELECT body FROM alerts"))
            verdict = connection.execute("PRAGMA integrity_check").fetchall()
        lost = sorted(name for name in accepted if name not in kept)
        broken = [one for bite in keeping.verified(file) for one in bite["findings"]]
    found = [f"accepted and lost: {lost}"] if lost else []
    found += [f"integrity_check: {verdict}"] if verdict != [("ok",)] else []
    return found + ([f"the chain: {broken}"] if broken else [])


@pytest.mark.timeout(in_share(ci=240, proof=14_400))
async def test_what_was_accepted_survives_a_power_cut(tmp_path: Path) -> None:
    """Cut again and again under load: what was answered 2xx is on the disk, which is whole, as is the chain."""
    accepted: set[str] = set()
    wrong: list[str] = []
    async with Twilio() as twilio, zygote() as daemons, aiohttp.ClientSession() as http:
        pager = night.write(tmp_path, twilio.url)
        with a_disk(tmp_path, tmp_path / ".pagerd") as disk:
            daemon = await daemons.fork(tmp_path)
            while await post(http, pager.url, pager.token, "Load00000") != 200:
                await poll_again()

            async def send_on(sender: int) -> None:
                for number in range(1_000_000):
                    name = f"Load{sender}x{number:05}"
                    if await post(http, pager.url, pager.token, name) == 200:
                        accepted.add(name)

            async with asyncio.TaskGroup() as group:
                load = [group.create_task(send_on(sender)) for sender in range(SENDERS)]
                for _ in range(CUTS):
                    wanted = len(accepted) + ACCEPTED_BETWEEN_CUTS
                    while len(accepted) < wanted:
                        await poll_again()
                    daemon.send(signal.SIGSTOP)
                    then = set(accepted)
                    disk.cut_to(tmp_path / "cut.img")
                    daemon.send(signal.SIGCONT)
                    wrong += findings(tmp_path / "cut.img", tmp_path / "cut", then)
                for one in load:
                    one.cancel()
            await daemon.kill()

    note("power cuts: alerts accepted", len(accepted), n=CUTS)
    note("power cuts: lost, or not whole", len(wrong), n=CUTS, at_most=0)
    assert len(accepted) >= CUTS * ACCEPTED_BETWEEN_CUTS
    assert not wrong


@pytest.mark.timeout(60)
async def test_a_power_cut_takes_what_was_not_synced(tmp_path: Path) -> None:
    """The same cut shows the loss of a program that does not wait for the disk: this test can fail."""
    with a_disk(tmp_path, tmp_path / "disk") as disk:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CARELESS, str(disk.at / "numbers.db"), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        said = [int(await process.stdout.readline()) for _ in range(500)]
        process.send_signal(signal.SIGSTOP)
        disk.cut_to(tmp_path / "cut.img")
        process.kill()
        await process.wait()
        with mounted(tmp_path / "cut.img", tmp_path / "cut"):
            try:
                with contextlib.closing(sqlite3.connect(tmp_path / "cut/numbers.db")) as database:
                    kept = {number for (number,) in database.execute("SELECT number FROM numbers")}
            except sqlite3.DatabaseError:
                kept = set()  # not even its table had reached the disk

    assert set(said) - kept
