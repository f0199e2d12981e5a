"""Importers: files of other products into files of pagerd, never into a database. `base.py` says how one is built."""

from collections.abc import Mapping

from pagerd.importers import goalert, grafana_oncall, ical, opsgenie, pagerduty
from pagerd.importers.base import Importer

IMPORTERS: Mapping[str, Importer] = {
    "goalert": Importer(goalert.PRODUCT, (".json",), goalert.convert),
    "grafana-oncall": Importer(grafana_oncall.PRODUCT, (".json",), grafana_oncall.convert),
    "ical": Importer(ical.PRODUCT, (ical.CALENDAR, ical.PEOPLE), ical.convert, is_fetched=True),
    "opsgenie": Importer(opsgenie.PRODUCT, (".json",), opsgenie.convert),
    "pagerduty": Importer(pagerduty.PRODUCT, (".json",), pagerduty.convert),
}
"""By the word of `pagerd import KIND`."""
