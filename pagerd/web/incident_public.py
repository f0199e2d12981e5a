"""What customers read of an incident: what was published, what waits for its approval, and another draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.on_public import TEXT_MAX, TITLE_MAX
from pagerd.core.incidents.promises import promises_in
from pagerd.core.incidents.public import STATE_WORDS, ComponentState, PublicKind, PublicRecord, PublicRules
from pagerd.core.plain import clean_lines, length, one_line
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import public_commands, public_queries
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.public_commands import PublicDraft
from pagerd.engine.incidents.public_queries import PublicStory
from pagerd.engine.work import Work
from pagerd.web.answers import text_answer
from pagerd.web.api.incidents import number_in
from pagerd.web.call import Call
from pagerd.web.incident_fields import Field, Typed, choice
from pagerd.web.incident_pages import do_once, done_of, locks_of, seen_of, sent_back, unmet_of
from pagerd.web.incident_questions import Seen
from pagerd.web.incident_screens import incident_line
from pagerd.web.incident_values import When, when
from pagerd.web.pages import HTML, banner_of
from pagerd.web.screens import draw
from pagerd.web.signed_in import NO_REFERRER_BUT_US, to_root

NEXT_IN = (5, 15, 30, 60, 120, 240)
"""Minutes that can be chosen for the next word to customers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScreen:
    """One text for customers: what it says, whose it is, and what became of it."""

    number: int
    kind: str
    title: str
    lines: tuple[str, ...]
    components: tuple[str, ...]
    next_in: str
    by: str
    at: When
    state: str
    promises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicScreen:
    """How an incident stands with customers. `pending` waits for somebody who may approve it."""

    pending: TextScreen | None
    published: tuple[TextScreen, ...]
    others: tuple[TextScreen, ...]
    due: When | None
    is_overdue: bool
    can_approve: bool
    is_told: bool
    troubles: tuple[str, ...]
    """What keeps customers from reading it."""


async def show(call: Call) -> web.Response:
    """Show what customers read, and what waits."""
    return await _page(call, said=done_of(call))


async def act(call: Call) -> web.Response:
    """Approve or reject the draft that waits, or write another one."""
    fields = dict(call.fields)
    action = fields.get("action", "")
    if action not in ("approve", "reject", "draft"):
        return await _page(call, wrong="That is none of the buttons on this page.", status=400)
    seen = await seen_of(call)
    typed = Typed(fields=_fields(seen), said=fields, zone=seen.zone)
    which = fields.get("draft", "")

    async def carry_out(work: Work, number: int, by: str, via: str) -> Said:
        if action == "draft":
            typed.check()
            return await public_commands.draft(work, number, by, via, _draft(typed, seen.plan.incidents.public))
        # What the person read is what they decide about: never whichever draft waits by now.
        if not (which.isascii() and which.isdecimal() and len(which) <= 6):
            raise Conflict("that is no draft")
        if action == "approve":
            return await public_commands.approve(work, number, by, via, int(which), fields.get("override", ""))
        return await public_commands.reject(work, number, by, via, int(which), fields.get("why", ""))

    try:
        await do_once(call, f"public {action} {which}".strip(), carry_out)
    except (Conflict, NotAllowed, NotFound) as error:
        status = 403 if isinstance(error, NotAllowed) else 409
        return await _page(call, wrong=str(error), unmet=unmet_of(error), typed=fields, status=status)
    return sent_back(call, f"public-{action}", f"i/{number_in(call, 'incident')}/public")


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
    seen, number = await seen_of(call), number_in(call, "incident")
    story = await call.services.engine.read(lambda c: _story(c, number))
    typed = typed or {}
    form_said = typed if typed.get("action") == "draft" else {}
    html = draw(
        "incident_public.html",
        line=incident_line(seen.incident, seen.plan, call.person, seen.zone, seen.now),
        one=_screen(story, seen, call.services.site.trouble, can_approve=call.signed_in.rights.is_approver),
        fields=Typed(fields=_fields(seen), said=form_said, zone=seen.zone).shown(),
        typed=typed,
        root=to_root(call),
        banner=banner_of(call),
        said=said,
        wrong=wrong,
        unmet=unmet,
        **locks_of(call),
    )
    return text_answer(html, HTML, status, NO_REFERRER_BUT_US)


