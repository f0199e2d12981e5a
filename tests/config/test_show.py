from datetime import timedelta

import pytest

from pagerd.config.show import Value, render, rights_values, stored_values, values
from pagerd.core.alerts.matching import parse_matcher
from pagerd.core.errors import NotFound
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.people import Medium
from pagerd.core.plan import Silence
from tests.config.files import COMPANY, NOW, PLATFORM, SETTINGS, loaded

FOUND = loaded(COMPANY)


def names(team=None):
    """Return what is shown, by name."""
    return {one.name: one for one in values(FOUND.origins, FOUND.plan, team)}


def test_every_value_has_its_file_and_line_or_is_a_default():
    """Nobody has to search."""
    shown = names()

    assert shown["teams.payments.team_lead"].as_json() == {
        "name": "teams.payments.team_lead",
        "value": "dora",
        "origin": "rotations/payments.yaml:6",
    }
    assert shown["settings.acknowledgement_lasts"] == Value("settings.acknowledgement_lasts", "30m", "default")
    assert shown["people.ana.notify.high"] == Value("people.ana.notify.high", "[sms, 2m voice]", "default")
    assert shown["settings.sources.prod.limits.alerts_max"].text == "10000"


def test_a_team_is_shown_with_what_decides_about_its_alerts():
    """Its own files, its policy, the severities, the installation, and no other team's rules."""
    shown = names("platform")

    assert "teams.platform.primary" in shown
    assert "escalation.standard.steps.1.page" in shown
    assert "severities.sev1.verdict" in shown
    assert "fallback" in shown
    assert "settings.sources.prod.kind" in shown
    assert not any(name.startswith(("rules.payments", "teams.payments")) for name in shown)


def people(team):
    """Return whose values are shown for a team."""
    return {name.split(".")[1] for name in names(team) if name.startswith("people.")}


def test_a_team_is_shown_with_the_people_behind_it():
    """Those of its schedules and roles, of the last resort, and the operators; nobody else."""
    assert people("platform") == {"ben", "dora", "eva"}
    assert people("payments") == {"ana", "ben", "cho", "dora", "eva"}


def test_a_team_is_shown_with_schedules_of_others_that_it_pages():
    """A schedule in another team's file, what it copies, its overrides, and who is away from it."""
    roles = ("secondary: ben", "secondary: payments-secondary")
    found = loaded({**COMPANY, PLATFORM: COMPANY[PLATFORM].replace(*roles)})
    shown = {one.name: one.text for one in values(found.origins, found.plan, "platform")}

    assert "teams.payments.schedules.payments-secondary.copy" in shown
    assert "teams.payments.schedules.payments-primary.layers.1.every" in shown
    assert shown["teams.payments.overrides.1.person"] == "cho"
    assert shown["teams.payments.away.1.person"] == "ana"
    assert "teams.payments.primary" not in shown
    assert not {"teams.payments.overrides.1.person", "teams.payments.away.1.person"} & names("platform").keys()


def test_what_people_stored_lies_over_the_files():
    """Who did it stands where the file and line would; a team sees what concerns its schedules and people."""
    assert FOUND.plan is not None
    plan = FOUND.plan.with_stored(
        overrides=(
            Override(
                id="o-1",
                schedule="payments-primary",
                kind=OverrideKind.REPLACE,
                start=NOW,
                end=NOW + timedelta(hours=4),
                people=("cho",),
                instead_of="ana",
                why="dentist",
                by="ana",
                stored=True,
            ),
        ),
        silences=(
            Silence(
                id="s-1",
                matchers=(parse_matcher('service="reports"'),),
                start=NOW,
                end=NOW + timedelta(hours=1),
                by="ben",
                why="migration",
                stored=True,
            ),
        ),
        unusable=frozenset({("cho", Medium.SMS)}),
    )
    of_payments = {one.name: (one.text, one.origin) for one in stored_values(plan, "payments")}

    assert of_payments == {
        "stored.overrides.o-1": (
            "payments-primary 2026-11-23 12:00 to 2026-11-23 16:00 UTC: cho instead of ana (dentist)",
            "command of ana",
        ),
        "stored.silences.s-1": (
            '2026-11-23 12:00 to 2026-11-23 13:00 UTC: service="reports" (migration)',
            "command of ben",
        ),
        "stored.unusable.cho.sms": ("not used until it changes", "refused by its provider"),
    }
    assert stored_values(plan) == stored_values(plan, "payments")
    assert [one.name for one in stored_values(plan, "platform")] == ["stored.silences.s-1"]


def test_numbers_are_sorted_as_numbers():
    """The tenth rule does not stand before the second."""
    order = [one.name for one in values(FOUND.origins)]
    steps = [name for name in order if name.startswith("escalation.standard.steps") and name.endswith("page")]

    assert steps == [f"escalation.standard.steps.{n}.page" for n in (1, 2, 3)]


def test_a_team_that_is_not_there():
    """Says so."""
    with pytest.raises(NotFound, match="nobody"):
        values(FOUND.origins, FOUND.plan, "nobody")


def test_values_are_written_in_columns():
    """For a terminal."""
    assert render((Value("a", "1", "f:1"), Value("long", "22", "default"))) == "a     1   f:1\nlong  22  default"
    assert render(()) == ""


def rights(team=None):
    """Return who may do what, by name."""
    found = rights_values(FOUND.origins, FOUND.plan, NOW, team)
    return {one.name: (one.text, one.origin) for one in found}


def test_who_may_do_what_is_shown_with_the_line_that_says_so():
    """A right that nobody can find the reason of is one that nobody takes away."""
    shown = rights()

    assert shown["rights.ana.responder"] == ("yes", "rotations/people.yaml:2")
    assert shown["rights.dora.admin"] == ("yes", "pagerd.yaml:2")
    assert shown["rights.dora.approver"] == ("yes", "default")
    assert shown["rights.dora.lead.payments.team_lead"] == ("yes", "rotations/payments.yaml:6")
    assert not any(name.startswith(("rights.ana.lead", "rights.ana.admin", "rights.ana.approver")) for name in shown)


def test_a_team_is_shown_with_the_rights_of_the_people_behind_it():
    """Not who leads another team."""
    shown = rights("platform")

    assert "rights.dora.lead.platform.team_lead" in shown
    assert not any(name.startswith("rights.dora.lead.payments") for name in shown)
    assert "rights.ana.responder" not in shown


def test_a_right_by_a_turn_says_whose_turn_it_is():
    """It is another one's next week."""
    files = {**COMPANY, SETTINGS: COMPANY[SETTINGS] + "approvers: [payments-primary]\n"}
    found = loaded(files)
    assert found.plan is not None
    shown = [one for one in rights_values(found.origins, found.plan, NOW) if ".approver" in one.name]

    assert [one.name for one in shown] == ["rights.ben.approver.payments-primary"]
    assert (shown[0].text, shown[0].origin) == ("yes, on call there now", "pagerd.yaml:9")
