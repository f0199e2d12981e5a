import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web

from pagerd.clients.alertmanager import BODY_BYTES_MAX, TEXT_MAX, Alertmanager
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import Reach
from pagerd.core.alerts.alert import Suppression
from tests.channels.raw_server import RawServer, hang, says
from tests.ports import free_port

END = datetime(2026, 1, 7, 3, tzinfo=UTC)


def an_alert(fingerprint, state="active", **status):
    """Write one alert as the API does."""
    both = {"silencedBy": [], "inhibitedBy": []}
    return {
        "annotations": {"summary": "x"},
        "endsAt": "2026-01-07T02:04:00.000Z",
        "fingerprint": fingerprint,
        "receivers": [{"name": "pagerd"}],
        "startsAt": "2026-01-07T02:00:00.000Z",
        "status": {"state": state, **both, **status},
        "updatedAt": "2026-01-07T02:00:00.000Z",
        "generatorURL": "http://prometheus/graph",
        "labels": {"alertname": f"Alert{fingerprint}", "service": "payments-api"},
    }


def a_silence(silence_id, by="ben", comment="rolling back", ends_at="2026-01-07T03:00:00.000Z"):
    """Write one silence as the API does."""
    return {
        "id": silence_id,
        "status": {"state": "active"},
        "updatedAt": "2026-01-07T02:00:00.000Z",
        "comment": comment,
        "createdBy": by,
        "endsAt": ends_at,
        "matchers": [],
        "startsAt": "2026-01-07T02:00:00.000Z",
    }


class Member:
    """A fake member that answers what it was told to."""

    def __init__(self, alerts=(), silences=(), status=200):
        self.bodies = {"/api/v2/alerts": json.dumps(list(alerts)), "/api/v2/silences": json.dumps(list(silences))}
        self.status = status
        self.seen = []

    @asynccontextmanager
    async def open(self):
        """Listen, and give the address."""
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _answer(self, request):
        self.seen.append((request.path, request.headers.get("Authorization")))
        return web.Response(text=self.bodies[request.path], status=self.status)


async def asked(*urls, **headers):
    """Ask these members once."""
    client = Alertmanager(urls, HttpClient(reach=Reach.OWN_NETWORK), headers)
    try:
        return await client.ask()
    finally:
        await client.close()


async def test_what_is_known_and_what_suppresses_it():
    """Silences are told by whom, why and until when; of an inhibition the alert that does it."""
    member = Member(
        [
            an_alert("a"),
            an_alert("b", "suppressed", silencedBy=["s1", "s2"]),
            an_alert("c", "suppressed", inhibitedBy=["a"]),
            an_alert("d", "unprocessed"),
            an_alert("e", "suppressed", silencedBy=["gone"]),
            an_alert("f", "active", mutedBy=["weekend"]),
            an_alert("g", "suppressed", inhibitedBy=["elsewhere"]),
        ],
        [a_silence("s1", "ana", "short", "2026-01-07T02:30:00.000Z"), a_silence("s2")],
    )
    async with member.open() as url:
        [answer] = await asked(url, Authorization="Bearer abc")

    assert answer.known == {
        "a": None,
        "b": Suppression("ben in Alertmanager", "rolling back", END),
        "c": Suppression("Alertmanager", "inhibited by Alerta"),
        "d": None,
        "e": Suppression("Alertmanager", "a silence there"),
        "f": Suppression("Alertmanager", "time interval weekend"),
        "g": Suppression("Alertmanager", "inhibited by an alert"),
    }
    assert member.seen == [("/api/v2/alerts", "Bearer abc"), ("/api/v2/silences", "Bearer abc")]


async def test_silences_are_asked_for_only_when_something_is_silenced():
    """On a calm night it is one request."""
    member = Member([an_alert("a"), an_alert("b", "suppressed", inhibitedBy=["a"])])
    async with member.open() as url:
        await asked(url)

    assert [path for path, _ in member.seen] == ["/api/v2/alerts"]


