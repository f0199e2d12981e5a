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
from tests.importers.opsgenie_rendering import render
from tests.share import in_share

FILES = read_export([str(HERE / "opsgenie")], [".json"])
BACKUP = read_export([str(HERE / "opsgenie_backup")], [".json"])


@pytest.fixture(scope="module")
def harbor():
    """A company that leaves Opsgenie: six users, three teams, four schedules, forwarding rules and overrides."""
    return outlook_of("opsgenie")


def id_of(kind, number):
    """Return an id of the export."""
    return f"00000000-0000-4000-{kind}-{number:012d}"


def changed(name, change):
    """Return the export with one file changed."""
    found = []
    for file in FILES:
        value = json.loads(file.text)
        if file.name == name:
            change(value)
        found.append(replace(file, text=json.dumps(value)))
    return tuple(found)


def test_the_shifts_are_those_that_opsgenie_computed(harbor):
    """Over 90 days, a change of the clocks, a forwarding rule and overrides of all and of one rotation."""
    assert {name: told(one) for name, one in harbor.compared.items()} == {
        "payments_schedule": [],
        "platform-schedule": [],
        "managers": [],
    }
    assert {one.end - one.start for one in harbor.compared.values()} == {days(90)}


def test_the_backup_tools_directory_means_the_same(harbor):
    """Its wrappers, its words and its times are read; it has no timeline to compare with, and no services."""
    backup = outlook_of("opsgenie", BACKUP)

    assert backup.book == harbor.book
    assert backup.plan.people == harbor.plan.people
    assert backup.plan.policies == harbor.plan.policies
    assert backup.compared == {}
    assert backup.row("integrations/Prometheus-1.json").outcome is Outcome.LEFT_OUT


def test_rotations_are_side_by_side(harbor):
    """All of a schedule's rotations are on call; who is blocked or `none` has a turn of nobody."""
    [level] = harbor.book.schedules["payments_schedule"].levels

    assert [layer.name for layer in level] == ["Weekdays", "Weekends"]
    assert level[0].members == (("ana-ribeiro",), ("ben-okafor",), ("cho-min-ji",), ())
    assert level[1].members == (("ben-okafor",), (), ("dora-lindqvist",))
    assert harbor.row(id_of("d000", 3)).remarks == ("it ended on 2025-06-01",)
    assert harbor.row(id_of("d000", 7)).outcome is Outcome.LEFT_OUT
    assert harbor.row(id_of("b000", 4)).outcome is Outcome.LEFT_OUT


def test_a_team_in_turns_is_all_of_its_members(harbor):
    """In the week of the launch everybody of the team is on call."""
    at = datetime(2026, 11, 4, 12, tzinfo=UTC)

    assert set(people_on_call(harbor.book, "platform-schedule", at)) == {"dora-lindqvist", "eva-novak"}


def test_an_override_of_one_rotation_leaves_the_others(harbor):
    """Whoever has the nights is taken off, the days stay as they are, and the plan says how."""
    at = datetime(2026, 10, 25, 12, tzinfo=UTC)
    people = people_on_call(harbor.book, "platform-schedule", at)

    assert len(people) == 2
    assert "ana-ribeiro" in people
    assert harbor.row("half").outcome is Outcome.CHANGED


def test_a_forwarding_rule_is_an_override_wherever_the_person_is(harbor):
    """What is over is left out; what holds is told for policies, which it does not reach."""
    current, over = harbor.row(id_of("e000", 1)), harbor.row(id_of("e000", 2))

    assert (current.outcome, over.outcome) == (Outcome.CHANGED, Outcome.LEFT_OUT)
    assert current.becomes == "override of payments_schedule, platform-schedule"


