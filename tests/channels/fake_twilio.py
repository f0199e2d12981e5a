"""A Twilio on loopback: enough of their REST API and of their callbacks to stand in for the real one.

    async with FakeTwilio() as twilio:
        twilio.reach("https://pager.example.com", "http://127.0.0.1:8911")     # where our public URL really is
        ...                                                                   # pagerd sends, with api_url=twilio.url
        text = await twilio.next_message()
        await twilio.report_message(text, "delivered")
        await twilio.send_inbound_sms("+351912000001", "ack 47")
        call = await twilio.next_call()
        answer = await twilio.press(call, "4")                                # the TwiML that came back

What it does with the next requests is scripted by `twilio.behave(Refuse(21610))`, for all that follow or, with `times`,
for so many. Signatures are computed by Twilio's own SDK over the public URL.
"""

import asyncio
import base64
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import count
from typing import Self
from xml.etree import ElementTree as ET

import aiohttp
from aiohttp import web
from twilio.request_validator import RequestValidator

from tests.channels.changes import Changes

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fake-primary-token"
NUMBER = "+15550000001"
SENT_AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Ok:
    """Take it, as `status`."""

    status: str = "queued"


@dataclass(frozen=True)
class Refuse:
    """Answer with one of Twilio's errors."""

    code: int
    status: int = 400


