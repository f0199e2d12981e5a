import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.engine import heartbeats, intake
from pagerd.engine.tick import tick
from pagerd.engine.work import SourceTraits
from pagerd.web.limits import WebLimits
from pagerd.web.services import ReloadResult
from tests.builders import NOON, minutes
from tests.web.api.test_tickets import a_ticket
from tests.web.front import a_front, a_source


async def test_ready_says_so(front):
    """Without troubles it is 200."""
    answer = await front.ask("GET", "/-/ready")

    assert (answer.status, answer.json) == (200, {"ready": True, "observing": False, "reasons": [], "warnings": []})


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"store_ok": False}, "the store does not answer"),
        ({"last_tick_age_seconds": 31.0}, "the heartbeat is 31 s old"),
        ({"troubles": ("no provider works",)}, "no provider works"),
    ],
)
async def test_not_ready_is_503_with_the_reasons(front, state, words):
    """A probe sees the status, a person the reason."""
    front.state.update(state)
    answer = await front.ask("GET", "/-/ready")

    assert answer.status == 503
    assert words in answer.json["reasons"][0]
    assert words in answer.json["error"]


async def test_broken_files_are_a_warning_and_still_ready(front):
    """The last good plan pages; taking the node out would not."""
    front.state.update(plan_ok=False, findings={"error": 3, "warning": 0})
    answer = await front.ask("GET", "/-/ready")

    assert answer.status == 200
    assert "files are broken" in answer.json["warnings"][0]


async def test_healthy_does_not_ask_the_store(front):
    """The process answers although its store does not."""
    front.store.fails = True

    assert (await front.ask("GET", "/-/healthy")).status == 200


async def test_status_says_what_is_in_force_and_who_was_heard(front):
    """One screen for whoever asks how it is."""
    await front.page()
    said = (await front.ask("GET", "/api/v1/status", token=await front.token("ana", "read"))).json

    assert said["revision"] == "test-1"
    assert said["pages_open"] == 1
    assert {one["name"]: bool(one["last_seen_at"]) for one in said["sources"]} == {"prod": True, "other": False}


async def test_a_tracker_that_takes_nothing_is_a_warning_after_an_hour(front):
    """Until then it may be a restart of the tracker."""
    front.engine.plan = replace(front.engine.plan, exports_tickets=True)
    await a_ticket(front)
    token = await front.token("ana", "read")
    early = (await front.ask("GET", "/api/v1/status", token=token)).json
    front.clock.move_to(front.clock.now() + timedelta(minutes=61))
    late = (await front.ask("GET", "/api/v1/status", token=token)).json

    assert (early["ticket_exports"]["waiting"], late["ticket_exports"]["waiting"]) == (1, 1)
    assert not [one for one in early["warnings"] if "tracker" in one]
    assert [one for one in late["warnings"] if "tracker" in one]


async def test_who_hears_nothing_of_incidents_is_a_warning_after_five_minutes(front):
    """By then others wonder why nobody says anything."""
    front.engine.plan = replace(front.engine.plan, receivers={"ops-chat": ()})
    token = await front.token("ana", "ack")
    body = {"title": "search is slow", "team": "payments", "severity": "sev3"}
    await front.ask("POST", "/api/v1/incidents", token=token, json=body)
    early = (await front.ask("GET", "/api/v1/status", token=token)).json
    front.clock.move_to(front.clock.now() + timedelta(minutes=6))
    late = (await front.ask("GET", "/api/v1/status", token=token)).json

    [waits] = early["incident_messages"]
    assert (waits["receiver"], waits["waiting"], waits["fault"]) == ("ops-chat", 1, None)
    assert not [one for one in early["warnings"] if "ops-chat" in one]
    assert "ops-chat has not taken messages about incidents for 6m" in late["warnings"]


