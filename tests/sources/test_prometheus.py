"""The payloads were captured from Debian's Prometheus 2.42, with a `replica` label that its relabelling dropped."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources import prometheus
from pagerd.sources.base import Limits
from pagerd.sources.fingerprint import fingerprint_of
from pagerd.sources.prometheus import at_once, parse
from tests.builders import NOON, some_labels

LIMITS = Limits(depth_max=32, alerts_max=100, labels_max=20, text_max=200)
PAYLOADS = Path(__file__).parent / "payloads"
CAPTURED = datetime(2026, 11, 25, 22, 55, 8, tzinfo=UTC)
LATER, EARLIER = "2199-01-05T12:04:00Z", (NOON - timedelta(minutes=1)).isoformat()


def read(body: Any, limits: Limits = LIMITS, at: datetime = NOON) -> Batch:
    """Parse a body, written as JSON unless it is written already."""
    written = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return parse(written, at, limits)


def alert(**fields: Any) -> dict[str, Any]:
    """Return one alert of the wire, with these fields on top."""
    return {
        "labels": some_labels(),
        "annotations": {"summary": "Checkout fails"},
        "startsAt": "2026-01-05T03:12:44.5Z",
        "endsAt": LATER,
        "generatorURL": "http://prometheus.example.com/graph?g0.tab=1",
    } | fields


def with_bad(*bad: str) -> str:
    """Return a list of one good alert, the given texts, and another good one."""
    good = [json.dumps(alert(labels=some_labels(instance=name))) for name in ("first", "last")]
    return f"[{','.join([good[0], *bad, good[1]])}]"


def payload(name: str) -> bytes:
    """Return a stored payload."""
    return (PAYLOADS / f"prometheus-2.42-{name}.json").read_bytes()


def test_what_prometheus_sends_while_a_rule_fires() -> None:
    """Each alert fires under a lease of four minutes, and has the fingerprint of its labels."""
    batch = read(payload("firing"), Limits(), CAPTURED)

    assert (len(batch.alerts), batch.quarantined, batch.truncated) == (2, (), 0)
    labels = {
        "alertname": "PaymentsErrors",
        "cluster": "eu-1",
        "env": "prod",
        "instance": "127.0.0.1:19911",
        "instance_id": "b",
        "job": "shop",
        "service": "payments-api",
        "severity": "critical",
    }
    assert batch.alerts[0] == ReceivedAlert(
        fingerprint=fingerprint_of(labels),
        firing=True,
        labels=labels,
        annotations={
            "runbook_url": "runbooks/payments-5xx.md",
            "summary": 'Checkout fails for 9% of customers <b>"&"</b> — größer',
        },
        starts_at=datetime(2026, 11, 25, 22, 55, 6, 492000, tzinfo=UTC),
        generator_url="http://prometheus.example.com:9090/graph?g0.expr=payments_errors_ratio+%3E+0.05&g0.tab=1",
        lease_until=datetime(2026, 11, 25, 22, 59, 6, 492000, tzinfo=UTC),
    )


def test_what_prometheus_sends_when_it_is_over() -> None:
    """The same alert whose end has come is resolved, and has no lease."""
    (one,) = read(payload("resolved"), Limits(), CAPTURED).alerts
    fired = read(payload("firing"), Limits(), CAPTURED).alerts[1]

    assert (one.fingerprint, one.firing, one.lease_until) == (fired.fingerprint, False, None)
    assert one.ended_at == datetime(2026, 11, 25, 22, 55, 7, 492000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ends_at", "lease"),
    [
        (NOON + timedelta(seconds=1), timedelta(seconds=1)),
        (NOON, None),
        (NOON - timedelta(minutes=20), None),
        ("2026-01-05T13:04:00+01:00", None),
        ("0001-01-01T00:00:00Z", timedelta(minutes=5)),
        (None, timedelta(minutes=5)),
        ("9999-12-31T23:59:59-05:00", timedelta(minutes=5)),
    ],
)
def test_the_end_says_whether_it_fires(ends_at: Any, lease: timedelta | None) -> None:
    """An end to come is a lease, one that has come an end; without one it holds as long as at Alertmanager."""
    at = NOON if isinstance(ends_at, datetime) else datetime(2026, 1, 5, 12, 5, tzinfo=UTC)
    said = ends_at.isoformat() if isinstance(ends_at, datetime) else ends_at
    (one,) = read([alert(endsAt=said)], at=at).alerts

    assert one.firing is (lease is not None)
    assert one.lease_until == (at + lease if lease is not None else None)
    assert (one.ended_at is None) is one.firing


def test_a_missing_end_is_none() -> None:
    """`amtool alert add` sends neither start nor end."""
    (one,) = read([{"labels": {"alertname": "x"}}]).alerts

    assert (one.firing, one.starts_at, one.lease_until) == (True, None, NOON + timedelta(minutes=5))


@pytest.mark.parametrize("odd", [{}, {"startsAt": "yesterday"}])
def test_an_end_long_ago_is_the_fault_of_a_clock(odd: dict[str, Any]) -> None:
    """Prometheus speaks of an end for 15 minutes: what looks older may well fire, and a human is told."""
    old = alert(endsAt=(NOON - timedelta(minutes=21)).isoformat())
    batch = read([old | odd, alert()])

    assert len(batch.alerts) == 1
    assert batch.quarantined[0].reason == (
        "alert 0: expected `$.endsAt` to come or to be under 20 min ago, found 21 min ago;"
        " compare the clocks of Prometheus and pagerd"
    )


def test_an_identity_is_that_of_the_labels() -> None:
    """Neither annotations nor times make another alert; a label does."""
    one, same, other = read(
        [alert(), alert(annotations=None, startsAt=None, endsAt=EARLIER), alert(labels={"alertname": "y"})]
    ).alerts

    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("key", ["startsAt", "generatorURL"])
@pytest.mark.parametrize("odd", ["yesterday", 5, {"a": "b"}, [], True])
def test_what_is_only_shown_may_be_odd(key: str, odd: Any) -> None:
    """It costs nobody a page."""
    batch = read([alert(**{key: odd})])

    assert (len(batch.alerts), batch.quarantined) == (1, ())
    assert (batch.alerts[0].starts_at is None, batch.alerts[0].generator_url == "") == (
        key == "startsAt",
        key == "generatorURL",
    )


def test_long_texts_are_cut_and_nul_is_replaced() -> None:
    """Neither changes who the alert is."""
    labels = {"alertname": "x", "long": "y" * 300, "nul": "a\0"}
    (one,) = read([alert(labels=labels)]).alerts

    assert one.labels["long"].endswith("(cut by pagerd: 300 characters)")
    assert one.labels["nul"] == "a\ufffd"
    assert one.fingerprint == fingerprint_of(labels)


def test_too_many_alerts_are_counted() -> None:
    """The first so many are taken, and the rest is counted."""
    batch = read([alert(labels={"alertname": str(number)}) for number in range(103)])

    assert [one.labels["alertname"] for one in batch.alerts] == [str(number) for number in range(100)]
    assert batch.truncated == 3


@pytest.mark.parametrize("body", ["[]", " [ ] \n"])
def test_an_empty_list(body: str) -> None:
    """Nothing to say is readable."""
    assert read(body) == Batch(alerts=())


def test_a_long_list_is_read_with_care_and_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than may be decoded in one go comes to the same."""
    body = json.dumps([alert(labels={"alertname": str(number)}) for number in range(50)])
    expected = at_once(body.encode(), NOON, LIMITS)
    monkeypatch.setattr(prometheus, "WHOLE_MAX", 600)

    assert expected is not None
    assert read(body) == expected


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{}", "alert 1: Object missing required field `labels`"),
        ("5", "alert 1: Expected `object`, got `int`"),
        ("", "alert 1: expected an alert, found a comma too many"),
        ('{"labels":{}}', "alert 1: expected at least one label at `$.labels`"),
        ('{"labels":{"a":5}}', "alert 1: Expected `str`, got `int` - at `$.labels[...]`"),
        ('{"labels":{"a":"b"},"endsAt":"tomorrow"}', "alert 1: Invalid RFC3339 encoded datetime - at `$.endsAt`"),
        ('{"labels":{"a":"b"},"x":NaN}', "alert 1: JSON is malformed"),
        ('{"labels":{"a":"\\ud800"}}', "alert 1: JSON is malformed: an escape is not complete"),
        ('{"labels":{"a":"b"},"x":' + "[" * 20_000 + "]" * 20_000 + "}", "alert 1: nested deeper"),
        (json.dumps({"labels": {f"l{number}": "" for number in range(21)}}), "expected at most 20 entries"),
    ],
)
def test_one_bad_alert_takes_no_sibling_with_it(bad: str, reason: str) -> None:
    """The bad one is quarantined with its reason, those before and after it are read."""
    batch = read(with_bad(bad))

    assert [one.labels["instance"] for one in batch.alerts] == ["first", "last"]
    assert [one.raw[:1000] for one in batch.quarantined] == [bad[:1000]]
    assert reason in batch.quarantined[0].reason


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "expected a JSON list, found nothing"),
        (b'{"alerts":[]}', 'expected a JSON list, found `{"alerts":[]}`'),
        (b"null", "expected a JSON list, found `null`"),
        (b"\xff[", "expected a JSON list"),
        (b"[", "expected `[` to be closed, found the end of the body"),
        (b'[{"labels":{"a":"b"}}', "expected `[` to be closed"),
        (b"[}]", "expected no `}` at byte 1"),
        (b"[]]", "expected no `]` at byte 2"),
        (b'[{"labels":{"a":"b"}}] x', "expected nothing after the list at byte 22, found `x`"),
        (b"[][]", "expected nothing after the list at byte 2, found `[]`"),
        (b'[],"x"', 'expected nothing after the list at byte 2, found `,"x"`'),
        (b"[" * 200_000, "expected `[` to be closed"),
    ],
)
def test_what_is_no_list(body: bytes, complaint: str) -> None:
    """A body of another shape is refused with what was attempted, the place, and what was expected there."""
    with pytest.raises(Unreadable) as caught:
        read(body)

    assert str(caught.value).startswith("reading Prometheus' alerts: ")
    assert complaint in str(caught.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
_ODD_ALERTS = st.dictionaries(
    st.sampled_from(["labels", "annotations", "startsAt", "endsAt", "generatorURL", "x"]), _JSON
)


@given(st.lists(_ODD_ALERTS | _JSON, max_size=3), st.integers(0, 3), st.booleans())
def test_any_json_beside_a_good_alert(odd: list[Any], place: int, escaped: bool) -> None:
    """Whatever lies beside it, a good alert is read, and every other is read or quarantined."""
    alerts = [*odd[:place], alert(), *odd[place:]]
    batch = read(json.dumps(alerts, ensure_ascii=escaped).encode("utf-8", "surrogatepass"))

    assert fingerprint_of(some_labels()) in {one.fingerprint for one in batch.alerts}
    assert len(batch.alerts) + len(batch.quarantined) == len(alerts)


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 60))
def test_any_damage(noise: bytes, at: int, lost: int) -> None:
    """A damaged list is read, in part or whole, or is unreadable; nothing else ever happens."""
    body = json.dumps([alert(), alert()]).encode()
    try:
        batch = read(body[:at] + noise + body[at + lost :])
    except Unreadable as error:
        assert str(error).startswith("reading Prometheus' alerts: ")  # noqa: PT017  # either outcome is fine
    else:
        assert all(isinstance(one, ReceivedAlert) for one in batch.alerts)


@given(st.text(alphabet='[]{}",:\\ax1 ', max_size=200))
def test_any_signs(text: str) -> None:
    """Brackets, quotes and backslashes in any order are a list or unreadable."""
    for body in (text, f"[{text}]"):
        try:
            read(body)
        except Unreadable as error:
            assert str(error).startswith("reading Prometheus' alerts: ")  # noqa: PT017  # the same


@given(st.lists(st.integers(1, 3), max_size=6), st.booleans())
def test_cutting_is_decoding(sizes: list[int], spaced: bool) -> None:
    """What is read with care is what is read in one go, however it is written."""
    body = json.dumps(
        [alert(labels={"alertname": f"{at}", "n": "x" * size}) for at, size in enumerate(sizes)],
        separators=(", ", " : ") if spaced else (",", ":"),
    ).encode()

    assert prometheus._parse_each(body, NOON, LIMITS) == at_once(body, NOON, LIMITS)
