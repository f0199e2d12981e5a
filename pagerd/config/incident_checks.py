"""Reads `checks` of `rules/incidents.yaml`: what a machine reads of the criteria of an incident."""

import re
from dataclasses import replace
from datetime import timedelta

from pagerd.config import kinds
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    list_of,
    optional,
    scalar,
    shaped,
)
from pagerd.config.times import duration_text
from pagerd.config.values import Mismatch, shown
from pagerd.core.incidents.checks import SIGNS, WITHIN, Bound, Check, ChecksOf, HttpProbe, PromqlCheck
from pagerd.core.incidents.severity import CRITERIA

CHECKS_MAX = 10
"""Checks of one criterion in one entry: who needs more has made alerts of them."""

ENTRIES_MAX = 1000
"""Entries: services that have checks."""

WITHIN_RANGE = (timedelta(seconds=1), timedelta(seconds=30))
"""How long a check may take: the next reading begins a minute later."""

EXPRESSION_MAX = 4000

_BOUND = re.compile(r"(<=|>=|==|<|>) *(-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)")


def _bound(raw: str) -> Bound:
    found = _BOUND.fullmatch(raw)
    if found is None:
        raise Mismatch(f"{shown(raw)} is no bound", f"one of {' '.join(SIGNS)} and a number, such as '< 0.01'")
    return Bound(found[1], float(found[2]))


def _expression(raw: str) -> str:
    if len(raw) > EXPRESSION_MAX:
        raise Mismatch(f"the expression has {len(raw)} characters", f"at most {EXPRESSION_MAX}")
    return raw


def _status(raw: str) -> int:
    if not re.fullmatch(r"[1-5][0-9][0-9]", raw):
        raise Mismatch(f"{shown(raw)} is no status of HTTP", "such as 200")
    return int(raw)


PROMQL = optional("promql", scalar("PromQL", "", _expression), "an expression, each series of which is looked at")
MUST_BE = optional(
    "must_be",
    scalar("bound", Bound("<", 0.0), _bound),
    "what each series must keep, such as `< 0.01`; red where one does not, unknown where there is no series",
)
PROMETHEUS = optional("prometheus", kinds.NAME, "which Prometheus of `pagerd.yaml` is asked", "the only one there is")
HTTP = optional("http", kinds.URL, "an address, which is asked with GET; redirects are not followed")
STATUS = defaulted(
    "status",
    scalar("status", 200, _status),
    200,
    "200",
    "the status that is green; another one is red, no answer unknown",
)
NAME = optional("name", kinds.TEXT, "how it is called on timelines", "what is asked")
WITHIN_KEY = defaulted(
    "within",
    kinds.DURATION,
    WITHIN,
    duration_text(WITHIN),
    "how long the answer may take, 1s to 30s; then it is unknown",
)
CHECK = Shape(
    "a check",
    "an entry of a criterion in `checks` of `rules/incidents.yaml`",
    "One of `promql` and `http`. What cannot be read is unknown, never red.",
    (NAME, PROMQL, MUST_BE, PROMETHEUS, HTTP, STATUS, WITHIN_KEY),
)
_BLANK: Check = HttpProbe(url="")


def _make_check(reader: Reader, found: Fields, path: Path) -> Check:
    del path
    within, name = found[WITHIN_KEY], found[NAME] or ""
    if not WITHIN_RANGE[0] <= within <= WITHIN_RANGE[1]:
        reader.report("E010", found.span_of(WITHIN_KEY), "the check would take too short or too long", "1s to 30s")
    if (PROMQL in found) == (HTTP in found):
        reader.report("E007", found.span, "a check asks a Prometheus or an address", "promql or http")
        return _BLANK
    theirs = (STATUS,) if PROMQL in found else (MUST_BE, PROMETHEUS)
    for key in theirs:
        if key in found:
            other = "promql" if key is not STATUS else "http"
            reader.report("E006", found.span_of(key), f"{key.name} belongs to a check with {other}", other)
    url = found[HTTP]
    if url is not None:
        return HttpProbe(url=url, status=found[STATUS], name=name, within=within)
    if found[MUST_BE] is None:
        hint = "a bound tells red from no data, which a comparison inside of the expression does not"
        reader.report("E007", found.span, "the check does not say what is green", "must_be: '< 0.01'", hint)
    return PromqlCheck(
        expression=found[PROMQL] or "",
        bound=found[MUST_BE] or Bound("<", 0.0),
        # The only one there is, is known when all files are: see `with_prometheus`.
        prometheus=found[PROMETHEUS] or "",
        name=name,
        within=within,
    )


SERVICE = optional("service", kinds.SERVICE, "the service that the incident is about", "any")
TEAM = optional("team", kinds.NAME, "the team whose incident it is", "any")
_CHECK: Kind[Check] = shaped(CHECK, _BLANK, _make_check)
OF_CRITERIA = tuple(
    defaulted(str(criterion), list_of(_CHECK, least=1, most=CHECKS_MAX), (), "none", meaning, structure=True)
    for criterion, meaning in CRITERIA.items()
)
ENTRY = Shape(
    "checks of a service or team",
    "an entry of `checks` in `rules/incidents.yaml`",
    "Every entry that fits an incident counts; one without service and team fits all.",
    (SERVICE, TEAM, *OF_CRITERIA),
)


def _make_entry(reader: Reader, found: Fields, path: Path) -> ChecksOf:
    del path
    checks = {key.name: found[key] for key in OF_CRITERIA if found[key]}
    if not any(key in found for key in OF_CRITERIA):
        reader.report("E007", found.span, "the entry checks nothing", " | ".join(key.name for key in OF_CRITERIA))
    return ChecksOf(service=found[SERVICE] or "", team=found[TEAM] or "", checks=checks)


_ENTRY: Kind[ChecksOf] = shaped(ENTRY, ChecksOf(), _make_entry)
KEY = defaulted(
    "checks",
    list_of(_ENTRY, most=ENTRIES_MAX),
    (),
    "none",
    "what a machine reads of the resolution criteria, by service and team",
    structure=True,
)
SHAPES = (ENTRY, CHECK)


def with_prometheus(entries: tuple[ChecksOf, ...], only: str) -> tuple[ChecksOf, ...]:
    """Return the checks, with the only Prometheus that there is where they name none."""
    return tuple(
        replace(
            entry,
            checks={
                criterion: tuple(
                    replace(one, prometheus=one.prometheus or only) if isinstance(one, PromqlCheck) else one
                    for one in some
                )
                for criterion, some in entry.checks.items()
            },
        )
        for entry in entries
    )
