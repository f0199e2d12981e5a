"""What the benchmarks share: a pagerd and its config, the load, and the sink that takes its mail.

Every server gets one core, the load and the sink the other.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import apsw
from database import Database

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

PAGERD = """\
version: 1
operators: [ana]
listen: [127.0.0.1:{port}]
sources:
  bench: {{kind: alertmanager, token_files: [source.token]}}
channels:
  email: [{{kind: smtp, host: 127.0.0.1, port: {smtp}, tls: none, from: pagerd@example.com}}]
notify: {{high: [email], low: [email]}}
"""
PEOPLE = "people:\n  ana: {name: Ana, zone: Europe/Berlin, email: ana@example.com}\n"
TEAM = "team: payments\nname: Payments\nzone: Europe/Berlin\nescalation: standard\nprimary: ana\n"
ESCALATION = """\
escalation:
  standard: {steps: [{page: primary, answer_within: 30m}]}
last_resort: {page: [ana], every: 30m}
"""
OWNERS = "owners:\n  - {label: team}\nfallback: payments\n"
RULES = """\
team: payments
rules:
  - name: Everything
    match: ['alertname=~".+"']
    severity: sev1
    verdict: page
    group_by: [{group_by}]
    action: Look at it.
"""
ALERTMANAGER = """\
route: {{receiver: sink, group_by: ['{group_by}'], group_wait: 0s, group_interval: 5m, repeat_interval: 4h}}
receivers: [{{name: sink, {receiver}}}]
"""


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(command: list[str], ready: str, folder: Path, *, core: str = "0") -> Iterator[int]:
    """Run a server on one core until the block ends; yield its process id."""
    pin = ["taskset", "-c", core] if shutil.which("taskset") else []
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen([*pin, *command], stdout=log, stderr=log, cwd=folder, start_new_session=True)
    try:
        _wait(ready, process, folder)
        yield process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(ready: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urlopen(ready, timeout=1) as answer:  # noqa: S310  # loopback
            if answer.status < 500:
                return
        if process.poll() is not None:
            sys.exit(f"{folder}/server.log: it ended\n{(folder / 'server.log').read_text()[-2000:]}")
        time.sleep(0.05)
    sys.exit(f"{ready} does not answer")


def load(url: str, sample: Path, posts: int, *options: str) -> dict[str, object]:
    """Send one load from the other core and return what it measured."""
    pin = ["taskset", "-c", "1"] if shutil.which("taskset") else []
    command = [*pin, sys.executable, str(HERE / "load.py"), "--url", url, "--sample", str(sample)]
    command += ["--posts", str(posts), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def write_pagerd(folder: Path, port: int, smtp: int, group_by: str = "instance") -> None:
    """Write the config of the measured pagerd."""
    for name in ("rules", "rotations"):
        (folder / name).mkdir(parents=True)
    (folder / "pagerd.yaml").write_text(PAGERD.format(port=port, smtp=smtp))
    (folder / "source.token").write_text("bench-token-that-is-long-enough-to-be-one\n")
    (folder / "rotations/people.yaml").write_text(PEOPLE)
    (folder / "rotations/payments.yaml").write_text(TEAM)
    (folder / "rotations/escalation.yaml").write_text(ESCALATION)
    (folder / "rules/owners.yaml").write_text(OWNERS)
    (folder / "rules/payments.yaml").write_text(RULES.format(group_by=group_by))


@contextlib.contextmanager
def sink(folder: Path, *, smtp: int, http: int) -> Iterator[Path]:
    """Take all mail and webhooks until the block ends; yield the log of what was seen."""
    folder.mkdir()
    command = [sys.executable, str(HERE / "sink.py"), "--smtp", str(smtp), "--http", str(http), "--log", "sink.log"]
    command += ["--messages", "messages.log"]
    pin = ["taskset", "-c", "1"] if shutil.which("taskset") else []
    process = subprocess.Popen([*pin, *command], stdout=subprocess.PIPE, cwd=folder)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield folder / "sink.log"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def peak_rss(pid: int) -> float:
    """Return the most memory that a process had at once, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(found[1]) / 1024, 1) if found else 0.0


