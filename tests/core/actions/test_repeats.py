"""What a new incident has in common with an action item that was said to be done, and whether that opens it again."""

from dataclasses import replace

import pytest

from pagerd.core.actions.item import ActionStatus
from pagerd.core.actions.repeats import Repeat, repeat_of, repeat_of_cause
from tests.builders import NOON, an_incident, minutes
from tests.postmortems import an_item

SAME_ALERTS = "the same alerts"
DONE = replace(an_item(bars=("recurrence",)), status=ActionStatus.DONE, service="payments-api", done_at=NOON)
"""Of incident 7, to keep it from happening again; said to be done at noon."""


@pytest.mark.parametrize(
    ("bars", "service", "fires_again", "repeat"),
    [
        # The very same alerts open what was to prevent just that.
        (("recurrence",), "payments-api", True, Repeat(SAME_ALERTS, opens=True)),
        (("detection", "recurrence"), "", True, Repeat(SAME_ALERTS, opens=True)),
        # The other bars do not promise that nothing happens.
        (("detection",), "payments-api", True, Repeat(SAME_ALERTS, opens=False)),
        ((), "payments-api", True, Repeat(SAME_ALERTS, opens=False)),
        # A service has many ways to fail.
        (("recurrence",), "payments-api", False, Repeat("the same service (payments-api)", opens=False)),
        (("recurrence",), "settlement", False, None),
    ],
)
def test_what_comes_back_opens_what_was_to_prevent_it(bars, service, fires_again, repeat):
    """As the table of the documentation says: the same alerts, then the same service alone."""
    item = replace(DONE, terms=replace(DONE.terms, bars=bars))

    assert repeat_of(item, 9, service=service, fires_again=fires_again) == repeat


def test_no_service_is_not_the_same_service():
    """Two incidents of which nobody said what they are about have nothing in common by that."""
    assert repeat_of(replace(DONE, service=""), 9, service="", fires_again=False) is None


@pytest.mark.parametrize("status", ActionStatus)
def test_only_what_is_done_can_have_failed(status):
    """What is still being worked on prevents nothing yet, and what was dropped was to prevent nothing."""
    found = repeat_of(replace(DONE, status=status), 9, service="", fires_again=True)
    cause = repeat_of_cause(replace(DONE, status=status), LATER, {"missing alert"}, {"missing alert"})

    is_done = status in (ActionStatus.DONE, ActionStatus.VERIFIED)
    assert (found is not None, cause is not None) == (is_done, is_done)


LATER = an_incident(number=9, detected_at=NOON + minutes(1))


@pytest.mark.parametrize(
    ("mine", "before", "what"),
    [
        ({"missing alert"}, {"missing alert", "poor runbook"}, "the same cause (missing alert)"),
        (
            {"risky deployment", "missing alert"},
            {"missing alert", "risky deployment"},
            "the same cause (missing alert, risky deployment)",
        ),
        ({"missing alert"}, {"poor runbook"}, None),
        (set(), {"poor runbook"}, None),
    ],
)
def test_a_cause_that_two_incidents_share_asks_somebody_to_look(mine, before, what):
    """A category says too little to open anything: two deployments may be risky for two reasons."""
    assert repeat_of_cause(DONE, LATER, mine, before) == (Repeat(what, opens=False) if what is not None else None)


@pytest.mark.parametrize(
    ("done_at", "is_one"), [(NOON, True), (NOON + minutes(1), False), (NOON + minutes(2), False), (None, False)]
)
def test_what_was_done_only_afterwards_could_not_have_helped(done_at, is_one):
    """It must have been done before the later one was noticed."""
    cause = {"missing alert"}

    assert (repeat_of_cause(replace(DONE, done_at=done_at), LATER, cause, cause) is not None) is is_one


@pytest.mark.parametrize("number", [7, 8])
def test_an_incident_is_counted_once(number):
    """Neither the one that it is of, nor one that was noted before."""
    item, cause = replace(DONE, repeats=(8,)), {"missing alert"}

    assert repeat_of(item, number, service="payments-api", fires_again=True) is None
    assert repeat_of_cause(item, replace(LATER, number=number), cause, cause) is None
