"""Reads who carries messages: one entry of `channels`, whose `kind` decides which keys it has."""

import re
from collections.abc import Callable
from dataclasses import replace

from pagerd.config import kinds
from pagerd.config.document import Node, Scalar, Table
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Json,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    fields,
    list_of,
    optional,
    required,
    scalar,
    schema_of,
)
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import (
    ConsoleProvider,
    ProviderKind,
    ProviderSettings,
    SmtpProvider,
    Tls,
    TwilioProvider,
    WebhookProvider,
)
from pagerd.config.values import PORT_MAX, Mismatch, shown
from pagerd.core.people import Medium

WHERE = "an entry of a medium in `channels`"
SUBMISSION_PORT = 587


def _account(raw: str) -> str:
    if not re.fullmatch(r"AC[0-9a-f]{32}", raw):
        raise Mismatch(f"{shown(raw)} is not an account", "AC and 32 hexadecimal digits, as the console shows it")
    return raw


def _host(raw: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|[0-9A-Fa-f:]{2,45}", raw):
        raise Mismatch(f"{shown(raw)} is not a host", "a host name or an address, without a port")
    return raw


def _port(raw: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", raw) or int(raw) > PORT_MAX:
        raise Mismatch(f"{shown(raw)} is not a port", f"1 to {PORT_MAX}")
    return int(raw)


KIND = required("kind", choice(ProviderKind, ProviderKind.CONSOLE), "who carries it")

NAME = optional(
    "name",
    kinds.NAME,
    "how it is called in status, timelines and metrics",
    "its kind; from the second of a kind twilio-2",
)
RATE = optional(
    "rate",
    kinds.RATE,
    "how many messages it takes, such as 1/s or 30/m; more wait, the most urgent first",
    "any number",
)
COMMON = (NAME, RATE)

CONSOLE = Shape("a console provider", WHERE, "Prints what would be sent; for trying things out.", (KIND, *COMMON))

ACCOUNT = required("account", scalar("account", "", _account), "the account SID")
TOKEN_FILES = required(
    "token_files",
    list_of(kinds.SECRET_FILE, least=1, most=2),
    "files with the auth token; the second while it is changed",
)
FROM_PHONE = required("from", kinds.PHONE, "the number that texts and calls come from")
API_URL = optional("api_url", kinds.URL, "another address of the API, for a proxy or a test", "Twilio's own")
TWILIO = Shape(
    "a twilio provider", WHERE, "Texts and calls by Twilio.", (KIND, ACCOUNT, TOKEN_FILES, FROM_PHONE, API_URL, *COMMON)
)

HOST = required("host", scalar("host", "", _host), "the mail server")
PORT = defaulted("port", scalar("port", SUBMISSION_PORT, _port), SUBMISSION_PORT, str(SUBMISSION_PORT), "its port")
TLS = defaulted("tls", choice(Tls, Tls.STARTTLS), Tls.STARTTLS, "starttls", "how the connection is encrypted")
USER = optional("user", kinds.TEXT, "the account there")
PASSWORD_FILE = optional("password_file", kinds.SECRET_FILE, "a file with its password")
FROM_MAIL = required("from", kinds.EMAIL, "the address that mails come from")
SMTP = Shape("a smtp provider", WHERE, "Mail.", (KIND, HOST, PORT, TLS, USER, PASSWORD_FILE, FROM_MAIL, *COMMON))

URL = required("url", kinds.URL, "where to POST")
SECRET_FILE = required("secret_file", kinds.SECRET_FILE, "a file with the key that signs each POST")
WEBHOOK = Shape("a webhook provider", WHERE, "Any service that takes a signed POST.", (KIND, URL, SECRET_FILE, *COMMON))

SHAPES = (CONSOLE, TWILIO, SMTP, WEBHOOK)


def _twilio(reader: Reader, found: Fields) -> ProviderSettings:
    del reader
    files = tuple(SecretFile(one) for one in found[TOKEN_FILES])
    return TwilioProvider(account=found[ACCOUNT], token_files=files, sender=found[FROM_PHONE], api_url=found[API_URL])


def _smtp(reader: Reader, found: Fields) -> ProviderSettings:
    user, password = found[USER], found[PASSWORD_FILE]
    if (user is None) != (password is None):
        reader.report("E603", found.span, "the mail server needs both", "user and password_file")
    if user is not None and found[TLS] is Tls.NONE:
        reader.report("E603", found.span_of(TLS), "the password would travel unencrypted", "tls: starttls or tls: tls")
    return SmtpProvider(
        host=found[HOST],
        port=found[PORT],
        tls=found[TLS],
        sender=found[FROM_MAIL],
        user=user,
        password_file=SecretFile(password) if password is not None else None,
    )


def _webhook(reader: Reader, found: Fields) -> ProviderSettings:
    del reader
    return WebhookProvider(url=found[URL], secret_file=SecretFile(found[SECRET_FILE]))


def _console(reader: Reader, found: Fields) -> ProviderSettings:
    del reader, found
    return ConsoleProvider()


_KINDS: dict[ProviderKind, tuple[Shape, Callable[[Reader, Fields], ProviderSettings]]] = {
    ProviderKind.CONSOLE: (CONSOLE, _console),
    ProviderKind.TWILIO: (TWILIO, _twilio),
    ProviderKind.SMTP: (SMTP, _smtp),
    ProviderKind.WEBHOOK: (WEBHOOK, _webhook),
}

_MEDIA = {
    ProviderKind.CONSOLE: frozenset(Medium),
    ProviderKind.TWILIO: frozenset({Medium.SMS, Medium.VOICE}),
    ProviderKind.SMTP: frozenset({Medium.EMAIL}),
    ProviderKind.WEBHOOK: frozenset(Medium),
}


def _read(reader: Reader, node: Node, path: Path) -> ProviderSettings | None:
    if not isinstance(node, Table):
        reader.report("E008", node, "a provider must be a mapping", "kind and its keys", "write {kind: console}")
        return None
    word = next((value for key, value in node.entries if key.text == KIND.name), None)
    if not isinstance(word, Scalar) or word.text not in set(ProviderKind):
        # Without a kind its keys cannot be judged: say what is wrong with the kind, and nothing about the rest.
        if word is None:
            reader.report("E007", node, "the provider has no kind", f"kind: {KIND.kind.name}")
        else:
            KIND.kind.read(reader, word, path)
        return None
    shape, make = _KINDS[ProviderKind(word.text)]
    found = fields(reader, node, shape, path, node.span)
    return replace(make(reader, found), name=found[NAME], rate=found[RATE])


def _schema_of(kind: ProviderKind, shape: Shape) -> Json:
    return {"if": {"properties": {KIND.name: {"const": kind.value}}}, "then": schema_of(shape)}


_SCHEMA: Json = {
    "type": "object",
    "required": [KIND.name],
    "properties": {KIND.name: KIND.kind.schema},
    "allOf": [_schema_of(kind, shape) for kind, (shape, _) in _KINDS.items()],
}
PROVIDERS: Kind[ProviderSettings | None] = Kind("provider", None, _read, _SCHEMA)


def check_media(
    reader: Reader, medium: Medium, providers: tuple[ProviderSettings, ...], path: Path, fallback: Span
) -> None:
    """Note providers that cannot carry the medium they stand under."""
    for place, provider in enumerate(providers, 1):
        if medium not in _MEDIA[provider.kind]:
            able = sorted(kind.value for kind, media in _MEDIA.items() if medium in media)
            message = f"{provider.kind.value} does not carry {medium.value}"
            reader.report("E604", reader.span_of((*path, str(place)), fallback), message, " | ".join(able))


def check_names(
    reader: Reader, medium: Medium, providers: tuple[ProviderSettings, ...], path: Path, fallback: Span
) -> None:
    """Note two providers of a medium with one name: nobody could tell who carried what."""
    seen: set[str] = set()
    for place, provider in enumerate(providers, 1):
        if provider.name is None:
            continue
        if provider.name in seen:
            span = reader.span_of((*path, str(place), NAME.name), fallback)
            reader.report(
                "E010", span, f"two providers of {medium.value} are called {provider.name}", "a name of its own"
            )
        seen.add(provider.name)
