import asyncio
import gzip
import socket
import struct
import time
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import pytest
from structlog.testing import capture_logs

from pagerd.web.guard import Phase, _peer_of
from pagerd.web.limits import WebLimits
from tests.web.front import SOURCE_TOKEN, a_front

SHORT = WebLimits(header_seconds=0.2, body_seconds=0.3, answer_seconds=0.5, idle_seconds=0.4, linger_seconds=0.1)

HEAD = b"POST /api/v1/alertmanager/prod HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n" % SOURCE_TOKEN.encode()


@asynccontextmanager
async def a_connection(front):
    """Open a raw connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", front.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def everything(reader, within=5.0):
    """Return what comes until the other side closes; a reset is a close too."""
    got = b""
    try:
        async with asyncio.timeout(within):
            while chunk := await reader.read(65536):
                got += chunk
    except ConnectionError:
        pass
    return got


async def until(holds):
    """Let the server go on until something holds."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  # nobody tells of a phase, and the loop is the server's own
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    "first",
    [b"", b"POST /api", HEAD, b"GET /-/healthy HTTP/1.1\r\nX-A: b\r\n"],
    ids=["nothing", "half a line", "no end of headers", "one header"],
)
async def test_half_sent_headers_are_closed_at_their_deadline(tmp_path, first):
    """Whoever does not finish the headers is closed without a word."""
    async with a_front(tmp_path, limits=SHORT) as front, a_connection(front) as (reader, writer):
        writer.write(first)

        assert await everything(reader) == b""


async def test_headers_that_drip_do_not_move_the_deadline(tmp_path):
    """A byte now and then is as slow as none."""
    async with a_front(tmp_path, limits=SHORT) as front, a_connection(front) as (reader, writer):
        writer.write(b"GET /-/healthy HTTP/1.1\r\n")

        async def drip():
            while not reader.at_eof():
                writer.write(b"X: y\r\n")
                with suppress(TimeoutError):
                    # Nothing is ever answered: this waits for the close, a moment at a time.
                    await asyncio.wait_for(reader.read(1), 0.02)

        with suppress(ConnectionError):
            async with asyncio.timeout(5):
                await drip()
        assert front.app.connections == 0


async def test_a_body_that_never_ends_is_closed_at_its_deadline(tmp_path):
    """Half a body holds a connection for so long and no longer; no answer calls it final."""
    async with a_front(tmp_path, limits=SHORT) as front, a_connection(front) as (reader, writer):
        writer.write(HEAD + b"Content-Length: 100\r\n\r\n{")

        assert await everything(reader) == b""
        assert front.metric("pagerd_ingest_requests_total", source="prod", result="invalid") == 0
        assert front.app._intake.held_bytes == 0


async def test_an_idle_connection_is_closed(tmp_path):
    """Between two requests a connection is kept for a while."""
    async with a_front(tmp_path, limits=WebLimits(idle_seconds=0.4)) as front, a_connection(front) as (reader, writer):
        writer.write(b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
        got = await everything(reader)

        assert got.startswith(b"HTTP/1.1 200")
        assert front.app.connections == 0


async def test_one_connection_serves_many_requests(tmp_path):
    """Keep-alive works, and each request has deadlines of its own."""
    async with a_front(tmp_path) as front, a_connection(front) as (reader, writer):
        for _ in range(3):
            writer.write(b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            await reader.readexactly(len(b"pagerd is alive\n"))


async def test_the_slow_do_not_shut_out_alerts(tmp_path):
    """With every place taken by half-sent requests, the next alert still comes in: the longest idle gives way."""
    limits = WebLimits(connections_max=20)
    async with a_front(tmp_path, limits=limits) as front:
        slow = [await asyncio.open_connection("127.0.0.1", front.port) for _ in range(20)]
        for _, writer in slow:
            writer.write(HEAD)

        assert (await front.fire("a")).status == 200
        assert front.app.connections <= 21
        for _, writer in slow:
            writer.close()


SLOW_CALLBACK = b"POST /api/v1/provider/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nBody="

SERVED = {Phase.BODY, Phase.ANSWER}

UNREAD = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100


@pytest.mark.parametrize("sent", [SLOW_CALLBACK, UNREAD], ids=["a callback without end", "an answer that nobody reads"])
async def test_strangers_who_are_being_served_do_not_shut_out_alerts(tmp_path, sent):
    """A callback is read before its signature counts, and what is open is answered to anybody: both give way."""
    async with a_front(tmp_path, limits=WebLimits(connections_max=20)) as front, AsyncExitStack() as stack:
        for _ in range(20):
            slow = socket.create_connection(("127.0.0.1", front.port))
            stack.callback(slow.close)
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.sendall(sent)
        await until(lambda: sum(one.phase in SERVED for one in front.app._gate._held) == 20)

        assert (await front.fire("a")).status == 200


async def test_whoever_goes_away_is_no_fault_of_ours(front):
    """A lost connection is neither counted as a 500, by which operators are alarmed, nor a warning of the log."""
    with capture_logs() as logs:
        for sent in (SLOW_CALLBACK, UNREAD):
            gone = socket.create_connection(("127.0.0.1", front.port))
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            gone.sendall(sent)
            await until(lambda: any(one.phase in SERVED for one in front.app._gate._held))
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            gone.close()
            await until(lambda: not front.app.connections)

    assert {one["log_level"] for one in logs} <= {"info", "debug"}
    assert front.metric("pagerd_http_requests_total", method="other", handler="other", code="500") == 0


async def test_a_sender_who_showed_a_token_is_not_shut_out_by_the_next(tmp_path):
    """Where everybody is known, the house is full: who comes now is told to come again, and nobody is cut off."""
    async with a_front(tmp_path, limits=WebLimits(connections_max=2)) as front, AsyncExitStack() as stack:
        held = [await stack.enter_async_context(a_connection(front)) for _ in range(2)]
        for _, writer in held:
            writer.write(HEAD + b"Content-Length: 14\r\n\r\n{")
        await until(lambda: sum(one.is_known for one in front.app._gate._held) == 2)
        async with a_connection(front) as (reader, _):
            assert (await everything(reader)).startswith(b"HTTP/1.1 503")
        for reader, writer in held:
            writer.write(b'"alerts": []}')
            assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("peername", "share"),
    [
        (("127.0.0.1", 1), ""),
        (("::1", 1, 0, 0), ""),
        (("::ffff:127.0.0.1", 1, 0, 0), ""),
        ("", ""),
        (("192.0.2.7", 1), "192.0.2.7"),
        (("::ffff:192.0.2.7", 1, 0, 0), "192.0.2.7"),
        (("2001:db8:1:2:3::4", 1, 0, 0), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 1, 0, 2), "fe80::/64"),
    ],
)
def test_a_peer_is_an_address_or_a_network_and_loopback_is_everybody(peername, share):
    """A proxy on this host speaks for all, one IPv6 customer is a /64."""

    class Transport:
        def get_extra_info(self, name):
            return peername if name == "peername" else None

    assert _peer_of(Transport()) == share


