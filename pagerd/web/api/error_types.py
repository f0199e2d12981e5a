"""What every error of the API is made of."""

from typing import NotRequired, TypedDict


class Unmet(TypedDict):
    """One thing that stands against what was asked: a code, and what it means."""

    code: str
    what: str


class Error(TypedDict):
    """What went wrong, and what would be right. `unmet` is there where a transition of an incident is refused."""

    error: str
    hint: NotRequired[str]
    unmet: NotRequired[list[Unmet]]
