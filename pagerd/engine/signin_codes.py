"""The codes by which people sign in. Each is drawn when its message leaves, and stands in no row but as a hash.

That hash is a fast one, salted with the hash of what the browser holds. Whoever tries all codes against a stolen row
still has not the browser's 128 bits; and a slow hash would hold up the writer, and pages with it, whenever a stranger
likes.
"""

import hashlib
from datetime import datetime

from pagerd.core.paging.notification import Notification
from pagerd.core.paging.purpose import Purpose
from pagerd.core.signin import CODE_DIGITS, CODE_LASTS
from pagerd.engine.work import Work
from pagerd.stores.records import signins


async def of(work: Work, one: Notification) -> str | None:
    """Draw the code of a message that leaves now; None where it would open nothing any more.

    What an earlier attempt perhaps sent stays good beside it: nobody knows which of two texts arrives.
    """
    asked = await signins.find(work.c, one.why)
    if asked is None or not asked.is_open(work.now) or work.observing:
        return None  # what is only observed is written down for others to read: no code of it may open anything
    code = work.chance.digits(CODE_DIGITS)
    await signins.add_code(work.c, asked.id, salted(await signins.token_hash_of(work.c, asked.id), code))
    return code


def is_too_late(one: Notification, now: datetime) -> bool:
    """Is this a message with a code that would open nothing any more?"""
    return one.purpose is Purpose.SIGN_IN and now - one.created_at >= CODE_LASTS


def salted(token_hash: str, code: str) -> str:
    """Return what is stored of a code."""
    return hashlib.sha256(f"{token_hash} {code}".encode()).hexdigest()


NO_CODE = salted("", "nobody was sent this")
"""Compared with where there is no code, so that it takes as long."""
