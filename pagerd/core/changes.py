"""What was changed, by whom and when: whoever asks "what changed?" in an incident looks here first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ChangeKind(StrEnum):
    """What a change was."""

    DEPLOY = "deploy"
    CANARY = "canary"
    FLAG = "flag"
    CONFIG = "config"
    INFRASTRUCTURE = "infrastructure"
    ROLLBACK = "rollback"
    OTHER = "other"


CHANGE_KINDS: Mapping[str, str] = {
    ChangeKind.DEPLOY: "a release went out",
    ChangeKind.CANARY: "a release went to a few, to be watched",
    ChangeKind.FLAG: "a flag was turned",
    ChangeKind.CONFIG: "a setting was changed",
    ChangeKind.INFRASTRUCTURE: "a machine, a network, a database was changed",
    ChangeKind.ROLLBACK: "a change was taken back",
    ChangeKind.OTHER: "something else",
}
"""Each kind in words."""

AHEAD_MAX = timedelta(minutes=5)
"""How far the clock of a sender may be ahead; what is later has not happened yet."""

WHAT_MAX, NAME_MAX, ID_MAX = 500, 100, 256
"""Characters of what was changed, of a service or of whoever did it, and of a sender's own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedChange:
    """A change as somebody told it. `id` is its identity within the source; None: nothing tells it from another."""

    id: str | None
    kind: ChangeKind
    service: str
    what: str
    by: str = ""
    link: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that is kept. `source` is the machine that told of it; empty: the person `by` did."""

    id: str
    source: str
    kind: ChangeKind
    service: str
    what: str
    by: str
    link: str
    at: datetime
    received_at: datetime
