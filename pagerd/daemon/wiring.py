"""Everything that is made of the settings: built whole before a reload swaps anything, and swapped in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pagerd.clients.alertmanager import Alertmanager
from pagerd.config.settings import Settings
from pagerd.core.secret import Secret
from pagerd.daemon import first_start
from pagerd.daemon.adapters import credentials_directory, providers_of, rates_of, tracker_of, traits_of
from pagerd.daemon.doors import TwilioDesk, sources_of
from pagerd.daemon.heartbeat import Watcher
from pagerd.daemon.instruments import Instruments, instruments_of
from pagerd.daemon.members import members_of
from pagerd.daemon.missing import Missing
from pagerd.daemon.postmortem_folder import PostmortemFolder
from pagerd.daemon.receivers import receivers_of
from pagerd.engine.clock import Clock
from pagerd.engine.delivery import Delivery
from pagerd.engine.observing import observers
from pagerd.engine.work import LEASE, Hearing, SourceTraits
from pagerd.web.services import Services, SourceAccess

RETIRE_WITHIN_SECONDS = LEASE.total_seconds()
"""How long attempts may go on over what a reload replaced. By then their claims are over, and others make them anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What one version of the settings is made into. Nothing in it has connected to anything yet."""

    settings: Settings
    delivery: Delivery
    traits: Mapping[str, SourceTraits]
    sources: Mapping[str, SourceAccess]
    desk: TwilioDesk | None
    watcher: Watcher | None = None
    members: Mapping[str, Alertmanager]
    instruments: Instruments
    postmortems: PostmortemFolder | None = None
    missing: tuple[str, ...] = ()
    """What could not be made, in sentences."""

    @property
    def hearing(self) -> Hearing:
        """How reports and answers reach us: by callback where there is a public URL, and by asking."""
        return Hearing(
            by_callback=self.settings.public_url is not None,
            asks_for_texts=bool(self.delivery.inboxes),
            every=self.settings.poll_every,
        )

    async def retire(self, within_seconds: float) -> None:
        """Close all that it connected to, when what is on its way there has ended."""
        await self.delivery.retire(within_seconds)
        for one in self.members.values():
            await one.close()
        await self.instruments.close()

    def hand_to(self, services: Services) -> None:
        """Let the web use it from its next request on."""
        services.sources = self.sources
        services.provider = self.desk
        services.public_url = self.settings.public_url
        services.metrics_open = self.settings.metrics_open
        services.postmortems = self.postmortems
        services.instruments = self.instruments


def wired(
    settings: Settings, directory: Path, clock: Clock, *, observing: bool, goes_on_without: bool = False
) -> Wiring:
    """Make everything, with the secrets as they stand in their files now. Raises InvalidPlan for what cannot be made.

    With `goes_on_without` what cannot be made is left out and named in `missing`, as long as somebody can be told.

    Where it only observes, the providers are made all the same, so that whatever would keep it from sending is found
    now; then others stand in their places, and nobody is there who could send or would take what providers call.

    It reads files, so a running daemon does it in a thread.
    """
    first_start.prepare(settings, directory)
    missing = Missing(goes_on=goes_on_without)
    providers = providers_of(settings, directory, clock.now, missing)
    desk = TwilioDesk(settings, directory)
    tracker = missing.or_none("the tracker", partial(tracker_of, settings, directory, clock.now))
    told = receivers_of(settings, directory, clock.now, missing)
    watcher = missing.or_none("its heartbeat", partial(watcher_of, settings, directory))
    members = members_of(settings, directory, missing)
    instruments = instruments_of(settings, directory, missing)
    return Wiring(
        settings=settings,
        delivery=Delivery(
            observers(providers) if observing else providers,
            clock,
            settings.public_url,
            # Whoever only observes tells no tracker either: it has another pager's tickets.
            None if observing else tracker,
            rates=rates_of(settings),
            receivers={} if observing else told,
        ),
        traits=traits_of(settings),
        sources=sources_of(settings, directory),
        desk=None if observing else desk,
        watcher=watcher,
        members=members,
        instruments=instruments,
        postmortems=PostmortemFolder(path) if (path := settings.postmortem_path(directory)) is not None else None,
        missing=tuple(missing.words),
    )


def watcher_of(settings: Settings, directory: Path) -> Watcher | None:
    """Return who is told that pagerd goes on. Raises InvalidPlan for a URL that cannot be read or asked."""
    told = settings.heartbeat
    if told is None:
        return None
    if told.url_file is not None:
        return Watcher(told.url_file.read(directory, credentials_directory()), told.every)
    assert told.url is not None, "the config has one of the two"
    return Watcher(Secret(told.url), told.every)
