from tests.cli.test_nights import NIGHT, SPAN

REST = {
    "kind": "morning",
    "status": "approved",
    "from": "2026-01-07T06:00:00+00:00",
    "to": "2026-01-07T11:00:00+00:00",
    "decided_by": "dora",
    "covers": [{"schedule": "shop-primary", "people": ["cho"]}],
}


def test_rest_is_a_table(daemon, command):
    """Who worked how long, what they have for it, who said so and who covers."""
    daemon.answers_to("GET /api/v1/rest", {**SPAN, "nights": [{**NIGHT, "rest": REST}]})
    said = command("rest", "--status", "approved").out.splitlines()[1].split()

    assert said[:6] == ["n-1", "2026-01-06", "ana", "1h", "30m", "morning"]
    assert said[-3:] == ["approved", "dora", "cho"]
    assert daemon.asked[0].path == "/api/v1/rest?status=approved"


def test_deciding(daemon, command):
    """An approval needs no reason, the rest does."""
    for act in ("approve", "decline", "withdraw"):
        daemon.answers_to(f"POST /api/v1/rest/n-1/{act}", {"sentence": f"{act}d.", "night": NIGHT})

    assert command("rest", "approve", "n-1").out == "approved.\n"
    assert command("rest", "decline", "n-1", "--why", "x").code == 0
    assert command("rest", "withdraw", "n-1", "--why", "y").code == 0
    assert command("rest", "decline", "n-1").code == 2
    assert [one.body for one in daemon.asked] == [{"why": ""}, {"why": "x"}, {"why": "y"}]
