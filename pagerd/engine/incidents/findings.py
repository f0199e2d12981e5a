"""What people find out in the first minutes, as it is stored and as it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from pagerd.core.incidents.checklist import ChecklistState, Clock, Seen, clocks_of, states
from pagerd.core.incidents.effects import Finding, JudgeHypothesis, KeepHypothesis, KeepMark
from pagerd.core.incidents.incident import Incident
from pagerd.core.paging.page import PageStatus
from pagerd.core.plan import Plan
from pagerd.core.values import changed
from pagerd.engine.incidents.queries import Story
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import triage
from pagerd.stores.records.triage import HypothesisRow


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
        case _:
            assert_never(found)


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
