"""The facts of a postmortem: what is known and nothing else, each line with the entry that it comes from."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.incident import Detection, IncidentStatus, Override
from pagerd.core.incidents.roles import ROLE_NAMES, Role
from pagerd.core.postmortems.document import mark_of
from pagerd.core.postmortems.draft import first_text
from pagerd.core.postmortems.facts import LIST_MAX, TIMELINE_MAX, facts_of
from pagerd.core.postmortems.known import Event, Known
from pagerd.core.postmortems.sections import HEADINGS, has_gap
from pagerd.core.timeline import Entry
from tests.builders import BERLIN, NOON, an_incident, minutes
from tests.postmortems import an_item

IC = ROLE_NAMES[Role.IC]
DONE = an_incident(
    status=IncidentStatus.RESOLVED,
    impact="a fifth of all payments",
    service="payments-api",
    triggers=("core_journey", "a reason of old"),
    detection=Detection.MONITORING,
    impact_started_at=NOON - minutes(2),
    detected_at=NOON - minutes(1),
    declared_at=NOON,
    mitigated_at=NOON + minutes(33),
    impact_ended_at=NOON + minutes(30),
    resolved_at=NOON + minutes(90),
)
"""Felt at 11:58, noticed at 11:59, declared at noon; over for customers at 12:30, and for us at 13:30: in Berlin."""


def event(version, after, kind, /, *, recorded=None, **details):
    """Return a line that happened so long after noon and stands in this entry of its history."""
    at = NOON + after
    return Event(
        entry=Entry(at, kind, details),
        recorded_at=NOON + recorded if recorded is not None else at,
        cite=f"i-7#{version}",
    )


OPENED = event(1, minutes(0), "incident.opened", by="ana", title="Customers cannot pay", severity="sev1")
DECLARED = event(2, minutes(0), "incident.declared", by="ana", severity="sev1")
COMMANDED = event(3, minutes(2), "role.taken", by="dora", role=IC)
TRIED = event(4, minutes(9), "mitigation.started", by="ben", number="1", mitigation="rollback", text="release 41")
WORKED = event(5, minutes(20), "mitigation.ended", by="ben", number="1", outcome="worked", text="release 41 is gone")
OVER = event(8, minutes(90), "incident.resolved", by="ana", text="release 41 took all connections")


def known(*events, incident=DONE, **fields):
    """Return an incident with these lines after its opening."""
    return Known(incident=incident, events=(OPENED, *events), zone=BERLIN, **fields)


def facts(*events, incident=DONE, **fields):
    """Return the facts of an incident with these lines."""
    return facts_of(known(*events, incident=incident, **fields))


def test_the_summary_has_the_three_lines_that_need_no_judgement():
    """How long, how bad, how it stands; what happened and who was hit is for people."""
    raised = event(6, minutes(5), "severity.raised", by="ana", severity="sev1", **{"from": "sev2"})
    watched = event(7, minutes(33), "incident.monitoring", by="ana", impact_ended_at=(NOON + minutes(30)).isoformat())

    assert facts(DECLARED, raised, watched, OVER)["summary"] == (
        "- **Duration:** 2026-01-06 11:58:00 to 2026-01-06 12:30:00, 32m of impact. [i-7#1, i-7#7]",
        "- **Severity:** sev1. ana raised the severity from sev2 to sev1. [i-7#1, i-7#6]",
        "- **Current status:** resolved. [i-7#8]",
    )


def test_an_override_stands_in_the_summary_with_what_was_unmet():
    """As long as it is in force: what was reopened is against nothing any more."""
    override = Override(by="ana", at=NOON, why="the graph is wrong", unmet=("hidden_failures", "watch_running"))
    against = event(7, minutes(90), "incident.overridden", by="ana", reason="the graph is wrong", unmet="errors")
    said = facts(against, OVER, incident=replace(DONE, override=override))["summary"]

    assert said[2] == (
        "- **Current status:** resolved, against what was unmet (hidden_failures, watch_running). [i-7#8, i-7#7]"
    )
    assert facts(against, OVER)["summary"][2] == "- **Current status:** resolved. [i-7#8, i-7#7]"


@pytest.mark.parametrize(
    ("began", "ended", "words"),
    [
        (-2, None, "the end of the impact is not known; it began at 2026-01-06 11:58:00"),
        (None, None, "the end of the impact is not known; it began at not known"),
        (None, 30, "the impact ended at 2026-01-06 12:30:00; when it began is not known"),
        (
            31,
            30,
            "the impact began at 2026-01-06 12:31:00 and ended before that, at 2026-01-06 12:30:00: one is wrong",
        ),
        (30, 30, "2026-01-06 12:30:00 to 2026-01-06 12:30:00, 0s of impact"),
    ],
)
def test_a_duration_is_never_guessed(began, ended, words):
    """What nobody said is not known, and what contradicts itself says so."""
    times = {
        name: NOON + minutes(at) if at is not None else None
        for name, at in (("impact_started_at", began), ("impact_ended_at", ended))
    }

    assert facts(incident=replace(DONE, **times))["summary"][0].startswith(f"- **Duration:** {words}. [")


def test_the_impact_is_what_was_said_of_it_and_how_it_went():
    """At the opening, why it was declared, and what updates said of its course; a trend of nothing is no line."""
    updates = (
        event(6, minutes(10), "update.posted", number="1", know="we look", trend="worsening"),
        event(7, minutes(25), "update.posted", number="2", know="we roll back"),
    )

    assert facts(*updates)["impact"] == (
        "- Said when it was opened: a fifth of all payments [i-7#1]",
        "- Service: payments-api [i-7#1]",
        "- Declared because a core journey is blocked: login, checkout, payments, API; a reason of old [i-7#1]",
        "- 2026-01-06 12:10:00 worsening, said update 1 [i-7#6]",
    )
    assert "impact" not in facts(incident=replace(DONE, impact="", service="", triggers=()))


def test_the_timeline_is_what_happened_without_the_bustle_about_its_papers():
    """In the team's own time; what is about the postmortem, or only reminds, is no event of the incident."""
    lines = facts(
        DECLARED,
        event(6, minutes(10), "update.reminded", person="ana"),
        event(7, minutes(95), "postmortem.drafted", person="ana"),
        event(8, minutes(96), "incident.action_added", by="ana", number="1"),
        event(9, minutes(99), "incident.closed", by="dora"),
    )["timeline"]

    assert lines == (
        "- All times are those of Europe/Berlin. [i-7#1]",
        "- 2026-01-06 12:00:00 ana opened an incident: Customers cannot pay. Severity sev1. [i-7#1]",
        "- 2026-01-06 12:00:00 ana declared it: sev1. [i-7#2]",
    )


