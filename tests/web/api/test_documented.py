"""docs/cli.md names every key that `-o json` writes: compared with the answers of a real front, and of the files."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pagerd.cli import main
from pagerd.config.findings import Finding, Span
from pagerd.core.worklog import worked as worked_core
from pagerd.stores.records import worked
from pagerd.web.auth import AS_HEADER
from pagerd.web.services import ReloadResult
from tests.builders import NIGHT
from tests.cli.fake_daemon import pagerd
from tests.web.api.postmortem_acts import carry_a_postmortem
from tests.web.api.test_public import a_public_front
from tests.web.api.test_reports import a_night, an_observed_time, send_all
from tests.web.api.test_tickets import a_ticket
from tests.web.browsing import Browser

ROOT = Path(__file__).resolve().parents[3]
SPAN = {"from": "2026-01-06T12:00:00+00:00", "to": "2026-01-06T18:00:00+00:00"}
MATCH = ['service="payments-api"']
SWAP = {"schedule": "payments-primary", "people": ["cho"], "instead_of": "ana", "why": "agreed", **SPAN}

# What is said of some commands in prose: all keys of a thing, and what comes on top.
BARE = {
    "oncall": ("on-call", set()),
    "token create": ("token", {"token"}),
    "feed add": ("feed", {"url"}),
    "public preview": ("draft", set()),
}


def rows() -> Iterator[tuple[str, str]]:
    """Yield the cells of both tables of the chapter."""
    chapter = (ROOT / "docs/cli.md").read_text().partition("## What `-o json` writes")[2]
    for row in re.findall(r"^\| (.*) \|$", chapter, re.MULTILINE):
        what, _, says = row.partition(" | ")
        if what not in ("Command", "Thing", "-"):
            yield what, says


def keys_of(says: str) -> dict[str, str]:
    """Return the keys of a cell, each with what stands in brackets behind it; what follows a semicolon is talk."""
    keys = re.sub(r" \([^)]*\)", "", says).partition(";")[0]
    brackets = dict(re.findall(r"`(\w+)` \(([^)]*)\)", says))
    return {key: brackets.get(key, "") for key in re.findall(r"`(\w+)`", keys)}


def documented() -> tuple[dict[str, dict[str, str]], dict[str, set[str]]]:
    """Return the keys of each command's answer, and those of each thing."""
    commands: dict[str, dict[str, str]] = {}
    things: dict[str, set[str]] = {}
    for what, says in rows():
        if not what.startswith("`"):
            things[what] = set(keys_of(says))
            continue
        for command in re.findall(r"`([^`]+)`", what):
            commands[command] = keys_of(says)
    for command, (thing, more) in BARE.items():
        commands[command] = dict.fromkeys(things[thing] | more, "")
    return commands, things


def differences(command: str, answer: Any) -> list[str]:
    """Return what an answer has and the page has not, or the other way round."""
    commands, things = documented()
    known = commands[command]
    found = [f"{command}: {sorted(set(answer) ^ set(known))}"] if set(answer) != set(known) else []
    for key, brackets in known.items():
        if brackets not in things or key not in answer:
            continue
        entries = answer[key] if isinstance(answer[key], list) else [answer[key]]
        assert entries, f"{command} shows no {key}, so that nothing is compared"
        found += [
            f"{command}.{key}: {sorted(set(one) ^ things[brackets])}" for one in entries if set(one) != things[brackets]
        ]
    return found


