"""The course of a simulation as plain values, with its sentences: what `-o json` writes. docs/cli.md has every key.

Instants are ISO in UTC; `local` and the times in sentences are on the wall clock of the zone that is given with them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.explaining.shapes import outcome_sentence
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plain import in_zone
from pagerd.core.ticket import Ticket
from pagerd.core.timeline import Entry, sentence
from pagerd.core.values import changed
from pagerd.core.worklog.nights import NightPage
from pagerd.lab.course import Course, Fired, Message, Report, alert_name

Json = dict[str, object]

NEWS = frozenset(
    {
        NotificationStatus.RINGING,
        NotificationStatus.ANSWERED,
        NotificationStatus.DELIVERED,
        NotificationStatus.NOT_REACHED,
        NotificationStatus.REFUSED,
        NotificationStatus.FAILED,
        NotificationStatus.PENDING,
    }
)
"""What the timeline tells of a message after it left. PENDING is an attempt that failed and is made again."""


def course_json(course: Course, zone: ZoneInfo, assumed: Mapping[str, object]) -> Json:
    """Write a course for a reader in this zone; `assumed` is what was asked, as the reader wrote it."""
    return {
        "at": course.began_at.isoformat(),
        "ended_at": course.ended_at.isoformat(),
        "ending": course.ending.value,
        "revision": course.scenario.plan.revision,
        "zone": str(zone),
        "assumed": dict(assumed),
        "summary": _summary_json(course),
        "alerts": [_alert_json(course, one, zone) for one in course.fired],
        "pages": [_page_json(course, name, page) for name, page in course.pages.items()],
        "tickets": [_ticket_json(name, ticket) for name, ticket in course.tickets.items()],
        "people": [_person_json(course, person) for person in course.people],
        "nights": [_night_json(course, row) for row in course.nights],
        "messages": [_message_json(course, one) for one in course.messages],
        "timeline": [entry for _at, _rank, entry in sorted(_timeline(course, zone), key=lambda one: one[:2])],
    }


def _summary_json(course: Course) -> Json:
    left = [one for one in course.messages if one.left_at is not None]
    told = [one for one in left if one.asks and one.left_at is not None]
    return {
        "told_after_seconds": _after(course, told[0].left_at) if told else None,
        "first_told": told[0].person if told else None,
        "answered_after_seconds": _after(course, min((at for _by, at in course.answers.values()), default=None)),
        "unanswered": [name for name, page in course.pages.items() if page.is_open and page.acknowledgement is None],
        "untold": [name for name in course.pages if not course.asked_about(name)],
        "woken": list(course.woken),
        "last_resort_after_seconds": _seconds(course.last_resort_after),
        "messages": len(left),
        "texts": sum(one.medium is Medium.SMS for one in left),
        "calls": sum(one.medium is Medium.VOICE for one in left),
        "mails": sum(one.medium is Medium.EMAIL for one in left),
        "not_sent": sum(one.left_at is None for one in course.messages),
    }


def _alert_json(course: Course, one: Fired, zone: ZoneInfo) -> Json:
    verdict = one.outcome.verdict
    ends = [ended.at for ended in course.resolved if ended.alert.fingerprint == one.alert.fingerprint]
    return {
        "at": one.at.isoformat(),
        "after_seconds": _after(course, one.at),
        "labels": dict(one.alert.labels),
        "annotations": dict(one.alert.annotations),
        "outcome": one.outcome.place.value,
        "verdict": verdict.kind.value,
        "severity": verdict.severity,
        "team": verdict.team,
        "rule": verdict.rule,
        "reasons": list(verdict.reasons),
        "sentence": course.renamed(outcome_sentence(one.outcome, course.scenario.plan, zone)),
        "page": course.page_of(one),
        "ticket": one.ticket,
        "told_after_seconds": _seconds(course.told_after(one)),
        "resolved_at": ends[0].isoformat() if ends else None,
    }


def _page_json(course: Course, name: str, page: Page) -> Json:
    asked = course.asked_about(name)
    held = page.acknowledgement
    by, answered = course.answers.get(name, (None, None))
    return {
        "page": name,
        "title": page.subject.title,
        "team": page.subject.team,
        "severity": page.severity,
        "status": page.status.value,
        "opened_at": page.opened_at.isoformat(),
        "alerts": page.alerts,
        "first_told": asked[0].person if asked else None,
        "told_after_seconds": _seconds(asked[0].first_at - page.opened_at) if asked else None,
        "answered_by": by,
        "answered_at": answered.isoformat() if answered is not None else None,
        "answered_after_seconds": _seconds(answered - page.opened_at) if answered is not None else None,
        "held_by": held.by if held is not None else None,
        "held_until": held.until.isoformat() if held is not None else None,
        "resolved_at": page.resolved_at.isoformat() if page.resolved_at is not None else None,
        "resolved_by": page.resolved_by,
    }


def _ticket_json(name: str, ticket: Ticket) -> Json:
    return {
        "ticket": name,
        "title": ticket.title,
        "team": ticket.team,
        "severity": ticket.severity,
        "status": ticket.status.value,
        "opened_at": ticket.opened_at.isoformat(),
        "violations": list(ticket.violations),
        "pages_at": ticket.page_at.isoformat() if ticket.page_at is not None else None,
    }


def _person_json(course: Course, person: str) -> Json:
    known = course.scenario.plan.people.get(person)
    own = [one for one in course.messages if one.person == person]
    left = [one for one in own if one.left_at is not None]
    first = left[0] if left else None
    answers = [at for by, at in course.answers.values() if by == person]
    return {
        "person": person,
        "name": known.name if known is not None else person,
        "zone": str(known.zone) if known is not None else None,
        "told_at": first.first_at.isoformat() if first is not None else None,
        "told_after_seconds": _after(course, first.left_at) if first is not None else None,
        "local": f"{in_zone(first.first_at, known.zone):%a %H:%M}" if first is not None and known is not None else None,
        "woken": person in course.woken,
        "texts": sum(one.medium is Medium.SMS for one in left),
        "calls": sum(one.medium is Medium.VOICE for one in left),
        "mails": sum(one.medium is Medium.EMAIL for one in left),
        "not_sent": len(own) - len(left),
        "answered_at": min(answers).isoformat() if answers else None,
    }


def _night_json(course: Course, row: NightPage) -> Json:
    return {
        "person": row.person,
        "page": course.renamed(row.page_id),
        "team": row.team,
        "severity": row.severity,
        "at": row.first_at.isoformat(),
        "local": f"{in_zone(row.first_at, ZoneInfo(row.zone)):%Y-%m-%d %H:%M}",
        "zone": row.zone,
        "night": row.window,
        "evidence": [
            {"at": one.at.isoformat(), "medium": one.medium.value, "kind": one.kind.value} for one in row.evidence
        ],
    }


def _message_json(course: Course, one: Message) -> Json:
    return {
        "message": one.name,
        "at": one.first_at.isoformat(),
        "after_seconds": _after(course, one.first_at),
        "sent": one.left_at is not None,
        "to": one.person or one.address,
        "medium": one.medium.value,
        "purpose": one.purpose.value,
        "why": one.why,
        "cause": one.cause.value,
        "delay_seconds": _seconds(one.delay),
        "pages": list(one.pages),
        "ticket": one.ticket,
        "night": one.asleep,
        "words": course.renamed(one.words),
        "reports": [_report_json(report) for report in one.reports],
    }


def _report_json(report: Report) -> Json:
    return {"at": report.at.isoformat(), "status": report.status.value, "detail": report.detail}


def _timeline(course: Course, zone: ZoneInfo) -> Iterator[tuple[datetime, int, Json]]:
    """Give everything that happened with its instant and its place among what happened at the same one."""

    def line(
        at: datetime, event: str, words: str, *, about: str | None = None, message: str | None = None, **details: str
    ) -> Json:
        return {
            "at": at.isoformat(),
            "after_seconds": _after(course, at),
            "local": f"{in_zone(at, zone):%Y-%m-%d %H:%M:%S}",
            "event": event,
            "about": about,
            "message": message,
            "sentence": words,
            "details": details,
        }

    for fired in course.fired:
        words = course.renamed(outcome_sentence(fired.outcome, course.scenario.plan, zone))
        about = fired.page or fired.ticket
        yield fired.at, 0, line(fired.at, "alert.fired", f"{alert_name(fired.alert)} fires. {words}", about=about)
    for ended in course.resolved:
        yield ended.at, 0, line(ended.at, "alert.ended", f"{alert_name(ended.alert)} stops firing.")
    for at, person in course.unheard:
        yield at, 1, line(at, "answer.unheard", unheard_words(person), person=person)
    for told in course.told:
        entry = changed(told.entry, details={key: course.renamed(text) for key, text in told.entry.details.items()})
        yield told.at, 2, line(told.at, entry.kind, _entry_sentence(entry, zone), about=told.object, **entry.details)
    for one in course.messages:
        about = one.pages[0] if one.pages else one.ticket
        if one.left_at is not None:
            yield one.left_at, 3, line(one.left_at, "message.left", left_words(one), about=about, message=one.name)
        for report in one.reports:
            if report.status in NEWS and (report.detail or report.status is not NotificationStatus.PENDING):
                event = f"message.{'tried' if report.status is NotificationStatus.PENDING else report.status.value}"
                words = report_words(one, report)
                yield report.at, 1, line(report.at, event, words, about=about, message=one.name)


def _entry_sentence(entry: Entry, zone: ZoneInfo) -> str:
    """Say an entry without the reasons of the verdict, which stand with the alert already."""
    details = {key: value for key, value in entry.details.items() if key != "reasons" or "opened" not in entry.kind}
    return sentence(changed(entry, details=details), zone)


MEDIUM_WORDS = {Medium.SMS: "text", Medium.VOICE: "call", Medium.EMAIL: "mail"}


def unheard_words(person: str) -> str:
    """Say that somebody's answer was in vain."""
    return f"{person} answers by text, and nobody hears it: the provider of texts cannot be asked for them."


