"""People: how each can be reached, and the test pages that show it."""

from datetime import datetime
from typing import Literal, TypedDict

import msgspec

from pagerd.core.paging.notification import Notification, NotificationStatus, is_proof
from pagerd.core.people import Medium
from pagerd.core.plain import masked
from pagerd.engine import testpage
from pagerd.engine.doors import Connection
from pagerd.engine.reachability import Reach
from pagerd.engine.work import Work
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import iso, notification_json
from pagerd.web.call import Call

_OVER = frozenset(
    {
        NotificationStatus.CONFIRMED,
        NotificationStatus.NOT_REACHED,
        NotificationStatus.REFUSED,
        NotificationStatus.FAILED,
        NotificationStatus.CANCELLED,
    }
)
"""After one of these nothing more is to be heard of a test page."""


class NewTestPage(msgspec.Struct, forbid_unknown_fields=True):
    """By which medium the test page goes, and whether it may wake its reader."""

    via: Literal["sms", "voice", "email"] | None = None
    at_night: bool = False


class Tested(TypedDict):
    """A test page, and how far it came."""

    test: types.TestPage


@api(status=201)
async def send_test_page(call: Call, body: NewTestPage) -> Tested:
    """Send a person something to answer, by the way that a page goes."""
    name = call.parts["person"]
    medium = Medium(body.via) if body.via is not None else None
    by = call.by

    async def act(work: Work) -> Notification:
        return await testpage.send(work, name, medium, by, at_night=body.at_night)

    return {"test": test_json(await call.act(act))}


class Code(msgspec.Struct, forbid_unknown_fields=True):
    """The code that stands in a test page."""

    code: str


@api()
async def confirm(call: Call, body: Code) -> types.Said:
    """Answer a test page to yourself by its code: a contact that it came by reaches you."""
    by = call.person
    return {"sentence": await call.act(lambda work: testpage.answered_by_code(work, by, body.code))}


@api()
async def show_test_page(call: Call) -> Tested:
    """Say how far a test page came, hop by hop."""
    wanted = call.parts["test"]

    async def find(c: Connection) -> Notification:
        return await testpage.find(c, wanted)

    return {"test": test_json(await call.services.engine.read(find))}


def test_json(one: Notification) -> types.TestPage:
    """Write a test page: a notification, and each hop with the seconds since it was stored."""
    hops = [("stored", one.created_at, ""), *((status, _instant(at), detail) for at, status, detail in one.trail)]
    return {
        **notification_json(one),
        "arrived": is_proof(one.medium, one.status),
        "answered": one.status is NotificationStatus.CONFIRMED,
        "over": one.status in _OVER,
        "hops": [
            {"hop": hop, "at": iso(at), "seconds": (at - one.created_at).total_seconds(), "detail": detail}
            for hop, at, detail in hops
        ],
    }


def reach_json(one: Reach) -> types.Reach:
    """Write how one person can be reached."""
    return {
        "person": one.person.id,
        "name": one.person.name,
        "reachable": one.is_reachable,
        "methods": [
            {
                "medium": method.medium.value,
                "address": masked(method.address),
                "state": method.state.value,
                "since": iso(method.since),
                "why": method.why,
                "tried_at": iso(method.known.tried_at),
                "arrived_at": iso(method.known.arrived_at),
                "tested_at": iso(method.known.tested_at),
                "answered_at": iso(method.known.answered_at),
                "unconfirmed_since": iso(method.unconfirmed_since),
            }
            for method in one.methods
        ],
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
