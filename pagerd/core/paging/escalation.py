"""Who is paged next. People are looked up when a step fires; a step with nobody to page never waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from pagerd.core.effects import Notify, RaiseAlarm
from pagerd.core.oncall.lookup import people_on_call, shadows_of
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.notification import is_reachable, urgency_of_page
from pagerd.core.paging.page import Page, PageStep, Position, Stage
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Urgency
from pagerd.core.plan import Plan
from pagerd.core.values import changed

ENDS = frozenset({Stage.LAST_RESORT, Stage.EVERYBODY_ASKED})
"""Where no step is left."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person and the road that led to them, such as `primary, schedule payments-primary`."""

    person: str
    via: str


def behind(plan: Plan, team: str, target: str) -> str:
    """Return the name of the schedule or person that a target stands for: a role of the team, or of all teams."""
    owner = plan.teams.get(team)
    return (owner.roles.get(target) if owner is not None else None) or plan.roles.get(target) or target


def find(plan: Plan, team: str, target: str, at: datetime) -> tuple[Found, ...]:
    """Return the people behind a target's name at an instant: a role of the team, a schedule or a person."""
    name = behind(plan, team, target)
    if name in plan.people:
        return (Found(name, target if target == name else f"{target}, {name}"),)
    if name in plan.book.schedules:
        via = f"schedule {name}" if target == name else f"{target}, schedule {name}"
        return tuple(Found(person, via) for person in people_on_call(plan.book, name, at) if person in plan.people)
    return ()


def find_all(plan: Plan, team: str, targets: Iterable[str], at: datetime) -> tuple[Found, ...]:
    """Return the people behind several targets, each once, in order."""
    found: dict[str, Found] = {}
    for target in targets:
        for one in find(plan, team, target, at):
            found.setdefault(one.person, one)
    return tuple(found.values())


def is_on_call_for(plan: Plan, page_steps: Iterable[PageStep], team: str, person: str, at: datetime) -> bool:
    """Is this person behind one of the steps right now?"""
    return any(person in {one.person for one in find_all(plan, team, step.targets, at)} for step in page_steps)


def last_resort(plan: Plan, team: str, urgency: Urgency, at: datetime) -> list[Found]:
    """Return the people of the last resort who can be reached.

    Being away never empties it: where nobody is left its people are paged whatever the calendar says.
    """
    everybody_is_here = changed(plan, book=changed(plan.book, away=()))
    for asked in (plan, everybody_is_here):
        found = find_all(asked, team, plan.last_resort.targets, at)
        reachable = [one for one in found if is_reachable(plan, one.person, urgency)]
        if reachable:
            return reachable
    return []


def restart(draft: Draft) -> None:
    """Take the escalation up at step 1 of round 1, as if nobody had been paged yet, and page it."""
    draft.change(position=Position(stage=Stage.STEP))
    page_current(draft)


def page_current(draft: Draft) -> None:
    """Page the step where the escalation stands; a step with nobody to page is skipped at once, and says why."""
    page = draft.page
    # Each round has at most len(steps) steps, and the last resort ends the walk: the loop is bounded by the policy.
    while page.position.stage not in ENDS:
        if _page_step(draft):
            return
        advance(draft)
        page = draft.page
    if page.position.stage is Stage.EVERYBODY_ASKED:
        # Due at once: whoever waits for an answer is told in a moment, by whatever way the policy came to its end.
        draft.change(position=changed(page.position, asked=(), due=draft.now))
    else:
        _page_last_resort(draft)


def advance(draft: Draft) -> None:
    """Move to the next step, round or the last resort, without paging anybody yet."""
    page, position = draft.page, draft.page.position
    match position.stage:
        case Stage.BEFORE:
            moved = Position(stage=Stage.STEP, paged=position.paged)
        case Stage.REASSIGNED:
            moved = Position(stage=Stage.STEP)
        case Stage.LAST_RESORT | Stage.EVERYBODY_ASKED:
            moved = position
        case Stage.STEP:
            if position.index + 1 < len(page.steps):
                moved = changed(position, index=position.index + 1, due=None)
            elif position.round < page.repeat:
                moved = Position(stage=Stage.STEP, round=position.round + 1)
                draft.record("round.started", round=str(moved.round + 1))
            else:
                end = Stage.EVERYBODY_ASKED if page.ends_quietly else Stage.LAST_RESORT
                moved = Position(stage=end, round=position.round)
        case _:
            assert_never(position.stage)
    draft.change(position=moved)


def step_name(page: Page) -> str:
    """Name the place where the escalation stands, for people."""
    position = page.position
    match position.stage:
        case Stage.BEFORE:
            return "the step before step 1"
        case Stage.REASSIGNED:
            return "the handover"
        case Stage.LAST_RESORT:
            return "the last resort"
        case Stage.EVERYBODY_ASKED:
            return "its end, at which nobody is paged"
        case Stage.STEP:
            return f"step {position.index + 1} ({', '.join(page.steps[position.index].targets)})"
        case _:
            assert_never(position.stage)


