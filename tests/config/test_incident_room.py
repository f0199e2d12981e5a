from datetime import timedelta

import pytest

from pagerd.core.incidents.room import RoomRules
from tests.config.files import COMPANY, loaded, places, plan_of

INCIDENTS = "rules/incidents.yaml"


def test_people_meet_where_the_file_says():
    """A pool, an address for those who find none left, who is called, and when a commander is relieved."""
    text = (
        "room:\n"
        "  bridges: [https://meet.example.com/red, +49 30 1234 pin 77]\n"
        "  url: https://meet.example.com/{incident}\n"
        "all_hands: [cho, team_lead]\n"
        "relief_after: 2h\n"
    )
    rules = plan_of({**COMPANY, INCIDENTS: text}).incidents

    assert rules.room == RoomRules(
        bridges=("https://meet.example.com/red", "+49 30 1234 pin 77"), url="https://meet.example.com/{incident}"
    )
    assert (rules.all_hands, rules.relief_after) == (("cho", "team_lead"), timedelta(hours=2))


def test_without_the_file_the_page_is_the_room():
    """Nobody is called, and four hours are enough."""
    rules = plan_of(COMPANY).incidents

    assert (rules.room, rules.all_hands, rules.relief_after) == (RoomRules(), (), timedelta(hours=4))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("room: {url: https://meet.example.com/}\n", "E010 1:13"),
        ("room: {url: 'ftp://x/{incident}'}\n", "E602 1:13"),
        ("room: {bridges: [red, blue, red]}\n", "E020 1:29"),
        ("all_hands: [cho, zoe]\n", "E021 1:18"),
        ("relief_after: soon\n", "E011 1:15"),
    ],
)
def test_a_wrong_value_is_found_where_it_stands(text, expected):
    """An address that is the same for every incident is no pattern."""
    finding, place = expected.split()

    assert places(loaded({**COMPANY, INCIDENTS: text}).findings) == [f"{finding} {INCIDENTS}:{place}"]
