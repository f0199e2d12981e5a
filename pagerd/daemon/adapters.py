"""From settings to adapters: providers by medium, and what the engine must know of each source."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from pagerd.channels import console, email, sms, tracker, voice, webhook
from pagerd.channels.base import Provider
from pagerd.config.settings import (
    ConsoleProvider,
    ProviderSettings,
    Settings,
    SmtpProvider,
    SourceKind,
    TwilioProvider,
    WebhookProvider,
    names_of,
)
from pagerd.core.errors import InvalidPlan
from pagerd.core.people import Medium
from pagerd.daemon.missing import Missing
from pagerd.engine.carriers import Rates
from pagerd.engine.work import SourceTraits

SOCKET = "pagerd.sock"


def credentials_directory() -> Path | None:
    """Return where systemd put credentials, or None."""
    found = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(found) if found else None


def socket_path(settings: Settings, directory: Path) -> Path:
    """Return where the people of this host ask: where the service manager made a place for it, else beside the state.

    The state is for pagerd alone; under a service manager the socket stands elsewhere, or nobody could reach it.
    """
    made = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    return Path(made) / SOCKET if made else settings.socket_path(directory)


def providers_of(
    settings: Settings, directory: Path, clock: Callable[[], datetime], missing: Missing
) -> Mapping[Medium, tuple[Provider, ...]]:
    """Make the providers of each medium, in the files' order. Raises InvalidPlan when not one of them can be made."""
    made: dict[Medium, tuple[Provider, ...]] = {}
    for medium, some in settings.channels.items():
        found = (
            missing.or_none(
                f"provider {name} of {medium.value}", partial(_provider, medium, one, name, directory, clock)
            )
            for one, name in zip(some, names_of(some), strict=True)
        )
        made[medium] = tuple(one for one in found if one is not None)
    if settings.channels and not any(made.values()):
        raise InvalidPlan(f"nobody could be told of anything: {'; '.join(missing.words)}")
    return made


def tracker_of(settings: Settings, directory: Path, clock: Callable[[], datetime]) -> tracker.Tracker | None:
    """Make what tells the tracker, where there is one. Raises InvalidPlan for a secret that is missing."""
    one = settings.tracker
    if one is None:
        return None
    secret = one.secret_file.read(directory, credentials_directory()).reveal()
    return tracker.Tracker(url=one.url, secret=secret, clock=clock)


def rates_of(settings: Settings) -> Rates:
    """Return how many messages each provider takes, where the files say so."""
    return {
        (medium, name): one.rate
        for medium, some in settings.channels.items()
        for one, name in zip(some, names_of(some), strict=True)
        if one.rate is not None
    }


def _provider(
    medium: Medium, one: ProviderSettings, name: str, directory: Path, clock: Callable[[], datetime]
) -> Provider:
    credentials = credentials_directory()
    given: dict[str, object] = {"name": name}
    match one:
        case ConsoleProvider():
            pass
        case TwilioProvider():
            tokens = [file.read(directory, credentials).reveal() for file in one.token_files]
            given |= {"account": one.account, "token": tokens[0], "sender": one.sender}
            if len(tokens) > 1 and tokens[1] != tokens[0]:
                given["second_token"] = tokens[1]
            if one.api_url is not None:
                given["api_url"] = one.api_url
        case SmtpProvider():
            given |= {"host": one.host, "port": one.port, "tls": one.tls.value, "sender": one.sender}
            if one.user is not None and one.password_file is not None:
                given |= {"user": one.user, "password": one.password_file.read(directory, credentials).reveal()}
        case WebhookProvider():
            given |= {"url": one.url, "secret": one.secret_file.read(directory, credentials).reveal()}
    return build(medium, one.kind.value, clock=clock, **given)


def build(medium: Medium, kind: str, *, clock: Callable[[], datetime], **settings: object) -> Provider:
    """Make one provider; it connects when it first sends. The settings are the keyword arguments of its class.

    An unknown kind is InvalidPlan, and so is a setting that cannot be right. `clock` is for dates on messages.
    """
    makers: dict[tuple[Medium, str], Callable[..., Provider]] = {
        (Medium.SMS, "twilio"): sms.TwilioSms,
        (Medium.VOICE, "twilio"): voice.TwilioVoice,
        (Medium.EMAIL, "smtp"): partial(email.Smtp, clock=clock),
        **{(each, "webhook"): partial(webhook.Webhook, medium=each, clock=clock) for each in Medium},
        **{(each, "console"): partial(console.Console, medium=each) for each in Medium},
    }
    maker = makers.get((medium, kind))
    if maker is None:
        known = sorted(kind for reached, kind in makers if reached is medium)
        raise InvalidPlan(f"opening a channel for {medium.value}: no kind {kind!r}, expected one of {', '.join(known)}")
    return maker(**settings)


def traits_of(settings: Settings) -> Mapping[str, SourceTraits]:
    """Return what the engine must know of each source."""
    heartbeats = [source.heartbeat for source in settings.sources.values() if source.heartbeat is not None]
    return {
        source.id: SourceTraits(
            name=source.id,
            silent_after=source.silent_after,
            stale_resolves_after=source.stale_resolves_after,
            brings_alerts=source.kind is not SourceKind.CHANGES,
            is_asked=source.api is not None,
            heartbeat=source.heartbeat,
            feeds=tuple(one for one in heartbeats if one.fed_by == source.id),
        )
        for source in settings.sources.values()
    }
