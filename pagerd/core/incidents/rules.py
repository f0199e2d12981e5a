"""How incidents are run, beside what each severity asks: what stands in `rules/incidents.yaml`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRules:
    """One field for each key of the file; each has its default."""
