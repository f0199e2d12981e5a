from datetime import UTC, datetime

import pytest

from pagerd.core.oncall.schedule import OverrideKind
from tests.config.files import COMPANY, PAYMENTS, changed, found_after, plan_of

OVERRIDE = "{schedule: payments-primary, from: 2026-12-24 09:00, to: 2026-12-26, person: cho, instead_of: ana}"
HEAD = "{schedule: payments-primary, from: 2026-12-24 09:00, to: 2026-12-26"


def override_with(rest):
    """Return the one override, with other words at its end."""
    (one,) = plan_of(changed(PAYMENTS, OVERRIDE, f"{HEAD}, {rest}}}")).book.overrides
    return one


@pytest.mark.parametrize(
    ("rest", "kind", "people", "instead_of"),
    [
        ("person: cho, instead_of: ana", OverrideKind.REPLACE, ("cho",), "ana"),
        ("person: cho", OverrideKind.EVERYBODY, ("cho",), None),
        ("person: [cho, dora]", OverrideKind.EVERYBODY, ("cho", "dora"), None),
        ("add: dora", OverrideKind.ADD, ("dora",), None),
        ("remove: ben", OverrideKind.REMOVE, (), "ben"),
    ],
)
def test_what_an_override_does(rest, kind, people, instead_of):
    """One for another, everybody for these, one more, one fewer."""
    override = override_with(rest)

    assert (override.kind, override.people, override.instead_of) == (kind, people, instead_of)


def test_an_override_is_in_its_schedules_zone_and_a_date_includes_that_day():
    """Half-open in UTC."""
    override = override_with("person: cho, why: agreed swap")

    assert override.start == datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert override.end == datetime(2026, 12, 26, 23, tzinfo=UTC)
    assert (override.why, override.stored) == ("agreed swap", False)


def test_later_overrides_beat_earlier_ones():
    """In the order of the file."""
    both = plan_of(changed(PAYMENTS, OVERRIDE, f"{OVERRIDE}\n  - {HEAD}, person: dora}}")).book.overrides

    assert [one.people for one in sorted(both, key=lambda one: one.order)] == [("cho",), ("dora",)]


def test_an_overrides_id_stays_while_lines_move():
    """It is made of what is written."""
    moved = changed(PAYMENTS, "overrides:\n", "# a comment\n\noverrides:\n")

    assert plan_of(moved).book.overrides[0].id == plan_of(COMPANY).book.overrides[0].id
    assert override_with("person: dora").id != override_with("person: cho").id


def test_an_absence_is_in_the_persons_zone():
    """Ana lives in Lisbon."""
    (away,) = plan_of(COMPANY).book.away

    assert (away.person, away.start) == ("ana", datetime(2026, 12, 28, tzinfo=UTC))
    assert away.end == datetime(2027, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (f"{HEAD}}}", "E202 17:5"),
        (f"{HEAD}, person: cho, add: dora}}", "E202 17:92"),
        (f"{HEAD}, instead_of: ana}}", "E202 17:5"),
        (f"{HEAD}, person: ana, instead_of: ana}}", "E202 17:99"),
        (f"{HEAD}, person: none}}", "E010 17:82"),
        ("{schedule: payments-primary, from: 2026-12-26, to: 2026-12-25, person: cho}", "E202 17:56"),
        ("{schedule: payments-primary, from: 2026-12-26 24:00, to: 2026-12-27, person: cho}", "E013 17:40"),
        ("{schedule: payments-primary, to: 2026-12-27, person: cho}", "E007 17:5"),
    ],
)
def test_an_override_that_says_nothing_or_two_things(new, expected):
    """At its line and column."""
    assert expected in found_after(PAYMENTS, OVERRIDE, new)


def test_an_absence_that_ends_before_it_starts():
    """Most often a year that was not changed."""
    assert found_after(PAYMENTS, "to: 2027-01-03", "to: 2026-01-03") == ["E202 19:41"]
