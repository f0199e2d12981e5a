import pytest

from pagerd.sources.fingerprint import fingerprint_of


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({}, "cbf29ce484222325"),
        # 5799056148416392346, the value that Prometheus' own tests have for these labels.
        ({"name": "garland, briggs", "fear": "love is not enough"}, f"{5799056148416392346:016x}"),
    ],
)
def test_it_is_prometheus_own(labels: dict[str, str], expected: str) -> None:
    """Known label sets have the fingerprint that Prometheus gives them."""
    assert fingerprint_of(labels) == expected


def test_order_and_empty_labels_do_not_matter() -> None:
    """A label set has one fingerprint, however it is written."""
    assert fingerprint_of({"b": "2", "a": "1"}) == fingerprint_of({"a": "1", "b": "2", "c": ""})


def test_names_and_values_do_not_run_together() -> None:
    """Signs that move from a name to its value make another fingerprint."""
    assert len({fingerprint_of(labels) for labels in ({"ab": "c"}, {"a": "bc"}, {"a": "b", "c": "d"})}) == 3
