"""What became of a notification: the receipt of an attempt, a later report, and what they mean for the rest.

accepted is not delivered, and delivered is not read by a human. What did not reach its person brings the next contact
method forward; the escalation step keeps its time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from pagerd.channels.base import DeliveryReport, Receipt
from pagerd.core.events import ContactRefused, FailedOver
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import (
    PROGRESS,
    RETRY_AFTER,
    Notification,
    NotificationStatus,
    brought_forward,
    contact_order,
    is_proof,
    retry_after,
)
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.values import changed
from pagerd.core.worklog import nights as nights_core
from pagerd.engine import apply, audit, mornings, observing, outbox, questions, settling, stored
from pagerd.engine.attempts import NotSent
from pagerd.engine.boundaries import Boundary
from pagerd.engine.work import Claimed, Proof, Work
from pagerd.stores.records import contacts, nights, notifications, pages
from pagerd.stores.records.stored import UnusableContact

UNCONFIRMED_ATTEMPTS_MAX = 3
"""What was perhaps sent is sent again, but a provider that loses every answer must not text all night."""


BUSY_AGAIN = timedelta(seconds=1)
"""When what a busy provider sent back is due again; how many go then is a matter of its room."""

BUSY_ATTEMPTS_MAX = 2
"""More than this does not count against a message that was one too many: the second brings the next method forward."""

BUSY_FOR_MAX = timedelta(minutes=30)
"""For so long a message may be one too many for a provider; from then on each time counts as a failed attempt."""

OVERTAKEN = "unknown"
"""The provider, in the metrics, of a report that came before the answer to our request: that answer would say it."""


async def accepted(work: Work, claimed: Claimed, receipt: Receipt) -> None:
    """Store a receipt: the provider has the message, and with it all that the message stands for."""
    status = NotificationStatus(receipt.status.value)
    work.crosses(Boundary.RECEIPT_STORED)
    for one in claimed.all:
        took = changed(one, attempts=one.attempts + 1, provider=receipt.provider, provider_id=receipt.provider_id)
        done = _on_the_way(took, claimed, work.now).moved(status, work.now, receipt.detail)
        if not await notifications.finish_claim(work.c, done, claimed.claim):
            continue
        await _time_dispatch(work, done)
        await _note_night(work, done, status, work.now)
        if status is NotificationStatus.OBSERVED:
            await observing.write_down(work, done, receipt.words if one is claimed.notification else "")
        if one is claimed.notification:
            work.count("notifications", one.medium.value, receipt.provider, status.value)
            if one.person and status is not NotificationStatus.OBSERVED:
                await contacts.note_tried(work.c, one.person, one.medium, one.address, work.now)
            await _note_arrival(work, done, status)
            _time_arrival(work, done)
            if receipt.can_be_asked:
                await questions.watch(work, done)
            if claimed.not_taken_by:
                await _note_failover(work, claimed, receipt.provider)
                await _tell_of_those_that_refuse_us(work, claimed, receipt.provider)


async def _note_failover(work: Work, claimed: Claimed, provider: str) -> None:
    """Let the page's timeline say who carried the message, and who did not."""
    one = claimed.notification
    page = await pages.find(work.c, one.page_id) if one.page_id is not None and claimed.page is not None else None
    if page is not None and page.is_open:
        why = "; ".join(f"{name} did not take it ({detail})" for name, detail, _ in claimed.not_taken_by)
        event = FailedOver(person=one.person, medium=one.medium.value, provider=provider, why=why)
        await apply.happened(work, page, event)


async def _tell_of_those_that_refuse_us(work: Work, claimed: Claimed, provider: str) -> None:
    """Tell the operators of a fault of our account that hides behind a second provider: nothing else would."""
    medium = claimed.notification.medium
    for missed in claimed.not_taken_by:
        if missed.is_told:
            text = f"{medium} through {missed.provider} fails for some: {missed.detail}. {provider} took it instead"
            await apply.alarm(work, "provider_failing", f"{medium}/{missed.provider}", text)


