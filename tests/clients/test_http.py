import asyncio
import socket
import ssl
from functools import partial

import pytest
from aiohttp import web

from pagerd.clients.http import Answer, HttpClient, RememberingResolver
from pagerd.clients.reach import Reach
from pagerd.core.errors import Unavailable, Unconfirmed
from tests.channels.fake_smtp import Certificate
from tests.channels.raw_server import RawServer, answers, hang, says
from tests.ports import free_port


@pytest.fixture
async def http():
    """Open a client."""
    client = HttpClient()
    yield client
    await client.close()


@pytest.fixture
async def echo():
    """A server that answers with what it was sent."""
    seen = []

    async def show(request):
        seen.append(request)
        body = await request.read()
        told = {"method": request.method, "path": request.path_qs, "body": body.decode()}
        return web.json_response(told, headers={"X-Seen": "1", "Set-Cookie": "a=b"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", show)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    show.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    show.seen = seen
    yield show
    await runner.cleanup()


async def test_asking(http, echo):
    """A question carries its headers, and the answer all that came back."""
    answer = await http.get(echo.url + "/a?b=%20c", headers={"X-Mine": "1"}, deadline_seconds=5)

    assert (answer.status, answer.headers["x-seen"]) == (200, "1")
    assert answer.json() == {"method": "GET", "path": "/a?b=%20c", "body": ""}
    assert echo.seen[0].headers["X-Mine"] == "1"
    assert echo.seen[0].headers["Accept-Encoding"] == "identity"


async def test_posting(http, echo):
    """A form is encoded, whatever is in it; JSON goes as the bytes it is; no cookie comes back."""
    form = await http.post_form(echo.url, [("a", "1 é&"), ("a", "\ud800")], deadline_seconds=5)
    raw = await http.post_json(echo.url, b'{"a":  1}', deadline_seconds=5)

    assert form.json()["body"] == "a=1+%C3%A9%26&a=%3F"
    assert raw.json()["body"] == '{"a":  1}'
    assert echo.seen[1].headers["Content-Type"] == "application/json"
    assert "Cookie" not in echo.seen[1].headers


async def test_connections_are_kept(http, echo):
    """Two questions in a row go over one connection."""
    await http.get(echo.url, deadline_seconds=5)
    await http.get(echo.url, deadline_seconds=5)

    assert len({request.transport.get_extra_info("peername") for request in echo.seen}) == 1


@pytest.mark.parametrize("ask", ["get", "post"])
async def test_what_was_sent_is_in_doubt(http, ask):
    """A question that left and was not answered is Unconfirmed."""
    async with RawServer(hang) as server:
        url = f"http://127.0.0.1:{server.port}/"
        asking = {"get": http.get, "post": partial(http.post_json, body=b"{}")}[ask]
        with pytest.raises(Unconfirmed, match="after it was sent"):
            await asking(url, deadline_seconds=0.1)

        await server.all_gone()


async def test_what_could_not_connect_was_not_sent(http):
    """A refused connection is Unavailable, and the words leave out path and query."""
    with pytest.raises(Unavailable) as raised:
        await http.get(f"http://127.0.0.1:{free_port()}/secret?token=1", deadline_seconds=5)

    assert "127.0.0.1" in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_a_tls_handshake_that_hangs_was_not_sent(http):
    """Nothing is sent before TLS is up."""
    async with RawServer(hang) as server:
        with pytest.raises(Unavailable):
            await http.get(f"https://127.0.0.1:{server.port}/", deadline_seconds=0.1)


async def test_connecting_has_its_own_limit():
    """Who does not even connect is given up before the deadline."""
    http = HttpClient(connect_seconds=0.05)
    async with RawServer(hang) as server:
        with pytest.raises(Unavailable, match="could not connect within"):
            await http.get(f"https://127.0.0.1:{server.port}/", deadline_seconds=30)
        await http.close()


async def test_certificates_are_checked(http, tmp_path):
    """A certificate that nobody vouches for gets no request; one that we trust does."""
    certificate = Certificate(tmp_path)
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate.context()).start()
    url = f"https://localhost:{runner.addresses[0][1]}/"
    trusting = HttpClient(tls=ssl.create_default_context(cafile=certificate.file))

    with pytest.raises(Unavailable):
        await http.get(url, deadline_seconds=5)
    assert (await trusting.get(url, deadline_seconds=5)).status == 404

    await trusting.close()
    await runner.cleanup()


async def test_one_slow_answer_fills_only_its_own_connection():
    """Who waits for a free connection longer than the limit has surely not sent."""
    http = HttpClient(connections_max=1, connect_seconds=0.05)
    async with RawServer(hang) as server:
        url = f"http://127.0.0.1:{server.port}/"
        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(http.get(url, deadline_seconds=30))
            await server.somebody_came()
            with pytest.raises(Unavailable):
                await http.get(url, deadline_seconds=30)
            first.cancel()
        await http.close()


@pytest.mark.parametrize(
    "octets",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"a" * 1024 + b"\r\n" * 1,
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
    ],
)
async def test_half_answers(http, octets):
    """An answer that breaks off or breaks the rules was sent for, and is no answer."""
    async with RawServer(says(octets)) as server:
        with pytest.raises(Unconfirmed):
            await http.get(f"http://127.0.0.1:{server.port}/", deadline_seconds=0.2)


