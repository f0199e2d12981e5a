"""A real SMTP server on loopback that can also greylist, refuse, hang and drop.

async with FakeSmtp() as server:
    ...                                     # mail to 127.0.0.1:server.port
    mail = await server.next_mail()
    assert mail.parsed["Subject"] == "..."

FakeSmtp(tls="starttls", certificate=Certificate(tmp_path))    # with a certificate made on the spot
"""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import Enum
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.channels.changes import Changes


class Mode(Enum):
    """What is done with each mail."""

    OK = "take it"
    GREYLIST = "450 at RCPT"
    NO_SUCH_USER = "550 5.1.1 at RCPT"
    NO_SUCH_USER_PLAIN = "550 without enhanced code at RCPT"
    RELAY_DENIED = "554 5.7.1 at RCPT"
    RELAY_DENIED_PLAIN = "550 relay not permitted at RCPT"
    MAILBOX_FULL = "552 5.2.2 at RCPT"
    SENDER_REFUSED = "553 at MAIL"
    CONTENT_REFUSED = "554 to the mail"
    TRY_LATER = "451 to the mail"
    NONSENSE = "an answer to the mail that is none"
    HANG_AT_RCPT = "no answer to RCPT"
    HANG_IN_DATA = "no answer to the mail, which is kept"
    DROP_AT_RCPT = "the connection breaks at RCPT"
    WAIT_IN_DATA = "the mail is kept and answered when `go_on` is set"
    DROP_AFTER_DATA = "the mail is kept and the connection breaks"


RCPT_ANSWERS = {
    Mode.GREYLIST: "450 4.7.1 Greylisted, try again later",
    Mode.NO_SUCH_USER: "550 5.1.1 User unknown",
    Mode.NO_SUCH_USER_PLAIN: "550 No such user here",
    Mode.RELAY_DENIED: "554 5.7.1 Relay access denied",
    Mode.RELAY_DENIED_PLAIN: "550 relay not permitted",
    Mode.MAILBOX_FULL: "552 5.2.2 Mailbox full",
}
DATA_ANSWERS = {
    Mode.CONTENT_REFUSED: "554 5.7.1 Message looks like spam",
    Mode.TRY_LATER: "451 4.3.0 Try again later",
    Mode.NONSENSE: "abc def",
}


@dataclass(frozen=True)
class DeliveredMail:
    """One mail as the server has it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        """Return the mail, read by the standard library."""
        return message_from_bytes(self.content, policy=default)


class Certificate:
    """A certificate for localhost and 127.0.0.1, signed by itself."""

    def __init__(self, folder: Path, name: str = "localhost") -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        names = [x509.DNSName(name), *([x509.IPAddress(ip_address("127.0.0.1"))] if name == "localhost" else [])]
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(17)
            .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / f"{name}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))

    def context(self) -> ssl.SSLContext:
        """Return what a server needs of it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context


class FakeSmtp:
    def __init__(
        self,
        mode: Mode = Mode.OK,
        *,
        tls: str = "none",
        certificate: Certificate | None = None,
        user: str | None = None,
        password: str = "",
    ) -> None:
        self.mode = mode
        self.mails: list[DeliveredMail] = []
        self.connections = 0
        self.transactions = 0
        self._tls = tls
        self._context = certificate.context() if certificate else None
        self.login = (user, password)
        self.open: set[_Session] = set()
        self._seen = 0
        self.changes = Changes()
        self.go_on = asyncio.Event()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        implicit = self._context if self._tls == "tls" else None
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0, ssl=implicit)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.drop_all()
        await self._server.wait_closed()

    async def next_mail(self) -> DeliveredMail:
        """Wait for the next mail that was not yet returned here."""
        await self.changes.until(lambda: len(self.mails) > self._seen)
        self._seen += 1
        return self.mails[self._seen - 1]

    async def reached_data(self) -> None:
        """Wait until a mail is here."""
        await self.changes.until(lambda: self.mails)

    async def all_gone(self) -> None:
        """Wait until no client is connected."""
        await self.changes.until(lambda: not self.open)

    def drop_all(self) -> None:
        """Break all connections, as a restart of the server does."""
        for session in list(self.open):
            # A TLS handshake that failed leaves the transport beneath.
            for transport in (session.transport, session._original_transport):
                if transport is not None:
                    transport.abort()

    def say_goodbye_to_all(self) -> None:
        """Close idle connections the polite way: 421, then the end."""
        for session in list(self.open):
            if session.transport is not None:
                session.transport.write(b"421 4.4.2 Idle for too long\r\n")
                session.transport.close()

    def _protocol(self) -> "_Session":
        user, password = self.login

        def authenticate(_server, _session, _envelope, _mechanism, login: LoginPassword) -> AuthResult:
            known = (login.login.decode(), login.password.decode()) == (user, password)
            return AuthResult(success=known, handled=False)

        return _Session(
            self,
            hostname="fake.example.com",
            ident="ESMTP",
            enable_SMTPUTF8=False,
            tls_context=self._context if self._tls == "starttls" else None,
            require_starttls=self._tls == "starttls",
            authenticator=authenticate,
            auth_require_tls=False,
            loop=asyncio.get_running_loop(),
        )


class _Handler:
    """What aiosmtpd asks: the answers of the server's mode."""

    def __init__(self, fake: FakeSmtp) -> None:
        self._fake = fake

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, mail_options: list[str]
    ) -> str:
        self._fake.transactions += 1
        if self._fake.login[0] is not None and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self._fake.mode is Mode.SENDER_REFUSED:
            return "553 5.1.8 Sender address rejected"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        match self._fake.mode:
            case Mode.HANG_AT_RCPT:
                await self._for_ever()
            case Mode.DROP_AT_RCPT:
                server.transport.abort()
                await self._for_ever()
        answer = RCPT_ANSWERS.get(self._fake.mode)
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = DATA_ANSWERS.get(self._fake.mode)
        if answer is not None:
            return answer
        mail = DeliveredMail(envelope.mail_from or "", tuple(envelope.rcpt_tos), bytes(envelope.content or b""))
        self._fake.mails.append(mail)
        self._fake.changes.happened()
        match self._fake.mode:
            case Mode.WAIT_IN_DATA:
                await self._fake.go_on.wait()
            case Mode.HANG_IN_DATA:
                await self._for_ever()
            case Mode.DROP_AFTER_DATA:
                server.transport.abort()
                await self._for_ever()
        return f"250 OK queued as {len(self._fake.mails)}"

    async def _for_ever(self) -> None:
        """Wait until the client leaves: aiosmtpd then cancels this."""
        await asyncio.Event().wait()


class _Session(SMTP):
    """One connection, counted."""

    def __init__(self, fake: FakeSmtp, **settings: object) -> None:
        super().__init__(_Handler(fake), **settings)
        self._fake = fake

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self not in self._fake.open:  # STARTTLS makes it twice
            self._fake.connections += 1
            self._fake.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._fake.open.discard(self)
        self._fake.changes.happened()
