"""What is to be pasted is taken by the real programs: Debian's amtool and promtool, and YAML as Grafana reads it."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from pagerd.core.alerts.grouping import DEFAULT_GROUP_BY
from tests.tools.debian import binary

SOURCES = """\
sources:
  prod: {kind: alertmanager, token_files: [.pagerd/prod.token]}
  basic: {kind: alertmanager, user: 'am "x"', password_file: secrets/basic}
  metrics: {kind: prometheus, token_files: [.pagerd/metrics.token, .pagerd/new.token]}
  both: {kind: prometheus, user: prom, password_file: secrets/both}
  graphs: {kind: grafana, token_files: ["credential:graphs"]}
  shown: {kind: grafana, user: graf, password_file: secrets/shown}
"""

OWN = """\
route: {receiver: own, routes: [{matchers: [severity="critical"], receiver: loud}]}
receivers: [{name: own}, {name: loud}]
"""


@pytest.fixture
def config(directory: Path) -> Path:
    """A directory whose sources are of every kind, with the secrets where it says, and blanks in its name."""
    moved = shutil.copytree(directory, directory.with_name("config of ours"))
    settings = moved / "pagerd.yaml"
    others = [line for line in settings.read_text().splitlines() if not line.startswith("sources:")]
    settings.write_text("\n".join([*others, "public_url: https://pager.example.org/on-call", SOURCES]))
    for folder, names in ((".pagerd", ("prod.token", "metrics.token", "new.token")), ("secrets", ("basic", "both"))):
        (moved / folder).mkdir()
        for name in names:
            (moved / folder / name).write_text("a-secret-that-is-long-enough\n")
    return moved


def amtool(*arguments: str | Path) -> str:
    """Run amtool and return what it says; a test fails where it complains."""
    done = subprocess.run([binary("amtool"), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def promtool(file: Path) -> None:
    """Let promtool check a file of Prometheus."""
    done = subprocess.run([binary("promtool"), "check", "config", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("source", ["prod", "basic"])
def test_alertmanager_takes_what_is_pasted(source, config, command, tmp_path):
    """The whole is a config by itself: everything goes to pagerd, at the address and with the secret of the source."""
    said = command("snippet", "alertmanager", source, "-c", str(config))
    file = tmp_path / "alertmanager.yml"
    file.write_text(said.out)

    assert said.code == 0
    assert "1 receivers" in amtool("check-config", file)
    assert amtool("config", "routes", "test", f"--config.file={file}", "severity=critical").split() == ["pagerd"]
    [hook] = yaml.safe_load(said.out)["receivers"][0]["webhook_configs"]
    assert hook["url"] == f"https://pager.example.org/on-call/api/v1/alertmanager/{source}"
    assert (hook["send_resolved"], hook["max_alerts"]) == (True, 0)
    assert set(DEFAULT_GROUP_BY) < set(yaml.safe_load(said.out)["route"]["group_by"])
    secret = {"prod": {"authorization": {"credentials_file": str(config / ".pagerd/prod.token")}}}
    secret["basic"] = {"basic_auth": {"username": 'am "x"', "password_file": str(config / "secrets/basic")}}
    assert hook["http_config"] == secret[source]


@pytest.mark.parametrize(
    "labels", [("severity=critical", "loud"), ("severity=info", "own"), ("alertname=Watchdog", "own")]
)
def test_beside_another_pager_everything_goes_to_both(labels, config, command, tmp_path):
    """Put into somebody's own config as it says, it takes nothing from any receiver, the default one included."""
    said = command("snippet", "alertmanager", "prod", "--beside", "-c", str(config))
    pasted, own = yaml.safe_load(said.out), yaml.safe_load(OWN)
    own["receivers"] += pasted["receivers"]
    [ours, theirs] = pasted["route"]["routes"]
    theirs["routes"] = own["route"]["routes"]
    own["route"]["routes"] = [ours, theirs]
    file = tmp_path / "alertmanager.yml"
    file.write_text(yaml.safe_dump(own))

    label, receiver = labels
    told = amtool("config", "routes", "test", f"--config.file={file}", label).strip().split(",")
    assert told == ["pagerd", receiver]


