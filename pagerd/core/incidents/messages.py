"""Messages about an incident: which kinds there are, which fields each may say, and how one is written plainly.

A template says a message from its fields, which are words and nothing else. Its first line is the heading: the subject
of a mail, the bold line of a chat. Whatever becomes of a template, `plainly` can say the same message without one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Final

from pagerd.core.incidents.promises import PROMISE_WORDS
from pagerd.core.plain import one_line

FIELD_MAX = 1000
"""Characters of one field in a message: as much as a person may write into an update."""

HEADING_MAX = 150
"""Characters of a heading: what Slack takes for one, and more than a phone shows of a subject."""

TEXT_MAX = 6000
"""Characters of a whole message: all fields of an update are less, and every receiver takes so much."""


class MessageKind(StrEnum):
    """What a message tells. Those of `PUBLIC` are for customers, the others for colleagues."""

    DECLARED = "declared"
    UPDATE = "update"
    HELP = "help"
    RESOLVED = "resolved"
    SEVERITY = "severity"
    ROLE = "role"
    MITIGATION = "mitigation"
    MONITORING = "monitoring"
    WATCH = "watch"
    UNSOLVED = "unsolved"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    MERGED = "merged"
    COUNTERSIGNED = "countersigned"
    CLOSED = "closed"
    PUBLIC_INVESTIGATING = "public_investigating"
    PUBLIC_IDENTIFIED = "public_identified"
    PUBLIC_MONITORING = "public_monitoring"
    PUBLIC_RESOLVED = "public_resolved"


PUBLIC: Final = frozenset(
    {
        MessageKind.PUBLIC_INVESTIGATING,
        MessageKind.PUBLIC_IDENTIFIED,
        MessageKind.PUBLIC_MONITORING,
        MessageKind.PUBLIC_RESOLVED,
    }
)
"""What customers read."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a template may name. One that is optional is empty where nobody knows it.

    `sample` is what `check` and a preview put there.
    """

    name: str
    meaning: str
    sample: str
    is_optional: bool = False


_NEXT = Field("next_update", "when the next update is promised for", "02:45 UTC", is_optional=True)
_IMPACT = Field("impact", "who feels what", "22 % of payments fail", is_optional=True)

COMMON: Final = (
    Field("name", "how the incident is called, such as `incident 12`", "incident 12"),
    Field("number", "its number", "12"),
    Field("symptom", "its first line: what is broken, and where", "payments API answers 5xx"),
    Field("severity", "its severity", "sev1"),
    Field("team", "the team that it is of", "payments"),
    Field("status", "how it stands: investigating, mitigating, monitoring...", "investigating"),
    Field("at", "when this happened", "02:14 UTC"),
    Field("service", "the service that is broken", "checkout", is_optional=True),
    _IMPACT,
    Field("since", "since when customers feel it", "02:02 UTC", is_optional=True),
    Field("ic", "the incident commander", "Ana", is_optional=True),
    Field("tl", "the technical lead", "Ben", is_optional=True),
    Field("comms", "the comms lead", "Eva", is_optional=True),
    _NEXT,
    Field("room", "where its people meet", "https://meet.example.com/12", is_optional=True),
    Field("by", "whoever did what this tells", "Ana", is_optional=True),
    Field("link", "the page of the incident", "https://pagerd.example.com/i/12", is_optional=True),
)
"""What every message to colleagues may say."""

_OF_PUBLIC = (
    Field("area", "what is affected, as customers call it", "Payments"),
    Field("symptom", "what customers see", "payments fail"),
    _IMPACT,
    Field("next_update", "when customers hear more", "in 30 minutes", is_optional=True),
    Field("started", "when it began", "02:02 UTC", is_optional=True),
    Field("ended", "when it ended", "02:35 UTC", is_optional=True),
    Field("link", "where the status page has it", "https://status.example.com/12", is_optional=True),
)

_WHY = Field("why", "the reason that was given", "checkout is hit too", is_optional=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """What messages of one kind tell: in words, the fields beside the common ones, and what none may leave out."""

    meaning: str
    fields: tuple[Field, ...]
    must: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names that a template may use."""
        return frozenset(one.name for one in self.fields)


def _internal(meaning: str, *fields: Field, must: tuple[str, ...] = ()) -> Subject:
    return Subject(meaning, (*COMMON, *fields), must)


