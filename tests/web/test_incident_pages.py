"""Incidents on the web: what is read, what is pressed, what is typed, and what becomes of it when it is refused."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.incidents.incident import IncidentStatus
from pagerd.core.incidents.room import RoomRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.signin import SESSION_IDLE
from pagerd.engine.delivery import Delivery
from pagerd.engine.incidents import queries
from pagerd.engine.tick import tick
from pagerd.lab.receivers import Receivers
from pagerd.web.incident_forms import FORMS
from tests.builders import a_plan, minutes
from tests.web.api.test_messages import tell_all
from tests.web.browsing import Browser, form_of, sent_to
from tests.web.front import a_front


async def declared(front, *, by="ana", **body):
    """Declare an incident over the API; return its number."""
    said = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"} | body
    answer = await front.ask("POST", "/api/v1/incidents", token=await front.token(by, "ack"), json=said)
    assert answer.status == 201, answer.text
    return answer.json["incident"]["number"]


async def story_of(front, number=1):
    """Return what is stored of an incident."""
    engine = front.engine
    return await engine.read(lambda c: queries.story(c, engine.plan, number, engine.clock.now()))


def key_of(answer):
    """Return the key under which the forms of a page are done once."""
    (key,) = set(re.findall(r'name="key" value="([^"]+)"', answer.text))
    return key


async def send(browser, path, **fields):
    """Fill in a form as it is shown, and send it; return the answer."""
    shown = await browser.get(path)
    assert shown.status == 200, shown.text
    return await browser.post(path, {"form": form_of(shown), "key": key_of(shown), **fields})


async def test_the_list_has_what_is_open_then_what_is_over(front):
    """With the next step of each, and a way to declare one."""
    await declared(front)
    await declared(front, title="A false alarm", severity="sev3")
    browser = await Browser(front).signs_in("ana")
    await send(browser, "/i/2/cancel", reason="false_alarm", text="it was a test")
    shown = (await browser.get("/incidents")).text

    assert shown.index('href="i/1"') < shown.index("<h2>Over</h2>") < shown.index('href="i/2"')
    assert "Next: Anybody: take the role of incident commander, nobody has it" in shown
    assert "cancelled now" in shown
    assert 'href="declare"' in shown


async def test_instants_are_written_as_html_has_them(front):
    """A fraction of a second has three digits at most: what reads the page for somebody must understand it."""
    front.clock.move_to(front.clock.now() + timedelta(microseconds=123_456))
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    instants = re.findall(r'datetime="([^"]+)"', (await browser.get("/i/1")).text)

    assert len(instants) > 5
    assert [one for one in instants if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", one)] == []


async def test_a_long_list_goes_on_behind_a_link(front, monkeypatch):
    """Older ones are asked for by number."""
    monkeypatch.setattr("pagerd.web.incident_pages.LIST_MAX", 2)
    for number in range(1, 5):
        await declared(front, severity="sev3")
        browser = await Browser(front).signs_in("ana")
        await send(browser, f"/i/{number}/cancel", reason="test")
    first = (await browser.get("/incidents")).text
    second = (await browser.get("/incidents?before=3")).text

    assert re.findall(r'href="i/(\d)"', first) == ["4", "3"]
    assert 'href="incidents?before=3"' in first
    assert re.findall(r'href="i/(\d)"', second) == ["2", "1"]
    assert "before=" not in second
    assert (await browser.get("/incidents?before=x")).status == 400


async def test_the_page_says_what_is_next_and_where_we_are(front):
    """The order with its place, clocks on both clocks, roles, and the whole timeline."""
    await declared(front, impact="a fifth of all payments")
    browser = await Browser(front).signs_in("ana")
    shown = (await browser.get("/i/1")).text

    assert re.findall(r"<li( class=\"here\")?.*>(stabilize|restore|investigate|prevent)</li>", shown) == [
        (' class="here"', "stabilize"),
        ("", "restore"),
        ("", "investigate"),
        ("", "prevent"),
    ]
    assert "Anybody: take the role of incident commander, nobody has it" in shown
    assert '12:15 UTC+1</time> <span class="soft">(11:15 UTC)</span>, in 15m' in shown
    assert "a fifth of all payments" in shown
    assert "Update 0, investigating, by Ana" in shown
    assert "Somebody is wanted as incident commander" in shown


async def test_who_should_have_heard_of_it_and_did_not_stands_there(front):
    """With what the other side said; what was told, or was not tried yet, is no news."""
    browser, rooms = await Browser(front).signs_in("ana"), Receivers()
    rooms.of("ops-chat").refuses = "declared"
    front.engine.plan = replace(front.engine.plan, receivers={"ops-chat": (), "leads": ()})
    front.engine.delivery = Delivery({}, front.clock, None, receivers=rooms.named({"ops-chat": (), "leads": ()}))
    await declared(front)
    before = (await browser.get("/i/1")).text
    await tell_all(front)
    after = (await browser.get("/i/1")).text

    assert "Not told" not in before
    assert re.findall(r'<li class="late">(.+)</li>', after) == [
        "ops-chat: declared, refused: ops-chat answered 400: invalid_payload"
    ]


async def test_a_reader_of_utc_is_told_one_clock(front):
    """The second would say the same."""
    await declared(front)
    browser = await Browser(front).signs_in("eva")
    shown = (await browser.get("/i/1")).text

    assert "11:15 UTC</time>, in 15m" in shown


async def test_a_role_is_taken_with_one_press(front):
    """Under the reader's name, by the web; the next step is another one then."""
    await declared(front)
    browser = await Browser(front).signs_in("dora")
    shown = await browser.get("/i/1")
    taken = await browser.post("/i/1", {"form": form_of(shown), "key": key_of(shown), "action": "take", "role": "ic"})
    assert sent_to("/i/1", taken) == "/i/1?done=take"
    after = (await browser.get("/i/1?done=take")).text
    story = await story_of(front)

    assert "Done. The role is yours." in after
    assert "Dora (you)" in after
    assert story.incident.holder("ic") == "dora"
    assert [line.entry.details["via"] for line in story.lines if line.entry.kind == "role.taken"] == ["web"]


