"""Where pagerd may die: each boundary of the way of an alert has a name, and a call before it and after it.

Whoever proves that nothing is lost hands in Boundaries of their own, and ends the process, or the world on virtual
time, at one of them. In service these do nothing. Nothing but Python code that starts the daemon can put others in
their place: no setting and no variable of the environment names them.

A transaction is all or nothing, so whatever happens in it has one instant: Work collects the boundaries that its unit
crosses, and the engine calls them around the commit. Before it, all is written and none of it is durable; after it, all
is durable and nobody was told yet.
"""

from enum import StrEnum


class Boundary(StrEnum):
    """A line behind which the world is another one. The value is its short name in tests and reports."""

    BODY_READ = "R1"
    BODY_PARSED = "R2"
    ALERT_STORED = "R3"
    """In one transaction with all that follows from the alert."""
    ALERT_ANSWERED = "R4"
    ALERT_PLACED = "G1"
    """It was judged, and is in a page, in a ticket, or waits."""
    PAGE_OPENED = "P1"
    """With its timer: the page's first due row."""
    CLAIMED = "C1"
    INTENT_STORED = "N1"
    """The row of a notification, before anybody may send it."""
    PROVIDER_ASKED = "N2"
    """A provider with a message, or the tracker with what happened to a ticket."""
    PROVIDER_ANSWERED = "N3"
    RECEIPT_STORED = "N4"
    REPORT_READ = "S1"
    REPORT_STORED = "S2"
    REPORT_ANSWERED = "S3"
    TIMER_FOUND = "T1"
    STEP_TAKEN = "T2"
    """What followed from a page's timer, the next step of its policy for one."""
    REPLY_READ = "A1"
    ACKNOWLEDGED = "A2"
    """With the end of all that was pending."""
    REPLY_ANSWERED = "A3"
    CONFIRMED = "A4"
    """Whoever must know of an answer was told: a message that asks for nothing."""
    NIGHT_STORED = "L1"
    LEASE_RENEWED = "X1"
    """A message in hand is kept for longer, on a store that has other nodes."""
    PLAN_SWAPPED = "K1"
    OTHER_STORED = "O1"
    """A transaction in which nothing above happened: no commit is without its two names."""


ELSEWHERE = frozenset({(Boundary.PROVIDER_ASKED, "after"), (Boundary.PROVIDER_ANSWERED, "before")})
"""The instants that no code of ours sees: the request is with the provider, its answer on the way. A provider of the
tests kills there, from the other end of the line."""


class Boundaries:
    """Called at each boundary, from whichever thread is there. One that raises ends what it was called from."""

    def before(self, boundary: Boundary) -> None:
        """Say that nothing of what the boundary stands for has happened."""

    def after(self, boundary: Boundary) -> None:
        """Say that all of it has happened, and nothing that follows."""


UNWATCHED = Boundaries()
"""Those of every pagerd that serves somebody."""
