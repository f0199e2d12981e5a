"""How an incident begins: what is said and asked at once, what stays quiet, and which instants cannot be true."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import Carry, KeepUpdate, LinkPage, RaisePage, TellLeadership
from pagerd.core.incidents.events import Declared
from pagerd.core.incidents.incident import TRIAGE_LASTS, Detection, IncidentStatus, Mode
from pagerd.core.incidents.opening import open_incident, promise, proposed_severity
from pagerd.core.incidents.room import Room, RoomRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.incidents.severity import CheatSheet
from tests.builders import NOON, SEVERITIES, a_plan, an_incident, minutes

PLAN = a_plan()
FRESH = an_incident(
    status=IncidentStatus.TRIAGE,
    triage_until=None,
    detection=Detection.SUPPORT_TICKET,
    triggers=("core_journey", "data_at_risk"),
)
LED = replace(SEVERITIES["sev1"], incident=replace(SEVERITIES["sev1"].incident, leadership=("dora",)))
LED_PLAN = a_plan(severities={**SEVERITIES, "sev1": LED})


def opened(incident=FRESH, plan=PLAN, *, declare_now=False, page=None):
    """Open an incident at noon."""
    return open_incident(incident, plan, NOON, declare_now=declare_now, via="cli", page=page)


def kinds(decision):
    """Return the kinds of the lines that were written."""
    return [entry.kind for entry in decision.entries]


def refusal(incident, plan=PLAN, **how):
    """Return by which codes it is refused, and in which words."""
    with pytest.raises(TransitionRefused) as refused:
        opened(incident, plan, **how)
    return [one.code for one in refused.value.unmet], str(refused.value)


def test_a_suspicion_is_quiet_and_has_five_minutes():
    """Nobody is paged for it, told of it or promised anything; the line says who saw it by what."""
    found = opened(plan=LED_PLAN)

    assert found.effects == ()
    assert kinds(found) == ["incident.opened", "incident.triage"]
    assert found.entries[0].details["detection"] == "support ticket"
    assert found.entries[0].details["triggers"] == "core journey, data at risk"
    assert (found.incident.triage_until, found.incident.cadence) == (NOON + TRIAGE_LASTS, None)


def test_what_is_declared_is_loud():
    """The declaration is update 0; roles are asked for, the leadership is told, the next update is promised."""
    found = opened(plan=LED_PLAN, declare_now=True)
    [update] = [one for one in found.effects if isinstance(one, KeepUpdate)]

    assert (found.incident.status, found.incident.declared_at) == (IncidentStatus.INVESTIGATING, NOON)
    assert (update.number, update.know, update.next_at) == (0, "Customers cannot pay", NOON + minutes(15))
    assert [one.errand for one in found.effects if isinstance(one, RaisePage)] == ["ic", "tl", "comms"]
    assert [one.targets for one in found.effects if isinstance(one, TellLeadership)] == [("dora",)]


def test_a_drill_is_paged_for_and_nobodys_trouble():
    """Those who practise are asked as ever; whoever leads the company is not told."""
    found = opened(replace(FRESH, mode=Mode.DRILL), LED_PLAN, declare_now=True)

    assert "incident.drill" in kinds(found)
    assert [one.errand for one in found.effects if isinstance(one, RaisePage)] == ["ic", "tl", "comms"]
    assert not [one for one in found.effects if isinstance(one, TellLeadership)]


def test_what_is_written_down_afterwards_only_stands_there():
    """It asks nobody for anything, and has no clock."""
    past = an_incident(mode=Mode.BACKFILL, status=IncidentStatus.RESOLVED, resolved_at=NOON)
    found = opened(past, LED_PLAN, declare_now=True)

    assert (found.effects, kinds(found)) == ((), ["incident.opened", "incident.backfilled"])
    assert found.incident.due is None


@pytest.mark.parametrize("declare_now", [False, True])
def test_what_the_files_call_a_ticket_is_no_incident(declare_now):
    """It says how to open one instead."""
    codes, words = refusal(replace(FRESH, severity="sev4", rank=4), declare_now=declare_now)

    assert codes == ["severity_is_ticket"]
    assert "pagerd tickets open payments Customers cannot pay" in words


def test_a_suspicion_of_what_became_a_ticket_is_not_declared():
    """The files may have changed their mind meanwhile; it is cancelled, or another severity is said."""
    suspicion = opened().incident
    lowered = a_plan(severities={**SEVERITIES, "sev1": replace(SEVERITIES["sev4"], id="sev1", rank=1)})
    with pytest.raises(TransitionRefused) as refused:
        decide(suspicion, Declared(by="ana", via="cli"), lowered, NOON)
    declared = decide(suspicion, Declared(by="ana", via="cli", severity="sev2"), lowered, NOON).incident

    assert [one.code for one in refused.value.unmet] == ["severity_is_ticket"]
    assert declared.severity == "sev2"


def test_a_page_becomes_part_of_it():
    """While the incident is open, whoever has the page is not asked whether they sleep."""
    found = opened(page="p-1")

    assert found.effects == (LinkPage(page="p-1"), Carry(is_open=True))
    assert "incident.page_linked" in kinds(found)


@pytest.mark.parametrize(
    ("room", "bridges", "kind"),
    [
        (Room(place="red", since=NOON), ("red", "blue"), "room.opened"),
        (None, ("red", "blue"), "room.none_free"),
        (None, (), None),
    ],
)
def test_where_its_people_meet_is_said(room, bridges, kind):
    """And that no bridge was left, where there are any; without a pool its own page is the room, and no line."""
    plan = a_plan(incidents=IncidentRules(room=RoomRules(bridges=bridges)))
    found = opened(replace(FRESH, room=room), plan)

    assert [one for one in kinds(found) if one.startswith("room.")] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"impact_started_at": NOON + minutes(1)}, "the beginning of the impact cannot be later than its detection"),
        ({"detected_at": NOON + minutes(1)}, "its detection cannot be later than now"),
        (
            {"declared_at": NOON - minutes(2), "detected_at": NOON - minutes(1)},
            "its detection cannot be later than its declaration",
        ),
        ({"resolved_at": NOON + minutes(1)}, "its resolution cannot be later than now"),
        (
            {"impact_ended_at": NOON - minutes(4), "impact_started_at": NOON - minutes(3)},
            "the impact ended after it began, and before it was resolved",
        ),
        (
            {"impact_ended_at": NOON - minutes(1), "resolved_at": NOON - minutes(2)},
            "the impact ended after it began, and before it was resolved",
        ),
        ({"impact_ended_at": NOON + minutes(1)}, "the impact ended after it began, and before it was resolved"),
    ],
)
def test_instants_that_cannot_be_true_together_are_refused(times, words):
    """What began, was noticed, declared and resolved in another order than that, or lies in the future."""
    past = an_incident(
        mode=Mode.BACKFILL,
        status=IncidentStatus.RESOLVED,
        **{"detected_at": NOON - minutes(3), "declared_at": None, "resolved_at": None, "impact_ended_at": None} | times,
    )
    codes, said = refusal(past)

    assert codes == ["times_out_of_order"]
    assert words in said


def test_instants_that_are_the_same_are_in_order():
    """Everything may have happened at once, and now."""
    names = ("impact_started_at", "detected_at", "declared_at", "resolved_at", "impact_ended_at")
    at_once = an_incident(mode=Mode.BACKFILL, status=IncidentStatus.RESOLVED, **dict.fromkeys(names, NOON))

    assert opened(at_once).incident.impact_ended_at == NOON


@pytest.mark.parametrize(
    ("sheet", "ranks", "proposed"),
    [
        (None, (1, 2, 3), None),
        (CheatSheet(), (1, 2, 3), None),
        (CheatSheet(at_risk=True), (1, 2, 3), 1),
        (CheatSheet(at_risk=True), (2, 3), 2),
        # As near to two as to four, it is the worse of them; what is a ticket is no incident however near it is.
        (CheatSheet(core_blocked=False, at_risk=False, growing=False), (2, 4), 2),
        (CheatSheet(at_risk=True), (), None),
    ],
)
def test_the_answers_propose_the_nearest_severity_that_there_is(sheet, ranks, proposed):
    """The files may have other ranks than the playbook."""
    severities = {f"s{rank}": replace(SEVERITIES["sev1"], id=f"s{rank}", rank=rank) for rank in ranks}
    found = proposed_severity(a_plan(severities={**severities, "ticket": SEVERITIES["sev4"]}), sheet)

    assert (found.rank if found is not None else None) == proposed


@pytest.mark.parametrize(
    ("proposed", "chosen"), [("sev1", ""), ("sev2", "sev1"), (None, "")], ids=["as proposed", "otherwise", "nothing"]
)
def test_what_was_answered_is_written_down_with_what_was_chosen_instead(proposed, chosen):
    """Nobody is asked why; the line says both. Without an answer there is no line."""
    sheet = CheatSheet(core_blocked=True, at_risk=False)
    said = [
        entry.details
        for entry in opened(replace(FRESH, cheat_sheet=sheet, proposed=proposed)).entries
        if entry.kind == "incident.cheat_sheet"
    ]
    answers = {"core_blocked": "yes", "at_risk": "no", "growing": "not known"}
    also = {"proposed": proposed or "", "chosen": chosen}

    assert said == [{name: value for name, value in (answers | also).items() if value}]
    assert "incident.cheat_sheet" not in kinds(opened(replace(FRESH, cheat_sheet=CheatSheet())))


@pytest.mark.parametrize(("ahead", "reminded_at"), [(minutes(15), minutes(10)), (minutes(5), None), (minutes(2), None)])
def test_a_promise_that_is_nearly_due_needs_no_reminder(ahead, reminded_at):
    """Five minutes before, its writer is reminded; what is due within five is due then."""
    clock = promise(NOON, NOON + ahead)

    assert clock.due == NOON + (reminded_at if reminded_at is not None else ahead)
    assert clock.was_reminded is (reminded_at is None)
    assert clock.next_at - NOON == ahead > timedelta(0)
