"""The page machine: what follows from each event, in each status."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from pagerd.core.effects import (
    CancelPending,
    Effect,
    HoldAlerts,
    Notify,
    PostponePending,
    RaiseAlarm,
    Tell,
    TellEverybodyPaged,
)
from pagerd.core.errors import IllegalTransition
from pagerd.core.events import (
    Acknowledged,
    AlertEnded,
    AlertJoined,
    AlertMuted,
    AlertRaised,
    AlertRenewed,
    AlertUnmuted,
    AlertWentStale,
    ContactRefused,
    EscalatedByHand,
    Event,
    FailedOver,
    NoteAdded,
    ObservingEnded,
    PageOverlooked,
    Reassigned,
    ResolvedByHand,
    ResponderAdded,
    Snoozed,
    TimerFired,
    Undone,
)
from pagerd.core.paging.decide import decide, open_page
from pagerd.core.paging.draft import Decision
from pagerd.core.paging.page import Page, PageStatus, PageStep, Position, Stage, Subject
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Urgency
from pagerd.core.plan import Plan
from tests.builders import NIGHT, NOON, a_plan, minutes

PLAN = a_plan()
JOINED = AlertJoined(alert="CheckoutErrors", severity="sev2", rank=2, urgency="high")
UNMUTED = AlertUnmuted(alert="a", severity="sev2", rank=2, urgency="high")
RAISED = AlertRaised(alert="a", before="sev2", severity="sev1", rank=1, urgency="high")


def a_page(**fields: object) -> Page:
    """Return a page of team payments that is about to be opened."""
    policy = PLAN.policies["standard"]
    page = Page(
        id="p-test01",
        subject=Subject(
            title="CheckoutErrors",
            summary="Checkout fails",
            service="payments-api",
            place="prod",
            team="payments",
            rule=None,
            runbook="payments-5xx",
            runbook_url=None,
            action=None,
        ),
        group_key="payments|CheckoutErrors",
        severity="sev2",
        rank=2,
        urgency="high",
        business_hours=False,
        opened_at=NOON,
        since=NOON,
        steps=tuple(PageStep(step.targets, step.answer_within) for step in policy.steps),
        repeat=policy.repeat,
        position=Position(stage=Stage.STEP),
        alerts=1,
        firing=1,
    )
    return replace(page, **fields)  # type: ignore[arg-type]  # each caller names real fields


def opened(page: Page | None = None, plan: Plan = PLAN, at: datetime = NOON, before: str | None = None) -> Decision:
    """Open a page and return what was decided."""
    return open_page(page or a_page(), plan, at, reasons=("it was worth it",), before=before)


def after(*events: tuple[float, Event], page: Page | None = None, plan: Plan = PLAN) -> Decision:
    """Open a page, let events happen so many minutes after that, and return the last decision."""
    decision = opened(page, plan)
    for offset, event in events:
        decision = decide(decision.page, event, plan, NOON + minutes(offset))
    return decision


def notified(decision: Decision) -> list[tuple[str, Purpose]]:
    """Return who is reached, and why."""
    return [(effect.person, effect.purpose) for effect in decision.effects if isinstance(effect, Notify)]


def kinds(decision: Decision) -> list[str]:
    """Return the kinds of the timeline entries."""
    return [entry.kind for entry in decision.entries]


def of_kind(decision: Decision, kind: type[Effect]) -> list[Effect]:
    """Return the effects of one kind."""
    return [effect for effect in decision.effects if isinstance(effect, kind)]


def test_opening_pages_the_primary() -> None:
    """A page opens with step 1: the primary, who has the step's time to answer."""
    decision = opened()

    assert notified(decision) == [("ana", Purpose.PAGE)]
    assert decision.page.due == NOON + minutes(5)
    assert kinds(decision) == ["page.opened", "step.paged"]


def test_escalation_walks_every_step_every_round_then_the_last_resort_for_ever() -> None:
    """Silence walks all four steps, three rounds long, then the last resort every 5 minutes."""
    decision = opened()
    walk = [notified(decision)]
    for _ in range(15):
        due = decision.page.due
        assert due is not None
        decision = decide(decision.page, TimerFired(), PLAN, due)
        walk.append(notified(decision))

    round_ = [[("ana", Purpose.PAGE)], [("ben", Purpose.PAGE)], [("dora", Purpose.PAGE)], [("eva", Purpose.PAGE)]]
    last_resort = [[("eva", Purpose.PAGE), ("dora", Purpose.PAGE)]]
    assert walk == round_ * 3 + last_resort * 4
    assert decision.page.due == NOON + minutes(3 * 30 + 3 * 5) + minutes(5)


