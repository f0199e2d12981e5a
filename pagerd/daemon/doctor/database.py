"""Examines the PostgreSQL server that everything is kept on, where it is one."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from pagerd.config.settings import PostgresSettings
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.daemon.postgres import address_of
from pagerd.engine.clock import Clock
from pagerd.stores.postgres_facts import facts

CLOCK_OFF_MAX = timedelta(seconds=2)
"""Nothing is decided by this machine's clock, but its logs are read beside those of others."""

CONNECTIONS_MIN = 20
"""Two nodes with five each, as many while one is replaced, and room for whoever looks."""


async def examine(settings: PostgresSettings, directory: Path, clock: Clock) -> Sequence[Check]:
    """Connect as the daemon does, and look at what the promise rests on there."""
    known = await facts(address_of(settings, directory))
    off = abs(known.now - clock.now())
    said = f"{settings}: PostgreSQL {known.version} on {known.where}, {known.size_bytes / 2**20:.1f} MiB"
    checks = [Check("database", Verdict.OK, said)]
    if not known.may_create:
        said, hint = "pagerd's user may not make tables", f"ALTER DATABASE {settings.database} OWNER TO {settings.user}"
        checks.append(Check("database rights", Verdict.FAIL, said, hint))
    if not known.fsync:
        hint = "set fsync = on: a power cut may take what was answered with success, or the whole database"
        checks.append(Check("database fsync", Verdict.FAIL, "fsync is off", hint))
    if not known.standby_names:
        said = "no standby is waited for: what the primary alone has is lost with it"
        checks.append(Check("database standby", Verdict.WARN, said, "set synchronous_standby_names, with two standbys"))
    if known.encoding != "UTF8":
        hint = "make the database anew with ENCODING 'UTF8'"
        checks.append(Check("database encoding", Verdict.FAIL, f"the encoding is {known.encoding}", hint))
    if known.connections_max < CONNECTIONS_MIN:
        said = f"the server has {known.connections_max} connections"
        checks.append(Check("database connections", Verdict.WARN, said, f"raise max_connections to {CONNECTIONS_MIN}"))
    if off > CLOCK_OFF_MAX:
        said = f"the database's clock and this machine's differ by {off.total_seconds():.0f} s"
        hint = "let both keep time by NTP: pagerd goes by the database's"
        checks.append(Check("database clock", Verdict.WARN, said, hint))
    return checks
