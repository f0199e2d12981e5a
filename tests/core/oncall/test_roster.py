from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.oncall.roster import Answer, Roster
from tests.core.oncall.books import DAY, HOUR, at, away, book, copy, layer, override, schedule, window
from tests.share import in_share

TUESDAY = at("2026-01-06 12:00")


def roster(company, name="primary") -> Roster:
    """Make a schedule of a book ready."""
    return Roster(company, company.schedules[name])


def test_an_answer_holds_until_the_first_thing_that_may_change_it():
    """The answer ends with the turn, the override, the absence or the window that comes first."""
    weekly = layer("ana ben")
    swap = override("cho for ana", start="2026-01-09", end="2026-01-10")

    assert roster(book(schedule(weekly))).answer(TUESDAY).until == at("2026-01-12 08:00")
    assert roster(book(schedule(weekly), swap)).answer(TUESDAY).until == at("2026-01-09")
    assert roster(book(schedule(weekly), swap, away("ana", "2026-01-08"))).answer(TUESDAY).until == at("2026-01-08")
    assert roster(book(schedule(weekly, layer("eva", only=(window({2}),))), swap)).answer(TUESDAY) == Answer(
        ("ana",), "ana ben", None, at("2026-01-06 23:00")
    )


def test_hidden_layers_are_not_asked():
    """What goes on under a layer that shows cannot change the answer, and costs nothing."""
    what = schedule(layer("ana ben", every=HOUR), layer("eva fio", every=DAY))

    assert roster(book(what)).answer(TUESDAY).until == at("2026-01-07 08:00")


def test_absences_of_others_are_not_asked():
    """The holidays of a hundred people of other teams do not cut the answers of this one."""
    others = [away(f"p{n}", "2026-01-07") for n in range(100)]

    assert roster(book(schedule(layer("ana ben")), *others)).answer(TUESDAY).until == at("2026-01-12 08:00")


def test_absences_of_stand_ins_are():
    """Somebody who is only named in an override may be away too."""
    swap = override("dan for ana", start="2026-01-05", end="2026-02-01")
    gone = away("dan", "2026-01-07", "2026-01-08")
    ready = roster(book(schedule(layer("ana ben")), swap, gone))

    assert (ready.answer(TUESDAY).people, ready.answer(TUESDAY).until) == (("dan",), at("2026-01-07"))
    assert ready.answer(at("2026-01-07")).people == ("ben",)


def test_an_answer_that_never_changes_has_no_end():
    """A fixed person, and a schedule of nothing, are for ever."""
    assert roster(book(schedule(layer("dora", every=None)))).answer(TUESDAY).until is None
    assert roster(book(schedule())).answer(TUESDAY) == Answer((), None, None, None)


def test_a_walk_ends_before_the_end():
    """Each answer begins where the one before may have ended, and none begins at the end."""
    ready = roster(book(schedule(layer("ana ben", every=DAY))))
    walk = [start for start, _ in ready.walk(TUESDAY, at("2026-01-08 08:00"))]

    assert walk == [TUESDAY, at("2026-01-07 08:00")]
    assert list(ready.walk(TUESDAY, TUESDAY)) == []


def test_a_copy_asks_the_copied_schedule():
    """The copy's answer ends no later than that of the schedule to whose people it gives way."""
    swap = override("ben for ana", start="2026-01-07", end="2026-01-08")
    company = book(schedule(layer("ana ben cho")), copy(1), swap)

    assert roster(company, "secondary").answer(TUESDAY).until == at("2026-01-07")


people = st.sampled_from(("ana", "ben", "cho", "dan"))
texts = st.sampled_from(("{} for {}", "{} for all", "+ {}", "- {}"))
spans = st.tuples(st.integers(0, 96), st.integers(1, 48)).map(
    lambda span: {
        "start": str(TUESDAY.replace(tzinfo=None) + timedelta(hours=span[0])),
        "end": str(TUESDAY.replace(tzinfo=None) + timedelta(hours=sum(span))),
    }
)
overrides = st.builds(
    lambda text, one, other, span, order: override(text.format(one, other), order=order, **span),
    *(texts, people, people, spans, st.integers(0, 9)),
)
absences = st.builds(lambda person, span: away(person, **span), people, spans)


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(st.lists(overrides, max_size=5), st.lists(absences, max_size=3), st.integers(0, 3))
def test_nobody_who_is_away_is_on_call_and_copies_give_way(swaps, gone, offset):
    """Whatever people write, who is away is nowhere, nobody is named twice, and a copy never doubles its source."""
    what = schedule(layer("ana ben cho+dan", every=HOUR), layer("dan ana", only=(window(start="18:00", end="06:00"),)))
    company = book(what, copy(offset), *swaps, *gone)
    for hour in range(0, 100, 3):
        when = TUESDAY + timedelta(hours=hour)
        absent = {one.person for one in gone if one.start <= when < one.end}
        first = roster(company).answer(when).people
        second = roster(company, "secondary").answer(when).people

        assert not absent & {*first, *second}
        assert len(set(first)) == len(first)
        assert not set(first) & set(second)