@dataclass(frozen=True)
class Answer:
    """Answer with exactly this, and record nothing."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hang:
    """Never answer, and record nothing."""


@dataclass(frozen=True)
class AcceptThenHang:
    """Take it, and never say so."""


@dataclass(frozen=True)
class AcceptThenReset:
    """Take it, and break the connection."""


Behaviour = Ok | Refuse | Answer | Hang | AcceptThenHang | AcceptThenReset


@dataclass(frozen=True)
class SentMessage:
    """One text that was asked for. `form` is what was posted."""

    sid: str
    to: str
    sender: str
    body: str
    form: tuple[tuple[str, str], ...]

    def field(self, name: str) -> str | None:
        return dict(self.form).get(name)


@dataclass
class PlacedCall:
    """One call that was asked for. `twiml` is what is being said now."""

    sid: str
    to: str
    sender: str
    twiml: str
    form: tuple[tuple[str, str], ...]
    sequence: count = field(default_factory=count)

    def field(self, name: str) -> str | None:
        return dict(self.form).get(name)

    def said(self) -> str:
        """Return all that is spoken, in order."""
        return " ".join(say.text or "" for say in ET.fromstring(self.twiml).iter("Say"))  # noqa: S314  # ours

    def action(self) -> str | None:
        """Return where a key goes, or None when no key is listened for."""
        gather = ET.fromstring(self.twiml).find("Gather")  # noqa: S314  # ours
        return None if gather is None else gather.get("action")


class FakeTwilio:
    def __init__(
        self,
        *,
        account: str = ACCOUNT,
        token: str = TOKEN,
        number: str = NUMBER,
        now: Callable[[], datetime] = lambda: SENT_AT,
    ) -> None:
        self.account, self.token, self.number, self.now = account, token, number, now
        self.messages: list[SentMessage] = []
        self.calls: list[PlacedCall] = []
        self.requests = 0
        self.inbound: list[dict[str, object]] = []
        self.inbound_url: str | None = None
        self.status = "active"
        self.capabilities = {"sms": True, "voice": True, "mms": False}
        self._statuses: dict[str, dict[str, object]] = {}
        self._script: deque[Behaviour] = deque()
        self._always: Behaviour = Ok()
        self._when_asked: list[tuple[str, Behaviour]] = []
        self.questions: list[str] = []
        self._reached: dict[str, str] = {}
        self._sids = count(1)
        self._changes = Changes()
        self._leaving = asyncio.Event()
        self._seen = {"messages": 0, "calls": 0}

    async def __aenter__(self) -> Self:
        app = web.Application()
        base = f"/2010-04-01/Accounts/{self.account}"
        app.router.add_post(base + "/Messages.json", self._create_message)
        app.router.add_post(base + "/Calls.json", self._create_call)
        app.router.add_get(base + "/Messages.json", self._list_messages)
        app.router.add_get(base + "/Messages/{sid}.json", self._fetch)
        app.router.add_get(base + "/Calls/{sid}.json", self._fetch)
        app.router.add_get(base + ".json", self._show_account)
        app.router.add_get(base + "/IncomingPhoneNumbers.json", self._list_numbers)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leaving.set()
        await self._http.close()
        await self._runner.cleanup()

    def behave(self, behaviour: Behaviour, *, times: int | None = None) -> None:
        """Do this with all requests from now on, or with the next `times` before going back to what was."""
        if times is None:
            self._always = behaviour
        else:
            self._script.extend([behaviour] * times)

    def behave_when_asked(self, behaviour: Behaviour, *, times: int = 1, path: str = "") -> None:
        """Do this with the next questions (whose path ends so): lists of messages, and how far one came."""
        self._when_asked.extend([(path, behaviour)] * times)

    def becomes(self, thing: SentMessage | PlacedCall, status: str, **fields: object) -> None:
        """Let a text or a call come so far, and tell nobody who does not ask."""
        self._statuses[thing.sid] |= {"status": status, **fields}

    async def was_asked_after(self, sid: str) -> None:
        """Wait until somebody asked how far this came."""
        await self._changes.until(lambda: any(sid in path for path in self.questions))

    async def was_asked_for_texts(self, times: int = 1) -> None:
        """Wait until somebody asked for the list of texts so often."""
        await self._changes.until(lambda: sum("/Messages.json" in path for path in self.questions) >= times)

    def reach(self, public_url: str, actual_url: str) -> None:
        """Say where a public URL really listens; signatures stay over the public one."""
        self._reached[public_url.rstrip("/")] = actual_url.rstrip("/")

    def know(self, message: SentMessage) -> None:
        """Know of a text that another Twilio sent."""
        self._statuses[message.sid] = self._resource(message) | {"status": "queued"}

    async def was_asked(self) -> None:
        """Wait until any request came, whatever became of it."""
        await self._changes.until(lambda: self.requests > 0)

    async def next_message(self) -> SentMessage:
        """Wait for the next text that was not yet returned here."""
        return await self._next("messages", self.messages)

    async def next_call(self) -> PlacedCall:
        """Wait for the next call that was not yet returned here."""
        return await self._next("calls", self.calls)

    async def report_message(self, message: SentMessage, status: str, *, error_code: int | None = None) -> int:
        """Tell pagerd how far a text came; return the HTTP status it answered."""
        self._statuses[message.sid] |= {"status": status, "error_code": error_code}
        form = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "AccountSid": self.account,
            "From": message.sender,
            "To": message.to,
            "ApiVersion": "2010-04-01",
        }
        if error_code is not None:
            form["ErrorCode"] = str(error_code)
        return (await self.post(message.field("StatusCallback"), form))[0]

    async def report_call(
        self, call: PlacedCall, status: str, *, answered_by: str | None = None, sip: int | None = None
    ) -> int:
        """Tell pagerd how far a call came."""
        self._statuses[call.sid] |= {"status": status, "answered_by": answered_by}
        form = self._call_form(call) | {
            "CallStatus": status,
            "SequenceNumber": str(next(call.sequence)),
            "CallbackSource": "call-progress-events",
            "Timestamp": "Sun, 29 Mar 2026 01:30:05 +0000",
        }
        if answered_by is not None:
            form["AnsweredBy"] = answered_by
        if sip is not None:
            form["SipResponseCode"] = str(sip)
        return (await self.post(call.field("StatusCallback"), form))[0]

    async def report_machine_detection(self, call: PlacedCall, answered_by: str) -> int:
        """Tell pagerd who seems to have answered."""
        form = self._call_form(call) | {"AnsweredBy": answered_by, "MachineDetectionDuration": "2900"}
        return (await self.post(call.field("AsyncAmdStatusCallback"), form))[0]

    async def press(self, call: PlacedCall, digits: str) -> str:
        """Press keys in a call; return the TwiML that pagerd answers, which is then what is said."""
        form = self._call_form(call) | {"CallStatus": "in-progress", "Digits": digits, "msg": "Gather End"}
        status, body = await self.post(call.action(), form)
        assert status == 200, f"the key was answered {status}: {body}"
        call.twiml = body
        return body

    async def send_inbound_sms(
        self, from_: str, body: str, *, sid: str | None = None, opt_out_type: str | None = None
    ) -> int:
        """Text pagerd's number: posted to `inbound_url` where there is one, and listed for whoever polls."""
        sid = sid or self._sid("SM")
        at = format_datetime(self.now())
        text = {"sid": sid, "from": from_, "to": self.number, "body": body, "direction": "inbound"}
        self.inbound.append(text | {"status": "received", "date_sent": at, "date_created": at})
        if self.inbound_url is None:
            return 0
        form = {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": self.account,
            "From": from_,
            "To": self.number,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "FromCity": "",
            "FromCountry": "PT",
            "ApiVersion": "2010-04-01",
        }
        if opt_out_type is not None:
            form["OptOutType"] = opt_out_type
        return (await self.post(self.inbound_url, form))[0]

    async def post(
        self, public_url: str | None, form: Mapping[str, str], *, signature: str | None = None
    ) -> tuple[int, str]:
        """Post a signed form to where a public URL really is; return status and body."""
        assert public_url is not None, "pagerd gave no URL to call back"
        signed = signature or RequestValidator(self.token).compute_signature(public_url, dict(form))
        actual = public_url
        for public, real in self._reached.items():
            if public_url.startswith(public + "/"):
                actual = real + public_url.removeprefix(public)
        async with self._http.post(actual, data=dict(form), headers={"X-Twilio-Signature": signed}) as response:
            return response.status, await response.text()

    async def _next(self, kind: str, things: list) -> SentMessage | PlacedCall:
        await self._changes.until(lambda: len(things) > self._seen[kind])
        self._seen[kind] += 1
        return things[self._seen[kind] - 1]

    async def _create_message(self, request: web.Request) -> web.StreamResponse:
        form = await self._form(request)
        fields = dict(form)
        sender = fields.get("From") or fields.get("MessagingServiceSid")
        missing = (
            (21604, not fields.get("To")),
            (21603, not sender),
            (21602, not fields.get("Body")),
            (21617, len(fields.get("Body", "")) > 1600),
            (20001, not 1 <= int(fields.get("ValidityPeriod", "36000")) <= 36000),
        )
        message = SentMessage(self._sid("SM"), fields.get("To", ""), sender or "", fields.get("Body", ""), tuple(form))
        return await self._answer(request, message, self.messages, [code for code, wrong in missing if wrong])

    async def _create_call(self, request: web.Request) -> web.StreamResponse:
        form = await self._form(request)
        fields = dict(form)
        twiml = fields.get("Twiml", "")
        missing = (
            (21201, not fields.get("To")),
            (21213, not fields.get("From")),
            (21205, not twiml),
            (21218, len(twiml) > 4000),
        )
        call = PlacedCall(self._sid("CA"), fields.get("To", ""), fields.get("From", ""), twiml, tuple(form))
        return await self._answer(request, call, self.calls, [code for code, wrong in missing if wrong])

    async def _answer(
        self, request: web.Request, thing: SentMessage | PlacedCall, kept: list, wrong: list[int]
    ) -> web.StreamResponse:
        """Do with one request what the script says."""
        self.requests += 1
        self._changes.happened()
        behaviour = self._script.popleft() if self._script else self._always
        if isinstance(behaviour, Ok) and not self._is_ours(request):
            behaviour = Refuse(20003, 401)
        if isinstance(behaviour, Ok) and wrong:
            behaviour = Refuse(wrong[0])
        if isinstance(behaviour, Ok | AcceptThenHang | AcceptThenReset):
            status = behaviour.status if isinstance(behaviour, Ok) else "queued"
            self._statuses[thing.sid] = self._resource(thing) | {"status": status}
            kept.append(thing)
            self._changes.happened()
        match behaviour:
            case Ok():
                return web.json_response(self._statuses[thing.sid], status=201)
            case Refuse(code, http_status):
                told = {"code": code, "message": f"The 'To' number {thing.to} is wrong", "status": http_status}
                return web.json_response(told, status=http_status)
            case Answer(http_status, body, headers):
                return web.Response(status=http_status, text=body, headers=dict(headers))
            case AcceptThenReset():
                request.transport.abort()
            case Hang() | AcceptThenHang():
                await self._leaving.wait()
        return web.Response(status=500)

    async def _list_messages(self, request: web.Request) -> web.StreamResponse:
        """List texts to a number, the newest first, in pages. Like the real one it filters by whole days."""
        scripted = await self._scripted_answer(request)
        if scripted is not None:
            return scripted
        day = request.query.get("DateSent>", "0001-01-01")[:10]
        wanted = [
            self._defaults() | one
            for one in reversed(self.inbound)
            if one["to"] == request.query.get("To", one["to"]) and _day_of(str(one["date_sent"])) >= day
        ]
        size, page = int(request.query.get("PageSize", "50")), int(request.query.get("Page", "0"))
        more = len(wanted) > (page + 1) * size
        following = request.rel_url.update_query(Page=str(page + 1))
        listed = {"messages": wanted[page * size : (page + 1) * size], "page": page, "page_size": size}
        return web.json_response(listed | {"next_page_uri": str(following) if more else None})

    async def _show_account(self, request: web.Request) -> web.StreamResponse:
        scripted = await self._scripted_answer(request)
        if scripted is not None:
            return scripted
        return web.json_response({"sid": self.account, "status": self.status, "friendly_name": "the test's"})

    async def _list_numbers(self, request: web.Request) -> web.StreamResponse:
        """List the account's only number, where it is the one that is asked for."""
        scripted = await self._scripted_answer(request)
        if scripted is not None:
            return scripted
        own = {
            "sid": "PN" + "0" * 32,
            "account_sid": self.account,
            "phone_number": self.number,
            "capabilities": self.capabilities,
            "sms_url": self.inbound_url,
        }
        found = [own] if request.query.get("PhoneNumber") == self.number else []
        return web.json_response({"incoming_phone_numbers": found, "page": 0, "page_size": 1, "next_page_uri": None})

    async def _scripted_answer(self, request: web.Request) -> web.StreamResponse | None:
        """Do with one question what the script says; None to answer it."""
        self.questions.append(request.path_qs)
        self._changes.happened()
        scripted = next((one for one in self._when_asked if request.path.endswith(one[0])), ("", Ok()))
        if scripted in self._when_asked:
            self._when_asked.remove(scripted)
        behaviour = scripted[1]
        if isinstance(behaviour, Ok) and not self._is_ours(request):
            behaviour = Refuse(20003, 401)
        match behaviour:
            case Refuse(code, status):
                return web.json_response({"code": code, "message": "no", "status": status}, status=status)
            case Answer(status, body, headers):
                return web.Response(status=status, text=body, headers=dict(headers))
            case Hang():
                await self._leaving.wait()
        return None

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        scripted = await self._scripted_answer(request)
        if scripted is not None:
            return scripted
        known = self._statuses.get(request.match_info["sid"])
        if known is None:
            return web.json_response({"code": 20404, "message": "not found", "status": 404}, status=404)
        return web.json_response(known)

    async def _form(self, request: web.Request) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in (await request.post()).items()]

    def _is_ours(self, request: web.Request) -> bool:
        expected = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {expected}"

    def _resource(self, thing: SentMessage | PlacedCall) -> dict[str, object]:
        body = {"body": thing.body} if isinstance(thing, SentMessage) else {}
        return self._defaults() | {"sid": thing.sid, "to": thing.to, "from": thing.sender, **body}

    def _defaults(self) -> dict[str, object]:
        return {
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "date_created": "Sun, 29 Mar 2026 01:30:00 +0000",
            "date_updated": None,
            "error_code": None,
            "direction": "outbound-api",
        }

    def _call_form(self, call: PlacedCall) -> dict[str, str]:
        return {
            "CallSid": call.sid,
            "AccountSid": self.account,
            "From": call.sender,
            "To": call.to,
            "Direction": "outbound-api",
            "ApiVersion": "2010-04-01",
        }

    def _sid(self, kind: str) -> str:
        return f"{kind}{next(self._sids):032x}"


def _day_of(rfc_2822: str) -> str:
    return parsedate_to_datetime(rfc_2822).date().isoformat()
