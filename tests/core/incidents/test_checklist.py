"""Checklists: what shows by itself, what people say, which list is asked when, and the two clocks."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.checklist import (
    DEFAULT_CHECKLISTS,
    FACTS,
    Checklist,
    Fact,
    Mark,
    Seen,
    Step,
    StepStatus,
    clocks_of,
    states,
)
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import JudgeHypothesis, KeepHypothesis, KeepMark
from pagerd.core.incidents.events import HypothesisJudged, HypothesisStated, StepMarked
from pagerd.core.incidents.incident import DecidedPath, IncidentStatus, Mode
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.incidents.severity import default_policy
from tests.builders import NOON, a_plan, an_incident, minutes

LISTS = tuple(DEFAULT_CHECKLISTS.values())
NOTHING = Seen(has_acknowledged=False, has_notes=False)
WORST, THIRD = default_policy(1), default_policy(3)
BARE = an_incident(
    status=IncidentStatus.TRIAGE, declared_at=None, update=-1, impact="", impact_started_at=None, severity="sev1"
)
PATH = DecidedPath(text="roll back", owner="ben", by="dora", at=NOON + minutes(4))
ALL_ROLES = {role: Standing(holder="ana") for role in Role}


def steps_of(incident, seen=NOTHING, policy=WORST, marks=()):
    """Return every step of the default lists as it stands, by its name."""
    return {one.step.id: one for state in states(LISTS, incident, policy, marks, seen) for one in state.steps}


SHOWN = [
    ("acknowledge", {}, replace(NOTHING, has_acknowledged=True), ""),
    ("declare", {"declared_at": NOON}, NOTHING, "sev1"),
    ("first-update", {"update": 0}, NOTHING, ""),
    ("roles", {"roles": ALL_ROLES}, NOTHING, ""),
    ("notes", {}, replace(NOTHING, has_notes=True), ""),
    ("scope", {"impact": "a fifth"}, NOTHING, "a fifth"),
    ("since", {"impact_started_at": NOON}, NOTHING, ""),
    ("path", {"path": PATH}, NOTHING, "roll back"),
]


@pytest.mark.parametrize(("name", "fields", "seen", "words"), SHOWN, ids=[name for name, *_ in SHOWN])
def test_what_shows_by_itself_is_done(name, fields, seen, words):
    """And only then; nobody is named who did it."""
    before, after = steps_of(BARE)[name], steps_of(replace(BARE, **fields), seen)[name]

    assert (before.status, before.by) == (StepStatus.OPEN, None)
    assert (after.status, after.text, after.by) == (StepStatus.DONE, words, None)


def test_the_rest_waits_for_a_person():
    """Of a bare suspicion it is known what fails, and where its people meet: on its own page."""
    done = {name for name, one in steps_of(BARE).items() if one.status is StepStatus.DONE}

    assert done == {"symptom", "room"}
    assert steps_of(replace(BARE, mitigation=1))["options"].status is StepStatus.OPEN


def test_something_that_was_tried_can_tick_a_step():
    """A list of one's own may ask for it."""
    tried = Checklist(id="mine", steps=(Step(id="tried", text="Try something", fact=Fact.MITIGATION),))

    def status(incident):
        [state] = states((tried,), incident, WORST, (), NOTHING)
        return state.steps[0].status

    assert (status(BARE), status(replace(BARE, mitigation=1))) == (StepStatus.OPEN, StepStatus.DONE)


def test_half_of_the_roles_are_not_the_roles():
    """Every role that the severity asks for has somebody, or the step is open."""
    roles = {role: standing for role, standing in ALL_ROLES.items() if role is not Role.TL}

    assert steps_of(replace(BARE, roles=roles))["roles"].status is StepStatus.OPEN


def test_where_no_role_is_asked_for_there_is_no_such_step():
    """What means nothing is not shown as open for ever."""
    assert "roles" in steps_of(BARE)
    assert "roles" not in steps_of(BARE, policy=THIRD)


def test_what_a_person_says_stands_over_what_shows():
    """Also where the facts agree: the answer has a name."""
    mark = Mark(step="scope", status=StepStatus.SKIPPED, text="nobody can know", by="ana", at=NOON)
    one = steps_of(replace(BARE, impact="a fifth"), marks=(mark,))["scope"]

    assert (one.status, one.text, one.by) == (StepStatus.SKIPPED, "nobody can know", "ana")


def test_a_list_is_asked_where_its_severities_are():
    """One without severities is asked everywhere, one without steps nowhere."""
    step = Step(id="x", text="x")
    lists = (
        Checklist(id="grave", steps=(step,), severities=("sev1",)),
        Checklist(id="light", steps=(step,), severities=("sev3",)),
        Checklist(id="empty", steps=()),
        *LISTS,
    )

    assert [one.checklist.id for one in states(lists, BARE, WORST, (), NOTHING)] == ["grave", *DEFAULT_CHECKLISTS]


