"""What people find out in the first minutes, as it is stored and as it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from pagerd.core.incidents.checklist import ChecklistState, Clock, Seen, clocks_of, states
from pagerd.core.incidents.effects import (
    AnswerQuestion,
    Finding,
    JudgeHypothesis,
    KeepHypothesis,
    KeepMark,
    KeepQuestion,
)
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.paging.page import PageStatus
from pagerd.core.plan import Plan
from pagerd.core.values import changed
from pagerd.engine import outbox
from pagerd.engine.incidents.queries import Story
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import triage
from pagerd.stores.records.triage import HypothesisRow, QuestionRow


async def keep(work: Work, incident: Incident, found: Finding) -> None:
    """Store what somebody found out."""
    match found:
        case KeepMark():
            await triage.put_mark(work.c, incident.number, found.mark)
        case KeepHypothesis():
            row = HypothesisRow(number=found.number, at=work.now, by=found.by, text=found.text)
            await triage.put_hypothesis(work.c, incident.number, row)
        case JudgeHypothesis():
            known = {row.number: row for row in await triage.hypotheses_of(work.c, incident.number)}
            judged = changed(
                known[found.number],
                verdict=found.verdict,
                why=found.why,
                judged_at=work.now,
                judged_by=found.by,
            )
            await triage.put_hypothesis(work.c, incident.number, judged)
        case KeepQuestion():
            asked = QuestionRow(number=found.number, at=work.now, by=found.by, text=found.text)
            await triage.put_question(work.c, incident.number, asked)
        case AnswerQuestion():
            await _answer(work, incident, found)
        case _:
            assert_never(found)


async def _answer(work: Work, incident: Incident, found: AnswerQuestion) -> None:
    """Keep an answer, and tell whoever asked, by what wakes nobody."""
    asked = {row.number: row for row in await triage.questions_of(work.c, incident.number)}[found.number]
    answered = changed(asked, answer=found.text, answered_at=work.now, answered_by=found.by)
    await triage.put_question(work.c, incident.number, answered)
    if asked.by in work.plan.people:
        text = f"{name_of(incident).capitalize()}, to your question ({asked.text}): {found.text}"
        await outbox.tell_at_work(work, asked.by, text, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMinutes:
    """What whoever is in the first fifteen minutes of an incident looks at."""

    story: Story
    checklists: Sequence[ChecklistState]
    clocks: Sequence[Clock]


async def first_minutes(c: Connection, plan: Plan, story: Story) -> FirstMinutes:
    """Return how the checklists and clocks of an incident stand."""
    incident = story.incident
    of_alerts = [page for page in story.pages if page.errand is None]
    seen = Seen(
        has_acknowledged=all(page.status is not PageStatus.TRIGGERED for page in of_alerts),
        has_notes=any(line.entry.kind == "incident.note" for line in story.lines),
    )
    marks = await triage.marks_of(c, incident.number)
    return FirstMinutes(
        story=story,
        checklists=states(plan.incidents.checklists, incident, story.policy, marks, seen),
        clocks=clocks_of(incident),
    )
