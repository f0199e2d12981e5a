import pytest

from pagerd.core.plain import masked


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("+4915110000002", "+49…002"),
        ("ana@example.com", "a…@example.com"),
        ("@example.com", "…@example.com"),
        ("+1555", "…"),
        ("", "…"),
    ],
)
def test_an_address_is_shown_so_far_that_its_owner_knows_it(address, shown):
    """Most of a number and all of a mailbox but its first letter are hidden."""
    assert masked(address) == shown
