"""What an alert says, in a real browser: on the page behind the link and in the mail, nothing of it is run.

The mail is opened without our Content-Security-Policy, as a mail program would: its words must be harmless by
themselves.
"""

from dataclasses import replace
from itertools import product

import pytest

from pagerd.core.paging.message import Mail
from pagerd.core.people import Medium
from pagerd.engine.rendering import Ways, body_of
from tests.share import in_share
from tests.web.front import PUBLIC_URL, SOURCE_TOKEN, a_front
from tests.web.test_browser import a_browser_page

pytestmark = pytest.mark.timeout(in_share(ci=240, proof=3_000))

VECTORS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "＜script＞alert(1)＜/script＞",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>".replace("\0", "\u200b"),
    "\u202e<script>alert(1)</script>",
)
BREAKOUTS = ("", '">', "'>", "</title>", "</style>", "-->", "]]>", "</textarea></dl></details>")

PAYLOADS = [breakout + vector for breakout, vector in product(BREAKOUTS, VECTORS)]

FIELDS = (
    *("label cluster", "label namespace", "label instance", "label pod", "label job", "annotation summary"),
    *("annotation description", "annotation dashboard_url", "annotation panel_url", "annotation image_url"),
    *("annotation silence_url", "annotation values", "annotation action"),
)

TURNS = in_share(ci=4, proof=len(PAYLOADS))
"""Pages that are opened, each with a payload in every field. In the proof each payload is in each field once."""


def test_there_are_two_hundred_payloads():
    """As many as the aim says."""
    assert len(PAYLOADS) == 200


def an_alert(turn):
    """Return an alert with another payload in each field."""
    step = len(PAYLOADS) // TURNS
    alert = {"fingerprint": f"x{turn}", "labels": {"service": "payments-api"}, "annotations": {}}
    for number, field in enumerate(FIELDS):
        kind, _, name = field.partition(" ")
        payload = PAYLOADS[(turn * step + number) % len(PAYLOADS)]
        alert[f"{kind}s"][name] = payload if kind == "label" or name != "summary" else f"Checkout {payload}"
    alert["annotations"]["runbook_url"] = "runbooks/payments-5xx.md"
    return alert


async def test_nothing_that_an_alert_says_is_run_in_a_browser(tmp_path):
    """No dialog, no violation of the policy, and nothing loaded from elsewhere."""
    async with a_browser_page() as (tab, said):
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        for turn in range(TURNS):
            (folder := tmp_path / str(turn)).mkdir()
            async with a_front(folder) as front:
                await looked_at(front, tab, an_alert(turn))

    assert said == []
    assert {url.split("/")[2].partition(":")[0] for url in asked if url != "about:blank"} == {"127.0.0.1"}


async def looked_at(front, tab, alert):
    """Send an alert, and open what is told of it: the page behind the link, then the mail."""
    answer = await front.ask("POST", "/api/v1/alertmanager/prod", token=SOURCE_TOKEN, json={"alerts": [alert]})
    assert answer.status == 200
    claimed = next(one for one in front.sent if one.link_token)
    await tab.goto(f"{front.base}/p/{claimed.link_token}")
    for summary in await tab.locator("summary").all():
        await summary.click()
    assert "alert(1)" in await tab.locator("main").inner_text(), "what was sent is shown, as words"
    assert await tab.locator("main").locator(FOREIGN).count() == 0
    await tab.goto("about:blank")
    await tab.set_content(mail_of(front, claimed))
    await tab.wait_for_load_state("networkidle")
    assert await tab.locator(f"{FOREIGN}, form").count() == 0


FOREIGN = "script, img, iframe, svg, object, math, video, [onclick], [onerror], [onload], [ontoggle]"
"""What neither our pages nor our mails have in them."""


def mail_of(front, claimed):
    """Return the HTML of the mail that tells of the same."""
    by_mail = replace(claimed, notification=replace(claimed.notification, medium=Medium.EMAIL))
    body = body_of(by_mail, front.engine.plan, front.clock.now(), Ways(public_url=PUBLIC_URL))
    assert isinstance(body, Mail)
    return body.html


async def test_no_label_of_an_alert_becomes_a_label_of_a_metric(front):
    """Sets of metrics are bounded by the config, whatever is sent: no name, no value and no line of a stranger's."""
    alerts = [an_alert(turn) | {"fingerprint": f"f{turn}"} for turn in range(20)]
    before = len((await front.ask("GET", "/metrics")).text.splitlines())
    alerts[0]["labels"] |= {"severity": 'x"} 1\nforged_total 1\n', "team": 'y"} 1\nforged_total{a="'}
    await front.ask("POST", "/api/v1/alertmanager/prod", token=SOURCE_TOKEN, json={"alerts": alerts})
    text = (await front.ask("GET", "/metrics")).text

    assert "forged" not in text
    assert "alert(1)" not in text
    assert len(text.splitlines()) < before + 300
