"""Which alerts share a page: those of one team, one rule and the same values of the grouping labels."""

import hashlib
from collections.abc import Iterable, Mapping

DEFAULT_GROUP_BY = ("alertname", "service", "cluster", "namespace")
"""What groups where the rule says nothing. Never the summary: its numbers change."""

KEY_MAX = 1024
"""Characters of a group key before it is shortened: an index row of any store holds it."""


def group_labels(group_by: Iterable[str] | None, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the grouping labels that the alert has, by name in order; a missing label is the same as an empty one."""
    names = sorted(set(DEFAULT_GROUP_BY if group_by is None else group_by))
    return {name: value for name in names if (value := labels.get(name, ""))}


def group_key(team: str, rule_name: str | None, group_by: Iterable[str] | None, labels: Mapping[str, str]) -> str:
    r"""Return the key of the group, readable and without ambiguity: `payments/"Slow checkout"{service="checkout"}`.

    An alert that no rule matched has no rule in its key: `payments/{...}`. A key that would be longer than KEY_MAX ends
    in a digest of the whole instead.
    """
    rule = "" if rule_name is None else _quoted(rule_name)
    values = ",".join(f"{_name(name)}={_quoted(value)}" for name, value in group_labels(group_by, labels).items())
    key = f"{team}/{rule}{{{values}}}"
    if len(key) <= KEY_MAX:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[: KEY_MAX - len(digest) - 1]}#{digest}"


def _name(name: str) -> str:
    return name if name.isidentifier() else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
