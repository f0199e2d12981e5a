"""What may become of an action item, in which state, and by whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pagerd.core.actions import changes
from pagerd.core.actions.item import ActionItem, ActionStatus, CheckState, action_id
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


def test_what_is_written_down_says_whose_it_is_and_by_when_where_that_is_known():
    """The line of what nobody owns yet says neither."""
    item = an_item()
    bare = replace(item, terms=Terms(title="a bigger pool"))
    known = {"by": "ana", "title": "a bigger pool", "incident": "1"}

    for one, more in ((item, {"owner": "ben", "day": "2026-01-20"}), (bare, {})):
        after, [entry] = changes.added(one, NOON)
        assert (after.version, entry.kind, entry.details) == (1, "action.added", known | more)


def test_a_reminder_says_who_was_told_and_silence_that_nobody_could_be():
    """Somebody reads it who asks why nothing happened."""
    told, [said] = changes.reminded(an_item(), NOON, ("ben", "dora"))
    _, [silence] = changes.reminded(an_item(), NOON, ())

    assert told.version == 1
    assert (said.kind, said.details) == ("action.reminded", {"people": "ben, dora", "day": "2026-01-20"})
    assert (silence.kind, silence.details) == ("action.nobody_reminded", {"owner": "ben"})


def test_what_a_tracker_calls_it_is_kept():
    """By its name and its address, as far as it said them."""
    both, [said] = changes.tracked(an_item(), NOON, "OPS-7", "https://tracker.example.org/OPS-7")
    name, [short] = changes.tracked(an_item(), NOON, "OPS-7", "")

    assert (both.ref, both.ref_url) == ("OPS-7", "https://tracker.example.org/OPS-7")
    assert said.details == {"ref": "OPS-7", "url": "https://tracker.example.org/OPS-7"}
    assert (name.ref_url, short.details) == ("", {"ref": "OPS-7"})


def said(entries):
    """Return each line by its kind, without who said it."""
    return [(one.kind, {name: value for name, value in one.details.items() if name != "by"}) for one in entries]


def test_each_term_that_changes_is_a_line_with_what_it_was():
    """What was not said before has no other value; who owned it stands under a key of people."""
    item = an_item()
    terms = replace(item.terms, owner="cho", due=date(2026, 2, 1), priority="high", bars=("blast_radius", "rollback"))
    _, entries = changes.changed_terms(item, NOON, "ana", terms)

    assert said(entries) == [
        ("action.assigned", {"to": "cho", "holder": "ben"}),
        ("action.due", {"value": "2026-02-01", "before": "2026-01-20"}),
        ("action.priority", {"value": "high"}),
        ("action.bars", {"value": "blast radius, rollback"}),
    ]


def test_what_is_taken_away_is_a_line_of_its_own():
    """It says what there was; nobody reads of a value that is none."""
    item = an_item()
    item = replace(item, terms=replace(item.terms, priority="high", impact="no outage", bars=("rollback",)))
    bare = Terms(title="a bigger pool")
    _, entries = changes.changed_terms(item, NOON, "ana", bare)

    assert said(entries) == [
        ("action.taken_away", {"what": "its owner", "holder": "ben"}),
        ("action.taken_away", {"what": "the day on which it is due", "before": "2026-01-20"}),
        ("action.taken_away", {"what": "its priority", "before": "high"}),
        ("action.taken_away", {"what": "how it is verified", "before": "a drill"}),
        ("action.taken_away", {"what": "what will be better", "before": "no outage"}),
        ("action.taken_away", {"what": "which bar it serves", "before": "rollback"}),
    ]


def test_what_is_done_keeps_a_way_to_verify_it():
    """Else it would wait for somebody's word, and nobody could say on what."""
    done = an_item(ActionStatus.DONE)

    assert refusal(lambda: changes.changed_terms(done, NOON, "ana", replace(done.terms, verification=" "))) == [
        "verification_missing"
    ]


def test_an_action_item_has_one_name_in_the_history():
    """By its number, which no other has."""
    assert action_id(7) == "a-7"
