"""How things look as JSON: documented names, ISO instants in UTC, addresses masked."""

from collections.abc import Iterable
from datetime import datetime
from typing import overload
from zoneinfo import ZoneInfo

from pagerd.core.alerts.alert import Alert
from pagerd.core.oncall.schedule import OnCall, Override
from pagerd.core.oncall.shifts import Shift
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plain import in_zone, masked
from pagerd.core.plan import Silence
from pagerd.core.ticket import Ticket
from pagerd.core.ticket_written import written
from pagerd.core.timeline import Entry, sentence
from pagerd.core.worklog.load import PersonLoad, TeamLoad
from pagerd.core.worklog.nights import NightPage
from pagerd.engine.carriers import Carrier
from pagerd.engine.fleet import Node, is_there
from pagerd.engine.tokens import Token
from pagerd.web.api import types


@overload
def iso(at: datetime) -> str: ...


@overload
def iso(at: datetime | None) -> str | None: ...


def iso(at: datetime | None) -> str | None:
    """Write an instant."""
    return at.isoformat() if at is not None else None


def page_json(page: Page) -> types.Page:
    """Write a page."""
    subject = page.subject
    held = page.acknowledgement
    return {
        "id": page.id,
        "status": page.status.value,
        "severity": page.severity,
        "urgency": page.urgency,
        "team": subject.team,
        "service": subject.service,
        "title": subject.title,
        "summary": subject.summary,
        "place": subject.place,
        "rule": subject.rule,
        "action": subject.action,
        "runbook": subject.runbook,
        "runbook_url": subject.runbook_url,
        "links": dict(subject.links),
        "violations": list(subject.violations),
        "opened_at": iso(page.opened_at),
        "since": iso(page.since),
        "alerts": page.alerts,
        "firing": page.firing,
        "muted": page.muted,
        "stale": page.stale,
        "stage": page.position.stage.value,
        "step": page.position.index + 1,
        "round": page.position.round + 1,
        "asked": list(page.position.asked),
        "next_at": iso(page.due),
        "frozen_why": page.frozen_why,
        "acknowledged_by": held.by if held is not None else None,
        "acknowledged_until": iso(held.until) if held is not None else None,
        "follows": page.follows,
        "raised_by": page.raised_by,
        "incident": page.part.incident if page.part is not None else None,
        "errand": page.errand,
        "resolved_at": iso(page.resolved_at),
        "resolved_by": page.resolved_by,
    }


def alert_json(alert: Alert) -> types.Alert:
    """Write an alert."""
    return {
        "source": alert.source,
        "fingerprint": alert.fingerprint,
        "status": alert.status.value,
        "labels": alert.labels,
        "annotations": alert.annotations,
        "first_seen_at": iso(alert.first_seen_at),
        "last_seen_at": iso(alert.last_seen_at),
        "resolved_at": iso(alert.resolved_at),
        "generator_url": alert.generator_url,
        "severity": alert.severity,
        "verdict": alert.verdict,
        "reasons": list(alert.reasons),
        "muted_by": alert.muted_words,
    }


def entries_json(entries: Iterable[Entry], zone: ZoneInfo) -> list[types.TimelineEntry]:
    """Write a timeline: the sentence in the reader's zone, and what it was made of."""
    return [
        {
            "at": iso(entry.at),
            "local": f"{in_zone(entry.at, zone):%Y-%m-%d %H:%M:%S}",
            "kind": entry.kind,
            "sentence": sentence(entry, zone),
            "details": dict(entry.details),
        }
        for entry in entries
    ]


def notification_json(one: Notification) -> types.Notification:
    """Write a notification. Neither its code nor its key: whoever can read this must not answer for its reader."""
    return {
        "id": one.id,
        "person": one.person,
        "medium": one.medium.value,
        "address": masked(one.address),
        "purpose": one.purpose.value,
        "status": one.status.value,
        "detail": one.trail[-1][2] if one.trail else "",
        "provider": one.provider,
        "attempts": one.attempts,
        "created_at": iso(one.created_at),
        "trail": [{"at": at, "status": status, "detail": detail} for at, status, detail in one.trail],
    }


def node_json(one: Node, at: datetime, this: str) -> types.Node:
    """Write what a node told of itself, as it was seen at an instant."""
    return {
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "version": one.version,
        "schema": one.schema,
        "revision": one.plan,
        "revision_since": iso(one.plan_since),
        "files": one.files,
        "started_at": iso(one.started_at),
        "last_seen_at": iso(one.seen_at),
        "is_there": is_there(one, at),
        "is_this": one.id == this,
    }


def provider_json(medium: Medium, one: Carrier, now: datetime) -> types.Provider:
    """Write how a provider does."""
    standing = one.standing
    return {
        "channel": medium.value,
        "name": one.name,
        "in_trouble": standing.in_trouble,
        "since": iso(standing.trouble_since),
        "why": standing.detail,
        "next_try_at": iso(standing.probe_at) if standing.in_trouble else None,
        "busy_until": iso(standing.busy_until) if standing.is_busy(now) else None,
        "rate": str(one.bucket.rate) if one.bucket is not None else None,
    }