def _page_step(draft: Draft) -> bool:
    page, position = draft.page, draft.page.position
    found, wait = _people_of_step(draft)
    if not found:
        draft.record("step.skipped", step=step_name(page), reason="nobody is on call there")
        return False
    urgency = urgency_of_page(draft.plan, page.urgency)
    fresh: list[Found] = []
    for one in found:
        if one.person in position.paged:
            draft.record("step.skipped", step=step_name(page), reason=f"{one.person} was already paged in this round")
        elif page.part is not None and one.person in page.part.spared:
            draft.record("step.skipped", step=step_name(page), reason=f"{one.person} cannot take it")
        elif not is_reachable(draft.plan, one.person, urgency):
            draft.record("person.unreachable", person=one.person, reason="no usable contact method")
            draft.do(_unreachable(one.person))
        else:
            fresh.append(one)
    if not fresh:
        return False
    purpose = Purpose.REASSIGNED if position.stage is Stage.REASSIGNED else Purpose.PAGE
    _notify(draft, fresh, purpose, urgency, actor=position.by or "")
    due = draft.now + wait
    asked = tuple(one.person for one in fresh)
    position = changed(position, paged=_with(position.paged, fresh), asked=asked, due=due)
    draft.change(position=position, reached=_with(page.reached, fresh))
    draft.record(
        "step.paged",
        step=step_name(page),
        round=str(position.round + 1),
        people=", ".join(asked),
        via="; ".join(dict.fromkeys(one.via for one in fresh)),
        answer_until=due.isoformat(),
    )
    if position.stage is Stage.STEP and not position.round:
        _tell_shadows(draft, asked)
    return True


def _tell_shadows(draft: Draft, asked: tuple[str, ...]) -> None:
    """Give a quiet copy to whoever shadows one of those who were just paged; later rounds would only repeat it."""
    page = draft.page
    told: list[str] = []
    for target in page.steps[page.position.index].targets:
        name = behind(draft.plan, page.subject.team, target)
        if name in draft.plan.people or name not in draft.plan.book.schedules:
            continue
        people = people_on_call(draft.plan.book, name, draft.now)
        paged = next((person for person in people if person in asked), None)
        if paged is None:
            continue
        for shadow in shadows_of(draft.plan.book, name, draft.now, people):
            if shadow in page.reached or shadow in told or not is_reachable(draft.plan, shadow, Urgency.LOW):
                continue
            told.append(shadow)
            why = f"a shadow in schedule {name}"
            draft.do(Notify(person=shadow, purpose=Purpose.SHADOW, urgency=Urgency.LOW, why=why, actor=paged))
    if told:
        draft.record("shadows.told", people=", ".join(told))


def _people_of_step(draft: Draft) -> tuple[tuple[Found, ...], timedelta]:
    page, position = draft.page, draft.page.position
    if position.stage is not Stage.STEP:
        person = position.person or ""
        via = "who had it last" if position.stage is Stage.BEFORE else f"handed over by {position.by or 'somebody'}"
        known = (Found(person, via),) if person in draft.plan.people else ()
        return known, page.steps[0].answer_within
    step = page.steps[position.index]
    found: dict[str, Found] = {}
    for target in step.targets:
        behind = find(draft.plan, page.subject.team, target, draft.now)
        if not behind:
            draft.record("nobody.on_call", target=target)
            draft.do(
                RaiseAlarm(
                    kind="nobody_on_call",
                    subject=f"{page.subject.team}/{target}",
                    text=f"Nobody is on call as {target} of team {page.subject.team}; a page skipped that step",
                )
            )
        for one in behind:
            found.setdefault(one.person, one)
    return tuple(found.values()), step.answer_within


def _page_last_resort(draft: Draft) -> None:
    page = draft.page
    again_at = draft.now + draft.plan.last_resort.every
    urgency = urgency_of_page(draft.plan, page.urgency)
    reachable = last_resort(draft.plan, page.subject.team, urgency, draft.now)
    if is_louder := not reachable and urgency is Urgency.LOW:
        # Better a text about what could have been a mail than a page of which nobody ever hears.
        urgency = Urgency.HIGH
        reachable = last_resort(draft.plan, page.subject.team, urgency, draft.now)
    asked = tuple(one.person for one in reachable)
    position = changed(page.position, asked=asked, due=again_at)
    draft.change(position=position, reached=_with(page.reached, reachable))
    if not reachable:
        draft.record("last_resort.empty", again_at=again_at.isoformat())
        draft.do(
            RaiseAlarm(
                kind="last_resort_unreachable",
                subject="last_resort",
                text="A page reached the last resort and nobody there has a usable contact method",
            )
        )
        return
    _notify(draft, reachable, Purpose.PAGE, urgency)
    loudly = {"loudly": "no quiet method of theirs is left"} if is_louder else {}
    draft.record("last_resort.paged", people=", ".join(asked), again_at=again_at.isoformat(), **loudly)


def _notify(draft: Draft, people: Iterable[Found], purpose: Purpose, urgency: Urgency, *, actor: str = "") -> None:
    for one in people:
        draft.do(Notify(person=one.person, purpose=purpose, urgency=urgency, why=one.via, actor=actor))


def _with(known: tuple[str, ...], found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *(one.person for one in found))))


def _unreachable(person: str) -> RaiseAlarm:
    return RaiseAlarm(
        kind="person_unreachable",
        subject=person,
        text=f"{person} is on call and has no usable contact method; a page went past them",
    )
