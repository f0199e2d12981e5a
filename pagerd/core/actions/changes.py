"""What becomes of an action item. Plain functions, each returns the item and its timeline entries.

What may not be now raises TransitionRefused, which says by code what stands against it. Two things need a second
person: the word that it is verified, and dropping it. Who did the work sees what they meant to do; whoever looks at it
afresh sees what was done. A look by pagerd needs none, and neither does a plan in which there is only one person.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from pagerd.core.actions.item import ActionItem, ActionStatus, Checked, CheckState
from pagerd.core.actions.terms import Terms
from pagerd.core.incidents.draft import TransitionRefused, Unmet
from pagerd.core.timeline import Entry

CHECKED_EVERY = timedelta(days=1)

BY_PAGERD = "pagerd"
"""Who verified what pagerd looked at by itself."""

Outcome = tuple[ActionItem, tuple[Entry, ...]]

_OPEN, _STARTED, _DONE = ActionStatus.OPEN, ActionStatus.STARTED, ActionStatus.DONE
_VERIFIED, _DROPPED = ActionStatus.VERIFIED, ActionStatus.DROPPED


def added(item: ActionItem, now: datetime) -> Outcome:
    """Write an action item down."""
    terms = item.terms
    details = {
        "by": item.opened_by,
        "title": terms.title,
        "incident": str(item.incident),
        "owner": terms.owner,
        "day": terms.due.isoformat() if terms.due is not None else "",
    }
    return _next(item, now, "action.added", **details)


def changed_terms(item: ActionItem, now: datetime, by: str, terms: Terms) -> Outcome:
    """Say otherwise what it is about, whose it is, or by when. Without entries nothing changed."""
    _must_be(item, _OPEN, _STARTED, _DONE)
    before = item.terms
    if item.status is _DONE and not terms.verification.strip():
        raise _refused(item, "verification_missing", "it is done: say how anybody knows that it helped")
    said = [
        _said_otherwise(now, by, kind, was, after)
        for kind, was, after in (
            ("retitled", before.title, terms.title),
            ("assigned", before.owner, terms.owner),
            ("due", _day(before), _day(terms)),
            ("priority", before.priority, terms.priority),
            ("verification", before.verification, terms.verification),
            ("impact", before.impact, terms.impact),
            ("bars", _words(before.bars), _words(terms.bars)),
        )
        if was != after
    ]
    if not said:
        return item, ()
    # What was found of another verification says nothing of this one.
    is_kept = before.verification == terms.verification
    after = replace(item, terms=terms, checked=item.checked if is_kept else None, version=item.version + 1)
    if not is_kept and item.status is _DONE:
        after = replace(after, check_at=now if after.verification.is_checked else None)
    return after, tuple(said)


def started(item: ActionItem, now: datetime, by: str) -> Outcome:
    """Somebody began."""
    _must_be(item, _OPEN)
    return _next(replace(item, status=_STARTED), now, "action.started", by=by)


def done(item: ActionItem, now: datetime, by: str, note: str) -> Outcome:
    """Somebody says that it is done: from now on it is looked at, until it is verified."""
    _must_be(item, _OPEN, _STARTED)
    if not item.terms.verification.strip():
        raise _refused(item, "verification_missing", "say first how anybody will know that it helped")
    check_at = now if item.verification.is_checked else None
    after = replace(item, status=_DONE, done_at=now, done_by=by, checked=None, check_at=check_at)
    return _next(after, now, "action.done", by=by, text=note, verification=item.terms.verification)


def verified(item: ActionItem, now: datetime, by: str, why: str, *, is_alone: bool) -> Outcome:
    """Somebody saw that it helped, and says what they saw."""
    _must_be(item, _DONE)
    if not why.strip():
        raise _refused(item, "reason_missing", "say what you saw")
    if by in (item.terms.owner, item.done_by) and not is_alone:
        what = "whoever owns it or did it cannot verify it by their own word: ask somebody else to look"
        raise _refused(item, "second_person", what)
    if item.checked is not None and item.checked.state is CheckState.UNMET:
        what = f"{item.checked.what}: mend that, or say that it is verified otherwise"
        raise _refused(item, "check_unmet", what)
    return _over(item, now, _VERIFIED, by, why, "action.verified")


def dropped(item: ActionItem, now: datetime, by: str, why: str, *, is_alone: bool) -> Outcome:
    """Somebody decides that it will not be done, and says why."""
    _must_be(item, _OPEN, _STARTED, _DONE)
    if not why.strip():
        raise _refused(item, "reason_missing", "say why it will not be done")
    if by == item.terms.owner and not is_alone:
        raise _refused(item, "second_person", "its owner cannot drop it alone: ask somebody else to")
    return _over(item, now, _DROPPED, by, why, "action.dropped")


def reopened(item: ActionItem, now: datetime, by: str, why: str, due: date | None) -> Outcome:
    """It was not done, or did not help, or is wanted after all; `due` is the day by which, from now on."""
    _must_be(item, _DONE, _VERIFIED, _DROPPED)
    if not why.strip():
        raise _refused(item, "reason_missing", "say what is still to be done")
    again = _opened_again(item, due)
    return _next(again, now, "action.reopened", by=by, reason=why, day=_day(again.terms))


def looked_at(item: ActionItem, now: datetime, state: CheckState, what: str) -> Outcome:
    """Take what pagerd found: met verifies it. Said is only what differs from the last look."""
    _must_be(item, _DONE)
    before = item.checked.state if item.checked is not None else None
    seen = replace(item, checked=Checked(at=now, state=state, what=what), check_at=now + CHECKED_EVERY)
    if state is CheckState.MET:
        return _over(seen, now, _VERIFIED, BY_PAGERD, what, "action.verified")
    if state is before:
        return replace(seen, version=seen.version + 1), ()
    return _next(seen, now, f"action.check_{state.value}", reason=what)


def came_back(item: ActionItem, now: datetime, incident: int, what: str, due: date | None) -> Outcome:
    """What it was to prevent happened again, in another incident: it is open again. `what` names what is the same."""
    _must_be(item, _DONE, _VERIFIED)
    again = replace(_opened_again(item, due), repeats=(*item.repeats, incident))
    return _next(again, now, "action.came_back", incident=str(incident), reason=what, day=_day(again.terms))


def seen_again(item: ActionItem, now: datetime, incident: int, what: str) -> Outcome:
    """Another incident has something in common with it, and it may have done all that it was to."""
    _must_be(item, _DONE, _VERIFIED)
    again = replace(item, repeats=(*item.repeats, incident))
    return _next(again, now, "action.seen_again", incident=str(incident), reason=what)


def reminded(item: ActionItem, now: datetime, people: tuple[str, ...]) -> Outcome:
    """Somebody was told of it, or there was nobody to tell."""
    if not people:
        return _next(item, now, "action.nobody_reminded", owner=item.terms.owner)
    return _next(item, now, "action.reminded", people=", ".join(people), day=_day(item.terms))


def tracked(item: ActionItem, now: datetime, ref: str, url: str) -> Outcome:
    """A tracker said what it calls it."""
    return _next(replace(item, ref=ref, ref_url=url), now, "action.tracked", ref=ref, url=url)


_TERMS = {
    "retitled": "its title",
    "assigned": "its owner",
    "due": "the day on which it is due",
    "priority": "its priority",
    "verification": "how it is verified",
    "impact": "what will be better",
    "bars": "which bar it serves",
}
"""What each change is about, for the line that says that it was taken away."""


def _said_otherwise(now: datetime, by: str, kind: str, was: str, after: str) -> Entry:
    # Who owns it stands under keys of people, so that an erasure finds them.
    is_person = kind == "assigned"
    details = {"by": by, "holder" if is_person else "before": was}
    if after:
        said = details | {"to" if is_person else "value": after}
        return Entry(now, f"action.{kind}", {name: value for name, value in said.items() if value})
    return Entry(now, "action.taken_away", details | {"what": _TERMS[kind]})


def _opened_again(item: ActionItem, due: date | None) -> ActionItem:
    return replace(
        item,
        terms=replace(item.terms, due=due),
        status=_OPEN,
        done_at=None,
        done_by=None,
        over_at=None,
        over_by=None,
        over_why="",
        checked=None,
        check_at=None,
    )


def _over(item: ActionItem, now: datetime, status: ActionStatus, by: str, why: str, kind: str) -> Outcome:
    over = replace(item, status=status, over_at=now, over_by=by, over_why=why, check_at=None, remind_at=None)
    return _next(over, now, kind, by=by, reason=why)


def _next(item: ActionItem, now: datetime, kind: str, **details: str) -> Outcome:
    said = {name: value for name, value in details.items() if value}
    return replace(item, version=item.version + 1), (Entry(now, kind, said),)


def _must_be(item: ActionItem, *statuses: ActionStatus) -> None:
    if item.status not in statuses:
        raise _refused(item, "status", f"it is {item.status}, and this is for what is {' or '.join(statuses)}")


def _refused(item: ActionItem, code: str, what: str) -> TransitionRefused:
    return TransitionRefused(f"Action {item.number}: {what}", (Unmet(code, what),))


def _day(terms: Terms) -> str:
    return terms.due.isoformat() if terms.due is not None else ""


def _words(bars: tuple[str, ...]) -> str:
    return ", ".join(bar.replace("_", " ") for bar in bars)
