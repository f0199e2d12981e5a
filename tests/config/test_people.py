from datetime import UTC, datetime, time

import pytest

from pagerd.core.people import Night
from tests.config.files import COMPANY, PEOPLE, changed, found_after, plan_of

ANA = 'ana: {zone: Europe/Lisbon, phone: "+351912000001", email: ana@example.com}'


def test_one_phone_is_for_texts_and_calls():
    """Unless one of them goes elsewhere."""
    people = plan_of(changed(PEOPLE, ANA, ANA.replace(", email", ', voice: "+351212000001", email'))).people

    assert (people["ana"].sms, people["ana"].voice) == ("+351912000001", "+351212000001")
    assert people["ben"].sms == people["ben"].voice == "+4915110000002"


def test_what_is_not_written_has_its_default():
    """A name is the key, a night is from ten to seven."""
    ana = plan_of(COMPANY).people["ana"]

    assert (ana.id, ana.name, ana.zone.key, ana.login) == ("ana", "ana", "Europe/Lisbon", None)
    assert ana.night == Night(time(22), time(7))


def test_a_day_on_which_somebody_leaves_is_their_last():
    """In their zone; a time of day is the very moment."""
    last_day = plan_of(changed(PEOPLE, ANA, ANA.replace(", email", ", until: 2026-12-31, email"))).people["ana"]
    moment = plan_of(changed(PEOPLE, ANA, ANA.replace(", email", ", until: 2026-12-31 18:00, email"))).people["ana"]

    assert last_day.until == datetime(2027, 1, 1, tzinfo=UTC)
    assert moment.until == datetime(2026, 12, 31, 18, tzinfo=UTC)
    assert plan_of(COMPANY).people["ana"].until is None


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("ana: {phone: +351912000001}", ["E007 2:8"]),
        ("ana: {zone: Lisbon, phone: +351912000001}", ["E015 2:15"]),
        ("ana: {zone: Europe/Lisbon, phone: 351912000001}", ["E401 2:37"]),
        ("ana: {zone: Europe/Lisbon, phone: +351912000001, email: ana}", ["E402 2:59"]),
        ("ana: {zone: Europe/Lisbon, phone: +351912000001, night: 22-7}", ["E014 2:59"]),
        ("ana: {zone: Europe/Lisbon, phone: +351912000001, pager: 1}", ["E006 2:52"]),
        ("ana: {zone: Europe/Lisbon, phone: +351912000001, until: soon}", ["E013 2:59"]),
        ("ana: [x]", ["E008 2:8"]),
    ],
)
def test_what_is_wrong_with_a_person(new, expected):
    """At its line and column, and nowhere else."""
    assert found_after(PEOPLE, ANA, new) == expected


def test_a_name_that_others_cannot_use_is_refused():
    """The key is what schedules and commands say."""
    assert "E010 2:3" in found_after(PEOPLE, "ana: {", "Ana: {")
