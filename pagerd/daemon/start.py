"""Starts the daemon in order, keeps it running, and stops it in order."""

import asyncio
import contextlib
import functools
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import structlog

from pagerd.config.findings import by_severity
from pagerd.config.load import content_hash, settings_of
from pagerd.config.reading import read_config
from pagerd.config.settings import Settings
from pagerd.core.errors import PagerdError, Unreadable
from pagerd.daemon import build, doctor, first_start, liveness, plans, runtime, salvaging, service_manager
from pagerd.daemon.adapters import socket_path
from pagerd.daemon.doors import login_of
from pagerd.daemon.greeting import OBSERVES, greeting
from pagerd.daemon.liveness import Liveness
from pagerd.daemon.nodes import Membership, new_id
from pagerd.daemon.plans import InForce, Plans, read_old
from pagerd.daemon.postmortem_writer import PostmortemWriter
from pagerd.daemon.showing import showing
from pagerd.daemon.status_site import StatusSite
from pagerd.daemon.stop import Stop
from pagerd.daemon.stores import Opened, open_store
from pagerd.daemon.watch import Watch, clock_checks
from pagerd.daemon.wiring import RETIRE_WITHIN_SECONDS, Wiring, wired
from pagerd.engine import apply, exports, going_live, intake, provider_health, questions, sweep
from pagerd.engine.actions.looking import Looker
from pagerd.engine.asking import Asker
from pagerd.engine.asking_sources import SourceAsker
from pagerd.engine.boundaries import UNWATCHED, Boundaries
from pagerd.engine.chance import Chance
from pagerd.engine.clock import SystemClock
from pagerd.engine.engine import Engine
from pagerd.engine.explaining import OldPlans
from pagerd.engine.exporting import Exporter
from pagerd.engine.heart import Heart, Senders
from pagerd.engine.incidents import announcing
from pagerd.engine.incidents.messenger import Messenger
from pagerd.engine.incidents.sampling import Sampler
from pagerd.engine.lag import LoopLag
from pagerd.engine.metrics import Metrics
from pagerd.engine.work import Work
from pagerd.stores.records import notifications
from pagerd.stores.sqlite import library_version
from pagerd.web import services
from pagerd.web.app import App, local_app, public_app
from pagerd.web.services import LocalUsers, ReloadResult, Services, Status

log = structlog.get_logger()

CLOSE_WITHIN_SECONDS = 5.0
"""A disk that hangs must not hold up the end: what was answered with success is on it, and its file is whole anyway."""


def main(
    directory: Path, say: Callable[[str], None], *, observing: bool = False, boundaries: Boundaries = UNWATCHED
) -> None:
    """Run the daemon in an event loop of its own. One that is `observing` does everything but send."""
    runtime.run(run(directory, say, observing=observing, boundaries=boundaries))


class NotStarted(PagerdError):
    """The machine does not let it start: the message says what to change there, or in pagerd.yaml."""


async def run(
    directory: Path, say: Callable[[str], None], *, observing: bool = False, boundaries: Boundaries = UNWATCHED
) -> None:
    """Run until SIGTERM or SIGINT. Raises InvalidPlan, StoreUnusable or NotStarted when it cannot start."""
    own_clock = SystemClock()
    opened = await open_store(_prepared(directory, own_clock.now()), directory, own_clock)
    store = opened.store
    try:
        in_force = await plans.at_start(store, directory, opened.clock)
        daemon = Daemon(directory, opened, in_force, observing=observing, boundaries=boundaries)
        try:
            await daemon.run(say)
        except UnicodeDecodeError:
            salvaging.suspect(opened.file)
            raise
        except ExceptionGroup as several:
            if several.subgroup(UnicodeDecodeError) is not None:
                salvaging.suspect(opened.file)
            # The group is how our tasks end together; what kept it from starting is said alone.
            if (refused := several.subgroup(NotStarted)) is not None:
                raise refused.exceptions[0] from several
            raise
    finally:
        await _soon("closing the store", store.close())


