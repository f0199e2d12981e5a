"""The web server: from a request to its route, through the route's guard, to an answer.

A guard stands before every act. There is no other way to one: a route is a row of the table with a scope, and the scope
names the guard. The local app is the same table behind the Unix socket, where the kernel says who asks.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

import structlog
from aiohttp import web

from pagerd.core.errors import (
    Conflict,
    IllegalTransition,
    InvalidPlan,
    NotAllowed,
    NotFound,
    PagerdError,
    StaleState,
    Unreadable,
)
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.engine.doors import StoreUnavailable
from pagerd.engine.metrics import OTHER
from pagerd.web import auth, feeds, me, provider, signed_in, signin, swap_pages
from pagerd.web.answers import Failure, failure_answer, unavailable
from pagerd.web.auth import Scope
from pagerd.web.call import Call
from pagerd.web.guard import Connection, Gate, Phase
from pagerd.web.hooks import Intake
from pagerd.web.pages import Links
from pagerd.web.route import Route
from pagerd.web.routes import GET, all_routes
from pagerd.web.services import LocalUsers, Services

log = structlog.get_logger()

Guard = Callable[[Call], Awaitable[None]]

BACKLOG = 1024
"""Connections that the kernel holds while we are busy: a storm's first second."""

OBSERVING = "Pagerd-Observing"

ZONE = "Pagerd-Zone"
"""In which zone whoever asks reads times, by the files: their terminal may stand in another one."""
"""Stands on every answer of a pagerd that sends nothing, so that whoever asks it anything can say so."""

OF_STRANGERS = frozenset({Scope.OPEN, Scope.METRICS, Scope.SIGN_IN})
"""What a request may ask for without showing anything."""

PARTS_MAX = 8
"""Segments of a path that are looked at; ours have at most six."""


class App:
    """One table of routes with its guards, listening on any number of addresses."""

    def __init__(self, services: Services, local: LocalUsers | None = None) -> None:
        self._services = services
        self._local = local
        self._intake = Intake()
        self._links = Links()
        self.routes = all_routes(self._intake, self._links)
        self._table = Table(self.routes)
        metrics = services.engine.metrics
        self._answers = {
            (route.method, route.path): metrics.answers(route.method, route.handler) for route in self.routes
        }
        self._no_route = metrics.answers(OTHER, OTHER)
        self._monotonic = services.engine.clock.monotonic
        self._guards = self._make_guards()
        self._runner: web.ServerRunner | None = None
        self._gate: Gate | None = None

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return self._gate.count if self._gate is not None else 0

    async def listen(self, host: str, port: int) -> tuple[str, int]:
        """Listen on a TCP address; return it, with the port that was chosen for 0."""
        site = web.TCPSite(await self._started(), host, port, backlog=BACKLOG)
        await site.start()
        return host, site.port

    async def listen_unix(self, path: Path, mode: int = 0o666) -> None:
        """Listen on a socket file. Anybody on the host may connect: the kernel tells who they are."""
        await web.UnixSite(await self._started(), path, backlog=BACKLOG).start()
        path.chmod(mode)  # noqa: ASYNC240  # one system call at the start

    async def close(self) -> None:
        """Take nothing more in, finish what is being answered, close."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _started(self) -> web.ServerRunner:
        if self._runner is None:
            self._gate = Gate(
                self.handle,
                self._services.limits,
                self._no_route,
                hsts=self._is_encrypted,
                boundaries=self._services.engine.boundaries,
            )
            self._runner = web.ServerRunner(self._gate, shutdown_timeout=self._services.limits.grace_seconds)
            await self._runner.setup()
        return self._runner

    def _is_encrypted(self) -> bool:
        return (self._services.public_url or "").startswith("https://")

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, and note how. Whatever goes wrong has an answer; only a lost connection has none."""
        began = self._monotonic()
        if isinstance(request.protocol, Connection):
            request.protocol.move_to(Phase.BODY if request.body_exists else Phase.ANSWER)
        route, parts, allowed = self._table.find(request.method, request.rel_url.raw_path)
        response: web.StreamResponse
        if route is None:
            answers, response = self._no_route, _nothing_there(request, allowed)
        else:
            answers = self._answers[route.method, route.path]
            if isinstance(request.protocol, Connection):
                request.protocol.answered = route.answered
            response = await self._answer(route, Call(request=request, services=self._services, parts=parts))
        if self._services.engine.observing:
            response.headers[OBSERVING] = "true"
        answers.note(response.status, self._monotonic() - began)
        return response

    async def _answer(self, route: Route, call: Call) -> web.StreamResponse:
        try:
            await self._guards[route.scope](call)
            if route.scope not in OF_STRANGERS and isinstance(call.request.protocol, Connection):
                call.request.protocol.is_known = True
            response = await route.act(call)
        except Failure as failure:
            return route.refuse(failure)
        except PagerdError as error:
            return route.refuse(_failure_of(error))
        except ConnectionError:
            raise
        except Exception:
            log.exception("web.failed", method=call.request.method, route=route.path)
            return route.refuse(Failure(500, "pagerd failed to answer", "its log says why"))
        if call.caller is not None and call.caller.person in self._services.engine.plan.people:
            response.headers[ZONE] = str(call.zone)
        return response

    def _make_guards(self) -> Mapping[Scope, Guard]:
        def of_people(scope: Scope) -> Guard:
            async def admit(call: Call) -> None:
                await self._admit_person(call, scope)

            return admit

        async def admit_all(call: Call) -> None:
            """Nothing here is worth hiding, and nothing here acts."""

        async def admit_scrape(call: Call) -> None:
            if not self._services.metrics_open:
                await self._admit_person(call, Scope.READ)

        return {
            Scope.OPEN: admit_all,
            Scope.METRICS: admit_scrape,
            Scope.INGEST: self._intake.admit,
            Scope.READ: of_people(Scope.READ),
            Scope.ACK: of_people(Scope.ACK),
            Scope.ADMIN: of_people(Scope.ADMIN),
            Scope.SIGNATURE: provider.admit,
            Scope.LINK: self._links.admit,
            Scope.SWAP_LINK: swap_pages.admit,
            Scope.FEED: feeds.admit,
            Scope.SIGN_IN: signin.admit,
            Scope.SESSION: signed_in.admit,
        }

    async def _admit_person(self, call: Call, scope: Scope) -> None:
        """Let in a person: by the kernel's word on the socket, by a personal token everywhere."""
        if self._local is None or auth.bearer_of(call.request) is not None:
            await auth.admit_person(call, scope)
            return
        call.caller = auth.local_caller(call, self._local)
        if scope.value not in call.caller.scopes:
            raise Failure(403, f"{call.caller.person} may not do this", "the people named under `operators` may")


