"""The way to the server that takes writes: one of several hosts, found anew whenever it is lost.

A host is taken only if it is a primary, of the latest timeline among those that answer, and of none older than any that
this process has seen of the same cluster: a primary that was cut off, replaced by its standby and comes back still
believes that it is the one.
"""

import asyncio
import math
import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import structlog

from pagerd.stores.base import StoreUnavailable
from pagerd.stores.postgres_connection import Session
from pagerd.stores.postgres_errors import DEADLINE, UNPREPARED, UNREACHABLE, PostgresTrouble, Reaction, explain

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

CONNECT_SECONDS: Final = 1.0  # one host that hangs costs this much before the others are believed
PAUSE_MIN_SECONDS: Final = 0.05
PAUSE_MAX_SECONDS: Final = 2.0
LATELY_SECONDS: Final = 10.0  # each round of the heartbeat writes, and it sleeps 5 s at most
STATEMENTS_CACHED: Final = 512  # all statements of the repositories, prepared once per connection

# In one round trip: whether it takes writes, and which life of which cluster it is. The name of the WAL file that is
# written now begins with the timeline; pg_control_checkpoint() tells it only after the first checkpoint.
_LOOK: Final = """
SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on',
       (SELECT system_identifier FROM pg_control_system()),
       CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_walfile_name(pg_current_wal_insert_lsn()) END,
       current_setting('synchronous_commit'), current_setting('fsync'), current_setting('server_encoding'),
       clock_timestamp()"""

REPLICA: Final = "it is a replica, or takes no writes"
OLD: Final = "it is an old primary: another was promoted since"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the database is, and how pagerd shows who it is."""

    hosts: tuple[tuple[str, int], ...]
    """All are asked at once; a host that begins with a slash is the folder of a Unix socket."""
    database: str
    user: str
    password: Callable[[], str | None]
    """Asked for each connection, so that a password may be changed while pagerd runs."""
    tls: str = "prefer"
    """`disable`, `prefer`, `require`, `verify-ca` or `verify-full`."""
    tls_ca: Path | None = None
    prepared_statements: bool = True
    """Whether a connection keeps prepared statements; a pooler in transaction mode may lose them."""


def nobody_asks(_now: datetime) -> None:
    """Let the database's time be known inside of units only."""


