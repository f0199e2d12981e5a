"""Where alerts come in: one parser per kind of sender."""

from collections.abc import Mapping
from types import MappingProxyType

from pagerd.sources import alertmanager, generic
from pagerd.sources.base import Parser

PARSERS: Mapping[str, Parser] = MappingProxyType(
    {
        "alertmanager": alertmanager.parse,
        "generic": generic.parse,
    }
)
"""The parser of each `kind` that a source of `pagerd.yaml` may have."""
