"""Regular expressions that are safe to match against what strangers wrote.

Labels come from whoever can raise an alert, and Python's `re` backtracks: an unlucky expression and a long label value
would stop the daemon in the middle of intake. So an expression is read before it is compiled. What RE2 does not have is
refused (lookaround, backreferences, conditionals, possessive and atomic groups), a repeated group may hold no
repetition and no alternative, and the product of all choices that backtracking could try is bounded.
"""

import re
from dataclasses import dataclass

EXPRESSION_MAX = 1000
"""Characters of one regular expression."""

MATCHED_MAX = 1024
"""A regular expression matches no label value that is longer: real ones have under 200 characters."""

CHOICES_MAX = 2**24
"""Ways that backtracking may try on a value of MATCHED_MAX characters: two `.*` and some options; 0.2 s at worst."""

GROUPS_DEPTH_MAX = 10


def compiled(expression: str) -> re.Pattern[str]:
    """Compile a regular expression for `fullmatch`; ValueError says why it is refused."""
    if len(expression) > EXPRESSION_MAX:
        raise ValueError(f"it has more than {EXPRESSION_MAX} characters")
    flags = re.match(r"\(\?([is]{1,2})\)", expression)
    body = expression[flags.end() :] if flags is not None else expression
    if _Expression(body).choices() > CHOICES_MAX:
        raise ValueError("it can take very long: it has more than two open-ended parts before the last one")
    options = f"(?{flags[1]}:{body})" if flags is not None else f"(?:{body})"
    try:
        return re.compile(f"(?=[\\s\\S]{{0,{MATCHED_MAX}}}\\Z){options}", re.ASCII | re.DOTALL)
    except (re.error, OverflowError, RecursionError) as wrong:
        raise ValueError(str(wrong).partition(" at position")[0]) from None


@dataclass(slots=True)
class _Cost:
    """Of one part: the ways to match it, and whether anything in it repeats or branches."""

    choices: int
    varies: bool


_QUANTIFIER = re.compile(r"\*|\+|\?|\{([0-9]{1,4})(?:(,)([0-9]{0,4}))?\}")


class _Expression:
    """Walks an expression once and counts what backtracking could try."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def choices(self) -> int:
        """Return the bound for the whole expression, which is anchored at both ends."""
        cost = self._alternatives(0, last=True)
        if self.at < len(self.text):
            raise ValueError("it has a ) too many")
        return cost.choices

    def _alternatives(self, depth: int, *, last: bool) -> _Cost:
        if depth > GROUPS_DEPTH_MAX:
            raise ValueError(f"its groups are nested deeper than {GROUPS_DEPTH_MAX}")
        total = self._sequence(depth, last=last)
        while self._next() == "|":
            self.at += 1
            total = _Cost(total.choices + self._sequence(depth, last=last).choices, varies=True)
        return total

    def _sequence(self, depth: int, *, last: bool) -> _Cost:
        total = _Cost(1, varies=False)
        while self._next() not in {"", "|", ")"}:
            part = self._part(depth, last=last)
            total = _Cost(min(total.choices * part.choices, CHOICES_MAX + 1), total.varies or part.varies)
        return total

    def _part(self, depth: int, *, last: bool) -> _Cost:
        start = self.at
        cost = self._atom(depth)
        atom = self.text[start : self.at]
        found = _QUANTIFIER.match(self.text, self.at)
        if found is None:
            return cost
        self.at = found.end()
        if self._next() == "?":
            self.at += 1
        if self._next() in {"*", "+", "?", "{"}:
            raise ValueError("it repeats a repetition")
        if found.group() == "?":
            return _Cost(cost.choices + 1, varies=True)
        if cost.varies:
            raise ValueError(f"the repeated group {atom[:60]!r} holds a repetition or an alternative itself")
        # An open end behind which nothing comes takes all the rest (the dot matches newlines too): never tried twice.
        if last and atom == "." and self._next() in {"", "|"} and found.group() in {"*", "+"}:
            return _Cost(1, varies=True)
        return _Cost(self._lengths(found), varies=True)

    def _lengths(self, found: re.Match[str]) -> int:
        if found[1] is None:
            return MATCHED_MAX
        low = int(found[1])
        if found[2] is None:
            return 1
        high = int(found[3]) if found[3] else MATCHED_MAX
        if high < low:
            raise ValueError("a repetition ends before it starts")
        return max(1, min(high, MATCHED_MAX) - low + 1)

    def _atom(self, depth: int) -> _Cost:
        char = self.text[self.at]
        if char == "(":
            return self._group(depth)
        if char == "[":
            self._set()
        elif char == "\\":
            self._escape()
        elif char in "*+?{":
            raise ValueError(
                "it repeats nothing" if char != "{" else "it has a { that is neither {2} nor {2,} nor {2,3}"
            )
        else:
            self.at += 1
        return _Cost(1, varies=False)

    def _group(self, depth: int) -> _Cost:
        self.at += 1
        if self._next() == "?":
            opening = re.compile(r"\?(?:[is]{0,2}:|P<[A-Za-z_][A-Za-z0-9_]*>)").match(self.text, self.at)
            if opening is None:
                raise ValueError("RE2 has groups (...), (?:...) and (?P<name>...), and flags only at the start")
            self.at = opening.end()
        cost = self._alternatives(depth + 1, last=False)
        if self._next() != ")":
            raise ValueError("a group is not closed")
        self.at += 1
        return cost

    def _set(self) -> None:
        # Python warns of `[`, `--`, `&&`, `||`, `~~` in a set, because they may change their meaning.
        found = re.compile(r"\[\^?\]?(?:\\.|[^\]\\\[])*\]", re.DOTALL).match(self.text, self.at)
        if found is None or re.search(r"--|&&|\|\||~~", found.group()):
            raise ValueError("it has a set [...] that is not closed or holds [, --, &&, || or ~~")
        self.at = found.end()

    def _escape(self) -> None:
        follows = self.text[self.at + 1 : self.at + 2]
        if not follows:
            raise ValueError("it ends with a backslash")
        if follows.isdigit() and follows != "0":
            raise ValueError("it refers back to a group")
        self.at += 2

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]
