import re

from pagerd.cli.times import now

INCIDENT = {
    "number": 7,
    "mode": "live",
    "status": "investigating",
    "severity": "sev1",
    "title": "Customers cannot \x1b[2Jpay",
    "team": "payments",
    "service": "payments-api",
    "impact": "a fifth of all payments",
    "over_why": "",
    "path": {"text": "roll release 41 back", "owner": "ben"},
    "room": {"place": "https://meet.example.com/7"},
    "opened_at": "2026-01-06T11:00:00+00:00",
    "detected_at": "2026-01-06T11:00:00+00:00",
    "declared_at": "2026-01-06T11:02:00+00:00",
    "impact_started_at": None,
    "mitigated_at": None,
    "impact_ended_at": None,
    "resolved_at": None,
    "roles": [
        {"role": "ic", "name": "incident commander", "holder": "dora", "is_asked": False, "unanswered_since": None},
        {"role": "tl", "name": "technical lead", "holder": None, "is_asked": True, "unanswered_since": None},
        {"role": "comms", "name": "comms lead", "holder": None, "is_asked": False, "unanswered_since": None},
    ],
    "override": None,
    "next_update": {"next_at": "2026-01-06T11:17:00+00:00", "is_overdue": True},
    "watch": {
        "since": "2026-01-06T11:10:00+00:00",
        "until": "2026-01-06T12:10:00+00:00",
        "is_over": False,
        "held_since": None,
    },
}
UPDATE = {
    "number": 1,
    "at": "2026-01-06T11:18:00+00:00",
    "by": "eva",
    "status": "mitigating",
    "met": False,
    "know": "rolling back",
    "doing": "",
    "trend": "improving",
    "eta": "",
    "next_at": "2026-01-06T11:48:00+00:00",
}
STORY = {
    "incident": INCIDENT,
    "phase": "stabilize",
    "next_steps": [
        {
            "sentence": "Dora, incident commander: post update 1, it is overdue",
            "command": "pagerd update post 7 WHAT IS KNOWN",
            "due": "2026-01-06T11:17:00+00:00",
        },
        {"sentence": "Anybody: take the role of comms lead", "command": "pagerd role take comms 7", "due": None},
    ],
    "updates": [UPDATE],
    "mitigations": [{"number": 1, "kind": "rollback", "text": "release 41", "outcome": None}],
    "questions": [{"number": 1, "by": "eva", "text": "Japan, too?", "answer": None}],
    "hypotheses": [{"number": 1, "verdict": "refuted", "text": "the pool is exhausted", "why": "half empty"}],
    "actions": [{"number": 4, "status": "open", "owner": "ben", "due": "2026-02-10", "title": "a bigger pool"}],
    "criteria": [],
    "pages": [{"id": "p-1", "status": "triggered", "acknowledged_by": None, "title": "Technical lead wanted"}],
    "unmet": [{"code": "errors", "what": "errors are at their baseline: unknown"}],
    "messages": [
        {
            "kind": kind,
            "receiver": "ops-chat",
            "at": "2026-01-06T11:02:00+00:00",
            "state": state,
            "attempts": attempts,
            "fault": fault,
        }
        for kind, state, attempts, fault in (
            ("declared", "refused", 1, "answered 400: no_text"),
            ("update", "waiting", 3, "answered 404: no_service"),
            ("help", "sent", 1, ""),
            ("role", "waiting", 0, ""),
        )
    ],
    "zone": "Europe/Lisbon",
    "timeline": [
        {
            "at": "2026-01-06T11:02:00+00:00",
            "local": "2026-01-06 11:02:00",
            "recorded_at": "2026-01-06T11:02:00.4+00:00",
            "page": None,
            "sentence": "ana declared it.",
        }
    ],
}
ACT = {"sentence": "Done.", "incident": INCIDENT}


def test_open_incidents_are_a_table(daemon, command):
    """With who holds which role, and when the next update is promised."""
    daemon.answers_to("GET /api/v1/incidents", {"incidents": [INCIDENT], "more": True, "zone": "Europe/Lisbon"})
    said = command("incident", "list", "--team", "payments", "--all", "--before", "9")

    row = said.out.splitlines()[1]
    assert row.split()[:4] == ["7", "sev1", "investigating", "payments"]
    assert "ic=dora" in row
    assert "Tue 2026-01-06 11:17 UTC" in row
    assert "\x1b" not in said.out
    assert said.err == "There are older ones: --before 7 goes on.\n"
    assert daemon.asked[0].path == "/api/v1/incidents?team=payments&open=false&before=9"


def test_no_incidents_are_said(daemon, command):
    """A quiet day is no error."""
    daemon.answers_to("GET /api/v1/incidents", {"incidents": [], "more": False, "zone": "UTC"})
    said = command("incident", "list")

    assert (said.code, said.out, said.err) == (0, "", "No open incidents.\n")


