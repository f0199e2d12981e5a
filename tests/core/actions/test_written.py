"""An action item as it is written for others: everything that they may know, and what is not known as nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from pagerd.core.actions.item import ActionStatus, Checked, CheckState
from pagerd.core.actions.written import written
from tests.builders import NOON, minutes
from tests.postmortems import an_item

AT, LATER = "2026-01-06T11:00:00+00:00", "2026-01-06T11:05:00+00:00"


def test_what_is_new_has_nothing_of_its_end():
    """Its terms as they were written, and how it will be verified by its kind."""
    assert written(an_item()) == {
        "number": 1,
        "incident": 7,
        "status": "open",
        "title": "Alert when 80 % of the pool is used for 5 minutes",
        "owner": "platform",
        "due": "2026-01-20",
        "priority": "high",
        "verification": "rule: PoolNearlyUsedUp",
        "check_kind": "rule",
        "impact": "a full pool is noticed before customers notice it",
        "bars": ["detection"],
        "team": "payments",
        "service": "",
        "is_drill": False,
        "opened_at": AT,
        "opened_by": "ana",
        "done_at": None,
        "done_by": None,
        "over_at": None,
        "over_by": None,
        "over_why": "",
        "checked_at": None,
        "check_state": None,
        "check_what": "",
        "repeats": [],
    }


def test_what_is_over_says_who_said_so_when_and_why():
    """Done and verified are two people's words; a look that pagerd took stands beside them."""
    over = replace(
        an_item(due=None, verification="a drill"),
        status=ActionStatus.VERIFIED,
        done_at=NOON,
        done_by="ben",
        over_at=NOON + minutes(5),
        over_by="cho",
        over_why="I saw it fire",
        checked=Checked(at=datetime(2026, 1, 6, 11, tzinfo=UTC), state=CheckState.UNKNOWN, what="no answer"),
        repeats=(9, 12),
    )
    said = written(over)

    assert (said["due"], said["check_kind"]) == (None, "word")
    assert (said["done_at"], said["done_by"], said["over_at"], said["over_by"]) == (AT, "ben", LATER, "cho")
    assert (said["over_why"], said["repeats"]) == ("I saw it fire", [9, 12])
    assert (said["checked_at"], said["check_state"], said["check_what"]) == (AT, "unknown", "no answer")
    assert json.loads(json.dumps(said)) == said
