import json

import pytest

MAIL = {
    "medium": "email",
    "address": "a…@example.com",
    "state": "usable",
    "since": None,
    "why": "",
    "tried_at": "2026-01-06T11:00:00+00:00",
    "arrived_at": "2026-01-06T11:00:00+00:00",
    "tested_at": None,
    "answered_at": None,
    "unconfirmed_since": None,
}
REFUSED = MAIL | {
    "medium": "sms",
    "address": "+49…001",
    "state": "refused",
    "since": "2026-01-06T11:00:00+00:00",
    "why": "the person texted STOP",
    "arrived_at": None,
}
ANA = {"person": "ana", "name": "Ana", "reachable": True, "methods": [MAIL]}
TWILIO = {
    "channel": "sms",
    "name": "twilio",
    "in_trouble": False,
    "since": None,
    "why": "",
    "next_try_at": None,
    "busy_until": None,
    "rate": None,
}
WELL = {
    "version": "0.1.0",
    "revision": "abc",
    "plan_ok": True,
    "findings": 0,
    "loaded_at": "2026-01-06T11:00:00+00:00",
    "store_ok": True,
    "last_tick_age_seconds": 0.4,
    "ready": True,
    "reasons": [],
    "warnings": [],
    "sources": [{"name": "prod", "kind": "alertmanager", "last_seen_at": None}],
    "alerts": {},
    "pages_open": 2,
    "tickets_open": 1,
    "ticket_exports": {"waiting": 0, "oldest_at": None, "fault": None},
    "incident_messages": [],
    "notifications_waiting": 0,
    "nobody_on_call": ["shop/secondary"],
    "nodes": [],
    "providers": [TWILIO],
    "people": [ANA],
}
NODE = {
    "id": "n1",
    "name": "pager-1",
    "address": "10.0.0.1:8911",
    "version": "0.1.0",
    "schema": 12,
    "revision": "abc",
    "revision_since": "2026-01-06T11:00:00+00:00",
    "files": "f1",
    "started_at": "2026-01-06T11:00:00+00:00",
    "last_seen_at": "2026-01-06T11:00:00+00:00",
    "is_there": True,
    "is_this": True,
}


def test_the_nodes_of_a_shared_store_are_named(daemon, command):
    """Which one answers, which ones are there and under which plan, and which one is gone since when."""
    lost = NODE | {"name": "pager-2", "address": "", "is_there": False, "is_this": False}
    daemon.answers_to("GET /api/v1/status", WELL | {"nodes": [NODE, lost]})
    said = command("status").out.splitlines()

    started = "since Tue 2026-01-06 12:00 CET"
    assert f"  node     pager-1 at 10.0.0.1:8911, this one: pagerd 0.1.0, plan abc, {started}" in said
    assert any(line.startswith("  node   ✗ pager-2 is gone, last seen ") for line in said)


def test_a_node_on_other_files_is_marked(daemon, command):
    """By what should be alike: the ids of their plans differ anyway, by where each of them listens."""
    alike = NODE | {"name": "pager-2", "revision": "def", "is_this": False}
    other = alike | {"name": "pager-3", "files": "f2"}
    daemon.answers_to("GET /api/v1/status", WELL | {"nodes": [NODE, alike, other]})
    marked = [line.split()[1] for line in command("status").out.splitlines() if "ON OTHER FILES" in line]

    assert marked == ["pager-3"]


def test_a_daemon_that_is_well_is_code_0(daemon, command):
    """One screen: the plan, the store, what is open, who was heard, where nobody is on call."""
    daemon.answers_to("GET /api/v1/status", WELL)
    said = command("status")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "● ready  pagerd 0.1.0",
        "  plan     abc: the files as they are, loaded Tue 2026-01-06 12:00 CET",
        "  store    answers",
        "  tick     0 s ago",
        "  open     2 pages, 1 ticket; 0 notifications wait",
        "  source   prod (alertmanager): last heard never",
        "  nobody   is on call for shop/secondary",
    ]


@pytest.mark.parametrize(
    ("trouble", "said_first"),
    [
        ({"ready": False, "reasons": ["the heartbeat is 90 s old"]}, "✗ NOT READY"),
        ({"plan_ok": False, "warnings": ["the files are broken"]}, "● ready"),
    ],
)
def test_trouble_is_code_1_and_says_why(trouble, said_first, daemon, command):
    """A script hears it as a person reads it, in JSON too."""
    daemon.answers_to("GET /api/v1/status", WELL | trouble)
    table, machine = command("status"), command("status", "-o", "json")

    why = (trouble.get("reasons") or trouble["warnings"])[0]
    assert (table.code, machine.code) == (1, 1)
    assert table.out.startswith(said_first)
    assert why in table.out
    assert json.loads(machine.out) == WELL | trouble


