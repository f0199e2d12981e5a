import html
import re
from datetime import timedelta
from pathlib import Path

import pytest

from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.engine import commands, queries
from pagerd.engine.chance import hash_of
from pagerd.sources import grafana
from tests.builders import a_person, a_plan, minutes
from tests.web.front import SOURCE_TOKEN, TWILIO_TOKEN, a_front, a_source

MAILED = {Urgency.HIGH: (NotificationRule(Medium.EMAIL),), Urgency.LOW: (NotificationRule(Medium.EMAIL),)}


@pytest.fixture
def mail_plan():
    """A plan in which everybody is paged by mail."""
    plan = a_plan()
    return a_plan(people={name: a_person(name, zone=one.zone, notify=MAILED) for name, one in plan.people.items()})


async def status_of(front, page_id):
    """Return a page's status."""
    return (await front.engine.read(lambda c: queries.page_story(c, page_id))).page.status.value


async def history_of(front, page_id):
    """Return the number of timeline entries: what happened to the page."""
    return len((await front.engine.read(lambda c: queries.page_story(c, page_id))).entries)


async def press(front, token, **fields):
    """Press a button."""
    return await front.ask("POST", f"/p/{token}", data={"action": "ack", **fields})


async def test_the_page_says_what_where_since_and_what_to_do_first(front):
    """All that a woken person needs, in the zone of the one who reads."""
    await front.page()
    answer = await front.ask("GET", f"/p/{front.link()}")

    assert answer.status == 200
    text = html.unescape(answer.text)
    for words in (
        "sev2 High",
        "CheckoutErrors",
        "Checkout fails for 7 % of customers",
        "Payments / payments-api",
        "12:00 (Europe/Berlin)",
        "Restart the canary.",
        "Payments answer with errors",
        "Paged Ana" if "Paged Ana" in text else "Paged ana",
        "Nobody has it yet. Ana was asked.",
        "acknowledge",
    ):
        assert words in text
    assert "<script" not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_pagerd_that_only_observes_says_so_on_the_page_and_in_the_answer(front):
    """A link from before may still open it: whoever presses must know that nobody else hears of it."""
    page = await front.page()
    link, token = front.link(), await front.token("ana", "ack")
    front.engine.observing = True
    front.state["observing_since"] = front.clock.now()
    shown = await front.ask("GET", f"/p/{link}")
    acked = await front.ask("POST", f"/api/v1/pages/{page}/ack", token=token, json={})

    assert "This pagerd only observes: nobody else is told what you do here." in shown.text
    assert shown.headers["Pagerd-Observing"] == "true"
    assert acked.json["sentence"].endswith("This pagerd only observes: nobody is told.")


async def test_trouble_of_pagerd_itself_stands_on_top(front):
    """On a good night nothing; with broken files or a late heartbeat the reader knows before they trust the page."""
    await front.page()
    calm = (await front.ask("GET", f"/p/{front.link()}")).text
    front.state.update(plan_ok=False, last_tick_age_seconds=90.0)
    loud = (await front.ask("GET", f"/p/{front.link()}")).text

    assert "pagerd itself" not in calm
    assert (
        "pagerd itself is in trouble: the heartbeat is 90 s old: steps are not taken; "
        "its config files are broken, so that an older config is in force."
    ) in loud


ROBOTS = [
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"Purpose": "prefetch"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ("GET", {"User-Agent": "facebookexternalhit/1.1"}),
    ("GET", {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}),
    ("GET", {"User-Agent": "Mozilla/5.0 (compatible; Microsoft Defender SafeLinks)"}),
    ("OPTIONS", {"Origin": "https://evil.example"}),
    ("PROPFIND", {}),
]


