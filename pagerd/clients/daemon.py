"""How the command line asks a running daemon: over its Unix socket on the same host, or by URL with a personal token.

Only the standard library: a command that answers at three in the morning must start at once.
"""

import http.client
import json
import os
import socket
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from pagerd.core.errors import Conflict, NotAllowed, NotFound, PagerdError, Unavailable

TIMEOUT_SECONDS = 15.0
"""Longer than a commit under load takes, shorter than a person's patience."""

SERVICE_SOCKET = "/run/pagerd/pagerd.sock"
"""Where systemd/pagerd.service has the socket."""

ANSWER_MAX = 32 * 1024 * 1024
"""Bytes of an answer that are read: 32 MiB hold the longest list that the API gives, several times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the daemon is: a socket's path, or a URL and the token to show there."""

    socket_path: str | None = None
    url: str | None = None
    token: str | None = None

    def __str__(self) -> str:
        """Name it for an error message."""
        return self.url or f"the socket {self.socket_path}"


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class DaemonClient:
    """Asks and tells one daemon. What it refuses is raised by its meaning, in the daemon's own words."""

    def __init__(
        self,
        address: Address,
        acts_as: str | None = None,
        observes: Callable[[], None] = lambda: None,
        reads_in: Callable[[str], None] = lambda _zone: None,
    ) -> None:
        """`observes` is called whenever the daemon says that it only observes, `reads_in` with the reader's zone."""
        self._address = address
        self._acts_as = acts_as
        self._observes = observes
        self._reads_in = reads_in

    def get(self, path: str, **query: str | int | None) -> Any:  # noqa: ANN401  # JSON
        """Ask for something."""
        return _understood(*self._ask("GET", _with(path, query)))

    def get_text(self, path: str, **query: str | int | None) -> str:
        """Ask for something that is not JSON, such as CSV."""
        status, content, asked = self._ask("GET", _with(path, query))
        if not 200 <= status < 300:
            _understood(status, content, asked)
        return content.decode(errors="replace")

    def post(
        self,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        also: Container[int] = (),
        key: str | None = None,
    ) -> Any:  # noqa: ANN401  # JSON
        """Tell it to do something; with a `key`, once, however often it is told.

        An answer whose status is in `also` is returned, not raised.
        """
        return _understood(*self._ask("POST", path, body or {}, key), also)

    def delete(self, path: str) -> Any:  # noqa: ANN401  # JSON
        """Take something back."""
        return _understood(*self._ask("DELETE", path))

    def _ask(
        self, method: str, path: str, body: Mapping[str, object] | None = None, key: str | None = None
    ) -> tuple[int, bytes, str]:
        """Return the status, the body as it came, and what was asked in the words of an error."""
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        if self._address.token:
            headers["Authorization"] = f"Bearer {self._address.token}"
        if self._acts_as:
            headers["X-Pagerd-As"] = self._acts_as
        connection = self._connection()
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            content = response.read(ANSWER_MAX)
            if response.headers["Pagerd-Observing"]:
                self._observes()
            if zone := response.headers["Pagerd-Zone"]:
                self._reads_in(zone)
        except PermissionError as error:
            raise NotAllowed(f"asking the daemon at {self._address}: {error.strerror}{self._hint(error)}") from error
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise Unavailable(f"asking the daemon at {self._address}: {why}{self._hint(error)}") from error
        finally:
            connection.close()
        return response.status, content, f"{method} {path}"

    def _hint(self, error: Exception) -> str:
        """Return what to do where a socket cannot be reached, on a line of its own; a URL says enough by itself."""
        if self._address.url is not None:
            return ""
        match error:
            case PermissionError():
                folder = Path(self._address.socket_path or "").parent
                return f"\nyour account may not go through {folder} (`chmod o+x` by its owner), or use a personal token"
            case FileNotFoundError() | ConnectionRefusedError():
                return "\nno pagerd runs on these files: `pagerd run` starts one, `-c DIR` or PAGERD_URL names another"
            case _:
                return ""

    def _connection(self) -> http.client.HTTPConnection:
        if self._address.url is None:
            return _SocketConnection(self._address.socket_path or "", TIMEOUT_SECONDS)
        parts = urlsplit(self._address.url)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise PagerdError(f"{self._address.url!r} is not the http(s) URL of a daemon")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        return kind(parts.hostname, parts.port, timeout=TIMEOUT_SECONDS)


def find_daemon(socket_path: str) -> Address:
    """Return where the daemon is: PAGERD_URL with PAGERD_TOKEN or PAGERD_TOKEN_FILE, else a socket on this host.

    That is PAGERD_SOCKET, or the given one; where there is none, the one of the service.
    """
    url = os.environ.get("PAGERD_URL")
    if not url:
        named = os.environ.get("PAGERD_SOCKET")
        is_service = not Path(socket_path).exists() and Path(SERVICE_SOCKET).exists()
        return Address(socket_path=named or (SERVICE_SOCKET if is_service else socket_path))
    token = os.environ.get("PAGERD_TOKEN")
    token_file = os.environ.get("PAGERD_TOKEN_FILE")
    if not token and token_file:
        try:
            token = Path(token_file).read_text().strip()
        except OSError as error:
            raise NotAllowed(f"reading the token in {token_file}: {error.strerror}") from error
    return Address(url=url, token=token)


def _with(path: str, query: Mapping[str, str | int | None]) -> str:
    asked = {key: value for key, value in query.items() if value is not None}
    return f"{path}?{urlencode(asked)}" if asked else path


def _understood(status: int, content: bytes, asked: str, also: Container[int] = ()) -> Any:  # noqa: ANN401
    try:
        answer = json.loads(content) if content else {}
    except ValueError:
        if 200 <= status < 300:
            raise Unavailable(f"{asked} was answered by something that is not pagerd: no JSON came back") from None
        answer = {"error": f"{asked}: status {status}: {content[:200].decode(errors='replace')}"}
    if 200 <= status < 300 or (status in also and isinstance(answer, dict)):
        return answer
    said = answer if isinstance(answer, dict) else {}
    words = str(said.get("error", f"{asked} was answered with status {status}"))
    if said.get("hint"):
        words = f"{words}\n{said['hint']}"
    # One thing that is unmet is what the error says already.
    unmet = said.get("unmet") or []
    if len(unmet) > 1:
        words += "".join(f"\n  {one['code']}: {one['what']}" for one in unmet)
    match status:
        case 401 | 403:
            raise NotAllowed(words)
        case 404:
            raise NotFound(words)
        case 409:
            raise Conflict(words)
        case 502 | 503 | 504:
            raise Unavailable(words)
        case _:
            raise PagerdError(words)
