"""Backup under load, restore, the audit chain and erasing, with real processes."""

import asyncio
import json
import re
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.installation import RULES_OF_LOAD, Installation
from tests.e2e.processes import running
from tests.ports import free_port
from tests.stores.test_upgrade import DATABASES, built
from tests.web.api.test_documented import differences

PAGERD = (sys.executable, "-m", "pagerd")
SENDERS = 4
BACKUPS = 3


@pytest.fixture
async def pager(tmp_path: Path) -> AsyncIterator[Installation]:
    """An installation that prints its texts and mails to a server of the test."""
    async with FakeSmtp() as smtp:
        made = installation.write(
            tmp_path / "here",
            port=free_port(),
            twilio_url=None,
            smtp_port=smtp.port,
            public_url="https://p.example.com",
        )
        (made.folder / "rules/payments.yaml").write_text(RULES_OF_LOAD)
        yield made


def daemon(pager: Installation):
    """Run the daemon."""
    return running((*PAGERD, "run", "--config", str(pager.folder)), pager.folder / "log", f"{pager.url}/-/ready")


async def run(pager: Installation, *arguments: str, code: int = 0) -> str:
    """Run a command in the folder of an installation; return what it said."""
    process = await asyncio.create_subprocess_exec(
        *PAGERD,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=pager.folder,
    )
    said, _ = await process.communicate()
    assert process.returncode == code, said.decode()
    return said.decode()


class Load:
    """Raises alerts until it is told to stop, and knows which were answered with 2xx."""

    def __init__(self, pager: Installation) -> None:
        self._pager = pager
        self._next = 0
        self.answered: set[str] = set()
        self.enough = asyncio.Event()
        self.stop = False

    async def run(self) -> None:
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            for _ in range(SENDERS):
                group.create_task(self._send_on(session))

    async def _send_on(self, session: aiohttp.ClientSession) -> None:
        headers = {"Authorization": f"Bearer {self._pager.token}"}
        while not self.stop:
            self._next += 1
            name = f"Load{self._next:06}"
            labels = {"alertname": name, "team": "payments", "severity": "critical"}
            body = json.dumps({"alerts": [{"labels": labels, "annotations": {"summary": name}}]})
            async with session.post(f"{self._pager.url}/api/v1/alerts/tools", data=body, headers=headers) as answer:
                assert answer.status < 300, await answer.text()
                self.answered.add(name)
            if len(self.answered) >= 100:
                self.enough.set()


