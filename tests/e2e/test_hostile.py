"""The daemon as strangers and careless people meet it: slow connections, floods, bombs in its files."""

import asyncio
import contextlib
import gzip
import io
import json
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import aiohttp
import psutil
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import running, said_by
from tests.e2e.test_daemon import command, raise_alert_at, status_of
from tests.ports import free_port
from tests.share import in_share

SECONDS = in_share(ci=170, proof=1_700)

pytestmark = pytest.mark.timeout(SECONDS + 10)

MB = 1024 * 1024

RSS_MORE_MAX = 160 * MB
"""What an attack may cost beside what the daemon has: 64 MB of alert bodies that it holds at once, read and parsed."""

SLOW = in_share(ci=300, proof=1_000)
"""Connections of each kind of slow sender. In the proof they are more than the daemon holds at all."""

ALERTS = in_share(ci=20, proof=500)

GONE_WITHIN = 30.0
"""Seconds in which whoever is too slow with headers is closed; the limit is 10."""

HEAD = "POST /api/v1/alertmanager/prod HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"


@contextmanager
def held_connections(port: int, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Open connections, send the beginning of something on each, and hold them."""
    held = []
    try:
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", port))
            held.append(one)
            with suppress(ConnectionError):  # where every place is taken, the next pushes the first out
                one.sendall(sent)
        yield held
    finally:
        for one in held:
            one.close()


async def closed_by_peer(connections: list[socket.socket]) -> tuple[int, float]:
    """Read each connection to its end; return how many were told anything before, and when all were closed."""
    told = 0
    loop = asyncio.get_running_loop()
    for one in connections:
        one.setblocking(False)
        try:
            while octets := await loop.sock_recv(one, 65_536):
                told += bool(octets)
        except ConnectionError:
            pass
    return told, loop.time()


def an_installation(folder: Path, smtp: FakeSmtp, twilio: FakeTwilio | None = None) -> Installation:
    """Write an installation that mails to the test's own server."""
    return installation.write(
        folder,
        port=free_port(),
        twilio_url=twilio.url if twilio else None,
        smtp_port=smtp.port,
        public_url="https://pager.example.com",
    )


async def metrics_of(pager: Installation) -> dict[str, float]:
    """Scrape the daemon."""
    async with aiohttp.ClientSession() as session, session.get(f"{pager.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


def faults_in(metrics: dict[str, float]) -> dict[str, float]:
    """Return the counters of requests that were answered with a fault of ours."""
    return {name: value for name, value in metrics.items() if 'code="5' in name and value}


async def test_the_slow_and_the_many_keep_no_alert_out(tmp_path: Path) -> None:
    """While hundreds of half-sent requests are held, alerts go in and pages go out; whoever is too slow is closed."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, asyncio.timeout(SECONDS):
        pager = an_installation(tmp_path, smtp, twilio)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            watched = psutil.Process(process.pid)
            rss_before = watched.memory_info().rss
            head = HEAD.format(token=pager.token).encode()
            callback = b"POST /api/v1/provider/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\nBody="
            unread = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20
            began = asyncio.get_running_loop().time()
            with (
                held_connections(pager.port, SLOW, head) as half_sent,
                held_connections(pager.port, SLOW // 3, callback),
                held_connections(pager.port, SLOW // 3, unread),
            ):
                async with asyncio.TaskGroup() as group:
                    closing = group.create_task(closed_by_peer(half_sent))
                    statuses = [
                        await raise_alert_at(pager.url, pager.token, cluster=f"c{number}") for number in range(ALERTS)
                    ]
                    paged = (await twilio.next_message()).to
                    mailed = (await smtp.next_mail()).parsed["To"]
                    rss_held = watched.memory_info().rss
                told, closed_at = closing.result()
            after = await raise_alert_at(pager.url, pager.token, cluster="afterwards")
            counted = await metrics_of(pager)

    assert statuses == [200] * ALERTS
    assert paged == "+351912000001"
    assert mailed == "ana@example.com"
    assert told == 0, "to a sender that is cut off it must be a fault of the network, which it tries again"
    assert closed_at - began < GONE_WITHIN
    assert after == 200
    assert rss_held - rss_before < RSS_MORE_MAX
    assert faults_in(counted) == {}


def floods(pager: Installation) -> dict[str, tuple[str, dict[str, str], bytes, set[int]]]:
    """Return requests of strangers and of senders gone mad: where to, with what, and what may be answered."""
    auth = {"Authorization": f"Bearer {pager.token}"}
    bomb = gzip.compress(b"[" * (200 * MB), compresslevel=9)
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "bm9uc2Vuc2U="}
    return {
        "a huge body": ("/api/v1/alertmanager/prod", auth, b" " * (9 * MB), {413}),
        "a deep body": ("/api/v1/alertmanager/prod", auth, b'{"alerts":' + b"[" * (7 * MB), {400}),
        "brackets that close": (
            "/api/v1/prometheus/direct/api/v2/alerts",
            auth,
            b"[" * 3_000_000 + b"]" * 3_000_000,
            {400},
        ),
        "a gzip bomb": ("/api/v1/alertmanager/prod", {**auth, "Content-Encoding": "gzip"}, bomb, {413}),
        "a gzip bomb for a form": ("/api/v1/provider/sms", {**form, "Content-Encoding": "gzip"}, bomb, {413}),
        "a forged callback": ("/api/v1/provider/sms", form, b"MessageSid=SM1&From=%2B351912000001&Body=ack", {403}),
        "a form of many fields": ("/api/v1/provider/sms", form, b"a=1&" * 10_000, {400}),
        "a link that is none": (f"/p/{'x' * 22}", {}, b"action=ack", {404}),
        "no token": ("/api/v1/alertmanager/prod", {}, b"{}", {401}),
    }


async def send_without_end(session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
    """Send a body in chunks until the daemon has had enough."""

    async def pieces() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    try:
        async with session.post(url, headers=headers, data=pieces()) as answer:
            assert answer.status == 413
    except aiohttp.ClientConnectionError:
        pass  # it was cut off in the middle of the next piece


async def alert_as_a_source_does(pager: Installation, cluster: str) -> int:
    """Raise an alert, again where it is told to come again, or the connection was closed.

    The flood comes from this very process: on a starved machine it writes headers later than the 10 s that they have.
    """
    while True:
        with contextlib.suppress(aiohttp.ClientConnectionError):
            if (status := await raise_alert_at(pager.url, pager.token, cluster=cluster)) != 503:
                return status


async def test_floods_are_refused_within_bounds(tmp_path: Path) -> None:
    """Bodies without end, bombs, and callbacks by the hundred: each is a 4xx, memory stays, and alerts go in."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, asyncio.timeout(SECONDS):
        pager = an_installation(tmp_path, smtp, twilio)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            watched = psutil.Process(process.pid)
            rss_before = watched.memory_info().rss
            answered: dict[str, set[int]] = {}
            wanted = floods(pager)
            auth = {"Authorization": f"Bearer {pager.token}"}

            async def send(
                session: aiohttp.ClientSession, name: str, path: str, headers: dict[str, str], body: bytes
            ) -> None:
                try:
                    async with session.post(pager.url + path, headers=headers, data=io.BytesIO(body)) as answer:
                        answered.setdefault(name, set()).add(answer.status)
                except aiohttp.ClientConnectionError:
                    # Refused while it was still being sent: who goes on sending sees a reset.
                    answered.setdefault(name, set())

            async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
                for name, (path, headers, body, _) in wanted.items():
                    for _ in range(in_share(ci=2, proof=30) if len(body) > MB else in_share(ci=20, proof=2_000)):
                        group.create_task(send(session, name, path, headers, body))
                group.create_task(send_without_end(session, f"{pager.url}/api/v1/alertmanager/prod", auth))
                alerted = [await alert_as_a_source_does(pager, f"c{n}") for n in range(ALERTS)]
            paged = (await twilio.next_message()).to
            rss_after = watched.memory_info().rss
            counted = await metrics_of(pager)
            status = await status_of(pager)

    assert set(alerted) == {200}
    assert paged == "+351912000001"
    for name, (_, _, _, statuses) in wanted.items():
        assert answered[name] <= statuses | {503}, name
    assert rss_after - rss_before < RSS_MORE_MAX
    assert status["store_ok"]
    assert not [name for name in faults_in(counted) if 'code="503"' not in name]


BOMBS = {
    "nesting": "a: " + "[" * 60_000,
    "keys within keys": "? " * 60_000,
    "flow mappings": "{a: " * 60_000,
    "aliases": "a: &a [x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(9)),
    "a file of 1 MiB": "a: '" + "x" * MB + "'",
    "100,000 values": "[" + "a," * 100_001 + "]",
    "a key again and again": "team: payments\n" * 50_000,
    "bytes": "\x00\x01\x02",
    "a template": "team: payments\nname: \"{{ 'a' * 10**9 }}\"\n",
}


SET_OFF = in_share(ci=("nesting", "aliases", "100,000 values", "a template"), proof=tuple(BOMBS))

MANY = in_share(ci=45, proof=600)
"""Files that are each within the limits; together they are not."""


async def test_no_bomb_in_the_files_ends_the_daemon(tmp_path: Path) -> None:
    """Each bomb is findings of `pagerd check` and of a reload; the old plan pages on, in the same process."""
    async with FakeSmtp() as smtp, asyncio.timeout(SECONDS):
        pager = an_installation(tmp_path, smtp)
        bomb = tmp_path / "rules" / "bomb.yaml"
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            watched = psutil.Process(process.pid)
            before, rss_before = await status_of(pager), watched.memory_info().rss
            token = await a_token(pager)
            async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
                for number, name in enumerate(SET_OFF):
                    bomb.write_text(BOMBS[name])
                    began = asyncio.get_running_loop().time()
                    async with session.post(f"{pager.url}/-/reload") as answer:
                        said = await answer.json()
                        assert answer.status == 409, name
                    took = asyncio.get_running_loop().time() - began
                    assert said["findings"], name
                    assert took < 20, f"{name} took {took:.1f} s"
                    assert await raise_alert_at(pager.url, pager.token, cluster=f"c{number}") == 200
                    assert (await smtp.next_mail()).parsed["To"]
            many_files(tmp_path, bomb)
            code, checked = await said_by(sys.executable, "-m", "pagerd", "-c", str(tmp_path), "check", "-o", "json")
            accepted = await raise_alert_at(pager.url, pager.token, cluster="last")
            refused = await reload_by(pager, token)
            after = await status_of(pager)
            rss_after = watched.memory_info().rss
            alive = process.returncode is None

    assert alive
    assert (refused, accepted) == (409, 200)
    assert code == 1
    assert "E002" in {one["id"] for one in json.loads(checked)["findings"]}
    assert after["revision"] == before["revision"]
    assert rss_after - rss_before < RSS_MORE_MAX


async def reload_by(pager: Installation, token: str) -> int:
    """Ask for a reload; return the status of the answer."""
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.post(f"{pager.url}/-/reload", headers=headers) as answer:
        return answer.status


def many_files(folder: Path, bomb: Path) -> None:
    """Put hundreds of files that are each just small enough."""
    bomb.unlink()
    wide = "".join(f"k{number}: v\n" for number in range(45_000))
    for number in range(MANY):
        (folder / "rules" / f"r{number}.yaml").write_text(wide)


async def a_token(pager: Installation) -> str:
    """Make an administrator's token."""
    words = ("--as", "dora", "token", "create", "dora", "test", "--scope", "admin")
    _, said = await said_by(sys.executable, "-m", "pagerd", "-c", str(pager.folder), *words)
    return said.split()[0]
