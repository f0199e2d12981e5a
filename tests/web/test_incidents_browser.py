"""An incident in a real browser: a phone's width, both themes, scripts off; read, pressed and typed as at 3 am."""

import pytest

from pagerd.core.incidents.incident import IncidentStatus
from tests.web.api.test_public import a_public_plan
from tests.web.browsing import Browser
from tests.web.front import a_front
from tests.web.test_browser import NASTY, PHONE, TARGET_MIN, a_browser_page
from tests.web.test_incident_pages import declared, send, story_of
from tests.web.test_signin_browser import signs_in

TARGETS = "button:visible, summary:visible, input:visible:not([type=checkbox]), select:visible, textarea:visible"
CHECKS = "label.check:visible"


async def looks_right(tab):
    """Nothing is cut off, whatever is pressed is large enough for a thumb, and each field has its label."""
    assert await tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], tab.url
    for target in await tab.locator(f"{TARGETS}, {CHECKS}, nav a:visible, .acts a:visible, a.button:visible").all():
        box = await target.bounding_box()
        assert box["height"] >= TARGET_MIN, await target.inner_text()
    for field in await tab.locator("input[id]:visible, select:visible, textarea:visible").all():
        name = await field.get_attribute("id")
        assert await tab.locator(f'label[for="{name}"]').count() == 1


@pytest.mark.timeout(240)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_incident_is_carried_by_the_buttons_alone(tmp_path, scheme):
    """From a page to its end, on a phone, without a script."""
    async with (
        a_front(tmp_path, public_url=None) as front,
        a_browser_page(color_scheme=scheme, java_script_enabled=False) as (tab, said),
    ):
        page = await front.page()
        await signs_in(front, tab)
        await tab.goto(f"{front.base}/me/pages/{page}")
        await tab.get_by_text("More than a page?").click()
        await tab.get_by_role("link", name="Declare an incident").click()
        await looks_right(tab)
        await tab.get_by_label("Are customers blocked").select_option("yes")
        await tab.get_by_label("Is money, data").select_option("yes")
        await tab.get_by_label("Who is hit, and how").fill("a fifth of all payments fail")
        await tab.get_by_text("A core journey is blocked").click()
        await tab.get_by_role("button", name="Declare it").click()
        await tab.wait_for_url("**/i/1?done=declared")
        await looks_right(tab)
        assert await tab.get_by_role("status").inner_text() == "It is declared. People are being asked."
        assert "take the role of incident commander" in await tab.locator(".next").inner_text()
        await tab.locator(".next").get_by_role("button", name="I take it").click()
        await tab.wait_for_url("**/i/1?done=take")
        await tab.get_by_role("link", name="Try a mitigation").click()
        await looks_right(tab)
        await tab.get_by_label("What exactly").fill("release 41")
        await tab.get_by_role("button", name="It begins now").click()
        await tab.wait_for_url("**/i/1?done=mitigate")
        assert await tab.locator(".order .here").inner_text() == "restore"
        await tab.get_by_role("link", name="Post update", exact=True).click()
        await tab.get_by_label("What we know").fill("release 41 fills the connection pool")
        await tab.get_by_label("The impact is").select_option("improving")
        await looks_right(tab)
        await tab.get_by_role("button", name="Post it").click()
        await tab.wait_for_url("**/i/1?done=update")
        await tab.get_by_role("link", name="The impact is over").click()
        await tab.get_by_role("button", name="Watch it").click()
        await tab.wait_for_url("**/i/1?done=monitor")
        await looks_right(tab)
        await tab.get_by_role("link", name="Resolve: 0 of 6 met").click()
        await tab.get_by_text("Say what you found").first.click()
        await tab.get_by_label("How you know").first.fill("ten test payments went through")
        await looks_right(tab)
        await tab.get_by_role("button", name="I saw it met").first.click()
        await tab.wait_for_url("**/i/1/resolve?done=criterion")
        await tab.get_by_text("Resolve it against what is unmet").click()
        await tab.get_by_label("Why it is resolved all the same").fill("the region is gone")
        await looks_right(tab)
        await tab.get_by_role("button", name="Resolve it all the same").click()
        await tab.wait_for_url("**/i/1?done=resolved")
        await looks_right(tab)
        writes = front.store.writes
        await tab.reload()

        assert front.store.writes == writes
        assert (await story_of(front)).incident.status is IncidentStatus.RESOLVED
        assert said == []


