"""How the postmortem of an incident stands: drafted, in review, accepted or waived, and when it is spoken of next.

Its text is a document of its own (`document.py`); here is only what the incident's machine decides by.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.business_days import Calendar


class ReviewState(StrEnum):
    """A draft is being written; in review a lead decides; the last two let the incident be closed."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    WAIVED = "waived"


DECIDED = frozenset({ReviewState.ACCEPTED, ReviewState.WAIVED})
"""With these nothing is due any more."""

UNDECIDED = tuple(state for state in ReviewState if state not in DECIDED)

DAYS_BY_HAND = 5
"""Business days for a postmortem that somebody wants though the severity asks for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review of one postmortem. `owner` writes it; `by` took the last step, `at` that instant, and said `why`.

    `remind_at` is None while the incident is open again, and when it is decided.
    """

    state: ReviewState = ReviewState.DRAFT
    owner: str
    due: datetime
    remind_at: datetime | None = None
    submitted_by: str = ""
    by: str = ""
    at: datetime | None = None
    why: str = ""

    @property
    def is_decided(self) -> bool:
        """Was it accepted or waived?"""
        return self.state in DECIDED


DAILY_FOR, WEEKLY = timedelta(days=14), timedelta(days=7)
"""How long after its due day it is spoken of every business day, and how often then."""


def next_reminder(calendar: Calendar, due: datetime, now: datetime) -> datetime:
    """Return when somebody hears of it next: on the business day before, on the day, and on each one after.

    Always as a day of work begins: it is never so urgent that it wakes anybody. What nobody finishes for two weeks is
    said once a week from then on: a mail that comes every morning is not read any more.
    """
    day = calendar.day_of(due)
    for opening in (calendar.opening(calendar.business_day_before(day)), calendar.opening(day)):
        if opening > now:
            return opening
    from_then = now + WEEKLY - timedelta(days=1) if now - due > DAILY_FOR else now
    return calendar.next_business_day_start(max(from_then, due))
