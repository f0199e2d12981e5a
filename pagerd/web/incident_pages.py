"""Incidents for whoever is signed in: the list, the page of one, and a form for each act, without a line of script.

The page of an incident is for reading and has buttons alone, so that it may load itself anew; whatever is typed stands
on a form of its own, which does not. Every act is a command under the person's name, and a form that is sent twice,
because no answer came or a thumb was quick, is done once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.incidents.decide import TABLE
from pagerd.core.incidents.draft import TransitionRefused, Unmet
from pagerd.core.incidents.events import PageLinked
from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.roles import Role
from pagerd.core.paging.page import Page
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import commands, queries
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.once import once
from pagerd.engine.incidents.queries import Story
from pagerd.engine.queries import list_pages
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, text_answer
from pagerd.web.api.incidents import number_asked, number_in
from pagerd.web.call import Call
from pagerd.web.incident_fields import Typed
from pagerd.web.incident_forms import FORMS, Form, is_offered
from pagerd.web.incident_questions import Seen
from pagerd.web.incident_screens import incident_line, incident_screen
from pagerd.web.incident_values import when
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw
from pagerd.web.signed_in import LOADED_BY_ITSELF, NO_REFERRER_BUT_US, VIA, form_token, to_root

LIST_MAX = 50
"""Incidents of one list; older ones are behind a link."""

OTHERS_MAX = 50
"""Open incidents or pages to choose from; with more of them at once nobody chooses from a list."""

REFRESH_SECONDS = 60
"""How often the page of an open incident loads itself anew."""

STILL = "still"
"""The query of a page that does not: for whoever reads slowly, or has it read to them."""

DONE = {
    **{word: form.done for word, form in FORMS.items()},
    "take": "Done. The role is yours.",
    "declared": "It is declared. People are being asked.",
    "suspected": "Noted: an incident is suspected. Within five minutes, declare it or cancel it.",
    "criterion": "Noted.",
    "resolved": "It is resolved.",
    "step": "Noted.",
    "postmortem-submit": "A lead is asked to review it.",
    "postmortem-accept": "It is accepted.",
    "postmortem-return": "It is a draft again, and its writer is told.",
    "postmortem-refresh": "The facts are written anew.",
    "postmortem-waive": "It is waived.",
    "postmortem-draft": "It is drafted.",
    "postmortem-close": "The incident is closed.",
    "public-draft": "The draft waits for somebody who may approve it. Nothing is public yet.",
    "public-approve": "Customers read it now.",
    "public-reject": "The draft is rejected. Nothing of it is public.",
}
"""What is said after an act, by the word in the address: nothing that a stranger could put there is ever shown."""


async def show_list(call: Call) -> web.Response:
    """List the incidents that are open, then those that are over, the newest first."""
    engine, reader, zone = call.services.engine, call.person, call.zone
    before = number_asked(call.request.rel_url.query, "before")

    async def find(c: Connection) -> tuple[list[Incident], list[Incident]]:
        open_ones = await queries.list_incidents(c, status=None, is_open=True, team="", before=None, limit=LIST_MAX)
        every = await queries.list_incidents(c, status=None, is_open=False, team="", before=before, limit=LIST_MAX + 1)
        return open_ones, every

    open_ones, every = await engine.read(find)
    plan, now = engine.plan, engine.clock.now()
    over = [one for one in every[:LIST_MAX] if not one.is_open]
    html = draw(
        "incidents.html",
        open_ones=[incident_line(one, plan, reader, zone, now) for one in open_ones] if before is None else [],
        over=[incident_line(one, plan, reader, zone, now) for one in over],
        older=every[LIST_MAX - 1].number if len(every) > LIST_MAX else None,
        is_first=before is None,
        root=to_root(call),
        banner=banner_of(call),
    )
    return text_answer(html, HTML, 200, NO_REFERRER_BUT_US)


async def show(call: Call) -> web.Response:
    """Show one incident: what it is, what is next, what can be done."""
    return await _page(call, said=done_of(call))


async def press(call: Call) -> web.Response:
    """Carry out a button of the page itself: taking a role."""
    fields = dict(call.fields)
    role = fields.get("role", "")
    if fields.get("action") != "take" or role not in set(Role):
        return await _page(call, wrong="That is none of the buttons on this page.", status=400)

    async def act(work: Work, number: int, by: str, via: str) -> Said:
        return await commands.take_role(work, number, by, via, role)

    try:
        await do_once(call, f"take {role}", act)
    except (Conflict, NotAllowed) as error:
        return await _page(call, wrong=str(error), status=409)
    return sent_back(call, "take")


async def ask(call: Call) -> web.Response:
    """Show the form of one act; what is known already is filled in."""
    form = _form(call)
    seen = await _seen_of_form(call)
    if not is_offered(form, seen.incident):
        raise Failure(409, _why_not(form, seen.incident))
    if not form.may(seen.plan, seen.incident, call.person, seen.now):
        raise Failure(403, f"{form.title}: that is for {form.for_whom}.")
    wanted = {
        name: value
        for name, value in call.request.rel_url.query.items()
        for field in form.fields(seen)
        if field.name == name and value in {option.word for option in field.options}
    }
    return _form_screen(call, form, seen, Typed(fields=form.fields(seen), said=wanted, zone=seen.zone))


async def send(call: Call) -> web.Response:
    """Do what the form says, and go back to the incident; or say why not, with all that was typed."""
    form = _form(call)
    seen = await _seen_of_form(call)
    typed = Typed(fields=form.fields(seen), said=dict(call.fields), zone=seen.zone)

    async def act(work: Work, number: int, by: str, via: str) -> Said:
        typed.check()
        return await form.act(typed)(work, number, by, via)

    try:
        await do_once(call, call.parts["form"], act)
    except (Conflict, NotAllowed, NotFound) as error:
        status = 403 if isinstance(error, NotAllowed) else 409
        seen = await _seen_of_form(call)
        return _form_screen(call, form, seen, typed, wrong=str(error), unmet=unmet_of(error), status=status)
    return sent_back(call, call.parts["form"])


async def do_once(call: Call, what: str, act: Callable[[Work, int, str, str], Awaitable[Said]]) -> Said:
    """Do an act on the incident of the address, once for the key of the form."""
    number, by, key = number_in(call, "incident"), call.person, dict(call.fields).get("key")

    async def carry_out(work: Work) -> Said:
        return await once(work, by, f"{what} {number}", key, lambda work: act(work, number, by, VIA))

    return await call.act(carry_out)


def sent_back(call: Call, done: str, place: str = "") -> web.Response:
    """Send the person on, so that a reload repeats nothing."""
    place = place or f"i/{number_in(call, 'incident')}"
    return web.Response(status=303, headers={"Location": f"{to_root(call)}{place}?done={done}"})


def done_of(call: Call) -> str:
    """Return what was done, as the address says."""
    return DONE.get(call.request.rel_url.query.get("done", ""), "")


def unmet_of(error: Exception) -> Sequence[Unmet]:
    """Return what stands against a transition, by code and in words."""
    return error.unmet if isinstance(error, TransitionRefused) else ()


def _why_not(form: Form, incident: Incident) -> str:
    """Say why a form means nothing now: by the code of its command, where it is the status that stands against it."""
    if (form.event, incident.status) in TABLE:
        return f"{form.title}: incident {incident.number} has nothing of that kind now."
    return f"{form.title}: that means nothing while incident {incident.number} is {incident.status} (status)."


async def _seen_of_form(call: Call) -> Seen:
    return await seen_of(call, with_pages=_form(call).event is PageLinked)


def _form(call: Call) -> Form:
    form = FORMS.get(call.parts["form"])
    if form is None:
        raise Failure(404, "There is no such form.")
    return form


async def seen_of(call: Call, *, with_pages: bool = False) -> Seen:
    """Return the incident of the address with what its forms are made of. Raises NotFound."""
    engine, number = call.services.engine, number_in(call, "incident")

    async def find(c: Connection) -> tuple[Story, list[Incident], Sequence[Page]]:
        story = await queries.story(c, engine.plan, number, engine.now(c))
        others = await queries.list_incidents(c, status=None, is_open=True, team="", before=None, limit=OTHERS_MAX)
        if not with_pages:
            return story, others, ()
        return story, others, (await list_pages(c, team=None, is_open=True, limit=OTHERS_MAX)).pages

    story, others, pages = await engine.read(find)
    return Seen(
        story=story,
        others=tuple(others),
        free_pages=tuple(page for page in pages if page.part is None or not page.part.is_open),
        plan=engine.plan,
        zone=call.zone,
        now=engine.clock.now(),
    )


def locks_of(call: Call) -> Mapping[str, str]:
    """Return what each form of a page holds: the token of the session, and a key under which it is done once."""
    assert call.signed_in is not None, "admit lets nobody in who is not signed in"
    key = dict(call.fields).get("key") or call.services.engine.chance.token()
    return {"form": form_token(call.signed_in.token), "key": key}


async def _page(call: Call, *, said: str = "", wrong: str = "", status: int = 200) -> web.Response:
    seen = await seen_of(call)
    # In a thread: an incident of a long night has hundreds of lines, and pages go out on the same core.
    screen = await asyncio.to_thread(incident_screen, seen.story, seen.plan, call.person, seen.zone, seen.now)
    html = draw(
        "incident.html",
        one=screen,
        root=to_root(call),
        refresh=REFRESH_SECONDS if screen.is_open and STILL not in call.request.rel_url.query else 0,
        again=f"{screen.number}?{LOADED_BY_ITSELF}",
        banner=banner_of(call),
        said=said,
        wrong=wrong,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


def _form_screen(
    call: Call,
    form: Form,
    seen: Seen,
    typed: Typed,
    *,
    wrong: str = "",
    unmet: Sequence[Unmet] = (),
    status: int = 200,
) -> web.Response:
    incident, cadence = seen.incident, seen.incident.cadence
    html = draw(
        "incident_form.html",
        title=form.title,
        says=form.says,
        button=form.button,
        fields=typed.shown(),
        back=f"i/{incident.number}",
        line=incident_line(incident, seen.plan, call.person, seen.zone, seen.now),
        due=when(cadence.next_at, seen.zone, seen.now) if cadence is not None else None,
        root=to_root(call),
        banner=banner_of(call),
        wrong=wrong,
        unmet=unmet,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)