def test_a_timer_before_its_time_changes_nothing() -> None:
    """A timer that fires early finds nothing due."""
    decision = after((4.9, TimerFired()))

    assert decision.effects == ()
    assert decision.entries == ()


def test_a_step_with_nobody_on_call_goes_on_at_once_and_alarms() -> None:
    """A hole in the schedule never swallows a page: the next step goes now, and the operators hear of the hole."""
    plan = a_plan(teams={**PLAN.teams, "payments": replace(PLAN.teams["payments"], roles={"secondary": "ben"})})
    decision = opened(plan=plan)

    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert kinds(decision) == ["page.opened", "nobody.on_call", "step.skipped", "step.paged"]
    assert [effect.kind for effect in decision.effects if isinstance(effect, RaiseAlarm)] == ["nobody_on_call"]


def test_a_person_without_a_usable_contact_is_passed_by_at_once() -> None:
    """A step that has nobody with a usable contact method does not wait."""
    plan = replace(PLAN, unusable=frozenset(("ana", medium) for medium in Medium))
    decision = opened(plan=plan)

    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert "person.unreachable" in kinds(decision)


def test_people_already_paged_in_a_round_are_not_paged_twice() -> None:
    """A step with only people already paged in this round goes on at once."""
    roles = {"primary": "ana", "secondary": "ana", "team_lead": "dora"}
    teams = {**PLAN.teams, "payments": replace(PLAN.teams["payments"], roles=roles)}
    decision = after((5, TimerFired()), plan=a_plan(teams=teams))

    assert notified(decision) == [("dora", Purpose.PAGE)]
    assert kinds(decision) == ["step.timed_out", "step.skipped", "step.paged"]


def test_no_policy_ends_in_silence_when_nobody_can_be_reached() -> None:
    """With every contact broken the page stands at the last resort, comes back every 5 minutes and alarms."""
    everybody = frozenset((person, medium) for person in PLAN.people for medium in Medium)
    decision = opened(plan=replace(PLAN, unusable=everybody))

    assert notified(decision) == []
    assert decision.page.position.stage is Stage.LAST_RESORT
    assert decision.page.due == NOON + minutes(5)
    assert "last_resort_unreachable" in [e.kind for e in decision.effects if isinstance(e, RaiseAlarm)]


def test_the_last_resort_of_a_quiet_page_is_whoever_a_quiet_method_reaches() -> None:
    """Nobody is said to be paged whom a page of low urgency has no way to reach."""
    phones = replace(PLAN.people["eva"], email=None)
    plan = replace(PLAN, people={**PLAN.people, "eva": phones})
    page = a_page(urgency="low", steps=(), position=Position(stage=Stage.LAST_RESORT))
    decision = decide(replace(page, position=replace(page.position, due=NOON)), TimerFired(), plan, NOON)

    assert notified(decision) == [("dora", Purpose.PAGE)]
    assert decision.page.position.asked == ("dora",)


def test_a_quiet_page_whose_last_resort_has_no_mailbox_left_goes_loudly() -> None:
    """A text about what could have been a mail is better than a page of which nobody ever hears."""
    mailboxes = frozenset((person, Medium.EMAIL) for person in PLAN.people)
    page = a_page(urgency="low", steps=(), position=Position(stage=Stage.LAST_RESORT, due=NOON))
    decision = decide(page, TimerFired(), replace(PLAN, unusable=mailboxes), NOON)

    told = [(e.person, e.urgency) for e in decision.effects if isinstance(e, Notify)]
    assert told == [("eva", Urgency.HIGH), ("dora", Urgency.HIGH)]
    assert decision.entries[-1].details["loudly"] == "no quiet method of theirs is left"
    assert not of_kind(decision, RaiseAlarm)


def test_a_quiet_page_goes_loudly_where_the_installation_has_no_quiet_channel() -> None:
    """With texts and calls alone nobody could be told of it: the primary is, who has it is, and who helps is."""
    plan = replace(PLAN, media=frozenset({Medium.SMS, Medium.VOICE}))
    page, taken = a_page(urgency="low"), (0.0, Acknowledged(by="ana", via="sms"))
    first = opened(page, plan)
    still_yours = after(taken, (30, TimerFired()), (35, TimerFired()), page=page, plan=plan)
    helped = after(taken, (1, ResponderAdded(by="ana", via="cli", person="ben")), page=page, plan=plan)

    for decision, person in ((first, "ana"), (still_yours, "ana"), (helped, "ben")):
        assert [(e.person, e.urgency) for e in decision.effects if isinstance(e, Notify)] == [(person, Urgency.HIGH)]
    assert "person.unreachable" not in kinds(first)


