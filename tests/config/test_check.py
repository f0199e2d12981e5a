import pytest

from tests.config.files import (
    COMPANY,
    ESCALATION,
    OWNERS,
    PAYMENTS,
    PEOPLE,
    PLATFORM,
    RULES,
    SETTINGS,
    SEVERITY,
    changed,
    finding_after,
    found_after,
    loaded,
    places,
)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (SETTINGS, "[dora]", "[dora, doris]", "E021 2:19"),
        (PAYMENTS, "[ana, ben, cho]", "[ana, [ben, chow], none]", "E021 14:29"),
        (PAYMENTS, "primary: payments-primary", "primary: payments-primry", "E021 4:10"),
        (PAYMENTS, "escalation: standard", "escalation: standrad", "E021 3:13"),
        (PAYMENTS, "runbook: payments-5xx", "runbook: payments-500", "E021 8:43"),
        (PAYMENTS, "copy: payments-primary", "copy: payments-prime", "E021 15:30"),
        (PAYMENTS, "{schedule: payments-primary", "{schedule: payments-prim", "E021 17:16"),
        (PAYMENTS, "person: cho", "person: choo", "E021 17:82"),
        (PAYMENTS, "instead_of: ana", "instead_of: anna", "E021 17:99"),
        (PAYMENTS, "{person: ana", "{person: anja", "E021 19:14"),
        (ESCALATION, "page: team_lead", "page: team_laed", "E021 6:16"),
        (ESCALATION, "[dora, eva]", "[dora, eve]", "E021 8:28"),
        (ESCALATION, "[dora, eva]", "[dora, secondary]", "E021 8:28"),
        (OWNERS, "team: platform", "team: plattform", "E021 4:35"),
        (OWNERS, "fallback: platform", "fallback: nobody", "E021 5:11"),
        (SEVERITY, "warning: sev4", "warning: sev5", "E021 1:22"),
        (RULES, "severity: sev3", "severity: sev33", "E021 11:15"),
        (RULES, "runbook: payments-5xx", "runbook: payments5xx", "E021 8:14"),
    ],
)
def test_a_name_that_nothing_has_is_found_where_it_is_used(file, old, new, expected):
    """At its line and column, once."""
    assert expected in found_after(file, old, new)


def test_a_rule_file_of_no_team_is_found():
    """Its rules would be read by nobody."""
    files = {**COMPANY, "rules/pay.yaml": "team: pay\nrules: []\n"}

    assert places(loaded(files).findings) == ["E021 rules/pay.yaml:1:7"]


def test_a_dangling_name_comes_with_what_was_perhaps_meant():
    """And with what there is."""
    finding = finding_after(PAYMENTS, "person: cho", "person: choo")

    assert finding.hint == "did you mean cho?"
    assert finding.expected == "ana, ben, cho, dora, eva"


def test_a_person_with_a_mistake_in_them_is_still_there():
    """One mistake is one finding, not one for every schedule that names the person."""
    assert found_after("rotations/people.yaml", "ana: {zone: Europe/Lisbon", "ana: {zoen: Europe/Lisbon") == [
        "E007 2:8",
        "E006 2:9",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PAYMENTS, "  payments-secondary: {", "  dora: {layers: [{people: [dora]}]}\n  payments-secondary: {", "E020"),
        (PLATFORM, "team: platform", "team: ana", "E020"),
        (ESCALATION, "last_resort", "roles: {eva: dora}\nlast_resort", "E020"),
        (PLATFORM, "secondary: ben", "secondary: ben\nservices: {payments-api: {}}", "E020"),
        (
            PLATFORM,
            "secondary: ben",
            "secondary: ben\nschedules: {payments-primary: {layers: [{people: [eva]}]}}",
            "E020",
        ),
    ],
)
def test_one_name_is_one_thing(file, old, new, expected):
    """People, teams, schedules and roles share one namespace, and a service has one team."""
    assert expected in {one.split()[0] for one in found_after(file, old, new)}


def test_teams_may_fill_a_role_alike():
    """A role is the same name in every team; that is its purpose."""
    assert found_after(PLATFORM, "secondary: ben", "secondary: payments-secondary") == []


@pytest.mark.parametrize("copied", ["payments-secondary", "payments-third"])
def test_a_copy_of_a_copy_is_refused(copied):
    """Nobody could say who comes next there."""
    new = "{copy: payments-primary, offset: 1}\n  payments-third: {copy: " + copied + "}"

    assert found_after(PAYMENTS, "{copy: payments-primary, offset: 1}", new) == ["E203 16:26"]


def test_an_override_stands_in_the_file_of_its_schedules_team():
    """A team's files concern that team alone."""
    new = "secondary: ben\noverrides: [{schedule: payments-primary, from: 2027-01-05, to: 2027-01-06, person: ben}]"

    assert found_after(PLATFORM, "secondary: ben", new) == ["E207 5:24"]


def test_a_config_without_a_team_pages_nobody():
    """That is an error, not an empty plan."""
    files = {name: text for name, text in COMPANY.items() if name in {SETTINGS, "rotations/people.yaml"}}

    assert "E105 rotations:1:1" in places(loaded(files).findings)


def test_an_unused_line_of_the_company_can_go():
    """Checks are about what is there."""
    assert places(loaded(changed(OWNERS, "  - {match: ['job=\"node\"'], team: platform}\n", "")).findings) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people:\n", "E009 rotations/people.yaml:1:1"),
        ("people: {}\n", "E009 rotations/people.yaml:1:1"),
        ("people:\n  - ana\n", "E008 rotations/people.yaml:2:3"),
        ("", "E007 rotations/people.yaml:1:1"),
    ],
)
def test_without_anybody_that_is_the_one_mistake(text, expected):
    """Not each place where somebody is named."""
    assert places(loaded({**COMPANY, PEOPLE: text}).findings) == [expected]


def test_a_name_in_capitals_is_one_mistake():
    """Where it is written; not again where the others name the person rightly."""
    assert found_after(PEOPLE, "  ana: {", "  Ana: {") == ["E010 2:3"]