def test_an_incident_says_how_it_stands(daemon, command):
    """What is due, who does what, what is open, what is unmet, and all that happened."""
    daemon.answers_to("GET /api/v1/incidents/7", STORY)
    said = command("incident", "show", "7")

    assert re.sub(r", \d+\w+(?: \d+\w+)? ago", ", AGO", said.out).splitlines() == [
        "Incident 7  sev1  investigating  team payments",
        "  Customers cannot ?[2Jpay",
        "  order: STABILIZE, restore, investigate, prevent",
        "  NEXT: Dora, incident commander: post update 1, it is overdue, by Tue 2026-01-06 11:17 UTC, AGO",
        "        pagerd update post 7 WHAT IS KNOWN",
        "  then: Anybody: take the role of comms lead",
        "",
        "  impact: a fifth of all payments",
        "  service: payments-api",
        "  detected: Tue 2026-01-06 11:00 UTC",
        "  declared: Tue 2026-01-06 11:02 UTC",
        "  next update: Tue 2026-01-06 11:17 UTC, OVERDUE",
        "  watch period until: Tue 2026-01-06 12:10 UTC",
        "  room: https://meet.example.com/7",
        "  decided: roll release 41 back (ben)",
        "",
        "ROLE                HOLDER",
        "incident commander  dora    -",
        "technical lead      -       asking",
        "comms lead          -       -",
        "",
        "PAGE  STATUS     HOLDER  WHAT",
        "p-1   triggered  -       Technical lead wanted",
        "",
        "MITIGATION  WHAT",
        "1           rollback  release 41",
        "",
        "QUESTION  BY   WHAT         ANSWER",
        "1         eva  Japan, too?  -",
        "",
        "HYPOTHESIS  IS       WHAT                   WHY",
        "1           refuted  the pool is exhausted  half empty",
        "",
        "UNMET   WHAT",
        "errors  errors are at their baseline: unknown",
        "",
        "NOT TOLD  MESSAGE   SINCE                                  WHY",
        "ops-chat  declared  Tue 2026-01-06 11:02 UTC  refused      answered 400: no_text",
        "ops-chat  update    Tue 2026-01-06 11:02 UTC  tried again  answered 404: no_service",
        "",
        "ACTION  STATUS  OWNER  DUE         WHAT",
        "4       open    ben    2026-02-10  a bigger pool",
        "",
        "Timeline, times of Europe/Lisbon:",
        "2026-01-06 11:02:00  ana declared it.",
    ]


def test_an_incident_is_exported_as_a_document(daemon, command):
    """With when each thing happened, and when it was written down where that was later; words stay words."""
    late = {
        "at": "2026-01-06T11:05:00+00:00",
        "recorded_at": "2026-01-06T11:40:00+00:00",
        "page": "p-1",
        "sentence": "ana wrote: | <b>the *pool* |\n# is full",
    }
    daemon.answers_to("GET /api/v1/incidents/7", {**STORY, "timeline": [*STORY["timeline"], late]})
    said = command("incident", "export", "7")

    lines = said.out.splitlines()
    assert lines[0] == "# Incident 7: Customers cannot \\[2Jpay"
    assert "- declared: Tue 2026-01-06 11:02 UTC" in lines
    assert "- incident commander: dora" in lines
    assert lines[-4:] == [
        "| When | Written down | Of | What |",
        "| - | - | - | - |",
        "| 2026-01-06 11:02:00 |  | i-7 | ana declared it. |",
        r"| 2026-01-06 11:05:00 | 2026-01-06 11:40:00 | p-1 | ana wrote: \| \<b\>the \*pool\* \| # is full |",
    ]


def test_declaring_says_all_that_was_said(daemon, command):
    """Each option has its place in the body, the key its header."""
    daemon.answers_to("POST /api/v1/incidents", ACT)
    said = command(
        *("incident", "declare", "--team", "payments", "--severity", "sev1", "--blocked", "yes", "--at-risk", "no"),
        *("--detected-by", "customer", "--trigger", "core_journey", "--since", "2026-01-06T12:00+01:00"),
        *("--drill", "--key", "k1", "Customers", "cannot", "pay"),
    )

    assert (said.code, said.out) == (0, "Done.\n")
    assert daemon.asked[0].body == {
        "title": "Customers cannot pay",
        "team": "payments",
        "severity": "sev1",
        "mode": "drill",
        "cheat_sheet": {"core_blocked": "yes", "at_risk": "no"},
        "detection": "customer",
        "triggers": ["core_journey"],
        "impact_started_at": "2026-01-06T11:00:00+00:00",
    }
    assert daemon.asked[0].headers["Idempotency-Key"] == "k1"


