import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pagerd.clients import daemon
from pagerd.clients.daemon import Address, DaemonClient, find_daemon
from pagerd.core.errors import Conflict, NotAllowed, PagerdError, Unavailable

NAMES = ("PAGERD_URL", "PAGERD_TOKEN", "PAGERD_TOKEN_FILE", "PAGERD_SOCKET")


@pytest.fixture
def environment(monkeypatch):
    """An environment that names no daemon."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def remote():
    """A daemon behind a URL that says which token it was shown, and refuses every DELETE with 409."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(200, f'{{"shown": "{self.headers.get("Authorization")}", "path": "{self.path}"}}')

        def do_POST(self):
            self.answer(409, '{"error": "not so", "kept": true}')

        def answer(self, status, text):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_socket_of_this_host_is_asked_unless_told_otherwise(environment):
    """PAGERD_SOCKET beats the config directory's, PAGERD_URL beats both."""
    assert find_daemon("a.sock") == Address(socket_path="a.sock")
    environment.setenv("PAGERD_SOCKET", "b.sock")
    assert find_daemon("a.sock") == Address(socket_path="b.sock")
    environment.setenv("PAGERD_URL", "https://pagerd.example.com")
    environment.setenv("PAGERD_TOKEN", "pgr_x")
    assert find_daemon("a.sock") == Address(url="https://pagerd.example.com", token="pgr_x")


def test_where_the_directory_has_no_socket_the_services_is_asked(environment, tmp_path):
    """On a host where the unit runs nobody has to say so; a daemon of the directory itself comes first."""
    service, own = tmp_path / "service.sock", tmp_path / "own.sock"
    environment.setattr(daemon, "SERVICE_SOCKET", str(service))
    assert find_daemon(str(own)) == Address(socket_path=str(own))
    service.touch()
    assert find_daemon(str(own)) == Address(socket_path=str(service))
    own.touch()
    assert find_daemon(str(own)) == Address(socket_path=str(own))


def test_a_token_may_stand_in_a_file(environment, tmp_path):
    """A file is seen by fewer than an environment; one that cannot be read is said by name."""
    (tmp_path / "token").write_text("pgr_y\n")
    environment.setenv("PAGERD_URL", "https://pagerd.example.com")
    environment.setenv("PAGERD_TOKEN_FILE", str(tmp_path / "token"))
    assert find_daemon("a.sock").token == "pgr_y"

    environment.setenv("PAGERD_TOKEN_FILE", str(tmp_path / "none"))
    with pytest.raises(NotAllowed, match="none: No such file"):
        find_daemon("a.sock")


def test_the_token_is_shown_and_a_query_leaves_out_what_is_not_said(remote):
    """A query is written so that every sign of it arrives."""
    client = DaemonClient(Address(url=remote, token="pgr_x"))

    assert client.get("/a", team=None, at="2026-01-06T11:00:00+00:00") == {
        "shown": "Bearer pgr_x",
        "path": "/a?at=2026-01-06T11%3A00%3A00%2B00%3A00",
    }


def test_a_refusal_is_raised_unless_it_is_wanted(remote):
    """A reload that kept the old plan has findings in its refusal."""
    client = DaemonClient(Address(url=remote))

    with pytest.raises(Conflict, match="not so"):
        client.post("/a")
    assert client.post("/a", also={409})["kept"] is True


@pytest.mark.parametrize("url", ["ftp://host", "pagerd.example.com", "http://"])
def test_what_is_no_url_is_said(url):
    """Before anything is connected to."""
    with pytest.raises(PagerdError, match="http"):
        DaemonClient(Address(url=url)).get("/a")


def test_a_socket_that_is_not_there_is_unavailable(tmp_path):
    """The path is named, because it is what the person can look at."""
    path = str(tmp_path / "none.sock")

    with pytest.raises(Unavailable, match=r"none\.sock: No such file or directory\nno pagerd runs on these files"):
        DaemonClient(Address(socket_path=path)).get("/a")


def test_a_socket_that_nobody_answers_at_says_how_to_start(tmp_path):
    """A daemon that was killed leaves its socket behind."""
    path = str(tmp_path / "left.sock")
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(path)

    with pytest.raises(Unavailable, match=r"refused\nno pagerd runs on these files: `pagerd run` starts one"):
        DaemonClient(Address(socket_path=path)).get("/a")


@pytest.fixture
def powerless():
    """An account that may not go everywhere: the kernel lets root through any folder."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_folder_that_is_closed_to_the_person_says_how_to_get_in(tmp_path, request):
    """Not the daemon refuses them, but the file system before it."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0)
    request.getfixturevalue("powerless")

    with pytest.raises(NotAllowed, match=r"Permission denied\nyour account may not go through .*closed"):
        DaemonClient(Address(socket_path=str(tmp_path / "closed/pagerd.sock"))).get("/a")


def test_the_token_never_stands_in_an_error():
    """An error is copied into tickets and chats."""
    with pytest.raises(Unavailable) as refusal:
        DaemonClient(Address(url="http://127.0.0.1:1", token="pgr_secret")).get("/a")

    assert "pgr_secret" not in str(refusal.value)
