import pytest

from pagerd.config.show import Value, render, values
from pagerd.core.errors import NotFound
from tests.config.files import COMPANY, loaded

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
    """Its own files, its policy, the severities, and no other team's rules."""
    shown = names("platform")

    assert "teams.platform.primary" in shown
    assert "escalation.standard.steps.1.page" in shown
    assert "severities.sev1.verdict" in shown
    assert "fallback" in shown
    assert not any(name.startswith(("rules.payments", "teams.payments", "people", "settings")) for name in shown)


def test_a_team_is_shown_with_schedules_of_others_that_it_pages():
    """A shared lead stands in another team's file."""
    shown = names("payments")

    assert "teams.payments.schedules.payments-primary.layers.1.every" in shown


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