def alertnames(path: Path) -> set[str]:
    """Return the alerts of a database, read by another library than ours."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return {json.loads(row[0])["labels"]["alertname"] for row in connection.execute("SELECT body FROM alerts")}


@pytest.mark.timeout(120)
async def test_a_backup_under_load_holds_all_that_was_answered_before_it(pager: Installation, tmp_path: Path) -> None:
    """While alerts pour in, each backup is consistent, verifies, and has every alert whose sender had its 2xx."""
    load = Load(pager)
    async with daemon(pager), asyncio.TaskGroup() as group:
        sending = group.create_task(load.run())
        await load.enough.wait()
        for number in range(BACKUPS):
            before = set(load.answered)
            target = tmp_path / f"backup{number}.db"
            copied = json.loads(await run(pager, "backup", str(target), "-o", "json"))

            assert differences("backup", copied) == []
            assert before <= alertnames(target)
            said = json.loads(await run(pager, "audit", "verify", "--file", str(target), "-o", "json"))
            assert (said["ok"], said["findings"]) == (True, [])
            assert said["entries"] >= len(before)
        assert load.answered > before, "nothing was taken in while the last backup ran"
        load.stop = True
        await sending

        assert "the chain holds" in await run(pager, "audit", "verify")
        assert "the chain holds" in await run(pager, "audit", "verify", "--daemon")
        assert "exists" in await run(pager, "backup", str(target), code=1)


@pytest.mark.timeout(120)
async def test_a_restored_database_is_what_was_backed_up(pager: Installation, tmp_path: Path) -> None:
    """It is refused while the daemon runs; then it is in place, says so in its chain, and pagerd runs on it."""
    backup = tmp_path / "backup.db"
    async with daemon(pager):
        await run(pager, "--as", "ana", "page", "payments", "before the backup")
        await run(pager, "backup", str(backup))
        await run(pager, "--as", "ana", "page", "payments", "after the backup")
        assert "is in use by another pagerd" in await run(pager, "restore", str(backup), "--yes", code=2)

    with sqlite3.connect(backup) as connection:
        connection.execute("INSERT INTO sessions VALUES ('w-1', 'a-hash', 'ana', 'sms', '', 'responder', 1, 1, 2)")
    said = await run(pager, "restore", str(backup), "--yes")

    assert "1 pages are open" in said
    kept = re.search(r"What was there is (\S+)\.\n", said)
    assert kept is not None
    async with daemon(pager):
        listed = await run(pager, "pages")
        assert "before the backup" in listed
        assert "after the backup" not in listed
    said = json.loads(await run(pager, "audit", "verify", "-o", "json"))
    assert said["ok"]
    with sqlite3.connect(f"file:{pager.folder / '.pagerd/pagerd.db'}?mode=ro", uri=True) as connection:
        events = [row[0] for row in connection.execute("SELECT event FROM history WHERE object_id = 'keeping'")]
        signed_in = connection.execute("SELECT count(*) FROM sessions").fetchone()
    assert events == ["DatabaseRestored"]
    assert signed_in == (0,), "who signed out since the backup would be signed in again"
    with sqlite3.connect(f"file:{kept[1]}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone() == (2,)


@pytest.mark.timeout(120)
async def test_a_backup_of_an_earlier_version_is_restored_as_this_one(pager: Installation, tmp_path: Path) -> None:
    """It is brought to this schema on the way; the answer on stdout is JSON and nothing else."""
    backup = built(DATABASES[0], tmp_path)
    process = await asyncio.create_subprocess_exec(
        *(*PAGERD, "restore", str(backup), "--yes", "-o", "json"), stdout=asyncio.subprocess.PIPE, cwd=pager.folder
    )
    said, _ = await process.communicate()

    assert process.returncode == 0
    assert differences("restore", json.loads(said)) == []
    assert json.loads(said)["pages_open"] == 1
    assert json.loads(said)["kept"] is None
    async with daemon(pager):
        assert "p-5tAddj" in await run(pager, "pages")
    assert json.loads(await run(pager, "audit", "verify", "-o", "json"))["unchained"] == 6


@pytest.mark.timeout(120)
async def test_tampering_with_the_file_is_found_by_the_command(pager: Installation) -> None:
    """Exit code 1, and the place."""
    async with daemon(pager):
        await run(pager, "--as", "ana", "page", "payments", "somebody changes this")
    with sqlite3.connect(pager.folder / ".pagerd/pagerd.db") as connection:
        connection.execute("UPDATE history SET entries = replace(entries, 'changes', 'changed') WHERE version = 1")
        page = connection.execute("SELECT id FROM pages").fetchone()[0]

    said = await run(pager, "audit", "verify", code=1)
    told = json.loads(await run(pager, "audit", "verify", "-o", "json", code=1))

    assert page in said
    assert "entry 1 is not what was written" in said
    assert differences("audit verify", told) == []


@pytest.mark.timeout(120)
async def test_somebody_who_left_is_erased_by_one_command(pager: Installation) -> None:
    """Refused while they are in the files; afterwards neither name nor number nor address is in the database."""
    people = pager.folder / "rotations/people.yaml"
    async with daemon(pager):
        await run(pager, "--as", "ana", "page", "payments", "Ben Okafor knows this one")
        page = json.loads(await run(pager, "pages", "-o", "json"))["pages"][0]["id"]
        await run(pager, "--as", "ben", "ack", page)
        assert "ben is still in the config files" in await run(pager, "--as", "dora", "erase", "ben", "--yes", code=1)
        eva = '  eva: {name: Eva Novak, zone: Europe/Prague, phone: "+420601000004", email: eva@example.com}\n'
        lines = people.read_text().splitlines(keepends=True)
        people.write_text("".join(eva if line.startswith("  ben:") else line for line in lines))
        team = pager.folder / "rotations/payments.yaml"
        team.write_text(team.read_text().replace("secondary: ben", "secondary: eva"))
        await run(pager, "reload")

        said = await run(pager, "--as", "dora", "erase", "ben", "--yes")

        assert "ben is erased-" in said
        assert "Kept: " in said
        again = json.loads(await run(pager, "--as", "dora", "erase", "ben", "--yes", "-o", "json"))
        assert differences("erase", again) == []
        assert not any(again["changed"].values()), "erasing once more finds nothing to do"
        told = await run(pager, "pages", page)
        assert "Ben" not in told
        assert "erased-" in told
        assert "the chain holds" in await run(pager, "audit", "verify")
    content = (pager.folder / ".pagerd/pagerd.db").read_bytes()
    with sqlite3.connect(pager.folder / ".pagerd/pagerd.db") as connection:
        dump = "\n".join(connection.iterdump())
    for trace in ("Ben Okafor", "+4915110000002", "ben@example.com", '"ben"', "'ben'"):
        assert trace not in dump
    assert b"ben@example.com" not in content, "what was deleted must not be left in the free pages of the file"
