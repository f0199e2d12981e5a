"""Updates: what may be promised, what is late, and who is reminded or paged."""

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import EndPages, KeepUpdate, RaisePage, TellPerson
from pagerd.core.incidents.events import NoteAdded, TimerFired, UpdatePosted
from pagerd.core.incidents.incident import Cadence
from pagerd.core.incidents.roles import Role, Standing
from tests.builders import NOON, a_plan, an_incident, minutes

PLAN = a_plan()
BY = {"by": "ben", "via": "cli"}
ROLES = {Role.IC: Standing(holder="dora", since=NOON), Role.COMMS: Standing(holder="cho", since=NOON)}


def post(incident, after, next_in=None):
    """Post an update so long after noon, with this promise."""
    next_at = NOON + after + next_in if next_in is not None else None
    event = UpdatePosted(**BY, know="it is the release", doing="", trend="", next_at=next_at)
    return decide(incident, event, PLAN, NOON + after)


def refusal(act):
    """Return by which codes an act is refused, and in which words."""
    with pytest.raises(TransitionRefused) as refused:
        act()
    return [one.code for one in refused.value.unmet], str(refused.value)


@pytest.mark.parametrize(
    ("next_in", "is_refused"),
    [
        (minutes(14), True),
        (minutes(15), False),
        (minutes(30), False),
        (minutes(31), True),
    ],
)
def test_the_next_update_is_promised_within_what_the_severity_allows(next_in, is_refused):
    """The worst says something every 15 to 30 minutes: neither sooner, which nobody keeps, nor later."""
    if is_refused:
        codes, words = refusal(lambda: post(an_incident(), minutes(5), next_in))

        assert codes == ["promise_out_of_bounds"]
        assert words.endswith("the next update of a sev1 comes within 15m to 30m")
        return

    assert post(an_incident(), minutes(5), next_in).incident.cadence.next_at == NOON + minutes(5) + next_in


def test_without_a_word_the_longest_promise_is_made():
    """Whoever has no time to think of it has as much time as there is."""
    assert post(an_incident(), minutes(5)).incident.cadence.next_at == NOON + minutes(35)


@pytest.mark.parametrize(("after", "late"), [(minutes(15), None), (minutes(18), "3m")])
def test_an_update_that_comes_late_says_by_how_much(after, late):
    """By the promise is in time; the slot that it was for is kept with it either way."""
    posted = post(an_incident(), after)
    [kept] = [one for one in posted.effects if isinstance(one, KeepUpdate)]

    assert (kept.number, kept.slot_at) == (1, NOON + minutes(15))
    assert posted.entries[0].details.get("late") == late


def test_a_page_for_an_update_ends_with_it():
    """Only where there is one: while the promise was kept nobody was paged."""
    overdue = an_incident(cadence=Cadence(next_at=NOON, was_reminded=True, is_overdue=True))
    ended = [one for one in post(overdue, minutes(3)).effects if isinstance(one, EndPages)]

    assert ended == [EndPages(errand="update", why="update 1 was posted", by="ben")]
    assert not [one for one in post(an_incident(), minutes(3)).effects if isinstance(one, EndPages)]


@pytest.mark.parametrize(("roles", "writer"), [(ROLES, "cho"), ({Role.IC: ROLES[Role.IC]}, "dora"), ({}, "ana")])
def test_whoever_writes_is_reminded_five_minutes_before(roles, writer):
    """The comms lead, else the commander, else whoever opened it; then the page asks for it, once."""
    incident = an_incident(roles=roles, lull=None)
    reminded = decide(incident, TimerFired(), PLAN, NOON + minutes(10))
    missed = decide(reminded.incident, TimerFired(), PLAN, NOON + minutes(15))

    text = "Incident 7: update 1 is due in 5m. pagerd update post 7"
    assert TellPerson(person=writer, text=text) in reminded.effects
    assert [one.errand for one in missed.effects if isinstance(one, RaisePage)] == ["update"]
    assert missed.incident.cadence.is_overdue
    assert missed.incident.due is None


def test_a_note_is_about_what_happened():
    """At the instant at which it did, which may be now, and not later."""
    note = NoteAdded(**BY, text="the graph is flat", at=NOON - minutes(3))
    noted = decide(an_incident(), note, PLAN, NOON)
    future = NoteAdded(**BY, text="the graph will be flat", at=NOON + minutes(1))

    assert [(entry.at, entry.details["text"]) for entry in noted.entries] == [(NOON - minutes(3), "the graph is flat")]
    assert refusal(lambda: decide(an_incident(), future, PLAN, NOON))[0] == ["times_out_of_order"]
