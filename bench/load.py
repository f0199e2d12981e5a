"""A bounded load of alerts over loopback, each with an id of its own: closed loop, or at a rate.

Runs as a process beside the server that it measures. Prints one line of JSON: rates and latencies of answers with 2xx.
`--log FILE` notes `id sent answered` for each alert (CLOCK_MONOTONIC seconds, -1 for no 2xx), so that the time to its
first notification, and what was acknowledged and never sent, can be told from the sink's log.
`--resolve` lets each POST be followed by one in which its alerts are over; only the first of the two is noted.
"""

import argparse
import asyncio
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ID = "__ID__"
SERVICE = "__SERVICE__"
STILL_FIRING, ENDED = '"endsAt": "0001-01-01T00:00:00Z"', '"endsAt": "2026-01-05T04:12:44Z"'


def service_of(first: int, batch: int, services: int) -> int:
    """Return the number of the service that a POST is about: one after the other."""
    return first // batch % services


@dataclass
class Body:
    """The body of a POST with so many alerts, made from a sample with `__ID__` where an alert's id belongs.

    Where a sample says `__SERVICE__`, the POSTs are about so many services in turn.
    """

    sample: Path
    batch: int
    services: int = 1
    before: str = field(init=False)
    one: str = field(init=False)
    after: str = field(init=False)

    def __post_init__(self) -> None:
        document = json.loads(self.sample.read_text())
        if isinstance(document, list):
            self.before, self.one, self.after = "[", json.dumps(document[0]), "]"
        else:
            self.one = json.dumps(document["alerts"][0])
            self.before, self.after = json.dumps({**document, "alerts": ["@"]}).split('"@"')

    def of(self, first: int, *, is_over: bool = False) -> bytes:
        """Return the body whose first alert has this number."""
        ids = [f"bench-{first + n:08d}" for n in range(self.batch)]
        alerts = ",".join(self.one.replace(ID, one) for one in ids)
        text = self.before.replace(ID, ids[0]) + alerts + self.after.replace(ID, ids[0])
        text = text.replace(SERVICE, f"service-{service_of(first, self.batch, self.services):05d}")
        if is_over:
            text = text.replace('"status": "firing"', '"status": "resolved"').replace(STILL_FIRING, ENDED)
        return text.encode()


class Client(asyncio.Protocol):
    """One kept connection that waits for each answer."""

    def __init__(self) -> None:
        self.buffer = b""
        self.answer: asyncio.Future[int] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        """Tell whoever waits that no answer comes."""
        self.transport = None
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(0)

    def data_received(self, data: bytes) -> None:
        """Take in an answer; only its status matters."""
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) < end + 4 + length:
            return
        self.buffer = b""
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(int(head[9:12]))

    async def post(self, head: str, body: bytes) -> int:
        """Send a request and return the status of its answer, 0 for none."""
        if self.transport is None:
            return 0
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return await self.answer


async def main() -> None:
    """Send the load and print what came of it."""
    arguments = _arguments()
    parts = urlsplit(arguments.url)
    assert parts.hostname in ("127.0.0.1", "localhost"), "loopback only"
    headers = "".join(f"{one}\r\n" for one in arguments.header)
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n{headers}"
    body = Body(arguments.sample, arguments.batch, arguments.services)
    loop = asyncio.get_running_loop()
    clients = [
        (await loop.create_connection(Client, parts.hostname, parts.port or 80))[1]
        for _ in range(arguments.connections)
    ]
    numbers = iter(range(arguments.first_id, arguments.first_id + arguments.posts * arguments.batch, arguments.batch))
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    lines: list[str] = []

    async def send_on(client: Client) -> None:
        for first in numbers:
            turn = 0.0
            if arguments.rate:
                turn = started + (first - arguments.first_id) / arguments.batch / arguments.rate
                await asyncio.sleep(max(0.0, turn - time.monotonic()))
            sent = time.monotonic()
            status = await client.post(head, body.of(first))
            answered = time.monotonic()
            statuses[status] = statuses.get(status, 0) + 1
            good = 200 <= status < 300
            if good:
                # At a rate it counts from its turn: what waits for a connection that is busy has waited, too.
                latencies.append(answered - (turn or sent))
            done = answered if good else -1
            lines.extend(f"{first + n} {sent:.6f} {done:.6f}\n" for n in range(arguments.batch))
            if arguments.resolve and good:
                status = await client.post(head, body.of(first, is_over=True))
                statuses[status] = statuses.get(status, 0) + 1
            if status == 0:
                return

    started = time.monotonic()
    await asyncio.gather(*(send_on(client) for client in clients))
    seconds = time.monotonic() - started
    if arguments.log:
        arguments.log.write_text("".join(lines))
    print(json.dumps(_summary(latencies, statuses, arguments.batch, seconds)))


def _summary(latencies: list[float], statuses: dict[int, int], batch: int, seconds: float) -> dict[str, object]:
    latencies.sort()
    count = len(latencies)

    def quantile(part: float) -> float | None:
        return round(latencies[min(count - 1, int(count * part))] * 1000, 2) if count else None

    return {
        "statuses": statuses,
        "alerts_per_s": round(count * batch / seconds, 1),
        "p50_ms": quantile(0.5),
        "p99_ms": quantile(0.99),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--sample", type=Path, required=True)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0.0, help="POSTs a second; without it, as fast as answers come")
    parser.add_argument("--first-id", type=int, default=0)
    parser.add_argument("--services", type=int, default=1, help="how many services a sample with __SERVICE__ is about")
    parser.add_argument("--resolve", action="store_true", help="let each POST be followed by the end of its alerts")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--log", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
