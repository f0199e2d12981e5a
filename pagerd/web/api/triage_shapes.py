"""Makes the answers about the first minutes of an incident of what the engine knows."""

from pagerd.core.incidents.checklist import ChecklistState, Clock, StepState
from pagerd.core.incidents.incident import DecidedPath, Incident
from pagerd.engine.incidents.findings import FirstMinutes
from pagerd.engine.incidents.queries import Story
from pagerd.web.api import triage_types as types
from pagerd.web.api.changes import change_json
from pagerd.web.api.gathering_types import Question
from pagerd.web.api.shapes import iso


def path_json(path: DecidedPath) -> types.Path:
    """Write what was decided."""
    return {"text": path.text, "owner": path.owner, "by": path.by, "at": iso(path.at)}


def hypotheses_json(story: Story) -> list[types.Hypothesis]:
    """Write the hypotheses of an incident, and what was found of each."""
    return [
        {
            "number": row.number,
            "at": iso(row.at),
            "by": row.by,
            "text": row.text,
            "verdict": row.verdict,
            "why": row.why,
            "judged_at": iso(row.judged_at),
            "judged_by": row.judged_by,
        }
        for row in story.hypotheses
    ]


def questions_json(story: Story) -> list[Question]:
    """Write what onlookers asked, and what they were answered."""
    return [
        {
            "number": row.number,
            "at": iso(row.at),
            "by": row.by,
            "text": row.text,
            "answer": row.answer,
            "answered_at": iso(row.answered_at),
            "answered_by": row.answered_by,
        }
        for row in story.questions
    ]


def first_minutes_json(found: FirstMinutes) -> types.FirstMinutes:
    """Write what whoever is in the first minutes looks at."""
    path = found.story.incident.path
    return {
        "clocks": [_clock_json(clock) for clock in found.clocks],
        "checklists": [_checklist_json(one) for one in found.checklists],
        "path": path_json(path) if path is not None else None,
        "hypotheses": hypotheses_json(found.story),
        "changes": [change_json(one) for one in found.story.changes],
        "related": [_related_json(one) for one in found.story.related],
    }


def _related_json(incident: Incident) -> types.RelatedIncident:
    return {
        "number": incident.number,
        "title": incident.title,
        "status": incident.status.value,
        "severity": incident.severity,
        "service": incident.service,
        "opened_at": iso(incident.opened_at),
    }


def _clock_json(clock: Clock) -> types.FirstClock:
    return {"clock": clock.id, "means": clock.means, "due_at": iso(clock.due_at), "done_at": iso(clock.done_at)}


def _checklist_json(state: ChecklistState) -> types.Checklist:
    return {
        "checklist": state.checklist.id,
        "open": state.open_count,
        "steps": [_step_json(one) for one in state.steps],
    }


def _step_json(state: StepState) -> types.ChecklistStep:
    return {
        "step": state.step.id,
        "asks": state.step.text,
        "is_question": state.step.is_question,
        "status": state.status.value,
        "text": state.text,
        "owner": state.owner or None,
        "since": iso(state.since),
        "by": state.by,
        "at": iso(state.at),
    }
