"""`ladder` in `rules/incidents.yaml`: what each level asks, and what is skipped, with whose reason."""

from collections.abc import Mapping

from pagerd.config import kinds
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
from pagerd.core.incidents.ladder_rules import COUNTED, DEFAULTS, LEVELS, SLO_ALERTS, LadderRules, Rung, RungRule

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
SHAPE = Shape(
    "the ladder",
    "`ladder`",
    "What each level of the ladder asks, and what is skipped.",
    (WINDOW, CRITERIA, SKIPPED, SLO),
)
SHAPES = (SHAPE, RUNG_SHAPE)


def _make(reader: Reader, found: Fields, path: Path) -> LadderRules:
    del reader, path
    return LadderRules(
        window=found[WINDOW],
        rungs={**DEFAULTS, **{Rung(name): rule for name, rule in found[CRITERIA].items()}},
        skipped={team: {Rung(name): why for name, why in reasons.items()} for team, reasons in found[SKIPPED].items()},
        slo_alerts=found[SLO],
    )


KIND: Kind[LadderRules] = shaped(SHAPE, LadderRules(), _make)
KEY = defaulted("ladder", KIND, LadderRules(), "below", "what each level of the ladder asks", structure=True)
