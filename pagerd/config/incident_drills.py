"""`drills` in `rules/incidents.yaml`: how often each team should have one."""

from datetime import timedelta

from pagerd.config import times
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, scalar, shaped
from pagerd.core.incidents.rules import DrillRules

_EVERY: Kind[timedelta | None] = scalar(
    "duration or none", None, lambda raw: None if raw == "none" else times.duration(raw)
)
EVERY = defaulted(
    "every", _EVERY, None, "none", "how long after a team's last drill its lead is reminded, by mail and by day"
)
SHAPE = Shape("the drills", "`drills`", "Drills: the same paging and the same clocks, for practice.", (EVERY,))


def _make(reader: Reader, found: Fields, path: Path) -> DrillRules:
    del reader, path
    return DrillRules(every=found[EVERY])


KIND: Kind[DrillRules] = shaped(SHAPE, DrillRules(), _make)
KEY = defaulted("drills", KIND, DrillRules(), "below", "how often there are drills", structure=True)
