"""What the team's business hours do to a page that keeps to them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from pagerd.core.events import Acknowledged, AlertMuted, AlertRaised, AlertUnmuted, PageOverlooked, TimerFired
from pagerd.core.paging.decide import decide
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.plan import BusinessHours
from tests.builders import NIGHT, NOON, minutes
from tests.core.paging.test_decide import PLAN, a_page, after, kinds, notified, opened

CLOSING = datetime.fromisoformat("2026-01-06T16:00Z")
OPENING = datetime.fromisoformat("2026-01-07T08:00Z")
BY_DAY = {"business_hours": True, "urgency": "low", "severity": "sev3", "rank": 3}
GRAVER = AlertRaised(alert="a", before="sev3", severity="sev2", rank=2, urgency="high", business_hours=True)


def shut(page: Page | None = None) -> Page:
    """Return a page that was opened by night and waits for the morning."""
    return opened(page or a_page(**BY_DAY), at=NIGHT).page


def test_whoever_has_it_at_closing_time_has_as_long_in_the_morning() -> None:
    """Twenty minutes were left of the acknowledgement in the evening: they are left still."""
    held = after((290, Acknowledged(by="ana", via="sms")), (300, TimerFired()), page=a_page(**BY_DAY))
    morning = decide(held.page, TimerFired(), PLAN, OPENING)

    assert (held.entries[-1].at, kinds(held)) == (CLOSING, ["page.closed_hours"])
    assert held.page.due == OPENING
    assert notified(morning) == []
    assert morning.page.due == OPENING + minutes(20)


def test_hours_that_moved_while_it_was_closed_are_the_ones_that_count() -> None:
    """The files say ten by now: at nine nobody is paged."""
    team = replace(PLAN.teams["payments"], hours=BusinessHours(frozenset(range(5)), time(10), time(17)))
    later = replace(PLAN, teams={**PLAN.teams, "payments": team})
    decision = decide(shut(), TimerFired(), later, OPENING)

    assert notified(decision) == []
    assert decision.page.due == OPENING + timedelta(hours=1)
    assert notified(decide(decision.page, TimerFired(), later, OPENING + timedelta(hours=1))) == [("ana", Purpose.PAGE)]


@pytest.mark.parametrize(
    ("page", "at", "event", "paged"),
    [
        (shut(), NIGHT, GRAVER, []),
        (shut(), NIGHT, replace(GRAVER, business_hours=False), [("ana", Purpose.PAGE)]),
        (opened(a_page(**BY_DAY)).page, NOON, GRAVER, [("ana", Purpose.PAGE)]),
    ],
    ids=["graver waits by night too", "unless it pages at any hour", "by day it is paged at once"],
)
def test_what_is_graver_keeps_to_the_hours_that_it_has_itself(
    page: Page, at: datetime, event: AlertRaised, paged: list[tuple[str, Purpose]]
) -> None:
    """The page has the severity at once; whether anybody is woken for it is what the severity says."""
    decision = decide(page, event, PLAN, at + minutes(1))

    assert notified(decision) == paged
    assert (decision.page.severity, decision.page.urgency) == ("sev2", "high")
    assert decision.page.business_hours is event.business_hours
    assert decision.page.due == (at + minutes(6) if paged else OPENING)


def test_a_silence_that_ends_by_night_wakes_nobody() -> None:
    """What it covered goes on in the morning."""
    muted = AlertMuted(alert="a", by="ana", why="deploy", until=NIGHT)
    frozen = after((1, muted), page=a_page(**BY_DAY)).page
    ended = AlertUnmuted(alert="a", severity="sev3", rank=3, urgency="low", business_hours=True)
    decision = decide(frozen, ended, PLAN, NIGHT)

    assert notified(decision) == []
    assert kinds(decision) == ["page.unmuted", "page.closed_hours"]
    assert decision.page.due == OPENING


def test_what_the_auditor_finds_by_night_waits_for_the_morning_as_well() -> None:
    """A page that was overlooked is no reason to wake anybody for what can wait."""
    decision = decide(opened(a_page(**BY_DAY)).page, PageOverlooked(why="nobody was told"), PLAN, NIGHT)

    assert notified(decision) == []
    assert decision.page.due == OPENING


def test_a_page_of_a_team_that_is_gone_from_the_files_closes_no_more() -> None:
    """Nobody can say what its hours would be: the page goes on, it is not put away until a morning that never comes."""
    page = opened(a_page(**BY_DAY)).page
    page = replace(page, closes_at=CLOSING, position=replace(page.position, due=CLOSING + minutes(9)))
    decision = decide(page, TimerFired(), replace(PLAN, teams={}), CLOSING)

    assert (decision.page.opens_at, decision.page.closes_at) == (None, None)
    assert decision.page.due == CLOSING + minutes(9)
