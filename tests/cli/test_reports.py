SPAN = {"from": "2026-01-01T00:00:00+00:00", "to": "2026-02-01T00:00:00.123456+00:00"}

SUM = {"nights": 3, "pages": 4, "minutes": 100, "minutes_median": 20, "minutes_p90": 60}
SUMS = {"people": [{"person": "ana", **SUM}], "teams": [{"team": "shop", **SUM}]}

NIGHT = {
    "person": "ana",
    "page": "p-1",
    "team": "shop",
    "severity": "sev1",
    "at": "2026-01-07T01:30:00+00:00",
    "local": "2026-01-07 01:30",
    "zone": "Europe/Lisbon",
    "evidence": "sms delivered",
}


def test_nights_are_a_table_in_the_sleepers_zone(daemon, command):
    """Whose night it was decides on the clock."""
    worked = {"id": "n-1", "date": "2026-01-06", "person": "ana", "team": "shop"}
    worked |= {"pages": ["p-1"], "minutes": 40, "state": "said"}
    daemon.answers_to("GET /api/v1/reports/nights", {**SPAN, "nights": [NIGHT], "worked": [worked], **SUMS})
    said = command("report", "nights", "--from", "2026-01-01", "--to", "2026-01-31", "--team", "shop")

    assert said.out.splitlines()[1].split()[:4] == ["2026-01-07", "01:30", "Europe/Lisbon", "ana"]
    rows = [line.split() for line in said.out.splitlines()]
    assert ["n-1", "2026-01-06", "ana", "shop", "1", "40m", "said"] in rows
    assert ["ana", "3", "4", "1h", "40m", "20m", "1h", "00m"] in rows
    assert rows[-1][0] == "shop"
    assert daemon.asked[0].path == (
        "/api/v1/reports/nights?from=2025-12-31T23%3A00%3A00%2B00%3A00&to=2026-01-31T23%3A00%3A00%2B00%3A00&team=shop"
    )


def test_quiet_nights_are_said(daemon, command):
    """With the span that was looked at."""
    daemon.answers_to("GET /api/v1/reports/nights", {**SPAN, "nights": [], "worked": [], "people": [], "teams": []})
    said = command("report", "nights")

    assert (said.code, said.out) == (0, "")
    assert said.err == "No night pages from Thu 2026-01-01 01:00 CET to Sun 2026-02-01 01:00 CET.\n"


def test_csv_is_the_daemons_own(daemon, command):
    """Its columns and its guard against formulas, with the line ends of a terminal."""
    daemon.answers_to("GET /api/v1/reports/nights", "person,page\r\nana,p-1\r\n")
    said = command("report", "nights", "-o", "csv")

    assert (said.code, said.out) == (0, "person,page\nana,p-1\n")
    assert daemon.asked[0].path == "/api/v1/reports/nights?of=pages&format=csv"


PER_SHIFT = {
    "half_shifts": 14,
    "pages_per_half_shift_median": 1.0,
    "pages_per_half_shift_p90": 3.0,
    "half_shifts_over_two": 2,
}


def test_load_has_a_table_of_people_and_one_of_teams(daemon, command):
    """Spreads that there are none of are dashes; nobody is ranked by us."""
    person = {"month": None, "person": "ana", "pages": 4, "interruptions": 6, "work": 1, "off": 1, "night": 4}
    person |= {"disrupted_hours": 4, "nights": 1, **PER_SHIFT}
    team = {"month": None, "team": "shop", "pages": 4, "unanswered": 1, "interruptions": 6, "work": 1, "off": 1}
    team |= {"night": 4, "disrupted_hours": 4, "answers": 3, "answer_median_seconds": 65.0}
    team |= {"answer_p90_seconds": None, **PER_SHIFT}
    daemon.answers_to("GET /api/v1/reports/load", {**SPAN, "people": [person], "teams": [team]})

    rows = [line.split() for line in command("report", "load", "--month", "2026-01").out.splitlines()]

    assert ["ana", "4", "6", "1", "1", "4", "4", "1", "1", "3", "2", "of", "14"] in rows
    assert ["shop", "4", "1", "6", "4", "4", "1m", "05s", "-", "1", "3", "2", "of", "14"] in rows
    assert daemon.asked[0].path == "/api/v1/reports/load?month=2026-01"

    monthly = {**SPAN, "people": [{**person, "month": "2026-01"}], "teams": [{**team, "month": "2026-01"}]}
    daemon.answers_to("GET /api/v1/reports/load", monthly)
    rows = [line.split() for line in command("report", "load", "--by-month", "--person", "ana").out.splitlines()]
    assert [row[:2] for row in rows if row[:1] == ["2026-01"]] == [["2026-01", "ana"], ["2026-01", "shop"]]
    assert daemon.asked[1].path == "/api/v1/reports/load?person=ana&by=month"


