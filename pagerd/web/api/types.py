"""What the answers of the API are made of. `shapes.py` makes them; the OpenAPI document is made of them.

Keys may be added; none changes its meaning.
"""

from typing import Annotated, Any, NotRequired, TypedDict

from msgspec import Meta

Instant = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
"""An instant as ISO 8601 writes it, with its zone."""

Length = Annotated[str, Meta(extra_json_schema={"pattern": "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$"})]
"""A length of elapsed time as Prometheus writes it: `20m`, `1h30m`."""

NUMBER_DIGITS_MAX = 9
"""A billion incidents are more than anybody numbers, and no store keeps the largest integer of JSON."""

Json = dict[str, Any]
"""What is described elsewhere, or has no fixed keys."""


class Page(TypedDict):
    """A page: an open group of alerts that wants a human."""

    id: str
    status: str
    severity: str
    urgency: str
    team: str
    service: str | None
    title: str
    summary: str
    place: str
    rule: str | None
    action: str | None
    runbook: str | None
    runbook_url: str | None
    links: dict[str, str]
    violations: list[str]
    opened_at: Instant
    since: Instant
    alerts: int
    firing: int
    muted: int
    stale: int
    stage: str
    step: int
    round: int
    asked: list[str]
    next_at: Instant | None
    frozen_why: str | None
    acknowledged_by: str | None
    acknowledged_until: Instant | None
    follows: str | None
    raised_by: str | None
    incident: int | None
    errand: str | None
    resolved_at: Instant | None
    resolved_by: str | None


class Alert(TypedDict):
    """One signal from one source."""

    source: str
    fingerprint: str
    status: str
    labels: dict[str, str]
    annotations: dict[str, str]
    first_seen_at: Instant
    last_seen_at: Instant
    resolved_at: Instant | None
    generator_url: str | None
    severity: str | None
    verdict: str | None
    reasons: list[str]
    muted_by: str | None


class TimelineEntry(TypedDict):
    """One line of a timeline: a sentence in the reader's zone, and what it was made of."""

    at: Instant
    local: str
    kind: str
    sentence: str
    details: Json


class Trail(TypedDict):
    """How far a message came, and when."""

    at: str
    status: str
    detail: str


class Notification(TypedDict):
    """One message to one person on one contact method. Its address is masked."""

    id: str
    person: str
    medium: str
    address: str
    purpose: str
    status: str
    detail: str
    provider: str | None
    attempts: int
    created_at: Instant
    trail: list[Trail]


class ExplainedNotification(Notification):
    """A message, and why it was sent."""

    why: str


class Hop(TypedDict):
    """One hop of a test page, so many seconds after it was stored."""

    hop: str
    at: Instant
    seconds: float
    detail: str


class TestPage(Notification):
    """A message to answer about nothing: did it arrive, was it answered, is more to come, and each of its hops."""

    arrived: bool
    answered: bool
    over: bool
    hops: list[Hop]


class ContactMethod(TypedDict):
    """One contact method as it stands; `since` and `why` are of a refusal."""

    medium: str
    address: str
    state: str
    since: Instant | None
    why: str
    tried_at: Instant | None
    arrived_at: Instant | None
    tested_at: Instant | None
    answered_at: Instant | None
    unconfirmed_since: Instant | None


class Reach(TypedDict):
    """How one person can be reached."""

    person: str
    name: str
    reachable: bool
    methods: list[ContactMethod]


class Node(TypedDict):
    """One run of pagerd on a store that several share; `is_this` is the one that answers.

    `revision` counts in what is each node's own; `files` are the same where all that should be alike is alike.
    """

    id: str
    name: str
    address: str
    version: str
    schema: int
    revision: str
    revision_since: Instant
    files: str
    started_at: Instant
    last_seen_at: Instant
    is_there: bool
    is_this: bool


class Provider(TypedDict):
    """How a provider of one channel does."""

    channel: str
    name: str
    in_trouble: bool
    since: Instant | None
    why: str
    next_try_at: Instant | None
    busy_until: Instant | None
    rate: str | None


