"""People sign in with a code on their own phone or mailbox; strangers learn nothing and get nowhere."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.people import Medium
from pagerd.core.signin import ASKED_OF_PEER_MAX, CODE_LASTS, CODES_MAX, TRIES_MAX
from pagerd.engine import mornings
from pagerd.engine.tick import tick
from pagerd.stores.records import history, pages
from tests.builders import NIGHT, a_person, a_plan
from tests.web.browsing import Browser, sent_to
from tests.web.front import a_front


@pytest.fixture
def browser(front):
    """A browser that holds nothing yet."""
    return Browser(front)


def codes(front):
    """Return the messages with a code that left."""
    return [one for one in front.sent if one.sign_in_code]


def move(front, length):
    """Let time go by."""
    front.clock.move_to(front.clock.now() + length)


async def test_a_person_signs_in_with_a_code_on_their_phone(front, browser):
    """By name; the browser then holds a session that scripts cannot read and no neighbour's host gets."""
    asked = await browser.post("/sign-in", {"who": "Ana", "by": "sms"})
    assert sent_to("/sign-in", asked) == "/sign-in/code"
    assert (await browser.get("/sign-in/code")).status == 200
    await tick(front.engine)
    (message,) = codes(front)
    assert (message.notification.person, message.notification.medium) == ("ana", Medium.SMS)
    entered = await browser.enters(f"{message.sign_in_code[:4]} {message.sign_in_code[4:]}")

    assert sent_to("/sign-in/code", entered) == "/me"
    cookie = next(one for one in entered.headers.getall("Set-Cookie") if one.startswith("__Host-pagerd="))
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly",
        "Max-Age=604800",
        "Path=/",
        "SameSite=Lax",
        "Secure",
    }
    assert set(browser.cookies) == {"__Host-pagerd"}
    shown = await browser.get("/me")
    assert (shown.status, "<h1>Ana</h1>" in shown.text) == (200, True)
    assert shown.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("who", "person"),
    [
        ("ana", "ana"),
        ("  ANA ", "ana"),
        ("ana@example.com", "ana"),
        ("+49 151 000-003-04", "ana"),
        ("004915100000304", "ana"),
        ("0151 00000304", None),
        ("an", None),
        ("payments", None),
        ("payments@example.com", None),
        ("%", None),
        ("ana' OR '1'='1", None),
    ],
)
async def test_who_is_meant(front, browser, who, person):
    """A whole name, address or number, as the files have it; nothing else is anybody."""
    plan = a_plan()
    assert plan.people["ana"].sms == "+4915100000304"
    await browser.asks(who)

    assert [one.notification.person for one in codes(front)] == ([person] if person else [])


async def test_a_name_of_two_people_is_nobodys(tmp_path):
    """Whoever of them is meant, the other one would get the code."""
    plan = a_plan()
    people = {**plan.people, "ben": a_person("ben", name="Ana")}
    async with a_front(tmp_path, plan=replace(plan, people=people)) as front:
        assert await Browser(front).asks("Ana") is None
        assert await Browser(front).asks("ana@example.com") is not None


async def test_strangers_do_not_learn_who_is_known(front):
    """Each answer is the same sign by sign, and what the store does for it is the same too, up to the last try."""
    seen = []
    for who in ("ana", "nobody at all"):
        browser, before = Browser(front), len(front.store.statements)
        answers = [
            await browser.post("/sign-in", {"who": who, "by": "sms"}),
            await browser.get("/sign-in/code"),
            *[await browser.enters("0") for _ in range(TRIES_MAX)],
        ]
        told = [(answer.status, answer.body, answer.headers.get("Location")) for answer in answers]
        seen.append((told, front.store.statements[before:]))

    assert seen[0] == seen[1]


async def test_a_code_is_for_the_browser_that_asked(front, browser):
    """Another one, that of whoever asked in my name, gets nowhere with it; nor does one that asked for itself."""
    code = await browser.asks("ana")
    other = Browser(front)
    assert sent_to("/sign-in/code", await other.enters(code)) == "/sign-in"
    await other.asks("ben")
    assert (await other.enters(code)).status == 403

    assert (await browser.enters(code)).status == 303


async def test_a_code_works_once(front, browser):
    """Whoever reads over a shoulder is too late."""
    code = await browser.asks("ana")
    held = dict(browser.cookies)
    assert (await browser.enters(code)).status == 303
    again = await Browser(front, held).enters(code)

    assert again.status == 403
    assert "worth nothing any more" in again.text


async def test_two_who_type_it_at_once(front, browser):
    """One of them is in."""
    code = await browser.asks("ana")
    both = [Browser(front, dict(browser.cookies)) for _ in range(2)]
    answers = await asyncio.gather(*(one.enters(code) for one in both))

    assert sorted(answer.status for answer in answers) == [303, 403]


