"""What the timeline of an action item says, line by line."""

import pytest

from pagerd.core.actions.sentences import SENTENCES
from pagerd.core.timeline import Entry, sentence
from tests.builders import BERLIN, NOON

SAID = [
    (
        "action.added",
        {"by": "ana", "incident": "7", "title": "a bigger pool", "owner": "ben", "day": "2026-02-10"},
        "ana wrote it down after incident 7: a bigger pool. Owner: ben. Due 2026-02-10.",
    ),
    (
        "action.added",
        {"by": "ana", "incident": "7", "title": "a bigger pool"},
        "ana wrote it down after incident 7: a bigger pool.",
    ),
    ("action.retitled", {"by": "ana", "value": "a pool", "before": "pool"}, "ana calls it: a pool."),
    ("action.assigned", {"by": "ana", "to": "cho", "holder": "ben"}, "ana gave it to cho; it was with ben."),
    ("action.assigned", {"by": "ana", "to": "cho"}, "ana gave it to cho."),
    ("action.due", {"by": "ana", "value": "2026-02-10"}, "ana says that it is due 2026-02-10."),
    ("action.priority", {"by": "ana", "value": "high"}, "ana says that its priority is high."),
    ("action.verification", {"by": "ana", "value": "a drill"}, "ana says how it is verified: a drill."),
    ("action.impact", {"by": "ana", "value": "no outage"}, "ana says what will be better: no outage."),
    ("action.bars", {"by": "ana", "value": "detection"}, "ana says which bar it serves: detection."),
    (
        "action.taken_away",
        {"by": "ana", "what": "how it is verified", "before": "a drill"},
        "ana took away how it is verified; it was a drill.",
    ),
    (
        "action.taken_away",
        {"by": "ana", "what": "its owner", "holder": "ben"},
        "ana took away its owner; it was with ben.",
    ),
    ("action.started", {"by": "ben"}, "ben began."),
    (
        "action.done",
        {"by": "ben", "text": "size 400", "verification": "a drill"},
        "ben says that it is done: size 400. To be verified: a drill.",
    ),
    ("action.verified", {"by": "cho", "reason": "no payment failed"}, "cho verified it: no payment failed."),
    ("action.dropped", {"by": "cho", "reason": "the pool is gone"}, "cho dropped it: the pool is gone."),
    (
        "action.reopened",
        {"by": "cho", "reason": "it leaks", "day": "2026-02-10"},
        "cho opened it again: it leaks. Due 2026-02-10.",
    ),
    ("action.check_unmet", {"reason": "no such rule"}, "pagerd looked, and it is not so: no such rule."),
    ("action.check_unknown", {"reason": "no answer"}, "pagerd looked, and cannot tell: no answer."),
    (
        "action.came_back",
        {"incident": "9", "reason": "the same alerts", "day": "2026-02-10"},
        "It happened again: incident 9 has the same alerts. It is open again, and due 2026-02-10.",
    ),
    (
        "action.seen_again",
        {"incident": "9", "reason": "the same service (api)"},
        "Incident 9 has the same service (api): look whether it helped.",
    ),
    ("action.reminded", {"people": "ben, dora", "day": "2026-02-10"}, "Reminded ben, dora; it is due 2026-02-10."),
    (
        "action.nobody_reminded",
        {"owner": "ben"},
        "Nobody can be reminded of it: ben is not in the files, or cannot be reached.",
    ),
    ("action.tracked", {"ref": "OPS-1", "url": "https://t.example"}, "The tracker calls it OPS-1 (https://t.example)."),
]


@pytest.mark.parametrize(("kind", "details", "said"), SAID)
def test_what_is_said(kind, details, said):
    """And without what is not there."""
    assert sentence(Entry(NOON, kind, details), BERLIN) == said


def test_every_kind_is_in_the_table_above():
    """A new sentence is shown in a test first."""
    assert {kind for kind, _details, _said in SAID} == set(SENTENCES)