SUBJECTS: Final[Mapping[MessageKind, Subject]] = {
    MessageKind.DECLARED: _internal(
        "an incident was declared",
        must=("symptom", "severity", "next_update"),
    ),
    MessageKind.UPDATE: _internal(
        "a numbered update",
        Field("update", "its number", "3"),
        Field("know", "what is known", "the connection pool is exhausted"),
        Field("doing", "what is being done now", "rolling back the config", is_optional=True),
        Field("trend", "is the impact improving, stable or worsening", "improving", is_optional=True),
        Field("eta", "the ETA, or that there is none yet, and the next update", "no ETA yet, next update at 02:45 UTC"),
        must=("know", "eta"),
    ),
    MessageKind.HELP: _internal(
        "somebody needs help",
        Field("area", "the team that is asked", "database"),
        Field("need", "what is needed, and why", "a database expert: connections pile up"),
        Field("whom", "who is paged for it", "the primary of database"),
        Field("urgency", "how urgent it is", "now: sev1"),
        Field("join", "where to join", "https://pagerd.example.com/i/12"),
        must=("need", "join"),
    ),
    MessageKind.RESOLVED: _internal(
        "an incident is over",
        Field("cause", "what it was, as far as it is known", "a config change lowered the pool", is_optional=True),
        Field("fix", "what mended it", "rollback: config of 01:50", is_optional=True),
        Field("ended", "when the impact ended", "02:35 UTC", is_optional=True),
        Field("window", "from when to when customers felt it", "02:02 to 02:35 UTC, 33m", is_optional=True),
        Field("follow_up", "what comes after it", "a postmortem within 3 business days", is_optional=True),
        Field("against", "what was unmet, where somebody resolved it all the same", "errors, queues", is_optional=True),
    ),
    MessageKind.SEVERITY: _internal(
        "the severity changed",
        Field("before", "the severity that it had", "sev2"),
        Field("direction", "raised or lowered", "raised"),
        _WHY,
        must=("severity",),
    ),
    MessageKind.ROLE: _internal(
        "somebody has a role, or has it no more",
        Field("role", "the role", "incident commander"),
        Field("holder", "who has it now", "Ana", is_optional=True),
        Field("before", "who had it before", "Dora", is_optional=True),
        must=("role",),
    ),
    MessageKind.MITIGATION: _internal(
        "something is tried, or it is known what it did",
        Field("mitigation", "what it is, with its number", "1, rollback"),
        Field("what", "what exactly is done", "config of 01:50", is_optional=True),
        Field("outcome", "what it did: worked, no effect, worse, undone", "worked", is_optional=True),
        must=("mitigation",),
    ),
    MessageKind.MONITORING: _internal(
        "customers feel nothing any more, and it is watched",
        Field("ended", "when the impact ended", "02:35 UTC"),
        Field("watch_until", "until when it is watched at least", "03:35 UTC", is_optional=True),
    ),
    MessageKind.WATCH: _internal(
        "a criterion is red, and the watch period starts anew",
        Field("criterion", "which one", "errors normal"),
        Field("watch_until", "until when it is watched at least", "04:05 UTC", is_optional=True),
        must=("criterion",),
    ),
    MessageKind.UNSOLVED: _internal("it is not over: it is being investigated again", _WHY),
    MessageKind.REOPENED: _internal("it was not over after all", _WHY),
    MessageKind.CANCELLED: _internal("it was no incident", _WHY),
    MessageKind.MERGED: _internal(
        "it is the same as another one", Field("into", "the incident in which it goes on", "incident 11")
    ),
    MessageKind.COUNTERSIGNED: _internal(
        "a second person stands by what was resolved against its criteria",
        Field("overrode", "who resolved it", "Dora", is_optional=True),
        Field("against", "what was unmet", "errors, queues", is_optional=True),
    ),
    MessageKind.CLOSED: _internal(
        "it is closed: nothing more is to be done but its action items",
        Field("postmortem", "what became of the postmortem", "accepted", is_optional=True),
    ),
    MessageKind.PUBLIC_INVESTIGATING: Subject(
        "customers: something is wrong and is being looked at", _OF_PUBLIC, ("symptom",)
    ),
    MessageKind.PUBLIC_IDENTIFIED: Subject("customers: the cause is found, and is being mended", _OF_PUBLIC),
    MessageKind.PUBLIC_MONITORING: Subject("customers: it is mended, and is being watched", _OF_PUBLIC),
    MessageKind.PUBLIC_RESOLVED: Subject("customers: it is over", _OF_PUBLIC, ("symptom",)),
}
"""Each kind, with all that its template may name."""


@dataclass(frozen=True, slots=True)
class Route:
    """Which messages go where; empty means all of them. What several routes say adds up."""

    to: tuple[str, ...]
    teams: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def takes(self, kind: MessageKind, team: str, severity: str) -> bool:
        """Does a message go this way?"""
        wanted = ((self.teams, team), (self.severities, severity), (self.kinds, kind.value))
        return all(not some or one in some for some, one in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRules:
    """How incidents are talked about. `templates` are those of the files; the others are pagerd's own."""

    templates: Mapping[str, str] = field(default_factory=dict)
    promise_words: tuple[str, ...] = PROMISE_WORDS
    routes: tuple[Route, ...] | None = None
    """None: every receiver hears everything."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message in words: its heading, and the lines below it. `fault` says why its template did not write it."""

    heading: str
    lines: tuple[str, ...]
    fault: str = ""

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n".join(chain((self.heading,), self.lines))


def samples(kind: MessageKind, *, without: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return invented facts for a kind, with what is in `without` left unknown."""
    return {one.name: "" if one.name in without else one.sample for one in SUBJECTS[kind].fields}


def plainly(kind: MessageKind, facts: Mapping[str, str], fault: str = "") -> Written:
    """Say a message without a template: what it tells, then each field that is known."""
    subject = SUBJECTS[kind]
    known = [(one.name, clean(facts.get(one.name, ""))) for one in subject.fields]
    of_what = facts.get("name") or facts.get("area") or ""
    heading = one_line(": ".join(filter(None, (clean(of_what).capitalize(), subject.meaning))), HEADING_MAX)
    lines = tuple(f"{name.replace('_', ' ').capitalize()}: {said}" for name, said in known if said)
    return Written(heading, lines, fault)


Write = Callable[[MessageRules, MessageKind, Mapping[str, str]], Written]
"""How a message gets its words: by the templates of the rules, which `core` cannot read itself, or plainly."""


def write_plainly(_rules: MessageRules, kind: MessageKind, facts: Mapping[str, str]) -> Written:
    """Say a message without the templates of the rules."""
    return plainly(kind, facts)


def clean(said: str) -> str:
    """Return a field as it may stand in a message: one line, of a length that somebody reads."""
    return one_line(said, FIELD_MAX)
