"""The ladder over the API."""

from dataclasses import replace

from pagerd.core.changes import Change, ChangeKind
from pagerd.core.incidents.ladder_rules import SloRule
from pagerd.core.plan import Service
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.stores.records import changes
from tests.builders import a_rule, minutes


async def ladder(front, team="payments"):
    """Return the ladder of a team, its criteria by name."""
    answer = await front.ask("GET", f"/api/v1/ladder?team={team}", token=await front.token("ana", "read"))
    assert answer.status == 200, answer.text
    [one] = answer.json["teams"]
    return one | {"criteria": {rung["criterion"]: rung for rung in one["criteria"]}}


async def run(front, number, mode):
    """Run an incident of the worst severity that nobody commands, or that dora does from the third on."""
    said = Declaration(title="Nobody can pay", team="payments", severity="sev1", mode=mode)
    await front.engine.transact(lambda work: declaring.declare(work, "ana", "cli", said))
    if number > 1:
        await front.engine.transact(lambda work: commands.take_role(work, number, "dora", "cli", "ic"))
    front.clock.move_to(front.clock.now() + minutes(10))
    await front.engine.transact(lambda work: commands.resolve(work, number, "ana", "cli", "over", "enough"))


async def test_what_is_in_the_data_is_the_evidence(front):
    """Incidents and drills for roles and updates, pages for signals, the plan for runbooks and error budgets."""
    await front.page()
    await run(front, 1, "live")
    await run(front, 2, "drill")
    one = await ladder(front)
    rungs = one["criteria"]

    assert (one["level"], one["name"]) == (1, "reactive")
    assert (rungs["roles"]["found"], rungs["roles"]["against"]) == ("1 of 2, 90 % is asked", ["incident 1"])
    assert rungs["roles"]["evidence"] == ["drill incident 2"]
    assert (rungs["updates"]["standing"], rungs["updates"]["found"]) == ("passed", "2 of 2, 90 % is asked")
    assert rungs["severities"]["standing"] == "passed"
    assert rungs["signals"]["standing"] == "passed"
    assert rungs["game_days"]["evidence"] == ["drill incident 2: 1 of 4"]
    assert rungs["safe_deploys"]["standing"] == "not_in_use"


async def test_runbooks_and_error_budgets_are_read_from_the_plan(front):
    """A critical service without a whole runbook is named; a rule for an alert on a budget is the evidence."""
    plan = front.engine.plan
    team = plan.teams["payments"]
    services = (Service("pay", "payments", critical=True), Service("report", "payments"))
    rule = a_rule("Budget", 'alertname="CheckoutErrorBudgetBurn"')
    front.engine.plan = replace(
        plan,
        teams={**plan.teams, "payments": replace(team, services=services)},
        rules={**plan.rules, "payments": (rule,)},
    )
    rungs = (await ladder(front))["criteria"]

    assert (rungs["runbooks"]["standing"], rungs["runbooks"]["against"]) == ("failed", ["pay"])
    assert (rungs["slos"]["standing"], rungs["slos"]["evidence"]) == ("passed", ["rule Budget"])
    assert rungs["slos"]["would_pass"] == ""


async def test_objectives_that_nobody_can_read_say_why(front):
    """Without a Prometheus they are no evidence, and the answer names each."""
    plan = front.engine.plan
    slo = SloRule(rule="CheckoutBurnRate", prometheus="main")
    rules = replace(plan.incidents.ladder, slos={"payments": (slo,)})
    front.engine.plan = replace(plan, incidents=replace(plan.incidents, ladder=rules))
    rungs = (await ladder(front))["criteria"]

    assert rungs["slos"]["standing"] == "failed"
    assert rungs["slos"]["against"] == ["rule CheckoutBurnRate: there is no Prometheus"]


async def test_each_team_has_one_in_the_order_of_the_names(front):
    """Nobody is ranked."""
    token = await front.token("ana", "read")
    said = (await front.ask("GET", "/api/v1/ladder", token=token)).json

    assert said["window_days"] == 90
    assert [one["team"] for one in said["teams"]] == sorted(front.engine.plan.teams)
    assert (await front.ask("GET", "/api/v1/ladder?team=x", token=token)).status == 404


async def test_changes_of_the_teams_services_are_evidence(front):
    """A canary is a safe deploy; a rollback counts when a machine reported it, not a person."""
    plan = front.engine.plan
    team = plan.teams["payments"]
    front.engine.plan = replace(
        plan, teams={**plan.teams, "payments": replace(team, services=(Service("pay", "payments"),))}
    )
    assert (await ladder(front))["criteria"]["safe_deploys"]["standing"] == "not_in_use"
    now = front.clock.now()
    told = [
        Change(
            id=f"c-{name}",
            source=source,
            kind=kind,
            service="pay",
            what=name,
            by="ana",
            link="",
            at=now,
            received_at=now,
        )
        for name, source, kind in (
            ("release 41", "ci", ChangeKind.CANARY),
            ("by hand", "", ChangeKind.ROLLBACK),
        )
    ]
    for one in told:
        await front.engine.transact(lambda work, one=one: changes.put(work.c, one))
    rungs = (await ladder(front))["criteria"]

    assert (rungs["safe_deploys"]["standing"], rungs["safe_deploys"]["evidence"]) == (
        "passed",
        ["pay canary: release 41"],
    )
    assert rungs["rollbacks"]["standing"] == "failed"