def test_a_long_timeline_says_how_much_more_there_is():
    """The whole of it is in the store, and a command shows it."""
    notes = [event(number, minutes(1), "incident.note", by="ana", text="x") for number in range(2, TIMELINE_MAX + 4)]
    lines = facts(*notes)["timeline"]

    assert len(lines) == TIMELINE_MAX + 2
    assert lines[-1] == f"- 3 more: `pagerd incident show 7` [i-7#{TIMELINE_MAX + 1}, i-7#{TIMELINE_MAX + 3}]"


def test_a_page_is_told_without_why_it_paged():
    """That would fill the screen before anything happened; it is asked for where it is wanted."""
    opened = event(2, minutes(-1), "page.opened", team="payments", alert="Checkout fails", severity="sev2", reasons="a")

    assert facts(opened)["timeline"][2] == (
        "- 2026-01-06 11:59:00 Page opened for team payments: Checkout fails, severity sev2. [i-7#2]"
    )


def test_each_length_says_its_two_instants_and_where_they_come_from():
    """The entries that say when it was declared and resolved; what was said at the opening is in that."""
    watched = event(6, minutes(33), "incident.monitoring", by="ana", impact_ended_at=(NOON + minutes(30)).isoformat())
    times = facts(DECLARED, watched, OVER)["times"]

    assert times == (
        (
            "- **Time to detect (MTTD):** 1m, from 2026-01-06 11:58:00 (the impact began) to 2026-01-06 11:59:00"
            " (it was detected). [i-7#1]"
        ),
        (
            "- **Time to declare:** 1m, from 2026-01-06 11:59:00 (the first page or report) to 2026-01-06 12:00:00"
            " (it was declared). [i-7#1, i-7#2]"
        ),
        (
            "- **Time to mitigate (MTTM):** 35m, from 2026-01-06 11:58:00 (the impact began) to 2026-01-06 12:33:00"
            " (it was mitigated). [i-7#1, i-7#6]"
        ),
        (
            "- **Time to restore (MTTR):** 32m, from 2026-01-06 11:58:00 (the impact began) to 2026-01-06 12:30:00"
            " (the impact ended). [i-7#1, i-7#6]"
        ),
        (
            "- **Time to resolve, with the watch:** 1h 32m, from 2026-01-06 11:58:00 (the impact began) to"
            " 2026-01-06 13:30:00 (it was resolved). [i-7#1, i-7#8]"
        ),
    )


