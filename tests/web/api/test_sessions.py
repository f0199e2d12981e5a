from datetime import timedelta

from pagerd.core.signin import SESSION_IDLE
from tests.web.browsing import Browser


async def test_a_person_sees_and_ends_their_own_sessions(front):
    """Nothing that is listed opens anything."""
    browser = await Browser(front).signs_in("ana")
    await Browser(front).signs_in("ben")
    token = await front.token("ana", "ack")
    listed = await front.ask("GET", "/api/v1/sessions", token=token)
    (one,) = listed.json["sessions"]
    assert (one["person"], one["medium"], one["agent"]) == ("ana", "sms", "Firefox on a phone")
    assert browser.cookies["__Host-pagerd"] not in listed.text
    ended = await front.ask("DELETE", f"/api/v1/sessions/{one['id']}", token=token)

    assert ended.json == {"sentence": f"{one['id']} is ended: ana is signed out there."}
    assert (await browser.get("/me")).status == 303
    assert (await front.ask("DELETE", f"/api/v1/sessions/{one['id']}", token=token)).status == 404


async def test_sessions_of_others_are_for_admin(front):
    """Nobody sees or ends another's without it."""
    ana = await Browser(front).signs_in("ana")
    ben, admin = await front.token("ben", "ack"), await front.token("dora", "admin")
    assert (await front.ask("GET", "/api/v1/sessions", token=ben)).json["sessions"] == []
    (one,) = (await front.ask("GET", "/api/v1/sessions", token=admin)).json["sessions"]
    assert (await front.ask("DELETE", f"/api/v1/sessions/{one['id']}", token=ben)).status == 404
    assert (await front.ask("POST", "/api/v1/people/ana/sign-out", token=ben, json={})).status == 404
    assert (await ana.get("/me")).status == 200

    said = await front.ask("POST", "/api/v1/people/ana/sign-out", token=admin, json={})
    assert said.json == {"sentence": "ana is signed out everywhere: 1 session ended."}
    assert (await ana.get("/me")).status == 303


async def test_a_person_signs_themself_out_everywhere(front):
    """From a script, as from the page."""
    browsers = [await Browser(front).signs_in("ana") for _ in range(2)]
    said = await front.ask("POST", "/api/v1/people/ana/sign-out", token=await front.token("ana", "ack"), json={})

    assert said.json == {"sentence": "ana is signed out everywhere: 2 sessions ended."}
    assert [(await one.get("/me")).status for one in browsers] == [303, 303]


async def test_what_is_over_is_not_listed(front):
    """Also before anybody notices."""
    await Browser(front).signs_in("ana")
    front.clock.move_to(front.clock.now() + SESSION_IDLE + timedelta(seconds=1))

    assert (await front.ask("GET", "/api/v1/sessions", token=await front.token("ana", "read"))).json == {"sessions": []}
