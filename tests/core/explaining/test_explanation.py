from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.explaining.explanation import Explanation, explain
from pagerd.core.explaining.outcome import Groups, Known, Situation, decided
from pagerd.core.explaining.shapes import explanation_json
from pagerd.core.oncall.schedule import FOR_GOOD, Away, Override, OverrideKind
from pagerd.core.paging.opening import fresh_page
from pagerd.core.people import Medium
from pagerd.core.placement import Place
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import Judge
from pagerd.core.ticket import TicketStatus
from tests.builders import (
    NIGHT,
    NOON,
    a_plan,
    a_rule,
    a_silence,
    an_alert,
    minutes,
    some_annotations,
    some_labels,
)
from tests.core.test_ticket import a_ticket

BERLIN = ZoneInfo("Europe/Berlin")


def explained(
    *, plan: Plan | None = None, at=NOON, annotations=None, known: Known | None = None, **labels
) -> Explanation:
    """Explain an alert with these labels on top of the ordinary ones; `known` is its group's."""
    alert = replace(
        an_alert(),
        labels=some_labels(**labels),
        annotations=some_annotations() if annotations is None else annotations,
    )
    situation = Situation(alert=alert, plan=plan or a_plan())
    key = decided(situation, at, Groups()).verdict.group_key
    return explain(situation, at, Groups({key: known} if known is not None else {}))


def said(explanation: Explanation):
    """Return it as the API writes it, in Berlin."""
    return explanation_json(explanation, BERLIN)


def with_rules(*rules) -> Plan:
    """Return the plan with these rules of team payments."""
    return a_plan(rules={"payments": rules})


# --- What was looked at ---------------------------------------------------------------------------------------------


def test_every_line_of_the_owners_up_to_the_one_that_decides():
    """What each asks for, what it met, and which decided."""
    one = said(explained(team="nobody", service="checkout"))

    assert [line["result"] for line in one["owners"]] == [
        'team="nobody" is nothing of the config',
        'service="checkout" is nothing of the config',
        "gives it to team payments",
    ]
    assert [line["decides"] for line in one["owners"]] == [False, False, True]


def test_every_line_of_the_owners_where_none_decides():
    """A missing label and a matcher that does not hold are told apart."""
    one = said(explained(team=None, service=None))

    assert [line["result"] for line in one["owners"]] == [
        "it has no label team",
        "it has no label service",
        'service=~"checkout|payments.*" does not hold',
        'job="node" does not hold',
    ]
    assert one["team"] == "platform"


def test_every_rule_up_to_the_match_with_the_matcher_that_failed():
    """The first matcher that does not hold and the value it met; what stands below the match is only counted."""
    plan = with_rules(
        a_rule("Test", 'alertname=~"Checkout.*"', 'env="test"'),
        a_rule("Elsewhere", 'cluster!="eu-1"'),
        a_rule("This one", 'alertname="CheckoutErrors"', severity="sev1"),
        a_rule("Never seen"),
    )
    one = said(explained(plan=plan))

    assert [(rule["name"], rule["matches"], rule["result"]) for rule in one["rules"]] == [
        ("Test", False, 'env="test" does not hold: it has no env'),
        ("Elsewhere", False, 'cluster!="eu-1" does not hold: it is "eu-1"'),
        ("This one", True, "matches"),
    ]
    assert (one["rules"][1]["failed"], one["rules"][1]["met"]) == ('cluster!="eu-1"', "eu-1")
    assert (one["rule"], one["rules_count"]) == ("This one", 4)


def test_each_of_the_four_tests():
    """Passed or not, each with its reason; the reasons are the verdict's own."""
    explanation = explained(annotations={})
    one = said(explanation)

    assert [(test["test"], test["passed"]) for test in one["tests"]] == [
        ("actionable", True),
        ("urgent", True),
        ("owned", True),
        ("clear", False),
    ]
    assert one["tests"][3]["reason"] == "not clear: there is no summary"
    assert {test["reason"] for test in one["tests"]} <= set(explanation.outcome.verdict.reasons)


def test_an_alert_that_asks_for_no_page_is_not_tested():
    """As when it is judged: the tests are for what would page."""
    assert said(explained(severity="warning"))["tests"] == []


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"match": 'service="payments-api"'}, "mutes it"),
        ({"match": 'service="other"'}, 'service="other" does not hold: it is "payments-api"'),
        ({"match": 'service="payments-api"', "team": "platform"}, "matches, but concerns team platform alone"),
        (
            {"match": 'service="payments-api"', "start": NOON + minutes(5)},
            "matches, but begins only at Tue 6 Jan 2026 12:05 (Europe/Berlin)",
        ),
        ({"match": 'service="payments-api"', "start": NOON - minutes(90)}, "matches, but was over 30m before"),
    ],
)
def test_silences_that_mute_or_miss_by_one_thing(fields, result):
    """Whoever counted on a silence sees why it did not mute."""
    silence = a_silence(fields.pop("match"), **fields)
    one = said(explained(plan=a_plan(silences=(silence,))))

    assert [silence["result"] for silence in one["silences"]] == [result]