def test_a_length_that_is_not_known_or_not_true_is_none():
    """Without a beginning nothing that begins with it is known, and what contradicts another instant is not counted."""
    unknown = facts(incident=replace(DONE, impact_started_at=None))["times"]
    wrong = facts(incident=replace(DONE, detected_at=NOON - minutes(10)))["times"]

    assert unknown[0].startswith("- **Time to detect (MTTD):** not known, from not known (the impact began) to ")
    assert wrong[0].startswith("- **Time to detect (MTTD):** not counted, because these instants contradict others, ")
    assert wrong[1].startswith("- **Time to declare:** 10m, ")


def test_the_first_sign_is_the_first_page_where_that_came_before():
    """Of alerts: those that the incident raised itself are not among the lines."""
    early = event(2, minutes(-20), "page.opened", team="payments", alert="Checkout fails")

    assert facts(early, DECLARED)["times"][1].startswith("- **Time to declare:** 20m, ")


def test_what_was_said_of_the_cause_and_what_helped():
    """The note of the end, and each mitigation that worked; nothing else speaks of a cause."""
    assert facts(TRIED, WORKED, OVER)["root_cause"] == (
        "- Said when it was resolved: release 41 took all connections [i-7#8]",
        "- Mitigation 1: worked (release 41 is gone), says ben. [i-7#5]",
    )
    assert "root_cause" not in facts(event(8, minutes(90), "incident.resolved", by="ana"))
    assert "root_cause" not in facts(TRIED)


def test_what_may_have_contributed_is_shown_without_a_category():
    """Which one it is, people say; the same line stands there once."""
    customers = replace(DONE, detection=Detection.SUPPORT_TICKET)
    violation = event(2, minutes(1), "page.violation", test="clear", reason="its runbook is missing")
    failed = event(6, minutes(9), "mitigation.ended", by="ben", number="1", outcome="no effect")
    worse = event(7, minutes(12), "mitigation.ended", by="ben", number="2", outcome="worse")
    lines = facts(violation, violation, worse, failed, incident=customers)["factors"]

    assert lines[0] == "- It was noticed through support ticket, and not by monitoring. [i-7#1]"
    assert [line.rpartition("[")[2] for line in lines[1:]] == ["i-7#2]", "i-7#6]", "i-7#7]"]
    assert "factors" not in facts()
    assert "factors" not in facts(incident=replace(DONE, detection=None))


WENT_WELL = (
    "- It was detected within 1m. [i-7#1]",
    "- It was declared 1m after the first sign. [i-7#2]",
    "- A commander was there after 2m. [i-7#3]",
    "- Something was tried 9m after it was declared. [i-7#4]",
)


def test_what_was_swift_went_well():
    """To detect, to declare and to command within five minutes, to try something within ten."""
    assert facts(DECLARED, COMMANDED, TRIED)["went_well"] == WENT_WELL


def test_what_was_there_at_once_says_so():
    """Nobody reads of zero seconds; who took the command of a suspicion had it from the start."""
    at_once = replace(DONE, detected_at=DONE.impact_started_at, declared_at=DONE.impact_started_at)
    early = event(3, minutes(-3), "role.taken", by="dora", role=IC)
    tried = event(4, minutes(-2), "mitigation.started", by="ben", number="1", mitigation="rollback")

    assert facts(DECLARED, early, tried, incident=at_once)["went_well"] == (
        "- It was detected at once. [i-7#1]",
        "- It was declared at the first sign. [i-7#2]",
        "- A commander was there from the start. [i-7#3]",
        "- Something was tried as it was declared. [i-7#4]",
    )


def test_what_was_slow_did_not_go_well_and_is_no_praise():
    """A second over what is swift is not swift; a commander who came late is named for that."""
    slow = replace(DONE, impact_started_at=NOON - minutes(20), detected_at=NOON - minutes(10))
    late = event(3, minutes(5.1), "role.taken", by="dora", role=IC)
    tried = event(4, minutes(10.1), "mitigation.started", by="ben", number="1", mitigation="rollback")
    found = facts(DECLARED, late, tried, incident=slow)

    assert "went_well" not in found
    assert found["went_badly"] == ("- 2026-01-06 12:05:06 dora is incident commander. [i-7#3]",)
    other = event(3, minutes(9), "role.taken", by="ben", role=ROLE_NAMES[Role.TL])
    assert "went_badly" not in facts(DECLARED, other, incident=slow)


