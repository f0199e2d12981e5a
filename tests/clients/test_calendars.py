"""Fetching a calendar: what a server may do, and what the person is told; never more of its address than the host."""

import socket
import socketserver
import threading
from contextlib import contextmanager, suppress

import pytest

from pagerd.clients.calendars import fetch, is_address
from pagerd.core.errors import NotAllowed, NotFound, PagerdError, Unavailable, Unreadable
from tests.ports import free_port

CALENDAR = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@contextmanager
def answering(raw):
    """Answer with these bytes, however wrong they are; None keeps silent until the other side gives up."""
    asked = []

    class Answering(socketserver.BaseRequestHandler):
        def handle(self):
            asked.append(self.request.recv(4096))
            if raw is not None:
                self.request.sendall(raw)
                self.request.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError):
                while self.request.recv(4096):
                    pass

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/private-8731/basic.ics", asked
        finally:
            server.shutdown()
            thread.join()


def response(status, body=b"", *headers):
    """Return an answer as bytes."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def refused(raw, **limits):
    """Fetch once, and return what is raised."""
    with answering(raw) as (url, _), pytest.raises(PagerdError) as raised:
        fetch(url, **limits)
    assert "8731" not in str(raised.value)
    return raised.value


def test_a_calendar_is_fetched_once():
    """Its text comes as it is, and the server hears who asks."""
    with answering(response(200, CALENDAR.encode())) as (url, asked):
        text = fetch(url)

    assert text == CALENDAR
    assert asked[0].startswith(b"GET /private-8731/basic.ics HTTP/1.1\r\n")
    assert b"text/calendar" in asked[0]


@pytest.mark.parametrize(
    ("raw", "error", "message"),
    [
        (response(403), NotAllowed, "its secret address is needed"),
        (response(404), NotFound, "there is no calendar"),
        (
            response(302, b"", "Location: https://login.example.com/?token=8731"),
            Unreadable,
            "sends on to login.example.com",
        ),
        (response(503), Unavailable, "it answered 503"),
        (response(200, b"\xff\xfe\x00B"), Unreadable, "byte 0 is no UTF-8"),
        (b"220 mail.example.com ESMTP\r\n", Unavailable, "asking 127.0.0.1"),
        (b"", Unavailable, "asking 127.0.0.1"),
        (response(200, CALENDAR.encode())[:-9], Unavailable, "asking 127.0.0.1"),
    ],
    ids=["forbidden", "gone", "moved", "down", "no text", "another protocol", "closed", "cut"],
)
def test_what_is_no_calendar_says_what_to_do(raw, error, message):
    """Each answer has its own name, and none repeats the address."""
    raised = refused(raw)

    assert isinstance(raised, error)
    assert message in str(raised)


def test_a_server_that_keeps_silent_is_left():
    """Nobody waits for ever."""
    raised = refused(None, deadline_seconds=0.2)

    assert "no answer within 0.2 s" in str(raised)


def test_a_calendar_without_end_is_left():
    """What is longer than any calendar is not read to its end."""
    raised = refused(response(200, b"B" * 5000), body_bytes_max=1000)

    assert "longer than 1000 bytes" in str(raised)


def test_a_port_that_nobody_listens_on_says_so():
    """The host is named, the path is not."""
    with pytest.raises(Unavailable, match=r"asking 127\.0\.0\.1: could not connect") as raised:
        fetch(f"http://127.0.0.1:{free_port()}/private-8731.ics")

    assert "8731" not in str(raised.value)


def test_an_address_with_a_name_in_it_is_refused():
    """A password in an address would stand in the history of the shell."""
    with pytest.raises(Unavailable, match="asking: "):
        fetch("https://ana:secret@calendar.example.net/basic.ics")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://x.example/a.ics", True),
        ("webcal://x.example/a", True),
        ("HTTP://x", True),
        ("a.ics", False),
        ("ftp://x", False),
    ],
)
def test_an_address_is_no_file(text, is_one):
    """Only http, https and webcal are asked; all else is the name of a file."""
    assert is_address(text) is is_one
