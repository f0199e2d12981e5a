import pickle

import pytest

from pagerd.core.secret import Secret

SECRET = Secret("s3cr3t")


def test_a_secret_shows_itself_to_nobody():
    """Not in a log line, a traceback, a repr of what holds it, or a format."""
    assert f"{SECRET} {SECRET!r} {SECRET:>8} {[SECRET]} {SECRET!s}" == "*** ***      *** [***] ***"


def test_a_secret_is_revealed_on_demand_alone():
    """There is one word to search for."""
    assert SECRET.reveal() == "s3cr3t"


def test_a_secret_is_compared_with_what_was_offered():
    """Whatever the offer is made of."""
    assert SECRET.matches("s3cr3t")
    assert not SECRET.matches("s3cr3")
    assert not SECRET.matches("\udce9")
    assert not SECRET.matches("")


def test_a_secret_is_never_written_out():
    """A copy on disk would outlive the file it came from."""
    with pytest.raises(TypeError):
        pickle.dumps(SECRET)