def test_of_what_was_never_declared_nothing_is_said_to_have_been_swift():
    """What was written down afterwards has no commander who came in time."""
    past = replace(DONE, declared_at=None)

    assert facts(COMMANDED, TRIED, incident=past)["went_well"] == WENT_WELL[:1]
    assert "went_badly" not in facts(event(3, minutes(50), "role.taken", by="dora", role=IC), incident=past)


@pytest.mark.parametrize(
    ("count", "missed", "line"),
    [
        (1, False, ["- The update came in time. [i-7#10]"]),
        (3, False, ["- All 3 updates came in time. [i-7#10, i-7#12]"]),
        (3, True, []),
        (0, False, []),
    ],
)
def test_updates_that_came_in_time_are_praised_together(count, missed, line):
    """All of them or none: one that was missed is among what did not go well."""
    updates = [event(10 + one, minutes(15), "update.posted", number="1", know="x") for one in range(count)]
    late = [event(20, minutes(16), "update.missed", number="4")] if missed else []
    found = facts(DECLARED, COMMANDED, TRIED, *updates, *late)

    assert found["went_well"] == (*WENT_WELL, *line)
    assert ("went_badly" in found) is missed


def test_what_speaks_for_itself_did_not_go_well_in_the_order_in_which_it_happened():
    """Silence, gaps, red during the watch, and what did not help; many are counted."""
    events = (
        event(6, minutes(30), "watch.failed", criterion="errors"),
        event(7, minutes(4), "mitigation.ended", by="ben", number="1", outcome="no effect"),
        event(8, minutes(16), "update.missed", number="1"),
        WORKED,
    )
    lines = facts(*events)["went_badly"]
    many = [event(10 + one, minutes(one), "update.missed", number=str(one)) for one in range(LIST_MAX + 2)]

    assert [line.rpartition("[")[2] for line in lines] == ["i-7#7]", "i-7#8]", "i-7#6]"]
    assert facts(*many)["went_badly"][-1] == "- 2 more: `pagerd incident show 7` [i-7#30, i-7#31]"


def test_words_of_alerts_and_people_are_data():
    """No heading, no link and no comment of ours comes of them."""
    nasty = replace(DONE, impact="# all\n<!-- pagerd end of facts --> [x](https://example.com)")

    assert facts(incident=nasty)["impact"][0] == (
        "- Said when it was opened: # all \\<!-- pagerd end of facts --\\> \\[x\\](https://example.com) [i-7#1]"
    )


def test_action_items_stand_there_as_they_are_now():
    """And where the opening is not among the lines, its entry is the first."""
    alone = Known(incident=DONE, events=(), zone=BERLIN, actions=(an_item(),))

    assert facts_of(alone)["actions"][0] == "- **a-1 Alert when 80 % of the pool is used for 5 minutes** [a-1#1, open]"
    assert facts_of(alone)["summary"][2] == "- **Current status:** resolved. [i-7#1]"


def test_the_last_word_is_the_one_that_was_written_last():
    """Not the one that is about the latest instant: a note about yesterday may be made today."""
    first = event(8, minutes(90), "incident.resolved", by="ana", text="the release")
    corrected = event(9, minutes(80), "incident.resolved", recorded=minutes(120), by="ana", text="the pool")

    assert facts(corrected, first)["root_cause"] == ("- Said when it was resolved: the pool [i-7#9]",)


@pytest.mark.parametrize("impact", ["a fifth of all payments", ""])
def test_a_draft_has_every_section_and_a_gap_for_what_only_people_know(impact):
    """Under each heading something is to be filled; of the impact only where nobody said it."""
    incident = replace(DONE, impact=impact)
    text = first_text(incident, facts(DECLARED, COMMANDED, TRIED, WORKED, OVER, incident=incident))
    parts = text.split("\n## ")

    assert [part.partition("\n")[0] for part in parts[1:]] == [*HEADINGS.values()]
    assert text.startswith(f"# Postmortem of incident 7: Customers cannot pay\n\n{mark_of(7)}\n")
    gaps = {part.partition("\n")[0]: sum(map(has_gap, part.splitlines())) for part in parts[1:]}
    assert gaps == {
        "Summary": 0 if impact else 1,
        "Customer impact": 4,
        "Timeline": 0,
        "Root cause": 1,
        "Contributing factors": 1,
        "What went well": 1,
        "What did not go well": 1,
        "Action items": 1,
    }


def test_a_draft_says_how_long_it_took_only_where_that_is_known():
    """A heading with nothing below it would be a promise."""
    assert "### How long it took" in first_text(DONE, facts(DECLARED))
    assert "### How long it took" not in first_text(DONE, {"summary": ("- x [i-7#1]",)})
