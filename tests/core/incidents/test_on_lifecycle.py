"""How an incident moves: what a severity changes, what is tried first, when it is over, and what may not be said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import Carry, DraftPostmortem, EndPages, RaisePage, TellLeadership
from pagerd.core.incidents.events import (
    Cancelled,
    Declared,
    FoundUnsolved,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    Reopened,
    Resolved,
    SeverityChanged,
    TookIn,
)
from pagerd.core.incidents.incident import (
    Cadence,
    DecidedPath,
    IncidentStatus,
    Lull,
    Mode,
    Reading,
    ReadingState,
    Watch,
)
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.incidents.severity import CRITERIA, CheatSheet
from pagerd.core.plan import Severity
from tests.builders import NOON, SEVERITIES, a_plan, an_incident, minutes

BY = {"by": "ana", "via": "cli"}
PLAN = a_plan()
ALL_MET = {name: Reading(state=ReadingState.GREEN, by="", at=NOON) for name in CRITERIA}
SUSPICION = IncidentStatus.TRIAGE
WATCHED = IncidentStatus.MONITORING


def happened(incident, event, plan=PLAN, after=timedelta(0)):
    """Return what becomes of an incident, so long after noon."""
    return decide(incident, event, plan, NOON + after)


def refusal(incident, event, plan=PLAN, after=timedelta(0)):
    """Return by which codes an event is refused, and in which words."""
    with pytest.raises(TransitionRefused) as refused:
        happened(incident, event, plan, after)
    return [one.code for one in refused.value.unmet], str(refused.value)


def kinds(decision):
    """Return the kinds of the lines that were written."""
    return [entry.kind for entry in decision.entries]


def raised(decision):
    """Return the errands for which people were paged."""
    return [one.errand for one in decision.effects if isinstance(one, RaisePage)]


@pytest.mark.parametrize(
    ("severity", "sheet", "declared_as", "proposed"),
    [
        (None, None, "sev2", None),
        ("sev1", None, "sev1", None),
        (None, CheatSheet(core_blocked=True, at_risk=True, growing=False), "sev1", "sev1"),
        (None, CheatSheet(core_blocked=False, at_risk=False, growing=False), "sev3", "sev3"),
        # Whoever declares has the last word, and what the answers came to is kept.
        ("sev3", CheatSheet(core_blocked=True, at_risk=True, growing=False), "sev3", "sev1"),
        (None, CheatSheet(), "sev2", None),
    ],
)
def test_a_suspicion_is_declared_as_somebody_says_or_as_the_answers_propose(severity, sheet, declared_as, proposed):
    """Without either it keeps the severity that it had."""
    suspicion = an_incident(status=SUSPICION, severity="sev2", rank=2)
    after = happened(suspicion, Declared(**BY, severity=severity, cheat_sheet=sheet)).incident

    assert (after.status, after.severity, after.proposed) == (IncidentStatus.INVESTIGATING, declared_as, proposed)
    assert after.rank == SEVERITIES[declared_as].rank


@pytest.mark.parametrize("severity", ["sev5", "critical"])
def test_a_severity_that_the_files_do_not_have_is_none(severity):
    """Neither to declare with, nor to change to; the ones there are are named."""
    codes, words = refusal(an_incident(status=SUSPICION), Declared(**BY, severity=severity))

    assert codes == ["no_such_severity"]
    assert "sev1, sev2, sev3, sev4" in words
    assert refusal(an_incident(), SeverityChanged(**BY, severity=severity))[0] == ["no_such_severity"]


@pytest.mark.parametrize(
    ("severity", "why", "code"),
    [
        ("sev2", "as it was", "same_severity"),
        ("sev3", "  ", "reason_missing"),
        ("sev4", "nobody is hit", "severity_is_ticket"),
    ],
)
def test_a_severity_that_may_not_be_said_now(severity, why, code):
    """What it is already, a lower one without a reason, and one that is no incident at all."""
    incident = an_incident(severity="sev2", rank=2)

    assert refusal(incident, SeverityChanged(**BY, severity=severity, why=why))[0] == [code]


def test_raising_asks_for_what_the_worse_severity_wants_and_lowering_lets_go_of_it():
    """It needs no reason to be raised, and nobody is asked for a role any more that the milder one does not want."""
    mild = an_incident(severity="sev2", rank=2, roles={Role.IC: Standing(holder="dora", since=NOON)})
    worse = happened(mild, SeverityChanged(**BY, severity="sev1"))
    milder = happened(worse.incident, SeverityChanged(**BY, severity="sev2", why="a tenth of them"))

    assert raised(worse) == [Role.TL, Role.COMMS]
    assert raised(milder) == []
    ended = [one.errand for one in milder.effects if isinstance(one, EndPages)]
    assert ended == [Role.TL, Role.COMMS]
    assert not any(one.is_asked for one in milder.incident.roles.values())
    assert milder.incident.roles[Role.IC].holder == "dora"


def test_leadership_and_joiners_hear_of_a_worse_severity_once():
    """Those who knew of the milder one are not told a second time."""

    def asking(name: str, **fields: tuple[str, ...]) -> Severity:
        return replace(SEVERITIES[name], incident=replace(SEVERITIES[name].incident, **fields))

    severities = {
        **SEVERITIES,
        "sev1": asking("sev1", leadership=("dora", "eva"), joins=("cho", "ben")),
        "sev2": asking("sev2", leadership=("dora",), joins=("cho",)),
    }
    worse = happened(
        an_incident(severity="sev2", rank=2), SeverityChanged(**BY, severity="sev1"), a_plan(severities=severities)
    )

    assert [one.targets for one in worse.effects if isinstance(one, TellLeadership)] == [("eva",)]
    assert [one.steps[0].targets for one in worse.effects if isinstance(one, RaisePage) and one.errand == "join"] == [
        ("ben",)
    ]


@pytest.mark.parametrize(
    ("promised", "overdue", "then", "line"),
    [
        (minutes(55), False, minutes(30), True),
        (minutes(30), False, minutes(30), False),
        (minutes(10), False, minutes(10), False),
        (minutes(-5), True, minutes(-5), False),
    ],
)
def test_a_worse_severity_pulls_the_promise_in(promised, overdue, then, line):
    """The longest that it allows; an earlier promise stands, and what is late stays late."""
    cadence = Cadence(next_at=NOON + promised, is_overdue=overdue)
    worse = happened(an_incident(severity="sev2", rank=2, cadence=cadence), SeverityChanged(**BY, severity="sev1"))

    assert worse.incident.cadence.next_at == NOON + then
    assert ("update.sooner" in kinds(worse)) is line


@pytest.mark.parametrize("status", [SUSPICION, IncidentStatus.RESOLVED])
def test_the_severity_of_what_is_not_worked_on_asks_nobody(status):
    """A suspicion is quiet, and what is resolved only says how bad it was."""
    worse = happened(an_incident(status=status, severity="sev2", rank=2), SeverityChanged(**BY, severity="sev1"))

    assert (worse.incident.rank, worse.effects) == (1, ())


def test_another_severity_watches_for_as_long_as_it_says():
    """From when the watch began, not from now."""
    watched = an_incident(status=WATCHED, watch=Watch(since=NOON, until=NOON + minutes(60)))
    milder = happened(watched, SeverityChanged(**BY, severity="sev2", why="a tenth"), after=minutes(10)).incident
    late = happened(watched, SeverityChanged(**BY, severity="sev2", why="a tenth"), after=minutes(40)).incident

    assert (milder.watch.until, milder.watch.is_over) == (NOON + minutes(30), False)
    assert (late.watch.until, late.watch.is_over) == (NOON + minutes(30), True)


@pytest.mark.parametrize(
    ("kind", "tried_before", "why", "is_refused"),
    [
        ("rollback", 0, "", False),
        ("restart", 0, " ", True),
        ("restart", 0, "the release is the same everywhere", False),
        ("failover", 1, "", False),
    ],
)
def test_the_reversible_comes_first(kind, tried_before, why, is_refused):
    """What cannot be taken back needs a reason while nothing was tried; afterwards everything may be."""
    event = MitigationStarted(**BY, kind=kind, text="release 41", why=why)
    incident = an_incident(mitigation=tried_before)
    if is_refused:
        assert refusal(incident, event)[0] == ["irreversible_first"]
        return

    assert happened(incident, event).incident.status is IncidentStatus.MITIGATING


def test_stopping_the_bleeding_declares_what_was_a_suspicion():
    """It may start from any state, and nobody has to fill in a form first."""
    tried = happened(an_incident(status=SUSPICION), MitigationStarted(**BY, kind="rollback", text="release 41"))

    assert (tried.incident.status, tried.incident.declared_at) == (IncidentStatus.MITIGATING, NOON)
    assert (tried.incident.lull, tried.incident.running, tried.incident.tried_at) == (None, 1, NOON)


@pytest.mark.parametrize(
    ("outcome", "running", "status"),
    [
        ("no_effect", 1, IncidentStatus.INVESTIGATING),
        ("worse", 1, IncidentStatus.INVESTIGATING),
        ("no_effect", 2, IncidentStatus.MITIGATING),
        ("worked", 1, IncidentStatus.MITIGATING),
    ],
)
def test_what_did_not_help_sends_back_to_searching(outcome, running, status):
    """Unless something else is still being tried; what was decided to try is decided no more."""
    path = DecidedPath(text="roll back", owner="ben", by="dora", at=NOON)
    trying = an_incident(status=IncidentStatus.MITIGATING, mitigation=2, running=running, path=path)
    after = happened(trying, MitigationEnded(**BY, number=1, outcome=outcome), after=minutes(3)).incident

    assert (after.status, after.running) == (status, running - 1)
    is_searching = status is IncidentStatus.INVESTIGATING
    assert after.lull == (Lull(since=NOON + minutes(3)) if is_searching else None)
    assert after.path == (None if is_searching else path)


@pytest.mark.parametrize("number", [0, 3])
def test_a_mitigation_that_there_was_not_cannot_end(number):
    """They are numbered from one on."""
    trying = an_incident(status=IncidentStatus.MITIGATING, mitigation=2, running=1)

    assert refusal(trying, MitigationEnded(**BY, number=number, outcome="worked"))[0] == ["no_such_mitigation"]


@pytest.mark.parametrize(
    ("ended", "is_refused"),
    [(minutes(-11), True), (minutes(-10), False), (minutes(0), False), (minutes(1), True)],
)
def test_the_impact_ends_after_it_began_and_not_in_the_future(ended, is_refused):
    """The instants at which it began and at which this is said are both allowed."""
    incident = an_incident(impact_started_at=NOON - minutes(10))
    event = ImpactStopped(**BY, at=NOON + ended)
    if is_refused:
        assert refusal(incident, event)[0] == ["times_out_of_order"]
        return

    assert happened(incident, event).incident.impact_ended_at == NOON + ended


def test_while_nobody_knows_when_it_began_it_ends_after_it_was_detected():
    """What was over before somebody noticed it has a beginning, which is to be said first."""
    incident = an_incident(impact_started_at=None, detected_at=NOON - minutes(60))
    codes, words = refusal(incident, ImpactStopped(**BY, at=NOON - minutes(61)))

    assert happened(incident, ImpactStopped(**BY, at=NOON - minutes(60))).incident.status is WATCHED
    assert (codes, "since when" in words) == (["times_out_of_order"], True)
    assert refusal(incident, ImpactStopped(**BY, at=NOON + minutes(1)))[0] == ["times_out_of_order"]


@pytest.mark.parametrize(
    ("by", "status", "is_paged"),
    [
        ("ana", WATCHED, True),
        ("dora", WATCHED, False),
        ("ana", IncidentStatus.MITIGATING, False),
    ],
)
def test_the_commander_is_paged_when_what_was_watched_is_not_over(by, status, is_paged):
    """Unless they said so themselves; while it is being repaired everybody knows that it is not over."""
    incident = an_incident(status=status, roles={Role.IC: Standing(holder="dora", since=NOON)})
    found = happened(incident, FoundUnsolved(by=by, via="cli", why="it fails again"))

    assert found.incident.status is IncidentStatus.INVESTIGATING
    assert (found.incident.watch, found.incident.mitigated_at) == (None, None)
    assert raised(found) == (["watch"] if is_paged else [])


OVER = an_incident(
    status=WATCHED, watch=Watch(since=NOON - minutes(60), until=NOON, is_over=True), readings=ALL_MET, cadence=None
)


def test_what_is_green_and_watched_to_its_end_is_resolved_without_an_override():
    """Nobody is asked for a second name, and its postmortem is drafted."""
    done = happened(OVER, Resolved(**BY, note="the release is rolled back"), after=minutes(1))

    assert (done.incident.status, done.incident.override) == (IncidentStatus.RESOLVED, None)
    assert "incident.overridden" not in kinds(done)
    assert DraftPostmortem() in done.effects
    assert Carry(is_open=False) in done.effects


def test_what_is_unmet_is_named_and_needs_a_reason():
    """One thing in words, several by how many they are; with a reason both are kept."""
    red = replace(OVER, readings={**ALL_MET, "errors": Reading(state=ReadingState.UNKNOWN, by="", at=NOON)})
    codes, words = refusal(red, Resolved(**BY, note="over"))
    many, more_words = refusal(an_incident(readings=ALL_MET), Resolved(**BY, note="over", override="  "))
    bare, bare_words = refusal(an_incident(), Resolved(**BY, note="over"))

    assert (codes, words) == (["errors"], "Incident 7 cannot be resolved yet: errors are at their baseline: unknown")
    assert many == ["not_monitoring"]
    assert more_words.startswith("Incident 7 cannot be resolved yet: nobody has said")
    assert len(bare) == 7
    assert bare_words == "Incident 7 cannot be resolved yet: 7 things are unmet"
    override = happened(red, Resolved(**BY, note="over", override="the graph is wrong")).incident.override
    assert (override.by, override.why, override.unmet) == ("ana", "the graph is wrong", ("errors",))


def test_what_is_reopened_has_its_roles_and_new_clocks():
    """Whoever held a role holds it; an override is void; a commander's time runs anew, and without one none does."""
    held = an_incident(
        status=IncidentStatus.RESOLVED, cadence=None, roles={Role.IC: Standing(holder="dora", since=NOON)}
    )
    again = happened(held, Reopened(**BY, why="it fails again"), after=minutes(9)).incident
    alone = happened(replace(held, roles={}), Reopened(**BY, why="it fails again"), after=minutes(9)).incident

    assert (again.status, again.resolved_at, again.impact_ended_at) == (IncidentStatus.INVESTIGATING, None, None)
    assert again.cadence.next_at == NOON + minutes(9 + 15)
    assert again.relief_at == NOON + minutes(9) + PLAN.incidents.relief_after
    assert alone.relief_at is None


