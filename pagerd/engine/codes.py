"""Reply codes: what a person types to answer for exactly the pages of one message."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pagerd.core.paging.page import Page
from pagerd.engine.work import Work
from pagerd.stores.records import answers

SHORT_CODES_LEFT_MIN = 10
"""Below so many free two-digit codes a person's new codes have four signs: guessing must stay unlikely."""

SHORT_CODES = 100

SET_LASTS = timedelta(hours=24)
"""How long the code of a merged message stands for its pages; each page has a code of its own as long as it is open."""

TEST_LASTS = timedelta(minutes=30)
"""How long a test page can be answered."""


async def of_page(work: Work, person: str, page: Page) -> str:
    """Return the code by which this person answers for this page; the same one as long as the page is open."""
    known = None if page.was_just_opened else await answers.code_of(work.c, person, [page.id])
    return known or await _draw(work, person, [page.id], None)


async def of_pages(work: Work, person: str, page_ids: Sequence[str]) -> str:
    """Return the code by which this person answers for exactly these pages."""
    known = await answers.code_of(work.c, person, page_ids)
    free_at = work.now + SET_LASTS if len(page_ids) > 1 else None
    return known or await _draw(work, person, page_ids, free_at)


async def of_test(work: Work, person: str, notification_id: str, lasts: timedelta = TEST_LASTS) -> str:
    """Return the code by which this person answers a test page."""
    return await _draw(work, person, [notification_id], work.now + lasts)


async def _draw(work: Work, person: str, page_ids: Sequence[str], free_at: datetime | None) -> str:
    code = await _not_taken(work, person)
    await answers.put_code(work.c, person, code, page_ids, free_at=free_at)
    return code


async def _not_taken(work: Work, person: str) -> str:
    """Draw a code. What is in use is asked once: nobody else takes any before this unit has ended."""
    in_use, some_are_over = await answers.short_codes_of(work.c, person, work.now)
    if some_are_over:
        await answers.drop_free_codes_of(work.c, person, work.now)
    if not work.plan.long_reply_codes and len(in_use) <= SHORT_CODES - SHORT_CODES_LEFT_MIN:
        for _ in range(SHORT_CODES):
            code = work.chance.short_code()
            if code not in in_use:
                return code
    while True:  # 614,656 codes: a person with so many open pages has been merged long before
        code = work.chance.long_code()
        if not await answers.is_code_taken(work.c, person, code):
            return code
