"""The postmortem of an incident: its text as people wrote it, what is missing from it, and its review."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.plain import one_line
from pagerd.core.postmortems.review import Review, ReviewState
from pagerd.core.rights import Rights
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import postmortem_files, postmortems, reviewing
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.postmortems import Shown
from pagerd.web.answers import text_answer
from pagerd.web.api.incidents import number_in
from pagerd.web.api.postmortems import carry_out
from pagerd.web.call import Call
from pagerd.web.incident_pages import done_of, locks_of, seen_of, sent_back, unmet_of
from pagerd.web.incident_questions import Seen
from pagerd.web.incident_screens import incident_line
from pagerd.web.incident_values import When, when
from pagerd.web.markdown import rendered
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw
from pagerd.web.signed_in import NO_REFERRER_BUT_US, to_root

_MARKS = re.compile(r"<!--.*?-->", re.DOTALL)
"""Between these stand pagerd's own lines; they are for files, not for readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One act of the review. `asks` is the label of the sentence that it needs, if it needs one."""

    action: str
    words: str
    asks: str = ""


SUBMIT = Button(action="submit", words="Ask for a review")
ACCEPT = Button(action="accept", words="Accept it: the incident is closed")
SEND_BACK = Button(action="return", words="Send it back", asks="What is missing")
REFRESH = Button(action="refresh", words="Write the facts anew")
WAIVE = Button(action="waive", words="There is none: waive it", asks="Why this incident needs none")
DRAFT = Button(action="draft", words="Draft one")
CLOSE = Button(action="close", words="Close the incident")

_COMMANDS: Mapping[str, tuple[Callable[..., Awaitable[Said]], bool]] = {
    SUBMIT.action: (reviewing.submit, True),
    ACCEPT.action: (reviewing.accept, True),
    SEND_BACK.action: (reviewing.send_back, True),
    REFRESH.action: (reviewing.refresh, True),
    WAIVE.action: (reviewing.waive, False),
    DRAFT.action: (reviewing.draft, False),
    CLOSE.action: (reviewing.close, False),
}
"""Each command, and whether it reads the file of the postmortem first."""

_ASKING = frozenset({SEND_BACK.action, WAIVE.action})


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemScreen:
    """Everything that the page says of the text and its review."""

    state: str
    owner: str
    due: When | None
    is_overdue: bool
    said: str
    file: str
    text: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    buttons: tuple[Button, ...]


async def show(call: Call) -> web.Response:
    """Show the text, what is missing from it, and how its review stands."""
    return await _page(call, said=done_of(call))


async def act(call: Call) -> web.Response:
    """Carry out what was pressed; what stands against it is said by code."""
    fields = dict(call.fields)
    action, why = fields.get("action", ""), fields.get("why", "")
    if action not in _COMMANDS:
        return await _page(call, wrong="That is none of the buttons on this page.", status=400)
    command, reads_file = _COMMANDS[action]
    given = (why,) if action in _ASKING else ()
    try:
        await carry_out(call, f"{action} postmortem", fields.get("key"), command, *given, reads_file=reads_file)
    except (Conflict, NotAllowed, NotFound) as error:
        status = 403 if isinstance(error, NotAllowed) else 409
        return await _page(call, wrong=str(error), unmet=unmet_of(error), typed=fields, status=status)
    return sent_back(call, f"postmortem-{action}", f"i/{number_in(call, 'incident')}/postmortem")


async def _page(
    call: Call,
    *,
    said: str = "",
    wrong: str = "",
    unmet: Sequence[Unmet] = (),
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    assert call.signed_in is not None, "admit lets nobody in who is not signed in"
    seen, found = await seen_of(call), await _found(call)
    folder = call.services.postmortems
    file = folder.name_of(seen.incident.number) if folder is not None else ""
    # In a thread: a long text takes a while to be read as Markdown, and pages go out on the same core.
    screen = await asyncio.to_thread(_screen, seen, found, call.signed_in.rights, file)
    html = draw(
        "incident_postmortem.html",
        line=incident_line(seen.incident, seen.plan, call.person, seen.zone, seen.now),
        one=screen,
        typed=typed or {},
        root=to_root(call),
        banner=banner_of(call),
        said=said,
        wrong=wrong,
        unmet=unmet,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


async def _found(call: Call) -> Shown | None:
    """Return the text as it is now, in its file or the store; None where there is none."""
    number, engine = number_in(call, "incident"), call.services.engine
    try:
        text = await postmortem_files.text_now(engine, call.services.postmortems, number)
    except NotFound:
        return None

    async def find(c: Connection) -> Shown:
        return await postmortems.shown(c, engine.plan, number, text)

    return await engine.read(find)


def _screen(seen: Seen, found: Shown | None, rights: Rights, file: str) -> PostmortemScreen:
    incident, review = seen.incident, seen.incident.review
    findings = found.findings if found is not None else ()
    lines = [(one.is_error, one_line(f"line {one.line}: {one.what}", 400)) for one in findings]
    return PostmortemScreen(
        state=review.state.value.replace("_", " ") if review is not None else "",
        owner=seen.plan.name_of(review.owner) if review is not None else "",
        due=when(review.due, seen.zone, seen.now) if review is not None and not review.is_decided else None,
        is_overdue=review is not None and not review.is_decided and review.due < seen.now,
        said=_said(review, seen) if review is not None else "",
        file=file if found is not None else "",
        text=rendered(_MARKS.sub("", found.text)) if found is not None else "",
        errors=tuple(words for is_error, words in lines if is_error),
        warnings=tuple(words for is_error, words in lines if not is_error),
        buttons=_buttons(incident, review, leads=rights.leads(incident.team)),
    )


def _said(review: Review, seen: Seen) -> str:
    """Say who took the last step of the review, and what they said."""
    if review.at is None or not review.by:
        return ""
    why = f": {review.why}" if review.why else ""
    return one_line(f"{seen.plan.name_of(review.by)}, {when(review.at, seen.zone, seen.now).away}{why}")


def _buttons(incident: Incident, review: Review | None, *, leads: bool) -> tuple[Button, ...]:
    """Return what can be pressed now; whether it may be, and what stands against it, the command says."""
    if incident.status is not IncidentStatus.RESOLVED:
        return ()
    of_lead = (WAIVE,) if leads else ()
    match review.state if review is not None else None:
        case ReviewState.DRAFT:
            return (SUBMIT, REFRESH, *of_lead)
        case ReviewState.IN_REVIEW:
            return (*((ACCEPT,) if leads else ()), SEND_BACK, *of_lead)
        case ReviewState.ACCEPTED | ReviewState.WAIVED:
            return (CLOSE,)
        case _:
            return (DRAFT, CLOSE)
