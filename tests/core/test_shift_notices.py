"""What is told around a shift: the difference between what the plan says and what the person knows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core import shift_notices
from pagerd.core.oncall.schedule import Away, Book, FixedShift, Override, OverrideKind, Turn, Unit, Window
from pagerd.core.people import ShiftNotices
from pagerd.core.shift_notices import LOOKS_AGAIN, LOOKS_AHEAD, News, Told
from tests.builders import a_person, a_plan, a_schedule

MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)  # 09:00 in Berlin
WEEK, DAY, HOUR = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1)
ALL = ShiftNotices(before=(DAY,), at_start=True, at_end=True)


def told_around(notices=ALL, *, overrides=(), schedule=None):
    """Return a company with one schedule, around whose shifts its team wants these notices."""
    plan = a_plan()
    schedule = schedule or a_schedule("payments-primary", "ana", "ben", "cho")
    team = replace(plan.teams["payments"], shift_notices=notices)
    book = Book(schedules={schedule.id: schedule}, overrides=tuple(overrides))
    return replace(plan, teams={**plan.teams, "payments": team}, book=book)


def an_override(person, start, lasts=DAY):
    """Return an override that puts somebody in for all."""
    return Override(
        id="o1",
        schedule="payments-primary",
        kind=OverrideKind.EVERYBODY,
        start=start,
        end=start + lasts,
        people=(person,),
    )


def look(plan, person, told, now):
    """Look at somebody who is told something."""
    found = shift_notices.look(plan, plan.people[person], told, now)
    assert found is not None
    return found


def told_until(plan, person, until, since=MONDAY - 2 * DAY, told=None):
    """Look whenever it is due; return each instant with what was new, and what the person knows in the end."""
    seen, now = [], since
    told = told if told is not None else look(plan, person, Told(), since).told
    while now <= until:
        found = look(plan, person, told, now)
        told = found.told
        seen += [(now, line.news) for line in found.lines]
        assert found.due > now, "or the timer would never rest"
        now = found.due
    return seen, told


def test_a_turn_is_told_a_day_before_at_its_start_and_at_its_end():
    """Once each, at the instant itself; three weeks later all over again."""
    starts = [MONDAY + WEEK, MONDAY + 4 * WEEK]
    seen, _ = told_until(told_around(), "ben", MONDAY + 6 * WEEK)

    assert seen == [
        pair
        for start in starts
        for pair in ((start - DAY, News.COMES), (start, News.BEGAN), (start + WEEK, News.ENDED))
    ]


def test_each_may_be_left_out():
    """What is not wanted is not told, and what is wanted is."""
    before = ShiftNotices(before=(2 * HOUR, HOUR))
    start, end = ShiftNotices(at_start=True), ShiftNotices(at_end=True)

    at = MONDAY + WEEK
    wanted = {
        before: [(at - 2 * HOUR, News.COMES), (at - HOUR, News.COMES)],
        start: [(at, News.BEGAN)],
        end: [(at + WEEK, News.ENDED)],
    }
    for notices, seen in wanted.items():
        assert told_until(told_around(notices), "ben", MONDAY + 3 * WEEK)[0] == seen


def test_who_is_told_nothing_is_not_looked_at():
    """Off is no row and no timer; what a person says themself goes before what the team says."""
    plan = told_around()
    silent = replace(plan.people["ben"], shift_notices=ShiftNotices())

    assert shift_notices.look(told_around(ShiftNotices()), plan.people["ben"], Told(), MONDAY) is None
    assert shift_notices.look(plan, silent, Told(), MONDAY) is None
    assert shift_notices.look(plan, plan.people["dora"], Told(), MONDAY) is None
    loud = replace(plan.people["ben"], shift_notices=ALL)
    assert shift_notices.look(told_around(ShiftNotices()), loud, Told(), MONDAY) is not None


def test_whether_anybody_is_told():
    """A team or a person is enough."""
    quiet = told_around(ShiftNotices())
    one = replace(quiet, people={**quiet.people, "ben": a_person("ben", shift_notices=ALL)})

    assert not shift_notices.tells_anybody(quiet)
    assert not shift_notices.tells_anybody(a_plan())
    assert shift_notices.tells_anybody(one)
    assert shift_notices.tells_anybody(told_around())


@pytest.mark.parametrize("late", [timedelta(0), HOUR, 6 * DAY])
def test_a_late_look_tells_what_is_true_then_once(late):
    """How late it is does not matter; the start is said as it was."""
    plan = told_around(ShiftNotices(before=(DAY, HOUR), at_start=True))
    knows = look(plan, "ben", Told(), MONDAY).told
    now = MONDAY + WEEK + late
    found = look(plan, "ben", knows, now)
    [line] = found.lines

    assert (line.news, line.start, line.people) == (News.BEGAN, MONDAY + WEEK, ("ana",))
    assert look(plan, "ben", found.told, now).lines == ()


def test_of_several_lead_times_that_were_missed_one_is_told():
    """Two mails that say the same at once help nobody."""
    plan = told_around(ShiftNotices(before=(DAY, 2 * HOUR, HOUR)))
    knows = look(plan, "ben", Told(), MONDAY).told
    found = look(plan, "ben", knows, MONDAY + WEEK - 90 * timedelta(minutes=1))

    assert [line.news for line in found.lines] == [News.COMES]
    assert found.due == MONDAY + WEEK - HOUR


def test_a_shift_that_came_and_went_unseen_is_not_told():
    """Nor is that it ended, of which nobody knew that it began."""
    plan = told_around()
    knows = look(plan, "ben", Told(), MONDAY).told
    found = look(plan, "ben", knows, MONDAY + 2 * WEEK + HOUR)

    assert found.lines == ()


def test_a_lead_time_in_the_night_counts_from_the_minute_before():
    """A shift at 03:00, told two hours before: at 21:59 the evening before, when the reader is still awake."""
    by_night = a_schedule("payments-primary", "ana", "ben")
    layer = replace(by_night.levels[0][0], start=datetime(2026, 1, 6, 3), every=Turn(1, Unit.WEEKS))  # noqa: DTZ001
    plan = told_around(ShiftNotices(before=(2 * HOUR,)), schedule=replace(by_night, levels=((layer,),)))
    seen, _ = told_until(plan, "ben", MONDAY + 9 * DAY)

    assert seen == [(datetime(2026, 1, 12, 20, 59, tzinfo=UTC), News.COMES)]


def test_a_lead_time_that_reaches_into_the_last_shift_is_left_out():
    """Whoever has five nights in a row is told of the first a day before, and of each that it begins and ends."""
    nights = a_schedule("payments-primary", "ana", "ben")
    window = Window(frozenset(range(5)), datetime(2026, 1, 5, 18).time(), datetime(2026, 1, 5, 8).time())  # noqa: DTZ001
    layer = replace(nights.levels[0][0], only=(window,))
    seen, _ = told_until(told_around(schedule=replace(nights, levels=((layer,),))), "ben", MONDAY + 13 * DAY)

    assert [news for _, news in seen].count(News.COMES) == 1
    assert seen[0] == (MONDAY + WEEK + 9 * HOUR - DAY, News.COMES)
    assert [news for _, news in seen].count(News.BEGAN) == 5


def test_what_was_told_and_is_not_true_any_more_is_corrected():
    """Of whoever loses the shift that it is gone and whose it is, of whoever has it that it comes."""
    now = MONDAY + WEEK - HOUR
    plan = told_around()
    knows = {name: told_until(plan, name, now)[1] for name in ("ben", "cho")}
    changed = told_around(overrides=[an_override("cho", MONDAY + WEEK, WEEK)])
    gone, comes = look(changed, "ben", knows["ben"], now), look(changed, "cho", knows["cho"], now)

    [line] = gone.lines
    assert (line.news, line.start, line.people) == (News.GONE, MONDAY + WEEK, ("cho",))
    assert [line.news for line in comes.lines] == [News.COMES]
    # And back again: what is told a second time is news, because it was taken back.
    back = look(plan, "ben", gone.told, now)
    assert [line.news for line in back.lines] == [News.COMES]


def test_a_shift_that_moves_is_told_with_what_it_was():
    """At its start, at its end, before it begins or after."""
    now = MONDAY + WEEK - HOUR
    plan = told_around()
    _, knows = told_until(plan, "ben", now)
    later = look(told_around(overrides=[an_override("ana", MONDAY + WEEK)]), "ben", knows, now)
    shorter = look(told_around(overrides=[an_override("cho", MONDAY + 2 * WEEK - DAY)]), "ben", knows, now)
    _, on = told_until(plan, "ben", MONDAY + WEEK, since=now, told=knows)
    running = look(told_around(overrides=[an_override("cho", MONDAY + WEEK + DAY, WEEK)]), "ben", on, MONDAY + WEEK)

    [line] = later.lines
    assert (line.news, line.was_start, line.start) == (News.MOVED, MONDAY + WEEK, MONDAY + WEEK + DAY)
    [line] = shorter.lines
    assert (line.news, line.was_end, line.end) == (News.MOVED, MONDAY + 2 * WEEK, MONDAY + 2 * WEEK - DAY)
    [line] = running.lines
    assert (line.news, line.was_start, line.was_end) == (News.MOVED, None, MONDAY + 2 * WEEK)
    assert line.end == MONDAY + WEEK + DAY


def test_an_end_that_comes_into_sight_is_no_news():
    """A year alone: its end is beyond what is looked at until a month before."""
    alone = a_schedule("payments-primary", "ana", "ben")
    layer = replace(alone.levels[0][0], every=Turn(20, Unit.WEEKS))
    plan = told_around(schedule=replace(alone, levels=((layer,),)))
    end = MONDAY + 20 * WEEK - HOUR  # an hour sooner: the clocks have changed meanwhile
    seen, told = told_until(plan, "ana", end - HOUR)

    assert seen == [(MONDAY - DAY, News.COMES), (MONDAY, News.BEGAN)]
    assert told.held[0].end == end


def test_a_schedule_that_leaves_the_files_ends_for_whoever_has_it():
    """And what was told of it is gone; then there is nobody left to look at."""
    now = MONDAY + WEEK - HOUR
    plan = told_around()
    without = replace(plan, book=Book())
    for name, news in (("ana", News.ENDED), ("ben", News.GONE)):
        found = look(without, name, told_until(plan, name, now)[1], now)

        assert [(line.news, line.people) for line in found.lines] == [(news, ())]
        assert shift_notices.look(without, plan.people[name], found.told, now) is None


def test_somebody_is_looked_at_again_before_a_shift_could_slip_through():
    """The longest lead time lies within what was looked at when nothing was due."""
    assert LOOKS_AGAIN + 14 * DAY < LOOKS_AHEAD


def test_a_change_that_comes_with_a_reminder_is_told_once():
    """Who hears that their shift has moved need not be told in the same breath that it comes."""
    twice = ShiftNotices(before=(2 * DAY, DAY), at_start=True, at_end=True)
    now = MONDAY + WEEK - DAY
    _, knows = told_until(told_around(twice), "ben", now - HOUR)
    shorter = [an_override("cho", MONDAY + 2 * WEEK - DAY)]

    assert [line.news for line in look(told_around(twice), "ben", knows, now).lines] == [News.COMES]
    assert [line.news for line in look(told_around(twice, overrides=shorter), "ben", knows, now).lines] == [News.MOVED]


def test_a_shift_that_begins_sooner_than_was_told_is_not_gone():
    """It is on: that is what is told, and not that it does not come."""
    now = MONDAY + WEEK - HOUR
    plan = told_around()
    _, knows = told_until(plan, "ben", now)
    sooner = told_around(overrides=[an_override("ben", now - HOUR, 2 * HOUR)])

    assert [line.news for line in look(sooner, "ben", knows, now).lines] == [News.BEGAN]


def shadowing(*always, fixed=(), away=()):
    """Return a company whose primary has shadows, for good or for some time."""
    schedule = replace(a_schedule("payments-primary", "ana", "ben", "cho"), shadows=always, fixed=tuple(fixed))
    plan = told_around(schedule=schedule)
    return replace(plan, book=replace(plan.book, away=tuple(away)))


def as_shadow(plan, person, until, since=MONDAY - 2 * DAY):
    """Look whenever it is due; return each instant with what was new, and whether it is told to a shadow."""
    seen, now, told = [], since, look(plan, person, Told(), since).told
    while now <= until:
        found = look(plan, person, told, now)
        told = found.told
        seen += [(now, line.news, line.as_shadow) for line in found.lines]
        now = found.due
    return seen


def test_shadowing_is_told_as_what_it_is_before_at_its_start_and_at_its_end():
    """Beside whom, and never as a shift."""
    start, end = MONDAY + 2 * DAY, MONDAY + WEEK + DAY
    plan = shadowing(fixed=[FixedShift(start=start, end=end, shadows=("eva",))])
    comes = look(plan, "eva", look(plan, "eva", Told(), MONDAY).told, start - DAY).lines

    assert as_shadow(plan, "eva", MONDAY + 3 * WEEK) == [
        (start - DAY, News.COMES, True),
        (start, News.BEGAN, True),
        (end, News.ENDED, True),
    ]
    assert [(line.beside, line.start, line.end, line.takes_over) for line in comes] == [(("ana",), start, end, False)]


def test_whoever_shadows_for_good_hears_of_it_around_their_own_turn():
    """On call they are told that, and not that they shadow no more; afterwards they shadow again."""
    own = MONDAY + WEEK

    assert as_shadow(shadowing("ben"), "ben", MONDAY + 3 * WEEK) == [
        (own - DAY, News.COMES, False),
        (own, News.BEGAN, False),
        (own + WEEK - DAY, News.COMES, True),
        (own + WEEK, News.ENDED, False),
        (own + WEEK, News.BEGAN, True),
    ]


def test_a_shadow_who_is_none_any_more_is_told_so():
    """The files were changed, or they are away meanwhile."""
    plan = shadowing("eva")
    told = look(plan, "eva", Told(), MONDAY).told
    gone = look(told_around(), "eva", told, MONDAY + DAY)
    away = Away(person="eva", start=MONDAY + DAY, end=MONDAY + 2 * DAY)

    assert [(line.news, line.as_shadow) for line in gone.lines] == [(News.ENDED, True)]
    assert gone.told == Told()
    assert as_shadow(shadowing("eva", away=[away]), "eva", MONDAY + WEEK) == [
        (away.start, News.ENDED, True),
        (away.start, News.COMES, True),
        (away.end, News.BEGAN, True),
    ]


def test_what_was_announced_to_a_shadow_and_changes_is_corrected():
    """It moves, or is gone; the same schedule's shifts of others are none of it."""
    start, end = MONDAY + 2 * DAY, MONDAY + 4 * DAY
    plan = shadowing(fixed=[FixedShift(start=start, end=end, shadows=("eva",))])
    told = look(plan, "eva", Told(), start - DAY).told
    later = shadowing(fixed=[FixedShift(start=start + HOUR, end=end, shadows=("eva",))])

    for other, news in ((later, News.MOVED), (told_around(), News.GONE)):
        found = look(other, "eva", told, start - DAY)
        assert [(line.news, line.as_shadow) for line in found.lines] == [(news, True)]
