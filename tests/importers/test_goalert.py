import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.errors import Unreadable
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import OverrideKind, Turn, Unit
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.importers import IMPORTERS
from pagerd.importers.base import Outcome
from pagerd.importers.exports import read_export
from tests.importers.goalert_rendering import shifts
from tests.importers.imports import AUTUMN, HERE, outlook_of, told

KIND = "goalert"
FILES = read_export([str(HERE / KIND)], [".json"])
UNTIL = AUTUMN + timedelta(days=91)

IDS = {schedule["name"]: schedule["id"] for schedule in json.loads(FILES[0].text)["data"]["schedules"]["nodes"]}
ROTATIONS = {one["name"]: one["id"] for one in json.loads(FILES[0].text)["data"]["rotations"]["nodes"]}


def changed(change=None, computes=True):
    """Return the export with its first answer changed, and then with the shifts that GoAlert computes of it."""
    answer = json.loads(FILES[0].text)
    if change is not None:
        change(answer["data"])
    if computes:
        for schedule in answer["data"]["schedules"]["nodes"]:
            schedule["shifts"] = shifts(schedule, answer["data"], AUTUMN, UNTIL)
    return (replace(FILES[0], text=json.dumps(answer)), FILES[1])


@pytest.fixture(scope="module")
def harbor():
    """A company that leaves GoAlert: six users, six rotations, five schedules."""
    return outlook_of(KIND, changed())


def test_the_shifts_are_those_that_goalert_computed(harbor):
    """Over 90 days and a change of the clocks nothing differs but where the plan said it."""
    assert set(harbor.compared) == {"payments-primary", "platform", "nights", "leads"}
    assert {one.end - one.start for one in harbor.compared.values()} == {timedelta(days=90)}
    assert {name for name, one in harbor.compared.items() if one.differences} == {"nights", "platform"}
    assert told(harbor.compared["platform"]) == [
        (
            "10-13 10:00",
            "10-13 14:00",
            "(somebody who is not among the users),eva-novakova,fio-tanaka",
            "eva-novakova,fio-tanaka",
        )
    ]
    assert harbor.row("ov-gone").outcome is Outcome.IMPOSSIBLE


def test_turns_in_another_zone_than_the_hours_are_told(harbor):
    """New York's clocks change a week after Berlin's: for that week handoffs are an hour off, and the plan said so."""
    differences = harbor.compared["nights"].differences
    row = harbor.row(f"{IDS['Nights']}/{ROTATIONS['Nights']}")

    assert len(differences) == 7
    assert {one.end - one.start for one in differences} == {timedelta(hours=1)}
    assert {f"{one.start:%m-%d}" for one in differences} == {"10-25", *(f"10-{day}" for day in range(26, 32))}
    assert row.outcome is Outcome.CHANGED
    assert "its turns are counted in Europe/Berlin" in row.remarks[0]


def test_whose_turn_it_is_follows_from_the_next_handoff(harbor):
    """The active user's turn ends then, whatever `start` would say."""
    layer = harbor.book.schedules["payments-primary"].levels[0][0]

    assert people_on_call(harbor.book, "payments-primary", AUTUMN) == ("ben-okafor",)
    assert people_on_call(harbor.book, "payments-primary", datetime(2026, 10, 5, 7, tzinfo=UTC)) == ("cho",)
    assert layer.start == datetime(2026, 1, 5, 9)  # noqa: DTZ001
    assert layer.every == Turn(1, Unit.WEEKS)


def test_halves_of_the_day_keep_the_time_of_day(harbor):
    """GoAlert counts hours by the clock on the wall: two layers, one for each time of day at which turns begin."""
    level = harbor.book.schedules["platform"].levels[0]

    assert [layer.name for layer in level[:2]] == ["Halves of the day from 06:00", "Halves of the day from 18:00"]
    assert [layer.every for layer in level[:2]] == [Turn(1, Unit.DAYS)] * 2


