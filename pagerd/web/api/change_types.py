"""What the answers about changes are made of, and what telling of one takes."""

from typing import TypedDict

import msgspec

from pagerd.core.changes import ChangeKind
from pagerd.web.api.types import Instant


class Change(TypedDict):
    """What was changed. `source` is the machine that told of it; `null` where a person did."""

    id: str
    at: Instant
    kind: str
    service: str
    what: str
    by: str
    source: str | None
    link: str


class ChangeList(TypedDict):
    """What was changed, the newest first, and whether there was more."""

    changes: list[Change]
    more: bool


class ChangeNoted(TypedDict):
    """What became of a change that a person told of."""

    sentence: str
    change: Change


class NewChange(msgspec.Struct, forbid_unknown_fields=True):
    """What was changed; without `at` it was now.

    With an `id` of your own it is one change, however often it is sent.
    """

    kind: ChangeKind
    service: str
    what: str
    id: str | None = None
    link: str = ""
    at: Instant | None = None
