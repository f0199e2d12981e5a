"""One night, with real processes: an alert, a text to ana, nothing from her, a text to ben, his answer, ana is told.

Everybody outside pagerd does what the real ones do: Alertmanager sends until it is answered 2xx, Twilio brings its
reports and texts until they are taken, ben sends his text again until he is answered. Whoever dies is started again.
"""

import asyncio
import contextlib
import functools
import re
import shutil
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import aiohttp
import apsw
import msgspec
from aiohttp import web

from pagerd.daemon import keeping
from pagerd.engine.boundaries import Boundary
from pagerd.engine.clock import SystemClock
from pagerd.web.auth import AS_HEADER
from tests.channels.fake_twilio import FakeTwilio, SentMessage
from tests.crashes.daemons import Death, Zygote
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, tail
from tests.ports import free_port

ANA, BEN, DORA = "+351912000001", "+4915110000002", "+4915110000003"
PUBLIC_URL = "https://pager.example.com"
STEP_SECONDS = 1
DATABASE = ".pagerd/pagerd.db"
SECONDS_MAX = 50
"""A message that waits for a minute after a crash is a finding."""


class Twilio(FakeTwilio):
    """One that can kill its caller from the other end of the line."""

    strike: Callable[[web.Request], Awaitable[None]] | None = None

    async def _answer(
        self, request: web.Request, thing: object, kept: list[object], wrong: list[int]
    ) -> web.StreamResponse:
        strike, self.strike = self.strike, None
        if strike is None:
            return await super()._answer(request, thing, kept, wrong)
        await strike(request)
        return await super()._answer(request, thing, kept, wrong)


def write(folder: Path, twilio_url: str, step_seconds: int = STEP_SECONDS) -> Installation:
    """Write an installation whose people sleep all day, and whose second step comes soon."""
    pager = installation.write(folder, port=free_port(), twilio_url=twilio_url, smtp_port=9, public_url=PUBLIC_URL)
    settings = folder / "pagerd.yaml"
    text = re.sub(r"email: \[\{kind: smtp[^\n]*", "email: [{kind: console}]", settings.read_text())
    text = re.sub(r"voice: \[\{kind: twilio[^\n]*", "voice: [{kind: console}]", text)
    settings.write_text(re.sub(r"notify: .*", "notify: {high: [sms], low: [email]}", text))
    people = folder / "rotations/people.yaml"
    away = (SystemClock().now().hour + 12) % 24  # the one minute of a day that is no night is far from now
    people.write_text(people.read_text().replace("zone:", f'night: "{away:02}:01-{away:02}:00", zone:'))
    steps = folder / "rotations/escalation.yaml"
    steps.write_text(steps.read_text().replace("answer_within: 3s", f"answer_within: {step_seconds}s"))
    return pager