async def test_nobody_takes_all_three_roles(front):
    """The machine says so, and the page shows it."""
    await declared(front)
    browser = await Browser(front).signs_in("dora")
    form = form_of(await browser.get("/i/1"))
    for role in ("ic", "tl"):
        await browser.post("/i/1", {"form": form, "key": role, "action": "take", "role": role})
    third = await browser.post("/i/1", {"form": form, "key": "comms", "action": "take", "role": "comms"})

    assert (third.status, "nobody holds all three" in third.text) == (409, True)
    assert (await story_of(front)).incident.holder("comms") is None
    for nonsense in ({"action": "take", "role": "king"}, {"action": "dance", "role": "ic"}, {}):
        assert (await browser.post("/i/1", {"form": form, **nonsense})).status == 400


async def test_an_update_begins_with_what_the_last_one_said(front):
    """Whoever posts it changes what has changed, and chooses the next one within the bounds."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    first = await browser.get("/i/1/update")
    assert ">Customers cannot pay</textarea>" in first.text
    assert re.findall(r'<option value="(\d+)"', first.text) == ["900", "1200", "1500", "1800"]
    assert "in 15m, 12:15 UTC+1" in first.text
    said = {"know": "it is release 41", "doing": "rolling back", "trend": "improving", "eta": "", "next_in": "1200"}
    posted = await send(browser, "/i/1/update", **said)
    assert sent_to("/i/1/update", posted) == "/i/1?done=update"
    shown = (await browser.get("/i/1?done=update")).text
    again = (await browser.get("/i/1/update")).text
    (_, update) = (await story_of(front)).updates

    assert "The update is posted." in shown
    assert "no ETA yet" in shown
    assert (update.know, update.doing, update.trend, update.by) == (
        "it is release 41",
        "rolling back",
        "improving",
        "ana",
    )
    assert update.next_at - update.at == minutes(20)
    assert ">it is release 41</textarea>" in again
    assert '<option value="improving" selected>' in again


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"know": "  "}, "What we know: this is needed"),
        ({"know": "x" * 1001}, "What we know: 1,001 signs, and at most 1,000 can be kept"),
        ({"next_in": "7200"}, "The next update: that is none of the choices"),
        ({"next_in": ""}, "The next update: this is needed"),
        ({"trend": "sideways"}, "The impact is: that is none of the choices"),
    ],
)
async def test_what_was_typed_stays_when_it_is_refused(front, wrong, complaint):
    """Nobody types a thing twice at three in the morning."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    said = {"know": "it is release 41", "doing": "<b>rolling back</b>", "trend": "", "eta": "", "next_in": "900"}
    answer = await send(browser, "/i/1/update", **(said | wrong))

    assert (answer.status, complaint in answer.text) == (409, True)
    assert ">&lt;b&gt;rolling back&lt;/b&gt;</textarea>" in answer.text
    assert len((await story_of(front)).updates) == 1


