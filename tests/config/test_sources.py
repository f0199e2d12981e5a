from datetime import timedelta

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import SourceApi, SourceKind
from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.core.alerts.matching import parse_matcher
from tests.config.files import COMPANY, SETTINGS, changed, found_after, loaded, places


def test_a_source_may_have_many_tokens_and_limits():
    """Each member's own, two at once while one is changed."""
    found = loaded(
        {
            **COMPANY,
            SETTINGS: COMPANY[SETTINGS].replace(
                "token_files: [prod.token]",
                "token_files: [a.token, b.token], user: am, password_file: credential:am, silent_after: 5m, "
                "stale_resolves_after: 1h, limits: {alerts_max: 500}",
            ),
        }
    )
    assert found.settings is not None
    source = found.settings.sources["prod"]

    assert source.kind is SourceKind.ALERTMANAGER
    assert source.token_files == (SecretFile("a.token"), SecretFile("b.token"))
    assert (source.user, source.password_file) == ("am", SecretFile("credential:am"))
    assert (source.silent_after, source.stale_resolves_after) == (timedelta(minutes=5), timedelta(hours=1))
    assert (source.limits.alerts_max, source.limits.depth_max) == (500, 32)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{kind: alertmanager, token_files: [prod.token]}", "{kind: alertmanager}", "E603 4:9"),
        ("token_files: [prod.token]", "user: am", "E603 4:9"),
        ("token_files: [prod.token]", "token_files: []", "E009 4:43"),
        ("token_files: [prod.token]", "token: abc", "E601 4:30"),
        ("kind: alertmanager", "kind: nagios", "E010 4:16"),
        ("token_files: [prod.token]", "token_files: [x], limits: {alerts_max: 0}", "E010 4:69"),
        ("  prod: {", "  Prod: {", "E010 4:3"),
    ],
)
def test_what_is_wrong_in_a_source(old, new, expected):
    """At its line and column."""
    assert expected in found_after(SETTINGS, old, new)


BEAT = "{kind: heartbeat, token_files: [b.token], every: 1d, team: payments, severity: page, runbook: payments-5xx}"
AT = "  prod: {kind: alertmanager, token_files: [prod.token]}\n"


def with_heartbeat(text, **files):
    """Return the company with one heartbeat."""
    return {**COMPANY, SETTINGS: COMPANY[SETTINGS].replace(AT, f"{AT}  backup: {text}\n"), **files}


def test_a_heartbeat_says_what_is_expected_and_what_its_alert_is():
    """Each key reaches its field."""
    found = loaded(
        with_heartbeat(
            "{kind: heartbeat, every: 1m, grace: 4m, team: payments, service: payments-api, severity: page, "
            "summary: Gone, action: Look., runbook: payments-5xx, expect_from_start: true, from: prod, "
            "match: ['alertname=\"Watchdog\"']}"
        )
    )

    assert found.findings == ()
    assert found.settings.sources["backup"].heartbeat == Heartbeat(
        name="backup",
        every=timedelta(minutes=1),
        grace=timedelta(minutes=4),
        labels={"team": "payments", "service": "payments-api", "severity": "page"},
        annotations={"summary": "Gone", "action": "Look.", "runbook": "payments-5xx"},
        is_expected=True,
        fed_by="prod",
        matchers=(parse_matcher('alertname="Watchdog"'),),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BEAT.replace("every: 1d, ", ""), "E620 pagerd.yaml:5:11"),
        (BEAT.replace("1d", "5s"), "E010 pagerd.yaml:5:60"),
        (BEAT.replace("every", "silent_after: 5m, every"), "E620 pagerd.yaml:5:67"),
        (BEAT.replace("token_files: [b.token], ", ""), "E603 pagerd.yaml:5:11"),
        (BEAT.replace("token_files: [b.token]", "from: prod"), "E620 pagerd.yaml:5:11"),
        (BEAT.replace("token_files: [b.token]", "from: pord, match: ['a=\"b\"']"), "E021 pagerd.yaml:5:35"),
        (BEAT.replace("team: payments", "team: payment"), "E021 pagerd.yaml:5:70"),
        (BEAT.replace("page", "pge"), "E021 pagerd.yaml:5:90"),
        (BEAT.replace("runbook: payments-5xx", "runbook: backup"), "E021 pagerd.yaml:5:105"),
        (BEAT.replace("team: payments", "service: checkout"), "E021 pagerd.yaml:5:73"),
        ("{kind: generic, token_files: [b.token], every: 1d}", "E620 pagerd.yaml:5:58"),
    ],
)
def test_what_is_wrong_with_a_heartbeat(text, expected):
    """At its line and column, and nothing else."""
    assert places(loaded(with_heartbeat(text)).findings) == [expected]


def test_a_heartbeat_whose_lateness_would_not_page_is_noted():
    """It is judged beforehand, by the rules and severities that would judge it then."""
    assert loaded(with_heartbeat(BEAT)).findings == ()
    [found] = loaded(with_heartbeat(BEAT.replace("page, runbook: payments-5xx", "page"))).findings

    assert found.id == "W621"
    assert "not actionable: there is neither an action nor a runbook" in found.message


def test_a_heartbeat_that_may_wait_is_nobodys_mistake():
    """A severity whose verdict is a ticket asks for no test."""
    files = with_heartbeat(BEAT.replace("page, runbook: payments-5xx", "warning"))

    assert loaded(files).findings == ()


API = "api_url: [http://am-1:9093, https://am-2:9093/am/], "


def test_an_alertmanager_may_be_asked():
    """One address or one of each member, with basic auth or a token, and its own authority."""
    basic = loaded(
        changed(
            SETTINGS,
            "token_files: [prod.token]",
            f"token_files: [prod.token], {API}api_user: pagerd, api_password_file: a.pass, api_ca_file: ca.pem",
        )
    )
    token = loaded(
        changed(
            SETTINGS,
            "token_files: [prod.token]",
            "token_files: [prod.token], api_url: http://am:9093, api_token_file: a.token",
        )
    )

    assert basic.findings == token.findings == ()
    assert basic.settings.sources["prod"].api == SourceApi(
        urls=("http://am-1:9093", "https://am-2:9093/am"),
        user="pagerd",
        secret_file=SecretFile("a.pass"),
        ca_file="ca.pem",
    )
    assert token.settings.sources["prod"].api == SourceApi(urls=("http://am:9093",), secret_file=SecretFile("a.token"))


@pytest.mark.parametrize(
    ("kind", "keys", "expected"),
    [
        ("alertmanager", "api_user: pagerd, api_password_file: p", "E620 4:67"),
        ("alertmanager", "api_url: http://am, api_user: pagerd", "E603 4:9"),
        ("alertmanager", "api_url: http://am, api_user: u, api_password_file: p, api_token_file: t", "E603 4:128"),
        ("alertmanager", "api_url: http://u:p@am", "E602 4:66"),
        ("alertmanager", "api_url: [" + ", ".join(["http://am"] * 17) + "]", "E002 4:66"),
        ("generic", "api_url: http://am", "E620 4:61"),
        ("alertmanager", "grace: 5m", "E620 4:64"),
    ],
)
def test_what_is_wrong_with_an_api(kind, keys, expected):
    """At its line and column, and nothing else."""
    old = "{kind: alertmanager, token_files: [prod.token]"

    assert found_after(SETTINGS, old, f"{{kind: {kind}, token_files: [prod.token], {keys}") == [expected]