class Server:
    """Makes connections to the primary, wherever it is."""

    def __init__(
        self,
        address: Address,
        *,
        saw: Callable[[datetime], None] = nobody_asks,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._saw = saw
        self._monotonic = monotonic
        self._said = datetime.min.replace(tzinfo=UTC), -math.inf
        """What time the database had when it was asked last, and when that was on our monotonic clock."""
        self._pause = 0.0
        self._timelines: dict[int, int] = {}
        self._sessions: set[Session] = set()
        self._has_warned = False

    async def connect(self) -> Session:
        """Return a connection to the primary; raise PostgresTrouble where there is none.

        All hosts are asked, at once: one that was replaced while it was cut off takes connections as before, and only
        the answer of the other shows it. That costs CONNECT_SECONDS while a host hangs, and nothing while all answer.
        """
        await self._rest()
        hosts = self._address.hosts
        answers = await asyncio.gather(*(self._connect_to(*host) for host in hosts), return_exceptions=True)
        found = [answer for answer in answers if isinstance(answer, Session)]
        failures: list[tuple[str, PostgresTrouble]] = []
        for (host, port), answer in zip(hosts, answers, strict=True):
            if isinstance(answer, PostgresTrouble):
                failures.append((f"{host}:{port}", answer))
            elif isinstance(answer, BaseException):
                _drop(found)
                raise answer
        if not found:
            self._pause = min(max(2 * self._pause, PAUSE_MIN_SECONDS), PAUSE_MAX_SECONDS)
            raise _none_of(failures)
        session = max(found, key=lambda one: one.timeline)
        _drop([one for one in found if one is not session])
        self._pause = 0.0
        self._sessions.add(session)
        self._note(session)
        self._heard(session.clock)
        return session

    def _note(self, session: Session) -> None:
        """Remember the timeline: what is older than it is not taken again."""
        if session.timeline > self._timelines.get(session.cluster, 0):
            self._timelines[session.cluster] = session.timeline
            log.info("store.primary", where=session.where, timeline=session.timeline)

    async def now(self, session: Session) -> datetime:
        """Ask what time it is there: the only clock that decides anything."""
        rows: list[Any] = await session.fetch("SELECT clock_timestamp()")
        return self._heard(rows[0][0])

    async def lately(self, session: Session) -> datetime:
        """Return what time it is there by what it said a moment ago: reading decides nothing, and asks less."""
        said, at = self._said
        since = self._monotonic() - at
        return said + timedelta(seconds=since) if since < LATELY_SECONDS else await self.now(session)

    def _heard(self, now: datetime) -> datetime:
        self._said = now, self._monotonic()
        self._saw(now)
        return now

    def is_current(self, session: Session) -> bool:
        """Whether a connection may still be used: nothing ended it, and no later primary was seen since."""
        return session.is_usable and session.timeline >= self._timelines.get(session.cluster, 0)

    def lose(self, session: Session, reaction: Reaction | None = None) -> None:
        """Drop a connection; where its server stands still, drop what else leads there, before others wait for it."""
        session.drop()
        self._sessions.discard(session)
        if reaction is not DEADLINE:
            return
        for other in [one for one in self._sessions if one.where == session.where]:
            other.drop(hangs=True)
            self._sessions.discard(other)

    async def _rest(self) -> None:
        # Somewhere in the middle of the pause, or many nodes would come back in the same instant.
        if self._pause:
            await asyncio.sleep(self._pause * (0.5 + secrets.randbelow(1000) / 1000))

    async def _connect_to(self, host: str, port: int) -> Session:
        where, address = f"{host}:{port}", self._address
        try:
            tls, password = _tls(address), address.password()
        except StoreUnavailable as error:
            raise PostgresTrouble("connect", UNPREPARED, str(error)) from error
        try:
            raw = await asyncpg.connect(
                host=host,
                port=port,
                database=address.database,
                user=address.user,
                password=password,
                ssl=tls,
                timeout=CONNECT_SECONDS,
                statement_cache_size=STATEMENTS_CACHED if address.prepared_statements else 0,
                max_cached_statement_lifetime=0,
                server_settings={"application_name": "pagerd"},
            )
        except TimeoutError as error:
            raise PostgresTrouble("connect", UNREACHABLE, f"no answer within {CONNECT_SECONDS:g} s") from error
        except OSError as error:
            # Nobody there, no such name, no TLS with it: there was no connection that could be lost.
            raise PostgresTrouble("connect", UNREACHABLE, error.strerror or str(error)) from error
        except Exception as error:
            explained = explain(error, "connect")
            if isinstance(explained, PostgresTrouble):
                raise explained from error
            raise PostgresTrouble("connect", UNREACHABLE, f"{type(error).__name__}: {error}") from error
        session = Session(raw, where, cluster=0, timeline=0)
        try:
            await self._look_at(session)
        except BaseException:
            session.drop()
            raise
        return session

    async def _look_at(self, session: Session) -> None:
        """Learn what is behind a connection, and refuse what must not be written to."""
        row: Any = (await session.fetch(_LOOK))[0]
        in_recovery, read_only, cluster, wal_file, synchronous_commit, fsync, encoding, now = row
        if in_recovery or read_only:
            raise PostgresTrouble("connect", UNREACHABLE, REPLICA)
        session.clock = now
        session.cluster, session.timeline = int(cluster), int(wal_file[:8], 16)
        seen = self._timelines.get(session.cluster, 0)
        if session.timeline < seen:
            raise PostgresTrouble("connect", UNREACHABLE, f"{OLD} ({session.timeline} < {seen})")
        session.commits_late = synchronous_commit == "off"
        if (fsync != "on" or encoding != "UTF8") and not self._has_warned:
            self._has_warned = True
            log.error("store.settings", fsync=fsync, server_encoding=encoding, wanted="fsync on, UTF8")


def _drop(sessions: list[Session]) -> None:
    for session in sessions:
        session.drop()


def _none_of(failures: list[tuple[str, PostgresTrouble]]) -> PostgresTrouble:
    """Say of each host why it was not taken. Where they differ, the one that did answer tells what is to be done."""
    telling = [trouble for _, trouble in failures if trouble.reaction is not UNREACHABLE] or [failures[0][1]]
    detail = "; ".join(f"{where}: {trouble.detail or trouble.reaction.words}" for where, trouble in failures)
    return PostgresTrouble("connect", telling[0].reaction, detail)


def _tls(address: Address) -> "ssl.SSLContext | str | bool":
    if address.tls == "disable" or address.hosts[0][0].startswith("/"):
        return False
    if address.tls not in ("verify-ca", "verify-full"):
        return address.tls
    try:
        context = ssl.create_default_context(cafile=address.tls_ca)
    except OSError as error:
        raise StoreUnavailable(f"reading the certificates in {address.tls_ca}: {error.strerror}") from error
    context.check_hostname = address.tls == "verify-full"
    return context
