"""From settings to what can be asked: the members of each Alertmanager that has an `api_url`."""

import ssl
from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pagerd.clients.alertmanager import Alertmanager
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import Reach
from pagerd.config.settings import PrometheusApi, Settings, SourceApi
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.adapters import credentials_directory
from pagerd.daemon.missing import Missing


def members_of(settings: Settings, directory: Path, missing: Missing) -> Mapping[str, Alertmanager]:
    """Make what asks each source that can be asked, where its secrets and certificates can be read."""
    made: dict[str, Alertmanager] = {}
    for source in settings.sources.values():
        if source.api is not None:
            what = f"asking source {source.id} what it knows"
            one = missing.or_none(what, partial(_alertmanager, source.api, directory))
            made |= {source.id: one} if one is not None else {}
    return made


def _alertmanager(api: SourceApi, directory: Path) -> Alertmanager:
    # It stands in our own network as a rule; a metadata service is out of reach there, too.
    http = HttpClient(reach=Reach.OWN_NETWORK, tls=certificates_of(api, directory))
    return Alertmanager(api.urls, http, headers_of(api, directory))


def headers_of(api: SourceApi | PrometheusApi, directory: Path) -> Mapping[str, str]:
    """Return what a question shows of who asks. Raises InvalidPlan for a secret that cannot be read."""
    headers = {"User-Agent": "pagerd", "Accept": "application/json"}
    if api.secret_file is None:
        return headers
    secret = api.secret_file.read(directory, credentials_directory()).reveal()
    if api.user is None:
        return {**headers, "Authorization": f"Bearer {secret}"}
    return {**headers, "Authorization": f"Basic {b64encode(f'{api.user}:{secret}'.encode()).decode()}"}


def certificates_of(api: SourceApi | PrometheusApi, directory: Path) -> ssl.SSLContext | None:
    """Return the certificates that may sign the other side's own, where the settings name some."""
    if api.ca_file is None:
        return None
    try:
        return ssl.create_default_context(cafile=str(directory / api.ca_file))
    except (OSError, ssl.SSLError) as error:
        raise InvalidPlan(f"Reading the certificates in {directory / api.ca_file}: {error}") from error
