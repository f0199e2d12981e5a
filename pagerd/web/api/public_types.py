"""What the answers about customers' side of incidents are made of, and what its acts take."""

from typing import Annotated, TypedDict

import msgspec
from msgspec import Meta

from pagerd.core.incidents.public import ComponentState, PublicKind
from pagerd.web.api.types import Instant, Length


class PublicDraft(TypedDict):
    """One draft and what became of it: `pending`, `published`, `rejected` or `dropped`.

    `by` is null where pagerd proposed it. `digest` names exactly this text. `mail` is how a mail with it reads, and
    `promises` what it promises, which keeps it from being approved. `slot_at` is when customers should have heard it,
    `met` whether they did; `null` where nothing was promised.
    """

    number: int
    kind: str
    title: str
    text: str
    components: dict[str, str]
    next_in: Length | None
    digest: str
    by: str | None
    at: Instant
    status: str
    ended_by: str | None
    ended_at: Instant | None
    why: str
    slot_at: Instant | None
    met: bool | None
    next_at: Instant | None
    subject: str
    mail: str
    promises: list[str]


class PublicDelivery(TypedDict):
    """One mail of what was published last. `trouble` is what keeps it from arriving; empty where nothing does."""

    to: str
    status: str
    trouble: str


class PublicStory(TypedDict):
    """One incident as customers are told of it.

    `due_at` is by when they must hear something, `missed` how often they did not. `page_trouble` is what keeps the
    status page from being written; empty where nothing does.
    """

    number: int
    kind: str | None
    title: str
    address: str
    due_at: Instant | None
    is_overdue: bool
    missed: int
    drafts: list[PublicDraft]
    mails: list[PublicDelivery]
    page_trouble: str


class PublicAct(TypedDict):
    """What became of an act. `pending` is the number of the draft that waits for approval now, if any."""

    sentence: str
    number: int
    pending: int | None


class PublicLine(TypedDict):
    """One incident that customers read of, or wait to hear of: then it has no `kind` yet."""

    number: int
    kind: str | None
    title: str
    address: str
    due_at: Instant | None
    is_overdue: bool
    pending: int | None


class PublicComponent(TypedDict):
    """A component, and how customers see it since when."""

    component: str
    name: str
    state: str
    since: Instant | None
    services: list[str]


class PublicList(TypedDict):
    """Which incidents customers read of or wait to hear of, and how each component is."""

    headline: str
    incidents: list[PublicLine]
    components: list[PublicComponent]
    page_trouble: str


class ComponentAct(TypedDict):
    """What became of it."""

    sentence: str


class NewPublicDraft(msgspec.Struct, forbid_unknown_fields=True):
    """What customers would read. What is left out is proposed, from what is public already.

    `symptom` and `impact` are what is wrong and who feels it, in customers' words, for a text that is proposed; `text`
    is all of it in your own. `next_in` promises the next one.
    """

    kind: PublicKind | None = None
    title: str = ""
    text: str = ""
    symptom: str = ""
    impact: str = ""
    next_in: Length | None = None
    components: dict[str, ComponentState] = {}


class PublicApproval(msgspec.Struct, forbid_unknown_fields=True):
    """An approval. `override` is why a text may promise something all the same."""

    override: str = ""


class PublicRejection(msgspec.Struct, forbid_unknown_fields=True):
    """Why it is not to be published."""

    why: Annotated[str, Meta(max_length=500)] = ""


class NewComponentState(msgspec.Struct, forbid_unknown_fields=True):
    """How a component is, as a person says apart from any incident."""

    state: ComponentState