async def test_a_reload_that_keeps_the_old_plan_is_409_and_says_why(front):
    """The caller learns that the files are not in force, and the first findings."""
    token = await front.token("dora", "admin")
    front.reloads += [ReloadResult(ok=True, revision="test-2")]
    assert (await front.ask("POST", "/-/reload", token=token)).json["revision"] == "test-2"
    findings = ({"id": "E006", "severity": "error"}, {"id": "W701", "severity": "warning"})
    rendered = "error[E006]: unknown key\n --> rules/x.yaml:3:1"
    front.reloads += [ReloadResult(ok=False, revision="test-2", findings=findings, rendered=rendered)]
    answer = await front.ask("POST", "/-/reload", token=token)

    assert answer.status == 409
    assert answer.json["error"] == "the files are not in force: 1 error; revision test-2 stays"
    assert answer.json["findings"] == list(findings)
    assert answer.json["rendered"] == rendered
    assert "rules/x.yaml:3:1" in answer.json["hint"]


async def test_what_needs_a_restart_is_said(front):
    """A reload that worked names what it could not change, and whoever asks how it is hears so too."""
    front.reloads += [ReloadResult(ok=True, revision="test-2", needs_restart=("listen",))]
    front.state.update(needs_restart=("listen",))
    answer = await front.ask("POST", "/-/reload", token=await front.token("dora", "admin"))
    ready = await front.ask("GET", "/-/ready")

    assert answer.json["needs_restart"] == ["listen"]
    assert ready.status == 200
    assert ready.json["warnings"] == ["listen changed in pagerd.yaml: that needs a restart of pagerd"]


async def test_the_quarantine_shows_what_was_not_read(front):
    """Somebody must be able to see what it was."""
    await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", data=b"<nonsense>")
    said = (await front.ask("GET", "/api/v1/quarantine", token=await front.token("ana", "read"))).json

    assert [(row["source"], row["raw"]) for row in said["quarantine"]] == [("prod", "<nonsense>")]


async def test_metrics_are_what_prometheus_reads(front):
    """Counters and gauges in the text format."""
    await front.page()
    answer = await front.ask("GET", "/metrics")

    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'pagerd_pages_open{state="triggered",team="payments"} 1.0' in answer.text
    assert 'pagerd_oncall{level="primary",team="payments",user="ana"} 1.0' in answer.text


async def test_metrics_are_there_while_the_store_is_not(front):
    """That is when they are wanted: the errors are counted, and what only the store knows is left out."""
    await front.page()
    front.store.fails = True
    assert (await front.fire("b")).status == 503
    answer = await front.ask("GET", "/metrics")

    assert answer.status == 200
    samples = answer.text.splitlines()
    assert "pagerd_store_up 0.0" in samples
    assert 'pagerd_ingest_requests_total{result="error",source="prod"} 1.0' in samples
    assert 'pagerd_store_errors_total{operation="write"} 1.0' in samples
    assert 'pagerd_store_errors_total{operation="read"} 1.0' in samples
    assert not [line for line in samples if line.startswith("pagerd_pages_open{")]


async def test_metrics_do_not_wait_for_a_disk_that_hangs(tmp_path, monkeypatch):
    """A read that never ends is given up, and the scrape says that the store is not up; the next one too."""
    async with a_front(tmp_path, limits=WebLimits(scrape_seconds=0.01)) as front:
        await front.page()

        async def hang(_unit):
            await asyncio.Event().wait()

        monkeypatch.setattr(front.store, "read", hang)
        for _ in range(2):
            answer = await front.ask("GET", "/metrics")
            assert answer.status == 200
            assert "pagerd_store_up 0.0" in answer.text.splitlines()


async def test_metrics_say_how_the_config_is(front):
    """Broken files, how many findings, and a number that two nodes can compare."""
    front.state.update(plan_ok=False, findings={"error": 3, "warning": 1}, config_hash=42)
    samples = (await front.ask("GET", "/metrics")).text.splitlines()

    assert "pagerd_config_last_reload_successful 0.0" in samples
    loaded = next(line for line in samples if line.startswith("pagerd_config_last_reload_success_timestamp_seconds"))
    assert float(loaded.split()[1]) == NOON.timestamp()
    assert 'pagerd_config_findings{severity="error"} 3.0' in samples
    assert 'pagerd_config_findings{severity="warning"} 1.0' in samples
    assert "pagerd_config_hash 42.0" in samples


