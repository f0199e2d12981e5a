"""A SQLite VFS that fails: the n-th write or the n-th sync of everything that is opened while it is in force."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import apsw

NAME = "faulty"
BASE = "unix"


@dataclass(slots=True)
class Fault:
    """What fails, when, and how; counts what was asked for, whether anything fails or not."""

    call: str = ""
    at: int = 0
    error: type[apsw.Error] = apsw.IOError
    counts: dict[str, int] = field(default_factory=lambda: {"write": 0, "sync": 0})
    happened: bool = False

    def count(self, call: str) -> None:
        """Count one call, and fail where it is the one."""
        self.counts[call] += 1
        if call == self.call and self.counts[call] == self.at:
            self.happened = True
            raise self.error(f"the {call} number {self.at} of the test")


class _File(apsw.VFSFile):
    def __init__(self, fault: Fault, name: object, flags: list[int]) -> None:
        super().__init__(BASE, name, flags)  # type: ignore[arg-type]  # a name or a URI, as SQLite hands it over
        self._fault = fault

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  # SQLite's name
        self._fault.count("write")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802  # SQLite's name
        self._fault.count("sync")
        super().xSync(flags)


class _System(apsw.VFS):
    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        super().__init__(NAME, BASE, makedefault=True)

    def xOpen(self, name: object, flags: list[int]) -> _File:  # noqa: N802  # SQLite's name
        return _File(self._fault, name, flags)


@contextlib.contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """Have everything that is opened meanwhile go through the fault."""
    system = _System(fault)
    try:
        yield
    finally:
        apsw.set_default_vfs(BASE)
        system.unregister()
