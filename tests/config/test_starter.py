from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from pagerd.config.load import load
from pagerd.config.starter import Answers, Newcomer, Twilio, files
from pagerd.core.oncall.lookup import people_on_call
from tests.builders import NOON

ANA = Newcomer(name="Ana Ribeiro", phone="+351912000001", email="ana@example.com")
BEN = Newcomer(name="Ben: 'the #1' {Okafor}", phone="+4915110000002", email="ben@example.com")
CHO = Newcomer(name="조민지", phone="+4915110000003", email="cho@example.com")


def named(*names: str) -> tuple[Newcomer, ...]:
    """Return people of these names, each with a number of their own."""
    return tuple(
        Newcomer(name=name, phone=f"+49151100001{n:02}", email="x@example.com") for n, name in enumerate(names)
    )


PLAIN = Answers(team="shop", people=(ANA, BEN), zone="Europe/Berlin", handoff=(0, "09:00"))
TWILIO = Twilio(account="AC" + "0" * 32, number="+15005550006")


@pytest.mark.parametrize(
    ("people", "twilio", "mail_server", "state_dir"),
    list(
        product(
            [
                (ANA,),
                (ANA, BEN),
                (ANA, BEN, CHO),
                named("Ana Ribeiro", "Ana Costa", "Ana"),
                named("조민지", "조민지"),
                named("Zoë 🦊"),
                named(*(f"P {number}" for number in range(40))),
            ],
            [None, TWILIO],
            [None, "smtp.example.com", "localhost:25"],
            [".pagerd", "/var/lib/pagerd"],
        )
    ),
)
def test_any_answers_make_a_config_without_a_finding(people, twilio, mail_server, state_dir):
    """Whoever they are and whatever they are reached by, `check` has nothing to say."""
    answers = replace(PLAIN, people=people, twilio=twilio, mail_server=mail_server, state_dir=state_dir)

    loaded = load(files(answers, NOON), now=NOON)

    assert [str(one) for one in loaded.findings] == []
    assert [one.name for one in loaded.plan.people.values()] == [one.name for one in people]


@pytest.mark.parametrize("name", ["Shop Primary", "shop", "Primary", "none", "Team Lead", "null", "no", "12"])
def test_a_name_never_collides(name):
    """People, teams, schedules and roles share one namespace; a person's words may be any of them, or words of YAML."""
    loaded = load(files(replace(PLAIN, people=(replace(ANA, name=name), BEN)), NOON), now=NOON)

    assert [str(one) for one in loaded.findings] == []
    assert name in [one.name for one in loaded.plan.people.values()]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "UTC"])
@pytest.mark.parametrize("handoff", [(0, "09:00"), (6, "23:59"), (3, "00:00")])
def test_the_first_person_is_on_call_now_and_the_next_after_the_handoff(zone, handoff):
    """The week that runs is the first person's, wherever they are; a week later it is the second's."""
    plan = load(files(replace(PLAIN, zone=zone, handoff=handoff), NOON), now=NOON).plan

    people = [people_on_call(plan.book, "shop-primary", NOON + timedelta(days=days)) for days in (0, 7)]

    assert people == [("ana",), ("ben",)]
