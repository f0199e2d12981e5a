"""Checks of incidents in the files: what they are read into, and every mistake with its place."""

from datetime import timedelta

import pytest

from pagerd.core.incidents.checks import Bound, ChecksOf, HttpProbe, PromqlCheck
from tests.config.files import COMPANY, SETTINGS, loaded, plan_of

INCIDENTS = "rules/incidents.yaml"
SERVER = "prometheus: {main: {url: http://prometheus:9090}}\n"
TWO = "prometheus: {eu: {url: http://eu:9090}, us: {url: http://us:9090}}\n"


def files(text, servers=SERVER):
    """Return the small company with a Prometheus and these incidents."""
    return {**COMPANY, SETTINGS: COMPANY[SETTINGS] + servers, INCIDENTS: text}


def test_checks_are_read():
    """A check that names no Prometheus asks the only one there is."""
    plan = plan_of(
        files(
            """\
checks:
  - service: payments-api
    errors:
      - {name: error ratio, promql: error_ratio, must_be: "< 0.01"}
    customer_actions:
      - {http: https://shop.example.com/health, status: 204, within: 3s}
  - team: payments
    queues: [{promql: queue_length, must_be: "<= 1e3", prometheus: main}]
  - latency: [{promql: p99, must_be: "<2"}]
"""
        )
    )

    ratio = PromqlCheck(name="error ratio", expression="error_ratio", bound=Bound("<", 0.01), prometheus="main")
    probe = HttpProbe(url="https://shop.example.com/health", status=204, within=timedelta(seconds=3))
    queue = PromqlCheck(expression="queue_length", bound=Bound("<=", 1000), prometheus="main")
    p99 = PromqlCheck(expression="p99", bound=Bound("<", 2), prometheus="main")
    assert plan.incidents.checks == (
        ChecksOf(service="payments-api", checks={"customer_actions": (probe,), "errors": (ratio,)}),
        ChecksOf(team="payments", checks={"queues": (queue,)}),
        ChecksOf(checks={"latency": (p99,)}),
    )


def test_without_the_file_nothing_is_read_by_machine():
    """And nothing needs a Prometheus."""
    assert plan_of(COMPANY).incidents.checks == ()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{}", "E007 2:5"),
        ("{service: shop, errors: [{promql: a, must_be: '< 1'}]}", "E021 2:15"),
        ("{team: shop, errors: [{promql: a, must_be: '< 1'}]}", "E021 2:12"),
        ("{service: payments-api, team: platform, errors: [{promql: a, must_be: '< 1'}]}", "E207 2:35"),
        ("{errors: []}", "E009 2:14"),
        ("{errors: [{}]}", "E007 2:15"),
        ("{errors: [{promql: a}]}", "E007 2:15"),
        ("{errors: [{promql: a, must_be: 0.01}]}", "E010 2:36"),
        ("{errors: [{promql: a, must_be: '< 1 %'}]}", "E010 2:36"),
        ("{errors: [{promql: a, must_be: '< 1', http: https://a.example.com}]}", "E007 2:15"),
        ("{errors: [{promql: a, must_be: '< 1', status: 200}]}", "E006 2:51"),
        ("{errors: [{http: https://a.example.com, must_be: '< 1'}]}", "E006 2:54"),
        ("{errors: [{http: a.example.com}]}", "E602 2:22"),
        ("{errors: [{http: https://u:p@a.example.com}]}", "E602 2:22"),
        ("{errors: [{http: https://a.example.com, status: 2xx}]}", "E010 2:53"),
        ("{errors: [{http: https://a.example.com, within: 1m}]}", "E010 2:53"),
        ("{errors: [{promql: a, must_be: '< 1', prometheus: other}]}", "E021 2:55"),
        ("{eror: [{promql: a, must_be: '< 1'}]}", "E007 2:5"),
    ],
)
def test_a_mistake_has_a_place(entry, expected):
    """Each is one finding, where it stands."""
    found = loaded(files(f"checks:\n  - {entry}\n"))

    assert [f"{one.id} {one.span.line}:{one.span.col}" for one in found.findings][:1] == [expected]


@pytest.mark.parametrize(
    ("servers", "expected"), [("", "prometheus: {main: {url: ...}} in pagerd.yaml"), (TWO, "prometheus: eu | us")]
)
def test_whom_it_asks_must_be_clear(servers, expected):
    """Without a Prometheus nothing can be asked, and of two somebody must say which."""
    [found] = loaded(files("checks: [{errors: [{promql: a, must_be: '< 1'}]}]\n", servers)).findings

    assert (found.id, found.expected) == ("E007", expected)


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("{}", "E007"),
        ("{url: prometheus:9090}", "E602"),
        ("{url: http://prometheus:9090, user: pagerd}", "E603"),
        ("{url: http://prometheus:9090, user: pagerd, password_file: a, token_file: b}", "E603"),
        ("{url: http://prometheus:9090, token: abc}", "E601"),
    ],
)
def test_a_server_is_named_whole(server, expected):
    """With a user and a password, or a token, or nothing; and no secret in the files."""
    found = loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + f"prometheus: {{main: {server}}}\n"})

    assert expected in [one.id for one in found.findings]