def public_app(services: Services) -> App:
    """Return the app for TCP: people show a personal token."""
    return App(services)


def local_app(services: Services, users: LocalUsers) -> App:
    """Return the app for the Unix socket: people are who the kernel says."""
    return App(services, users)


class Table:
    """Finds the route of a path. A literal segment wins over a named one."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        node = self._root
        names = []
        for part in route.path.split("/")[1:]:
            if part.startswith("{"):
                names.append(part[1:-1])
                node.any = node.any or _Node()
                node = node.any
            else:
                node = node.named.setdefault(part, _Node())
        assert route.method not in node.routes, f"two routes for {route.method} {route.path}"
        node.routes[route.method] = (route, tuple(names))

    def find(self, method: str, raw_path: str) -> tuple[Route | None, Mapping[str, str], tuple[str, ...]]:
        """Return the route with its named segments, or the methods that the path has; none when it does not exist."""
        if "%00" in raw_path:
            return None, {}, ()  # no name here holds a NUL, and no database takes one
        segments = raw_path.split("/", PARTS_MAX)[1:]
        found = _walk(self._root, segments, 0, [])
        if found is None:
            return None, {}, ()
        node, values = found
        known = node.routes.get(GET if method == "HEAD" else method)
        if known is None:
            return None, {}, tuple(sorted(node.routes))
        route, names = known
        return route, dict(zip(names, values, strict=True)), ()


class _Node:
    __slots__ = ("any", "named", "routes")

    def __init__(self) -> None:
        self.named: dict[str, _Node] = {}
        self.any: _Node | None = None
        self.routes: dict[str, tuple[Route, tuple[str, ...]]] = {}


def _walk(node: _Node, segments: list[str], at: int, values: list[str]) -> tuple[_Node, list[str]] | None:
    if at == len(segments):
        return (node, values) if node.routes else None
    segment = segments[at]
    literal = node.named.get(segment)
    if literal is not None:
        found = _walk(literal, segments, at + 1, values)
        if found is not None:
            return found
    if node.any is not None and segment:
        return _walk(node.any, segments, at + 1, [*values, unquote(segment)])
    return None


def _nothing_there(request: web.BaseRequest, allowed: tuple[str, ...]) -> web.Response:
    """Answer where no route is: a person who typed an address, or lost the end of one, reads a page and not JSON."""
    failure, path = _no_route(allowed), request.rel_url.raw_path
    wants_page = request.method == GET and "text/html" in request.headers.get("Accept", "")
    if not wants_page or path.startswith("/api/"):
        return failure_answer(failure)
    refuse = me.refusing("../" * min(path.count("/") - 1, PARTS_MAX), "me")
    words = "Nothing of pagerd has this address. Was it copied whole? What is open for you stands on your own page."
    return refuse(Failure(failure.status, words, headers=failure.headers))


def _no_route(allowed: tuple[str, ...]) -> Failure:
    if allowed:
        methods = ", ".join(allowed)
        return Failure(405, "this path does not take that method", f"it takes {methods}", {"Allow": methods})
    return Failure(404, "there is nothing here", "the API begins at /api/v1/")


def _failure_of(error: PagerdError) -> Failure:
    match error:
        case NotFound():
            return Failure(404, str(error))
        case NotAllowed():
            return Failure(403, str(error))
        case TransitionRefused():
            return Failure(409, str(error), unmet=[(one.code, one.what) for one in error.unmet])
        case Conflict() | IllegalTransition() | InvalidPlan() | StaleState():
            return Failure(409, str(error))
        case Unreadable():
            return Failure(400, str(error))
        case StoreUnavailable():
            return unavailable(f"the store cannot answer now: {error}")
        case _:
            return Failure(500, str(error))