class Ticket(TypedDict):
    """Work for business hours."""

    id: str
    status: str
    team: str
    severity: str
    title: str
    summary: str
    service: str | None
    rule: str | None
    reasons: list[str]
    violations: list[str]
    firing: int
    opened_at: Instant
    page_at: Instant | None
    paged_as: str | None
    taken_by: str | None
    closed_at: Instant | None
    closed_by: str | None
    ref: str | None
    ref_url: str | None


Silence = TypedDict(
    "Silence",
    {"id": str, "match": list[str], "from": Instant, "to": Instant, "by": str, "why": str, "stored": bool},
)
"""What is muted, and until when."""

Override = TypedDict(
    "Override",
    {
        "id": str,
        "schedule": str,
        "kind": str,
        "from": Instant,
        "to": Instant,
        "people": list[str],
        "instead_of": str | None,
        "by": str,
        "why": str,
        "stored": bool,
    },
)
"""A dated exception to a schedule."""

Shift = TypedDict("Shift", {"from": Instant, "to": Instant, "people": list[str]})
"""Who is on call from one instant until before another."""


class OnCall(TypedDict):
    """Who is on call in one schedule; nobody is an answer too."""

    schedule: str
    at: Instant
    on_call: list[str]
    layer: str | None
    override: str | None
    shadow: list[str]
    until: Instant | None
    next: list[str]
    revision: str


class Token(TypedDict):
    """A personal token's row, without the token."""

    id: str
    person: str
    name: str
    scopes: list[str]
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None


class Night(TypedDict):
    """One row of the night ledger."""

    person: str
    page: str
    team: str
    severity: str
    at: Instant
    local: str
    zone: str
    night: str
    evidence: str
    acknowledged_at: Instant | None
    last_act_at: Instant | None
    plan: str


class PersonLoad(TypedDict):
    """What on-call cost a person, in a month where one was asked for; a spread of nothing is null."""

    month: str | None
    person: str
    pages: int
    interruptions: int
    work: int
    off: int
    night: int
    disrupted_hours: int
    nights: int
    half_shifts: int
    pages_per_half_shift_median: float | None
    pages_per_half_shift_p90: float | None
    half_shifts_over_two: int


class TeamLoad(TypedDict):
    """What a team's alerts cost; a spread of nothing is null."""

    month: str | None
    team: str
    pages: int
    unanswered: int
    interruptions: int
    work: int
    off: int
    night: int
    disrupted_hours: int
    answers: int
    answer_median_seconds: float | None
    answer_p90_seconds: float | None
    half_shifts: int
    pages_per_half_shift_median: float | None
    pages_per_half_shift_p90: float | None
    half_shifts_over_two: int


class Value(TypedDict):
    """One value in force, and where it comes from."""

    name: str
    value: str
    origin: str


class Member(TypedDict):
    """A member of a source that is asked: when it answered last, and since when and why it does not."""

    member: str
    answered_at: Instant | None
    failing_since: Instant | None
    error: str


class Source(TypedDict):
    """A source, and when it was last heard.

    Of a heartbeat also when it is late and whether it is; of one that is watched whether it is silent; of one that is
    asked, its members.
    """

    name: str
    kind: str
    last_seen_at: Instant | None
    due_at: NotRequired[Instant | None]
    is_late: NotRequired[bool]
    is_silent: NotRequired[bool]
    asked: NotRequired[list[Member]]


class NotRead(TypedDict):
    """What one source sent that could not be read, and how it begins."""

    source: str
    at: Instant
    reason: str
    raw: str


class Quarantined(NotRead):
    """The same, as it stands in quarantine."""

    id: str


class Said(TypedDict):
    """What became of an act."""

    sentence: str


class Finding(TypedDict):
    """One finding of `pagerd check`."""

    id: str
    severity: str
    file: str
    line: int
    col: int
    message: str
    expected: str
    hint: str