def test_acknowledging_stops_the_escalation_and_tells_the_others() -> None:
    """Whoever acknowledges holds the page for half an hour; what has not left is cancelled, the others are told."""
    decision = after((5, TimerFired()), (6, Acknowledged(by="ben", via="voice")))

    assert decision.page.status is PageStatus.ACKNOWLEDGED
    assert decision.page.due == NOON + minutes(36)
    assert of_kind(decision, CancelPending)
    assert of_kind(decision, TellEverybodyPaged) == [
        TellEverybodyPaged(purpose=Purpose.ACKNOWLEDGED_BY_OTHER, but=("ben",), actor="ben")
    ]


def test_the_first_answer_wins() -> None:
    """A second person who acknowledges changes nothing while the first is fresh."""
    decision = after((1, Acknowledged(by="ana", via="sms")), (2, Acknowledged(by="ben", via="sms")))

    held = decision.page.acknowledgement
    assert held is not None
    assert held.by == "ana"
    assert kinds(decision) == ["page.acknowledged_too"]


def test_a_holder_who_was_reminded_can_be_relieved() -> None:
    """Once the holder had to be reminded, somebody else's acknowledgement takes the page over."""
    decision = after(
        (1, Acknowledged(by="ana", via="sms")), (31, TimerFired()), (32, Acknowledged(by="ben", via="sms"))
    )

    held = decision.page.acknowledgement
    assert held is not None
    assert (held.by, held.until) == ("ben", NOON + minutes(62))


def test_an_acknowledgement_runs_out_in_three_stages() -> None:
    """At its end a quiet reminder, 5 minutes later the holder loudly, 5 minutes later step 1 again."""
    reminder = after((0, Acknowledged(by="ana", via="sms")), (30, TimerFired()))
    loud = after((0, Acknowledged(by="ana", via="sms")), (30, TimerFired()), (35, TimerFired()))
    again = after((0, Acknowledged(by="ben", via="sms")), (30, TimerFired()), (35, TimerFired()), (40, TimerFired()))

    assert notified(reminder) == [("ana", Purpose.REMINDER)]
    assert [e.urgency for e in reminder.effects if isinstance(e, Notify)] == [Urgency.LOW]
    assert notified(loud) == [("ana", Purpose.STILL_YOURS)]
    assert notified(again) == [("ana", Purpose.PAGE)]
    assert again.page.status is PageStatus.TRIGGERED


def test_a_holder_whom_no_quiet_method_reaches_is_not_said_to_be_reminded() -> None:
    """The timeline does not claim a reminder that had no way to go; the loud one comes at its time."""
    plan = replace(PLAN, unusable=frozenset({("ana", Medium.EMAIL)}))
    reminder = after((0, Acknowledged(by="ana", via="sms")), (30, TimerFired()), plan=plan)

    assert kinds(reminder) == ["page.not_reminded"]
    assert reminder.page.due == NOON + minutes(35)


@pytest.mark.parametrize(
    "act",
    [
        NoteAdded(by="ana", via="cli", text="restarting"),
        ResponderAdded(by="ana", via="cli", person="ben"),
        Acknowledged(by="ana", via="cli"),
    ],
)
def test_any_act_renews_the_acknowledgement(act: Event) -> None:
    """Any act of a person starts the half hour anew, also after the reminder."""
    decision = after((0, Acknowledged(by="ana", via="sms")), (32, act))

    held = decision.page.acknowledgement
    assert held is not None
    assert held.until == NOON + minutes(62)


def test_an_act_of_another_keeps_the_page_with_its_holder() -> None:
    """Whoever else writes something renews the acknowledgement too, and the timeline does not say it was the holder."""
    decision = after((0, Acknowledged(by="ana", via="sms")), (2, NoteAdded(by="cho", via="cli", text="same here")))

    held = decision.page.acknowledgement
    assert held is not None
    assert (held.by, held.until) == ("ana", NOON + minutes(32))
    assert kinds(decision) == ["page.note", "page.acknowledgement_kept"]


