import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.errors import Unreadable
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.importers import IMPORTERS
from pagerd.importers.base import ExportFile, Outcome
from pagerd.importers.exports import read_export
from tests.importers.imports import AUTUMN, HERE, days, outlook_of, text, told
from tests.importers.pagerduty_rendering import render
from tests.share import in_share

FILES = read_export([str(HERE / "pagerduty")], [".json"])


@pytest.fixture(scope="module")
def harbor():
    """A company that leaves PagerDuty: seven users, five policies, seven schedules, one of them with what cannot be."""
    return outlook_of("pagerduty")


def changed(name, change):
    """Return the export with one file changed."""
    found = []
    for file in FILES:
        value = json.loads(file.text)
        if file.name == name:
            change(value)
        found.append(replace(file, text=json.dumps(value)))
    return tuple(found)


def test_the_shifts_are_those_that_pagerduty_computed(harbor):
    """Over 90 days and a change of the clocks nothing differs, but where the plan said that it cannot be converted."""
    differing = {name for name, one in harbor.compared.items() if one.differences}

    assert set(harbor.compared) == {
        "payments-primary", "payments-secondary", "platform-follow-the-sun", "platform-launch", "databases",
        "managers",
    }  # fmt: skip
    assert min(one.end - one.start for one in harbor.compared.values()) > days(88)
    assert differing == {"databases"}
    assert harbor.row("PL52").outcome is Outcome.IMPOSSIBLE
    assert "91800 seconds" in harbor.row("PL52").remarks[0]


def test_layers_are_turned_around(harbor):
    """The API has the highest layer first; in the files a later one lies above."""
    levels = harbor.book.schedules["payments-primary"].levels

    assert [layer.name for level in levels for layer in level] == ["Weekly", "Weekends"]


def test_what_has_ended_is_left_out(harbor):
    """A layer of last year, an override of last month and a schedule whose only person has left are in no file."""
    assert harbor.row("PL12").outcome is Outcome.LEFT_OUT
    assert harbor.row("PL12").remarks == ("it ended on 2025-12-01",)
    assert harbor.row("PS7OLD7").outcome is Outcome.LEFT_OUT
    assert "1 of its overrides has ended and is left out" in harbor.row("PS1PAY1").remarks
    assert len(harbor.book.overrides) == 2


def test_the_turn_of_somebody_deactivated_is_nobodys(harbor):
    """Others keep their turns; the plan says whose it was, and the schedule has a hole that `check` warns of."""
    row = harbor.row("PL11")
    members = harbor.book.schedules["payments-primary"].levels[0][0].members

    assert row.outcome is Outcome.CHANGED
    assert "the turn of Ola Nordmann is nobody's" in row.remarks[0]
    assert members == (("ana-ribeiro",), ("ben-okafor",), ("cho",), ())


def test_a_layer_opens_in_the_middle_of_a_turn(harbor):
    """Its turns are counted from their virtual start, and it has nobody before it begins."""
    levels = harbor.book.schedules["platform-launch"].levels
    [[layer]] = [level for level in levels if level[0].name == "From the launch on"]

    assert layer.members == (("dora-lindqvist",), ("eva-novakova",), ("fio-tanaka",))
    assert (layer.start, layer.since) == (datetime(2026, 11, 2, 9), datetime(2026, 11, 12, 12))  # noqa: DTZ001


def test_an_override_is_on_call_alone(harbor):
    """It covers the weekend layer and the weekly one beneath it."""
    at = datetime(2026, 10, 25, 12, tzinfo=UTC)

    assert people_on_call(harbor.book, "payments-primary", at) == ("ana-ribeiro",)
    assert harbor.row("PO1D").outcome is Outcome.LEFT_OUT


