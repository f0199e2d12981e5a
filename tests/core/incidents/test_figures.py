"""Each length stands between two instants; what is unknown stays so, and a contradiction is counted nowhere."""

from dataclasses import replace
from datetime import timedelta

from pagerd.core.incidents.figures import contradictions, figures
from pagerd.core.incidents.incident import IncidentStatus
from tests.builders import NOON, an_incident, minutes

DONE = an_incident(
    status=IncidentStatus.RESOLVED,
    impact_started_at=NOON - minutes(10),
    detected_at=NOON - minutes(7),
    declared_at=NOON,
    mitigated_at=NOON + minutes(23),
    impact_ended_at=NOON + minutes(20),
    resolved_at=NOON + minutes(83),
)


FIRST_SIGN = NOON - minutes(6)


def lengths(incident, first_sign=FIRST_SIGN):
    """Return each length by the first words of its name, in minutes."""
    found = figures(incident, first_sign)
    return {
        one.name.partition(" (")[0]: one.length / timedelta(minutes=1) if one.length is not None else None
        for one in found
    }


def test_each_length_is_between_its_two_instants():
    """The end of the impact is not the end of the incident."""
    assert lengths(DONE) == {
        "Time to detect": 3,
        "Time to declare": 6,
        "Time to mitigate": 33,
        "Time to restore": 30,
        "Time to resolve, with the watch": 93,
    }


def test_what_nobody_knows_is_not_filled_in():
    """Without a beginning of the impact only what does not begin with it has a length."""
    known = {name: length for name, length in lengths(replace(DONE, impact_started_at=None)).items() if length}

    assert known == {"Time to declare": 6}
    assert lengths(replace(DONE, declared_at=None))["Time to declare"] is None


def test_a_contradiction_makes_every_length_that_it_touches_invalid():
    """Detected before the impact began: neither of the two is sure, so nothing between them or others is."""
    odd = replace(DONE, detected_at=NOON - minutes(30))
    found = {one.name: one for one in figures(odd, NOON - minutes(6))}

    assert list(contradictions(odd)) == [("impact_started_at", "detected_at")]
    assert [name for name, one in found.items() if one.is_valid] == ["Time to declare"]
    assert all(one.length is None for one in found.values() if not one.is_valid)
    assert list(contradictions(DONE)) == []


def test_a_first_sign_after_the_declaration_is_one_too():
    """A page that was raised later is no first sign."""
    assert lengths(DONE, NOON + minutes(1))["Time to declare"] is None
