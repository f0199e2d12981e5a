"""One line of what the doctor found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """OK needs nothing, WARN may cost a page one day, FAIL costs pages now."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, what was seen, and what to do about it; the last is empty where all is well."""

    name: str
    verdict: Verdict
    seen: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """Write it for a machine."""
        return {"name": self.name, "verdict": self.verdict.value, "seen": self.seen, "hint": self.hint}
