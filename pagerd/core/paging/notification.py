"""One message to one person on one contact method: which, in which order, and what an outcome means for the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium, NotificationRule, Person, Urgency
from pagerd.core.plan import Plan
from pagerd.core.values import changed


class NotificationStatus(StrEnum):
    """PENDING waits for its due time, CLAIMED is in the air, the rest says how far it came or how it ended.

    OBSERVED was written down instead of being sent, because pagerd only observed. It counts as a message that was taken
    and of which nothing more is heard: the other contact methods keep their time, and it proves nothing of a phone.
    CONFIRMED is of a test page alone: its reader answered it.
    """

    PENDING = "pending"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    SENT = "sent"
    RINGING = "ringing"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"
    OBSERVED = "observed"
    CONFIRMED = "confirmed"


PROGRESS: Mapping[NotificationStatus, int] = {
    NotificationStatus.PENDING: 0,
    NotificationStatus.CLAIMED: 1,
    NotificationStatus.ACCEPTED: 2,
    NotificationStatus.SENT: 3,
    NotificationStatus.RINGING: 4,
    NotificationStatus.ANSWERED: 5,
    NotificationStatus.DELIVERED: 6,
    NotificationStatus.NOT_REACHED: 7,
    NotificationStatus.REFUSED: 8,
    NotificationStatus.FAILED: 8,
    NotificationStatus.CANCELLED: 9,
    NotificationStatus.OBSERVED: 9,
    NotificationStatus.CONFIRMED: 9,
}
"""How far a status is along; callbacks come late, twice and out of order, and a lower one never replaces a higher."""

UNDECIDED = frozenset(
    {NotificationStatus.ACCEPTED, NotificationStatus.SENT, NotificationStatus.RINGING, NotificationStatus.ANSWERED}
)
"""A provider has it, and has not said its last word on it yet."""

PROVES: Mapping[Medium, NotificationStatus] = {
    Medium.SMS: NotificationStatus.DELIVERED,
    Medium.VOICE: NotificationStatus.ANSWERED,
    Medium.EMAIL: NotificationStatus.ACCEPTED,
}
"""How far a message must come to show that its address works; a mail server that takes one says no more later."""

_NO_PROOF = frozenset(
    {
        NotificationStatus.NOT_REACHED,
        NotificationStatus.REFUSED,
        NotificationStatus.FAILED,
        NotificationStatus.CANCELLED,
        NotificationStatus.OBSERVED,
    }
)


def is_proof(medium: Medium, status: NotificationStatus) -> bool:
    """Does a message that came so far show that its address works?"""
    return status not in _NO_PROOF and PROGRESS[status] >= PROGRESS[PROVES[medium]]


ATTEMPTS_MAX = 6
"""Attempts while a provider is in trouble: with RETRY_AFTER they span about four minutes."""

RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(seconds=30),
    timedelta(seconds=60),
    timedelta(seconds=120),
)
"""How long to wait before each further attempt. The next contact method does not wait for them."""


DIGEST_RETRY_AFTER = timedelta(minutes=30)
DIGEST_ATTEMPTS_MAX = 24
"""A digest is of use all day long: after the first minutes it is tried twice an hour until the evening. So is what
customers read, until something newer takes its place, and who is on call."""

_OF_USE_ALL_DAY = frozenset({Purpose.DIGEST, Purpose.PUBLIC, Purpose.SHIFT})


def retry_after(purpose: Purpose, attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed attempts, or None: that was the last."""
    if purpose in _OF_USE_ALL_DAY and attempts >= len(RETRY_AFTER):
        return DIGEST_RETRY_AFTER if attempts < DIGEST_ATTEMPTS_MAX else None
    return RETRY_AFTER[min(attempts, len(RETRY_AFTER)) - 1] if attempts < ATTEMPTS_MAX else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One intended message. `page_id` is None for what concerns no page, such as a ticket or an alarm.

    `person` is empty for what goes to no person: a team's digest, or a text for customers, whose id is then in `why`.

    `code` is what the person may answer with, `digit` the key that acknowledges in this very call. `trail` says when it
    reached which status: (ISO instant, status, detail).
    """

    id: str
    page_id: str | None
    ticket_id: str | None = None
    person: str
    medium: Medium
    address: str
    purpose: Purpose
    urgency: Urgency
    created_at: datetime
    due: datetime
    due_first: datetime
    """When it was due at first: what comes later than this is late."""
    why: str = ""
    actor: str = ""
    status: NotificationStatus = NotificationStatus.PENDING
    attempts: int = 0
    again: bool = False
    """It is the second call of a person whom the first did not reach."""
    provider: str | None = None
    provider_id: str | None = None
    code: str | None = None
    digit: str | None = None
    text: str = ""
    rank: int = 9
    """Of the page's severity when it was put into the outbox; 1 is the worst."""
    merged_into: str | None = None
    """The notification whose message stood for this one too."""
    withdrawn: bool = False
    """Nobody wants it any more. What was in the air then may arrive; it is not tried again."""
    not_before: datetime | None = None
    """When its page is done settling, if it began to while this waited or was in the air: no attempt begins earlier."""
    trail: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def was_failed_over(self) -> bool:
        """Was it handed to several providers in one attempt, of which any may have sent it?"""
        return any(status == NotificationStatus.CLAIMED and detail for _, status, detail in self.trail)

    @property
    def moved_at(self) -> datetime:
        """When it last came further."""
        return datetime.fromisoformat(self.trail[-1][0]) if self.trail else self.due_first

    def moved(self, status: NotificationStatus, at: datetime, detail: str = "") -> "Notification":
        """Return it in a new status, with a line on the trail."""
        return changed(self, status=status, trail=(*self.trail, (at.isoformat(), status.value, detail)))


