"""What somebody who is signed in sees and does, and whose session is worth nothing."""

import html
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.oncall.swap import Piece
from pagerd.core.people import Medium
from pagerd.core.rights import Right
from pagerd.core.signin import SESSION_IDLE, SESSION_LASTS
from pagerd.core.worklog import worked as worked_core
from pagerd.engine import disputes, queries, sessions, swaps, testpage
from pagerd.stores.records import history, worked
from tests.builders import NIGHT, NOON, a_plan
from tests.web.browsing import Browser, form_of, sent_to
from tests.web.front import a_front


async def page_of(front, page):
    """Return a page with its story."""
    return await front.engine.read(lambda c: queries.page_story(c, page))


async def test_it_shows_what_waits_for_me(front):
    """Open pages, who is on call now, my next turns, and the tickets of my teams; others' teams are not there."""
    page = await front.page()
    browser = await Browser(front).signs_in("ana")
    shown = (await browser.get("/me")).text

    assert f'href="me/pages/{page}"' in shown
    assert "payments-primary</dt><dd>Ana until" in shown
    assert "platform-primary" not in shown
    assert "now to Mon 12 Jan" in shown
    assert "<form" in shown
    assert "admin of this pagerd" not in shown


async def test_somebody_may_see_what_they_may(front):
    """A right that one does not know of is not used."""
    dora = (await (await Browser(front).signs_in("dora")).get("/me")).text

    assert "lead of Payments; admin of this pagerd" in dora


async def test_whom_the_files_name_without_turns_reads_as_what(front):
    """Who leads a team is paged without any shift, and stands in no rotation."""
    eva = html.unescape((await (await Browser(front).signs_in("eva")).get("/me")).text)
    ben = (await (await Browser(front).signs_in("ben")).get("/me")).text

    assert "<p>Always, by name: team lead of Platform, platform lead of all teams.</p>" in eva
    assert "by name" not in ben


async def test_a_page_is_acknowledged_noted_and_resolved_under_my_name(front):
    """By the engine's own commands; the timeline says that it was on the web."""
    page = await front.page()
    browser = await Browser(front).signs_in("ana")
    taken = await browser.act(f"/me/pages/{page}", action="ack", back="me")
    assert sent_to(f"/me/pages/{page}", taken) == "/me?done=ack"
    assert "Done. It is yours, and the others are told." in (await browser.get("/me?done=ack")).text
    story = await page_of(front, page)
    assert story.page.acknowledgement.by == "ana"
    assert [entry.details["via"] for entry in story.entries if entry.kind == "page.acknowledged"] == ["web"]
    noted = await browser.act(f"/me/pages/{page}", action="note", note="it is the canary")
    assert sent_to(f"/me/pages/{page}", noted) == f"/me/pages/{page}?done=note"
    await browser.act(f"/me/pages/{page}", action="resolve", note="canary restarted")
    story = await page_of(front, page)

    assert (story.page.status.value, story.page.resolved_by) == ("resolved", "ana")
    words = " ".join(json.dumps(entry.details) for entry in story.entries)
    assert "it is the canary" in words
    assert "canary restarted" in words
    assert front.metric("pagerd_page_acks_total", channel="web") == 1


async def test_the_page_behind_a_session_offers_what_the_one_behind_a_link_does(front):
    """And a note besides; every form of it holds the session's token."""
    page = await front.page()
    browser = await Browser(front).signs_in("ana")
    shown = (await browser.get(f"/me/pages/{page}")).text

    for words in ("On it – acknowledge", "Can’t – escalate", "Snooze", "It is over – resolve", "Note it"):
        assert words in shown
    assert shown.count("<form") == shown.count('name="form"') == 5
    assert "Whoever holds this link" not in shown
    assert 'href="../../static/style.css"' in shown


async def test_what_comes_too_late_is_said(front):
    """The page stays as it is."""
    page = await front.page()
    ana, ben = await Browser(front).signs_in("ana"), await Browser(front).signs_in("ben")
    await ana.act(f"/me/pages/{page}", action="resolve")
    late = await ben.act(f"/me/pages/{page}", action="ack")

    assert (late.status, "is resolved already by Ana" in late.text) == (409, True)
    assert (await ben.act(f"/me/pages/{page}", action="dance")).status == 400
    assert (await ben.act("/me/pages/p-none", action="ack")).status == 404
    assert (await ben.get("/me/pages/p-none")).status == 404


