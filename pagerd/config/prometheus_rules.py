"""Reads what Prometheus' own rule files say of alerts: labels and annotations by name. What they ask is not read.

The files are read as ours are, with a place for each finding. Prometheus' format has anchors and more than ours; where
a file has them, that is said, and it is not read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pagerd.config import document
from pagerd.config.document import Items, Node, Scalar, Table
from pagerd.config.findings import render
from pagerd.core.errors import Unreadable

_LABEL = re.compile(r"\{\{-?\s*(?:\$labels\.([A-Za-z_]\w*)|\.Labels\.([A-Za-z_]\w*))\s*-?\}\}")
_TEMPLATE = re.compile(r"\{\{.*?\}\}", re.DOTALL)

UNKNOWN = "…"
"""In the place of what only Prometheus could work out, such as the value."""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """What a rule says of the alert that it makes. `labels` may be templates."""

    alert: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]

    def makes(self, labels: Mapping[str, str]) -> bool:
        """Can it have made an alert with these labels?"""
        return self.alert == labels.get("alertname") and all(
            "{{" in value or labels.get(name) == value for name, value in self.labels.items()
        )

    def annotations_of(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Return the annotations of an alert with these labels: the value and what is worked out is not known."""
        return {name: _expanded(text, labels) for name, text in self.annotations.items()}


def _expanded(text: str, labels: Mapping[str, str]) -> str:
    known = _LABEL.sub(lambda found: labels.get(found[1] or found[2], ""), text)
    # Nothing after the last end is one, and looking for it from each beginning there takes hours.
    head, end, tail = known.rpartition("}}")
    return _TEMPLATE.sub(UNKNOWN, head + end) + tail


def read_rules(file: str, text: str) -> Sequence[AlertRule]:
    """Return the alerting rules of a file. Raises Unreadable with the place of what is wrong."""
    node, findings = document.read(file, text)
    if findings:
        raise Unreadable("reading Prometheus' rules:\n" + render(findings[:1], {file: text}))
    groups = _entry(node, "groups")
    if not isinstance(groups, Items):
        raise Unreadable(f"reading Prometheus' rules in {file}: expected `groups:` with a list of groups")
    rules: list[AlertRule] = []
    for group in groups.items:
        listed = _entry(group, "rules")
        for rule in listed.items if isinstance(listed, Items) else ():
            name = _entry(rule, "alert")
            if isinstance(name, Scalar):
                rules.append(AlertRule(name.text, _texts(rule, "labels"), _texts(rule, "annotations")))
    return rules


def _entry(node: Node | None, name: str) -> Node | None:
    if not isinstance(node, Table):
        return None
    return next((value for key, value in node.entries if key.text == name), None)


def _texts(node: Node, name: str) -> dict[str, str]:
    found = _entry(node, name)
    if not isinstance(found, Table):
        return {}
    return {key.text: value.text for key, value in found.entries if isinstance(value, Scalar)}
