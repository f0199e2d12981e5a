"""Watched time is green time: whatever checks and people say in whatever order, the watch period lasts as long."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.incidents import gate
from pagerd.core.incidents.checks import Bound, ChecksOf, PromqlCheck
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import KeepReading, RaisePage, TellPerson
from pagerd.core.incidents.events import (
    ChecksMissed,
    ChecksRead,
    CriterionRead,
    ImpactStopped,
    Sampled,
    SeverityChanged,
    TimerFired,
)
from pagerd.core.incidents.incident import IncidentStatus, Mode, ReadingState
from pagerd.core.incidents.rules import IncidentRules
from tests.builders import NOON, a_plan, an_incident, minutes

CHECK = PromqlCheck(expression="error_ratio", bound=Bound("<", 0.01), prometheus="main")
PLAN = a_plan(incidents=IncidentRules(checks=(ChecksOf(team="payments", checks={"errors": (CHECK,)}),)))
BY = {"by": "ben", "via": "cli"}
WATCH = 60


def watched(plan=PLAN, **fields):
    """Return an incident of the worst severity that is being watched since NOON."""
    return decide(an_incident(**fields), ImpactStopped(**BY, at=NOON), plan, NOON).incident


def read(incident, state, at, plan=PLAN):
    """Let the checks say this of errors."""
    event = ChecksRead(found=(Sampled(criterion="errors", state=state, why=f"it is {state}"),))
    return decide(incident, event, plan, at)


def said(incident, criterion, state, at):
    """Let ben say this of a criterion."""
    return decide(incident, CriterionRead(**BY, criterion=criterion, state=state, why="the graph"), PLAN, at)


ACTS = st.sampled_from(
    [
        *(("check", "errors", state) for state in ("green", "red", "unknown")),
        *(("person", "errors", state) for state in ("attested", "not_applicable", "unknown", "red")),
        *(("person", "latency", state) for state in ("attested", "unknown", "red")),
    ]
)


@given(st.lists(st.tuples(st.integers(1, 45), ACTS), max_size=25))
def test_the_watch_is_over_after_so_much_green_time_and_no_sooner(acts):
    """A minute counts while nothing is red and errors, which a machine should read, are not unknown; red takes all."""
    incident, now, green, is_over = watched(), NOON, 0, False
    for gap, (who, criterion, state) in acts:
        for _ in range(gap):
            now += minutes(1)
            if not gate.unread(incident, PLAN) and not gate.is_any_red(incident):
                green += 1
            is_over = is_over or green >= WATCH
            if incident.due is not None and incident.due <= now:
                incident = decide(incident, TimerFired(), PLAN, now).incident
            assert incident.watch.is_over == is_over
        try:
            decision = read(incident, state, now) if who == "check" else said(incident, criterion, state, now)
        except TransitionRefused:
            continue
        was_red, incident = gate.is_any_red(incident), decision.incident
        if gate.is_any_red(incident) or was_red:
            green, is_over = 0, False


def test_the_watch_waits_for_the_first_reading():
    """To watch an incident waits for no machine, and the period begins when all of them are green."""
    incident = watched()
    begun = read(incident, "green", NOON + minutes(3)).incident

    assert (incident.status, incident.watch.due) == (IncidentStatus.MONITORING, None)
    assert (begun.watch.since, begun.watch.due) == (NOON + minutes(3), NOON + minutes(63))


def test_what_is_no_news_changes_nothing():
    """Another value of the same state, and unknown against a person's word."""
    green = read(watched(), "green", NOON).incident
    attested = said(read(green, "unknown", NOON).incident, "errors", "attested", NOON).incident

    for incident, state in ((green, "green"), (attested, "unknown"), (attested, "green")):
        decision = read(incident, state, NOON + minutes(1))
        assert (decision.entries, decision.effects) == ((), ())
        assert decision.incident.readings == incident.readings


def test_red_is_stronger_than_an_attestation():
    """It takes its place, starts the period anew and pages the commander once."""
    attested = said(watched(), "errors", "attested", NOON).incident
    red = read(attested, "red", NOON + minutes(30))
    still = read(red.incident, "red", NOON + minutes(31))

    assert red.incident.readings["errors"].state is ReadingState.RED
    assert red.incident.watch.since == NOON + minutes(30)
    assert [one.errand for one in red.effects if isinstance(one, RaisePage)] == ["watch"]
    assert still.effects == ()


