"""What an answer to a check means: green, red, or unknown, which is whatever could not be read."""

import math
from dataclasses import replace

import pytest

from pagerd.core.incidents.checks import (
    Bound,
    ChecksOf,
    HttpProbe,
    PromqlCheck,
    Sample,
    Value,
    checks_for,
    named,
    of_status,
    of_values,
    together,
    unread,
)
from pagerd.core.incidents.incident import ReadingState
from pagerd.core.incidents.severity import IncidentPolicy
from tests.builders import an_incident

GREEN, RED, UNKNOWN = ReadingState.GREEN, ReadingState.RED, ReadingState.UNKNOWN
RATIO = PromqlCheck(name="error ratio", expression="error_ratio", bound=Bound("<", 0.01), prometheus="main")
PROBE = HttpProbe(url="https://shop.example.com/health?token=x")


def values(*numbers):
    """Return series that differ by their instance."""
    return [Value({"instance": f"i{place}"}, number) for place, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("found", "state", "why"),
    [
        ([Value({}, 0.001)], GREEN, "error ratio is 0.001"),
        (values(0.001, 0.002), GREEN, "error ratio is < 0.01 in all 2 series"),
        ([Value({}, 0.01)], RED, "error ratio is 0.01, not < 0.01"),
        (values(0.001, 0.052), RED, "error ratio is 0.052 for instance=i1, not < 0.01"),
        (values(0.3, 0.001, 0.2), RED, "error ratio is 0.3 for instance=i0, not < 0.01, and 1 more of 3"),
        ([], UNKNOWN, "error ratio: Prometheus has no data"),
        ([Value({}, math.nan)], UNKNOWN, "error ratio is no number"),
        (values(math.nan, 0.001), UNKNOWN, "error ratio is no number"),
        (values(math.nan, 0.5), RED, "error ratio is 0.5 for instance=i1, not < 0.01"),
        ([Value({}, math.inf)], RED, "error ratio is inf, not < 0.01"),
    ],
)
def test_an_answer_of_prometheus(found, state, why):
    """Every series must keep the bound; no series is no data, and never green nor red."""
    assert of_values(RATIO, found) == Sample(state, why)


@pytest.mark.parametrize(
    ("sign", "below", "same", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("==", False, True, False),
    ],
)
def test_a_bound_is_what_it_says(sign, below, same, above):
    """Each sign on either side of the number and on it."""
    bound = Bound(sign, 5.0)

    assert [bound.holds(one) for one in (4.9, 5.0, 5.1)] == [below, same, above]
    assert str(bound) == f"{sign} 5"


@pytest.mark.parametrize(("status", "state"), [(200, GREEN), (204, RED), (301, RED), (503, RED)])
def test_an_answer_to_a_probe(status, state):
    """One status is green, every other one red."""
    assert of_status(PROBE, status).state is state


def test_the_query_of_an_address_is_not_shown():
    """What follows the question mark may be nobody's business."""
    assert named(PROBE) == "https://shop.example.com/health"
    assert unread(PROBE, "asking shop.example.com: could not connect") == Sample(
        UNKNOWN, "https://shop.example.com/health: asking shop.example.com: could not connect"
    )


def test_a_criterion_is_as_its_worst_check():
    """Red before unknown before green, with the reasons of that state alone."""
    red, unknown, green = Sample(RED, "r"), Sample(UNKNOWN, "u"), Sample(GREEN, "g")

    assert together([green, unknown, red, Sample(RED, "s")]) == Sample(RED, "r; s")
    assert together([green, unknown]) == unknown
    assert together([green, green]) == Sample(GREEN, "g; g")


@pytest.mark.parametrize(
    ("service", "team", "fits"),
    [
        ("", "", True),
        ("payments-api", "", True),
        ("", "payments", True),
        ("payments-api", "payments", True),
        ("settlement", "", False),
        ("", "platform", False),
        ("payments-api", "platform", False),
    ],
)
def test_whose_checks_they_are(service, team, fits):
    """All that is named must fit; what the severity does not ask for is not read."""
    incident = an_incident(service="payments-api")
    entry = ChecksOf(service=service, team=team, checks={"errors": (RATIO,), "queues": (PROBE,)})
    policy = IncidentPolicy(criteria=("errors", "latency"))

    assert checks_for((entry,), incident, policy) == ({"errors": (RATIO,)} if fits else {})


def test_all_entries_that_fit_count():
    """The checks of a service come on top of those of its team."""
    of_team = ChecksOf(team="payments", checks={"errors": (RATIO,)})
    of_service = ChecksOf(service="payments-api", checks={"errors": (PROBE,)})

    found = checks_for((of_team, of_service), an_incident(service="payments-api"), IncidentPolicy(criteria=("errors",)))

    assert found == {"errors": (RATIO, PROBE)}


def test_a_check_without_a_name_is_called_by_what_it_asks():
    """On one line that a text message has room for."""
    ratio = "sum(rate(errors[5m]))\n/ sum(rate(requests[5m])) by (cluster, namespace)"
    long = replace(RATIO, name="", expression=ratio)

    assert named(replace(RATIO, name="")) == "error_ratio"
    assert named(long) == "sum(rate(errors[5m])) / sum(rate(requests[5m])) by (cluster…"
    assert len(named(long)) == 60