def test_what_is_unmet_is_listed_under_the_error(daemon, command):
    """Each on a line of its own, with its code; one alone is what the error says already."""
    several = [{"code": "errors", "what": "unknown"}, {"code": "watch_running", "what": "23m to go"}]
    daemon.answers_to("POST /api/v1/incidents/7/resolve", {"error": "2 things are unmet", "unmet": several}, status=409)
    said = command("incident", "resolve", "7")
    daemon.answers_to("POST /api/v1/incidents/7/resolve", {"error": "23m to go", "unmet": several[1:]}, status=409)
    one = command("incident", "resolve", "7")

    assert (said.code, said.err) == (1, "pagerd: 2 things are unmet\n  errors: unknown\n  watch_running: 23m to go\n")
    assert one.err == "pagerd: 23m to go\n"


def test_updates_say_which_came_in_time(daemon, command):
    """And, without an end in sight, that there is none yet."""
    daemon.answers_to("GET /api/v1/incidents/7", STORY)
    said = command("update", "list", "7")

    row = said.out.splitlines()[1]
    assert "LATE" in row
    assert "no ETA yet" in row
    assert "Tue 2026-01-06 11:48 UTC" in row


def test_acts_go_where_they_belong(daemon, command):
    """The words of a command become the keys of the API."""
    cases = [
        (("incident", "sev", "7", "sev2", "only", "reports"), "severity", {"severity": "sev2", "why": "only reports"}),
        (
            ("incident", "mitigate", "7", "rollback", "release", "41"),
            "mitigations",
            {"kind": "rollback", "text": "release 41"},
        ),
        (("incident", "mitigation", "7", "1", "worked"), "mitigations/1", {"outcome": "worked", "text": ""}),
        (("incident", "cancel", "7", "false_alarm"), "cancel", {"reason": "false_alarm"}),
        (("incident", "merge", "7", "3"), "merge", {"into": 3}),
        (("incident", "need-help", "7", "platform", "a", "DBA"), "help", {"team": "platform", "what": "a DBA"}),
        (("update", "post", "7", "--next-in", "20m", "so", "far"), "updates", {"know": "so far", "next_in": "20m"}),
        (("incident", "hypothesis", "7", "the", "pool"), "hypotheses", {"text": "the pool"}),
        (
            ("incident", "judge", "7", "1", "refuted", "half", "empty"),
            "hypotheses/1",
            {"verdict": "refuted", "why": "half empty"},
        ),
        (("incident", "room", "7", "+49", "30"), "room", {"place": "+49 30"}),
        (("incident", "all-hands", "7"), "all-hands", {"confirmed": False}),
        (("incident", "all-hands", "7", "--yes"), "all-hands", {"confirmed": True}),
        (("incident", "follow", "7"), "follow", {}),
        (("incident", "unfollow", "7", "--person", "eva"), "unfollow", {"person": "eva"}),
        (("incident", "ask", "7", "Japan,", "too?"), "questions", {"text": "Japan, too?"}),
        (("incident", "reply", "7", "1", "no"), "questions/1", {"text": "no"}),
        (
            ("checklist", "tick", "7", "confirm-impact", "5xx"),
            "checklists/confirm-impact",
            {"status": "done", "text": "5xx"},
        ),
        (
            ("checklist", "skip", "7", "roles", "we", "are", "two"),
            "checklists/roles",
            {"status": "skipped", "text": "we are two"},
        ),
        (
            ("checklist", "answer", "7", "path", "--owner", "ben", "roll", "back"),
            "checklists/path",
            {"text": "roll back", "owner": "ben"},
        ),
        (("role", "take", "ic", "7"), "roles/ic/take", {}),
        (("role", "request", "tl", "7", "--person", "ben"), "roles/tl/request", {"person": "ben"}),
        (("role", "handoff", "ic", "7", "cho"), "roles/ic/handoff", {"to": "cho"}),
        (("role", "release", "ic", "7", "my", "shift", "ends"), "roles/ic/release", {"why": "my shift ends"}),
    ]
    for words, path, body in cases:
        daemon.answers_to(f"POST /api/v1/incidents/7/{path}", ACT)
        assert command(*words).code == 0
        assert daemon.asked[-1].body == body


def test_a_time_of_day_is_the_last_one(daemon, command):
    """Whoever says when the impact ended speaks of the past."""
    daemon.answers_to("POST /api/v1/incidents/7/monitor", ACT)
    for clock in ("00:00", "12:00", "23:59"):
        command("incident", "monitor", "7", "--since", clock)
    said = [one.body["at"] for one in daemon.asked]

    assert all(at <= now().isoformat() for at in said)


def test_a_suspicion_is_confirmed_with_the_three_questions(daemon, command):
    """What was not answered is not mentioned."""
    daemon.answers_to("POST /api/v1/incidents/7/confirm", ACT)
    command("incident", "confirm", "7", "--blocked", "yes", "--growing", "no")
    command("incident", "confirm", "7", "--severity", "sev2")

    assert [one.body for one in daemon.asked] == [
        {"cheat_sheet": {"core_blocked": "yes", "growing": "no"}},
        {"severity": "sev2"},
    ]
