"""What happened about who comes together: the room, all hands, who did not come, onlookers and their questions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpened:
    """Its people meet here from now on; without a person the pool gave it."""

    by: str
    via: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllHandsCalled:
    """A person calls everybody who is named for that."""

    by: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """`person` looks on from now on."""

    by: str
    via: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollowed:
    """`person` looks on no more."""

    by: str
    via: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """An onlooker wants to know something."""

    by: str
    via: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    """Somebody answers a question."""

    by: str
    via: str
    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyCame:
    """Everybody was asked by a page that the incident raised, and nobody answered.

    It comes again each time that it is still so. `first` are the targets that were asked first; nobody `is_reached`
    where nobody is on call for any of them, or nobody who is has a contact method.
    """

    errand: str
    page: str
    first: tuple[str, ...] = ()
    is_reached: bool = True


RoomEvent = RoomOpened | AllHandsCalled | Followed | Unfollowed | QuestionAsked | QuestionAnswered | NobodyCame
