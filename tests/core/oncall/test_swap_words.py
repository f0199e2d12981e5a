"""What people are told of swaps: one sentence each, on their own clock."""

from dataclasses import replace

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


@pytest.mark.parametrize("status", [one for one in SwapStatus if one is not SwapStatus.REQUESTED])
def test_answers_to_a_text_fit_one(status):
    """Whatever people and schedules are called."""
    long = replace(SWAP, schedule="s" * 63, status=status)

    assert septets(words.decided(long, PLAN, BERLIN)) <= SEGMENT
    assert septets(words.ok_or_no("N47", long)) <= SEGMENT
