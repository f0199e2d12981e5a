"""A real daemon is killed on both sides of the request that tells the tracker of a ticket, and started again."""

import asyncio
import contextlib
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import msgspec
import pytest
from aiohttp import web

from pagerd.engine.boundaries import Boundary
from tests.crashes import night
from tests.crashes.daemons import Death, Forked, zygote
from tests.crashes.night import query
from tests.e2e.processes import poll_again

TICKET = {"labels": {"alertname": "Slow", "service": "payments-api", "severity": "warning"}}

Strike = Callable[[web.Request], Awaitable[None]]


class FakeTracker:
    """Takes what it is told, and may kill who tells it from the other end of the line."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.strike: Strike | None = None

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Note the event, and answer what it is called here."""
        await request.read()
        self.keys.append(request.headers["Idempotency-Key"])
        strike, self.strike = self.strike, None
        if strike is not None:
            await strike(request)
        return web.json_response({"id": "OPS-1"})


@contextlib.asynccontextmanager
async def listening(tracker: FakeTracker) -> AsyncIterator[str]:
    """Have it listen; return where."""
    app = web.Application()
    app.router.add_post("/", tracker.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def strike_of(death: Death, daemon: Callable[[], Forked]) -> Strike | None:
    """Return what the tracker does to its caller, where the death is one that only it can bring."""

    async def kill(_request: web.Request) -> None:
        await daemon().kill()

    async def answer_and_kill(request: web.Request) -> None:
        # Stopped, it cannot read what is written to it: the answer is in its socket when it dies.
        daemon().send(signal.SIGSTOP)
        response = web.json_response({"id": "OPS-1"})
        await response.prepare(request)
        await response.write_eof()
        await daemon().kill()

    strikes = {(Boundary.PROVIDER_ASKED, "after"): kill, (Boundary.PROVIDER_ANSWERED, "before"): answer_and_kill}
    return strikes.get((death.boundary, death.side))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("boundary", [Boundary.PROVIDER_ASKED, Boundary.PROVIDER_ANSWERED])
async def test_killed_while_it_tells_the_tracker(tmp_path: Path, boundary: Boundary, side: str) -> None:
    """The event is told, under one key; a second time only where the first was on its way; and at once."""
    tracker, death = FakeTracker(), Death(boundary, side)
    async with listening(tracker) as url, zygote() as daemons, aiohttp.ClientSession() as http:
        pager = night.write(tmp_path, "http://127.0.0.1:9")
        (tmp_path / "tracker.secret").write_text("s3cret\n")
        settings = tmp_path / "pagerd.yaml"
        settings.write_text(
            f"{settings.read_text()}tickets: {{webhook: {{url: {url}, secret_file: tracker.secret}}}}\n"
        )
        daemon = await daemons.fork(tmp_path, death)
        tracker.strike = strike_of(death, lambda: daemon)

        async with asyncio.timeout(night.SECONDS_MAX):
            await _until_taken(http, f"{pager.url}/api/v1/alerts/tools", pager.token)
            await daemon.ended.wait()
            again = await daemons.fork(tmp_path)
            while not _is_told(tmp_path):
                await poll_again()
            await again.kill()
        [(ticket_id, body)] = query(tmp_path, "SELECT id, body FROM tickets")

    never_left = (boundary, side) == (Boundary.PROVIDER_ASKED, "before")
    assert tracker.keys == [f"{ticket_id}/1"] * (1 if never_left else 2)
    assert msgspec.json.decode(str(body))["ref"] == "OPS-1"


async def _until_taken(http: aiohttp.ClientSession, url: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    while True:
        with contextlib.suppress(aiohttp.ClientError, ConnectionError):
            async with http.post(url, data=json.dumps({"alerts": [TICKET]}), headers=headers) as response:
                if response.status < 300:
                    return
        await poll_again()


def _is_told(folder: Path) -> bool:
    """Whether there is a ticket, and nothing of it waits to be told."""
    rows = "SELECT (SELECT count(*) FROM tickets), (SELECT count(*) FROM exports)"
    return query(folder, rows) == [(1, 0)]
