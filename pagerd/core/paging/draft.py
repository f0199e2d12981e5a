"""A decision in the making: the page as it stands so far, what the shell must do, and what the timeline says."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.effects import Effect
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry
from pagerd.core.values import changed


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of the page, what must be done, and why, in order."""

    page: Page
    effects: tuple[Effect, ...]
    entries: tuple[Entry, ...]


class Draft:
    """Collects one decision. Lives for one call of `decide` and is never shared."""

    __slots__ = ("effects", "entries", "now", "page", "plan")

    def __init__(self, page: Page, plan: Plan, now: datetime) -> None:
        self.page = page
        self.plan = plan
        self.now = now
        self.effects: list[Effect] = []
        self.entries: list[Entry] = []

    def change(self, **fields: object) -> None:
        """Replace fields of the page."""
        self.page = changed(self.page, **fields)

    def do(self, effect: Effect) -> None:
        """Ask the shell for something."""
        self.effects.append(effect)

    def record(self, kind: str, **details: str) -> None:
        """Write one line of the timeline."""
        self.entries.append(Entry(self.now, kind, details))

    def decision(self) -> Decision:
        """Close the draft: the version grows with every event, so that two writers can never both be right."""
        return Decision(changed(self.page, version=self.page.version + 1), tuple(self.effects), tuple(self.entries))
