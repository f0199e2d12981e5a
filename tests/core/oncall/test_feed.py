from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from pagerd.core.errors import NotFound
from pagerd.core.oncall.feed import calendar_of, feed_of
from pagerd.core.oncall.schedule import Away, Override, OverrideKind
from tests.builders import NOON, a_person, a_plan, a_schedule
from tests.core.oncall.books import MONTH, at, layer

FROM, TO = at("2026-01-12 00:00"), at("2026-01-20 00:00")
DAY = timedelta(days=1)


def events(text):
    """Return summary, beginning and end of each event, as another library reads them."""
    return [
        (str(one["SUMMARY"]), one["DTSTART"].dt, one["DTEND"].dt) for one in Calendar.from_ical(text).walk("VEVENT")
    ]


def ids(text):
    """Return what each event is known by, with its beginning."""
    return {str(one["UID"]): one["DTSTART"].dt for one in Calendar.from_ical(text).walk("VEVENT")}


def with_override(plan, start, end, kind=OverrideKind.REPLACE):
    """Put cho on call for ben."""
    one = Override(
        id="o-1", schedule="payments-primary", kind=kind, start=start, end=end, people=("cho",), instead_of="ben"
    )
    return replace(plan, book=replace(plan.book, overrides=(one,)))


def test_a_person_has_their_own_shifts_whole():
    """The span cuts none of them: what a program knows already does not move with the day."""
    plan = a_plan(people={**a_plan().people, "ben": a_person("ben", name="Ben Okafor")})
    said = calendar_of(plan, "ben", FROM, TO, NOON)

    assert events(said) == [
        ("On call: payments-secondary", at("2026-01-05 08:00"), at("2026-01-12 08:00")),
        ("On call: payments-primary", at("2026-01-12 08:00"), at("2026-01-19 08:00")),
    ]
    assert "X-WR-CALNAME:On call: Ben Okafor\r\n" in said


def test_a_team_has_everybody_by_name():
    """The schedules of its roles and its own; a schedule alone, or everything."""
    plan = a_plan()

    of_team = {words for words, _, _ in events(calendar_of(plan, "payments", FROM, TO, NOON))}
    of_all = {words for words, _, _ in events(calendar_of(plan, None, FROM, TO, NOON))}
    of_one = {words for words, _, _ in events(calendar_of(plan, "payments-primary", FROM, TO, NOON))}
    name = plan.people["ana"].name
    assert f"{name} (payments-primary)" in of_one < of_team < of_all
    assert {words.partition(" (")[2] for words in of_team} == {"payments-primary)", "payments-secondary)"}


def test_a_feed_stays_the_same_for_a_day_and_its_entries_for_longer():
    """Sign by sign within a day; the next day the same shifts have the same names."""
    plan = a_plan()
    today, tonight = (feed_of(plan, "payments", NOON + timedelta(hours=hours)) for hours in (0, 11))
    tomorrow, later = feed_of(plan, "payments", NOON + DAY), feed_of(plan, "payments", NOON + 40 * DAY)

    assert today == tonight != tomorrow
    shared = ids(today).keys() & ids(later).keys()
    assert len(shared) >= 20
    assert all(ids(today)[one] == ids(later)[one] for one in shared)
    assert ids(today).keys() - ids(tomorrow).keys() <= {min(ids(today), key=lambda one: ids(today)[one])}


def test_a_shift_that_ends_sooner_is_the_same_entry_and_another_person_is_another():
    """A program moves the end, and shows who comes instead as a new entry."""
    plan = a_plan()
    shorter = with_override(plan, at("2026-01-17 08:00"), at("2026-01-19 08:00"))
    before, after = (calendar_of(one, "payments-primary", FROM, TO, NOON) for one in (plan, shorter))

    [of_ben] = [one for one, start in ids(before).items() if start == at("2026-01-12 08:00")]
    assert of_ben in ids(after)
    assert (at("2026-01-12 08:00"), at("2026-01-17 08:00")) in {(start, end) for _, start, end in events(after)}
    assert len(ids(after).keys() - ids(before).keys()) == 1


def test_a_long_turn_is_found_to_its_ends():
    """A turn of a quarter begins and ends where it does, far outside of what is shown."""
    quarterly = replace(
        a_schedule("payments-primary"), levels=((layer("ana ben", "2026-01-01 09:00", replace(MONTH, count=3)),),)
    )
    plan = a_plan(book=replace(a_plan().book, schedules={"payments-primary": quarterly}))

    assert [(start, end) for _, start, end in events(calendar_of(plan, "ana", FROM, TO, NOON))] == [
        (at("2026-01-01 08:00"), at("2026-04-01 07:00"))
    ]


def test_who_is_always_on_call_has_one_entry_that_stays_the_same():
    """It has no beginning within sight; it is known by that, and shown as far as the calendar goes."""
    plan = a_plan()
    first, later = (
        feed_of(plan, "platform-primary", NOON + 700 * DAY),
        feed_of(plan, "platform-primary", NOON + 760 * DAY),
    )

    assert len(ids(first)) == len(ids(later)) == 1
    assert ids(first).keys() == ids(later).keys()
    [(_, start, end)] = events(first)
    assert end - start == timedelta(days=151)


def test_who_is_away_is_not_in_it_and_a_gap_is_no_entry():
    """A week without anybody is a hole in the calendar."""
    only_ana = replace(a_schedule("payments-primary"), levels=((layer("ana", "2026-01-05 09:00"),),))
    book = replace(
        a_plan().book,
        schedules={"payments-primary": only_ana},
        away=(Away(person="ana", start=at("2026-01-14 00:00"), end=at("2026-01-16 00:00")),),
    )

    assert [
        (start, end) for _, start, end in events(calendar_of(a_plan(book=book), "payments-primary", FROM, TO, NOON))
    ][:1] == [(at("2026-01-05 08:00"), at("2026-01-14 00:00"))]


def test_no_number_and_no_address_is_in_it():
    """The address of a calendar is passed around: it says names and times."""
    plan = a_plan()
    said = feed_of(plan, None, NOON)
    for person in plan.people.values():
        for secret in (person.sms, person.voice, person.email, person.login):
            assert secret is None or secret not in said


def test_a_name_that_is_gone_has_an_empty_feed_and_no_calendar():
    """Who subscribed loses the entries of a team that is no more; who asks for one that never was hears it."""
    assert events(feed_of(a_plan(), "gone", NOON)) == []
    with pytest.raises(NotFound):
        calendar_of(a_plan(), "gone", FROM, TO, NOON)
