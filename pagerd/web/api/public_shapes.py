"""Makes the answers about customers' side of incidents of what the engine knows."""

from datetime import timedelta

from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.promises import promises_in
from pagerd.core.incidents.public import PublicRecord, PublicRules, slug_of
from pagerd.core.incidents.public_words import public_address
from pagerd.core.incidents.status_page import ComponentLine
from pagerd.core.paging.message import Mail
from pagerd.core.paging.notification import Notification
from pagerd.core.plain import length
from pagerd.core.plan import Plan
from pagerd.engine.incidents.public_queries import PublicStory, trouble_of
from pagerd.engine.rendering import public_mail_of
from pagerd.web.api import public_types as types
from pagerd.web.api.shapes import iso


def address_of(rules: PublicRules, incident: Incident) -> str:
    """Return where customers read of an incident; empty where nobody said where the page is."""
    return public_address(rules, slug_of(incident.id, incident.opened_at))


def public_story_json(story: PublicStory, plan: Plan, trouble: str) -> types.PublicStory:
    """Write an incident as customers are told of it."""
    incident, side = story.incident, story.incident.public
    clock = side.clock
    return {
        "number": incident.number,
        "kind": side.kind.value if side.kind is not None else None,
        "title": side.title,
        "address": address_of(plan.incidents.public, incident),
        "due_at": iso(clock.next_at) if clock is not None else None,
        "is_overdue": clock is not None and clock.is_overdue,
        "missed": side.missed,
        "drafts": [draft_json(row, plan) for row in story.texts],
        "mails": [_mail_json(one) for one in story.mails],
        "page_trouble": trouble if side.published else "",
    }


def draft_json(row: PublicRecord, plan: Plan) -> types.PublicDraft:
    """Write one draft, with the mail that would carry it."""
    mail: Mail = public_mail_of(row, plan)
    is_published = row.status == "published"
    return {
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "components": dict(row.components),
        "next_in": length(timedelta(seconds=row.next_in)).replace(" ", "") if row.next_in is not None else None,
        "digest": row.digest,
        "by": row.drafted_by or None,
        "at": iso(row.drafted_at),
        "status": row.status,
        "ended_by": row.ended_by or None,
        "ended_at": iso(row.ended_at),
        "why": row.why,
        "slot_at": iso(row.slot_at),
        "met": row.ended_at <= row.slot_at if is_published and row.ended_at and row.slot_at else None,
        "next_at": iso(row.next_at),
        "subject": mail.subject,
        "mail": mail.text,
        "promises": [*promises_in(f"{row.title}\n{row.text}", plan.incidents.messages.promise_words)],
    }


def _mail_json(one: Notification) -> types.PublicDelivery:
    return {"to": one.address, "status": one.status.value, "trouble": trouble_of(one)}


def component_json(component: str, services: tuple[str, ...], line: ComponentLine) -> types.PublicComponent:
    """Write a component."""
    return {
        "component": component,
        "name": line.name,
        "state": line.state.value,
        "since": iso(line.since),
        "services": [*services],
    }


def line_json(incident: Incident, rules: PublicRules) -> types.PublicLine:
    """Write one line of what customers read."""
    side = incident.public
    clock, pending = side.clock, side.pending
    return {
        "number": incident.number,
        "kind": side.kind.value if side.kind is not None else None,
        "title": side.title,
        "address": address_of(rules, incident),
        "due_at": iso(clock.next_at) if clock is not None else None,
        "is_overdue": clock is not None and clock.is_overdue,
        "pending": pending.number if pending is not None else None,
    }