async def test_a_form_that_is_sent_twice_is_done_once(front):
    """By a quick thumb, or because no answer came; both times it says that it is done, whatever has changed since."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    started = await send(browser, "/i/1/mitigate", kind="rollback", text="release 41", why="")
    assert sent_to("/i/1/mitigate", started) == "/i/1?done=mitigate"
    shown = await browser.get("/i/1/mitigation")
    said = {"form": form_of(shown), "key": key_of(shown), "which": "1", "outcome": "worked", "text": ""}
    twice = [await browser.post("/i/1/mitigation", said) for _ in range(2)]
    noted = {"form": form_of(shown), "key": "k1", "text": "flat", "at": ""}
    for _ in range(2):
        await browser.post("/i/1/note", noted)
    story = await story_of(front)

    assert [answer.headers["Location"] for answer in twice] == ["../../i/1?done=mitigation"] * 2
    assert [line.entry.kind for line in story.lines].count("mitigation.ended") == 1
    assert [line.entry.kind for line in story.lines].count("incident.note") == 1
    assert (await browser.get("/i/1/mitigation")).status == 409


async def test_another_page_of_the_form_has_another_key(front):
    """Two people, and one person on another day, each do their own."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    keys = [key_of(await browser.get("/i/1/note")) for _ in range(2)]

    assert keys[0] != keys[1]
    refused = await send(browser, "/i/1/note", key=keys[0], text="")
    assert key_of(refused) == keys[0]


async def test_an_incident_is_carried_from_its_declaration_to_being_reopened(front):
    """Each act by its form, each under the name of whoever sent it."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    acts = [
        ("mitigate", {"kind": "rollback", "text": "release 41", "why": ""}),
        ("mitigation", {"which": "1", "outcome": "no_effect", "text": "still failing"}),
        ("mitigate", {"kind": "failover", "text": "to the other region"}),
        ("mitigation", {"which": "2", "outcome": "worked", "text": ""}),
        ("severity", {"severity": "sev2", "why": "half of it is back"}),
        ("request", {"role": "tl", "person": "ben"}),
        ("help", {"team": "platform", "what": "a database expert", "target": ""}),
        ("note", {"text": "the graph is flat", "at": "2026-01-06T12:03"}),
        ("monitor", {"at": ""}),
        ("investigate", {"text": "it fails again"}),
    ]
    for form, fields in acts:
        front.clock.move_to(front.clock.now() + minutes(1))
        done = await send(browser, f"/i/1/{form}", **fields)
        assert sent_to(f"/i/1/{form}", done) == f"/i/1?done={form}", done.text
        assert FORMS[form].done in (await browser.get(f"/i/1?done={form}")).text
    resolved = await send(browser, "/i/1/resolve", action="override", override="the watch is no use", text="release 41")
    assert sent_to("/i/1/resolve", resolved) == "/i/1?done=resolved"
    done = await send(browser, "/i/1/reopen", text="it fails again")
    assert sent_to("/i/1/reopen", done) == "/i/1?done=reopen"
    story = await story_of(front)

    assert (story.incident.status, story.incident.severity) == (IncidentStatus.INVESTIGATING, "sev2")
    acted = [line.entry for line in story.lines if line.page == "" and line.entry.details.get("via") == "web"]
    assert {entry.details["by"] for entry in acted} == {"ana"}
    noted = next(line for line in story.lines if line.entry.kind == "incident.note")
    assert f"{noted.entry.at:%H:%M}" == "11:03", "a wall time in Berlin"


async def test_what_happened_earlier_says_when_it_was_written_down(front):
    """Both instants stand on the timeline."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    await send(browser, "/i/1/note", text="the graph is flat", at="2026-01-06T11:40")
    shown = (await browser.get("/i/1")).text

    assert "Tue 11:40:00</time> ana wrote: the graph is flat" in shown
    assert "(written down Tue 12:00)" in shown


