"""What a pager is judged by beside its throughput: how soon it tells, how late it escalates, what a kill costs.

    make env tools && .venv/bin/python bench/pager.py [SCENARIO ...]

Scenarios: `latency`, `storm` (beside Debian's Alertmanager, by mail to the same kind of sink), `kill`, and with `--open
N` pages open meanwhile: `late`, `idle`, `restart`, `overdue`. Each prints one line; the aims stand beside it.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from rig import HERE, Pager, a_pager, an_alertmanager, first_seen, load, peak_rss, quantile, rss, sent, wait_until_seen

WAIT_SECONDS = 20
"""How long a step of team `steps` waits: long enough that its pages are all open before the first is due."""

MERGED_MAX = 10_000
"""Pages that pagerd tells of in one mail, once a minute."""

STEPS = "team: steps\nname: Steps\nzone: Europe/Berlin\nescalation: quick\nprimary: ana\nsecondary: ben\n"
ESCALATION = """\
escalation:
  standard: {{steps: [{{page: primary, answer_within: 30m}}]}}
  quick: {{steps: [{{page: primary, answer_within: {wait}s}}, {{page: secondary, answer_within: 30m}}]}}
last_resort: {{page: [ana], every: 30m}}
"""
PEOPLE = """\
people:
  ana: {name: Ana, zone: Europe/Berlin, email: ana@example.com}
  ben: {name: Ben, zone: Europe/Berlin, email: ben@example.com}
"""
QUIET_RULE = """\
team: payments
rules:
  - name: Everything
    match: ['alertname=~".+"']
    severity: sev2
    verdict: page
    group_by: [instance]
    action: Look at it.
