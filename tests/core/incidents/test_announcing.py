from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.incidents.announcing import announced, eta_line, facts_of, last_said
from pagerd.core.incidents.incident import Cadence, Incident, IncidentStatus, Mode, Override, Watch
from pagerd.core.incidents.messages import PUBLIC, SUBJECTS, MessageKind
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.incidents.sentences import SENTENCES
from pagerd.core.timeline import Entry
from tests.builders import NOON, a_plan, minutes

PLAN = a_plan()


def an_incident(**changes):
    """Return one that is being mitigated, whose commander is Ana."""
    given = {
        "id": "i-12",
        "number": 12,
        "mode": Mode.LIVE,
        "title": "payments API answers 5xx",
        "team": "payments",
        "severity": "sev1",
        "rank": 1,
        "status": IncidentStatus.MITIGATING,
        "opened_at": NOON,
        "opened_by": "ben",
        "detected_at": NOON,
        "declared_at": NOON,
        "roles": {Role.IC.value: Standing(holder="ana", since=NOON)},
        "cadence": Cadence(next_at=NOON + minutes(45)),
    }
    return Incident(**{**given, **changes})


def facts(kind, incident=None, **details):
    """Return the fields of the one message that a line makes, as a template gets them."""
    incident = incident or an_incident()
    [one] = announced(incident, [Entry(NOON, kind, details)], PLAN, NOON)
    said = facts_of(one, PLAN)
    assert set(said) <= SUBJECTS[one.kind].names
    return said


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind not in PUBLIC])
def test_every_kind_for_colleagues_comes_from_a_line_that_is_written(kind):
    """A kind that no line makes would be documented and never told."""
    made = [
        line
        for line in SENTENCES
        for one in announced(an_incident(), [Entry(NOON, line, {})], PLAN, NOON)
        if one.kind is kind
    ]

    assert made


@pytest.mark.parametrize("line", sorted(SENTENCES))
def test_no_line_says_a_field_that_its_kind_does_not_have(line):
    """And none leaves out one that is always there."""
    for one in announced(an_incident(impact_ended_at=NOON), [Entry(NOON, line, {"by": "ana"})], PLAN, NOON):
        said = facts_of(one, PLAN)

        assert set(said) <= SUBJECTS[one.kind].names


def test_people_are_named_and_times_are_on_the_clock_of_the_team():
    """With its distance from UTC, since those who read it sit elsewhere."""
    said = facts("incident.declared", by="ben")

    assert (said["by"], said["ic"]) == ("Ben", "Ana")
    assert (said["at"], said["next_update"]) == ("12:00 UTC+1", "12:45 UTC+1")
    assert "tl" not in said


def test_an_update_says_its_eta_or_that_there_is_none():
    """And in both cases when the next one comes."""
    with_eta = facts("update.posted", number="3", know="the pool is full", eta="12:30")
    without = facts("update.posted", number="3", know="the pool is full")

    assert with_eta["eta"] == "ETA 12:30, next update at 12:45 UTC+1"
    assert without["eta"] == "no ETA yet, next update at 12:45 UTC+1"
    assert eta_line("", "") == "no ETA yet"


def test_need_for_help_says_where_to_join():
    """By the link, where there is one."""
    [one] = announced(
        an_incident(),
        [Entry(NOON, "incident.help_asked", {"by": "ana", "team": "platform", "people": "primary", "text": "a DBA"})],
        PLAN,
        NOON,
    )

    assert facts_of(one, PLAN)["join"] == "pagerd incident show 12"
    assert facts_of(one, PLAN, link="https://x.example.com/12")["join"] == "https://x.example.com/12"
    assert facts_of(one, PLAN)["whom"] == "primary of platform"


def test_a_resolved_one_says_its_window_and_what_was_unmet():
    """Where its beginning is not known there is no window, and no word of an override where none was."""
    incident = an_incident(
        status=IncidentStatus.RESOLVED, cadence=None, impact_started_at=NOON, impact_ended_at=NOON + minutes(33)
    )
    said = facts("incident.resolved", incident, by="ana", text="a config change")

    assert said["window"] == "12:00 UTC+1 to 12:33 UTC+1, 33m"
    assert said["follow_up"] == "a postmortem within 3 business days, and its action items"
    assert "against" not in said
    override = Override(by="ana", at=NOON, why="x", unmet=("customer_actions", "watch_running"))
    said = facts("incident.resolved", replace(incident, impact_started_at=None, override=override), by="ana")
    assert "window" not in said
    assert said["against"] == "customer actions, watch running"


def test_what_is_watched_says_until_when():
    """At least; it is not resolved before."""
    watch = Watch(since=NOON, until=NOON + timedelta(hours=1))
    said = facts("incident.monitoring", an_incident(watch=watch, impact_ended_at=NOON), by="ana")

    assert (said["ended"], said["watch_until"]) == ("12:00 UTC+1", "13:00 UTC+1")


@pytest.mark.parametrize(
    "changes", [{"declared_at": None, "status": IncidentStatus.TRIAGE}, {"mode": Mode.BACKFILL, "rank": 1}]
)
def test_a_suspicion_and_what_was_written_down_afterwards_are_quiet(changes):
    """Whatever happens to them."""
    entries = [Entry(NOON, line, {}) for line in SENTENCES]

    assert announced(an_incident(**changes), entries, PLAN, NOON) == ()


def test_a_drill_is_one():
    """Whoever writes the message marks it."""
    [one] = announced(an_incident(mode=Mode.DRILL), [Entry(NOON, "incident.declared", {})], PLAN, NOON)

    assert one.is_drill
    assert dict(one.words)["name"] == "drill incident 12"


def test_messages_of_one_event_come_in_the_order_of_its_lines():
    """A mitigation declares what was a suspicion, and is told after that."""
    lines = ["incident.declared", "update.first", "role.asked", "mitigation.started"]
    found = announced(an_incident(), [Entry(NOON, line, {}) for line in lines], PLAN, NOON)

    assert [one.kind for one in found] == [MessageKind.DECLARED, MessageKind.MITIGATION]


def test_the_last_of_a_kind_is_what_a_preview_shows():
    """Without one, what is known of the incident stands alone."""
    entries = [Entry(NOON, "update.posted", {"number": str(n), "know": f"fact {n}"}) for n in (1, 2)]
    said = last_said(an_incident(), MessageKind.UPDATE, [*entries, Entry(NOON, "role.taken", {"by": "ana"})], PLAN)
    none = last_said(an_incident(), MessageKind.MERGED, entries, PLAN)

    assert (said.words["update"], said.words["know"]) == ("2", "fact 2")
    assert none.words["symptom"] == "payments API answers 5xx"


def test_what_turns_red_while_it_is_watched_says_until_when_it_is_watched_now():
    """Whoever read that customers feel nothing any more must hear that this was too early."""
    said = facts("watch.failed", an_incident(watch=Watch(since=NOON, until=NOON + minutes(60))), criterion="errors")

    assert said["criterion"] == "errors"
    assert said["watch_until"] == "13:00 UTC+1"


def test_a_second_signature_names_both_and_what_was_unmet():
    """And the end says what became of the postmortem."""
    override = Override(by="dora", at=NOON, why="peak", unmet=("errors_normal",), due_at=NOON + minutes(60))
    said = facts("override.countersigned", an_incident(override=override), by="ben", to="dora")

    assert (said["by"], said["overrode"], said["against"]) == ("Ben", "Dora", "errors normal")
    assert facts("incident.closed")["symptom"]