async def test_metrics_show_the_store_at_work(front):
    """Commits are timed by the thread that makes them; the size is that of the files."""
    await front.page()
    samples = dict(
        line.rsplit(" ", 1) for line in (await front.ask("GET", "/metrics")).text.splitlines() if line[0] != "#"
    )

    assert float(samples["pagerd_store_commit_duration_seconds_count"]) >= 1
    assert float(samples["pagerd_store_commit_duration_seconds_sum"]) > 0
    assert float(samples['pagerd_store_units_total{result="kept"}']) >= 1
    assert float(samples["pagerd_store_size_bytes"]) > 4096
    assert samples["pagerd_store_up"] == "1.0"


async def test_many_scrapes_at_once_are_all_answered(front):
    """They are drawn one after another, so that they cannot take the machine from the alerts."""
    answers = await asyncio.gather(*(front.ask("GET", "/metrics") for _ in range(20)))

    assert {answer.status for answer in answers} == {200}


async def test_robots_are_asked_to_stay_away(front):
    """Nothing here is for a search engine."""
    assert "Disallow: /" in (await front.ask("GET", "/robots.txt")).text


async def test_a_source_that_lets_nobody_in_is_a_warning(front):
    """A token file that is gone is seen before an alert is lost to it."""
    token = await front.token("ana", "read")
    calm = (await front.ask("GET", "/api/v1/status", token=token)).json["warnings"]
    front.services.sources = {"prod": a_source(), "tools": a_source("tools", token_hashes=list)}
    warned = (await front.ask("GET", "/api/v1/status", token=token)).json["warnings"]

    assert calm == []
    assert warned == ["source tools lets nobody in: none of its tokens or passwords can be read"]


async def test_status_says_of_a_source_that_it_is_silent(tmp_path):
    """For as long as its alert fires; of one that nobody watches it cannot say."""
    traits = {"prod": SourceTraits(name="prod", silent_after=minutes(10)), "tools": SourceTraits(name="tools")}
    sources = {name: a_source(name, traits=one) for name, one in traits.items()}
    async with a_front(tmp_path, sources=sources) as front:
        front.engine.sources = traits
        token = await front.token("ana", "read")
        said = []
        for minute in (0, 11):
            front.clock.move_to(NOON + minutes(minute))
            await tick(front.engine)
            if minute == 0:
                await front.engine.transact(lambda work: intake.saw(work, traits["prod"]))
            said += [(await front.ask("GET", "/api/v1/status", token=token)).json["sources"]]

    assert [[one.get("is_silent") for one in sources] for sources in said] == [[False, None], [True, None]]


async def test_status_says_of_a_heartbeat_when_it_is_late(tmp_path):
    """And one that is fed by another source needs no token to be sound."""
    beat = Heartbeat(name="backup", every=minutes(60), grace=minutes(5))
    fed = Heartbeat(name="eu", every=minutes(1), grace=minutes(4), fed_by="prod", is_expected=True)
    traits = {one.name: SourceTraits(name=one.name, heartbeat=one) for one in (beat, fed)}
    sources = {
        "backup": a_source("backup", kind="heartbeat", traits=traits["backup"]),
        "eu": a_source("eu", kind="heartbeat", traits=traits["eu"], token_hashes=list),
    }
    async with a_front(tmp_path, sources=sources) as front:
        front.engine.sources = traits
        await front.engine.transact(lambda work: intake.watch_sources(work, traits, listens_since=NOON))
        await front.engine.transact(lambda work: heartbeats.beat(work, beat))
        front.clock.move_to(NOON + minutes(6))
        await tick(front.engine)
        said = (await front.ask("GET", "/api/v1/status", token=await front.token("ana", "read"))).json
        shown = (await front.ask("GET", "/metrics")).text

        assert [(one["name"], one["due_at"], one["is_late"]) for one in said["sources"]] == [
            ("backup", (NOON + minutes(65)).isoformat(), False),
            ("eu", None, True),
        ]
        assert said["warnings"] == []
        assert 'pagerd_heartbeat_late{source="backup"} 0.0' in shown
        assert 'pagerd_heartbeat_late{source="eu"} 1.0' in shown
