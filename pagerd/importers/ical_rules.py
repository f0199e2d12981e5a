"""Says before a rule of a calendar is followed whether it can be: afterwards is too late.

The library follows a rule from its beginning, makes all of its dates that are asked for, and looks for the next one day
by day to the year 9999. One line that nobody reads can cost it minutes, and all memory.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

TIMES_A_DAY_MAX = 24
"""How often an event may come again on one day."""

_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
_MONTHS, _DAYS_OF_YEAR = 12, 365
_MANY_IN_A_YEAR = ("BYDAY", "BYWEEKNO", "BYYEARDAY", "BYEASTER")
_NOT_OF_DAYS = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYEASTER")
_BY_DAYS = {
    "HOURLY": _NOT_OF_DAYS,
    "DAILY": _NOT_OF_DAYS,
    "WEEKLY": ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER"),
}
"""What a rule may not name with what. The library looks for the next date day by day to the year 9999, and there may be
none, as there is no 31st of February. RFC 5545 has half of these forbidden, and no program writes the others."""

# The library's types say `Any`: a part of a rule may be one value or a list of any.
Rule = Any


def fault_of_rules(rules: Sequence[Rule]) -> str:
    """Return why the rules of an event are not to be followed, or nothing."""
    return next(_faults(rules), "")


def times_a_day(rules: Sequence[Rule]) -> float:
    """Return how often rules can give an event on one day, at most."""
    return sum(map(_times_a_day, rules))


def listed(value: Any) -> list[Any]:  # noqa: ANN401  # whatever a property holds
    """Return the values of what a property holds: nothing, one or several."""
    return [] if value is None else value if isinstance(value, list) else [value]


def _freqs(rule: Rule) -> set[str]:
    return {str(one).upper() for one in listed(rule.get("FREQ"))}


def _faults(rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        freqs = _freqs(rule)
        if freqs & _TOO_OFTEN or "BYSECOND" in rule:
            yield "it comes again every minute or oftener"
        if any(int(one) < 1 for one in listed(rule.get("INTERVAL"))):
            yield "its INTERVAL is none"  # with 0 it would come again at the same instant, for ever
        for freq in sorted(freqs & _BY_DAYS.keys()):
            for part in _BY_DAYS[freq]:
                if part in rule:
                    yield f"its rule has {part} with FREQ={freq}: that is read with MONTHLY and YEARLY alone"
        for month in listed(rule.get("BYMONTH")):
            if not 1 <= int(month) <= _MONTHS:
                yield f"its BYMONTH={month} is no month"
    if (count := times_a_day(rules)) > TIMES_A_DAY_MAX:
        yield f"it comes again {count:.0f} times a day, and nothing may more than {TIMES_A_DAY_MAX} times"


def _times_a_day(rule: Rule) -> float:
    freqs = _freqs(rule)
    hours = len(listed(rule.get("BYHOUR")))
    if not hours and "HOURLY" in freqs:
        hours = ceil(24 / min((int(one) for one in listed(rule.get("INTERVAL"))), default=1))
    times = max(1, hours) * max(1, len(listed(rule.get("BYMINUTE"))))
    # Programs have birthdays since 1601, of which each year has one.
    if freqs == {"YEARLY"} and not any(part in rule for part in _MANY_IN_A_YEAR):
        dates = max(1, len(listed(rule.get("BYMONTH")))) * max(1, len(listed(rule.get("BYMONTHDAY"))))
        return times * min(1, dates / _DAYS_OF_YEAR)
    return times
