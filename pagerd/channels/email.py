"""Mail by SMTP: the only place that knows aiosmtplib.

A mail is sent when the server says 250 to the whole of it, and surely not before its first byte after 354. So the
commands are driven one by one here, and each failure is named by the stage it happened in. Connections are kept:
opening one, with TLS and a login, costs more than the mail.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Literal, TypeVar, cast

import aiosmtplib

from pagerd.channels.base import AccountFault, Busy, Declined, DeliveryStatus, Outgoing, Receipt
from pagerd.channels.mime import Envelope, domain_of, message_id, written
from pagerd.channels.plain import one_line
from pagerd.core.errors import InvalidPlan, PagerdError, Refused, Unavailable, Unconfirmed, Withheld
from pagerd.core.paging.message import Mail
from pagerd.core.people import Medium

T = TypeVar("T")
Tls = Literal["starttls", "tls", "none"]
PORTS = {"starttls": 587, "tls": 465, "none": 25}

COMMAND_SECONDS = 10.0
"""For the answer to one command. RFC 5321 would have us wait minutes; a page cannot."""

TOTAL_SECONDS = 20.0
"""For one mail, connecting included, however long the caller would wait."""

CONNECTIONS_MAX = 8
"""Kept and in use together. Eight reach eight tenths of what thirty-two do, and servers limit clients to ten or so."""

KEPT_ANSWERS_SECONDS = 3.0
"""For the first answer on a kept connection, which may be dead without anybody having said so."""

KEPT_SECONDS = 60.0
"""How long an idle connection is trusted; servers and firewalls drop them after one to five minutes."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}\Z")
_ENHANCED = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")

ADDRESS_CODES = frozenset({550, 551, 553})
"""Answers to RCPT that speak of the recipient, where no enhanced status code says otherwise."""

ADDRESS_SUBCODES = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 0), (2, 1)})
"""RFC 3463: no such mailbox or host, moved, disabled. A full mailbox (2.2) may empty again, policy (7.x) is ours."""


class _Stage(Enum):
    """How far one attempt has come: from DATA_SENT on, the server may have the mail."""

    WAITING = auto()
    CONNECTING = auto()
    ENVELOPE = auto()
    RECIPIENT = auto()
    DATA = auto()
    DATA_SENT = auto()


_WORDS = {
    _Stage.WAITING: "waiting for a connection",
    _Stage.CONNECTING: "connecting",
    _Stage.ENVELOPE: "opening the mail",
    _Stage.RECIPIENT: "naming the recipient",
    _Stage.DATA: "asking to send",
    _Stage.DATA_SENT: "waiting for the answer to the mail",
}


@dataclass(slots=True)
class _Attempt:
    """One mail on its way, and how far it came."""

    stage: _Stage = _Stage.WAITING
    may_leave: Callable[[], bool] = lambda: True

    def hands_over(self) -> None:
        """The next byte is the mail's. Raises Withheld where it waited for too long to be ours still."""
        if not self.may_leave():
            raise Withheld(f"{_WORDS[self.stage]}: it took so long that the mail may be another's by now")
        self.stage = _Stage.DATA_SENT


