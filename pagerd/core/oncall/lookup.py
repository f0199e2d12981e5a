"""Who is on call: a pure function of a book and an instant.

The rules, in the order in which they act:

1. *Layers.* The highest level that has somebody shows and hides those below it; its layers are all on call. Fixed
   shifts are one level more, on top of all others: those that are on at once lie side by side.
2. *Away.* A person who is away has no place anywhere. The next in turn of the same layer has the place: the first
   person of the turns after it who is not away, not in the answer already, not taken off by an override, and for a
   copy not on call in the copied schedule. Where there is no such person the layer has one fewer; a level that is left
   with nobody shows the level below. A fixed shift has no turns, so nobody covers it.
3. *Overrides* change places, not people: `instead_of` means whoever the layers put there, the cover of somebody away
   included, and never a person whom another override put there. So they do not chain.
   - The stronger wins: stored before files, the larger `order` before the smaller.
   - REPLACE and EVERYBODY take the place even of a person who is away; nobody else covers it then.
   - EVERYBODY takes all places that no stronger REPLACE speaks of, fills a hole, and silences all weaker overrides.
   - REMOVE takes a person out of the layers' answer and out of every weaker override. Nobody covers, and no lower level
     shows: it may leave a hole, on purpose. A person who is away is already out, and stays covered.
   - ADD adds, to a hole as well.
   - A person whom REPLACE or EVERYBODY puts in and who is away is covered by the next in turn of the place. A person
     whom ADD puts in has no turn, so nobody covers.
4. *Copies.* A copy has the places of the copied layers, `offset` turns later; an empty turn there is passed over. It
   follows layers, `away` and its own overrides, not the overrides of the copied schedule. A person who is finally on
   call in the copied schedule, by whatever way, is passed over for the next in turn, as if away; only an override of
   the copy itself may name that person. A copy of a copy, or of nothing, has no places. The fixed shifts of the copied
   schedule are not the copy's; a copy may have its own.
5. *Shadows* are told and never counted on: they fill no place, cover nobody, and no override speaks of them. Who is on
   call anyhow, or away, is no shadow then. A copy has its own shadows, not those of the copied schedule.

People are given in the order in which the layers first name them, all others after them by name. The order says
nothing, and two answers with the same people are the same answer.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pagerd.core.errors import NotFound
from pagerd.core.oncall.roster import Answer, Roster
from pagerd.core.oncall.schedule import FOR_GOOD, Book, OnCall
from pagerd.core.suggestions import unknown

HORIZON = timedelta(days=400)
"""How far `on_call` looks for the next change: a year and a month, as far as `check` proves coverage."""

# The plan in force, the one before it, and a few that previews and comparisons make.
_BOOKS_KEPT = 4

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = FOR_GOOD


def people_on_call(book: Book, schedule: str, at: datetime) -> tuple[str, ...]:
    """Return who is on call at an instant; nobody is an answer too. Raises NotFound for an unknown schedule."""
    return _roster(book, schedule).answer(asked_at(at)).people


def on_call(book: Book, schedule: str, at: datetime) -> OnCall:
    """Return who is on call at an instant, why, until when and who comes then.

    `until` is the next instant at which the people change, None where they do not within HORIZON. `following` are the
    people from then on: empty where a hole follows. Raises NotFound for a schedule that is not there.
    """
    at = asked_at(at)
    roster = _roster(book, schedule)
    answers = roster.walk(at, at + HORIZON)
    _, first = next(answers)
    until: datetime | None = None
    following: tuple[str, ...] = ()
    for start, later in answers:
        if later.people != first.people:
            until, following = start, later.people
            break
    return OnCall(
        schedule=schedule,
        at=at,
        people=first.people,
        layer=first.layer,
        override=first.override,
        until=until,
        following=following,
        shadows=roster.shadows.at(at, first.people),
    )


def shadows_of(book: Book, schedule: str, at: datetime, people: tuple[str, ...]) -> tuple[str, ...]:
    """Return who is told at an instant beside the people on call, and never counted on. Raises NotFound."""
    return _roster(book, schedule).shadows.at(asked_at(at), people)


def answers_between(book: Book, schedule: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, Answer]]:
    """Give each answer from `start` until before `end`, with the instant from which it holds; two may be alike."""
    return _roster(book, schedule).walk(asked_at(start), asked_at(end))


def is_left_to_nobody(book: Book, schedule: str, at: datetime) -> bool:
    """Does the schedule say `none` at an instant, so that nobody being on call then is meant? Raises NotFound."""
    return _roster(book, schedule).is_left_to_nobody(asked_at(at))


def asked_at(at: datetime) -> datetime:
    """Return an instant that can be asked for, in UTC. Raises ValueError for one far beyond any schedule."""
    if at.tzinfo is None:
        raise ValueError(f"asking who is on call at {at}: the instant has no zone")
    if not _EARLIEST <= at <= _LATEST:
        raise ValueError(f"asking who is on call at {at}: it must lie between {_EARLIEST:%Y} and {_LATEST:%Y}")
    return at.astimezone(UTC)


class _Kept:
    """The rosters of the books that were asked last. Only a cache: the answers are the same without it.

    Entries are swapped whole, never changed in place, because the engine asks from more than one thread.
    """

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: tuple[tuple[Book, dict[str, Roster]], ...] = ()

    def of(self, book: Book) -> dict[str, Roster]:
        for kept, rosters in self._entries:
            if kept is book:
                return rosters
        rosters = {}
        self._entries = ((book, rosters), *self._entries[: _BOOKS_KEPT - 1])
        return rosters


_kept = _Kept()


def _roster(book: Book, schedule: str) -> Roster:
    rosters = _kept.of(book)
    roster = rosters.get(schedule)
    if roster is None:
        found = book.schedules.get(schedule)
        if found is None:
            raise NotFound(unknown("schedule", schedule, book.schedules))
        roster = rosters[schedule] = Roster(book, found)
    return roster
