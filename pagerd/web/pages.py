"""The page behind a link: what is broken, what to do first, who has it; and the buttons.

GET never acts: previewers, prefetchers and mail gateways follow links. A POST acts; where the link came by mail it
needs the page's reply code besides, because gateways press buttons too. There is no cookie: the token in the path is
all that a request can show, and it opens one page for one person.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from aiohttp import web

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.people import Medium
from pagerd.engine import commands, queries
from pagerd.engine.boundaries import Boundary
from pagerd.engine.chance import hash_of
from pagerd.engine.commands import Answer
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import declaring
from pagerd.engine.queries import LinkedPage
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, text_answer
from pagerd.web.call import Call, span
from pagerd.web.origin import must_come_from_here
from pagerd.web.screens import HERE, SNOOZES, draw, page_screen
from pagerd.web.wrong_codes import Refused, WrongCodes

log = structlog.get_logger()

_REFUSED = {
    Refused.TOO_MANY: "Too many wrong codes: wait ten minutes, answer the text, or run `pagerd ack`.",
    Refused.MISSING: "Type the reply code of this page: it stands in the mail and in the text.",
    Refused.WRONG: "That is not the code of this page. It stands in the mail and in the text; nothing was changed.",
}

HTML = "text/html; charset=utf-8"

TOKEN_MAX = 100
"""Signs; ours have 22."""

DONE = {
    "ack": "Done. It is yours, and the others are told.",
    "ack_all": "Done. They are yours, but for what is over or somebody else has.",
    "help": "Done. Whoever has it is told that you come to help.",
    "undo": "Undone. It is not yours any more, and is being paged again.",
    "resolve": "Done. The page is resolved.",
    "escalate": "Done. The next step is being paged.",
    "snooze": "Done. It is yours, and you will be reminded.",
    "suspect": "Noted: an incident is suspected. Within five minutes, confirm it or cancel it.",
}
"""What is said after an act, by the word in the address: nothing that a stranger could put there is ever shown."""

Command = Callable[[Work, str, str, str], Awaitable[Answer]]


@dataclass(slots=True)
class Links:
    """What the link pages remember between requests."""

    wrong: WrongCodes = field(default_factory=WrongCodes)

    async def admit(self, call: Call) -> None:
        """Let in whoever holds a link that opens something now."""
        call.linked = await self._open(call)

    async def show(self, call: Call) -> web.Response:
        """Show the page. Nothing changes by looking."""
        done = DONE.get(call.request.rel_url.query.get("done", ""), "")
        return await _screen(call, _linked(call), said=done)

    async def act(self, call: Call) -> web.Response:
        """Carry out what the reader pressed, then send them back to the page, so that a reload repeats nothing."""
        must_come_from_here(call)
        boundaries = call.services.engine.boundaries
        boundaries.before(Boundary.REPLY_READ)
        await call.read_form(call.services.limits.link_bytes_max)
        boundaries.after(Boundary.REPLY_READ)
        fields = dict(call.fields)
        linked = _linked(call)
        refused = self._refused(call, linked, fields.get("code", ""))
        if refused:
            return await _screen(call, linked, wrong=refused, status=403)
        action = fields.get("action", "")
        takes_all = action == "ack_all" and linked.others
        command = _acknowledge_all(linked) if takes_all else command_of(action, fields)
        if command is None:
            return await _screen(call, linked, wrong="That is none of the buttons on this page.", status=400)
        link = linked.link
        via = "email" if link.medium == Medium.EMAIL.value else "link"
        try:
            answer = await call.act(lambda work: command(work, link.page_id, link.person, via))
        except Conflict as conflict:
            _count(call, via, "too_late")
            return await _screen(call, await self._open(call), wrong=str(conflict), status=409)
        _count(call, via, "acted" if answer.changed else "too_late")
        if not answer.changed:
            return await _screen(call, await self._open(call), wrong=answer.sentence, status=409)
        held = answer.page.acknowledgement
        comes_to_help = action == "ack" and held is not None and held.by != link.person
        return web.Response(status=303, headers={"Location": f"?done={'help' if comes_to_help else action}"})

    async def _open(self, call: Call) -> LinkedPage:
        token = call.parts["token"]
        engine = call.services.engine
        if len(token) > TOKEN_MAX:
            raise NotFound("this link opens nothing")
        token_hash = hash_of(token)

        async def find(c: Connection) -> LinkedPage | None:
            return await queries.linked_page(c, token_hash, engine.clock.now())

        linked = await engine.read(find)
        if linked is None or linked.link.person not in engine.plan.people:
            raise NotFound("this link opens nothing")
        return linked

    def _refused(self, call: Call, linked: LinkedPage, typed: str) -> str:
        """Say why the code does not do; nothing where none is asked for, or it is right."""
        if linked.link.medium != Medium.EMAIL.value:
            return ""
        person, page_id = linked.link.person, linked.link.page_id
        why = self.wrong.judge(person, page_id, linked.code, typed, call.services.engine.clock.monotonic())
        if why is None:
            return ""
        if why is Refused.WRONG:
            _count(call, "email", "unauthorized")
            log.warning("link.wrong_code", page=page_id, person=person)
        return _REFUSED[why]


async def style(_call: Call) -> web.Response:
    """Give the style sheet."""
    return text_answer(_STYLE, "text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


_STYLE = (HERE / "static" / "style.css").read_bytes()


def refusal(failure: Failure) -> web.Response:
    """Show an error to whoever followed a link: what it means for them, and what to do."""
    if failure.status == 404:
        title, words = "This link opens nothing", "It has expired, or it was not copied whole."
    elif failure.status == 503:
        title, words = "pagerd cannot answer now", "The page goes on without you: nothing was changed."
    else:
        title, words = "That did not work", failure.error
    html = draw("refused.html", title=title, words=words)
    return text_answer(html, HTML, failure.status, failure.headers)


def _linked(call: Call) -> LinkedPage:
    assert call.linked is not None, "admit lets nobody in without a page"
    return call.linked


async def _screen(
    call: Call, linked: LinkedPage, *, said: str = "", wrong: str = "", status: int = 200
) -> web.Response:
    engine = call.services.engine
    # In a thread: it is made of values alone, and a runbook may take a while to read.
    screen = await asyncio.to_thread(page_screen, linked, engine.plan, engine.clock.now(), said=said, wrong=wrong)
    return text_answer(draw("page.html", page=screen, banner=banner_of(call)), HTML, status)


def banner_of(call: Call) -> str:
    """Return what a woken person must know of pagerd itself; nothing on a good night."""
    state = call.services.status()
    broken = [] if state.plan_ok else ["its config files are broken, so that an older config is in force"]
    troubles = [*state.reasons, *broken]
    said = ["This pagerd only observes: nobody else is told what you do here."] if state.observing_since else []
    return " ".join([*said, *([f"pagerd itself is in trouble: {'; '.join(troubles)}."] if troubles else [])])


def command_of(action: str, fields: dict[str, str]) -> Command | None:
    """Return what a button does to one page; None for what is none of the buttons."""
    match action:
        case "ack":
            return commands.acknowledge
        case "undo":
            return commands.undo
        case "resolve":
            return commands.resolve
        case "escalate":
            return commands.escalate
        case "suspect":
            return declaring.suspect
        case "snooze":
            return _snooze(fields.get("for", SNOOZES[0][0]))
        case _:
            return None


def _acknowledge_all(linked: LinkedPage) -> Command:
    """Take exactly the pages that the message stood for, so far as they are open."""

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.acknowledge_all(work, (page, *(other.id for other in linked.others)), by, via)

    return act


def _snooze(text: str) -> Command:
    length: timedelta = span(text, "for")

    async def act(work: Work, page: str, by: str, via: str) -> Answer:
        return await commands.snooze(work, page, by, via, length)

    return act


def _count(call: Call, via: str, result: str) -> None:
    call.services.engine.metrics.count("replies", (via, result), 1)
