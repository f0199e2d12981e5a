"""The keys of a severity that say what it asks of an incident; what is not written is filled in by rank."""

from datetime import timedelta
from typing import TypeVar

from pagerd.config import kinds, times
from pagerd.config.reader import Fields, Key, Kind, Path, Reader, choice, list_of, one_or_more, optional, scalar
from pagerd.config.times import duration_text
from pagerd.config.values import Mismatch, shown
from pagerd.core.incidents.roles import Role
from pagerd.core.incidents.severity import Criterion, IncidentPolicy, Interval
from pagerd.core.plain import counted

T = TypeVar("T")

_BY_RANK = "as its rank asks"

NEVER = "none"


def _interval(raw: str) -> Interval | None:
    """Read `15m-30m`, or `none`."""
    if raw == NEVER:
        return None
    least, dash, most = raw.partition("-")
    if not dash:
        raise Mismatch(f"{shown(raw)} is no interval", "two durations such as 15m-30m, or none")
    interval = Interval(times.duration(least.strip()), times.duration(most.strip()))
    if interval.least > interval.most:
        raise Mismatch(f"{shown(raw)} ends before it begins", "the shorter one first, such as 15m-30m")
    return interval


def _interval_text(value: Interval | None) -> str:
    return f"{duration_text(value.least)}-{duration_text(value.most)}" if value is not None else NEVER


def _duration_or_none(raw: str) -> timedelta | None:
    return None if raw == NEVER else times.duration(raw)


def _duration_or_none_text(value: timedelta | None) -> str:
    return duration_text(value) if value else NEVER


DAYS_MAX = 60


def _business_days(raw: str) -> int | None:
    """Read `3 business days`, or `none`."""
    if raw == NEVER:
        return None
    count, _, unit = raw.partition(" ")
    if unit not in {"business day", "business days"} or not count.isascii() or not count.isdecimal():
        raise Mismatch(f"{shown(raw)} is no number of business days", "such as 3 business days, or none")
    if not 1 <= int(count) <= DAYS_MAX:
        raise Mismatch(f"{shown(raw)} is out of range", f"1 to {DAYS_MAX} business days")
    return int(count)


def _business_days_text(value: int | None) -> str:
    return counted(value, "business day") if value is not None else NEVER


_INTERVAL = scalar("interval or none", None, _interval)
_DURATION_OR_NONE = scalar("duration or none", None, _duration_or_none)
_BUSINESS_DAYS = scalar("business days or none", None, _business_days)
ROLE: Kind[str] = choice(Role, Role.IC)
CRITERION: Kind[str] = choice(Criterion, Criterion.ERRORS)
_NAMES = one_or_more(kinds.NAME)

DEFINITION = optional("definition", kinds.TEXT, "which impact this severity means, in one line", _BY_RANK)
EXAMPLES = optional("examples", list_of(kinds.TEXT, most=20), "what it has looked like", _BY_RANK)
ROLES = optional("roles", list_of(ROLE), "the roles that are asked for when it is declared", _BY_RANK)
JOINS = optional("joins", _NAMES, "who is paged besides the roles when it is declared: roles, schedules or people")
LEADERSHIP = optional("leadership", _NAMES, "who is told, quietly, when it is declared: roles, schedules or people")
UPDATE_EVERY = optional(
    "update_every", _INTERVAL, "how soon the next update may be promised; none: a ticket, and no incident", _BY_RANK
)
CUSTOMER_NOTICE = optional(
    "customer_notice", _DURATION_OR_NONE, "how soon customers should have a first notice", _BY_RANK
)
WATCH = optional("watch", _DURATION_OR_NONE, "how long all must stay green before it can be resolved", _BY_RANK)
CRITERIA = optional("criteria", list_of(CRITERION), "what must be met before it can be resolved", _BY_RANK)
POSTMORTEM_DUE = optional("postmortem_due", _BUSINESS_DAYS, "how soon its postmortem should be accepted", _BY_RANK)
ACTIONS_DUE = optional("actions_due", _DURATION_OR_NONE, "how soon its action items should be verified", _BY_RANK)

KEYS = (
    DEFINITION,
    EXAMPLES,
    ROLES,
    JOINS,
    LEADERSHIP,
    UPDATE_EVERY,
    CUSTOMER_NOTICE,
    WATCH,
    CRITERIA,
    POSTMORTEM_DUE,
    ACTIONS_DUE,
)


def read_policy(reader: Reader, found: Fields, path: Path, default: IncidentPolicy) -> IncidentPolicy:
    """Return what was written over what the rank asks, and note what every value came to."""
    policy = IncidentPolicy(
        definition=_or(found, DEFINITION, default.definition) or "",
        examples=_or(found, EXAMPLES, default.examples) or (),
        roles=tuple(_or(found, ROLES, default.roles) or ()),
        joins=_or(found, JOINS, default.joins) or (),
        leadership=_or(found, LEADERSHIP, default.leadership) or (),
        update_every=_or(found, UPDATE_EVERY, default.update_every),
        customer_notice=_or(found, CUSTOMER_NOTICE, default.customer_notice),
        watch=_or(found, WATCH, default.watch) or timedelta(0),
        criteria=tuple(_or(found, CRITERIA, default.criteria) or ()),
        postmortem_days=_or(found, POSTMORTEM_DUE, default.postmortem_days),
        actions_due=_or(found, ACTIONS_DUE, default.actions_due),
    )
    for name, text in _texts(policy):
        reader.settle((*path, name), text)
    return policy


def _or(found: Fields, key: Key[T | None], default: T | None) -> T | None:
    """Return what was written, `none` included, or what the rank asks."""
    return found[key] if key in found else default  # noqa: SIM401  # it is no dict: a missing key has its own default


def remember_policy(reader: Reader, path: Path, policy: IncidentPolicy) -> None:
    """Note what is in force where no file says anything."""
    for name, text in _texts(policy):
        reader.remember((*path, name), text)


def _texts(policy: IncidentPolicy) -> tuple[tuple[str, str], ...]:
    return (
        (DEFINITION.name, policy.definition or NEVER),
        (EXAMPLES.name, _listed(policy.examples)),
        (ROLES.name, _listed(policy.roles)),
        (JOINS.name, _listed(policy.joins)),
        (LEADERSHIP.name, _listed(policy.leadership)),
        (UPDATE_EVERY.name, _interval_text(policy.update_every)),
        (CUSTOMER_NOTICE.name, _duration_or_none_text(policy.customer_notice)),
        (WATCH.name, _duration_or_none_text(policy.watch)),
        (CRITERIA.name, _listed(policy.criteria)),
        (POSTMORTEM_DUE.name, _business_days_text(policy.postmortem_days)),
        (ACTIONS_DUE.name, _duration_or_none_text(policy.actions_due)),
    )


def _listed(values: tuple[str, ...]) -> str:
    return f"[{', '.join(str(one) for one in values)}]" if values else NEVER