_MEDIA = tuple(Medium)


def why_unusable(plan: Plan, person: Person, medium: Medium) -> str | None:
    """Say why a person cannot be reached on a medium, or None: it is usable."""
    if not person.address(medium):
        return f"{person.id} has no {_ADDRESS[medium]}"
    if medium not in plan.media:
        return "the installation has no provider for it"
    if (person.id, medium) in plan.unusable:
        return "it was refused for good, and has not changed since"
    return None


_ADDRESS = {Medium.SMS: "number for texts", Medium.VOICE: "number for calls", Medium.EMAIL: "mail address"}


def usable_media(plan: Plan, person_id: str) -> tuple[Medium, ...]:
    """Return the media on which this person has an address, the installation a provider, and nothing was refused."""
    person = plan.people.get(person_id)
    if person is None:
        return ()
    return tuple([medium for medium in _MEDIA if why_unusable(plan, person, medium) is None])


def urgency_of_page(plan: Plan, urgency: str) -> Urgency:
    """Return how a page of this urgency is told: where the installation has no quiet channel, loudly or not at all."""
    return Urgency(urgency) if plan.media - LOUD else Urgency.HIGH


def is_reachable(plan: Plan, person: str, urgency: Urgency) -> bool:
    """Is there any contact method at all that this urgency may use?"""
    return bool(contact_order(plan, person, urgency))


def contact_order(plan: Plan, person_id: str, urgency: Urgency) -> tuple[NotificationRule, ...]:
    """Return the person's own rules less what is unusable; when nothing is left of them, whatever else works.

    Low urgency never uses loud methods. The delays keep their order, and the first goes at once: a person whose texts
    are refused is not made to wait for the call.
    """
    person = plan.people.get(person_id)
    if person is None:
        return ()
    usable = usable_media(plan, person_id)
    if urgency is Urgency.LOW:
        usable = tuple(medium for medium in usable if medium not in LOUD)
    kept = [rule for rule in person.notify.get(urgency, ()) if rule.medium in usable]
    if not kept:
        return tuple(NotificationRule(medium) for medium in usable)
    first = min(rule.after for rule in kept)
    if not first:
        return tuple(kept)
    return tuple(NotificationRule(rule.medium, rule.after - first) for rule in kept)


def brought_forward(
    siblings: Iterable[Notification], failed: Notification, now: datetime, *, call_again: bool
) -> tuple[Notification, ...]:
    """Return the notifications to be saved because `failed` did not reach its person.

    The next pending contact method of the same person and page goes now; a call that was not answered is made once
    more. `siblings` are the person's notifications for the page. The step keeps its time.
    """
    moved: list[Notification] = []
    # What was tried already waits for its provider: hurried, two failing methods would use up each other's attempts.
    untried = (one for one in siblings if one.status is NotificationStatus.PENDING and one.attempts == 0)
    waiting = sorted(untried, key=lambda one: one.due)
    if waiting and waiting[0].due > now:
        moved.append(changed(waiting[0], due=now))
    if call_again and failed.medium is Medium.VOICE and not failed.again:
        moved.append(
            changed(
                failed,
                id=f"{failed.id}-again",
                status=NotificationStatus.PENDING,
                due=now,
                due_first=now,
                attempts=0,
                again=True,
                provider=None,
                provider_id=None,
                merged_into=None,
                trail=(),
            )
        )
    return tuple(moved)
