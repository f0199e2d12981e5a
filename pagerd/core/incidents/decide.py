"""The incident machine: `decide(incident, event, plan, now)` says what becomes of it, what must be done, and why.

`TABLE` has a function for each event in each status in which it means something. A pair that is not in it raises
IllegalTransition and changes nothing; what means something and may not be now raises TransitionRefused, which says by
code what stands against it. Nothing here knows how a message travels or where an incident is kept.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pagerd.core.errors import IllegalTransition
from pagerd.core.incidents import (
    on_actions,
    on_countersign,
    on_lifecycle,
    on_public,
    on_refire,
    on_review,
    on_roles,
    on_room,
    on_time,
    on_triage,
    on_updates,
    on_watch,
)
from pagerd.core.incidents.draft import Decision, Draft
from pagerd.core.incidents.events import (
    ActionMoved,
    Cancelled,
    ChecksMissed,
    ChecksRead,
    Countersigned,
    CriterionRead,
    Declared,
    ErrandAnswered,
    Event,
    FoundUnsolved,
    HelpAsked,
    HypothesisJudged,
    HypothesisStated,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    NoteAdded,
    PageLinked,
    PublicApproved,
    PublicDrafted,
    PublicRejected,
    Refired,
    Reopened,
    Resolved,
    RoleAsked,
    RoleGivenBack,
    RoleReleased,
    RoleTaken,
    SeverityChanged,
    StepMarked,
    TimerFired,
    TookIn,
    UpdatePosted,
)
from pagerd.core.incidents.incident import DECLARED, OPEN, Incident, IncidentStatus
from pagerd.core.incidents.messages import Write, write_plainly
from pagerd.core.incidents.review_events import (
    Closed,
    PostmortemAccepted,
    PostmortemReturned,
    PostmortemSubmitted,
    PostmortemWaived,
    PostmortemWanted,
    PostmortemWritten,
)
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    NobodyCame,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.plan import Plan

_TRIAGE, _INVESTIGATING, _MITIGATING, _MONITORING = OPEN
_RESOLVED = IncidentStatus.RESOLVED

# Each function takes the events of its own row, which no type of a table can say.
_Function = Callable[[Draft, Any], None]

_ROWS: tuple[tuple[type[Event], Iterable[IncidentStatus], _Function], ...] = (
    (Declared, (_TRIAGE,), on_lifecycle.declared),
    (SeverityChanged, (*OPEN, _RESOLVED), on_lifecycle.severity_changed),
    (MitigationStarted, OPEN, on_lifecycle.mitigation_started),
    (MitigationEnded, (*DECLARED, _RESOLVED), on_lifecycle.mitigation_ended),
    (ImpactStopped, (_INVESTIGATING, _MITIGATING), on_lifecycle.impact_stopped),
    (FoundUnsolved, (_MITIGATING, _MONITORING), on_lifecycle.found_unsolved),
    (CriterionRead, DECLARED, on_watch.criterion_read),
    # A suspicion is looked at, and what is being watched; in between people repair, and red would be no news.
    (ChecksRead, (_TRIAGE, _MONITORING), on_watch.checks_read),
    (ChecksMissed, (_MONITORING,), on_watch.checks_missed),
    (Resolved, DECLARED, on_lifecycle.resolved),
    (Countersigned, (_RESOLVED, IncidentStatus.CLOSED), on_countersign.countersigned),
    (Refired, (_MONITORING, _RESOLVED), on_refire.refired),
    (Reopened, (_RESOLVED,), on_lifecycle.reopened),
    # What is being watched had an impact: it is resolved, not cancelled.
    (Cancelled, (_TRIAGE, _INVESTIGATING, _MITIGATING), on_lifecycle.cancelled),
    (Merged, OPEN, on_lifecycle.merged),
    (TookIn, OPEN, on_lifecycle.took_in),
    (PageLinked, OPEN, on_lifecycle.page_linked),
    (RoleAsked, OPEN, on_roles.asked),
    (RoleTaken, OPEN, on_roles.taken),
    (RoleGivenBack, OPEN, on_roles.given_back),
    (RoleReleased, OPEN, on_roles.released),
    (NobodyCame, OPEN, on_roles.nobody_came),
    (HelpAsked, OPEN, on_roles.help_asked),
    # What is over may still owe customers a word.
    (ErrandAnswered, IncidentStatus, on_roles.errand_answered),
    (UpdatePosted, DECLARED, on_updates.posted),
    (NoteAdded, IncidentStatus, on_updates.noted),
    (ActionMoved, IncidentStatus, on_actions.moved),
    (PublicDrafted, IncidentStatus, on_public.drafted),
    (PublicApproved, IncidentStatus, on_public.approved),
    (PublicRejected, IncidentStatus, on_public.rejected),
    (StepMarked, OPEN, on_triage.step_marked),
    (HypothesisStated, (*OPEN, _RESOLVED), on_triage.hypothesis_stated),
    (HypothesisJudged, (*OPEN, _RESOLVED), on_triage.hypothesis_judged),
    (RoomOpened, OPEN, on_room.room_opened),
    (AllHandsCalled, DECLARED, on_room.all_hands_called),
    (Followed, (*OPEN, _RESOLVED), on_room.followed),
    (Unfollowed, (*OPEN, _RESOLVED), on_room.unfollowed),
    (QuestionAsked, (*OPEN, _RESOLVED), on_room.question_asked),
    (QuestionAnswered, (*OPEN, _RESOLVED), on_room.question_answered),
    (TimerFired, IncidentStatus, on_time.timer_fired),
    (PostmortemWanted, (_RESOLVED,), on_review.wanted),
    (PostmortemWritten, (_RESOLVED,), on_review.written),
    (PostmortemSubmitted, (_RESOLVED,), on_review.submitted),
    (PostmortemReturned, (_RESOLVED,), on_review.returned),
    (PostmortemAccepted, (_RESOLVED,), on_review.accepted),
    (PostmortemWaived, (_RESOLVED,), on_review.waived),
    (Closed, (_RESOLVED,), on_review.closed),
)

TABLE: Mapping[tuple[type[Event], IncidentStatus], _Function] = {
    (event, status): function for event, statuses, function in _ROWS for status in statuses
}
"""What each event does in each status in which it means something."""


def decide(incident: Incident, event: Event, plan: Plan, now: datetime, write: Write = write_plainly) -> Decision:
    """Decide one event on one incident. Raises IllegalTransition, or TransitionRefused with what is unmet.

    `write` gives what is proposed to customers its words.
    """
    function = TABLE.get((type(event), incident.status))
    if function is None:
        what = f"{type(event).__name__} means nothing there"
        raise IllegalTransition(f"incident {incident.number} is {incident.status}: {what}")
    draft = Draft(incident, plan, now, write)
    function(draft, event)
    on_public.follow(draft, incident)
    return draft.decision()