async def test_one_peer_has_its_share(tmp_path, monkeypatch):
    """The connection after the last of a peer's share is told to come later."""
    monkeypatch.setattr("pagerd.web.guard._peer_of", lambda _transport: "192.0.2.7")
    async with a_front(tmp_path, limits=WebLimits(connections_of_peer_max=2)) as front:
        held = [await asyncio.open_connection("127.0.0.1", front.port) for _ in range(2)]
        async with a_connection(front) as (reader, _):
            got = await everything(reader)

        assert got.startswith(b"HTTP/1.1 503")
        assert b"Retry-After" in got
        for _, writer in held:
            writer.close()


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n" + b"X-Y: z\r\n" * 200 + b"\r\n",
        b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /-/healthy HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=["TLS", "version", "200 headers", "10,000 signs of a path", "two lengths"],
)
async def test_what_is_no_request_is_400_and_closed(front, nonsense):
    """Even the answer to nonsense has the headers of every answer, and repeats nothing of it."""
    async with a_connection(front) as (reader, writer):
        writer.write(nonsense)
        got = await everything(reader)

        assert got.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
        assert b"Content-Security-Policy" in got
        assert b"aiohttp" not in got
        assert b"aaaa" not in got
        assert front.app.connections == 0


@pytest.mark.parametrize("path", [b"/-/healthy", b"/api/v1/alertmanager/prod"], ids=["open", "refused"])
async def test_what_a_stranger_packs_is_never_unpacked(front, path):
    """Neither nonsense nor a bomb costs whoever refuses it, or has no use for a body, more than its bytes."""
    bomb = gzip.compress(b"[" * 100_000_000)
    before = time.process_time()
    gzip.decompress(bomb)
    unpacking = time.process_time() - before
    for body in (b"garbage", bomb):
        head = b"Host: x\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
        with capture_logs() as logs:
            async with a_connection(front) as (reader, writer):
                before = time.process_time()
                writer.write(b"POST " + path + b" HTTP/1.1\r\n" + head + body)
                await everything(reader)

        assert [one for one in logs if one["log_level"] != "info"] == []
        assert time.process_time() - before < unpacking / 2


@pytest.mark.parametrize("path", [b"/-/healthy", b"/api/v1/alertmanager/prod"], ids=["open", "refused"])
async def test_a_body_that_nobody_can_read_is_one_line_of_the_log(front, capfd, path):
    """Whoever shows no token must not fill the disk with tracebacks of the server library."""
    body = b"Host: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n"
    with capture_logs() as logs:
        async with a_connection(front) as (reader, writer):
            writer.write(b"POST " + path + b" HTTP/1.1\r\n" + body)
            await everything(reader)

    assert len([one for one in logs if "error" in one]) <= 1
    assert "Traceback" not in capfd.readouterr().err


async def test_expect_continue_is_answered_before_the_body(front):
    """Some senders, curl among them, wait for a word before a large body; who is refused never sends it."""
    async with a_connection(front) as (reader, writer):
        writer.write(HEAD + b"Content-Length: 14\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b'{"alerts": []}')
        assert (await everything(reader)).startswith(b"HTTP/1.1 200")
    async with a_connection(front) as (reader, writer):
        writer.write(HEAD.replace(b"Bearer", b"Bearer x") + b"Content-Length: 14\r\nExpect: 100-continue\r\n\r\n")
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 401")


async def test_closing_finishes_what_is_being_answered(tmp_path):
    """An idle connection does not hold up the end, and nothing is left open."""
    async with a_front(tmp_path) as front, a_connection(front) as (reader, writer):
        writer.write(b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        async with asyncio.timeout(5):
            await front.app.close()
        await everything(reader)

        assert front.app.connections == 0
