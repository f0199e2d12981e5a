"""Who comes together about an incident, and who looks on: the room, all hands, followers and their questions."""

from datetime import timedelta

from pagerd.core.incidents import asking
from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import AnswerQuestion, KeepQuestion, TellPerson, TellQuietly
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.incidents.roles import Role
from pagerd.core.incidents.room import Room
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.plain import length

FOLLOWERS_MAX = 200
"""Onlookers of one incident: each is told of each update."""

AGAIN_AFTER = timedelta(minutes=15)
"""All hands are not called twice within this: a second press is a mistake."""


def at_work(incident: Incident) -> tuple[str, ...]:
    """Return who holds a role: whoever works in it already need not be called, nor told what they know."""
    return tuple(dict.fromkeys(one.holder for one in incident.roles.values() if one.holder is not None))


def room_opened(draft: Draft, event: RoomOpened) -> None:
    """Say where its people meet from now on; nowhere but on its own page, where no bridge was left."""
    if not event.place:
        draft.change(room=None)
        draft.record("room.none_free", count=str(len(draft.plan.incidents.room.bridges)))
        return
    draft.change(room=Room(place=event.place, since=draft.now))
    draft.record("room.opened", by=event.by, via=event.via, place=event.place)


def all_hands_called(draft: Draft, event: AllHandsCalled) -> None:
    """Page everybody who is named for it, each by a page of their own."""
    targets = draft.plan.incidents.all_hands
    if not targets:
        raise draft.refuse("no_all_hands", "nobody is named in all_hands of rules/incidents.yaml")
    called = draft.incident.all_hands_at
    if called is not None and draft.now - called < AGAIN_AFTER:
        raise draft.refuse("all_hands_called", f"all hands were called {length(draft.now - called)} ago")
    draft.change(all_hands_at=draft.now)
    draft.record("incident.all_hands", by=event.by, via=event.via, people=", ".join(targets))
    asking.ask_all_hands(draft, targets, spared=(event.by, *at_work(draft.incident)))


def followed(draft: Draft, event: Followed) -> None:
    """Somebody looks on: they are told of updates, quietly, and never paged."""
    followers = draft.incident.followers
    if event.person in followers:
        raise draft.refuse("follows_already", f"{draft.plan.name_of(event.person)} follows it already")
    if len(followers) >= FOLLOWERS_MAX:
        raise draft.refuse("too_many_followers", f"{FOLLOWERS_MAX} people follow it already")
    draft.change(followers=(*followers, event.person))
    draft.record("incident.followed", by=_other(event.by, event.person), via=event.via, person=event.person)


def follow_along(draft: Draft, people: tuple[str, ...]) -> None:
    """Let those who followed an incident follow the one that it became part of, also where that makes very many."""
    followers = draft.incident.followers
    fresh = tuple(person for person in people if person not in followers)
    if fresh:
        draft.change(followers=(*followers, *fresh))
        draft.record("incident.followed_along", people=", ".join(fresh))


def unfollowed(draft: Draft, event: Unfollowed) -> None:
    """Somebody had enough."""
    if event.person not in draft.incident.followers:
        raise draft.refuse("follows_not", f"{draft.plan.name_of(event.person)} does not follow it")
    draft.change(followers=tuple(one for one in draft.incident.followers if one != event.person))
    draft.record("incident.unfollowed", by=_other(event.by, event.person), via=event.via, person=event.person)


def _other(by: str, person: str) -> str:
    """Return who said so, where that is somebody else."""
    return by if by != person else ""


def question_asked(draft: Draft, event: QuestionAsked) -> None:
    """Carry a question to whoever speaks, and past those who work."""
    number = draft.incident.question + 1
    draft.change(question=number)
    person = draft.incident.holder_of_first(Role.COMMS, Role.IC)
    draft.do(KeepQuestion(number=number, text=event.text, by=event.by))
    draft.record("question.asked", by=event.by, via=event.via, number=str(number), text=event.text, person=person)
    asks = f"{draft.plan.name_of(event.by)} asks: {event.text}{'' if event.text.endswith('?') else '.'}"
    how = f"pagerd incident reply {draft.incident.number} {number}"
    draft.do(TellPerson(person=person, text=f"{name_of(draft.incident).capitalize()}, {asks} {how}"))


def question_answered(draft: Draft, event: QuestionAnswered) -> None:
    """Answer a question, for whoever asked and for whoever reads the timeline."""
    if not 1 <= event.number <= draft.incident.question:
        raise draft.refuse("no_such_question", f"there is no question {event.number}")
    draft.do(AnswerQuestion(number=event.number, text=event.text, by=event.by))
    draft.record("question.answered", by=event.by, via=event.via, number=str(event.number), text=event.text)


def tell_followers(draft: Draft, text: str) -> None:
    """Tell whoever looks on one sentence, quietly; but not those who are at work in it, who know."""
    incident = draft.incident
    busy = at_work(incident)
    for person in incident.followers:
        if person not in busy:
            draft.do(TellQuietly(targets=(person,), text=f"{name_of(incident).capitalize()}: {text}"))


def relief_due(draft: Draft) -> None:
    """Remind whoever commands for long to hand over: nobody decides well after hours of it."""
    incident = draft.incident
    if incident.relief_at is None or incident.relief_at > draft.now:
        return
    standing = incident.roles.get(Role.IC)
    if standing is None or standing.holder is None or standing.since is None:
        draft.change(relief_at=None)
        return
    held = length(draft.now - standing.since)
    draft.change(relief_at=draft.now + draft.plan.incidents.relief_after)
    how = f"pagerd role handoff ic {incident.number} PERSON"
    text = f"{name_of(incident).capitalize()}: you command it for {held}. Hand over: {how}"
    draft.do(TellPerson(person=standing.holder, text=text))
    draft.record("role.relief", person=standing.holder, held=held)