async def test_what_cannot_be_is_said_by_code(front):
    """A note about the future, the second mitigation first, a page that is not there."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    future = await send(browser, "/i/1/note", text="flat", at="2026-01-06T14:00")
    irreversible = await send(browser, "/i/1/mitigate", kind="failover", text="", why="")
    missing = await send(browser, "/i/1/page", text="p-none")
    nobody = await send(browser, "/i/1/help", team="platform", what="locks", target="the pope")
    nonsense = await send(browser, "/i/1/note", text="flat", at="noon")

    assert (future.status, "<code>times_out_of_order</code>" in future.text) == (409, True)
    assert (irreversible.status, "<code>irreversible_first</code>" in irreversible.text) == (409, True)
    assert '<option value="failover" selected>' in irreversible.text
    assert (missing.status, "p-none" in missing.text) == (409, True)
    assert (nobody.status, "the pope is nobody" in nobody.text) == (409, True)
    assert (nonsense.status, "&#39;noon&#39; is no time" in nonsense.text) == (409, True)


async def test_a_page_is_chosen_from_those_that_are_open(front):
    """Those of no incident, and any other one by its id; a drill takes in no real incident."""
    await declared(front)
    await declared(front, mode="drill")
    page = await front.page()
    browser = await Browser(front).signs_in("ana")
    asked = (await browser.get("/i/1/page")).text
    neither = await send(browser, "/i/1/page", page="", text="")
    linked = await send(browser, "/i/1/page", page=page, text="")
    again = (await browser.get("/i/1/page")).text
    merge = (await browser.get("/i/2/merge")).text

    assert f'<option value="{page}">' in asked
    assert (neither.status, linked.status) == (409, 303)
    assert "choose a page, or name one" in neither.text
    assert page in {one.id for one in (await story_of(front)).pages}
    assert "no page is open that is part of none" in again
    assert "no other one is open" in merge


async def test_what_means_nothing_now_is_not_offered(front):
    """What is over can be noted and reopened; an act that came too late changes nothing."""
    await declared(front, severity="sev3")
    browser = await Browser(front).signs_in("ana")
    late = await browser.get("/i/1/update")
    await send(browser, "/i/1/cancel", reason="test", text="")
    shown = (await browser.get("/i/1")).text
    too_late = await browser.post(
        "/i/1/update", {"form": form_of(late), "key": "k1", "know": "x", "next_in": "7200", "trend": ""}
    )

    assert re.findall(r'href="../i/1/(\w+)"', shown) == ["note"]
    assert "incident 1 is cancelled (status)" in (await browser.get("/i/1/update")).text
    assert (too_late.status, "it is cancelled and cannot have an update" in too_late.text) == (409, True)


async def test_an_incident_is_merged_into_another_open_one(front):
    """Its page leads there."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    assert "no other one is open" in (await browser.get("/i/1/merge")).text
    await declared(front, title="Payments fail")
    assert "2: sev1 Payments fail" in (await browser.get("/i/1/merge")).text
    merged = await send(browser, "/i/1/merge", into="2")

    assert sent_to("/i/1/merge", merged) == "/i/1?done=merge"
    assert 'It goes on as <a href="../i/2">incident 2</a>' in (await browser.get("/i/1")).text
    assert "goes on as incident 2" in (await browser.get("/incidents")).text


