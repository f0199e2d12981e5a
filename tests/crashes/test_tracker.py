"""A real daemon is killed on both sides of the request that tells the tracker of a ticket, and started again."""

import asyncio
import contextlib
import json
from pathlib import Path

import aiohttp
import msgspec
import pytest

from pagerd.engine.boundaries import Boundary
from tests.crashes import night
from tests.crashes.daemons import Death, zygote
from tests.crashes.listener import Listener, listening, strike_of
from tests.crashes.night import query
from tests.e2e.processes import poll_again

TICKET = {"labels": {"alertname": "Slow", "service": "payments-api", "severity": "warning"}}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("boundary", [Boundary.PROVIDER_ASKED, Boundary.PROVIDER_ANSWERED])
async def test_killed_while_it_tells_the_tracker(tmp_path: Path, boundary: Boundary, side: str) -> None:
    """The event is told, under one key; a second time only where the first was on its way; and at once."""
    tracker, death = Listener(), Death(boundary, side)
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
