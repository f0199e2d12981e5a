"""Two plans at once: the same as one after the other, and what goes wrong in the other process is heard of here."""

import os
from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import Batch
from pagerd.core.plan import VerdictKind
from pagerd.lab.people import NOBODY
from pagerd.lab.replay import pair
from pagerd.lab.replay.plans import only
from pagerd.lab.replay.recording import Item, Received, Recording
from tests.builders import NIGHT, a_plan, a_received_alert, a_rule, minutes

PAGES = only(a_plan())
TICKETS = only(a_plan(rules={"payments": (a_rule("All", verdict=VerdictKind.TICKET),)}))


def a_recording(source="alertmanager"):
    """One alert that fires for ten minutes."""
    items = [
        Item(NIGHT + minutes(minute), Received(source, Batch(alerts=(a_received_alert(firing=firing),))))
        for minute, firing in ((1, True), (11, False))
    ]
    return Recording(start=NIGHT, end=NIGHT + timedelta(hours=1), items=items, sources=frozenset({"alertmanager"}))


@pytest.mark.parametrize("cores", [{0}, {0, 1}])
def test_both_are_played_whatever_the_cores(cores, monkeypatch):
    """And whoever waits is told how far they are, up to the end."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: cores)
    told = []

    played = pair.play_pair(a_recording(), PAGES, TICKETS, NOBODY, lambda done, of: told.append((done, of)))

    assert (len(played.before.pages), len(played.before.tickets)) == (1, 0)
    assert (len(played.after.pages), len(played.after.tickets)) == (0, 1)
    assert {of for _, of in told} == {4}
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("cores", [{0}, {0, 1}])
def test_what_is_raised_there_is_raised_here(cores, monkeypatch):
    """Half a difference would be none."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: cores)

    with pytest.raises(KeyError, match="nobody"):
        pair.play_pair(a_recording("nobody"), PAGES, TICKETS, NOBODY, lambda _done, _of: None)