def rss(pid: int) -> float:
    """Return the memory that a process has now, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


@dataclass(frozen=True)
class Pager:
    """A pagerd in a folder of its own, not started yet."""

    folder: Path
    port: int
    database: Database | None = None
    """Where it keeps everything; None where that is its file."""
    webhooks: int = 0
    """The port where the sink takes webhooks."""
    messages: Path = Path("messages.log")
    """Where the sink notes each message: `whom time`."""

    @property
    def url(self) -> str:
        """Return where alerts go."""
        return f"http://127.0.0.1:{self.port}/api/v1/alertmanager/bench"

    @contextlib.contextmanager
    def running(self, until: str = "healthy") -> Iterator[int]:
        """Run it until the block ends, which is a kill -9; yield its process id once it is healthy, or ready."""
        command = [sys.executable, "-m", "pagerd", "-c", str(self.folder), "run", "--log-level", "warning"]
        with server(command, f"http://127.0.0.1:{self.port}/-/{until}", self.folder) as pid:
            yield pid

    def load(self, posts: int, *options: str, sample: Path = HERE / "payloads/webhook_v4.json") -> dict[str, object]:
        """Send it a load, noted in `load.log`, and return what was measured."""
        token = (self.folder / "source.token").read_text().strip()
        own = ("--header", f"Authorization: Bearer {token}", "--log", str(self.folder / "load.log"))
        return load(self.url, sample, posts, *own, *options)

    def count(self, query: str) -> int:
        """Ask its database for a number."""
        return int(str(self.ask(query)[0][0]))

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask its database."""
        if self.database is not None:
            return self.database.ask(query)
        connection = apsw.Connection(str(self.folder / ".pagerd/pagerd.db"), flags=apsw.SQLITE_OPEN_READONLY)
        connection.set_busy_timeout(5000)
        with contextlib.closing(connection):
            return list(connection.execute(query).fetchall())

    def wait_for_mail(self, seconds: float = 600) -> None:
        """Wait until no message waits or is on its way."""
        end = time.monotonic() + seconds
        while self.count("SELECT COUNT(*) FROM notifications WHERE status IN ('pending', 'claimed')"):
            if time.monotonic() > end:
                sys.exit("mail is still waiting")
            time.sleep(0.05)


@contextlib.contextmanager
def a_pager(group_by: str = "instance", database: Database | None = None) -> Iterator[tuple[Pager, Path]]:
    """Yield a pager whose mails go to a sink, and the log of that sink."""
    with tempfile.TemporaryDirectory() as name:
        folder, port, smtp = Path(name) / "pagerd", free_port(), free_port()
        write_pagerd(folder, port, smtp, group_by)
        if database is not None:
            with (folder / "pagerd.yaml").open("a") as settings:
                settings.write(database.store)
        with sink(Path(name) / "sink", smtp=smtp, http=(webhooks := free_port())) as seen:
            yield Pager(folder, port, database, webhooks, seen.with_name("messages.log")), seen


@contextlib.contextmanager
def an_alertmanager(group_by: str, *, by_mail: bool) -> Iterator[tuple[str, Path, int]]:
    """Run a fresh Alertmanager that tells a sink of every alert; yield its URL, the sink's log, and its process id."""
    with tempfile.TemporaryDirectory() as name:
        folder, port, smtp, http = Path(name) / "alertmanager", free_port(), free_port(), free_port()
        folder.mkdir()
        mail = f"{{to: ana@example.com, from: am@example.com, smarthost: '127.0.0.1:{smtp}', require_tls: false}}"
        receiver = f"email_configs: [{mail}]" if by_mail else f'webhook_configs: [{{url: "http://127.0.0.1:{http}/"}}]'
        (folder / "config.yml").write_text(ALERTMANAGER.format(group_by=group_by, receiver=receiver))
        command = [str(ROOT / ".debian/bin/prometheus-alertmanager"), "--config.file=config.yml"]
        command += ["--storage.path=data", "--cluster.listen-address=", f"--web.listen-address=127.0.0.1:{port}"]
        with (
            sink(Path(name) / "sink", smtp=smtp, http=http) as seen,
            server(command, f"http://127.0.0.1:{port}/-/ready", folder) as pid,
        ):
            yield f"http://127.0.0.1:{port}/api/v2/alerts", seen, pid


def first_seen(log: Path) -> dict[int, float]:
    """Return when the sink saw each alert for the first time."""
    seen: dict[int, float] = {}
    for line in log.read_text().splitlines():
        number, at = line.split()
        seen.setdefault(int(number), float(at))
    return seen


def sent(log: Path) -> dict[int, tuple[float, float]]:
    """Return when each alert was sent and answered with 2xx, -1 where it was not."""
    lines = (line.split() for line in log.read_text().splitlines())
    return {int(number): (float(begun), float(answered)) for number, begun, answered in lines}


def wait_until_seen(log: Path, count: int, seconds: float = 600) -> dict[int, float]:
    """Wait until the sink saw so many alerts, or for so long; return what it saw."""
    end = time.monotonic() + seconds
    while len(seen := first_seen(log)) < count and time.monotonic() < end:
        time.sleep(0.2)
    return seen


def quantile(values: list[float], part: float) -> float:
    """Return a quantile of some values, the nearest that there is."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
