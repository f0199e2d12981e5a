"""Errors, each named for what the caller must do about it."""


class PagerdError(Exception):
    """The root of every error that pagerd raises on purpose."""


class Refused(PagerdError):
    """The destination will never take it: do not try this contact again until it changes."""


class Unavailable(PagerdError):
    """It was surely not sent: try later, or by another road.

    `retry_after_seconds` is what the other side asked for, or None.
    """

    def __init__(self, message: str, *, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unconfirmed(PagerdError):
    """It was perhaps sent: treat it as not sent, and say the same thing again."""


class Withheld(PagerdError):
    """It was surely not sent, because somebody else may be sending it by now: whose it is stands in the store."""


class Unreadable(PagerdError):
    """The sender wrote something that can never be right: tell them where, and what was expected."""


class InvalidPlan(PagerdError):
    """The config cannot be used: file, line and what was expected stand in the findings."""


class IllegalTransition(PagerdError):
    """This event means nothing in this state; nothing was changed."""


class StaleState(PagerdError):
    """Somebody else changed it in between: load it again and decide again."""


class NotFound(PagerdError):
    """There is no such thing under that name."""


class NotAllowed(PagerdError):
    """We know who asks, and they may not."""


class Conflict(PagerdError):
    """The act is well formed but the state answers no: the message says what would be right."""
