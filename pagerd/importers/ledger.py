"""Keeps what becomes of each thing of the source: the rows of the plan, and the notes of the comments in the files."""

from pagerd.importers.base import Outcome, Row
from pagerd.importers.exports import plain


class Entry:
    """What becomes of one thing. It counts as converted until somebody says otherwise."""

    __slots__ = ("_outcome", "_product", "_remarks", "becomes", "id", "name", "what")

    def __init__(self, product: str, what: str, id: str, name: str) -> None:  # noqa: A002  # the word of the source
        self._product = product
        self._outcome = Outcome.CONVERTED
        self._remarks: list[str] = []
        self.what = what
        self.id = plain(id)
        self.name = plain(name)
        self.becomes: str | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of it so far."""
        return self._outcome

    @property
    def is_kept(self) -> bool:
        """Does it come into the files?"""
        return self._outcome in {Outcome.CONVERTED, Outcome.CHANGED}

    def remark(self, text: str) -> None:
        """Say something that changes nothing."""
        if (said := plain(text)) not in self._remarks:
            self._remarks.append(said)

    def change(self, why: str) -> None:
        """Say what is otherwise in pagerd than it was."""
        if self._outcome is Outcome.CONVERTED:
            self._outcome = Outcome.CHANGED
        self.remark(why)

    def leave_out(self, why: str) -> None:
        """Say why it does not come into the files, and nothing is lost."""
        if self._outcome is not Outcome.IMPOSSIBLE:
            self._outcome = Outcome.LEFT_OUT
        self.remark(why)

    def refuse(self, why: str) -> None:
        """Say why pagerd cannot have it."""
        self._outcome = Outcome.IMPOSSIBLE
        self.remark(why)

    @property
    def notes(self) -> tuple[str, ...]:
        """The lines of its comment: what it was, and what was said of it."""
        named = f', "{self.name}"' if self.name and self.name != self.id else ""
        return (f"{self._product} {self.what} {self.id}{named}", *self._remarks)

    @property
    def row(self) -> Row:
        """Its line of the plan."""
        becomes = self.becomes if self.is_kept else None
        return Row(self.what, self.id, self.name, self._outcome, becomes, tuple(self._remarks))


class Ledger:
    """All entries, in the order in which they were opened."""

    def __init__(self, product: str) -> None:
        self.product = product
        self._entries: list[Entry] = []

    def entry(self, what: str, id: str, name: str = "") -> Entry:  # noqa: A002  # the word of the source
        """Open the entry of a thing of the source."""
        entry = Entry(self.product, what, id, name)
        self._entries.append(entry)
        return entry

    @property
    def rows(self) -> tuple[Row, ...]:
        """The plan."""
        return tuple(entry.row for entry in self._entries)