def test_load_says_whose_csv_it_wants(daemon, command):
    """A CSV has one kind of row."""
    daemon.answers_to("GET /api/v1/reports/load", "team,pages\r\nshop,4\r\n")
    said = command("report", "load", "-o", "csv", "--of", "teams")

    assert (said.code, said.out) == (0, "team,pages\nshop,4\n")
    assert daemon.asked[0].path == "/api/v1/reports/load?of=teams&format=csv"


def test_the_month_s_statement_is_a_table(daemon, command):
    """Who, how long, what is owed, and how sure that is."""
    person = {"month": "2026-01", "person": "ana", "nights": 2, "pages": 3, "minutes": 130, "seen_minutes": 20}
    person |= {"mornings": 1, "hours": 0, "half_days": 0, "pay_minutes": 0, "declined": 0, "undecided": 0}
    person |= {"disputed": 0, "state": "approved", "night_ids": [], "plans": []}
    daemon.answers_to("GET /api/v1/reports/comp", {"month": "2026-01", "people": [person], "nights": []})
    said = command("report", "comp", "--month", "2026-01").out.splitlines()[1].split()

    assert said == ["ana", "2", "3", "2h", "10m", "1", "0", "0", "0m", "0", "0", "approved"]
    assert daemon.asked[0].path == "/api/v1/reports/comp?month=2026-01"


def test_the_statement_says_whose_csv_it_wants(daemon, command):
    """A CSV has one kind of row."""
    daemon.answers_to("GET /api/v1/reports/comp", "person,date\r\nana,2026-01-06\r\n")

    assert command("report", "comp", "-o", "csv", "--of", "nights").out == "person,date\nana,2026-01-06\n"
    assert daemon.asked[0].path == "/api/v1/reports/comp?of=nights&format=csv"


SHARE = {"pages": 2, "first": 3, "follow_ups": 40, "others": 1, "nights": 1, "nights_unanswered": 2}
OBSERVED = {
    "from": SPAN["from"],
    "to": SPAN["to"],
    "observed": [{"from": "2026-01-05T08:00:00+00:00", "to": None}],
    "cut": False,
    "teams": [{"team": "shop", **SHARE, "tickets": 4, "silenced": 5, "dropped": 6}],
    "people": [{"person": "ana", **SHARE}],
    "pages": [
        {
            "opened_at": "2026-01-07T01:30:00+00:00",
            "page": "p-1",
            "team": "shop",
            "service": "cart",
            "severity": "sev1",
            "title": "CartDown",
            "rule": "",
            "first_at": "2026-01-07T01:30:00+00:00",
            "people": ["ana", "ben"],
            "media": ["sms"],
            "first": 2,
            "follow_ups": 40,
            "resolved_at": None,
        }
    ],
    "tickets": [],
    "alerts": [],
    "messages": [
        {
            "at": "2026-01-07T01:30:00+00:00",
            "person": "ana",
            "medium": "sms",
            "part": "follow_up",
            "at_night": True,
            "pages": ["p-1"],
            "ticket": None,
            "text": "sev1 CartDown\n\nReply 12 ack",
        }
    ],
}


def test_what_was_observed_is_teams_people_and_pages(daemon, command):
    """What would have gone at once stands before what nobody would have answered; the talk is no data."""
    daemon.answers_to("GET /api/v1/reports/observe", OBSERVED)
    said = command("report", "observe", "--from", "2026-01-01")

    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0] == "TEAM PAGES AT ONCE UNANSWERED OTHERS NIGHT PAGES IF UNANSWERED TICKETS SILENCED DROPPED"
    assert lines[1] == "shop 2 3 40 1 1 2 4 5 6"
    assert lines[4] == "ana 2 3 40 1 1 2"
    assert lines[7] == "Wed 2026-01-07 02:30 CET p-1 shop sev1 CartDown ana, ben by sms 40 -"
    assert said.err.startswith("pagerd observed Mon 2026-01-05 09:00 CET to now.\n")


