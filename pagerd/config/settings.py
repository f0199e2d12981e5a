"""The installation: `pagerd.yaml`.

The values are here, their reading is in `installation.py`. Paths and secrets are as written: whoever opens them knows
the directory. Every limit says where its number comes from.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from pagerd.config.receivers import ReceiverSettings
from pagerd.config.secrets import SecretFile
from pagerd.config.values import Address
from pagerd.core.alerts.heartbeat import Heartbeat
from pagerd.core.contact_questions import ContactRules
from pagerd.core.paging.standing import Rate
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.core.plan import Keep, Times
from pagerd.core.worklog.rules import NightRules

VERSION = 1
"""The version of the format that this pagerd reads."""


class SourceKind(StrEnum):
    """What speaks to a source's address."""

    ALERTMANAGER = "alertmanager"
    PROMETHEUS = "prometheus"
    GRAFANA = "grafana"
    GENERIC = "generic"
    HEARTBEAT = "heartbeat"
    CHANGES = "changes"


class ProviderKind(StrEnum):
    """Who carries a message."""

    CONSOLE = "console"
    TWILIO = "twilio"
    SMTP = "smtp"
    WEBHOOK = "webhook"


class Tls(StrEnum):
    """How a mail server is spoken to: STARTTLS on a plain port, TLS from the first byte, or not at all."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class ReplyCodes(StrEnum):
    """Two digits, or always four signs."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLimits:
    """What one message of a source may hold."""

    body_bytes_max: int = 8 * 1024 * 1024  # 10,000 alerts of 800 bytes, as Alertmanager writes them.
    depth_max: int = 32  # Alertmanager's own payload has depth 4; templates may add a little.
    alerts_max: int = 10_000  # Prometheus' notifier queue holds 10,000: no honest sender has more to say at once.
    labels_max: int = 256  # five times the widest alert seen in the wild.
    text_max: int = 16_384  # characters of one label value or annotation; longer ones are cut, and say so.


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceApi:
    """Where the members of a source can be asked, and with what. A secret is a password with a user, else a token."""

    urls: tuple[str, ...]
    user: str | None = None
    secret_file: SecretFile | None = None
    ca_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrometheusApi:
    """A Prometheus that is asked for values, and with what. A secret is a password with a user, else a token."""

    url: str
    user: str | None = None
    secret_file: SecretFile | None = None
    ca_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where alerts come in. `token_files` are the tokens good now: each member's own, two while one is changed."""

    id: str
    kind: SourceKind
    token_files: tuple[SecretFile, ...] = ()
    user: str | None = None
    password_file: SecretFile | None = None
    silent_after: timedelta | None = None
    stale_resolves_after: timedelta | None = None
    heartbeat: Heartbeat | None = None
    api: SourceApi | None = None
    limits: SourceLimits = field(default_factory=SourceLimits)

    @property
    def path(self) -> str:
        """Where its messages are posted, below the address that pagerd listens on."""
        return _PATHS[self.kind].format(source=self.id)