def test_silences_that_miss_by_more_are_only_counted():
    """Two matchers that fail, or a day gone by, are no near miss."""
    far = a_silence('service="x"', 'cluster="y"')
    old = a_silence('service="payments-api"', start=NOON - timedelta(days=3))
    one = said(explained(plan=a_plan(silences=(far, old))))

    assert (one["silences"], one["silences_count"]) == ([], 2)


# --- What becomes of it ---------------------------------------------------------------------------------------------


def test_a_page_of_its_own():
    """With who would be paged at each step, by which road and layer, by what methods in what order."""
    one = said(explained())

    assert (one["outcome"], one["pages"]) == ("opens_page", True)
    assert one["sentence"] == "It opens a page of severity sev2 for team payments."
    first, second = one["steps"][:2]
    assert first["sentences"] == [
        "Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 12:05 to answer."
    ]
    assert first["targets"][0]["result"] == "by layer 1, until Mon 12 Jan 2026 09:00 (Europe/Berlin)"
    assert [(method["medium"], method["result"]) for method in first["people"][0]["methods"]] == [
        ("sms", "at once"),
        ("voice", "after 2m"),
        ("email", "not used: it is not in their own rules for high urgency"),
    ]
    assert second["local"] == "2026-01-06 12:05:00"
    assert [person["person"] for person in second["people"]] == ["ben"]
    assert "last resort" in one["steps"][-1]["sentences"][-1]


def test_a_page_that_follows_another():
    """The one that was resolved a moment ago is named, and whoever had it is asked first."""
    verdict = Judge(a_plan()).judge(some_labels(), some_annotations(), NOON)
    last = fresh_page("p-last", an_alert(), verdict, a_plan(), NOON - minutes(20), follows=None)
    one = said(explained(known=Known(last=replace(last, last_acknowledged_by="ben"))))

    assert one["sentence"] == "It opens a page of severity sev2 for team payments, which follows p-last."
    assert [person["person"] for person in one["steps"][0]["people"]] == ["ben"]
    assert one["steps"][0]["people"][0]["via"] == "who had it last"


def test_joining_the_page_that_is_open():
    """Nobody is paged anew; a higher severity says that it pages again."""
    verdict = Judge(a_plan()).judge(some_labels(), some_annotations(), NOON)
    page = fresh_page("p-open", an_alert(), verdict, a_plan(), NOON - minutes(20), follows=None)
    same, worse = (said(explained(known=Known(page=one))) for one in (page, replace(page, rank=4, severity="sev4")))

    assert same["sentence"] == "It joins page p-open, which its group has open for team payments."
    assert (same["page"], same["steps"]) == ("p-open", [])
    assert same["joined"] == ["Another alert of the group fires: CheckoutErrors, severity sev2 (2 firing now)."]
    assert any("raised the severity" in line for line in worse["joined"])


def test_held_for_the_business_hours():
    """Until when, and who would be told then."""
    one = said(explained(at=NIGHT, severity="error"))

    assert one["outcome"] == "held"
    assert one["sentence"] == (
        "It waits for the business hours of team payments: told at Wed 7 Jan 2026 09:00 (Europe/Berlin) "
        "if it still fires."
    )
    assert one["steps_from"] == one["held_until"] == "2026-01-07T08:00:00+00:00"
    assert one["steps"][0]["people"][0]["methods"][1:] == [
        {
            "medium": medium,
            "used": False,
            "after_seconds": None,
            "result": "not used: low urgency never uses what may wake somebody",
        }
        for medium in ("sms", "voice")
    ]


def test_muted():
    """By which silence, whose, and until when; what would page then begins there."""
    one = said(explained(plan=a_plan(silences=(a_silence('service="payments-api"'),))))

    assert one["outcome"] == "muted"
    assert "silence s1 by ana until Tue 6 Jan 2026 13:00 (Europe/Berlin)" in one["sentence"]
    assert one["steps_from"] == "2026-01-06T12:00:00+00:00"


def test_what_is_muted_and_waits_for_business_hours_is_told_when_they_begin_after_that():
    """The silence ends in the evening: nobody is told before the next morning. A ticket is told of to nobody at all."""
    evening = a_silence('service="payments-api"', lasts=minutes(8 * 60))
    held = said(explained(plan=a_plan(silences=(evening,)), severity="error"))
    ticket = said(explained(plan=a_plan(silences=(evening,)), severity="warning"))

    assert (held["outcome"], held["steps_from"]) == ("muted", "2026-01-07T08:00:00+00:00")
    assert (ticket["outcome"], ticket["steps"]) == ("muted", [])


