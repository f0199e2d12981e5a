from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.explaining.changes import DECISIONS_MAX, smallest_changes
from pagerd.core.explaining.edits import labels_for
from pagerd.core.explaining.outcome import Groups, Known, Situation, decided
from pagerd.core.explaining.shapes import outcome_sentence
from pagerd.core.paging.opening import fresh_page
from pagerd.core.placement import Place
from pagerd.core.plan import Plan, VerdictKind
from tests.builders import NOON, a_plan, a_rule, a_silence, an_alert, some_annotations, some_labels
from tests.builders import matchers as parsed

TICKET, PAGE = VerdictKind.TICKET, VerdictKind.PAGE


def changes(*, plan: Plan | None = None, annotations=None, **labels):
    """Return the words of the smallest changes, and the place each leads to."""
    alert = replace(
        an_alert(),
        labels=some_labels(**labels),
        annotations=some_annotations() if annotations is None else annotations,
    )
    situation = Situation(alert=alert, plan=plan or a_plan())
    was = decided(situation, NOON, Groups())
    return {one.words: one.outcome.place for one in smallest_changes(situation, was, NOON, Groups()).found}


def with_rules(*rules, **fields) -> Plan:
    """Return the plan with these rules of team payments."""
    return a_plan(rules={"payments": rules}, **fields)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"severity": "warning"}, 'with label severity="critical"'),
        ({"severity": "odd", "annotations": {}}, 'with label severity="sev1"'),
        ({"annotations": some_annotations(summary=None)}, "with a summary"),
        ({"annotations": some_annotations(summary="{{ $x }}")}, "with another summary"),
        (
            {"service": "kubernetes", "team": None, "annotations": some_annotations(runbook_url=None)},
            "with a runbook_url to runbooks/payments-5xx.md",
        ),
        (
            {"service": "kubernetes", "team": None, "annotations": some_annotations(runbook_url=None)},
            "if runbooks/thin.md had its missing sections (fail over)",
        ),
        ({"annotations": some_annotations(runbook_url="runbooks/no.md")}, "without annotation runbook_url"),
        ({"plan": a_plan(silences=(a_silence('service="payments-api"'),))}, "without silence s1"),
        (
            {"plan": with_rules(a_rule("First", verdict=TICKET), a_rule("Second", verdict=PAGE))},
            "if rule 2 ('Second') stood above rule 1 ('First')",
        ),
        ({"plan": with_rules(a_rule("First", verdict=TICKET))}, "if rule 1 ('First') said verdict: page"),
        ({"plan": with_rules(a_rule("First", verdict=TICKET))}, "without rule 1 ('First')"),
        (
            {"plan": with_rules(a_rule("Prod", 'env="prod"', verdict=PAGE), a_rule("Rest", verdict=TICKET))},
            "with env=\"prod\", so that rule 1 ('Prod') matched",
        ),
        (
            {"plan": with_rules(a_rule("Prod", 'env="prod"', verdict=PAGE), a_rule("Rest", verdict=TICKET))},
            "if rule 1 ('Prod') did not ask for env=\"prod\"",
        ),
    ],
)
def test_what_would_make_it_page(asked, words):
    """The change of labels or files stands among the smallest, and with it the alert pages."""
    found = changes(**asked)

    assert found[words] is Place.OPENS_PAGE


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, 'with label severity="warning"'),
        ({}, "without annotation summary"),
        ({"plan": with_rules(a_rule("First", verdict=PAGE))}, "if rule 1 ('First') said verdict: ticket"),
    ],
)
def test_what_would_keep_it_from_paging(asked, words):
    """For what pages, the change that makes a ticket of it."""
    assert changes(**asked)[words] is Place.TICKET


def test_two_changes_where_one_is_not_enough():
    """Under a silence and without urgency both must go; neither alone is named."""
    plan = a_plan(silences=(a_silence('service="payments-api"'),))
    found = changes(plan=plan, severity="warning")

    assert found['with label severity="critical" and without silence s1'] is Place.OPENS_PAGE
    assert all(" and " in words for words in found)


def test_two_silences_both_have_to_go():
    """Each is named."""
    both = (a_silence('service="payments-api"'), a_silence('cluster="eu-1"', id="s2"))

    assert "without silence s1 and without silence s2" in changes(plan=a_plan(silences=both))


def test_what_joins_a_page_is_told_what_would_give_it_one_of_its_own():
    """By a label that groups, or by a rule that groups by more."""
    plan = with_rules(a_rule("All", severity="sev2"))
    situation = Situation(alert=an_alert(), plan=plan)
    verdict = decided(situation, NOON, Groups()).verdict
    page = fresh_page("p-1", an_alert(), verdict, plan, NOON, follows=None)
    groups = Groups({verdict.group_key: Known(page=page)})
    was = decided(situation, NOON, groups)
    found = smallest_changes(situation, was, NOON, groups).found

    assert was.place is Place.JOINS_PAGE
    assert {one.outcome.place for one in found} == {Place.OPENS_PAGE}
    assert "if rule 'All' grouped by instance too" in {one.words for one in found}
    assert any(one.words == 'with label cluster="another"' for one in found)


