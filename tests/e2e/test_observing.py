"""A real daemon with --observe: everything but sending, and then the same store without it."""

import asyncio
import csv
import io
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.e2e.test_polling import raise_alert, scraped
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)


class Door:
    """A port where somebody would be served: it counts who comes, and hangs up."""

    def __init__(self) -> None:
        self.visits = 0
        self.came = asyncio.Event()
        self.port = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Door"]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._visited, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _visited(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visits += 1
        self.came.set()
        writer.close()


@asynccontextmanager
async def neighbours(folder: Path) -> AsyncIterator[tuple[Installation, Door, Door]]:
    """Open the door of a Twilio and of a mail server, and write an installation that would use both."""
    async with Door().open() as twilio, Door().open() as smtp:
        url = f"http://127.0.0.1:{twilio.port}"
        pager = installation.write(folder, port=free_port(), twilio_url=url, smtp_port=smtp.port, public_url=None)
        yield pager, twilio, smtp


def command(pager: Installation, *words: str) -> list[str]:
    """Return how the daemon of an installation is started."""
    return [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json", *words]


async def cli(pager: Installation, *words: str) -> tuple[int, str]:
    """Run a command as dora; return its exit code and all that it said."""
    return await said_by(sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", "dora", *words)


async def report(pager: Installation) -> Any:
    """Return the report of what was observed."""
    return await got(pager, "report", "observe")


async def got(pager: Installation, *words: str) -> Any:
    """Return what a command writes as JSON; before it stands that the daemon only observes."""
    _code, said = await cli(pager, *words, "-o", "json")
    return json.loads(said[said.index("{") :])


async def observed_until(pager: Installation, people: set[str]) -> Any:
    """Wait until pages have climbed to these people."""
    while True:
        found = await report(pager)
        if people <= {one["person"] for one in found["messages"] if one["medium"] == "voice"}:
            return found
        await poll_again()


def logged(pager: Installation, event: str) -> list[dict[str, object]]:
    """Return what the daemon logged of one kind."""
    lines = [
        json.loads(line) for line in (pager.folder / "pagerd.log").read_text().splitlines() if line.startswith("{")
    ]
    return [line for line in lines if line["event"] == event]


async def test_nobody_is_reached_and_everything_is_written_down(tmp_path: Path) -> None:
    """Steps are taken, texts rendered, operators' mails too: no connection is made, and every surface says so."""
    async with neighbours(tmp_path) as (pager, twilio, smtp):
        url = f"{pager.url}/-/ready"
        async with running(command(pager, "--observe"), tmp_path / "pagerd.log", url), aiohttp.ClientSession() as web:
            await raise_alert(pager)
            found = await observed_until(pager, {"ana", "ben"})
            # A broken file alarms the operators: that mail is none either.
            (pager.folder / "rules/payments.yaml").write_text("team: [")
            await cli(pager, "reload")
            while not any(one["part"] == "operators" for one in (await report(pager))["messages"]):
                await poll_again()
            # Files that are whole come into force, and what is made of them sends nothing either.
            (pager.folder / "rules/payments.yaml").write_text(installation.RULES)
            code, reloaded = await cli(pager, "reload")
            assert code == 0, reloaded
            await raise_alert(pager, "eu-2")
            while len({page["page"] for page in (await report(pager))["pages"] if page["first"]}) < 2:
                await poll_again()
            ready, healthy = await (await web.get(url)).json(), await (await web.get(f"{pager.url}/-/healthy")).text()
            reply = await web.post(f"{pager.url}/api/v1/provider/sms", data={"Body": "12 ack"})
            status, metrics = await cli(pager, "status"), await scraped(pager)
            _code, paged = await cli(pager, "page", "payments", "Customers complain")
            _code, table = await cli(pager, "report", "observe")
            _code, written = await cli(pager, "report", "observe", "-o", "csv", "--of", "messages")

        first = found["messages"][0]
        assert (twilio.visits, smtp.visits) == (0, 0)
        assert (first["person"], first["part"], first["text"][:19]) == ("ana", "first", "sev1 PaymentsErrors")
        assert {one["person"] for one in found["messages"] if one["part"] == "first"} == {"ana"}
        assert {one["part"] for one in found["messages"] if one["person"] == "ben"} == {"follow_up"}
        assert [(one["title"], one["people"]) for one in found["pages"]] == [("PaymentsErrors", ["ana"])]
        assert [(one["alert"], one["place"]) for one in found["alerts"]] == [("PaymentsErrors", "opens_page")]
        assert ready["observing"]
        assert "NOTHING IS SENT" in ready["warnings"][-1]
        assert "sends nothing" in healthy
        assert reply.status == 503
        assert "NOTHING IS SENT" in status[1]
        assert "pagerd_observing 1.0" in metrics
        assert 'pagerd_notifications_total{channel="sms",provider="twilio",status="observed"}' in metrics
        assert 'pagerd_provider_up{channel="sms"' not in metrics
        assert "nobody is told" in paged
        assert "! This pagerd only observes: it sends nothing to anybody." in table
        assert "AT ONCE" in table
        assert "sev1 PaymentsErrors" in next(csv.DictReader(io.StringIO(written[written.index("at,") :])))["text"]
        assert logged(pager, "started")[-1]["observing"] is True


async def test_without_the_flag_open_pages_begin_anew(tmp_path: Path) -> None:
    """What was observed is not sent late: the page that still fires begins at step 1, and its people are reached."""
    async with neighbours(tmp_path) as (pager, twilio, smtp):
        url, log = f"{pager.url}/-/ready", tmp_path / "pagerd.log"
        async with running(command(pager, "--observe"), log, url):
            await raise_alert(pager)
            await observed_until(pager, {"ben"})
        before = (twilio.visits, smtp.visits)
        async with running(command(pager), log, url), asyncio.timeout(30):
            await twilio.came.wait()
            story = await got(pager, "pages", (await got(pager, "pages"))["pages"][0]["id"])
            found = await report(pager)
            _code, status = await cli(pager, "status")

        kinds = [entry["kind"] for entry in story["timeline"]]
        begun = kinds[kinds.index("observing.ended") :]
        observed = {one["person"] for one in story["notifications"] if one["status"] == "observed"}
        assert before == (0, 0)
        assert observed == {"ana", "ben"}
        assert begun[1] == "step.paged"
        assert [span["to"] is not None for span in found["observed"]] == [True]
        assert "NOTHING IS SENT" not in status
        [ended] = logged(pager, "observing.ended")
        assert ended["pages_taken_up"] == 1