async def _story(c: Connection, number: int) -> PublicStory:
    return await public_queries.story(c, number)


def _screen(story: PublicStory, seen: Seen, page_trouble: str, *, can_approve: bool) -> PublicScreen:
    texts = [(row, _text(row, seen)) for row in reversed(story.texts)]
    clock = story.incident.public.clock
    return PublicScreen(
        pending=next((text for row, text in texts if row.status == "pending"), None),
        published=tuple(text for row, text in texts if row.status == "published"),
        others=tuple(text for row, text in texts if row.status not in ("pending", "published")),
        due=when(clock.next_at, seen.zone, seen.now) if clock is not None else None,
        is_overdue=clock is not None and clock.is_overdue,
        can_approve=can_approve,
        is_told=seen.plan.incidents.public.is_used,
        troubles=_troubles(story, page_trouble),
    )


def _troubles(story: PublicStory, page_trouble: str) -> tuple[str, ...]:
    mails = [(mail.address, public_queries.trouble_of(mail)) for mail in story.mails]
    said = [f"The mail to {address} does not arrive: {trouble}" for address, trouble in mails if trouble]
    if page_trouble and story.incident.public.published:
        said.insert(0, f"The status page is an old one: {page_trouble}")
    return tuple(one_line(one) for one in said)


def _text(row: PublicRecord, seen: Seen) -> TextScreen:
    rules = seen.plan.incidents.public
    names = {one.id: one.name for one in rules.components}
    ended = f" by {seen.plan.name_of(row.ended_by)}" if row.ended_by else ""
    why = f": {row.why}" if row.why else ""
    found = promises_in(f"{row.title}\n{row.text}", seen.plan.incidents.messages.promise_words)
    return TextScreen(
        number=row.number,
        kind=row.kind,
        title=one_line(row.title, TITLE_MAX),
        lines=clean_lines(row.text, TEXT_MAX),
        components=tuple(
            f"{names.get(name, name)}: {STATE_WORDS[ComponentState(state)]}" for name, state in row.components.items()
        ),
        next_in=length(timedelta(seconds=row.next_in)) if row.next_in is not None else "",
        by=seen.plan.name_of(row.drafted_by) if row.drafted_by else "pagerd, as a proposal",
        at=when(row.ended_at or row.drafted_at, seen.zone, seen.now),
        state=one_line(f"{row.status}{ended}{why}"),
        promises=", ".join(found),
    )


def _fields(seen: Seen) -> tuple[Field, ...]:
    rules, side = seen.plan.incidents.public, seen.incident.public
    states = [("", "as it is"), *STATE_WORDS.items()]
    kinds = [("", "as the incident does"), *((kind.value, kind.value) for kind in PublicKind)]
    return (
        choice("kind", "It stands at", kinds),
        Field(name="title", label="Title", value=side.title, signs_max=TITLE_MAX, hint="Empty: a proposal."),
        Field(
            name="text",
            label="What customers read",
            kind="long",
            signs_max=TEXT_MAX,
            hint="What they feel, and when they hear more. No promise, no blame. Empty: a proposal of the two below.",
        ),
        Field(name="symptom", label="What they see", value=side.symptom, hint="Such as: errors at checkout."),
        Field(name="impact", label="Who is hit, in their words", value=side.impact),
        choice(
            "next_in",
            "The next word comes within",
            [("", "as the severity says"), *((str(one), length(timedelta(minutes=one))) for one in NEXT_IN)],
        ),
        *(choice(f"component_{one.id}", one.name, states) for one in rules.components),
    )


def _draft(typed: Typed, rules: PublicRules) -> PublicDraft:
    kind, next_in = typed.text("kind"), typed.text("next_in")
    said = {one.id: typed.text(f"component_{one.id}") for one in rules.components}
    return PublicDraft(
        kind=PublicKind(kind) if kind else None,
        title=typed.text("title"),
        text=typed.text("text"),
        symptom=typed.text("symptom"),
        impact=typed.text("impact"),
        next_in=timedelta(minutes=int(next_in)) if next_in else None,
        components={name: ComponentState(state) for name, state in said.items() if state},
    )