async def test_whoever_was_asked_to_help_does_not_take_the_page(front):
    """They are told that the one who has it is told, and not that it is theirs."""
    page = await front.page()
    ana, ben = await Browser(front).signs_in("ana"), await Browser(front).signs_in("ben")
    await ana.act(f"/me/pages/{page}", action="ack")
    asked = {"person": "ben"}
    token = await front.token("ana", "ack")
    assert (await front.ask("POST", f"/api/v1/pages/{page}/add", token=token, json=asked)).status == 200
    assert "I come to help" in (await ben.get(f"/me/pages/{page}")).text
    answer = await ben.act(f"/me/pages/{page}", action="ack")

    assert sent_to(f"/me/pages/{page}", answer) == f"/me/pages/{page}?done=help"
    assert (await page_of(front, page)).page.acknowledgement.by == "ana"


async def test_a_ticket_is_taken_and_closed(front):
    """By whoever works on it."""
    fired = {"alerts": [{"fingerprint": "t1", "labels": {"severity": "warning"}}]}
    await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", json=fired)
    (ticket,) = await front.engine.read(lambda c: queries.list_tickets(c, team=None, with_closed=False, limit=9))
    browser = await Browser(front).signs_in("ana")
    assert (await browser.act(f"/me/tickets/{ticket.id}", action="take")).headers["Location"] == "../../me?done=take"
    assert "old, yours" in (await browser.get("/me")).text
    assert (await browser.act(f"/me/tickets/{ticket.id}", action="dance")).status == 409
    await browser.act(f"/me/tickets/{ticket.id}", action="close", why="mended")
    (closed,) = await front.engine.read(lambda c: queries.list_tickets(c, team=None, with_closed=True, limit=9))

    assert (closed.taken_by, closed.closed_by, closed.status.value) == ("ana", "ana", "closed")


async def a_night_asked(front):
    """Let ana have been woken, and asked in the morning how long; return the id of the night."""
    person = front.engine.plan.people["ana"]
    night = worked_core.rung(worked_core.begun("n-1", person, NIGHT, "payments", "test-1"), NIGHT, "p-1")
    asked, _ = worked_core.asked(night, front.clock.now(), "sms")
    await front.engine.transact(lambda work: worked.insert(work.c, asked))
    return asked.id


async def test_a_night_is_answered_and_its_rest_approved(front):
    """I say how long I was up; my lead sees what I am owed, and nobody decides about their own."""
    front.clock.move_to(NIGHT + timedelta(hours=5))
    night = await a_night_asked(front)
    ana = await Browser(front).signs_in("ana")
    assert "How long were you up?" in (await ana.get("/me")).text
    assert (await ana.act(f"/me/nights/{night}", action="worked", worked="long")).status == 400
    assert sent_to("/me/nights/x", await ana.act(f"/me/nights/{night}", action="worked", worked="1h30m")) == (
        "/me?done=worked"
    )
    assert "How long were you up?" not in (await ana.get("/me")).text
    refused = await ana.act(f"/me/nights/{night}", action="approve")
    assert (refused.status, "nobody decides about their own rest" in refused.text) == (409, True)
    dora = await Browser(front).signs_in("dora")
    assert "Ana worked 1h 30m" in (await dora.get("/me")).text
    await dora.act(f"/me/nights/{night}", action="approve")
    after = await front.engine.read(lambda c: worked.find(c, night))

    assert (after.said[-1].by, after.said[-1].via, after.minutes) == ("ana", "web", 90)
    assert (after.grant.status.value, after.grant.decided_by) == ("approved", "dora")


@pytest.mark.parametrize(("action", "minutes"), [("uphold", 90), ("dismiss", 0)])
async def test_a_dispute_is_settled_by_a_lead(front, action, minutes):
    """With a reason; whoever does not lead sees nothing of it, and is refused."""
    front.clock.move_to(NIGHT + timedelta(hours=5))
    name = await a_night_asked(front)

    async def object_to_it(work):
        night = await worked.find(work.c, name)
        await disputes.dispute(work, night, by="ana", via="cli", why="two hours on the phone", minutes=90)

    await front.engine.transact(object_to_it)
    ben, dora = await Browser(front).signs_in("ben"), await Browser(front).signs_in("dora")
    assert "disputes the night" not in (await ben.get("/me")).text
    refused = await ben.act(f"/me/nights/{name}", action=action, why="x")
    assert (refused.status, "only a lead" in refused.text) == (409, True)
    shown = (await dora.get("/me")).text
    assert "Ana disputes the night of Ana, Tue 6 Jan (none of work) and says 1h 30m: two hours on the phone" in shown
    settled = await dora.act(f"/me/nights/{name}", action=action, why="the phone bill says so")
    after = await front.engine.read(lambda c: worked.find(c, name))

    assert sent_to("/me/nights/x", settled) == f"/me?done={action}"
    assert (after.minutes, after.disputes[-1].settled_by) == (minutes, "dora")


