"""What `check` finds: one catalogue of ids, one value per finding, and how findings are written.

An id is never given to another meaning. Its letter is its weight: E is an error and keeps the config from being used,
W is a warning, N is a note: it is told, and fails nothing. The first digit is the subject: 0 the form of the files, 1
the four tests of a page, 2 rotations, 3 escalation, 4 contacts, 6 providers and secrets, 7 hygiene, 8 messages of
incidents.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

CATALOGUE: Mapping[str, str] = {
    "E001": "The file is not YAML.",
    "E002": "A limit of the files is passed: size, number, depth of nesting.",
    "E003": "Anchors, aliases, merge keys and tags are not part of the format.",
    "E004": "A key stands twice in one mapping.",
    "E005": "A character that does not belong into a text file.",
    "E006": "An unknown key.",
    "E007": "A key is missing.",
    "E008": "A list, a mapping or a single value stands where another of them is expected.",
    "E009": "A value is empty.",
    "E010": "The value is not of the type that is expected.",
    "E011": "Not a duration.",
    "E012": "Not the length of a turn.",
    "E013": "Not a date, a wall time or a time of day.",
    "E014": "Not a window of weekdays and hours.",
    "E015": "Not a time zone.",
    "E016": "Not a matcher, or its regular expression is refused.",
    "E017": "A file that pagerd would never read, or that is missing or cannot be read.",
    "E018": "More than one YAML document in a file.",
    "E019": "A version of the format that this pagerd does not know.",
    "E020": "Two things have one name.",
    "E021": "Nothing has this name.",
    "E101": "A critical service has no whole first-15-minutes runbook.",
    "E102": "A rule pages with a runbook that is not whole, and no action.",
    "W103": "A rule pages and names neither a runbook nor an action: alerts that bring none become tickets.",
    "W104": "A rule pages on a cause instead of a symptom.",
    "E105": "No team answers for what nobody owns.",
    "E106": "A team's on_violation pages later than the severities do.",
    "W107": "A runbook has no first action to put into a text.",
    "E201": "A layer that cannot be computed.",
    "E202": "A span of time that is empty or says two things.",
    "E203": "A schedule copies itself, a copy, or has layers besides.",
    "W204": "A handoff stands in an hour that the clock change leaves out.",
    "W205": "A schedule has nobody for part of the next 400 days (a daemon looks at 14), and no `none` says so.",
    "E206": "A schedule has nobody in it at all.",
    "E207": "A team's file changes what belongs to another team.",
    "E208": "A calendar of holidays that has no day, or whose country cannot be computed.",
    "E209": "A layer asks for holidays where there are none, or names a calendar that none of its windows asks for.",
    "W220": "One person is on call at two steps of a team's escalation at once.",
    "W221": "Somebody who leaves has turns, a role or a place in the last resort after that.",
    "W222": "Somebody is on call for longer in a row than is allowed.",
    "W223": "Somebody is on call in another rotation too soon after a night.",
    "N224": "Nights, weekends or holidays of a schedule are not shared out evenly.",
    "N225": "A handoff stands in an hour that a clock change leaves out or repeats.",
    "W226": "More people are on call at once than are expected.",
    "N227": "Layers side by side overlap now and then.",
    "N228": "Somebody is away for long, and their turns fall to others.",
    "W229": "No step of a team's escalation has anybody for part of the next 400 days.",
    "E301": "An escalation policy, a step or the last resort is empty.",
    "E302": "A step can never fire.",
    "E303": "A policy names a role that the team does not fill.",
    "E304": "There is no last resort.",
    "E401": "Not a phone number in international form.",
    "E402": "Not a mail address.",
    "E403": "Somebody who is paged has no usable contact method for high urgency.",
    "W404": "Somebody who is paged has only mail for high urgency.",
    "E405": "Two people have one phone number, so that a reply would not name a person.",
    "E406": "Notification rules that cannot be carried out as written.",
    "W407": "A contact method comes only after the step has moved on.",
    "E408": "Two people have one login, so that a command would not name a person.",
    "W409": "A team's daily digest reaches nobody.",
    "W410": "Somebody who will be on call cannot be reached by pages of low urgency.",
    "W411": "Somebody has left and still stands in the files.",
    "W412": "Somebody who shadows a schedule cannot be told quietly.",
    "E601": "A secret is written into the files.",
    "E602": "Not a URL, or one that carries a password.",
    "E603": "A source has no credentials, or half of them.",
    "E604": "A provider of this kind cannot carry this medium.",
    "W605": "The public URL is not encrypted.",
    "E606": "Not a store.",
    "E607": "Not an address to listen on.",
    "E608": "No channel has a provider: nobody could be told.",
    "E609": "Nobody is told when pagerd itself is in trouble.",
    "E620": "A key of a source that its kind does not have, or that its kind needs.",
    "W621": "A heartbeat that is late would page nobody, or later than it could.",
    "E610": "A channel cannot be opened: a secret that cannot be read, or settings that do not go together.",
    "E613": "The heartbeat has no address, or two.",
    "W701": "A rule can never match: an earlier one takes all its alerts.",
    "W702": "An override is over.",
    "W703": "A silence is over.",
    "W704": "No team uses this escalation policy.",
    "W705": "An absence is over.",
    "W706": "A silence mutes every alert that lacks the labels which it names.",
    "E801": "A template of a message is none, or uses more of the language than messages may.",
    "E802": "A template names a field that its message does not have.",
    "W803": "A template leaves out what its message must say.",
    "E804": "A template for customers promises what nobody can know.",
    "W805": "A template for colleagues promises what nobody can know.",
}
"""Every id and what it means."""


class FindingSeverity(StrEnum):
    """Errors keep the config from being used; warnings do not; notes are for whoever reviews."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_SEVERITIES = {"E": FindingSeverity.ERROR, "W": FindingSeverity.WARNING, "N": FindingSeverity.NOTE}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: line and column from 1, and how many characters of that line are meant."""

    file: str
    line: int = 1
    col: int = 1
    length: int = 1

    def __str__(self) -> str:
        """Write it as compilers do."""
        return f"{self.file}:{self.line}:{self.col}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or looks wrong, and what would be right."""

    id: str
    span: Span
    message: str
    expected: str = ""
    hint: str = ""

    def __post_init__(self) -> None:
        assert self.id in CATALOGUE, f"finding id {self.id} is not in the catalogue"

    @property
    def severity(self) -> FindingSeverity:
        """The letter of an id says it."""
        return _SEVERITIES[self.id[0]]

    def as_json(self) -> dict[str, str | int]:
        """Return it as `check -o json` writes it."""
        return {
            "id": self.id,
            "severity": self.severity.value,
            "file": self.span.file,
            "line": self.span.line,
            "col": self.span.col,
            "message": self.message,
            "expected": self.expected,
            "hint": self.hint,
        }


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return those that keep the config from being used."""
    return tuple(one for one in findings if one.severity is FindingSeverity.ERROR)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return them by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (one.span, one.id, one.message)))


TOLD_MAX = 1_000
"""Errors of one run that are told: by a reload to whoever asked, to `pagerd status`, and by mail. A config with more is
no config with mistakes, but another file under its name."""

LINE_SHOWN_MAX = 160
"""Characters of a source line that are shown: a line of a bomb is as long as the bomb."""

# The value of a key that looks like a secret never reaches a terminal or a CI log, whatever the finding was about.
_SECRET_VALUE = re.compile(r"""(?ix) ((?:token|password|passwd|secret|api_?key|credentials?)s?["']?\s*:\s+) [^\s].*""")
# Tried where a scheme may begin and nowhere inside one: else a line of a megabyte of letters takes hours.
_USERINFO = re.compile(r"(?i)(?<![a-z0-9+.-])([a-z0-9+.-]+://)[^/\s\"']*@")
_PARAMETER = re.compile(r"(?i)([?&](?:\w*(?:password|passwd|secret|token|key))=)[^&\s\"']*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """Split as YAML counts lines."""
    return _LINE_END.split(text)


def masked(line: str) -> str:
    """Return a source line without what looks like a secret."""
    return _PARAMETER.sub(r"\1***", _USERINFO.sub(r"\1***@", _SECRET_VALUE.sub(r"\1***", line)))


def render(findings: Iterable[Finding], files: Mapping[str, str]) -> str:
    """Write findings as a compiler does: the place, the line with the words underlined, what was expected, a hint."""
    lines: dict[str, list[str]] = {}
    shown: dict[tuple[str, int], str] = {}
    blocks: list[str] = []
    for finding in findings:
        file, line = finding.span.file, finding.span.line
        if file not in lines:
            lines[file] = split_lines(files.get(file, ""))
        if (file, line) not in shown:
            # Once for each line: a thousand findings may stand in one of a megabyte.
            source = lines[file][line - 1] if line <= len(lines[file]) else ""
            shown[file, line] = _printable(masked(source)[:LINE_SHOWN_MAX])
        blocks.append(_block(finding, shown[file, line]))
    return "\n\n".join(blocks)


def _block(finding: Finding, shown: str) -> str:
    span = finding.span
    gutter = " " * len(str(span.line))
    out = [f"{finding.severity}[{finding.id}]: {finding.message}", f"{gutter}--> {span}"]
    if shown.strip():
        length = max(1, min(span.length, len(shown) - span.col + 1))
        under = " " * (span.col - 1) + "^" * length if span.col <= len(shown) else ""
        out += [f"{gutter} |", f"{span.line} | {shown}", f"{gutter} | {under}".rstrip()]
    if finding.expected:
        out.append(f"{gutter} = expected: {finding.expected}")
    if finding.hint:
        out.append(f"{gutter} = help: {finding.hint}")
    return "\n".join(out)


def _printable(text: str) -> str:
    """Replace what would move a terminal's cursor or turn its text around."""
    return "".join(
        char if char.isprintable() else " " if char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Count errors and warnings; one without any is 0. Notes are of no concern to a daemon, and it has none."""
    counts = Counter(one.severity for one in findings)
    return {severity.value: counts[severity] for severity in (FindingSeverity.ERROR, FindingSeverity.WARNING)}
