"""What the service manager is told, by the datagrams of sd_notify(3): systemd's protocol, which others speak too.

A datagram is lines of NAME=VALUE on the socket that $NOTIFY_SOCKET names. No library does this: those that are kept do
not know that RELOADING=1 needs MONOTONIC_USEC beside it, without which `systemctl reload` waits for its timeout.
"""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from pagerd.engine.clock import Clock

log = structlog.get_logger()

SEND_WITHIN_SECONDS = 0.5
"""A manager that does not read must not hold up pages for longer; the event loop stands still meanwhile."""

STATUS_CHARS_MAX = 200
"""One line on a terminal, roughly: `systemctl status` shows it whole."""


@dataclass(frozen=True, slots=True)
class ServiceManager:
    """Whoever started us, if they want to hear of us. Telling never raises: a page goes out whoever listens.

    `watchdog_seconds` is how long they wait for a sign of progress before they start us anew; None means they do not.
    """

    address: str | None = None
    watchdog_seconds: float | None = None

    def tell(self, *lines: str) -> None:
        """Send these lines in one datagram."""
        if self.address is None:
            return
        # A name that begins with @ stands in the abstract namespace, which the kernel spells with a zero byte.
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
                sender.settimeout(SEND_WITHIN_SECONDS)
                sender.sendto("\n".join(lines).encode(), address)
        except OSError as error:
            log.warning("service_manager.not_told", lines=list(lines), error=str(error))

    def started(self, status: str) -> None:
        """Everything listens, and what was due has been seen."""
        self.tell("READY=1", _status(status))

    def goes_on(self, status: str) -> None:
        """There was progress since the last time."""
        self.tell("WATCHDOG=1", _status(status))

    def is_stuck(self, status: str) -> None:
        """There was none: say why, and let the manager's patience run out."""
        self.tell(_status(status))

    def reloads(self, clock: Clock) -> None:
        """The files are being read; `started` says that it is over."""
        self.tell("RELOADING=1", f"MONOTONIC_USEC={int(clock.monotonic() * 1_000_000)}", _status("reading the files"))

    def stops(self, status: str) -> None:
        """Nothing more is taken in. The last sign of progress comes along: what follows has limits of its own."""
        self.tell("STOPPING=1", "WATCHDOG=1", _status(status))


def from_environment(environment: Mapping[str, str] = os.environ, pid: int | None = None) -> ServiceManager:
    """Return who started this process, by the variables that they set."""
    address = environment.get("NOTIFY_SOCKET") or None
    if address is not None and not address.startswith(("/", "@")):
        log.warning("service_manager.unknown_address", address=address)
        address = None
    return ServiceManager(address, _watchdog_seconds(environment, os.getpid() if pid is None else pid))


def _watchdog_seconds(environment: Mapping[str, str], pid: int) -> float | None:
    # The variables are inherited: they may be meant for the process that started us.
    if environment.get("WATCHDOG_PID", str(pid)) != str(pid):
        return None
    wanted = environment.get("WATCHDOG_USEC", "")
    return int(wanted) / 1_000_000 if wanted.isascii() and wanted.isdigit() and int(wanted) else None


def _status(text: str) -> str:
    return "STATUS=" + " ".join(text.split())[:STATUS_CHARS_MAX]
