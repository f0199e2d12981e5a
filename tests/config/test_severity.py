from datetime import timedelta

import pytest

from pagerd.config.severity import DEFAULT_LABELS, DEFAULT_SEVERITIES
from pagerd.core.people import Urgency
from pagerd.core.plan import OnViolation, VerdictKind
from tests.config.files import COMPANY, REPOSITORY, SEVERITY, changed, found_after, loaded, plan_of


def test_severities_stand_in_their_order():
    """The first is the worst."""
    severities = plan_of(COMPANY).severities

    assert [(one.id, one.rank) for one in severities.values()] == [("sev1", 1), ("sev2", 2), ("sev3", 3), ("sev4", 4)]
    assert [one.urgency for one in severities.values()] == [Urgency.HIGH, Urgency.HIGH, Urgency.LOW, Urgency.LOW]
    assert severities["sev3"].verdict is VerdictKind.BUSINESS_HOURS
    assert severities["sev2"].on_violation == OnViolation(page=True, after=timedelta(minutes=10))


def test_without_the_file_the_playbook_holds():
    """An urgent alert is never lost for want of a file."""
    plan = plan_of({name: text for name, text in COMPANY.items() if name != SEVERITY})

    assert plan.severities == DEFAULT_SEVERITIES
    assert plan.severity_labels == DEFAULT_LABELS
    assert plan.unknown == OnViolation(page=True, after=timedelta(minutes=10))


def test_the_example_says_what_the_defaults_say():
    """So that deleting it changes nothing."""
    text = (REPOSITORY / SEVERITY).read_text()
    plan = plan_of({**COMPANY, SEVERITY: text})

    assert plan.severities == DEFAULT_SEVERITIES
    assert plan.severity_labels == DEFAULT_LABELS


def test_default_labels_mean_only_severities_that_are_there():
    """A file with other severities writes its own labels."""
    severities = "severities: {sev1: {verdict: page, on_violation: page}, sev3: {verdict: ticket}}\n"
    found = loaded({**COMPANY, SEVERITY: severities})

    assert found.plan is not None
    assert found.plan.severity_labels == {"error": "sev3"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("sev1: {verdict: page, on_violation: page}", "sev1: {verdict: page}", "E007 3:9"),
        ("sev4: {verdict: ticket}", "sev4: {}", "E007 6:9"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: tickt}", "E010 6:19"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, urgency: none}", "E010 6:36"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, update_evry: 15m}", "E006 6:27"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, update_every: 15m}", "E010 6:41"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, update_every: 30m-15m}", "E010 6:41"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, roles: [boss]}", "E010 6:35"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, postmortem_due: 3 days}", "E010 6:43"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, watch: an hour}", "E011 6:34"),
        ("sev4: {verdict: ticket}", "sev4: {verdict: ticket, leadership: nobody}", "E021 6:39"),
        ("on_violation: page after 10m", "on_violation: later", "E010 4:39"),
        ("unknown: page after 10m", "unknown: page after 10", "E011 7:10"),
    ],
)
def test_what_is_wrong_with_severities(old, new, expected):
    """At its line and column."""
    assert expected in found_after(SEVERITY, old, new)


def test_severities_cannot_be_none_at_all():
    """Every alert has one."""
    found = loaded(changed(SEVERITY, COMPANY[SEVERITY], "severities: {}\nlabels: {}\n"))

    assert "E009" in {one.id for one in found.findings}