def test_one_part_of_it(daemon, command):
    """The texts, each on one line; what there is none of is said."""
    daemon.answers_to("GET /api/v1/reports/observe", OBSERVED | {"cut": True})
    said = command("report", "observe", "--of", "messages")
    none = command("report", "observe", "--of", "tickets")

    last = " ".join(said.out.splitlines()[-1].split())
    assert last == "Wed 2026-01-07 02:30 CET ana sms follow up night p-1 sev1 CartDown / Reply 12 ack"
    assert "ask for a shorter time" in said.err
    assert (none.out, "No tickets from" in none.err) == ("", True)


def test_a_time_in_which_pagerd_sent(daemon, command):
    """It is not taken for a quiet one."""
    daemon.answers_to("GET /api/v1/reports/observe", OBSERVED | {"observed": []})
    said = command("report", "observe")

    assert said.out == ""
    assert said.err.startswith("pagerd did not observe from Thu 2026-01-01")


def test_its_csv_has_the_pages_unless_another_part_is_named(daemon, command):
    """The list to lay beside the other pager's."""
    daemon.answers_to("GET /api/v1/reports/observe", "opened_at,page\r\n")
    command("report", "observe", "-o", "csv")
    command("report", "observe", "-o", "csv", "--of", "alerts")

    assert [asked.path.partition("?")[2] for asked in daemon.asked] == ["of=pages&format=csv", "of=alerts&format=csv"]


MEASURES = {
    **SPAN,
    "incidents": [7, 9],
    "left_out": {"drill": [8], "cancelled": [], "merged": [], "suspected": []},
    "caution": "Few.",
    "durations": [
        {
            "metric": "time_to_restore",
            "means": "x",
            "from": "impact_started_at",
            "to": "impact_ended_at",
            "n": 2,
            "median_seconds": 1800.0,
            "p90_seconds": 4500.0,
            "mean_seconds": 3150.0,
            "unknown": 1,
            "invalid": 0,
            "open": 0,
            "values": [],
        }
    ],
    "rates": [
        {"metric": "updates_on_time", "means": "x", "met": 3, "due": 4, "share": 0.75, "unknown": 0, "against": [9]},
        {"metric": "reopened", "means": "x", "met": 0, "due": 0, "share": None, "unknown": 0, "against": []},
    ],
    "severities": [],
    "shifts": {"half_shifts": 14, "median": 0.0, "p90": 1.0, "over_two": []},
}


def test_incidents_are_measured_in_tables(daemon, command):
    """Each duration with its two instants; what is left out is said beside it."""
    daemon.answers_to("GET /api/v1/reports/incidents", MEASURES)
    said = command("report", "incidents", "--team", "shop")
    rows = [line.split() for line in said.out.splitlines()]

    words = "time_to_restore impact started impact ended 2 30m 00s 1h 15m 1 - -"
    assert rows[1] == words.split()
    assert ["updates_on_time", "3", "of", "4", "75%", "-", "9"] in rows
    assert ["reopened", "0", "of", "0", "-", "-", "-"] in rows
    assert "Incidents per 12 h of a shift: median 0, p90 1; 0 of 14 had more than two." in said.out
    assert "Left out: drill 8. Few." in said.err
    assert daemon.asked[0].path == "/api/v1/reports/incidents?team=shop"


def test_a_mean_is_shown_on_request(daemon, command):
    """With a column of its own."""
    daemon.answers_to("GET /api/v1/reports/incidents", MEASURES)
    said = command("report", "incidents", "--mean")

    assert "52m 30s" in said.out
    assert daemon.asked[0].path == "/api/v1/reports/incidents?mean=true"


def test_no_incident_is_said(daemon, command):
    """With what was left out all the same."""
    daemon.answers_to("GET /api/v1/reports/incidents", {**MEASURES, "incidents": []})
    said = command("report", "incidents")

    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("No incident from Thu 2026-01-01")
    assert "Left out: drill 8." in said.err
