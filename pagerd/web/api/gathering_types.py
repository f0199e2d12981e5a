"""What the answers about who comes together are made of, and what their acts take."""

from typing import TypedDict

import msgspec

from pagerd.web.api.types import Instant


class Room(TypedDict):
    """Where people meet, and since when."""

    place: str
    since: Instant


class Question(TypedDict):
    """What an onlooker asked; without an `answer` nobody said anything yet."""

    number: int
    at: Instant
    by: str
    text: str
    answer: str | None
    answered_at: Instant | None
    answered_by: str | None


class NewRoom(msgspec.Struct, forbid_unknown_fields=True):
    """An address, or a number to dial."""

    place: str


class AllHands(msgspec.Struct, forbid_unknown_fields=True):
    """Without `confirmed` nobody is paged, and it is said who would be."""

    confirmed: bool = False


class Onlooker(msgspec.Struct, forbid_unknown_fields=True):
    """Who looks on; without a `person`, whoever says so."""

    person: str | None = None


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """A question, or an answer, in a sentence."""

    text: str
