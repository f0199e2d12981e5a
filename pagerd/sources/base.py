"""What every source promises: one function from a body to a Batch, or Unreadable with the reason and the place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pagerd.core.alerts.alert import Batch


@dataclass(frozen=True, slots=True)
class Limits:
    """What one body may hold. The body's size in bytes is checked before a parser sees it."""

    depth_max: int = 32  # Alertmanager's own payload has depth 4; templates may add a little.
    alerts_max: int = 10_000  # Prometheus' notifier queue holds 10,000: no honest sender has more to say at once.
    labels_max: int = 256  # Prometheus' own default limit is none; 256 is five times the widest seen in the wild.
    text_max: int = 16_384  # characters of one label value or annotation; longer ones are cut, and say so


class Parser(Protocol):
    """Reads one body of one kind of sender.

    A body that is not of the sender's shape raises Unreadable, whose message says where and what was expected. An alert
    that is broken among good ones becomes a Quarantined entry of the Batch. Unknown keys are ignored: senders grow.
    """

    def __call__(self, body: bytes, received_at: datetime, limits: Limits, /) -> Batch:
        """Read the body."""
        ...


class AtOnce(Protocol):
    """The fast half of a parser, for a short body: the same Batch, or None where the parser itself must look."""

    def __call__(self, body: bytes, received_at: datetime, limits: Limits, /) -> Batch | None:
        """Read the body if there is nothing odd about it."""
        ...
