"""The OpenAPI document of the API, made of the routes and of what their acts declare.

OpenAPI 3.1 takes JSON Schema as it is, which msgspec writes from the types.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web

from pagerd import __version__
from pagerd.engine.incidents.once import KEY_MAX
from pagerd.web.answers import text_answer
from pagerd.web.api import error_types
from pagerd.web.api.described import Description, described
from pagerd.web.auth import Scope
from pagerd.web.call import KEY_HEADER, Call
from pagerd.web.route import Act, Route

Json = dict[str, Any]

PATH: Final = "/api/v1/openapi.json"

JSON: Final = "application/json"

_REF = "#/components/schemas/{name}"

_SCHEMES: Final[Mapping[str, Json]] = {
    "person": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal token of `pagerd token create`. Each scope holds those before it: read, ack, admin.",
    },
    "source": {"type": "http", "scheme": "bearer", "description": "A token of the source's `token_files`."},
    "source_user": {"type": "http", "scheme": "basic", "description": "The `user` and `password_file` of a source."},
}

_INTRODUCTION: Final = (
    "A pager for teams that run Prometheus. Errors say what is wrong and what would be right. "
    "Keys may be added to answers; none changes its meaning. 503 means: try again, nothing was done."
)


def document(routes: Iterable[Route]) -> Json:
    """Return the document of all routes that are described."""
    known = [(route, found) for route in routes if (found := described(route.act)) is not None]
    bodies = [one.body for _, one in known if one.body is not None]
    answers = [one.answer for _, one in known if one.answer is not None]
    shapes = [error_types.Error, *bodies, *answers]
    schemas, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    by_shape = dict(zip(map(repr, shapes), schemas, strict=True))
    paths: dict[str, Json] = {}
    for route, one in known:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, one, by_shape)
    error = {
        "description": "Nothing was done: what is wrong, and what would be right.",
        "content": {JSON: {"schema": by_shape[repr(error_types.Error)]}},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "pagerd",
            "version": __version__,
            "description": _INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": components, "responses": {"Error": error}, "securitySchemes": dict(_SCHEMES)},
    }


def encoded(routes: Iterable[Route]) -> bytes:
    """Return the document as it is served and kept."""
    return msgspec.json.format(msgspec.json.encode(document(routes), order="deterministic"), indent=2) + b"\n"


def served(routes: Sequence[Route]) -> Act:
    """Return the act that answers with the document. It is made when somebody asks for the first time."""

    @functools.cache
    def body() -> bytes:
        return encoded(routes)

    async def show(call: Call) -> web.Response:
        call.query()  # it has no fields; this route alone cannot say so by its signature
        return text_answer(body(), JSON)

    return show


def _operation(route: Route, one: Description, by_shape: Mapping[str, Json]) -> Json:
    summary, _, more = one.meaning.partition("\n\n")
    said: Json = {
        "operationId": re.sub(r"\W+", "_", f"{route.method.lower()}{route.path.removeprefix('/api/v1')}").strip("_"),
        "tags": [route.path.removeprefix("/api/v1/").partition("/")[0]],
        "summary": " ".join(summary.split()),
        "security": _security(route.scope),
        "parameters": [*_in_path(route.path), *_in_query(one), *_in_headers(one)],
        "responses": _responses(route, one, by_shape),
    }
    if more:
        said["description"] = more
    if one.body is not None:
        content = {JSON: {"schema": by_shape[repr(one.body)]}}
        # No body at all is read as an empty one.
        said["requestBody"] = {"content": content, "required": _needs_words(one.body)}
    elif one.takes is not None:
        said["requestBody"] = {"content": {JSON: {"schema": dict(one.takes)}}, "required": True}
    return said


def _needs_words(body: type) -> bool:
    return any(one.required for one in msgspec.structs.fields(body))


def _security(scope: Scope) -> list[Json]:
    match scope:
        case Scope.INGEST:
            return [{"source": []}, {"source_user": []}]
        case Scope.READ | Scope.ACK | Scope.ADMIN:
            return [{"person": [scope.value]}]
        case _:
            return []


def _in_path(path: str) -> Iterator[Json]:
    for name in re.findall(r"\{(\w+)\}", path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _in_query(one: Description) -> Iterator[Json]:
    for name, schema in one.query.items():
        yield {"name": name, "in": "query", "required": False, "schema": dict(schema)}


def _in_headers(one: Description) -> Iterator[Json]:
    if one.has_key:
        yield {
            "name": KEY_HEADER,
            "in": "header",
            "required": False,
            "description": "Made up by the caller: sent again with it, the act is not done again for a week.",
            "schema": {"type": "string", "maxLength": KEY_MAX},
        }


def _responses(route: Route, one: Description, by_shape: Mapping[str, Json]) -> Json:
    content: Json = {JSON: {"schema": by_shape[repr(one.answer)]}} if one.answer is not None else {}
    if one.also is not None:
        content[one.also.partition(";")[0]] = {"schema": {"type": "string"}}
    responses: Json = {str(one.status): {"description": HTTPStatus(one.status).phrase, "content": content}}
    for status in _failures(route, one):
        responses[str(status)] = {"$ref": "#/components/responses/Error"}
    return responses


def _failures(route: Route, one: Description) -> Iterator[int]:
    yield 400
    if route.scope is not Scope.OPEN:
        yield from (401, 403)
    if "{" in route.path or one.query or one.body is not None:
        yield 404
    if route.scope in (Scope.ACK, Scope.ADMIN) or one.body is not None:
        yield 409
    if one.body is not None or one.takes is not None:
        yield from (408, 413)
    yield from (500, 503)