@pytest.mark.parametrize(("method", "headers"), ROBOTS, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("query", ["", "?action=ack", "?done=ack", "?action=resolve&code=42"])
async def test_looking_never_acts(front, method, headers, query):
    """Previewers, prefetchers and gateways follow links: nothing happens to the page."""
    page = await front.page()
    entries = await history_of(front, page)
    writes = front.store.writes
    for _ in range(2):
        await front.ask(method, f"/p/{front.link()}{query}", headers=headers)

    assert await status_of(front, page) == "triggered"
    assert await history_of(front, page) == entries
    assert front.store.writes == writes


async def test_one_press_on_a_link_of_a_text_acknowledges(front):
    """A text's link acts on one press, under the name of the one it was sent to."""
    page = await front.page()
    token = front.link()
    answer = await press(front, token)

    assert (answer.status, answer.headers["Location"]) == (303, "?done=ack")
    shown = html.unescape((await front.ask("GET", f"/p/{token}?done=ack")).text)
    assert "Done. It is yours" in shown
    assert "It is yours until 12:30." in shown
    assert "Ana acknowledged through the link" in shown or "ana acknowledged through the link" in shown
    assert await status_of(front, page) == "acknowledged"


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"action": "resolve"}, "resolved", "resolved"),
        ({"action": "escalate"}, "triggered", "asked for the next step"),
        ({"action": "snooze", "for": "1h"}, "acknowledged", "snoozed the page"),
    ],
)
async def test_each_button_does_what_it_says(front, fields, status, words):
    """Resolve, escalate and snooze are acts too."""
    page = await front.page()
    token = front.link()
    answer = await press(front, token, **fields)

    assert answer.status == 303
    assert await status_of(front, page) == status
    assert words in (await front.ask("GET", f"/p/{token}")).text


async def test_a_page_can_be_said_to_be_more_than_one(front):
    """Then it is the reader's, nobody else is paged, and what cannot be done with it twice is not offered twice."""
    await front.page()
    token = front.link()
    before = await front.ask("GET", f"/p/{token}")
    pressed = await press(front, token, action="suspect")
    after = await front.ask("GET", f"/p/{token}")
    again = await press(front, token, action="suspect")

    assert "Suspect an incident" in before.text
    assert (pressed.status, pressed.headers["Location"]) == (303, "?done=suspect")
    assert "Part of incident 1" in after.text
    assert "It is yours while incident 1 is open." in after.text
    assert "Suspect an incident" not in after.text
    assert (again.status, "is part of incident 1 already" in again.text) == (409, True)


async def test_what_an_incident_asks_for_is_taken_by_one_press(front):
    """It can be taken and escalated, and neither snoozed nor resolved."""
    of_cho = await front.token("cho", "ack")
    body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev2"}
    await front.ask("POST", "/api/v1/incidents", token=of_cho, json=body)
    token = front.link()
    shown = await front.ask("GET", f"/p/{token}")
    refused = await press(front, token, action="resolve")
    await press(front, token, action="ack")

    assert "I take it" in shown.text
    assert "Snooze or resolve" not in shown.text
    assert (refused.status, "cannot be resolved by hand" in refused.text) == (409, True)
    one = (await front.ask("GET", "/api/v1/incidents/1", token=of_cho)).json["incident"]
    assert [role["holder"] for role in one["roles"]] == ["dora", None, None]


@pytest.mark.parametrize("fields", [{"action": ""}, {"action": "delete"}, {"action": "snooze", "for": "soon"}])
async def test_what_is_no_button_is_400(front, fields):
    """A form that this page does not have changes nothing."""
    page = await front.page()
    entries = await history_of(front, page)
    answer = await press(front, front.link(), **fields)

    assert answer.status == 400
    assert await history_of(front, page) == entries


async def test_the_second_to_press_is_told_who_has_it(front):
    """The first answer wins; the second learns it on the page."""
    page = await front.page()
    await front.engine.transact(lambda work: commands.acknowledge(work, page, "ben", "cli"))
    answer = await press(front, front.link())

    assert answer.status == 409
    assert "was acknowledged by Ben" in answer.text


async def test_a_mistaken_press_is_undone_while_it_is_fresh(front):
    """The button is there for five minutes, to whoever pressed, and the page is paged again."""
    page = await front.page()
    token = front.link()
    await press(front, token)
    fresh = (await front.ask("GET", f"/p/{token}")).text
    undone = await press(front, token, action="undo")
    status = await status_of(front, page)
    await press(front, token)
    front.clock.move_to(front.clock.now() + minutes(5.1))
    late = await press(front, token, action="undo")

    assert 'value="undo"' in fresh
    assert (undone.status, undone.headers["Location"], status) == (303, "?done=undo", "triggered")
    assert late.status == 409
    assert 'value="undo"' not in late.text
    assert await status_of(front, page) == "acknowledged"


