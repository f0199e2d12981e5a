import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.base import DeliveryStatus, Receipt
from pagerd.core.people import Medium
from pagerd.core.worklog.nights import evidence_of, merge
from pagerd.engine import commands, outcomes
from pagerd.stores.records import nights
from pagerd.web.api.reports import _cell
from tests.builders import NIGHT, a_person


async def a_night(front, person="ana", **fields):
    """Write one row of the night ledger."""
    at = NIGHT
    row = merge(
        None,
        evidence_of(Medium.SMS, "delivered", at, "n1"),
        person=a_person(person),
        page_id="p-1",
        team="payments",
        severity="sev2",
        plan_revision="test-1",
    )
    await front.engine.transact(lambda work: nights.save(work.c, replace(row, **fields)))
    front.clock.move_to(NIGHT + timedelta(hours=8))


async def test_night_pages_are_rows_of_json(front):
    """One row per person and page, with its evidence and the person's own wall time."""
    await a_night(front)
    answer = await front.ask("GET", "/api/v1/reports/nights", token=await front.token("ana", "read"))

    [row] = answer.json["nights"]
    assert (row["person"], row["page"], row["local"]) == ("ana", "p-1", "2026-01-07 02:30")
    assert row["evidence"].startswith("sms delivered 2026-01-07")


@pytest.mark.parametrize(("query", "headers"), [("?format=csv", {}), ("", {"Accept": "text/csv, */*;q=0.1"})])
async def test_they_are_csv_when_asked_for(front, query, headers):
    """By query or by Accept; the same columns."""
    await a_night(front, team="=cmd|' /C calc'!A0")
    token = await front.token("ana", "read")
    answer = await front.ask("GET", f"/api/v1/reports/nights{query}", token=token, headers=headers)

    head, row = csv.reader(answer.text.splitlines())
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert head[:3] == ["person", "page", "team"]
    assert row[2] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    """A spreadsheet must not run what a label says."""
    assert _cell(f"{start}1+1") == f"'{start}1+1"
    assert _cell("plain") == "plain"
    assert _cell(None) == ""


async def test_rows_are_filtered(front):
    """By span, team and person."""
    await a_night(front)
    await a_night(front, "ben")
    token = await front.token("ana", "read")

    async def count(query):
        return len((await front.ask("GET", f"/api/v1/reports/nights?{query}", token=token)).json["nights"])

    assert await count("person=ana") == 1
    assert await count("team=payments") == 2
    assert await count("team=platform") == 0
    assert await count("from=2026-01-01T00:00:00Z&to=2026-01-07T00:00:00Z") == 0


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-07T00:00:00Z&to=2026-01-07T00:00:00Z",
        "from=2020-01-01T00:00:00Z",
        "to=0001-01-02T00:00:00Z",
        "format=pdf",
    ],
)
async def test_a_report_that_makes_no_sense_is_400(front, query):
    """A span is forward and at most 400 days; the format is one that we write."""
    answer = await front.ask("GET", f"/api/v1/reports/nights?{query}", token=await front.token("ana", "read"))

    assert answer.status == 400


async def send_all(front):
    """Let a provider take what was handed out."""
    receipt = Receipt("lab", "lab-1", DeliveryStatus.ACCEPTED)
    for claimed in front.sent:
        await front.engine.transact(lambda work, one=claimed: outcomes.accepted(work, one, receipt))


async def test_the_load_of_people_and_teams(front):
    """One page that was texted by day and answered after five minutes."""
    page = await front.page()
    await send_all(front)
    front.clock.move_to(front.clock.now() + timedelta(minutes=5))
    await front.engine.transact(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    token = await front.token("ana", "read")

    answer = (await front.ask("GET", "/api/v1/reports/load", token=token)).json

    [ana] = answer["people"]
    assert (ana["person"], ana["pages"], ana["interruptions"], ana["work"], ana["night"]) == ("ana", 1, 1, 1, 0)
    [team] = [one for one in answer["teams"] if one["team"] == "payments"]
    assert (team["pages"], team["unanswered"], team["answer_median_seconds"]) == (1, 0, 300)
    assert team["half_shifts"] == 3, "the rotation began so many half days ago"

    for of, head in (("people", "person,pages"), ("teams", "team,pages")):
        as_csv = await front.ask("GET", f"/api/v1/reports/load?format=csv&of={of}", token=token)
        assert as_csv.text.startswith(head)
    assert (await front.ask("GET", "/api/v1/reports/load?of=cats", token=token)).status == 400
