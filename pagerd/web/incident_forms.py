"""Every form about one incident: when it means something, what it asks, and which command it sends.

Whether an act means anything now is what the incident machine's own table says; what stands against it, the command
says. Nothing about incidents is decided here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.errors import Conflict
from pagerd.core.incidents.decide import TABLE
from pagerd.core.incidents.events import (
    Cancelled,
    Countersigned,
    Event,
    FoundUnsolved,
    HelpAsked,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    NoteAdded,
    PageLinked,
    Reopened,
    RoleAsked,
    RoleReleased,
    SeverityChanged,
    UpdatePosted,
)
from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.on_countersign import may_countersign
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.plan import Plan
from pagerd.engine.incidents import commands, gathering
from pagerd.engine.incidents.commands import Said, Update
from pagerd.engine.work import Work
from pagerd.web.incident_fields import Field, Typed
from pagerd.web.incident_questions import (
    Seen,
    all_hands_fields,
    cancel_fields,
    handoff_fields,
    help_fields,
    merge_fields,
    mitigation_fields,
    monitor_fields,
    note_fields,
    outcome_fields,
    page_fields,
    release_fields,
    reply_fields,
    request_fields,
    severity_fields,
    text_field,
    update_fields,
)

Act = Callable[[Work, int, str, str], Awaitable[Said]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form. `says` is what pressing its button does; `done` is said when it is done."""

    title: str
    says: str
    button: str
    done: str
    event: type[Event]
    fields: Callable[[Seen], tuple[Field, ...]]
    act: Callable[[Typed], Act]
    needs: Callable[[Incident], bool] = lambda _incident: True
    """Is there anything to choose from?"""
    may: Callable[[Plan, Incident, str, datetime], bool] = lambda *_reader: True
    """May this person do it now? The command decides; here it keeps a button from whoever it would refuse."""
    for_whom: str = ""
    """Who may, where not everybody does."""
    is_main: bool = False
    """Is it one of those that are wanted in the first minutes?"""


def is_offered(form: Form, incident: Incident) -> bool:
    """Does it mean anything in this status, and is there anything to choose from?"""
    return (form.event, incident.status) in TABLE and form.needs(incident)


def _is_anything_tried(incident: Incident) -> bool:
    return incident.running > 0


def _has_anybody(incident: Incident) -> bool:
    return any(standing.holder is not None for standing in incident.roles.values())


def _was_asked(incident: Incident) -> bool:
    return incident.question > 0


def _has_followers(incident: Incident) -> bool:
    return bool(incident.followers)


def _wants_a_second_name(incident: Incident) -> bool:
    return incident.override is not None and incident.override.countersigned_at is None


def _has_or_wants_anybody(incident: Incident) -> bool:
    return _has_anybody(incident) or any(standing.is_asked for standing in incident.roles.values())


def _sent(command: Callable[..., Awaitable[Said]], *given: object) -> Act:
    """Return a command with what it is given, for whoever acts."""

    async def act(work: Work, number: int, by: str, via: str) -> Said:
        return await command(work, number, by, via, *given)

    return act


def _post_update(typed: Typed) -> Act:
    update = Update(
        know=typed.text("know"),
        doing=typed.text("doing"),
        trend=typed.text("trend"),
        eta=typed.text("eta"),
        next_in=timedelta(seconds=int(typed.text("next_in"))),
    )
    return _sent(commands.post_update, update)


def _link_page(typed: Typed) -> Act:
    page = typed.text("text") or typed.text("page")
    if not page:
        raise Conflict("choose a page, or name one by its id")
    return _sent(commands.link_page, page)


