"""`pagerd snippet`: what to paste into Alertmanager, Prometheus or Grafana, with this config's address and files.

What is printed is YAML by itself, whatever the names in it: each text of the config stands in double quotes.
"""

import json
import socket
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from pagerd.cli.out import Context, directory_option
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, Source
from pagerd.core.errors import NotFound

SENDERS = ("alertmanager", "prometheus", "grafana")

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # said by whoever listens, and no address to send to


@click.command("snippet")
@click.argument("sender", type=click.Choice(SENDERS), metavar="alertmanager|prometheus|grafana")
@click.argument("source")
@click.option("--beside", is_flag=True, help="Send to pagerd as well as to the pager that you have.")
@directory_option
@click.pass_obj
def snippet_command(ctx: Context, sender: str, source: str, beside: bool) -> None:
    """Write what to paste into the sender's own config, so that it sends to SOURCE of pagerd.yaml."""
    from pagerd.cli import files

    settings = files.settings_of(ctx.directory)
    found = settings.sources.get(source)
    if found is None:
        known = ", ".join(sorted(settings.sources)) or "none"
        raise NotFound(f"there is no source {source!r} in pagerd.yaml; there are: {known}")
    if found.kind.value != sender:
        raise click.UsageError(
            f"source {source} is of kind {found.kind.value}: give {sender} a source of its own, with kind: {sender}"
        )
    target = _target(settings, found, Path(ctx.directory).resolve())
    write = {"alertmanager": _alertmanager, "prometheus": _prometheus, "grafana": _grafana}[sender]
    ctx.out.raw(write(target, beside=beside))
    for word in target.words:
        ctx.out.talk(word)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a sender is to send, and with what. Either `token_file` or both of the others are set."""

    source: str
    url: str
    token_file: str
    user: str
    password_file: str
    words: tuple[str, ...]


def _target(settings: Settings, source: Source, directory: Path) -> _Target:
    words = []
    base = settings.public_url
    if base is None:
        address = settings.listen[0]
        if address.host in EVERYWHERE:
            address = replace(address, host=socket.gethostname())
        base = f"http://{address}"
        words.append(f"There is no public_url, so the address is that of listen: {base}")
    token = _file(source.token_files[0], directory) if source.token_files else ""
    password = _file(source.password_file, directory) if source.password_file is not None and not token else ""
    words.append(f"{token or password} is pagerd's own: the sender needs a copy that it may read, and its path here.")
    if not Path(token or password).exists():
        words.append("It is not there yet: what is in the state directory is made by the first start.")
    user = source.user or ""
    return _Target(source.id, f"{base}{source.path}", token, user, password, tuple(words))


def _file(secret: SecretFile, directory: Path) -> str:
    """Return where a secret is; one that systemd hands over is where the unit of this repository takes it from."""
    name = secret.reference.removeprefix("credential:")
    return f"/etc/credstore/pagerd.{name}" if name != secret.reference else str(secret.path(directory, None))


def _quoted(text: str) -> str:
    """Write a text in YAML: what JSON says in double quotes, YAML says too."""
    return json.dumps(text, ensure_ascii=False)


def _authorization(target: _Target) -> str:
    if target.token_file:
        return f"authorization: {{credentials_file: {_quoted(target.token_file)}}}"
    user, password = _quoted(target.user), _quoted(target.password_file)
    return f"basic_auth: {{username: {user}, password_file: {password}}}"


_ALERTMANAGER = """\
# alertmanager.yml: the receiver, {where}.
receivers:
  - name: pagerd
    webhook_configs:
      - url: {url}
        send_resolved: true  # or pagerd never hears that an alert ended
        max_alerts: 0        # all of them
        http_config: {{{authorization}}}
"""

_AM_ROUTE = """\
route:
  receiver: pagerd
  # pagerd's own grouping, and the severity: so what is new never waits for group_interval.
  group_by: [alertname, service, cluster, namespace, severity]
  group_wait: 10s       # nobody is woken in it; pagerd groups by itself
  group_interval: 1m
  repeat_interval: 1h   # a repeat pages nobody anew
  routes:
    - matchers: [alertname="Watchdog"]  # a sign of life each minute, for silent_after
      receiver: pagerd
      group_interval: 1m
      repeat_interval: 1m
