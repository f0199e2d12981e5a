"""What the answers about messages of incidents are made of."""

from typing import TypedDict

from pagerd.web.api.types import Instant


class IncidentMessage(TypedDict):
    """One message to one place. `state` is `waiting`, or what became of it; `fault` what the last attempt met."""

    kind: str
    receiver: str
    address: str | None
    at: Instant
    state: str
    attempts: int
    fault: str
    done_at: Instant | None


class IncidentMessages(TypedDict):
    """What was told of an incident, and what is still to be, in order."""

    messages: list[IncidentMessage]


class MessageText(TypedDict):
    """A message in words, and its fields. `fault`: what is wrong with its template, where it is said without."""

    kind: str
    heading: str
    lines: list[str]
    fault: str | None
    fields: dict[str, str]


class Receiver(TypedDict):
    """Somebody who is told of incidents: by mail at `addresses`, else by a webhook. `tests` is the last test."""

    name: str
    addresses: list[str]
    waiting: int
    oldest_at: Instant | None
    fault: str
    tests: list[IncidentMessage]


class ReceiverList(TypedDict):
    """Everybody who is told of incidents."""

    receivers: list[Receiver]


class OneReceiver(TypedDict):
    """One of them."""

    receiver: Receiver
