"""What a severity asks where nobody wrote it down, and which one the three questions propose."""

import pytest

from pagerd.core.incidents.severity import DEFAULTS, CheatSheet, default_policy, proposed_rank

YES, NO, UNSURE = True, False, None


@pytest.mark.parametrize(
    ("core_blocked", "at_risk", "growing", "rank"),
    [
        (UNSURE, UNSURE, UNSURE, None),
        (YES, YES, YES, 1),
        (YES, NO, YES, 1),
        (YES, NO, NO, 2),
        (NO, NO, YES, 2),
        (NO, NO, NO, 3),
        # A risk to money, data or security is the worst by itself.
        (NO, YES, NO, 1),
        (UNSURE, YES, UNSURE, 1),
        # Whoever is unsure takes the higher one.
        (NO, NO, UNSURE, 2),
        (UNSURE, NO, NO, 2),
        (NO, UNSURE, NO, 2),
        (YES, UNSURE, NO, 2),
    ],
)
def test_three_answers_propose_a_severity(core_blocked, at_risk, growing, rank):
    """Any yes is one of the two worst; without any answer nothing is proposed."""
    sheet = CheatSheet(core_blocked=core_blocked, at_risk=at_risk, growing=growing)

    assert proposed_rank(sheet) == rank
    assert sheet.is_answered is (rank is not None)


@pytest.mark.parametrize(
    ("rank", "is_ticket", "expected"), [(1, False, 0), (2, False, 1), (3, False, 2), (9, False, 2), (1, True, 3)]
)
def test_what_nobody_wrote_is_as_the_rank_asks(rank, is_ticket, expected):
    """What pages asks no less than the third, however many severities the files have; a ticket asks nothing."""
    policy = default_policy(rank, is_ticket=is_ticket)

    assert policy == DEFAULTS[expected]
    assert policy.is_incident is not is_ticket