async def test_a_swap_is_answered_with_a_press(front):
    """Whoever was asked sees it and answers, whoever asked takes it back, and nobody else sees anything of it."""
    shift = Piece(front.clock.now())

    async def asks(work):
        return await swaps.request(
            work,
            by="ana",
            via="web",
            schedule="payments-primary",
            mine=shift,
            theirs=None,
            of="dora",
            why="a <wedding>",
        )

    ana, ben, dora = [await Browser(front).signs_in(name) for name in ("ana", "ben", "dora")]
    one = await front.engine.transact(asks)
    shown = (await dora.get("/me")).text
    assert "Ana asks you to take payments-primary Tue 6 Jan 12:00 to Mon 12 Jan 09:00? a &lt;wedding&gt;" in shown
    assert "You asked Dora: payments-primary: Dora Tue 6 Jan 12:00 to Mon 12 Jan 09:00." in (await ana.get("/me")).text
    assert "asks you to take" not in (await ben.get("/me")).text
    for browser, action in ((ben, "accept"), (ana, "accept"), (dora, "withdraw"), (dora, "dance")):
        assert (await browser.act(f"/me/swaps/{one.id}", action=action)).status == 409
    assert sent_to("/me/swaps/x", await dora.act(f"/me/swaps/{one.id}", action="accept")) == "/me?done=accept"
    assert "asks you to take" not in (await dora.get("/me")).text

    (override,) = front.engine.plan.book.overrides
    assert (override.people, override.instead_of, override.why) == (("dora",), "ana", f"swap {one.id}: a <wedding>")


async def test_what_waits_for_me_of_incidents_is_shown_with_its_address(tmp_path):
    """A text to approve, a name to give, a postmortem to write or to review, an action item: each to who may do it."""
    async with a_front(tmp_path, plan=a_plan(approvers=("cho",))) as front:
        ana = await Browser(front).signs_in("ana")
        token = await front.token("ana", "ack")
        body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"}
        for path, sent in (
            ("", body),
            ("/1/roles/ic/take", {}),
            ("/1/public", {"kind": "investigating", "text": "Payments fail."}),
        ):
            assert (await front.ask("POST", f"/api/v1/incidents{path}", token=token, json=sent)).status < 300, path
        draft = (await (await Browser(front).signs_in("cho")).get("/me")).text
        for path, sent in (
            ("/1/monitor", {}),
            ("/1/resolve", {"text": "it is over", "override": "the probe is broken"}),
            ("/1/actions", {"title": "Alert on declines", "owner": "ana", "due": "2026-02-02"}),
        ):
            assert (await front.ask("POST", f"/api/v1/incidents{path}", token=token, json=sent)).status < 300, path
        mine = (await ana.get("/me")).text
        dora = (await (await Browser(front).signs_in("dora")).get("/me")).text

    assert 'href="i/1/public">A text for customers waits for an approval. Incident 1: Customers' in draft
    assert 'href="i/1/countersign">An override wants your name' in dora
    assert 'href="i/1/postmortem">The postmortem is yours to write, due ' in mine
    assert 'href="i/1/postmortem">Action 1 is yours, open, due 2026-02-02: Alert on declines' in mine
    assert "An override wants" not in mine
    assert "yours to write" not in dora


async def test_a_test_page_is_answered_by_its_code(front):
    """Whoever has nothing but mail has no other place for it; a wrong code is said, and asks again."""
    sent = await front.engine.transact(lambda work: testpage.send(work, "ana", Medium.EMAIL, "dora"))
    ana = await Browser(front).signs_in("ana")
    asked = await ana.get("/me")
    wrong = await ana.act("/me/contacts", action="reached", code="zz")
    right = await ana.act("/me/contacts", action="reached", code=sent.code)
    shown = await ana.get("/me?done=reached")

    assert "The code of the test page that you got by mail" in asked.text
    assert "Does this reach you?" not in (await (await Browser(front).signs_in("ben")).get("/me")).text
    assert (wrong.status, "is the code of no test page to ana" in wrong.text) == (409, True)
    assert sent_to("/me/contacts", right) == "/me?done=reached"
    assert "Does this reach you?" not in shown.text
    assert "Thank you: it reaches you." in shown.text


