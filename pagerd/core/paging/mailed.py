"""What a mail says: plain text first, 72 columns wide, and the same as simple HTML without pictures.

Subject and thread stay the same over the life of a page, so that its mails hold together. A mail gateway opens links
and presses buttons: so the page behind a mail's link asks for the code, and the mail says so.
"""

import re
from collections.abc import Iterable
from typing import assert_never

from pagerd.core.paging.facts import ASKING, Facts
from pagerd.core.paging.ledger_words import OF_THE_LEDGER, how_to_answer_mail
from pagerd.core.paging.letter import Line, Section, as_html, as_text
from pagerd.core.paging.message import Mail
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.sign_in_words import sign_in_lines, sign_in_subject
from pagerd.core.plain import clean_lines, clock_time, full_time, length, one_line

SUBJECT_MAX = 140
"""Characters of a subject: more is cut by every mail program; the id at its end must survive ours."""

LINKS_MAX = 12

_ITS_OWN_WORDS = OF_THE_LEDGER | {Purpose.ALARM, Purpose.SIGN_IN, Purpose.INCIDENT}
"""What is about no page: its note is all that it says."""


def mail(facts: Facts) -> Mail:
    """Say it in one mail."""
    subject = _subject(facts)
    sections = [section for section in _sections(facts) if section.lines]
    return Mail(
        subject=subject,
        text=as_text(sections),
        html=as_html(subject, sections),
        thread=one_line(facts.page_id, 80) or f"{facts.purpose}-{facts.at.isoformat()}",
        first_of_thread=facts.first_of_thread,
        list_id=f"{re.sub(r'[^a-z0-9-]', '-', facts.team.casefold())[:60] or 'pagerd'}.pages",
        urgent=facts.urgent and (facts.purpose in ASKING or facts.purpose is Purpose.ALARM),
        headers=tuple(
            (name, value)
            for name, value in (
                ("X-Pagerd-Page", one_line(facts.page_id, 80)),
                ("X-Pagerd-Team", one_line(facts.team, 80)),
                ("X-Pagerd-Severity", one_line(facts.severity_id, 80)),
            )
            if value
        ),
    )


def _subject(facts: Facts) -> str:
    if facts.purpose is Purpose.TEST:
        return one_line(f"[test] Test page from pagerd for {one_line(facts.reader, 60) or 'you'}")
    if facts.purpose is Purpose.SIGN_IN:
        return sign_in_subject()
    if facts.purpose in _ITS_OWN_WORDS:
        return one_line(f"[pagerd] {facts.note or facts.title or facts.summary or 'Look at its status'}", SUBJECT_MAX)
    severity = one_line(facts.severity_id, 20) or "page"
    kind = f"ticket {severity}" if facts.purpose is Purpose.TICKET else severity
    owner = "/".join(part for part in (one_line(facts.team, 30), one_line(facts.service, 40)) if part)
    end = f" ({one_line(facts.page_id, 30)})" if facts.page_id else ""
    start = f"[{kind}] {owner}: " if owner else f"[{kind}] "
    return start + one_line(_title(facts), SUBJECT_MAX - len(start) - len(end)) + end


def _title(facts: Facts) -> str:
    return one_line(facts.title, 200) or one_line(facts.summary or facts.note, 200) or "something is wrong"


def _sections(facts: Facts) -> Iterable[Section]:
    yield Section("", tuple(_what(facts)))
    yield Section("", tuple(Line(line) for line in clean_lines(facts.summary, 2000)))
    yield Section("", tuple(_circumstances(facts)))
    yield Section("Also", tuple(_also(facts)))
    yield Section("What to do first", tuple(_first(facts)))
    yield Section("How to answer", tuple(_how_to_answer(facts)))
    if facts.purpose not in _ITS_OWN_WORDS:
        yield Section("Note", tuple(Line(line) for line in clean_lines(facts.note, 2000)))
    yield Section("Links", tuple(Line(one_line(name, 60), address) for name, address in _links(facts)))
    if facts.violations:
        fails = "; ".join(one_line(one, 300) for one in facts.violations[:8])
        words = f"This alert does not pass every test for paging: {fails}. A ticket to mend it is in the team's queue."
        yield Section("What is wrong with this alert", (Line(words),))
    yield Section("Why you got this", tuple(_why(facts)))


def _what(facts: Facts) -> Iterable[Line]:
    if facts.purpose is Purpose.SIGN_IN:
        yield from (Line(line) for line in sign_in_lines(facts))
        return
    if facts.purpose in _ITS_OWN_WORDS:
        said = clean_lines(facts.note or facts.title or facts.summary, 2000)
        yield from (Line(line) for line in said or ("Something is wrong with pagerd itself: look at its status.",))
        return
    if facts.purpose is Purpose.TEST:
        yield Line("This is a test page from pagerd. Nothing is broken.")
        return
    status = _status(facts)
    if status:
        yield Line(status)
    severity, name = one_line(facts.severity_id, 40), one_line(facts.severity_name, 40)
    if facts.pages_count > 1:
        things = "tickets" if facts.purpose is Purpose.TICKET else "pages"
        yield Line(f"{facts.pages_count} {things}; the worst of them:")
    yield Line(f"{severity or 'page'}{f' ({name})' if name else ''}: {_title(facts)}")
    if facts.where:
        yield Line(facts.where)