async def test_a_role_is_handed_over_by_an_offer(front):
    """The form knows which role it was asked for."""
    await declared(front)
    browser = await Browser(front).signs_in("dora")
    shown = await browser.get("/i/1")
    await browser.post("/i/1", {"form": form_of(shown), "key": key_of(shown), "action": "take", "role": "tl"})
    offered = await browser.get("/i/1/handoff?role=tl")
    assert '<option value="tl" selected>' in offered.text
    assert "ic" not in re.findall(r'<option value="(\w+)"', offered.text)
    done = await send(browser, "/i/1/handoff", role="tl", to="ben")
    story = await story_of(front)

    assert sent_to("/i/1/handoff", done) == "/i/1?done=handoff"
    assert (story.incident.holder("tl"), story.incident.roles["tl"].is_asked) == ("dora", True)
    await send(browser, "/i/1/release", role="tl", why="")
    assert (await story_of(front)).incident.holder("tl") is None


async def test_nothing_changes_by_looking(front):
    """Not one page of incidents writes a thing when it is loaded."""
    page = await front.page()
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    await send(browser, "/i/1/mitigate", kind="rollback", text="", why="")
    writes = front.store.writes
    looked = ["/incidents", "/declare", f"/me/pages/{page}/declare", "/i/1", "/i/1/resolve", "/sop"]
    for path in (*looked, *(f"/i/1/{form}" for form in FORMS)):
        assert (await browser.get(path)).status in (200, 409)

    assert front.store.writes == writes


async def test_every_form_holds_the_token_of_the_session_and_a_key(front):
    """Without the token nothing happens, and each can be sent twice."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    for path in ("/declare", "/i/1", "/i/1/resolve", "/i/1/update"):
        shown = (await browser.get(path)).text
        forms = shown.count("<form")
        assert forms == shown.count('name="form"') == shown.count('name="key"') > 0
    fields = {"key": "k", "know": "x", "next_in": "900", "trend": ""}
    foreign = await browser.post(
        "/i/1/update", fields | {"form": form_of(await browser.get("/i/1"))}, Sec_Fetch_Site="cross-site"
    )
    without = await browser.post("/i/1/update", fields)

    assert (foreign.status, without.status) == (403, 403)
    assert len((await story_of(front)).updates) == 1


async def test_there_is_no_such_incident_and_no_such_form(front):
    """Each is said on a page with a way back."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    for path in ("/i/2", "/i/x", "/i/1/dance", "/i/2/note", "/i/9999999999", "/i/2/resolve", "/i/2/declare"):
        answer = await browser.get(path)
        assert answer.status == 404
        assert "Go back" in answer.text


async def test_a_page_that_loads_itself_keeps_no_session(front):
    """Whoever left a browser open is signed out as if they had closed it; whoever reads on is not."""
    await declared(front)
    left, reads = await Browser(front).signs_in("ana"), await Browser(front).signs_in("ben")
    shown = (await left.get("/i/1")).text
    assert '<meta http-equiv="refresh" content="60;url=1?again">' in shown
    for _ in range(3):
        front.clock.move_to(front.clock.now() + SESSION_IDLE / 2)
        await left.get("/i/1?again")
        await reads.get("/i/1")

    assert (await left.get("/i/1")).status == 303
    assert (await reads.get("/i/1")).status == 200


