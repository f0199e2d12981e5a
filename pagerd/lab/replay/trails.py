"""How far each message of then came: what became of its attempts, and what was reported of it later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pagerd.channels.base import DeliveryStatus
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.people import Medium
from pagerd.core.worklog.nights import EvidenceKind
from pagerd.lab.replay.recording import Item, MessageKey, Reported
from pagerd.stores.base import Connection
from pagerd.stores.records import nights, notifications

_REPORTS = {one.value for one in DeliveryStatus if one is not DeliveryStatus.OBSERVED}
_UNTRIED = frozenset({NotificationStatus.CLAIMED.value, NotificationStatus.CANCELLED.value})


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one message: of its attempts, and what was reported of it later."""

    key: MessageKey
    attempts: tuple[tuple[str, str], ...]
    reports: tuple[Item, ...]


async def of_page(c: Connection, page_id: str) -> list[Told]:
    """Return what became of each message about a page."""
    noises = {(one.notification, one.at): one.kind for row in await nights.of_page(c, page_id) for one in row.evidence}
    counted: dict[tuple[str, Medium, str], int] = {}
    found = []
    for one in await notifications.of_page(c, page_id):
        like = (one.person, one.medium, one.purpose.value)
        number = counted.get(like, 0)
        counted[like] = number + 1
        found.append(_became_of(one, MessageKey(page_id, *like, number), noises))
    return found


def _became_of(one: Notification, key: MessageKey, noises: Mapping[tuple[str, datetime], EvidenceKind]) -> Told:
    attempts: list[tuple[str, str]] = []
    reports: list[Item] = []
    is_taken = False
    for moment, status, detail in one.trail:
        at = datetime.fromisoformat(moment)
        if is_taken and status in _REPORTS:
            passed = _passed(noises.get((one.id, at))) if status == DeliveryStatus.NOT_REACHED.value else None
            reports.append(Item(at, Reported(key, status, detail, passed)))
        elif not is_taken and status not in _UNTRIED and status != NotificationStatus.OBSERVED.value:
            attempts.append((status, detail))
            is_taken = status in _REPORTS
    return Told(key, tuple(attempts), tuple(reports))


def _passed(noise: EvidenceKind | None) -> str | None:
    match noise:
        case EvidenceKind.RANG:
            return DeliveryStatus.RINGING.value
        case EvidenceKind.ANSWERED:
            return DeliveryStatus.ANSWERED.value
        case _:
            return None
