"""Incidents per shift."""

from pagerd.core.incidents.incident import Mode
from pagerd.core.incidents.per_shift import per_shift
from tests.builders import NIGHT, minutes
from tests.core.incidents.test_measures import facts


def test_more_than_two_incidents_in_half_a_day_are_too_many():
    """Of the team whose shift it was; a backfill was nobody's shift."""
    shift = [(NIGHT, NIGHT + minutes(720)), (NIGHT + minutes(720), NIGHT + minutes(1440))]
    found = [
        *(facts(number) for number in (1, 2, 3)),
        facts(4, team="search"),
        facts(5, mode=Mode.BACKFILL),
        facts(6, declared_at=None),
    ]
    counted = per_shift(found, {"payments": shift})

    assert (counted.spread.n, counted.spread.median, counted.spread.p90) == (2, 0, 3)
    assert counted.over == (("payments", NIGHT, [1, 2, 3]),)
