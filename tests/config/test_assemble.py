from datetime import UTC, datetime
from pathlib import Path

import pytest

from pagerd.config.directory import read_directory
from pagerd.config.show import values
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.people import Medium
from tests.config.files import COMPANY, ESCALATION, OWNERS, PEOPLE, SETTINGS, changed, loaded, places, plan_of

TEAM_OF_THREE = Path(__file__).parent / "team_of_three"


def test_a_team_of_three_is_under_twenty_lines_and_works():
    """The shortest files that work are also files that page."""
    files = read_directory(TEAM_OF_THREE)
    found = loaded(files)

    assert sum(len(text.splitlines()) for text in files.values()) < 20
    assert places(found.findings) == []
    plan = found.plan
    assert plan is not None
    team = plan.teams["shop"]
    policy = plan.policies[team.escalation]
    assert [step.targets for step in policy.steps] == [("primary",), ("secondary",)]
    assert (policy.repeat, plan.fallback, plan.media) == (2, "shop", {Medium.SMS})
    assert plan.last_resort.targets == plan.operators == ("ana", "ben", "cho")
    assert plan.severity_labels["page"] == "sev2"
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert people_on_call(plan.book, "shop-primary", at) == ("ben",)
    assert people_on_call(plan.book, "shop-secondary", at) == ("cho",)


def test_every_default_of_the_team_of_three_is_shown_as_one():
    """What the files do not say is printed all the same, and says that it is a default."""
    found = loaded(read_directory(TEAM_OF_THREE))
    shown = {one.name: (one.text, one.origin) for one in values(found.origins, found.plan, "shop")}

    assert shown["last_resort.page"] == ("ana, ben, cho", "default")
    assert shown["fallback"] == ("shop", "default")
    assert shown["escalation.standard-shop.steps.1.page"] == ("primary", "default")
    assert shown["teams.shop.escalation"] == ("standard-shop", "default")
    assert shown["severities.sev2.on_violation"] == ("page after 10m", "default")
    assert shown["teams.shop.primary"] == ("shop-primary", "rotations/shop.yaml:3")


def test_without_a_last_resort_the_operators_are_it():
    """They are told of pagerd's own troubles anyway."""
    plan = plan_of(changed(ESCALATION, "last_resort: {page: [dora, eva], every: 5m}\n", ""))

    assert plan.last_resort.targets == ("dora",)


def test_a_company_must_name_its_last_resort_and_its_operators():
    """Nobody wants to wake eleven people by default."""
    people = "".join(f'  p{n}: {{zone: UTC, phone: "+49151100001{n:02}"}}\n' for n in range(11))
    files = {
        **COMPANY,
        SETTINGS: COMPANY[SETTINGS].replace("operators: [dora]\n", ""),
        PEOPLE: COMPANY[PEOPLE] + people,
        ESCALATION: COMPANY[ESCALATION].replace("last_resort: {page: [dora, eva], every: 5m}\n", ""),
    }

    assert places(loaded(files).findings) == ["E609 pagerd.yaml:1:1", "E304 rotations/escalation.yaml:1:1"]


def test_several_teams_need_a_fallback():
    """Somebody must answer for what nobody owns."""
    assert places(loaded(changed(OWNERS, "fallback: platform\n", "")).findings) == ["E105 rules/owners.yaml:1:1"]


def test_a_team_without_any_role_pages_nobody():
    """That is an error, although the team's file is well formed."""
    files = {**read_directory(TEAM_OF_THREE), "rotations/shop.yaml": "team: shop\nzone: Europe/Berlin\n"}

    assert places(loaded(files).findings) == ["E301 rotations/shop.yaml:1:7"]


@pytest.mark.parametrize("operators", ["[dora]", "[dora, eva]"])
def test_operators_are_those_who_are_named(operators):
    """And nobody else."""
    plan = plan_of(changed(SETTINGS, "[dora]", operators))

    assert "[" + ", ".join(plan.operators) + "]" == operators


def test_whoever_has_left_is_off_every_schedule():
    """As if away for good: the next in turn covers, and what the files say of others stays in its order."""
    old = "email: cho@example.com"
    book = plan_of(changed(PEOPLE, old, f"{old}, until: 2026-12-03")).book
    before, after = (datetime(2026, 12, day, 12, tzinfo=UTC) for day in (3, 4))

    assert [one.person for one in book.away] == ["ana", "cho"]
    assert book.away[-1].start == datetime(2026, 12, 3, 23, tzinfo=UTC)
    on_call = [people_on_call(book, "payments-primary", at) for at in (before, after)]
    assert on_call == [("cho",), ("ana",)]