async def test_a_helper_is_told_that_it_stays_with_its_holder(front):
    """Whoever was asked for help does not take the page by saying that they come."""
    page = await front.page()
    await front.engine.transact(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    await front.engine.transact(lambda work: commands.add_responder(work, page, "ana", "cli", "ben"))
    token = front.link()
    asked = (await front.ask("GET", f"/p/{token}")).text
    answer = await press(front, token)
    shown = html.unescape((await front.ask("GET", f"/p/{token}?done=help")).text)

    assert "I come to help" in asked
    assert (answer.status, answer.headers["Location"]) == (303, "?done=help")
    assert "Done. Whoever has it is told that you come to help." in shown
    assert "Ana has it until" in shown


async def test_presses_are_counted_as_answers(front):
    """The first acts; the second comes too late, whether somebody has the page or it has ended."""
    page = await front.page()
    await front.engine.transact(lambda work: commands.acknowledge(work, page, "ben", "sms"))
    await press(front, front.link())
    await press(front, front.link(), action="resolve")
    await press(front, front.link())

    assert front.metric("pagerd_replies_total", channel="link", result="acted") == 1
    assert front.metric("pagerd_replies_total", channel="link", result="too_late") == 2
    assert front.metric("pagerd_page_acks_total", channel="link") == 0


async def test_a_resolved_page_has_no_buttons_and_takes_no_act(front):
    """What is over says so."""
    page = await front.page()
    token = front.link()
    await front.engine.transact(lambda work: commands.resolve(work, page, "ben", "cli"))
    shown = (await front.ask("GET", f"/p/{token}")).text
    answer = await press(front, token)

    assert "<button" not in shown
    assert "Resolved by Ben" in shown
    assert answer.status == 409
    assert "is resolved already" in answer.text


@pytest.mark.parametrize("token", ["x", "A" * 22, "a" * 5000, "..%2f..%2fetc", "%c3%bcn%c3%af"])
async def test_an_unknown_link_says_what_to_do(front, token):
    """Whoever holds a dead link is told how to answer all the same."""
    await front.page()
    for answer in (await front.ask("GET", f"/p/{token}"), await press(front, token)):
        assert answer.status == 404
        assert "Answer the text with its code" in answer.text
        assert "pagerd ack" in answer.text


async def test_only_the_hash_of_a_link_is_stored(front):
    """Whoever reads the database can open no page with it."""
    await front.page()
    token = front.link()

    async def everything(c):
        tables = await c.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return str([await c.execute(f"SELECT * FROM {name}") for (name,) in tables])  # noqa: S608  # fixed names

    stored = await front.engine.read(everything)

    assert hash_of(token) in stored
    assert token not in stored


async def test_a_link_ends_after_a_day(front):
    """A link that lies around opens nothing."""
    await front.page()
    token = front.link()
    front.clock.move_to(front.clock.now() + timedelta(hours=24, seconds=1))

    assert (await front.ask("GET", f"/p/{token}")).status == 404
    assert (await press(front, token)).status == 404


async def test_a_link_of_somebody_who_left_opens_nothing(front):
    """Who is no longer in the plan cannot act through an old link."""
    page = await front.page()
    token = front.link()
    people = {name: one for name, one in front.engine.plan.people.items() if name != "ana"}
    front.engine.plan = a_plan(people=people)

    assert (await press(front, token)).status == 404
    assert await status_of(front, page) == "triggered"


async def test_a_changed_sign_of_the_token_opens_nothing(front):
    """A link is one of 2 ** 128."""
    await front.page()
    token = front.link()
    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        assert (await front.ask("GET", f"/p/{token[:at]}{other}{token[at + 1 :]}")).status == 404


async def test_a_link_of_a_mail_needs_the_code(tmp_path, mail_plan):
    """Mail gateways press buttons: without the page's code nothing happens, with it the person has answered."""
    async with a_front(tmp_path, plan=mail_plan) as front:
        page = await front.page()
        token, code = front.link(Medium.EMAIL), front.code()
        assert "Reply code of this page" in (await front.ask("GET", f"/p/{token}")).text
        for fields in ({}, {"code": ""}, {"code": "nonsense"}, {"code": "ünï"}):
            for action in ("ack", "resolve", "escalate", "snooze"):
                front.clock.move_to(front.clock.now() + minutes(11))
                answer = await press(front, token, action=action, **fields)
                assert answer.status == 403
        assert await status_of(front, page) == "triggered"

        assert (await press(front, token, code=f" {code.lower()} ")).status == 303
        assert await status_of(front, page) == "acknowledged"


async def test_five_wrong_codes_lock_the_page_for_ten_minutes(tmp_path, mail_plan):
    """Two digits cannot be guessed by trying; later the right one does again."""
    async with a_front(tmp_path, plan=mail_plan) as front:
        page = await front.page()
        token, code = front.link(Medium.EMAIL), front.code()
        wrong = "00" if code != "00" else "11"
        for _ in range(5):
            assert "not the code" in (await press(front, token, code=wrong)).text
        locked = await press(front, token, code=code)

        assert locked.status == 403
        assert "Too many wrong codes" in locked.text
        assert front.metric("pagerd_replies_total", channel="email", result="unauthorized") == 5
        assert await status_of(front, page) == "triggered"
        front.clock.move_to(front.clock.now() + minutes(11))
        assert (await press(front, token, code=code)).status == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "https://pager.example.com"}, 303),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "https://other.example.com"}, 403),
    ],
)
async def test_a_form_of_another_site_is_refused(front, headers, status):
    """The token is the proof; where a browser says that another site sent the form, it is refused all the same."""
    await front.page()
    answer = await front.ask("POST", f"/p/{front.link()}", data={"action": "ack"}, headers=headers)

    assert answer.status == status