class Smtp:
    """One account at one SMTP server.

    `tls` is `starttls` (nothing is sent if the server does not offer it), `tls` from the first byte, or `none`.
    Certificates are checked against the system's authorities, or those in `ca_file`. `clock` gives the Date header.
    """

    medium = Medium.EMAIL
    takes_answers = False

    def __init__(
        self,
        *,
        host: str,
        sender: str,
        clock: Callable[[], datetime],
        port: int | None = None,
        tls: Tls = "starttls",
        user: str | None = None,
        password: str | None = None,
        sender_name: str = "pagerd",
        ca_file: str | None = None,
        connections_max: int = CONNECTIONS_MAX,
        name: str = "smtp",
    ) -> None:
        if not _ADDRESS.match(sender):
            raise InvalidPlan(f"opening the channel {name}: {sender!r} is no mail address in ASCII")
        if tls not in PORTS:
            raise InvalidPlan(f"opening the channel {name}: tls is {tls!r}, expected starttls, tls or none")
        if password and tls == "none" and host not in {"localhost", "127.0.0.1", "::1"}:
            raise InvalidPlan(f"opening the channel {name}: the password would cross the network in the clear; use TLS")
        self.name = name
        self._host = host
        self._port = port or PORTS[tls]
        self._tls = tls
        self._user = user
        self._password = password
        self._sender = sender
        self._sender_name = sender_name
        self._clock = clock
        self._context = None if tls == "none" else ssl.create_default_context(cafile=ca_file)
        self._slots = asyncio.Semaphore(connections_max)
        self._idle: list[_Line] = []
        self._closed = False

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Hand one mail to the server."""
        mail = outgoing.body
        if not isinstance(mail, Mail):
            raise Unavailable(f"sending a mail: {type(mail).__name__} is not one")
        if not _ADDRESS.match(outgoing.to):
            raise Refused("sending a mail: the address is not one that SMTP without SMTPUTF8 can carry")
        envelope = Envelope(
            id=outgoing.id,
            sender=self._sender,
            sender_name=self._sender_name,
            to=outgoing.to,
            date=self._clock(),
        )
        wire = written(mail, envelope)
        seconds = min(deadline_seconds, TOTAL_SECONDS)
        attempt = _Attempt(may_leave=outgoing.may_leave)
        try:
            async with asyncio.timeout(seconds), self._slots:
                attempt.stage = _Stage.CONNECTING
                answer = await self._deliver(outgoing.to, wire, attempt)
        except (TimeoutError, OSError, aiosmtplib.SMTPException, ValueError, RuntimeError) as problem:
            raise _failure(problem, attempt.stage, f"mailing through {self._host}", outgoing.to) from problem
        key = mail.thread if mail.first_of_thread else outgoing.id
        return Receipt(self.name, message_id(key, self._sender), DeliveryStatus.ACCEPTED, one_line(answer)[:200])

    async def greet(self, deadline_seconds: float) -> None:
        """Connect, speak TLS and log in as for a mail, and say goodbye. It raises what sending would."""
        attempt = _Attempt(_Stage.CONNECTING)
        try:
            async with asyncio.timeout(min(deadline_seconds, TOTAL_SECONDS)), self._slots:
                line = await self._connected()
        except (TimeoutError, OSError, aiosmtplib.SMTPException, ValueError, RuntimeError) as problem:
            raise _failure(problem, attempt.stage, f"greeting {self._host}", "") from problem
        line.say_goodbye()

    async def close(self) -> None:
        """Say goodbye on the idle connections and drop them; those in use end with their mail."""
        self._closed = True
        self._drop_idle()

    async def _deliver(self, to: str, wire: bytes, attempt: _Attempt) -> str:
        """Send on a kept connection if there is one; if that proves dead before anything was said, on a fresh one."""
        line = self._kept()
        if line is not None:
            try:
                return await self._transfer(line, to, wire, attempt, KEPT_ANSWERS_SECONDS)
            except (OSError, aiosmtplib.SMTPException) as problem:
                # Gone, silent, or 421 at MAIL: the server had put the idle connection down. Nothing was sent.
                if attempt.stage is not _Stage.ENVELOPE or getattr(problem, "code", 421) != 421:
                    raise
            # What ended one idle connection, a restart or a firewall, has likely ended them all.
            self._drop_idle()
            attempt.stage = _Stage.CONNECTING
        return await self._transfer(await self._connected(), to, wire, attempt, COMMAND_SECONDS)

    async def _transfer(self, line: "_Line", to: str, wire: bytes, attempt: _Attempt, mail_seconds: float) -> str:
        """Make one SMTP transaction, then keep the connection; whatever goes wrong, it is cut."""
        smtp = line.smtp
        try:
            # One clock for all four commands, wound up again for each. aiosmtplib's own timeouts are off: the wait_for
            # behind them may lose a cancellation.
            async with asyncio.timeout(mail_seconds) as clock:
                attempt.stage = _Stage.ENVELOPE
                await _name_sender(smtp, self._sender)
                _wind_up(clock)
                attempt.stage = _Stage.RECIPIENT
                await _name_recipient(smtp, to)
                _wind_up(clock)
                attempt.stage = _Stage.DATA
                _expect(354, await smtp.execute_command(b"DATA"))
                _wind_up(clock)
                attempt.hands_over()
                said = _expect(250, await _hand_over(smtp, wire))
        except BaseException:
            line.cut()
            raise
        self._keep(line)
        return said

    async def _connected(self) -> "_Line":
        """Open a connection, with TLS and login as configured."""
        smtp = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            # Else aiosmtplib looks up our own full name, at a DNS that may not answer.
            local_hostname=domain_of(self._sender) or "localhost",
            use_tls=self._tls == "tls",
            start_tls=False,
            tls_context=self._context,
            timeout=None,
        )
        line = _Line(smtp)
        try:
            await _within(COMMAND_SECONDS, smtp.connect())
            line.note_transport()
            if self._tls == "starttls":
                await _within(COMMAND_SECONDS, smtp.starttls())
                line.note_transport()
            if self._user is not None:
                await _within(COMMAND_SECONDS, smtp.login(self._user, self._password or ""))
            await _within(COMMAND_SECONDS, _say_hello(smtp))
        except BaseException:
            line.cut()
            raise
        return line

    def _kept(self) -> "_Line | None":
        """Take the connection that was used last, after dropping those that idled too long."""
        oldest = asyncio.get_running_loop().time() - KEPT_SECONDS
        while self._idle and (self._idle[0].idle_since < oldest or not self._idle[0].smtp.is_connected):
            self._idle.pop(0).cut()
        while self._idle:
            line = self._idle.pop()
            if line.smtp.is_connected:
                return line
            line.cut()
        return None

    def _keep(self, line: "_Line") -> None:
        if self._closed:
            line.say_goodbye()
            return
        line.idle_since = asyncio.get_running_loop().time()
        self._idle.append(line)

    def _drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().say_goodbye()


class _Line:
    """One connection. aiosmtplib forgets its transport when it closes, and a polite close waits for the other side."""

    def __init__(self, smtp: aiosmtplib.SMTP) -> None:
        self.smtp = smtp
        self.idle_since = 0.0
        self._transport: asyncio.WriteTransport | None = None

    def note_transport(self) -> None:
        """Remember the transport as it is now; STARTTLS puts another in its place."""
        # A cast, no check: uvloop's transports are of no class of the standard library.
        self._transport = cast("asyncio.WriteTransport | None", self.smtp.transport)

    def say_goodbye(self) -> None:
        """Send QUIT without waiting for the answer, and cut."""
        if self.smtp.is_connected and self._transport is not None:
            self._transport.write(b"QUIT\r\n")
        self.cut()

    def cut(self) -> None:
        """End it now, whatever is still to be read or written."""
        self.smtp.close()
        if self._transport is not None:
            self._transport.abort()


def _wind_up(clock: asyncio.Timeout) -> None:
    """Give the next command its whole time."""
    clock.reschedule(asyncio.get_running_loop().time() + COMMAND_SECONDS)


async def _within(seconds: float, command: Awaitable[T]) -> T:
    """Wait for one command."""
    async with asyncio.timeout(seconds):
        return await command


async def _say_hello(smtp: aiosmtplib.SMTP) -> None:
    """Introduce ourselves, where neither STARTTLS nor a login has done it; an old server may not know EHLO."""
    if smtp.is_ehlo_or_helo_needed:
        try:
            await smtp.ehlo()
        except aiosmtplib.SMTPHeloError:
            if not smtp.is_connected:
                raise
            await smtp.helo()


async def _name_sender(smtp: aiosmtplib.SMTP, sender: str) -> None:
    """Begin a mail. aiosmtplib's own MAIL and RCPT parse the address anew each time, longer than all else takes."""
    answer = await smtp.execute_command(b"MAIL", b"FROM:<" + sender.encode("ascii") + b">")
    if answer.code != 250:
        raise aiosmtplib.SMTPSenderRefused(answer.code, answer.message, sender)


