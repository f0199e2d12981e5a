"""A process that has imported pagerd, and forks a daemon for each line that it reads: a start costs no imports.

It has one thread, so what it forks is as whole as a process of its own. This is where the boundaries of a real daemon
are armed: in Python, by whoever starts it.
"""

import gc
import json
import os
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from pagerd.daemon import logs, start
from pagerd.engine.boundaries import Boundaries, Boundary
from pagerd.stores import postgres  # noqa: F401  # imported before the fork, or each daemon would pay for it


@dataclass(slots=True)
class Killer(Boundaries):
    """Kills its process, as kill -9 does, when one side of one boundary is reached for the n-th time."""

    boundary: Boundary
    side: str
    left: int

    def before(self, boundary: Boundary) -> None:
        """Die here, if it is time."""
        self._reached(boundary, "before")

    def after(self, boundary: Boundary) -> None:
        """Die here, if it is time."""
        self._reached(boundary, "after")

    def _reached(self, boundary: Boundary, side: str) -> None:
        if boundary is self.boundary and side == self.side:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)


def run(order: dict[str, str]) -> None:
    """Be a daemon, to its end."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    folder = Path(order["folder"])
    log = os.open(folder / "pagerd.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.chdir(folder)
    logs.configure(as_json=True)
    boundaries = Boundaries()
    if order["boundary"]:
        boundaries = Killer(Boundary(order["boundary"]), order["side"], int(order["count"]))
    start.main(folder, lambda _line: None, boundaries=boundaries)


def serve() -> None:
    """Fork one daemon for each line, and say its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for them: the kernel takes them away
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            status = 1
            try:
                run(json.loads(line))
                status = 0
            except BaseException:  # noqa: BLE001  # a fork may not go on as its parent, whatever ended it
                traceback.print_exc()
            finally:
                os._exit(status)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
