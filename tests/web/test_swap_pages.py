"""The page behind the link of a message that asks for a swap."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from pagerd.core.oncall.swap import Piece, SwapStatus
from pagerd.core.people import Medium
from pagerd.engine import swap_links, swaps
from pagerd.engine.chance import hash_of
from pagerd.engine.tick import tick
from pagerd.web.wrong_codes import WRONG_MAX, WRONG_WITHIN
from tests.builders import a_plan
from tests.core.oncall.books import at
from tests.stories.plans import PLANS
from tests.web.front import a_front
from tests.web.test_browser import PHONE, TARGET_MIN, a_browser_page
from tests.web.test_robots import ROBOTS


async def asks(front, *, of="dora", theirs=None, why="a <wedding>"):
    """Let ana ask somebody to take her shift that runs; they get a mail and a text, each with a link."""
    mine = Piece(front.clock.now())
    return await front.engine.transact(
        lambda work: swaps.request(
            work, by="ana", via="web", schedule="payments-primary", mine=mine, theirs=theirs, of=of, why=why
        )
    )


async def now_is(front, swap):
    """Return the swap as it is stored."""
    return await front.engine.read(lambda c: swaps.find(c, swap.id))


async def shown(front, medium=Medium.SMS, query=""):
    """Return what the page behind the last link of a medium says."""
    answer = await front.ask("GET", f"/x/{front.link(medium)}{query}")
    assert answer.status == 200
    return html.unescape(answer.text)


async def press(front, medium=Medium.SMS, **fields):
    """Press a button behind the last link of a medium."""
    return await front.ask("POST", f"/x/{front.link(medium)}", data=fields)


@pytest_asyncio.fixture
async def copying(tmp_path):
    """A front whose secondary copies the primary, so that two of the primary can swap their weeks."""
    async with a_front(tmp_path, plan=PLANS["copied secondary"]()) as front:
        yield front


async def test_it_says_who_takes_what_and_what_comes_of_yes_and_of_no(copying):
    """Both shifts on the clock of the reader, the copy that gives way too, and until when there may be an answer."""
    await asks(copying, of="cho", theirs=Piece(at("2026-01-20 12:00")))
    said = await shown(copying)

    assert "Ana asks to swap shifts with you in payments-primary" in said
    assert "<dt>You take</dt><dd>Tue 6 Jan 12:00 to Mon 12 Jan 09:00</dd>" in said
    assert "<dt>Ana takes</dt><dd>Mon 19 Jan 09:00 to Mon 26 Jan 09:00</dd>" in said
    assert "payments-primary, Tue 6 Jan 12:00 to Mon 12 Jan 09:00: Cho instead of Ana" in said
    assert "payments-secondary, Mon 19 Jan 09:00 to Mon 26 Jan 09:00: Ben instead of Ana" in said
    assert "Nothing changes: everybody keeps their shifts, and Ana is told" in said
    assert "<dt>Answer until</dt><dd>Mon 09:00</dd>" in said
    assert "with times of Europe/Berlin" in said


async def test_what_people_wrote_is_text(front):
    """A reason is shown as it was written, and is no markup."""
    await asks(front)
    answer = await front.ask("GET", f"/x/{front.link()}")

    assert "a &lt;wedding&gt;" in answer.text
    assert "<script" not in answer.text
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


async def test_looking_never_answers(front):
    """However often, and whatever the address says was done."""
    swap = await asks(front)
    writes = front.store.writes
    for method, query in (("GET", ""), ("GET", "?done=accept"), ("HEAD", ""), ("GET", "?action=accept")):
        assert (await front.ask(method, f"/x/{front.link()}{query}")).status == 200

    assert await now_is(front, swap) == swap
    assert front.store.writes == writes


@pytest.mark.parametrize(
    ("action", "status", "says"),
    [
        ("accept", SwapStatus.ACCEPTED, "Accepted by you through the link, 12:00."),
        ("refuse", SwapStatus.REFUSED, "Refused by you through the link, 12:00. “I fly” Nothing changed."),
    ],
)
async def test_a_press_behind_the_link_of_a_text_answers(front, action, status, says):
    """Under the name of whoever was asked; a reload repeats nothing, and the page says from then on what it came to."""
    swap = await asks(front)
    answer = await press(front, action=action, why="I fly" if action == "refuse" else "")
    assert (answer.status, answer.headers["Location"]) == (303, f"?done={action}")
    after = await now_is(front, swap)
    said = await shown(front, query=f"?done={action}")

    assert (after.status, after.via, len(after.overrides)) == (status, "link", int(action == "accept"))
    assert "whoever asked is told." in said
    assert says in said
    assert "<form" not in said
    assert front.metric("pagerd_replies_total", channel="link", result="acted") == 1


async def test_the_link_of_a_mail_wants_the_code(front):
    """Gateways press buttons: without it nothing happens, and it stands on no page."""
    swap = await asks(front)
    code = front.code()
    assert code not in await shown(front, Medium.EMAIL)
    for wrong in ("", "N00", code[:-1]):
        refused = await press(front, Medium.EMAIL, action="accept", code=wrong)
        assert refused.status == 403
        assert 'name="code"' in refused.text
    assert await now_is(front, swap) == swap
    taken = await press(front, Medium.EMAIL, action="accept", code=f" {code.lower()} ")

    after = await now_is(front, swap)
    assert (taken.status, after.status, after.via) == (303, SwapStatus.ACCEPTED, "email")
    assert front.metric("pagerd_replies_total", channel="email", result="unauthorized") == 2


async def test_codes_are_not_guessed(front):
    """After five wrong ones the right one is not taken either, for ten minutes."""
    swap = await asks(front)
    code = front.code()
    for number in range(WRONG_MAX):
        await press(front, Medium.EMAIL, action="accept", code=f"N0{number}")
    locked = await press(front, Medium.EMAIL, action="accept", code=code)
    assert (locked.status, "Too many wrong codes" in locked.text) == (403, True)
    assert await now_is(front, swap) == swap
    front.clock.move_to(front.clock.now() + timedelta(seconds=WRONG_WITHIN + 1))

    assert (await press(front, Medium.EMAIL, action="accept", code=code)).status == 303


async def test_a_code_is_of_one_swap(front):
    """What opens one says nothing about another, though both wait for the same person."""
    first = await asks(front)
    code, path = front.code(), f"/x/{front.link(Medium.EMAIL)}"
    start = front.clock.now() + timedelta(hours=1)
    second = await front.engine.transact(
        lambda work: swaps.request(
            work,
            by="ana",
            via="web",
            schedule="payments-primary",
            mine=Piece(start, start + timedelta(hours=1)),
            theirs=None,
            of="dora",
            why="",
        )
    )
    assert front.code() != code
    assert (await press(front, Medium.EMAIL, action="refuse", code=code)).status == 403
    assert (await front.ask("POST", path, data={"action": "refuse", "code": code})).status == 303

    assert (await now_is(front, first)).status is SwapStatus.REFUSED
    assert (await now_is(front, second)).status is SwapStatus.REQUESTED


async def test_a_form_of_another_site_and_other_buttons_are_refused(front):
    """Nothing changes by them."""
    swap = await asks(front)
    path = f"/x/{front.link()}"
    foreign = await front.ask("POST", path, data={"action": "accept"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status == 403
    for fields in ({}, {"action": "withdraw"}, {"action": "dance"}, {"action": "refuse", "why": "a\0b"}):
        assert (await front.ask("POST", path, data=fields)).status == 400

    assert await now_is(front, swap) == swap


@pytest.mark.parametrize(
    ("status", "by", "via", "says"),
    [
        (SwapStatus.ACCEPTED, "dora", "sms", "Accepted by you by text, 12:00."),
        (SwapStatus.WITHDRAWN, "ana", "cli", "Taken back by Ana from the command line, 12:00. Nothing changed."),
    ],
)
async def test_what_was_decided_elsewhere_is_said_and_answered_no_more(front, status, by, via, says):
    """By whom and how; a press that comes too late says so, and changes nothing."""
    swap = await asks(front)
    await front.engine.transact(lambda work: swaps.decide(work, swap.id, status, by=by, via=via))
    before = await now_is(front, swap)
    late = await press(front, action="refuse")

    assert says in await shown(front)
    assert (late.status, f"{swap.id} is {status.value} already" in late.text) == (409, True)
    assert await now_is(front, swap) == before
    assert front.metric("pagerd_replies_total", channel="link", result="too_late") == 1


async def test_a_link_says_for_a_day_that_nobody_answered_and_then_opens_nothing(front):
    """Whoever comes too late learns what it was."""
    swap = await asks(front)
    front.clock.move_to(swap.expires_at)
    assert "Not answered in time: it is over since" in await shown(front)
    await tick(front.engine)
    assert "Not answered in time: it is over since" in await shown(front)
    front.clock.move_to(swap.expires_at + swap_links.STAYS)
    gone = await front.ask("GET", f"/x/{front.link()}")

    assert (gone.status, "This link opens nothing" in gone.text) == (404, True)


async def test_what_stands_in_the_way_is_said_before_anybody_presses(front):
    """The shift is somebody else's by now: it can only be refused."""
    swap = await asks(front)
    plan = front.engine.plan
    schedules = {name: one for name, one in plan.book.schedules.items() if name != "payments-primary"}
    front.engine.plan = replace(plan, book=replace(plan.book, schedules=schedules))
    said = await shown(front)
    assert "It cannot be accepted now: there is no schedule payments-primary any more." in said
    assert 'value="accept"' not in said
    assert (await press(front, action="accept")).status == 409
    assert (await press(front, action="refuse")).status == 303

    assert (await now_is(front, swap)).status is SwapStatus.REFUSED


