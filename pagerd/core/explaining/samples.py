"""One text that a matcher takes: the shortest way through its expression, where that can be read off.

Only what people write for names of alerts, services and places is understood: plain signs, `.`, groups, alternatives,
repetitions and simple sets. For anything else there is no sample, and nothing is proposed; the sample is matched before
it is used, so a wrong one can do no harm.
"""

import re

from pagerd.core.alerts.matching import Matcher

_REPEATED = re.compile(r"[*?]|\+|\{(\d+)(?:,\d*)?\}")
_SET = re.compile(r"\[([A-Za-z0-9_-])[^\]]*\]")
_CLASSES = {"d": "0", "w": "a", "s": " "}


def sample_of(matcher: Matcher) -> str | None:
    """Return a text that the matcher's expression takes, or None where none was found."""
    body = re.sub(r"\A\(\?[is]+\)", "", matcher.value)
    try:
        reader = _Reader(body)
        sample = reader.alternatives()
    except ValueError:
        return None
    assert reader.at == len(body), f"matchers have expressions that compile, and not {body!r}"
    for text in (sample, f"{sample}another"):
        if text and matcher.matches({matcher.label: text}):
            return text
    return None


class _Reader:
    """Reads an expression once from the left, taking the first alternative and the fewest repetitions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def alternatives(self) -> str:
        found = self._sequence()
        while self._next() == "|":
            self.at += 1
            other = self._sequence()
            found = found or other
        return found

    def _sequence(self) -> str:
        parts: list[str] = []
        while self._next() not in {"", "|", ")"}:
            part = self._atom()
            repeated = _REPEATED.match(self.text, self.at)
            if repeated is not None:
                self.at = repeated.end() + (self.text[repeated.end() : repeated.end() + 1] == "?")
                part *= int(repeated[1]) if repeated[1] else repeated.group() == "+"
            parts.append(part)
        return "".join(parts)

    def _atom(self) -> str:
        sign = self.text[self.at]
        if sign == "(":
            opening = re.compile(r"\((?:\?(?:[is]*:|P<\w+>))?").match(self.text, self.at)
            assert opening is not None, "it begins with a parenthesis"
            self.at = opening.end()
            inner = self.alternatives()
            assert self._next() == ")", "matchers have expressions that compile: a group is closed"
            self.at += 1
            return inner
        if sign == "[":
            simple = _SET.match(self.text, self.at)
            if simple is None:
                raise ValueError("it has a set that is not simple")
            self.at = simple.end()
            return simple[1]
        if sign == "\\":
            escaped = self.text[self.at + 1 : self.at + 2]
            self.at += 2
            if escaped.isalnum():
                if escaped not in _CLASSES:
                    raise ValueError("it has a class that has no sample")
                return _CLASSES[escaped]
            return escaped
        self.at += 1
        if sign in "^$":
            return ""
        return "a" if sign == "." else sign

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]
