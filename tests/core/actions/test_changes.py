"""What may become of an action item, in which state, and by whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pagerd.core.actions import changes
from pagerd.core.actions.item import ActionItem, ActionStatus, CheckState
from pagerd.core.actions.terms import Terms
from pagerd.core.incidents.draft import TransitionRefused
from tests.builders import NOON

DAY = timedelta(days=1)


def an_item(status=ActionStatus.OPEN, **fields):
    """Return an item of ben, in a status."""
    terms = Terms(title="a bigger pool", owner="ben", due=date(2026, 1, 20), verification="a drill")
    verification = fields.pop("verification", None)
    if verification is not None:
        terms = replace(terms, verification=verification)
    item = ActionItem(
        id="a-1", number=1, incident=1, team="payments", terms=terms, status=status, opened_at=NOON, opened_by="ana"
    )
    return replace(item, **fields)


ACTS = {
    "start": lambda item: changes.started(item, NOON, "ana"),
    "done": lambda item: changes.done(item, NOON, "ana", ""),
    "verify": lambda item: changes.verified(item, NOON, "cho", "I saw it", is_alone=False),
    "drop": lambda item: changes.dropped(item, NOON, "cho", "it is gone", is_alone=False),
    "reopen": lambda item: changes.reopened(item, NOON, "cho", "it is not", date(2026, 2, 1)),
    "edit": lambda item: changes.changed_terms(item, NOON, "cho", replace(item.terms, title="a pool")),
    "look": lambda item: changes.looked_at(item, NOON, CheckState.UNMET, "no such rule"),
    "come back": lambda item: changes.came_back(item, NOON, 2, "the same alerts", date(2026, 2, 1)),
    "seen again": lambda item: changes.seen_again(item, NOON, 2, "the same service"),
}
LEADS_TO = {
    "start": {"open": "started"},
    "done": {"open": "done", "started": "done"},
    "verify": {"done": "verified"},
    "drop": {"open": "dropped", "started": "dropped", "done": "dropped"},
    "reopen": {"done": "open", "verified": "open", "dropped": "open"},
    "edit": {"open": "open", "started": "started", "done": "done"},
    "look": {"done": "done"},
    "come back": {"done": "open", "verified": "open"},
    "seen again": {"done": "done", "verified": "verified"},
}


@pytest.mark.parametrize("status", ActionStatus)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_in_every_state(act, status):
    """It leads where the table says, or is refused by code and changes nothing."""
    expected = LEADS_TO[act].get(status.value)
    if expected is None:
        with pytest.raises(TransitionRefused) as refused:
            ACTS[act](an_item(status))

        assert [one.code for one in refused.value.unmet] == ["status"]
        return
    after, entries = ACTS[act](an_item(status))

    assert (after.status, after.version) == (expected, 1)
    assert entries


def refusal(act):
    """Return by which codes an act is refused."""
    with pytest.raises(TransitionRefused) as refused:
        act()
    return [one.code for one in refused.value.unmet]


@pytest.mark.parametrize(("by", "done_by"), [("ben", "ana"), ("ana", "ana")])
def test_neither_the_owner_nor_whoever_did_it_verifies_it(by, done_by):
    """A second pair of eyes is what the word is worth."""
    item = an_item(ActionStatus.DONE, done_by=done_by)

    assert refusal(lambda: changes.verified(item, NOON, by, "it works", is_alone=False)) == ["second_person"]
    assert changes.verified(item, NOON, by, "it works", is_alone=True)[0].over_by == by


def test_the_owner_does_not_drop_it_alone():
    """Else a list of actions shortens itself."""
    assert refusal(lambda: changes.dropped(an_item(), NOON, "ben", "no time", is_alone=False)) == ["second_person"]
    assert changes.dropped(an_item(), NOON, "ben", "no time", is_alone=True)[0].over_why == "no time"


@pytest.mark.parametrize("act", ["verified", "dropped"])
def test_both_need_a_sentence(act):
    """Whoever reads it in a year has nothing else."""
    function, item = getattr(changes, act), an_item(ActionStatus.DONE)

    assert refusal(lambda: function(item, NOON, "cho", "  ", is_alone=False)) == ["reason_missing"]


def test_reopening_needs_a_sentence():
    """And takes back everything that was said of it being done."""
    item = an_item(ActionStatus.VERIFIED, done_by="ana", over_by="cho", over_at=NOON, over_why="seen")
    after, _ = changes.reopened(item, NOON, "dora", "it leaks again", date(2026, 2, 1))

    assert refusal(lambda: changes.reopened(item, NOON, "dora", "", None)) == ["reason_missing"]
    assert (after.done_by, after.over_by, after.over_why, after.terms.due) == (None, None, "", date(2026, 2, 1))


def test_nothing_is_done_that_nobody_could_verify():
    """How it will be known is said before, not afterwards."""
    item = an_item(verification="")

    assert refusal(lambda: changes.done(item, NOON, "ben", "")) == ["verification_missing"]


def test_what_pagerd_can_look_at_is_looked_at_from_then_on():
    """At once, and then each day; a sentence is for people."""
    looked, said = an_item(verification="runbook: pools"), an_item()

    assert changes.done(looked, NOON, "ben", "")[0].check_at == NOON
    assert changes.done(said, NOON, "ben", "")[0].check_at is None


def test_a_look_that_finds_it_verifies_it():
    """The one word that needs no second person is that of nobody."""
    item = an_item(ActionStatus.DONE, verification="rule: PoolFull", done_by="ben")
    after, _ = changes.looked_at(item, NOON, CheckState.MET, "the rule is there")

    assert (after.status, after.over_by, after.check_at) == ("verified", "pagerd", None)


def test_only_news_of_a_look_is_a_line():
    """Each day it is looked, and the timeline says what changed."""
    item = an_item(ActionStatus.DONE, verification="rule: PoolFull", done_by="ben")
    first, said = changes.looked_at(item, NOON, CheckState.UNMET, "no rule")
    second, silence = changes.looked_at(first, NOON + DAY, CheckState.UNMET, "no rule")
    third, again = changes.looked_at(second, NOON + 2 * DAY, CheckState.UNKNOWN, "no answer")

    assert [entry.kind for entry in said] == ["action.check_unmet"]
    assert (silence, second.check_at, second.version) == ((), NOON + 2 * DAY, 2)
    assert [entry.kind for entry in again] == ["action.check_unknown"]
    assert third.status is ActionStatus.DONE


def test_a_word_does_not_stand_against_a_look():
    """What is read as untrue cannot be attested; what cannot be read can."""
    item = an_item(ActionStatus.DONE, verification="rule: PoolFull", done_by="ben")
    unmet, _ = changes.looked_at(item, NOON, CheckState.UNMET, "no rule")
    unknown, _ = changes.looked_at(item, NOON, CheckState.UNKNOWN, "no answer")

    assert refusal(lambda: changes.verified(unmet, NOON, "cho", "I saw it", is_alone=False)) == ["check_unmet"]
    assert changes.verified(unknown, NOON, "cho", "I saw it", is_alone=False)[0].status == "verified"


def test_another_verification_is_looked_at_anew():
    """What was found of the old one says nothing; what stays the same changes nothing."""
    item = an_item(ActionStatus.DONE, verification="rule: PoolFull", done_by="ben")
    unmet, _ = changes.looked_at(item, NOON, CheckState.UNMET, "no rule")
    after, entries = changes.changed_terms(unmet, NOON, "ana", replace(unmet.terms, verification="runbook: pools"))
    word, _ = changes.changed_terms(unmet, NOON, "ana", replace(unmet.terms, verification="a drill"))

    assert (after.checked, after.check_at) == (None, NOON)
    assert (word.checked, word.check_at) == (None, None)
    assert [entry.kind for entry in entries] == ["action.verification"]
    assert changes.changed_terms(unmet, NOON, "ana", unmet.terms) == (unmet, ())
