"""A heartbeat: `POST /api/v1/heartbeat/{source}`. That it came is all it says, so its body is not even read."""

from datetime import datetime

from pagerd.core.alerts.alert import Batch
from pagerd.sources.base import Limits


def parse(body: bytes, received_at: datetime, limits: Limits) -> Batch:  # noqa: ARG001  # whatever it is
    """Read nothing: a job may post its last line of output, a form, or no body at all."""
    return Batch(alerts=())


def at_once(body: bytes, received_at: datetime, limits: Limits) -> Batch | None:  # noqa: ARG001  # whatever it is
    """Read nothing."""
    return Batch(alerts=())