FORMS: Mapping[str, Form] = {
    "update": Form(
        title="Post update",
        says="It goes on the timeline with its number, and promises the next one.",
        button="Post it",
        done="The update is posted.",
        event=UpdatePosted,
        fields=update_fields,
        act=_post_update,
        is_main=True,
    ),
    "mitigate": Form(
        title="Try a mitigation",
        says="Stop the bleeding first: it may begin at any time, and the cause can wait.",
        button="It begins now",
        done="Noted: it is under way. Say what it did as soon as you know.",
        event=MitigationStarted,
        fields=mitigation_fields,
        act=lambda typed: _sent(commands.mitigate, typed.text("kind"), typed.text("text"), typed.text("why")),
        is_main=True,
    ),
    "mitigation": Form(
        title="Say what a mitigation did",
        says="When nothing that was tried helped, the incident is being investigated again.",
        button="Note it",
        done="Noted.",
        event=MitigationEnded,
        needs=_is_anything_tried,
        fields=outcome_fields,
        act=lambda typed: _sent(
            commands.end_mitigation, int(typed.text("which") or 0), typed.text("outcome"), typed.text("text")
        ),
        is_main=True,
    ),
    "monitor": Form(
        title="The impact is over",
        says="Customers feel nothing any more: the watch period begins. The incident is not over yet.",
        button="Watch it from now on",
        done="It is being watched.",
        event=ImpactStopped,
        fields=monitor_fields,
        act=lambda typed: _sent(commands.monitor, typed.time("at")),
        is_main=True,
    ),
    "note": Form(
        title="Write a note",
        says="It stands on the timeline at the time at which it happened.",
        button="Note it",
        done="Noted.",
        event=NoteAdded,
        fields=note_fields,
        act=lambda typed: _sent(commands.note, typed.text("text"), typed.time("at")),
        is_main=True,
    ),
    "help": Form(
        title="Call for help",
        says="It pages another team, from its primary on, until somebody answers.",
        button="Page them",
        done="They are being paged.",
        event=HelpAsked,
        fields=help_fields,
        act=lambda typed: _sent(
            commands.need_help, typed.text("team"), typed.text("what"), typed.text_or_none("target")
        ),
        is_main=True,
    ),
    "severity": Form(
        title="Change the severity",
        says="What the new one asks begins at once: roles, updates, the watch period.",
        button="Change it",
        done="The severity is changed.",
        event=SeverityChanged,
        fields=severity_fields,
        act=lambda typed: _sent(commands.set_severity, typed.text("severity"), typed.text("why")),
    ),
    "investigate": Form(
        title="It is not over",
        says="Back to investigating. Whoever commands is paged, if it was being watched.",
        button="It is not over",
        done="It is being investigated again.",
        event=FoundUnsolved,
        fields=text_field("What is wrong still"),
        act=lambda typed: _sent(commands.investigate, typed.text("text")),
    ),
    "request": Form(
        title="Ask for a role",
        says="It pages one after the other, until somebody takes it. Whoever holds it goes on until then.",
        button="Page for it",
        done="Somebody is being asked.",
        event=RoleAsked,
        fields=request_fields,
        act=lambda typed: _sent(commands.request_role, typed.text("role"), typed.text_or_none("person")),
    ),
    "handoff": Form(
        title="Hand a role over",
        says="They are paged, and it is theirs when they take it. Until then nothing changes.",
        button="Offer it",
        done="They are asked to take it.",
        event=RoleAsked,
        needs=_has_anybody,
        fields=handoff_fields,
        act=lambda typed: _sent(commands.hand_role_over, typed.text("role"), typed.text("to")),
    ),
    "release": Form(
        title="Lay a role down",
        says="One that the severity wants is asked for at once. Of one that nobody has, the asking stops.",
        button="Lay it down",
        done="Done.",
        event=RoleReleased,
        needs=_has_or_wants_anybody,
        fields=release_fields,
        act=lambda typed: _sent(commands.release_role, typed.text("role"), typed.text("why")),
    ),
    "page": Form(
        title="Add a page",
        says="The page becomes part of the incident. While it is open, whoever has the page is not asked again.",
        button="Add it",
        done="The page is part of it.",
        event=PageLinked,
        fields=page_fields,
        act=_link_page,
    ),
    "merge": Form(
        title="It is the same as another one",
        says="It goes on there, with its pages. This cannot be taken back.",
        button="Merge it",
        done="It goes on as the other one.",
        event=Merged,
        fields=merge_fields,
        act=lambda typed: _sent(commands.merge, int(typed.text("into"))),
    ),
    "cancel": Form(
        title="It was no incident",
        says="All clocks and all asking stop. Its pages go on as pages. This cannot be taken back.",
        button="Cancel it",
        done="It is cancelled.",
        event=Cancelled,
        fields=cancel_fields,
        act=lambda typed: _sent(commands.cancel, typed.text("reason"), typed.text("text")),
    ),
    "countersign": Form(
        title="Countersign the override",
        says="You say that it was right to resolve it against what was unmet. Both names stay with the incident.",
        button="Countersign it",
        done="It is countersigned.",
        event=Countersigned,
        needs=_wants_a_second_name,
        fields=lambda _seen: (),
        act=lambda _typed: _sent(commands.countersign),
        may=may_countersign,
        for_whom="a lead, an approver or an admin, and never whoever overrode",
    ),
    "room": Form(
        title="Another room",
        says="Its people meet there from now on.",
        button="Meet there",
        done="The room is changed.",
        event=RoomOpened,
        fields=text_field("An address, or a number to dial"),
        act=lambda typed: _sent(gathering.set_room, typed.text("text")),
    ),
    "all-hands": Form(
        title="Call all hands",
        says="They are paged one by one, each until they answer; whoever holds a role is spared.",
        button="Page them all",
        done="All hands are called.",
        event=AllHandsCalled,
        fields=all_hands_fields,
        act=lambda _typed: _sent(gathering.call_all_hands, True),
    ),
    "ask": Form(
        title="Ask a question",
        says="It goes to whoever speaks, and past those who work.",
        button="Ask it",
        done="It is asked. You hear of the answer.",
        event=QuestionAsked,
        fields=text_field("The question"),
        act=lambda typed: _sent(gathering.ask, typed.text("text")),
    ),
    "reply": Form(
        title="Answer a question",
        says="Whoever asked is told quietly.",
        button="Answer it",
        done="It is answered.",
        event=QuestionAnswered,
        needs=_was_asked,
        fields=reply_fields,
        act=lambda typed: _sent(gathering.reply, int(typed.text("which")), typed.text("text")),
    ),
    "follow": Form(
        title="Follow it",
        says="You are told of updates by what wakes nobody, and are not paged for it.",
        button="Follow it",
        done="You follow it.",
        event=Followed,
        fields=lambda _seen: (),
        act=lambda _typed: _sent(gathering.follow, None),
    ),
    "unfollow": Form(
        title="Follow it no more",
        says="You hear of its updates no more.",
        button="Follow it no more",
        done="You follow it no more.",
        event=Unfollowed,
        needs=_has_followers,
        fields=lambda _seen: (),
        act=lambda _typed: _sent(gathering.unfollow, None),
    ),
    "reopen": Form(
        title="Take it up again",
        says="The same incident, with its roles; its clocks begin anew.",
        button="Reopen it",
        done="It is open again.",
        event=Reopened,
        fields=text_field("Why"),
        act=lambda typed: _sent(commands.reopen, typed.text("text")),
    ),
}
"""By the last word of their addresses, in the order in which they are offered."""
