"""What a server says of itself, for whoever examines an installation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pagerd.stores.postgres_server import Address, Server

_FACTS: Final = """
SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'),
       current_setting('synchronous_standby_names'), current_setting('server_encoding'),
       (SELECT datcollate FROM pg_database WHERE datname = current_database()),
       CAST(current_setting('max_connections') AS integer),
       has_schema_privilege(current_schema(), 'CREATE'), pg_database_size(current_database()), clock_timestamp()"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A primary as it is now."""

    where: str
    timeline: int
    version: str
    fsync: bool
    synchronous_commit: str
    standby_names: str
    encoding: str
    collation: str
    connections_max: int
    may_create: bool
    """Whether pagerd's user may make its tables."""
    size_bytes: int
    now: datetime


async def facts(address: Address) -> Facts:
    """Connect to the primary and ask. It raises StoreUnavailable where there is none."""
    server = Server(address)
    session = await server.connect()
    try:
        row: Any = (await session.fetch(_FACTS))[0]
    finally:
        await session.close()
    version, fsync, commit, standbys, encoding, collation, connections, may_create, size, now = row
    return Facts(
        where=session.where,
        timeline=session.timeline,
        version=version,
        fsync=fsync == "on",
        synchronous_commit=commit,
        standby_names=standbys,
        encoding=encoding,
        collation=collation,
        connections_max=connections,
        may_create=may_create,
        size_bytes=size,
        now=now,
    )
