"""The menu of mitigations, the reversible first: what stops the bleeding before anybody knows why it bleeds."""

from collections.abc import Mapping
from enum import StrEnum


class Mitigation(StrEnum):
    """What can be tried."""

    ROLLBACK = "rollback"
    FLAG = "flag"
    SHED = "shed"
    SCALE = "scale"
    STOP_BATCH = "stop_batch"
    RESTART = "restart"
    FAILOVER = "failover"
    OTHER = "other"


MENU: Mapping[str, str] = {
    Mitigation.ROLLBACK: "roll the latest change back",
    Mitigation.FLAG: "turn a flag off, or bypass the risky path",
    Mitigation.SHED: "limit rates, or shed load that is not critical",
    Mitigation.SCALE: "scale up for now: application, database, queue, a dependency",
    Mitigation.STOP_BATCH: "stop noisy batch jobs or consumers",
    Mitigation.RESTART: "restart stuck parts, safely",
    Mitigation.FAILOVER: "fail over, or go to a degraded mode",
    Mitigation.OTHER: "something else",
}
"""Each in words, in the order in which they are shown."""

REVERSIBLE = frozenset({Mitigation.ROLLBACK, Mitigation.FLAG, Mitigation.SHED, Mitigation.SCALE, Mitigation.STOP_BATCH})
"""What can be taken back as it was. To begin with anything else needs a reason."""


class Outcome(StrEnum):
    """What a mitigation did."""

    WORKED = "worked"
    NO_EFFECT = "no_effect"
    WORSE = "worse"
    UNDONE = "undone"
