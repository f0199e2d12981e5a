"""What somebody who is signed in sees and does: their pages, nights, tickets, shifts, and where they are signed in.

Everything is done by the engine's own commands under the person's name, with the word `web`. Looking never acts.
"""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.oncall.swap import SwapStatus
from pagerd.core.worklog.grant import GrantStatus
from pagerd.engine import (
    commands,
    disputes,
    ledger,
    mine,
    mornings,
    queries,
    rest,
    sessions,
    shift_notices,
    swaps,
    testpage,
)
from pagerd.engine.commands import Answer
from pagerd.engine.doors import Connection
from pagerd.engine.mine import Mine
from pagerd.engine.queries import PageStory
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, text_answer
from pagerd.web.api.nights import minutes_of
from pagerd.web.call import Call, SignedIn
from pagerd.web.me_screens import me_screen
from pagerd.web.pages import DONE, HTML, banner_of, command_of
from pagerd.web.route import Refuse
from pagerd.web.screens import draw, page_screen
from pagerd.web.signed_in import NO_REFERRER_BUT_US, SESSION, VIA, form_token, take_back, to_root

DONE_HERE = {
    **DONE,
    "note": "Noted.",
    "worked": "Noted, thank you.",
    "approve": "Approved, and they are told.",
    "decline": "Declined, and they are told.",
    "uphold": "Settled as they say.",
    "dismiss": "Settled as it stood.",
    "accept": "Swapped, and whoever asked is told.",
    "refuse": "Refused, and whoever asked is told.",
    "withdraw": "Taken back, and they are told.",
    "ask": "They are asked, and you hear what they say.",
    "reached": "Thank you: it reaches you.",
    "take": "The ticket is yours.",
    "close": "The ticket is closed.",
    "handoff": "Noted: whoever comes next reads it.",
    "end": "That browser is signed out.",
}
"""What is said after an act, by the word in the address: nothing that a stranger could put there is ever shown."""

Act = Callable[[Work], Awaitable[object]]


async def show(call: Call) -> web.Response:
    """Show what concerns the person."""
    return await _screen(call)


async def show_page(call: Call) -> web.Response:
    """Show one page, with everything that can be done about it."""
    said = DONE.get(call.request.rel_url.query.get("done", ""), "")
    return await _page(call, said=said or _done(call))


async def act_on_page(call: Call) -> web.Response:
    """Carry out what was pressed on a page."""
    fields, name, by = dict(call.fields), call.parts["page"], call.person
    action, note = fields.get("action", ""), fields.get("note", "")
    command = command_of(action, fields)
    if action == "note":
        command = _note(note)
    elif action == "resolve" and note.strip():
        command = _resolve(note)
    if command is None:
        return await _page(call, wrong="That is none of the buttons on this page.", status=400)
    try:
        answer = await call.act(lambda work: command(work, name, by, VIA))
    except Conflict as conflict:
        return await _page(call, wrong=str(conflict), status=409)
    if not answer.changed:
        return await _page(call, wrong=answer.sentence, status=409)
    held = answer.page.acknowledgement
    comes_to_help = action == "ack" and held is not None and held.by != by
    done = "help" if comes_to_help else action
    if fields.get("back") == "me":
        return _back(call, f"me?done={done}")
    return web.Response(status=303, headers={"Location": f"?done={done}"})


async def act_on_night(call: Call) -> web.Response:
    """Say how long a night of one's own was, or decide about somebody else's."""
    fields, name, by = dict(call.fields), call.parts["night"], call.person
    is_admin = call.is_admin
    action, why, said = fields.get("action", ""), fields.get("why", ""), fields.get("worked", "").strip()

    async def act(work: Work) -> object:
        night = await ledger.find(work.c, name, by)
        match action:
            case "worked":
                minutes = minutes_of("0m" if said in ("0", "none") else said) or 0
                return await mornings.say_worked(
                    work, night, by=by, via=VIA, minutes=minutes, why=why, is_admin=is_admin
                )
            case "approve" | "decline":
                status = GrantStatus.APPROVED if action == "approve" else GrantStatus.DECLINED
                return await rest.decide(work, night, status, by=by, via=VIA, why=why, is_admin=is_admin)
            case "uphold" | "dismiss":
                upheld = action == "uphold"
                return await disputes.settle(work, night, by=by, via=VIA, is_upheld=upheld, why=why, is_admin=is_admin)
            case _:
                raise Conflict("that is none of the buttons on this page")

    return await _carry_out(call, act, action)


async def act_on_swap(call: Call) -> web.Response:
    """Accept or refuse a swap, or take back a request for one."""
    fields, name, by = dict(call.fields), call.parts["swap"], call.person
    action, why = fields.get("action", ""), fields.get("why", "")

    async def act(work: Work) -> object:
        status = _SWAPS.get(action)
        if status is None:
            raise Conflict("that is none of the buttons on this page")
        return await swaps.decide(work, name, status, by=by, via=VIA, why=why)

    return await _carry_out(call, act, action)


_SWAPS = {"accept": SwapStatus.ACCEPTED, "refuse": SwapStatus.REFUSED, "withdraw": SwapStatus.WITHDRAWN}


