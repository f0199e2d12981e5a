"""Those payloads named 0.25 were captured from that Alertmanager; 0.34 is one of them with the keys that came since."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources import alertmanager, strict
from pagerd.sources.alertmanager import at_once, parse
from pagerd.sources.base import Limits
from tests.builders import NOON, some_labels

LIMITS = Limits(depth_max=32, alerts_max=100, labels_max=20, text_max=200)
PAYLOADS = Path(__file__).parent / "payloads"


def read(body: bytes | str, limits: Limits = LIMITS) -> Batch:
    """Parse a body as if it had just come."""
    return parse(body.encode() if isinstance(body, str) else body, NOON, limits)


def payload(name: str) -> bytes:
    """Return a stored payload."""
    return (PAYLOADS / f"alertmanager-{name}.json").read_bytes()


def alert(**fields: Any) -> dict[str, Any]:
    """Return one alert of the wire, with these fields on top."""
    return {
        "status": "firing",
        "labels": some_labels(),
        "annotations": {"summary": "Checkout fails"},
        "startsAt": "2026-01-05T03:12:44.5Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example.com/graph?g0.tab=1",
        "fingerprint": "dab6a89c6c282be7",
    } | fields


def message(*alerts: Any, **fields: Any) -> str:
    """Return one message of the wire."""
    return json.dumps({"version": "4", "status": "firing", "truncatedAlerts": 0, "alerts": alerts} | fields)


def with_bad(*bad: str) -> str:
    """Return a message whose alerts are one good one, the given texts, and another good one."""
    good = [json.dumps(alert(fingerprint=name)) for name in ("first", "last")]
    return f'{{"version":"4","alerts":[{",".join([good[0], *bad, good[1]])}],"truncatedAlerts":3}}'


# --- What Alertmanager sends ----------------------------------------------------------------------------------------


def test_a_firing_message() -> None:
    """Alertmanager's own message is read whole; nanoseconds are rounded to what a clock of ours has."""
    batch = read(payload("0.25-firing"), Limits())

    assert (len(batch.alerts), batch.quarantined, batch.truncated) == (2, (), 0)
    assert batch.external_url == "http://alertmanager.example.com:9093"
    assert batch.alerts[0] == ReceivedAlert(
        fingerprint="dab6a89c6c282be7",
        firing=True,
        labels={
            "alertname": "CheckoutErrors",
            "cluster": "eu-1",
            "instance": "api-1",
            "namespace": "prod",
            "service": "payments-api",
            "severity": "critical",
            "team": "payments",
        },
        annotations={
            "runbook_url": "runbooks/payments-5xx.md",
            "summary": 'Checkout fails on api-1 for 7 % of customers <b>"&"</b> — größer',
        },
        starts_at=datetime(2026, 1, 5, 3, 12, 44, 123457, tzinfo=UTC),
        generator_url="http://prometheus.example.com/graph?g0.expr=rate%28http_requests_total%7Bcode%3D~%225..%22%7D"
        "%5B5m%5D%29%20%3E%200.05&g0.tab=1",
    )


@pytest.mark.parametrize("version", ["0.25", "0.34"])
def test_each_alert_has_its_own_status(version: str) -> None:
    """A message that is `firing` as a whole resolves the alerts that it says are resolved."""
    batch = read(payload(f"{version}-mixed"), Limits())

    assert [(one.fingerprint, one.firing) for one in batch.alerts] == [
        ("dab6a89c6c282be7", True),
        ("49b4e57b37da1c0c", False),
    ]


def test_new_keys_change_nothing() -> None:
    """What Alertmanager learnt to say since 0.25 is skipped."""
    assert read(payload("0.34-mixed"), Limits()) == read(payload("0.25-mixed"), Limits())


def test_a_resolved_message() -> None:
    """The end of the last alert is read, and makes no lease."""
    batch = read(payload("0.25-resolved"), Limits())

    assert [(one.firing, one.lease_until) for one in batch.alerts] == [(False, None)]


def test_a_truncated_message() -> None:
    """What max_alerts left out is counted."""
    batch = read(payload("0.25-truncated"), Limits())

    assert (len(batch.alerts), batch.truncated) == (1, 2)