async def test_the_daemons_answers_have_the_documented_keys(front, tmp_path):
    """No more, so that a script can lean on the page, and no fewer, so that the page is true."""
    ticket, page = await a_ticket(front), await front.page()
    await send_all(front)
    admin = await front.token("dora", "admin")
    asked = []

    async def ask(command: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = await front.ask(method, f"/api/v1/{path}", token=admin, **({} if body is None else {"json": body}))
        assert answer.status < 300, (command, answer.text)
        asked.append((command, answer.json))
        return answer.json

    await ask("pages", "GET", "pages")
    await ask("pages PAGE", "GET", f"pages/{page}")
    await ask("page", "POST", "pages", {"team": "payments", "text": "Customers complain"})
    for command, body in (
        ("ack", {}),
        ("undo", {}),
        ("note", {"text": "x"}),
        ("snooze", {"for": "1h"}),
        ("add", {"person": "ben"}),
        ("escalate", {}),
        ("reassign", {"to": "cho"}),
        ("resolve", {"note": "x"}),
    ):
        await ask(command, "POST", f"pages/{page}/{command}", body)
    await ask("tickets", "GET", "tickets")
    await ask("tickets show", "GET", f"tickets/{ticket}")
    await ask("tickets open", "POST", "tickets", {"team": "payments", "text": "x"})
    await ask("tickets take", "POST", f"tickets/{ticket}/take")
    await ask("tickets digest", "GET", "digests/payments")
    await ask("tickets note", "POST", f"tickets/{ticket}/note", {"text": "x"})
    await ask("tickets close", "POST", f"tickets/{ticket}/close", {"reason": "x"})
    await ask("tickets reopen", "POST", f"tickets/{ticket}/reopen", {"reason": "x"})
    await carry_an_incident(front, asked)
    async with a_public_front(tmp_path) as public:
        await tell_customers(public, asked)
        await carry_a_postmortem(public, asked)
    await ask("silence preview", "POST", "silences/preview", {"match": MATCH})
    silence = await ask("silence add", "POST", "silences", {"match": MATCH, "for": "1h", "why": "x"})
    await ask("silence list", "GET", "silences")
    await ask("silence end", "DELETE", f"silences/{silence['silence']['id']}")
    await ask("override preview", "POST", "overrides/preview", SWAP)
    override = await ask("override add", "POST", "overrides", SWAP)
    await ask("override list", "GET", "overrides")
    await ask("override end", "DELETE", f"overrides/{override['override']['id']}")
    await ask("oncall", "GET", "oncall/payments-primary")
    await ask("handoff note", "POST", "handoffs/payments-primary/notes", {"text": "x"})
    await ask("handoff show", "GET", "handoffs/payments-primary")
    await ask("shifts", "GET", "schedules/payments-primary/shifts")
    token = await ask("token create", "POST", "tokens", {"name": "x", "scopes": ["read"], "person": "ana"})
    await ask("token list", "GET", "tokens")
    await ask("token revoke", "DELETE", f"tokens/{token['id']}")
    feed = await ask("feed add", "POST", "feeds", {"name": "payments"})
    await ask("feed list", "GET", "feeds")
    await ask("feed remove", "DELETE", f"feeds/{feed['id']}")
    await Browser(front).signs_in("ana")
    session = (await ask("sessions list", "GET", "sessions"))["sessions"][0]
    await ask("sessions end", "DELETE", f"sessions/{session['id']}")
    await ask("explain", "POST", "explain", {"labels": {"alertname": "X"}})
    await ask("explain PAGE", "GET", f"pages/{page}/explain")
    await ask("status", "GET", "status")
    test = await ask("test-page", "POST", "people/ana/test", {"via": "email"})
    await ask("test-page", "GET", f"tests/{test['test']['id']}")
    own = (await front.ask("POST", "/api/v1/people/dora/test", token=admin, json={"via": "email"})).json["test"]["id"]
    [(code,)] = await front.engine.read(lambda c: c.execute("SELECT code FROM notifications WHERE id = $1", own))
    await ask("confirm", "POST", "tests/confirm", {"code": code})
    await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", data=b"<nonsense>")
    await ask("quarantine", "GET", "quarantine")
    await ask("config show", "GET", "config")
    await a_night(front)
    night = "n-1"
    begun = worked_core.begun(night, front.engine.plan.people["ana"], NIGHT, "payments", "test-1")
    begun = worked_core.rung(begun, NIGHT, "p-1")
    await front.engine.transact(lambda work: worked.insert(work.c, begun))
    await ask("nights", "GET", "nights")
    await ask("nights worked", "POST", f"nights/{night}/worked", {"worked": "40m"})
    await ask("nights dispute", "POST", f"nights/{night}/dispute", {"why": "x"})
    settled = {"upheld": True, "why": "x", "worked": "2h"}
    eva = await front.token("eva", "ack")  # who disputed it does not settle it, and eva leads the platform
    answer = await front.ask("POST", f"/api/v1/nights/{night}/settle", token=eva, json=settled)
    asked.append(("nights settle", answer.json))
    await ask("rest", "GET", "rest?to=2026-01-08T00:00:00Z")
    for what in ("approve", "withdraw"):
        await ask(f"rest {what}", "POST", f"rest/{night}/{what}", {"why": "x"})
    asked.append(("rest decline", asked[-1][1]))
    await ask("nights show", "GET", f"nights/{night}")
    await ask("report comp", "GET", "reports/comp?month=2026-01")
    await ask("report load", "GET", "reports/load")
    await ask("report incidents", "GET", "reports/incidents")
    drill = await ask("drill start", "POST", "drills", {"scenario": "x", "team": "payments"})
    await ask("drill score", "GET", f"drills/{drill['incident']['number']}")
    await ask("drill list", "GET", "drills")
    await ask("ladder", "GET", "ladder")
    await ask("report nights", "GET", "reports/nights")
    await an_observed_time(front)
    await ask("report observe", "GET", "reports/observe")
    await ask("report shares", "GET", "reports/shares")

    assert [one for command, answer in asked for one in differences(command, answer)] == []
    offline = {"check", "reload"}
    offline |= {"doctor"}  # compared in tests/cli/test_doctor.py
    offline |= {"audit verify", "backup", "restore", "erase"}  # compared in tests/e2e/test_keeping.py
    offline |= {"db copy", "diff", "import", "replay", "shifts", "simulate"}  # each in its own test
    offline |= {f"swap {act}" for act in ("request", "accept", "refuse", "withdraw", "list")}  # in test_swaps.py
    assert {command for command, _ in asked} | offline == set(documented()[0])


async def carry_an_incident(front: Any, asked: list[tuple[str, Any]]) -> None:
    """Do each act on an incident once, and note what it answered under its command."""
    admin = await front.token("dora", "admin")
    page = await front.page()

    async def ask(command: str, path: str, body: dict[str, Any] | None = None) -> Any:
        method, sent = ("GET", {}) if body is None else ("POST", {"json": body})
        answer = await front.ask(method, f"/api/v1/{path}", token=admin, **sent)
        assert answer.status < 300, (command, answer.text)
        asked.append((command, answer.json))
        return answer.json

    sheet = {"core_blocked": "yes", "at_risk": "no", "growing": "unknown"}
    body = {"page": page, "suspected": True, "cheat_sheet": sheet, "severity": "sev1", "triggers": ["core_journey"]}
    await ask("incident declare", "incidents", body)
    one = "incidents/1"
    await ask("incident confirm", f"{one}/confirm", {})
    await ask("role take", f"{one}/roles/ic/take", {})
    await ask("role request", f"{one}/roles/tl/request", {"person": "ben"})
    await ask("role handoff", f"{one}/roles/ic/handoff", {"to": "cho"})
    await ask("role release", f"{one}/roles/tl/release", {"why": "x"})
    await ask("incident sev", f"{one}/severity", {"severity": "sev2", "why": "x"})
    await ask("incident note", f"{one}/notes", {"text": "x"})
    await ask("incident need-help", f"{one}/help", {"team": "platform", "what": "x"})
    await ask("incident link", f"{one}/pages", {"page": page})
    await ask("update post", f"{one}/updates", {"know": "x", "trend": "stable", "eta": "x", "doing": "x"})
    await ask("incident hypothesis", f"{one}/hypotheses", {"text": "x"})
    await ask("incident judge", f"{one}/hypotheses/1", {"verdict": "supported", "why": "x"})
    await ask("checklist tick", f"{one}/checklists/confirm-impact", {"status": "done"})
    await ask("checklist skip", f"{one}/checklists/notes", {"status": "skipped", "text": "x"})
    await ask("checklist answer", f"{one}/checklists/path", {"text": "x", "owner": "ben"})
    await ask("incident room", f"{one}/room", {"place": "x"})
    await ask("incident all-hands", f"{one}/all-hands", {})
    await ask("incident follow", f"{one}/follow", {"person": "eva"})
    await ask("incident unfollow", f"{one}/unfollow", {"person": "eva"})
    await ask("incident ask", f"{one}/questions", {"text": "x"})
    await ask("incident reply", f"{one}/questions/1", {"text": "x"})
    change = {"kind": "deploy", "service": "payments-api", "what": "x"}
    await ask("change post", "changes", change)
    await ask("change list", "changes")
    await ask("checklist show", f"{one}/checklists")
    await ask("incident mitigate", f"{one}/mitigations", {"kind": "rollback", "text": "x"})
    await ask("incident mitigation", f"{one}/mitigations/1", {"outcome": "worked", "text": "x"})
    await ask("incident monitor", f"{one}/monitor", {})
    await ask("incident check", f"{one}/criteria", {"criterion": "errors", "state": "attested", "why": "x"})
    await ask("incident investigate", f"{one}/investigate", {"why": "x"})
    await ask("incident resolve", f"{one}/resolve", {"text": "x", "override": "x"})
    await ask("incident reopen", f"{one}/reopen", {"why": "x"})
    await ask("incident mitigate", f"{one}/mitigations", {"kind": "flag"})
    await ask("incident monitor", f"{one}/monitor", {})
    await ask("incident list", "incidents")
    whole = {"title": "a pool", "owner": "ben", "verification": "runbook: none", "impact": "x", "priority": "low"}
    await ask("action add", "incidents/1/actions", whole)
    for act, said in (
        ("edit", {"title": "a bigger pool"}),
        ("assign", {"owner": "cho"}),
        ("due", {"due": "2099-02-10"}),
        ("start", {}),
        ("done", {"text": "x"}),
    ):
        await ask(f"action {act}", "actions/1" if act in ("edit", "assign", "due") else f"actions/1/{act}", said)
    await ask("action list", "actions")
    await ask("action show", "actions/1")
    await ask("action drop", "actions/1/drop", {"why": "x"})
    await ask("action reopen", "actions/1/reopen", {"why": "x"})
    await ask("action add", "incidents/1/actions", {**whole, "verification": "a drill"})
    await ask("action done", "actions/2/done", {})
    seen = await front.ask("POST", "/api/v1/actions/2/verify", token=await front.token("eva", "ack"), json={"why": "x"})
    asked.append(("action verify", seen.json))
    asked.append(("action export", {"actions": [seen.json["action"]]}))
    # Nobody hears of incidents on this front; somebody does for as long as it takes to see how that is said.
    plan, front.engine.plan = front.engine.plan, replace(front.engine.plan, receivers={"leads": ("x@example.com",)})
    await ask("message receivers", "receivers")
    await ask("message test", "receivers/leads/test", {})
    await ask("update post", f"{one}/updates", {"know": "x", "trend": "stable"})
    await ask("message list", f"{one}/messages")
    await ask("message preview", f"{one}/messages/update")
    front.engine.plan = plan
    story = await ask("incident show", one)
    asked.append(("incident export", story))
    asked.append(("update list", {"updates": story["updates"]}))
    await ask("incident severities", "severities")
    other = {"title": "x", "team": "payments"}
    await front.ask("POST", "/api/v1/incidents", token=admin, json=other)
    await ask("incident merge", "incidents/2/merge", {"into": 1})
    await front.ask("POST", "/api/v1/incidents", token=admin, json=other)
    await ask("incident cancel", "incidents/3/cancel", {"reason": "test", "text": "x"})


async def tell_customers(front: Any, asked: list[tuple[str, Any]]) -> None:
    """Do once what is for a person and not for a token: countersign, and each act on what customers read."""

    async def ask(command: str, path: str, body: dict[str, Any] | None = None) -> Any:
        method, sent = ("GET", {}) if body is None else ("POST", {"json": body})
        answer = await front.ask(method, f"/api/v1/{path}", headers={AS_HEADER: "dora"}, **sent)
        assert answer.status < 300, (command, answer.text)
        asked.append((command, answer.json))
        return answer.json

    body = {"title": "x", "team": "payments", "severity": "sev1"}
    await front.ask("POST", "/api/v1/incidents", headers={AS_HEADER: "dora"}, json=body)
    await front.ask("POST", "/api/v1/incidents", headers={AS_HEADER: "ana"}, json=body)
    said = {"text": "x", "override": "x"}
    await front.ask("POST", "/api/v1/incidents/2/resolve", headers={AS_HEADER: "ana"}, json=said)
    await ask("incident countersign", "incidents/2/countersign", {})
    await ask("public draft", "incidents/1/public", {"text": "x", "components": {"checkout": "degraded"}})
    await ask("public approve", "incidents/1/public/2/approve", {})
    await ask("public draft", "incidents/1/public", {"text": "y"})
    await ask("public reject", "incidents/1/public/3/reject", {"why": "x"})
    shown = await ask("public show", "incidents/1/public")
    asked.append(("public preview", shown["drafts"][0]))
    listed = await ask("public list", "public")
    asked.append(("public component", {"components": listed["components"]}))


def commands_that_write_json() -> Iterator[str]:
    """Yield each command with `-o`, those of groups with the group's name."""
    context = click.Context(main.pagerd)
    for name in main.COMMANDS:
        command = main.pagerd.get_command(context, name)
        inner = {f"{name} {one}": of for one, of in getattr(command, "commands", {}).items()}
        for said, one in {name: command, **inner}.items():
            if any(parameter.name == "output" for parameter in one.params):
                yield said


def test_each_command_that_writes_json_stands_on_the_page():
    """A new one is not forgotten; `pages PAGE` and `explain PAGE` are those with a page."""
    assert set(commands_that_write_json()) | {"pages PAGE", "explain PAGE"} == set(documented()[0])


async def test_a_refused_reload_has_the_documented_keys(front):
    """With the findings as `check` writes them."""
    finding = Finding("E006", Span("rules/x.yaml", 3, 1), "unknown").as_json()
    front.reloads += [ReloadResult(ok=False, revision="test-2", findings=(finding,), rendered="x")]
    answer = await front.ask("POST", "/-/reload", token=await front.token("dora", "admin"))

    assert differences("reload", answer.json) == []


def test_answers_from_the_files_have_the_documented_keys(tmp_path):
    """A broken directory for its findings, the example of this repository for the rest."""
    (tmp_path / "pagerd.yaml").write_text("version: 1\n")
    checked = json.loads(pagerd("check", str(tmp_path), "-o", "json", cwd=ROOT).stdout)
    shown = json.loads(pagerd("config", "show", "-o", "json", cwd=ROOT).stdout)
    oncall = json.loads(pagerd("oncall", "payments-primary", "-c", ".", "-o", "json", cwd=ROOT).stdout)

    laid = json.loads(pagerd("shifts", "payments-primary", "-c", ".", "-o", "json", cwd=ROOT).stdout)

    assert [*differences("check", checked), *differences("config show", shown), *differences("oncall", oncall)] == []
    assert differences("shifts", laid) == []


def test_the_page_is_read_as_it_is_meant():
    """What stands in brackets is no key, and neither is what follows a semicolon."""
    commands, things = documented()

    assert things["on-call"] == {
        *("schedule", "at", "on_call", "layer", "override", "shadow", "until", "next", "revision"),
    }
    assert set(commands["reload"]) == {"ok", "revision", "findings", "rendered", "needs_restart", "error", "hint"}
    assert commands["check"]["findings"] == "finding"