def test_a_daemon_without_its_store_says_what_it_can(daemon, command):
    """What stands in the store is missing then, and nothing else."""
    rest = (
        "sources",
        "alerts",
        "pages_open",
        "tickets_open",
        "ticket_exports",
        "incident_messages",
        "notifications_waiting",
        "nobody_on_call",
        "people",
    )
    answer = {name: value for name, value in WELL.items() if name not in rest}
    daemon.answers_to("GET /api/v1/status", answer | {"store_ok": False, "ready": False, "reasons": ["the store"]})
    said = command("status")

    assert said.code == 1
    assert "  store    DOES NOT ANSWER\n" in said.out


def test_providers_and_contacts_are_named_where_something_is_wrong(daemon, command):
    """What is well takes no line: one screen at three in the morning."""
    trouble = {"in_trouble": True, "since": "2026-01-06T11:00:00+00:00", "why": "answered 401"}
    busy = {"name": "backup", "busy_until": "2026-01-06T11:00:20+00:00"}
    ben = {"person": "ben", "name": "Ben", "reachable": False, "methods": [REFUSED]}
    daemon.answers_to(
        "GET /api/v1/status", WELL | {"providers": [TWILIO | trouble, TWILIO | busy], "people": [ANA, ben]}
    )
    lines = command("status").out.splitlines()

    assert "  ✗ sms/twilio is in trouble since Tue 2026-01-06 12:00 CET: answered 401" in lines
    assert "  ! sms/backup takes no more messages until Tue 2026-01-06 12:00 CET" in lines
    assert "  ✗ ben by sms: refused since Tue 2026-01-06 12:00 CET: the person texted STOP" in lines
    assert "  ✗ ben cannot be reached at all" in lines
    assert not [line for line in lines if line.startswith("  ✗ ana")]


def test_everybodys_contacts_are_listed_on_demand(daemon, command):
    """Each with its state, and when something arrived there and was tested last."""
    nobody = {"person": "cho", "name": "Cho", "reachable": False, "methods": []}
    daemon.answers_to("GET /api/v1/status", WELL | {"people": [ANA | {"methods": [MAIL, REFUSED]}, nobody]})
    header, mail, text, without = command("status", "--people").out.splitlines()

    assert header.split() == ["PERSON", "BY", "AT", "STATE", "ARRIVED", "TESTED"]
    assert mail.split()[:4] == ["ana", "email", "a…@example.com", "usable"]
    assert mail.endswith("never")
    assert "REFUSED since Tue 2026-01-06 12:00 CET: the person texted STOP" in text
    assert "has no contact method" in without


def test_contacts_are_not_invented_without_the_store(daemon, command):
    """An empty list would look as if all were well."""
    daemon.answers_to("GET /api/v1/status", {name: value for name, value in WELL.items() if name != "people"})
    said = command("status", "--people")

    assert said.code == 3
    assert "the store does not answer" in said.err


def test_health_is_0_or_1_and_nothing_else(daemon, command, monkeypatch):
    """A probe knows two answers: what is not ready, and what cannot be asked, is unhealthy."""
    daemon.answers_to("GET /-/ready", {"ready": True, "reasons": [], "warnings": ["the files are broken"]})
    ready = command("health")
    daemon.answers_to("GET /-/ready", {"error": "not ready: the store does not answer", "ready": False}, 503)
    troubled = command("health")
    monkeypatch.setenv("PAGERD_SOCKET", "nobody.sock")
    gone = command("health")

    assert (ready.code, ready.out, ready.err) == (0, "ready\n", "")
    assert (troubled.code, troubled.out, troubled.err) == (1, "", "not ready: the store does not answer\n")
    assert gone.code == 1
    assert "nobody.sock" in gone.err


OVER = {"id": "W705", "severity": "warning", "message": "over"}
BOGUS = {"id": "E006", "severity": "error", "message": "'bogus' is not a key"}


def test_a_reload_that_worked_is_code_0(daemon, command):
    """Warnings are printed, and the new revision."""
    daemon.answers_to(
        "POST /-/reload", {"ok": True, "revision": "def", "findings": [OVER], "rendered": "warning[W705]: over"}
    )
    said = command("reload")

    assert (said.code, said.out, said.err) == (0, "warning[W705]: over\nRevision def is in force.\n", "")


