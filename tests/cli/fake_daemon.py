"""A small HTTP server on a Unix socket that answers as the API is documented, and remembers what was asked."""

import json
import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    body: object
    headers: Mapping[str, str]


@dataclass
class FakeDaemon:
    """Answers each `METHOD path` with a status and JSON; what it does not know is 404."""

    socket: Path
    answers: dict[str, tuple[int, object]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def answers_to(self, request: str, body: object, status: int = 200) -> None:
        """Say what a request is answered with."""
        self.answers[request] = (status, body)


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    fake: FakeDaemon


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length)
        fake = self.server.fake
        fake.asked.append(Asked(self.command, self.path, json.loads(raw) if raw else None, dict(self.headers)))
        key = f"{self.command} {self.path.partition('?')[0]}"
        status, body = fake.answers.get(key, (404, {"error": f"there is no {self.path}"}))
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in fake.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815  # the names that http.server calls

    def address_string(self) -> str:
        """A Unix socket's peer has no address."""
        return "unix"

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def fake_daemon(socket: Path) -> Iterator[FakeDaemon]:
    """Run one until the end of the block."""
    fake = FakeDaemon(socket)
    with _Server(str(socket), _Handler) as server:
        server.fake = fake
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


def environment(**changes: str) -> dict[str, str]:
    """Return an environment in which nothing of the host's own pagerd is known, with the wall clock of Berlin."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("PAGERD_")}
    return known | {"TZ": "Europe/Berlin", "PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "error"} | changes


def pagerd(*arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "pagerd", *arguments],
        cwd=cwd,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        stdin=subprocess.DEVNULL,
    )