async def _soon(what: str, work: Awaitable[None]) -> None:
    """Do what takes a moment even where we were told twice to stop, unless the disk hangs."""
    try:
        async with asyncio.timeout(CLOSE_WITHIN_SECONDS):
            await work
    except (TimeoutError, PagerdError) as error:
        log.warning("stop.cut_short", what=what, error=str(error) or f"not within {CLOSE_WITHIN_SECONDS:.0f} s")


def _prepared(directory: Path, now: datetime) -> Settings:
    """Make the state directory; return what says where the store is. With a broken `pagerd.yaml` the defaults do."""
    if not directory.is_dir():
        raise Unreadable(f"reading the config files: {directory} is not a directory")
    files, loaded = read_config(directory, now)
    # A mistake in a rule does not move the database: where `pagerd.yaml` alone can be read, it says where that is.
    settings = loaded.settings or settings_of(files) or plans.DEFAULTS
    store_path, state = settings.store_path(directory), settings.state_path(directory)
    if store_path is not None and not store_path.exists():
        # Without a database there is no earlier plan: a start in the wrong folder leaves nothing behind.
        plans.read_or_refuse(directory, now)
    try:
        first_start.make_state_directory(state)
    except OSError as error:
        raise NotStarted(
            f"the state directory {state} cannot be made: {error.strerror}. pagerd writes its database, its tokens and "
            "its socket there: let it, or name another place with `state_dir` in pagerd.yaml"
        ) from error
    return settings


