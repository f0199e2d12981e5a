"""What was changed: told by people, and listed. Pipelines send theirs as sources do, by `web/hooks.py`."""

from collections.abc import Mapping

from pagerd.core.changes import ID_MAX, Change, ChangeKind
from pagerd.engine import change_events
from pagerd.engine.change_events import ChangeWords, Posted
from pagerd.engine.doors import Connection
from pagerd.engine.work import Work
from pagerd.web.answers import Failure
from pagerd.web.api import change_types as types
from pagerd.web.api.described import INSTANT, TEXT, api, choice
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call, instant

LIST_MAX = 200
"""Changes of one answer; `until` asks for older ones."""

LINK_MAX = 8192
"""Characters of a link: a query of two pages, escaped."""


@api(query={"service": TEXT, "kind": choice(*(one.value for one in ChangeKind)), "since": INSTANT, "until": INSTANT})
async def list_changes(call: Call, asked: Mapping[str, str]) -> types.ChangeList:
    """List what was changed, the newest first; without `since`, in the last seven days."""
    engine = call.services.engine
    kind = ChangeKind(asked["kind"]) if "kind" in asked else None
    since = instant(asked["since"], "since") if "since" in asked else None
    until = instant(asked["until"], "until") if "until" in asked else None
    service = asked.get("service", "")

    async def find(c: Connection) -> list[Change]:
        return await change_events.list_changes(
            c, engine.now(c), service=service, kind=kind, since=since, until=until, limit=LIST_MAX + 1
        )

    found = await engine.read(find)
    return {"changes": [change_json(one) for one in found[:LIST_MAX]], "more": len(found) > LIST_MAX}


@api(status=201)
async def post_change(call: Call, body: types.NewChange) -> types.ChangeNoted:
    """Tell of a change that no pipeline tells of."""
    if body.id is not None and not 0 < len(body.id) <= ID_MAX:
        raise Failure(400, f"an id of a change has 1 to {ID_MAX} signs")
    is_web = body.link.startswith(("http://", "https://")) and body.link.isprintable() and " " not in body.link
    if body.link and not (is_web and len(body.link) <= LINK_MAX):
        raise Failure(400, "the link of a change is an http or https address")
    said = ChangeWords(
        kind=body.kind,
        service=body.service,
        what=body.what,
        id=body.id,
        link=body.link,
        at=instant(body.at, "at") if body.at is not None else None,
    )
    by = call.person

    async def act(work: Work) -> Posted:
        return await change_events.post(work, by, said)

    posted = await call.act(act)
    return {"sentence": posted.sentence, "change": change_json(posted.change)}


def change_json(change: Change) -> types.Change:
    """Write a change."""
    return {
        "id": change.id,
        "at": iso(change.at),
        "kind": change.kind.value,
        "service": change.service,
        "what": change.what,
        "by": change.by,
        "source": change.source or None,
        "link": change.link,
    }
