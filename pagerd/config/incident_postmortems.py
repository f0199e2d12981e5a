"""`postmortems` in `rules/incidents.yaml`: how long an incident that needs none stays open to be taken up again."""

from pagerd.config import kinds
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, shaped
from pagerd.config.times import duration_text
from pagerd.core.postmortems.rules import PostmortemRules

_DEFAULT = PostmortemRules()

CLOSE_AFTER = defaulted(
    "close_after",
    kinds.DURATION,
    _DEFAULT.close_after,
    duration_text(_DEFAULT.close_after),
    "how long an incident without a postmortem stays resolved before it is closed; until then it can be reopened",
)
SHAPE = Shape(
    "postmortems",
    "`postmortems`",
    "What follows an incident. How soon its postmortem is due is `postmortem_due` of its severity.",
    (CLOSE_AFTER,),
)


def _make(reader: Reader, found: Fields, path: Path) -> PostmortemRules:
    del reader, path
    return PostmortemRules(close_after=found[CLOSE_AFTER])


KIND: Kind[PostmortemRules] = shaped(SHAPE, PostmortemRules(), _make)
KEY = defaulted("postmortems", KIND, PostmortemRules(), "below", "what follows an incident", structure=True)
