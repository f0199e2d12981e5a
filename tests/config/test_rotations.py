from datetime import time, timedelta

import pytest

from pagerd.core.plan import BusinessHours, OnViolation, Service
from tests.config.files import COMPANY, PAYMENTS, PLATFORM, SETTINGS, changed, found_after, plan_of


def test_a_teams_file():
    """Who answers, for what, by which policy."""
    team = plan_of(COMPANY).teams["payments"]

    assert (team.id, team.name, team.zone.key, team.escalation) == ("payments", "payments", "Europe/Berlin", "standard")
    assert team.roles == {"primary": "payments-primary", "secondary": "payments-secondary", "team_lead": "dora"}
    assert team.services == (Service("payments-api", "payments", critical=True, runbook="payments-5xx"),)
    assert team.hours == BusinessHours(frozenset(range(5)), time(9), time(17))


def test_everything_can_be_written():
    """Further roles, hours, mail, sooner pages."""
    more = (
        "team_lead: dora\nname: The platform\nbusiness_hours: mon-sat 08:00-18:00\nmail: platform@example.com\n"
        "on_violation: page after 2m\nroles: {db_expert: cho}\nservices: {batch: {}, db: {}}\n"
    )
    team = plan_of(changed(PLATFORM, "team_lead: dora\n", more)).teams["platform"]

    assert (team.name, team.mail, team.roles["db_expert"]) == ("The platform", "platform@example.com", "cho")
    assert team.hours == BusinessHours(frozenset(range(6)), time(8), time(18))
    assert team.on_violation == OnViolation(page=True, after=timedelta(minutes=2))
    assert [one.id for one in team.services] == ["batch", "db"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("team: payments\n", "", "E007 1:1"),
        ("team: payments\n", "team: Payments\n", "E010 1:7"),
        ("zone: Europe/Berlin\n", "", "E007 1:1"),
        ("zone: Europe/Berlin", "zone: Berlin", "E015 2:7"),
        ("team_lead: dora", "team_lead: [dora]", "E008 6:12"),
        ("team_lead: dora", "team_leed: dora", "E006 6:1"),
        ("team_lead: dora", "team_lead: dora\nroles: {primary: ana}", "E020 7:9"),
        ("team_lead: dora", "team_lead: dora\nbusiness_hours: 9-5", "E014 7:17"),
        ("team_lead: dora", "team_lead: dora\nchat: payments", "E006 7:1"),
        ("critical: true", "critical: yes", "E010 8:28"),
        ("  payments-api: {", "  payments api: {", "E010 8:3"),
    ],
)
def test_what_is_wrong_in_a_teams_file(old, new, expected):
    """At its line and column."""
    assert expected in found_after(PAYMENTS, old, new)


def test_a_team_has_its_digest_at_the_hour_of_the_installation_or_its_own():
    """And may want none."""
    own = {**COMPANY, PAYMENTS: COMPANY[PAYMENTS] + "digest_at: 07:45\n"}
    none = {**COMPANY, PAYMENTS: COMPANY[PAYMENTS] + "digest_at: none\n"}
    ours = {**COMPANY, SETTINGS: COMPANY[SETTINGS] + "digest_at: 16:00\n"}

    hours = [plan_of(files).teams["payments"].digest_at for files in (COMPANY, own, none, ours)]
    assert hours == [time(9), time(7, 45), None, time(16)]
