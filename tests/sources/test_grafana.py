"""The payload has the form that Grafana's own code writes: `receivers/webhook` and `templates` of grafana/alerting."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources import grafana
from pagerd.sources.base import Limits
from pagerd.sources.fingerprint import fingerprint_of
from pagerd.sources.grafana import TEST, at_once, parse
from tests.builders import NOON, some_labels

LIMITS = Limits(depth_max=32, alerts_max=100, labels_max=20, text_max=200)
PAYLOAD = Path(__file__).parent / "payloads" / "grafana-firing.json"
GRAFANA = "https://grafana.example.com"


def read(body: bytes | str, limits: Limits = LIMITS) -> Batch:
    """Parse a body as if it had just come."""
    return parse(body.encode() if isinstance(body, str) else body, NOON, limits)


def alert(**fields: Any) -> dict[str, Any]:
    """Return one alert of the wire, with these fields on top."""
    return {
        "status": "firing",
        "labels": some_labels(),
        "annotations": {"summary": "Checkout fails"},
        "startsAt": "2026-01-05T03:12:44.5Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": f"{GRAFANA}/alerting/grafana/f5e1a/view",
        "fingerprint": "dab6a89c6c282be7",
        "dashboardURL": f"{GRAFANA}/d/x",
        "panelURL": "",
        "silenceURL": f"{GRAFANA}/alerting/silence/new",
        "values": {"A": 10},
        "valueString": "[ var='A' labels={} value=10 ]",
    } | fields


def message(*alerts: Any, **fields: Any) -> str:
    """Return one message of the wire."""
    return json.dumps({"version": "1", "status": "firing", "truncatedAlerts": 0, "alerts": alerts} | fields)


def test_what_grafana_sends() -> None:
    """Its own message is read whole, and what people press comes with it."""
    batch = read(PAYLOAD.read_bytes(), Limits())

    assert (len(batch.alerts), batch.quarantined, batch.truncated) == (2, (), 0)
    assert batch.external_url == f"{GRAFANA}/"
    assert batch.alerts[0] == ReceivedAlert(
        fingerprint="c6eadffa33fcdf37",
        firing=True,
        labels={
            "alertname": "CheckoutErrors",
            "grafana_folder": "Payments",
            "service": "payments-api",
            "severity": "critical",
        },
        annotations={
            "runbook_url": "runbooks/payments-5xx.md",
            "summary": "Checkout fails for 7 % of customers <b> — größer",
            "dashboard_url": f"{GRAFANA}/d/checkout?orgId=1",
            "panel_url": f"{GRAFANA}/d/checkout?orgId=1&viewPanel=4",
            "image_url": f"{GRAFANA}/img/4.png",
            "silence_url": f"{GRAFANA}/alerting/silence/new?alertmanager=grafana"
            "&matcher=alertname%3DCheckoutErrors&orgId=1",
            "values": "A=0.0712, C=1",
        },
        starts_at=datetime(2026, 1, 5, 3, 12, 40, tzinfo=UTC),
        generator_url=f"{GRAFANA}/alerting/grafana/f5e1a/view?orgId=1",
    )
    assert (batch.alerts[1].firing, batch.alerts[1].labels["rulename"]) == (False, "CheckoutSlow")


@pytest.mark.parametrize("odd", [{}, {"startsAt": "never"}])
def test_the_test_of_a_contact_point_is_no_alert(odd: dict[str, Any]) -> None:
    """It would fire for ever: Grafana never says that its test is over."""
    batch = read(message(alert(labels=TEST, **odd)))

    assert batch == Batch(alerts=())


def test_a_test_with_labels_of_ones_own_is_an_alert() -> None:
    """Whoever wrote labels wants to see where they lead."""
    (one,) = read(message(alert(labels=TEST | {"team": "payments"}))).alerts

    assert one.firing


def test_what_a_rule_says_itself_goes_before() -> None:
    """An annotation of the rule is its author's word."""
    (one,) = read(message(alert(annotations={"dashboard_url": f"{GRAFANA}/d/own", "values": "7 %"}))).alerts

    assert one.annotations["dashboard_url"] == f"{GRAFANA}/d/own"
    assert one.annotations["values"] == "7 %"


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({"A": 1.5, "B": "NaN", "C": None, "D": True}, "A=1.5, B=NaN, C=None, D=True"),
        ({"A": 44.23943737541908}, "A=44.2394"),
        ({f"{number:02}": number for number in range(30)}, ", ".join(f"{number:02}={number}" for number in range(20))),
        ({}, None),
        (None, None),
    ],
)
def test_what_was_measured_is_said_in_short(values: Any, written: str | None) -> None:
    """Numbers as people read them, and not more of them than anybody reads."""
    (one,) = read(message(alert(values=values)), Limits()).alerts

    assert one.annotations.get("values") == written


@pytest.mark.parametrize("key", ["startsAt", "generatorURL", "dashboardURL", "panelURL", "imageURL", "silenceURL"])
@pytest.mark.parametrize("odd", ["javascript:alert(1)", 5, {"a": "b"}, [], None])
def test_what_is_only_shown_may_be_odd(key: str, odd: Any) -> None:
    """A link that nobody should press is none, and costs nobody a page."""
    batch = read(message(alert(**{key: odd})))

    assert (len(batch.alerts), batch.quarantined) == (1, ())
    assert all(text.startswith("https://") for name, text in batch.alerts[0].annotations.items() if name[-4:] == "_url")


