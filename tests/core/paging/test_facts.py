from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.paging.facts import ACK_DIGITS, Facts
from pagerd.core.paging.purpose import Purpose


def facts(**known):
    """Build facts about nothing but what is named."""
    return Facts(
        **({"purpose": Purpose.PAGE, "at": datetime(2026, 7, 15, 1, tzinfo=UTC), "zone": ZoneInfo("UTC")} | known)
    )


def test_the_keys_that_acknowledge_mean_nothing_else():
    """6 resolves, 8 escalates, 0 repeats in every call."""
    assert set(ACK_DIGITS) == set("1234579")


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("47", "47"),
        ("k7qx", "K7QX"),
        (None, None),
        ("", None),
        ("4\n7", None),
        ("4 7", None),
        ("x" * 9, None),
        ("ß1", None),
    ],
)
def test_only_a_code_that_can_be_typed_is_printed(code, printed):
    """A broken code is no code: the message then says another way to answer."""
    assert facts(code=code).answer_code == printed
    assert facts(code=code).asks is (printed is not None)


@pytest.mark.parametrize(
    ("digit", "key"), [("4", "4"), (None, None), ("", None), ("6", None), ("8", None), ("0", None), ("45", None)]
)
def test_a_key_with_another_meaning_never_acknowledges(digit, key):
    """A digit that is not one of ACK_DIGITS is as good as none."""
    assert facts(digit=digit).key == key


@pytest.mark.parametrize(
    ("known", "where"),
    [
        ({"team": "payments", "service": "checkout", "place": "prod/eu-1"}, "payments/checkout prod/eu-1"),
        ({"team": "payments"}, "payments"),
        ({"service": "checkout", "place": "prod"}, "checkout prod"),
        ({"place": "prod"}, "prod"),
        ({}, ""),
        ({"team": "pay\r\nments"}, "pay ments"),
    ],
)
def test_where_names_what_is_known(known, where):
    """Team, service and place, as far as they are known, on one line."""
    assert facts(**known).where == where


@pytest.mark.parametrize(
    "purpose", [Purpose.RESOLVED, Purpose.ACKNOWLEDGED_BY_OTHER, Purpose.MORE_ALERTS, Purpose.ALARM, Purpose.TICKET]
)
def test_what_only_tells_asks_for_nothing(purpose):
    """A code that strayed into such a message is not offered."""
    assert facts(purpose=purpose, code="47").asks is False
