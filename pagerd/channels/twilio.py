"""One account at Twilio: the only place that knows their SDK.

The SDK shapes requests and names resources; how they travel is ours, because its own asynchronous transport ignores the
timeout it is given, and a hung provider must never stall an escalation. What an answer means for the page is decided on
the answer itself, before the SDK turns it into one exception for everything.
"""

import asyncio
import base64
import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]  # the SDK brings no types
from twilio.http.response import Response  # type: ignore[import-untyped]  # the same
from twilio.rest import Client  # type: ignore[import-untyped]  # the same

from pagerd.channels.base import AccountFault, Busy, ContentFault, Declined, DeliveryReport, InboundText
from pagerd.channels.callbacks import parse_inbound_sms, report_of_call, report_of_message
from pagerd.channels.twilio_codes import OF_SOME_NUMBERS, TOO_MANY, Class, class_of, words_of
from pagerd.clients.http import Answer, BeforeSent, HttpClient, nothing
from pagerd.core.errors import PagerdError, Refused, Unavailable, Unconfirmed

API_URL = "https://api.twilio.com"

INBOUND_MAX = 1000
"""Texts read at once: an hour's worth of answers of everybody who could be paged."""

LIST_PAGE = 200
"""Texts in one page of a list; one request is enough on any but the worst day."""

LIST_BYTES_MAX = 1024 * 1024
"""Of one page of a list: 200 messages of about two kilobytes, twice over."""

