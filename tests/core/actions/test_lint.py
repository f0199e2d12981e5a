"""What an action item must say before anybody can be held to it."""

from dataclasses import replace
from datetime import date

import pytest

from pagerd.core.actions.lint import CODES, lint
from pagerd.core.actions.terms import Bar, CheckKind, Priority, Terms, Verification, verification_in

WHOLE = Terms(
    title="alert on pool usage over 80 %",
    owner="platform",
    due=date(2026, 2, 10),
    priority=Priority.HIGH,
    verification="rule: PoolNearlyExhausted",
    impact="a full pool is seen 20 min before it hurts",
    bars=(Bar.DETECTION,),
)

PLAYBOOK = (
    Terms(title="alert on pool > 80 % for 5 minutes", owner="platform", due=date(2026, 2, 10)),
    Terms(title="canary check that blocks a deploy over the threshold", owner="sre", due=date(2026, 2, 15)),
    Terms(title="runbook with rollback command and verification", owner="payments-tl", due=date(2026, 2, 5)),
    Terms(title="monthly load test under spikes", owner="qa", due=date(2026, 3, 1)),
)
"""The playbook's own example, as it stands there: who and when, and nothing else."""


def codes(terms, owners=None):
    """Return the codes of what is missing."""
    return [one.code for one in lint(terms, owners)]


def test_a_whole_one_lacks_nothing():
    """Title, owner, day, priority, verification, impact and a bar."""
    assert lint(WHOLE, {"platform"}) == ()


@pytest.mark.parametrize("terms", PLAYBOOK, ids=lambda terms: terms.owner)
def test_the_playbooks_own_example_fails_for_the_right_reasons(terms):
    """It has owners and days; priority, verification, impact and bars it asks for and does not have."""
    assert codes(terms) == ["priority_missing", "verification_missing", "impact_missing", "bar_missing"]


@pytest.mark.parametrize(
    ("field", "nothing", "code"),
    [
        ("title", " ", "title_missing"),
        ("owner", "", "owner_missing"),
        ("due", None, "due_missing"),
        ("priority", "soon", "priority_missing"),
        ("verification", "  ", "verification_missing"),
        ("verification", "query: ", "verification_missing"),
        ("verification", "query@eu: ", "verification_missing"),
        ("impact", "", "impact_missing"),
        ("bars", ("morale",), "bar_missing"),
    ],
)
def test_each_part_is_missed_by_its_own_code(field, nothing, code):
    """And only by that."""
    found = lint(replace(WHOLE, **{field: nothing}), {"platform"})

    assert [(one.code, one.what) for one in found] == [(code, CODES[code])]


def test_an_owner_must_be_somebody():
    """Where the names are known, one that is nobody's answers for nothing."""
    assert codes(WHOLE, {"payments"}) == ["owner_unknown"]
    assert codes(WHOLE) == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("query: up == 1", CheckKind.QUERY, "up == 1"),
        ("Rule:  PoolFull ", CheckKind.RULE, "PoolFull"),
        ("runbook: payments-5xx", CheckKind.RUNBOOK, "payments-5xx"),
        ("runbook@eu: payments-5xx", CheckKind.WORD, "runbook@eu: payments-5xx"),
        ("a drill: nobody loses a payment", CheckKind.WORD, "a drill: nobody loses a payment"),
        ("word: as said", CheckKind.WORD, "word: as said"),
        ("the pool holds", CheckKind.WORD, "the pool holds"),
    ],
)
def test_how_it_is_verified_is_one_line(text, kind, what):
    """A colon alone makes no check of a sentence."""
    assert verification_in(text) == Verification(kind, what)


def test_a_prometheus_may_be_named():
    """Where there are several."""
    assert verification_in("query@eu: up == 1") == Verification(CheckKind.QUERY, "up == 1", "eu")
