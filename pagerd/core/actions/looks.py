"""What a look at something that is done came to: met, unmet, or unknown where nobody could tell.

A query is met when it has a result and none of its series is zero, as the expression of an alert is. Without a result
nobody knows: the comparison may be false, or there may be no data; with `bool` Prometheus says which.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pagerd.core.actions.item import CheckState
from pagerd.core.actions.terms import CheckKind, Verification
from pagerd.core.incidents.checks import Value
from pagerd.core.plain import one_line
from pagerd.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and in which words."""

    state: CheckState
    what: str


def in_plan(verification: Verification, plan: Plan) -> Found | None:
    """Say what the plan alone knows of it; None where a Prometheus is to be asked."""
    if verification.kind is CheckKind.WORD:
        return Found(CheckState.UNKNOWN, "this is for a person to see")
    if verification.kind is CheckKind.RUNBOOK:
        name = verification.what.removesuffix(".md")
        runbook = plan.runbooks.get(name)
        if runbook is None:
            return Found(CheckState.UNMET, f"there is no runbook {name}")
        return Found(CheckState.MET, f"the runbook {name} is there: {one_line(runbook.title, 100)}")
    if not plan.prometheus:
        return Found(CheckState.UNKNOWN, "pagerd.yaml names no Prometheus that could be asked")
    if not verification.server and len(plan.prometheus) > 1:
        names = ", ".join(plan.prometheus)
        kind = verification.kind.value
        return Found(CheckState.UNKNOWN, f"there are several Prometheus ({names}): write {kind}@{plan.prometheus[0]}:")
    if server_of(verification, plan) not in plan.prometheus:
        return Found(CheckState.UNKNOWN, f"pagerd.yaml names no Prometheus {verification.server}")
    return None


def server_of(verification: Verification, plan: Plan) -> str:
    """Return which Prometheus is asked: the one that is named, else the only one there is."""
    return verification.server or plan.prometheus[0]


def of_values(values: Sequence[Value]) -> Found:
    """Say what the answer to a query means."""
    if not values:
        what = "the query has no result: it is not so, or there is no data; with `bool` Prometheus says which"
        return Found(CheckState.UNKNOWN, what)
    untrue = sum(one.value == 0 for one in values)
    if untrue:
        return Found(CheckState.UNMET, f"the query is 0 in {untrue} of {len(values)} series")
    if any(math.isnan(one.value) for one in values):
        return Found(CheckState.UNKNOWN, "the query has a result that is no number")
    seen = f"is {values[0].value:.4g}" if len(values) == 1 else f"holds in {len(values)} series"
    return Found(CheckState.MET, f"the query {seen}")


def of_rules(name: str, server: str, healths: Sequence[str]) -> Found:
    """Say what it means which alert rules of a name there are, each with its health in Prometheus' words."""
    if not healths:
        return Found(CheckState.UNMET, f"Prometheus {server} has no alert rule {name}")
    if "err" in healths:
        # Of several of one name each watches something, and this one watches nothing.
        return Found(CheckState.UNMET, f"Prometheus {server} has the alert rule {name}, and cannot evaluate it")
    return Found(CheckState.MET, f"Prometheus {server} has the alert rule {name}")


def unread(why: str) -> Found:
    """Say that there was no answer."""
    return Found(CheckState.UNKNOWN, one_line(why, 200))
