"""What people do with the postmortem of an incident, and how it is closed. Each act names a person, as in `commands`.

The text comes from whoever asks, or from the store; a directory of files is `postmortem_files.py`'s matter.
"""

from collections.abc import Mapping

from pagerd.core.errors import Conflict, IllegalTransition, NotAllowed
from pagerd.core.incidents.draft import TransitionRefused, Unmet
from pagerd.core.incidents.events import Event
from pagerd.core.incidents.incident import Incident, IncidentStatus, name_of
from pagerd.core.incidents.review_events import (
    Closed,
    PostmortemAccepted,
    PostmortemReturned,
    PostmortemSubmitted,
    PostmortemWaived,
    PostmortemWanted,
    PostmortemWritten,
)
from pagerd.core.plain import counted, full_time
from pagerd.core.postmortems import document
from pagerd.core.postmortems.document import digest_of
from pagerd.core.postmortems.lint import Finding, errors
from pagerd.core.rights import TOKEN, rights_of
from pagerd.engine.incidents import apply, postmortems, queries
from pagerd.engine.incidents.commands import Said
from pagerd.engine.work import Work
from pagerd.engine.written import as_sentence
from pagerd.stores.records import postmortems as texts

CANNOT: Mapping[type[Event], str] = {
    PostmortemWanted: "a postmortem is drafted when it is resolved",
    PostmortemWritten: "its postmortem is written when it is resolved",
    PostmortemSubmitted: "its postmortem is reviewed when it is resolved",
    PostmortemReturned: "its postmortem is reviewed when it is resolved",
    PostmortemAccepted: "its postmortem is accepted when it is resolved",
    PostmortemWaived: "its postmortem is waived when it is resolved",
    Closed: "what is resolved can be closed",
}
"""What would be right, where an act means nothing in some status."""


async def draft(work: Work, number: int, by: str, via: str) -> Said:
    """Draft a postmortem that nobody must write."""
    after = await _let_happen(work, number, PostmortemWanted(by=by, via=via))
    return Said(after, f"The postmortem of {name_of(after)} is drafted. {_due(work, after)}")


async def write(
    work: Work, number: int, by: str, via: str, text: str, based_on: str | None, *, filed: bool = False
) -> Said:
    """Take a text of somebody, with the facts as they are now. Raises BrokenDocument.

    `based_on` is the digest of the text that they changed: another one in between is not overwritten.
    """
    incident, last = await queries.find(work.c, number), await postmortems.stored(work.c, number)
    if based_on is not None and based_on != last.digest:
        what = "its text was changed by somebody else in between: show it again, and put your words into that"
        raise TransitionRefused(f"{_named(incident)}: {what}", (Unmet("text_changed", what),))
    fresh = document.with_facts(text, await postmortems.facts(work.c, work.plan, incident), number)
    if digest_of(fresh) == last.digest:
        return Said(
            incident,
            f"Nothing in the postmortem of {name_of(incident)} is new. {_left(await _found(work, number, fresh))}",
        )
    is_same = document.own_words(fresh, number) == document.own_words(last.text, number)
    event = PostmortemWritten(by=by, via=via, digest=digest_of(fresh), of_facts=is_same)
    after = await _let_happen(work, number, event)
    await postmortems.keep(work, number, fresh, by, filed=filed and fresh == text)
    what = "The facts are written anew in" if is_same else "Taken:"
    return Said(after, f"{what} the postmortem of {name_of(after)}. {_left(await _found(work, number, fresh))}")


async def refresh(work: Work, number: int, by: str, via: str) -> Said:
    """Write the facts anew, and nothing else."""
    last = await postmortems.stored(work.c, number)
    return await write(work, number, by, via, last.text, None)


async def submit(work: Work, number: int, by: str, via: str) -> Said:
    """Ask for a review, when the text has all that it must."""
    text = (await postmortems.stored(work.c, number)).text
    unmet = _unmet(await _found(work, number, text))
    after = await _let_happen(work, number, PostmortemSubmitted(by=by, via=via, unmet=unmet))
    return Said(after, f"The postmortem of {name_of(after)} is in review: its lead is told.")


