"""What the web needs of the rest of the house. The daemon fills it, and swaps what the config says when it changes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pagerd.core.errors import InvalidPlan
from pagerd.core.plan import Plan
from pagerd.engine.asking_sources import Standing
from pagerd.engine.doors import AtOnce, Limits, Parser, ProviderDesk
from pagerd.engine.engine import Engine
from pagerd.engine.explaining import OldPlans
from pagerd.engine.fleet import Node
from pagerd.engine.incidents.postmortem_files import Folder
from pagerd.engine.incidents.sampling import Instruments
from pagerd.engine.work import SourceTraits
from pagerd.web.calendars import Calendars
from pagerd.web.limits import WebLimits
from pagerd.web.site_files import Site

BODY_BYTES_MAX = 8 * 1024 * 1024
"""10,000 alerts of 800 bytes, as Alertmanager writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAccess:
    """One source: how its bodies are read and who may send them.

    `token_hashes` returns the SHA-256 of every token that is good now, as hex; it is asked for each request, so that a
    changed token file counts at once. `basic_hash` is the SHA-256 of `user:password` where the source may use basic
    authentication. `path` is where it posts to.
    """

    kind: str
    path: str
    parser: Parser
    at_once: AtOnce
    traits: SourceTraits
    token_hashes: Callable[[], Sequence[str]]
    basic_hash: Callable[[], str | None] = lambda: None
    limits: Limits = field(default_factory=Limits)
    body_max: int = BODY_BYTES_MAX

    @property
    def is_closed(self) -> bool:
        """Can nobody send to it, because none of its secrets can be read? To what is fed by another nobody has to."""
        heartbeat = self.traits.heartbeat
        if heartbeat is not None and heartbeat.fed_by is not None:
            return False
        return not self.token_hashes() and self.basic_hash() is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadResult:
    """What became of a reload. Without `ok` all of before is still in force.

    `findings` are those of `pagerd check -o json`, `rendered` is the same for people. `needs_restart` are the keys of
    `pagerd.yaml` that are not in force until pagerd is started again.
    """

    ok: bool
    revision: str
    findings: tuple[Mapping[str, str | int], ...] = ()
    rendered: str = ""
    needs_restart: tuple[str, ...] = ()


TICK_AGE_MAX_SECONDS = 30.0
"""A heartbeat that is older means that steps are not taken; the watchdog of the service manager is not faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the daemon is. `plan_ok` is False when the files are broken and the last good plan is in force.

    `troubles` are what else keeps it from being ready.
    """

    plan_revision: str
    plan_ok: bool
    findings: Mapping[str, int]
    """How many of each severity the files have as they are."""
    config_hash: int
    """The content of the config in force as a number, the same on every node that runs on it."""
    loaded_at: datetime | None
    store_ok: bool
    last_tick_age_seconds: float
    needs_restart: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    observing_since: datetime | None = None
    """Since when it sends nothing, because it only observes; None: it sends."""
    store_trouble: str = ""
    """What keeps the store from taking writes, where that is known."""
    watch_warnings: tuple[str, ...] = ()
    """What pagerd found out about itself: by its auditor, its watch on the loop, its heartbeat."""
    nodes: tuple[Node, ...] = ()
    """The nodes of the store as this one saw them last; nothing where it has a store alone."""
    nodes_at: datetime | None = None
    """When that was, by the clock of the store."""

    @property
    def reasons(self) -> list[str]:
        """Why it is not ready; nothing when it is."""
        reasons = list(self.troubles)
        if not self.store_ok:
            words = self.store_trouble or "the store does not answer"
            reasons.append(f"{words}: alerts are refused with 503")
        if self.last_tick_age_seconds > TICK_AGE_MAX_SECONDS:
            reasons.append(f"the heartbeat is {self.last_tick_age_seconds:.0f} s old: steps are not taken")
        return reasons

    @property
    def warnings(self) -> list[str]:
        """What else an operator should know."""
        changed = ", ".join(self.needs_restart)
        others = [f"{changed} changed in pagerd.yaml: that needs a restart of pagerd"] if changed else []
        if self.observing_since is not None:
            since = f"{self.observing_since:%Y-%m-%d %H:%M} UTC"
            others.append(f"it has only observed since {since}: NOTHING IS SENT; see `pagerd report observe`")
        others += self.watch_warnings
        if not self.plan_ok:
            broken = f"the config files are broken: revision {self.plan_revision} stays in force, see `pagerd check`"
            return [broken, *others]
        count = sum(self.findings.values())
        return [*([f"`pagerd check` has {count} finding{'s' if count > 1 else ''}"] if count else []), *others]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalUsers:
    """Who may speak over the Unix socket. `login_of` returns the login name of a uid, or None.

    `trusted` are the uids that may act as a person they name: root and the daemon's own, who can read its files anyway.
    """

    trusted: frozenset[int]
    login_of: Callable[[int], str | None]


def _nobody_reads(_files: Mapping[str, str], revision: str, _at: datetime) -> Plan:
    raise InvalidPlan(f"nobody can read the files of revision {revision} here")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAs:
    """What a person was called, and where they were reached, in any plan that is stored."""

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """Every value in force as (name, value, origin): what `pagerd config show` prints."""

    revision: str
    plan_ok: bool
    """False: the files are broken, and this is the last good plan."""
    loaded_at: datetime
    values: tuple[tuple[str, str, str], ...]


async def _nothing_in_force(_team: str | None) -> InForce:
    raise InvalidPlan("nobody can say here what is in force")


def _nobody_asked(_source: str) -> tuple[Standing, ...]:
    return ()


async def _known_to_nobody(_person: str) -> KnownAs:
    return KnownAs()


async def _nobody_examines() -> Sequence[Mapping[str, str]]:
    return ()


@dataclass(slots=True, kw_only=True)
class Services:
    """Everything that the web is handed."""

    engine: Engine
    status: Callable[[], Status]
    reload: Callable[[], Awaitable[ReloadResult]]
    old_plans: OldPlans = field(default_factory=lambda: OldPlans(_nobody_reads))
    explaining: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by the one question that is explained: it takes a core, and pages go out on the same."""
    sources: Mapping[str, SourceAccess] = field(default_factory=dict)
    provider: ProviderDesk | None = None
    public_url: str | None = None
    postmortems: Folder | None = None
    """Where postmortems are files; None: they are kept in the store alone."""
    instruments: Instruments | None = None
    """What a Prometheus is asked with."""
    metrics_open: bool = True
    in_force: Callable[[str | None], Awaitable[InForce]] = _nothing_in_force
    """What is in force; for one team where one is named. Raises NotFound for a team that is not there."""
    known_as: Callable[[str], Awaitable[KnownAs]] = _known_to_nobody
    asked: Callable[[str], Sequence[Standing]] = _nobody_asked
    """How the asking of a source's members stands."""
    store_trouble: Callable[[str], None] = lambda _words: None
    """Told each time that the store refused alerts: whoever has another way to the operators takes it."""
    examine: Callable[[], Awaitable[Sequence[Mapping[str, str]]]] = _nobody_examines
    """What `pagerd doctor` shows, as it is written for machines."""
    examining: asyncio.Lock = field(default_factory=asyncio.Lock)
    instance: str = ""
    """Tells this process from every other, and is its node's id where there are several."""
    site: Site = field(default_factory=Site)
    """The status page as anybody may read it."""
    calendars: Calendars = field(default_factory=Calendars)
    """Feeds as they were drawn last."""
    limits: WebLimits = field(default_factory=WebLimits)
