"""`contacts` in `pagerd.yaml`: when people are asked whether their contacts still reach them."""

from datetime import timedelta

from pagerd.config import kinds, times
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, scalar, shaped
from pagerd.config.settings import Settings
from pagerd.core.contact_questions import ContactRules

DEFAULT = Settings().contacts

ASK_AFTER_MIN = timedelta(days=7)
"""More often, and people stop to look at what they are asked."""

_LENGTH_OR_NEVER: Kind[timedelta | None] = scalar(
    "duration or never", DEFAULT.ask_after, lambda raw: None if raw == "never" else times.duration(raw)
)
ASK_AFTER = defaulted(
    "ask_after",
    _LENGTH_OR_NEVER,
    DEFAULT.ask_after,
    "30d",
    "how long a contact of somebody in a rotation is not used before they are asked about it; 7d at least, or never",
)
TELL_AFTER = defaulted(
    "tell_after", kinds.DURATION, DEFAULT.tell_after, "3d", "how long without an answer before the team's lead is told"
)
CONTACTS = Shape(
    "contacts",
    "`contacts`",
    "When people are asked whether a contact still reaches them: by day, on working days.",
    (ASK_AFTER, TELL_AFTER),
)


def _make(reader: Reader, found: Fields, path: Path) -> ContactRules:
    del path
    ask_after = found[ASK_AFTER]
    if ask_after is not None and ask_after < ASK_AFTER_MIN:
        message = "people would be asked more often than they look"
        reader.report("E011", found.span_of(ASK_AFTER), message, f"at least {ASK_AFTER_MIN.days}d, or never")
    return ContactRules(ask_after=ask_after, tell_after=found[TELL_AFTER])


KIND: Kind[ContactRules] = shaped(CONTACTS, DEFAULT, _make)
KEY = defaulted(
    "contacts", KIND, DEFAULT, "below", "when people are asked whether their contacts reach them", structure=True
)