def test_people_keep_their_numbers_and_their_order(harbor):
    """Text and call of one number are a phone; what pages after three minutes still does; push has no place here."""
    ana, ben, eva = (harbor.plan.people[name] for name in ("ana-ribeiro", "ben-okafor", "eva-novakova"))

    assert (ana.sms, ana.voice, ana.email, ana.zone.key) == (
        "+351912000001", "+351912000001", "ana@example.com", "Europe/Lisbon",
    )  # fmt: skip
    assert ana.notify[Urgency.HIGH] == (
        NotificationRule(Medium.SMS),
        NotificationRule(Medium.VOICE, timedelta(minutes=2)),
    )
    assert "push notification is left out: there is no such medium" in harbor.row("PU1ANA1").remarks
    assert ben.notify[Urgency.LOW] == (NotificationRule(Medium.EMAIL),)
    assert (eva.sms, eva.voice, eva.name) == ("+420601000005", None, "Eva Nováková")


def test_somebody_without_a_phone_is_told(harbor):
    """Mail wakes nobody, so whoever has nothing else stands in the plan."""
    row = harbor.row("PU3CHO3")

    assert row.outcome is Outcome.CHANGED
    assert row.remarks == ("no phone number: only mail reaches them, and mail wakes nobody",)


def test_a_number_is_one_persons(harbor):
    """Two users with one number would make an answer nobody's: the second one keeps what is theirs alone."""
    fio = harbor.plan.people["fio-tanaka"]

    assert (fio.voice, fio.sms) == (None, "+12025550106")
    assert "its number is ben-okafor's as well, and a reply must name one person: left out here" in (
        harbor.row("PU6FIO6").remarks
    )


def test_who_only_reads_is_left_out(harbor):
    """A user who can be on call nowhere is no person to be paged."""
    assert harbor.row("PU8REA8").outcome is Outcome.LEFT_OUT
    assert "rea-auditor" not in harbor.plan.people


def test_policies_can_walk(harbor):
    """A step that pages only people of earlier steps gives its time to the one before; round robin is all at once."""
    payments, platform = harbor.plan.policies["payments"], harbor.plan.policies["platform"]

    assert [(step.targets, step.answer_within) for step in payments.steps] == [
        (("payments-primary",), timedelta(minutes=5)),
        (("payments-secondary",), timedelta(minutes=15)),
        (("dora-lindqvist",), timedelta(minutes=15)),
    ]
    assert payments.repeat == 2
    assert platform.steps[0].targets == ("platform-follow-the-sun", "platform-launch")
    assert "step 1 pages all of its targets" in harbor.row("PE2PLA2").remarks[0]
    assert harbor.row("PE5UNU5").outcome is Outcome.LEFT_OUT


def test_each_policy_that_services_have_is_a_teams(harbor):
    """A team has one policy; services of the same team with another one are a team of their own."""
    teams = harbor.plan.teams

    assert set(teams) == {"payments", "payments-databases", "platform"}
    assert [one.id for one in teams["payments"].services] == ["checkout", "payments-api"]
    assert [one.id for one in teams["payments-databases"].services] == ["payments-db"]
    assert teams["payments-databases"].escalation == "databases"
    assert teams["payments"].roles == {"primary": "payments-primary", "secondary": "payments-secondary"}
    assert harbor.row("PT3MKT3").outcome is Outcome.LEFT_OUT
    assert harbor.row("PV5LEG5").outcome is Outcome.LEFT_OUT


def test_comments_name_the_id_of_each_thing(harbor):
    """Whoever reviews the files finds the thing in PagerDuty."""
    for id_ in ("PS1PAY1", "PL11", "PL13", "PO1B", "PV1API1", "PT1PAY1"):
        assert id_ in harbor.texts["rotations/payments.yaml"]
    assert "# PagerDuty user PU1ANA1" in harbor.texts["rotations/people.yaml"]
    assert "# PagerDuty escalation policy PE1PAY1" in harbor.texts["rotations/escalation.yaml"]


def test_a_key_that_nothing_is_made_of_is_said(harbor):
    """A file of something else is no error, and not passed over in silence."""
    assert harbor.row("maintenance_windows").outcome is Outcome.LEFT_OUT


def test_the_same_export_makes_the_same_files(harbor):
    """Whatever the order in which files and users come, so that a diff shows what changed there."""
    mixed = changed("users.json", lambda value: value["users"].reverse())

    assert outlook_of("pagerduty", tuple(reversed(mixed))).texts == harbor.texts