def query(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Read from a copy of the database's files as they are, which changes nothing of what a crash left."""
    copies = folder / "copies"
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    for name in (DATABASE, DATABASE + "-wal"):
        with contextlib.suppress(FileNotFoundError):
            shutil.copy(folder / name, copies / Path(name).name)
    if not (copies / "pagerd.db").exists():
        return []
    connection = apsw.Connection(str(copies / "pagerd.db"))
    with contextlib.closing(connection):
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notifications'").fetchall():
            return []
        return connection.execute(sql).fetchall()


class Kept(Protocol):
    """Where pagerd keeps everything, as somebody sees it who is not pagerd."""

    async def query(self, sql: str) -> Sequence[tuple[object, ...]]:
        """Read what is there now."""
        ...

    async def settle(self) -> None:
        """Wait until nothing that a dead daemon began can come true any more."""
        ...

    async def broken(self) -> list[str]:
        """Verify the chain; return what does not hold."""
        ...


@dataclass(frozen=True)
class InFile:
    """In one SQLite file."""

    folder: Path

    async def query(self, sql: str) -> Sequence[tuple[object, ...]]:
        """Read from a copy."""
        return query(self.folder, sql)

    async def settle(self) -> None:
        """What was not committed died with its process."""

    async def broken(self) -> list[str]:
        """Verify a copy, as `pagerd audit verify` does."""
        query(self.folder, "SELECT 1")
        return [str(one) for bite in keeping.verified(self.folder / "copies/pagerd.db") for one in bite["findings"]]


@dataclass
class Night:
    """Runs the night of one folder, with one death in it."""

    zygote: Zygote
    folder: Path
    death: Death
    kept: Kept
    settings: str = ""
    """What the settings of this night have besides."""
    step_seconds: int = STEP_SECONDS
    by_api: bool = False
    """Whether ben answers by the command line's road, and not by a text."""
    twilio: Twilio = field(default_factory=Twilio)
    claimed_at_death: set[str] = field(default_factory=set)
    """The notifications that were somebody's to send when the daemon died."""

    async def live(self) -> None:
        """Go through the night, to its end after the death."""
        async with self.twilio:
            self.pager = write(self.folder, self.twilio.url, self.step_seconds)
            settings = self.folder / "pagerd.yaml"
            settings.write_text(settings.read_text() + self.settings)
            self.twilio.reach(PUBLIC_URL, self.pager.url)
            self.twilio.inbound_url = f"{PUBLIC_URL}/api/v1/provider/sms"
            self.twilio.strike = self._strike_of()
            self._died, self._told, self._over = asyncio.Event(), asyncio.Event(), asyncio.Event()
            self._daemon = await self.zygote.fork(self.folder, self.death)
            try:
                async with asyncio.timeout(SECONDS_MAX), aiohttp.ClientSession() as self._http:
                    await self._go()
            except TimeoutError:
                where = "it did not die" if not self._died.is_set() else "it did not come to its end"
                log = tail(self.folder / "pagerd.log")[-1500:]
                raise AssertionError(f"{where} within {SECONDS_MAX} s:\n{log}") from None
            finally:
                await self._daemon.kill()

    async def _go(self) -> None:
        async with asyncio.TaskGroup() as group:
            others = [group.create_task(one()) for one in (self._start_again, self._answer_phones)]
            await self._until_taken(self._send_alert)
            if self.death.boundary is Boundary.PLAN_SWAPPED:
                self._daemon.send(signal.SIGHUP)
            await self._died.wait()
            await self._told.wait()
            while not await self._is_quiet():
                await poll_again()
            self._over.set()
            for one in others:
                one.cancel()

    async def _start_again(self) -> None:
        await self._daemon.ended.wait()
        await self.kept.settle()
        claimed = await self.kept.query("SELECT id FROM notifications WHERE status = 'claimed'")
        self.claimed_at_death = {str(row[0]) for row in claimed}
        self._died.set()
        self._daemon = await self.zygote.fork(self.folder)
        await self._daemon.ended.wait()
        raise AssertionError(f"it died a second time:\n{tail(self.folder / 'pagerd.log')}")

    async def _send_alert(self) -> int:
        alert = {"labels": {"alertname": "PaymentsErrors", "team": "payments"}, "annotations": {"summary": "It fails"}}
        headers = {"Authorization": f"Bearer {self.pager.token}"}
        url = f"{self.pager.url}/api/v1/alerts/tools"
        async with self._http.post(url, json={"alerts": [alert]}, headers=headers) as response:
            return response.status

    async def _answer_phones(self) -> None:
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._answer(await self.twilio.next_message()))

    async def _answer(self, text: SentMessage) -> None:
        await self._until_taken(lambda: self.twilio.report_message(text, "delivered"))
        code = code_in(text)
        if text.to == BEN and code:
            sid = f"SM{text.sid[2:][::-1]}"
            texted = functools.partial(self.twilio.send_inbound_sms, BEN, f"{code} ack", sid=sid)
            await self._until_taken(self._acknowledge if self.by_api else texted)
        elif text.to == ANA and not code:
            self._told.set()

    async def _acknowledge(self) -> int:
        """Take the one page there is, as ben, by the API on the daemon's socket."""
        connector = aiohttp.UnixConnector(str(self.folder / ".pagerd/pagerd.sock"))
        async with aiohttp.ClientSession("http://pagerd", connector=connector, headers={AS_HEADER: "ben"}) as http:
            async with http.get("/api/v1/pages") as response:
                [page] = (await response.json())["pages"]
            async with http.post(f"/api/v1/pages/{page['id']}/ack", json={}) as response:
                return response.status

    async def _until_taken(self, ask: Callable[[], Awaitable[int]]) -> None:
        while True:
            try:
                if await ask() < 300:
                    return
            except (aiohttp.ClientError, ConnectionError):
                pass
            await poll_again()

    async def _is_quiet(self) -> bool:
        """Whether nothing is in hand: what was in the air at the death has gone out again."""
        sql = "SELECT count(*) FROM notifications WHERE status = 'claimed' OR (status = 'pending' AND attempts > 0)"
        return await self.kept.query(sql) == [(0,)]

    def _strike_of(self) -> Callable[[web.Request], Awaitable[None]] | None:
        """Return what the provider does to its caller, where the death is one that only it can bring."""
        if (self.death.boundary, self.death.side) == (Boundary.PROVIDER_ASKED, "after"):
            return self._kill_the_caller
        if (self.death.boundary, self.death.side) == (Boundary.PROVIDER_ANSWERED, "before"):
            return self._answer_and_kill_the_caller
        if self.death.boundary is Boundary.LEASE_RENEWED:
            return self._wait_for_the_end_of_the_caller
        return None

    async def _kill_the_caller(self, _request: web.Request) -> None:
        await self._daemon.kill()

    async def _wait_for_the_end_of_the_caller(self, _request: web.Request) -> None:
        # What is in hand for a while is what a lease is renewed of.
        await self._daemon.ended.wait()

    async def _answer_and_kill_the_caller(self, request: web.Request) -> None:
        # Stopped, it cannot read what is written to it: the answer is in its socket when it dies.
        self._daemon.send(signal.SIGSTOP)
        response = web.json_response({"sid": "SM" + "f" * 32, "status": "queued"}, status=201)
        await response.prepare(request)
        await response.write_eof()
        await self._daemon.kill()

    async def findings(self) -> list[str]:
        """Say which of the invariants do not hold in what is left."""
        await self.kept.settle()
        return [*await self._of_the_rows(), *self._of_the_messages(), *await self._of_the_chain()]

    async def _of_the_rows(self) -> list[str]:
        query = self.kept.query
        pages = await query("SELECT id, status, body FROM pages")
        if len(pages) != 1:
            return [f"I1: {len(pages)} pages of one alert that was answered 2xx"]
        [(page_id, status, text)] = pages
        page = msgspec.json.decode(str(text))
        found = []
        held = page.get("acknowledgement") or {}
        if (status, held.get("by")) != ("acknowledged", "ben"):
            found.append(f"I5: the page is {status} by {held.get('by')}, and ben took it")
        timers = await query("SELECT subject FROM timers WHERE kind = 'page'")
        if timers != [(page_id,)]:
            found.append(f"I2: the timers of page {page_id} are {timers}")
        told = await query("SELECT event, entries FROM history WHERE object_id LIKE 'p-%'")
        events = [str(event) for event, _ in told]
        if events.count("PageOpened") != 1 or events.count("TimerFired") != 1:
            found.append(f"I6: this happened: {events}")
        # Whoever got a text twice may answer it twice: that renews what is theirs, and takes nothing again.
        if sum('"page.acknowledged"' in str(entries) for _, entries in told) != 1:
            found.append(f"I5: the answer of ben counts more than once, or never: {told}")
        nights = sorted(str(row[0]) for row in await query("SELECT person FROM night_pages"))
        if nights != ["ana", "ben"]:
            found.append(f"I11: night pages of {nights}")
        sql = "SELECT (SELECT MIN(created_at) FROM notifications WHERE person = 'ben') - opened_at FROM pages"
        [(waited,)] = await query(sql)
        if int(str(waited)) < self.step_seconds * 1_000_000:
            found.append(f"I3: ben was paged after {waited} us, and ana had {self.step_seconds} s")
        return found

    def _of_the_messages(self) -> list[str]:
        found = []
        times: dict[str, int] = {}
        for text in self.twilio.messages:
            notification = str(text.field("StatusCallback")).rstrip("/").rpartition("/")[2]
            times[notification] = times.get(notification, 0) + 1
        for notification, count in times.items():
            if count > 1 + (notification in self.claimed_at_death):
                found.append(f"I6: notification {notification} was sent {count} times")
        asked = [text.to for text in self.twilio.messages if code_in(text)]
        if DORA in asked:
            found.append("I4: dora was paged, and ben had answered")
        if asked.count(BEN) > 1 + bool(self.claimed_at_death) or ANA not in asked:
            found.append(f"I6: these were asked: {asked}")
        return found

    async def _of_the_chain(self) -> list[str]:
        wrong = await self.kept.broken()
        return [f"I12: {wrong}"] if wrong else []


def code_in(text: SentMessage) -> str:
    """Return the code that a text asks to be answered with; nothing where it asks for nothing."""
    found = re.search(r"Reply (\d\d) ack", text.body)
    return found[1] if found is not None else ""
