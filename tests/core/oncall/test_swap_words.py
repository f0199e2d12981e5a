"""What people are told of swaps: one sentence each, on their own clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.oncall import swap_words as words
from pagerd.core.oncall.swap import Part, Swap, SwapStatus
from pagerd.core.paging.gsm import SEGMENT, septets
from tests.builders import BERLIN, NOON, a_plan
from tests.core.oncall.books import at

PLAN = a_plan()
FIRST, SECOND = "Mon 5 Jan 09:00 to Mon 12 Jan 09:00", "Mon 12 Jan 09:00 to Mon 19 Jan 09:00"
MINE = Part(giver="ana", taker="ben", start=at("2026-01-05 08:00"), end=at("2026-01-12 08:00"))
THEIRS = Part(giver="ben", taker="ana", start=at("2026-01-12 08:00"), end=at("2026-01-19 08:00"))
SWAP = Swap(
    id="x-1",
    schedule="payments-primary",
    by="ana",
    of="ben",
    parts=(MINE, THEIRS),
    why="a wedding",
    requested_at=NOON,
    expires_at=NOON,
)


def test_the_request_says_who_wants_what_and_why():
    """Both shifts, where there are two."""
    assert words.asked(SWAP, PLAN, BERLIN) == (
        f"Ana asks you to take payments-primary {FIRST} for your {SECOND}? a wedding"
    )
    one_way = replace(SWAP, parts=(MINE,), why="")
    assert words.asked(one_way, PLAN, BERLIN).endswith("take payments-primary Mon 5 Jan 09:00 to Mon 12 Jan 09:00?")


@pytest.mark.parametrize(
    ("status", "reason", "says"),
    [
        (
            SwapStatus.ACCEPTED,
            "",
            f"Ben accepts: payments-primary: Ben {FIRST}, Ana {SECOND}",
        ),
        (
            SwapStatus.REFUSED,
            "no way",
            "Ben does not swap payments-primary Mon 5 Jan 09:00 to Mon 12 Jan 09:00 with you; it stays yours.",
        ),
        (
            SwapStatus.WITHDRAWN,
            "",
            "Ana does not want to swap payments-primary Mon 5 Jan 09:00 to Mon 12 Jan 09:00 any more.",
        ),
        (
            SwapStatus.EXPIRED,
            "",
            "Ben did not answer in time about payments-primary Mon 5 Jan 09:00 to Mon 12 Jan 09:00; it stays yours.",
        ),
    ],
)
def test_the_other_one_hears_what_became_of_it(status, reason, says):
    """With the reason, where there is one."""
    told = words.over(replace(SWAP, status=status, reason=reason), PLAN, BERLIN)

    assert told.startswith(says)
    assert told.endswith(reason)


@pytest.mark.parametrize(
    ("status", "via", "reader", "says"),
    [
        (SwapStatus.ACCEPTED, "sms", "ben", "Accepted by you by text, Wed 13:00."),
        (SwapStatus.ACCEPTED, "email", "ana", "Accepted by Ben by mail, Wed 13:00."),
        (SwapStatus.REFUSED, "link", "ben", "Refused by you through the link, Wed 13:00. Nothing changed."),
        (SwapStatus.WITHDRAWN, "cli", "ben", "Taken back by Ana from the command line, Wed 13:00. Nothing changed."),
        (SwapStatus.REFUSED, "", "ben", "Refused by you, Wed 13:00. Nothing changed."),
        (SwapStatus.EXPIRED, "", "ben", "Not answered in time: it is over since 12:00. Nothing changed."),
        (SwapStatus.REQUESTED, "", "ben", "Not answered in time: it is over since 12:00. Nothing changed."),
    ],
)
def test_whoever_looks_afterwards_reads_who_decided_it_and_how(status, via, reader, says):
    """Also where it was another way than theirs; one that was decided before that was written down says only when."""
    over = replace(SWAP, status=status, via=via, decided_at=NOON + timedelta(days=1, hours=1))

    assert words.settled(over, PLAN, reader, BERLIN, NOON) == says
    quoted = words.settled(replace(over, reason="I fly"), PLAN, reader, BERLIN, NOON)
    assert ("“I fly”" in quoted) is ("Not answered" not in says)


def test_whoever_accepted_behind_a_link_is_told_how_it_ends():
    """Somebody else may have pressed."""
    accepted = replace(SWAP, status=SwapStatus.ACCEPTED, overrides=("o-1", "o-2"))
    told = words.confirmed(accepted, PLAN, BERLIN)

    assert told.startswith(f"You accepted swap x-1 behind its link: payments-primary: Ben {FIRST}, Ana {SECOND}.")
    assert told.endswith("Not you? pagerd override end o-1 and pagerd override end o-2")


@pytest.mark.parametrize("status", [one for one in SwapStatus if one is not SwapStatus.REQUESTED])
def test_answers_to_a_text_fit_one(status):
    """Whatever people and schedules are called."""
    long = replace(SWAP, schedule="s" * 63, status=status)

    assert septets(words.decided(long, PLAN, BERLIN)) <= SEGMENT
    assert septets(words.ok_or_no("N47", long)) <= SEGMENT