def test_a_difference_is_found_in_both_directions():
    """Somebody there who is not here, somebody here who is not there: each is a span, and neighbours are one."""

    def swap(value):
        entries = value["schedule"]["final_schedule"]["rendered_schedule_entries"]
        entries[2]["user"] = entries[0]["user"]
        del entries[4]

    found = outlook_of("pagerduty", changed("schedule-PS2PAY2.json", swap)).compared["payments-secondary"]

    assert told(found) == [
        ("10-26 08:00", "11-09 08:00", "ben-okafor", "ana-ribeiro"),
        ("11-23 08:00", "12-07 08:00", "", "cho"),
    ]


def test_nobody_at_the_edge_of_the_span_is_compared_too():
    """An answer does not say of which span it is; what a layer was rendered for shows it, where nobody is on call."""

    def vacate(value):
        final, [layer] = value["schedule"]["final_schedule"], value["schedule"]["schedule_layers"]
        layer["rendered_schedule_entries"] = list(final["rendered_schedule_entries"])
        del final["rendered_schedule_entries"][0]

    found = outlook_of("pagerduty", changed("schedule-PS2PAY2.json", vacate)).compared["payments-secondary"]

    assert told(found) == [("10-01 00:00", "10-12 07:00", "", "ben-okafor")]


def test_seconds_are_told_and_counted():
    """Times here are whole minutes: what a layer loses by that stands in the plan, and is no difference to list."""

    def shift(value):
        [layer] = value["schedule"]["schedule_layers"]
        layer["rotation_virtual_start"] = "2025-01-06T08:00:20Z"
        for entry in value["schedule"]["final_schedule"]["rendered_schedule_entries"]:
            for key in ("start", "end"):
                entry[key] = entry[key].replace("08:00:00Z", "08:00:20Z")

    found = outlook_of("pagerduty", changed("schedule-PS2PAY2.json", shift))

    assert "its handoffs are 20 s earlier" in found.row("PL21").remarks[0]
    assert (found.compared["payments-secondary"].differences, found.compared["payments-secondary"].short) == ((), 5)


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("users.json", lambda v: v.update(more=True), "there are more users: fetch the page at offset=100 too"),
        ("users.json", lambda v: v["users"][3].pop("id"), "users.json: users[3]: there is no id"),
        (
            "users.json",
            lambda v: v["users"][0]["notification_rules"][1].update(start_delay_in_minutes="soon"),
            "users[0].notification_rules[1].start_delay_in_minutes: expected a whole number, but there is ",
        ),
        (
            "schedule-PS1PAY1.json",
            lambda v: v["schedule"]["schedule_layers"][0].update(start="yesterday"),
            "schedule-PS1PAY1.json: schedule.schedule_layers[0].start: expected a time with its offset",
        ),
        (
            "schedule-PS1PAY1.json",
            lambda v: v["schedule"]["schedule_layers"][0]["restrictions"][0].update(start_day_of_week=8),
            "restrictions[0].start_day_of_week: expected a day from 1 for Monday to 7, but there is 8",
        ),
        ("schedule-PS1PAY1.json", lambda v: v.clear(), "fetch GET /schedules/PS1PAY1 too"),
        ("teams.json", lambda v: v.update(error={"message": "Not Found", "code": 2100}), "an error: Not Found"),
    ],
)
def test_what_must_be_known_is_asked_for(name, change, message):
    """An export that is cut off or no export is refused with its path, and nothing is made up."""
    with pytest.raises(Unreadable) as refused:
        outlook_of("pagerduty", changed(name, change))

    assert message in str(refused.value)


# Any schedule that PagerDuty can have, on the half hour: layers, turns of hours, days and weeks, restrictions, ends.

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
USERS = {f"PU{number}": f"Person {number}" for number in range(4)}
HALF_HOURS = st.integers(0, 47).map(lambda count: f"{count // 2:02}:{count % 2 * 30:02}:00")