async def test_what_people_wrote_there_is_one_short_line_here():
    """It is shown on a page, and may hold anything."""
    silence = a_silence("s", "e\u202evil\nben", "x" * 5000)
    async with Member([an_alert("a", "suppressed", silencedBy=["s"])], [silence]).open() as url:
        [answer] = await asked(url)

    suppression = answer.known["a"]
    assert suppression.by == "evil ben in Alertmanager"
    assert len(suppression.why) == TEXT_MAX


@pytest.mark.parametrize(
    ("ends_at", "end"),
    [
        ("2026-01-07T03:00:00", END),
        ("2026-01-07T05:00:00+02:00", END),
        ("9999-12-31T23:59:59-14:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        (None, None),
    ],
)
async def test_the_end_of_a_silence_is_an_instant_whatever_is_said(ends_at, end):
    """One without an offset could be compared with no other, and the whole answer would be lost."""
    silence = a_silence("s", ends_at=ends_at)
    async with Member([an_alert("a", "suppressed", silencedBy=["s"])], [silence]).open() as url:
        [answer] = await asked(url)

    assert answer.known == {"a": Suppression("ben in Alertmanager", "rolling back", end)}


async def test_each_member_answers_for_itself():
    """One that is not there, or in trouble, keeps no other from being heard."""
    async with Member([an_alert("a")]).open() as well, Member(status=503).open() as ill:
        answers = await asked(well, f"http://127.0.0.1:{free_port()}", ill)

    assert [answer.known for answer in answers] == [{"a": None}, None, None]
    assert "could not connect" in answers[1].error
    assert answers[2].error == f"asking {ill}/api/v2/alerts: it answered 503"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        b"[1]",
        b'[{"labels": {}}]',
        b'[{"fingerprint": "a", "status": "active"}]',
        b'[{"fingerprint": "a", "status": {"state": "active"}, "labels": {"alertname": 7}}]',
        b"[" * 100_000,
        b"\xff",
    ],
)
async def test_nonsense_is_no_answer(body):
    """Least of all that nothing is known: then all would be stale."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    async with RawServer(says(head + body)) as server:
        [answer] = await asked(f"http://127.0.0.1:{server.port}")

    assert answer.known is None
    assert "is not Alertmanager's" in answer.error


async def test_one_that_hangs_is_waited_for_within_a_limit(monkeypatch):
    """The deadline is for all that it is asked."""
    monkeypatch.setattr("pagerd.clients.alertmanager.DEADLINE_SECONDS", 0.05)
    async with RawServer(hang) as server:
        [answer] = await asked(f"http://127.0.0.1:{server.port}")

    assert answer.known is None
    assert "no answer within 0.05 s" in answer.error


async def test_ten_thousand_alerts_are_read(monkeypatch):
    """Eight megabytes are a storm, and in a storm it is worth most to know what is silenced."""
    alerts = [an_alert(f"{number:016x}") | {"annotations": {"summary": "x" * 400}} for number in range(10_000)]
    assert 8_000_000 < len(json.dumps(alerts)) < BODY_BYTES_MAX
    async with Member(alerts).open() as url:
        [answer] = await asked(url)
        monkeypatch.setattr("pagerd.clients.alertmanager.BODY_BYTES_MAX", 1_000_000)
        [too_long] = await asked(url)

    assert len(answer.known) == 10_000
    assert too_long.known is None
    assert "longer than 1000000 bytes" in too_long.error


async def test_an_answer_of_ever_so_many_tiny_things_holds_up_nobody(monkeypatch):
    """It could not be read without keeping every other thread waiting, so it is no answer."""
    monkeypatch.setattr("pagerd.clients.alertmanager.OBJECTS_MAX", 15)
    async with Member([an_alert(str(number)) for number in range(3)]).open() as url:
        [few] = await asked(url)
    async with Member([an_alert(str(number)) for number in range(4)]).open() as url:
        [many] = await asked(url)

    assert few.known == {"0": None, "1": None, "2": None}
    assert many.known is None
    assert "more than 15 objects" in many.error


async def test_a_metadata_service_is_out_of_reach():
    """What stands in the settings may be anything in our own network but that."""
    [answer] = await asked("http://169.254.169.254")

    assert answer.known is None
    assert "metadata" in answer.error
