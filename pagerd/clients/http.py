"""What pagerd asks over HTTP: one session with limits, and errors that say whether the other side may have acted.

A request is *surely not sent* until its first byte is handed to a connection; from there on, whatever goes wrong, the
other side may have done what it was asked. This line decides whether a page is repeated as new or as perhaps a
duplicate, so it is drawn here, once, and not guessed from the names of exceptions.
"""

import asyncio
import json
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from aiohttp.typedefs import LooseHeaders

from pagerd.clients.reach import OutOfReachError, Reach, fault_of_url, guarded_socket
from pagerd.core.errors import Unavailable, Unconfirmed

CONNECT_SECONDS = 5.0
"""For a free connection, the name, TCP and TLS together. Who needs longer will not answer in time either."""

CONNECTIONS_MAX = 64
"""Of one session. More than the senders of the outbox, so that nobody queues here."""

BODY_BYTES_MAX = 64 * 1024
"""Of one answer, unless the caller says otherwise. Providers answer with one or two kilobytes."""

IDLE_SECONDS = 30.0
"""How long a connection is kept for the next request: shorter than what proxies allow, so that we close first."""

NAMES_FRESH_SECONDS = 60
"""How long a resolved name is used without asking again."""

NAMES_STALE_SECONDS = 3600.0
"""How long an old answer still serves while the resolver fails: DNS may be the very incident that we page for."""

RESOLVE_SECONDS = 2.0
"""How long the resolver may take while we have an old answer to fall back on."""


BeforeSent = Callable[[], None]
"""Called when a connection stands and before the first byte; what it raises keeps all back."""


def nothing() -> None:
    """Keep nothing back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer: any status. Header names are looked up in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> object:
        """Return the decoded body; ValueError if it is not JSON, however deep or strange it is."""
        try:
            decoded: object = json.loads(self.body)
        except RecursionError:
            raise ValueError("the body is nested too deeply") from None
        return decoded

    def retry_after_seconds(self) -> float | None:
        """Return what a Retry-After header asks for in seconds; its other form, a date, is left unread."""
        asked = self.headers.get("Retry-After", "").strip()
        return float(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else None


class HttpClient:
    """One session that follows no redirects, keeps no cookies, reads no proxy settings and never repeats a POST.

    It is made without a running loop and connects at the first request. `close` may be called more than once; a request
    after it is Unavailable.
    """

    def __init__(
        self,
        *,
        reach: Reach = Reach.ANYWHERE,
        connections_max: int = CONNECTIONS_MAX,
        connect_seconds: float = CONNECT_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._reach = reach
        self._connections_max = connections_max
        self._connect_seconds = connect_seconds
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def get(
        self,
        url: str,
        *,
        deadline_seconds: float,
        headers: Mapping[str, str] | None = None,
        body_bytes_max: int = BODY_BYTES_MAX,
    ) -> Answer:
        """Ask for something. What it raises means: not answered."""
        return await self._ask("GET", url, None, headers or {}, deadline_seconds, body_bytes_max)

    async def post_form(
        self,
        url: str,
        form: Sequence[tuple[str, str]],
        *,
        deadline_seconds: float,
        headers: Mapping[str, str] | None = None,
        body_bytes_max: int = BODY_BYTES_MAX,
        before_sent: BeforeSent = nothing,
    ) -> Answer:
        """Post fields; what UTF-8 cannot write becomes a question mark, for a page must not fail on a stray byte."""
        body = urlencode(form, errors="replace").encode("ascii")
        typed = {**(headers or {}), "Content-Type": "application/x-www-form-urlencoded"}
        return await self._ask("POST", url, body, typed, deadline_seconds, body_bytes_max, before_sent)

    async def post_json(
        self,
        url: str,
        body: bytes,
        *,
        deadline_seconds: float,
        headers: Mapping[str, str] | None = None,
        body_bytes_max: int = BODY_BYTES_MAX,
        before_sent: BeforeSent = nothing,
    ) -> Answer:
        """Post JSON that is already written: a signature stands for its very bytes."""
        typed = {**(headers or {}), "Content-Type": "application/json"}
        return await self._ask("POST", url, body, typed, deadline_seconds, body_bytes_max, before_sent)

    async def close(self) -> None:
        """Close all connections."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _ask(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        deadline_seconds: float,
        body_bytes_max: int,
        before_sent: BeforeSent = nothing,
    ) -> Answer:
        """Make one request. `host` alone names it in errors: paths and queries may hold secrets."""
        fault = fault_of_url(url, self._reach)
        if fault is not None:
            raise Unavailable(f"asking: {fault}")
        host = urlsplit(url).hostname or url
        progress = SimpleNamespace(sent=False, before_sent=before_sent)
        try:
            async with asyncio.timeout(deadline_seconds):
                return await self._exchange(method, url, body, headers, body_bytes_max, progress)
        except aiohttp.ConnectionTimeoutError as problem:
            raise Unavailable(f"asking {host}: could not connect within {self._connect_seconds:g} s") from problem
        except TimeoutError as problem:
            raise _failure(progress, f"asking {host}: no answer within {deadline_seconds:g} s") from problem
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            raise _failure(progress, f"asking {host}: {_words_of(problem)}") from problem

    async def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        body_bytes_max: int,
        progress: SimpleNamespace,
    ) -> Answer:
        loose: LooseHeaders = {**headers, "Accept-Encoding": "identity"}
        session = self._open_session()
        async with session.request(
            method, url, data=body, headers=loose, allow_redirects=False, trace_request_ctx=progress
        ) as response:
            received = bytearray()
            async for chunk in response.content.iter_any():
                received += chunk
                if len(received) > body_bytes_max:
                    response.close()
                    raise ValueError(f"the answer is longer than {body_bytes_max} bytes")
            return Answer(response.status, response.headers, bytes(received))

    def _open_session(self) -> aiohttp.ClientSession:
        if self._closed:
            raise ValueError("this client is closed")
        if self._session is None:
            trace = aiohttp.TraceConfig()
            # Fires before the first byte is written, never after: the doubt falls on the side of "perhaps sent".
            trace.on_request_headers_sent.append(_goes_out)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections_max,
                    keepalive_timeout=IDLE_SECONDS,
                    ttl_dns_cache=NAMES_FRESH_SECONDS,
                    resolver=RememberingResolver(ThreadedResolver()),
                    socket_factory=partial(guarded_socket, self._reach),
                    ssl=self._tls if self._tls is not None else True,
                ),
                # The whole is bounded by our own timeout: aiohttp rounds its own up to full seconds.
                timeout=aiohttp.ClientTimeout(total=None, connect=self._connect_seconds, ceil_threshold=1e9),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                trace_configs=[trace],
            )
        return self._session


