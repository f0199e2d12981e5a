import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources import generic
from pagerd.sources.base import Limits
from pagerd.sources.fingerprint import fingerprint_of
from tests.builders import NOON

LIMITS = Limits(depth_max=32, alerts_max=5, labels_max=10, text_max=200)


def read(body: Any, limits: Limits = LIMITS) -> Batch:
    """Parse a body, written as JSON unless it is written already."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    return generic.parse(written, NOON, limits)


def read_one(**fields: Any) -> ReceivedAlert:
    """Parse a body that is one alert."""
    (one,) = read(fields).alerts
    return one


def test_all_that_can_be_said() -> None:
    """Each field goes where the documentation says."""
    one = read_one(
        status="firing",
        id="backup-db1",
        name="BackupFailed",
        service="payments-api",
        team="payments",
        severity="critical",
        summary="No backup of db1 for 26 h",
        action="Start it by hand.",
        runbook_url="https://wiki.example.com/backup",
        labels={"cluster": "eu-1"},
        annotations={"dashboard_url": "https://grafana.example.com/"},
        starts_at="2026-01-05T03:12:44+02:00",
        ends_at="2026-01-05T03:17:44Z",
        url="https://ci.example.com/1",
    )

    assert one == ReceivedAlert(
        fingerprint="backup-db1",
        firing=True,
        labels={
            "alertname": "BackupFailed",
            "service": "payments-api",
            "team": "payments",
            "severity": "critical",
            "cluster": "eu-1",
        },
        annotations={
            "summary": "No backup of db1 for 26 h",
            "action": "Start it by hand.",
            "runbook_url": "https://wiki.example.com/backup",
            "dashboard_url": "https://grafana.example.com/",
        },
        starts_at=datetime(2026, 1, 5, 1, 12, 44, tzinfo=UTC),
        generator_url="https://ci.example.com/1",
        lease_until=datetime(2026, 1, 5, 3, 17, 44, tzinfo=UTC),
    )


def test_the_documented_body_is_read() -> None:
    """The example in the documentation is an alert."""
    assert generic.__doc__ is not None
    shown = generic.__doc__[generic.__doc__.index("    {\n") : generic.__doc__.index("    }\n") + 6]
    without_remarks = re.sub(r'(?<=[",}]) {2,}\S.*', "", shown)
    without_remarks = re.sub(r'(", )becomes .*', r"\1", without_remarks)

    (one,) = read(without_remarks.encode()).alerts

    assert (one.fingerprint, one.firing) == ("backup-db1", True)
    assert one.labels["alertname"] == "BackupFailed"


def test_many_at_once() -> None:
    """A list of alerts is read in order; one that is bad is quarantined alone."""
    batch = read({"alerts": [{"id": "a"}, {"id": 5}, {"id": "b", "status": "resolved"}]})

    assert [(one.fingerprint, one.firing) for one in batch.alerts] == [("a", True), ("b", False)]
    assert batch.quarantined[0].reason == "alert 1: Expected `str | null`, got `int` - at `$.id`"
    assert batch.quarantined[0].raw == '{"id": 5}'


def test_more_than_allowed_are_counted() -> None:
    """The first so many are taken and the rest is counted."""
    batch = read({"alerts": [{"id": str(number)} for number in range(7)]})

    assert (len(batch.alerts), batch.truncated) == (5, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"id": "a", "name": "x"}, {"id": "a", "name": "y", "severity": "critical"}, True),
        ({"id": "a"}, {"id": "b"}, False),
        ({"name": "x", "summary": "1"}, {"name": "x", "summary": "2"}, True),
        ({"name": "x"}, {"labels": {"alertname": "x"}}, True),
        ({"name": "x", "id": ""}, {"name": "x"}, True),
        ({"name": "x", "severity": "a"}, {"name": "x", "severity": "b"}, False),
        # Two troubles of one service that have no names are two alerts, and none is taken for the other.
        ({"service": "s", "summary": "1"}, {"service": "s", "summary": "2"}, False),
        ({"service": "s", "summary": "1"}, {"service": "s", "summary": "1", "status": "resolved"}, True),
    ],
)
def test_identity(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    """An alert is its id, else its labels, else its labels and its summary."""
    assert (read_one(**one).fingerprint == read_one(**other).fingerprint) is same


def test_identity_by_labels_is_prometheus() -> None:
    """A named alert without an id has the fingerprint that Prometheus would give it."""
    assert read_one(name="x", service="y").fingerprint == fingerprint_of({"alertname": "x", "service": "y"})


@pytest.mark.parametrize("ends_at", ["2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"])
def test_only_the_status_ends_an_alert(ends_at: str) -> None:
    """A firing alert fires until its lease ends, also one whose sender's clock is late; a resolved one has no lease."""
    assert read_one(id="a", ends_at=ends_at).firing
    assert read_one(id="a", ends_at=ends_at).lease_until == datetime.fromisoformat(ends_at)
    assert read_one(id="a", ends_at=ends_at, status="resolved").lease_until is None


def test_shorthands_agree_with_the_rest() -> None:
    """What is said twice in the same words is said once."""
    one = read_one(id="a", severity="critical", labels={"severity": "critical"}, service="")

    assert one.labels == {"severity": "critical"}


