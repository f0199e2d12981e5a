"""The report on incidents, over the API."""

import csv

import pytest

from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from tests.builders import minutes

OVERRIDE = "enough"


async def an_incident(front, number, mode="live", lasts=30):
    """Let an incident begin, the first one with a page, and resolve it so many minutes later, against its criteria."""
    page = await front.page() if number == 1 else ""
    began = front.clock.now()
    front.clock.move_to(began + minutes(10))
    said = Declaration(
        page=page, title="Nobody can pay", team="payments", severity="sev1", mode=mode, impact_started_at=began
    )
    for act in (
        lambda work: declaring.declare(work, "ana", "cli", said),
        lambda work: commands.take_role(work, number, "dora", "cli", "ic"),
    ):
        await front.engine.transact(act)
    front.clock.move_to(began + minutes(10 + lasts))
    await front.engine.transact(lambda work: commands.resolve(work, number, "dora", "cli", "over", OVERRIDE))
    front.clock.move_to(front.clock.now() + minutes(60))


async def report(front, query="", **headers):
    """Ask for the report."""
    token = await front.token("ana", "read")
    return await front.ask("GET", f"/api/v1/reports/incidents{query}", token=token, headers=headers)


async def test_each_number_has_its_definition_its_list_and_what_is_behind_it(front):
    """Two incidents, half an hour and fifty minutes from the declaration to the end."""
    await an_incident(front, 1)
    await an_incident(front, 2, lasts=50)
    said = (await report(front)).json
    resolve = next(one for one in said["durations"] if one["metric"] == "time_to_resolve")
    overridden = next(one for one in said["rates"] if one["metric"] == "overridden")

    assert said["incidents"] == [1, 2]
    assert (resolve["from"], resolve["to"]) == ("impact_started_at", "resolved_at")
    assert (resolve["n"], resolve["median_seconds"], resolve["p90_seconds"]) == (2, 2400, 3600)
    assert resolve["mean_seconds"] is None
    assert [one["incident"] for one in resolve["values"]] == [1, 2]
    assert overridden | {"means": ""} == {
        "metric": "overridden",
        "means": "",
        "met": 2,
        "due": 2,
        "share": 1.0,
        "unknown": 0,
        "against": [1, 2],
    }
    assert said["severities"][0] == {"incident": 1, "first": "sev1", "last": "sev1", "ranks_off": 0}
    assert said["shifts"]["half_shifts"] > 0


async def test_a_drill_changes_no_number(front):
    """Whatever is said in it, and however it is run: it is listed as left out, and that is all."""
    await an_incident(front, 1)
    before = (await report(front)).json
    await an_incident(front, 2, mode="drill", lasts=300)
    after = (await report(front, f"?to={before['to']}".replace("+", "%2B"))).json
    whole = (await report(front)).json

    assert whole["left_out"]["drill"] == [2]
    for key in ("incidents", "durations", "rates", "severities"):
        assert whole[key] == after[key] == before[key], key


async def test_the_mean_is_for_whoever_asks(front):
    """It misleads, so nobody meets it by chance."""
    await an_incident(front, 1)
    await an_incident(front, 2, lasts=50)
    said = (await report(front, "?mean=true")).json

    assert next(one for one in said["durations"] if one["metric"] == "time_to_resolve")["mean_seconds"] == 3000


async def test_incidents_are_chosen_by_team_severity_and_when_they_were_noticed(front):
    """And shifts are those of that team."""
    await an_incident(front, 1)

    for query, found in (
        ("?team=payments&severity=sev1", [1]),
        ("?team=platform", []),
        ("?severity=sev2", []),
        ("?from=2025-12-01T00:00:00Z&to=2026-01-01T00:00:00Z", []),
    ):
        assert (await report(front, query)).json["incidents"] == found, query


@pytest.mark.parametrize(
    ("of", "head", "rows"),
    [("durations", "metric,means,from", 10), ("values", "metric,incident,from", 9), ("rates", "metric,means,met", 9)],
)
async def test_it_is_csv_when_asked_for(front, of, head, rows):
    """A row for each duration, each of their values, each rate."""
    await an_incident(front, 1)
    answer = await report(front, f"?format=csv&of={of}")
    lines = list(csv.reader(answer.text.splitlines()))

    assert ",".join(lines[0]).startswith(head)
    assert len(lines) == rows + 1
    assert len({len(line) for line in lines}) == 1