def left_words(one: Message) -> str:
    """Say that a message left, and what it begins with."""
    what = "" if one.purpose.value == "page" else f" ({one.purpose.value.replace('_', ' ')})"
    first = one.words.splitlines()[0] if one.words else ""
    return f"{MEDIUM_WORDS[one.medium]} to {one.person or one.address}{what}: {first}"


def report_words(one: Message, report: Report) -> str:
    """Say what became of a message."""
    message = f"{MEDIUM_WORDS[one.medium]} to {one.person or one.address}"
    detail = f": {report.detail}" if report.detail else ""
    match report.status:
        case NotificationStatus.PENDING:
            return f"{message} was not sent, and is tried again{detail}"
        case NotificationStatus.FAILED:
            return f"{message} was given up{detail}"
        case NotificationStatus.RINGING:
            return f"{message} rings"
        case NotificationStatus.ANSWERED:
            return f"{message} is picked up"
        case NotificationStatus.NOT_REACHED:
            return f"{message} reached nobody{detail}"
        case _:
            return f"{message} is {report.status.value}{detail}"


def _after(course: Course, at: datetime | None) -> int | None:
    return _seconds(at - course.began_at) if at is not None else None


def _seconds(span: timedelta | None) -> int | None:
    return int(span.total_seconds()) if span is not None else None
