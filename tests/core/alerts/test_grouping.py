import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.grouping import DEFAULT_GROUP_BY, KEY_MAX, group_key, group_labels
from tests.builders import some_labels


def test_the_default_labels() -> None:
    """Without a rule's word alerts group by alertname, service, cluster and namespace."""
    assert group_labels(None, some_labels()) == {
        "alertname": "CheckoutErrors",
        "cluster": "eu-1",
        "namespace": "prod",
        "service": "payments-api",
    }


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({}, {"instance": "api-2"}, True),
        ({}, {"severity": "page"}, True),
        ({}, {"alertname": "Other"}, False),
        ({}, {"service": "settlement"}, False),
        ({}, {"cluster": "eu-2"}, False),
        ({}, {"namespace": "test"}, False),
        ({"cluster": None}, {"cluster": ""}, True),
        ({"cluster": None}, {"cluster": "eu-1"}, False),
    ],
)
def test_which_alerts_share_a_page(one: dict[str, str | None], other: dict[str, str | None], together: bool) -> None:
    """Alerts share a group when all grouping labels are equal, whatever their others are."""
    keys = {group_key("payments", None, None, some_labels(**labels)) for labels in (one, other)}

    assert (len(keys) == 1) is together


def test_never_across_teams_or_rules() -> None:
    """The same labels under another team or rule are another group."""
    keys = {
        group_key("payments", None, None, some_labels()),
        group_key("platform", None, None, some_labels()),
        group_key("payments", "A", None, some_labels()),
        group_key("payments", "B", None, some_labels()),
        group_key("payments", "", None, some_labels()),
    }

    assert len(keys) == 5


def test_the_key_is_readable() -> None:
    """The key names team, rule and values, in the same order however the rule lists its labels."""
    key = group_key("payments", "Slow checkout", ["service", "cluster"], some_labels())

    assert key == 'payments/"Slow checkout"{cluster="eu-1",service="payments-api"}'
    assert key == group_key("payments", "Slow checkout", ["cluster", "service", "cluster"], some_labels())


def test_grouping_by_nothing() -> None:
    """A rule that groups by no label has one group."""
    assert group_key("payments", "All", [], some_labels()) == 'payments/"All"{}'


_LABELS = st.dictionaries(st.sampled_from(["a", "b", "c.d"]), st.text(alphabet='a",={}\\\n', max_size=5), max_size=3)
_RULE = st.none() | st.text(alphabet='a"/{}\\', max_size=4)


@given(_LABELS, _LABELS, _RULE, _RULE)
def test_no_two_groups_have_one_key(
    one: dict[str, str], other: dict[str, str], rule: str | None, other_rule: str | None
) -> None:
    """Keys are equal exactly when team, rule and values are, whatever signs the values have."""
    names = ("a", "b", "c.d")
    same = rule == other_rule and group_labels(names, one) == group_labels(names, other)

    assert (group_key("t", rule, names, one) == group_key("t", other_rule, names, other)) is same


def test_a_long_key_is_shortened_and_still_tells_apart() -> None:
    """Values of any length give a bounded key that differs where only their ends differ."""
    keys = {group_key("payments", None, ["a"], {"a": "x" * 16_000 + end}) for end in ("1", "2")}

    assert len(keys) == 2
    assert all(len(key) <= KEY_MAX for key in keys)


def test_no_summary_in_the_default() -> None:
    """Alerts never group by what is said about them."""
    assert set(DEFAULT_GROUP_BY) == {"alertname", "service", "cluster", "namespace"}
