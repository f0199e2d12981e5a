import pytest

from pagerd.core.errors import Unavailable


@pytest.mark.parametrize("seconds", [None, 2.5])
def test_who_is_asked_to_wait_is_told_how_long(seconds: float | None) -> None:
    """What the other side asked for travels with the error, beside the words for people."""
    error = Unavailable("answered 429", retry_after_seconds=seconds)

    assert (str(error), error.retry_after_seconds) == ("answered 429", seconds)
