"""Why it paged or not: for a page, and for alerts that somebody has or thinks of."""

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

import msgspec

from pagerd.core.explaining.happened import Fate, Told, is_undelivered, what_happened
from pagerd.core.explaining.shapes import explanation_json
from pagerd.core.plain import full_time
from pagerd.core.plan import Plan
from pagerd.engine import explaining, own
from pagerd.engine.doors import Connection
from pagerd.engine.explaining import Asked
from pagerd.web.answers import Failure
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import alert_json, entries_json, iso, notification_json, page_json, ticket_json
from pagerd.web.call import Call, instant

ALERTS_MAX = 20
"""Alerts of one question: each may take a tenth of a second."""


class AskedAlert(msgspec.Struct):
    """One alert. What else a webhook's body says of it is passed over, so that one can be asked about as it is."""

    labels: dict[str, str]
    annotations: dict[str, str] | None = None
    fingerprint: str = ""


class Question(msgspec.Struct):
    """One alert, or `alerts`, as a webhook's body has them; `at` is an instant, now when it is missing."""

    labels: dict[str, str] | None = None
    annotations: dict[str, str] | None = None
    fingerprint: str = ""
    alerts: list[AskedAlert] | None = None
    at: types.Instant | None = None


class Record(TypedDict):
    """One alert as it was received, and what it came into."""

    fate: str
    sentence: str
    alert: types.Alert
    page: types.Page | None
    ticket: types.Ticket | None
    notifications: list[types.ExplainedNotification]


class Happened(TypedDict):
    """What became of an alert."""

    fate: str
    sentence: str
    records: list[Record]
    quarantined: NotRequired[list[types.NotRead]]


class Explained(TypedDict):
    """What became of one alert, and why, rule by rule; the keys of `explanation` are in docs/explain.md."""

    happened: Happened
    explanation: types.Json


class Explanations(TypedDict):
    """One explanation for each alert."""

    alerts: list[Explained]


class ExplainedPage(TypedDict):
    """Why a page was opened, under the plan of then, whom it reached and how; `why_not` where that is not known."""

    page: types.Page
    revision: str | None
    undelivered: bool
    alert: types.Alert | None
    explanation: types.Json | None
    why_not: str | None
    timeline: list[types.TimelineEntry]
    notifications: list[types.ExplainedNotification]


@api()
async def explain(call: Call, body: Question) -> Explanations:
    """Explain alerts: what became of each, or would become of it now or at an instant, and what would change that."""
    engine = call.services.engine
    now = engine.clock.now()
    at = instant(body.at, "at") if body.at is not None else now
    asked = _asked(body)
    plan = await call.services.old_plans.at(engine, at)
    is_of_then = body.at is None
    async with call.services.explaining:
        answers = [await _one(call, one, plan, at, is_of_then=is_of_then) for one in asked]
    return {"alerts": answers}


@api()
async def explain_page(call: Call) -> ExplainedPage:
    """Explain a page: why it was opened, under the plan of then, whom it reached and how."""
    services = call.services
    async with services.explaining:
        known = await explaining.page_explained(services.engine, services.old_plans, call.parts["page"])
    story, zone = known.story, call.zone
    explanation = known.explanation
    return {
        "page": page_json(story.page),
        "revision": known.revision,
        "undelivered": is_undelivered(story.notifications),
        "alert": alert_json(known.alert) if known.alert is not None else None,
        "explanation": explanation_json(explanation, zone) if explanation is not None else None,
        "why_not": known.why_not,
        "timeline": entries_json(story.entries, zone),
        "notifications": [{**notification_json(one), "why": one.why} for one in story.notifications],
    }


def _asked(question: Question) -> Sequence[Asked]:
    alerts = question.alerts
    if alerts is None:
        alerts = [AskedAlert(question.labels or {}, question.annotations, question.fingerprint)]
    if not alerts or not all(alert.labels for alert in alerts):
        raise Failure(400, "an alert without labels is none", 'send {"labels": {"alertname": "..."}}, or `alerts`')
    if len(alerts) > ALERTS_MAX:
        raise Failure(400, f"{len(alerts)} alerts are too many for one question", f"send {ALERTS_MAX} at most")
    return [
        Asked(labels=alert.labels, annotations=alert.annotations or {}, fingerprint=alert.fingerprint)
        for alert in alerts
    ]


async def _one(call: Call, asked: Asked, plan: Plan, at: datetime, *, is_of_then: bool) -> Explained:
    """Explain one alert; one that was received, and that nobody asks about for another time, as it was then."""
    engine = call.services.engine
    names = (*call.services.sources, own.SOURCE)

    async def find(c: Connection) -> explaining.Happened:
        return await explaining.happened(c, asked, names)

    known = await engine.read(find)
    decision = None
    if is_of_then and known.records and explaining.is_the_same(asked, known.records[0].alert):
        decision = await explaining.as_it_was(engine, call.services.old_plans, known.records[0])
    one = decision or explaining.Decision(alert=explaining.as_alert(asked, at), plan=plan, at=at)
    explanation = await explaining.explained(engine, one.alert, one.plan, one.at, but=one.but)
    return {"happened": _happened_json(call, known), "explanation": explanation_json(explanation, call.zone)}


def _happened_json(call: Call, known: explaining.Happened) -> Happened:
    if known.records:
        records = [_record_json(call, record) for record in known.records]
        return {"fate": records[0]["fate"], "sentence": records[0]["sentence"], "records": records}
    told = _not_received(call, known)
    rows: list[types.NotRead] = [
        {"source": row.source, "at": iso(row.at), "reason": row.reason, "raw": row.raw} for row in known.quarantined
    ]
    return {"fate": told.fate.value, "sentence": told.sentence, "records": [], "quarantined": rows}


def _not_received(call: Call, known: explaining.Happened) -> Told:
    if known.quarantined:
        row = known.quarantined[0]
        sentence = f"{row.source} sent what cannot be read at {full_time(row.at, call.zone)}: {row.reason}"
        return Told(fate=Fate.QUARANTINED, sentence=sentence)
    heard = ", ".join(
        f"{name} at {full_time(known.sources_seen[name], call.zone)}" if name in known.sources_seen else f"{name} never"
        for name in call.services.sources
    )
    return Told(
        fate=Fate.NEVER_RECEIVED, sentence=f"No such alert was received. Last heard of: {heard or 'no source'}."
    )


def _record_json(call: Call, record: explaining.Record) -> Record:
    told = what_happened(record.alert, record.page, record.ticket, record.notifications, call.zone)
    return {
        "fate": told.fate.value,
        "sentence": told.sentence,
        "alert": alert_json(record.alert),
        "page": page_json(record.page) if record.page is not None else None,
        "ticket": ticket_json(record.ticket) if record.ticket is not None else None,
        "notifications": [{**notification_json(one), "why": one.why} for one in record.notifications],
    }
