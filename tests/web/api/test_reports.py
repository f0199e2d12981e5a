import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.base import DeliveryStatus, Receipt
from pagerd.core.people import Medium
from pagerd.core.worklog.nights import evidence_of, merge
from pagerd.engine import commands, going_live, outcomes
from pagerd.stores.records import nights
from pagerd.web.api import observed
from pagerd.web.api.csv import _cell
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


async def an_observed_time(front):
    """Observe from now on: a page and a ticket, and what was handed out is written down."""
    front.engine.observing = True
    await going_live.settle_mode(front.engine)
    front.sent.clear()
    paging = {"fingerprint": "o1", "labels": {"cluster": "o1"}}
    alerts = [paging, {"fingerprint": "o2", "labels": {"severity": "warning", "cluster": "o2"}}]
    source = {"token": "source-token-of-prod", "json": {"alerts": alerts}}
    assert (await front.ask("POST", "/api/v1/alertmanager/prod", **source)).status == 200
    receipt = Receipt("lab", "", DeliveryStatus.OBSERVED, words="sev2 =1+1 fires\nReply 12 ack")
    for claimed in front.sent:
        await front.engine.transact(lambda work, one=claimed: outcomes.accepted(work, one, receipt))
    front.clock.move_to(front.clock.now() + timedelta(minutes=5))


async def test_what_was_observed_is_told_to_whom_and_when(front):
    """The page with whom it would have told, the message with its words, the ticket with its reasons."""
    await an_observed_time(front)
    token = await front.token("ana", "read")

    answer = (await front.ask("GET", "/api/v1/reports/observe", token=token)).json

    [page] = answer["pages"]
    assert (page["people"], page["first"], page["follow_ups"]) == (["ana"], 1, 0)
    assert page["first_at"] == page["opened_at"]
    assert [(one["part"], one["text"].splitlines()[1]) for one in answer["messages"]] == [("first", "Reply 12 ack")]
    assert [one["place"] for one in answer["alerts"]] == ["opens_page", "ticket"]
    assert answer["tickets"][0]["reasons"]
    assert answer["observed"] == [{"from": "2026-01-06T11:00:00+00:00", "to": None}]
    [team] = answer["teams"]
    assert (team["team"], team["pages"], team["tickets"], team["nights"]) == ("payments", 1, 1, 0)


@pytest.mark.parametrize("of", ["pages", "messages", "alerts", "tickets", "people", "teams"])
async def test_each_part_of_it_is_a_csv(front, of):
    """One part at a time; lists are one cell, and no text is a formula."""
    await an_observed_time(front)
    token = await front.token("ana", "read")

    said = await front.ask("GET", f"/api/v1/reports/observe?format=csv&of={of}", token=token)

    head, row, *_ = csv.reader(said.text.splitlines())
    assert tuple(head) == tuple(observed.COLUMNS[of])
    assert len(row) == len(head)
    assert not any(cell.startswith("[") for cell in row)


async def test_a_part_that_there_is_not(front):
    """It says which there are."""
    said = await front.ask("GET", "/api/v1/reports/observe?of=cats", token=await front.token("ana", "read"))

    assert (said.status, said.json["error"]) == (
        400,
        "of='cats' is none of pages, messages, alerts, tickets, people, teams",
    )


async def test_a_time_without_observing_has_nothing(front):
    """What was really sent is in the other reports."""
    await front.page()
    await send_all(front)
    front.clock.move_to(front.clock.now() + timedelta(minutes=5))
    said = await front.ask("GET", "/api/v1/reports/observe", token=await front.token("ana", "read"))

    assert {part: said.json[part] for part in observed.COLUMNS} == {part: [] for part in observed.COLUMNS}


async def test_observed_pages_are_nobodys_load(front):
    """A page of which nobody was told was not left unanswered, and interrupted nobody."""
    await an_observed_time(front)
    answer = (await front.ask("GET", "/api/v1/reports/load", token=await front.token("ana", "read"))).json

    assert {(one["pages"], one["interruptions"], one["pages_per_half_shift_p90"]) for one in answer["people"]} == {
        (0, 0, 0)
    }
    assert [(one["pages"], one["unanswered"]) for one in answer["teams"] if one["team"] == "payments"] == [(0, 0)]


async def test_the_load_of_people_and_teams(front):
    """One page that was texted by day and answered after five minutes."""
    page = await front.page()
    await send_all(front)
    front.clock.move_to(front.clock.now() + timedelta(minutes=5))
    await front.engine.transact(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    token = await front.token("ana", "read")

    answer = (await front.ask("GET", "/api/v1/reports/load", token=token)).json

    ana, *others = answer["people"]
    assert [one["pages"] for one in others] == [0] * len(others), "the platform's own were told nothing"
    assert (ana["person"], ana["pages"], ana["interruptions"], ana["work"], ana["night"]) == ("ana", 1, 1, 1, 0)
    [team] = [one for one in answer["teams"] if one["team"] == "payments"]
    assert (team["pages"], team["unanswered"], team["answer_median_seconds"]) == (1, 0, 300)
    assert team["half_shifts"] == 3, "the rotation began so many half days ago"

    for of, head in (("people", "month,person,pages"), ("teams", "month,team,pages")):
        as_csv = await front.ask("GET", f"/api/v1/reports/load?format=csv&of={of}", token=token)
        assert as_csv.text.startswith(head)
    assert (await front.ask("GET", "/api/v1/reports/load?of=cats", token=token)).status == 400


async def test_the_load_of_a_month_and_by_month(front):
    """On the reader's clock; an hour that is still to come is no part of it."""
    await front.page()
    await send_all(front)
    front.clock.move_to(front.clock.now() + timedelta(days=40))
    token = await front.token("ana", "read")

    async def ask(query):
        return (await front.ask("GET", f"/api/v1/reports/load?{query}", token=token)).json

    january = await ask("month=2026-01&person=ana&team=payments")
    assert (january["from"], january["to"]) == ("2025-12-31T23:00:00+00:00", "2026-01-31T23:00:00+00:00")
    [ana] = january["people"]
    assert (ana["month"], ana["pages"], ana["half_shifts_over_two"]) == ("2026-01", 1, 0)
    assert ana["half_shifts"] > 0
    assert [(one["team"], one["disrupted_hours"], one["work"]) for one in january["teams"]] == [("payments", 1, 1)]

    both = await ask("from=2026-01-01T00:00:00Z&by=month&person=ana")
    assert [(one["month"], one["pages"]) for one in both["people"]] == [("2026-01", 1), ("2026-02", 0)]
    for wrong in ("month=2026-01&to=2026-02-01T00:00:00Z", "month=2026-07", "month=x", "by=week"):
        assert (await front.ask("GET", f"/api/v1/reports/load?{wrong}", token=token)).status == 400