@st.composite
def restrictions(draw):
    """Draw the restrictions of one layer: none, of the day, or of the week."""
    kind = draw(st.sampled_from(("none", "daily", "weekly")))
    found = []
    for _ in range(0 if kind == "none" else draw(st.integers(1, 3))):
        one = {"type": f"{kind}_restriction", "start_time_of_day": draw(HALF_HOURS)}
        longest = 47 if kind == "daily" else 7 * 48 - 1
        one["duration_seconds"] = 1800 * draw(st.integers(1, longest))
        if kind == "weekly":
            one["start_day_of_week"] = draw(st.integers(1, 7))
        found.append(one)
    return found


@st.composite
def layers(draw):
    """Draw one layer around AUTUMN: it may have begun, be about to, or end within the span that is looked at."""
    virtual = AUTUMN + timedelta(minutes=30) * draw(st.integers(-40 * 48, 5 * 48))
    start = AUTUMN + timedelta(minutes=30) * draw(st.integers(-10 * 48, 20 * 48))
    end = draw(st.none() | st.integers(1, 30 * 48).map(lambda count: start + timedelta(minutes=30) * count))
    length = draw(st.sampled_from((1, 5, 12, 24, 48, 7 * 24, 14 * 24)))
    users = draw(st.lists(st.sampled_from([*USERS, "PUGONE"]), min_size=1, max_size=4))
    return {
        "id": "PL1", "name": "Layer", "start": text(start), "end": None if end is None else text(end),
        "rotation_virtual_start": text(virtual), "rotation_turn_length_seconds": 3600 * length,
        "users": [{"user": {"id": one, "type": "user_reference", "summary": one}} for one in users],
        "restrictions": draw(restrictions()),
    }  # fmt: skip


@st.composite
def schedules(draw):
    """Draw a schedule with what PagerDuty would have computed of it."""
    made = {
        "id": "PS1", "name": "Drawn", "time_zone": draw(st.sampled_from(ZONES)), "teams": [],
        "schedule_layers": draw(st.lists(layers(), min_size=1, max_size=3)),
    }  # fmt: skip
    overrides = []
    for number in range(draw(st.integers(0, 2))):
        start = AUTUMN + timedelta(minutes=30) * draw(st.integers(0, 40 * 48))
        # Two at once are not possible there: the later one would cut the earlier.
        if not overrides or text(start) >= overrides[-1]["end"]:
            end = start + timedelta(minutes=30) * draw(st.integers(1, 96))
            user = {"id": draw(st.sampled_from([*USERS])), "type": "user_reference", "summary": "Somebody"}
            overrides.append({"id": f"PO{number}", "start": text(start), "end": text(end), "user": user})
    made["final_schedule"] = render(made, overrides, USERS, AUTUMN, AUTUMN + days(35))
    return made, overrides


@settings(max_examples=in_share(ci=20, proof=2_000), deadline=None)
@given(schedules())
def test_any_schedule_keeps_its_shifts(drawn):
    """Whatever the layers, an import that calls nothing impossible has the very shifts that PagerDuty computed."""
    schedule, overrides = drawn
    users = [
        {"id": id_, "name": name, "email": f"{id_.lower()}@example.com", "time_zone": "UTC", "contact_methods": []}
        for id_, name in USERS.items()
    ]
    account = {"users": users, "schedule": schedule}
    files = (
        ExportFile("account.json", json.dumps(account)),
        ExportFile("overrides-PS1.json", json.dumps({"overrides": overrides})),
    )
    rows = IMPORTERS["pagerduty"].convert(files, AUTUMN).rows
    if any(one.what == "schedule" and one.outcome is Outcome.LEFT_OUT for one in rows):
        return  # Nobody is left in it, and so there is no file to compare.

    found = outlook_of("pagerduty", files)

    compared = found.compared["drawn"]
    # A handoff in the second pass of a repeated hour cannot be written: then the plan says so.
    is_told = any("local time" in remark for row in found.imported.rows for remark in row.remarks)
    assert is_told or told(compared) == []