async def test_only_the_page_for_reading_loads_itself(front):
    """What is typed would be lost; and whoever reads slowly can stop it."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    refreshing = [
        path
        for path in ("/i/1", "/i/1?still", "/i/1/update", "/i/1/resolve", "/declare", "/incidents")
        if "http-equiv" in (await browser.get(path)).text
    ]
    await send(browser, "/i/1/cancel", reason="test", text="")

    assert refreshing == ["/i/1"]
    assert "http-equiv" not in (await browser.get("/i/1")).text


async def test_hostile_and_long_text_is_text(front):
    """In the title, in notes, in what was done, in what a mitigation did."""
    nasty = '"><script>alert(1)</script>\u202e'
    await declared(front, title=nasty, impact=nasty)
    browser = await Browser(front).signs_in("ana")
    await send(browser, "/i/1/note", text=f"{nasty}{'x' * 900}", at="")
    await send(browser, "/i/1/mitigate", kind="rollback", text=nasty, why="")
    shown = [(await browser.get(path)).text for path in ("/i/1", "/incidents", "/me", "/i/1/update", "/i/1/resolve")]

    assert all("<script" not in one and "\u202e" not in one for one in shown)
    assert all("&lt;script&gt;" in one for one in shown)


async def test_a_text_of_any_writing_fits_into_its_form(front):
    """A thousand signs outside of the BMP are twelve thousand bytes of a form, three times."""
    await declared(front)
    browser = await Browser(front).signs_in("ana")
    long = "\U0001f525" * 1000
    posted = await send(browser, "/i/1/update", know=long, doing=long, eta=long, trend="", next_in="900")

    assert posted.status == 303
    assert (await story_of(front)).updates[-1].know == long


async def test_the_clocks_go_on_while_nobody_looks(front):
    """What was promised and did not come is the first thing that the page says."""
    await declared(front)
    browser = await Browser(front).signs_in("dora")
    shown = await browser.get("/i/1")
    await browser.post("/i/1", {"form": form_of(shown), "key": "k", "action": "take", "role": "ic"})
    front.clock.move_to(front.clock.now() + minutes(16))
    await tick(front.engine)
    late = (await browser.get("/i/1")).text

    assert "Dora, incident commander: post update 1, it is overdue" in late
    assert "OVERDUE: " in late
    assert "1m ago" in late


async def test_people_meet_come_together_and_look_on(tmp_path):
    """The room is a link, all hands are called once that is meant, and an onlooker asks whoever speaks."""
    rules = IncidentRules(room=RoomRules(bridges=("https://meet.example.com/red",)), all_hands=("cho",))
    async with a_front(tmp_path, plan=replace(a_plan(), incidents=rules)) as front:
        await declared(front)
        ana, eva = await Browser(front).signs_in("ana"), await Browser(front).signs_in("eva")
        assert 'at <a href="https://meet.example.com/red" rel="noreferrer noopener">' in (await ana.get("/i/1")).text
        assert "It pages Cho." in (await ana.get("/i/1/all-hands")).text
        unsure = await send(ana, "/i/1/all-hands", sure="")
        before = (await story_of(front)).incident.all_hands_at
        called = await send(ana, "/i/1/all-hands", sure="yes")
        await send(eva, "/i/1/follow")
        await send(eva, "/i/1/ask", text="Japan, too?")
        assert "1: Japan, too?" in (await ana.get("/i/1/reply")).text
        await send(ana, "/i/1/reply", which="1", text="no")
        await send(ana, "/i/1/room", text="javascript:alert(1)")
        shown = (await ana.get("/i/1")).text
        story = await story_of(front)

    assert (unsure.status, before, called.status) == (409, None, 303)
    assert story.incident.all_hands_at is not None
    assert story.incident.followers == ("eva",)
    assert [(one.by, one.answer) for one in story.questions] == [("eva", "no")]
    assert "meet here: javascript:alert(1)" in shown
    assert 'href="javascript' not in shown
