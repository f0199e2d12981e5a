"""One request on its way through: what was asked, by whom, and how its body is read within limits."""

import difflib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import msgspec
from aiohttp import web

from pagerd.core.errors import NotAllowed
from pagerd.core.rights import Rights
from pagerd.core.signin import Session
from pagerd.engine.feeds import Feed
from pagerd.engine.queries import LinkedPage
from pagerd.engine.swap_links import LinkedSwap
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.guard import Connection, Phase
from pagerd.web.services import Services
from pagerd.web.unpacking import NotPacked, unpacker_for

T = TypeVar("T")

UTC_ZONE = ZoneInfo("UTC")

KEY_HEADER = "Idempotency-Key"
"""With the same key an act is done once, however often it is sent."""

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks. `person` is None for somebody who may look but is nobody of the plan; `via` is the timeline's word."""

    person: str | None
    scopes: frozenset[str]
    via: str
    why_nobody: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who a browser is signed in as, and what they may do now. `token` is what it showed."""

    session: Session
    token: str
    rights: Rights


@dataclass(slots=True, kw_only=True)
class Call:
    """A request with what was learnt of it. `parts` are the named segments of its path."""

    request: web.BaseRequest
    services: Services
    parts: Mapping[str, str]
    caller: Caller | None = None
    fields: tuple[tuple[str, str], ...] = field(default=())
    raw: bytes = b""
    linked: LinkedPage | None = None
    linked_swap: LinkedSwap | None = None
    feed: Feed | None = None
    signed_in: SignedIn | None = None

    @property
    def person(self) -> str:
        """Whose act it is. An act always names a person: raises NotAllowed where none is known."""
        if self.caller is None or self.caller.person is None:
            why = self.caller.why_nobody if self.caller is not None else ""
            raise NotAllowed(why or "an act names a person, and this request names none")
        return self.caller.person

    @property
    def via(self) -> str:
        """How the caller came."""
        return self.caller.via if self.caller is not None else "api"

    @property
    def is_admin(self) -> bool:
        """May the caller do what only an admin may?"""
        return self.caller is not None and "admin" in self.caller.scopes

    @property
    def by(self) -> str:
        """Name whoever acts for the audit chain; the daemon's own user and root need be nobody of the plan."""
        return (self.caller.person if self.caller is not None else None) or "an administrator of this host"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the caller reads times."""
        name = self.caller.person if self.caller is not None else None
        person = self.services.engine.plan.people.get(name or "")
        return person.zone if person is not None else UTC_ZONE

    @property
    def key(self) -> str | None:
        """Return the key under which the caller may send this act again."""
        return self.request.headers.get(KEY_HEADER)

    async def act(self, what: Callable[[Work], Awaitable[T]]) -> T:
        """Run an act in one transaction."""
        return await self.services.engine.transact(what)

    async def body(self, bytes_max: int) -> bytes:
        """Read the whole body. Raises Failure 413 as soon as it is known to be too large, decompressed or not."""
        request = self.request
        told = request.content_length
        if told is not None and told > bytes_max:
            raise _too_large(bytes_max)
        if request.headers.get("Expect", "").lower() == "100-continue" and not request.content.is_eof():
            await request.writer.write(CONTINUE)
            request.writer.output_size = 0
        chunks: list[bytes] = []
        size = 0
        try:
            unpacker = unpacker_for(request.headers.get("Content-Encoding", ""))
            while chunk := await request.content.readany():
                if unpacker is not None:
                    chunk = unpacker.unpack(chunk, bytes_max + 1 - size)  # the same piece
                size += len(chunk)
                if size > bytes_max:
                    raise _too_large(bytes_max)
                chunks.append(chunk)
            if unpacker is not None:
                unpacker.end()
        except (web.RequestPayloadError, NotPacked) as error:
            raise Failure(400, "the body cannot be read", "check its Content-Encoding and Transfer-Encoding") from error
        if isinstance(request.protocol, Connection):
            request.protocol.move_to(Phase.ANSWER)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    async def decode(self, kind: type[T]) -> T:
        """Read a JSON body of one shape. Unknown keys are refused, with the one that was perhaps meant."""
        # A shape that holds a whole document says so itself.
        octets = await self.body(getattr(kind, "bytes_max", self.services.limits.json_bytes_max))
        if b"\\u0000" in octets:
            raise Failure(400, "the body holds a NUL, which no text here can")
        try:
            return msgspec.json.decode(octets or b"{}", type=kind)
        except msgspec.ValidationError as error:
            raise Failure(400, f"the body is not what is expected here: {error}", _meant(kind, str(error))) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Failure(400, f"the body is no JSON: {error}") from error

    async def read_form(self, bytes_max: int) -> None:
        """Read a form into `fields`, and the body as it came into `raw`; a body that is no form has no fields."""
        self.raw = await self.body(bytes_max)
        if self.is_form:
            try:
                text = self.raw.decode()
                pairs = parse_qsl(
                    text,
                    keep_blank_values=True,
                    strict_parsing=False,
                    errors="strict",
                    max_num_fields=self.services.limits.fields_max,
                )
            except ValueError as error:
                raise Failure(400, "the form cannot be read") from error
            self.fields = tuple(pairs)

    @property
    def is_form(self) -> bool:
        """Does the body say that it is a form?"""
        return self.request.content_type == "application/x-www-form-urlencoded"

    def query(self, *known: str) -> Mapping[str, str]:
        """Return the query's fields; one that is not known here, or stands there twice, is refused."""
        pairs = self.request.rel_url.query
        asked = dict(pairs)
        for name, value in asked.items():
            if len(pairs.getall(name)) > 1:
                raise Failure(400, f"the query has {name} more than once", "say it once")
            if "\0" in value:
                raise Failure(400, f"{name} holds a NUL, which no text here can")
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known) or 'none'}"
                raise Failure(400, f"there is no query field {name!r} here", hint)
        return asked


def flag(asked: Mapping[str, str], name: str, default: bool) -> bool:
    """Read a yes or no of a query."""
    said = asked.get(name)
    if said is None:
        return default
    if said not in ("true", "false"):
        raise Failure(400, f"{name}={said!r} is neither true nor false")
    return said == "true"


def instant(text: str, name: str) -> datetime:
    """Read an ISO instant; it must say its zone, because a server cannot know whose wall clock was meant."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Failure(400, f"{name} is {text!r}, which is no instant", "write it as 2026-01-05T09:00:00+01:00")


_LENGTH = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?", re.ASCII)


def span(text: str, name: str) -> timedelta:
    """Read a length of elapsed time as Prometheus writes it: `20m`, `1h30m`."""
    found = _LENGTH.fullmatch(text)
    if found is None or not text:
        raise Failure(400, f"{name} is {text!r}, which is no length of time", "write it as 20m or 1h30m")
    days, hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _too_large(bytes_max: int) -> Failure:
    size = f"{bytes_max // 1024 // 1024} MiB" if bytes_max >= 1024 * 1024 else f"{bytes_max} bytes"
    return Failure(413, f"the body is larger than {size}", "send fewer things at once")


def _meant(kind: type, error: str) -> str:
    """Name the key that was perhaps meant, or all that there are."""
    names = [one.encode_name for one in msgspec.structs.fields(kind)] if issubclass(kind, msgspec.Struct) else []
    found = re.search(r"unknown field `([^`]{1,80})`", error)
    near = difflib.get_close_matches(found[1], names, n=1) if found else []
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(names)}"