class RememberingResolver(AbstractResolver):
    """Asks another resolver, and falls back on its last good answer while it fails or hangs."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner
        self._known: dict[tuple[str, int, int], tuple[float, list[ResolveResult]]] = {}

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        """Return the addresses of a name; at worst those it had within the last hour."""
        key = (host, port, family)
        elapsed = asyncio.get_running_loop().time()
        known = self._known.get(key)
        if known is not None and elapsed - known[0] > NAMES_STALE_SECONDS:
            known = None
        try:
            async with asyncio.timeout(None if known is None else RESOLVE_SECONDS):
                found = await self._inner.resolve(host, port, family)  # type: ignore[arg-type] # AF_UNSPEC is 0
        except OSError:  # TimeoutError is one
            if known is None:
                raise
            return known[1]
        self._known[key] = (elapsed, found)
        return found

    async def close(self) -> None:
        """Close the resolver behind."""
        await self._inner.close()


async def _goes_out(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    progress = context.trace_request_ctx
    progress.before_sent()
    progress.sent = True


def _failure(progress: SimpleNamespace, message: str) -> Unavailable | Unconfirmed:
    """Name a failure by whether the request had left."""
    return Unconfirmed(f"{message}, after it was sent") if progress.sent else Unavailable(message)


def _words_of(problem: Exception) -> str:
    """Say what went wrong without the URL, which aiohttp likes to put into its messages."""
    if isinstance(problem, aiohttp.ClientConnectorError):
        reached = problem.os_error
        refused = next((one for one in _causes(reached) if isinstance(one, OutOfReachError)), None)
        return f"could not connect: {refused or reached.strerror or type(reached).__name__}"
    if isinstance(problem, aiohttp.ClientError):
        return f"{type(problem).__name__}"
    return f"{type(problem).__name__}: {problem}"


def _causes(problem: BaseException) -> list[BaseException]:
    """Return an error and all that it stands for: one per address that was tried."""
    found = [problem]
    if isinstance(problem, BaseExceptionGroup):
        for one in problem.exceptions:
            found += _causes(one)
    if problem.__cause__ is not None:
        found += _causes(problem.__cause__)
    return found
