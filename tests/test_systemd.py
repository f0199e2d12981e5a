"""The unit of systemd/: it is right, it is tight, and what it names exists."""

import configparser
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from pagerd.cli.main import pagerd
from pagerd.clients.daemon import SERVICE_SOCKET
from pagerd.daemon.start import CLOSE_WITHIN_SECONDS
from pagerd.daemon.stop import STOP_WITHIN_SECONDS
from tests.figures import note
from tests.tools.debian import binary

ROOT = Path(__file__).resolve().parents[1]
UNIT = ROOT / "systemd" / "pagerd.service"
EXPOSURE_MAX = 11  # tenths


def settings() -> dict[str, list[str]]:
    """Return the values of each setting of [Service]."""
    found: dict[str, list[str]] = {}
    section = UNIT.read_text().partition("[Service]")[2].partition("[Install]")[0]
    for name, value in re.findall(r"^(\w+)=(.*)$", section, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def seconds(text: str) -> int:
    """Read a time of the unit."""
    number, unit = re.fullmatch(r"(\d+)(s|min)", text).groups()
    return int(number) * {"s": 1, "min": 60}[unit]


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze, which needs no systemd to run."""
    command = [str(binary("systemd-analyze")), "--no-pager", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_the_service_is_exposed_to():
    """Systemd's own measure: 1.1 or less, and by more than chance (1.0 is not reached)."""
    tight = analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}", str(UNIT))
    tighter = analyze("security", "--offline=true", "--threshold=1", str(UNIT))

    exposure = re.search(r"exposure level for .*: (\d+\.\d)", tight.stdout)
    note("systemd-analyze security: exposure", float(exposure[1]), n=1, at_most=EXPOSURE_MAX / 10)
    assert tight.returncode == 0, tight.stdout[-200:] + tight.stderr
    assert tighter.returncode != 0


def test_systemd_reads_every_line(tmp_path):
    """`verify` has no complaint about a copy whose programs exist; a setting that it does not know is one."""
    copy, spoilt = tmp_path / "pagerd.service", tmp_path / "spoilt.service"
    copy.write_text(UNIT.read_text().replace("/opt/pagerd/bin/pagerd", "/bin/true"))
    spoilt.write_text(copy.read_text().replace("WatchdogSec", "WatchDogSec"))

    said = analyze("verify", "--man=no", str(copy))
    assert (said.returncode, said.stdout + said.stderr) == (0, "")
    assert "WatchDogSec" in analyze("verify", "--man=no", str(spoilt)).stderr


@pytest.mark.parametrize("setting", ["ExecStart", "ExecReload"])
def test_its_commands_are_ours(setting):
    """What is started is a command of pagerd, with options that it has."""
    [line] = settings()[setting]
    program, name, *options = shlex.split(line)
    command = pagerd.get_command(None, name)

    assert program == "/opt/pagerd/bin/pagerd"
    assert {one for one in options if one.startswith("-")} <= {one for p in command.params for one in p.opts}


def test_the_socket_is_where_commands_look_for_it():
    """The runtime directory of the unit is where a command without a directory of its own asks."""
    [directory] = settings()["RuntimeDirectory"]

    assert f"/run/{directory}/pagerd.sock" == SERVICE_SOCKET
    assert f"PAGERD_SOCKET={SERVICE_SOCKET}" in " ".join(settings()["Environment"])


def test_stopping_has_more_time_than_it_takes():
    """The unit waits longer than the daemon's own limits, and the watchdog does not bite while it stops."""
    [stop], [watchdog] = settings()["TimeoutStopSec"], settings()["WatchdogSec"]

    assert seconds(stop) > STOP_WITHIN_SECONDS + CLOSE_WITHIN_SECONDS
    assert seconds(watchdog) >= STOP_WITHIN_SECONDS + CLOSE_WITHIN_SECONDS


def test_it_is_started_again_for_ever():
    """A crash, a kill and the watchdog are all answered by a start, however often."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(UNIT.read_text())

    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
