"""Reads who is told of incidents: an entry of `receivers`, whose `kind` decides which keys it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pagerd.config import kinds
from pagerd.config.document import Node, Scalar, Table
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
    mapping_of,
    required,
    schema_of,
)
from pagerd.config.secrets import SecretFile

WHERE = "an entry of `receivers` in `pagerd.yaml`, by name"

ADDRESSES_MAX = 20
"""Mail addresses of one receiver: more people than that have a mailing list."""


class ReceiverKind(StrEnum):
    """What stands at the other end."""

    SLACK = "slack"
    TEAMS = "teams"
    MATTERMOST = "mattermost"
    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReceiver:
    """An incoming webhook of a chat. Its URL is a secret."""

    kind: ReceiverKind
    url_file: SecretFile


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReceiver:
    """Addresses, each with a mail of its own."""

    to: tuple[str, ...]
    kind: ReceiverKind = ReceiverKind.MAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class HookReceiver:
    """Any service that takes a signed POST."""

    url: str
    secret_file: SecretFile
    kind: ReceiverKind = ReceiverKind.WEBHOOK


ReceiverSettings = ChatReceiver | MailReceiver | HookReceiver

KIND = required("kind", choice(ReceiverKind, ReceiverKind.SLACK), "what stands at the other end")
URL_FILE = required("url_file", kinds.SECRET_FILE, "a file with the URL of the incoming webhook, which is a secret")
CHAT = Shape("a chat receiver", WHERE, "An incoming webhook of Slack, Teams or Mattermost.", (KIND, URL_FILE))
TO = required("to", list_of(kinds.EMAIL, least=1, most=ADDRESSES_MAX), "mail addresses")
MAIL = Shape("a mail receiver", WHERE, "Mail to some addresses, by the providers of mail.", (KIND, TO))
URL = required("url", kinds.URL, "where to POST")
SECRET = required("secret_file", kinds.SECRET_FILE, "a file with the key that signs each POST")
HOOK = Shape("a webhook receiver", WHERE, "Any service that takes a signed POST.", (KIND, URL, SECRET))

SHAPES = (CHAT, MAIL, HOOK)


def _chat(found: Fields) -> ReceiverSettings:
    return ChatReceiver(kind=found[KIND], url_file=SecretFile(found[URL_FILE]))


def _mail(found: Fields) -> ReceiverSettings:
    return MailReceiver(to=tuple(dict.fromkeys(found[TO])))


def _hook(found: Fields) -> ReceiverSettings:
    return HookReceiver(url=found[URL], secret_file=SecretFile(found[SECRET]))


_KINDS: Mapping[ReceiverKind, tuple[Shape, Callable[[Fields], ReceiverSettings]]] = {
    ReceiverKind.SLACK: (CHAT, _chat),
    ReceiverKind.TEAMS: (CHAT, _chat),
    ReceiverKind.MATTERMOST: (CHAT, _chat),
    ReceiverKind.MAIL: (MAIL, _mail),
    ReceiverKind.WEBHOOK: (HOOK, _hook),
}


def _read(reader: Reader, node: Node, path: Path) -> ReceiverSettings | None:
    if not isinstance(node, Table):
        reader.report("E008", node, "a receiver must be a mapping", "kind and its keys")
        return None
    word = next((value for key, value in node.entries if key.text == KIND.name), None)
    if not isinstance(word, Scalar) or word.text not in set(ReceiverKind):
        # Without a kind its keys cannot be judged: say what is wrong with the kind, and nothing about the rest.
        if word is None:
            reader.report("E007", node, "the receiver has no kind", f"kind: {KIND.kind.name}")
        else:
            KIND.kind.read(reader, word, path)
        return None
    shape, make = _KINDS[ReceiverKind(word.text)]
    return make(fields(reader, node, shape, path, node.span))


def _schema_of(kind: ReceiverKind, shape: Shape) -> Json:
    return {"if": {"properties": {KIND.name: {"const": kind.value}}}, "then": schema_of(shape)}


_SCHEMA: Json = {
    "type": "object",
    "required": [KIND.name],
    "properties": {KIND.name: KIND.kind.schema},
    "allOf": [_schema_of(kind, shape) for kind, (shape, _) in _KINDS.items()],
}
RECEIVER: Kind[ReceiverSettings | None] = Kind("receiver", None, _read, _SCHEMA)
KEY = defaulted(
    "receivers",
    mapping_of(kinds.NAME, RECEIVER),
    {},
    "none",
    "who is told of incidents, by name; `messages` in `rules/incidents.yaml` may say of which",
    structure=True,
)


def known(found: Mapping[str, ReceiverSettings | None]) -> dict[str, ReceiverSettings]:
    """Return those that could be read."""
    return {name: one for name, one in found.items() if one is not None}
