import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.matching import Matcher, Operator, all_match, parse_matcher


@pytest.mark.parametrize(
    ("text", "labels", "matches"),
    [
        ('service="checkout"', {"service": "checkout"}, True),
        ('service="checkout"', {"service": "Checkout"}, False),
        ('service="checkout"', {}, False),
        ('service=""', {}, True),
        ('service!="checkout"', {}, True),
        ('service!=""', {}, False),
        ('service!=""', {"service": "x"}, True),
        ('service=~"check|pay"', {"service": "check"}, True),
        ('service=~"check|pay"', {"service": "checkout"}, False),
        ('service=~"check|pay"', {"service": "xpay"}, False),
        ('service=~".*"', {}, True),
        ('service!~"check.*"', {"service": "checkout"}, False),
        ('service!~"check.*"', {}, True),
        ('pod=~"api-\\d+"', {"pod": "api-12"}, True),
        ('pod=~"api-\\d+"', {"pod": "api-x"}, False),
        ('pod=~"api"', {"pod": "api\n"}, False),
        ('  a  =  "b"  ', {"a": "b"}, True),
        ('"service.name"="x"', {"service.name": "x"}, True),
        (r'a="say \"no\""', {"a": 'say "no"'}, True),
        (r'a="C:\\n"', {"a": r"C:\n"}, True),
        (r'a="two\nlines"', {"a": "two\nlines"}, True),
        ('a="ü, {} and #"', {"a": "ü, {} and #"}, True),
    ],
)
def test_matches(text: str, labels: dict[str, str], matches: bool) -> None:
    """A matcher holds for a whole value, and a missing label is the empty string."""
    assert parse_matcher(text).matches(labels) is matches


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "expected the name of a label at position 1 of '', found the end"),
        ('="x"', "expected the name of a label at position 1"),
        ('1a="x"', "expected the name of a label at position 1"),
        ('""="x"', "expected the name of a label at position 1"),
        ("a", "expected one of = != =~ !~ at position 2 of 'a', found the end"),
        ('a=="x"', "expected a value in double quotes at position 3"),
        ('a<"x"', "expected one of = != =~ !~ at position 2"),
        ("a=x", "expected a value in double quotes at position 3 of 'a=x', found 'x'"),
        ("a='x'", "expected a value in double quotes at position 3"),
        ('a="x', "expected a value in double quotes at position 3"),
        ('a="x\\"', "expected a value in double quotes at position 3"),
        ('a="x" b="y"', "expected the end of the matcher at position 7"),
        ('a=~"("', "at position 4 of 'a=~\"(\"', found '\"(\"'"),
        ('a!~"*"', "at position 4 of"),
    ],
)
def test_a_wrong_matcher_is_told_where(text: str, complaint: str) -> None:
    """What cannot be read is refused with the place and with what was expected there."""
    with pytest.raises(ValueError, match="expected") as caught:
        parse_matcher(text)

    assert complaint in str(caught.value)


@given(st.text(min_size=1, max_size=20), st.sampled_from([Operator.EQUAL, Operator.NOT_EQUAL]), st.text(max_size=30))
def test_what_is_written_is_read_again(label: str, operator: Operator, value: str) -> None:
    """A matcher written as text is the same matcher when it is read."""
    matcher = Matcher(label, operator, value)

    assert parse_matcher(str(matcher)) == matcher


@given(st.text(max_size=30))
def test_no_text_is_worse_than_wrong(text: str) -> None:
    """Any text is a matcher or a ValueError."""
    try:
        parse_matcher(text)
    except ValueError as error:
        assert "expected" in str(error)  # noqa: PT017  # either outcome is fine, other errors are not


def test_a_long_value_is_read_in_one_pass() -> None:
    """Ten thousand escapes without a closing quote are refused at once, not tried in every way."""
    with pytest.raises(ValueError, match="double quotes"):
        parse_matcher('a="' + '\\"' * 10_000)


def test_all_conditions_must_hold() -> None:
    """Several matchers hold together only, none at all holds for everything."""
    both = [parse_matcher('a="1"'), parse_matcher('b="2"')]

    assert all_match(both, {"a": "1", "b": "2"})
    assert not all_match(both, {"a": "1"})
    assert all_match([], {"a": "1"})
