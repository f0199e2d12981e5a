import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pagerd
from pagerd.core.actions import sentences as of_actions
from pagerd.core.incidents import sentences
from pagerd.core.timeline import SENTENCES, Entry, sentence

LISBON = ZoneInfo("Europe/Lisbon")
AT = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
MORNING = {"start_at": "2026-07-15T05:00:00+00:00", "until": "2026-07-15T11:00:00+00:00"}
UNTIL = "2026-07-15T01:05:00+00:00"
"""Five past two in Lisbon."""

SAID = [
    ("shadows.told", {"people": "gil"}, "Told gil of it too, as a shadow: nobody counts on them."),
    (
        "page.opened",
        {
            "rule": "Customers cannot pay",
            "severity": "sev1",
            "team": "payments",
            "reasons": "urgent",
            "alert": "PaymentsDown",
        },
        "Page opened for team payments: PaymentsDown, severity sev1 (rule: Customers cannot pay). Why: urgent.",
    ),
    (
        "page.opened",
        {"rule": "", "severity": "sev1", "team": "payments", "reasons": "", "alert": "PaymentsDown"},
        "Page opened for team payments: PaymentsDown, severity sev1.",
    ),
    (
        "alert.muted",
        {"alert": "DiskFull", "by": "ana", "why": "reboot", "until": UNTIL},
        "DiskFull is muted by ana: reboot, until 02:05. The page's other alerts are not.",
    ),
    ("alert.unmuted", {"alert": "DiskFull"}, "DiskFull is no longer muted, and still fires."),
    (
        "alert.joined",
        {"alert": "DiskFull", "severity": "sev2", "count": "2", "muted": "muted by a silence"},
        "Another alert of the group fires: DiskFull, severity sev2 (2 firing now), muted by a silence.",
    ),
    (
        "alert.graver",
        {"alert": "DiskFull", "from": "sev3", "to": "sev2", "severity": "sev1"},
        "DiskFull has severity sev2 now, not sev3; the page has sev1 already.",
    ),
    (
        "ticket.alert_left",
        {"alert": "DiskFull", "page": "p-7Kq2Xw", "left": "0"},
        "DiskFull was judged again and left the ticket for page p-7Kq2Xw; 0 still firing.",
    ),
    (
        "ticket.clock_started",
        {"alert": "DiskFull", "severity": "sev2", "page_at": UNTIL},
        "DiskFull has severity sev2: the ticket pages at 02:05 unless somebody takes it.",
    ),
    ("ticket.clock_stopped", {}, "The plan does not want its alerts to page any more: it stays a ticket."),
    ("page.follows", {"page": "p-7Kq2Xw"}, "It follows page p-7Kq2Xw, which was resolved a short while ago."),
    (
        "page.violation",
        {"reasons": "clear: no runbook"},
        "The alert does not pass every test for paging: clear: no runbook. A ticket to mend it is in the queue.",
    ),
    (
        "step.paged",
        {
            "step": "1 (primary)",
            "round": "1",
            "people": "ana",
            "via": "primary, schedule payments-primary",
            "answer_until": UNTIL,
        },
        "Paged ana (primary, schedule payments-primary) for step 1 (primary). They have until 02:05 to answer.",
    ),
    (
        "step.paged",
        {"step": "ben, who had it last", "round": "2", "people": "ben", "via": "", "answer_until": UNTIL},
        "Paged ben for ben, who had it last, round 2. They have until 02:05 to answer.",
    ),
    (
        "step.skipped",
        {"step": "2 (secondary)", "reason": "nobody is on call there"},
        "Skipped step 2 (secondary) at once: nobody is on call there.",
    ),
    ("step.timed_out", {"step": "1 (primary)"}, "Nobody answered step 1 (primary) in time."),
    ("step.timed_out", {"step": "last resort"}, "Nobody answered the last resort in time."),
    ("round.started", {"round": "2"}, "Every step was paged: round 2 begins with step 1."),
    (
        "last_resort.paged",
        {"people": "cto", "again_at": UNTIL},
        "No step is left: paged the last resort, cto. Again at 02:05.",
    ),
    (
        "last_resort.paged",
        {"people": "cto", "again_at": UNTIL, "loudly": "no quiet method of theirs is left"},
        "No step is left: paged the last resort, cto, loudly: no quiet method of theirs is left. Again at 02:05.",
    ),
    (
        "last_resort.empty",
        {"again_at": UNTIL},
        "NOBODY of the last resort can be reached: the operators were alarmed, and pagerd tries again at 02:05.",
    ),
    (
        "alert.joined",
        {"alert": "SlowApi", "severity": "sev2", "count": "3"},
        "Another alert of the group fires: SlowApi, severity sev2 (3 firing now).",
    ),
    (
        "alert.raised",
        {"alert": "SlowApi", "from": "sev2", "to": "sev1"},
        "SlowApi raised the severity from sev2 to sev1: paging again from step 1.",
    ),
    ("alert.renewed", {"alert": "SlowApi"}, "SlowApi is known to its source again."),
    ("alert.resolved", {"alert": "SlowApi", "left": "0"}, "SlowApi resolved; 0 still firing."),
    (
        "alert.forgotten",
        {"alert": "SlowApi"},
        "SlowApi is stale: its source has not known it for five minutes, and never said it ended. It counts as firing.",
    ),
    (
        "alert.stale",
        {"alert": "SlowApi"},
        "SlowApi is stale: its source no longer renews it, and never said it ended. It counts as firing.",
    ),
    (
        "page.settling",
        {"until": UNTIL},
        "All alerts are resolved. The page resolves at 02:05 unless one fires again.",
    ),
    ("page.settled", {}, "The alerts stayed resolved."),
    ("page.unsettled", {"alert": "SlowApi"}, "SlowApi fires again before the page had settled: the page goes on."),
    (
        "page.muted",
        {"by": "ana", "why": "migration", "until": UNTIL},
        "Frozen: all its alerts are muted by ana: migration, until 02:05.",
    ),
    ("page.muted", {"why": "a silence", "until": ""}, "Frozen: all its alerts are muted: a silence."),
    ("page.unmuted", {}, "No longer muted, and still firing: the page goes on."),
    (
        "page.acknowledged",
        {"by": "ana", "via": "sms", "until": UNTIL},
        "ana acknowledged by text. The page is theirs until 02:05.",
    ),
    (
        "page.acknowledged",
        {"by": "ana", "via": "pigeon", "until": UNTIL},
        "ana acknowledged via pigeon. The page is theirs until 02:05.",
    ),
    (
        "page.acknowledged_too",
        {"by": "ben", "via": "voice", "holder": "ana"},
        "ben acknowledged too by a key in the call; ana has it already.",
    ),
    (
        "page.acknowledgement_renewed",
        {"by": "ana", "until": UNTIL},
        "ana is still at it: the page is theirs until 02:05.",
    ),
    (
        "page.not_reminded",
        {"by": "ana", "until": UNTIL},
        "The acknowledgement of ana ends, and no quiet method reaches them. They have until 02:05.",
    ),
    (
        "page.help_comes",
        {"by": "ben", "via": "sms", "holder": "ana"},
        "ben comes to help ana, they said so by text.",
    ),
    (
        "page.undone",
        {"by": "ana", "via": "sms", "step": "1 (primary)"},
        "ana took their acknowledgement back by text: paging step 1 (primary) again.",
    ),
    (
        "page.acknowledgement_kept",
        {"by": "cho", "holder": "ana", "until": UNTIL},
        "cho is at it too: the page stays with ana until 02:05.",
    ),
    (
        "page.reminded",
        {"by": "ana", "until": UNTIL},
        "Reminded ana quietly that their acknowledgement ends. They have until 02:05.",
    ),
    (
        "page.holder_paged",
        {"by": "ana", "until": UNTIL},
        "No sign of ana: paged them. At 02:05 the page goes back to whoever is on call.",
    ),
    (
        "page.acknowledgement_ended",
        {"by": "ana"},
        "The acknowledgement of ana ended without a sign of life: paging again from step 1.",
    ),
    (
        "page.snoozed",
        {"by": "ana", "via": "link", "until": UNTIL},
        "ana snoozed the page through the link until 02:05.",
    ),
    ("page.escalated", {"by": "ana"}, "ana asked for the next step."),
    ("page.reassigned", {"by": "ana", "via": "cli", "to": "ben"}, "ana handed the page to ben from the command line."),
    ("page.responder_added", {"by": "ana", "person": "ben"}, "ana asked ben for help."),
    ("page.note", {"by": "ana", "text": "restarted {it} [twice]"}, "ana wrote: restarted {it} [twice]"),
    (
        "page.incident",
        {"incident": "7"},
        "It is part of incident 7: while that is open, no acknowledgement of it ends.",
    ),
    (
        "page.incident_over",
        {"incident": "7", "by": "ana", "until": UNTIL},
        "Incident 7 is over: the page is with ana until 02:05.",
    ),
    ("page.incident_over", {"incident": "7"}, "Incident 7 is over."),
    (
        "page.acknowledged_in_incident",
        {"by": "ana", "via": "sms", "incident": "7"},
        "ana acknowledged by text. The page is theirs while incident 7 is open.",
    ),
    (
        "page.still_carried",
        {"by": "ana", "incident": "7"},
        "ana is still at it: the page is theirs while incident 7 is open.",
    ),
    ("page.errand_taken", {"by": "ana", "via": "voice"}, "ana answered by a key in the call."),
    (
        "page.nobody_came",
        {"again_at": UNTIL},
        "Everybody was asked, and nobody answered. Nobody is woken any more; who asks is told.",
    ),
    (
        "page.errand_later",
        {"by": "ana", "via": "sms", "until": UNTIL},
        "ana answered by text: it pages again from step 1 at 02:05 unless it is done by then.",
    ),
    ("page.resolved", {"by": "", "reason": "all its alerts resolved"}, "Resolved: all its alerts resolved."),
    ("page.resolved", {"by": "ana", "reason": ""}, "Resolved by ana."),
    (
        "page.alerts_held",
        {"count": "2", "until": UNTIL},
        "Its alerts that still fire (2) open no new page until 02:05.",
    ),
    ("page.closed_hours", {"until": UNTIL}, "Business hours are over: nobody is paged until 02:05."),
    ("page.opened_hours", {}, "Business hours have begun: the page goes on."),
    (
        "person.unreachable",
        {"person": "ana", "reason": "no usable contact method"},
        "Cannot reach ana: no usable contact method.",
    ),
    ("nobody.on_call", {"target": "primary"}, "Nobody is on call as primary."),
    (
        "contact.refused",
        {"person": "ana", "medium": "sms", "reason": "opted out"},
        "sms to ana was refused for good: opted out. It is not used again until it changes.",
    ),
    (
        "page.overlooked",
        {"reason": "nobody was being told of it", "step": "step 2 (secondary)"},
        "pagerd's own auditor found that nobody was being told of it: paging step 2 (secondary) again.",
    ),
    (
        "notification.failed_over",
        {"person": "ana", "medium": "sms", "provider": "backup", "reason": "twilio did not take it (answered 503)"},
        "sms to ana went through backup: twilio did not take it (answered 503).",
    ),
    (
        "observing.ended",
        {"since_at": UNTIL},
        "pagerd only observed since 02:05: nobody was told of this page. From now on it sends.",
    ),
    ("late", {"seconds": "754"}, "pagerd was 12m late here: it was down or stalled."),
    (
        "acknowledgement.refused",
        {"by": "ana", "via": "sms", "reason": "the code is unknown"},
        "An answer of ana by text acknowledged nothing: the code is unknown.",
    ),
    (
        "ticket.opened",
        {"team": "payments", "alert": "SlowApi", "severity": "sev2", "reasons": "no runbook", "page_at": UNTIL},
        (
            "Ticket opened for team payments: SlowApi, severity sev2. Why: no runbook."
            " It pages at 02:05 unless somebody takes it."
        ),
    ),
    (
        "ticket.alert_joined",
        {"alert": "SlowApi", "count": "2"},
        "Another alert of the ticket fires: SlowApi (2 firing now).",
    ),
    ("ticket.alert_resolved", {"alert": "SlowApi", "left": "1"}, "SlowApi resolved; 1 still firing."),
    ("ticket.taken", {"by": "ana"}, "ana took the ticket."),
    ("ticket.closed", {"by": "ana", "reason": "mended"}, "Ticket closed by ana: mended."),
    (
        "ticket.reopened",
        {"alert": "SlowApi", "severity": "sev2", "reasons": "no runbook", "page_at": UNTIL},
        (
            "Ticket reopened: SlowApi fires again, severity sev2. Why: no runbook."
            " It pages at 02:05 unless somebody takes it."
        ),
    ),
    (
        "ticket.reopened",
        {"by": "ana", "reason": "it is not mended"},
        "Ticket reopened by ana: it is not mended.",
    ),
    ("ticket.note", {"by": "ana", "text": "the disk {is} old"}, "ana wrote: the disk {is} old"),
    (
        "ticket.tracked",
        {"ref": "OPS-12", "url": "https://t.example.com/12"},
        "The tracker calls it OPS-12 (https://t.example.com/12).",
    ),
    ("ticket.paged", {"page": "p-7Kq2Xw"}, "Nobody took the ticket in time: it became page p-7Kq2Xw."),
    (
        "observing.ended",
        {"since_at": "2026-07-15T05:00:00+00:00"},
        "pagerd only observed since 06:00: nobody was told of this page. From now on it sends.",
    ),
    (
        "night.asked",
        {"person": "ana", "medium": "text", "seen": "20"},
        "Asked ana by text how long they were up; 20 min of work were seen.",
    ),
    (
        "night.not_asked",
        {"person": "ana", "reason": "neither a text nor a mail reaches them"},
        "ana was not asked how long they were up: neither a text nor a mail reaches them.",
    ),
    (
        "night.worked",
        {"by": "ana", "via": "sms", "minutes": "90", "before": "20", "why": "and the report"},
        "ana says by text: 90 min of work in this night (20 before). Why: and the report.",
    ),
    (
        "night.disputed",
        {"by": "ana", "person": "ana", "page": "p-7Kq2Xw", "minutes": "0", "before": "20", "why": "it never rang"},
        "ana disputes p-7Kq2Xw in the night of ana, 20 min: it never rang. 0 min would be right.",
    ),
    (
        "night.settled",
        {"by": "dora", "how_it_ended": "upheld", "minutes": "0", "before": "20", "why": "the phone was off"},
        "dora settled the dispute, upheld: the phone was off. 0 min count (20 before).",
    ),
    (
        "rest.proposed",
        {
            "person": "ana",
            "minutes": "64",
            "kind": "the morning off",
            "people": "dora",
            "rest_until": "",
            "provisional_at": "",
        },
        "ana worked 64 min in this night: the morning off is proposed, asked of dora.",
    ),
    (
        "rest.longer",
        {"person": "ana", "rest_until": "2026-07-15T11:00:00+00:00"},
        "ana worked on: the rest lasts until 12:00.",
    ),
    (
        "component.set",
        {"by": "eva", "via": "cli", "component": "Payments", "state": "degraded"},
        "eva says to customers from the command line that Payments is degraded.",
    ),
    ("rest.provisional", {"person": "ana"}, "No lead has decided yet: the rest of ana is in force provisionally."),
    ("rest.approved", {"by": "dora", "person": "ana", "via": "sms"}, "dora approved the rest of ana by text."),
    ("rest.declined", {"by": "dora", "person": "ana", "why": "no"}, "dora declined the rest of ana: no."),
    ("rest.withdrawn", {"person": "ana", "why": "less work"}, "The rest of ana is withdrawn: less work."),
    (
        "rest.covered",
        {
            "people": "cho",
            "schedule": "s",
            "start_at": "2026-07-15T05:00:00+00:00",
            "until": "2026-07-15T11:00:00+00:00",
        },
        "cho covers s from 06:00 to 12:00.",
    ),
    (
        "rest.not_covered",
        {
            "person": "ana",
            "schedule": "s",
            "start_at": "2026-07-15T05:00:00+00:00",
            "until": "2026-07-15T11:00:00+00:00",
        },
        "ana stays on call in s from 06:00 to 12:00: everybody else is away, was woken, or cannot be reached.",
    ),
]


