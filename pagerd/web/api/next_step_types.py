"""What the answers say of what is to be done in an incident, and how incidents are run."""

from typing import TypedDict

from pagerd.web.api.types import Instant


class NextStep(TypedDict):
    """One thing to do. Without a `person` anybody may; `command` does it at a prompt, `due` is when it must be done."""

    code: str
    sentence: str
    person: str | None
    role: str | None
    due: Instant | None
    command: str


class Sop(TypedDict):
    """How incidents are run here, on one page, as Markdown."""

    revision: str
    markdown: str