"""
STEPS_RULE = QUIET_RULE.replace("payments", "steps").replace("sev2", "{severity}")


def latency(_open_pages: int) -> str:
    """Alert in to mail out, 50 alerts a second."""
    posts, options = 1500, ("--connections", "8", "--rate", "50")
    with a_pager() as (pager, log), pager.running():
        pager.load(posts, *options)
        ours = times_of(sent(pager.folder / "load.log"), wait_until_seen(log, posts, 30))
    with an_alertmanager("...", by_mail=True) as (url, log, _):
        load_log = log.with_name("load.log")
        load(url, HERE / "payloads/alertmanager_v2.json", posts, *options, "--log", str(load_log))
        theirs = times_of(sent(load_log), wait_until_seen(log, posts, 30))
    ratio = statistics.median(ours) / statistics.median(theirs)
    return (
        f"alert in, mail out at 50/s: p50 {_ms(ours, 0.5)}, p99 {_ms(ours, 0.99)}; Alertmanager {_ms(theirs, 0.5)}, "
        f"{_ms(theirs, 0.99)}: {ratio:.2f} times its p50 (aim: 1.2, p99 15 ms)"
    )


def storm(_open_pages: int) -> str:
    """10,000 alerts, each a page of the worst severity in a POST of its own: nothing merges, every one is a mail."""
    count, options = 10_000, ("--connections", "16")
    with a_pager() as (pager, log), pager.running() as pid:
        began = time.monotonic()
        pager.load(count, *options)
        seen = wait_until_seen(log, count)
        ours, our_rss, our_count = max(seen.values()) - began, peak_rss(pid), len(seen)
    with an_alertmanager("...", by_mail=True) as (url, log, pid):
        began = time.monotonic()
        load(url, HERE / "payloads/alertmanager_v2.json", count, *options)
        seen = wait_until_seen(log, count)
        theirs, their_rss, their_count = max(seen.values()) - began, peak_rss(pid), len(seen)
    return (
        f"storm of 10,000 by mail: {our_count} out in {ours:.1f} s, {our_rss:.0f} MB; Alertmanager {their_count} in "
        f"{theirs:.1f} s, {their_rss:.0f} MB: {theirs / ours:.1f} times sooner (aim: 5), "
        f"{our_rss / their_rss:.2f} of its memory (aim: 0.25)"
    )


def late(open_pages: int) -> str:
    """The second step, while so many other pages are open."""
    count = 300
    with a_pager_of_steps("sev1") as (pager, log), pager.running() as pid:
        # A hundred thousand are told of in ten minutes, 10,000 in a mail: that long nobody waits here.
        open_pages_of(pager, open_pages, wait=open_pages <= MERGED_MAX)
        steps = sample_of(pager, "steps")
        pager.load(count, "--connections", "4", "--rate", "20", "--first-id", "90000000", sample=steps)
        begun = sent(pager.folder / "load.log")
        time.sleep(WAIT_SECONDS + 5)
        second = second_seen(log, begun)
        times = [second[one] - begun[one][0] - WAIT_SECONDS for one in second]
        peak = peak_rss(pid)
    return (
        f"second step with {open_pages} pages open: {len(times)} of {count}, late p50 {_ms(times, 0.5)}, "
        f"p99 {_ms(times, 0.99)} from its alert to its mail (aim: 20 ms at 10 k, 50 ms at 100 k); {peak:.0f} MB"
    )


def idle(open_pages: int) -> str:
    """Nothing to do."""
    seconds = 30
    with a_pager_of_steps("sev2") as (pager, _log), pager.running() as pid:
        open_pages_of(pager, open_pages)
        time.sleep(5)
        before = _cpu_seconds(pid)
        time.sleep(seconds)
        share, memory = (_cpu_seconds(pid) - before) / seconds, rss(pid)
    return f"idle with {open_pages} pages open: {share:.2%} of a core, {memory:.0f} MB (aim: 1 %, 120 MB)"


def restart(open_pages: int) -> str:
    """From its start until it listens."""
    with a_pager_of_steps("sev2") as (pager, _log):
        with pager.running():
            open_pages_of(pager, open_pages, wait=False)
        took = []
        for _ in range(3):
            began = time.monotonic()
            with pager.running():
                took.append(time.monotonic() - began)
    return f"restart with {open_pages} pages open: listens after {statistics.median(took):.2f} s (aim: 1 s)"


def overdue(open_pages: int) -> str:
    """A restart after so many steps have become due."""
    with a_pager_of_steps("sev2") as (pager, _log):
        with pager.running():
            open_pages_of(pager, open_pages, team="steps", wait=False)
        time.sleep(WAIT_SECONDS + 1)
        told = "SELECT COUNT(DISTINCT page_id) FROM notifications WHERE person = 'ben'"
        before = pager.count(told)
        with pager.running():
            began = time.monotonic()
            while pager.count(told) < open_pages and time.monotonic() - began < 120:
                time.sleep(0.05)
            took = time.monotonic() - began
            pager.wait_for_mail(180)
            mails = pager.count("SELECT COUNT(DISTINCT provider_id) FROM notifications WHERE person = 'ben'")
    return (
        f"{open_pages - before} overdue steps: taken {took:.1f} s after it listens (aim: 3 s for 10 k), and what they "
        f"tell is in {mails} mails"
    )


def kill(_open_pages: int) -> str:
    """Five times kill -9 under load."""
    rounds, posts = 5, 20_000
    acknowledged: set[int] = set()
    with a_pager() as (pager, log):
        for number in range(rounds):
            with pager.running():
                going = _load_in_background(pager, posts, number * posts)
                time.sleep(9)
            going.wait()
            acknowledged |= {one for one, (_, answered) in sent(pager.folder / "load.log").items() if answered > 0}
        with pager.running():
            pager.wait_for_mail(300)
        told = _told(pager)
        seen = Counter(int(line.split()[0]) for line in log.read_text().splitlines())
    lost = len(acknowledged - told)
    twice = sum(times > 1 for times in seen.values())
    return (
        f"kill -9 five times: {len(acknowledged)} acknowledged, {lost} lost (aim: 0), {twice} sent twice, "
        f"{twice / max(len(seen), 1):.2%} (aim: 1 %)"
    )


def _told(pager: Pager) -> set[int]:
    """Return the alerts whose page a mail server took a mail of: after a restart one mail may speak of very many."""
    rows = pager.ask(
        "SELECT a.body FROM alerts a JOIN notifications n ON n.page_id = a.page_id WHERE n.status = 'accepted'"
    )
    return {int(found[1]) for (body,) in rows if (found := re.search(r"bench-(\d{8})", str(body))) is not None}


@contextlib.contextmanager
def a_pager_of_steps(severity: str, wait: int = WAIT_SECONDS) -> Iterator[tuple[Pager, Path]]:
    """Yield a pager with a quiet team `payments`, and a team `steps` that pages a second person after a while."""
    with a_pager() as (pager, log):
        folder = pager.folder
        (folder / "rotations/people.yaml").write_text(PEOPLE)
        (folder / "rotations/escalation.yaml").write_text(ESCALATION.format(wait=wait))
        (folder / "rotations/steps.yaml").write_text(STEPS)
        (folder / "rules/payments.yaml").write_text(QUIET_RULE)
        (folder / "rules/steps.yaml").write_text(STEPS_RULE.format(severity=severity))
        yield pager, log


def sample_of(pager: Pager, team: str) -> Path:
    """Return the sample of a POST whose alerts belong to a team."""
    document = json.loads((HERE / "payloads/webhook_v4.json").read_text())
    for labels in (document["commonLabels"], *(alert["labels"] for alert in document["alerts"])):
        labels["team"] = team
    path = pager.folder / f"{team}.json"
    path.write_text(json.dumps(document))
    return path


def open_pages_of(pager: Pager, count: int, team: str = "payments", *, wait: bool = True) -> None:
    """Open so many pages, and wait until what they tell is told: that takes the minute of a merged message."""
    if count:
        pager.load(-(-count // 100), "--connections", "4", "--batch", "100", sample=sample_of(pager, team))
    if count and wait:
        pager.wait_for_mail()


def _load_in_background(pager: Pager, posts: int, first: int) -> "subprocess.Popen[bytes]":
    token = (pager.folder / "source.token").read_text().strip()
    pin = ["taskset", "-c", "1"] if shutil.which("taskset") else []
    command = [*pin, sys.executable, str(HERE / "load.py"), "--url", pager.url, "--posts", str(posts)]
    command += ["--sample", str(HERE / "payloads/webhook_v4.json"), "--first-id", str(first), "--connections", "16"]
    command += ["--header", f"Authorization: Bearer {token}", "--log", str(pager.folder / "load.log")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def second_seen(log: Path, wanted: dict[int, tuple[float, float]]) -> dict[int, float]:
    """Return when the sink saw each alert for the second time."""
    first, second = first_seen(log), {}
    for line in log.read_text().splitlines():
        number, at = line.split()
        one = int(number)
        if one in wanted and float(at) > first[one]:
            second.setdefault(one, float(at))
    return second


def times_of(begun: dict[int, tuple[float, float]], seen: dict[int, float]) -> list[float]:
    """Return how long each alert took from its POST until it was seen."""
    return [seen[one] - at for one, (at, _) in begun.items() if one in seen]


def _ms(times: list[float], part: float) -> str:
    return f"{quantile(times, part) * 1000:.1f} ms" if times else "-"


def _cpu_seconds(pid: int) -> float:
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


SCENARIOS: dict[str, Callable[[int], str]] = {
    one.__name__: one for one in (latency, storm, late, idle, restart, overdue, kill)
}


def main() -> None:
    """Run what is asked for, and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="*", choices=[*SCENARIOS, []], default=[])
    parser.add_argument("--open", type=int, default=10_000, help="pages that are open meanwhile")
    arguments = parser.parse_args()
    for name in arguments.scenario or SCENARIOS:
        print(f"- {SCENARIOS[name](arguments.open)}", flush=True)


if __name__ == "__main__":
    main()
