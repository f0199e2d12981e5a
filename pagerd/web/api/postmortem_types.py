"""What the answers about postmortems are made of, and what their acts take."""

from typing import ClassVar, TypedDict

import msgspec

from pagerd.web.api.types import Instant

BODY_BYTES_MAX = 1024 * 1024
"""A text of the longest kind, in any script, as JSON writes it."""


class PostmortemFinding(TypedDict):
    """What is missing from a postmortem, and where. With `is_error` it stands against a review."""

    code: str
    line: int
    what: str
    is_error: bool


class PostmortemState(TypedDict):
    """How a postmortem stands: `draft`, `in_review`, `accepted` or `waived`. `by` took the last step."""

    incident: int
    title: str
    severity: str
    team: str
    status: str
    state: str
    owner: str
    due: Instant
    is_overdue: bool
    submitted_by: str
    by: str
    at: Instant | None
    why: str


class Postmortem(TypedDict):
    """A postmortem with its text. `digest` names exactly this text, `file` where it is a file."""

    postmortem: PostmortemState
    file: str | None
    digest: str
    text: str
    findings: list[PostmortemFinding]


class PostmortemList(TypedDict):
    """Postmortems, the newest incident first, and whether there are older ones."""

    postmortems: list[PostmortemState]
    more: bool


class NewText(msgspec.Struct, forbid_unknown_fields=True):
    """The whole text. `based_on` is the digest of the text that was changed: a newer one is not overwritten."""

    text: str
    based_on: str | None = None

    bytes_max: ClassVar[int] = BODY_BYTES_MAX


class PostmortemReason(msgspec.Struct, forbid_unknown_fields=True):
    """Why, in a sentence."""

    why: str