def test_what_a_ticket_became_is_reopened_with_the_clock_of_the_worst():
    """A severity that asks for no updates any more cannot say when the next one comes."""
    lowered = a_plan(severities={**SEVERITIES, "sev1": replace(SEVERITIES["sev4"], id="sev1", rank=1)})
    resolved = an_incident(status=IncidentStatus.RESOLVED, cadence=None)
    again = happened(resolved, Reopened(**BY, why="it fails again"), lowered).incident

    assert again.cadence.next_at == NOON + minutes(15)


def test_an_incident_is_not_merged_into_itself():
    """Into another one it is, and its pages go with it."""
    merged = happened(an_incident(), Merged(**BY, into=3))

    assert refusal(an_incident(), Merged(**BY, into=7))[0] == ["same_incident"]
    assert (merged.incident.status, merged.incident.merged_into) == (IncidentStatus.MERGED, 3)
    assert Carry(is_open=True, into=3) in merged.effects


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.DRILL])
def test_practice_and_what_is_real_are_not_merged(mode):
    """One of them counts, and customers and leads hear of it; the other is nobody's trouble."""
    taking = an_incident(mode=mode)
    codes, words = refusal(taking, TookIn(**BY, other=3, is_drill=mode is Mode.LIVE))
    same = happened(taking, TookIn(**BY, other=3, is_drill=mode is Mode.DRILL))

    assert codes == ["drill_and_real"]
    assert words.endswith("a drill and what is real are not merged")
    assert [entry.kind for entry in same.entries] == ["incident.took_in"]