@pytest.mark.parametrize("name", ["0.25-firing", "0.25-mixed", "0.25-truncated"])
def test_a_missing_fingerprint_is_computed(name: str) -> None:
    """Without its fingerprint an alert has the very identity that Alertmanager would have given it."""
    told = json.loads(payload(name))
    sent = [one.pop("fingerprint") for one in told["alerts"]]

    assert [one.fingerprint for one in read(json.dumps(told), Limits()).alerts] == sent


@pytest.mark.parametrize("fingerprint", ["", None])
def test_an_empty_fingerprint_is_computed(fingerprint: str | None) -> None:
    """An empty fingerprint is a missing one."""
    assert len(read(message(alert(fingerprint=fingerprint))).alerts[0].fingerprint) == 16


# --- What may be missing or odd -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        ("2026-01-05T03:12:44Z", "2026-01-05T03:12:44+00:00"),
        ("2026-01-05T03:12:44.123456789Z", "2026-01-05T03:12:44.123457+00:00"),
        ("2026-01-05T03:12:44.1+02:00", "2026-01-05T01:12:44.100000+00:00"),
        ("2026-01-05T03:12:44", "2026-01-05T03:12:44+00:00"),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("9999-12-31T23:59:59.999999999Z", None),
        ("9999-12-31T23:59:59-05:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (1767582764, None),
        ([], None),
    ],
)
def test_starts_at(sent: Any, understood: str | None) -> None:
    """The start is only shown: it is read in any form of RFC 3339, and one that is not costs no page."""
    batch = read(message(alert(startsAt=sent)))

    assert batch.quarantined == ()
    assert batch.alerts[0].starts_at == (None if understood is None else datetime.fromisoformat(understood))


@pytest.mark.parametrize("ends_at", [None, "0001-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "never", 5])
def test_ends_at_means_nothing(ends_at: Any) -> None:
    """A firing alert fires, whatever end it is said to have."""
    (one,) = read(message(alert(endsAt=ends_at))).alerts

    assert (one.firing, one.lease_until) == (True, None)


def test_the_least_that_is_an_alert() -> None:
    """Status and labels make an alert."""
    batch = read('{"alerts":[{"status":"firing","labels":{"alertname":"A"}}]}')

    assert (batch.alerts[0].firing, batch.alerts[0].annotations, batch.truncated) == (True, {}, 0)


@pytest.mark.parametrize("alerts", ["[]", "null", " [ ] "])
def test_a_message_without_alerts(alerts: str) -> None:
    """Nothing to say is a readable message."""
    assert read(f'{{"alerts":{alerts},"truncatedAlerts":2}}') == Batch(alerts=(), truncated=2)


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "/graph", "ftp://x", "http://x/\nBcc: y", "http://x/ y", "http://" + "x" * 9000]
)
def test_links_that_nobody_should_press(url: str) -> None:
    """Only an http(s) link of one line is shown as one."""
    batch = read(message(alert(generatorURL=url), externalURL=url))

    assert (batch.alerts[0].generator_url, batch.external_url) == ("", "")


@pytest.mark.parametrize("odd", [None, 5, {"a": "b"}])
def test_odd_links_cost_no_page(odd: Any) -> None:
    """A link of another kind is none."""
    batch = read(message(alert(generatorURL=odd), externalURL=odd))

    assert (batch.alerts[0].generator_url, batch.external_url, batch.quarantined) == ("", "", ())


# --- What is too much -----------------------------------------------------------------------------------------------


def test_long_texts_are_cut_and_say_so() -> None:
    """A text beyond the limit is cut at it, with its true length; its siblings and its identity are as they were."""
    long = "x" * 201
    batch = read(message(alert(annotations={"summary": long}, labels={"a": "y" * 300}, fingerprint=""), alert()))
    whole = read(message(alert(labels={"a": "y" * 300}, fingerprint="")), Limits())

    assert batch.quarantined == ()
    assert len(batch.alerts[0].annotations["summary"]) == 200
    assert batch.alerts[0].annotations["summary"].endswith("(cut by pagerd: 201 characters)")
    assert len(batch.alerts[0].labels["a"]) == 200
    assert batch.alerts[0].fingerprint == whole.alerts[0].fingerprint
    assert batch.alerts[1] == read(message(alert())).alerts[0]


def test_as_long_as_allowed() -> None:
    """A text of just the limit is kept as it is."""
    (one,) = read(message(alert(annotations={"summary": "ü" * 200}))).alerts

    assert one.annotations["summary"] == "ü" * 200


