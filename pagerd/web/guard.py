"""Who may hold a connection, and for how long.

The server library reads a request for as long as its sender takes, so that a few hundred half-sent requests would shut
out the alerts. Here each connection has one deadline, moved by what happens on it, and one sweep per listener closes
those that are over it. No timer is made per request: intake pays for two attributes and a look at the clock.
"""

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import cast

import structlog
from aiohttp import web

from pagerd.engine.boundaries import UNWATCHED, Boundaries, Boundary
from pagerd.engine.metrics import Answers
from pagerd.web.answers import Failure, failure_answer, secure
from pagerd.web.limits import WebLimits

log = structlog.get_logger()

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

SWEEPS_PER_LIMIT = 10
"""How exact the deadlines are: a tenth of the shortest."""

_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nServer: pagerd\r\n"
    b"X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
)


class Phase(Enum):
    """What a connection is at."""

    IDLE = "idle"
    HEADER = "header"
    BODY = "body"
    ANSWER = "answer"


class Connection(web.RequestHandler):
    """One connection. When it is too slow it is closed without an answer.

    To its sender that is a fault of the network, and tried again; a 408 would be final to Alertmanager. `is_known` is
    set while a request is carried out whose sender showed a token, a link or a signature.
    """

    __slots__ = ("_gate", "answered", "deadline", "is_known", "peer", "phase", "turned_away")

    def __init__(self, gate: "Gate", limits: WebLimits, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            gate,
            loop=loop,
            access_log=None,  # type: ignore[arg-type]  # the library takes None for "no log", its annotation does not
            keepalive_timeout=limits.idle_seconds,
            max_headers=limits.headers_max,
            max_line_size=limits.line_bytes_max,
            max_field_size=limits.line_bytes_max,
            lingering_time=limits.linger_seconds,
            auto_decompress=False,
        )
        self._gate = gate
        self.phase = Phase.HEADER
        self.is_known = False
        self.deadline = 0.0
        self.peer = ""
        self.answered: Boundary | None = None
        """What the answer to the request in hand stands for, where somebody relies on it."""
        self.turned_away = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or say that the house is full."""
        transport = cast("asyncio.Transport", transport)  # uvloop's are of no class of the standard library
        self.peer = _peer_of(transport)
        self.move_to(Phase.HEADER)
        if not self._gate.let_in(self):
            self.turned_away = True
            self._gate.refused.note(503, 0.0)
            transport.write(_FULL)
            transport.close()
            return
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """The first byte of a request starts the clock of its headers."""
        if self.turned_away:
            return
        if self.phase is Phase.IDLE and data:
            self.move_to(Phase.HEADER)
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget it."""
        if self.turned_away:
            return
        self._gate.let_out(self)
        super().connection_lost(exc)

    def move_to(self, phase: Phase) -> None:
        """Say what the connection is at from now on."""
        self.phase = phase
        self.deadline = self._gate.now() + self._gate.seconds[phase]

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Send an answer, whoever made it, with the headers that every answer has; then wait for the next request."""
        secure(resp, hsts=self._gate.hsts())
        answered, self.answered = self.answered, None
        if answered is not None:
            self._gate.boundaries.before(answered)
        try:
            sent = await super().finish_response(request, resp, start_time)
        finally:
            self.is_known = False
            self.move_to(Phase.IDLE)
        if answered is not None:
            self._gate.boundaries.after(answered)
        return sent

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002  # the library's signature, here and below
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        """Answer what is no HTTP, or what went wrong beneath us; the sender's bytes are not said back to them."""
        is_gone = isinstance(exc, ConnectionError)
        if is_gone:
            log.info("web.connection_lost", peer=self.peer, phase=self.phase.value)
        else:
            log.warning("web.request_failed", peer=self.peer, status=status, error=type(exc).__name__)
        if status == 400:
            failure = Failure(400, "this request cannot be read as HTTP", "look at its request line and headers")
        else:
            failure = Failure(status, "pagerd failed to answer", "its log says why")
        if not is_gone:  # whoever went away is told nothing, and is no fault of ours to be counted
            self._gate.refused.note(status, 0.0)
        response = failure_answer(failure)
        response.force_close()
        return response

    def log_exception(self, *_words: object, **more: object) -> None:
        """Log what went wrong beneath us as we log everything else.

        The library logs a traceback of thirty lines for a body that cannot be unpacked, and anybody can send one.
        """
        problem = more.get("exc_info")
        is_senders = isinstance(problem, web.RequestPayloadError)
        log.warning(
            "web.connection_failed",
            peer=self.peer,
            error=type(problem).__name__,
            exc_info=None if is_senders else problem,
        )

    def cut(self) -> None:
        """Close it now, without another word."""
        if self.transport is not None:
            self.transport.abort()


