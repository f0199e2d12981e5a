"""Answers, timers, escalations and ends in every order: the page never falls silent, and has one holder at a time."""

import itertools
import random  # noqa: TID251  # seeded, so that what fails can be seen again
from collections import Counter
from dataclasses import replace

import pytest

from pagerd.core.effects import CancelPending, Notify
from pagerd.core.errors import IllegalTransition
from pagerd.core.events import (
    Acknowledged,
    AlertEnded,
    AlertJoined,
    AlertMuted,
    AlertUnmuted,
    EscalatedByHand,
    Reassigned,
    ResolvedByHand,
    TimerFired,
    Undone,
)
from pagerd.core.paging.decide import decide
from pagerd.core.paging.page import Holding, PageStatus
from pagerd.core.paging.purpose import Purpose
from tests.builders import NOON, a_plan, minutes
from tests.core.paging.test_decide import a_page, opened
from tests.figures import note
from tests.share import in_share

pytestmark = pytest.mark.timeout(in_share(ci=120, proof=3_600))

PLAN = a_plan()
JOINED = AlertJoined(alert="b", severity="sev2", rank=2, urgency="high")
EVENTS = {
    "ana acknowledges": Acknowledged(by="ana", via="sms"),
    "ben acknowledges": Acknowledged(by="ben", via="voice"),
    "ana takes it back": Undone(by="ana", via="sms"),
    "the timer fires": TimerFired(),
    "an alert ends": AlertEnded(alert="a"),
    "an alert joins": JOINED,
    "ben escalates": EscalatedByHand(by="ben", via="cli"),
}
MORE = EVENTS | {
    "an alert is muted": AlertMuted(alert="a", by="ben", why="silence", until=None),
    "an alert is not muted any more": AlertUnmuted(alert="a", severity="sev2", rank=2, urgency="high"),
    "ana hands it to ben": Reassigned(by="ana", via="cli", to="ben"),
    "ben resolves it": ResolvedByHand(by="ben", via="cli"),
}
DEPTH = 5
SEEDS = in_share(ci=2_000, proof=100_000)
ESCALATES = Purpose.PAGE


def can_happen(page, name):
    """Would the engine hand this event to a page in this state? Alerts end, and are muted, that fire."""
    match name:
        case "an alert ends":
            return page.firing > page.muted
        case "an alert is muted":
            return page.firing > page.muted
        case "an alert is not muted any more":
            return page.muted > 0
        case "the timer fires":
            return page.due is not None
    return True


def wrong_with(page, name, decision, now):
    """Say which promise a decision breaks, or nothing."""
    after = decision.page
    told = [effect for effect in decision.effects if isinstance(effect, Notify) and effect.purpose is ESCALATES]
    held = page.acknowledgement
    if after.is_open and after.due is None and after.frozen_why is None:
        return "it is open, and nothing will ever happen to it"
    if after.is_open and after.status is PageStatus.TRIGGERED and after.acknowledgement is not None:
        return "somebody holds it, and it still wants a human"
    if (after.status is PageStatus.ACKNOWLEDGED) != (after.acknowledgement is not None):
        return "its status and its holder contradict each other"
    if name.endswith("acknowledges") and told:
        return "an answer pages somebody"
    if (
        name.endswith("acknowledges")
        and held is None
        and not any(isinstance(e, CancelPending) for e in decision.effects)
    ):
        return "it is taken, and what waits still goes out"
    is_fresh = held is not None and held.holding is Holding.FRESH
    if is_fresh and name == "ben acknowledges" and after.acknowledgement.by != held.by:
        return "a second answer took it from its holder"
    if not after.is_open and told:
        return "it is over, and pages somebody"
    if name == "the timer fires" and page.due > now and (after != page or decision.effects):
        return "a timer that came too early did something"
    if after.version < page.version:
        return "it went back"
    return ""


def walk(names):
    """Let events happen one after the other, half of them at the very instant of the timer; return what went wrong."""
    page, now = opened().page, NOON
    page = replace(page, firing=2, alerts=2)
    happened = []
    for number, name in enumerate(names):
        if not can_happen(page, name):
            continue
        if name == "the timer fires" or (number % 2 and page.due is not None):
            now = max(now, page.due or now)
        happened.append(name)
        try:
            decision = decide(page, MORE[name], PLAN, now)
        except IllegalTransition:
            continue
        if wrong := wrong_with(page, name, decision, now):
            return f"{wrong}: {' > '.join(happened)}"
        page = decision.page
    return ""


def test_every_order_of_five_keeps_what_is_promised():
    """Seven events, each five times: 16,807 ways in which a night can go."""
    ways = [*itertools.product(EVENTS, repeat=DEPTH)]
    wrong = Counter(found for names in ways if (found := walk(names)))
    note(
        f"orders of acknowledging, escalating and ending, {DEPTH} deep: broken promises",
        wrong.total(),
        n=len(ways),
        at_most=0,
    )

    assert not wrong, wrong.most_common(5)


def test_long_random_nights_keep_what_is_promised():
    """Up to forty events, of more kinds."""
    wrong = []
    for seed in range(SEEDS):
        draw = random.Random(seed)
        names = draw.choices([*MORE], k=draw.randrange(5, 41))
        if found := walk(names):
            wrong.append(f"seed {seed}: {found}")
    note("random orders of up to 40 events on a page: broken promises", len(wrong), n=SEEDS, at_most=0)

    assert not wrong, wrong[:5]


def test_a_broken_promise_is_seen():
    """The checks find what they are for: a page that would be forgotten, and one that lost its holder."""
    page = opened(a_page()).page
    decision = decide(page, Acknowledged(by="ana", via="sms"), PLAN, NOON + minutes(1))
    forgotten = replace(decision, page=replace(decision.page, acknowledgement=None))
    silent = replace(decision, page=replace(page, position=replace(page.position, due=None)))

    assert wrong_with(page, "ana acknowledges", forgotten, NOON) != ""
    assert wrong_with(page, "an alert joins", silent, NOON) == "it is open, and nothing will ever happen to it"
