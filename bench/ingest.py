"""Durable ingest with notifications flowing, beside an echo server and Debian's Alertmanager, in one run.

    make env tools && .venv/bin/python bench/ingest.py

Every server gets one core, the load the other. Each alert is a page of its own (pagerd), or a group of its own and one
webhook (Alertmanager, which keeps nothing on disk); in the last case all alerts join one open page, and one group. The
pages are of the worst severity, which no storm holds back: each POST is one mail at once. The echo server does nothing.
The rounds are interleaved and medians are printed, as Markdown. Compare the ratios: the figures themselves are the
machine's. uvloop is used by the echo server and pagerd alike where it is installed.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import apsw

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CASES = ((1, 1, 1), (16, 1, 1), (64, 1, 1), (16, 100, 1), (16, 100, 100))
"""(connections, alerts per POST, alerts per page). A message of Alertmanager's is one group: one page is its usual."""

Case = tuple[int, int, int]

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
receivers: [{{name: sink, webhook_configs: [{{url: "http://127.0.0.1:{http}/"}}]}}]
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


def load(url: str, sample: str, case: Case, posts: int, *options: str) -> dict[str, object]:
    """Send one load from the other core and return what it measured."""
    connections, batch, _ = case
    pin = ["taskset", "-c", "1"] if shutil.which("taskset") else []
    command = [*pin, sys.executable, str(HERE / "load.py"), "--url", url, "--sample", str(HERE / "payloads" / sample)]
    command += ["--connections", str(connections), "--batch", str(batch), "--posts", str(posts), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def write_pagerd(folder: Path, port: int, smtp: int, group_by: str = "instance") -> None:
    """Write the config of the measured pagerd."""
    for name in ("rules", "rotations"):
        (folder / name).mkdir()
    (folder / "pagerd.yaml").write_text(PAGERD.format(port=port, smtp=smtp))
    (folder / "source.token").write_text("bench-token-that-is-long-enough-to-be-one\n")
    (folder / "rotations/people.yaml").write_text(PEOPLE)
    (folder / "rotations/payments.yaml").write_text(TEAM)
    (folder / "rotations/escalation.yaml").write_text(ESCALATION)
    (folder / "rules/owners.yaml").write_text(OWNERS)
    (folder / "rules/payments.yaml").write_text(RULES.format(group_by=group_by))


def measure_pagerd(case: Case, posts: int) -> dict[str, object]:
    """Measure a fresh pagerd that mails every page to the sink."""
    with tempfile.TemporaryDirectory() as name:
        folder, port, smtp, http = Path(name), free_port(), free_port(), free_port()
        write_pagerd(folder, port, smtp, "instance" if case[2] == 1 else "alertname")
        sink = [sys.executable, str(HERE / "sink.py"), "--smtp", str(smtp), "--http", str(http), "--log", "sink.log"]
        (folder / "sink").mkdir()
        with _sink(sink, folder / "sink"):
            command = [sys.executable, "-m", "pagerd", "-c", str(folder), "run", "--log-level", "warning"]
            with server(command, f"http://127.0.0.1:{port}/-/healthy", folder) as pid:
                token = (folder / "source.token").read_text().strip()
                options = ("--header", f"Authorization: Bearer {token}", "--log", str(folder / "load.log"))
                url = f"http://127.0.0.1:{port}/api/v1/alertmanager/bench"
                result = load(url, "webhook_v4.json", case, posts, *options)
                if case[2] == 1:
                    result |= _notified(folder, posts)
                result["rss_mb"] = _peak_rss(pid)
        return result


def measure_alertmanager(case: Case, posts: int) -> dict[str, object]:
    """Measure a fresh Alertmanager that tells the sink of every alert."""
    program = ROOT / ".debian/bin/prometheus-alertmanager"
    with tempfile.TemporaryDirectory() as name:
        folder, port, smtp, http = Path(name), free_port(), free_port(), free_port()
        (folder / "config.yml").write_text(
            ALERTMANAGER.format(http=http, group_by="..." if case[2] == 1 else "alertname")
        )
        (folder / "sink").mkdir()
        sink = [sys.executable, str(HERE / "sink.py"), "--smtp", str(smtp), "--http", str(http), "--log", "sink.log"]
        command = [str(program), "--config.file=config.yml", "--storage.path=data", "--cluster.listen-address="]
        command.append(f"--web.listen-address=127.0.0.1:{port}")
        with _sink(sink, folder / "sink"), server(command, f"http://127.0.0.1:{port}/-/ready", folder):
            return load(f"http://127.0.0.1:{port}/api/v2/alerts", "alertmanager_v2.json", case, posts)


def measure_echo(case: Case, posts: int) -> dict[str, object]:
    """Measure a server that does nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        command = [sys.executable, str(HERE / "echo.py"), str(port)]
        with server(command, f"http://127.0.0.1:{port}/", folder):
            return load(f"http://127.0.0.1:{port}/", "webhook_v4.json", case, posts)


@contextlib.contextmanager
def _sink(command: list[str], folder: Path) -> Iterator[None]:
    pin = ["taskset", "-c", "1"] if shutil.which("taskset") else []
    process = subprocess.Popen([*pin, *command], stdout=subprocess.PIPE, cwd=folder)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _notified(folder: Path, posts: int) -> dict[str, object]:
    """Wait until every POST was mailed; say how long its mail took, and of how many alerts no mail was accepted."""
    log = folder / "sink/sink.log"
    seen: dict[int, float] = {}
    waited = time.monotonic()
    while len(seen) < posts and time.monotonic() - waited < 120:
        time.sleep(0.2)
        seen = {}
        for line in log.read_text().splitlines():
            number, at = line.split()
            seen.setdefault(int(number), float(at))
    sent = {int(a): (float(b), float(c)) for a, b, c in (one.split() for one in (folder / "load.log").open())}
    late = sorted(seen[one] - begun for one, (begun, answered) in sent.items() if answered > 0 and one in seen)
    mail_p50 = round(statistics.median(late) * 1000, 1) if late else None
    accepted = sum(answered > 0 for _, answered in sent.values())
    return {"lost": accepted - _alerts_mailed(folder), "mail_p50_ms": mail_p50}


def _alerts_mailed(folder: Path) -> int:
    """Count the pages, one for each alert, whose mail the server took; what is on its way has a moment to arrive."""
    connection = apsw.Connection(str(folder / ".pagerd/pagerd.db"), flags=apsw.SQLITE_OPEN_READONLY)
    for _ in range(50):
        on_its_way = connection.execute("SELECT COUNT(*) FROM notifications WHERE status IN ('pending', 'claimed')")
        if not on_its_way.fetchall()[0][0]:
            break
        time.sleep(0.1)
    mailed = connection.execute("SELECT COUNT(DISTINCT page_id) FROM notifications WHERE status = 'accepted'")
    return int(str(mailed.fetchall()[0][0]))


def _peak_rss(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(found[1]) / 1024, 1) if found else 0.0


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=3000)
    arguments = parser.parse_args()
    with_alertmanager = (ROOT / ".debian/bin/prometheus-alertmanager").exists()
    measures = {"echo": measure_echo, "pagerd": measure_pagerd}
    if with_alertmanager:
        measures["Alertmanager"] = measure_alertmanager
    print("| connections | alerts a POST | server | alerts/s | p50 ms | p99 ms | to mail p50 ms | peak RSS MB | lost |")
    print("| - | - | - | - | - | - | - | - | - |")
    for case in CASES:
        posts = max(arguments.posts // case[1] * 4, 100) if case[1] > 1 else arguments.posts
        results: dict[str, list[dict[str, object]]] = {name: [] for name in measures}
        for _ in range(arguments.rounds):
            for name, measure in measures.items():
                results[name].append(measure(case, posts))
        for name, some in results.items():
            cells = [
                _median(some, key) for key in ("alerts_per_s", "p50_ms", "p99_ms", "mail_p50_ms", "rss_mb", "lost")
            ]
            batch = f"{case[1]}, one page" if case[2] > 1 else case[1]
            print(f"| {case[0]} | {batch} | {name} | {' | '.join(cells)} |", flush=True)


def _median(some: list[dict[str, object]], key: str) -> str:
    values = [float(one[key]) for one in some if isinstance(one.get(key), int | float)]
    return f"{statistics.median(values):g}" if values else "-"


if __name__ == "__main__":
    main()
