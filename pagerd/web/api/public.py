"""What customers are told: drafts, their approval, components. An act with a key is done once."""

from collections.abc import Awaitable, Callable

from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.status_page import ComponentLine, StatusPage
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import public_commands, public_queries, publishing
from pagerd.engine.incidents.commands import Said
from pagerd.engine.incidents.once import once
from pagerd.engine.incidents.public_commands import PublicDraft
from pagerd.engine.work import Work
from pagerd.web.api import public_types as types
from pagerd.web.api.described import api
from pagerd.web.api.incidents import number_in
from pagerd.web.api.public_shapes import component_json, line_json, public_story_json
from pagerd.web.call import Call, span


@api()
async def list_public(call: Call) -> types.PublicList:
    """List what customers read of and wait to hear of, and how each component is."""
    engine = call.services.engine

    async def find(c: Connection) -> tuple[list[Incident], StatusPage]:
        now = engine.now(c)
        page = await public_queries.status_page(c, engine.plan, now)
        return await public_queries.concerning(c, now), page

    concerned, page = await engine.read(find)
    rules = engine.plan.incidents.public
    lines: list[tuple[ComponentLine, str, tuple[str, ...]]] = [
        (line, one.id, one.services) for line, one in zip(page.components, rules.components, strict=True)
    ]
    return {
        "headline": page.headline,
        "incidents": [line_json(one, rules) for one in concerned],
        "components": [component_json(name, services, line) for line, name, services in lines],
        "page_trouble": call.services.site.trouble,
    }


@api()
async def show_public(call: Call) -> types.PublicStory:
    """Show what customers were told of an incident, what waits for approval, and how it would read."""
    number, engine = number_in(call, "incident"), call.services.engine

    async def find(c: Connection) -> public_queries.PublicStory:
        return await public_queries.story(c, number)

    return public_story_json(await engine.read(find), engine.plan, call.services.site.trouble)


@api(has_key=True)
async def draft(call: Call, body: types.NewPublicDraft) -> types.PublicAct:
    """Write what customers would read; it waits for an approval, in the place of any draft that does."""
    said = PublicDraft(
        kind=body.kind,
        title=body.title,
        text=body.text,
        symptom=body.symptom,
        impact=body.impact,
        next_in=span(body.next_in, "next_in") if body.next_in is not None else None,
        components=body.components,
    )
    return await _do(call, "public draft", public_commands.draft, said)


@api(has_key=True)
async def approve(call: Call, body: types.PublicApproval) -> types.PublicAct:
    """Put a draft before customers. Only an approver does, signed in or on the host itself, never by a token."""
    which = number_in(call, "draft")
    return await _do(call, f"public approve {which}", public_commands.approve, which, body.override)


@api(has_key=True)
async def reject(call: Call, body: types.PublicRejection) -> types.PublicAct:
    """Say that a draft is not to be published."""
    which = number_in(call, "draft")
    return await _do(call, f"public reject {which}", public_commands.reject, which, body.why)


@api()
async def set_component(call: Call, body: types.NewComponentState) -> types.ComponentAct:
    """Say how a component is, apart from any incident. Only an approver does, as with a text."""
    component, by, via = call.parts["component"], call.person, call.via
    sentence = await call.act(lambda work: publishing.set_component(work, component, body.state.value, by, via))
    return {"sentence": sentence}


async def _do(call: Call, what: str, command: Callable[..., Awaitable[Said]], *given: object) -> types.PublicAct:
    number, by, via, key = number_in(call, "incident"), call.person, call.via, call.key

    async def act(work: Work) -> Said:
        return await once(work, by, f"{what} {number}", key, lambda inner: command(inner, number, by, via, *given))

    said = await call.act(act)
    observes = " This pagerd only observes: nobody is told." if call.services.engine.observing else ""
    pending = said.incident.public.pending
    return {
        "sentence": f"{said.sentence}{observes}",
        "number": said.incident.number,
        "pending": pending.number if pending is not None else None,
    }
