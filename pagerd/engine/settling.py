"""When what a page has put off may leave: after it had the time to resolve."""

from datetime import datetime, timedelta

from pagerd.core.paging.page import Page
from pagerd.engine.share import HESITATES
from pagerd.engine.work import Work

RESOLVED_WITHIN = 2 * HESITATES
"""Where other nodes share the store, the page's timer may be the turn of another one, or of one that is gone.

On a store of one's own timers are fired before anything is claimed.
"""


def leaves_at(work: Work, settle_until: datetime) -> datetime:
    """Return when nothing of a page waits for the end of its settle time any more."""
    return settle_until + (RESOLVED_WITHIN if work.is_shared else timedelta(0))


def waits_for(work: Work, page: Page) -> timedelta:
    """Return for how long nothing of a page may leave, because all its alerts ended a moment ago."""
    if page.settle_until is None:
        return timedelta(0)
    return max(leaves_at(work, page.settle_until) - work.now, timedelta(0))
