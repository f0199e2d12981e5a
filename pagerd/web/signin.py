"""The way in: who are you, and the code that was sent to you. Nothing here says whom pagerd knows."""

from aiohttp import web

from pagerd.core.people import Medium
from pagerd.core.signin import ASKED_WITHIN, CODE_DIGITS, CODE_LASTS, CODES_OF_PEER_MAX
from pagerd.engine import signin
from pagerd.engine.signin import Entered, TurnedAway
from pagerd.engine.work import Work
from pagerd.web.answers import text_answer, unavailable
from pagerd.web.call import Call
from pagerd.web.origin import must_show_it_comes_from_here
from pagerd.web.pages import HTML
from pagerd.web.screens import draw
from pagerd.web.signed_in import (
    ASKED,
    NO_REFERRER_BUT_US,
    PLACE,
    SESSION,
    cookie_of,
    give,
    known,
    peer_of,
    take_back,
    to_root,
    why_nobody_can,
)

WHO_MAX = 200
HOME = "me"

WORDS = {"sms": Medium.SMS, "email": Medium.EMAIL}


async def admit(call: Call) -> None:
    """Let in everybody who comes by a page of ours; a form of another site could sign somebody in as another one."""
    if call.request.method == "POST":
        must_show_it_comes_from_here(call)
        await call.read_form(call.services.limits.link_bytes_max)


async def ask(call: Call) -> web.Response:
    """Ask who it is."""
    if await known(call) is not None:
        return _sent_on(call, _place(call.request.rel_url.query.get("to", "")))
    return _ask(call, to=call.request.rel_url.query.get("to", ""))


async def send(call: Call) -> web.Response:
    """Take down who it is, and let the browser wait for a code."""
    fields = dict(call.fields)
    who, wanted = fields.get("who", "").strip()[:WHO_MAX], WORDS.get(fields.get("by", "sms"), Medium.SMS)
    to = fields.get("to", "")
    if not who:
        return _ask(call, to=to, wrong="Say who you are: your name here, your address or your number.", status=400)
    if why_nobody_can(call):
        return _ask(call, to=to, status=403)
    if call.services.engine.store.is_short:
        raise unavailable("the disk is full, and what was held back is for the pages that are open")
    peer = peer_of(call)
    token = await call.act(lambda work: signin.begin(work, who, wanted, peer))
    if token is None:
        minutes = int(ASKED_WITHIN.total_seconds() // 60)
        wrong = (
            f"Too many codes were asked for. Try again in {minutes} minutes; texts, links and the command line work."
        )
        response = _ask(call, to=to, wrong=wrong, status=429)
        response.headers["Retry-After"] = str(minutes * 60)
        return response
    place = _place(to)
    response = web.Response(status=303, headers={"Location": f"sign-in/code{f'?to={place}' if place != HOME else ''}"})
    give(call, response, ASKED, token)
    return response


async def code(call: Call) -> web.Response:
    """Ask for the code."""
    if cookie_of(call, ASKED) is None:
        return web.Response(status=303, headers={"Location": "../sign-in"})
    return _code(call, to=call.request.rel_url.query.get("to", ""))


async def enter(call: Call) -> web.Response:
    """Try the code: let them in, or say that it was not right."""
    fields, token = dict(call.fields), cookie_of(call, ASKED)
    to, typed = fields.get("to", ""), fields.get("code", "")[:WHO_MAX]
    if token is None:
        return web.Response(status=303, headers={"Location": "../sign-in"})
    if not typed.strip():
        return _code(call, to=to, wrong="Type the code: it is in the text, or in the mail.", status=400)
    agent, before = call.request.headers.get("User-Agent", ""), cookie_of(call, SESSION)

    async def act(work: Work) -> Entered | TurnedAway:
        return await signin.enter(work, token, typed, agent, before)

    found = await call.act(act)
    if isinstance(found, TurnedAway):
        if found.left <= 0:
            return _ask(call, to=to, wrong="That code is worth nothing any more. Ask for a new one.", status=403)
        left = f"{found.left} more tries" if found.left > 1 else "one more try"
        return _code(call, to=to, wrong=f"That is not the code that was sent. You have {left}.", status=403)
    response = _sent_on(call, _place(to))
    give(call, response, SESSION, found.token)
    take_back(call, response, ASKED)
    return response


def _place(said: str) -> str:
    return said if PLACE.fullmatch(said) else HOME


def _sent_on(call: Call, place: str) -> web.Response:
    return web.Response(status=303, headers={"Location": to_root(call) + place or "."})


def _ask(call: Call, *, to: str, wrong: str = "", status: int = 200) -> web.Response:
    html = draw(
        "sign_in.html",
        root=to_root(call),
        to=_place(to),
        wrong=wrong,
        why_nobody_can=why_nobody_can(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


def _code(call: Call, *, to: str, wrong: str = "", status: int = 200) -> web.Response:
    html = draw(
        "sign_in_code.html",
        root=to_root(call),
        to=_place(to),
        wrong=wrong,
        digits=CODE_DIGITS,
        minutes=int(CODE_LASTS.total_seconds() // 60),
        codes=CODES_OF_PEER_MAX,
        within=int(ASKED_WITHIN.total_seconds() // 60),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)
