"""Asking a Prometheus from the command line."""

import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pagerd.clients.http import HttpClient
from pagerd.clients.prometheus import AlertSeries, Prometheus, ask_once
from pagerd.clients.reach import Reach
from pagerd.config.secrets import SecretFile
from pagerd.core.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Access:
    """How a request says who asks: basic auth, or a bearer token, each from a file; and whose certificates count."""

    user: str | None = None
    password_file: str | None = None
    token_file: str | None = None
    ca_file: str | None = None


def ask(
    url: str,
    access: Access,
    start: datetime,
    end: datetime,
    step: timedelta,
    progress: Callable[[int, int], None],
) -> Sequence[AlertSeries]:
    """Return which alerts fired when, as a Prometheus knows it."""
    if not url.startswith(("http://", "https://")):
        raise Unreadable(f"asking {url}: expected a URL such as http://prometheus.example.com:9090")

    client = Prometheus(url, HttpClient(reach=Reach.OWN_NETWORK, tls=_certificates(access.ca_file)), _headers(access))
    return ask_once(client, start, end, step, progress)


def _headers(access: Access) -> dict[str, str]:
    headers = {"User-Agent": "pagerd", "Accept": "application/json"}
    if access.token_file is not None:
        if access.user is not None or access.password_file is not None:
            raise Unreadable("asking Prometheus: --token-file, or --user with --password-file; one request shows one")
        return {**headers, "Authorization": f"Bearer {_secret(access.token_file)}"}
    if (access.user is None) != (access.password_file is None):
        raise Unreadable("asking Prometheus: basic auth needs both, --user and --password-file")
    if access.user is not None and access.password_file is not None:
        shown = b64encode(f"{access.user}:{_secret(access.password_file)}".encode()).decode()
        return {**headers, "Authorization": f"Basic {shown}"}
    return headers


def _secret(name: str) -> str:
    return SecretFile(name).read(Path()).reveal()


def _certificates(name: str | None) -> ssl.SSLContext | None:
    if name is None:
        return None
    try:
        return ssl.create_default_context(cafile=name)
    except (OSError, ssl.SSLError) as error:
        raise Unreadable(f"reading the certificates in {name}: {error}") from error