async def test_a_link_opens_nothing_for_whoever_left_and_nothing_but_its_swap(front):
    """Neither does it open a page, nor does the link of a page open a swap."""
    await asks(front)
    link = front.link()
    assert (await front.ask("GET", f"/p/{link}")).status == 404
    assert (await front.ask("GET", f"/x/{'A' * 101}")).status == 404
    await front.page()
    assert (await front.ask("POST", f"/x/{front.link()}", data={"action": "accept"})).status == 404
    plan = front.engine.plan
    front.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "dora"})

    assert (await front.ask("GET", f"/x/{link}")).status == 404


async def test_its_token_is_stored_as_a_hash_for_each_message_of_its_own(front):
    """What is in the store opens nothing."""
    await asks(front)
    tokens = {front.link(Medium.SMS), front.link(Medium.EMAIL)}
    rows = await front.engine.read(lambda c: c.execute("SELECT token_hash, medium FROM swap_links"))

    assert {(token_hash, medium) for token_hash, medium in rows} == {
        (hash_of(front.link(medium)), medium.value) for medium in (Medium.SMS, Medium.EMAIL)
    }
    assert len(tokens) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)


async def test_whoever_observes_draws_no_link(front):
    """What is written down is read by others."""
    front.engine.observing = True
    await asks(front)
    rows = await front.engine.read(lambda c: c.execute("SELECT COUNT(*) FROM swap_links"))

    assert rows == [(0,)]


