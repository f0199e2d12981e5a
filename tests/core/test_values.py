"""Copies of frozen values."""

from dataclasses import FrozenInstanceError, replace

import pytest

from pagerd.core.values import changed
from tests.builders import an_alert


def test_a_copy_is_what_the_standard_library_makes() -> None:
    """Fields that are named are new, all others stay."""
    alert = an_alert()

    assert changed(alert, rank=7, page_id="p-1") == replace(alert, rank=7, page_id="p-1")


def test_an_unknown_field_is_an_error() -> None:
    """A mistyped field never passes in silence."""
    with pytest.raises(TypeError, match="ranc"):
        changed(an_alert(), ranc=7)


def test_a_copy_is_as_frozen_as_what_it_was_made_of() -> None:
    """It is of the same class, and neither it nor the one that it was made of can be set."""
    alert = an_alert()
    copy = changed(alert, rank=7)

    assert type(copy) is type(alert)
    assert alert.rank != 7
    with pytest.raises(FrozenInstanceError):
        copy.rank = 8  # type: ignore[misc]