def test_hours_that_fit_no_day_are_elapsed(harbor):
    """Seven hours begin at another time each day: the plan says what happens when clocks change."""

    def sevens(data):
        [rotation] = [one for one in data["rotations"]["nodes"] if one["name"] == "Halves of the day"]
        rotation.update(shiftLength=7, nextHandoffTimes=["2026-10-01T02:00:00Z"])

    found = outlook_of(KIND, changed(sevens, computes=False))
    [row] = [one for one in found.imported.rows if one.what == "target" and "Halves" in one.name]

    assert row.outcome is Outcome.CHANGED
    assert "elapsed hours here" in row.remarks[-1]


def test_a_rotation_has_turns_before_its_start(harbor):
    """One that is to start in November is on call in October too."""
    at = datetime(2026, 10, 1, 10, tzinfo=UTC)

    assert people_on_call(harbor.book, "nights", at) == ("ben-okafor",)


def test_targets_are_side_by_side(harbor):
    """A user with hours of their own is on call beside the rotation; rules without a day are none."""
    names = [layer.name for layer in harbor.book.schedules["platform"].levels[0]]

    assert names[2:] == ["fio-tanaka"]
    assert people_on_call(harbor.book, "platform", datetime(2026, 10, 5, 8, tzinfo=UTC)) == (
        "dora-lindqvist",
        "fio-tanaka",
    )


def test_a_temporary_schedule_is_on_call_alone(harbor):
    """Its holes are holes, and an override of the same time that adds somebody is beneath it."""

    def at(day, hour):
        return people_on_call(harbor.book, "payments-primary", datetime(2026, 12, day, hour, tzinfo=UTC))

    assert at(24, 7) != ()
    assert at(24, 12) == ("eva-novakova",)
    assert at(25, 7) == ("dora-lindqvist", "eva-novakova")
    assert at(25, 21) == ()
    assert at(26, 9) == ("fio-tanaka",)


def test_overrides_keep_their_kinds(harbor):
    """Add, remove and replace are those of pagerd; what has ended or names nobody is said."""
    by_id = {row.id: row for row in harbor.imported.rows}
    kinds = [one.kind for one in harbor.book.overrides if one.schedule in {"platform", "nights"}]

    assert sorted(kinds) == [OverrideKind.ADD, OverrideKind.REMOVE]
    assert people_on_call(harbor.book, "payments-primary", datetime(2026, 10, 8, tzinfo=UTC)) == ("dora-lindqvist",)
    assert by_id["ov-old"].outcome is Outcome.LEFT_OUT
    assert by_id["ov-gone"].outcome is Outcome.IMPOSSIBLE


def test_an_override_of_nobody_is_left_out():
    """One that neither adds nor removes anybody would be a line of the files that says nothing."""

    def empty(data):
        data["userOverrides"]["nodes"][1].update(addUserID="", removeUserID="")

    assert outlook_of(KIND, changed(empty, computes=False)).row("ov-add").outcome is Outcome.LEFT_OUT


def test_people_keep_their_numbers_and_their_order(harbor):
    """Of both forms of contact methods; a second number and what is switched off are said."""
    ana, ben, cho, dora = (harbor.plan.people[name] for name in ("ana-ribeiro", "ben-okafor", "cho", "dora-lindqvist"))

    assert ana.notify[Urgency.HIGH] == (
        NotificationRule(Medium.SMS),
        NotificationRule(Medium.VOICE, timedelta(minutes=3)),
        NotificationRule(Medium.EMAIL, timedelta(minutes=10)),
    )
    assert (ben.sms, ben.voice) == ("+4915110000022", None)
    assert "a second address for sms, work, is left out" in harbor.row(ben_id()).remarks
    assert (cho.voice, cho.email) == (None, "cho@example.com")
    assert dora.notify[Urgency.HIGH] == (NotificationRule(Medium.VOICE),)


