import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.errors import Unreadable
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import OverrideKind, Turn, Unit
from pagerd.importers import IMPORTERS
from pagerd.importers.base import ExportFile, Outcome
from pagerd.importers.exports import read_export
from tests.importers.grafana_oncall_rendering import Source, final_shifts
from tests.importers.imports import AUTUMN, HERE, outlook_of, told

KIND = "grafana-oncall"
FILES = read_export([str(HERE / KIND)], [".json"])
UNTIL = AUTUMN + timedelta(days=91)


def results(prefix):
    """Return the things of all pages of an endpoint."""
    return [one for file in FILES if file.name.startswith(prefix) for one in json.loads(file.text)["results"]]


def computed(overriding=()):
    """Return the final shifts of every schedule as files, as the commands of the documentation save them."""
    source = Source(
        shifts={one["id"]: one for one in results("on_call_shifts")},
        known=frozenset(one["id"] for one in results("users")),
        swaps=tuple(results("shift_swaps")),
        overriding={"OP15": ("UFIO6", "UANA1"), **dict(overriding)},
    )
    for schedule in results("schedules"):
        if schedule["type"] != "ical":
            text = json.dumps(final_shifts(schedule, source, AUTUMN, UNTIL))
            yield ExportFile(f"final_shifts-{schedule['id']}-{AUTUMN:%Y-%m-%d}-{UNTIL:%Y-%m-%d}.json", text)


@pytest.fixture(scope="module")
def harbor():
    """A company that leaves Grafana OnCall: schedules of each type, with what cannot be."""
    return outlook_of(KIND, (*FILES, *computed()))


def changed(name, change):
    """Return the export with one file changed."""
    [old] = [one for one in FILES if one.name == name]
    value = json.loads(old.text)
    change(value)
    return tuple(replace(one, text=json.dumps(value)) if one is old else one for one in FILES)


def alone(**shift):
    """Return an export of one schedule with one shift, and its final shifts around a change of the clocks."""
    shift = {
        "id": "OX1", "team_id": None, "name": "x", "type": "rolling_users", "time_zone": None, "level": 0,
        "start": "2026-03-02T09:00:00", "rotation_start": "2026-03-02T09:00:00", "until": None, "duration": 86400,
        "frequency": "daily", "interval": 1, "week_start": "MO", "by_day": None, "by_month": None, "by_monthday": None,
        "rolling_users": [["UA"], ["UB"], ["UC"]], "start_rotation_from_user_index": 0, **shift,
    }  # fmt: skip
    kind = shift.pop("schedule_type", "web")
    schedule = {
        "id": "SX1",
        "name": "x",
        "type": kind,
        "time_zone": "Europe/Berlin",
        "team_id": None,
        "shifts": ["OX1"],
    }
    known = ("UA", "UB", "UC", "UD")
    users = [{"id": id_, "username": id_, "email": f"{id_.lower()}@example.com", "timezone": "UTC"} for id_ in known]
    source = Source({"OX1": shift}, frozenset(known), (), {})
    return (
        ExportFile("users.json", json.dumps(users)),
        ExportFile("schedules.json", json.dumps([schedule])),
        ExportFile("on_call_shifts.json", json.dumps([shift])),
        ExportFile(
            f"final_shifts-SX1-{AUTUMN:%Y-%m-%d}-{UNTIL:%Y-%m-%d}.json",
            json.dumps(final_shifts(schedule, source, AUTUMN, UNTIL)),
        ),
    )


def test_the_shifts_are_those_that_grafana_oncall_computed(harbor):
    """Over 90 days and a change of the clocks nothing differs, but where the plan said that it cannot be converted."""
    differing = {name for name, one in harbor.compared.items() if one.differences}

    assert set(harbor.compared) == {"payments-primary", "payments-secondary", "platform-schedule", "leads"}
    assert {one.end - one.start for one in harbor.compared.values()} == {timedelta(days=90)}
    assert differing == {"leads"}
    assert {(one[2], one[3]) for one in told(harbor.compared["leads"])} >= {("fio", "dora")} or {
        one[2] for one in told(harbor.compared["leads"])
    } == {"fio"}
    assert harbor.row("OE43").outcome is Outcome.IMPOSSIBLE