def _on_the_way(one: Notification, claimed: Claimed, now: datetime) -> Notification:
    """Write down which providers did not take it in this attempt; of a test page, too, when its sender took it up."""
    if one.purpose is Purpose.TEST and claimed.begun_at is not None:
        one = one.moved(NotificationStatus.CLAIMED, claimed.begun_at)
    for provider, detail, _ in claimed.not_taken_by:
        one = one.moved(NotificationStatus.CLAIMED, now, f"{provider} did not take it: {detail}")
    return one


async def waits(work: Work, claimed: Claimed, until: datetime) -> None:
    """Give back what no provider had room for: it was not tried, so it has all its attempts yet."""
    for one in claimed.all:
        await notifications.release(work.c, one.id, claimed.claim, until)
    work.wakes_at(until)


async def refused(work: Work, claimed: Claimed, provider: str, detail: str) -> None:
    """Store that this contact will never take a message, and go on to what is left of the person, or past them."""
    lost = []
    for one in claimed.all:
        gone = changed(one, attempts=one.attempts + 1, provider=provider)
        gone = _on_the_way(gone, claimed, work.now).moved(NotificationStatus.REFUSED, work.now, detail)
        if await notifications.finish_claim(work.c, gone, claimed.claim):
            lost.append(gone)
    if lost:
        work.count("notifications", lost[0].medium.value, provider, NotificationStatus.REFUSED.value)
        work.count("notifications_failed", lost[0].medium.value, provider, "refused")
        await _lose_contact(work, lost, detail)


async def not_sent(work: Work, claimed: Claimed, attempt: NotSent) -> None:
    """Store a failed attempt: it is tried again, and from the second on the next contact method does not wait."""
    medium, provider = claimed.notification.medium, attempt.provider
    reason = "unconfirmed" if attempt.perhaps_sent else "unavailable"
    tried = [await _try_again(work, one, claimed.claim, attempt, reason) for one in claimed.all]
    kept = [one for one in tried if one is not None]
    if not kept:
        return
    failed_as = "account" if attempt.account_fault else "busy" if attempt.busy else reason
    work.count("notifications_failed", medium.value, provider, failed_as)
    given_up = any(one.status is NotificationStatus.FAILED for one in kept)
    if given_up:
        work.count("notifications", medium.value, provider, NotificationStatus.FAILED.value)
    if given_up or attempt.account_fault:
        await _tell_of_fault(work, kept[0], attempt.detail, is_ours=attempt.account_fault)


async def _try_again(work: Work, one: Notification, claim: str, attempt: NotSent, reason: str) -> Notification | None:
    """Store that one was not sent, with the time of its next attempt if it has one; None when it is not ours now."""
    attempts = one.attempts + 1
    if attempt.busy and work.now - one.due_first <= BUSY_FOR_MAX:
        attempts = min(attempts, max(one.attempts, BUSY_ATTEMPTS_MAX))
    tried = changed(one, attempts=attempts, provider=attempt.provider, merged_into=None)
    wait = retry_after(one.purpose, attempts)
    if wait is None or (attempt.perhaps_sent and attempts >= UNCONFIRMED_ATTEMPTS_MAX):
        tried = tried.moved(NotificationStatus.FAILED, work.now, attempt.detail)
    else:
        # What a provider asks for is heeded, but a page waits no longer for it than for our own last retry.
        asked = min(timedelta(seconds=attempt.retry_after_seconds or 0), RETRY_AFTER[-1])
        due = work.now + (max(asked, BUSY_AGAIN) if attempt.busy else max(wait, asked))
        tried = changed(tried.moved(NotificationStatus.PENDING, work.now, f"{reason}: {attempt.detail}"), due=due)
    if not await notifications.finish_claim(work.c, tried, claim):
        return None
    work.wakes_at(tried.due if tried.status is NotificationStatus.PENDING else None)
    if attempts >= 2 or attempt.content_fault:  # the first failure may be a hiccup; the second is trouble
        await _bring_forward(work, tried)
    return tried