async def _name_recipient(smtp: aiosmtplib.SMTP, to: str) -> None:
    answer = await smtp.execute_command(b"RCPT", b"TO:<" + to.encode("ascii") + b">")
    if answer.code not in (250, 251):
        raise aiosmtplib.SMTPRecipientRefused(answer.code, answer.message, to)


async def _hand_over(smtp: aiosmtplib.SMTP, wire: bytes) -> aiosmtplib.SMTPResponse:
    """Write the mail itself and wait for what the server makes of it. aiosmtplib's own DATA hides when this begins."""
    if smtp.protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("connection lost")
    # RFC 5321, 4.5.2: a dot at the beginning of a line is doubled, one alone ends the mail.
    smtp.protocol.write(wire.replace(b"\r\n.", b"\r\n..") + b".\r\n")
    return await smtp.protocol.read_response()


def _expect(code: int, answer: aiosmtplib.SMTPResponse) -> str:
    """Return the words of an answer that is the one we need."""
    if answer.code != code:
        raise aiosmtplib.SMTPDataError(answer.code, answer.message)
    return answer.message


def _failure(problem: Exception, stage: _Stage, attempt: str, to: str) -> PagerdError:
    """Name a failure by what the server may have, and whose fault it is."""
    code = getattr(problem, "code", 0) if isinstance(problem, aiosmtplib.SMTPResponseException) else 0
    said = one_line(getattr(problem, "message", None) or str(problem)).replace(to, "the address")[:200]
    message = f"{attempt}: {_WORDS[stage]}: {code or ''} {said or type(problem).__name__}".replace(":  ", ": ")
    if stage is _Stage.WAITING:
        return Busy(f"{attempt}: all connections are busy")
    if 400 <= code < 500:
        return (Declined if stage is _Stage.RECIPIENT else Unavailable)(message)
    if 500 <= code < 600:
        if isinstance(problem, aiosmtplib.SMTPRecipientRefused) and _blames_address(code, said):
            return Refused(message)
        # What is said of a recipient, or of a mail, may be otherwise with the next one.
        return AccountFault(message, for_everybody=stage in (_Stage.CONNECTING, _Stage.ENVELOPE))
    if stage is _Stage.DATA_SENT:
        return Unconfirmed(message)
    if type(problem) is aiosmtplib.SMTPException or isinstance(problem.__cause__ or problem, ssl.SSLError):
        # What aiosmtplib raises without a kind: STARTTLS or AUTH is not offered. Both are settings, here or there.
        return AccountFault(message)
    return Unavailable(message)


def _blames_address(code: int, said: str) -> bool:
    """Is a refused recipient the recipient's fault? "Relay denied" and "blocked by policy" are ours, for everybody."""
    enhanced = _ENHANCED.match(said)
    if enhanced is not None:
        return (int(enhanced[1]), int(enhanced[2])) in ADDRESS_SUBCODES
    return code in ADDRESS_CODES and "relay" not in said.lower()
