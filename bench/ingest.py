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
import functools
import statistics
import sys
import tempfile
from pathlib import Path

from database import Database, Server, a_database, a_server
from rig import (
    HERE,
    ROOT,
    Pager,
    a_pager,
    an_alertmanager,
    free_port,
    load,
    peak_rss,
    sent,
    server,
    wait_until_seen,
)

CASES = ((1, 1, 1), (16, 1, 1), (64, 1, 1), (16, 100, 1), (16, 100, 100))
"""(connections, alerts per POST, alerts per page). A message of Alertmanager's is one group: one page is its usual."""

Case = tuple[int, int, int]


def measure_postgres(server: Server, case: Case, posts: int) -> dict[str, object]:
    """Measure the same with everything in a fresh database of a server, which takes its share of the same core."""
    with a_database(server) as database:
        return measure_pagerd(case, posts, database)


def measure_pagerd(case: Case, posts: int, database: Database | None = None) -> dict[str, object]:
    """Measure a fresh pagerd that mails every page to the sink."""
    connections, batch, of_one_page = case
    group_by = "instance" if of_one_page == 1 else "alertname"
    with a_pager(group_by, database) as (pager, seen), pager.running() as pid:
        result = pager.load(posts, "--connections", str(connections), "--batch", str(batch))
        if of_one_page == 1:
            result |= _notified(pager, seen, posts)
        result["rss_mb"] = peak_rss(pid)
        return result


def measure_alertmanager(case: Case, posts: int) -> dict[str, object]:
    """Measure a fresh Alertmanager that tells the sink of every alert."""
    connections, batch, of_one_page = case
    sample = HERE / "payloads/alertmanager_v2.json"
    with an_alertmanager("..." if of_one_page == 1 else "alertname", by_mail=False) as (url, _, _):
        return load(url, sample, posts, "--connections", str(connections), "--batch", str(batch))


def measure_echo(case: Case, posts: int) -> dict[str, object]:
    """Measure a server that does nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        command = [sys.executable, str(HERE / "echo.py"), str(port)]
        with server(command, f"http://127.0.0.1:{port}/", folder):
            options = ("--connections", str(case[0]), "--batch", str(case[1]))
            return load(f"http://127.0.0.1:{port}/", HERE / "payloads/webhook_v4.json", posts, *options)


def _notified(pager: Pager, log: Path, posts: int) -> dict[str, object]:
    """Wait until every POST was mailed; say how long its mail took, and of how many alerts no mail was accepted.

    Pages that waited for long are told of in one mail, which names the first: those others have no time of their own.
    """
    pager.wait_for_mail()
    seen = wait_until_seen(log, posts, 2)
    load_log = sent(pager.folder / "load.log")
    late = [seen[one] - begun for one, (begun, answered) in load_log.items() if answered > 0 and one in seen]
    accepted = sum(answered > 0 for _, answered in load_log.values())
    mailed = pager.count("SELECT COUNT(DISTINCT page_id) FROM notifications WHERE status = 'accepted'")
    return {"lost": accepted - mailed, "mail_p50_ms": round(statistics.median(late) * 1000, 1) if late else None}


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument("--postgres", action="store_true", help="pagerd on PostgreSQL beside pagerd on SQLite")
    arguments = parser.parse_args()
    with a_server() if arguments.postgres else contextlib.nullcontext() as postgres:
        _measure_all(arguments, postgres)


def _measure_all(arguments: argparse.Namespace, postgres: Server | None) -> None:
    with_alertmanager = (ROOT / ".debian/bin/prometheus-alertmanager").exists()
    measures = {"echo": measure_echo, "pagerd": measure_pagerd}
    if postgres is not None:
        measures = {"pagerd": measure_pagerd, "on PostgreSQL": functools.partial(measure_postgres, postgres)}
    elif with_alertmanager:
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
