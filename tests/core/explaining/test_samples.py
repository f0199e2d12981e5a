import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.matching import parse_matcher
from pagerd.core.explaining.samples import sample_of


@pytest.mark.parametrize(
    ("expression", "sample"),
    [
        ("checkout|payments.*", "checkout"),
        ("Payments(Errors|Down)", "PaymentsErrors"),
        ("(?i)prod", "prod"),
        ("(?:a|b)-(?P<n>c)", "a-c"),
        ("api-\\\\d+", "api-0"),
        ("x\\\\.y", "x.y"),
        ("ab{2}c{1,3}", "abbc"),
        ("a+?b*c?", "a"),
        ("[a-z]+", "a"),
        (".+", "a"),
        (".*", "another"),
        ("^prod$", "prod"),
        ("a|", "a"),
    ],
)
def test_a_text_that_the_expression_takes(expression, sample):
    """The first alternative, the fewest repetitions."""
    matcher = parse_matcher(f'env=~"{expression}"')

    assert sample_of(matcher) == sample
    assert matcher.matches({"env": sample})


@pytest.mark.parametrize("expression", ["[^a]b", "\\\\Wx", "", "[é]"])
def test_where_none_can_be_read_off_there_is_none(expression):
    """Nothing is proposed that was not matched."""
    assert sample_of(parse_matcher(f'env=~"{expression}"')) is None


@given(
    st.recursive(
        st.sampled_from(["a", "prod", "x-1", ".", "[a-z]", "[0-9_]", "\\\\d", "\\\\w", "\\\\.", "$", "^", ""]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map("|".join),
            inner.map(lambda one: f"({one})"),
            inner.map(lambda one: f"(?:{one})?"),
            inner.map(lambda one: f"(?=({one}))"),
            inner.map(lambda one: f"({one}){{2}}"),
        ),
        max_leaves=8,
    )
)
def test_whatever_compiles_is_read_or_given_up(expression):
    """Nothing raises, and a sample is always one that the expression takes."""
    try:
        matcher = parse_matcher(f'env=~"{expression}"')
    except ValueError:
        return
    sample = sample_of(matcher)

    assert sample is None or matcher.matches({"env": sample})
