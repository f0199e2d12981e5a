"""Signing in, and what one sees then, in a real browser: a phone's width, both themes, scripts on and off."""

import pytest

from pagerd.engine import queries
from pagerd.engine.tick import tick
from tests.web.front import a_front
from tests.web.test_browser import NASTY, PHONE, TARGET_MIN, a_browser_page


async def signs_in(front, tab, who="ana"):
    """Do it as a person does."""
    await tab.goto(f"{front.base}/")
    await looks_right(tab)
    await tab.get_by_label("Who are you?").fill(who)
    await tab.get_by_role("button", name="Text me a code").click()
    await tab.wait_for_url("**/sign-in/code")
    await looks_right(tab)
    await tick(front.engine)
    code = next(one.sign_in_code for one in reversed(front.sent) if one.sign_in_code)
    await tab.get_by_label("The 8 digits of the code").fill(f"{code[:4]} {code[4:]}")
    await tab.get_by_role("button", name="Sign in").click()
    await tab.wait_for_url("**/me")


async def looks_right(tab):
    """Nothing is cut off, and whatever is pressed is large enough for a thumb."""
    assert await tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for target in await tab.locator("button:visible, summary:visible, input:visible, select:visible").all():
        box = await target.bounding_box()
        assert box["height"] >= TARGET_MIN
    assert await tab.locator("input:visible").count() == await tab.locator("input:visible[id]").count()
    for field in await tab.locator("input:visible").all():
        name = await field.get_attribute("id")
        assert await tab.locator(f'label[for="{name}"]').count() == 1


@pytest.mark.timeout(180)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_person_signs_in_and_acknowledges(tmp_path, scheme):
    """On a phone, by the buttons alone; a reload repeats nothing; then they sign out."""
    async with (
        a_front(tmp_path, public_url=None) as front,
        a_browser_page(color_scheme=scheme) as (tab, said),
    ):
        page = await front.page()
        await signs_in(front, tab)
        await looks_right(tab)
        await tab.get_by_role("button", name="On it – acknowledge").click()
        await tab.wait_for_url("**/me?done=ack")
        assert await tab.get_by_role("status").inner_text() == "Done. It is yours, and the others are told."
        story = await front.engine.read(lambda c: queries.page_story(c, page))
        assert story.page.acknowledgement.by == "ana"
        writes = front.store.writes
        await tab.reload()
        assert front.store.writes == writes
        await tab.get_by_role("link", name="CheckoutErrors").click()
        await tab.wait_for_url(f"**/me/pages/{page}")
        await looks_right(tab)
        await tab.get_by_label("For the timeline").fill("it is the canary")
        await tab.get_by_role("button", name="Note it").click()
        await tab.wait_for_url("**?done=note")
        assert "it is the canary" in await tab.locator("ol.timeline").inner_text()
        await tab.get_by_role("link", name="All of yours").click()
        await tab.get_by_role("button", name="Sign out", exact=True).click()
        await tab.wait_for_url("**/sign-in")
        await tab.goto(f"{front.base}/me")
        assert tab.url.endswith("/sign-in?to=me")
        assert said == []


@pytest.mark.timeout(120)
async def test_it_works_without_scripts_and_over_https_alone_by_name(front):
    """Chromium takes the cookie with the __Host- prefix from loopback, which it trusts as it does https."""
    async with a_browser_page(java_script_enabled=False) as (tab, said):
        await tab.goto(f"{front.base}/sign-in")
        await tab.locator("#who").fill("ana")
        await tab.get_by_role("button", name="Text me a code").click()
        await tick(front.engine)
        code = next(one.sign_in_code for one in reversed(front.sent) if one.sign_in_code)
        await tab.locator("#code").fill(code)
        await tab.get_by_role("button", name="Sign in").click()
        cookies = {one["name"]: one for one in await tab.context.cookies()}

        assert await tab.locator("h1").inner_text() == "Ana"
        assert cookies.keys() == {"__Host-pagerd"}
        assert (cookies["__Host-pagerd"]["httpOnly"], cookies["__Host-pagerd"]["secure"]) == (True, True)
        assert said == []


@pytest.mark.timeout(120)
async def test_nothing_that_an_alert_or_a_person_says_is_run(tmp_path):
    """In the list of pages, on a page, in tickets, in notes, in what a browser calls itself."""
    async with a_front(tmp_path, public_url=None) as front, a_browser_page(user_agent=NASTY[0]) as (tab, said):
        await signs_in(front, tab)
        for turn, words in enumerate(NASTY):
            labels = {"alertname": words, "cluster": words, "namespace": words}
            for severity in ("critical", "warning"):
                one = {"fingerprint": f"{severity}{turn}", "labels": {**labels, "severity": severity}}
                fired = {"alerts": [one | {"annotations": {"summary": words}}]}
                answer = await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", json=fired)
                assert answer.status == 200
        await tab.goto(f"{front.base}/me")
        shown = await tab.locator("main").inner_text()
        assert all(words in shown for words in NASTY[:3])
        await looks_right(tab)
        await tab.locator(".cards a").first.click()
        await tab.get_by_label("For the timeline").fill(NASTY[0])
        await tab.get_by_role("button", name="Note it").click()
        await tab.wait_for_url("**?done=note")

        assert NASTY[0] in await tab.locator("ol.timeline").inner_text()
        assert said == []
