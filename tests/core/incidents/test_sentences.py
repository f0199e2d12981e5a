"""What the timeline of an incident says, line by line: read this as somebody who was woken reads it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.incidents.sentences import SENTENCES
from pagerd.core.timeline import Entry, sentence

LISBON = ZoneInfo("Europe/Lisbon")
AT = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
LATER = "2026-07-15T01:05:00+00:00"
"""Five past two in Lisbon."""

ANA = {"by": "ana", "via": "sms"}
IC = "incident commander"

SAID = [
    (
        "incident.opened",
        {**ANA, "title": "Nobody can pay", "severity": "sev1", "detection": "customer", "triggers": "core journey"},
        "ana opened an incident by text: Nobody can pay. Severity sev1, detected by customer; core journey.",
    ),
    (
        "incident.opened",
        {"by": "ana", "title": "Nobody can pay", "severity": "sev1"},
        "ana opened an incident: Nobody can pay. Severity sev1.",
    ),
    (
        "incident.cheat_sheet",
        {"core_blocked": "yes", "at_risk": "no", "growing": "not known", "proposed": "sev2", "chosen": "sev1"},
        (
            "Customers blocked from core actions: yes. Money, data or security at risk: no. Impact growing: not known."
            " That proposes sev2; sev1 was chosen."
        ),
    ),
    (
        "checklist.done",
        {**ANA, "step": "Confirm the impact", "text": "5xx at 12 %"},
        "ana ticked by text: Confirm the impact (5xx at 12 %).",
    ),
    (
        "checklist.answered",
        {"by": "ana", "step": "Since when", "since_at": LATER},
        "ana answered: Since when? Since 02:05.",
    ),
    (
        "checklist.answered",
        {"by": "ana", "step": "Who is hit", "text": "a fifth of all payments"},
        "ana answered: Who is hit? a fifth of all payments.",
    ),
    (
        "checklist.skipped",
        {"by": "ana", "step": "Have the roles taken", "reason": "we are two"},
        "ana skipped: Have the roles taken (we are two).",
    ),
    (
        "triage.path",
        {"by": "dora", "text": "roll release 41 back", "owner": "ben"},
        "dora decided: roll release 41 back. ben does it.",
    ),
    (
        "hypothesis.stated",
        {"by": "ben", "number": "1", "text": "the pool is exhausted"},
        "Hypothesis 1 by ben: the pool is exhausted.",
    ),
    (
        "hypothesis.judged",
        {"by": "ben", "number": "1", "verdict": "refuted", "reason": "it is half empty"},
        "Hypothesis 1 is refuted, says ben: it is half empty.",
    ),
    (
        "change.seen",
        {"service": "payments-api", "change": "deploy", "text": "release 41", "by": "ana", "source": "ci"},
        "payments-api, deploy: release 41, by ana, says ci.",
    ),
    ("room.opened", {"place": "https://meet.example.com/7"}, "The room: https://meet.example.com/7."),
    ("room.opened", {"place": "+49 30 1234", "by": "ana"}, "The room: +49 30 1234, says ana."),
    (
        "room.none_free",
        {"count": "3"},
        "No bridge is free: all 3 are with other incidents. Its own page is the room.",
    ),
    ("incident.all_hands", {**ANA, "people": "cho, team_lead"}, "ana called all hands by text: cho, team_lead."),
    ("incident.followed", {"person": "eva", "by": "ana"}, "eva looks on, says ana."),
    ("incident.unfollowed", {"person": "eva", "by": "ana"}, "eva looks on no more, says ana."),
    ("incident.followed_along", {"people": "eva, gus"}, "Who looked on there looks on here: eva, gus."),
    (
        "role.unanswered",
        {"role": "technical lead", "person": "dora"},
        "Everybody was asked to be technical lead, and nobody took it: told dora.",
    ),
    (
        "question.asked",
        {"by": "eva", "number": "2", "text": "Japan, too?", "person": "cho"},
        "Question 2 by eva, for cho: Japan, too?",
    ),
    (
        "question.answered",
        {"by": "cho", "number": "2", "text": "no, Europe alone"},
        "Answer to question 2 by cho: no, Europe alone.",
    ),
    ("role.relief", {"person": "dora", "held": "4h"}, "dora commands it for 4h: reminded them to hand over."),
    ("incident.drill", {}, "This is a drill."),
    ("incident.backfilled", {"by": "ana"}, "ana wrote it down after it was over."),
    ("incident.triage", {"until": LATER}, "It is a suspicion so far: it is to be declared or cancelled by 02:05."),
    ("triage.overdue", {}, "Nobody has said yet whether it is an incident."),
    ("incident.declared", {**ANA, "severity": "sev1"}, "ana declared it by text: sev1."),
    ("incident.leadership_told", {"people": "cto, cho"}, "Told cto, cho."),
    ("incident.joiners_asked", {"people": "primary"}, "Paged primary to join."),
    ("incident.page_linked", {"page": "p-1"}, "Page p-1 is part of it."),
    (
        "severity.raised",
        {**ANA, "from": "sev2", "severity": "sev1", "reason": "all of Europe"},
        "ana raised the severity from sev2 to sev1 by text: all of Europe.",
    ),
    (
        "severity.lowered",
        {"by": "ana", "from": "sev1", "severity": "sev2", "reason": "only reports"},
        "ana lowered the severity from sev1 to sev2: only reports.",
    ),
    (
        "role.asked",
        {"role": IC, "people": "ic, team_lead"},
        "Somebody is wanted as incident commander: asking in turn ic, team_lead.",
    ),
    ("role.offered", {**ANA, "role": IC, "to": "ben"}, "ana offers the role of incident commander to ben by text."),
    ("role.taken", {**ANA, "role": IC}, "ana is incident commander, they said so by text."),
    (
        "role.handed_over",
        {**ANA, "role": IC, "holder": "ben"},
        "ana is incident commander from now on, they said so by text; ben is relieved.",
    ),
    ("role.kept", {**ANA, "role": IC}, "ana stays incident commander, they said so by text."),
    (
        "role.given_back",
        {**ANA, "role": IC},
        "ana is not incident commander after all, they said so by text: paging goes on.",
    ),
    (
        "role.released",
        {"by": "ben", "role": IC, "holder": "ana", "reason": "her shift ends"},
        "ana is not incident commander any more: her shift ends, ben said so.",
    ),
    (
        "role.called_off",
        {"by": "ana", "role": IC, "reason": ""},
        "ana called the search for the incident commander off.",
    ),
    ("role.alone", {"person": "ana"}, "ana holds all three roles: nobody does all of that without mistakes."),
    (
        "role.gap",
        {"person": "ana", "role": "comms lead"},
        "ana holds all three roles, which one person may not at this severity: a comms lead is wanted.",
    ),
    (
        "incident.help_asked",
        {"by": "ana", "people": "primary", "team": "platform", "text": "a database expert"},
        "ana asks for help of primary, team platform: a database expert.",
    ),
    ("errand.help", ANA, "ana comes to help, they said so by text."),
    ("errand.join", ANA, "ana joins, they said so by text."),
    (
        "errand.help_unanswered",
        {"people": "primary", "person": "ben"},
        "primary was asked for help, and nobody answered: told ben.",
    ),
    (
        "errand.join_unanswered",
        {"people": "support", "person": "ben"},
        "support was asked to join, and did not answer: told ben.",
    ),
    (
        "errand.help_unreached",
        {"people": "primary", "person": "ben"},
        "There is nobody to page for primary to help, nor after them: told ben.",
    ),
    (
        "errand.join_unreached",
        {"people": "support", "person": "ben"},
        "There is nobody to page for support to join: told ben.",
    ),
    ("errand.update", ANA, "ana takes care of the overdue update, they said so by text."),
    ("errand.triage", ANA, "ana looks at whether it is an incident, they said so by text."),
    ("errand.watch", ANA, "ana looks at what is broken again, they said so by text."),
    (
        "update.first",
        {"number": "0", "next_at": LATER},
        "Update 0 is the declaration. The next one is promised for 02:05.",
    ),
    (
        "update.reminded",
        {"person": "eva", "next_at": LATER},
        "Reminded eva of the update that is promised for 02:05.",
    ),
    ("update.missed", {"number": "1"}, "Update 1 did not come in time."),
    (
        "update.posted",
        {
            "by": "eva",
            "number": "1",
            "late": "3m",
            "know": "it is the release",
            "doing": "rolling back",
            "trend": "improving",
            "eta": "02:10",
            "next_at": LATER,
        },
        (
            "Update 1 by eva, 3m late: it is the release. Now: rolling back. Impact improving. ETA: 02:10."
            " Next update at 02:05."
        ),
    ),
    (
        "update.posted",
        {"by": "eva", "number": "1", "know": "nothing yet", "next_at": LATER},
        "Update 1 by eva: nothing yet. Next update at 02:05.",
    ),
    (
        "update.sooner",
        {"next_at": LATER},
        "At this severity updates come sooner: the next one is promised for 02:05.",
    ),
    ("incident.note", {"by": "ana", "text": "a {brace} [here]"}, "ana wrote: a {brace} [here]"),
    (
        "mitigation.started",
        {**ANA, "number": "1", "mitigation": "failover", "text": "to eu-2", "reason": "eu-1 is gone"},
        "Mitigation 1 by ana by text: failover (to eu-2). Why nothing reversible first: eu-1 is gone.",
    ),
    (
        "mitigation.prompted",
        {"person": "ben", "waited": "10m"},
        "Nothing has been tried for 10m: asked ben what to do.",
    ),
    (
        "mitigation.ended",
        {"by": "ana", "number": "1", "outcome": "no effect", "text": ""},
        "Mitigation 1: no effect, says ana.",
    ),
    ("incident.investigating", {}, "Nothing that was tried helped: investigating."),
    ("incident.unsolved", {"by": "ana", "reason": "it fails again"}, "It is not over, says ana: it fails again."),
    (
        "incident.monitoring",
        {**ANA, "impact_ended_at": LATER},
        "ana says that the impact ended at 02:05, by text. Watching it.",
    ),
    ("watch.began", {"until": LATER}, "The watch period goes until 02:05 unless something turns red."),
    ("watch.failed", {"criterion": "errors"}, "errors is red: the watch period starts anew when it is green."),
    (
        "watch.held",
        {"criterion": "errors, latency"},
        "The watch period stands still until errors, latency can be read, or somebody attests it.",
    ),
    (
        "watch.missed",
        {"since_at": LATER, "until": LATER},
        "The checks were not read from 02:05 on: the watch period goes until 02:05.",
    ),
    ("watch.left", {}, "The watch is off."),
    ("watch.over", {"person": "ana"}, "The watch period is over, and nothing was red in it. Told ana."),
    (
        "criterion.checked",
        {"criterion": "errors", "state": "red", "reason": "error ratio is 0.052, not < 0.01"},
        "The checks find errors red (error ratio is 0.052, not < 0.01).",
    ),
    (
        "criterion.read",
        {"by": "ana", "criterion": "queues", "state": "not applicable", "reason": "there are none"},
        "queues: not applicable (there are none), by ana.",
    ),
    (
        "incident.overridden",
        {"by": "ana", "unmet": "errors, latency", "reason": "the probe is broken"},
        "ana resolves it against what is unmet (errors, latency): the probe is broken.",
    ),
    (
        "override.unsigned",
        {"until": LATER},
        "It wants a second name by 02:05: somebody is asked when business hours begin.",
    ),
    (
        "override.asked",
        {"people": "dora, eva", "until": LATER},
        "Asked dora, eva for a second name on the override, by 02:05.",
    ),
    (
        "override.overdue",
        {"people": "dora", "until": LATER},
        "A second name on the override was due by 02:05: asked dora again.",
    ),
    ("override.countersigned", {**ANA, "to": "ben"}, "ana countersigned the override of ben by text."),
    (
        "incident.refired",
        {"alert": "CheckoutErrors", "page": "p-2"},
        "CheckoutErrors fires again in page p-2: it is not over, and is being investigated again.",
    ),
    (
        "incident.came_back",
        {"alert": "CheckoutErrors", "page": "p-2", "next_at": LATER},
        ("CheckoutErrors fires again in page p-2: the incident is open again. The next update is promised for 02:05."),
    ),
    ("incident.resolved", {**ANA, "text": "rolled back"}, "Resolved by ana by text: rolled back."),
    (
        "incident.reopened",
        {"by": "ana", "reason": "it fails again", "next_at": LATER},
        "ana reopened it: it fails again. The next update is promised for 02:05.",
    ),
    (
        "incident.cancelled",
        {"by": "ana", "reason": "false alarm", "text": "a broken probe"},
        "ana cancelled it: false alarm (a broken probe).",
    ),
    ("incident.merged", {"by": "ana", "incident": "3"}, "It goes on as incident 3, says ana."),
    ("public.due", {"next_at": LATER}, "Customers are to be told by 02:05."),
    (
        "public.proposed",
        {"number": "1", "stands": "investigating", "text": "We look into it."},
        "Draft 1 for customers, investigating, is proposed: We look into it.",
    ),
    (
        "public.drafted",
        {**ANA, "number": "2", "stands": "identified", "text": "Payments fail."},
        "ana drafted text 2 for customers by text, identified: Payments fail.",
    ),
    (
        "public.dropped",
        {"number": "1", "reason": "draft 2 takes its place"},
        "Draft 1 for customers is dropped: draft 2 takes its place.",
    ),
    (
        "public.rejected",
        {"by": "ana", "number": "2", "reason": "say which"},
        "ana rejected draft 2 for customers: say which.",
    ),
    (
        "public.approved",
        {
            "by": "ana",
            "via": "web",
            "number": "2",
            "stands": "identified",
            "digest": "603fbb9fe001",
            "late": "2m",
            "components": "checkout degraded",
            "next_at": LATER,
        },
        (
            "ana approved draft 2 for customers on the web, 2m late: identified, text 603fbb9fe001."
            " It sets checkout degraded. The next one is promised for 02:05."
        ),
    ),
    (
        "public.overridden",
        {"by": "ana", "words": "soon", "reason": "it is announced"},
        "ana lets it promise something (soon): it is announced.",
    ),
    (
        "public.reminded",
        {"person": "ana", "next_at": LATER},
        "Reminded ana that customers are to be told by 02:05.",
    ),
    ("public.missed", {}, "Customers were not told in time."),
    ("public.over", {}, "Nobody has told customers anything, and nobody needs to any more."),
    ("errand.public", ANA, "ana sees to it that customers are told, they said so by text."),
    ("incident.closed", ANA, "Closed by ana by text."),
    ("incident.closed", {}, "Closed."),
    ("incident.stays_resolved", {"reason": "a-3: it has no owner"}, "It is not closed yet: a-3: it has no owner."),
    ("postmortem.wanted", ANA, "ana wants a postmortem of it by text."),
    (
        "postmortem.drafted",
        {"person": "ana", "due_at": LATER},
        "A postmortem is drafted from what is known; ana is to finish it by 02:05.",
    ),
    ("postmortem.written", ANA, "ana wrote in the postmortem by text."),
    ("postmortem.facts", ANA, "ana let the facts be written anew in the postmortem by text."),
    ("postmortem.submitted", ANA, "ana asked for a review of the postmortem by text."),
    ("postmortem.returned", {"by": "ana", "reason": "no number"}, "ana sent the postmortem back: no number."),
    (
        "postmortem.accepted",
        {"by": "ana", "digest": "0123", "late": "late"},
        "ana accepted the postmortem, late; its text has the digest 0123.",
    ),
    ("postmortem.waived", {"by": "ana", "reason": "nothing to mend"}, "ana waived the postmortem: nothing to mend."),
    ("postmortem.reminded", {"due_at": LATER}, "Reminded of the postmortem that is due by 02:05."),
    (
        "postmortem.overdue",
        {"due_at": LATER},
        "The postmortem was due by 02:05: reminded its writer and the lead.",
    ),
    ("postmortem.reset", {}, "Its postmortem is a draft again."),
    ("incident.took_in", {"by": "ana", "incident": "9"}, "Incident 9 turned out to be this one, says ana."),
    (
        "incident.action_added",
        {"by": "ana", "number": "3", "title": "a bigger pool", "owner": "ben", "day": "2026-02-10"},
        "ana wrote action 3 down: a bigger pool. Owner: ben. Due 2026-02-10.",
    ),
    (
        "incident.action_over",
        {"by": "cho", "number": "3", "outcome": "verified", "reason": "no payment failed"},
        "Action 3 was verified by cho: no payment failed.",
    ),
    ("incident.action_reopened", {"number": "3", "reason": "it leaks"}, "Action 3 is open again: it leaks."),
]


@pytest.mark.parametrize(("kind", "details", "said"), SAID)
def test_what_is_said(kind, details, said):
    """In the reader's zone, and without what is not there."""
    assert sentence(Entry(AT, kind, details), LISBON) == said


def test_every_kind_is_in_the_table_above():
    """A new sentence is shown in a test before anybody reads it at three in the morning."""
    assert {kind for kind, _details, _said in SAID} == set(SENTENCES)
