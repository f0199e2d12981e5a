"""What the doctor finds on this host: versions, files, secrets, disk."""

import asyncio
import os
import platform
import shutil
import stat
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pagerd import __version__
from pagerd.config.findings import FindingSeverity, by_severity
from pagerd.config.named_secrets import NamedSecret, named
from pagerd.config.reading import read_config
from pagerd.config.settings import Settings
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.adapters import credentials_directory
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.stores.sqlite import library_version
from pagerd.stores.sqlite_files import has_wal_reset_fix

LIBRARIES = ("aiohttp", "aiosmtplib", "apsw", "msgspec", "prometheus-client", "PyYAML", "structlog", "twilio", "tzdata")

FREE_BYTES_MIN, FREE_SHARE_MIN = 200 * 1024 * 1024, 0.10
"""200 MiB are weeks of pages, and nothing to a runaway log; a tenth is where file systems begin to suffer."""

OTHERS_READ = stat.S_IRGRP | stat.S_IROTH | stat.S_IWGRP | stat.S_IWOTH


async def versions() -> Sequence[Check]:
    """Name what runs; the one version that is known to lose data is a failure."""
    sqlite = library_version()
    known = [f"{name} {_version(name)}" for name in LIBRARIES]
    said = f"pagerd {__version__}, Python {platform.python_version()}, SQLite {sqlite}, {', '.join(known)}"
    if has_wal_reset_fix(sqlite):
        return [Check("versions", Verdict.OK, said)]
    return [Check("versions", Verdict.FAIL, said, f"SQLite {sqlite} can corrupt the database: update apsw")]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


async def config(directory: Path, now: datetime) -> Sequence[Check]:
    """Say what `pagerd check` would, in one line."""
    _, loaded = await asyncio.to_thread(read_config, directory, now)
    count = by_severity(loaded.findings)
    errors, warnings = count[FindingSeverity.ERROR.value], count[FindingSeverity.WARNING.value]
    said = f"{directory}: {errors} errors, {warnings} warnings"
    if errors:
        return [Check("config", Verdict.FAIL, said, "run pagerd check: a reload keeps the old plan")]
    if warnings:
        return [Check("config", Verdict.WARN, said, "run pagerd check")]
    return [Check("config", Verdict.OK, said)]


async def secrets(settings: Settings, directory: Path) -> Sequence[Check]:
    """Read every secret that the files name, and look at who else may."""
    return [await asyncio.to_thread(_secret, one, settings, directory) for one in named(settings)]


def _secret(one: NamedSecret, settings: Settings, directory: Path) -> Check:
    name = f"secret {one.file.reference}"
    if one.is_made_later(settings, directory):
        return Check(name, Verdict.WARN, f"for {one.what_for}: not there yet", "pagerd run makes it at its first start")
    try:
        one.file.read(directory, credentials_directory())
        mode = one.file.path(directory, credentials_directory()).stat().st_mode
    except (InvalidPlan, OSError) as error:
        hint = f"{one.what_for} does not work without it. Make it readable for pagerd's user, or ask the running daemon"
        return Check(name, Verdict.FAIL, str(error), hint)
    if not one.file.is_credential and mode & OTHERS_READ:
        hint = f"chmod 600 {one.file.path(directory, None)}"
        return Check(name, Verdict.WARN, f"for {one.what_for}: mode {stat.S_IMODE(mode):04o}, others may read it", hint)
    return Check(name, Verdict.OK, f"for {one.what_for}: readable, mode {stat.S_IMODE(mode):04o}")


async def disk(settings: Settings, directory: Path) -> Sequence[Check]:
    """Look at the room under the database, and at who may touch it; on a server that is the server's business."""
    store = settings.store_path(directory)
    if store is None:
        return []
    return await asyncio.to_thread(lambda: [_room(store), _file(store)])


def _room(store: Path) -> Check:
    folder = next(one for one in store.absolute().parents if one.is_dir())
    usage = shutil.disk_usage(folder)
    said = f"{folder}: {usage.free / 2**30:.1f} GiB free of {usage.total / 2**30:.1f}"
    hint = "make room: alerts are refused with 503 when it is full"
    if usage.free < FREE_BYTES_MIN:
        return Check("disk", Verdict.FAIL, said, hint)
    if usage.free < FREE_SHARE_MIN * usage.total:
        return Check("disk", Verdict.WARN, said, hint)
    return Check("disk", Verdict.OK, said)


def _file(store: Path) -> Check:
    try:
        mode = store.stat().st_mode
    except FileNotFoundError:
        return Check("database", Verdict.WARN, f"{store} is not there yet", "pagerd run makes it")
    except OSError as error:
        return Check("database", Verdict.FAIL, f"{store}: {error.strerror}", "pagerd's user must own its folder")
    if not os.access(store, os.R_OK | os.W_OK) or not os.access(store.parent, os.W_OK | os.X_OK):
        hint = "pagerd's user must own the file and its folder; ask as that user"
        return Check("database", Verdict.FAIL, f"{store} cannot be written by this user", hint)
    said = f"{store}: mode {stat.S_IMODE(mode):04o}, {store.stat().st_size / 2**20:.1f} MiB"
    if mode & OTHERS_READ:
        return Check("database", Verdict.WARN, f"{said}, others may read it", f"chmod 600 {store}")
    return Check("database", Verdict.OK, said)