def test_no_change_is_invented():
    """A heartbeat never pages by firing: nothing is named, and how much was tried is said."""
    situation = Situation(alert=an_alert(alertname="Watchdog"), plan=a_plan())
    was = decided(situation, NOON, Groups())
    found = smallest_changes(situation, was, NOON, Groups())

    assert found.found == ()
    assert found.tried > 100


def test_the_alert_itself_is_left_alone():
    """Trying changes changes nothing: labels, annotations and plan are as before."""
    alert, plan = an_alert(), a_plan(silences=(a_silence('service="payments-api"'),))
    before = dict(alert.labels), dict(alert.annotations), repr(plan)
    situation = Situation(alert=alert, plan=plan)
    smallest_changes(situation, decided(situation, NOON, Groups()), NOON, Groups())

    assert (dict(alert.labels), dict(alert.annotations), repr(plan)) == before


def test_the_outcome_of_a_change_is_said_in_the_words_of_its_own_plan():
    """The sentence is of the alert as it would be."""
    situation = Situation(alert=an_alert(severity="warning"), plan=a_plan())
    was = decided(situation, NOON, Groups())
    first = smallest_changes(situation, was, NOON, Groups()).found[0]

    said = outcome_sentence(first.outcome, first.situation.plan, ZoneInfo("UTC"))
    assert said == "It opens a page of severity sev3 for team payments."


@pytest.mark.parametrize(
    ("matchers", "labels", "needed"),
    [
        ((), {}, {}),
        (('env="prod"',), {"env": "prod"}, {}),
        (('env="prod"',), {"env": "dev"}, {"env": "prod"}),
        (('env=""',), {"env": "dev"}, {"env": None}),
        (('env=~"prod|live"',), {"env": "dev"}, {"env": "prod"}),
        # Of an expression from which no text can be read off nothing is proposed.
        (('env=~"[^a]b"',), {"env": "dev"}, None),
        # What must not be something may be missing; what must not be missing needs a value.
        (('env!="dev"',), {"env": "dev"}, {"env": None}),
        (('env!=""',), {}, {"env": "another"}),
        (('env!~"dev.*"',), {"env": "dev-1"}, {"env": None}),
        # What two matchers ask of one label cannot both be.
        (('env="prod"', 'env="live"'), {"env": "dev"}, None),
        (('env="prod"', 'env!="dev"'), {"env": "dev"}, {"env": "prod"}),
    ],
)
def test_which_labels_would_make_matchers_hold(matchers, labels, needed):
    """As few as are needed; None where no labels are known that do."""
    assert labels_for(parsed(*matchers), labels) == needed


def test_an_alert_without_a_severity_is_not_told_to_take_it_away():
    """It may be given one; that it has none is as it is."""
    found = changes(severity=None, annotations={})

    assert 'with label severity="critical"' not in {words for words in found if words.startswith("without")}
    assert not any("without label severity" in words for words in found)
    assert any('severity="' in words for words in found)


def test_a_rule_below_that_would_not_match_either_is_not_lifted():
    """Only what matches this alert could decide it from further up."""
    rules = (
        a_rule("First", verdict=TICKET),
        a_rule("Other", 'env="dev"', verdict=PAGE),
        a_rule("Second", verdict=PAGE),
    )
    found = changes(plan=with_rules(*rules))

    assert "if rule 3 ('Second') stood above rule 1 ('First')" in found
    assert not any(words.startswith("if rule 2 ('Other') stood above") for words in found)


def test_what_nobody_owns_is_told_who_could():
    """By its label, or by a line of the owners for its service; without a service there is no such line."""
    without = changes(team=None, service=None)
    service = changes(team=None, service="fax")

    assert 'with label team="payments"' in without
    assert not any(words.startswith("if the owners began with") for words in without)
    assert 'if the owners began with {match: [service="fax"], team: payments}' in service


def test_what_is_tried_is_bounded():
    """Seventy silences would be thousands of pairs: it is said that not all were tried."""
    silences = tuple(a_silence('service="payments-api"', id=f"s{number}") for number in range(70))
    situation = Situation(alert=an_alert(), plan=a_plan(silences=silences))
    was = decided(situation, NOON, Groups())
    found = smallest_changes(situation, was, NOON, Groups())

    assert (found.tried, found.is_complete) == (DECISIONS_MAX, False)
