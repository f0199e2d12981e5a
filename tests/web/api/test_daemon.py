import pytest

from pagerd.web.services import ReloadResult


async def test_ready_says_so(front):
    """Without troubles it is 200."""
    answer = await front.ask("GET", "/-/ready")

    assert (answer.status, answer.json) == (200, {"ready": True, "reasons": [], "warnings": []})


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
    front.state.update(plan_ok=False, findings=3)
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


async def test_a_reload_that_keeps_the_old_plan_is_409_and_says_why(front):
    """The caller learns that the files are not in force, and the first findings."""
    token = await front.token("dora", "admin")
    front.reloads += [ReloadResult(ok=True, revision="test-2")]
    assert (await front.ask("POST", "/-/reload", token=token)).json["revision"] == "test-2"
    front.reloads += [ReloadResult(ok=False, revision="test-2", findings=("rules/x.yaml:3:1: unknown key",))]
    answer = await front.ask("POST", "/-/reload", token=token)

    assert answer.status == 409
    assert "test-2 stays" in answer.json["error"]
    assert "rules/x.yaml:3:1" in answer.json["hint"]


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


async def test_robots_are_asked_to_stay_away(front):
    """Nothing here is for a search engine."""
    assert "Disallow: /" in (await front.ask("GET", "/robots.txt")).text
