"""What waits for a store: a unit with the future of its caller, and how outcomes reach those who still wait."""

import asyncio
from typing import Final

from pagerd.stores.base import Unit

Entry = tuple[Unit[object], "asyncio.Future[object]"]
Outcome = tuple["asyncio.Future[object]", BaseException | None, object]

COMMIT_SECONDS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  # a good disk syncs within the first


def resolve(outcomes: list[Outcome]) -> None:
    """Hand outcomes to those who still wait for them; runs on their loop."""
    for future, error, result in outcomes:
        if future.done():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