@pytest.mark.parametrize("values", [5, [1], {"A": {}}, {"A": 10**400}, "x"])
def test_odd_values_are_left_out(values: Any) -> None:
    """What was measured may be of any form; the page does not depend on it."""
    batch = read(message(alert(values=values)))

    assert (len(batch.alerts), batch.quarantined) == (1, ())


def test_without_a_fingerprint_it_is_computed() -> None:
    """A payload template may leave it out."""
    (one,) = read(message(alert(fingerprint=""))).alerts

    assert one.fingerprint == fingerprint_of(some_labels())


@pytest.mark.parametrize(("said", "counted"), [(2, 2), (None, 0)])
def test_what_was_left_out_is_counted(said: int | None, counted: int) -> None:
    """By Grafana's `maxAlerts`, and by the limit here."""
    many = [alert(fingerprint=str(number)) for number in range(103)]

    assert read(message(alert(), truncatedAlerts=said)).truncated == counted
    assert read(message(*many, truncatedAlerts=said)).truncated == counted + 3


def test_a_count_that_is_none_is_told() -> None:
    """When it cannot be said how many are missing, a human is told, and what is there is read."""
    batch = read(message(alert(), truncatedAlerts=-1))

    assert (len(batch.alerts), batch.truncated) == (1, 0)
    assert batch.quarantined[0].reason == "expected a count, zero or more, at `$.truncatedAlerts`"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{}", "alert 1: Object missing required field `status`"),
        ("5", "alert 1: Expected `object`, got `int`"),
        ("", "alert 1: expected an alert, found a comma too many"),
        ('{"status":"alerting","labels":{"a":"b"}}', "alert 1: Invalid enum value 'alerting' - at `$.status`"),
        ('{"status":"firing","labels":{}}', "alert 1: expected at least one label at `$.labels`"),
        ('{"status":"firing","labels":{"a":"b"},"x":NaN}', "alert 1: JSON is malformed"),
    ],
)
def test_one_bad_alert_takes_no_sibling_with_it(bad: str, reason: str) -> None:
    """The bad one is quarantined with its reason, those before and after it are read."""
    good = [json.dumps(alert(fingerprint=name)) for name in ("first", "last")]
    batch = read(f'{{"version":"1","alerts":[{",".join([good[0], bad, good[1]])}]}}')

    assert [one.fingerprint for one in batch.alerts] == ["first", "last"]
    assert [one.raw for one in batch.quarantined] == [bad]
    assert reason in batch.quarantined[0].reason


def test_texts_are_tidied() -> None:
    """NUL and what is too long cost no page."""
    (one,) = read(message(alert(labels={"alertname": "x\0"}, annotations={"summary": "y" * 300}))).alerts

    assert one.labels == {"alertname": "x\ufffd"}
    assert one.annotations["summary"].endswith("(cut by pagerd: 300 characters)")


def test_a_long_message_is_read_with_care_and_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than may be decoded in one go comes to the same, but for what was measured."""
    body = message(*[alert(fingerprint=str(number), values=None) for number in range(50)], truncatedAlerts=4)
    expected = at_once(body.encode(), NOON, LIMITS)
    monkeypatch.setattr(grafana, "WHOLE_MAX", 600)

    assert expected is not None
    assert read(body) == expected


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "expected a JSON object, found nothing"),
        (b"[]", "expected a JSON object, found `[]`"),
        (b'{"title":"x"}', "expected a list at `$.alerts`, found nothing there"),
        (b'{"alerts":{"a":1}}', 'expected a list at `$.alerts`, found `{"a":1}}`'),
        (b'{"alerts":[', "expected `[` to be closed"),
        (b'{"alerts":[{}],"x":NaN}', "JSON is malformed"),
    ],
)
def test_what_is_no_message(body: bytes, complaint: str) -> None:
    """A body of another shape is refused with what was attempted, the place, and what was expected there."""
    with pytest.raises(Unreadable) as caught:
        read(body)

    assert str(caught.value).startswith("reading Grafana's webhook: ")
    assert complaint in str(caught.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
_KEYS = ["status", "labels", "annotations", "startsAt", "fingerprint", "dashboardURL", "values", "x"]


@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _JSON) | _JSON, max_size=3), st.integers(0, 3), st.booleans())
def test_any_json_beside_a_good_alert(odd: list[Any], place: int, escaped: bool) -> None:
    """Whatever lies beside it, a good alert is read, and every other is read or quarantined."""
    alerts = [*odd[:place], alert(fingerprint="good"), *odd[place:]]
    batch = read(json.dumps({"alerts": alerts}, ensure_ascii=escaped).encode("utf-8", "surrogatepass"))

    assert "good" in {one.fingerprint for one in batch.alerts}
    assert len(batch.alerts) + len(batch.quarantined) == len(alerts)


@given(_JSON)
def test_any_value_of_what_is_shown(value: Any) -> None:
    """Nothing that was measured, and no link, keeps an alert from being read."""
    for key in ("values", "dashboardURL", "silenceURL", "startsAt", "generatorURL"):
        body = json.dumps({"alerts": [alert(**{key: value})]}).encode("utf-8", "surrogatepass")
        batch = read(body)
        assert len(batch.alerts) + len(batch.quarantined) == 1


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 60))
def test_any_damage(noise: bytes, at: int, lost: int) -> None:
    """A damaged message is read, in part or whole, or is unreadable; nothing else ever happens."""
    body = message(alert(), alert()).encode()
    try:
        batch = read(body[:at] + noise + body[at + lost :])
    except Unreadable as error:
        assert str(error).startswith("reading Grafana's webhook: ")  # noqa: PT017  # either outcome is fine
    else:
        assert all(isinstance(one, ReceivedAlert) for one in batch.alerts)
