import socket

import pytest

from pagerd.daemon import service_manager
from pagerd.daemon.service_manager import STATUS_CHARS_MAX, ServiceManager, from_environment


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ServiceManager()),
        ({"NOTIFY_SOCKET": ""}, ServiceManager()),
        ({"NOTIFY_SOCKET": "/run/systemd/notify"}, ServiceManager("/run/systemd/notify")),
        ({"NOTIFY_SOCKET": "@notify"}, ServiceManager("@notify")),
        ({"NOTIFY_SOCKET": "vsock:2:1"}, ServiceManager()),
        ({"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "30000000"}, ServiceManager("@n", 30.0)),
        ({"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "1500000", "WATCHDOG_PID": "17"}, ServiceManager("@n", 1.5)),
        ({"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "18"}, ServiceManager("@n")),
        ({"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "0"}, ServiceManager("@n")),
        ({"NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "soon"}, ServiceManager("@n")),
    ],
)
def test_what_the_environment_says(environment, expected):
    """A watchdog that was set for another process is not ours; what cannot be read is as if it were not there."""
    assert from_environment(environment, pid=17) == expected


@pytest.fixture
def listener(tmp_path):
    """A socket that somebody else owns, with its address."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as owned:
        owned.bind(str(tmp_path / "notify"))
        owned.setblocking(False)
        yield owned, str(tmp_path / "notify")


def test_one_datagram_holds_all_lines_and_a_status_is_one(listener):
    """No status can forge a second line, and none is longer than a terminal's line or two."""
    owned, address = listener

    ServiceManager(address).started("all is well\nWATCHDOG=1\n" + "x" * 1000)

    ready, status = owned.recv(4096).decode().split("\n")
    assert ready == "READY=1"
    assert status.startswith("STATUS=all is well WATCHDOG=1 xxx")
    assert len(status) == len("STATUS=") + STATUS_CHARS_MAX


def test_without_a_manager_nothing_is_told(monkeypatch):
    """Started by hand, nothing is opened and nothing fails."""
    monkeypatch.setattr(service_manager.socket, "socket", None)

    ServiceManager().started("all is well")


def test_a_manager_that_is_gone_is_no_trouble_of_ours(tmp_path):
    """Whoever was to be told has gone: pages go out all the same."""
    ServiceManager(str(tmp_path / "nobody")).goes_on("all is well")


def fill(sender, address):
    """Send until nothing more goes in."""
    while True:
        try:
            sender.sendto(b"x", address)
        except BlockingIOError:
            return


def test_a_manager_that_does_not_read_holds_nothing_up(listener, monkeypatch):
    """Its queue is full: telling gives up, and what was told before is still there."""
    owned, address = listener
    monkeypatch.setattr(service_manager, "SEND_WITHIN_SECONDS", 0.01)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
        other.setblocking(False)
        fill(other, address)

    ServiceManager(address).goes_on("all is well")

    assert owned.recv(4096) == b"x"
