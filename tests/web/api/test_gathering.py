"""Who comes together, over the API: all hands once confirmed, onlookers and their questions, one incident of a key."""

from dataclasses import replace

from pagerd.core.incidents.room import RoomRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.engine import queries
from tests.builders import a_plan
from tests.web.api.test_incidents import declared
from tests.web.front import a_front

RULES = IncidentRules(room=RoomRules(bridges=("https://meet.example.com/red",)), all_hands=("cho", "eva"))


async def test_all_hands_are_called_once_that_is_confirmed(tmp_path):
    """What it would wake is said first; the same key does not make a question of a call."""
    async with a_front(tmp_path, plan=replace(a_plan(), incidents=RULES)) as front:
        token = await front.token("dora", "ack")
        await declared(front, token, severity="sev3")
        path, key = "/api/v1/incidents/1/all-hands", {"Idempotency-Key": "k1"}
        asked = await front.ask("POST", path, token=token, json={}, headers=key)
        before = await front.engine.read(lambda c: queries.list_pages(c, team=None, is_open=True, limit=100))
        called = await front.ask("POST", path, token=token, json={"confirmed": True}, headers=key)
        after = await front.engine.read(lambda c: queries.list_pages(c, team=None, is_open=True, limit=100))

    assert asked.json["sentence"] == "Nobody is paged yet. It would page Cho, Eva: confirm it with --yes."
    assert called.json["sentence"] == "All hands are called to incident 1: Cho, Eva."
    assert (len(before.pages), len(after.pages)) == (0, 2)


async def test_of_a_key_one_is_open(tmp_path):
    """Whoever declares it again is with the first, and so is their page; when that is over, it is another one."""
    async with a_front(tmp_path, plan=replace(a_plan(), incidents=RULES)) as front:
        token, page = await front.token("ben", "ack"), await front.page()
        first = await declared(front, token, dedup_key="checkout")
        again = await declared(front, token, dedup_key="checkout", page=page)
        story = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json
        await front.ask("POST", "/api/v1/incidents/1/cancel", token=token, json={"reason": "test"})
        other = await declared(front, token, dedup_key="checkout")

    assert first["incident"]["room"]["place"] == "https://meet.example.com/red"
    assert again["incident"]["number"] == 1
    assert again["sentence"] == (
        "Incident 1 is open about the same already: Customers cannot pay. Its room: https://meet.example.com/red"
    )
    assert page in {one["id"] for one in story["pages"]}
    assert other["incident"]["number"] == 2


async def test_a_drill_is_never_about_the_same_as_what_is_real(front):
    """Whoever declares what is real would join practice, and nobody would hear of it."""
    token = await front.token("ben", "ack")
    drill = await declared(front, token, service="payments-api", dedup_key="checkout", mode="drill")
    real = await declared(front, token, service="payments-api", dedup_key="checkout")
    merged = await front.ask("POST", "/api/v1/incidents/2/merge", token=token, json={"into": 1})
    told = (await front.ask("GET", "/api/v1/incidents/2", token=token)).json["incident"]

    assert (drill["incident"]["number"], real["incident"]["number"]) == (1, 2)
    assert "too" not in real["sentence"]
    assert (merged.status, merged.json["unmet"][0]["code"]) == (409, "drill_and_real")
    assert told["status"] == "investigating"


async def test_a_key_is_compared_as_it_is_kept(front):
    """On one line, as long as a key may be; what is written down afterwards joins nothing that goes on."""
    token, key = await front.token("ben", "ack"), "checkout \n" + "x" * 300
    first = await declared(front, token, dedup_key=key)
    again = await declared(front, token, dedup_key=key)
    over = {"mode": "backfill", "detected_at": "2026-01-04T10:00:00Z", "resolved_at": "2026-01-04T11:00:00Z"}
    written = await declared(front, token, dedup_key=key, **over)

    assert first["incident"]["number"] == again["incident"]["number"] == 1
    assert written["incident"]["number"] == 2


async def test_another_one_of_the_same_service_is_said(front):
    """And not refused: at night a second page is better than none."""
    token = await front.token("ben", "ack")
    await declared(front, token, service="payments-api")
    second = await declared(front, token, service="payments-api")
    third = await declared(front, token, service="ledger")

    assert second["sentence"].endswith(
        "Incident 1 is open about payments-api, too: if it is the same, pagerd incident merge 2 1"
    )
    assert "too" not in third["sentence"]


async def test_a_question_is_answered_once_it_is_there(front):
    """Onlookers ask, whoever speaks answers; both stand in the story."""
    token, eva = await front.token("ben", "ack"), await front.token("eva", "ack")
    await declared(front, token)
    path = "/api/v1/incidents/1/questions"
    await front.ask("POST", "/api/v1/incidents/1/follow", token=eva, json={})
    await front.ask("POST", path, token=eva, json={"text": "Japan, too?"})
    empty = await front.ask("POST", path, token=eva, json={"text": " "})
    missing = await front.ask("POST", f"{path}/2", token=token, json={"text": "no"})
    await front.ask("POST", f"{path}/1", token=token, json={"text": "no"})
    story = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json

    [one] = story["questions"]
    assert (one["by"], one["text"], one["answer"], one["answered_by"]) == ("eva", "Japan, too?", "no", "ben")
    assert story["incident"]["followers"] == ["eva"]
    assert (empty.status, missing.status, missing.json["unmet"][0]["code"]) == (409, 409, "no_such_question")


async def test_a_room_is_a_line(front):
    """Whatever somebody pastes; nothing is no room."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    path = "/api/v1/incidents/1/room"
    said = await front.ask("POST", path, token=token, json={"place": "https://meet.example.com/x\nforged"})
    empty = await front.ask("POST", path, token=token, json={"place": " \n"})

    assert said.json["incident"]["room"]["place"] == "https://meet.example.com/x forged"
    assert empty.status == 409