class Daemon:
    """One running pagerd."""

    def __init__(
        self,
        directory: Path,
        opened: Opened,
        in_force: InForce,
        *,
        observing: bool,
        boundaries: Boundaries,
    ) -> None:
        self._directory = directory
        self._salvaged = opened.salvaged
        self._store = store = opened.store
        self._clock = clock = opened.clock
        self._is_shared = opened.is_shared
        self._started_with = in_force.settings
        self._wiring = wired(in_force.settings, directory, clock, observing=observing, goes_on_without=True)
        self.engine = Engine(
            store=store,
            plan=in_force.plan,
            clock=clock,
            chance=Chance(),
            delivery=self._wiring.delivery,
            metrics=(metrics := Metrics(revision=build.revision(), sqlite=library_version())),
            sources=self._wiring.traits,
            with_links=in_force.settings.public_url is not None,
            hearing=self._wiring.hearing,
            observing=observing,
            boundaries=boundaries,
            node=new_id() if opened.is_shared else None,
        )
        self._observing_since: datetime | None = None
        self._plans = Plans(directory, self.engine, in_force, self._swap)
        self._nodes = Membership(self.engine, in_force.settings, lambda: self._plans.in_force.files)
        self._heart = Heart(self.engine)
        self._senders = Senders(self.engine)
        self._asker = Asker(self.engine)
        self._exporter = Exporter(self.engine)
        self._messenger = Messenger(self.engine)
        self._source_asker = SourceAsker(self.engine, self._wiring.members)
        self._sampler = Sampler(self.engine, self._wiring.instruments)
        self._looker = Looker(self.engine, self._wiring.instruments)
        self._lag = LoopLag(clock, metrics)
        self._watch = Watch(self.engine, self._heart, lambda: self._wiring.watcher)
        self._services = Services(
            engine=self.engine,
            status=self._status,
            reload=self._reload,
            old_plans=OldPlans(read_old),
            in_force=self._showing,
            known_as=functools.partial(plans.known_as, store),
            store_trouble=self._watch.store.hear,
            examine=self._examine,
            instance=self.engine.node or new_id(),
            asked=self._source_asker.standing,
        )
        shown_in = in_force.settings.status_page_dir
        self._site = StatusSite(self.engine, self._services.site, directory / shown_in if shown_in else None)
        self._wiring.hand_to(self._services)
        self._postmortems = PostmortemWriter(self.engine, lambda: self._wiring.postmortems)
        self._group: asyncio.TaskGroup | None = None
        self._manager = service_manager.from_environment()
        self._liveness = Liveness(self._manager, self._heart, store, clock, self._status)
        self._stop = Stop()
        self._reload_wanted = asyncio.Event()

    async def run(self, say: Callable[[str], None]) -> None:
        """Start in order: what was due first, then the doors. Stop in order: the doors, then what is in hand."""
        settings = self._plans.in_force.settings
        told = {signal.SIGTERM: self._stop.ask, signal.SIGINT: self._stop.ask, signal.SIGHUP: self._reload_wanted.set}
        with runtime.listening_to(told):
            await self._nodes.join()
            self._observing_since = await going_live.settle_mode(self.engine)
            await self._watch_sources(listens_since=self._clock.now())
            if not self._is_shared:
                await self.engine.transact(_take_over)
            await self.engine.transact(self._tell_of_the_start)
            await self.engine.transact(lambda work: provider_health.recall(work, self.engine.delivery.carriers))
            async with asyncio.TaskGroup() as self._group:
                group = self._group
                self._nodes.start(group, self._watch.store.hear)
                senders = group.create_task(self._senders.run())
                heart = group.create_task(self._heart.run())
                asking = (self._asker, self._source_asker, self._sampler, self._looker)
                askers = [group.create_task(one.run()) for one in asking]
                telling = (self._exporter, self._messenger, self._site, self._postmortems)
                tellers = [group.create_task(one.run()) for one in telling]
                lag = group.create_task(self._lag.run())
                await self.engine.transact(sweep.under_new_plan)
                await self.engine.transact(questions.begin)
                doors = await self._open_doors()
                in_force = self._plans.in_force
                now, is_current = self._clock.now(), in_force.is_current
                if self._observing_since is not None:
                    say(OBSERVES)
                for line in greeting(self.engine.plan, settings, self._directory, now, is_current=is_current):
                    say(line)
                log.info("started", revision=in_force.plan.revision, observing=self.engine.observing)
                runtime.spare_the_collector()
                self._manager.started(liveness.line(self._status()))
                reloads = group.create_task(self._reload_when_told())
                looks = group.create_task(self._liveness.run())
                self._watch.start(group)
                await self._stop.wanted.wait()
                log.info("stopping", in_flight=self.engine.in_flight)
                looks.cancel()
                self._watch.stop()
                reloads.cancel()
                for asker in askers:
                    asker.cancel()
                for teller in tellers:
                    teller.cancel()
                self._manager.stops(f"takes nothing more in; {self.engine.in_flight} messages in hand")
                if self._is_shared:
                    await self._hand_over(heart)
                for door in doors:
                    await self._stop.finish("closing a door", door.close())
                self._heart.stop()
                await self._stop.finish("a round of the heartbeat", heart)
                self._senders.stop()
                await _soon("handing back what waits", self._senders.hand_back())
                await self._stop.finish("what is being sent", senders)
                await _soon("handing back what came in between", self._senders.hand_back())
                await self._stop.finish("closing the providers", self._wiring.retire(0))
                self._nodes.stop()
                lag.cancel()
        log.info("stopped")

    async def _hand_over(self, heart: asyncio.Task[None]) -> None:
        """Leave what is due to the other nodes before anything else ends: they take it up within two seconds.

        What this one has claimed and not begun is given back first: a round of the heartbeat that is under way may have
        hundreds of timers before it, which it now leaves where they are.
        """
        self.engine.takes_up = False
        self._heart.stop()
        self._senders.stop()
        await _soon("handing back what waits", self._senders.hand_back())
        await _soon("leaving the nodes", self._nodes.leave())
        await self._stop.finish("a round of the heartbeat", heart)

    async def _open_doors(self) -> tuple[App, App]:
        """Listen: on TCP for machines and tokens, on the socket for the people of this host."""
        settings = self._plans.in_force.settings
        public = public_app(self._services)
        for address in settings.listen:
            with _listening_on(str(address), "another pagerd? else name another address with `listen` in pagerd.yaml"):
                await public.listen(address.host, address.port)
        local = local_app(self._services, LocalUsers(trusted=frozenset({0, os.getuid()}), login_of=login_of))
        socket = socket_path(settings, self._directory)
        with _listening_on(f"the socket {socket}", "name another place with `state_dir` in pagerd.yaml"):
            await local.listen_unix(socket)
        return public, local

    async def _reload_when_told(self) -> None:
        while True:
            await self._reload_wanted.wait()
            self._reload_wanted.clear()
            try:
                await self._reload()
            except Exception as error:
                # Whatever it was, pages go on under what is in force: a signal must never end the daemon.
                log.exception("config.reload_failed", error=str(error))

    def _swap(self, new: Wiring) -> None:
        """Take the new wiring, and close the old one when what is on its way there has ended."""
        assert self._group is not None, "nothing reloads before the daemon runs"
        old, self._wiring = self._wiring, new
        new.hand_to(self._services)
        self._source_asker.members = new.members
        self._sampler.instruments = self._looker.instruments = new.instruments
        self._group.create_task(old.retire(RETIRE_WITHIN_SECONDS))

    async def _reload(self) -> ReloadResult:
        self._manager.reloads(self._clock)
        try:
            result = await self._plans.reload()
        finally:
            # The old plan is in force where the files are broken: the service is as ready as it was.
            self._manager.started(liveness.line(self._status()))
        if result.ok:
            await self._watch_sources(listens_since=None)
        needs_restart = self._needs_restart()
        if needs_restart:
            log.warning("config.needs_restart", keys=list(needs_restart))
        return ReloadResult(
            ok=result.ok,
            revision=result.revision,
            findings=tuple(one.as_json() for one in result.findings),
            rendered=result.rendered,
            needs_restart=needs_restart,
        )

    async def _examine(self) -> list[Mapping[str, str]]:
        settings, instance = self._plans.in_force.settings, self._services.instance
        fleet = self._nodes.fleet
        case = doctor.Case(
            directory=self._directory,
            settings=settings,
            clock=self._clock,
            instance=instance,
            nodes=self._nodes.known,
            nodes_at=fleet.seen_at if fleet is not None else None,
        )
        return [one.as_json() for one in (*await doctor.examine(case), *clock_checks(self._watch.clock))]

    def _needs_restart(self) -> tuple[str, ...]:
        return self._plans.in_force.settings.needs_restart(self._started_with)

    async def _showing(self, team: str | None) -> services.InForce:
        return await showing(self._plans.in_force, self.engine.plan, self._started_with, team, self._clock.now())

    async def _tell_of_the_start(self, work: Work) -> None:
        for words in self._wiring.missing:
            text = f"{words}. Mend it, then `pagerd reload`"
            await apply.alarm(work, "secret_missing", words.partition(":")[0], text, everywhere=True)
        if self._salvaged is not None:
            await salvaging.tell(work, self._salvaged)

    async def _watch_sources(self, *, listens_since: datetime | None) -> None:
        async def act(work: Work) -> None:
            await intake.watch_sources(work, self.engine.sources, listens_since=listens_since)

        await self.engine.transact(act)

    def _status(self) -> Status:
        in_force = self._plans.in_force
        last = self._heart.last_beat
        return Status(
            plan_revision=self.engine.plan.revision,
            plan_ok=in_force.is_current,
            findings=by_severity(in_force.findings),
            config_hash=content_hash(in_force.plan.revision),
            loaded_at=in_force.since,
            store_ok=not self._store.failed and not self._watch.store.words,
            store_trouble=self._watch.store.words,
            watch_warnings=(
                *self._wiring.missing,
                *self._watch.warnings,
                *self._nodes.warnings,
                *self._postmortems.warnings,
            ),
            nodes=self._nodes.known,
            nodes_at=self._nodes.fleet.seen_at if self._nodes.fleet is not None else None,
            last_tick_age_seconds=self._clock.monotonic() - last if last is not None else 0.0,
            needs_restart=self._needs_restart(),
            observing_since=self._observing_since,
        )


async def _take_over(work: Work) -> None:
    """Send at once what a pagerd that was killed had claimed: the lock on the file says that it is gone."""
    left = await notifications.end_leases(work.c, work.now)
    if left:
        log.warning("notifications.taken_over", count=left)
    await exports.take_over(work)
    await announcing.take_over(work)


@contextlib.contextmanager
def _listening_on(where: str, hint: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # asyncio writes its own words around those of the kernel.
        why = os.strerror(error.errno) if error.errno is not None and error.errno > 0 else str(error)
        raise NotStarted(f"listening on {where}: {why}: {hint}") from error
