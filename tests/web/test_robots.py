"""What reads links before people do: scanners of mail gateways, previewers, prefetchers, a browser that presses all.

Behind a mail's link nothing happens without the code of its page, which stands in the mail and in no form. A text's
link acts on one press, because people at night have one hand: of all robots only one that submits forms could press
there, and previewers of texts fetch, they do not submit. So that robot's press is shown here as what it is.
"""

import re
from datetime import timedelta
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again

import pytest

from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.engine import queries
from pagerd.engine.tick import tick
from tests.share import in_share
from tests.web.front import a_front
from tests.web.test_browser import a_browser_page
from tests.web.test_pages import MAILED, a_person, a_plan

pytestmark = pytest.mark.timeout(in_share(ci=240, proof=6_000))

TIMES = in_share(ci=1, proof=50)

UNFURLERS = (
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Microsoft Defender SafeLinks)",
    "Google-Read-Aloud",
)

TYPED = ("", "test", "1", "47", "admin@example.com")
"""What a robot types into a field that wants something."""


@pytest.fixture
def mail_plan():
    """A plan in which everybody is paged by mail."""
    plan = a_plan()
    return a_plan(people={name: a_person(name, zone=one.zone, notify=MAILED) for name, one in plan.people.items()})


async def acts_on(front, page):
    """Return who has the page, and how many things happened to it."""
    story = await front.engine.read(lambda c: queries.page_story(c, page))
    return story.page.acknowledgement, story.page.status.value, len(story.entries)


def forms_of(html):
    """Return every button of every form with what its fields hold as the page comes, as a robot reads them."""
    for form in re.findall(r"<form.*?</form>", html, flags=re.DOTALL):
        fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*?(?:value="([^"]*)")?[^>]*>', form))
        fields |= dict(re.findall(r'<select[^>]*name="(\w+)">\s*<option value="(\w+)"', form))
        for name, value in re.findall(r'<button name="(\w+)" value="(\w+)"', form):
            yield fields | {name: value}


async def get(front, path, **headers):
    """Fetch, and no more."""
    await front.ask("GET", path, headers=headers)


async def press_all(front, path, **more):
    """Send what the first button of each kind of link sends, whether or not it is there."""
    for action in ("ack", "accept"):
        await front.ask("POST", path, data={"action": action, "code": ""}, **more)


async def visits_twice(front, path):
    """Look, and look again."""
    await get(front, path)
    await get(front, path)


async def submits_forms(front, path):
    """Press each button of each form with its defaults, and with what a robot would type."""
    shown = (await front.ask("GET", path)).text
    for fields in forms_of(shown):
        for typed in TYPED:
            filled = {name: value or typed for name, value in fields.items()}
            for headers in ({}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}):
                await front.ask("POST", path, data=filled, headers=headers)


async def replays_later(front, path):
    """Come back hours later, when the person may have forgotten, and do the same again."""
    front.clock.move_to(front.clock.now() + timedelta(hours=3))
    await submits_forms(front, path)


async def changes_a_byte(front, path):
    """Try what stands beside the token."""
    for at in range(len("/p/"), len(path)):
        other = path[:at] + ("A" if path[at] != "A" else "B") + path[at + 1 :]
        await get(front, other)
        await press_all(front, other)


async def names_another_host(front, path):
    """Ask under a host name that only looks like ours."""
    for host in ("pàger.example.com", "xn--pger-hoa.example.com", "pager.example.com.evil.example", "127.0.0.1"):
        headers = {"Host": host.encode().decode("latin-1")}
        await get(front, path, **headers)
        await press_all(front, path, headers=headers)


async def swaps_the_order(front, path):
    """Submit first and look afterwards."""
    await press_all(front, path)
    await get(front, path)


async def unfurls(front, path):
    """Fetch as messengers do, to draw a picture of what is behind the link."""
    for agent in UNFURLERS:
        await get(front, path, **{"User-Agent": agent, "Accept": "text/html"})


async def in_a_browser(front, path, act):
    """Open the page with scripts on, and do something with it."""
    async with a_browser_page() as (tab, said):
        await tab.goto(front.base + path)
        await act(tab)
        assert [line for line in said if "status of 40" not in line] == []


async def looks(tab):
    """Wait for whatever scripts would do."""
    await tab.wait_for_load_state("networkidle")


async def clicks_the_first_link(tab):
    """Follow the first link, if there is one, also where it is folded away."""
    for summary in await tab.locator("summary").all():
        await summary.click()
    for link in (await tab.locator("a").all())[:1]:
        await link.click(no_wait_after=True, timeout=2_000)


