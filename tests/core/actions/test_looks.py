"""What a look comes to: met, unmet, or unknown where nobody could tell."""

from dataclasses import replace

import pytest

from pagerd.core.actions.looks import in_plan, of_rules, of_values, unread
from pagerd.core.actions.terms import verification_in
from pagerd.core.incidents.checks import Value
from tests.builders import a_plan

NO_RESULT = "the query has no result: it is not so, or there is no data; with `bool` Prometheus says which"


def looked(text, *servers):
    """Return what the plan alone knows of a verification, where these Prometheus are known."""
    found = in_plan(verification_in(text), replace(a_plan(), prometheus=servers))
    return (found.state, found.what) if found is not None else None


@pytest.mark.parametrize(
    ("text", "state", "what"),
    [
        ("a drill", "unknown", "this is for a person to see"),
        ("runbook: payments-5xx", "met", "the runbook payments-5xx is there: Payments answer with errors"),
        ("runbook: payments-5xx.md", "met", "the runbook payments-5xx is there: Payments answer with errors"),
        ("runbook: pools", "unmet", "there is no runbook pools"),
    ],
)
def test_what_the_plan_knows(text, state, what):
    """Nobody need be asked for a file that is read anyway."""
    assert looked(text) == (state, what)


@pytest.mark.parametrize(
    ("text", "servers", "what"),
    [
        ("rule: PoolFull", (), "pagerd.yaml names no Prometheus that could be asked"),
        ("query: up", ("eu", "us"), "there are several Prometheus (eu, us): write query@eu:"),
        ("rule@asia: PoolFull", ("eu", "us"), "pagerd.yaml names no Prometheus asia"),
    ],
)
def test_where_nobody_can_be_asked_it_is_unknown(text, servers, what):
    """And says what would be right."""
    assert looked(text, *servers) == ("unknown", what)


@pytest.mark.parametrize(("text", "servers"), [("query: up", ("eu",)), ("rule@us: PoolFull", ("eu", "us"))])
def test_a_prometheus_is_asked_where_it_is_known_which(text, servers):
    """The only one, or the one that is named."""
    assert looked(text, *servers) is None


@pytest.mark.parametrize(
    ("values", "state", "what"),
    [
        (
            (),
            "unknown",
            "the query has no result: it is not so, or there is no data; with `bool` Prometheus says which",
        ),
        ((1.0,), "met", "the query is 1"),
        ((0.25, 3.0), "met", "the query holds in 2 series"),
        ((1.0, 0.0, 0.0), "unmet", "the query is 0 in 2 of 3 series"),
        ((1.0, float("nan")), "unknown", "the query has a result that is no number"),
        ((0.0, float("nan")), "unmet", "the query is 0 in 1 of 2 series"),
    ],
)
def test_what_values_mean(values, state, what):
    """As in the expression of an alert: a result that is not zero is true."""
    found = of_values([Value({}, value) for value in values])

    assert (found.state, found.what) == (state, what)


@pytest.mark.parametrize(
    ("healths", "state", "what"),
    [
        ((), "unmet", "Prometheus eu has no alert rule PoolFull"),
        (("err",), "unmet", "Prometheus eu has the alert rule PoolFull, and cannot evaluate it"),
        (("unknown",), "met", "Prometheus eu has the alert rule PoolFull"),
        (("err", "ok"), "unmet", "Prometheus eu has the alert rule PoolFull, and cannot evaluate it"),
    ],
)
def test_what_rules_mean(healths, state, what):
    """A rule that cannot be evaluated warns nobody."""
    found = of_rules("PoolFull", "eu", healths)

    assert (found.state, found.what) == (state, what)


def test_no_answer_is_unknown():
    """And says why on one line, of which no answer of a stranger makes two."""
    found = unread("asking eu: 502 Bad Gateway\n<html>")

    assert (found.state, found.what) == ("unknown", "asking eu: 502 Bad Gateway <html>")