def test_texts_are_tidied() -> None:
    """NUL and what is too long cost no page."""
    one = read_one(id="a\0", summary="x" * 300, name="n\0")

    assert one.fingerprint == "a\ufffd"
    assert one.labels == {"alertname": "n\ufffd"}
    assert one.annotations["summary"].endswith("(cut by pagerd: 300 characters)")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "expected a JSON object, found nothing"),
        (b"[]", "expected a JSON object, found `[]`"),
        (b'"x"', "expected a JSON object"),
        (b"{}", "expected something to know the alert by at `$`: id, name, summary or labels"),
        (b'{"severity":""}', "expected something to know the alert by"),
        (b'{"alerts":5}', "expected a list at `$.alerts`, found `5}`"),
        (b'{"alerts":{}}', "expected a list at `$.alerts`, found `{}}`"),
        (b'{"id":5}', "Expected `str | null`, got `int` - at `$.id`"),
        (b'{"id":"%s"}' % (b"x" * 257), "Expected `str` of length <= 256 - at `$.id`"),
        (b'{"id":"a","status":"ok"}', "Invalid enum value 'ok' - at `$.status`; expected `firing` or `resolved`"),
        (b'{"id":"a","status":NaN}', "JSON is malformed: invalid character (byte 19)"),
        (b'{"id":"a","labels":{"x":5}}', "Expected `str`, got `int` - at `$.labels[...]`"),
        (b'{"id":"a","starts_at":"today"}', "Invalid RFC3339 encoded datetime - at `$.starts_at`"),
        (b'{"id":"a"', "expected `{` to be closed"),
        (b'{"id":"a"}}', "expected no `}` at byte 10"),
        (b'{"alerts":[{"id":"a"}],}', "JSON is malformed"),
        (b'{"id":"a","severity":"x","labels":{"severity":"y"}}', "found another at `$.labels.severity`"),
        (b'{"id":"a","labels":{"x\\ud800":""}}', "JSON is malformed"),
        (b'{"id":"a","x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "nested deeper than the decoder goes"),
    ],
)
def test_what_is_no_alert(body: bytes, complaint: str) -> None:
    """A body that is neither an alert nor a list of them is refused with the place and what was expected."""
    with pytest.raises(Unreadable) as caught:
        read(body)

    assert str(caught.value).startswith("reading the JSON webhook: ")
    assert complaint in str(caught.value)


def test_too_many_labels() -> None:
    """More labels than any honest alert has are refused."""
    with pytest.raises(Unreadable, match=r"expected at most 10 entries at `\$.labels`, found 11"):
        read({"id": "a", "labels": {f"l{number}": "x" for number in range(11)}})


@pytest.mark.parametrize("bad", [b'{"x":NaN}', b'"\xff"', b'{"id":"\\ud800"}', b"", b"[" * 9000 + b"]" * 9000])
def test_poison_takes_no_sibling_with_it(bad: bytes) -> None:
    """What is not even JSON is quarantined, and the alerts around it are read."""
    batch = read(b'{"alerts":[{"id":"a"},' + bad + b',{"id":"b"}]}')

    assert [one.fingerprint for one in batch.alerts] == ["a", "b"]
    assert len(batch.quarantined) == 1


@given(st.binary(max_size=40), st.integers(0, 80), st.integers(0, 40), st.booleans())
def test_any_damage(noise: bytes, at: int, lost: int, many: bool) -> None:
    """A damaged body is read, in part or whole, or is unreadable; nothing else ever happens."""
    alert = {"id": "a", "name": "x", "labels": {"b": "c"}, "starts_at": "2026-01-05T03:12:44Z"}
    body = json.dumps({"alerts": [alert, alert]} if many else alert).encode()
    try:
        batch = read(body[:at] + noise + body[at + lost :])
    except Unreadable as error:
        assert str(error).startswith("reading the JSON webhook: ")  # noqa: PT017  # either outcome is fine
    else:
        assert all(isinstance(one, ReceivedAlert) for one in batch.alerts)


def test_a_list_too_fine_for_one_go_is_read_with_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small alerts in a long body are cut one by one, so that others get their turn; the result is the same."""
    body = {"alerts": [{"id": str(number)} for number in range(50)]}
    expected = read(body)
    monkeypatch.setattr(generic, "WHOLE_MAX", 0)
    monkeypatch.setattr(generic, "COMMAS_MAX", 10)

    assert read(body) == expected


def test_at_once_is_the_same_or_nothing() -> None:
    """The fast half reads what is well-formed as the whole parser does, and leaves it all else."""
    many = json.dumps({"alerts": [{"id": "a"}, {"name": "b"}]}).encode()

    assert generic.at_once(many, NOON, LIMITS) == read(many)
    assert generic.at_once(b'{"id":"a"}', NOON, LIMITS) == read(b'{"id":"a"}')
    assert generic.at_once(b'{"alerts":[{"id":"a"},{}]}', NOON, LIMITS) is None
    assert generic.at_once(b"no json", NOON, LIMITS) is None
