"""Reads `rules/owners.yaml` (whose is it) and a team's `rules/TEAM.yaml` (what pages), with the silences in both."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from pagerd.config import kinds
from pagerd.config.document import Node
from pagerd.config.exceptions import check_span, content_id
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    fields,
    list_of,
    optional,
    required,
    shaped,
)
from pagerd.config.rotations import team_of
from pagerd.config.times import Moment
from pagerd.core.alerts.matching import Matcher
from pagerd.core.oncall.wall import instant
from pagerd.core.plan import Owner, Rule, Silence, VerdictKind

OWNERS_FILE = "rules/owners.yaml"


class OwnerLabel(StrEnum):
    """The labels of an alert that can say whose it is."""

    TEAM = "team"
    SERVICE = "service"


MATCHERS = list_of(kinds.MATCHER, least=1, most=50)

LABEL = optional(
    "label",
    choice(OwnerLabel, OwnerLabel.TEAM),
    "`team`: the alert's own label, where it names a team; `service`: where a team lists that service",
)
MATCH = optional("match", MATCHERS, "matchers that must all hold")
TEAM = optional("team", kinds.NAME, "the owner of what `match` matches")
OWNER = Shape(
    "an owner", f"`owners` in `{OWNERS_FILE}`", "One line: `label` alone, or `match` and `team`.", (LABEL, MATCH, TEAM)
)


def _make_owner(reader: Reader, found: Fields, path: Path) -> Owner:
    del path
    if (LABEL in found) == (MATCH in found) or (MATCH in found) != (TEAM in found):
        expected = "{label: team}, {label: service}, or {match: [...], team: NAME}"
        reader.report("E008", found.span, "this line does not say whose the alert is", expected)
    label, matchers = found[LABEL], found[MATCH]
    return Owner(label=label.value if label is not None else None, matchers=matchers or (), team=found[TEAM])


SILENCE_MATCH = required("match", MATCHERS, "matchers that must all hold")
FROM = required("from", kinds.MOMENT, "when it starts, in the team's zone")
TO = required("to", kinds.MOMENT, "when it ends; a date without a time includes that day")
BY = required("by", kinds.TEXT, "who wants it")
WHY = required("why", kinds.TEXT, "the reason: the change, the maintenance window")
SILENCE_ZONE = optional("zone", kinds.ZONE, "the zone of its wall times", f"the team's; UTC in `{OWNERS_FILE}`")
SILENCE = Shape(
    "a silence",
    f"`silences` of a team's rules, for its own alerts, or of `{OWNERS_FILE}`, for all",
    "Mutes notification, not state. A maintenance window is a silence that is written beforehand.",
    (SILENCE_MATCH, FROM, TO, BY, WHY, SILENCE_ZONE),
)


@dataclass(frozen=True, slots=True)
class WrittenSilence:
    """A silence whose wall times have no zone yet."""

    path: Path
    matchers: tuple[Matcher, ...]
    start: Moment
    end: Moment
    by: str
    why: str
    zone: ZoneInfo | None

    def placed(self, zone: ZoneInfo, team: str | None) -> Silence:
        """Return the silence; with a team it concerns that team's alerts alone."""
        mine = self.zone or zone
        start, end = instant(self.start.wall, mine), instant(self.end.as_end, mine)
        parts = (team or "", *(str(one) for one in self.matchers), start.isoformat(), end.isoformat())
        return Silence(
            id=content_id(parts), matchers=self.matchers, start=start, end=end, by=self.by, why=self.why, team=team
        )


def _make_silence(reader: Reader, found: Fields, path: Path) -> WrittenSilence:
    if FROM in found and TO in found:
        check_span(reader, found[FROM], found[TO], found.span_of(TO))
    return WrittenSilence(
        path, found[SILENCE_MATCH], found[FROM], found[TO], found[BY], found[WHY], found[SILENCE_ZONE]
    )


_NO_SILENCE = WrittenSilence((), (), kinds.MOMENT.blank, kinds.MOMENT.blank, "", "", None)
_SILENCES: Kind[tuple[WrittenSilence, ...]] = list_of(shaped(SILENCE, _NO_SILENCE, _make_silence))
SILENCES = defaulted("silences", _SILENCES, (), "none", "what is muted, and until when", structure=True)

