SPAN = {"from": "2026-01-01T00:00:00+00:00", "to": "2026-02-01T00:00:00.123456+00:00"}

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
    daemon.answers_to("GET /api/v1/reports/nights", {**SPAN, "nights": [NIGHT], "worked": [worked]})
    said = command("report", "nights", "--from", "2026-01-01", "--to", "2026-01-31", "--team", "shop")

    assert said.out.splitlines()[1].split()[:4] == ["2026-01-07", "01:30", "Europe/Lisbon", "ana"]
    assert said.out.splitlines()[-1].split() == ["n-1", "2026-01-06", "ana", "shop", "1", "40m", "said"]
    assert daemon.asked[0].path == (
        "/api/v1/reports/nights?from=2025-12-31T23%3A00%3A00%2B00%3A00&to=2026-01-31T23%3A00%3A00%2B00%3A00&team=shop"
    )


def test_quiet_nights_are_said(daemon, command):
    """With the span that was looked at."""
    daemon.answers_to("GET /api/v1/reports/nights", {**SPAN, "nights": [], "worked": []})
    said = command("report", "nights")

    assert (said.code, said.out) == (0, "")
    assert said.err == "No night pages from Thu 2026-01-01 01:00 CET to Sun 2026-02-01 01:00 CET.\n"


def test_csv_is_the_daemons_own(daemon, command):
    """Its columns and its guard against formulas, with the line ends of a terminal."""
    daemon.answers_to("GET /api/v1/reports/nights", "person,page\r\nana,p-1\r\n")
    said = command("report", "nights", "-o", "csv")

    assert (said.code, said.out) == (0, "person,page\nana,p-1\n")
    assert daemon.asked[0].path == "/api/v1/reports/nights?of=pages&format=csv"


def test_load_has_a_table_of_people_and_one_of_teams(daemon, command):
    """Spreads that there are none of are dashes; nobody is ranked by us."""
    person = {"person": "ana", "pages": 4, "interruptions": 6, "work": 1, "off": 1, "night": 4}
    person |= {"disrupted_hours": 4, "nights": 1}
    team = {"team": "shop", "pages": 4, "unanswered": 1, "interruptions": 6, "night": 4, "answers": 3}
    team |= {"answer_median_seconds": 65.0, "answer_p90_seconds": None, "half_shifts": 14}
    team |= {"pages_per_half_shift_median": 1.0, "pages_per_half_shift_p90": 3.0, "half_shifts_over_two": 2}
    daemon.answers_to("GET /api/v1/reports/load", {**SPAN, "people": [person], "teams": [team]})

    rows = [line.split() for line in command("report", "load").out.splitlines()]

    assert ["ana", "4", "6", "1", "1", "4", "4", "1"] in rows
    assert ["shop", "4", "1", "1m", "05s", "-", "1", "3", "2", "of", "14"] in rows


def test_load_says_whose_csv_it_wants(daemon, command):
    """A CSV has one kind of row."""
    daemon.answers_to("GET /api/v1/reports/load", "team,pages\r\nshop,4\r\n")
    said = command("report", "load", "-o", "csv", "--of", "teams")

    assert (said.code, said.out) == (0, "team,pages\nshop,4\n")
    assert daemon.asked[0].path == "/api/v1/reports/load?of=teams&format=csv"


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