def ticket_json(ticket: Ticket) -> types.Ticket:
    """Write a ticket, with what the tracker calls it."""
    return {**written(ticket), "ref": ticket.ref or None, "ref_url": ticket.ref_url or None}


def silence_json(silence: Silence) -> types.Silence:
    """Write a silence."""
    return {
        "id": silence.id,
        "match": [str(matcher) for matcher in silence.matchers],
        "from": iso(silence.start),
        "to": iso(silence.end),
        "by": silence.by,
        "why": silence.why,
        "stored": silence.stored,
    }


def override_json(override: Override) -> types.Override:
    """Write an override."""
    return {
        "id": override.id,
        "schedule": override.schedule,
        "kind": override.kind.value,
        "from": iso(override.start),
        "to": iso(override.end),
        "people": list(override.people),
        "instead_of": override.instead_of,
        "by": override.by,
        "why": override.why,
        "stored": override.stored,
    }


def shift_json(shift: Shift) -> types.Shift:
    """Write a shift."""
    return {"from": iso(shift.start), "to": iso(shift.end), "people": list(shift.people)}


def on_call_json(answer: OnCall, revision: str) -> types.OnCall:
    """Write who is on call in one schedule."""
    return {
        "schedule": answer.schedule,
        "at": iso(answer.at),
        "on_call": list(answer.people),
        "layer": answer.decided_by,
        "override": answer.override,
        "shadow": list(answer.shadows),
        "until": iso(answer.until),
        "next": list(answer.following),
        "revision": revision,
    }


def token_json(token: Token) -> types.Token:
    """Write a token's row; the token itself is known to its owner alone."""
    return {
        "id": token.id,
        "person": token.person,
        "name": token.name,
        "scopes": list(token.scopes),
        "created_at": iso(token.created_at),
        "expires_at": iso(token.expires_at),
        "last_used_at": iso(token.last_used_at),
    }


NIGHT_COLUMNS = (
    "person",
    "page",
    "team",
    "severity",
    "at",
    "local",
    "zone",
    "night",
    "evidence",
    "acknowledged_at",
    "last_act_at",
    "plan",
)


def night_json(night: NightPage) -> types.Night:
    """Write one row of the night ledger, its columns in the order of NIGHT_COLUMNS."""
    zone = ZoneInfo(night.zone)
    return {
        "person": night.person,
        "page": night.page_id,
        "team": night.team,
        "severity": night.severity,
        "at": iso(night.first_at),
        "local": f"{in_zone(night.first_at, zone):%Y-%m-%d %H:%M}",
        "zone": night.zone,
        "night": night.window,
        "evidence": "; ".join(f"{one.medium.value} {one.kind.value} {one.at.isoformat()}" for one in night.evidence),
        "acknowledged_at": iso(night.acknowledged_at),
        "last_act_at": iso(night.last_act_at),
        "plan": night.plan_revision,
    }


PERSON_LOAD_COLUMNS = (
    *("month", "person", "pages", "interruptions", "work", "off", "night", "disrupted_hours", "nights"),
    *("half_shifts", "pages_per_half_shift_median", "pages_per_half_shift_p90", "half_shifts_over_two"),
)


def person_load_json(load: PersonLoad, month: str | None = None) -> types.PersonLoad:
    """Write what on-call cost a person, its columns in the order of PERSON_LOAD_COLUMNS."""
    block = load.pages_per_block
    return {
        "month": month,
        "person": load.person,
        "pages": load.pages,
        "interruptions": load.interruptions,
        "work": load.work,
        "off": load.off,
        "night": load.night,
        "disrupted_hours": load.disrupted_hours,
        "nights": load.nights,
        "half_shifts": block.n if block is not None else 0,
        "pages_per_half_shift_median": block.median if block is not None else None,
        "pages_per_half_shift_p90": block.p90 if block is not None else None,
        "half_shifts_over_two": load.blocks_over,
    }


TEAM_LOAD_COLUMNS = (
    "month",
    "team",
    "pages",
    "unanswered",
    "interruptions",
    "work",
    "off",
    "night",
    "disrupted_hours",
    "answers",
    "answer_median_seconds",
    "answer_p90_seconds",
    "half_shifts",
    "pages_per_half_shift_median",
    "pages_per_half_shift_p90",
    "half_shifts_over_two",
)


def team_load_json(load: TeamLoad, month: str | None = None) -> types.TeamLoad:
    """Write what a team's alerts cost, its columns in the order of TEAM_LOAD_COLUMNS; a spread of nothing is null."""
    answered, block = load.answer_seconds, load.pages_per_block
    return {
        "month": month,
        "team": load.team,
        "pages": load.pages,
        "unanswered": load.unanswered,
        "interruptions": load.interruptions,
        "work": load.work,
        "off": load.off,
        "night": load.night,
        "disrupted_hours": load.disrupted_hours,
        "answers": answered.n if answered is not None else 0,
        "answer_median_seconds": answered.median if answered is not None else None,
        "answer_p90_seconds": answered.p90 if answered is not None else None,
        "half_shifts": block.n if block is not None else 0,
        "pages_per_half_shift_median": block.median if block is not None else None,
        "pages_per_half_shift_p90": block.p90 if block is not None else None,
        "half_shifts_over_two": load.blocks_over,
    }