def test_an_act_never_moves_the_end_of_an_acknowledgement_earlier() -> None:
    """A note during a long snooze leaves its end where it is."""
    decision = after(
        (0, Snoozed(by="ana", via="cli", until=NOON + timedelta(hours=4))),
        (1, NoteAdded(by="ana", via="cli", text="x")),
    )

    held = decision.page.acknowledgement
    assert held is not None
    assert held.until == NOON + timedelta(hours=4)


def test_an_acknowledgement_is_undone_into_the_step_that_it_interrupted() -> None:
    """The step of before is paged again, with its whole time, and nothing is left of the acknowledgement."""
    decision = after(
        (5, TimerFired()), (6, Acknowledged(by="ben", via="sms")), (7, Undone(by="ben", via="sms")), page=a_page()
    )

    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert decision.page.status is PageStatus.TRIGGERED
    assert decision.page.due == NOON + minutes(12)
    assert decision.page.position.paged == ("ana", "ben")
    assert decision.page.last_acknowledged_by is None


@pytest.mark.parametrize(("by", "at"), [("ana", 2), ("ben", 6.1)])
def test_only_a_fresh_acknowledgement_of_ones_own_is_undone(by: str, at: float) -> None:
    """Another's, and one on which somebody may rely by now, stay."""
    held = after((1, Acknowledged(by="ben", via="sms"))).page

    with pytest.raises(IllegalTransition):
        decide(held, Undone(by=by, via="sms"), PLAN, NOON + minutes(at))


@pytest.mark.parametrize("frozen", [True, False])
def test_undoing_pages_nobody_while_nobody_is_to_be_paged(frozen: bool) -> None:
    """A page that is muted, or whose alerts are over, stays quiet."""
    quiet: Event = AlertEnded(alert="a")
    if frozen:
        quiet = AlertMuted(alert="a", by="b", why="w", until=NOON + minutes(60))
    decision = after((1, Acknowledged(by="ana", via="sms")), (2, quiet), (2.1, Undone(by="ana", via="sms")))

    assert notified(decision) == []
    assert decision.page.status is PageStatus.TRIGGERED


def test_a_helper_who_answers_is_told_to_the_holder_once() -> None:
    """The first answer of somebody who was asked for help says that they come; a second is one too many."""
    comes = after(
        (1, Acknowledged(by="ana", via="sms")),
        (2, ResponderAdded(by="ana", via="cli", person="ben")),
        (3, Acknowledged(by="ben", via="sms")),
    )
    again = decide(comes.page, Acknowledged(by="ben", via="cli"), PLAN, NOON + minutes(4))

    assert of_kind(comes, Tell) == [Tell(person="ana", purpose=Purpose.HELP_COMES, actor="ben")]
    assert of_kind(comes, CancelPending) == [CancelPending("ben answered", person="ben")]
    assert kinds(again) == ["page.acknowledged_too"]


def test_whoever_takes_a_page_still_wants_the_help_they_asked_for() -> None:
    """The helper's call is not cancelled, and nobody tells them that there is nothing to do."""
    decision = after((1, ResponderAdded(by="ana", via="cli", person="ben")), (2, Acknowledged(by="ana", via="sms")))

    assert CancelPending("acknowledged by ana", but_help=True) in decision.effects
    assert [effect.but for effect in decision.effects if isinstance(effect, TellEverybodyPaged)] == [("ana", "ben")]


def test_all_alerts_resolved_settle_before_the_page_resolves() -> None:
    """The page waits half a minute after its last alert resolved, and tells those it had paged."""
    settling = after((1, AlertEnded(alert="CheckoutErrors")))
    over = decide(settling.page, TimerFired(), PLAN, NOON + minutes(1.5))

    assert settling.page.is_open
    assert settling.page.due == NOON + minutes(1.5)
    assert over.page.status is PageStatus.RESOLVED
    assert over.page.due is None
    assert of_kind(over, TellEverybodyPaged)


def test_due_steps_wait_while_a_page_settles() -> None:
    """A step that would be due within the settle time does not go; it goes at once when an alert fires again."""
    settling = after((4.8, AlertEnded(alert="CheckoutErrors")))
    early = decide(settling.page, TimerFired(), PLAN, NOON + minutes(5.1))
    again = decide(early.page, replace(JOINED, fired_before=True), PLAN, NOON + minutes(5.2))
    step = decide(again.page, TimerFired(), PLAN, NOON + minutes(5.2))

    assert notified(early) == []
    assert again.page.due == NOON + minutes(5)
    assert notified(step) == [("ben", Purpose.PAGE)]


