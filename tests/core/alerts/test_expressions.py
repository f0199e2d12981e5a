import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.expressions import MATCHED_MAX, compiled
from tests.share import in_share


@pytest.mark.parametrize(
    ("expression", "value", "matches"),
    [
        ("checkout|payments.*", "payments-api", True),
        ("checkout|payments.*", "x-checkout", False),
        (".*(Errors|Latency).*", "CheckoutErrorsHigh", True),
        ("(?i)foo", "FOO", True),
        ("(?i:f)oo", "FOO", False),
        ("a{2,3}", "aaa", True),
        (r"\d+", "٣", False),
        ("[^a-z]+", "ABC", True),
        ("[]a]", "]", True),
        (r"a\.b", "a.b", True),
        ("(?P<x>a)?", "", True),
        (".*", "two\nlines", True),
        (".*", "x" * MATCHED_MAX, True),
        (".*", "x" * (MATCHED_MAX + 1), False),
    ],
)
def test_what_matches(expression, value, matches):
    """As RE2 would say it, up to a length that no honest label has."""
    assert (compiled(expression).fullmatch(value) is not None) is matches


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("(a+)+", "holds a repetition"),
        ("(a|aa)*", "holds a repetition or an alternative"),
        ("((a?)b)+", "holds a repetition"),
        ("(?:a*){2}", "holds a repetition"),
        ("(?=a)", "RE2 has groups"),
        ("(?<!a)b", "RE2 has groups"),
        ("(?>a)", "RE2 has groups"),
        ("(?(1)a|b)", "RE2 has groups"),
        ("(?#c)", "RE2 has groups"),
        (r"(a)\1", "refers back"),
        ("(?P=x)", "RE2 has groups"),
        ("a++", "repeats a repetition"),
        ("a{2}{3}", "repeats a repetition"),
        ("*a", "repeats nothing"),
        ("a{,5}", "neither {2}"),
        ("a{3,2}", "ends before it starts"),
        (".*a.*b.*c", "very long"),
        ("a?" * 30, "very long"),
        ("[[:alpha:]]", "a set"),
        ("[a--b]", "a set"),
        ("[a", "a set"),
        ("(", "not closed"),
        (")", "a ) too many"),
        ("\\", "ends with a backslash"),
        ("(" * 20 + ")" * 20, "nested deeper"),
        ("a" * 2000, "more than"),
        ("[z-a]", "bad character range"),
        (r"\p", "bad escape"),
    ],
)
def test_what_is_refused(expression, why):
    """What RE2 does not have, and what backtracking would not come back from."""
    with pytest.raises(ValueError, match=re.escape(why)):
        compiled(expression)


EVIL = ["a" * MATCHED_MAX, "ab" * (MATCHED_MAX // 2), "a" * (MATCHED_MAX - 1) + "!", "ab" * 500 + "\n"]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("expression", [".*a.*b.*", ".*a.*bx", "(ab|a)b*[ab]*b?b?c", "a?a?a?a?.*.*b", ".*.*.*"])
def test_the_worst_that_is_allowed_ends_soon(expression):
    """On the values that a stranger would choose."""
    pattern = compiled(expression)

    assert [pattern.fullmatch(value) is not None for value in EVIL]


@pytest.mark.timeout(in_share(ci=30, proof=900))
@given(st.text(alphabet="ab.*+?()|[]{}2,\\", max_size=16))
def test_whatever_compiles_ends_soon_and_nothing_else_is_raised(expression):
    """It is a pattern or a ValueError."""
    with suppress(ValueError):
        pattern = compiled(expression)
        assert [pattern.fullmatch(value) for value in EVIL]
