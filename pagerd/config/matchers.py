"""Matchers in Alertmanager's words: `service=~"checkout|payments.*"`. The grammar is the core's."""

import re

from pagerd.config.values import Mismatch, shown
from pagerd.core.alerts.matching import Matcher, parse_matcher

MATCHER_MAX = 2000
"""Characters of one matcher."""

_EXPECTED = 'a matcher such as severity="page" or service=~"checkout|payments.*"'


def matcher(raw: str) -> Matcher:
    """Read one matcher, written without blanks around its operator; a regular expression is anchored at both ends."""
    if len(raw) > MATCHER_MAX:
        raise Mismatch(f"the matcher has {len(raw):,} characters", f"at most {MATCHER_MAX:,}", id="E016")
    try:
        found = parse_matcher(raw)
    except ValueError as wrong:
        expected, _, message = str(wrong).partition(" at position")
        if "regular expression (" in expected:
            why = expected.partition("(")[2].removesuffix(")")
            hint = "name the values with |, or make two rules" if "take very long" in why else ""
            message = f"the regular expression of {shown(raw)} is refused: {why}"
            raise Mismatch(message, "a regular expression as RE2 has it", id="E016", hint=hint) from None
        raise Mismatch(f"{shown(raw)} is not a matcher", _EXPECTED, id="E016", hint=_hint(raw)) from None
    if not raw.startswith(f'{str(found).partition(found.operator)[0]}{found.operator}"') or not raw.endswith('"'):
        hint = "write no blanks around the operator"
        raise Mismatch(f"{shown(raw)} is not how a matcher is written", _EXPECTED, id="E016", hint=hint)
    return found


def _hint(raw: str) -> str:
    loose = re.fullmatch(r"\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(==|=~|!~|!=|=)\s*(.*?)\s*", raw, re.DOTALL)
    if loose is None:
        return ""
    if loose[2] == "==":
        return "write = instead of =="
    if not loose[3].startswith('"'):
        return f"""put double quotes around the value: '{loose[1]}{loose[2]}"{loose[3].strip(chr(39))[:40]}"'"""
    return ""