def test_whoever_followed_what_it_took_in_follows_it():
    """Each once, those who follow it already first; where all do there is nothing to tell."""
    followed = an_incident(followers=("eva",))
    took = happened(followed, TookIn(**BY, other=3, followers=("ben", "eva")))
    again = happened(took.incident, TookIn(**BY, other=4, followers=("eva",)))

    assert took.incident.followers == again.incident.followers == ("eva", "ben")
    assert [entry.kind for entry in took.entries] == ["incident.took_in", "incident.followed_along"]
    assert [entry.kind for entry in again.entries] == ["incident.took_in"]


@pytest.mark.parametrize(("text", "why"), [("", "false_alarm"), ("the probe was wrong", "the probe was wrong")])
def test_what_was_none_says_why(text, why):
    """In the words of whoever cancelled it, else by the reason; its pages go on as pages."""
    asked = an_incident(roles={Role.TL: Standing(is_asked=True)})
    cancelled = happened(asked, Cancelled(**BY, reason="false_alarm", text=text))

    assert (cancelled.incident.status, cancelled.incident.over_why) == (IncidentStatus.CANCELLED, why)
    assert (cancelled.incident.cadence, cancelled.incident.roles[Role.TL].is_asked) == (None, False)
    assert EndPages(errand=None, why="the incident was cancelled", by="ana") in cancelled.effects
    assert cancelled.incident.due is None


def test_nobody_has_to_wait_for_a_watch_that_the_severity_does_not_ask_for():
    """Without a watch period it is over at once."""
    unwatched = replace(SEVERITIES["sev1"], incident=replace(SEVERITIES["sev1"].incident, watch=timedelta(0)))
    stopped = happened(
        an_incident(), ImpactStopped(**BY, at=NOON), a_plan(severities={**SEVERITIES, "sev1": unwatched})
    )

    assert stopped.incident.watch.is_over
    assert "watch.began" not in kinds(stopped)
