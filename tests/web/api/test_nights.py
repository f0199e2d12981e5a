"""Nights that were worked in, over the API."""

import csv
from datetime import timedelta

import pytest

from pagerd.channels.base import DeliveryReport, DeliveryStatus
from pagerd.engine import commands, outcomes
from tests.builders import NIGHT


async def a_worked_night(front, worked=20):
    """Let whoever is paged first (ana) be woken and work on it; return that night's id. It is morning then."""
    front.clock.move_to(NIGHT)
    page = await front.page()
    [sent, *_] = front.sent[-1:]
    who = sent.notification.person
    report = DeliveryReport(provider_id="lab-1", status=DeliveryStatus.SENT, detail="")
    await front.engine.transact(lambda work: outcomes.reported(work, sent.notification.id, report))
    await front.engine.transact(lambda work: commands.acknowledge(work, page, who, "cli"))
    front.clock.move_to(NIGHT + timedelta(minutes=worked))
    await front.engine.transact(lambda work: commands.resolve(work, page, who, "cli"))
    front.clock.move_to(NIGHT + timedelta(hours=8))
    [row] = (await front.ask("GET", "/api/v1/nights", token=await front.token("ana", "read"))).json["nights"]
    return row["id"]


async def test_a_night_is_listed_with_what_was_seen(front):
    """One row for the night, whatever rang in it."""
    night = await a_worked_night(front)
    answer = await front.ask("GET", "/api/v1/nights?team=payments&person=ana", token=await front.token("ben", "read"))

    [row] = answer.json["nights"]
    assert (row["id"], row["date"], row["seen_minutes"], row["minutes"], row["state"]) == (
        *(night, "2026-01-06"),
        *(20, 20, "seen"),
    )
    assert not (await front.ask("GET", "/api/v1/nights?team=x", token=await front.token("ben", "read"))).json["nights"]


@pytest.mark.parametrize("name", ["ID", "last", "2026-01-06"])
async def test_its_owner_says_how_long_it_was(front, name):
    """By the id, the day on which it began, or the last one."""
    night = await a_worked_night(front)
    token = await front.token("ana", "ack")
    path = f"/api/v1/nights/{night if name == 'ID' else name}"
    said = await front.ask("POST", f"{path}/worked", token=token, json={"worked": "1h30m", "why": "and the report"})

    assert said.json["sentence"] == f"{night}: 1h 30m of work in the night of 2026-01-06."
    assert (said.json["night"]["said_minutes"], said.json["night"]["state"]) == (90, "said")
    story = (await front.ask("GET", path, token=token)).json
    assert [row["page"] for row in story["rows"]] == said.json["night"]["pages"]
    kinds = [entry["kind"] for entry in story["timeline"]]
    assert kinds == ["night.worked", "rest.proposed", "rest.provisional", "rest.covered"]


async def test_nobody_says_it_for_somebody_else_but_an_admin(front):
    """And then under their own name."""
    night = await a_worked_night(front)
    path = f"/api/v1/nights/{night}/worked"

    refused = await front.ask("POST", path, token=await front.token("ben", "ack"), json={"worked": "2h"})
    assert refused.status == 403
    said = await front.ask("POST", path, token=await front.token("dora", "admin"), json={"worked": "2h"})
    assert said.json["night"]["minutes"] == 120
    assert (await front.ask("POST", path, token=await front.token("ana", "ack"), json={"worked": "13h"})).status == 409


async def test_a_night_that_is_not_there_is_404(front):
    """Whatever it is called."""
    token = await front.token("ana", "read")

    for name in ("n-nobody", "last", "2026-01-06"):
        assert (await front.ask("GET", f"/api/v1/nights/{name}", token=token)).status == 404


async def test_the_report_has_the_nights_besides_the_pages(front):
    """In JSON both, in CSV what `of` names."""
    night = await a_worked_night(front)
    token = await front.token("ana", "read")
    report = (await front.ask("GET", "/api/v1/reports/nights", token=token)).json
    as_csv = await front.ask("GET", "/api/v1/reports/nights?format=csv&of=nights", token=token)

    assert [one["id"] for one in report["worked"]] == [night]
    assert [row["page"] for row in report["nights"]] == report["worked"][0]["pages"]
    head, row = csv.reader(as_csv.text.splitlines())
    assert (row[head.index("id")], row[head.index("minutes")]) == (night, "20")
    [person], [team] = report["people"], report["teams"]
    assert (person["person"], team["team"], person["nights"], person["minutes_median"]) == ("ana", "payments", 1, 20)
    for of, head in (("people", "person,nights"), ("teams", "team,nights")):
        summed = await front.ask("GET", f"/api/v1/reports/nights?month=2026-01&format=csv&of={of}", token=token)
        assert summed.text.startswith(head)
    assert (await front.ask("GET", "/api/v1/reports/nights?of=cats", token=token)).status == 400


async def test_a_dispute_is_settled_by_the_lead_and_by_nobody_for_themself(front):
    """Whose night it was and who objected have no say in how it ends."""
    night = await a_worked_night(front)
    tokens = {name: await front.token(name, "ack") for name in ("ana", "ben", "dora", "eva")}

    async def ask(who, what, **body):
        return await front.ask("POST", f"/api/v1/nights/{night}/{what}", token=tokens[who], json=body)

    assert (await ask("ben", "dispute", why="I say so")).status == 403
    objected = await ask("ana", "dispute", why="it took longer", worked="1h")
    assert objected.json["night"]["state"] == "disputed"
    assert (await ask("dora", "dispute", why="no")).status == 409
    assert (await ask("ana", "settle", upheld=True, why="I know")).status == 403
    assert (await ask("ben", "settle", upheld=True, why="he knows")).status == 403

    settled = await ask("dora", "settle", upheld=True, why="the call was long")

    assert settled.json["sentence"] == f"{night} is settled: 1h of work."
    [line] = settled.json["night"]["disputes"]
    assert (line["by"], line["settled_by"], line["upheld"], line["settled_minutes"]) == ("ana", "dora", True, 60)
    assert (await ask("dora", "dispute", why="it was less", worked="50m")).status == 200
    assert (await ask("dora", "settle", upheld=True, why="I know")).status == 403
    assert (await ask("eva", "settle", upheld=False, why="it was settled")).json["night"]["minutes"] == 60
