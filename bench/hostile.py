"""How long one body holds up the event loop while a thread reads it: the decoder lets nobody else run.

Each body is as long as the daemon takes, 8 MiB, save for the honest ones. `held up` is the longest time in which the
loop did not come to its turn, `read in` how long the body took. Run it on an idle machine.
"""

import argparse
import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from pagerd.core.errors import Unreadable
from pagerd.sources import PARSERS
from pagerd.sources.base import Limits, Parser

SIZE = 8 * 1024 * 1024


def honest(count: int) -> bytes:
    """Return a message as Alertmanager writes it, about 620 bytes an alert."""
    alerts = [
        {
            "status": "firing",
            "labels": {
                "alertname": "CheckoutErrors",
                "cluster": "eu-1",
                "instance": f"api-{number}",
                "job": "api",
                "namespace": "prod",
                "service": "payments-api",
                "severity": "critical",
                "team": "payments",
            },
            "annotations": {
                "description": "The error ratio of checkout has been above 5 % for ten minutes in eu-1.",
                "runbook_url": "https://runbooks.example.com/payments-5xx",
                "summary": "Checkout fails for 7 % of customers",
            },
            "startsAt": "2026-01-05T03:12:44.123Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus.example.com:9090/graph?g0.expr=sum%28rate%28requests_total%5B5m%5D%29%29",
            "fingerprint": f"{number:016x}",
        }
        for number in range(count)
    ]
    around = {"version": "4", "groupKey": "{}", "receiver": "pagerd", "externalURL": "http://alertmanager:9093"}
    return json.dumps({"status": "firing", "alerts": alerts, **around}, separators=(",", ":")).encode()


def filled(head: bytes, unit: bytes, tail: bytes) -> bytes:
    """Return as many units as fit between a head and a tail."""
    return head + unit * ((SIZE - len(head) - len(tail)) // len(unit)) + tail


_LABELS = b"".join(b',"%d":"1"' % number for number in range(60))
_OPENS = b'{"alerts":[{"status":"firing","labels":{"a":"b"'
BODIES: Mapping[str, Callable[[], bytes]] = {
    "1,000 alerts": lambda: honest(1_000),
    "5,000 alerts": lambda: honest(5_000),
    "10,000 alerts": lambda: honest(10_000),
    "10,000 alerts, one bad": lambda: honest(10_000).replace(b'"team":"payments"', b'"team":3', 1),
    "200,000 small alerts": lambda: filled(b'{"alerts":[', b'{"status":"firing","labels":{"a":"b"}},', b"{}]}"),
    "empty alerts": lambda: filled(b'{"alerts":[', b"{},", b"{}]}"),
    "alerts of 60 labels": lambda: filled(
        b'{"alerts":[', b'{"status":"firing","labels":{"a":"b"%b}},' % _LABELS, b"{}]}"
    ),
    "600,000 labels": lambda: _OPENS + b"".join(b',"%d":""' % number for number in range(600_000)) + b"}}]}",
    "one label, again and again": lambda: filled(_OPENS, b',"a":"b"', b"}}]}"),
    "one long text": lambda: filled(_OPENS + b',"x":"', b"x", b'"}}]}'),
    "escapes": lambda: filled(_OPENS + b',"x":"', b"\\\\", b'"}}]}'),
    "no UTF-8": lambda: filled(_OPENS + b',"x":"', b"\xff", b'"}}]}'),
    "a long number": lambda: filled(b'{"truncatedAlerts":', b"9", b',"alerts":[{}]}'),
    "a long instant": lambda: filled(_OPENS + b'},"startsAt":', b"9", b"}]}"),
    "open brackets": lambda: filled(b'{"alerts":', b"[", b""),
    "deep under an unknown key": lambda: b'{"x":' + b"[" * (SIZE // 2) + b"]" * (SIZE // 2 - 20) + b"}",
    "blanks": lambda: filled(b'{"alerts":[', b" ", b"]}"),
}


async def held_up(parser: Parser, body: bytes) -> tuple[float, float]:
    """Return the longest time without a turn of the loop, and how long the reading took, in milliseconds."""
    longest, is_over = 0.0, False

    async def turn() -> None:
        nonlocal longest
        last = time.perf_counter()
        while not is_over:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last - 0.001), now

    async with asyncio.TaskGroup() as group:
        group.create_task(turn())
        await asyncio.sleep(0.01)
        longest, started = 0.0, time.perf_counter()
        with contextlib.suppress(Unreadable):  # refusing it is right, too; here the time counts
            await asyncio.to_thread(parser, body, datetime.now(UTC), Limits())
        took = time.perf_counter() - started
        await asyncio.sleep(0.003)
        is_over = True
    return longest * 1000, took * 1000


def main() -> None:
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3, help="the median of so many is shown")
    rounds = arguments.parse_args().rounds
    print("| body | MB | source | held up ms | read in ms |\n| - | - | - | - | - |")
    for name, make in BODIES.items():
        body = make()[:SIZE]
        for kind, parser in PARSERS.items():
            found = sorted(asyncio.run(held_up(parser, body)) for _ in range(rounds))
            held, took = found[len(found) // 2]
            print(f"| {name} | {len(body) / 1e6:.1f} | {kind} | {held:.0f} | {took:.0f} |", flush=True)


if __name__ == "__main__":
    main()