def test_the_playbook_has_seven_steps_and_seven_questions():
    """And each fact of a default is one that has words."""
    first, triage = LISTS

    assert (len(first.steps), len(triage.steps)) == (7, 7)
    assert all(step.is_question for step in triage.steps)
    assert set(FACTS) == set(Fact)


def test_two_clocks_run_in_the_first_minutes():
    """To classify within 5 minutes of the suspicion, and to decide within 15 of the declaration."""
    suspected, declared = clocks_of(BARE), clocks_of(an_incident())
    decided = clocks_of(an_incident(path=PATH, tried_at=NOON + minutes(3)))

    assert [(one.id, one.due_at, one.done_at) for one in suspected] == [("classify", NOON + minutes(5), None)]
    assert [(one.id, one.done_at) for one in declared] == [("classify", NOON), ("path", None)]
    assert (decided[1].due_at, decided[1].done_at) == (NOON + minutes(15), NOON + minutes(3))
    assert clocks_of(an_incident(mode=Mode.BACKFILL)) == ()


REFUSED = [
    ({"step": "coffee", "status": "done"}, "no_such_step"),
    ({"step": "notes", "status": "skipped"}, "reason_missing"),
    ({"step": "changed", "status": "done"}, "answer_missing"),
    ({"step": "path", "status": "done", "text": "roll back"}, "owner_missing"),
    ({"step": "changed", "status": "done", "since": NOON}, "no_time_asked"),
    ({"step": "since", "status": "done", "since": NOON + minutes(9)}, "times_out_of_order"),
]


@pytest.mark.parametrize(("said", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_cannot_be_said_of_a_step_is_refused_by_code(said, code):
    """A word that nobody understands later is not kept."""
    with pytest.raises(TransitionRefused) as caught:
        decide(an_incident(), StepMarked(by="ben", via="cli", **said), a_plan(), NOON + minutes(5))

    assert [one.code for one in caught.value.unmet] == [code]


def test_answers_fill_what_the_incident_has_a_place_for():
    """The impact, where nobody gave one; when it began; what is tried, and by whom."""
    incident, plan = an_incident(impact="", impact_started_at=None), a_plan()
    for said in (
        {"step": "scope", "text": "a fifth"},
        {"step": "scope", "text": "no, a third"},
        {"step": "since", "since": NOON - minutes(4)},
        {"step": "path", "text": "roll back", "owner": "ben"},
    ):
        event = StepMarked(by="dora", via="cli", status="done", **said)
        incident = decide(incident, event, plan, NOON + minutes(4)).incident

    assert (incident.impact, incident.impact_started_at) == ("a fifth", NOON - minutes(4))
    assert incident.path == PATH


def test_a_hypothesis_is_numbered_and_judged_with_a_reason():
    """Better evidence may say otherwise later; of one that nobody stated nothing can be said."""
    plan, by = a_plan(), {"by": "ben", "via": "cli"}
    stated = decide(an_incident(), HypothesisStated(**by, text="the pool is exhausted"), plan, NOON)
    judged = HypothesisJudged(**by, number=1, verdict="refuted", why="it is half empty")
    codes = []
    for event in (replace(judged, number=2), replace(judged, number=0), replace(judged, why="")):
        with pytest.raises(TransitionRefused) as refused:
            decide(stated.incident, event, plan, NOON)
        codes += [one.code for one in refused.value.unmet]

    assert KeepHypothesis(number=1, text="the pool is exhausted", by="ben") in stated.effects
    assert decide(stated.incident, judged, plan, NOON).effects == (
        JudgeHypothesis(number=1, verdict="refuted", why="it is half empty", by="ben"),
    )
    assert codes == ["no_such_hypothesis", "no_such_hypothesis", "reason_missing"]


def test_a_step_that_is_skipped_says_why_and_is_not_open():
    """It counts as little as one that is done among those that are left."""
    skipped = StepMarked(by="ben", via="cli", step="room", status="skipped", text="we sit side by side")
    done = decide(an_incident(), skipped, a_plan(), NOON)
    [mark] = [one.mark for one in done.effects if isinstance(one, KeepMark)]
    first = states(LISTS, an_incident(), WORST, [mark], NOTHING)[0]

    assert [(entry.kind, entry.details["reason"]) for entry in done.entries] == [
        ("checklist.skipped", "we sit side by side")
    ]
    assert {one.step.id: one.status for one in first.steps}["room"] is StepStatus.SKIPPED
    assert first.open_count == sum(one.status is StepStatus.OPEN for one in first.steps) < len(first.steps)
