"""From settings to what checks are read and action items looked at with: each Prometheus by its name, a plain GET."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from pagerd.clients.http import HttpClient
from pagerd.clients.prometheus import Prometheus
from pagerd.clients.reach import Reach
from pagerd.config.settings import PrometheusApi, Settings
from pagerd.core.errors import Unavailable
from pagerd.core.incidents.checks import Value
from pagerd.daemon.members import certificates_of, headers_of
from pagerd.daemon.missing import Missing

PROBE_BYTES_MAX = 256 * 1024
"""Of the answer to a probe, of which only the status is looked at: a front page fits."""


class Instruments:
    """Reads values and statuses; connects at the first question."""

    def __init__(self, servers: Mapping[str, Prometheus]) -> None:
        self._servers = servers
        # Services stand in our own network as a rule; a metadata service is out of reach there, too.
        self._http = HttpClient(reach=Reach.OWN_NETWORK)

    async def values(self, prometheus: str, expression: str, within: timedelta) -> Sequence[Value]:
        """Ask a Prometheus what an expression is now."""
        return await self._server(prometheus).now(expression, deadline_seconds=within.total_seconds())

    def _server(self, name: str) -> Prometheus:
        server = self._servers.get(name)
        if server is None:
            raise Unavailable(f"prometheus {name} cannot be asked: see `pagerd doctor`")
        return server

    async def alert_rules(self, prometheus: str, name: str, within: timedelta) -> Sequence[str]:
        """Ask a Prometheus which alert rules of a name it has."""
        return await self._server(prometheus).alert_rules(name, deadline_seconds=within.total_seconds())

    async def status(self, url: str, within: timedelta) -> int:
        """Ask a URL, and return with which status it answered."""
        answer = await self._http.get(
            url,
            deadline_seconds=within.total_seconds(),
            headers={"User-Agent": "pagerd"},
            body_bytes_max=PROBE_BYTES_MAX,
        )
        return answer.status

    async def close(self) -> None:
        """Give back connections."""
        for server in self._servers.values():
            await server.close()
        await self._http.close()


def instruments_of(settings: Settings, directory: Path, missing: Missing) -> Instruments:
    """Make what reads checks, where its secrets and certificates can be read."""
    made: dict[str, Prometheus] = {}
    for name, api in settings.prometheus.items():
        one = missing.or_none(f"asking prometheus {name}", partial(prometheus_of, api, directory))
        made |= {name: one} if one is not None else {}
    return Instruments(made)


def prometheus_of(api: PrometheusApi, directory: Path) -> Prometheus:
    """Make what asks one Prometheus. Raises InvalidPlan for a secret or certificates that cannot be read."""
    http = HttpClient(reach=Reach.OWN_NETWORK, tls=certificates_of(api, directory))
    return Prometheus(api.url, http, headers_of(api, directory))
