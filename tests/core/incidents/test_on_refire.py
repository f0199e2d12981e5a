"""What fires again was not over: when that is so, and what it does."""

from datetime import timedelta

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.effects import Carry, RaisePage
from pagerd.core.incidents.events import Refired
from pagerd.core.incidents.incident import DecidedPath, IncidentStatus, Mode
from pagerd.core.incidents.on_refire import REOPENS_WITHIN, is_again
from pagerd.core.incidents.roles import Standing
from tests.builders import NOON, a_plan, an_incident

AGAIN = Refired(page="p-2", alert="CheckoutErrors")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "after", "is_so"),
    [
        (IncidentStatus.TRIAGE, SECOND, False),
        (IncidentStatus.INVESTIGATING, SECOND, False),
        (IncidentStatus.MITIGATING, SECOND, False),
        (IncidentStatus.MONITORING, SECOND, True),
        (IncidentStatus.MONITORING, 24 * REOPENS_WITHIN, True),
        (IncidentStatus.RESOLVED, SECOND, True),
        (IncidentStatus.RESOLVED, REOPENS_WITHIN, True),
        (IncidentStatus.RESOLVED, REOPENS_WITHIN + SECOND, False),
        (IncidentStatus.CLOSED, SECOND, False),
        (IncidentStatus.CANCELLED, SECOND, False),
    ],
)
def test_when_it_was_not_over(status, after, is_so):
    """While it is watched, and for an hour after its end; what people still work on is no news."""
    assert is_again(an_incident(status=status), NOON + after) is is_so


def test_what_was_written_down_afterwards_is_over():
    """It is an account of something else."""
    assert not is_again(an_incident(status=IncidentStatus.RESOLVED, mode=Mode.BACKFILL), NOON + SECOND)


def test_what_fires_after_a_drill_is_real():
    """While the drill is watched it may be its experiment; then nobody experiments any more."""
    assert is_again(an_incident(status=IncidentStatus.MONITORING, mode=Mode.DRILL), NOON + SECOND)
    assert not is_again(an_incident(status=IncidentStatus.RESOLVED, mode=Mode.DRILL), NOON + SECOND)


@pytest.mark.parametrize("status", [IncidentStatus.MONITORING, IncidentStatus.RESOLVED])
def test_it_is_taken_up_again_and_its_commander_paged(status):
    """With the roles as they were, and clocks that begin anew; what was tried did not help, so nothing is decided."""
    path = DecidedPath(text="roll back", owner="ben", by="dora", at=NOON)
    before = an_incident(status=status, roles={"ic": Standing(holder="dora", since=NOON)}, path=path)
    decision = decide(before, AGAIN, a_plan(), NOON + SECOND)
    after = decision.incident
    [look] = [one for one in decision.effects if isinstance(one, RaisePage) and one.errand == "watch"]

    assert after.status is IncidentStatus.INVESTIGATING
    assert after.roles["ic"].holder == "dora"
    assert (after.watch, after.resolved_at, after.impact_ended_at) == (None, None, None)
    assert after.lull.since == NOON + SECOND
    assert after.path is None
    assert look.steps[0].targets == ("dora",)
    assert (Carry(is_open=True) in decision.effects) is (status is IncidentStatus.RESOLVED)
