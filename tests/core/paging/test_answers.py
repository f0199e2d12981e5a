from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.paging import answers
from pagerd.core.paging.gsm import SEGMENT, septets
from pagerd.core.paging.reply import Reply, Verb, read_reply

LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=30)
WHAT = "HighErrorRate payments/checkout"
ONE = (("47", WHAT),)
THREE = (*ONE, ("52", "DiskFull platform/db"), ("K7QX", "SlowApi payments/api"))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            answers.acknowledged(WHAT, UNTIL, LISBON, NOW, "47"),
            (
                "Acked, it is yours: HighErrorRate payments/checkout. It asks again at 02:30. When fixed: 47 res. "
                "By mistake: 47 undo."
            ),
        ),
        (
            answers.acknowledged(WHAT, UNTIL, LISBON, NOW),
            "Acked, it is yours: HighErrorRate payments/checkout. It asks again at 02:30.",
        ),
        (
            answers.still_yours(WHAT, UNTIL, LISBON, NOW),
            "Still yours: HighErrorRate payments/checkout. It asks again at 02:30.",
        ),
        (
            answers.acknowledged_several(5, 5, "47", UNTIL, LISBON, NOW),
            "Acked, all 5 pages are yours. They ask again at 02:30. A mistake? Reply 47 undo.",
        ),
        (
            answers.acknowledged_several(1, 3, "47", UNTIL, LISBON, NOW, answers.not_theirs(1, 1)),
            (
                "Acked, 1 of 3 pages is yours. They ask again at 02:30. 1 resolved already, 1 held by others. "
                "A mistake? Reply 47 undo."
            ),
        ),
        (answers.several("Resolved", 5, 5), "Resolved all 5 pages."),
        (answers.several("Resolved", 2, 5, answers.not_theirs(3, 0)), "Resolved 2 of 5 pages. 3 resolved already."),
        (
            answers.none_of_several(2, answers.not_theirs(0, 0, 2)),
            "NOTHING DONE with these 2 pages. 2 not yours to undo.",
        ),
        (
            answers.already_acknowledged(WHAT, "Ben Okafor", timedelta(seconds=14)),
            "Already acked by Ben Okafor 14s ago: HighErrorRate payments/checkout. Nothing for you to do.",
        ),
        (
            answers.already_resolved(WHAT, timedelta(minutes=3), "Ben"),
            "Already resolved by Ben 3m ago: HighErrorRate payments/checkout. No action needed.",
        ),
        (answers.already_resolved(WHAT), "Already resolved: HighErrorRate payments/checkout. No action needed."),
        (answers.resolved(WHAT), "Resolved: HighErrorRate payments/checkout."),
        (
            answers.resolved(WHAT, 1, "03:00"),
            "Resolved: HighErrorRate payments/checkout. 1 alert still firing, held until 03:00.",
        ),
        (
            answers.escalated(WHAT, ("Ben Okafor", "Cho", "Dora")),
            "Escalated, now paging Ben Okafor, Cho +1: HighErrorRate payments/checkout.",
        ),
        (answers.escalated(WHAT, ()), "Escalated, now paging the next step: HighErrorRate payments/checkout."),
        (
            answers.snoozed(WHAT, NOW + timedelta(hours=24), LISBON, NOW),
            "Snoozed until Thu 02:00, it stays yours: HighErrorRate payments/checkout.",
        ),
        (
            answers.unknown_code("99", THREE[:2]),
            (
                "NOTHING DONE: 99 is no code of yours. "
                "Open: 47 HighErrorRate payments/checkout, 52 DiskFull platform/db. Reply CODE ack"
            ),
        ),
        (answers.unknown_code("99", ()), "NOTHING DONE: 99 is no code of yours. No page of yours is open."),
        (
            answers.which_page(THREE),
            (
                "NOTHING DONE: which of 3? 47 HighErrorRate payments/checkout, 52 DiskFull platform/db, "
                "K7QX SlowApi payments/api. Reply CODE ack"
            ),
        ),
        (
            answers.which_page(()),
            "Not understood. No page of yours is open. INC and what is broken suspects an incident.",
        ),
        (answers.listing(ONE), "1 open: 47 HighErrorRate payments/checkout. Reply CODE ack"),
        (answers.listing(()), "No page of yours is open."),
        (
            answers.not_understood(ONE),
            "NOTHING DONE. HighErrorRate payments/checkout: reply 47 ack, 47 esc, 47 res, or 47 20m to snooze",
        ),
        (
            answers.not_understood(THREE),
            (
                "NOTHING DONE. HighErrorRate payments/checkout: reply 47 ack, 47 esc, 47 res, or 47 20m to snooze "
                "(3 open, ? lists them)"
            ),
        ),
        (
            answers.declined(ONE),
            "Not acked, it goes on paging. Reply 47 esc to page the next person now, 47 ack to take it.",
        ),
        (answers.declined(()), "Nothing done. No page of yours is open."),
        (
            answers.declined(THREE),
            (
                "Nothing acked, 3 open: 47 HighErrorRate payments/checkout, 52 DiskFull platform/db, "
                "K7QX SlowApi payments/api. Reply CODE esc to page the next person"
            ),
        ),
        (
            answers.declined_mine(WHAT, "47"),
            "It is still yours: HighErrorRate payments/checkout. Reply 47 esc to page the next person now.",
        ),
        (
            answers.declined_held(WHAT, "Ben Okafor"),
            "No need, Ben Okafor has it: HighErrorRate payments/checkout. Nothing for you to do.",
        ),
        (
            answers.too_many_wrong(UNTIL, LISBON, NOW),
            "NOTHING DONE: too many wrong codes. Texts count again at 02:30; use the call or pagerd ack.",
        ),
        (answers.helping(WHAT, "Ana"), "Ana is told that you come to help: HighErrorRate payments/checkout."),
        (
            answers.undone(WHAT, ("Ana",)),
            "Undone, it is not yours. Paging again Ana: HighErrorRate payments/checkout.",
        ),
        (
            answers.cannot_undo(WHAT, "47"),
            (
                "NOTHING DONE, no fresh ack of yours to undo: HighErrorRate payments/checkout. "
                "Reply 47 esc to page the next person now."
            ),
        ),
        (answers.nothing_to_undo(), "NOTHING DONE: no open page is yours, so there is no ack to undo."),
        (
            answers.which_page(THREE[:2], "esc"),
            ("NOTHING DONE: which of 2? 47 HighErrorRate payments/checkout, 52 DiskFull platform/db. Reply CODE esc"),
        ),
    ],
)
def test_an_answer_says_the_outcome_and_what_would_be_right(said, answer):
    """What is so now comes first; what did not work says how it would."""
    assert said == answer