async def test_a_full_disk_keeps_its_room_for_pages(front, browser, monkeypatch):
    """What strangers ask for can wait; whoever is signed in looks on."""
    await browser.signs_in("ana")
    monkeypatch.setattr(type(front.store), "is_short", True)
    answer = await Browser(front).post("/sign-in", {"who": "ana", "by": "sms"})

    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (await browser.get("/me")).status == 200


async def test_while_the_store_takes_nothing_the_page_says_so(front, browser):
    """In words for people, and nothing was done."""
    front.store.fails = True
    asked = await browser.post("/sign-in", {"who": "ana", "by": "sms"})

    assert (asked.status, "Nothing was changed." in asked.text) == (503, True)


async def test_a_code_is_good_for_ten_minutes(front, browser):
    """And not a second longer."""
    code = await browser.asks("ana")
    move(front, CODE_LASTS)

    assert (await browser.enters(code)).status == 403


async def test_five_wrong_codes_end_it(front, browser):
    """Also for the right one; it is written down, and counted."""
    code = await browser.asks("ana")
    wrong = "00000000" if code != "00000000" else "00000001"
    for left in range(TRIES_MAX - 1, 0, -1):
        answer = await browser.enters(wrong)
        assert (answer.status, ("one more try" if left == 1 else f"{left} more tries") in answer.text) == (403, True)
    await browser.enters(wrong)
    assert (await browser.enters(code)).status == 403
    await tick(front.engine)

    assert front.metric("pagerd_sign_in_failures_total") == TRIES_MAX + 1
    assert (await chain(front))[-1] == ("SignInFailed", {"person": "ana", "wrong": TRIES_MAX, "from": ""})


async def chain(front):
    """Return what the audit chain says of signing in."""
    rows = await front.engine.read(lambda c: history.of_object(c, "sign-ins"))
    return [(row.event, json.loads(row.body)) for row in rows]


async def test_the_operators_hear_of_many_wrong_codes(front):
    """Two askings used up in one name: somebody guesses."""
    for _ in range(2):
        browser = Browser(front)
        await browser.asks("ana")
        for _ in range(TRIES_MAX):
            await browser.enters("1")
            await tick(front.engine)
    alarms = [one.notification for one in front.sent if "wrong sign-in codes" in one.notification.text]

    assert {one.person for one in alarms} == {"dora"}
    assert alarms[0].text == "10 wrong sign-in codes in 60 min in the name of Ana: ask them whether that was them"


async def test_nobody_is_flooded(front):
    """However often somebody asks in my name, my phone gets six codes in a quarter of an hour and twenty in a day."""
    for _ in range(CODES_MAX + 4):
        await Browser(front).asks("ana")
    assert len(codes(front)) == CODES_MAX
    for _ in range(10):
        move(front, timedelta(minutes=16))
        for _ in range(4):
            await Browser(front).asks("ana")

    assert len(codes(front)) == 20


async def test_one_address_asks_twenty_times(front, monkeypatch):
    """Whoever it asks for; loopback alone has no such limit, a proxy there speaks for everybody."""
    monkeypatch.setattr("pagerd.web.signin.peer_of", lambda _call: "203.0.113.7")
    for turn in range(ASKED_OF_PEER_MAX):
        await Browser(front).asks(f"nobody {turn}")
    refused = await Browser(front).post("/sign-in", {"who": "ana", "by": "sms"})

    assert (refused.status, "Too many codes" in refused.text) == (429, True)
    monkeypatch.setattr("pagerd.web.signin.peer_of", lambda _call: "203.0.113.8")
    assert await Browser(front).asks("ana") is not None


async def test_the_limits_hold_over_a_restart(tmp_path):
    """They are rows, so they hold for all nodes, too."""
    async with a_front(tmp_path) as front:
        for _ in range(CODES_MAX):
            assert await Browser(front).asks("ana")
    async with a_front(tmp_path) as front:
        assert await Browser(front).asks("ana") is None


async def test_a_sleeper_is_not_woken_by_a_stranger(front):
    """By night a code comes by mail, whatever was asked for; who has no mailbox is texted once an hour at most."""
    front.clock.move_to(NIGHT)
    await Browser(front).asks("ana")
    people = {**front.engine.plan.people, "ben": a_person("ben", email=None)}
    front.engine.plan = replace(front.engine.plan, people=people)
    for _ in range(3):
        await Browser(front).asks("ben")

    assert [(one.notification.person, one.notification.medium) for one in codes(front)] == [
        ("ana", Medium.EMAIL),
        ("ben", Medium.SMS),
    ]


async def test_whoever_a_page_woke_gets_a_text(front):
    """They are up, and hold the phone in their hand."""
    front.clock.move_to(NIGHT)
    page = await front.page()

    async def rang(work):
        found = await pages.find(work.c, page)
        await mornings.rung(work, work.plan.people["ana"], found, work.now)

    await front.engine.transact(rang)
    await Browser(front).asks("ana")

    assert codes(front)[-1].notification.medium is Medium.SMS


