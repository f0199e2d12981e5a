"""`pagerd import ical`: calendars by their address, and people who are there already."""

import http.server
import threading
from contextlib import contextmanager

import pytest

from tests.importers.test_ical import PEOPLE, WEEKLY, calendar

AT = ("--at", "2026-10-01T00:00Z")


@contextmanager
def served(text):
    """Serve a text under an address that nobody should repeat."""

    class Serving(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # the name that http.server calls
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serving) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/private-8731/basic.ics"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def people(tmp_path):
    """A file of people who are there already."""
    path = tmp_path / "people.yaml"
    path.write_text(PEOPLE.text)
    return str(path)


def test_a_calendar_is_imported_by_its_address(command, tmp_path, people):
    """It is fetched, compared with its own events, and written; its address stands nowhere."""
    target = tmp_path / "imported"
    with served(calendar(*WEEKLY).text) as address:
        proved = command("import", "ical", address, people, "--to", str(target), *AT, "--verify")
        written = command("import", "ical", address, people, "--to", str(target), *AT)

    assert (proved.code, written.code) == (0, 0)
    assert "payments-primary: 90 days compared, the same" in proved.err
    team = (target / "rotations/oncall.yaml").read_text()
    assert "every: 1 week" in team
    assert "# calendar calendar 127.0.0.1.ics" in team
    for text in (written.out, written.err, *(path.read_text() for path in target.rglob("*.yaml"))):
        assert "8731" not in text


def test_what_is_served_must_be_a_calendar(command, tmp_path):
    """A page to sign in at is named as what it is."""
    with served("<html>Sign in</html>") as address:
        said = command("import", "ical", address, "--to", str(tmp_path / "imported"), "--plan")

    assert said.code == 2
    assert "reading 127.0.0.1.ics: it is no calendar" in said.err


def test_other_exports_have_no_address(command):
    """Only a calendar is fetched: the others need a key, and several answers."""
    said = command("import", "pagerduty", "https://api.pagerduty.com/users", "--plan")

    assert said.code == 2
    assert "is not fetched from an address" in said.err
