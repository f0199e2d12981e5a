"""Where people meet, who is at work, and who is reminded."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.announcing import announced, facts_of
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import AnswerQuestion, KeepQuestion, RaisePage, TellPerson, TellQuietly
from pagerd.core.incidents.events import (
    RoleTaken,
    TimerFired,
    UpdatePosted,
)
from pagerd.core.incidents.on_room import FOLLOWERS_MAX
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.incidents.room import Room, RoomRules, free_place
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.timeline import Entry
from tests.builders import NOON, a_plan, an_incident, minutes

POOL = RoomRules(bridges=("red", "blue"), url="https://meet.example.com/{incident}")
BY = {"by": "dora", "via": "cli"}
DORA = {Role.IC: Standing(holder="dora", since=NOON)}


def test_the_first_bridge_that_nobody_has_is_lent():
    """Then an address of the incident's own; where there is neither, its page is the room."""
    assert free_place(POOL, 7, ()) == "red"
    assert free_place(POOL, 7, {"red"}) == "blue"
    assert free_place(POOL, 7, {"red", "blue"}) == "https://meet.example.com/7"
    assert free_place(RoomRules(bridges=("red",)), 7, {"red"}) is None
    assert free_place(RoomRules(), 7, ()) is None


def test_whoever_is_asked_for_is_told_where_to_come():
    """First, because what comes last is cut from a text."""
    incident = an_incident(room=Room(place="https://meet.example.com/7", since=NOON))
    rules = IncidentRules(all_hands=("cho",))
    done = decide(incident, AllHandsCalled(**BY), replace(a_plan(), incidents=rules), NOON)

    [page] = [one for one in done.effects if isinstance(one, RaisePage)]
    assert page.action == "https://meet.example.com/7 Join it."


def test_all_hands_spare_whoever_is_at_work():
    """Nobody is woken by a call for what they work on; a role or a schedule of such people alone is left out."""
    rules = IncidentRules(all_hands=("dora", "team_lead", "cho"))
    done = decide(an_incident(roles=DORA), AllHandsCalled(**BY), replace(a_plan(), incidents=rules), NOON)

    [page] = [one for one in done.effects if isinstance(one, RaisePage)]
    assert (page.steps[0].targets, set(page.spared)) == (("cho",), {"dora"})


def refusal(incident, event, plan=None, now=NOON):
    """Return by which code an event is refused."""
    with pytest.raises(TransitionRefused) as caught:
        decide(incident, event, plan or a_plan(), now)
    return caught.value.unmet[0].code


def test_what_cannot_be_gathered_is_refused_by_code():
    """Nobody named, called just now, too many onlookers, or none who was one."""
    crowd = tuple(f"p{number}" for number in range(FOLLOWERS_MAX))
    called = replace(a_plan(), incidents=IncidentRules(all_hands=("cho",)))

    assert refusal(an_incident(), AllHandsCalled(**BY)) == "no_all_hands"
    assert (
        refusal(an_incident(all_hands_at=NOON), AllHandsCalled(**BY), called, NOON + minutes(14)) == "all_hands_called"
    )
    assert decide(an_incident(all_hands_at=NOON), AllHandsCalled(**BY), called, NOON + minutes(15)).effects
    assert refusal(an_incident(followers=crowd), Followed(**BY, person="eva")) == "too_many_followers"
    assert refusal(an_incident(followers=("eva",)), Followed(**BY, person="eva")) == "follows_already"
    assert refusal(an_incident(), Unfollowed(**BY, person="eva")) == "follows_not"


def test_onlookers_hear_of_updates_and_those_at_work_do_not():
    """Whoever took a role after they had followed wrote it, or heard it."""
    incident = an_incident(roles=DORA, followers=("dora", "eva"))
    event = UpdatePosted(**BY, know="we roll back", doing="release 41", trend="improving")
    done = decide(incident, event, a_plan(), NOON + minutes(5))

    told = [one for one in done.effects if isinstance(one, TellQuietly)]
    assert [(one.targets, one.text) for one in told] == [
        (("eva",), "Incident 7: update 1: we roll back. Now: release 41. Impact improving.")
    ]