def test_more_of_the_same_in_an_acknowledged_page_is_told_quietly_and_not_all_the_time() -> None:
    """A new alert of the same severity is told to the holder by low methods, at most every 5 minutes."""
    first = after((0, Acknowledged(by="ana", via="sms")), (1, JOINED))
    second = decide(first.page, JOINED, PLAN, NOON + minutes(2))
    third = decide(second.page, JOINED, PLAN, NOON + minutes(6))

    assert notified(first) == [("ana", Purpose.MORE_ALERTS)]
    assert notified(second) == []
    assert notified(third) == [("ana", Purpose.MORE_ALERTS)]
    assert third.page.firing == 4


@pytest.mark.parametrize("acknowledged", [True, False])
def test_higher_severity_pages_again_from_step_1(acknowledged: bool) -> None:
    """A graver alert wakes the page up, whether somebody holds it or not."""
    before: list[tuple[float, Event]] = [(5, TimerFired())]
    if acknowledged:
        before.append((6, Acknowledged(by="ben", via="voice")))
    decision = after(*before, (7, replace(JOINED, severity="sev1", rank=1)))

    assert decision.page.status is PageStatus.TRIGGERED
    assert (decision.page.severity, decision.page.rank) == ("sev1", 1)
    assert notified(decision) == [("ana", Purpose.PAGE)]


def test_a_page_freezes_when_all_its_alerts_are_muted_and_begins_anew_after() -> None:
    """Muting every alert stops the timers; the end of the mute starts at step 1."""
    muted = after((5, TimerFired()), (6, AlertMuted(alert="a", by="ana", why="deploy", until=NOON + minutes(30))))
    awake = decide(muted.page, UNMUTED, PLAN, NOON + minutes(30))

    assert muted.page.due is None
    assert muted.page.frozen_why is not None
    assert notified(awake) == [("ana", Purpose.PAGE)]


MUTED = AlertMuted(alert="a", by="ana", why="deploy", until=NOON + minutes(30))


@pytest.mark.parametrize("before", [(), ((0, Acknowledged(by="ana", via="sms")),)])
def test_an_alert_that_becomes_graver_pages_again_from_step_1(before: tuple[tuple[float, Event], ...]) -> None:
    """It is news as much as another alert, in a triggered page and in an acknowledged one."""
    decision = after(*before, (7, RAISED))

    assert (decision.page.severity, decision.page.status) == ("sev1", PageStatus.TRIGGERED)
    assert (decision.page.firing, decision.page.alerts) == (1, 1)
    assert notified(decision) == [("ana", Purpose.PAGE)]


def test_an_alert_that_becomes_as_grave_as_its_page_is_told_to_the_holder() -> None:
    """Whoever has the page hears quietly of what is not worse than what they know."""
    decision = after((0, Acknowledged(by="ana", via="sms")), (1, replace(RAISED, severity="sev2", rank=2)))

    assert decision.page.status is PageStatus.ACKNOWLEDGED
    assert notified(decision) == [("ana", Purpose.MORE_ALERTS)]
    assert [entry.kind for entry in decision.entries] == ["alert.graver"]


def test_the_end_of_a_mute_is_heard_in_a_held_page() -> None:
    """What joined a held page under a silence was heard by nobody: a graver one pages, another is told quietly."""
    held = ((0, Acknowledged(by="ana", via="sms")), (1, replace(JOINED, muted=True)))
    same, graver = after(*held, (9, UNMUTED)), after(*held, (9, replace(UNMUTED, severity="sev1", rank=1)))

    assert notified(same) == [("ana", Purpose.MORE_ALERTS)]
    assert notified(graver) == [("ana", Purpose.PAGE)]
    assert (graver.page.severity, graver.page.muted) == ("sev1", 0)


def test_the_end_of_a_mute_wakes_a_frozen_page_for_what_is_graver() -> None:
    """Whoever held the frozen page held something milder."""
    decision = after((0, Acknowledged(by="ana", via="sms")), (1, MUTED), (9, replace(UNMUTED, severity="sev1", rank=1)))

    assert decision.page.frozen_why is None
    assert notified(decision) == [("ana", Purpose.PAGE)]
    assert [entry.kind for entry in decision.entries][:2] == ["page.unmuted", "alert.raised"]


def test_nothing_of_a_page_leaves_while_it_settles() -> None:
    """The next contact method waits as the next step does; both may be for nothing."""
    decision = after((1, AlertEnded(alert="a")))

    assert PostponePending(decision.page.settle_until) in decision.effects


