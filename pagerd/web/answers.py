"""What goes back over the wire: JSON, errors that say what would be right, and the headers that every answer has."""

from collections.abc import Mapping, Sequence

import msgspec
from aiohttp import web

encoder = msgspec.json.Encoder()

JSON = "application/json; charset=utf-8"

RETRY_AFTER_SECONDS = 5
"""What a sender is asked to wait when the store is in trouble; Alertmanager goes by its own clock anyway."""

SECURITY_HEADERS: Mapping[str, str] = {
    # Names no version: that would only help those who look for one.
    "Server": "pagerd",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SECURITY_ITEMS = tuple(SECURITY_HEADERS.items())

HSTS = "max-age=31536000"


class Failure(Exception):
    """Ends a request with an error: what went wrong, and what would be right."""

    def __init__(
        self,
        status: int,
        error: str,
        hint: str = "",
        headers: Mapping[str, str] | None = None,
        unmet: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`unmet` is what stands against a transition: codes, and what they mean."""
        super().__init__(error)
        self.status = status
        self.error = error
        self.hint = hint
        self.headers = dict(headers or {})
        self.unmet = tuple(unmet)


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer with JSON."""
    return web.Response(body=encoder.encode(value), status=status, headers={"Content-Type": JSON, **(headers or {})})


def text_answer(
    body: str | bytes, content_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Answer with text of any other type."""
    octets = body.encode() if isinstance(body, str) else body
    return web.Response(body=octets, status=status, headers={"Content-Type": content_type, **(headers or {})})


def failure_answer(failure: Failure) -> web.Response:
    """Answer with an error."""
    said: dict[str, object] = {"error": failure.error}
    if failure.hint:
        said["hint"] = failure.hint
    if failure.unmet:
        said["unmet"] = [{"code": code, "what": what} for code, what in failure.unmet]
    return json_answer(said, failure.status, failure.headers)


def unavailable(error: str) -> Failure:
    """Tell the sender to come again: 503, never 429, which Alertmanager does not try again."""
    return Failure(503, error, "try again in a few seconds", {"Retry-After": str(RETRY_AFTER_SECONDS)})


def secure(response: web.StreamResponse, *, hsts: bool = False) -> None:
    """Put the headers on that every answer has; what the answer says of its own stays."""
    headers = response.headers
    for name, value in _SECURITY_ITEMS:
        if name not in headers:
            headers[name] = value
    if hsts:
        headers["Strict-Transport-Security"] = HSTS
