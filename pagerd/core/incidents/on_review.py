"""What follows a resolved incident: its postmortem is due, reviewed, accepted or waived, and the incident is closed."""

from collections.abc import Iterable

from pagerd.core.incidents.draft import Draft, TransitionRefused, Unmet
from pagerd.core.incidents.effects import DraftPostmortem, TellQuietly
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode, name_of
from pagerd.core.incidents.review_events import (
    Closed,
    PostmortemAccepted,
    PostmortemReturned,
    PostmortemSubmitted,
    PostmortemWaived,
    PostmortemWanted,
    PostmortemWritten,
)
from pagerd.core.incidents.roles import Role
from pagerd.core.plain import full_time
from pagerd.core.postmortems.review import DAYS_BY_HAND, Review, ReviewState, next_reminder
from pagerd.core.rights import LEADS
from pagerd.core.values import changed


def begin(draft: Draft) -> None:
    """Draft the postmortem that the severity asks for, or let the incident be closed after a while without one.

    A drill asks for none. One that was reopened goes on with the text that it had, and has its days anew.
    """
    incident, days = draft.incident, draft.policy.postmortem_days
    if incident.review is not None:
        _want(draft, days or DAYS_BY_HAND)
    elif incident.mode is Mode.LIVE and days is not None:
        _want(draft, days)
    else:
        draft.change(close_at=draft.now + draft.plan.incidents.postmortems.close_after)


def begin_again(draft: Draft) -> None:
    """Make it a draft again, because the incident goes on: what was written is not the whole story."""
    review = draft.incident.review
    draft.change(close_at=None)
    if review is not None:
        draft.change(review=Review(owner=review.owner, due=review.due))
        draft.record("postmortem.reset")


def wanted(draft: Draft, event: PostmortemWanted) -> None:
    """Write one that nobody must write: of a drill, of one written down afterwards, of a milder severity."""
    if draft.incident.review is not None:
        raise draft.refuse("postmortem_there", "it has a postmortem already")
    draft.record("postmortem.wanted", by=event.by, via=event.via)
    _want(draft, draft.policy.postmortem_days or DAYS_BY_HAND)


def written(draft: Draft, event: PostmortemWritten) -> None:
    """Take a new text. What was accepted or waived stays as it was then."""
    review = _review(draft)
    if review.is_decided:
        raise draft.refuse("review_state", f"its postmortem is {_said(review)}, and its text stays as it was then")
    draft.record("postmortem.facts" if event.of_facts else "postmortem.written", by=event.by, via=event.via)


def submitted(draft: Draft, event: PostmortemSubmitted) -> None:
    """Ask a lead to review it."""
    review = _review(draft)
    if review.state is not ReviewState.DRAFT:
        raise draft.refuse("review_state", f"its postmortem is {_said(review)}, and no draft")
    _refuse_unmet(draft, event.unmet, "cannot be reviewed yet")
    step = changed(review, state=ReviewState.IN_REVIEW, submitted_by=event.by, by=event.by, at=draft.now, why="")
    draft.change(review=step)
    draft.record("postmortem.submitted", by=event.by, via=event.via)
    _tell_leads(draft, f"its postmortem waits for your review: pagerd postmortem show {draft.incident.number}")


def returned(draft: Draft, event: PostmortemReturned) -> None:
    """Send it back with what is missing."""
    review = _review(draft)
    if review.state is not ReviewState.IN_REVIEW:
        raise draft.refuse("review_state", f"its postmortem is {_said(review)}, and not in review")
    draft.change(review=changed(review, state=ReviewState.DRAFT, by=event.by, at=draft.now, why=event.why))
    draft.record("postmortem.returned", by=event.by, via=event.via, reason=event.why)
    _tell(draft, (review.owner,), f"its postmortem came back from review: {event.why}")


def accepted(draft: Draft, event: PostmortemAccepted) -> None:
    """Accept it, and close the incident when its action items say all that they must."""
    review = _review(draft)
    if review.state is not ReviewState.IN_REVIEW:
        raise draft.refuse("review_state", f"its postmortem is {_said(review)}, and not in review")
    if review.submitted_by == event.by:
        raise draft.refuse("own_review", "whoever submits a postmortem does not accept it: ask another lead")
    _refuse_unmet(draft, event.unmet, "cannot be accepted yet")
    _decide(draft, review, ReviewState.ACCEPTED, event.by, "")
    late = "late" if draft.now > review.due else ""
    draft.record("postmortem.accepted", by=event.by, via=event.via, digest=event.digest, late=late)
    _close_if_it_may(draft, event.by, event.incomplete)


def waived(draft: Draft, event: PostmortemWaived) -> None:
    """Say why there is none, and close the incident when its action items say all that they must."""
    review = _review(draft)
    if review.is_decided:
        raise draft.refuse("review_state", f"its postmortem is {_said(review)} already")
    if not event.why.strip():
        raise draft.refuse("reason_missing", "to waive a postmortem needs a reason")
    _decide(draft, review, ReviewState.WAIVED, event.by, event.why)
    draft.record("postmortem.waived", by=event.by, via=event.via, reason=event.why)
    _close_if_it_may(draft, event.by, event.incomplete)


