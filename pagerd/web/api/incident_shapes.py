"""Makes the answers about incidents of what the engine knows."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents import gate
from pagerd.core.incidents.checks import named
from pagerd.core.incidents.incident import Incident, Override
from pagerd.core.incidents.mitigation import REVERSIBLE
from pagerd.core.incidents.next_step import Step, phase_of, steps
from pagerd.core.incidents.next_step import sentence as step_sentence
from pagerd.core.incidents.roles import ROLE_NAMES, Role, Standing
from pagerd.core.incidents.severity import CRITERIA, CheatSheet
from pagerd.core.paging.page import Page
from pagerd.core.plain import in_zone, length
from pagerd.core.plan import Plan, Severity
from pagerd.core.timeline import sentence
from pagerd.engine.incidents.queries import Line, Story
from pagerd.web.api import incident_types as types
from pagerd.web.api.action_shapes import action_json
from pagerd.web.api.message_shapes import message_json
from pagerd.web.api.next_step_types import NextStep
from pagerd.web.api.shapes import iso
from pagerd.web.api.triage_shapes import hypotheses_json, path_json, questions_json

_WORDS = {True: "yes", False: "no", None: "unknown"}


def incident_json(incident: Incident) -> types.Incident:
    """Write an incident."""
    cadence, watch, override, review = incident.cadence, incident.watch, incident.override, incident.review
    return {
        "number": incident.number,
        "mode": incident.mode.value,
        "status": incident.status.value,
        "severity": incident.severity,
        "title": incident.title,
        "team": incident.team,
        "service": incident.service,
        "impact": incident.impact,
        "detection": incident.detection.value if incident.detection is not None else None,
        "triggers": [*incident.triggers],
        "cheat_sheet": _sheet_json(incident.cheat_sheet) if incident.cheat_sheet is not None else None,
        "proposed": incident.proposed,
        "opened_by": incident.opened_by,
        "opened_at": iso(incident.opened_at),
        "detected_at": iso(incident.detected_at),
        "declared_at": iso(incident.declared_at),
        "impact_started_at": iso(incident.impact_started_at),
        "mitigated_at": iso(incident.mitigated_at),
        "impact_ended_at": iso(incident.impact_ended_at),
        "resolved_at": iso(incident.resolved_at),
        "closed_at": iso(incident.closed_at),
        "roles": [_role_json(role, incident.roles.get(role, Standing())) for role in Role],
        "next_update": (
            {"next_at": iso(cadence.next_at), "is_overdue": cadence.is_overdue} if cadence is not None else None
        ),
        "update": incident.update if incident.update >= 0 else None,
        "watch": (
            {
                "since": iso(watch.since),
                "until": iso(watch.until),
                "is_over": watch.is_over,
                "held_since": iso(watch.held_since),
            }
            if watch is not None
            else None
        ),
        "override": _override_json(override) if override is not None else None,
        "path": path_json(incident.path) if incident.path is not None else None,
        "postmortem": (
            {"state": review.state.value, "owner": review.owner, "due": iso(review.due)} if review is not None else None
        ),
        "close_at": iso(incident.close_at),
        "room": (
            {"place": incident.room.place, "since": iso(incident.room.since)} if incident.room is not None else None
        ),
        "followers": [*incident.followers],
        "over_why": incident.over_why,
        "merged_into": incident.merged_into,
    }


def _override_json(override: Override) -> types.Overridden:
    return {
        "by": override.by,
        "at": iso(override.at),
        "why": override.why,
        "unmet": [*override.unmet],
        "due_at": iso(override.due_at),
        "countersigned_by": override.countersigned_by,
        "countersigned_at": iso(override.countersigned_at),
    }


def _sheet_json(sheet: CheatSheet) -> types.Answered:
    return {
        "core_blocked": _WORDS[sheet.core_blocked],
        "at_risk": _WORDS[sheet.at_risk],
        "growing": _WORDS[sheet.growing],
    }


def _role_json(role: str, standing: Standing) -> types.RoleState:
    return {
        "role": str(role),
        "name": ROLE_NAMES[role],
        "holder": standing.holder,
        "since": iso(standing.since),
        "is_asked": standing.is_asked,
        "unanswered_since": iso(standing.unanswered_since),
    }


def story_json(story: Story, plan: Plan, zone: ZoneInfo, now: datetime) -> types.IncidentStory:
    """Write an incident with all that belongs to it."""
    incident = story.incident
    return {
        "incident": incident_json(incident),
        "phase": phase_of(incident),
        "next_steps": [_step_json(step, plan) for step in steps(incident, plan, now)],
        "updates": [
            {
                "number": one.number,
                "at": iso(one.at),
                "by": one.by,
                "status": one.status,
                "know": one.know,
                "doing": one.doing,
                "trend": one.trend,
                "eta": one.eta,
                "next_at": iso(one.next_at),
                "slot_at": iso(one.slot_at),
                "met": one.at <= one.slot_at if one.slot_at is not None else None,
            }
            for one in story.updates
        ],
        "mitigations": [
            {
                "number": one.number,
                "at": iso(one.at),
                "by": one.by,
                "kind": one.kind,
                "is_reversible": one.kind in REVERSIBLE,
                "text": one.text,
                "outcome": one.outcome,
                "ended_at": iso(one.ended_at),
                "ended_by": one.ended_by,
                "ended_text": one.ended_text,
            }
            for one in story.mitigations
        ],
        "criteria": [_criterion_json(story, criterion) for criterion in story.policy.criteria],
        "hypotheses": hypotheses_json(story),
        "actions": [action_json(one, plan) for one in story.actions],
        "questions": questions_json(story),
        "pages": [_page_json(page) for page in story.pages],
        "unmet": [{"code": one.code, "what": one.what} for one in story.unmet],
        "messages": [message_json(one) for one in story.messages],
        "zone": str(zone),
        "timeline": lines_json(story.lines, zone),
    }


def _step_json(step: Step, plan: Plan) -> NextStep:
    return {
        "code": step.code,
        "sentence": step_sentence(step, plan),
        "person": step.person,
        "role": step.role or None,
        "due": iso(step.due),
        "command": step.command,
    }


def _criterion_json(story: Story, criterion: str) -> types.CriterionState:
    incident = story.incident
    reading = incident.readings.get(criterion)
    return {
        "criterion": str(criterion),
        "means": CRITERIA[criterion],
        "checks": [named(check) for check in story.checks.get(criterion, ())],
        "state": gate.reading_of(incident, criterion).value,
        "by": (reading.by or None) if reading is not None else None,
        "at": iso(reading.at) if reading is not None else None,
        "why": reading.why if reading is not None else "",
    }


def _page_json(page: Page) -> types.IncidentPage:
    return {
        "id": page.id,
        "errand": page.errand,
        "status": page.status.value,
        "title": page.subject.title,
        "acknowledged_by": page.acknowledgement.by if page.acknowledgement is not None else None,
    }


def lines_json(lines: Iterable[Line], zone: ZoneInfo) -> list[types.IncidentEntry]:
    """Write a timeline: the sentence in the reader's zone, and what it was made of."""
    return [
        {
            "at": iso(line.entry.at),
            "local": f"{in_zone(line.entry.at, zone):%Y-%m-%d %H:%M:%S}",
            "recorded_at": iso(line.recorded_at),
            "kind": line.entry.kind,
            "page": line.page or None,
            "sentence": sentence(line.entry, zone),
            "details": dict(line.entry.details),
        }
        for line in lines
    ]


def severity_json(severity: Severity) -> types.SeverityPolicy:
    """Write what a severity asks of an incident."""
    policy = severity.incident
    every = policy.update_every
    return {
        "severity": severity.id,
        "name": severity.name,
        "is_incident": policy.is_incident,
        "definition": policy.definition,
        "examples": [*policy.examples],
        "joins": [*policy.joins],
        "roles": [str(role) for role in policy.roles],
        "response_target": _length(severity.response_target),
        "update_at_least_after": _length(every.least if every is not None else None),
        "update_at_most_after": _length(every.most if every is not None else None),
        "customer_notice": _length(policy.customer_notice),
        "watch": _length(policy.watch),
        "criteria": [str(criterion) for criterion in policy.criteria],
        "postmortem_days": policy.postmortem_days,
        "actions_due": _length(policy.actions_due),
        "leadership": [*policy.leadership],
    }


def _length(span: timedelta | None) -> str | None:
    return length(span).replace(" ", "") if span else None