def test_people_keep_their_numbers_and_their_order(harbor):
    """Numbers are written with a hyphen there; a contact that is switched off is none."""
    ana, cho = harbor.plan.people["ana-ribeiro"], harbor.plan.people["cho-min-ji"]

    assert (ana.sms, ana.voice, ana.email) == ("+351912000001", "+351912000001", "ana@example.com")
    assert ana.notify[Urgency.HIGH] == (
        NotificationRule(Medium.SMS),
        NotificationRule(Medium.VOICE, timedelta(minutes=2)),
    )
    assert (cho.sms, cho.voice) == (None, "+821012345003")
    assert harbor.row(id_of("8000", 6)).outcome is Outcome.LEFT_OUT


def test_rules_of_an_escalation_are_steps(harbor):
    """Delays are counted from the alert on there, and until the next step here; next is a copy of the schedule."""
    payments = harbor.plan.policies["payments_escalation"]

    assert [(step.targets, step.answer_within) for step in payments.steps] == [
        (("payments_schedule",), timedelta(minutes=5)),
        (("payments_schedule-next",), timedelta(minutes=10)),
        (("dora-lindqvist", "eva-novak"), timedelta(minutes=20)),
    ]
    assert payments.repeat == 2
    assert harbor.book.schedules["payments_schedule-next"].copy == "payments_schedule"
    assert harbor.row(id_of("c000", 3)).outcome is Outcome.IMPOSSIBLE


def test_an_escalation_without_rules_is_left_out():
    """It pages nobody there, and keeps nobody else from being imported."""
    outlook = outlook_of("opsgenie", changed("escalations.json", lambda value: value["data"][0].update(rules=[])))

    assert "payments_escalation" not in outlook.plan.policies
    assert outlook.row(id_of("c000", 1)).outcome is Outcome.LEFT_OUT


def test_a_team_escalates_as_its_default_rule_says(harbor):
    """By an escalation, or by a schedule; its other rules are named, for they are written anew."""
    payments, platform = harbor.plan.teams["payments"], harbor.plan.teams["platform-team"]

    assert payments.escalation == "payments_escalation"
    assert [one.id for one in payments.services] == ["checkout"]
    assert platform.escalation == "platform"
    assert "its default routing rule notifies a schedule alone" in harbor.row(id_of("a000", 2)).remarks[0]
    assert any("routing rule Night tickets is left out" in one for one in harbor.row(id_of("a000", 1)).remarks)
    assert harbor.row(id_of("a000", 3)).outcome is Outcome.LEFT_OUT


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("users.json", lambda v: v["paging"].update(next="https://x/?offset=100"), "the last page of users is missing"),
        ("schedules.json", lambda v: v["data"][0].pop("rotations"), "fetch GET /v2/schedules?expand=rotation"),
        ("schedules.json", lambda v: v["data"][0]["rotations"][0].update(type="monthly"), "hourly, daily or weekly"),
        (
            "schedules.json",
            lambda v: v["data"][0]["rotations"][0]["timeRestriction"]["restrictions"][0].update(startDay="someday"),
            "schedules.json: data[0].rotations[0].timeRestriction.restrictions[0].startDay: expected a day of the week",
        ),
        (
            "services.json",
            lambda v: (v.clear(), v.update(message="Could not authenticate", took=0.0, requestId="x")),
            "Opsgenie answered with an error: Could not authenticate",
        ),
    ],
)
def test_what_must_be_known_is_asked_for(name, change, message):
    """An export that is cut off or no export is refused with its path, and nothing is made up."""
    with pytest.raises(Unreadable) as refused:
        outlook_of("opsgenie", changed(name, change))

    assert message in str(refused.value)


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
USERS = {f"user-{number}": f"Person {number}" for number in range(5)}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HALF_HOUR = timedelta(minutes=30)


@st.composite
def edges(draw, *names):
    """Draw a start and an end on the half hour."""
    found = {}
    for edge in ("start", "end"):
        found |= {f"{edge}Hour": draw(st.integers(0, 23)), f"{edge}Min": draw(st.sampled_from((0, 30)))}
        if names:
            found[f"{edge}Day"] = draw(st.sampled_from(WEEK))
    return found