ROTATIONS = [
    {},
    {"interval": 3, "duration": 3 * 86400},
    {"interval": 3, "duration": 12 * 3600},
    {"interval": 2, "duration": 36 * 3600},
    {"duration": 9 * 3600 + 1800},
    {"duration": 36 * 3600},
    {"duration": 4 * 86400},
    {"by_day": ["MO", "TU", "WE", "TH", "FR"], "duration": 8 * 3600},
    {"by_day": ["MO", "TU", "WE", "TH", "FR"], "duration": 16 * 3600, "interval": 2},
    {"by_day": ["TU", "SA"], "start": "2026-03-04T09:00:00", "rotation_start": "2026-03-04T09:00:00"},
    {"by_day": ["MO", "WE"], "rolling_users": [["UA"], ["UGONE"], ["UC"]]},
    {"rolling_users": [["UA"], ["UGONE"], ["UB", "UGONE"], ["UC", "UD"]]},
    {"start_rotation_from_user_index": 2},
    {"frequency": "weekly", "duration": 7 * 86400},
    {"frequency": "weekly", "duration": 7 * 86400, "week_start": "SU", "interval": 2},
    {"frequency": "weekly", "duration": 14 * 86400, "interval": 2},
    {"frequency": "weekly", "duration": 63 * 3600, "start": "2026-03-06T18:00:00"},
    {"frequency": "weekly", "duration": 9 * 86400},
    {"frequency": "weekly", "duration": 10 * 3600, "by_day": ["MO", "WE", "FR"], "week_start": "SU"},
    {"frequency": "weekly", "duration": 15 * 3600, "by_day": ["SU", "MO"], "start": "2026-03-02T18:00:00"},
    {"frequency": "weekly", "duration": 86400, "by_day": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], "interval": 2},
    {"frequency": "weekly", "duration": 60 * 3600, "by_day": ["FR", "SU"]},
    {"frequency": "weekly", "duration": 86400, "by_day": ["TU", "FR"], "start": "2026-03-07T09:00:00",
     "rotation_start": "2026-03-07T09:00:00"},
    {"frequency": "hourly", "interval": 8, "duration": 8 * 3600},
    {"frequency": "hourly", "interval": 12, "duration": 4 * 3600},
    {"frequency": "monthly", "duration": 3 * 86400},
    {"frequency": "monthly", "duration": 10 * 3600},
    {"rotation_start": "2026-10-20T12:00:00"},
    {"frequency": "weekly", "duration": 7 * 86400, "rotation_start": "2026-10-22T15:30:00",
     "until": "2026-12-02T10:00:00"},
    {"frequency": "weekly", "duration": 86400, "by_day": ["MO", "FR"], "rotation_start": "2026-10-21T10:00:00"},
    {"type": "recurrent_event", "users": ["UA", "UB"], "frequency": "weekly", "by_day": ["MO", "FR"], "interval": 2},
    {"type": "recurrent_event", "users": ["UA"], "by_day": ["SA", "SU"], "duration": 30 * 3600},
    {"type": "recurrent_event", "users": ["UA"], "interval": 3, "by_day": ["SA", "SU", "MO"]},
    {"type": "single_event", "users": ["UA", "UD"], "start": "2026-11-02T09:00:00", "duration": 30 * 3600},
]  # fmt: skip


@pytest.mark.parametrize("shift", ROTATIONS, ids=lambda one: " ".join(f"{key}={value}" for key, value in one.items()))
def test_every_kind_of_shift_gives_what_grafana_oncall_computed(shift):
    """Counted in UTC, as schedules made on the screen are, each comes to the same shifts to the minute."""
    found = outlook_of(KIND, alone(**shift))

    assert told(found.compared["x"]) == []
    assert found.row("OX1").outcome in {Outcome.CONVERTED, Outcome.CHANGED}


@pytest.mark.parametrize(
    ("shift", "why"),
    [
        ({"by_month": [1, 2]}, "only in chosen months"),
        ({"frequency": "monthly", "by_day": ["MO"]}, "on chosen weekdays"),
        ({"frequency": "monthly", "start": "2026-01-31T09:00:00"}, "monthly on day 31"),
        (
            {"frequency": "hourly", "interval": 2, "duration": 5400},
            "a part of a turn is counted in whole hours or days",
        ),
        ({"duration": 86399}, "times here have minutes at most"),
        ({"rolling_users": [["UGONE"]]}, "nobody of it is left"),
    ],
)
def test_what_cannot_be_says_why(shift, why):
    """A shift that no layer says stands in the plan as impossible, beside what can be had."""
    other = {
        "id": "OX2",
        "name": "y",
        "type": "single_event",
        "start": "2027-01-01T00:00:00",
        "duration": 3600,
        "users": ["UA"],
    }
    files = list(alone(**shift))
    schedule = json.loads(files[1].text)
    schedule[0]["shifts"].append("OX2")
    files[1] = replace(files[1], text=json.dumps(schedule))
    files[2] = replace(files[2], text=json.dumps([*json.loads(files[2].text), other]))
    found = outlook_of(KIND, tuple(files[:3]))

    assert found.row("OX1").outcome is Outcome.IMPOSSIBLE
    assert why in " ".join(found.row("OX1").remarks)
    assert "1 of its shifts cannot be had here" in found.row("SX1").remarks


