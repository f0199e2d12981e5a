from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.config.matchers import matcher
from pagerd.config.values import Mismatch


@pytest.mark.parametrize(
    ("raw", "labels", "holds"),
    [
        ('severity="page"', {"severity": "page"}, True),
        ('severity!="page"', {}, True),
        ('service=~"checkout|payments.*"', {"service": "payments-api"}, True),
        ('service=~"checkout|payments.*"', {"service": "my-checkout"}, False),
        ('env!~"prod.*"', {"env": "staging"}, True),
        (r'pod=~"api-\d+"', {"pod": "api-12"}, True),
        ('name=~"(?i)Checkout"', {"name": "CHECKOUT"}, True),
        ('env=""', {}, True),
    ],
)
def test_matchers_are_alertmanagers(raw, labels, holds):
    """Anchored at both ends, and a missing label is the empty string."""
    assert matcher(raw).matches(labels) is holds


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ('severity = "page"', "write no blanks around the operator"),
        ('severity="page" ', "write no blanks around the operator"),
        ('severity=="page"', "write = instead of =="),
        ("severity=page", """put double quotes around the value: 'severity="page"'"""),
        ("severity='page'", """put double quotes around the value: 'severity="page"'"""),
        ("severity", ""),
        ("", ""),
        ('a="b', ""),
        ('service=~".*a.*b.*c"', "name the values with |, or make two rules"),
        ('service=~"("', ""),
        ("a" * 3000, ""),
    ],
)
def test_what_is_no_matcher(raw, hint):
    """One way to write it, and a hint towards it."""
    with pytest.raises(Mismatch) as refused:
        matcher(raw)

    assert (refused.value.id, refused.value.hint) == ("E016", hint)


@given(
    st.text(max_size=60) | st.builds('a=~"{}"'.format, st.text(alphabet=r"ab.*+?()[]{}|\^$-,0123&~<>=!:P", max_size=25))
)
def test_no_text_makes_it_fail(raw):
    """It is a matcher or a Mismatch, and never a warning of Python's regular expressions."""
    with suppress(Mismatch):
        matcher(raw).matches({"a": "a" * 50})