async def act_on_ticket(call: Call) -> web.Response:
    """Take a ticket, or close it."""
    fields, name, by = dict(call.fields), call.parts["ticket"], call.person
    action = fields.get("action", "")

    async def act(work: Work) -> object:
        match action:
            case "take":
                return await commands.take_ticket(work, name, by)
            case "close":
                return await commands.close_ticket(work, name, by, fields.get("why", ""))
            case _:
                raise Conflict("that is none of the buttons on this page")

    return await _carry_out(call, act, action)


async def leave_note(call: Call) -> web.Response:
    """Write a note for whoever has a schedule next."""
    fields, name, by = dict(call.fields), call.parts["schedule"], call.person
    action = fields.get("action", "")

    async def act(work: Work) -> object:
        if action != "handoff":
            raise Conflict("that is none of the buttons on this page")
        return await shift_notices.write_note(work, name, by, fields.get("text", ""))

    return await _carry_out(call, act, action)


async def confirm_contact(call: Call) -> web.Response:
    """Answer a test page by its code: the contact that it came by reaches the person."""
    fields, by = dict(call.fields), call.person
    action, code = fields.get("action", ""), fields.get("code", "")

    async def act(work: Work) -> object:
        if action != "reached":
            raise Conflict("that is none of the buttons on this page")
        try:
            return await testpage.answered_by_code(work, by, code)
        except NotFound as error:
            raise Conflict(str(error)) from error

    return await _carry_out(call, act, action)


async def sign_out(call: Call) -> web.Response:
    """End this session, another one of the person's, or all of them."""
    fields, signed_in = dict(call.fields), _signed_in(call)
    action, person = fields.get("action", ""), signed_in.rights.person
    if action == "end":
        other = fields.get("session", "")
        return await _carry_out(call, lambda work: sessions.end(work, other, person, by=person), action)
    if action == "everywhere":
        await call.act(lambda work: sessions.end_all(work, person, by=person))
    elif action == "out":
        await call.act(lambda work: sessions.end_by_token(work, signed_in.token, why=""))
    else:
        return await _screen(call, wrong="That is none of the buttons on this page.", status=400)
    response = _back(call, "sign-in")
    take_back(call, response, SESSION)
    return response


def refusing(root: str, back: str) -> Refuse:
    """Return how a page says an error: `root` is the way from it to the root, `back` where to go from there."""

    def refuse(failure: Failure) -> web.Response:
        """Send whoever is not signed in to where they can be; show every other error for people."""
        if failure.status == 303:
            return web.Response(status=303, headers=failure.headers)
        titles = {404: "There is no such thing", 503: "pagerd cannot answer now"}
        title = titles.get(failure.status, "That did not work")
        words = "Nothing was changed. Try again in a moment." if failure.status == 503 else failure.error
        html = draw("said.html", title=title, words=words, root=root, back=back)
        return text_answer(html, HTML, failure.status, {**NO_REFERRER_BUT_US, **failure.headers})

    return refuse


async def _carry_out(call: Call, act: Act, action: str) -> web.Response:
    """Act, then send the person back to their page, so that a reload repeats nothing; or say there why not."""
    try:
        await call.act(act)
    except (Conflict, NotAllowed) as error:
        return await _screen(call, wrong=str(error), status=409)
    except Failure as failure:
        return await _screen(call, wrong=f"{failure.error}: {failure.hint}", status=failure.status)
    return _back(call, f"me?done={action}")


def _back(call: Call, place: str) -> web.Response:
    return web.Response(status=303, headers={"Location": to_root(call) + place})


def _note(text: str) -> Callable[[Work, str, str, str], Awaitable[Answer]]:
    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.add_note(work, page, by, via, text)

    return act


def _resolve(note: str) -> Callable[[Work, str, str, str], Awaitable[Answer]]:
    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.resolve(work, page, by, via, note)

    return act


def _signed_in(call: Call) -> SignedIn:
    assert call.signed_in is not None, "admit lets nobody in who is not signed in"
    return call.signed_in


def _done(call: Call) -> str:
    return DONE_HERE.get(call.request.rel_url.query.get("done", ""), "")


async def _screen(call: Call, *, wrong: str = "", status: int = 200) -> web.Response:
    engine, signed_in = call.services.engine, _signed_in(call)
    plan, now = engine.plan, engine.clock.now()

    async def find(c: Connection) -> Mine:
        return await mine.of_person(c, plan, signed_in.rights.person, now)

    found = await engine.read(find)
    # In a thread: a month of shifts of some schedules takes a few milliseconds, and pages go out on the same core.
    screen = await asyncio.to_thread(me_screen, signed_in, found, plan, now)
    html = draw(
        "me.html",
        me=screen,
        root=to_root(call),
        form=form_token(signed_in.token),
        banner=banner_of(call),
        said="" if wrong else _done(call),
        wrong=wrong,
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


async def _page(call: Call, *, said: str = "", wrong: str = "", status: int = 200) -> web.Response:
    engine, signed_in, name = call.services.engine, _signed_in(call), call.parts["page"]

    async def find(c: Connection) -> PageStory:
        return await queries.page_story(c, name)

    story, now = await engine.read(find), engine.clock.now()
    linked = queries.opened_by(signed_in.rights.person, VIA, story, now)
    screen = await asyncio.to_thread(page_screen, linked, engine.plan, now, said=said, wrong=wrong)
    html = draw("page.html", page=screen, banner=banner_of(call), root=to_root(call), form=form_token(signed_in.token))
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)
