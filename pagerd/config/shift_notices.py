"""`shift_notices` of a person and of a team: what is told around a shift, when, and by what."""

from datetime import timedelta
from enum import StrEnum

from pagerd.config import kinds
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, choice, defaulted, list_of, shaped
from pagerd.core.people import Medium, ShiftNotices

BEFORE_MAX = timedelta(days=14)
"""Whoever is told of a shift earlier than this has forgotten it when it begins."""


class NoticeMedium(StrEnum):
    """By what a notice goes. Nobody is called for one."""

    EMAIL = "email"
    SMS = "sms"


DEFAULT = ShiftNotices(before=(timedelta(days=1),), at_start=True, at_end=True)
SHOWN = "a day before, at start and at end, by mail"

BEFORE = defaulted(
    "before",
    list_of(kinds.DURATION, most=5),
    DEFAULT.before,
    "[1d]",
    "how long before the start of a shift; [] is never",
)
AT_START = defaulted("at_start", kinds.BOOLEAN, DEFAULT.at_start, "true", "at the start, with the handoff")
AT_END = defaulted("at_end", kinds.BOOLEAN, DEFAULT.at_end, "true", "at the end, with who has it now")
BY = defaulted(
    "by",
    list_of(choice(NoticeMedium, NoticeMedium.EMAIL), most=2),
    (),
    "[email], or [sms] where no mail reaches them",
    "by mail, by text or both; a text waits for the end of their night",
)
AT_NIGHT = defaulted("at_night", kinds.BOOLEAN, DEFAULT.at_night, "false", "a text may come in their night, too")
SHIFT_NOTICES = Shape(
    "shift_notices",
    "`shift_notices` of a person and of a team",
    "What somebody is told around their shifts.",
    (BEFORE, AT_START, AT_END, BY, AT_NIGHT),
)


def _make(reader: Reader, found: Fields, path: Path) -> ShiftNotices:
    del path
    before = tuple(sorted(set(found[BEFORE]), reverse=True))
    if before and before[0] > BEFORE_MAX:
        message = "nobody remembers for so long that a shift comes"
        reader.report("E011", found.span_of(BEFORE), message, f"at most {BEFORE_MAX.days}d")
    return ShiftNotices(
        before=before,
        at_start=found[AT_START],
        at_end=found[AT_END],
        by=tuple(Medium(one.value) for one in dict.fromkeys(found[BY])),
        at_night=found[AT_NIGHT],
    )


KIND: Kind[ShiftNotices] = shaped(SHIFT_NOTICES, DEFAULT, _make)
OF_A_PERSON: Kind[ShiftNotices | None] = KIND

SHAPES = (SHIFT_NOTICES,)
