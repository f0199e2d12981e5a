"""Swaps, as the API writes and takes them."""

from typing import TypedDict

import msgspec

from pagerd.web.api import types


class Piece(msgspec.Struct, forbid_unknown_fields=True):
    """A shift: the whole one at an instant, or with `to` only from there until then."""

    start: types.Instant = msgspec.field(name="from")
    end: types.Instant | None = msgspec.field(name="to", default=None)


class NewSwap(msgspec.Struct, forbid_unknown_fields=True):
    """A shift of yours, and the one that you take for it; without one, whoever `of` names just takes yours."""

    schedule: str
    mine: Piece
    theirs: Piece | None = None
    of: str | None = None
    why: str = ""


class SwapReason(msgspec.Struct, forbid_unknown_fields=True):
    """Why it is decided like this."""

    why: str = ""


SwapPart = TypedDict("SwapPart", {"from": types.Instant, "to": types.Instant, "giver": str, "taker": str})
"""A span in which one is on call in the place of the other."""

SwapChange = TypedDict(
    "SwapChange",
    {"schedule": str, "from": types.Instant, "to": types.Instant, "before": list[str], "after": list[str]},
)
"""A span in which a schedule has other people than without the swap."""


class Swap(TypedDict):
    """A swap. `overrides` are the ids of those that its acceptance made.

    `decided_via` is the way by which it was decided: `cli`, `sms`, `web`, `link` behind that of a text, `email` behind
    that of a mail; empty while it waits, and where it expired.
    """

    id: str
    schedule: str
    by: str
    of: str
    parts: list[SwapPart]
    why: str
    status: str
    requested_at: types.Instant
    expires_at: types.Instant
    decided_at: types.Instant | None
    decided_via: str
    reason: str
    overrides: list[str]


class SwapList(TypedDict):
    """Swaps."""

    swaps: list[Swap]


class SwapPreview(TypedDict):
    """A swap as it would be asked for, and who would be on call instead, in all schedules."""

    swap: Swap
    changes: list[SwapChange]


class SwapAct(TypedDict):
    """What became of it."""

    sentence: str
    swap: Swap