_UNSENT = {"failed", "undelivered", "canceled"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Created:
    """What Twilio made of a request: the resource's id and its first status."""

    sid: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an account is, and one number of it. `can` are `sms` and `voice`; `sms_url` is where its texts go."""

    status: str
    has_number: bool
    can: frozenset[str] = frozenset()
    sms_url: str = ""


class TwilioAccount:
    """One account. `api_url` replaces the real one, for tests and proxies.

    Every method makes one request and raises what a Provider may raise.
    """

    def __init__(
        self,
        account: str,
        token: str,
        *,
        second_token: str | None = None,
        api_url: str = API_URL,
        http: HttpClient | None = None,
    ) -> None:
        self._account = account
        self._tokens = [token] if second_token is None else [token, second_token]
        self._api_url = api_url.rstrip("/")
        self._http = http or HttpClient()

    async def create_message(
        self,
        *,
        deadline_seconds: float,
        to: str,
        sender: str,
        body: str,
        valid_seconds: int,
        callback_url: str | None,
        before_sent: BeforeSent = nothing,
    ) -> Created:
        """Ask for one text. A sender that begins with MG is a messaging service."""
        service = {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}
        with _taken_apart(Unconfirmed, "sending a text"):
            created = await self._client(deadline_seconds, before_sent).messages.create_async(
                to=to, body=body, validity_period=valid_seconds, **service, **_given(status_callback=callback_url)
            )
        status, code = str(created.status), created.error_code
        if status in _UNSENT:
            raise _fault_of_code(code if isinstance(code, int) else 0, "sending a text")
        return Created(created.sid, status)

    async def create_call(
        self,
        *,
        deadline_seconds: float,
        to: str,
        sender: str,
        twiml: str,
        settings: Mapping[str, object],
        before_sent: BeforeSent = nothing,
    ) -> Created:
        """Ask for one call that says `twiml`; `settings` are further parameters of the SDK's."""
        with _taken_apart(Unconfirmed, "placing a call"):
            client = self._client(deadline_seconds, before_sent)
            created = await client.calls.create_async(to=to, from_=sender, twiml=twiml, **settings)
        status = str(created.status)
        if status in _UNSENT:
            raise _fault_of_code(0, "placing a call")
        return Created(created.sid, status)

    async def report_of_message(self, sid: str, deadline_seconds: float) -> DeliveryReport:
        """Ask how far a text came: callbacks get lost."""
        with _taken_apart(Unavailable, "asking after a text"):
            message = await self._client(deadline_seconds).messages(sid).fetch_async()
            return report_of_message(sid, str(message.status or ""), str(message.error_code or ""))

    async def report_of_call(self, sid: str, deadline_seconds: float) -> DeliveryReport:
        """Ask how far a call came."""
        with _taken_apart(Unavailable, "asking after a call"):
            call = await self._client(deadline_seconds).calls(sid).fetch_async()
            return report_of_call(sid, str(call.status or ""), str(call.answered_by or ""))

    async def inbound_since(self, number: str, since: datetime, deadline_seconds: float) -> Sequence[InboundText]:
        """Return texts sent to `number` since an instant, oldest first: how answers come where there is no public URL.

        Twilio promises to filter by whole days only and lists the newest first, so reading stops at the first that is
        older. A text may appear late in the list: ask with an overlap, and tell by provider_id what is new.
        """
        found: list[InboundText] = []
        with _taken_apart(Unavailable, "fetching texts"):
            async with asyncio.timeout(deadline_seconds):
                await self._list(number, since, deadline_seconds, found)
        return found[::-1]

    async def _list(self, number: str, since: datetime, deadline_seconds: float, found: list[InboundText]) -> None:
        listed = await self._client(deadline_seconds).messages.stream_async(
            to=number, date_sent_after=since, limit=INBOUND_MAX, page_size=LIST_PAGE
        )
        async for one in listed:
            at = one.date_sent or one.date_created
            at = at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
            if at is not None and at < since:
                return
            if one.direction == "inbound" and one.sid and one.from_ and one.to:
                text = {"MessageSid": one.sid, "From": one.from_, "To": one.to, "Body": one.body or ""}
                found.append(replace(parse_inbound_sms(text), at=at))

    async def standing(self, number: str, deadline_seconds: float) -> Standing:
        """Ask how the account is, and what this number of it can do. Two requests, within one deadline."""
        with _taken_apart(Unavailable, "asking after the account"):
            client = self._client(deadline_seconds)
            account = await client.api.v2010.accounts(self._account).fetch_async()
            status = str(account.status)
            numbers = await client.incoming_phone_numbers.list_async(phone_number=number, limit=1, page_size=1)
            if not numbers:
                return Standing(status=status, has_number=False)
            able = numbers[0].capabilities or {}
            can = frozenset(name for name in ("sms", "voice") if able.get(name))
            return Standing(status=status, has_number=True, can=can, sms_url=str(numbers[0].sms_url or ""))

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()

    def _client(self, deadline_seconds: float, before_sent: BeforeSent = nothing) -> Client:
        """Make the SDK's client for one call: it is cheap, and carries the deadline that the SDK does not pass on."""
        return Client(
            self._account,
            self._tokens[0],
            http_client=_Transport(self._http, self._api_url, deadline_seconds, self._tokens, before_sent),
            # Settings come from pagerd's files alone, never from TWILIO_* in the environment.
            environment={"TWILIO_ACCOUNT_SID": self._account},
        )


@contextlib.contextmanager
def _taken_apart(failure: type[PagerdError], attempt: str) -> Iterator[None]:
    """Name what goes wrong while the SDK takes an answer apart: it does so without looking, so anything may come."""
    try:
        yield
    except PagerdError:
        raise
    except TimeoutError as problem:
        raise failure(f"{attempt}: it took too long") from problem
    except Exception as problem:
        raise failure(f"{attempt}: the answer makes no sense ({type(problem).__name__})") from problem


class _Transport(AsyncHttpClient):  # type: ignore[misc]  # the SDK brings no types
    """The SDK's requests over our session, under a deadline. Of two tokens the one that works comes first from then."""

    def __init__(
        self, http: HttpClient, api_url: str, deadline_seconds: float, tokens: list[str], before_sent: BeforeSent
    ) -> None:
        super().__init__(_log, is_async=True)
        self._http = http
        self._api_url = api_url
        self._ends_at = asyncio.get_running_loop().time() + deadline_seconds
        self._tokens = tokens
        self._before_sent = before_sent

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  # the SDK's; it is never set by its resources
        allow_redirects: bool = False,  # noqa: ARG002  # the SDK's; redirects are not followed
    ) -> Response:
        """Make one request; what is not a usable answer is raised by what it means for the page."""
        url = self._api_url + uri.removeprefix(API_URL)
        if params:
            url = f"{url}?{urlencode(_fields(params))}"
        answer = await self._exchange(method, url, data or {}, {**(headers or {}), **_authorization(auth)})
        if answer.status == 401 and auth is not None and len(self._tokens) > 1:
            # The token was changed at Twilio while both stand in our files. Refused for it, nothing was carried out.
            other = next(token for token in self._tokens if token != auth[1])
            answer = await self._exchange(
                method, url, data or {}, {**(headers or {}), **_authorization((auth[0], other))}
            )
            if answer.status != 401:
                self._tokens.sort(key=lambda token: token != other)
        fault = fault_of(answer, "asking Twilio")
        if fault is not None:
            raise fault
        return Response(answer.status, answer.body.decode("utf-8", "replace"), dict(answer.headers))

    async def _exchange(self, method: str, url: str, data: Mapping[str, object], headers: Mapping[str, str]) -> Answer:
        seconds = max(self._ends_at - asyncio.get_running_loop().time(), 0.0)
        if method == "GET":
            return await self._http.get(url, headers=headers, deadline_seconds=seconds, body_bytes_max=LIST_BYTES_MAX)
        return await self._http.post_form(
            url, _fields(data), headers=headers, deadline_seconds=seconds, before_sent=self._before_sent
        )


