"""Reads `rotations/escalation.yaml`: policies whose steps name roles, roles that teams share, the last resort."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pagerd.config import kinds
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    fields,
    list_of,
    mapping_of,
    one_or_more,
    optional,
    required,
    shaped,
)
from pagerd.core.plan import EscalationPolicy, LastResort, Step

FILE = "rotations/escalation.yaml"

_TARGETS = one_or_more(kinds.NAME, empty_id="E301")

PAGE = required("page", _TARGETS, "a role, a schedule or a person, or a list of them")
ANSWER_WITHIN = required("answer_within", kinds.DURATION, "when the next step goes if nobody answers")
STEP = Shape(
    "a step", "`steps` of an escalation policy", "Who is paged, and for how long it waits.", (PAGE, ANSWER_WITHIN)
)


def _make_step(reader: Reader, found: Fields, path: Path) -> Step:
    del reader, path
    return Step(targets=found[PAGE], answer_within=found[ANSWER_WITHIN])


REPEAT_MAX = 10
_STEPS = list_of(shaped(STEP, Step((), timedelta(minutes=5)), _make_step), least=1, most=20, empty_id="E301")
STEPS = required("steps", _STEPS, "the steps, in order", structure=True)
REPEAT = defaulted(
    "repeat", kinds.INTEGER, 0, "0", "how many more times the steps are gone through before the last resort"
)
POLICY = Shape(
    "an escalation policy", f"`escalation` in `{FILE}`, by name", "Who is paged after whom.", (STEPS, REPEAT)
)


def _make_policy(reader: Reader, found: Fields, path: Path) -> EscalationPolicy:
    if found[REPEAT] > REPEAT_MAX:
        reader.report("E010", found.span_of(REPEAT), "the last resort would come too late", f"at most {REPEAT_MAX}")
    return EscalationPolicy(id=path[-1], steps=found[STEPS], repeat=found[REPEAT])


_POLICIES: Kind[Mapping[str, EscalationPolicy]] = mapping_of(
    kinds.NAME, shaped(POLICY, EscalationPolicy("", ()), _make_policy), name="mapping of names to policies"
)
_ROLES: Kind[Mapping[str, str]] = mapping_of(kinds.NAME, kinds.NAME, name="mapping of roles to schedules or people")

LAST_PAGE = required("page", _TARGETS, "schedules or people, never nobody")
EVERY = defaulted("every", kinds.DURATION, timedelta(minutes=5), "5m", "how often, until somebody answers")
LAST = Shape(
    "the last resort", f"`last_resort` in `{FILE}`", "Who is paged when a policy has ended.", (LAST_PAGE, EVERY)
)


def _make_last(reader: Reader, found: Fields, path: Path) -> LastResort | None:
    del reader, path
    return LastResort(targets=found[LAST_PAGE], every=found[EVERY])


_LAST: Kind[LastResort | None] = shaped(LAST, None, _make_last)

ESCALATION = defaulted(
    "escalation", _POLICIES, {}, "the roles each team fills, primary first", "the policies, by name", structure=True
)
ROLES = defaulted("roles", _ROLES, {}, "none", "roles that are the same for all teams", structure=True)
LAST_RESORT = optional(
    "last_resort", _LAST, "who is paged when a policy has ended", "operators, or everybody up to ten"
)
FILE_SHAPE = Shape(FILE, f"`{FILE}`", "One policy serves many teams.", (ESCALATION, ROLES, LAST_RESORT))
SHAPES = (FILE_SHAPE, POLICY, STEP, LAST)

DEFAULT_STEPS = (
    ("primary", timedelta(minutes=5)),
    ("secondary", timedelta(minutes=5)),
    ("team_lead", timedelta(minutes=10)),
    ("platform_lead", timedelta(minutes=10)),
)
"""The playbook's order; a default policy has those of the roles that the team fills."""

DEFAULT_REPEAT = 2


@dataclass(frozen=True, slots=True)
class Escalation:
    """All of the file."""

    policies: Mapping[str, EscalationPolicy]
    roles: Mapping[str, str]
    last_resort: LastResort | None


def read_escalation(reader: Reader, node: Node | None) -> Escalation:
    """Read the file; a missing one has nothing in it."""
    found = fields(reader, node, FILE_SHAPE, (), Span(FILE))
    policies = {name: policy for name, policy in found[ESCALATION].items() if policy.id}
    return Escalation(policies, found[ROLES], found[LAST_RESORT])


def default_policy(policy_id: str, roles: Iterable[str]) -> EscalationPolicy:
    """Return the policy of a team when no file has one: the playbook's steps as far as somebody fills the role."""
    filled = set(roles)
    steps = tuple(Step((role,), wait) for role, wait in DEFAULT_STEPS if role in filled)
    return EscalationPolicy(id=policy_id, steps=steps, repeat=DEFAULT_REPEAT)