@pytest.mark.parametrize("beside", [(), ("--beside",)])
@pytest.mark.parametrize("source", ["metrics", "both"])
def test_prometheus_takes_what_is_pasted(source, beside, config, command, tmp_path):
    """It looks for the secret's file, too: it is where the config says."""
    said = command("snippet", "prometheus", source, *beside, "-c", str(config))
    file = tmp_path / "prometheus.yml"
    file.write_text(said.out)

    assert said.code == 0
    promtool(file)
    alerting = yaml.safe_load(said.out)["alerting"]
    [one] = alerting["alertmanagers"]
    assert one["path_prefix"] == f"/on-call/api/v1/prometheus/{source}"
    assert (one["scheme"], one["static_configs"]) == ("https", [{"targets": ["pager.example.org"]}])
    assert alerting["alert_relabel_configs"] == [{"action": "labeldrop", "regex": "replica|prometheus_replica"}]
    assert str(config) in str(one)


@pytest.mark.parametrize("beside", [(), ("--beside",)])
@pytest.mark.parametrize(
    ("source", "secret"),
    [
        (
            "graphs",
            {
                "authorization_scheme": "Bearer",
                "authorization_credentials": "$__file{/etc/credstore/pagerd.graphs}",
            },
        ),
        ("shown", {"username": "graf", "password": "$__file{CONFIG/secrets/shown}"}),
    ],
)
def test_grafana_has_a_contact_point_and_a_policy(source, secret, beside, config, command):
    """Both in one provisioning file; a secret is named, never written."""
    said = command("snippet", "grafana", source, *beside, "-c", str(config))
    provisioned = yaml.safe_load(said.out)
    [point] = provisioned["contactPoints"]
    [receiver] = point["receivers"]
    [policy] = provisioned["policies"]

    assert (provisioned["apiVersion"], point["name"], receiver["type"]) == (1, "pagerd", "webhook")
    assert receiver["disableResolveMessage"] is False
    assert receiver["settings"] == {
        "url": f"https://pager.example.org/on-call/api/v1/grafana/{source}",
        "httpMethod": "POST",
        "maxAlerts": "0",
        **{key: value.replace("CONFIG", str(config)) for key, value in secret.items()},
    }
    route = policy["routes"][0] if beside else policy
    assert set(DEFAULT_GROUP_BY) < set(route["group_by"])
    if beside:
        ours, theirs = policy["routes"]
        assert (ours["receiver"], ours["continue"]) == ("pagerd", True)
        assert theirs == {"receiver": policy["receiver"], "routes": []}
    else:
        assert (policy["receiver"], policy["group_interval"]) == ("pagerd", "1m")
    assert "It is not there yet" in said.err


@pytest.mark.parametrize(
    ("listen", "address"),
    [
        ("127.0.0.1:9000", "http://127.0.0.1:9000/"),
        ("[::1]:9000", "http://[::1]:9000/"),
        ("0.0.0.0:9000", "http://pg1:9000/"),
    ],
)
def test_without_a_public_url_the_address_is_where_it_listens(listen, address, config, command, monkeypatch):
    """An address that means every address is none to send to: then it is the machine's name."""
    monkeypatch.setattr("socket.gethostname", lambda: "pg1")
    settings = config / "pagerd.yaml"
    settings.write_text(
        settings.read_text().replace("public_url: https://pager.example.org/on-call", f'listen: ["{listen}"]')
    )
    said = command("snippet", "alertmanager", "prod", "-c", str(config))

    assert f'"{address}api/v1/alertmanager/prod"' in said.out
    assert "There is no public_url" in said.err


def test_what_cannot_be_printed_says_why(config, command):
    """A source that there is none of, of another kind, and files that are broken."""
    none = command("snippet", "alertmanager", "nowhere", "-c", str(config))
    other = command("snippet", "grafana", "prod", "-c", str(config))
    (config / "pagerd.yaml").write_text("version: 1\nsuorces: {}\n")
    broken = command("snippet", "alertmanager", "prod", "-c", str(config))

    assert (none.code, none.out) == (5, "")
    assert "there are: basic, both, graphs, metrics, prod, shown" in none.err
    assert (other.code, other.out) == (2, "")
    assert "source prod is of kind alertmanager" in other.err
    assert (broken.code, broken.out) == (1, "")
    assert "cannot be used" in broken.err