def test_a_reload_names_what_needs_a_restart(daemon, command):
    """What the reload could not change is not left unsaid."""
    daemon.answers_to(
        "POST /-/reload", {"ok": True, "revision": "def", "findings": [], "rendered": "", "needs_restart": ["listen"]}
    )
    said = command("reload")

    assert said.code == 0
    assert said.out.splitlines()[1] == "listen needs a restart of pagerd: until then it runs with the old one."


@pytest.mark.parametrize("output", ["table", "json"])
def test_a_reload_that_kept_the_old_plan_is_code_1(output, daemon, command):
    """All findings on stdout, and on stderr what stays in force."""
    rendered = "error[E006]: 'bogus' is not a key\n  --> rules/shop.yaml:1:1"
    kept = {"ok": False, "revision": "abc", "findings": [BOGUS], "rendered": rendered, "error": "x"}
    daemon.answers_to("POST /-/reload", kept, 409)
    said = command("reload", "-o", output)

    assert said.code == 1
    assert said.err == "The files are not in force: revision abc stays.\n"
    if output == "table":
        assert said.out == rendered + "\n"
    else:
        assert json.loads(said.out)["findings"] == [BOGUS]


def test_a_tracker_that_takes_nothing_has_a_line(daemon, command):
    """How much waits, since when, and what it answers."""
    waits = {"waiting": 1, "oldest_at": "2026-01-06T11:00:00+00:00", "fault": "telling the tracker: answered 500"}
    daemon.answers_to("GET /api/v1/status", WELL | {"ticket_exports": waits})
    said = command("status")

    [line] = [line for line in said.out.splitlines() if "tracker" in line]
    assert line.startswith("  tracker  1 event to tell, the oldest ")
    assert line.endswith(" old: telling the tracker: answered 500")


def test_who_hears_nothing_of_incidents_has_a_line(daemon, command):
    """With what the other side answers."""
    waits = {"receiver": "ops-chat", "waiting": 2, "oldest_at": "2026-01-06T11:00:00+00:00", "fault": "answered 404"}
    daemon.answers_to("GET /api/v1/status", WELL | {"incident_messages": [waits]})
    said = command("status")

    [line] = [line for line in said.out.splitlines() if "ops-chat" in line]
    assert line.startswith("  ops-chat  2 messages about incidents to tell, the oldest ")
    assert line.endswith(" old: answered 404")


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({"due_at": "2026-01-06T12:00:00+00:00", "is_late": False}, ", late at Tue 2026-01-06 13:00 CET"),
        ({"due_at": None, "is_late": False}, ", not expected yet"),
        ({"due_at": None, "is_late": True}, ", LATE"),
        ({"is_silent": True}, ", SILENT"),
        ({"is_silent": False}, ""),
    ],
)
def test_a_heartbeat_says_when_it_is_late(expected, words, daemon, command):
    """Whoever asks in the morning sees which backup did not run, and when the next must."""
    source = {"name": "backup", "kind": "heartbeat", "last_seen_at": None} | expected
    daemon.answers_to("GET /api/v1/status", WELL | {"sources": [source]})

    assert f"  source   backup (heartbeat): last heard never{words}" in command("status").out.splitlines()


def test_members_that_do_not_answer_are_named(daemon, command):
    """With since when and why; one that answers says when it did."""
    at = "2026-01-06T11:00:00+00:00"
    members = [
        {"member": "http://am-1:9093", "answered_at": at, "failing_since": None, "error": ""},
        {"member": "http://am-2:9093", "answered_at": None, "failing_since": at, "error": "no answer"},
    ]
    source = {"name": "prod", "kind": "alertmanager", "last_seen_at": None, "asked": members}
    daemon.answers_to("GET /api/v1/status", WELL | {"sources": [source]})
    lines = command("status").out.splitlines()

    assert any(line.startswith("           http://am-1:9093 answered ") for line in lines)
    assert any(
        line.startswith("           ! http://am-2:9093 has not answered for ") and line.endswith(": no answer")
        for line in lines
    )


def test_a_contact_that_nobody_confirmed_is_named(daemon, command):
    """With when its person was asked; it is used all the same, so it fails nothing."""
    asked = MAIL | {"unconfirmed_since": "2026-01-06T11:00:00+00:00"}
    daemon.answers_to("GET /api/v1/status", WELL | {"people": [ANA | {"methods": [asked]}]})
    said = command("status")

    assert said.code == 0
    assert "! ana by email: NOT CONFIRMED, asked" in said.out
    assert "usable, NOT CONFIRMED since" in command("status", "--people").out