@pytest.mark.parametrize(
    ("fields", "sentence", "steps_from"),
    [
        (
            {"page_at": NOON + minutes(5)},
            (
                "It joins ticket t-test01 of team payments. It pages at Tue 6 Jan 2026 12:05 (Europe/Berlin)"
                " unless somebody takes it."
            ),
            "2026-01-06T11:05:00+00:00",
        ),
        (
            {"status": TicketStatus.TAKEN, "taken_by": "ben"},
            "It joins ticket t-test01 of team payments, which Ben took.",
            None,
        ),
    ],
)
def test_a_ticket_that_is_open_is_joined(fields, sentence, steps_from):
    """Its clock has run since it was opened; one that somebody took has none, and pages nobody."""
    one = said(explained(annotations={}, known=Known(ticket=replace(a_ticket(), **fields))))

    assert (one["outcome"], one["sentence"]) == ("ticket", sentence)
    assert one["steps_from"] == steps_from


def test_a_ticket_that_is_closed_by_now_is_joined_by_nothing():
    """Asked about an instant that is over: the ticket stands there as it is."""
    closed = replace(a_ticket(), status=TicketStatus.CLOSED)
    one = explained(annotations={}, known=Known(ticket=closed))

    assert one.outcome.ticket == closed


def test_a_ticket_with_a_clock():
    """It says after how long it pages, and whom then."""
    one = said(explained(annotations={}))

    assert one["outcome"] == "ticket"
    assert one["sentence"].endswith("and pages after 10m unless somebody takes the ticket.")
    assert one["steps_from"] == "2026-01-06T11:10:00+00:00"


def test_a_ticket_and_nothing_more():
    """Nobody is paged, and so nobody is listed."""
    one = said(explained(severity="warning"))

    assert one["sentence"] == "It becomes a ticket of team payments; nobody is paged."
    assert one["steps"] == []


def test_dropped_says_by_which_rule():
    """Nothing is dropped but by a rule that says so."""
    one = said(explained(plan=with_rules(a_rule("Noise", verdict=VerdictKind.DROP))))

    assert one["sentence"] == "It is dropped: nobody is told, because rule 'Noise' says so."


# --- Who cannot be reached ------------------------------------------------------------------------------------------


def test_why_a_contact_method_is_not_used():
    """No provider, refused for good, no address: each has its own words."""
    plan = a_plan(media=frozenset({Medium.SMS, Medium.EMAIL}), unusable=frozenset({("ana", Medium.SMS)}))
    plan = replace(plan, people=plan.people | {"ana": replace(plan.people["ana"], voice=None)})
    one = said(explained(plan=plan))

    assert {method["medium"]: method["result"] for method in one["steps"][0]["people"][0]["methods"]} == {
        "email": "at once",
        "sms": "not used: it was refused for good, and has not changed since",
        "voice": "not used: ana has no number for calls",
    }


def test_the_same_alert_explained_twice_is_the_same():
    """Nothing is remembered between two explanations."""
    assert said(explained()) == said(explained())


def test_the_place_is_what_is_decided():
    """The explanation holds the outcome itself, not a copy of its words."""
    assert explained().outcome.place is Place.OPENS_PAGE


def test_who_is_away_stands_beside_whoever_covers():
    """Until when, or that they have left."""
    plan = a_plan()
    back = Away(person="ana", start=NOON - minutes(60), end=NOON + minutes(60))
    gone = Away(person="ana", start=NOON - minutes(60), end=FOR_GOOD)

    results = [
        said(explained(plan=replace(plan, book=replace(plan.book, away=(absence,)))))["steps"][0]["targets"][0][
            "result"
        ]
        for absence in (back, gone)
    ]
    assert ["ana is away until " in one for one in results] == [True, False]
    assert ["ana has left" in one for one in results] == [False, True]


def test_an_override_stands_beside_whom_it_puts_on_call():
    """With who made it and why, where that is known; the layer below does not decide."""
    named = Override(
        id="o-1", schedule="payments-primary", kind=OverrideKind.EVERYBODY, start=NOON, end=NOON + minutes(60),
        people=("cho",), by="dora", why="dentist",
    )  # fmt: skip
    plan = a_plan()
    targets = [
        said(explained(plan=replace(plan, book=replace(plan.book, overrides=(one,)))))["steps"][0]["targets"][0]
        for one in (named, replace(named, by="", why=""))
    ]

    until = "until Tue 6 Jan 2026 13:00 (Europe/Berlin)"
    assert [one["result"] for one in targets] == [
        f"by override o-1 of dora (dentist), {until}",
        f"by override o-1, {until}",
    ]
    assert [(one["people"], one["override"]) for one in targets] == [(["cho"], "o-1")] * 2


def test_what_comes_to_a_ticket_that_paged_pages_too():
    """Its clock ran out before: nobody waits for it a second time."""
    paged = replace(a_ticket(), page_at=None, paged_as="p-1")
    page = fresh_page("p-1", an_alert(), explained().outcome.verdict, a_plan(), NOON, follows=None)
    opening, joining = (explained(annotations={}, known=Known(ticket=paged, page=one)).outcome for one in (None, page))

    assert (opening.place, opening.verdict.kind) == (Place.OPENS_PAGE, VerdictKind.PAGE)
    assert joining.place is Place.JOINS_PAGE