def test_hours_of_a_schedule_of_the_api_keep_its_clock():
    """Made by the API, a shift is counted in its schedule's zone; there a week of an hour more ends an hour early."""
    found = outlook_of(KIND, alone(schedule_type="calendar", frequency="weekly", duration=7 * 86400))
    [level] = found.book.schedules["x"].levels

    assert (level[0].zone.key, level[0].every) == ("Europe/Berlin", Turn(1, Unit.WEEKS))
    assert told(found.compared["x"]) == [("10-26 07:00", "10-26 08:00", "", "ua")]
    assert "an event in which clocks change ends at its time of day here, not after as many hours" in (
        found.row("OX1").remarks
    )


def test_an_event_of_the_api_goes_on_to_its_end():
    """What the API made is not cut at `until`: who has begun finishes."""
    found = outlook_of(
        KIND,
        alone(
            schedule_type="calendar",
            time_zone="UTC",
            frequency="weekly",
            duration=7 * 86400,
            until="2026-10-28T09:00:00",
        ),
    )
    [level] = found.book.schedules["x"].levels

    assert level[0].until == datetime(2026, 11, 2, 9)  # noqa: DTZ001


def test_levels_lie_on_each_other(harbor):
    """The highest level of the source is the last one here."""
    names = [[layer.name for layer in level] for level in harbor.book.schedules["payments-secondary"].levels]

    assert names == [["office hours", "evenings", "every other weekend"], ["launch"]]


def test_a_group_that_has_left_leaves_a_hole(harbor):
    """Grafana OnCall keeps the length of the round: the hole is where it was, and `check` warns of it."""
    weekly = harbor.book.schedules["payments-primary"].levels[0][0]

    assert weekly.members == (("ben",), ("cho",), ("ana",), ())
    assert "user UOLA7 is not among the users any more" in harbor.row("OP11").remarks
    assert any("leaves a hole" in remark for remark in harbor.row("OP11").remarks)


def test_chosen_days_take_turns_without_the_others(harbor):
    """Saturday and Sunday by three people: each day is a weekly layer of its own."""
    level = harbor.book.schedules["payments-primary"].levels[1]

    assert [layer.every for layer in level] == [Turn(1, Unit.WEEKS)] * 2
    assert [layer.members for layer in level] == [
        (("dora",), ("fio",), ("eva",)),
        (("eva",), ("dora",), ("fio",)),
    ]


def test_whom_an_override_of_the_screen_means_is_in_the_final_shifts(harbor):
    """The API gives such an override without its people."""
    at = datetime(2026, 10, 20, 9, tzinfo=UTC)
    without = outlook_of(KIND)

    assert people_on_call(harbor.book, "payments-primary", at) == ("ana", "fio")
    assert "whom it puts on call is read from the final shifts" in harbor.row("OP15").remarks
    assert without.row("OP15").outcome is Outcome.IMPOSSIBLE
    assert without.row("OP14").outcome is Outcome.CONVERTED
    assert harbor.row("OP16").outcome is Outcome.LEFT_OUT


def test_overrides_at_once_are_one():
    """Two overrides that overlap put both of their people on call while they do."""
    shifts = [
        {"id": f"OV{number}", "name": "v", "type": "override", "start": f"2026-10-10T{hour}:00:00", "duration": 7200,
         "users": [user]}
        for number, (hour, user) in enumerate([("08", "UA"), ("09", "UB")])
    ]  # fmt: skip
    files = list(alone())
    schedule = json.loads(files[1].text)
    schedule[0]["shifts"] += [one["id"] for one in shifts]
    files[1] = replace(files[1], text=json.dumps(schedule))
    files[2] = replace(files[2], text=json.dumps([*json.loads(files[2].text), *shifts]))
    book = outlook_of(KIND, tuple(files[:3])).book

    assert [(one.kind, one.start.hour, one.end.hour, one.people) for one in book.overrides] == [
        (OverrideKind.EVERYBODY, 8, 9, ("ua",)),
        (OverrideKind.EVERYBODY, 9, 10, ("ua", "ub")),
        (OverrideKind.EVERYBODY, 10, 11, ("ub",)),
    ]


def test_a_swap_that_was_taken_is_an_override(harbor):
    """One that nobody took changes nothing, and is said."""
    [swap] = [one for one in harbor.book.overrides if one.kind is OverrideKind.REPLACE]

    assert (swap.instead_of, swap.people, swap.why) == ("ben", ("dora",), "Dentist, and the days after.")
    assert [harbor.row(id_).outcome for id_ in ("SSRTAK1", "SSROPE2", "SSRPAS3")] == [
        Outcome.CONVERTED,
        Outcome.LEFT_OUT,
        Outcome.LEFT_OUT,
    ]


