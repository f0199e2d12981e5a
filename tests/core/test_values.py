"""Copies of frozen values."""

from dataclasses import replace

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
