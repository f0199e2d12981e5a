"""People, how they are reached, and when they sleep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo


class Medium(StrEnum):
    """How a message travels; a contact method is a medium and an address."""

    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"


class Urgency(StrEnum):
    """How hard we page: `high` may wake, `low` never does."""

    HIGH = "high"
    LOW = "low"


LOUD = frozenset({Medium.SMS, Medium.VOICE})
"""What may wake a person. Mail and chat do not."""


@dataclass(frozen=True, slots=True)
class NotificationRule:
    """One line of a person's own order: this medium, so long after they were first paged."""

    medium: Medium
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Night:
    """The hours in which a person sleeps, in their own zone; `end` not after `start` means the next day."""

    start: time = time(22)
    end: time = time(7)

    def contains(self, wall: time) -> bool:
        """Is this wall time inside the window, start included and end excluded?"""
        if self.start < self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNotices:
    """What somebody is told around their shifts: so long before the start of each, at its start, at its end.

    `by` are the media; without any it is mail, or a text where no mail reaches them. A text waits for the end of their
    night unless they want it `at_night`.
    """

    before: tuple[timedelta, ...] = ()
    at_start: bool = False
    at_end: bool = False
    by: tuple[Medium, ...] = ()
    at_night: bool = False

    @property
    def is_off(self) -> bool:
        """Is nothing told?"""
        return not (self.before or self.at_start or self.at_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can be paged. `sms` and `voice` are E.164 numbers; `login` is their account on this host.

    `shift_notices` None: around a shift they are told what the team of its schedule says.
    """

    id: str
    name: str
    zone: ZoneInfo
    sms: str | None = None
    voice: str | None = None
    email: str | None = None
    login: str | None = None
    night: Night = field(default_factory=Night)
    notify: Mapping[Urgency, tuple[NotificationRule, ...]]
    shift_notices: ShiftNotices | None = None
    until: datetime | None = None
    """When they leave (UTC): from then on they are off every schedule."""

    def address(self, medium: Medium) -> str | None:
        """Return the number or address behind a medium, or None where the person has none."""
        match medium:
            case Medium.SMS:
                return self.sms
            case Medium.VOICE:
                return self.voice
            case Medium.EMAIL:
                return self.email
            case _:
                assert_never(medium)

    def sleeps_at(self, instant: datetime) -> bool:
        """Is it night for this person, by the wall clock of their own zone?"""
        return self.night.contains(instant.astimezone(self.zone).time())
