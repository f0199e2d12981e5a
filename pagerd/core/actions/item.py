"""An action item: its terms, how far it is, and what was last found out about it.

All fields are plain values that a JSON codec can write and read back. An action item has a number of its own over all
incidents, and its history stands under the object `a-NUMBER`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.actions.terms import Terms, Verification, verification_in


class ActionStatus(StrEnum):
    """Done is what somebody says; verified is what was looked at."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"


UNFINISHED = (ActionStatus.OPEN, ActionStatus.STARTED, ActionStatus.DONE)
"""While it is one of these, somebody is reminded of it."""


class CheckState(StrEnum):
    """What a look at it came to. What cannot be read is unknown, which is neither."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The last look that pagerd took: what it came to, and in which words."""

    at: datetime
    state: CheckState
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """One action item of an incident. `team` and `service` are the incident's: its lead hears when nothing happens.

    `done_by` said that it is done, `over_by` and `over_why` say who verified or dropped it, and with which sentence.
    `repeats` are the incidents in which what it was about came back. `remind_at` and `check_at` are its two clocks.
    `ref` is what a tracker calls it. `head` is the hash of the newest entry of its history.
    """

    id: str
    number: int
    incident: int
    team: str
    service: str = ""
    is_drill: bool = False
    terms: Terms
    status: ActionStatus = ActionStatus.OPEN
    opened_at: datetime
    opened_by: str
    done_at: datetime | None = None
    done_by: str | None = None
    over_at: datetime | None = None
    over_by: str | None = None
    over_why: str = ""
    checked: Checked | None = None
    repeats: tuple[int, ...] = ()
    remind_at: datetime | None = None
    check_at: datetime | None = None
    ref: str = ""
    ref_url: str = ""
    version: int = 0
    head: str = ""

    @property
    def is_unfinished(self) -> bool:
        """Is it still to be verified?"""
        return self.status in UNFINISHED

    @property
    def verification(self) -> Verification:
        """How it is found out whether it helped."""
        return verification_in(self.terms.verification)

    @property
    def due(self) -> datetime | None:
        """When pagerd must look at it again."""
        return min((at for at in (self.remind_at, self.check_at) if at is not None), default=None)


def action_id(number: int) -> str:
    """Return the id under which the history of an action item stands."""
    return f"a-{number}"
