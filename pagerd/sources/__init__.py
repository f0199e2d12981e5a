"""Where alerts and changes come in: one parser per kind of sender."""

from collections.abc import Mapping
from types import MappingProxyType

from pagerd.sources import alertmanager, changes, generic, grafana, heartbeat, prometheus
from pagerd.sources.base import AtOnce, Parser

PARSERS: Mapping[str, Parser] = MappingProxyType(
    {
        "alertmanager": alertmanager.parse,
        "generic": generic.parse,
        "grafana": grafana.parse,
        "prometheus": prometheus.parse,
        "heartbeat": heartbeat.parse,
        "changes": changes.parse,
    }
)
"""The parser of each `kind` that a source of `pagerd.yaml` may have."""

AT_ONCE: Mapping[str, AtOnce] = MappingProxyType(
    {
        "alertmanager": alertmanager.at_once,
        "generic": generic.at_once,
        "grafana": grafana.at_once,
        "prometheus": prometheus.at_once,
        "heartbeat": heartbeat.at_once,
        "changes": changes.at_once,
    }
)
"""What reads a short well-formed body of each kind, without a detour."""