class Gate(web.Server):
    """Makes the connections of one listener, counts them, and closes those that are too slow.

    `refused` takes in what is answered here, before any route is found.
    """

    def __init__(
        self,
        handler: Handler,
        limits: WebLimits,
        refused: Answers,
        *,
        hsts: Callable[[], bool],
        boundaries: Boundaries = UNWATCHED,
    ) -> None:
        super().__init__(handler)
        self.boundaries = boundaries
        self.refused = refused
        self._running = asyncio.get_running_loop()
        self.limits = limits
        self.hsts = hsts
        self.now = self._running.time
        self.seconds = {
            Phase.IDLE: limits.idle_seconds,
            Phase.HEADER: limits.header_seconds,
            Phase.BODY: limits.body_seconds,
            Phase.ANSWER: limits.answer_seconds,
        }
        self._held: set[Connection] = set()
        self._of_peer: Counter[str] = Counter()
        self._sweep_handle: asyncio.TimerHandle | None = None

    def __call__(self) -> Connection:
        """Make a connection's protocol."""
        return Connection(self, self.limits, self._running)

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._held)

    def let_in(self, connection: Connection) -> bool:
        """May it come in? A peer has its share, and a full house closes who waits longest and showed nothing."""
        if connection.peer and self._of_peer[connection.peer] >= self.limits.connections_of_peer_max:
            log.warning("web.peer_has_too_many_connections", peer=connection.peer)
            return False
        if len(self._held) >= self.limits.connections_max and not self._make_room():
            log.warning("web.too_many_connections", count=len(self._held))
            return False
        self._held.add(connection)
        self._of_peer[connection.peer] += 1
        if self._sweep_handle is None:
            self._plan_sweep()
        return True

    def let_out(self, connection: Connection) -> None:
        """Forget a connection."""
        self._held.discard(connection)
        self._of_peer[connection.peer] -= 1
        if not self._of_peer[connection.peer]:
            del self._of_peer[connection.peer]
        if not self._held and self._sweep_handle is not None:
            self._sweep_handle.cancel()
            self._sweep_handle = None

    def _make_room(self) -> bool:
        waiting = [one for one in self._held if one.phase in (Phase.IDLE, Phase.HEADER)]
        # A callback is read before its signature can be verified, and what is open is answered to anybody: whoever
        # sends or reads these slowly must not shut out the alerts.
        waiting = waiting or [one for one in self._held if not one.is_known]
        if not waiting:
            return False
        oldest = min(waiting, key=lambda one: one.deadline)
        oldest.cut()
        # Its own goodbye comes on a later turn of the loop; the place is free from now on.
        self._held.discard(oldest)
        return True

    def _plan_sweep(self) -> None:
        self._sweep_handle = self._running.call_later(min(self.seconds.values()) / SWEEPS_PER_LIMIT, self._sweep)

    def _sweep(self) -> None:
        now = self.now()
        for connection in tuple(self._held):
            if connection.deadline <= now:
                if connection.phase is not Phase.IDLE:
                    log.warning("web.too_slow", peer=connection.peer, phase=connection.phase.value)
                connection.cut()
        self._plan_sweep()


def _peer_of(transport: asyncio.Transport) -> str:
    """Name the address that has a share of its own; empty for the Unix socket and loopback, where everybody has one."""
    name = transport.get_extra_info("peername")
    if not isinstance(name, tuple):
        return ""
    try:
        address = ipaddress.ip_address(str(name[0]).partition("%")[0])
    except ValueError:
        return str(name[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif not address.is_loopback:
            # One customer has a /64 and could use a new address for each connection.
            return str(ipaddress.ip_network((address, 64), strict=False))
    return "" if address.is_loopback else str(address)