def test_a_held_page_gets_a_fresh_period_after_a_mute() -> None:
    """An acknowledged page that was frozen goes on with a whole acknowledgement."""
    muted = after(
        (0, Acknowledged(by="ana", via="sms")), (1, AlertMuted(alert="a", by="b", why="w", until=NOON + minutes(60)))
    )
    awake = decide(muted.page, UNMUTED, PLAN, NOON + minutes(60))

    assert notified(awake) == []
    assert awake.page.due == NOON + minutes(90)


def test_a_page_with_one_unmuted_alert_goes_on() -> None:
    """A page freezes only when every alert of it that fires is muted."""
    two = after((1, JOINED), (2, AlertMuted(alert="a", by="b", why="w", until=NOON + minutes(60))))
    frozen = decide(two.page, AlertEnded(alert="b"), PLAN, NOON + minutes(3))

    assert two.page.due == NOON + minutes(5)
    assert frozen.page.due is None


def test_resolving_by_hand_holds_what_still_fires() -> None:
    """A page closed by hand ends for good; its firing alerts are held for an hour."""
    decision = after((3, ResolvedByHand(by="ana", via="cli", note="known")))

    assert decision.page.status is PageStatus.RESOLVED
    assert of_kind(decision, HoldAlerts) == [HoldAlerts(NOON + minutes(63))]


def test_escalating_by_hand_pages_the_next_step_now() -> None:
    """Escalate goes to the next step at once, also from an acknowledged page."""
    decision = after((1, Acknowledged(by="ana", via="sms")), (2, EscalatedByHand(by="ana", via="sms")))

    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert decision.page.status is PageStatus.TRIGGERED
    assert decision.page.last_acknowledged_by == "ana"


def test_reassigning_is_one_person_and_then_step_1() -> None:
    """The page goes to the person named; when they stay silent, to step 1."""
    handed = after((1, Reassigned(by="ana", via="cli", to="cho")))
    silent = decide(handed.page, TimerFired(), PLAN, NOON + minutes(6))

    assert notified(handed) == [("cho", Purpose.REASSIGNED)]
    assert [effect.actor for effect in handed.effects if isinstance(effect, Notify)] == ["ana"]
    assert notified(silent) == [("ana", Purpose.PAGE)]


def test_adding_a_responder_leaves_the_page_where_it_is() -> None:
    """A helper is reached, and the holder keeps the page."""
    decision = after((1, Acknowledged(by="ana", via="sms")), (2, ResponderAdded(by="ana", via="cli", person="ben")))

    assert notified(decision) == [("ben", Purpose.HELP)]
    assert decision.page.status is PageStatus.ACKNOWLEDGED


def test_a_follow_up_asks_first_who_had_it_last() -> None:
    """A page that follows another begins with whoever acknowledged that, if they are on call in one of its steps."""
    first = opened(before="ben")
    then = decide(first.page, TimerFired(), PLAN, NOON + minutes(5))
    after_that = decide(then.page, TimerFired(), PLAN, NOON + minutes(10))

    assert notified(first) == [("ben", Purpose.PAGE)]
    assert notified(then) == [("ana", Purpose.PAGE)]
    assert notified(after_that) == [("dora", Purpose.PAGE)]


def test_a_follow_up_does_not_ask_somebody_who_is_off_duty() -> None:
    """Whoever had it last and is not on call now is left alone."""
    assert notified(opened(before="cho")) == [("ana", Purpose.PAGE)]


def test_a_business_hours_page_stops_at_closing_time_and_goes_on_at_opening() -> None:
    """At 17:00 its timers stop; at 09:00 the next day the step is taken up again."""
    page = a_page(business_hours=True, urgency="low", severity="sev3", rank=3)
    decision = opened(page)
    while decision.page.opens_at is None:
        due = decision.page.due
        assert due is not None
        decision = decide(decision.page, TimerFired(), PLAN, due)
    closing, opening = datetime.fromisoformat("2026-01-06T16:00Z"), datetime.fromisoformat("2026-01-07T08:00Z")

    assert decision.entries[-1].at == closing
    assert decision.page.due == opening
    assert notified(decide(decision.page, TimerFired(), PLAN, opening))


def test_a_business_hours_page_by_night_waits_for_the_morning() -> None:
    """Opened outside the team's hours it reaches nobody until they begin."""
    decision = opened(a_page(business_hours=True, urgency="low"), at=NIGHT)

    assert notified(decision) == []
    assert decision.page.due == datetime.fromisoformat("2026-01-07T08:00Z")


