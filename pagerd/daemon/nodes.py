"""This daemon among the nodes of its store; where it has a store alone, nothing of it."""

import asyncio
import hashlib
import json
import re
import socket
import uuid
from collections.abc import Callable, Mapping

from pagerd import __version__
from pagerd.config.installation import FILE as SETTINGS_FILE
from pagerd.config.settings import Settings
from pagerd.engine.engine import Engine
from pagerd.engine.fleet import Fleet, Node, Self
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load

_OWN = re.compile(r"(listen|state_dir|store)\s*:")
_DIGITS = 12


def new_id() -> str:
    """Return an id that no run of any host had before: what an earlier run of this one had claimed is not ours."""
    return uuid.uuid4().hex  # noqa: TID251  # it is never drawn from a seed: two worlds never share a store


class Membership:
    """Joins, beats and leaves, as the daemon starts, asks and stops it."""

    def __init__(self, engine: Engine, settings: Settings, files: Callable[[], Mapping[str, str]]) -> None:
        self.fleet = Fleet(engine, _self(settings, files)) if engine.node is not None else None
        self._beats: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Be there from now on. Raises Conflict where this one would send and others only observe, or the reverse."""
        if self.fleet is not None:
            await self.fleet.join()

    def start(self, group: asyncio.TaskGroup, missed: Callable[[str], None]) -> None:
        """Beat until stopped; `missed` hears of each beat that could not be stored."""
        if self.fleet is not None:
            self.fleet.missed = lambda: missed("a beat could not be stored")
            self._beats = group.create_task(self.fleet.run())

    async def leave(self) -> None:
        """Let the others know that this one takes up nothing more; what it has in hand it keeps, and ends."""
        if self.fleet is not None:
            await self.fleet.leave()

    def stop(self) -> None:
        """Beat no more: nothing is in hand."""
        if self._beats is not None:
            self._beats.cancel()

    @property
    def known(self) -> tuple[Node, ...]:
        """All nodes, as of the last beat."""
        return self.fleet.known if self.fleet is not None else ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should know of them."""
        return self.fleet.warnings if self.fleet is not None else ()


def common(files: Mapping[str, str]) -> str:
    """Name what of these files all nodes should have alike: everything but where each listens and keeps its own."""
    shared = {name: text for name, text in files.items() if name != SETTINGS_FILE}
    lines, is_own = [], False
    for line in files.get(SETTINGS_FILE, "").splitlines():
        # A key of the first level ends the one before; what belongs to one is indented, or an item of its list.
        is_own = bool(_OWN.match(line)) or (is_own and line[:1] in (" ", "-", ""))
        if not is_own:
            lines.append(line)
    text = json.dumps([sorted(shared.items()), lines])
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _self(settings: Settings, files: Callable[[], Mapping[str, str]]) -> Self:
    # Nodes of one host differ by their port, and people know both by the name.
    [first, *_] = settings.listen
    return Self(
        name=f"{socket.gethostname()}:{first.port}",
        address=str(first),
        version=__version__,
        schema=len(load(SCHEMA_DIRECTORY, "postgres")),
        files=_Named(files),
    )


class _Named:
    """Names the files in force at each beat, and reads them only where they are others than at the last."""

    def __init__(self, files: Callable[[], Mapping[str, str]]) -> None:
        self._files = files
        self._known: tuple[Mapping[str, str], str] | None = None

    def __call__(self) -> str:
        files = self._files()
        if self._known is None or self._known[0] is not files:
            self._known = (files, common(files))
        return self._known[1]