"""

_AM_BESIDE = """\
route:
  routes:
    - receiver: pagerd
      continue: true        # the routes below go on as if pagerd were not there
      # pagerd's own grouping, and the severity: so what is new never waits for group_interval.
      group_by: [alertname, service, cluster, namespace, severity]
      group_wait: 10s
      group_interval: 1m
      repeat_interval: 1h   # a repeat pages nobody anew
      routes:
        - matchers: [alertname="Watchdog"]  # a sign of life each minute, for silent_after
          receiver: pagerd
          group_interval: 1m
          repeat_interval: 1m
    # All the routes that you have, as they are, go below this one. Without it route.receiver would get nothing more:
    # Alertmanager falls back to it only where no route at all matched, and pagerd's matches everything.
    - routes: []
"""


def _alertmanager(target: _Target, *, beside: bool) -> str:
    where = "and two routes that take yours in" if beside else "and the route to it"
    head = _ALERTMANAGER.format(where=where, url=_quoted(target.url), authorization=_authorization(target))
    return head + (_AM_BESIDE if beside else _AM_ROUTE)


_PROMETHEUS = """\
# prometheus.yml: {where}.
alerting:
  alert_relabel_configs:
    # The two of a pair differ by this external label alone; without it they say the same.
    - {{action: labeldrop, regex: "replica|prometheus_replica"}}
  alertmanagers:
    - scheme: {scheme}
      path_prefix: {prefix}
      timeout: 10s
      {authorization}
      static_configs: [{{targets: [{target}]}}]
"""


def _prometheus(target: _Target, *, beside: bool) -> str:
    parts = urlsplit(target.url)
    return _PROMETHEUS.format(
        where="one more under alertmanagers, each gets every alert" if beside else "pagerd in Alertmanager's place",
        scheme=parts.scheme,
        prefix=_quoted(parts.path.removesuffix("/api/v2/alerts")),
        authorization=_authorization(target),
        target=_quoted(parts.netloc),
    )


_GRAFANA = """\
# provisioning/alerting/pagerd.yaml of Grafana: the contact point, and the policy that sends to it.
# A provisioned policy takes the place of the organisation's whole tree{hint}.
apiVersion: 1
contactPoints:
  - orgId: 1
    name: pagerd
    receivers:
      - uid: {uid}
        type: webhook
        disableResolveMessage: false  # or pagerd never hears that an alert ended
        settings:
          url: {url}
          httpMethod: POST
          maxAlerts: "0"              # all of them
          {authorization}
"""

_GRAFANA_POLICY = """\
policies:
  - orgId: 1
    receiver: pagerd
    # pagerd's own grouping, and the severity: so what is new never waits for group_interval.
    group_by: [grafana_folder, alertname, service, cluster, namespace, severity]
    group_wait: 10s       # nobody is woken in it; pagerd groups by itself
    group_interval: 1m    # what failed to be sent is sent again after so long
    repeat_interval: 1h   # a repeat pages nobody anew
"""

_GRAFANA_BESIDE = """\
policies:
  - orgId: 1
    receiver: grafana-default-email  # your own contact point
    group_by: [grafana_folder, alertname]
    routes:
      - receiver: pagerd
        continue: true        # the routes below go on as if pagerd were not there
        # pagerd's own grouping, and the severity: so what is new never waits for group_interval.
        group_by: [grafana_folder, alertname, service, cluster, namespace, severity]
        group_wait: 10s
        group_interval: 1m
        repeat_interval: 1h   # a repeat pages nobody anew
      - receiver: grafana-default-email
        routes: []            # all the policies that you have, as they are
"""


def _grafana(target: _Target, *, beside: bool) -> str:
    if target.token_file:
        # Grafana reads the file itself when it provisions: the token never stands in this file.
        secret = _quoted(f"$__file{{{target.token_file}}}")
        authorization = f"authorization_scheme: Bearer\n          authorization_credentials: {secret}"
    else:
        secret = _quoted(f"$__file{{{target.password_file}}}")
        authorization = f"username: {_quoted(target.user)}\n          password: {secret}"
    head = _GRAFANA.format(
        hint=": put these routes into yours" if beside else "",
        uid=_quoted(f"pagerd-{target.source}"[:40]),
        url=_quoted(target.url),
        authorization=authorization,
    )
    return head + (_GRAFANA_BESIDE if beside else _GRAFANA_POLICY)
