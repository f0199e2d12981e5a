"""A service that is told by webhook, and may kill who tells it from the other end of the line."""

import contextlib
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from pagerd.engine.boundaries import Boundary
from tests.crashes.daemons import Death, Forked

Strike = Callable[[web.Request], Awaitable[None]]


class Listener:
    """Takes what it is told, and answers with what a tracker would call it."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.bodies: list[object] = []
        self.strike: Strike | None = None

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Note what came."""
        self.bodies.append(json.loads(await request.read()))
        self.keys.append(request.headers["Idempotency-Key"])
        strike, self.strike = self.strike, None
        if strike is not None:
            await strike(request)
        return web.json_response({"id": "OPS-1"})


@contextlib.asynccontextmanager
async def listening(listener: Listener) -> AsyncIterator[str]:
    """Have it listen; return where."""
    app = web.Application()
    app.router.add_post("/", listener.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def strike_of(death: Death, daemon: Callable[[], Forked]) -> Strike | None:
    """Return what is done to the caller, where the death is one that only who is called can bring."""

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