@pytest.mark.parametrize("robot", ROBOTS)
async def test_no_robot_answers_by_the_link_of_a_mail(tmp_path, robot):
    """Whatever it fetches, presses and types, the request waits."""
    async with a_front(tmp_path, plan=a_plan()) as front:
        swap = await asks(front)
        await ROBOTS[robot](front, f"/x/{front.link(Medium.EMAIL)}")

        assert await now_is(front, swap) == swap


async def test_it_is_answered_on_a_phone_without_javascript(copying):
    """One column, nothing wider than the screen, and one press."""
    front = copying
    swap = await asks(front, theirs=Piece(at("2026-01-20 12:00")), of="cho")
    async with a_browser_page(java_script_enabled=False) as (tab, said):
        await tab.goto(f"{front.base}/x/{front.link()}")
        width = await tab.evaluate("document.documentElement.scrollWidth")
        heights = [(await button.bounding_box())["height"] for button in await tab.locator("button").all()]
        await tab.get_by_role("button", name="Accept").click()
        await tab.wait_for_url("**?done=accept")
        told = await tab.get_by_role("status").inner_text()

    assert width <= PHONE["width"]
    assert min(heights) >= TARGET_MIN
    assert said == []
    assert told == "Swapped, and whoever asked is told."
    assert (await now_is(front, swap)).status is SwapStatus.ACCEPTED
