"""The first minutes of an incident: checklists, the questions of triage, what changed, and what may be the cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.incidents.checklist import LIST_TITLES, ChecklistState, Clock, Fact, StepState, StepStatus
from pagerd.core.incidents.draft import Unmet
from pagerd.core.plain import one_line
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import findings, investigating
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.findings import FirstMinutes
from pagerd.engine.incidents.investigating import StepWords
from pagerd.engine.work import Work
from pagerd.web.answers import text_answer
from pagerd.web.api.incidents import number_in
from pagerd.web.call import Call
from pagerd.web.incident_fields import Field, Typed, choice
from pagerd.web.incident_pages import do_once, done_of, locks_of, seen_of, sent_back, unmet_of
from pagerd.web.incident_questions import Seen, people_of
from pagerd.web.incident_screens import incident_line
from pagerd.web.incident_values import ClockScreen, When, when
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw, web_url
from pagerd.web.signed_in import NO_REFERRER_BUT_US, to_root

MARKS = {StepStatus.OPEN: "○", StepStatus.DONE: "✓", StepStatus.SKIPPED: "–"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepScreen:
    """One step: what it asks, what is known, and the fields of its answer."""

    id: str
    mark: str
    asks: str
    said: str
    by: str
    at: When | None
    is_open: bool
    is_question: bool
    is_typed: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ListScreen:
    """One checklist, and how many of its steps are open."""

    title: str
    open_count: int
    steps: tuple[StepScreen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeScreen:
    """Something that was changed of the services of the incident."""

    at: When
    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisScreen:
    """What may be the cause, and what was found of it."""

    number: int
    words: str
    state: str
    is_open: bool
    typed: str | None
    """What was written of it and not taken; None where nothing was."""


async def show(call: Call) -> web.Response:
    """Show how the lists stand, and what is known."""
    return await _page(call, said=done_of(call))


async def act(call: Call) -> web.Response:
    """Take what is said of a step, or of a hypothesis."""
    fields = dict(call.fields)
    action, step = fields.get("action", ""), fields.get("step", "")
    if action not in ("done", "skipped", "hypothesis", "supported", "refuted"):
        return await _page(call, wrong="That is none of the buttons on this page.", status=400)
    seen = await seen_of(call)

    async def carry_out(work: Work, number: int, by: str, via: str) -> Said:
        if action == "hypothesis":
            return await investigating.state_hypothesis(work, number, by, via, fields.get("text", ""))
        if action in ("supported", "refuted"):
            which = fields.get("hypothesis", "")
            if not (which.isascii() and which.isdecimal() and len(which) <= 6):
                raise Conflict("that is no hypothesis")
            return await investigating.judge_hypothesis(
                work, number, by, via, int(which), action, fields.get("why", "")
            )
        typed = Typed(fields=_known_fields(step, seen), said=fields, zone=seen.zone)
        typed.check()
        said = StepWords(
            status=StepStatus(action),
            text=typed.text("text"),
            owner=typed.text_or_none("owner"),
            since=typed.time("since") if action == "done" else None,
        )
        return await investigating.mark_step(work, number, by, via, step, said)

    what = f"step {step} {action}" if action in ("done", "skipped") else f"{action} {fields.get('hypothesis', '')}"
    try:
        await do_once(call, what.strip(), carry_out)
    except (Conflict, NotAllowed, NotFound) as error:
        return await _page(call, wrong=str(error), unmet=unmet_of(error), typed=fields, status=409)
    return sent_back(call, "step", f"i/{number_in(call, 'incident')}/checklist")


async def _page(
    call: Call,
    *,
    said: str = "",
    wrong: str = "",
    unmet: Sequence[Unmet] = (),
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    seen, typed = await seen_of(call), typed or {}
    plan = seen.plan

    async def find(c: Connection) -> FirstMinutes:
        return await findings.first_minutes(c, plan, seen.story)

    found = await call.services.engine.read(find)
    html = draw(
        "incident_checklist.html",
        line=incident_line(seen.incident, plan, call.person, seen.zone, seen.now),
        clocks=[_clock(one, seen) for one in found.clocks],
        lists=[_list(one, seen, typed) for one in found.checklists],
        hypotheses=_hypotheses(seen, typed),
        changes=_changes(seen),
        related=[incident_line(one, plan, call.person, seen.zone, seen.now) for one in seen.story.related],
        text=typed.get("text", "") if typed.get("action") == "hypothesis" else "",
        is_open=seen.incident.is_open,
        root=to_root(call),
        banner=banner_of(call),
        said=said,
        wrong=wrong,
        unmet=unmet,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


def _clock(clock: Clock, seen: Seen) -> ClockScreen:
    at = clock.done_at or clock.due_at
    name = f"{clock.means[:1].upper()}{clock.means[1:]}"
    done = "since" if clock.done_at is not None else "by"
    is_late = clock.done_at is None and clock.due_at <= seen.now
    return ClockScreen(f"{name}, {done}", when(at, seen.zone, seen.now), is_late=is_late)


def _list(state: ChecklistState, seen: Seen, typed: Mapping[str, str]) -> ListScreen:
    title = LIST_TITLES.get(state.checklist.id, one_line(state.checklist.id, 100))
    return ListScreen(title, state.open_count, tuple(_step(one, seen, typed) for one in state.steps))


def _step(state: StepState, seen: Seen, typed: Mapping[str, str]) -> StepScreen:
    is_typed = typed.get("step") == state.step.id
    fields = Typed(fields=_fields(state, seen), said=typed if is_typed else {}, zone=seen.zone)
    since = f"since {when(state.since, seen.zone, seen.now).here}" if state.since is not None else ""
    owner = f"{seen.plan.name_of(state.owner)} does it" if state.owner else ""
    return StepScreen(
        id=state.step.id,
        mark=MARKS[state.status],
        asks=one_line(state.step.text, 400),
        said=one_line("; ".join(part for part in (state.text, since, owner) if part)),
        by=seen.plan.name_of(state.by) if state.by else "",
        at=when(state.at, seen.zone, seen.now) if state.at is not None else None,
        is_open=state.status is StepStatus.OPEN,
        is_question=state.step.is_question,
        is_typed=is_typed,
        fields=fields.shown(),
    )


def _fields(state: StepState, seen: Seen) -> tuple[Field, ...]:
    """Return what a step asks. Their ids are those of the step, because many stand on one page."""
    step = state.step
    fields = [Field(name="text", label="The answer" if step.is_question else "A remark, or why it is skipped")]
    if step.fact is Fact.SINCE:
        fields.append(Field(name="since", label="When it began", kind="time", hint="On your own clock."))
    if step.fact is Fact.PATH:
        fields.append(choice("owner", "Who does it", [("", "I do"), *people_of(seen)]))
    return tuple(fields)


def _known_fields(name: str, seen: Seen) -> tuple[Field, ...]:
    """Return the fields of a step by its name; of one that is not there, those of any."""
    known = next(
        (step for one in seen.plan.incidents.checklists for step in one.steps if step.id == name),
        None,
    )
    if known is None:
        return (Field(name="text", label="The answer"),)
    return _fields(StepState(step=known, status=StepStatus.OPEN), seen)


def _hypotheses(seen: Seen, typed: Mapping[str, str]) -> list[HypothesisScreen]:
    found = []
    for row in reversed(seen.story.hypotheses):
        judged = f"{row.verdict}: {row.why}" if row.verdict else "nobody knows yet"
        by = f", says {seen.plan.name_of(row.judged_by)}" if row.judged_by else ""
        found.append(
            HypothesisScreen(
                number=row.number,
                words=one_line(row.text),
                state=one_line(f"{judged}{by}"),
                is_open=row.verdict is None,
                typed=typed.get("why", "") if typed.get("hypothesis") == str(row.number) else None,
            )
        )
    return found


def _changes(seen: Seen) -> list[ChangeScreen]:
    return [
        ChangeScreen(
            at=when(one.at, seen.zone, seen.now),
            words=one_line(f"{one.kind.value} of {one.service}: {one.what}{f', by {one.by}' if one.by else ''}"),
            url=web_url(one.link),
        )
        for one in seen.story.changes
    ]