async def clicks_everything(tab):
    """Press whatever can be pressed, typing something where something is asked for."""
    url = tab.url
    for number in range(await tab.locator("button, a, summary").count()):
        await tab.goto(url)
        for summary in await tab.locator("summary").all():
            await summary.click()
        for field in await tab.locator("input[name=code], input[name=who]").all():
            await field.fill("47")
        target = tab.locator("button, a, summary").nth(number)
        if not await target.is_visible():
            continue
        # What leads away from here fails without a network, and is not waited for.
        if await target.evaluate("one => one.tagName == 'BUTTON' || one.origin == location.origin"):
            async with tab.expect_navigation():
                await target.click()
        else:
            await target.click(no_wait_after=True)


ROBOTS = {
    "gets": get,
    "asks for the head": lambda front, path: front.ask("HEAD", path),
    "prefetches": lambda front, path: get(front, path, **{"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"}),
    "unfurls": unfurls,
    "is a browser with scripts": lambda front, path: in_a_browser(front, path, looks),
    "clicks the first link": lambda front, path: in_a_browser(front, path, clicks_the_first_link),
    "clicks everything": lambda front, path: in_a_browser(front, path, clicks_everything),
    "submits forms": submits_forms,
    "visits twice": visits_twice,
    "swaps the order": swaps_the_order,
    "posts without a cookie": press_all,
    "replays hours later": replays_later,
    "changes a byte of the token": changes_a_byte,
    "names another host": names_another_host,
}

PRESSES = {"clicks everything", "submits forms", "swaps the order", "posts without a cookie", "replays hours later"}
PRESSES |= {"names another host"}
"""Robots that submit a form. Behind a text's link a press is an answer, whoever presses."""


def test_there_are_fourteen_kinds():
    """Those that are known from the field."""
    assert len(ROBOTS) == 14


@pytest.mark.parametrize("robot", ROBOTS)
async def test_no_robot_acknowledges_by_the_link_of_a_mail(tmp_path, mail_plan, robot):
    """Whatever it fetches, presses and types, the page is as it was, and nobody has it."""
    for turn in range(TIMES):
        (folder := tmp_path / str(turn)).mkdir()
        async with a_front(folder, plan=mail_plan) as front:
            page = await front.page()
            path = f"/p/{front.link(Medium.EMAIL)}"
            before = await acts_on(front, page)
            assert front.code() not in TYPED
            assert f">{front.code()}<" not in (await front.ask("GET", path)).text, (
                "the code must not stand behind the link"
            )
            await ROBOTS[robot](front, path)
            after = await acts_on(front, page)

        assert before[:2] == (None, "triggered")
        assert after == before


@pytest.mark.parametrize("robot", sorted(ROBOTS.keys() - PRESSES))
async def test_no_robot_acknowledges_by_the_link_of_a_text_without_pressing(front, robot):
    """Fetching, drawing, scripts and links do nothing there either."""
    page = await front.page()
    before = await acts_on(front, page)
    await ROBOTS[robot](front, f"/p/{front.link()}")

    assert await acts_on(front, page) == before


@pytest.mark.parametrize("robot", ROBOTS)
async def test_no_robot_gets_anywhere_on_the_pages_of_people(front, robot):
    """Without a session there is nothing to press but the way in, and nobody is texted by pressing it."""
    page = await front.page()
    before = await acts_on(front, page)
    await ROBOTS[robot](front, f"/me/pages/{page}")

    assert await acts_on(front, page) == before
    await tick(front.engine)
    assert [one for one in front.sent if one.notification.purpose is Purpose.SIGN_IN] == []


async def test_a_press_behind_the_link_of_a_text_is_an_answer(front):
    """By design: one press. It is told to the person it is recorded for, who can undo it."""
    page = await front.page()
    await swaps_the_order(front, f"/p/{front.link()}")
    acknowledgement, status, _ = await acts_on(front, page)

    assert (acknowledgement.by, status) == ("ana", "acknowledged")


async def test_guessing_codes_does_not_help_a_robot(tmp_path, mail_plan):
    """After five wrong ones there is no sixth for ten minutes, whatever it says: nobody tries 100 codes in a night."""
    chance = Random(7)
    async with a_front(tmp_path, plan=mail_plan) as front:
        page = await front.page()
        path, code = f"/p/{front.link(Medium.EMAIL)}", front.code()
        guesses = [guess for number in range(100) if (guess := f"{number:02}") != code]
        chance.shuffle(guesses)
        for guess in [*guesses[:5], code, *guesses[5:20], code]:
            await front.ask("POST", path, data={"action": "ack", "code": guess})

        assert (await acts_on(front, page))[:2] == (None, "triggered")
