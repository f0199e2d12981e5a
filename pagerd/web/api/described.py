"""How an act of the API is declared: its signature is what it takes and answers, and nothing says so twice.

An act has a docstring, perhaps a parameter `body` (a Struct), perhaps `asked` (the fields of the query), and returns
what is answered as JSON. The wrapper reads, calls and answers; the OpenAPI document reads the same declaration.
"""

import functools
import inspect
import types
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, Union, get_args, get_origin, get_type_hints

from aiohttp import web

from pagerd.engine.boundaries import Boundary
from pagerd.web.answers import Failure, json_answer
from pagerd.web.call import Call
from pagerd.web.route import Act

Field = Mapping[str, object]
"""The JSON Schema of one field of a query."""

TEXT: Final[Field] = {"type": "string"}
FLAG: Final[Field] = {"type": "boolean"}
INSTANT: Final[Field] = {"type": "string", "format": "date-time"}
MONTH: Final[Field] = {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}


def choice(*words: str) -> Field:
    """Return a field that takes one of a few words."""
    return {"type": "string", "enum": list(words)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What an act takes and answers.

    `also` is another media type of its answer; `takes` is the schema of a body that the act reads by itself. An act
    that `has_key` is done once for a key that the caller makes up.
    """

    meaning: str
    status: int = 200
    body: type | None = None
    query: Mapping[str, Field] = field(default_factory=dict)
    answer: Any = None  # what a return annotation can be, such as `list[OnCall]`
    also: str | None = None
    takes: Field | None = None
    has_key: bool = False


Function = Callable[Concatenate[Call, ...], Awaitable[object]]


class DescribedAct:
    """An act that can be asked what it takes and answers."""

    def __init__(self, function: Function, description: Description, reads: Boundary | None = None) -> None:
        self._function = function
        self._reads = reads
        self._takes_query = "asked" in inspect.signature(function).parameters
        self.description = description
        functools.update_wrapper(self, function)

    async def __call__(self, call: Call) -> web.StreamResponse:
        """Read what is declared, act, and answer."""
        given: dict[str, object] = {}
        # What a source posts is taken, whatever its address has behind the path.
        if self.description.takes is None:
            asked = call.query(*self.description.query)
            for name, value in asked.items():
                _check(name, value, self.description.query[name])
            given |= {"asked": asked} if self._takes_query else {}
        if self.description.body is not None:
            given["body"] = await self._read(call, self.description.body)
        said = await self._function(call, **given)
        return said if isinstance(said, web.StreamResponse) else json_answer(said, self.description.status)

    async def _read(self, call: Call, kind: type) -> object:
        boundaries = call.services.engine.boundaries
        if self._reads is not None:
            boundaries.before(self._reads)
        body: object = await call.decode(kind)
        if self._reads is not None:
            boundaries.after(self._reads)
        return body


def _check(name: str, value: str, declared: Field) -> None:
    words = declared.get("enum")
    if isinstance(words, list) and value not in words:
        raise Failure(400, f"{name}={value!r} is none of {', '.join(words)}")


def described(act: Act) -> Description | None:
    """Return how an act was declared; None for one that the API's document does not speak of."""
    return act.description if isinstance(act, DescribedAct) else None


def api(
    *,
    status: int = 200,
    query: Mapping[str, Field] | None = None,
    answer: Any = None,  # noqa: ANN401  # as above
    also: str | None = None,
    takes: Field | None = None,
    reads: Boundary | None = None,
    has_key: bool = False,
) -> Callable[[Function], DescribedAct]:
    """Make an act of a function. `answer` is needed only where it returns a whole response of its own making.

    `reads` names the reading of its body, where what stands in it changes what happens to a page.
    """

    def wrap(function: Function) -> DescribedAct:
        hints = get_type_hints(function, include_extras=True)
        assert query is None or "asked" in hints, f"{function} declares a query and does not take it"
        return DescribedAct(
            function,
            Description(
                meaning=inspect.getdoc(function) or "",
                status=status,
                body=hints.get("body"),
                query=query or {},
                answer=answer if answer is not None else _answer_of(hints["return"]),
                also=also,
                takes=takes,
                has_key=has_key,
            ),
            reads,
        )

    return wrap


def _answer_of(returned: Any) -> Any:  # noqa: ANN401  # a return annotation
    """Leave out of a union what is no JSON."""
    if get_origin(returned) not in (Union, types.UnionType):
        return None if returned is web.Response else returned
    left = [one for one in get_args(returned) if one is not web.Response]
    return functools.reduce(lambda one, other: one | other, left)
