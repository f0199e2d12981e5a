"""What a route is: one thing that can be asked, and what it asks for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from pagerd.engine.boundaries import Boundary
from pagerd.web.answers import Failure, failure_answer
from pagerd.web.auth import Scope
from pagerd.web.call import Call

Act = Callable[[Call], Awaitable[web.StreamResponse]]
Refuse = Callable[[Failure], web.Response]


_FEW = {Scope.SIGN_IN: "/sign-in", Scope.SESSION: "/me"}
"""Pages for people are one handler each for the metrics."""


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that can be asked. `{name}` in the path is any one segment; `refuse` writes its errors.

    `answered` names the writing of its answer, where whoever sent the request relies on it.
    """

    method: str
    path: str
    scope: Scope
    act: Act
    refuse: Refuse = failure_answer
    answered: Boundary | None = None
    counted_as: str = ""
    """What the metrics call it, where several routes are one thing to them."""

    @property
    def handler(self) -> str:
        """Name it for the metrics: all acts on one thing are one handler, or they would be a tenth of all series."""
        if self.counted_as:
            return self.counted_as
        if self.scope in _FEW:
            return _FEW[self.scope]
        thing, _, act = self.path.rpartition("/")
        is_act = self.scope is Scope.ACK and thing.endswith("}") and not act.startswith("{")
        return f"{thing}/{{act}}" if is_act else self.path
