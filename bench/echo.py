"""The yardstick: an aiohttp server that reads the body and answers 200, and does nothing else."""

import contextlib
import sys

from aiohttp import web


async def answer(request: web.Request) -> web.Response:
    """Read the body."""
    await request.read()
    return web.Response()


def main() -> None:
    """Serve on the port that the first argument names."""
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_post("/", answer)
    app.router.add_get("/", answer)
    loop = None
    with contextlib.suppress(ImportError):
        import uvloop  # noqa: PLC0415  # as pagerd does: where it is installed

        loop = uvloop.new_event_loop()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None, loop=loop)


if __name__ == "__main__":
    main()