async def test_a_code_is_never_held_back_and_stands_in_no_row(front, browser):
    """A page text a second before does not delay it; the database has its hash alone."""
    await front.page()
    code = await browser.asks("ana")
    assert code is not None

    async def everything(c):
        tables = [row[0] for row in await c.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [repr(await c.execute(f"SELECT * FROM {name}")) for name in tables]  # noqa: S608

    kept = "".join(await front.engine.read(everything))
    assert code not in kept
    assert all(value not in kept for value in browser.cookies.values())


async def test_while_it_only_observes_nobody_signs_in(front):
    """Nothing is sent, so no code is; the page says so and offers no form."""
    front.engine.observing = True
    shown = await Browser(front).get("/sign-in")
    asked = await Browser(front).post("/sign-in", {"who": "ana", "by": "sms"})

    assert "only observes" in shown.text
    assert "<form" not in shown.text
    assert asked.status == 403


async def test_without_https_only_the_host_itself_signs_in(tmp_path, monkeypatch):
    """On loopback the cookie has a plain name, or no browser would keep it; from elsewhere the page says what lacks."""
    async with a_front(tmp_path, public_url=None) as front:
        browser = await Browser(front).signs_in()
        assert set(browser.cookies) == {"pagerd"}
        monkeypatch.setattr("pagerd.web.signed_in.peer_of", lambda _call: "203.0.113.7")
        refused = await Browser(front).post("/sign-in", {"who": "ana", "by": "sms"})
        assert (refused.status, "public_url" in refused.text) == (403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": ""},
    ],
)
async def test_no_other_site_can_sign_somebody_in(front, browser, headers):
    """Or it would sign me in as somebody else, and read what I write there."""
    for path in ("/sign-in", "/sign-in/code"):
        answer = await browser.post(path, {"who": "ana", "code": "1"}, **headers)
        assert (answer.status, "another site" in answer.text) == (403, True)

    assert front.store.writes == 0


async def test_after_signing_in_one_is_where_one_wanted_to_be(front, browser):
    """A link in a chat leads to a page of ours, by way of the code, and nowhere else."""
    page = await front.page()
    turned = await browser.get(f"/me/pages/{page}")
    assert sent_to(f"/me/pages/{page}", turned) == f"/sign-in?to=me/pages/{page}"
    shown = await browser.get(f"/sign-in?to=me/pages/{page}")
    assert f'name="to" value="me/pages/{page}"' in shown.text
    asked = await browser.post("/sign-in", {"who": "ana", "by": "sms", "to": f"me/pages/{page}"})
    assert sent_to("/sign-in", asked) == f"/sign-in/code?to=me/pages/{page}"
    await tick(front.engine)
    answer = await browser.post("/sign-in/code", {"code": codes(front)[-1].sign_in_code, "to": f"me/pages/{page}"})

    assert sent_to("/sign-in/code", answer) == f"/me/pages/{page}"


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example", "javascript:x", "/\\evil", "a/../b", "..", "me\nx", "a" * 999 + "."],
)
async def test_nobody_is_sent_to_another_site(front, browser, to):
    """What is no plain path of ours is left out."""
    code = await browser.asks("ana")
    answer = await browser.post("/sign-in/code", {"code": code, "to": to})

    assert answer.headers["Location"] == "../me"


async def test_whoever_is_signed_in_is_not_asked_again(front, browser):
    """They are sent on."""
    await browser.signs_in()

    assert sent_to("/sign-in", await browser.get("/sign-in")) == "/me"


async def test_signing_in_changes_the_session(front, browser):
    """One that somebody planted, or that was there before, is worth nothing afterwards."""
    browser.cookies["__Host-pagerd"] = "planted"
    await browser.signs_in()
    first = browser.cookies["__Host-pagerd"]
    assert first != "planted"
    await browser.signs_in()

    assert browser.cookies["__Host-pagerd"] != first
    assert (await Browser(front, {"__Host-pagerd": first}).get("/me")).status == 303
    assert [event for event, _ in await chain(front)] == [
        *("SignInCodeSent", "SignedIn"),
        *("SignInCodeSent", "SignedOut", "SignedIn"),
    ]


async def test_what_is_written_down_names_person_way_and_masked_address(front, browser):
    """Who, when, by which contact; no number in full, and no code."""
    await browser.signs_in()
    (_, sent), (_, entered) = await chain(front)

    assert sent == {"person": "ana", "medium": "sms", "to": "+49…304", "from": ""}
    assert entered == {"session": entered["session"], "person": "ana", "medium": "sms", "from": ""}
    assert front.metric("pagerd_sign_ins_total") == 1
