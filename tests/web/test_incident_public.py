"""What customers read, on the web: anybody drafts, an approver approves exactly what they saw, under their own name."""

import pytest_asyncio

from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.values import changed
from pagerd.engine.incidents import public_commands
from pagerd.stores.records import notifications
from tests.builders import NOON
from tests.web.api.test_public import a_public_plan
from tests.web.browsing import Browser, form_of
from tests.web.front import a_front
from tests.web.test_incident_pages import declared, send, story_of

TEXT = "Some customers see errors at checkout. We are looking into it."


@pytest_asyncio.fixture
async def front(tmp_path):
    """A pagerd with customers; Dora and Eva may approve what they read."""
    async with a_front(tmp_path, plan=a_public_plan()) as one:
        yield one


async def public_of(front):
    """Return how the incident stands with customers."""
    return (await story_of(front)).incident.public


async def drafted(front, **fields):
    """Declare an incident and let Ana write a draft; return her browser."""
    await declared(front, service="payments-api")
    ana = await Browser(front).signs_in("ana")
    said = {"kind": "investigating", "title": "Errors at checkout", "text": TEXT, "next_in": "30"} | fields
    answer = await send(ana, "/i/1/public", action="draft", **blank(await ana.get("/i/1/public")), **said)
    assert answer.headers["Location"] == "../../i/1/public?done=public-draft", answer.text
    return ana


def blank(shown):
    """Return the fields about components, left as they are."""
    names = {part.split('"')[0] for part in shown.text.split('name="component_')[1:]}
    return {f"component_{name}": "" for name in names}


async def test_a_draft_waits_and_nobody_but_colleagues_sees_it(front):
    """It is the next thing to be done where nobody has anything more urgent, and the page says how it would read."""
    ana = await drafted(front)
    shown = (await ana.get("/i/1/public")).text
    pending = (await public_of(front)).pending

    assert (pending.by, pending.said.text, pending.said.title) == ("ana", TEXT, "Errors at checkout")
    assert (await public_of(front)).published == 0
    assert TEXT in shown
    assert "Put it before customers" not in shown
    assert f"pagerd public approve 1 {pending.number}" in shown
    assert f"have draft {pending.number} for customers approved" in (await ana.get("/i/1")).text


async def test_only_an_approver_puts_it_before_customers(front):
    """Whoever may not is told who may; a lead or a responder is none by that alone."""
    ana = await drafted(front)
    number = str((await public_of(front)).pending.number)
    refused = await send(ana, "/i/1/public", action="approve", draft=number)
    assert (refused.status, "may not approve what customers read" in refused.text) == (403, True)
    dora = await Browser(front).signs_in("dora")
    assert "Put it before customers" in (await dora.get("/i/1/public")).text
    done = await send(dora, "/i/1/public", action="approve", draft=number)
    story = await story_of(front)

    assert done.headers["Location"] == "../../i/1/public?done=public-approve"
    assert story.incident.public.published == 1
    (approved,) = [line.entry for line in story.lines if line.entry.kind == "public.approved"]
    assert (approved.details["by"], approved.details["via"]) == ("dora", "web")
    assert "<h2>Published</h2>" in (await dora.get("/i/1/public")).text


async def test_nobody_approves_another_text_than_they_read(front):
    """A newer draft in its place needs an approval of its own."""
    ana = await drafted(front)
    dora = await Browser(front).signs_in("dora")
    shown = await dora.get("/i/1/public")
    seen = (await public_of(front)).pending.number
    another = {"kind": "", "title": "", "text": "Everything is fine.", "next_in": "30", "symptom": "", "impact": ""}
    await send(ana, "/i/1/public", action="draft", **blank(shown), **another)
    late = await dora.post(
        "/i/1/public", {"form": form_of(shown), "key": "k1", "action": "approve", "draft": str(seen)}
    )

    assert late.status == 409
    assert (await public_of(front)).published == 0
    assert (await public_of(front)).pending.said.text == "Everything is fine."


async def test_a_promise_needs_a_reason(front):
    """The page names the words before anybody presses."""
    await drafted(front, text="It will be fixed by 10:00.")
    dora = await Browser(front).signs_in("dora")
    number = str((await public_of(front)).pending.number)
    shown = (await dora.get("/i/1/public")).text
    assert "It promises something" in shown
    without = await send(dora, "/i/1/public", action="approve", draft=number, override="")
    done = await send(dora, "/i/1/public", action="approve", draft=number, override="the vendor has said so")

    assert (without.status, "<code>promise_words</code>" in without.text) == (409, True)
    assert done.status == 303


async def test_a_draft_is_rejected_and_its_words_are_kept(front):
    """With the reason, for whoever writes the next one."""
    ana = await drafted(front)
    number = str((await public_of(front)).pending.number)
    await send(ana, "/i/1/public", action="reject", draft=number, why="we do not know that yet")
    shown = (await ana.get("/i/1/public")).text

    assert (await public_of(front)).pending is None
    assert "rejected by Ana: we do not know that yet" in shown
    assert (await send(ana, "/i/1/public", action="reject", draft="x")).status == 409
    assert (await send(ana, "/i/1/public", action="dance")).status == 400


async def test_what_was_typed_stays_when_it_is_refused(front):
    """Text of customers is text; a state that is none is refused."""
    await declared(front, service="payments-api")
    ana = await Browser(front).signs_in("ana")
    rest = blank(await ana.get("/i/1/public")) | {"kind": "", "title": "", "symptom": "", "impact": "", "next_in": ""}
    name = next(one for one in rest if one.startswith("component_"))
    refused = await send(ana, "/i/1/public", action="draft", **(rest | {name: "on fire", "text": "<b>errors</b>"}))

    assert (refused.status, "that is none of the choices" in refused.text) == (409, True)
    assert "&lt;b&gt;errors&lt;/b&gt;" in refused.text


async def test_what_keeps_customers_from_reading_is_said_in_red(front):
    """A mail that is tried again, and a page that cannot be written."""
    await declared(front, service="payments-api")
    await front.engine.transact(lambda work: public_commands.approve(work, 1, "dora", "web", 1, ""))
    mail = await front.engine.read(lambda c: notifications.find(c, "i-1-p1-m0"))
    late = changed(mail.moved(NotificationStatus.PENDING, NOON, "450 try later"), attempts=1)
    await front.engine.transact(lambda work: notifications.update(work.c, late))
    front.services.site.trouble = "/var/lib/shown cannot be written: No space left on device"
    shown = (await (await Browser(front).signs_in("ana")).get("/i/1/public")).text

    assert "The mail to news@lists.example.org does not arrive: 450 try later" in shown
    assert "The status page is an old one: /var/lib/shown cannot be written" in shown
