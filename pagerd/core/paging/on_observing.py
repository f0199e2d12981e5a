"""What becomes of a page when pagerd, which only observed so far, begins to send."""

from pagerd.core.effects import CancelPending, PostponePending
from pagerd.core.events import ObservingEnded
from pagerd.core.paging import escalation
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.page import Position, Stage


def observing_ended(draft: Draft, event: ObservingEnded) -> None:
    """Begin at step 1, as with a page that was just opened: where the escalation had got to, nobody ever heard of it.

    Who took it keeps it, whoever waits for a silence or an opening time goes on waiting, and nobody hears of the end of
    a page that they were never told of.
    """
    page = draft.page
    draft.record("observing.ended", since_at=event.since.isoformat())
    draft.do(CancelPending("pagerd only observed"))
    draft.change(reached=(), position=Position(stage=Stage.STEP))
    if page.acknowledgement is not None or page.frozen_why is not None or page.opens_at is not None:
        return
    escalation.restart(draft)
    if page.settle_until is not None:
        draft.do(PostponePending(page.settle_until))