async def test_compressed_answers_are_not_unpacked(http):
    """A small body that would unpack to a huge one stays small."""
    async with RawServer(answers(200, b"\x1f\x8b\x08", {"Content-Encoding": "gzip"})) as server:
        answer = await http.get(f"http://127.0.0.1:{server.port}/", deadline_seconds=5)

    assert answer.body == b"\x1f\x8b\x08"


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://a.example/", "http://[::1", "http://a:b@127.0.0.1/"])
async def test_what_is_no_url(http, url):
    """A URL that cannot be asked is Unavailable, like any other fault before sending."""
    with pytest.raises(Unavailable):
        await http.get(url, deadline_seconds=5)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
async def test_a_name_for_loopback_is_out_of_public_reach(host):
    """However an address is written, it is checked where the socket is made, and nobody is asked."""
    http = HttpClient(reach=Reach.PUBLIC)
    async with RawServer(hang) as server:
        with pytest.raises(Unavailable):
            await http.get(f"https://{host}:{server.port}/", deadline_seconds=2)

        assert server.connections == 0
    await http.close()


async def test_closed(http):
    """A client that is closed asks nobody; closing twice is harmless."""
    await http.close()
    await http.close()

    with pytest.raises(Unavailable, match="closed"):
        await http.get("http://127.0.0.1:1/", deadline_seconds=1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), (" 120 ", 120), ("", None), ("-1", None), ("1e9", None), ("٣", None), ("9" * 20, None), ("soon", None)],
)
def test_retry_after(header, seconds):
    """Seconds are read, anything else is as if it were not there."""
    assert Answer(503, {"Retry-After": header}, b"").retry_after_seconds() == seconds


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json(body):
    """A body that is no JSON, or absurdly deep, is a ValueError and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011  # any words
        Answer(200, {}, body).json()


class Names:
    """A resolver that answers, fails or hangs."""

    def __init__(self):
        self.answer = [{"host": "10.0.0.1"}]
        self.asked = 0

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked += 1
        if self.answer is None:
            raise OSError("no such name")
        return self.answer

    async def close(self):
        self.asked = -1


async def test_a_name_is_remembered_while_the_resolver_fails():
    """While DNS is down, the last good answer serves; a name never known fails."""
    names = Names()
    resolver = RememberingResolver(names)
    known = await resolver.resolve("a.example", 443)
    names.answer = None

    assert await resolver.resolve("a.example", 443) == known
    with pytest.raises(OSError, match="no such name"):
        await resolver.resolve("b.example", 443)
    assert names.asked == 3

    names.answer = [{"host": "10.0.0.2"}]
    assert await resolver.resolve("a.example", 443) == names.answer


async def test_a_name_is_not_remembered_for_ever(monkeypatch):
    """After an hour an old answer no longer serves."""
    names = Names()
    resolver = RememberingResolver(names)
    await resolver.resolve("a.example", 443)
    names.answer = None
    monkeypatch.setattr("pagerd.clients.http.NAMES_STALE_SECONDS", -1.0)

    with pytest.raises(OSError, match="no such name"):
        await resolver.resolve("a.example", 443)