def test_what_an_answer_proposes_is_understood():
    """Each form that the help names is read as it promises, for short and long codes."""
    for code in ("47", "K7QX"):
        assert read_reply(f"{code} ack") == Reply(Verb.ACK, code)
        assert read_reply(f"{code} esc") == Reply(Verb.ESCALATE, code)
        assert read_reply(f"{code} res") == Reply(Verb.RESOLVE, code)
        assert read_reply(f"{code} 20m") == Reply(Verb.SNOOZE, code, timedelta(minutes=20))


def test_many_pages_are_listed_by_code_and_the_rest_counted():
    """Codes matter more than names; those that do not fit are not passed over in silence."""
    pages = tuple((f"{code}", WHAT) for code in range(10, 99))

    said = answers.listing(pages)

    assert said.startswith("89 open: 10, 11, 12")
    assert " more. Reply CODE ack" in said
    assert septets(said) <= SEGMENT
    assert answers.listing(pages[:8]).count("High") == 8


words = st.text(max_size=300) | st.sampled_from(["[" * 200, "ПЛОХО " * 40, "a\nb"])
pages = st.lists(st.tuples(words, words), max_size=120).map(tuple)


@settings(max_examples=100, deadline=None)
@given(words, words, pages, st.timedeltas(), st.integers(0, 10**9))
def test_every_answer_is_one_segment_on_one_line(what, name, open_pages, span, count):
    """Whatever alerts and people are called, an answer is one text and holds what was done."""
    every = [
        answers.acknowledged(what, UNTIL, LISBON, NOW, name),
        answers.still_yours(what, UNTIL, LISBON, NOW),
        answers.acknowledged_several(count, 10**9, name, UNTIL, LISBON, NOW, answers.not_theirs(count, count, count)),
        answers.several(what, count, 10**9, answers.not_theirs(count, count)),
        answers.none_of_several(count, answers.not_theirs(count, count, count)),
        answers.already_acknowledged(what, name, span),
        answers.already_resolved(what, span, name),
        answers.resolved(what, count, name),
        answers.escalated(what, (name, name, name)),
        answers.snoozed(what, UNTIL, LISBON, NOW),
        answers.unknown_code(name, open_pages),
        answers.which_page(open_pages),
        answers.listing(open_pages),
        answers.not_understood(open_pages),
        answers.declined(open_pages),
        answers.declined_mine(what, name),
        answers.declined_held(what, name),
        answers.too_many_wrong(UNTIL, LISBON, NOW),
        answers.helping(what, name),
        answers.undone(what, (name, name, name)),
        answers.cannot_undo(what, name),
        answers.nothing_to_undo(),
    ]

    for said in every:
        assert said
        assert septets(said) <= SEGMENT
        assert "\n" not in said
