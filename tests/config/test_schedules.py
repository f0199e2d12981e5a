from datetime import UTC, datetime, time

import pytest

from pagerd.core.oncall.schedule import FixedShift, Turn, Unit, Window
from tests.config.files import PAYMENTS, changed, found_after, plan_of

LAYER = "      - every: 1 week\n        start: 2026-01-05 09:00\n        people: [ana, ben, cho]\n"


def schedule_with(layers):
    """Return payments' primary schedule with other layers."""
    return plan_of(changed(PAYMENTS, LAYER, layers)).book.schedules["payments-primary"]


def test_a_weekly_rotation():
    """In the team's zone, from the first turn of the first person."""
    (((layer),),) = schedule_with(LAYER).levels

    assert layer.members == (("ana",), ("ben",), ("cho",))
    assert layer.every == Turn(1, Unit.WEEKS)
    assert layer.start == datetime(2026, 1, 5, 9)  # noqa: DTZ001  # a wall time
    assert (layer.zone.key, layer.name) == ("Europe/Berlin", "layer 1")


def test_layers_on_top_and_side_by_side():
    """A list inside the list is side by side; each may have a zone of its own."""
    schedule = schedule_with(
        LAYER
        + "      - - {people: [eva], only: [mon-fri 18:00-09:00, sat-sun], name: night}\n"
        + "        - {people: [[ana, dora]], zone: Asia/Tokyo, until: 2027-01-01 00:00}\n"
    )
    night, beside = schedule.levels[1]

    assert [len(level) for level in schedule.levels] == [1, 2]
    assert night.only == (
        Window(frozenset(range(5)), time(18), time(9)),
        Window(frozenset({5, 6})),
    )
    assert (night.name, night.every) == ("night", None)
    assert (beside.members, beside.zone.key, beside.name) == ((("ana", "dora"),), "Asia/Tokyo", "layer 2.2")
    assert beside.until == datetime(2027, 1, 1)  # noqa: DTZ001  # a wall time


def test_nobody_on_purpose_and_two_at_once():
    """`none` is an empty turn, a list inside the list is one turn of several."""
    ((layer,),) = schedule_with(LAYER.replace("[ana, ben, cho]", "[ana, [ben, cho], none]")).levels[:1]

    assert layer.members == (("ana",), ("ben", "cho"), ())


def test_only_the_first_part_of_each_turn():
    """The rest of it is nobody's, in this layer."""
    fallback = "      - {people: [dora]}\n"
    layer = "      - {every: 1 day, for: 12 hours, start: 2026-01-05 09:00, people: [ana]}\n"
    schedule = schedule_with(fallback + layer)

    assert schedule.levels[1][0].lasts == Turn(12, Unit.HOURS)