def test_chains_are_policies(harbor):
    """Waits are times to answer; what is none of pagerd's, and what begins with waiting, is said."""
    payments, platform = harbor.plan.policies["payments"], harbor.plan.policies["platform"]

    assert [(step.targets, step.answer_within) for step in payments.steps] == [
        (("payments-primary",), timedelta(minutes=5)),
        (("payments-secondary",), timedelta(minutes=15)),
        (("dora",), timedelta(minutes=10)),
    ]
    assert payments.repeat == 5
    assert [step.targets for step in platform.steps] == [("platform-schedule",), ("eva",)]
    remarks = " ".join(harbor.row("FPLA2").remarks)
    assert "waited 0:01:00 before it paged anybody" in remarks
    assert "user UOLA7" in remarks
    assert "trigger_webhook, is left out" in remarks
    assert harbor.row("FCAL3").outcome is Outcome.IMPOSSIBLE


def test_a_chain_behind_a_condition_is_told(harbor):
    """Alerts came to it by a route: nothing leads to it here, and that is not passed over."""
    assert harbor.row("FNIG4").outcome is Outcome.IMPOSSIBLE
    assert "payload.labels.night" in harbor.row("FNIG4").remarks[-1]


def test_integrations_are_services(harbor):
    """What an integration received is escalated by the chain of its default route."""
    teams = harbor.plan.teams

    assert [one.id for one in teams["payments"].services] == ["payments-api"]
    assert teams["payments"].escalation == "payments"
    assert [one.id for one in teams["platform"].services] == ["platform-alerts"]
    assert harbor.row("TMKT3").outcome is Outcome.LEFT_OUT


def test_a_calendar_elsewhere_is_named_without_its_secret(harbor):
    """Its address is what gives access to it."""
    told_of = [remark for row in harbor.imported.rows for remark in row.remarks]

    assert harbor.row("SCAL5").outcome is Outcome.IMPOSSIBLE
    assert "at calendar.example.net" in harbor.row("SCAL5").remarks[0]
    assert not any("secret" in remark for remark in told_of)
    assert not any("secret" in text for text in harbor.texts.values())


def test_people_have_no_numbers_yet(harbor):
    """The API gives none: the plan and the file say so, with the order in which they were told."""
    ana = harbor.plan.people["ana"]

    assert (ana.sms, ana.email, ana.zone.key) == (None, "ana@example.com", "Europe/Lisbon")
    assert harbor.row("UANA1").outcome is Outcome.CHANGED
    people = harbor.texts["rotations/people.yaml"]
    assert "default notifications there: slack, wait 5m, text" in people
    assert "important notifications there: call" in people
    assert harbor.row("UREA8").outcome is Outcome.LEFT_OUT


def test_nothing_is_passed_over(harbor):
    """A shift that no schedule has and a file of nothing known stand in the plan too."""
    strange = outlook_of(KIND, (*FILES, ExportFile("notes.json", "{}")))

    assert harbor.row("OX99").outcome is Outcome.LEFT_OUT
    assert strange.row("notes.json").outcome is Outcome.LEFT_OUT


def test_the_same_export_makes_the_same_files(harbor):
    """Whatever the order of the files."""
    assert outlook_of(KIND, tuple(reversed((*FILES, *computed())))).texts == harbor.texts


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            "users-2.json",
            lambda v: v["results"].pop(),
            "there are 6 of 7 users in the export: fetch its other pages too",
        ),
        ("schedules.json", lambda v: v.update(results=[], count=0), "there is no schedule in it"),
        ("on_call_shifts-1.json", lambda v: v["results"][0].update(frequency="yearly"), "expected hourly, daily"),
        ("on_call_shifts-1.json", lambda v: v["results"][0].update(start="soon"), "expected a time such as"),
        ("on_call_shifts-1.json", lambda v: v["results"][0].update(by_day=["1MO"]), "expected a weekday such as MO"),
        ("on_call_shifts-1.json", lambda v: v["results"][0].pop("duration"), "there is no duration"),
        ("users-1.json", lambda v: v["results"][0].pop("id"), "users-1.json: results[0]: there is no id"),
    ],
)
def test_what_makes_no_sense_says_where(name, change, message):
    """An export that cannot be right is refused as a whole, with the path of what is wrong in it."""
    with pytest.raises(Unreadable, match=re.escape(message)):
        IMPORTERS[KIND].convert(changed(name, change), AUTUMN)


def test_an_endpoint_that_was_not_fetched_is_asked_for():
    """Without the shifts there would be no layers, and nobody would know why."""
    with pytest.raises(Unreadable, match="the answer of /on_call_shifts/ is missing"):
        IMPORTERS[KIND].convert(tuple(one for one in FILES if "shifts" not in one.name), AUTUMN)