async def reported(work: Work, notification_id: str, report: DeliveryReport) -> None:
    """Take what a provider says later. Reports come late, twice and out of order: only what is further along counts."""
    one = await notifications.find(work.c, notification_id)
    if one is None or (one.provider_id is not None and one.provider_id != report.provider_id):
        work.count("reports_unknown")
        return
    status = NotificationStatus(report.status.value)
    told = [one, *await notifications.merged_with(work.c, one.id)]
    moved = [await _moved(work, other, status, report) for other in told if PROGRESS[status] > PROGRESS[other.status]]
    if not moved:
        return
    work.crosses(Boundary.REPORT_STORED)
    work.count("notifications", one.medium.value, one.provider or OVERTAKEN, status.value)
    _time_arrival(work, moved[0])
    await _note_arrival(work, moved[0], status)
    if status is NotificationStatus.NOT_REACHED:
        for other in moved:
            await _bring_forward(work, other, call_again=True)
    elif status is NotificationStatus.REFUSED:
        await _lose_contact(work, moved, report.detail)
    if report.account_fault:
        await _tell_of_fault(work, moved[0], report.detail, is_ours=True)
    if one.provider is not None and (report.account_fault or status is NotificationStatus.DELIVERED):
        # What it says when it takes a message is worth less than what became of it.
        work.proofs.append(Proof(one.medium, one.provider, "" if not report.account_fault else report.detail))


async def _moved(work: Work, one: Notification, status: NotificationStatus, report: DeliveryReport) -> Notification:
    # One that overtakes the answer to our request reports of the attempt in the air: its claim ends here.
    attempts = one.attempts + (one.provider_id is None)
    moved = changed(one, provider_id=report.provider_id, attempts=attempts).moved(status, work.now, report.detail)
    await notifications.update(work.c, moved)
    if report.passed is not None:
        await _note_night(work, moved, NotificationStatus(report.passed.value), work.now)
    await _note_night(work, moved, status, work.now)
    if one.provider_id is None:  # it overtook the answer to our request, which will find the claim gone
        await _time_dispatch(work, moved)
    return moved


async def _tell_of_fault(work: Work, one: Notification, detail: str, *, is_ours: bool) -> None:
    """Tell the operators that a provider fails, or refuses our account: it will fail for everybody."""
    text = f"{one.medium} through {one.provider} fails: {detail}"
    # Who is told by mail that our account there is refused would not hear of it.
    by = Medium.SMS if one.medium is Medium.EMAIL and is_ours else None
    await apply.alarm(work, "provider_failing", f"{one.medium}/{one.provider}", text, by=by)


async def _time_dispatch(work: Work, one: Notification) -> None:
    """Count how long a notification took to its provider, and its page to the first of them."""
    # What was brought forward left before it was due: that is not less than no delay.
    late = max((work.now - one.due_first).total_seconds(), 0)
    work.count("dispatch_seconds", one.medium.value, by=late)
    if one.page_id is None or one.purpose not in ASKING:
        return
    try:
        page = await pages.find_untold(work.c, one.page_id, but=one.id)
    except msgspec.DecodeError:
        return  # a page that cannot be read is told by others; its messages have outcomes all the same
    if page is not None:
        work.count("page_dispatch_seconds", page.severity, by=(work.now - page.opened_at).total_seconds())


_ARRIVED = {
    Medium.SMS: NotificationStatus.DELIVERED,
    Medium.VOICE: NotificationStatus.ANSWERED,
    Medium.EMAIL: NotificationStatus.DELIVERED,
}
"""The furthest that each medium can tell by itself."""

_TAKEN = frozenset({NotificationStatus.ACCEPTED.value, NotificationStatus.SENT.value})


def _time_arrival(work: Work, one: Notification) -> None:
    """Count how long it took from the provider's hands to the person's phone, when that is where it is now."""
    if one.status is not _ARRIVED[one.medium]:
        return
    taken = next((at for at, status, _ in one.trail if status in _TAKEN), None)
    since = datetime.fromisoformat(taken) if taken is not None else work.now
    seconds = (work.now - since).total_seconds()
    work.count("delivery_duration_seconds", one.medium.value, one.provider or OVERTAKEN, by=seconds)


async def _note_arrival(work: Work, one: Notification, status: NotificationStatus) -> None:
    """Note that the contact works; a test page that came so far makes a refused one usable again."""
    if not is_proof(one.medium, status):
        return
    is_test = one.purpose is Purpose.TEST
    await contacts.note_arrived(work.c, one.person, one.medium, one.address, work.now, is_test=is_test)
    if is_test:
        await stored.usable_again(work, one.person, one.medium)


