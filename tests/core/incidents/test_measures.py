"""What is measured of incidents."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.incidents.facts import Facts, FirstPage
from pagerd.core.incidents.figures import doubtful
from pagerd.core.incidents.incident import Detection, IncidentStatus, Mode
from pagerd.core.incidents.measures import State, durations, left_out
from pagerd.core.incidents.roles import Role
from tests.builders import NIGHT, minutes
from tests.core.incidents.test_effort import INCIDENT

TIMES = ("impact_started_at", "detected_at", "declared_at", "mitigated_at", "impact_ended_at", "resolved_at")

DONE = replace(
    INCIDENT,
    status=IncidentStatus.RESOLVED,
    detection=Detection.MONITORING,
    impact_started_at=NIGHT,
    detected_at=NIGHT + minutes(3),
    declared_at=NIGHT + minutes(10),
    mitigated_at=NIGHT + minutes(33),
    impact_ended_at=NIGHT + minutes(30),
    resolved_at=NIGHT + minutes(93),
)
PAGE = FirstPage(
    page="p-1",
    opened_at=NIGHT + minutes(2),
    told_at=NIGHT + minutes(4),
    acknowledged_at=NIGHT + minutes(7),
)


def facts(number=1, page=PAGE, **fields):
    """Return the facts of an incident that went well; fields of the incident, or of its facts."""
    known = {name: fields.pop(name) for name in tuple(fields) if name in Facts.__slots__}
    incident = replace(DONE, number=number, **fields)
    return Facts(**({"incident": incident, "page": page, "resolved": 1} | known))


def minutes_of(found):
    """Return how long each duration is, in minutes; what does not count by its state."""
    return {
        one.name: [value.seconds / 60 if value.seconds is not None else value.state.value for value in one.values]
        for one in durations(found)
    }


def test_each_duration_is_between_the_two_instants_that_it_names():
    """The impact ends before it is said to be mitigated, and long before the watch is over."""
    one = facts(
        asked={Role.IC: NIGHT + minutes(10)},
        taken={Role.IC: NIGHT + minutes(12)},
        severities=((NIGHT + minutes(10), "sev2"), (NIGHT + minutes(15), "sev1")),
    )

    assert minutes_of([one]) == {
        "time_to_detect": [3],
        "time_to_acknowledge": [3],
        "impact_to_acknowledge": [7],
        "time_to_declare": [8],
        "time_to_role": [2],
        "time_to_mitigate": [33],
        "time_to_restore": [30],
        "time_to_resolve": [93],
        "time_to_right_severity": [5],
        "update_late": [],
    }


def test_what_is_not_known_is_counted_and_never_taken_for_the_declaration():
    """A start that nobody knows would make everything look fast."""
    found = durations([facts(), facts(2, impact_started_at=None)])
    restore = next(one for one in found if one.name == "time_to_restore")

    assert (restore.spread.n, restore.spread.median, restore.count(State.UNKNOWN)) == (1, 1800, 1)


def test_what_is_still_to_come_is_open():
    """An incident that goes on has no time to resolve yet."""
    going_on = facts(status=IncidentStatus.INVESTIGATING, resolved_at=None, mitigated_at=None, impact_ended_at=None)

    assert minutes_of([going_on])["time_to_resolve"] == ["open"]
    assert minutes_of([going_on])["time_to_detect"] == [3]


def test_times_that_contradict_each_other_are_invalid_and_not_averaged():
    """Both of them: nobody knows which one is wrong."""
    found = minutes_of([facts(mitigated_at=NIGHT + minutes(5))])

    assert doubtful(replace(DONE, mitigated_at=NIGHT + minutes(5))) == {"declared_at", "mitigated_at"}
    assert found["time_to_mitigate"] == ["invalid"]
    assert found["time_to_declare"] == ["invalid"]
    assert found["time_to_restore"] == [30]


@given(st.lists(st.one_of(st.none(), st.integers(0, 200)), min_size=6, max_size=6))
def test_nothing_that_counts_is_negative_and_every_incident_is_somewhere(after):
    """Whatever instants stand there: each is counted, unknown, invalid or open, and only what counts is in a figure."""
    times = {name: NIGHT + minutes(at) if at is not None else None for name, at in zip(TIMES, after, strict=True)}
    one = facts(**(times | {"detected_at": times["detected_at"] or NIGHT}))
    for found in durations([one]):
        for value in found.values:
            assert (value.seconds is not None) == (value.state is State.COUNTED)
            assert value.seconds is None or value.seconds >= 0
        assert sum(found.count(state) for state in State) == len(found.values)
        assert (found.spread.n if found.spread is not None else 0) == found.count(State.COUNTED)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, None),
        ({"mode": Mode.BACKFILL}, None),
        ({"mode": Mode.DRILL}, "drill"),
        ({"status": IncidentStatus.CANCELLED}, "cancelled"),
        ({"status": IncidentStatus.MERGED}, "merged"),
        ({"status": IncidentStatus.TRIAGE}, "suspected"),
    ],
)
def test_some_incidents_are_in_no_number(fields, why):
    """And it is said which, and why."""
    assert left_out(replace(DONE, **fields)) == why


def test_what_was_written_down_afterwards_counts_only_where_it_says_something():
    """How long the impact was it knows; how fast anybody answered it does not."""
    backfilled = facts(mode=Mode.BACKFILL, declared_at=None, mitigated_at=None)
    found = minutes_of([backfilled])

    assert (found["time_to_restore"], found["time_to_detect"]) == ([30], [3])
    assert {name for name, values in found.items() if not values} >= {"time_to_acknowledge", "time_to_declare"}


def test_an_incident_without_a_page_or_a_commander_says_nothing_of_them():
    """It is not unknown how long they took: nobody wanted any."""
    found = minutes_of([facts(page=None)])

    assert (found["time_to_acknowledge"], found["time_to_role"]) == ([], [])
    assert found["time_to_declare"] == [7]
    assert minutes_of([facts(asked={Role.IC: NIGHT})])["time_to_role"] == ["unknown"]
    early = facts(taken={Role.IC: NIGHT + minutes(4)})
    assert minutes_of([early])["time_to_role"] == [0]


def test_a_severity_that_was_right_at_once_took_no_time():
    """Raised for a while and lowered again, it ended as it was declared."""
    there_and_back = ((NIGHT + minutes(10), "sev2"), (NIGHT + minutes(15), "sev1"), (NIGHT + minutes(40), "sev2"))

    assert minutes_of([facts(severities=there_and_back)])["time_to_right_severity"] == []
    assert minutes_of([facts(severities=there_and_back[:2])])["time_to_right_severity"] == [5]


def test_no_incident_is_no_share():
    """Nothing of nothing is neither all nor none."""
    assert {one.mean for one in durations([])} == {None}
    assert durations([facts(), facts(2, impact_ended_at=NIGHT + minutes(32))])[6].mean == 31 * 60
