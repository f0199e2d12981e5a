"""What the answers about action items are made of, and what their acts take."""

from typing import Annotated, TypedDict

import msgspec
from msgspec import Meta

from pagerd.core.actions.terms import Bar, Priority
from pagerd.core.actions.written import WrittenAction
from pagerd.web.api.types import Instant, TimelineEntry

Day = Annotated[str, Meta(extra_json_schema={"format": "date"})]


class Action(WrittenAction):
    """An action item. `lacks` are the codes of what is missing; `ref` is what a tracker calls it."""

    remind_at: Instant | None
    ref: str | None
    ref_url: str | None
    lacks: list[str]


class ActionFinding(TypedDict):
    """What an action item lacks: a code, and what would be right."""

    code: str
    what: str


class ActionList(TypedDict):
    """Action items, the newest first, and whether there are older ones."""

    actions: list[Action]
    more: bool


class ActionStory(TypedDict):
    """An action item, what it lacks, and all that happened to it."""

    action: Action
    findings: list[ActionFinding]
    zone: str
    timeline: list[TimelineEntry]


class ActionAct(TypedDict):
    """What became of an act."""

    sentence: str
    action: Action


class NewAction(msgspec.Struct, forbid_unknown_fields=True):
    """An action item. Without `due` it is due when the severity of its incident says."""

    title: str
    owner: str = ""
    due: Day | None = None
    priority: Priority | None = None
    verification: str = ""
    impact: str = ""
    bars: list[Bar] = []


class ActionChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is said otherwise; what is left out stays as it is."""

    title: str | None = None
    owner: str | None = None
    due: Day | None = None
    priority: Priority | None = None
    verification: str | None = None
    impact: str | None = None
    bars: list[Bar] | None = None


class DoneNote(msgspec.Struct, forbid_unknown_fields=True):
    """What was done, where that needs saying."""

    text: str = ""
