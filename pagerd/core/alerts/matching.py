r"""Matchers in Alertmanager's words: `=`, `!=`, `=~`, `!~` over labels; a missing label is the empty string.

Written `name op "value"`: the value always in double quotes, a name in quotes only when it is not
`[a-zA-Z_][a-zA-Z0-9_]*`. Inside quotes a backslash escapes a quote, itself and `n` (a line feed); before anything else
it stays, so that a regex is written as Alertmanager's own files have it: `pod=~"api-\d+"`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from pagerd.core.alerts.expressions import compiled


class Operator(StrEnum):
    """How a label's value is compared."""

    EQUAL = "="
    NOT_EQUAL = "!="
    MATCHES = "=~"
    NOT_MATCHES = "!~"


REGEX_OPERATORS = frozenset({Operator.MATCHES, Operator.NOT_MATCHES})


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition on one label. `pattern` is anchored at both ends and set for the two regex operators."""

    label: str
    operator: Operator
    value: str
    pattern: re.Pattern[str] | None = None

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Does this one condition hold?"""
        found = labels.get(self.label, "")
        match self.operator:
            case Operator.EQUAL:
                return found == self.value
            case Operator.NOT_EQUAL:
                return found != self.value
            case Operator.MATCHES:
                return self.pattern is not None and self.pattern.fullmatch(found) is not None
            case Operator.NOT_MATCHES:
                return self.pattern is not None and self.pattern.fullmatch(found) is None
            case _:
                assert_never(self.operator)

    def __str__(self) -> str:
        """Write the matcher as it is written in the files."""
        label = self.label if _NAME.fullmatch(self.label) else _quoted(self.label)
        return f"{label}{self.operator}{_quoted(self.value)}"


def first_failing(matchers: Iterable[Matcher], labels: Mapping[str, str]) -> Matcher | None:
    """Return the first condition that does not hold, or None: no condition at all holds for everything."""
    for matcher in matchers:
        if not matcher.matches(labels):
            return matcher
    return None


def all_match(matchers: Iterable[Matcher], labels: Mapping[str, str]) -> bool:
    """Do all conditions hold?"""
    return first_failing(matchers, labels) is None


_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_OPERATOR = re.compile(r"=~|!~|!=|=")
_BLANK = re.compile(r"\s*")
_ESCAPE = re.compile(r'\\([\\"n])')


def parse_matcher(text: str) -> Matcher:
    """Read one matcher such as `service="checkout"`; ValueError names the position, from 1, and what was expected."""
    at = _skip_blank(text, 0)
    label, at = _read_label(text, at)
    at = _skip_blank(text, at)
    found = _OPERATOR.match(text, at)
    if found is None:
        raise _expected("one of = != =~ !~", text, at)
    operator = Operator(found.group())
    value_at = _skip_blank(text, found.end())
    value, at = _read_quoted(text, value_at)
    at = _skip_blank(text, at)
    if at < len(text):
        raise _expected("the end of the matcher", text, at)
    if operator not in REGEX_OPERATORS:
        return Matcher(label, operator, value)
    try:
        return Matcher(label, operator, value, compiled(value))
    except ValueError as error:
        raise _expected(f"a regular expression ({error})", text, value_at) from error


def _read_label(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] == '"':
        label, end = _read_quoted(text, at)
        if not label:
            raise _expected("the name of a label", text, at)
        return label, end
    found = _NAME.match(text, at)
    if found is None:
        raise _expected("the name of a label", text, at)
    return found.group(), found.end()


def _read_quoted(text: str, at: int) -> tuple[str, int]:
    found = _QUOTED.match(text, at)
    if found is None:
        raise _expected("a value in double quotes", text, at)
    return _ESCAPE.sub(_unescape, found.group(1)), found.end()


def _unescape(escape: re.Match[str]) -> str:
    return "\n" if escape.group(1) == "n" else escape.group(1)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _skip_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return at if found is None else found.end()


def _expected(what: str, text: str, at: int) -> ValueError:
    seen = repr(text[at : at + 20]) if at < len(text) else "the end"
    return ValueError(f"expected {what} at position {at + 1} of {text!r}, found {seen}")
