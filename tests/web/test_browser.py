"""The page behind a link in a real browser: Debian's Chromium, a phone's width, both themes."""

from contextlib import asynccontextmanager

import pytest
from playwright.async_api import async_playwright

from pagerd.engine import queries
from tests.tools.debian import binary
from tests.web.front import SOURCE_TOKEN

PHONE = {"width": 375, "height": 667}

TARGET_MIN = 48
"""Pixels that a thumb hits."""

NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</dl><svg/onload=alert(1)>", "x" * 300]


@asynccontextmanager
async def a_browser_page(**context):
    """Open one tab; what its console says and the dialogs that open are collected."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=binary("chromium"), args=["--no-sandbox"])
        try:
            tab = await (await browser.new_context(viewport=PHONE, **context)).new_page()
            said = []
            tab.on("console", lambda message: said.append(message.text))
            tab.on("pageerror", lambda error: said.append(str(error)))

            async def on_dialog(dialog):
                said.append(f"dialog {dialog.message}")
                await dialog.dismiss()

            tab.on("dialog", on_dialog)
            yield tab, said
        finally:
            await browser.close()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_woken_person_reads_and_presses(front, scheme):
    """Nothing is cut off, nothing breaks the policy, every button is large enough, and one press acknowledges."""
    page = await front.page()
    async with a_browser_page(color_scheme=scheme) as (tab, said):
        await tab.goto(f"{front.base}/p/{front.link()}")
        assert await tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for button in await tab.locator("button:visible, summary:visible, select:visible").all():
            box = await button.bounding_box()
            assert box["height"] >= TARGET_MIN
        await tab.get_by_role("button", name="On it").click()
        await tab.wait_for_url("**?done=ack")

        assert await tab.get_by_role("status").inner_text() == "Done. It is yours, and the others are told."
        assert said == []
    story = await front.engine.read(lambda c: queries.page_story(c, page))
    assert story.page.acknowledgement.by == "ana"


@pytest.mark.timeout(120)
async def test_nothing_that_an_alert_says_is_run(front):
    """Payloads in every label open no dialog and load nothing."""
    labels = {"cluster": NASTY[0], "namespace": NASTY[1], "instance": NASTY[2], "pod": NASTY[3]}
    annotations = {"summary": " ".join(NASTY), "runbook_url": "runbooks/payments-5xx.md"}
    body = {"alerts": [{"fingerprint": "x", "labels": labels, "annotations": annotations}]}
    await front.ask("POST", "/api/v1/alertmanager/prod", token=SOURCE_TOKEN, json=body)
    async with a_browser_page() as (tab, said):
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        await tab.goto(f"{front.base}/p/{front.link()}")
        for summary in await tab.locator("summary").all():
            await summary.click()

        assert said == []
        assert all(url.startswith(front.base) for url in asked)
        assert "<script>alert(1)</script>" in await tab.locator("main").inner_text()
        assert await tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.timeout(120)
async def test_it_works_without_javascript(front):
    """A browser with scripts off shows the same and acts the same."""
    page = await front.page()
    async with a_browser_page(java_script_enabled=False) as (tab, _):
        await tab.goto(f"{front.base}/p/{front.link()}")
        await tab.get_by_text("Snooze or resolve").click()
        await tab.get_by_label("Remind me in").select_option("1h")
        await tab.get_by_role("button", name="Snooze").click()
        await tab.wait_for_url("**?done=snooze")
    story = await front.engine.read(lambda c: queries.page_story(c, page))

    assert story.page.acknowledgement.by == "ana"
