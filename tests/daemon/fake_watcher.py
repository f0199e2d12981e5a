"""A second system that watches pagerd: it takes POSTs on a socket, and answers as it is told to."""

import asyncio
import json
from typing import Any, Self

from aiohttp import web

SECRET = "ping-8f1c2a"  # of the test


class FakeWatcher:
    """Keeps what it was told. `url` has a secret in its path, as such services give it."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.heard: list[dict[str, Any]] = []
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post(f"/{SECRET}", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/{SECRET}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def next(self) -> dict[str, Any]:
        """Wait until it is told once more."""
        self._news.clear()
        await self._news.wait()
        return self.heard[-1]

    async def _take(self, request: web.Request) -> web.Response:
        self.heard.append(json.loads(await request.read()))
        self._news.set()
        return web.Response(status=self.status)