async def test_a_form_has_a_limit(front):
    """Four KiB are more than any button needs."""
    await front.page()
    assert (await press(front, front.link(), code="x" * 5000)).status == 413
    assert (await front.ask("POST", f"/p/{front.link()}", data={f"f{n}": "1" for n in range(500)})).status in (400, 413)


async def test_a_store_in_trouble_is_said_in_plain_words(front):
    """The reader learns that nothing was changed and how else to answer."""
    await front.page()
    token = front.link()
    front.store.fails = True
    answer = await press(front, token)

    assert answer.status == 503
    assert "nothing was changed" in answer.text
    assert "Answer the text" in answer.text


XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in y %}",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "\u202e\x1b[31m<b>",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("payload", XSS)
async def test_what_an_alert_says_is_text(front, payload):
    """In every label and annotation, and in the page's own words: shown, never run."""
    labels = {"instance": payload, "cluster": payload, "namespace": payload}
    annotations = {
        # A summary with a template left in it is no page; the labels carry that one.
        "summary": payload if "{{" not in payload else "plain",
        "description": payload,
        "runbook_url": "runbooks/payments-5xx.md",
        "dashboard": payload,
        "dashboard_url": payload,
        "panel_url": payload,
        "image_url": payload,
        "silence_url": payload,
        "values": payload,
    }
    body = {"alerts": [{"fingerprint": "x", "labels": labels, "annotations": annotations}]}
    answer = await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", json=body)
    assert answer.status == 200
    shown = (await front.ask("GET", f"/p/{front.link()}")).text

    tags = set(re.findall(r"<([a-zA-Z]+)", shown))
    assert not tags & {"script", "img", "svg", "iframe", "object", "b"}
    assert not re.search(r"<[^>]*\son\w+=", shown)
    for href in re.findall(r'href="([^"]*)"', shown):
        assert re.fullmatch(r"\.\./static/style\.css|\.\./me/pages/p-\w+/declare|https?://.*", href, re.DOTALL)
    assert "49" not in re.findall(r"\d+", shown.partition("<h1>")[2].partition("</h1>")[0])


async def test_links_of_alerts_tell_nobody_where_they_were_followed(front):
    """Only http and https are links, and each is opened without a referrer."""
    body = {
        "alerts": [
            {
                "fingerprint": "x",
                "annotations": {
                    "summary": "s",
                    "runbook_url": "https://runbooks.example.com/x?token=1&a=b",
                    "action": "do",
                },
            }
        ]
    }
    await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", json=body)
    shown = (await front.ask("GET", f"/p/{front.link()}")).text

    assert 'href="https://runbooks.example.com/x?token=1&amp;a=b" rel="noreferrer noopener"' in shown


async def test_what_grafana_says_besides_is_on_the_page(tmp_path):
    """From the captured form of its message: the links that people press, and what was measured."""
    graphs = a_source("graphs", kind="grafana", path="/api/v1/grafana/graphs", parser=grafana.parse)
    body = (Path(__file__).parents[1] / "sources/payloads/grafana-firing.json").read_bytes()
    async with a_front(tmp_path, sources={"graphs": graphs}) as front:
        answer = await front.ask("POST", "/api/v1/grafana/graphs", token=SOURCE_TOKEN, data=body)
        shown = html.unescape((await front.ask("GET", f"/p/{front.link()}")).text)

    assert answer.json == {"accepted": 2, "changed": 1, "quarantined": 0}
    for name, url in (
        ("dashboard", "/d/checkout?orgId=1"),
        ("panel", "/d/checkout?orgId=1&viewPanel=4"),
        ("picture", "/img/4.png"),
        (
            "silence at the source",
            "/alerting/silence/new?alertmanager=grafana&matcher=alertname%3DCheckoutErrors&orgId=1",
        ),
    ):
        assert f'href="https://grafana.example.com{url}" rel="noreferrer noopener">{name}</a>' in shown
    assert "Measured: A=0.0712, C=1" in shown


async def test_only_a_handful_of_words_can_be_put_on_the_page_from_outside(front):
    """`done` picks a sentence; it is never shown itself."""
    await front.page()
    shown = (await front.ask("GET", f"/p/{front.link()}?done=%3Cb%3EEvil")).text

    assert "Evil" not in shown
    assert 'role="status"' not in shown


async def test_the_page_is_small(front):
    """A phone at three in the morning has one bar: page and style stay far below 60 kB."""
    await front.page()
    page = await front.ask("GET", f"/p/{front.link()}")
    style = await front.ask("GET", "/static/style.css")

    assert len(page.body) + len(style.body) < 20_000
    assert style.headers["Content-Type"].startswith("text/css")
    assert "max-age" in style.headers["Cache-Control"]
    assert TWILIO_TOKEN not in page.text


async def storm(front, *clusters):
    """Let one alert fire in each cluster, all in one message."""
    alerts = [{"fingerprint": one, "labels": {"cluster": one}} for one in clusters]
    answer = await front.ask("POST", "/api/v1/alertmanager/prod", token=SOURCE_TOKEN, json={"alerts": alerts})
    assert answer.status == 200


async def test_one_press_takes_every_page_that_the_message_stood_for(front):
    """A merged text has one link; it shows the worst, names the others, and one press takes exactly these."""
    await storm(front, "one", "two", "three")
    token, ids = front.link(), front.sent[-1].page_ids
    shown = html.unescape((await front.ask("GET", f"/p/{token}")).text)

    assert "acknowledge all 3" in shown
    assert shown.count("CheckoutErrors · payments-api") == 2

    answer = await press(front, token, action="ack_all")

    assert (answer.status, answer.headers["Location"]) == (303, "?done=ack_all")
    assert [await status_of(front, one) for one in ids] == ["acknowledged"] * 3
    assert "acknowledge all" not in (await front.ask("GET", f"/p/{token}")).text


async def test_one_press_may_take_the_shown_page_only(front):
    """Whoever can carry one of three says so; the others go on."""
    await storm(front, "one", "two", "three")
    token, (shown, *others) = front.link(), front.sent[-1].page_ids

    await press(front, token)

    assert await status_of(front, shown) == "acknowledged"
    assert [await status_of(front, one) for one in others] == ["triggered"] * 2
    assert "Acknowledge the other 2 too" in (await front.ask("GET", f"/p/{token}")).text


async def test_a_merged_mail_asks_for_the_code_of_the_whole_message(tmp_path, mail_plan):
    """The code of one of its pages would stand for that page alone."""
    async with a_front(tmp_path, plan=mail_plan) as front:
        await storm(front, "one", "two")
        token, code = front.link(Medium.EMAIL), front.code()

        assert (await press(front, token, action="ack_all", code="zz")).status == 403
        assert (await press(front, token, action="ack_all", code=code)).status == 303


async def test_taking_all_needs_a_message_that_stands_for_several(front):
    """Of one page there is no all."""
    await front.page()

    assert (await press(front, front.link(), action="ack_all")).status == 400