_OWNERS: Kind[tuple[Owner, ...]] = list_of(shaped(OWNER, Owner(), _make_owner), least=1)
OWNERS = defaulted(
    "owners",
    _OWNERS,
    (),
    "[{label: team}, {label: service}]",
    "whose an alert is: the first line that holds",
    structure=True,
)
FALLBACK = optional("fallback", kinds.NAME, "the team that answers for what nobody owns", "the only team")
OWNERS_SHAPE = Shape(OWNERS_FILE, f"`{OWNERS_FILE}`", "Whose is it.", (OWNERS, FALLBACK, SILENCES))

RULE_NAME = required("name", kinds.TEXT, "what screens and the timeline call it")
RULE_MATCH = required(
    "match", list_of(kinds.MATCHER, most=50), "matchers that must all hold; [] matches everything of the team"
)
SEVERITY = optional("severity", kinds.NAME, "how bad it is", "as the alert's label says")
VERDICT = optional(
    "verdict", choice(VerdictKind, VerdictKind.PAGE), "what becomes of its alerts", "as the severity says"
)
GROUP_BY = optional(
    "group_by",
    list_of(kinds.LABEL, most=20),
    "labels whose values make one page",
    "[alertname, service, cluster, namespace]",
)
RUNBOOK = optional("runbook", kinds.NAME, "a file of runbooks/, without .md, for alerts that name none")
ACTION = optional("action", kinds.TEXT, "what to do first, for the text", "the runbook's first action")
RULE = Shape(
    "a rule",
    "`rules` of a team's rules",
    "What becomes of the team's alerts: the first rule that matches decides; what none matches follows its severity.",
    (RULE_NAME, RULE_MATCH, SEVERITY, VERDICT, GROUP_BY, RUNBOOK, ACTION),
)


def _make_rule(reader: Reader, found: Fields, path: Path) -> Rule:
    if found[VERDICT] is VerdictKind.DROP and not found[RULE_MATCH]:
        reader.report(
            "E008", found.span_of(RULE_MATCH), "this would drop every alert of the team", "at least one matcher"
        )
    return Rule(
        name=found[RULE_NAME],
        team=path[1],
        matchers=found[RULE_MATCH],
        severity=found[SEVERITY],
        verdict=found[VERDICT],
        group_by=found[GROUP_BY],
        runbook=found[RUNBOOK],
        action=found[ACTION],
    )


_RULES: Kind[tuple[Rule, ...]] = list_of(shaped(RULE, Rule(name="", team="", matchers=()), _make_rule))
RULES_TEAM = required("team", kinds.NAME, "whose rules these are")
RULES = defaulted("rules", _RULES, (), "none", "the rules, in order", structure=True)
RULES_SHAPE = Shape("a team's rules", "`rules/TEAM.yaml`", "What pages.", (RULES_TEAM, RULES, SILENCES))

SHAPES = (OWNERS_SHAPE, OWNER, RULES_SHAPE, RULE, SILENCE)

DEFAULT_OWNERS = (Owner(label="team"), Owner(label="service"))


@dataclass(frozen=True, slots=True)
class OwnersFile:
    """All of `rules/owners.yaml`."""

    owners: tuple[Owner, ...]
    fallback: str | None
    silences: tuple[WrittenSilence, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RulesFile:
    """All of one team's rules."""

    team: str
    rules: tuple[Rule, ...]
    silences: tuple[WrittenSilence, ...]
    span: Span


def read_owners(reader: Reader, node: Node | None) -> OwnersFile:
    """Read whose an alert is; a missing file means: by the labels team and service."""
    found = fields(reader, node, OWNERS_SHAPE, (), Span(OWNERS_FILE))
    owners = found[OWNERS] or DEFAULT_OWNERS
    return OwnersFile(owners, found[FALLBACK], found[SILENCES], found.span)


def read_rules(reader: Reader, file: str, node: Node | None) -> RulesFile:
    """Read one team's rules."""
    team = team_of(file, node)
    found = fields(reader, node, RULES_SHAPE, ("rules", team), Span(file))
    names: dict[str, int] = {}
    for place, rule in enumerate(found[RULES], 1):
        first = names.setdefault(rule.name, place)
        if rule.name and first != place:
            span = reader.span_of(("rules", team, "rules", str(place), RULE_NAME.name), found.span)
            reader.report("E020", span, f"rule {place} has the name of rule {first}", "a name for each rule")
    return RulesFile(team, found[RULES], found[SILENCES], found.span_of(RULES_TEAM))


def placed_silences(written: Iterable[WrittenSilence], zone: ZoneInfo, team: str | None) -> tuple[Silence, ...]:
    """Return silences in their zones."""
    return tuple(one.placed(zone, team) for one in written)
