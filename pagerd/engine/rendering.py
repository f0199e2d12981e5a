"""From a claimed notification to what is said: gathers the facts, and leaves the words to `core`.

Rendering never stops a page. When it raises, a plain sentence with the page's id goes out instead, and the fault is
logged.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from pagerd.core.incidents.public import STATE_WORDS, PublicKind, PublicRecord
from pagerd.core.incidents.public_words import promise, public_address, public_mail
from pagerd.core.paging.digested import digest_mail
from pagerd.core.paging.facts import ASKING, Facts
from pagerd.core.paging.gsm import fit, plain
from pagerd.core.paging.mailed import mail
from pagerd.core.paging.message import Body, CallScript, Mail, Text
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page, Stage
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.shift_words import notice_mail, notice_text
from pagerd.core.paging.spoken import script
from pagerd.core.paging.wording import text
from pagerd.core.people import Medium, Urgency
from pagerd.core.plan import Plan
from pagerd.core.ticket import Ticket
from pagerd.core.values import changed
from pagerd.engine.work import Claimed

log = structlog.get_logger()

LATE_AFTER = timedelta(minutes=1)
"""A message that goes out later than this says so: whoever reads it must know that the clock ran before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How an answer to this very message can reach us; none is offered that would not."""

    public_url: str | None = None
    by_text: bool = True
    by_key: bool = True


def body_of(claimed: Claimed, plan: Plan, now: datetime, ways: Ways) -> Body:
    """Render a notification for its medium."""
    if claimed.page is None and claimed.notification.page_id is not None:
        return plain_body(claimed, ways)
    try:
        if claimed.digest is not None:
            return digest_mail(claimed.digest)
        if claimed.public is not None:
            return public_mail_of(claimed.public, plan)
        if claimed.notice is not None:
            is_mail = claimed.notification.medium is Medium.EMAIL
            by_text = ways.by_text
            return notice_mail(claimed.notice, plan, by_text=by_text) if is_mail else notice_text(claimed.notice, plan)
        facts = facts_of(claimed, plan, now, ways)
        match claimed.notification.medium:
            case Medium.SMS:
                return text(facts)
            case Medium.VOICE:
                return script(facts)
            case Medium.EMAIL:
                return mail(facts)
    except Exception:
        log.exception("rendering.failed", notification=claimed.notification.id, page=claimed.notification.page_id)
        return plain_body(claimed, ways)


def public_mail_of(row: PublicRecord, plan: Plan) -> Mail:
    """Write the mail that carries a text for customers."""
    rules, kind = plan.incidents.public, PublicKind(row.kind)
    states = [
        f"{component.name}: {STATE_WORDS[row.components[component.id]]}"
        for component in rules.components
        if component.id in row.components
    ]
    next_in = timedelta(seconds=row.next_in) if row.next_in is not None else None
    return public_mail(
        rules,
        kind=kind,
        title=row.title,
        text=row.text,
        states=states,
        promised=promise(kind, next_in, row.next_at, rules.zone),
        thread=row.slug,
        is_first=row.is_first,
        address=public_address(rules, row.slug),
    )


def plain_body(claimed: Claimed, ways: Ways) -> Body:
    """Say the least that wakes somebody and lets them answer."""
    one = claimed.notification
    code = one.code if ways.by_text else None
    how = f" Reply {code} to acknowledge." if code else f" To acknowledge: pagerd ack {one.page_id or ''}."
    asks = how if one.purpose in ASKING else ""
    sign_in = f"Your code for pagerd: {claimed.sign_in_code}" if claimed.sign_in_code is not None else ""
    words = sign_in or one.text or f"pagerd page {one.page_id or one.ticket_id or ''}.{asks} Details: pagerd pages"
    match one.medium:
        case Medium.SMS:
            return Text(fit(plain(words)))
        case Medium.VOICE:
            keys = ((one.digit, "ack"),) if one.digit and ways.by_key else ()
            press = f"Press {one.digit} to acknowledge." if keys else ""
            return CallScript(greeting=words, prompt=press, farewell="Goodbye.", keys=keys)
        case Medium.EMAIL:
            return Mail(
                subject=words[:120],
                text=words,
                html=f"<p>{one.page_id or ''}</p>",
                thread=one.page_id or one.id,
                first_of_thread=True,
                list_id="pagerd",
                urgent=True,
            )


def facts_of(claimed: Claimed, plan: Plan, now: datetime, ways: Ways) -> Facts:
    """Gather what the message may say."""
    one = claimed.notification
    person = plan.people[one.person]
    late = now - min(other.due_first for other in claimed.all)
    common = Facts(
        purpose=one.purpose,
        at=now,
        zone=person.zone,
        reader=person.name,
        code=claimed.sign_in_code or one.code,
        digit=one.digit if ways.by_key else None,
        by_text=ways.by_text,
        why_you=_why(one, plan),
        actor=plan.name_of(one.actor),
        note=one.text,
        urgent=one.urgency is Urgency.HIGH,
        late_by=late if late > LATE_AFTER else None,
        first_of_thread=not claimed.mailed_before,
        pages_count=len(claimed.all),
        also=claimed.also,
    )
    if claimed.page is not None:
        return _about_page(common, claimed, claimed.page, plan, ways.public_url)
    if claimed.ticket is not None:
        return _about_ticket(common, claimed.ticket, plan)
    if one.purpose is Purpose.SWAP:
        return _about_swap(common, claimed, ways.public_url)
    if one.purpose is Purpose.TEST and one.medium is Medium.EMAIL and ways.public_url:
        return changed(common, mail_link=f"{ways.public_url}/me")
    return changed(common, link=ways.public_url) if one.purpose is Purpose.SIGN_IN else common


def _about_swap(common: Facts, claimed: Claimed, public_url: str | None) -> Facts:
    """Offer the link that answers where one was drawn, in a mail else the page of whoever signs in."""
    link = f"{public_url}/x/{claimed.link_token}" if public_url and claimed.link_token else None
    if claimed.notification.medium is Medium.SMS:
        return changed(common, link=link)
    return changed(common, link=public_url, mail_link=link)


def _about_page(common: Facts, claimed: Claimed, page: Page, plan: Plan, public_url: str | None) -> Facts:
    subject = page.subject
    severity = plan.severities.get(page.severity)
    runbook = plan.runbooks.get(subject.runbook or "")
    link = f"{public_url}/p/{claimed.link_token}" if public_url and claimed.link_token else None
    one = claimed.notification
    asked_before = tuple(
        plan.name_of(person) for person in page.position.paged if person not in (*page.position.asked, one.person)
    )
    return changed(
        common,
        page_id=page.id,
        team=subject.team,
        service=subject.service,
        place=subject.place,
        title=subject.title,
        summary=subject.summary,
        severity_id=page.severity,
        severity_name=severity.name if severity is not None else "",
        since=page.since,
        alerts_count=max(page.firing, 1),
        first_action=subject.action or (runbook.first_action if runbook is not None else ""),
        runbook_url=subject.runbook_url,
        links=subject.links,
        link=link if one.medium is Medium.SMS else None,
        mail_link=link if one.medium is Medium.EMAIL else None,
        escalated_from=asked_before if page.position.stage is Stage.STEP and one.purpose is Purpose.PAGE else (),
        is_stale=page.is_open and 0 < page.firing <= page.stale,
        is_last_resort=page.position.stage is Stage.LAST_RESORT and one.purpose is Purpose.PAGE,
        violations=subject.violations,
        follows=page.follows,
    )


def _about_ticket(common: Facts, ticket: Ticket, plan: Plan) -> Facts:
    severity = plan.severities.get(ticket.severity)
    return changed(
        common,
        page_id=ticket.id,
        team=ticket.team,
        service=ticket.service,
        title=ticket.title,
        summary=ticket.summary,
        severity_id=ticket.severity,
        severity_name=severity.name if severity is not None else "",
        since=ticket.opened_at,
        pages_at=ticket.pages_at,
        alerts_count=max(ticket.firing, 1),
        violations=ticket.violations,
        note="; ".join(ticket.reasons),
    )


_NAMING = frozenset({Purpose.SIGN_IN, Purpose.SWAP})
"""Messages whose `why` names what they are about; what they say is reason enough."""

_WHY = {
    "who had it last": "you had it last",
    "operator": "you are an operator of this pagerd",
}


def _why(one: Notification, plan: Plan) -> str:
    """Say to the reader why it is them, from the road that led to them (`primary, schedule payments-primary`)."""
    why = one.why
    if one.purpose is Purpose.REASSIGNED:
        return f"{plan.name_of(one.actor)} handed it to you"
    if one.purpose in _NAMING:
        return ""
    if not why or why.startswith("you ") or one.purpose is Purpose.HELP:
        return why
    target, _, road = why.partition(", ")
    if why.startswith("schedule "):
        return f"you are on call in {why}"
    if target in plan.people:
        return "you are named by the escalation policy"
    return _WHY.get(why) or f"you are {target if road in plan.people else why}"
