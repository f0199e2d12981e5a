"""The difference: figures, people, and the alerts that make it, with how they are judged."""

from pagerd.core.replaying.difference import difference
from tests.core.replaying.accounts import a_page, a_ticket, an_account, ruled

BEFORE = an_account(a_page(0), a_page(1), a_page(2, person="ben"))


def figures(found):
    """Return (metric, before, after) of those that change."""
    return [(one.metric, one.before, one.after) for one in found.figures if one.change]


def test_the_same_twice_is_no_difference():
    """Nothing is listed where nothing changes."""
    found = difference(BEFORE, BEFORE)

    assert found.is_none
    assert (figures(found), found.people, found.causes) == ([], (), ())


def test_a_rule_that_makes_tickets_saves_nights():
    """Each figure is counted, and the alert is named with both ways of judging it."""
    after = an_account(tickets=[a_ticket(0)], rulings=((ruled("ticket"), 3),))

    found = difference(BEFORE, after)

    assert figures(found) == [
        ("pages", 3, 0),
        ("night_pages", 3, 0),
        ("people_woken", 2, 0),
        ("tickets", 0, 1),
        ("sleep_minutes", 75, 0),
    ]
    assert [(one.person, one.woken.change, one.sleep.change) for one in found.people] == [
        ("ana", -2, -50),
        ("ben", -1, -25),
    ]
    [cause] = found.causes
    assert cause.sentence == "rule 'Backlog' of payments: page → rule 'Backlog' of payments: ticket"
    assert cause.figure("night_pages").change == -3


def test_somebody_else_is_woken_though_every_figure_is_the_same():
    """That is a difference, too, and no rule is to blame."""
    after = an_account(a_page(0, person="ben"), a_page(1), a_page(2, person="ana"))

    found = difference(BEFORE, after)

    assert figures(found) == []
    assert not found.is_none
    assert [cause.sentence for cause in found.causes] == ["judged as before; whom it pages, or when, is another"]


def test_the_most_frequent_way_of_judging_stands_for_several():
    """An alert of one name may be judged in two ways, by its other labels."""
    after = an_account(rulings=((ruled("ticket"), 2), (ruled(rule=""), 1)))

    [cause] = difference(BEFORE, after).causes

    assert cause.sentence.endswith("→ rule 'Backlog' of payments: ticket (2 of 3)")


def test_an_alert_that_no_rule_matches_is_judged_by_its_severity():
    """So it is said."""
    [cause] = difference(BEFORE, an_account(rulings=((ruled(rule=""), 3),))).causes

    assert cause.sentence.endswith("→ no rule of payments, severity sev2: page")


def test_the_largest_change_stands_first():
    """Nights count most, then pages."""
    before = an_account(a_page(0, alert="A"), a_page(1, alert="B"), a_page(2, alert="B"), rulings=())

    assert [cause.alert for cause in difference(before, an_account(rulings=())).causes] == ["B", "A"]
