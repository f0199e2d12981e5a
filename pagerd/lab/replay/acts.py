"""What happened then, done again: to the page that stands for the page of then, by whoever did it.

Under another plan somebody may not have been asked who answered then. Then whoever was asked answers in their place, at
the same instant; where nobody had been asked yet, the answer came to nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from pagerd.channels.base import DeliveryReport, DeliveryStatus
from pagerd.core.alerts.alert import Alert, Batch, ReceivedAlert
from pagerd.core.alerts.episode import Change, observe
from pagerd.core.errors import NotFound
from pagerd.core.events import Acknowledged, Event, Snoozed
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.values import changed
from pagerd.engine import apply, commands, intake, outcomes, own, placing, staleness, stored, sweep
from pagerd.engine.work import SourceTraits, Work
from pagerd.lab.replay.recording import (
    ContactLost,
    ContactWorks,
    Known,
    MessageKey,
    OverridePut,
    OverrideTaken,
    PageOfThen,
    RaisedByHand,
    Reported,
    SilencePut,
    SilenceTaken,
    TicketAct,
)
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts, notifications, pages, tickets
from pagerd.stores.records import stored as stored_rows
from pagerd.stores.records.signals import Signal, SignalKind
from pagerd.stores.records.stored import UnusableContact

NEAR = timedelta(hours=1)
"""A page that opens so long before or after one of then, for one of the same alerts, still stands for it."""


class PagesOfThen:
    """Which page stands for which of then: the one of the same group, or one that has an alert of it."""

    def __init__(self, then: Mapping[str, PageOfThen]) -> None:
        self._by_group: dict[str, list[PageOfThen]] = {}
        self._by_alert: dict[tuple[str, str], list[PageOfThen]] = {}
        for one in then.values():
            self._by_group.setdefault(one.group_key, []).append(one)
            for alert in one.alerts:
                self._by_alert.setdefault(alert, []).append(one)
        self._then: dict[str, PageOfThen] = {}
        self._here: dict[str, str] = {}

    def stands_for(self, page_id: str, then: PageOfThen) -> None:
        """Say that a page stands for one of then."""
        self._then[page_id], self._here[then.id] = then, page_id

    def here(self, page_of_then: str) -> str | None:
        """Return the id of the page that stands for one of then, as far as there was one yet."""
        return self._here.get(page_of_then)

    async def of(self, c: Connection, page: Page) -> PageOfThen | None:
        """Return the page of then that a page stands for, or None: there was none like it."""
        known = self._then.get(page.id)
        if known is not None:
            return known
        found = _nearest(self._by_group.get(page.group_key, ()), page.opened_at)
        if found is None and self._by_alert:
            for alert in await alerts.of_page(c, page.id):
                found = _nearest(self._by_alert.get((alert.source, alert.fingerprint), ()), page.opened_at)
                if found is not None:
                    break
        if found is not None:
            self.stands_for(page.id, found)
        return found

    async def open_page(self, c: Connection, then: PageOfThen) -> Page | None:
        """Return the open page that stands for one of then."""
        here = self._here.get(then.id)
        page = await pages.find(c, here) if here is not None else await pages.find_open_of_group(c, then.group_key)
        if page is not None and page.is_open:
            return page
        for source, fingerprint in sorted(then.alerts):
            alert = await alerts.find(c, source, fingerprint)
            found = await pages.find(c, alert.page_id) if alert is not None and alert.page_id is not None else None
            if found is not None and found.is_open:
                return found
        return None


def _nearest(pages_of_then: "list[PageOfThen] | tuple[()]", at: datetime) -> PageOfThen | None:
    """Return the one that was open at an instant, or else was opened nearest to it, unless that is far away."""
    for one in pages_of_then:
        if one.was_open_at(at):
            return one
    nearest = min(pages_of_then, key=lambda one: abs(one.opened_at - at), default=None)
    return nearest if nearest is not None and abs(nearest.opened_at - at) <= NEAR else None


async def number_of(c: Connection, one: Notification) -> int:
    """Return the how many-th message of its page to this person, on this medium and for this purpose, it is."""
    assert one.page_id is not None, "only messages about a page are numbered"
    like = [
        other.id
        for other in await notifications.of_page(c, one.page_id, one.person)
        if (other.medium, other.purpose) == (one.medium, one.purpose)
    ]
    return like.index(one.id)


async def find_message(c: Connection, key: MessageKey, page_id: str) -> Notification | None:
    """Return the message that stands for one of then."""
    like = [
        other
        for other in await notifications.of_page(c, page_id, key.person)
        if other.medium is key.medium and other.purpose.value == key.purpose
    ]
    return like[key.number] if key.number < len(like) else None


async def happen(work: Work, page: Page, then: PageOfThen, event: Event) -> None:
    """Let an act of then happen to the page that stands for it."""
    by = getattr(event, "by", None)
    if isinstance(event, Acknowledged | Snoozed) and await _needs_stand_in(work, page, then, event.by):
        asked = (*page.position.asked, *reversed(page.reached))
        if not asked:
            raise NotFound(f"nobody was asked about {page.id} yet")
        by = asked[0]
        event = replace(event, by=by)
    await apply.happened(work, page, event)
    if isinstance(by, str):
        await apply.note_act(work, page.id, by)


async def _needs_stand_in(work: Work, page: Page, then: PageOfThen, by: str) -> bool:
    """Was somebody asked then, and is not here? Whoever answered unasked does so again."""
    if by not in then.asked or then.asked[by] > work.now:
        return False
    return not any(one.purpose in ASKING for one in await notifications.of_page(work.c, page.id, by))


async def raise_page(work: Work, what: RaisedByHand, then: PagesOfThen, page_of_then: PageOfThen) -> None:
    """Somebody raises a page in their own words."""
    answer = await commands.raise_page(work, what.by, "cli", what.team, what.text, what.severity)
    then.stands_for(answer.page.id, page_of_then)


async def act_on_ticket(work: Work, what: TicketAct) -> None:
    """Somebody takes, closes or reopens the ticket of a group."""
    found = await tickets.find_open_of_group(work.c, what.group_key)
    if found is None and what.act == "ticket.reopened":
        found = await tickets.last_of_group(work.c, what.group_key)
    if found is None:
        raise NotFound(f"no ticket stands for that of {what.group_key}")
    match what.act:
        case "ticket.taken":
            await commands.take_ticket(work, found.id, what.by)
        case "ticket.closed":
            await commands.close_ticket(work, found.id, what.by, what.reason)
        case _:
            await commands.reopen_ticket(work, found.id, what.by, what.reason)


async def store(
    work: Work, what: SilencePut | SilenceTaken | OverridePut | OverrideTaken | ContactLost | ContactWorks
) -> None:
    """Put into force what was stored by command then, or take it back."""
    match what:
        case SilencePut():
            await stored_rows.put_silence(work.c, what.silence)
        case SilenceTaken():
            for row in await stored_rows.silences(work.c, work.now):
                if row.id == what.id:
                    await stored_rows.put_silence(work.c, replace(row, end=work.now))
        case OverridePut():
            await stored_rows.put_override(work.c, what.override)
        case OverrideTaken():
            await stored_rows.drop_override(work.c, what.id)
        case ContactLost():
            person = work.plan.people.get(what.person)
            address = person.address(what.medium) if person is not None else None
            if address is None or (what.person, what.medium) in work.plan.unusable:
                return  # what a phone refused here was noted when it did
            lost = UnusableContact(person=what.person, medium=what.medium, address=address, at=work.now, why=what.why)
            await stored_rows.put_unusable(work.c, lost)
        case ContactWorks():
            await stored_rows.drop_unusable(work.c, what.person, what.medium)
        case _:
            assert_never(what)
    await stored.lay_again(work)


def is_of_a_timer(signal: Signal) -> bool:
    """Did nobody say so, but a time was over?"""
    return signal.kind is SignalKind.STALE


async def know(work: Work, what: Known, traits: Mapping[str, SourceTraits]) -> list[tuple[str, str]]:
    """Learn the news of one message again; return the alerts that began to fire."""
    fired = []
    for signal in what.signals:
        match signal.kind:
            case SignalKind.FIRED | SignalKind.RENEWED | SignalKind.RESOLVED:
                await _take_in(work, signal, traits)
            case SignalKind.STALE:
                alert = await alerts.find(work.c, signal.source, signal.fingerprint)
                if alert is not None and alert.is_open:
                    await staleness.went_stale(work, alert, None)
            case SignalKind.SUPPRESSED:
                await _suppress(work, signal)
            case _:
                assert_never(signal.kind)
        if signal.kind is SignalKind.FIRED:
            fired.append((signal.source, signal.fingerprint))
    return fired


async def _take_in(work: Work, signal: Signal, traits: Mapping[str, SourceTraits]) -> None:
    received = ReceivedAlert(
        fingerprint=signal.fingerprint,
        firing=signal.kind is not SignalKind.RESOLVED,
        labels=signal.labels,
        annotations=signal.annotations,
        starts_at=signal.starts_at,
        generator_url=signal.generator_url,
        ended_at=signal.ended_at,
    )
    if signal.source != own.SOURCE:
        await intake.receive(work, traits[signal.source], Batch(alerts=(received,)), renew_life=False)
        return
    current = await alerts.find(work.c, signal.source, signal.fingerprint)
    change, alert = observe(signal.source, current, received, work.now)
    if change is Change.NEW_EPISODE:
        await placing.place(work, alert, verdict=own.own_verdict(work.plan, alert))
    elif change is Change.RESOLVED and current is not None:
        # It ended because nobody raised it again in time: so it does here, in its turn among what is due.
        over = changed(current, lease_until=work.now)
        await alerts.save(work.c, over)
        await apply.set_alert_timer(work, over)


async def _suppress(work: Work, signal: Signal) -> None:
    alert: Alert | None = await alerts.find(work.c, signal.source, signal.fingerprint)
    if alert is not None and alert.is_open:
        alert = changed(alert, suppression=signal.suppression, suppressed_until=None)
        await alerts.save(work.c, alert)
        await sweep.look_at_silences(work, alert)


async def report(world: World, what: Reported, then: PagesOfThen) -> None:
    """Let a provider say how far a message came that stands for one of then."""
    page_id = then.here(what.message.page)
    if page_id is None:
        return

    async def act(work: Work) -> None:
        one = await find_message(work.c, what.message, page_id)
        if one is not None and one.provider_id is not None:
            status = DeliveryStatus(what.status)
            passed = DeliveryStatus(what.passed) if what.passed is not None else None
            told = DeliveryReport(provider_id=one.provider_id, status=status, detail=what.detail, passed=passed)
            await outcomes.reported(work, one.id, told)

    await world.do(act)