def fault_of(answer: Answer, attempt: str) -> PagerdError | None:
    """Say what an answer of Twilio's means where it is not the resource that was asked for.

    Their own words are left out: they like to repeat the phone number. A failing gateway (500, 502, 504) may have
    passed the request on, so that is perhaps sent; 429 and 503 say that it was not.
    """
    try:
        told = answer.json()
    except ValueError:
        told = None
    code = told.get("code") if isinstance(told, dict) else None
    code = code if isinstance(code, int) and not isinstance(code, bool) else 0
    if 200 <= answer.status < 300:
        lists = ("messages", "incoming_phone_numbers")
        if isinstance(told, dict) and (
            isinstance(told.get("sid"), str) or any(isinstance(told.get(name), list) for name in lists)
        ):
            return None
        return Unconfirmed(f"{attempt}: answered {answer.status} with something that is not Twilio's")
    status = f"{attempt}: answered {answer.status}" + (f", {words_of(code)}" if code else "")
    if answer.status == 429 or (code in TOO_MANY and answer.status < 500):
        return Busy(status, retry_after_seconds=answer.retry_after_seconds())
    if answer.status == 503:
        return Unavailable(status, retry_after_seconds=answer.retry_after_seconds())
    if answer.status >= 500:
        return Unconfirmed(status)
    if code and 400 <= answer.status < 500 and class_of(code) is not Class.TRANSIENT:
        return _fault_of_code(code, status)
    if answer.status in {401, 403, 404} or answer.status < 400:
        return AccountFault(status)
    # With a code of theirs it is about this request; others may go well.
    kind = Declined if code and answer.status < 500 else Unavailable
    return kind(status, retry_after_seconds=answer.retry_after_seconds())


def _fault_of_code(code: int, attempt: str) -> PagerdError:
    message = attempt if str(code) in attempt else f"{attempt}: {words_of(code)}"
    match class_of(code):
        case Class.ACCOUNT:
            return AccountFault(message, for_everybody=code not in OF_SOME_NUMBERS)
        case Class.DESTINATION:
            return Refused(message)
        case Class.CONTENT:
            return ContentFault(message)
        case Class.TRANSIENT:
            return Unavailable(message)


def _authorization(auth: tuple[str, str] | None) -> dict[str, str]:
    if auth is None:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(":".join(auth).encode()).decode("ascii")}


def _fields(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Flatten the SDK's parameters: a list is a repeated field."""
    fields: list[tuple[str, str]] = []
    for name, value in values.items():
        items = value if isinstance(value, list) else [value]
        fields += [(name, str(item)) for item in items]
    return fields


def _given(**values: object) -> dict[str, object]:
    """Leave out what is None: the SDK tells apart an absent parameter and an empty one."""
    return {name: value for name, value in values.items() if value is not None}
