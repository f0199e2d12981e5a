"""Which secrets the settings name, and which of them are not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pagerd.config.receivers import ChatReceiver, HookReceiver
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import (
    PostgresSettings,
    Settings,
    SmtpProvider,
    Source,
    TwilioProvider,
    WebhookProvider,
)


@dataclass(frozen=True, slots=True)
class NamedSecret:
    """One reference, and what does not work without it. One that `is_ours` a daemon makes at its first start."""

    file: SecretFile
    what_for: str
    is_ours: bool = False

    def is_made_later(self, settings: Settings, directory: Path) -> bool:
        """Is it not there because no daemon was started yet?"""
        if not self.is_ours or self.file.is_credential:
            return False
        path = self.file.path(directory, None)
        return not path.exists() and path.resolve().is_relative_to(settings.state_path(directory).resolve())


def named(settings: Settings) -> tuple[NamedSecret, ...]:
    """Return each reference to a secret once."""
    found: dict[SecretFile, NamedSecret] = {}
    for one in _all(settings):
        found.setdefault(one.file, one)
    return tuple(found.values())


def missing(settings: Settings, directory: Path) -> tuple[NamedSecret, ...]:
    """Return those whose files are not there. What systemd hands to a service is not there for anybody else."""
    return tuple(
        one
        for one in named(settings)
        if not one.file.is_credential
        and not one.file.path(directory, None).exists()
        and not one.is_made_later(settings, directory)
    )


def _all(settings: Settings) -> Iterator[NamedSecret]:
    for source in settings.sources.values():
        yield from _of_source(source)
    for medium, some in settings.channels.items():
        for one in some:
            match one:
                case TwilioProvider():
                    yield from (NamedSecret(file, f"{medium} twilio") for file in one.token_files)
                case SmtpProvider() if one.password_file is not None:
                    yield NamedSecret(one.password_file, f"{medium} smtp")
                case WebhookProvider():
                    yield NamedSecret(one.secret_file, f"{medium} webhook")
                case _:
                    pass
    for name, prometheus in settings.prometheus.items():
        if prometheus.secret_file is not None:
            yield NamedSecret(prometheus.secret_file, f"asking prometheus {name}")
    if settings.tracker is not None:
        yield NamedSecret(settings.tracker.secret_file, "the tracker")
    yield from _of_receivers(settings)
    if isinstance(settings.store, PostgresSettings) and settings.store.password_file is not None:
        yield NamedSecret(settings.store.password_file, "the database")
    if settings.heartbeat is not None and settings.heartbeat.url_file is not None:
        yield NamedSecret(settings.heartbeat.url_file, "heartbeat")


def _of_source(source: Source) -> Iterator[NamedSecret]:
    password = (source.password_file,) if source.password_file is not None else ()
    yield from (NamedSecret(file, f"source {source.id}", is_ours=True) for file in (*source.token_files, *password))
    if source.api is not None and source.api.secret_file is not None:
        yield NamedSecret(source.api.secret_file, f"asking source {source.id}")


def _of_receivers(settings: Settings) -> Iterator[NamedSecret]:
    for name, receiver in settings.receivers.items():
        match receiver:
            case ChatReceiver():
                yield NamedSecret(receiver.url_file, f"receiver {name}")
            case HookReceiver():
                yield NamedSecret(receiver.secret_file, f"receiver {name}")
            case _:
                pass
