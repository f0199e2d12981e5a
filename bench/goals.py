"""The goals of load: each scenario is a fresh pagerd with real processes around it, and each goal one figure.

    make env && .venv/bin/python bench/goals.py [--short] [SCENARIO ...]

`make proof PARTS="load soak"` runs them and puts their figures into docs/reliability.md. A goal that is missed fails
nothing: the table says so. `--short` is for whoever changes this file: the same with numbers that prove nothing.
"""

import argparse
import contextlib
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from load import service_of
from pager import QUIET_RULE, WAIT_SECONDS, a_pager_of_steps, open_pages_of, sample_of, second_seen, times_of
from rig import Pager, a_pager, first_seen, peak_rss, quantile, rss, sent, wait_until_seen
from watching import watching

from tests.figures import note

GOAL_SECONDS = 10
"""How soon each service of the worst severity is told of in a storm."""

WARMING_PARTS = 3
"""Tenths of a soak before what grows is measured: what was used once, and the database's caches, stay as they are."""

BATCH = 10
"""Alerts in one POST, as a busy Alertmanager sends them."""

GOLD = "team: gold\nname: Gold\nzone: Europe/Berlin\nescalation: standard\nprimary: ben\n"
GOLD_RULE = QUIET_RULE.replace("payments", "gold").replace("sev2", "sev1")


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How much of everything there is."""

    seconds: int
    """How long alerts come."""
    soak_seconds: int
    open_pages: int
    steps: int
    """Pages whose second step is timed."""
    posts_per_second: int
    storm_alerts: int


WHOLE = Numbers(seconds=60, soak_seconds=600, open_pages=10_000, steps=1_000, posts_per_second=500, storm_alerts=50_000)
SHORT = Numbers(seconds=4, soak_seconds=20, open_pages=200, steps=40, posts_per_second=50, storm_alerts=2_000)


def lateness(numbers: Numbers) -> None:
    """The second step of a page, while thousands of others are open: from when it is due to its mail."""
    with a_pager_of_steps("sev1") as (pager, log), pager.running() as pid:
        open_pages_of(pager, numbers.open_pages)
        with watching(pager) as watched:
            steps = sample_of(pager, "steps")
            options = ("--connections", "4", "--rate", "20", "--first-id", "90000000")
            pager.load(numbers.steps, *options, sample=steps)
            begun = sent(pager.folder / "load.log")
            time.sleep(WAIT_SECONDS + 10)
        seen = second_seen(log, begun)
        peak = peak_rss(pid)
    # Its alert was sent before the page was opened: what is told sooner than the wait after that was told too early.
    late = [seen[one] - at - WAIT_SECONDS for one, (at, _) in begun.items() if one in seen]
    of, n = f"with {numbers.open_pages:,} pages open", len(late)
    note(f"second step {of}: never sent", numbers.steps - n, n=numbers.steps, at_most=0)
    note(f"second step {of}: sent before it was due", sum(one < 0 for one in late), n=n, at_most=0)
    note(f"second step {of}: late, p50", quantile(late, 0.5), n=n, unit="s")
    note(f"second step {of}: late, p99", quantile(late, 0.99), n=n, unit="s", at_most=1)
    note(f"second step {of}: late, worst", max(late), n=n, unit="s", at_most=3)
    note(f"memory {of}", peak, n=1, unit="MB")
    watched.note(of)


def alerts(numbers: Numbers) -> None:
    """A hundred alerts a second, each a page of the worst severity: from the alert to its first mail."""
    posts = numbers.seconds * 100
    with a_pager() as (pager, log), pager.running():
        pager.load(posts, "--connections", "16", "--rate", "100")
        seen = wait_until_seen(log, posts, 120)
        took = times_of(sent(pager.folder / "load.log"), seen)
    what, n = "alert in, mail out at 100 alerts/s", len(took)
    note(f"{what}: p50", quantile(took, 0.5) * 1000, n=n, unit="ms", at_most=150)
    note(f"{what}: p99", quantile(took, 0.99) * 1000, n=n, unit="ms", at_most=1_000)
    note(f"{what}: never sent", posts - len(seen), n=posts, at_most=0)


def ingest(numbers: Numbers) -> None:
    """Far more than a company has: POSTs of ten alerts at a rate, about 200 services, durable before each answer."""
    posts = numbers.seconds * numbers.posts_per_second
    with a_pager_of_services() as pager, pager.running() as pid:
        result = pager.load(posts, *_many(numbers.posts_per_second, 200), sample=of_services(pager, "payments"))
        lost = _accepted(pager) - pager.count("SELECT COUNT(*) FROM alerts")
        peak = peak_rss(pid)
    what, n = f"ingest of {numbers.posts_per_second * BATCH:,} alerts/s asked for", posts
    least = numbers.posts_per_second * BATCH * 0.99  # the last POST is answered after the end of the time
    note(f"{what}: answered 2xx", float(str(result["alerts_per_s"])), n=n, unit="alerts/s", at_least=least)
    note(f"{what}: answer, p99, from its turn", float(str(result["p99_ms"])), n=n, unit="ms", at_most=100)
    note(f"{what}: accepted alerts lost", lost, n=n * BATCH, at_most=0)
    note(f"{what}: memory", peak, n=1, unit="MB")


def storm(numbers: Numbers) -> None:
    """Everything breaks: 50,000 alerts of 200 services within a minute, a tenth of them of the worst severity."""
    posts, gold_posts = numbers.storm_alerts * 9 // 10 // BATCH, numbers.storm_alerts // 10 // BATCH
    with a_pager_of_services() as pager, pager.running() as pid, ThreadPoolExecutor(1) as beside:
        began = time.monotonic()
        gold_log = pager.folder / "gold.log"
        options = ("--first-id", "50000000", "--log", str(gold_log), *_many(gold_posts / numbers.seconds, 20))
        gold = beside.submit(pager.load, gold_posts, *options, sample=of_services(pager, "gold"))
        pager.load(posts, *_many(posts / numbers.seconds, 180), sample=of_services(pager, "payments"))
        gold.result()
        took = time.monotonic() - began
        time.sleep(GOAL_SECONDS + 1)
        first = _first_told(sent(gold_log), first_seen(pager.messages.with_name("sink.log")), 20)
        pager.wait_for_mail()
        accepted = _accepted(pager) + _accepted(pager, gold_log)
        lost = accepted - pager.count("SELECT COUNT(*) FROM alerts")
        busiest = _busiest_minute(pager.messages, "ana@example.com")
        peak = peak_rss(pid)
    what, n = f"storm of {numbers.storm_alerts:,} alerts", numbers.storm_alerts
    note(f"{what}: not taken", n - accepted, n=n, at_most=0)
    note(f"{what}: accepted alerts lost", lost, n=n, at_most=0)
    note(f"{what}: all answered after", took, n=n, unit="s", at_most=numbers.seconds + 1)
    note(f"{what}: services of the worst severity never told of", 20 - len(first), n=20, at_most=0)
    worst = max(first.values(), default=float(numbers.seconds))
    note(f"{what}: service of the worst severity first told, worst", worst, n=20, unit="s", at_most=GOAL_SECONDS)
    note(f"{what}: messages of other pages to one person in the busiest minute", busiest, n=180, at_most=1)
    note(f"{what}: memory", peak, n=1, unit="MB")


def recovery(numbers: Numbers) -> None:
    """A start after a kill, with ten alerts in each of the open pages, all of whose steps have become due meanwhile."""
    pages = numbers.open_pages
    wait = 30 + pages // 40
    with a_pager_of_steps("sev2", wait) as (pager, _):
        rule = pager.folder / "rules/steps.yaml"
        rule.write_text(rule.read_text().replace("[instance]", "[service]"))
        with pager.running():
            began = time.monotonic()
            options = ("--connections", "16", "--batch", str(BATCH), "--services", str(pages))
            pager.load(pages, *options, sample=of_services(pager, "steps"))
            opened = time.monotonic() - began
            last = time.monotonic()
        print(f"  {pages:,} pages opened in {opened:.0f} s; their steps are due within {wait} s", flush=True)
        time.sleep(max(0.0, last + wait + 1 - time.monotonic()))
        told = len(pager.messages.read_text().splitlines())
        began = time.monotonic()
        with pager.running("ready"):
            ready = time.monotonic() - began
            kept = pager.count("SELECT COUNT(*) FROM pages WHERE status != 'resolved'")
            time.sleep(50)
            burst = Counter(line.split()[0] for line in pager.messages.read_text().splitlines()[told:])
    what = f"start with {pages * BATCH:,} open alerts in {pages:,} open pages"
    note(f"{what}: ready", ready, n=1, unit="s", at_most=5)
    note(f"{what}: pages lost", pages - kept, n=pages, at_most=0)
    note(f"{what}: messages to one person within 50 s", max(burst.values(), default=0), n=len(burst), at_most=1)


def soak(numbers: Numbers) -> None:
    """Alerts that come and go for ten minutes: what grows, how the auditor does, and whether a watcher hears of it."""
    with a_pager() as (pager, _):
        with (pager.folder / "pagerd.yaml").open("a") as settings:
            settings.write(f"settle: 5s\nheartbeat: {{url: 'http://127.0.0.1:{pager.webhooks}/'}}\n")
        options = ("--connections", "4", "--rate", "15", "--resolve")
        with pager.running() as pid:
            print("  three tenths of it first: caches fill, which is no growth", flush=True)
            for minute in range(WARMING_PARTS):
                pager.load(15 * numbers.soak_seconds // 10, *options, "--first-id", str((90 + minute) * 100_000))
            before = _at_rest(pager, pid)
            with watching(pager) as watched:
                for minute in range(10):
                    first = str((minute + 1) * 1_000_000)
                    pager.load(15 * numbers.soak_seconds // 10, *options, "--first-id", first)
                    print(f"  {minute + 1} of 10 parts, {rss(pid):.0f} MB, {_files(pid)} files", flush=True)
            after, peak = _at_rest(pager, pid), peak_rss(pid)
            left_open = pager.count("SELECT COUNT(*) FROM pages WHERE status != 'resolved'")
        beats = _times_of(pager.messages, "webhook")
    pauses = [later - sooner for sooner, later in itertools.pairwise(beats)]
    what, n = f"alerts that come and go for {numbers.soak_seconds:,} s", 15 * numbers.soak_seconds
    note(f"{what}: memory grown", after[0] - before[0], n=n, unit="MB", at_most=16)
    note(f"{what}: files grown", after[1] - before[1], n=n, at_most=0)
    note(f"{what}: memory, most at once", peak, n=n, unit="MB")
    note(f"{what}: pages left open", left_open, n=n, at_most=0)
    if pauses:
        heard = "longest silence of a pagerd that lives, to its watcher: its death is noticed after so long"
        note(heard, max(pauses), n=len(beats), unit="s", at_most=120)
    watched.note("while alerts come and go")


def _many(posts_per_second: float, services: int) -> tuple[str, ...]:
    options = ("--connections", "64", "--batch", str(BATCH), "--rate", str(posts_per_second))
    return (*options, "--services", str(services))


@contextlib.contextmanager
def a_pager_of_services() -> Iterator[Pager]:
    """Yield a pager of two teams: one page for each service; what is of `gold` is of the worst severity."""
    with a_pager_of_steps("sev2") as (pager, _):
        folder = pager.folder
        (folder / "rotations/gold.yaml").write_text(GOLD)
        (folder / "rules/payments.yaml").write_text(QUIET_RULE.replace("[instance]", "[service]"))
        (folder / "rules/gold.yaml").write_text(GOLD_RULE.replace("[instance]", "[service]"))
        yield pager


def of_services(pager: Pager, team: str) -> Path:
    """Return the sample of a POST about one of many services."""
    path = sample_of(pager, team)
    document = json.loads(path.read_text())
    for labels in (document["groupLabels"], document["commonLabels"], document["alerts"][0]["labels"]):
        labels["service"] = "__SERVICE__"
    path.write_text(json.dumps(document))
    return path


def _accepted(pager: Pager, log: Path | None = None) -> int:
    return sum(answered > 0 for _, answered in sent(log or pager.folder / "load.log").values())


def _first_told(begun: dict[int, tuple[float, float]], seen: dict[int, float], services: int) -> dict[int, float]:
    """Return how long after its first alert a mail spoke of each service."""
    began: dict[int, float] = {}
    told: dict[int, float] = {}
    for one, (at, _) in begun.items():
        service = service_of(one, BATCH, services)
        began[service] = min(at, began.get(service, at))
        if one in seen:
            told[service] = min(seen[one], told.get(service, seen[one]))
    return {service: at - began[service] for service, at in told.items()}


def _times_of(messages: Path, whom: str) -> list[float]:
    lines = (line.split() for line in messages.read_text().splitlines())
    return [float(at) for one, at in lines if one == whom]


def _busiest_minute(messages: Path, whom: str) -> int:
    """Return how many messages somebody had at most within a minute, less the second by which a mail may be late."""
    times = _times_of(messages, whom)
    return max((sum(at <= other < at + 59 for other in times) for at in times), default=0)


def _at_rest(pager: Pager, pid: int) -> tuple[float, int]:
    """Return the memory and the open files of a pagerd that has nothing to do."""
    end = time.monotonic() + 120
    while pager.count("SELECT COUNT(*) FROM pages WHERE status != 'resolved'") and time.monotonic() < end:
        time.sleep(0.2)
    pager.wait_for_mail()
    time.sleep(35)  # longer than a connection to the mail server is kept
    return rss(pid), _files(pid)


def _files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


SCENARIOS: dict[str, Callable[[Numbers], None]] = {
    one.__name__: one for one in (lateness, alerts, ingest, storm, recovery, soak)
}


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="*", choices=[*SCENARIOS, []], default=[])
    parser.add_argument("--short", action="store_true", help="small numbers, which prove nothing")
    arguments = parser.parse_args()
    names = arguments.scenario or list(SCENARIOS)
    for number, name in enumerate(names, 1):
        print(f"{number} of {len(names)}: {name}: {SCENARIOS[name].__doc__}", flush=True)
        began = time.monotonic()
        SCENARIOS[name](SHORT if arguments.short else WHOLE)
        print(f"  {name}: {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
