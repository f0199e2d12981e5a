"""What the answers about handoffs are made of, and what writing a note takes."""

from typing import TypedDict

import msgspec

from pagerd.web.api.types import Instant


class HandoffNote(TypedDict):
    """What somebody wrote for whoever has the schedule next. `until` is when the shift ends that it was written in.

    `late` says that the shift was over when it was written: it was told at once.
    """

    id: str
    schedule: str
    at: Instant
    by: str
    text: str
    until: Instant | None
    late: bool


class HandoffPage(TypedDict):
    """An open page that goes over. `until` is when it is asked again whether its holder still has it."""

    id: str
    severity: str
    title: str
    since: Instant
    holder: str | None
    until: Instant | None
    snoozed: bool


class HandoffIncident(TypedDict):
    """An open incident that goes over; `roles` says who holds which."""

    number: int
    severity: str
    title: str
    status: str
    roles: dict[str, str]


class Handoff(TypedDict):
    """Who has a schedule now, when it changes hands, to whom, and what would go over. `notes` are the newest first."""

    schedule: str
    team: str
    on_call: list[str]
    until: Instant | None
    next: list[str]
    notes: list[HandoffNote]
    pages: list[HandoffPage]
    pages_count: int
    incidents: list[HandoffIncident]
    nights_count: int
    since: Instant


class NewHandoffNote(msgspec.Struct, forbid_unknown_fields=True):
    """What the next one must know."""

    text: str


class HandoffNoted(TypedDict):
    """A note, and who will read it."""

    sentence: str
    note: HandoffNote