def test_against_a_red_check_nothing_can_be_attested():
    """But it can be said that the check means nothing here: then it is not listened to any more."""
    red = read(watched(), "red", NOON + minutes(1)).incident
    with pytest.raises(TransitionRefused) as refused:
        said(red, "errors", "attested", NOON + minutes(2))
    silenced = said(red, "errors", "not_applicable", NOON + minutes(2)).incident

    assert [one.code for one in refused.value.unmet] == ["check_is_red"]
    assert read(silenced, "red", NOON + minutes(3)).effects == ()
    assert silenced.watch.due == NOON + minutes(62)


def test_what_a_person_found_red_they_may_attest():
    """Where no machine speaks against it."""
    red = said(watched(), "latency", "red", NOON).incident

    assert said(red, "latency", "attested", NOON).incident.readings["latency"].state is ReadingState.ATTESTED


def test_time_that_nobody_read_was_not_watched():
    """The watch goes on by it, from its begin at the earliest; a held one knows already."""
    green = read(watched(), "green", NOON).incident
    missed = decide(green, ChecksMissed(since=NOON + minutes(10)), PLAN, NOON + minutes(25)).incident
    early = decide(green, ChecksMissed(since=NOON - minutes(10)), PLAN, NOON + minutes(25)).incident
    held = read(green, "unknown", NOON + minutes(10)).incident
    after = decide(held, ChecksMissed(since=NOON + minutes(11)), PLAN, NOON + minutes(25)).incident

    assert missed.watch.due == NOON + minutes(75)
    assert early.watch.due == NOON + minutes(85)
    assert read(after, "green", NOON + minutes(25)).incident.watch.due == NOON + minutes(75)


def test_a_check_that_is_gone_holds_nothing():
    """Whoever takes it out of the files need not wait for it."""
    held, without = watched(), a_plan()
    free = decide(held, ChecksRead(found=()), without, NOON + minutes(5)).incident

    assert gate.is_held_for_nothing(held, without)
    assert not gate.is_held_for_nothing(held, PLAN)
    assert free.watch.due == NOON + minutes(65)


PEOPLE_ALONE = a_plan()


@pytest.mark.parametrize(
    ("after", "is_over", "told", "said"),
    [
        (minutes(29), False, [], ["watch.began"]),
        (minutes(31), True, ["ana"], ["watch.over"]),
    ],
    ids=["it goes on", "so much was watched already"],
)
def test_a_watch_that_another_severity_ends_is_told(after, is_over, told, said):
    """Whoever commands waits for the end of the period: it must not come in silence."""
    event = SeverityChanged(**BY, severity="sev2", why="Europe only")
    lowered = decide(watched(PEOPLE_ALONE), event, PEOPLE_ALONE, NOON + after)
    again = decide(lowered.incident, replace(event, severity="sev3"), PEOPLE_ALONE, NOON + after)

    assert lowered.incident.watch.is_over == is_over
    assert [one.person for one in lowered.effects if isinstance(one, TellPerson)] == told
    assert [entry.kind for entry in lowered.entries if entry.kind.startswith("watch")] == said
    assert not is_over or again.incident.watch.is_over
    assert not is_over or not [one for one in again.effects if isinstance(one, TellPerson)]


def test_another_severity_keeps_what_was_held():
    """Its period is as long as it says, and stands as still as before."""
    lowered = decide(watched(), SeverityChanged(**BY, severity="sev2", why="Europe only"), PLAN, NOON + minutes(5))
    begun = read(lowered.incident, "green", NOON + minutes(10)).incident

    assert lowered.incident.watch.held_since == NOON
    assert begun.watch.due == NOON + minutes(40)


@pytest.mark.parametrize("after", [minutes(10), minutes(100)], ids=["while it is watched", "when that is over"])
def test_what_a_worse_severity_asks_for_was_not_green_before_somebody_looked(after):
    """The third severity reads no errors, the first does: its whole period begins when they are read."""
    minor = watched(severity="sev3", rank=3)
    over = decide(minor, TimerFired(), PLAN, NOON + after).incident if after > minutes(60) else minor
    raised = decide(over, SeverityChanged(**BY, severity="sev1", why="everybody"), PLAN, NOON + after)
    begun = read(raised.incident, "green", NOON + after + minutes(2)).incident

    assert raised.incident.watch.held_since == NOON
    assert not raised.incident.watch.is_over
    assert "watch.held" in [entry.kind for entry in raised.entries]
    assert begun.watch.due == NOON + after + minutes(2 + WATCH)


