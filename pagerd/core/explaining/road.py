"""Who would be paged, when, and how: the escalation of a page that nobody answers, taken by the machine itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pagerd.core.effects import Notify
from pagerd.core.events import TimerFired
from pagerd.core.oncall.lookup import on_call
from pagerd.core.oncall.schedule import Away, Override
from pagerd.core.paging.decide import decide, open_page
from pagerd.core.paging.draft import Decision
from pagerd.core.paging.escalation import behind
from pagerd.core.paging.notification import contact_order, why_unusable
from pagerd.core.paging.page import Page, Stage
from pagerd.core.people import LOUD, Medium, Urgency
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry

DECISIONS_MAX = 200
"""Ten rounds of twenty steps: further than any night lasts."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to reach a person: so long after they were first paged, or not at all, and then why."""

    medium: Medium
    after: timedelta | None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """A person whom a step pages, by which road (`primary, schedule payments-primary`), in the order of methods."""

    person: str
    via: str
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target of a step, and who is behind it at that instant.

    `schedule` is None where the target is a person. `layer` is the layer that shows, `override` the exception that
    decided, `until` when the answer changes, `away` who of the schedule's own people is out.
    """

    target: str
    schedule: str | None
    people: tuple[str, ...]
    layer: str | None = None
    override: Override | None = None
    until: datetime | None = None
    away: tuple[Away, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """What happens at one instant: the timeline's own lines, the targets that were looked up, and who is paged."""

    at: datetime
    round: int
    entries: tuple[Entry, ...]
    targets: tuple[Target, ...] = ()
    paged: tuple[Paged, ...] = field(default=())


_UNSAID = frozenset({"page.opened", "page.follows", "page.violation", "step.timed_out"})
"""Lines of the timeline that say nothing here: the explanation itself says it, or nothing but time passed."""


def road(page: Page, plan: Plan, *, before: str | None) -> Iterator[StepTaken]:
    """Give what happens to a fresh page that nobody answers, until the last resort was paged for the first time."""
    at = page.opened_at
    decision = open_page(page, plan, at, reasons=(), before=before)
    for _ in range(DECISIONS_MAX):
        yield _step_taken(decision, plan, at)
        page, due = decision.page, decision.page.due
        if page.position.stage is Stage.LAST_RESORT or due is None:
            return
        at = due
        decision = decide(page, TimerFired(), plan, at)


def methods(plan: Plan, person_id: str, urgency: Urgency) -> tuple[Method, ...]:
    """Return how a person is reached, in order, and then what is not used, each with the reason."""
    person = plan.people[person_id]
    order = contact_order(plan, person_id, urgency)
    used = {rule.medium for rule in order}
    return (
        *(Method(rule.medium, rule.after) for rule in order),
        *(
            Method(medium, None, why_unusable(plan, person, medium) or _unused(medium, urgency))
            for medium in Medium
            if medium not in used
        ),
    )


def _unused(medium: Medium, urgency: Urgency) -> str:
    if urgency is Urgency.LOW and medium in LOUD:
        return "low urgency never uses what may wake somebody"
    return f"it is not in their own rules for {urgency} urgency"


def targets_of(plan: Plan, team: str, targets: tuple[str, ...], at: datetime) -> tuple[Target, ...]:
    """Look up who is behind the targets of a step at an instant, and how that came."""
    return tuple(_target(plan, team, target, at) for target in targets)


def _target(plan: Plan, team: str, target: str, at: datetime) -> Target:
    name = behind(plan, team, target)
    schedule = plan.book.schedules.get(name)
    if name in plan.people or schedule is None:
        return Target(target=target, schedule=None, people=(name,) if name in plan.people else ())
    answer = on_call(plan.book, name, at)
    layers = plan.book.schedules.get(schedule.copy, schedule) if schedule.copy is not None else schedule
    own = {*layers.people_of_layers, *schedule.people}
    return Target(
        target=target,
        schedule=name,
        people=answer.people,
        layer=answer.layer,
        override=next((o for o in plan.book.overrides if (o.id, o.schedule) == (answer.override, name)), None),
        until=answer.until,
        away=tuple(one for one in plan.book.away if one.person in own and one.start <= at < one.end),
    )


def _step_taken(decision: Decision, plan: Plan, at: datetime) -> StepTaken:
    page = decision.page
    position = page.position
    notified = [effect for effect in decision.effects if isinstance(effect, Notify)]
    targets: tuple[str, ...] = ()
    if position.stage is Stage.STEP:
        targets = page.steps[position.index].targets
    elif position.stage is Stage.LAST_RESORT:
        targets = plan.last_resort.targets
    return StepTaken(
        at=at,
        round=position.round + 1,
        entries=tuple(entry for entry in decision.entries if entry.kind not in _UNSAID),
        targets=targets_of(plan, page.subject.team, targets, at) if notified else (),
        paged=tuple(
            Paged(person=one.person, via=one.why, methods=methods(plan, one.person, one.urgency)) for one in notified
        ),
    )