@pytest.mark.parametrize(("kind", "details", "said"), SAID)
def test_an_entry_is_a_sentence_in_the_reader_s_zone(kind, details, said):
    """Each kind says what happened in words; instants are on the reader's clock."""
    assert sentence(Entry(AT, kind, details), LISBON) == said


def test_every_kind_with_words_is_in_the_table_above():
    """A new sentence is shown in a test before anybody reads it at three in the morning."""
    of_others = {*sentences.SENTENCES, *of_actions.SENTENCES}  # the tests beside each of these have those
    assert {kind for kind, _details, _said in SAID} == set(SENTENCES) - of_others


def written_kinds():
    """Return the kinds that pagerd's own source writes: `record("kind")` and `Entry(now, "kind")`."""
    kinds = set()
    files = Path(pagerd.__file__).parent.rglob("*.py")
    # What importers call an entry is one of an export.
    for file in (one for one in files if one.parent.name != "importers"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = {"record": 0, "Entry": 1}.get(name)
            if position is None or len(node.args) <= position:
                continue
            kind = node.args[position]
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                kinds.add(kind.value)
    return kinds


def test_every_kind_that_pagerd_writes_has_words():
    """No decision reaches the timeline as a bare kind."""
    kinds = written_kinds()

    assert "page.resolved" in kinds
    assert kinds - set(SENTENCES) == set()


def test_a_time_of_another_day_says_the_day():
    """What ends tomorrow must not read as if it ended today."""
    entry = Entry(AT, "page.snoozed", {"by": "ana", "until": "2026-07-16T09:00:00+00:00"})

    assert sentence(entry, LISBON) == "ana snoozed the page until Thu 10:00."


@pytest.mark.parametrize(
    ("kind", "details", "said"),
    [
        ("page.teleported", {"to": "mars", "until": UNTIL, "why": ""}, "page.teleported: to mars, until 02:05"),
        ("page.teleported", {}, "page.teleported"),
        ("page.snoozed", {"by": "ana"}, "page.snoozed: by ana"),
        ("page.snoozed", {"by": "ana", "until": "soon"}, "ana snoozed the page until soon."),
        ("late", {"seconds": "nan"}, "pagerd was nan late here: it was down or stalled."),
        ("late", {"seconds": "1e300"}, "pagerd was 1e300 late here: it was down or stalled."),
        (
            "page.note",
            {"by": "ana", "text": "a\r\n02:00 ben acknowledged\x1b[2J"},
            "ana wrote: a 02:00 ben acknowledged[2J",
        ),
    ],
)
def test_what_has_no_words_or_is_broken_is_shown_as_it_is(kind, details, said):
    """An unknown kind, a missing detail and a forged line are shown, and nothing raises."""
    assert sentence(Entry(AT, kind, details), LISBON) == said


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([*SENTENCES, "other"]),
    st.dictionaries(
        st.sampled_from(["by", "until", "seconds", "step", "round", "via", "alert", "text", "again_at", "people"]),
        st.text(max_size=40) | st.just(UNTIL) | st.just("{by}[{x}]"),
    ),
)
def test_no_details_raise(kind, details):
    """Whatever stands in the details, a line comes out, and only one."""
    said = sentence(Entry(AT, kind, details), LISBON)

    assert said
    assert len(said.splitlines()) == 1


def test_placeholders_and_brackets_of_the_table_are_well_formed():
    """Each sentence begins with text outside brackets, and its brackets close."""
    for template in SENTENCES.values():
        assert template.count("[") == template.count("]")
        assert template.count("{") == len(re.findall(r"\{\w+\}", template))


def test_an_entry_survives_the_store():
    """What is written as JSON is read back the same."""
    entry = Entry(AT, "page.snoozed", {"by": "ana", "until": UNTIL})

    assert msgspec.json.decode(msgspec.json.encode(entry), type=Entry) == entry
