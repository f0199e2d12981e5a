"""Waiting in a test for something to have happened, without a clock."""

import asyncio
from collections.abc import Callable


class Changes:
    """Wakes those who wait whenever something happened; told from callbacks as well as from coroutines."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def happened(self) -> None:
        """Have everybody look again."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until this is true."""
        while not is_so():
            one: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(one)
            await one
