"""Where alerts come in: one parser per kind of sender."""

from collections.abc import Mapping
from types import MappingProxyType

from pagerd.sources import alertmanager, generic
from pagerd.sources.base import AtOnce, Parser

PARSERS: Mapping[str, Parser] = MappingProxyType(
    {
        "alertmanager": alertmanager.parse,
        "generic": generic.parse,
    }
)
"""The parser of each `kind` that a source of `pagerd.yaml` may have."""

AT_ONCE: Mapping[str, AtOnce] = MappingProxyType(
    {
        "alertmanager": alertmanager.at_once,
        "generic": generic.at_once,
    }
)
"""What reads a short well-formed body of each kind, without a detour."""