async def _bring_forward(work: Work, one: Notification, *, call_again: bool = False) -> None:
    if one.page_id is None:
        return
    page = await pages.find(work.c, one.page_id)
    # Once somebody holds the page, a call that was not answered is not made again.
    if page is None or not page.is_open or page.acknowledgement is not None:
        return
    siblings = [other for other in await notifications.of_page(work.c, one.page_id, one.person) if other.id != one.id]
    for moved in brought_forward(siblings, one, work.now + settling.waits_for(work, page), call_again=call_again):
        if await notifications.find(work.c, moved.id) is None:
            fresh = changed(moved, digit=work.chance.digit() if one.digit is not None else None)
            await notifications.insert(work.c, fresh)
            work.count("notifications_queued", fresh.medium.value, fresh.purpose.value)
        else:
            await notifications.update(work.c, moved)
        work.wakes_at(moved.due)


async def _lose_contact(work: Work, lost: Sequence[Notification], detail: str) -> None:
    """Use a contact no more, and go on without it in every page that the refused message was about."""
    first = lost[0]
    if first.purpose is Purpose.PUBLIC:
        text = (
            f"{first.address} is refused: customers did not get {first.why}, see `public` of incidents.yaml: {detail}"
        )
        await apply.alarm(work, "public_refused", first.address, text)
        return
    if not first.person:
        text = f"{first.address} is refused: {first.why} did not arrive, see `mail` of the team: {detail}"
        await apply.alarm(work, "digest_refused", first.address, text)
        return
    contact = UnusableContact(person=first.person, medium=first.medium, address=first.address, at=work.now, why=detail)
    await audit.contact_refused(work, contact)
    unusable = work.plan.unusable | {(first.person, first.medium)}
    await stored.note_change(work, changed(work.plan, unusable=unusable))
    text = f"{first.person} cannot be reached by {first.medium} any more: {detail}"
    await apply.alarm(work, "contact_refused", f"{first.person}/{first.medium}", text)
    for one in lost:
        await _bring_forward(work, one)
        page = await pages.find(work.c, one.page_id) if one.page_id is not None else None
        if page is not None and page.is_open:
            await _use_what_is_left(work, page, one)
            event = ContactRefused(person=one.person, medium=one.medium.value, detail=detail)
            await apply.happened(work, page, event)


async def _use_what_is_left(work: Work, page: Page, lost: Notification) -> None:
    """When the person's own rules hold nothing that works any more, whatever else does goes now."""
    if lost.purpose not in ASKING or page.acknowledgement is not None:
        return
    known = await notifications.of_page(work.c, page.id, lost.person)
    if any(one.status in (NotificationStatus.PENDING, NotificationStatus.CLAIMED) for one in known):
        return
    tried = {one.medium for one in known}
    order = contact_order(work.plan, lost.person, lost.urgency)
    waits_for = settling.waits_for(work, page)
    await outbox.notify_by(
        work,
        page,
        [replace(rule, after=max(rule.after, waits_for)) for rule in order if rule.medium not in tried],
        person=lost.person,
        purpose=lost.purpose,
        urgency=lost.urgency,
        why=lost.why,
        actor=lost.actor,
    )


async def _note_night(work: Work, one: Notification, status: NotificationStatus, at: datetime) -> None:
    """Write the night ledger in the transaction that learned of it."""
    person = work.plan.people.get(one.person)
    if person is None or one.page_id is None:
        return
    evidence = nights_core.evidence_of(one.medium, status.value, at, one.id)
    if evidence is None or not person.sleeps_at(at):
        return
    page = await pages.find(work.c, one.page_id)
    if page is None:
        return
    known = await nights.find(work.c, one.person, page.id)
    row = nights_core.merge(
        known,
        evidence,
        person=person,
        page_id=page.id,
        team=page.subject.team,
        severity=page.severity,
        plan_revision=work.plan.revision,
    )
    held = page.acknowledgement
    if known is None and held is not None and held.by == person.id:
        # The provider's word came later than the answer of the person whom the message woke.
        row = replace(row, acknowledged_at=held.at, last_act_at=held.at)
    await nights.save(work.c, row)
    work.crosses(Boundary.NIGHT_STORED)
    await mornings.rung(work, person, page, at)
    if known is None:
        work.count("night_pages", page.subject.team)