def closed(draft: Draft, event: Closed) -> None:
    """Close it, when all is written that must be; what is written need not be done."""
    found = against_closing(draft.incident, event.incomplete)
    if found:
        message = f"{name_of(draft.incident).capitalize()} cannot be closed yet"
        message += f": {found[0].what}" if len(found) == 1 else f": {len(found)} things are unmet"
        raise TransitionRefused(message, found)
    _close(draft, event.by, event.via)


def against_closing(incident: Incident, incomplete: Iterable[str]) -> tuple[Unmet, ...]:
    """Return what stands against closing a resolved incident."""
    found: list[Unmet] = []
    review = incident.review
    if review is not None and not review.is_decided:
        found.append(Unmet("postmortem_open", f"its postmortem is {_said(review)}: it is to be accepted or waived"))
    found += [Unmet("action_incomplete", item) for item in incomplete]
    return tuple(found)


def time_came(draft: Draft, incomplete: tuple[str, ...]) -> None:
    """Remind of the postmortem, or close what needs none and could have been reopened until now."""
    incident = draft.incident
    review = incident.review
    if review is not None and review.remind_at is not None and review.remind_at <= draft.now:
        _remind(draft, review)
    if incident.close_at is None or incident.close_at > draft.now:
        return
    if incomplete:
        draft.change(close_at=draft.now + draft.plan.incidents.postmortems.close_after)
        draft.record("incident.stays_resolved", reason="; ".join(incomplete))
        return
    _close(draft, "", "")


def _want(draft: Draft, days: int) -> None:
    incident, calendar = draft.incident, draft.plan.calendar_of(draft.incident.team)
    due = calendar.add_business_days(draft.now, days)
    owner = incident.review.owner if incident.review is not None else incident.holder_of_first(Role.IC, Role.TL)
    draft.change(close_at=None, review=Review(owner=owner, due=due, remind_at=next_reminder(calendar, due, draft.now)))
    draft.do(DraftPostmortem())
    draft.record("postmortem.drafted", person=owner, due_at=due.isoformat())
    _tell(draft, (owner,), f"its postmortem is drafted and yours to finish by {_due(draft)}")


def _remind(draft: Draft, review: Review) -> None:
    calendar = draft.plan.calendar_of(draft.incident.team)
    is_late = draft.now > review.due
    draft.change(review=changed(review, remind_at=next_reminder(calendar, review.due, draft.now)))
    what = "was due" if is_late else "is due"
    if review.state is ReviewState.IN_REVIEW:
        _tell_leads(draft, f"its postmortem waits for your review, and {what} by {_due(draft)}")
    else:
        _tell(draft, (review.owner,), f"its postmortem {what} by {_due(draft)}: {_how(draft)}")
        if is_late:
            _tell_leads(
                draft, f"its postmortem, which {draft.plan.name_of(review.owner)} writes, {what} by {_due(draft)}"
            )
    draft.record("postmortem.overdue" if is_late else "postmortem.reminded", due_at=review.due.isoformat())


def _decide(draft: Draft, review: Review, state: ReviewState, by: str, why: str) -> None:
    draft.change(review=changed(review, state=state, remind_at=None, by=by, at=draft.now, why=why))


def _close_if_it_may(draft: Draft, by: str, incomplete: tuple[str, ...]) -> None:
    if not against_closing(draft.incident, incomplete):
        _close(draft, by, "")


def _close(draft: Draft, by: str, via: str) -> None:
    draft.change(status=IncidentStatus.CLOSED, closed_at=draft.now, close_at=None)
    draft.record("incident.closed", by=by, via=via)


def _refuse_unmet(draft: Draft, unmet: Iterable[tuple[str, str]], cannot: str) -> None:
    found = [Unmet(code, what) for code, what in unmet]
    if found:
        message = f"{name_of(draft.incident).capitalize()}: its postmortem {cannot}"
        message += f": {found[0].what}" if len(found) == 1 else f": {len(found)} things are unmet"
        raise TransitionRefused(message, found)


def _review(draft: Draft) -> Review:
    review = draft.incident.review
    if review is None:
        how = f"pagerd postmortem draft {draft.incident.number}"
        raise draft.refuse("no_postmortem", f"it has no postmortem, and its severity asks for none: {how}")
    return review


def _said(review: Review) -> str:
    return {ReviewState.DRAFT: "a draft", ReviewState.IN_REVIEW: "in review"}.get(review.state, review.state.value)


def _tell(draft: Draft, targets: tuple[str, ...], what: str) -> None:
    draft.do(TellQuietly(targets=targets, text=f"{name_of(draft.incident).capitalize()}: {what}."))


def _tell_leads(draft: Draft, what: str) -> None:
    _tell(draft, LEADS[:1], what)


def _how(draft: Draft) -> str:
    return f"pagerd postmortem check {draft.incident.number}"


def _due(draft: Draft) -> str:
    review = draft.incident.review
    assert review is not None, "what is due has a review"
    return full_time(review.due, draft.plan.calendar_of(draft.incident.team).zone)
