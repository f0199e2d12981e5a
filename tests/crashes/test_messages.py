"""A real daemon is killed on both sides of the request that tells a receiver of a message, and started again."""

import asyncio
import contextlib
from pathlib import Path

import aiohttp
import pytest

from pagerd.engine.boundaries import Boundary
from pagerd.web.auth import AS_HEADER
from tests.crashes import night
from tests.crashes.daemons import Death, zygote
from tests.crashes.listener import Listener, listening, strike_of
from tests.crashes.night import query
from tests.e2e.processes import poll_again


@pytest.mark.timeout(120)
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("boundary", [Boundary.PROVIDER_ASKED, Boundary.PROVIDER_ANSWERED])
async def test_killed_while_it_tells_a_receiver(tmp_path: Path, boundary: Boundary, side: str) -> None:
    """The message is told, under one key; a second time only where the first was on its way; and at once."""
    hub, death = Listener(), Death(boundary, side)
    async with listening(hub) as url, zygote() as daemons:
        night.write(tmp_path, "http://127.0.0.1:9")
        (tmp_path / "hub.secret").write_text("s3cret\n")
        settings = tmp_path / "pagerd.yaml"
        settings.write_text(
            f"{settings.read_text()}receivers: {{hub: {{kind: webhook, url: '{url}', secret_file: hub.secret}}}}\n"
        )
        daemon = await daemons.fork(tmp_path, death)
        hub.strike = strike_of(death, lambda: daemon)

        async with asyncio.timeout(night.SECONDS_MAX), asyncio.TaskGroup() as group:
            group.create_task(_until_asked(tmp_path / ".pagerd/pagerd.sock"))
            await daemon.ended.wait()
            again = await daemons.fork(tmp_path)
            while not _is_told(tmp_path):
                await poll_again()
            await again.kill()

    never_left = (boundary, side) == (Boundary.PROVIDER_ASKED, "before")
    assert len(hub.keys) == (1 if never_left else 2)
    assert len(set(hub.keys)) == 1
    assert all(one == hub.bodies[0] for one in hub.bodies)


async def _until_asked(socket: Path) -> None:
    """Ask for one test message, with one key, until that is answered: whoever died may have stored it."""
    while True:
        with contextlib.suppress(aiohttp.ClientError, OSError):
            connector = aiohttp.UnixConnector(str(socket))
            headers = {AS_HEADER: "ben", "Idempotency-Key": "one"}
            async with (
                aiohttp.ClientSession("http://pagerd", connector=connector, headers=headers) as http,
                http.post("/api/v1/receivers/hub/test", json={}) as response,
            ):
                assert response.status < 300, await response.text()
                return
        await poll_again()


def _is_told(folder: Path) -> bool:
    """Whether there is a message, and it was taken."""
    return query(folder, "SELECT state FROM incident_messages") == [("sent",)]
