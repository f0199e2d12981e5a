"""The ladder: levels by what the data shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.incidents.ladder import MEANS, Found, Standing, judge
from pagerd.core.incidents.ladder_rules import COUNTED, DEFAULTS, LadderRules, Rung

RULES = LadderRules()
ALL = {rung: Found(met=10, of=10, evidence=("x",)) for rung in Rung}


def standing(ladder, rung):
    """Return how one criterion stands."""
    return next(one for one in ladder.judged if one.rung is rung)


def test_where_everything_passes_a_team_is_at_prevention():
    """And nothing is said to be missing."""
    ladder = judge("payments", RULES, ALL)

    assert (ladder.level, ladder.name) == (4, "prevention")
    assert {one.standing for one in ladder.judged} == {Standing.PASSED}
    assert {one.would_pass for one in ladder.judged} == {""}


@pytest.mark.parametrize(
    ("rung", "level"), [(Rung.ROLES, 1), (Rung.UPDATES, 1), (Rung.RUNBOOKS, 2), (Rung.SIGNALS, 2), (Rung.GAME_DAYS, 3)]
)
def test_a_level_holds_only_with_all_below_it(rung, level):
    """Whoever has no commander is on the first level, however many drills there are."""
    failing = Found(met=0, of=10, against=("incident 7",))
    ladder = judge("payments", RULES, {**ALL, rung: failing})

    assert ladder.level == level
    assert standing(ladder, rung).standing is Standing.FAILED
    assert standing(ladder, rung).against == ("incident 7",)
    assert standing(ladder, rung).would_pass


def test_what_nothing_feeds_is_not_in_use_and_holds_no_level():
    """It is no failure: it says what would feed it."""
    without = {rung: found for rung, found in ALL.items() if rung is not Rung.SAFE_DEPLOYS}
    ladder = judge("payments", RULES, {**without, Rung.ROLES: Found(met=0)})

    assert standing(ladder, Rung.SAFE_DEPLOYS).standing is Standing.NOT_IN_USE
    assert standing(ladder, Rung.ROLES).standing is Standing.NOT_IN_USE
    assert standing(ladder, Rung.SAFE_DEPLOYS).would_pass.endswith("(at least 1)")
    assert ladder.level == 1


def test_what_a_person_skips_with_a_reason_counts_as_there():
    """For one team, or for all; the reason is what stands there."""
    without = {rung: found for rung, found in ALL.items() if rung is not Rung.SAFE_DEPLOYS}
    for_one = replace(RULES, skipped={"payments": {Rung.SAFE_DEPLOYS: "the vendor deploys"}})
    rungs = {**DEFAULTS, Rung.SAFE_DEPLOYS: replace(DEFAULTS[Rung.SAFE_DEPLOYS], skip="nobody deploys")}
    for_all = replace(RULES, rungs=rungs)

    skipped = judge("payments", for_one, without)
    assert (skipped.level, standing(skipped, Rung.SAFE_DEPLOYS).found) == (4, "the vendor deploys")
    assert judge("search", for_one, without).level == 3
    assert judge("search", for_all, without).level == 4


@pytest.mark.parametrize(
    ("met", "of", "passes"), [(9, 10, True), (89, 100, False), (90, 100, True), (899, 1000, False), (1, 1, True)]
)
def test_a_share_is_met_exactly(met, of, passes):
    """Ninety of a hundred are ninety percent; nothing is rounded up."""
    ladder = judge("payments", RULES, {**ALL, Rung.UPDATES: Found(met=met, of=of)})

    assert (standing(ladder, Rung.UPDATES).standing is Standing.PASSED) is passes


@given(st.dictionaries(st.sampled_from(Rung), st.tuples(st.integers(0, 10), st.integers(0, 10))))
def test_the_level_is_the_highest_up_to_which_nothing_is_missing(drawn):
    """Whatever is found: what is missing is on the level above, and all up to the level is there."""
    found = {rung: Found(met=min(pair), of=max(pair)) for rung, pair in drawn.items()}
    ladder = judge("payments", RULES, found)
    there = {Standing.PASSED, Standing.SKIPPED}

    assert 1 <= ladder.level <= 4
    assert all(one.standing in there for one in ladder.judged if one.level <= ladder.level)
    assert ladder.level == 4 or any(
        one.standing not in there and one.level == ladder.level + 1 for one in ladder.judged
    )
    assert {one.rung for one in ladder.judged} == set(Rung) == set(MEANS)
    assert set(Rung) > COUNTED