@pytest.mark.parametrize("field", ["labels", "annotations"])
def test_too_many_labels(field: str) -> None:
    """An alert with too many labels is no alert of anybody's."""
    many = {f"l{number}": "x" for number in range(21)}
    batch = read(message(alert(), alert(**{field: many})))

    assert len(batch.alerts) == 1
    assert batch.quarantined[0].reason == f"alert 1: expected at most 20 entries at `$.{field}`, found 21"


def test_too_many_alerts_are_counted() -> None:
    """The first so many are taken, and the rest is counted with what the sender left out itself."""
    batch = read(message(*[alert(fingerprint=str(number)) for number in range(103)], truncatedAlerts=4))

    assert [one.fingerprint for one in batch.alerts] == [str(number) for number in range(100)]
    assert batch.truncated == 7


# --- Long messages --------------------------------------------------------------------------------------------------


def compact(body: bytes | str) -> bytes:
    """Return a message without blanks, as Alertmanager writes it."""
    return json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False).encode()


@pytest.fixture
def in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every message be a long one, of which a slice is two or three alerts; reading with care is a fault."""
    monkeypatch.setattr(alertmanager, "WHOLE_MAX", 600)
    monkeypatch.setattr(strict, "SLICE", 700)
    monkeypatch.setattr(alertmanager, "parse_each", lambda *_: pytest.fail("read with care"))


@pytest.mark.usefixtures("in_slices")
def test_a_long_message_is_read_in_slices() -> None:
    """What is read slice by slice is what is read at once."""
    body = compact(message(*[alert(fingerprint=str(number)) for number in range(50)], truncatedAlerts=4))
    batch = read(body)

    assert batch == at_once(body, NOON, LIMITS)
    assert [one.fingerprint for one in batch.alerts] == [str(number) for number in range(50)]
    assert batch.truncated == 4


@pytest.mark.usefixtures("in_slices")
@pytest.mark.parametrize("text", ['},{"status":', '}],"alerts":[{"status":"firing"', "\\", '\\"', "}]"])
def test_a_text_that_looks_like_the_seam_is_a_text(text: str) -> None:
    """Where a slice ends is never inside a text: its quotes are escaped."""
    body = compact(message(*[alert(annotations={"summary": text * 4}) for _ in range(9)]))

    assert {one.annotations["summary"] for one in read(body).alerts} == {text * 4}


@pytest.mark.parametrize(
    "odd",
    [
        {"x": [{"status": "firing"}, {"status": "resolved"}]},
        {"labels": {"alerts": "x"}},
        {"labels": {"a": "b\0c"}},
        {"labels": {}},
        {"status": "unknown"},
        {"x": "y" * 9000},
    ],
)
def test_what_is_odd_in_a_long_message_is_read_with_care(odd: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A long message in which something is odd is read alert by alert, with the same result as a short one."""
    body = compact(message(*[alert(fingerprint=str(number)) for number in range(9)], alert(**odd), alert()))
    expected = read(body)
    monkeypatch.setattr(alertmanager, "WHOLE_MAX", 600)
    monkeypatch.setattr(strict, "SLICE", 700)

    assert read(body) == expected


