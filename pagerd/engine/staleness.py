"""What becomes of an alert that its source does not stand by any more: stale is not resolved."""

from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.events import AlertRenewed, AlertWentStale
from pagerd.core.paging.opening import title_of
from pagerd.core.values import changed
from pagerd.engine import apply, signals
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.records import alerts


async def went_stale(work: Work, alert: Alert, traits: SourceTraits | None, *, forgotten: bool = False) -> None:
    """Note that an alert is stale: not renewed, or `forgotten`. Its page says so, and goes on."""
    resolves_after = traits.stale_resolves_after if traits is not None else None
    lease_until = work.now + resolves_after if resolves_after is not None else None
    stale = changed(alert, status=AlertStatus.STALE, lease_until=lease_until)
    await alerts.save(work.c, stale)
    signals.stale(work, stale)
    await apply.set_alert_timer(work, stale)
    page = await apply.page_of(work, alert)
    if page is not None:
        await apply.happened(work, page, AlertWentStale(alert=title_of(alert), forgotten=forgotten))


async def believed_again(work: Work, alert: Alert) -> None:
    """Tell the page of a stale alert, which was stored as firing, that its source stands by it again."""
    page = await apply.page_of(work, alert)
    if page is not None:
        await apply.happened(work, page, AlertRenewed(alert=title_of(alert)))