@pytest.mark.timeout(120)
async def test_the_page_about_how_incidents_are_run_can_be_read_and_printed(tmp_path):
    """Nothing of it is wider than the phone, and all of it is on paper."""
    async with a_front(tmp_path, public_url=None) as front, a_browser_page(java_script_enabled=False) as (tab, said):
        await signs_in(front, tab)
        await tab.get_by_role("link", name="How they are run").click()
        await looks_right(tab)
        await tab.emulate_media(media="print")

        assert await tab.get_by_role("heading", name="Stop the bleeding").is_visible()
        assert not await tab.get_by_role("link", name="Declare one").is_visible()
        assert said == []


@pytest.mark.timeout(180)
async def test_the_first_minutes_the_customers_and_the_postmortem_fit_a_phone(tmp_path):
    """Without a script: answer a question, put a text before customers, ask for the review; all folded out."""
    async with (
        a_front(tmp_path, public_url=None, plan=a_public_plan()) as front,
        a_browser_page(java_script_enabled=False) as (tab, said),
    ):
        await declared(front, service="payments-api")
        await signs_in(front, tab, "dora")
        await tab.goto(f"{front.base}/i/1")
        await tab.get_by_role("link", name="First minutes").click()
        await folded_out(tab)
        await looks_right(tab)
        await tab.locator("#text-scope").fill("a fifth of all payments")
        await tab.get_by_role("button", name="This is the answer").nth(0).click()
        await tab.wait_for_url("**/i/1/checklist?done=step")
        await tab.goto(f"{front.base}/i/1/public")
        await folded_out(tab)
        await looks_right(tab)
        await tab.get_by_role("button", name="Put it before customers").click()
        await tab.wait_for_url("**/i/1/public?done=public-approve")
        browser = await Browser(front).signs_in("ben")
        await send(browser, "/i/1/resolve", action="override", override="it is gone", text="release 41")
        await tab.goto(f"{front.base}/i/1/postmortem")
        await folded_out(tab)
        await looks_right(tab)
        await tab.get_by_role("button", name="Ask for a review").click()
        await looks_right(tab)

        assert "gap" in await tab.get_by_role("alert").inner_text()
        assert (await story_of(front)).incident.public.published == 1
        assert [one for one in said if "409 (Conflict)" not in one] == []


async def folded_out(tab):
    """Open all that is folded."""
    folded = tab.locator("details:not([open]) > summary")
    while await folded.count():
        await folded.first.click()


@pytest.mark.timeout(180)
async def test_nothing_that_anybody_wrote_is_run(tmp_path):
    """In a title, an impact, notes, mitigations, on every page of an incident."""
    async with a_front(tmp_path, public_url=None) as front, a_browser_page() as (tab, said):
        browser = await Browser(front).signs_in("ben")
        answers = {"core_blocked": "yes", "at_risk": "yes", "growing": "no", "severity": "", "found": ""}
        fields = answers | {"title": NASTY[0], "impact": " ".join(NASTY), "team": "payments", "service": NASTY[1]}
        await send(browser, "/declare", **fields)
        for words in NASTY:
            await send(browser, "/i/1/note", text=words, at="")
            await send(browser, "/i/1/mitigate", kind="rollback", text=words, why="")
            await send(browser, "/i/1/checklist", action="hypothesis", text=words)
        await signs_in(front, tab)
        for path in ("i/1", "incidents", "me", "i/1/update", "i/1/resolve", "i/1/mitigation", "i/1/checklist"):
            await tab.goto(f"{front.base}/{path}")
            assert NASTY[0] in await tab.locator("main").inner_text()
            await looks_right(tab)

        assert said == []
