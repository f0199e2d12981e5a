"""Who was at work in an incident."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.effort import at_work
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode
from pagerd.core.incidents.roles import Role, Standing
from tests.builders import NIGHT, minutes

INCIDENT = Incident(
    id="i-1",
    number=1,
    mode=Mode.LIVE,
    title="Nobody can pay",
    team="payments",
    severity="sev1",
    rank=1,
    status=IncidentStatus.MITIGATING,
    opened_at=NIGHT,
    opened_by="ana",
    detected_at=NIGHT,
    roles={
        Role.IC: Standing(holder="dora", since=NIGHT + minutes(2)),
        Role.TL: Standing(holder="dora", since=NIGHT + minutes(9)),
        Role.COMMS: Standing(is_asked=True),
    },
)


def test_whoever_acts_and_whoever_holds_a_role_is_at_work():
    """Each once, a holder since they took the first of their roles."""
    found = {one.person: one.since for one in at_work(INCIDENT, "ben", NIGHT + minutes(30))}

    assert found == {"ben": NIGHT + minutes(30), "dora": NIGHT + minutes(2)}
    assert [one.since for one in at_work(INCIDENT, "dora", NIGHT + minutes(30))] == [NIGHT + minutes(2)]


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, True),
        ({"mode": Mode.DRILL}, True),
        ({"mode": Mode.BACKFILL}, False),
        ({"status": IncidentStatus.TRIAGE}, True),
        ({"status": IncidentStatus.RESOLVED}, False),
        ({"status": IncidentStatus.CANCELLED}, False),
    ],
)
def test_what_is_written_down_afterwards_is_no_work_of_the_night(fields, counts):
    """A drill is: whoever is in it is awake."""
    assert bool(at_work(replace(INCIDENT, **fields), "ana", NIGHT)) is counts