@st.composite
def rotations(draw, number):
    """Draw a rotation around AUTUMN, whose people are in no other: an override may speak of it alone."""
    start = AUTUMN + HALF_HOUR * draw(st.integers(-40 * 48, 20 * 48))
    user = st.sampled_from([f"user-{2 * number}", f"user-{2 * number + 1}", "gone"])
    participant = st.one_of(
        user.map(lambda one: {"type": "user", "id": one, "username": one}), st.just({"type": "none"})
    )
    made = {
        "id": f"rotation-{number}", "name": f"Rotation {number}", "startDate": text(start), "enabled": True,
        "type": draw(st.sampled_from(("hourly", "daily", "weekly"))), "length": draw(st.sampled_from((1, 2, 3, 12))),
        "participants": draw(st.lists(participant, min_size=1, max_size=4)),
    }  # fmt: skip
    if draw(st.booleans()):
        made["endDate"] = text(start + HALF_HOUR * draw(st.integers(1, 40 * 48)))
    kind = draw(st.sampled_from((None, "time-of-day", "weekday-and-time-of-day")))
    if kind == "time-of-day":
        made["timeRestriction"] = {"type": kind, "restriction": draw(edges())}
    elif kind is not None:
        made["timeRestriction"] = {"type": kind, "restrictions": draw(st.lists(edges("day"), min_size=1, max_size=3))}
    return made


@st.composite
def schedules(draw):
    """Draw a schedule with overrides that do not overlap, and what Opsgenie would have computed of it."""
    made = {
        "id": "schedule-1", "name": "Drawn", "timezone": draw(st.sampled_from(ZONES)), "enabled": True,
        "rotations": [draw(rotations(number)) for number in range(draw(st.integers(1, 2)))],
    }  # fmt: skip
    overrides = []
    for number in range(draw(st.integers(0, 2))):
        start = AUTUMN + HALF_HOUR * draw(st.integers(0, 40 * 48))
        if not overrides or text(start) >= overrides[-1]["endDate"]:
            chosen = [one for one in made["rotations"] if draw(st.booleans())]
            user = draw(st.sampled_from(({"type": "user", "id": "user-4", "username": "user-4"}, {"type": "none"})))
            end = start + HALF_HOUR * draw(st.integers(1, 96))
            overrides.append(
                {
                    "alias": f"o{number}",
                    "user": user,
                    "startDate": text(start),
                    "endDate": text(end),
                    "rotations": [{"id": one["id"], "name": one["name"]} for one in chosen],
                    "_parent": {"id": "schedule-1", "name": "Drawn"},
                }
            )
    return made, overrides, render(made, overrides, (), USERS, {}, AUTUMN, AUTUMN + days(35))


@settings(max_examples=in_share(ci=20, proof=2_000), deadline=None)
@given(schedules())
def test_any_schedule_keeps_its_shifts(drawn):
    """Whatever the rotations, an import has the very shifts that Opsgenie computed."""
    schedule, overrides, timeline = drawn
    users = [
        {"id": id_, "username": f"{id_}@example.com", "fullName": name, "timeZone": "UTC"}
        for id_, name in USERS.items()
    ]
    files = tuple(
        ExportFile(f"{number}.json", json.dumps({"data": value}))
        for number, value in enumerate((users, [schedule], overrides, timeline["data"]))
    )
    rows = IMPORTERS["opsgenie"].convert(files, AUTUMN).rows
    if any(one.what == "schedule" and one.outcome is Outcome.LEFT_OUT for one in rows):
        return  # Nobody is left in it, and so there is no file to compare.

    found = outlook_of("opsgenie", files)

    is_told = any("local time" in remark for row in found.imported.rows for remark in row.remarks)
    assert is_told or told(found.compared["drawn"]) == []