async def send_back(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Say what is missing: it is a draft again."""
    if not why.strip():
        raise Conflict("say what is missing")
    after = await _let_happen(work, number, PostmortemReturned(by=by, via=via, why=as_sentence(why)))
    return Said(after, f"The postmortem of {name_of(after)} is a draft again, and its writer is told.")


async def accept(work: Work, number: int, by: str, via: str) -> Said:
    """Accept it: a lead does, of what somebody else submitted. Then the incident is closed."""
    await _must_lead(work, number, by, via, "accepts its postmortem")
    last = await postmortems.stored(work.c, number)
    event = PostmortemAccepted(
        by=by,
        via=via,
        digest=last.digest,
        unmet=_unmet(await _found(work, number, last.text)),
        incomplete=await postmortems.incomplete(work.c, work.plan, number),
    )
    after = await _let_happen(work, number, event)
    return Said(after, f"The postmortem of {name_of(after)} is accepted. {_closed(after)}")


async def waive(work: Work, number: int, by: str, via: str, why: str) -> Said:
    """Say why there is none: a lead does. Then the incident is closed, unless an action item lacks something."""
    await _must_lead(work, number, by, via, "waives its postmortem")
    lacking = await postmortems.incomplete(work.c, work.plan, number)
    after = await _let_happen(work, number, PostmortemWaived(by=by, via=via, why=as_sentence(why), incomplete=lacking))
    return Said(after, f"The postmortem of {name_of(after)} is waived. {_closed(after)}")


async def close(work: Work, number: int, by: str, via: str) -> Said:
    """Close it, when all is written that must be."""
    lacking = await postmortems.incomplete(work.c, work.plan, number)
    after = await _let_happen(work, number, Closed(by=by, via=via, incomplete=lacking))
    return Said(after, f"{_named(after)} is closed.")


async def mark_filed(work: Work, number: int, digest: str) -> None:
    """Note that the file has the text of this digest, if that is still the one in force."""
    last = await texts.last(work.c, number)
    if last is not None and last.digest == digest and not last.filed:
        await texts.set_filed(work.c, number, last.number)


async def _let_happen(work: Work, number: int, event: Event) -> Incident:
    incident = await queries.find(work.c, number)
    try:
        return await apply.happened(work, incident, event)
    except IllegalTransition as error:
        what = f"it is {incident.status}; {CANNOT[type(event)]}"
        raise TransitionRefused(f"{_named(incident)}: {what}", (Unmet("status", what),)) from error


async def _must_lead(work: Work, number: int, by: str, via: str, what: str) -> None:
    """Raise NotAllowed where somebody may not decide: it is a person's word, and a token may lie in a script."""
    incident = await queries.find(work.c, number)
    if via == TOKEN:
        raise NotAllowed(f"a person who signs in, or on pagerd's host, {what}: not a token")
    if not rights_of(work.plan, by, work.now).leads(incident.team):
        raise NotAllowed(f"only a lead of team {incident.team} {what}")


async def _found(work: Work, number: int, text: str) -> tuple[Finding, ...]:
    return await postmortems.found_in(work.c, work.plan, await queries.find(work.c, number), text)


def _unmet(findings: tuple[Finding, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, f"line {one.line}: {one.what}") for one in errors(findings))


def _left(findings: tuple[Finding, ...]) -> str:
    left = len(errors(findings))
    return f"{counted(left, 'thing')} to be mended: `pagerd postmortem check`." if left else "It can be submitted."


def _closed(incident: Incident) -> str:
    if incident.status is IncidentStatus.CLOSED:
        return f"{_named(incident)} is closed."
    return f"It is not closed: an action item lacks something. pagerd incident close {incident.number}"


def _due(work: Work, incident: Incident) -> str:
    assert incident.review is not None, "what was drafted is due"
    at = full_time(incident.review.due, work.plan.calendar_of(incident.team).zone)
    return f"{work.plan.name_of(incident.review.owner)} is to finish it by {at}."


def _named(incident: Incident) -> str:
    return name_of(incident).capitalize()