async def test_open_incidents_are_shown_with_my_role(front):
    """Whoever wakes up wants to know; the words of a title are words."""
    ana, ben = await Browser(front).signs_in("ana"), await Browser(front).signs_in("ben")
    body = {"title": "<b>Customers</b> cannot pay", "team": "payments", "severity": "sev1"}
    token = await front.token("ana", "ack")
    assert (await front.ask("POST", "/api/v1/incidents", token=token, json=body)).status == 201
    await front.ask("POST", "/api/v1/incidents/1/roles/ic/take", token=token, json={})
    mine, theirs = [(await one.get("/me")).text for one in (ana, ben)]

    assert "sev1 · investigating · Payments" in mine
    assert '<a href="i/1">1: &lt;b&gt;Customers&lt;/b&gt; cannot pay</a>' in mine
    assert "You are incident commander. Next: " in mine
    assert "You are" not in theirs


async def test_a_text_that_no_database_takes_is_refused(front):
    """A NUL in a note is a 400 and no fault of ours, on every engine."""
    page = await front.page()
    browser = await Browser(front).signs_in("ana")
    answer = await browser.act(f"/me/pages/{page}", action="note", note="a\0b")

    assert (answer.status, "NUL" in answer.text) == (400, True)


async def test_signing_out_ends_the_session_for_good(front):
    """The cookie is taken back, and worth nothing to whoever kept it."""
    browser = await Browser(front).signs_in("ana")
    kept = Browser(front, dict(browser.cookies))
    out = await browser.act("/me/sessions", action="out")

    assert sent_to("/me/sessions", out) == "/sign-in"
    assert browser.cookies == {}
    assert (await kept.get("/me")).status == 303


async def test_signing_out_everywhere(front):
    """Also where the phone is that was lost; others stay signed in."""
    here, there, ben = [await Browser(front).signs_in(who) for who in ("ana", "ana", "ben")]
    await here.act("/me/sessions", action="everywhere")

    assert [(await one.get("/me")).status for one in (here, there, ben)] == [303, 303, 200]


async def test_one_other_browser_is_signed_out(front):
    """By its id; nobody ends a session of somebody else so."""
    here, there, ben = [await Browser(front).signs_in(who) for who in ("ana", "ana", "ben")]
    found = await front.engine.read(sessions.listed)
    by_person = {one.person: one.id for one in found}
    mine = [one.id for one in found if one.person == "ana"]
    assert (await here.act("/me/sessions", action="end", session=by_person["ben"])).status == 404
    shown = (await here.get("/me")).text
    other = next(one for one in mine if f'value="{one}"' in shown)
    await here.act("/me/sessions", action="end", session=other)

    assert [(await one.get("/me")).status for one in (here, there, ben)] == [200, 303, 200]


@pytest.mark.parametrize(
    ("length", "status"),
    [(SESSION_IDLE - timedelta(seconds=1), 200), (SESSION_IDLE, 303)],
)
async def test_a_session_that_is_not_used_ends(front, length, status):
    """After half a day."""
    browser = await Browser(front).signs_in("ana")
    front.clock.move_to(NOON + length)

    assert (await browser.get("/me")).status == status
    assert len(await front.engine.read(sessions.listed)) == (status == 200)


async def test_a_session_ends_after_a_week_however_much_it_is_used(front):
    """The night before is the last."""
    browser = await Browser(front).signs_in("ana")
    at = NOON
    while at + timedelta(hours=11) < NOON + SESSION_LASTS:
        at += timedelta(hours=11)
        front.clock.move_to(at)
        assert (await browser.get("/me")).status == 200
    front.clock.move_to(NOON + SESSION_LASTS)

    assert (await browser.get("/me")).status == 303


async def test_whoever_leaves_or_loses_a_right_is_signed_out(front):
    """At once, by the plan in force; a turn of a schedule that ends signs nobody out."""
    ana, dora = await Browser(front).signs_in("ana"), await Browser(front).signs_in("dora")
    plan = front.engine.plan
    front.engine.plan = replace(plan, operators=("eva",))
    assert [(await one.get("/me")).status for one in (ana, dora)] == [200, 303]
    front.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "ana"})
    assert (await ana.get("/me")).status == 303
    front.engine.plan = plan
    assert [(await one.get("/me")).status for one in (ana, dora)] == [303, 303]
    rows = await front.engine.read(lambda c: history.of_object(c, "sign-ins"))
    why = [json.loads(row.body)["why"] for row in rows if row.event == "SignedOut"]

    assert why == [f"its person lost the right {Right.ADMIN.value}", "its person is in the files no more"]


