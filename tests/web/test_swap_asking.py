"""Asking for a swap on the web: nobody is asked before the last button."""

import html
import re

from pagerd.core.oncall.swap import SwapStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.engine import swaps
from tests.stories.plans import PLANS
from tests.web.browsing import Browser, form_of, sent_to
from tests.web.front import a_front
from tests.web.test_browser import a_browser_page
from tests.web.test_signin_browser import looks_right, signs_in


def at_of(front):
    """Return what names the shift that runs."""
    return front.clock.now().isoformat()


async def fills(browser, front, action, **fields):
    """Send the form about ana's shift that runs."""
    shown = await browser.get("/me/swaps")
    body = {"form": form_of(await browser.get("/me")), "schedule": "payments-primary", "at": at_of(front), **fields}
    assert shown.status == 200
    return await browser.post("/me/swaps", {**body, "action": action})


async def asked(front):
    """Return the swaps that there are."""
    return await front.engine.read(lambda c: swaps.listed(c, None))


async def test_my_page_leads_to_my_shifts_and_a_shift_to_its_form(front):
    """Each shift is a link; its form names the shift, who may take it, and what of theirs may be taken for it."""
    ana = await Browser(front).signs_in("ana")
    assert 'href="me/swaps"' in (await ana.get("/me")).text
    chosen = (await ana.get("/me/swaps")).text
    links = [html.unescape(one) for one in re.findall(r'href="(\?schedule=[^"]*)"', chosen)]
    assert "payments-primary, now until Mon 09:00" in chosen
    assert len(links) > 1
    shown = html.unescape((await ana.get(f"/me/swaps{links[0]}")).text)

    assert "<dt>You give</dt><dd>payments-primary, Tue 6 Jan 12:00 to Mon 12 Jan 09:00</dd>" in shown
    assert '<option value="cover:ben">Ben</option>' in shown
    value = "swap:cho@2026-01-19T08:00:00+00:00"
    assert f'<option value="{value}">Cho: Mon 19 Jan 09:00 to Mon 26 Jan 09:00</option>' in shown
    assert "cover:ana" not in shown
    assert "swap:ana" not in shown


async def test_a_look_says_what_would_change_and_asks_nobody(tmp_path):
    """In all schedules, as the command does before it asks; what was typed stays."""
    async with a_front(tmp_path, plan=PLANS["copied secondary"]()) as front:
        ana = await Browser(front).signs_in("ana")
        who = "swap:cho@2026-01-19T08:00:00+00:00"
        looked = html.unescape((await fills(ana, front, "look", who=who, why="a <wedding>")).text)

        assert "<h2>If Cho accepts</h2>" in looked
        assert "payments-primary, Tue 6 Jan 12:00 to Mon 12 Jan 09:00: Cho instead of Ana" in looked
        assert "payments-secondary, Mon 19 Jan 09:00 to Mon 26 Jan 09:00: Ben instead of Ana" in looked
        assert f'<input type="hidden" name="who" value="{who}">' in looked
        assert await asked(front) == []


async def test_the_last_button_asks_by_the_engines_own_command(front):
    """Under my name, and I am sent back to my page, where it waits; asked twice it says so."""
    ana = await Browser(front).signs_in("ana")
    answer = await fills(ana, front, "ask", who="cover:dora", why="  my train\r\nis late")
    (swap,) = await asked(front)

    assert sent_to("/me/swaps", answer) == "/me?done=ask"
    assert (swap.by, swap.of, swap.why, swap.status) == ("ana", "dora", "my train is late", SwapStatus.REQUESTED)
    assert [one.notification.person for one in front.sent if one.notification.purpose is Purpose.SWAP] == ["dora"] * 2
    assert "They are asked" in (await ana.get("/me?done=ask")).text
    again = await fills(ana, front, "ask", who="cover:dora")
    assert (again.status, "was asked for just that already" in again.text) == (409, True)
    assert len(await asked(front)) == 1


REFUSED = [
    ({"who": "cover:ben"}, 409, "ben is on call in payments-secondary at"),
    ({"who": "cover:ana"}, 409, "nobody swaps with themself"),
    ({"who": "cover:nobody"}, 409, "there is no person 'nobody'"),
    ({"who": ""}, 409, "choose who is to take it"),
    ({"who": "dance:ben"}, 409, "choose who is to take it"),
    ({"who": "swap:cho"}, 400, "their shift is '', which is no instant"),
    ({"who": "cover:dora", "at": "tomorrow"}, 400, "the shift is 'tomorrow', which is no instant"),
    ({"who": "cover:dora", "schedule": "none"}, 409, "there is no schedule 'none'"),
    ({"who": "cover:dora", "at": "2026-01-20T12:00:00+00:00"}, 409, "ana is not on call in payments-primary at"),
    ({"who": "cover:dora", "at": "9999-12-31T23:59:59+00:00"}, 409, "at most 400 days ahead"),
]


async def test_what_cannot_be_is_said_with_the_words_of_the_command(front):
    """In the form, by either button; nobody is asked."""
    ana = await Browser(front).signs_in("ana")
    for fields, status, says in REFUSED:
        for action in ("look", "ask"):
            answer = await fills(ana, front, action, **fields)
            assert (answer.status, says in html.unescape(answer.text)) == (status, True), (fields, answer.text)

    assert await asked(front) == []


async def test_other_buttons_and_addresses_do_nothing(front):
    """An address may name any shift, or nonsense: it is looked at, and no more."""
    ana, dora = await Browser(front).signs_in("ana"), await Browser(front).signs_in("dora")
    assert (await fills(ana, front, "dance", who="cover:dora")).status == 409
    for query in (
        "?schedule=none&at=x",
        "?schedule=payments-primary&at=x",
        "?schedule=payments-primary&at=0001-01-01T00:00:00%2B00:00",
        "?schedule=payments-primary&at=9999-12-31T23:59:59%2B00:00",
        "?schedule=payments-primary&at=2026-01-06T12:00:00",
        "?schedule=payments-primary",
    ):
        assert (await ana.get(f"/me/swaps{query}")).status == 200, query
    assert (await ana.get("/me/swaps?dance=1")).status == 400
    endless = re.findall(r'href="(\?schedule=platform-secondary[^"]*)"', (await dora.get("/me/swaps")).text)
    assert "name a part of it" in (await dora.get(f"/me/swaps{html.unescape(endless[0])}")).text

    assert await asked(front) == []


async def test_it_is_asked_on_a_phone_without_javascript(tmp_path):
    """From the page of one's own to the question, with a thumb."""
    async with a_front(tmp_path, public_url=None) as front, a_browser_page(java_script_enabled=False) as (tab, said):
        await signs_in(front, tab)
        await tab.get_by_role("link", name="Ask somebody to take one").click()
        await tab.get_by_role("link", name="payments-primary, now").click()
        await looks_right(tab)
        await tab.get_by_label("Who takes it").select_option("cover:cho")
        await tab.get_by_label("Why").fill("a wedding")
        await tab.get_by_role("button", name="Look at what would change").click()
        await looks_right(tab)
        await tab.get_by_role("button", name="Ask Cho").click()
        await tab.wait_for_url("**/me?done=ask")
        waiting = await asked(front)

    assert said == []
    assert [(one.of, one.why) for one in waiting] == [("cho", "a wedding")]
