"""What an alert must be after all that its source told of it: a model of the rules that sources are promised.

A message that was not answered may have been stored or not. Then the model holds what is so either way, and no more.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from pagerd.core.alerts.alert import ReceivedAlert


@dataclass(frozen=True, slots=True)
class Kept:
    """What is surely so of one alert."""

    fires: bool | None = False
    """None where nobody can know. What was never told does not fire."""
    ended: datetime | None = None
    """Pagerd surely believed an end of that instant: that one and older ones were overtaken, and say nothing."""
    perhaps_ended: datetime | None = None
    """And it believed none that is newer than this."""

    def told(self, alert: ReceivedAlert) -> "Kept":
        """Return what is so after a message that was answered 2xx."""
        if alert.firing:
            return self if self.fires else replace(self, fires=True)
        at = alert.ended_at
        assert at is not None, "the sources of a storm say when an alert ended"
        if self.fires is False or (self.ended is not None and at <= self.ended):
            return self
        if self.perhaps_ended is not None and at <= self.perhaps_ended:
            return replace(self, fires=None)
        # Whether it had ended before is what may be unknown; that it is over now is not.
        return Kept(fires=False, ended=at if self.fires else self.ended, perhaps_ended=at)

    def perhaps_told(self, alert: ReceivedAlert) -> "Kept":
        """Return what is so whether a message was stored or not."""
        after = self.told(alert)
        fires = after.fires if after.fires is self.fires else None
        return replace(after, fires=fires, ended=self.ended)
