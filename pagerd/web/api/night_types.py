"""What the answers about nights are made of. `night_shapes.py` makes them; the OpenAPI document is made of them."""

from typing import TypedDict

from pagerd.web.api.types import Instant

Cover = TypedDict(
    "Cover", {"schedule": str, "from": Instant, "to": Instant, "people": list[str], "override": str | None}
)
"""Who is on call instead of somebody who rests; nobody where nobody was left."""

Rest = TypedDict(
    "Rest",
    {
        "kind": str,
        "status": str,
        "minutes": int,
        "rule": str,
        "plan": str,
        "proposed_at": Instant,
        "from": Instant | None,
        "to": Instant | None,
        "missed_minutes": int,
        "provisional_at": Instant | None,
        "asked": list[str],
        "decided_at": Instant | None,
        "decided_by": str,
        "why": str,
        "covers": list[Cover],
    },
)
"""What is owed for a night, and how far that is decided."""


class Dispute(TypedDict):
    """An objection to a night, and how it ended."""

    at: Instant
    by: str
    why: str
    page: str | None
    minutes: int | None
    settled_at: Instant | None
    settled_by: str
    upheld: bool | None
    settled_why: str
    settled_minutes: int | None


Stretch = TypedDict("Stretch", {"page": str | None, "incident": int | None, "from": Instant, "to": Instant})
"""Work that was seen, on a page or in an incident: from the first act to the last."""

WorkedNight = TypedDict(
    "WorkedNight",
    {
        "id": str,
        "person": str,
        "team": str,
        "date": str,
        "zone": str,
        "night": str,
        "from": Instant,
        "to": Instant,
        "pages": list[str],
        "incidents": list[int],
        "seen": list[Stretch],
        "seen_minutes": int,
        "said_minutes": int | None,
        "minutes": int,
        "state": str,
        "asked_at": Instant | None,
        "disputes": list[Dispute],
        "rest": Rest | None,
        "plan": str,
    },
)
"""One person's night, with the work that counts."""


class NightSum(TypedDict):
    """Nights summed up: how many, with how many pages, and how their minutes are spread."""

    nights: int
    pages: int
    minutes: int
    minutes_median: float | None
    minutes_p90: float | None


class PersonNights(NightSum):
    """The nights of one person."""

    person: str


class TeamNights(NightSum):
    """The nights that pages of one team began."""

    team: str


class PersonComp(TypedDict):
    """What a person is owed for the nights of a month."""

    month: str
    person: str
    nights: int
    pages: int
    minutes: int
    seen_minutes: int
    mornings: int
    hours: int
    half_days: int
    pay_minutes: int
    declined: int
    undecided: int
    disputed: int
    state: str
    night_ids: list[str]
    plans: list[str]


class NightComp(TypedDict):
    """A night as evidence."""

    person: str
    date: str
    zone: str
    night_id: str
    team: str
    pages: list[str]
    incidents: list[int]
    evidence: list[str]
    seen_minutes: int
    said_minutes: int | None
    minutes: int
    state: str
    rest: str | None
    rest_status: str | None
    rest_from: Instant | None
    rest_to: Instant | None
    decided_by: str | None
    rule: str | None
    plan: str