async def test_a_new_plan_ends_sessions_that_nobody_asks_for(front):
    """Or whoever comes back to the files would be signed in still."""
    await Browser(front).signs_in("ana")
    plan = front.engine.plan
    front.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "ana"})
    await front.engine.transact(sessions.sweep)

    assert await front.engine.read(sessions.listed) == []


ACTS = [
    *("/me/pages/{page}", "/me/nights/n-1", "/me/swaps/x-1", "/me/tickets/t-1"),
    *("/me/handoffs/payments-primary", "/me/sessions", "/me/swaps", "/me/contacts"),
]


@pytest.mark.parametrize("path", ACTS)
async def test_a_form_without_its_token_or_of_another_site_does_nothing(front, path):
    """No token, a wrong one, that of another session, the right one from elsewhere: 403, and nothing is written."""
    page = await front.page()
    ana, ben = await Browser(front).signs_in("ana"), await Browser(front).signs_in("ben")
    mine, theirs = [form_of(await one.get("/me")) for one in (ana, ben)]
    writes, path = front.store.writes, path.replace("{page}", page)
    for fields, headers in (
        ({}, {}),
        ({"form": ""}, {}),
        ({"form": "0" * 64}, {}),
        ({"form": mine[:-1]}, {}),
        ({"form": theirs}, {}),
        ({"form": mine}, {"Origin": "https://evil.example"}),
        ({"form": mine}, {"Origin": "null"}),
        ({"form": mine}, {"Sec_Fetch_Site": "cross-site"}),
        ({"form": mine}, {"Sec_Fetch_Site": "same-site"}),
    ):
        answer = await ana.post(path, {"action": "ack", **fields}, **headers)
        assert answer.status == 403, (fields, headers)
        assert page not in answer.text

    assert front.store.writes == writes
    assert (await page_of(front, page)).page.acknowledgement is None


async def test_looking_never_acts(front):
    """Whatever the address says, by whatever method looks."""
    page = await front.page()
    browser = await Browser(front).signs_in("ana")
    writes = front.store.writes
    for path in ("/me?action=ack", f"/me/pages/{page}?action=ack", f"/me/pages/{page}?done=ack&form=x"):
        assert (await browser.get(path)).status == 200

    assert front.store.writes == writes
    assert (await page_of(front, page)).page.acknowledgement is None


async def test_a_session_is_nothing_to_the_api(front):
    """No site can make a browser use it: it takes bearer tokens alone."""
    browser = await Browser(front).signs_in("dora")

    assert (await browser.get("/api/v1/pages")).status == 401
    assert (await browser.post("/-/reload")).status == 401


async def test_behind_a_path_of_a_proxy_every_way_is_relative(tmp_path):
    """No page sends anybody to the proxy's own root."""
    async with a_front(tmp_path, plan=a_plan()) as front:
        browser = await Browser(front).signs_in("ana")
        page = await front.page()
        for path in ("/me", "/sign-in/code", f"/me/pages/{page}"):
            shown = (await browser.get(path)).text
            assert 'href="/' not in shown
            assert 'action="/' not in shown


async def test_a_handoff_note_is_left_and_read(front):
    """Whoever is on call writes, whoever has turns in the schedule reads; words are shown as words."""
    ana = await Browser(front).signs_in("ana")
    left = await ana.act("/me/handoffs/payments-primary", action="handoff", text="<b>The canary\r\nis sick.")
    assert sent_to("/me/handoffs/payments-primary", left) == "/me?done=handoff"
    assert "Noted: whoever comes next reads it." in (await ana.get("/me?done=handoff")).text
    ben = await (await Browser(front).signs_in("ben")).get("/me")

    assert "payments-primary · Ana, 12:00" in ben.text
    assert "<p>&lt;b&gt;The canary</p>\n<p>is sick.</p>" in ben.text
    assert 'action="me/handoffs/payments-primary"' not in ben.text
    assert 'action="me/handoffs/payments-secondary"' in ben.text


async def test_a_handoff_note_of_somebody_else_is_refused(front):
    """On the same page, with the reason."""
    cho = await Browser(front).signs_in("cho")
    refused = await cho.act("/me/handoffs/payments-primary", action="handoff", text="x")
    other = await cho.act("/me/handoffs/payments-primary", action="dance", text="x")

    assert (refused.status, "cho is not on call in payments-primary" in refused.text) == (409, True)
    assert other.status == 409
