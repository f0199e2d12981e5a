"""`actions` in `rules/incidents.yaml`: how action items are chased."""

from pagerd.config import kinds
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, shaped
from pagerd.core.actions.rules import ActionRules

_DEFAULT = ActionRules()

REMIND_BEFORE = defaulted(
    "remind_before",
    kinds.DURATION,
    _DEFAULT.remind_before,
    "2d",
    "how many days before it is due its owner is reminded; on the day and every week after in any case",
)
LEAD_AFTER = defaulted(
    "lead_after",
    kinds.DURATION,
    _DEFAULT.lead_after,
    "14d",
    "for how many days it must be overdue until the team lead is told besides",
)
SHAPE = Shape("actions", "`actions`", "How action items are chased.", (REMIND_BEFORE, LEAD_AFTER))


def _make(reader: Reader, found: Fields, path: Path) -> ActionRules:
    del reader, path
    return ActionRules(remind_before=found[REMIND_BEFORE], lead_after=found[LEAD_AFTER])


_KIND: Kind[ActionRules] = shaped(SHAPE, _DEFAULT, _make)
KEY = defaulted("actions", _KIND, _DEFAULT, "below", "how action items are chased", structure=True)
