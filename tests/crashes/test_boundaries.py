"""A real daemon is killed before and after every boundary there is, started again, and what must hold, holds."""

import asyncio
import contextlib
import functools
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from pagerd.engine import verification
from pagerd.engine.boundaries import Boundary
from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from tests.crashes.daemons import Death, zygote
from tests.crashes.night import InFile, Night
from tests.e2e.processes import poll_again
from tests.e2e.test_postgres import owned_by_pagerd
from tests.figures import note
from tests.postgres.fixtures import administer, fresh_database
from tests.postgres.server import PASSWORD, SUPERUSER, Server
from tests.share import in_share

AT_ONCE = 8
"""Nights that go on side by side: most of a night is waiting."""

COUNTS = in_share(ci=(1,), proof=tuple(range(1, 4)))

TWICE = frozenset({Boundary.CLAIMED, Boundary.INTENT_STORED, Boundary.RECEIPT_STORED, Boundary.OTHER_STORED})
"""What a night reaches three times in any case: its three texts, and the housekeeping of the start."""


ON_POSTGRES = in_share(
    ci=frozenset(
        {
            Boundary.ALERT_STORED,
            Boundary.PROVIDER_ASKED,
            Boundary.RECEIPT_STORED,
            Boundary.STEP_TAKEN,
            Boundary.LEASE_RENEWED,
        }
    ),
    proof=frozenset(Boundary),
)
"""What CI kills at on PostgreSQL: a transaction of each kind, the line on which a message may go out twice, and what
only a store with other nodes reaches."""

OF_NODES = frozenset({Boundary.LEASE_RENEWED})
"""What is never reached where one pagerd has its file alone."""

BY_API = frozenset({Boundary.REPLY_READ, Boundary.ACKNOWLEDGED, Boundary.REPLY_ANSWERED})
"""What an answer by the API crosses on a road of its own."""


STEP_ON_POSTGRES = 12
"""What a node had claimed is another one's after its lease, 10 s at most: a step is longer than that."""


def deaths() -> list[Death]:
    """Return every death of a night."""
    return [
        Death(boundary, side, count)
        for boundary in Boundary
        for side in ("before", "after")
        for count in COUNTS
        if count == 1 or boundary in TWICE
    ]


@dataclass(frozen=True)
class InPostgres:
    """In a database of a real server, beside which nobody else is."""

    server: Server
    database: str

    async def query(self, sql: str) -> Sequence[tuple[object, ...]]:
        """Read what is committed."""
        with contextlib.suppress(asyncpg.UndefinedTableError):
            return await administer(self.server, sql, database=self.database)
        return []

    async def settle(self) -> None:
        """Wait until the server has noticed that its client is gone: a COMMIT that was sent may still come true."""
        left = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.database}'"  # noqa: S608  # a name of ours
        while await administer(self.server, left) != [(0,)]:
            await poll_again()

    async def broken(self) -> list[str]:
        """Verify the chain, in one reader of the production store."""
        where = (("127.0.0.1", self.server.port),)
        store = await PostgresStore.open(
            Address(hosts=where, database=self.database, user=SUPERUSER, password=lambda: PASSWORD)
        )
        try:
            found: list[str] = []
            after: str | None = ""
            while after is not None:
                bite = await store.read(functools.partial(verification.bite, after=after))
                found += [f"{one.where}: {one.what}" for one in bite.findings]
                after = bite.after
            return found
        finally:
            await store.close()


async def live(night: Night, places: asyncio.Semaphore) -> list[str]:
    """Live one night; return what did not hold."""
    async with places:
        try:
            await night.live()
        except (AssertionError, ExceptionGroup) as error:
            several = error.exceptions if isinstance(error, ExceptionGroup) else (error,)
            return [f"{night.death}: {one!r}" for one in several]
        found = [f"{night.death}: {one}" for one in await night.findings()]
        if not found:
            shutil.rmtree(night.folder)  # each holds 16 MiB of ballast
        return found


@pytest.mark.timeout(in_share(ci=300, proof=7200))
async def test_killed_at_every_boundary(tmp_path: Path) -> None:
    """Whatever line it dies at: nothing is lost, nobody is paged early or twice without need, the chain holds."""
    places = asyncio.Semaphore(AT_ONCE)
    async with zygote() as daemons, asyncio.TaskGroup() as group:
        nights = []
        lived = [(death, False) for death in deaths() if death.boundary not in OF_NODES]
        lived += [(death, True) for death in deaths() if death.boundary in BY_API]
        for place, (death, by_api) in enumerate(lived):
            folder = tmp_path / str(place)
            night = Night(daemons, folder, death, InFile(folder), by_api=by_api)
            nights.append(group.create_task(live(night, places)))
    wrong = [one for night in nights for one in night.result()]

    note("kill -9 at a named boundary, SQLite: invariants broken", len(wrong), n=len(nights), at_most=0)
    assert len(nights) >= 2 * (len(Boundary) - len(OF_NODES) + len(BY_API))
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.timeout(in_share(ci=300, proof=7200))
async def test_killed_at_boundaries_on_postgresql(tmp_path: Path, postgres: Server) -> None:
    """The same where everything is kept in PostgreSQL; in CI where a transaction or a provider is in between."""
    places = asyncio.Semaphore(AT_ONCE)
    password = tmp_path / "db.password"
    password.write_text("sesame\n")
    password.chmod(0o600)
    wanted = [death for death in deaths() if death.boundary in ON_POSTGRES]
    async with contextlib.AsyncExitStack() as databases, zygote() as daemons:
        async with asyncio.TaskGroup() as group:
            nights = []
            for place, death in enumerate(wanted):
                database = await databases.enter_async_context(fresh_database(postgres))
                await owned_by_pagerd(postgres, database)
                settings = (
                    f"store: {{postgres: {{hosts: ['127.0.0.1:{postgres.port}'], database: {database}, user: pagerd,"
                    f" password_file: {password}}}}}\n"
                )
                night = Night(
                    daemons, tmp_path / str(place), death, InPostgres(postgres, database), settings, STEP_ON_POSTGRES
                )
                nights.append(group.create_task(live(night, places)))
        wrong = [one for night in nights for one in night.result()]

    note("kill -9 at a named boundary, PostgreSQL: invariants broken", len(wrong), n=len(nights), at_most=0)
    assert len(nights) >= 2 * len(ON_POSTGRES)
    assert not wrong, "\n" + "\n".join(wrong)