def _status(facts: Facts) -> str:
    actor = one_line(facts.actor, 60) or "A colleague"
    match facts.purpose:
        case Purpose.HELP:
            return f"{actor} asks for your help. The page stays where it is."
        case Purpose.HELP_COMES:
            return f"{actor} comes to help. The page stays yours."
        case Purpose.REASSIGNED:
            return f"{actor} handed this page to you."
        case Purpose.MORE_ALERTS:
            return f"More alerts fire in a page that you hold: {facts.alerts_count} by now."
        case Purpose.REMINDER | Purpose.STILL_YOURS:
            return "Your acknowledgement ends. Say that you still have it, or whoever is on call is paged again."
        case Purpose.ACKNOWLEDGED_BY_OTHER:
            it = "it" if facts.pages_count == 1 else "them"
            return f"{actor} has {it}. There is nothing for you to do."
        case Purpose.SHADOW:
            return f"{actor}, whom you shadow, was paged. Nothing is asked of you."
        case Purpose.RESOLVED:
            one = facts.since is not None and facts.pages_count == 1
            after = f" after {length(facts.at - facts.since)}" if one and facts.since is not None else ""
            return f"Resolved{after}{f' by {actor}' if facts.actor else ''}. No action is needed."
        case Purpose.TICKET if facts.pages_at is not None:
            it = "A ticket with a clock: it" if facts.pages_count == 1 else "Tickets with a clock: the worst"
            return f"{it} pages at {_clock(facts)} unless somebody takes it."
        case Purpose.TICKET:
            return "A ticket for business hours. It can wait."
        case (
            Purpose.PAGE
            | Purpose.ALARM
            | Purpose.TEST
            | Purpose.ANSWER
            | Purpose.DIGEST
            | Purpose.PUBLIC
            | Purpose.NIGHT
            | Purpose.REST
            | Purpose.SWAP
            | Purpose.SIGN_IN
            | Purpose.INCIDENT
            | Purpose.SHIFT
        ):
            return ""
        case _:
            assert_never(facts.purpose)


def _clock(facts: Facts) -> str:
    return clock_time(facts.pages_at, facts.zone, facts.at) if facts.pages_at is not None else ""


def _circumstances(facts: Facts) -> Iterable[Line]:
    if facts.since is not None:
        yield Line(f"Since: {full_time(facts.since, facts.zone)}, {length(facts.at - facts.since)} ago")
    if facts.alerts_count > 1 and facts.purpose is not Purpose.MORE_ALERTS:
        yield Line(f"Alerts: {facts.alerts_count}")
    if facts.escalated_from:
        names = ", ".join(one_line(name, 60) for name in facts.escalated_from[:8])
        yield Line(f"Escalated: {names} did not answer")
    if facts.is_last_resort:
        yield Line("Last resort: no step is left; you are paged until somebody answers")
    if facts.late_by is not None:
        yield Line(f"Late: this comes {length(facts.late_by)} late, pagerd was down or stalled")
    if facts.is_stale:
        yield Line("Stale: its source no longer stands by it, and never said it ended")
    if facts.follows:
        yield Line(f"Again: it follows page {one_line(facts.follows, 40)}, resolved a short while before")


def _also(facts: Facts) -> Iterable[Line]:
    yield from (Line(one_line(one, 200)) for one in facts.also)
    more = facts.pages_count - 1 - len(facts.also)
    if facts.also and more > 0:
        yield Line(f"and {more} more: pagerd {'tickets' if facts.purpose is Purpose.TICKET else 'pages'} lists them")


def _first(facts: Facts) -> Iterable[Line]:
    if facts.purpose in {Purpose.RESOLVED, Purpose.ACKNOWLEDGED_BY_OTHER}:
        return
    yield from (Line(line) for line in clean_lines(facts.first_action, 1000))
    if facts.runbook_url:
        yield Line("Runbook", facts.runbook_url)


def _how_to_answer(facts: Facts) -> Iterable[Line]:
    """Opening the link acknowledges nothing, and neither does a press: the code must be typed."""
    name = one_line(facts.page_id, 80)
    if facts.purpose is Purpose.TICKET:
        take = f"pagerd tickets take {name}" if name and facts.pages_count == 1 else "pagerd tickets lists them"
        yield Line(f"Take it, so that others know: {take}.")
        return
    if facts.purpose in OF_THE_LEDGER and facts.answer_code:
        if facts.mail_link:
            yield Line(f"Open this and type the code {facts.answer_code} there. Opening it alone does nothing:")
            yield Line("", facts.mail_link)
        yield Line(how_to_answer_mail(facts))
        return
    if facts.purpose not in ASKING and facts.purpose is not Purpose.TEST:
        return
    code = facts.answer_code
    if facts.mail_link and code:
        yield Line(f"Open this and type the code {code} there. Opening it alone does nothing:")
        yield Line("", facts.mail_link)
    if code and facts.by_text:
        these = f" It stands for all {facts.pages_count} pages." if facts.pages_count > 1 else ""
        by_text = "Or by text" if facts.mail_link else "By text"
        yield Line(f"{by_text}, to the number that pages you: {code} ack.{these}")
    if name and facts.purpose is not Purpose.TEST:
        from_there = "Or from the command line" if code else "From the command line"
        command = f"pagerd ack {name}" if facts.pages_count == 1 else "pagerd pages lists them, pagerd ack takes one"
        yield Line(f"{from_there}: {command}")
    if facts.purpose is Purpose.TEST and code:
        yield Line(f"From the command line: pagerd confirm {code}")
    yield Line("An answer to this mail is not read. Without a confirmation from pagerd nothing is acknowledged.")


def _links(facts: Facts) -> Iterable[tuple[str, str]]:
    for name, address in list(facts.links.items())[:LINKS_MAX]:
        if address:
            yield name, address


def _why(facts: Facts) -> Iterable[Line]:
    why = one_line(facts.why_you, 300) or (f"you are {one_line(facts.level, 60)}" if facts.level else "")
    if why:
        yield Line(f"{why[0].upper()}{why[1:].rstrip('.')}.")
        yield Line("How you are reached, and when you are on call, stands in the rotations of your team.")
