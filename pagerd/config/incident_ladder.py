"""`ladder` in `rules/incidents.yaml`: what each level asks, and what is skipped, with whose reason."""

from collections.abc import Mapping
from dataclasses import replace

from pagerd.config import kinds
from pagerd.config.incident_checks import MUST_BE, NAME, PROMETHEUS, PROMQL
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    list_of,
    mapping_of,
    optional,
    shaped,
)
from pagerd.core.incidents.checks import Bound, PromqlCheck
from pagerd.core.incidents.ladder_rules import (
    COUNTED,
    DEFAULTS,
    LEVELS,
    SLO_ALERTS,
    LadderRules,
    Rung,
    RungRule,
    Slo,
    SloRule,
)

RUNG: Kind[str] = choice(Rung, Rung.SEVERITIES)
LEVEL = optional("level", kinds.INTEGER, "the level that asks it: 1 to 4", "as below")
AT_LEAST = optional(
    "at_least",
    kinds.INTEGER,
    "how much is asked: percent, or how many of slos, safe_deploys, rollbacks and game_days",
    "as below",
)
SKIP = optional("skip", kinds.TEXT, "why no team needs it; who reads the ladder sees it")
RUNG_SHAPE = Shape(
    "a criterion of the ladder", "`ladder`: one criterion", "What a criterion asks.", (LEVEL, AT_LEAST, SKIP)
)

PERCENT_MAX = 100


def _make_rung(reader: Reader, found: Fields, path: Path) -> RungRule:
    name = path[-1]
    default = DEFAULTS[Rung(name)] if name in set(Rung) else RungRule(level=1, at_least=1)
    said_level, said_least = found[LEVEL], found[AT_LEAST]
    level = said_level if said_level is not None else default.level
    at_least = said_least if said_least is not None else default.at_least
    if level not in LEVELS:
        reader.report("E010", found.span_of(LEVEL), f"there is no level {level}", f"{min(LEVELS)} to {max(LEVELS)}")
        level = default.level
    if name not in COUNTED and at_least > PERCENT_MAX:
        reader.report("E010", found.span_of(AT_LEAST), f"{at_least} is no percentage", f"up to {PERCENT_MAX}")
    return RungRule(level=level, at_least=at_least, skip=found[SKIP] or "")


_NO_RUNG = RungRule(level=1, at_least=1)
_RUNGS: Kind[Mapping[str, RungRule]] = mapping_of(RUNG, shaped(RUNG_SHAPE, _NO_RUNG, _make_rung))
_REASONS: Kind[Mapping[str, Mapping[str, str]]] = mapping_of(kinds.NAME, mapping_of(RUNG, kinds.TEXT))

SLOS_MAX = 20
"""Objectives of one team that are looked at: who has more is on the fourth level without them."""

RULE = optional("rule", kinds.TEXT, "the name of an alert rule over an error budget, which that Prometheus must have")
SLO_SHAPE = Shape(
    "an objective",
    "`ladder`: an entry of a team in `slos`",
    "One of `promql`, which reads an error budget, and `rule`, which watches over one.",
    (NAME, PROMQL, MUST_BE, RULE, PROMETHEUS),
)
_NO_SLO: Slo = SloRule(rule="", prometheus="")


def _make_slo(reader: Reader, found: Fields, path: Path) -> Slo:
    del path
    name, server = found[NAME] or "", found[PROMETHEUS] or ""
    if (PROMQL in found) == (RULE in found):
        reader.report("E007", found.span, "an objective is read, or watched over", "promql or rule")
        return _NO_SLO
    if RULE in found:
        if MUST_BE in found:
            reader.report("E006", found.span_of(MUST_BE), "must_be belongs to an objective with promql", "promql")
        return SloRule(rule=found[RULE] or "", prometheus=server, name=name)
    if found[MUST_BE] is None:
        reader.report("E007", found.span, "the objective does not say what is kept", "must_be: '> 0'")
    bound = found[MUST_BE] or Bound(">", 0.0)
    return PromqlCheck(expression=found[PROMQL] or "", bound=bound, prometheus=server, name=name)


_SLOS: Kind[Mapping[str, tuple[Slo, ...]]] = mapping_of(
    kinds.NAME, list_of(shaped(SLO_SHAPE, _NO_SLO, _make_slo), least=1, most=SLOS_MAX)
)
_DEFAULT = LadderRules()
WINDOW = defaulted("window", kinds.DURATION, _DEFAULT.window, "90d", "how far back evidence is looked for")
CRITERIA = defaulted("criteria", _RUNGS, {}, "below", "what single criteria ask instead", structure=True)
SKIPPED = defaulted(
    "skip", _REASONS, {}, "none", "by team, which criteria it skips, each with a reason", structure=True
)
SLO = defaulted(
    "slo_alerts",
    list_of(kinds.TEXT, least=1, most=20),
    SLO_ALERTS,
    f"[{', '.join(SLO_ALERTS)}]",
    "parts of the names of alerts that watch over an error budget",
)
SLOS = defaulted("slos", _SLOS, {}, "none", "by team, what a Prometheus is asked about its objectives", structure=True)
SHAPE = Shape(
    "the ladder",
    "`ladder`",
    "What each level of the ladder asks, and what is skipped.",
    (WINDOW, CRITERIA, SKIPPED, SLO, SLOS),
)
SHAPES = (SHAPE, RUNG_SHAPE, SLO_SHAPE)


def _make(reader: Reader, found: Fields, path: Path) -> LadderRules:
    del reader, path
    return LadderRules(
        window=found[WINDOW],
        rungs={**DEFAULTS, **{Rung(name): rule for name, rule in found[CRITERIA].items()}},
        skipped={team: {Rung(name): why for name, why in reasons.items()} for team, reasons in found[SKIPPED].items()},
        slo_alerts=found[SLO],
        slos=found[SLOS],
    )


KIND: Kind[LadderRules] = shaped(SHAPE, LadderRules(), _make)
KEY = defaulted("ladder", KIND, LadderRules(), "below", "what each level of the ladder asks", structure=True)


def slos_with_prometheus(rules: LadderRules, only: str) -> LadderRules:
    """Return the rules, with the only Prometheus that there is where an objective names none."""
    slos = {
        team: tuple(replace(one, prometheus=one.prometheus or only) for one in some)
        for team, some in rules.slos.items()
    }
    return replace(rules, slos=slos)
