"""What happens to the postmortem of an incident, and its close. As in `events.py`; these are part of its union.

`unmet` is what a lint found, as pairs of a code and its meaning; an event that was stored has none. `incomplete` names
the action items that lack something.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemWanted:
    """A person wants a postmortem that nobody must write."""

    by: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemWritten:
    """Its text changed, to one with this digest; `of_facts` when only what pagerd writes did."""

    by: str
    via: str
    digest: str
    of_facts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemSubmitted:
    """A person says that it can be reviewed."""

    by: str
    via: str
    unmet: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemReturned:
    """A reader says what is missing: it is a draft again."""

    by: str
    via: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemAccepted:
    """A lead accepts it. `digest` is that of the text that was accepted."""

    by: str
    via: str
    digest: str
    unmet: tuple[tuple[str, str], ...] = ()
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemWaived:
    """A lead says why this incident needs none."""

    by: str
    via: str
    why: str
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A person says that nothing is left to be written about it."""

    by: str
    via: str
    incomplete: tuple[str, ...] = ()


ReviewEvent = (
    PostmortemWanted
    | PostmortemWritten
    | PostmortemSubmitted
    | PostmortemReturned
    | PostmortemAccepted
    | PostmortemWaived
    | Closed
)
