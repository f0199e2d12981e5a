"""Importers: files of other products into files of pagerd, never into a database. `base.py` says how one is built."""

from collections.abc import Mapping

from pagerd.importers import pagerduty
from pagerd.importers.base import Importer

IMPORTERS: Mapping[str, Importer] = {
    "pagerduty": Importer(pagerduty.PRODUCT, (".json",), pagerduty.convert),
}
"""By the word of `pagerd import KIND`."""