def test_of_two_lists_the_last_counts_in_a_long_message_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body means one thing, however long it is."""
    one, other = (json.dumps([alert(fingerprint=name)], separators=(",", ":")) for name in ("one", "other"))
    monkeypatch.setattr(alertmanager, "WHOLE_MAX", 0)

    assert [alert.fingerprint for alert in read(f'{{"alerts":{one},"alerts":{other}}}').alerts] == ["other"]


@pytest.mark.parametrize("key", ["startsAt", "generatorURL"])
def test_a_number_of_megabytes_costs_nothing(key: str) -> None:
    """A number that is longer than any is not looked at, and costs nobody the page."""
    body = message(alert(), alert(**{key: 7})).replace(f'"{key}": 7', f'"{key}": {"7" * 1_000_000}')

    assert len(read(body).alerts) == 2


# --- One bad alert among good ones ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{}", "alert 1: Object missing required field `status`"),
        ("5", "alert 1: Expected `object`, got `int`"),
        ("null", "alert 1: Expected `object`, got `null`"),
        ('"x"', "alert 1: Expected `object`, got `str`"),
        ("[]", "alert 1: Expected `object`, got `array`"),
        ("", "alert 1: expected an alert, found a comma too many"),
        ('{"status":"firing"}', "alert 1: Object missing required field `labels`"),
        ('{"labels":{"a":"b"}}', "alert 1: Object missing required field `status`"),
        ('{"status":"suppressed","labels":{"a":"b"}}', "alert 1: Invalid enum value 'suppressed' - at `$.status`"),
        ('{"status":"firing","labels":{}}', "alert 1: expected at least one label at `$.labels`"),
        ('{"status":"firing","labels":null}', "alert 1: Expected `object`, got `null` - at `$.labels`"),
        ('{"status":"firing","labels":{"a":5}}', "alert 1: Expected `str`, got `int` - at `$.labels[...]`"),
        ('{"status":"firing","labels":{"a":"b"},"annotations":[]}', "got `array` - at `$.annotations`"),
        ('{"status":"firing","labels":{"a":"b"},"x":NaN}', "alert 1: JSON is malformed: invalid character"),
        ('{"status":"firing","labels":{"a":"b"},"x":-Infinity}', "alert 1: JSON is malformed: invalid character"),
        (
            '{"status":"firing","labels":{"a":"\\ud800"}}',
            "alert 1: JSON is malformed: an escape is not complete",
        ),
        ('{"status":"firing","labels":{"a":"\x01"}}', "alert 1: JSON is malformed: invalid character"),
        ('{"status":"firing","labels":{"a":"b"} "c":1}', "alert 1: JSON is malformed"),
        ('{"status":"firing","labels":{"a":' + "9" * 5000 + "}}", "alert 1: Number out of range - at `$.labels[...]`"),
        ('{"status":"firing","labels":{"a":1e999}}', "alert 1: Number out of range - at `$.labels[...]`"),
        (
            '{"status":"firing","labels":{"a":"b"},"x":' + "[" * 20_000 + "]" * 20_000 + "}",
            "alert 1: nested deeper than the decoder goes; expected at most 32 levels",
        ),
        (
            '{"status":"firing","labels":{"a":"b"},"fingerprint":"' + "f" * 129 + '"}',
            "alert 1: Expected `str` of length",
        ),
    ],
)
def test_one_bad_alert_takes_no_sibling_with_it(bad: str, reason: str) -> None:
    """The bad one is quarantined with its reason, those before and after it are read."""
    batch = read(with_bad(bad))

    assert [one.fingerprint for one in batch.alerts] == ["first", "last"]
    assert [one.raw[:1000] for one in batch.quarantined] == [bad[:1000]]
    assert reason in batch.quarantined[0].reason
    assert batch.truncated == 3


def test_bytes_that_are_no_text() -> None:
    """An alert that is not UTF-8 is quarantined, and kept with replacement characters."""
    batch = read(with_bad('{"status":"firing","labels":{"a":"b?"}}').encode().replace(b"?", b"\xff"))

    assert len(batch.alerts) == 2
    assert batch.quarantined[0].reason == "alert 1: not UTF-8: a text has the byte 0xff"
    assert batch.quarantined[0].raw == '{"status":"firing","labels":{"a":"b\ufffd"}}'


def test_nul_is_replaced() -> None:
    """NUL, which not every store takes, costs no page."""
    nul = alert(labels={"a\0": "b\0"}, annotations={"summary": "x\0y"}, fingerprint="f\0")
    (one,) = read(message(nul)).alerts

    assert (one.labels, one.annotations, one.fingerprint) == (
        {"a\ufffd": "b\ufffd"},
        {"summary": "x\ufffdy"},
        "f\ufffd",
    )


def test_what_is_quarantined_is_bounded() -> None:
    """Of an unreadable alert only the beginning is kept."""
    batch = read(with_bad('{"status":"' + "ü" * 10_000 + '"}'))

    assert len(batch.quarantined[0].raw) == 4096
    assert batch.quarantined[0].raw.endswith("ü…")


@pytest.mark.parametrize("count", ["-1", '"2"', "9" * 5000, "1e999", "{}", "2.5", "null"])
def test_an_unreadable_count_of_what_is_missing(count: str) -> None:
    """When it cannot be said how many are missing, a human is told, and what is there is read."""
    batch = read(f'{{"alerts":[{json.dumps(alert())}],"truncatedAlerts":{count}}}')

    assert (len(batch.alerts), batch.truncated) == (1, 0)
    assert batch.quarantined[0].reason == "expected a count, zero or more, at `$.truncatedAlerts`"
    assert batch.quarantined[0].raw == count[:4095] + "…" * (len(count) > 4096)


# --- What is no message at all --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "expected a JSON object, found nothing"),
        (b"  \n", "expected a JSON object, found nothing"),
        (b"hello", "expected a JSON object, found `hello`"),
        (b"null", "expected a JSON object, found `null`"),
        (b'[{"labels":{}}]', 'expected a JSON object, found `[{"labels":{}}]`'),
        (b"\xff\xfe{\x00", "expected a JSON object, found"),
        (b"\xef\xbb\xbf{}", "expected a JSON object, found"),
        (b"{}", "expected a list at `$.alerts`, found nothing there"),
        (b'{"alert":[]}', "expected a list at `$.alerts`, found nothing there"),
        (b'{"text":"FIRING","x":{"alerts":[]}}', "expected a list at `$.alerts`, found nothing there"),
        (b'{"text":"alerts"}', "expected a list at `$.alerts`, found nothing there"),
        (b'{"alerts":{"a":1}}', 'expected a list at `$.alerts`, found `{"a":1}}`'),
        (b'{"alerts": "none"}', 'expected a list at `$.alerts`, found `"none"}`'),
        (b'{"alerts":', "expected a list at `$.alerts`, found nothing"),
        (b'{"alerts":[', "expected `[` to be closed, found the end of the body"),
        (b'{"alerts":[{"status":"fir', "expected `{` to be closed, found the end of the body"),
        (b'{"alerts":[{"status":"fir\\', "expected `{` to be closed, found the end of the body"),
        (b'{"alerts":[}]', "expected no `}` at byte 11"),
        (b'{"alerts":[]}]', "expected no `]` at byte 13"),
        (b'{"alerts":[]} x', "JSON is malformed: trailing characters (byte 15)"),
        (b'{"alerts":[{}],"x":NaN}', "JSON is malformed: invalid character (byte 19)"),
        (b'{"alerts":[{}] "x":1}', "JSON is malformed"),
        (b'{"alerts":[' + b"[" * 200_000, "expected `[` to be closed"),
        (b'{"alerts":[],"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "nested deeper than the decoder goes"),
    ],
)
def test_what_is_no_message(body: bytes, complaint: str) -> None:
    """A body of another shape is refused with what was attempted, the place, and what was expected there."""
    with pytest.raises(Unreadable) as caught:
        read(body)

    assert str(caught.value).startswith("reading Alertmanager's webhook: ")
    assert complaint in str(caught.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
_ODD_ALERTS = st.dictionaries(
    st.sampled_from(["status", "labels", "annotations", "startsAt", "fingerprint", "generatorURL", "x"]), _JSON
)


@given(st.lists(_ODD_ALERTS | _JSON, max_size=3), st.integers(0, 3), st.booleans())
def test_any_json_beside_a_good_alert(odd: list[Any], place: int, escaped: bool) -> None:
    """Whatever lies beside it, a good alert is read, and every other is read or quarantined."""
    alerts = [*odd[:place], alert(fingerprint="good"), *odd[place:]]
    batch = read(json.dumps({"alerts": alerts}, ensure_ascii=escaped).encode("utf-8", "surrogatepass"))

    assert "good" in {one.fingerprint for one in batch.alerts}
    assert len(batch.alerts) + len(batch.quarantined) == len(alerts)


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 60))
def test_any_damage(noise: bytes, at: int, lost: int) -> None:
    """A damaged message is read, in part or whole, or is unreadable; nothing else ever happens."""
    body = message(alert(), alert()).encode()
    try:
        batch = read(body[:at] + noise + body[at + lost :])
    except Unreadable as error:
        assert str(error).startswith("reading Alertmanager's webhook: ")  # noqa: PT017  # either outcome is fine
    else:
        assert all(isinstance(one, ReceivedAlert) for one in batch.alerts)


@given(st.text(alphabet='[]{}",:\\ax1 ', max_size=200))
def test_any_signs(text: str) -> None:
    """Brackets, quotes and backslashes in any order are a message or unreadable."""
    for body in (text, f'{{"alerts":[{text}]}}'):
        try:
            read(body)
        except Unreadable as error:
            assert str(error).startswith("reading Alertmanager's webhook: ")  # noqa: PT017  # the same
