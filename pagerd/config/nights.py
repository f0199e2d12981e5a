"""`nights` in `pagerd.yaml`: whether people are asked how long they were up, and what work by night earns."""

from pagerd.config import kinds
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, shaped
from pagerd.core.worklog.rules import NightRules

_DEFAULT = NightRules()

ASK = defaulted(
    "ask",
    kinds.BOOLEAN,
    _DEFAULT.asks,
    "true",
    "ask whoever was texted or called by night how long they were up, at the end of their night",
)
NIGHTS = Shape("nights", "`nights`", "What becomes of work by night.", (ASK,))


def _make(reader: Reader, found: Fields, path: Path) -> NightRules:
    del reader, path
    return NightRules(asks=found[ASK])


KIND: Kind[NightRules] = shaped(NIGHTS, NightRules(), _make)