_PATHS: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.ALERTMANAGER: "/api/v1/alertmanager/{source}",
        SourceKind.PROMETHEUS: "/api/v1/prometheus/{source}/api/v2/alerts",
        SourceKind.GRAFANA: "/api/v1/grafana/{source}",
        SourceKind.GENERIC: "/api/v1/alerts/{source}",
        SourceKind.HEARTBEAT: "/api/v1/heartbeat/{source}",
        SourceKind.CHANGES: "/api/v1/changes/{source}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleProvider:
    """Prints what would be sent."""

    kind: ProviderKind = ProviderKind.CONSOLE
    name: str | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioProvider:
    """An account at Twilio. The first token that works signs our requests; either may have signed theirs."""

    account: str
    token_files: tuple[SecretFile, ...]
    sender: str
    api_url: str | None = None
    kind: ProviderKind = ProviderKind.TWILIO
    name: str | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpProvider:
    """A mail server."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str | None = None
    password_file: SecretFile | None = None
    kind: ProviderKind = ProviderKind.SMTP
    name: str | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookProvider:
    """Any service that takes a signed POST."""

    url: str
    secret_file: SecretFile
    kind: ProviderKind = ProviderKind.WEBHOOK
    name: str | None = None
    rate: Rate | None = None


ProviderSettings = ConsoleProvider | TwilioProvider | SmtpProvider | WebhookProvider


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHeartbeat:
    """A second system that is told at a steady pace that pagerd goes on. One of `url` and `url_file` says where."""

    url: str | None = None
    url_file: SecretFile | None = None
    every: timedelta = timedelta(minutes=1)  # what watchers take for their period without being asked


def names_of(providers: Sequence[ProviderSettings]) -> tuple[str, ...]:
    """Return how the providers of one medium are told apart: by their names, else by kind and, from 2 on, a number."""
    taken = {one.name for one in providers if one.name is not None}
    names: list[str] = []
    for one in providers:
        numbered = (f"{one.kind.value}-{number}" for number in itertools.count(2))
        free = (name for name in itertools.chain((one.kind.value,), numbered) if name not in taken)
        names.append(one.name or next(free))
        taken.add(names[-1])
    return tuple(names)


@dataclass(frozen=True, slots=True)
class SqliteSettings:
    """An embedded database in one file."""

    path: str

    def __str__(self) -> str:
        """Write it as it is written in the files."""
        return f"sqlite:{self.path}"


class DatabaseTls(StrEnum):
    """How a connection to a database server is encrypted, and how much the server must prove."""

    DISABLE = "disable"
    PREFER = "prefer"
    REQUIRE = "require"
    VERIFY_CA = "verify-ca"
    VERIFY_FULL = "verify-full"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresSettings:
    """A database on a server, which several nodes share."""

    hosts: tuple[tuple[str, int], ...]
    database: str
    user: str
    password_file: SecretFile | None = None
    tls: DatabaseTls = DatabaseTls.PREFER
    tls_ca_file: str | None = None
    prepared_statements: bool = True

    def __str__(self) -> str:
        """Write it as an address, which holds no secret."""
        hosts = ",".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        return f"postgresql://{self.user}@{hosts}/{self.database}"


StoreSettings = SqliteSettings | PostgresSettings


DEFAULT_NOTIFY: Mapping[Urgency, tuple[NotificationRule, ...]] = {
    Urgency.HIGH: (NotificationRule(Medium.SMS), NotificationRule(Medium.VOICE, timedelta(minutes=2))),
    Urgency.LOW: (NotificationRule(Medium.EMAIL),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of `pagerd.yaml`. `operators` is who is told when pagerd itself is in trouble."""

    operators: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    """Who may approve what the public reads; nobody named means the operators."""
    listen: tuple[Address, ...] = (Address("127.0.0.1", 8911),)
    public_url: str | None = None
    state_dir: str = ".pagerd"
    postmortem_dir: str | None = None
    """Where postmortems are files; None keeps them in the database alone."""
    store: StoreSettings = SqliteSettings(".pagerd/pagerd.db")
    sources: Mapping[str, Source] = field(default_factory=dict)
    channels: Mapping[Medium, tuple[ProviderSettings, ...]] = field(default_factory=dict)
    notify: Mapping[Urgency, tuple[NotificationRule, ...]] = field(default_factory=lambda: DEFAULT_NOTIFY)
    times: Times = field(default_factory=Times)
    keep: Keep = field(default_factory=Keep)
    nights: NightRules = field(default_factory=NightRules)
    contacts: ContactRules = field(default_factory=lambda: ContactRules(ask_after=timedelta(days=30)))
    digest_at: time | None = time(9)
    """When teams that say nothing else get their daily digest, wall time in their own zone."""
    tracker: WebhookProvider | None = None
    """Where what happens to tickets and action items is told besides."""
    receivers: Mapping[str, ReceiverSettings] = field(default_factory=dict)
    """Who is told of incidents, by name."""
    heartbeat: OwnHeartbeat | None = None
    prometheus: Mapping[str, PrometheusApi] = field(default_factory=dict)
    """Those that are asked for values, by name."""
    reply_codes: ReplyCodes = ReplyCodes.SHORT
    status_page_dir: str | None = None
    metrics_open: bool = True
    poll_every: timedelta = timedelta(seconds=5)
    # Whoever texted an answer and hears nothing for longer texts again. 720 requests an hour are far below any limit of
    # Twilio's, and they are made only while somebody's answer is awaited.

    @property
    def media(self) -> frozenset[Medium]:
        """The media that have a provider."""
        return frozenset(medium for medium, providers in self.channels.items() if providers)

    def needs_restart(self, running: "Settings") -> tuple[str, ...]:
        """Return the keys in which these differ from what a daemon was started with and only a restart can change."""
        fixed = ("listen", "state_dir", "store", "status_page_dir")
        return tuple(name for name in fixed if getattr(self, name) != getattr(running, name))

    def state_path(self, directory: Path) -> Path:
        """Return the directory that pagerd writes to, for a config directory."""
        return directory / self.state_dir

    def postmortem_path(self, directory: Path) -> Path | None:
        """Return the directory of the postmortems, or None."""
        return directory / self.postmortem_dir if self.postmortem_dir is not None else None

    def socket_path(self, directory: Path) -> Path:
        """Return the socket of the CLI."""
        return self.state_path(directory) / "pagerd.sock"

    def store_path(self, directory: Path) -> Path | None:
        """Return the file of the embedded database; None where everything is kept on a server."""
        return directory / self.store.path if isinstance(self.store, SqliteSettings) else None