def test_what_was_green_before_a_milder_severity_is_read_anew_after_it():
    """Meanwhile nobody asked for it; what a person says of it stands, and so does what was red."""
    green = read(watched(), "green", NOON + minutes(1)).incident
    milder = decide(green, SeverityChanged(**BY, severity="sev3", why="Europe only"), PLAN, NOON + minutes(5)).incident
    raised = SeverityChanged(**BY, severity="sev1", why="everybody")
    again = decide(milder, raised, PLAN, NOON + minutes(30)).incident
    begun = read(again, "green", NOON + minutes(31)).incident
    attested = decide(said(milder, "errors", "attested", NOON + minutes(6)).incident, raised, PLAN, NOON + minutes(30))

    assert gate.unread(again, PLAN) == ("errors",)
    assert begun.watch.due == NOON + minutes(31 + WATCH)
    assert attested.incident.watch.held_since is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("red", "Incident 7: errors red. It is real: pagerd incident confirm 7"),
        ("unknown", "Incident 7: errors unknown. Look yourself, then: pagerd incident confirm 7"),
        ("green", "Incident 7: errors green. If you see nothing either: pagerd incident cancel 7 false_alarm"),
    ],
)
def test_whoever_suspects_hears_what_was_found(state, words):
    """A person makes it loud, and not a threshold: it stays a suspicion."""
    decision = read(an_incident(status=IncidentStatus.TRIAGE), state, NOON + minutes(1))
    [told] = [one for one in decision.effects if isinstance(one, TellPerson)]
    [kept] = [one for one in decision.effects if isinstance(one, KeepReading)]

    assert (told.person, told.text) == ("ana", words)
    assert (kept.state, kept.by) == (state, "")
    assert decision.incident.status is IncidentStatus.TRIAGE


def test_whoever_suspects_is_not_told_the_same_twice():
    """They heard it, and wait for something else."""
    suspected = read(an_incident(status=IncidentStatus.TRIAGE), "red", NOON + minutes(1)).incident
    again = read(suspected, "red", NOON + minutes(2))

    assert (again.effects, again.entries) == ((), ())


@pytest.mark.parametrize("state", ["attested", "not_applicable"])
def test_a_word_of_a_person_needs_a_reason(state):
    """Whoever reads it afterwards has nothing else; what they saw green or red speaks for itself."""
    with pytest.raises(TransitionRefused) as refused:
        decide(watched(), CriterionRead(**BY, criterion="latency", state=state, why=" "), PLAN, NOON)
    seen = decide(watched(), CriterionRead(**BY, criterion="latency", state="green", why=""), PLAN, NOON).incident

    assert [one.code for one in refused.value.unmet] == ["reason_missing"]
    assert seen.readings["latency"].state is ReadingState.GREEN


def test_what_is_left_of_the_watch_is_said_when_it_ends_too_soon():
    """How long it still goes; while a check cannot be read it stands still, and says so."""
    held = watched()
    green = read(held, "green", NOON + minutes(10)).incident
    policy = PLAN.incident_policy("sev1", 1)
    left = [
        [one.what for one in gate.unmet(incident, policy, NOON + minutes(25)) if one.code == "watch_running"]
        for incident in (held, green)
    ]

    assert left == [
        ["the watch period has 1h to go, and stands still while a check cannot be read"],
        ["the watch period has 45m to go"],
    ]
    assert "watch_running" not in [one.code for one in gate.unmet(green, policy, NOON + minutes(70))]


def test_a_criterion_that_the_severity_does_not_ask_for_is_not_read():
    """Of the third severity customers' core actions alone."""
    minor = replace(an_incident(severity="sev3", rank=3), watch=None)

    assert gate.checks_of(minor, PLAN) == {}
    assert watched(severity="sev3", rank=3).watch.held_since is None


def test_checks_are_read_before_it_is_declared_and_while_it_is_watched():
    """Between the two people repair, and red would be no news; what was written down afterwards has nothing to read."""
    checked = {status for status in IncidentStatus if an_incident(status=status).is_checked}

    assert checked == {IncidentStatus.TRIAGE, IncidentStatus.MONITORING}
    assert not an_incident(status=IncidentStatus.MONITORING, mode=Mode.BACKFILL).is_checked
