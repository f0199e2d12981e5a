"""What cannot be made at a start because its secret is missing: pagerd goes on without it, and says so everywhere.

A file that is not there after a reboot, say of a tracker, must not be why nobody is paged. A reload is stricter: there
what was in force before is better than a part of the new.
"""

from collections.abc import Callable
from typing import TypeVar

import structlog

from pagerd.core.errors import InvalidPlan

T = TypeVar("T")

log = structlog.get_logger()


class Missing:
    """Collects what is missing. Where `goes_on` is False the first of it is raised instead."""

    def __init__(self, *, goes_on: bool) -> None:
        self._goes_on = goes_on
        self.words: list[str] = []

    def or_none(self, what: str, make: Callable[[], T]) -> T | None:
        """Return what is made, or None when it cannot be. Raises InvalidPlan where nothing may be missing."""
        try:
            return make()
        except InvalidPlan as error:
            if not self._goes_on:
                raise
            self.words.append(f"pagerd runs without {what}: {error}")
            log.exception("start.without", what=what)
            return None