def ben_id():
    """Return the id of a user of the export."""
    [id_] = [one["id"] for one in json.loads(FILES[0].text)["data"]["users"]["nodes"] if one["name"] == "Ben Okafor"]
    return id_


def test_a_rotation_that_a_policy_pages_is_a_schedule(harbor):
    """Steps page schedules and people; a rotation alone has nothing to lie in."""
    payments = harbor.plan.policies["payments"]

    assert [step.targets for step in payments.steps] == [
        ("payments-primary",),
        ("leads-rotation",),
        ("dora-lindqvist",),
    ]
    assert people_on_call(harbor.book, "leads-rotation", AUTUMN) == people_on_call(harbor.book, "leads", AUTUMN)


def test_each_policy_that_services_have_is_a_teams(harbor):
    """GoAlert has no teams: one answers, and each further policy is a team of its own."""
    teams = harbor.plan.teams

    assert set(teams) == {"goalert", "goalert-platform"}
    assert [one.id for one in teams["goalert"].services] == ["checkout", "payments-api"]
    assert [one.id for one in teams["goalert-platform"].services] == ["api-gateway"]
    assert harbor.plan.policies["platform"].repeat == 10
    assert harbor.row("p3").outcome is Outcome.LEFT_OUT
    assert harbor.row(IDS["Empty"]).outcome is Outcome.LEFT_OUT


def test_nothing_is_passed_over(harbor):
    """A rotation that nothing uses and a list that nothing is made of stand in the plan."""
    assert harbor.row(ROTATIONS["Unused"]).outcome is Outcome.LEFT_OUT
    assert harbor.row("labels").outcome is Outcome.LEFT_OUT


def test_without_its_next_handoff_a_rotation_is_a_guess_that_is_told():
    """The active user of the time of the export is taken for that of the import."""

    def forget(data):
        for rotation in data["rotations"]["nodes"]:
            del rotation["nextHandoffTimes"]

    found = outlook_of(KIND, changed(forget, computes=False))

    assert found.row(ROTATIONS["Payments weekly"]).outcome is Outcome.CHANGED
    assert people_on_call(found.book, "payments-primary", AUTUMN) == ("ben-okafor",)


def test_the_same_export_makes_the_same_files(harbor):
    """Whatever the order of the answers, and whatever day it is."""
    again = outlook_of(KIND, tuple(reversed(changed())), AUTUMN + timedelta(days=1))

    assert again.texts == harbor.texts


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda d: d["schedules"]["pageInfo"].update(hasNextPage=True, endCursor="abc"),
            'there are more schedules: fetch the next page with after: "abc" too',
        ),
        (lambda d: d.pop("rotations"), "rotations is missing"),
        (lambda d: d["rotations"]["nodes"][0].update(type="yearly"), "expected hourly, daily, weekly or monthly"),
        (
            lambda d: d["schedules"]["nodes"][0]["targets"][0]["rules"][0].update(weekdayFilter=[True]),
            "expected seven days",
        ),
        (lambda d: d["schedules"]["nodes"][0]["targets"][0]["rules"][0].update(start="nine"), "expected a time of day"),
        (lambda d: d["escalationPolicies"]["nodes"][0]["steps"][0].pop("delayMinutes"), "there is no delayMinutes"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_says_where(change, message):
    """An export that cannot be right is refused as a whole."""
    with pytest.raises(Unreadable, match=re.escape(message)):
        IMPORTERS[KIND].convert(changed(change, computes=False), AUTUMN)


def test_an_answer_that_is_an_error_says_it():
    """GraphQL answers 200 with `errors`: a key without rights is one."""
    wrong = replace(FILES[0], text=json.dumps({"errors": [{"message": "access denied"}], "data": None}))

    with pytest.raises(Unreadable, match="GoAlert answered with an error: access denied"):
        IMPORTERS[KIND].convert((wrong,), AUTUMN)
