"""Observing: everything but sending. What would have been sent, and where each alert went, is written down.

An observing daemon has no providers at all: in the place of each stands one that has its name and nothing behind it. So
there is nobody who could send, and nobody who could be asked for replies or reports.
"""

from collections.abc import Mapping, Sequence

from pagerd.channels.base import DeliveryStatus, Outgoing, Provider, Receipt
from pagerd.core.alerts.alert import Alert
from pagerd.core.observing import JudgedAlert
from pagerd.core.paging.message import in_words
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.opening import title_of
from pagerd.core.people import Medium
from pagerd.core.placement import Place
from pagerd.core.policy import Verdict
from pagerd.engine.work import Work
from pagerd.stores.records import observed

NO_TOKEN = "observed-opens-nothing"  # noqa: S105  # it is none
"""Stands for a link's token in what is written down: as long as one, so that a text is cut where it would be cut."""


class Observer:
    """Stands in the place of a provider: it keeps its name, and whether answers to it would be heard, no more."""

    def __init__(self, provider: Provider) -> None:
        self.name = provider.name
        self.medium = provider.medium
        self.takes_answers = provider.takes_answers

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:  # noqa: ARG002  # nothing to wait for
        """Send nothing, and return what would have been said."""
        return Receipt(self.name, "", DeliveryStatus.OBSERVED, words=in_words(outgoing.body))

    async def close(self) -> None:
        """Nothing is held."""


def observers(providers: Mapping[Medium, Sequence[Provider]]) -> Mapping[Medium, tuple[Provider, ...]]:
    """Put an observer in the place of each provider."""
    return {medium: tuple(Observer(one) for one in some) for medium, some in providers.items()}


async def write_down(work: Work, one: Notification, words: str) -> None:
    """Write down what would have been sent, and what had happened for it to be put into the outbox."""
    event = await observed.event_behind(work.c, one.page_id, one.created_at) if one.page_id is not None else ""
    await observed.put_message(work.c, one.id, work.now, event, words)


async def note_judged(work: Work, alert: Alert, verdict: Verdict, place: Place) -> None:
    """Write down where an alert went."""
    judged = JudgedAlert(
        at=work.now,
        source=alert.source,
        alert=title_of(alert),
        summary=alert.annotations.get("summary", ""),
        team=verdict.team,
        service=verdict.service,
        severity=verdict.severity,
        place=place,
        page_id=alert.page_id,
        ticket_id=alert.ticket_id,
        muted_by=alert.muted_by,
        reasons=alert.reasons,
    )
    await observed.put_alert(work.c, work.chance.row_id(work.now), judged)