def test_a_provider_in_trouble_changes_nothing_of_the_page():
    """Who carried the message is said on the timeline; the step keeps its time, and nobody is unreachable by that."""
    before = after()
    event = FailedOver(person="ana", medium="sms", provider="backup", why="twilio did not take it (answered 503)")
    decision = after((10, event))

    assert decision.page.position == before.page.position
    assert decision.effects == ()
    assert kinds(decision) == ["notification.failed_over"]


def test_losing_the_last_contact_of_everybody_asked_goes_on_at_once() -> None:
    """A contact refused for good leaves nobody of the step to be reached: the next step does not wait."""
    page = opened().page
    plan = replace(PLAN, unusable=frozenset(("ana", medium) for medium in Medium))
    event = ContactRefused(person="ana", medium="sms", detail="21610")

    assert notified(decide(page, event, plan, NOON + minutes(1))) == [("ben", Purpose.PAGE)]
    assert notified(decide(page, event, PLAN, NOON + minutes(1))) == []


def test_the_step_behind_a_refused_contact_waits_while_the_page_settles() -> None:
    """It is due when the page has settled: should the page resolve then, nobody was paged for nothing."""
    page = after((1, AlertEnded(alert="a"))).page
    plan = replace(PLAN, unusable=frozenset(("ana", medium) for medium in Medium))
    decision = decide(page, ContactRefused(person="ana", medium="sms", detail="21610"), plan, NOON + minutes(1))

    assert notified(decision) == []
    assert decision.page.position.due == page.settle_until


def test_a_late_timer_says_so() -> None:
    """After a stall the timeline says how late the step went, and only one step goes."""
    decision = after((60, TimerFired()))

    assert decision.entries[0].kind == "late"
    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert decision.page.due == NOON + minutes(65)


def test_an_overlooked_page_takes_its_step_from_the_beginning() -> None:
    """The step where it stands is paged once more, with its whole time; what was pending of it does not leave too."""
    decision = after((5, TimerFired()), (6, PageOverlooked(why="nobody was being told of it")))

    assert kinds(decision) == ["page.overlooked", "step.paged"]
    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert of_kind(decision, CancelPending)
    assert decision.page.due == NOON + minutes(11)
    assert decision.page.position.paged == ("ana", "ben")


def test_a_forgotten_alert_is_stale_and_says_why() -> None:
    """That its source does not know it any more is another sentence than that it was not renewed."""
    decision = after((1, AlertWentStale(alert="a", forgotten=True)))

    assert decision.page.stale == 1
    assert [entry.kind for entry in decision.entries] == ["alert.forgotten"]


def test_what_its_source_suppresses_without_an_end_freezes_without_one() -> None:
    """An inhibition has no end that anybody knows."""
    event = AlertMuted(alert="a", by="Alertmanager", why="inhibited by ClusterDown", until=None)
    decision = after((1, event))

    assert decision.page.frozen_why == "all its alerts are muted by Alertmanager: inhibited by ClusterDown"
    assert decision.entries[-1].details["until"] == ""


def test_stale_alerts_go_on_escalating() -> None:
    """An alert that its source stopped renewing is said on the page and changes no timer."""
    stale = after((1, AlertWentStale(alert="a")))
    believed = decide(stale.page, AlertRenewed(alert="a"), PLAN, NOON + minutes(2))

    assert (stale.page.stale, stale.page.due) == (1, NOON + minutes(5))
    assert believed.page.stale == 0


def test_resolved_is_terminal() -> None:
    """Nothing but a note happens to a resolved page."""
    page = after((1, ResolvedByHand(by="ana", via="cli"))).page
    told = decide(page, NoteAdded(by="ana", via="cli", text="it was DNS"), PLAN, NOON + minutes(2))

    assert kinds(told) == ["page.note"]
    for kind in get_args(Event):
        if kind is not NoteAdded:
            event = object.__new__(kind)
            with pytest.raises(IllegalTransition):
                decide(page, event, PLAN, NOON + minutes(2))


LIVE = ObservingEnded(since=NOON)


def test_what_was_only_observed_begins_at_step_1() -> None:
    """Wherever the escalation had got to: nobody was paged, so the secondary does not count as paged in this round."""
    decision = after((5, TimerFired()), (10, TimerFired()), (11, LIVE))

    assert notified(decision) == [("ana", Purpose.PAGE)]
    assert kinds(decision) == ["observing.ended", "step.paged"]
    assert of_kind(decision, CancelPending)
    assert decision.page.reached == ("ana",)
    assert decision.page.due == NOON + minutes(16)