def test_a_copy_has_whoever_comes_next_there():
    """By default one turn later."""
    book = plan_of(changed(PAYMENTS, ", offset: 1", "")).book

    assert book.schedules["payments-secondary"].copy == "payments-primary"
    assert book.schedules["payments-secondary"].offset == 1
    assert book.schedules["payments-primary"].offset == 0


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("        start: 2026-01-05 09:00\n", "", ["E201 12:16"]),
        ("every: 1 week\n        start", "start", ["E201 13:17"]),
        ("[ana, ben, cho]", "[ana, ben, cho]\n        for: 2 weeks", ["E201 15:14"]),
        ("[ana, ben, cho]", "[ana, ben, cho]\n        until: 2026-01-05 09:00", ["E202 15:16"]),
        ("[ana, ben, cho]", "[]", ["E206 14:17"]),
        ("[ana, ben, cho]", "ana", ["E008 14:17"]),
        ("[ana, ben, cho]", "[ana, []]", ["E009 14:23"]),
        ("every: 1 week", "every: weekly", ["E012 12:16"]),
        ("every: 1 week", "every: 1w", ["E012 12:16"]),
        ("2026-01-05 09:00\n        people", "2026-01-05\n        people", ["E013 13:16"]),
        ("2026-01-05 09:00\n        people", "2026-03-29 02:30\n        people", ["W204 13:16"]),
        ("[ana, ben, cho]", "[ana, ben, cho]\n        only: [weekdays]", ["E014 15:16"]),
        ("[ana, ben, cho]", "[ana, ben, cho]\n        zone: Berlin", ["E015 15:15"]),
        ("{copy: payments-primary, offset: 1}", "{}", ["E206 15:23"]),
        ("{copy: payments-primary, offset: 1}", "{copy: payments-primary, offset: 0}", ["E203 15:56"]),
        ("{copy: payments-primary, offset: 1}", "{copy: payments-primary, layers: [{people: [eva]}]}", ["E203 15:30"]),
        ("{copy: payments-primary, offset: 1}", "{layers: [{people: [eva]}], offset: 1}", ["E203 15:59"]),
        ("{copy: payments-primary, offset: 1}", "{layers: [{people: [none]}]}", ["E206 15:3"]),
        ("[ana, ben, cho]", "[ana, ben, cho]\n        from: 2026-01-05 09:00", ["E202 15:15"]),
        (
            "[ana, ben, cho]",
            "[ana, ben, cho]\n        from: 2026-02-01 00:00\n        until: 2026-01-31 00:00",
            ["E202 16:16"],
        ),
        ("[ana, ben, cho]", "[ana, ben, cho]\n        not_on: []", ["E009 15:17"]),
        ("offset: 1}", "offset: 1, shadow: [gil]}", ["E021 15:68"]),
        ("offset: 1}", "offset: 1, shadow: ana}", ["E008 15:67"]),
        ("offset: 1}", "offset: 1, shifts: [{from: 2026-01-01, to: 2026-01-01}]}", ["E202 15:68"]),
        ("offset: 1}", "offset: 1, shifts: [{from: 2026-01-02, to: 2026-01-01, person: ana}]}", ["E202 15:91"]),
        ("offset: 1}", "offset: 1, shifts: [{from: 2026-01-01, to: 2026-01-01, person: gil}]}", ["E021 15:111"]),
        ("offset: 1}", "offset: 1, shifts: [{from: 2026-01-01, to: 2026-01-01, shadow: [ana, gil]}]}", ["E021 15:117"]),
        ("offset: 1}", "offset: 1, shifts: [{from: 2026-01-01, person: ana}]}", ["E007 15:68"]),
    ],
)
def test_what_is_wrong_with_a_schedule(old, new, expected):
    """At its line and column."""
    assert found_after(PAYMENTS, old, new) == expected


def test_a_part_that_is_no_part_of_a_turn():
    """The same length, or a longer one, in the same unit."""
    assert "E201" in str(found_after(PAYMENTS, "every: 1 week", "every: 2 weeks\n        for: 2 weeks"))


def test_turns_without_a_length():
    """Only the first would ever come."""
    assert found_after(PAYMENTS, "      - every: 1 week\n", "      - name: x\n") == ["E201 14:17"]


def test_people_by_name_and_shadows():
    """In the schedule's zone, a date as an end includes that day; one or several, and a shadow for some time."""
    besides = (
        "    shifts:\n"
        "      - {from: 2026-12-24 18:00, to: 2026-12-25, person: cho}\n"
        "      - {from: 2026-07-01, to: 2026-07-01, person: [ana, ben], shadow: dora}\n"
        "    shadow: [eva]\n"
    )
    schedule = schedule_with(LAYER + besides)

    assert schedule.fixed == (
        FixedShift(
            start=datetime(2026, 12, 24, 17, tzinfo=UTC), end=datetime(2026, 12, 25, 23, tzinfo=UTC), people=("cho",)
        ),
        FixedShift(
            start=datetime(2026, 6, 30, 22, tzinfo=UTC),
            end=datetime(2026, 7, 1, 22, tzinfo=UTC),
            people=("ana", "ben"),
            shadows=("dora",),
        ),
    )
    assert schedule.shadows == ("eva",)


def test_a_schedule_of_fixed_shifts_alone():
    """Whoever keeps a calendar by hand needs no layer."""
    copied = "{copy: payments-primary, offset: 1}"
    by_hand = "{shifts: [{from: 2026-11-01, to: 2027-12-31, person: ben}]}"
    schedule = plan_of(changed(PAYMENTS, copied, by_hand)).book.schedules["payments-secondary"]

    assert (schedule.levels, schedule.people) == ((), ("ben",))


def test_a_layer_that_begins_after_its_first_turn():
    """Its turns are counted from `start`, and it is there from `from` on."""
    ((layer,),) = schedule_with(LAYER.replace("09:00\n", "09:00\n        from: 2026-02-01 00:00\n")).levels

    assert (layer.start, layer.since) == (datetime(2026, 1, 5, 9), datetime(2026, 2, 1))  # noqa: DTZ001  # wall times
