import pytest

from pagerd.core.tally import Tally


def test_each_length_falls_into_its_class():
    """A bound belongs to the class below it, and what is longer than all has one of its own."""
    tally = Tally((0.1, 1.0))
    for seconds in (0.0, 0.1, 0.2, 1.0, 7.5):
        tally.note(seconds)

    assert tally.counts == [2, 2, 1]
    assert tally.seconds == pytest.approx(8.8)


@pytest.mark.parametrize("bounds", [(1.0, 0.1), (1.0, 1.0)])
def test_bounds_must_rise(bounds):
    """Classes that overlap would count nothing in one of them."""
    with pytest.raises(AssertionError, match="must rise"):
        Tally(bounds)


def test_a_copy_stays_as_it_is():
    """What is noted afterwards is not in it."""
    tally = Tally((1.0,))
    tally.note(0.5)
    copy = tally.copy()
    tally.note(2.0)

    assert (copy.counts, copy.seconds) == ([1, 0], 0.5)