def test_a_commander_who_goes_is_not_reminded():
    """The clock is the commander's, not the role's."""
    plan = a_plan()
    taken = decide(an_incident(), RoleTaken(by="dora", via="cli", role="ic"), plan, NOON).incident
    assert taken.relief_at == NOON + minutes(240)
    vacant = replace(taken, roles={}, cadence=None, lull=None)
    done = decide(vacant, TimerFired(), plan, NOON + minutes(240))

    assert done.incident.relief_at is None
    assert not [one for one in done.effects if isinstance(one, TellPerson)]
    again = decide(taken, RoleTaken(by="dora", via="cli", role="ic"), plan, NOON + minutes(60)).incident
    assert again.relief_at == taken.relief_at


def test_messages_say_where_to_come():
    """Colleagues who are told of an incident, and those who are asked for help, need not look for its page."""
    room = Room(place="https://meet.example.com/7", since=NOON)
    asked = [Entry(NOON, "incident.help_asked", {"by": "ana", "team": "platform", "people": "eva", "text": "a DBA"})]
    for incident, place in ((an_incident(room=room), room.place), (an_incident(), "https://pagerd.example.com/i/7")):
        [said] = announced(incident, asked, a_plan(), NOON)
        assert facts_of(said, a_plan(), link="https://pagerd.example.com/i/7")["join"] == place


def test_where_they_meet_may_change_and_there_may_be_nowhere():
    """Whoever looks is told where to come now; where no bridge was left, its own page is the room."""
    incident = an_incident(room=Room(place="red", since=NOON))
    moved = decide(incident, RoomOpened(**BY, place="blue"), a_plan(), NOON + minutes(5))
    none_left = decide(incident, RoomOpened(**BY, place=""), a_plan(), NOON + minutes(5))

    assert moved.incident.room == Room(place="blue", since=NOON + minutes(5))
    assert [entry.details for entry in moved.entries] == [{"by": "dora", "via": "cli", "place": "blue"}]
    assert (none_left.incident.room, [entry.kind for entry in none_left.entries]) == (None, ["room.none_free"])


def test_whoever_had_enough_is_told_no_more():
    """By themselves or by somebody else, who is named then; whoever follows is named likewise."""
    watched = decide(an_incident(followers=("ben",)), Followed(**BY, person="eva"), a_plan(), NOON)
    alone = decide(watched.incident, Unfollowed(by="eva", via="web", person="eva"), a_plan(), NOON)

    assert watched.incident.followers == ("ben", "eva")
    assert watched.entries[0].details == {"by": "dora", "via": "cli", "person": "eva"}
    assert alone.incident.followers == ("ben",)
    assert alone.entries[0].details == {"via": "web", "person": "eva"}


@pytest.mark.parametrize(
    ("roles", "person", "text", "said"),
    [
        (DORA, "dora", "is Japan hit, too?", "Incident 7, Eva asks: is Japan hit, too? pagerd incident reply 7 1"),
        ({}, "ana", "when is it over", "Incident 7, Eva asks: when is it over. pagerd incident reply 7 1"),
    ],
)
def test_a_question_goes_to_whoever_speaks(roles, person, text, said):
    """The comms lead, else the commander, else whoever opened it; those who repair are not held up."""
    asked = decide(an_incident(roles=roles), QuestionAsked(by="eva", via="web", text=text), a_plan(), NOON)

    assert KeepQuestion(number=1, text=text, by="eva") in asked.effects
    assert TellPerson(person=person, text=said) in asked.effects
    answer = QuestionAnswered(**BY, number=1, text="no, Europe alone")
    assert decide(asked.incident, answer, a_plan(), NOON).effects == (
        AnswerQuestion(number=1, text="no, Europe alone", by="dora"),
    )
    assert refusal(asked.incident, replace(answer, number=2)) == "no_such_question"
    assert refusal(asked.incident, replace(answer, number=0)) == "no_such_question"


def test_a_commander_of_four_hours_is_reminded_to_hand_over():
    """And again after as long; whoever took it over begins anew."""
    plan = a_plan()
    taken = decide(an_incident(), RoleTaken(by="dora", via="cli", role="ic"), plan, NOON).incident
    quiet = replace(taken, cadence=None, lull=None)
    reminded = decide(quiet, TimerFired(), plan, NOON + minutes(240))
    handed = decide(reminded.incident, RoleTaken(by="eva", via="cli", role="ic"), plan, NOON + minutes(250)).incident

    text = "Incident 7: you command it for 4h. Hand over: pagerd role handoff ic 7 PERSON"
    assert TellPerson(person="dora", text=text) in reminded.effects
    assert reminded.incident.relief_at == NOON + minutes(480)
    assert handed.relief_at == NOON + minutes(490)