def test_who_took_it_while_observing_keeps_it_and_undoing_pages_step_1() -> None:
    """The step that was interrupted is one that nobody ever heard of."""
    held = after((5, TimerFired()), (6, Acknowledged(by="dora", via="cli")), (7, LIVE))
    undone = decide(held.page, Undone(by="dora", via="cli"), PLAN, NOON + minutes(8))

    assert (held.page.status, notified(held), held.page.reached) == (PageStatus.ACKNOWLEDGED, [], ())
    assert notified(undone) == [("ana", Purpose.PAGE)]


def test_a_frozen_page_stays_frozen_and_thaws_to_step_1() -> None:
    """A silence mutes what was observed as well."""
    muted = AlertMuted(alert="a", by="ana", why="works", until=NOON + minutes(60))
    frozen = after((5, TimerFired()), (6, muted), (7, LIVE))
    thawed = decide(frozen.page, UNMUTED, PLAN, NOON + minutes(60))

    assert notified(frozen) == []
    assert frozen.page.due is None
    assert notified(thawed) == [("ana", Purpose.PAGE)]


def test_a_page_outside_its_hours_opens_with_step_1() -> None:
    """In the morning the primary is paged, and not whoever stood there when it closed."""
    page = a_page(business_hours=True)
    closing = NOON + timedelta(hours=6)
    decision = opened(page)
    for at, event in ((5, TimerFired()), (10, TimerFired())):
        decision = decide(decision.page, event, PLAN, NOON + minutes(at))
    assert decision.page.position.index == 2
    position = replace(decision.page.position, due=closing + minutes(9))
    shut = replace(decision.page, closes_at=closing, position=position)
    decision = decide(shut, TimerFired(), PLAN, closing)
    assert decision.page.opens_at is not None
    live = decide(decision.page, LIVE, PLAN, closing + minutes(1))
    morning = decide(live.page, TimerFired(), PLAN, decision.page.opens_at)

    assert notified(live) == []
    assert live.page.opens_at == decision.page.opens_at
    assert notified(morning) == [("ana", Purpose.PAGE)]


def test_a_settling_page_waits_for_its_end() -> None:
    """What is to be said waits until the page has settled, and is cancelled when it has."""
    settling = after((1, AlertEnded(alert="a")))
    decision = decide(settling.page, LIVE, PLAN, NOON + minutes(1))

    assert [effect.until for effect in decision.effects if isinstance(effect, PostponePending)] == [
        settling.page.settle_until
    ]


@pytest.mark.parametrize(
    ("before", "refused"),
    [((), "ben"), (((0.5, Acknowledged(by="ana", via="sms")),), "ana")],
    ids=["of somebody who was not asked", "of whoever has the page"],
)
def test_a_refused_contact_is_only_noted(before: tuple[tuple[float, Event], ...], refused: str) -> None:
    """It moves an escalation on only where it leaves nobody of this very step to be reached."""
    page = after(*before).page
    plan = replace(PLAN, unusable=frozenset((refused, medium) for medium in Medium))
    decision = decide(page, ContactRefused(person=refused, medium="sms", detail="21610"), plan, NOON + minutes(1))

    assert kinds(decision) == ["contact.refused"]
    assert decision.effects == ()
    assert decision.page.due == page.due


def test_whoever_snoozes_what_they_have_tells_nobody_anew() -> None:
    """The others heard that the page is taken when it was."""
    decision = after(
        (1, Acknowledged(by="ana", via="sms")), (2, Snoozed(by="ana", via="sms", until=NOON + minutes(60)))
    )

    assert of_kind(decision, TellEverybodyPaged) == []
    assert decision.page.due == NOON + minutes(60)


def test_a_page_opens_with_what_it_follows_and_what_its_alert_lacks() -> None:
    """Whoever reads the timeline at three sees that it is the second time, and which tests the alert fails."""
    page = a_page(follows="p-old")
    page = replace(page, subject=replace(page.subject, violations=("clear: no summary", "owned: no team")))
    decision = opened(page)

    assert kinds(decision) == ["page.opened", "page.follows", "page.violation", "step.paged"]
    assert decision.entries[1].details == {"page": "p-old"}
    assert decision.entries[2].details == {"reasons": "clear: no summary; owned: no team"}
