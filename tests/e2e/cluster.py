"""Several real daemons on one PostgreSQL database: started, killed, frozen, woken and told to stop.

Each has a folder, a port and a socket of its own, and the same files otherwise. They mail to one server of the test:
a Message-ID and a recipient are one notification, so who was told what, and how often, is counted there.
"""

import asyncio
import contextlib
import json
import signal
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import aiohttp

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.installation import RULES_OF_LOAD, Installation
from tests.e2e.processes import free_port, poll_again, running
from tests.e2e.test_daemon import cli, command
from tests.postgres.fixtures import administer
from tests.postgres.server import PASSWORD, SUPERUSER, Server

AT_ONCE = 16
"""Alerts on their way to one node."""


class Node:
    """One daemon: its installation, and its process while it runs."""

    def __init__(self, pager: Installation) -> None:
        self.pager = pager
        self.log = pager.folder / "pagerd.log"
        self._life: contextlib.AsyncExitStack | None = None
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and return when it is ready."""
        self._life = contextlib.AsyncExitStack()
        started = running(command(self.pager), self.log, f"{self.pager.url}/-/ready")
        self.process = await self._life.enter_async_context(started)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self.process is not None, "it runs"
        self.process.send_signal(number)

    async def end(self) -> None:
        """See to it that it is gone."""
        if self._life is not None:
            with contextlib.suppress(ProcessLookupError):
                self.tell(signal.SIGCONT)
            await self._life.aclose()
            self._life = None

    async def status(self) -> dict[str, Any]:
        """Return what `pagerd status` says over its own socket."""
        _, said = await cli(self.pager, "status", "-o", "json")
        return dict(json.loads(said))

    async def raise_alerts(self, numbers: Iterable[int]) -> dict[int, float]:
        """Send alerts, some at once; return those that were taken, each with when on the monotonic clock."""
        taken: dict[int, float] = {}
        left = iter(numbers)

        async def send_on(session: aiohttp.ClientSession) -> None:
            for number in left:
                labels = {"alertname": f"Load{number:05}", "team": "payments", "severity": "critical"}
                alert = {"labels": labels, "annotations": {"summary": f"alert {number:05}"}}
                # A node that is stopping, or gone, takes nothing.
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.post("/api/v1/alerts/tools", json={"alerts": [alert]}) as answer:
                        if answer.status < 300:
                            taken[number] = time.monotonic()

        headers = {"Authorization": f"Bearer {self.pager.token}"}
        async with aiohttp.ClientSession(self.pager.url, headers=headers) as session:
            await asyncio.gather(*(send_on(session) for _ in range(AT_ONCE)))
        return taken


class Cluster:
    """The nodes, their database and the mail server that all of them send by."""

    def __init__(self, folder: Path, server: Server, database: str, smtp: FakeSmtp, count: int = 2) -> None:
        self.server, self.database, self.smtp = server, database, smtp
        self.nodes = [Node(self._installed(folder / f"node{number}")) for number in range(1, count + 1)]
        self.heard: dict[tuple[str, str], list[float]] = {}
        """When each message came, by its Message-ID and its recipient."""
        self._read = 0

    def _installed(self, folder: Path) -> Installation:
        folder.mkdir()
        pager = installation.write(
            folder,
            port=free_port(),
            twilio_url=None,
            smtp_port=self.smtp.port,
            public_url="https://pager.example.com",
        )
        (folder / "rules/payments.yaml").write_text(RULES_OF_LOAD)
        (folder / "db.password").write_text(f"{PASSWORD}\n")
        where = f"hosts: ['127.0.0.1:{self.server.port}'], database: {self.database}, user: {SUPERUSER}"
        settings = folder / "pagerd.yaml"
        store = f"store: {{postgres: {{{where}, password_file: db.password}}}}\n"
        settings.write_text(settings.read_text() + store)
        return pager

    async def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Ask the database past all nodes."""
        return await administer(self.server, statement, database=self.database)

    def listen(self) -> None:
        """Note what has been mailed since."""
        for mail in self.smtp.mails[self._read :]:
            self.heard.setdefault((str(mail.parsed["Message-ID"]), *mail.recipients), []).append(time.monotonic())
        self._read = len(self.smtp.mails)

    async def told(self, person: str) -> dict[int, tuple[str, str]]:
        """Return the alerts that a person had mail about, as far as its receipt is stored, and which mail."""
        rows = await self.sql(
            "SELECT n.person, substring(a.body from 'Load([0-9]{5})'), n.provider_id, n.address FROM alerts a"
            " JOIN notifications n ON n.page_id = a.page_id"
            " WHERE n.medium = 'email' AND n.provider_id IS NOT NULL ORDER BY n.created_at DESC"
        )
        self.listen()
        found = {int(str(number)): (str(message), str(to)) for one, number, message, to in rows if one == person}
        return {number: mail for number, mail in found.items() if mail in self.heard}

    async def until_told(self, person: str, numbers: Iterable[int]) -> dict[int, float]:
        """Wait until a person had mail about each of these alerts; return when it came first."""
        wanted = set(numbers)
        while True:
            self.listen()
            told = await self.told(person)
            if wanted <= set(told):
                return {number: self.heard[told[number]][0] for number in wanted}
            for _ in range(5):
                await poll_again()

    @property
    def twice(self) -> set[tuple[str, str]]:
        """The messages that came more than once."""
        self.listen()
        return {message for message, times in self.heard.items() if len(times) > 1}

    async def unexplained(self, in_the_air: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return what came more often than it was attempted, but once more what was in the air."""
        rows = await self.sql("SELECT provider_id, address, MAX(attempts) FROM notifications GROUP BY 1, 2")
        attempts = {(str(message), str(to)): int(str(count)) for message, to, count in rows}
        return {
            message
            for message in self.twice
            if len(self.heard[message]) > attempts.get(message, 0) + (message in in_the_air)
        }


@contextlib.asynccontextmanager
async def cluster(folder: Path, server: Server, database: str, count: int = 2) -> AsyncIterator[Cluster]:
    """Start so many nodes, and see to it that all of them are gone in the end."""
    async with FakeSmtp() as smtp:
        made = Cluster(folder, server, database, smtp, count)
        try:
            for node in made.nodes:
                await node.start()
            yield made
        finally:
            for node in made.nodes:
                await node.end()
