"""What `postmortems` in `rules/incidents.yaml` says."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemRules:
    """`close_after` is how long an incident that needs no postmortem stays resolved, where it can be reopened."""

    close_after: timedelta = timedelta(days=3)
