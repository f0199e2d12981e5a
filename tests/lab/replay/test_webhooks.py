"""A log of webhooks: both forms, the instant of each, and what is wrong with a line, with its number."""

import json
from datetime import UTC, datetime

import pytest

from pagerd.core.errors import NotFound, Unreadable
from pagerd.lab.replay.recording import Received
from pagerd.lab.replay.webhooks import read

BEGAN, ENDED = "2026-01-07T02:00:00Z", "2026-01-07T02:30:00Z"


def a_body(status="firing", **fields):
    """Write a webhook of one alert."""
    alert = {"status": status, "labels": {"alertname": "X"}, "startsAt": BEGAN, "endsAt": ENDED, **fields}
    return {"version": "4", "status": status, "alerts": [alert]}


def a_log(*lines):
    """Return the bytes of a log, line by line."""
    return [json.dumps(line).encode() + b"\n" if not isinstance(line, bytes) else line for line in lines]


def at(hour, minute=0, second=0):
    """Return an instant of that night."""
    return datetime(2026, 1, 7, hour, minute, second, tzinfo=UTC)


def test_both_forms_and_both_instants_are_read_and_put_in_order():
    """ISO, seconds since 1970, a body as text as some proxies write it, a source, and an empty line."""
    seconds = at(2, 31).timestamp()
    log = a_log(
        {"at": "2026-01-07T03:32:00+01:00", "body": a_body("resolved"), "source": "eu"},
        b"\n",
        {"at": seconds, "body": json.dumps(a_body())},
    )

    found = read(log, "x.jsonl", None, None)

    assert [item.at for item in found.items] == [at(2, 31), at(2, 32)]
    assert found.sources == {"alertmanager", "eu"}
    assert (found.start, found.end) == (at(2, 31), at(3, 32))
    assert not any("no instant" in sentence for sentence in found.assumptions)


def test_a_bare_body_came_at_its_newest_start_or_end_and_never_before_the_line_above():
    """That is an assumption, and is said with how often it was made."""
    log = a_log(a_body(), a_body("resolved"), a_body())

    found = read(log, "x.jsonl", None, None)

    assert [item.at for item in found.items] == [at(2), at(2, 30), at(2, 30)]
    assert found.assumptions[0].startswith("3 of 3 webhooks have no instant of receipt")


def test_a_span_takes_a_part():
    """What was received before or after is left out."""
    log = a_log({"at": "2026-01-07T01:00:00Z", "body": a_body()}, {"at": ENDED, "body": a_body("resolved")})

    found = read(log, "x.jsonl", at(2), None)

    [item] = found.items
    assert isinstance(item.what, Received)
    assert not item.what.batch.alerts[0].firing
    with pytest.raises(NotFound, match=r"it has 2 webhooks from 2026-01-07T01:00:00\+00:00 to 2026-01-07T02:30:00"):
        read(log, "x.jsonl", at(5), None)


def test_alerts_that_cannot_be_read_are_counted():
    """Pagerd tells a human of them, and so they are played."""
    broken = {"at": BEGAN, "body": {"alerts": [{"status": "firing"}, *a_body()["alerts"]]}}

    found = read(a_log(broken), "x.jsonl", None, None)

    assert "1 alerts in the log cannot be read" in found.assumptions[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{not json\n", "line 2: it is not JSON"),
        (b"[1]\n", "line 2: expected an object"),
        (
            b'{"at": "yesterday", "body": {"alerts": []}}\n',
            "line 2: `at` is 'yesterday'; expected 2026-01-07T02:00:00Z",
        ),
        (b'{"at": "2026-01-07T02:00:00", "body": {"alerts": []}}\n', "line 2: `at` is '2026-01-07T02:00:00'"),
        (b'{"at": 1e300, "body": {"alerts": []}}\n', "line 2: `at` is 1e\\+300, which is no instant"),
        (b'{"at": true, "body": {"alerts": []}}\n', "line 2: `at` is True"),
        (b'{"at": 1, "source": "a b", "body": {"alerts": []}}\n', "line 2: `source` is 'a b'"),
        (b'{"at": 1, "body": {"hello": 1}}\n', "line 2: reading Alertmanager's webhook"),
        (b'{"alerts": []}\n', "line 2: it does not say when it was received"),
    ],
)
def test_what_is_wrong_is_said_with_the_line(line, words):
    """A log that is read in part would give a difference that is none."""
    with pytest.raises(Unreadable, match=rf"reading x.jsonl, {words}"):
        read([*a_log({"at": BEGAN, "body": a_body()}), line], "x.jsonl", None, None)


def test_an_empty_log_is_said():
    """Nothing was played, and nothing can differ."""
    with pytest.raises(NotFound, match="no webhook in it"):
        read([b"\n"], "x.jsonl", None, None)
