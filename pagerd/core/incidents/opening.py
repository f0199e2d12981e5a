"""How an incident begins: as a suspicion, declared at once, or written down when it was over."""

from datetime import datetime
from itertools import pairwise

from pagerd.core.incidents import asking, on_public, on_roles
from pagerd.core.incidents.draft import Decision, Draft
from pagerd.core.incidents.effects import Carry, EndPages, KeepUpdate, LinkPage, TellLeadership
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.incident import TRIAGE_LASTS, Cadence, Incident, IncidentStatus, Lull, Mode, name_of
from pagerd.core.incidents.messages import Write, write_plainly
from pagerd.core.incidents.severity import CheatSheet, proposed_rank
from pagerd.core.plan import Plan, Severity


def open_incident(
    incident: Incident,
    plan: Plan,
    now: datetime,
    *,
    declare_now: bool,
    via: str,
    page: str | None,
    write: Write = write_plainly,
) -> Decision:
    """Open an incident that has its number. It is of this page, if of any. Raises TransitionRefused."""
    draft = Draft(incident, plan, now, write)
    if not draft.policy.is_incident:
        raise draft.refuse("severity_is_ticket", _a_ticket(draft))
    check_times(draft)
    draft.record(
        "incident.opened",
        by=incident.opened_by,
        via=via,
        title=incident.title,
        severity=incident.severity,
        detection=(incident.detection or "").replace("_", " "),
        triggers=", ".join(one.replace("_", " ") for one in incident.triggers),
    )
    say_proposal(draft)
    if incident.mode is Mode.BACKFILL:
        draft.record("incident.backfilled", by=incident.opened_by)
        return draft.decision()
    if incident.is_drill:
        draft.record("incident.drill")
    if incident.room is not None:
        draft.record("room.opened", place=incident.room.place)
    elif plan.incidents.room.bridges:
        draft.record("room.none_free", count=str(len(plan.incidents.room.bridges)))
    if page is not None:
        link(draft, page)
    if declare_now:
        declare(draft, incident.opened_by, via)
    else:
        draft.change(triage_until=now + TRIAGE_LASTS)
        draft.record("incident.triage", until=(now + TRIAGE_LASTS).isoformat())
    on_public.follow(draft, None)
    return draft.decision()


def declare(draft: Draft, by: str, via: str) -> None:
    """Make it loud: ask for the roles, tell the leadership, post update 0, promise the next one."""
    policy = draft.policy
    if policy.update_every is None:
        raise draft.refuse("severity_is_ticket", _a_ticket(draft))
    # What the checks said of the suspicion is on the timeline; from here on they are read when it is being watched.
    draft.change(
        status=IncidentStatus.INVESTIGATING,
        declared_at=draft.now,
        triage_until=None,
        lull=Lull(since=draft.now),
        readings={},
    )
    draft.do(EndPages(errand=Errand.TRIAGE, why="the incident was declared", by=by))
    draft.record("incident.declared", by=by, via=via, severity=draft.incident.severity)
    # The first promise is the shortest one: nobody knows anything yet, and everybody waits.
    first_at = draft.now + policy.update_every.least
    draft.change(cadence=promise(draft.now, first_at), update=0)
    draft.do(
        KeepUpdate(
            number=0,
            status=IncidentStatus.INVESTIGATING.value,
            know=draft.incident.title,
            by=by,
            next_at=first_at,
        )
    )
    draft.record("update.first", number="0", next_at=first_at.isoformat())
    asking.ask_for_vacant(draft)
    on_roles.fill_gap(draft)
    asking.ask_joiners(draft)
    tell_leadership(draft)


def _a_ticket(draft: Draft) -> str:
    incident = draft.incident
    return f"{incident.severity} is a ticket, and no incident: pagerd tickets open {incident.team} {incident.title}"


def promise(now: datetime, at: datetime) -> Cadence:
    """Return the clock of a promise; one that is nearly due needs no reminder."""
    fresh = Cadence(next_at=at)
    return fresh if fresh.due is not None and fresh.due > now else Cadence(next_at=at, was_reminded=True)


def link(draft: Draft, page: str) -> None:
    """Make a page part of it: while the incident is open, whoever has the page is not asked whether they sleep."""
    draft.do(LinkPage(page=page))
    draft.do(Carry(is_open=True))
    draft.record("incident.page_linked", page=page)


def tell_leadership(draft: Draft, known: tuple[str, ...] = ()) -> None:
    """Tell whoever the severity says must know; a drill is nobody's trouble."""
    targets = tuple(target for target in draft.policy.leadership if target not in known)
    if targets and draft.incident.mode is Mode.LIVE:
        incident = draft.incident
        text = f"{name_of(incident).capitalize()}, {incident.severity}, team {incident.team}: {incident.title}"
        draft.do(TellLeadership(targets=targets, text=text))
        draft.record("incident.leadership_told", people=", ".join(targets))


def check_times(draft: Draft) -> None:
    """Refuse instants that cannot be true together: what began, was noticed, ended, in this order, and not later."""
    incident = draft.incident
    known = [
        ("the beginning of the impact", incident.impact_started_at),
        ("its detection", incident.detected_at),
        ("its declaration", incident.declared_at),
        ("its resolution", incident.resolved_at),
        ("now", draft.now),
    ]
    said = [(what, at) for what, at in known if at is not None]
    for (before, at), (after, later) in pairwise(said):
        if at > later:
            raise draft.refuse("times_out_of_order", f"{before} cannot be later than {after}")
    ended = incident.impact_ended_at
    if ended is not None and not (incident.impact_started_at or ended) <= ended <= (incident.resolved_at or draft.now):
        raise draft.refuse("times_out_of_order", "the impact ended after it began, and before it was resolved")


def proposed_severity(plan: Plan, sheet: CheatSheet | None) -> Severity | None:
    """Return the severity of the rank that the answers propose, or the nearest there is; None without an answer."""
    rank = proposed_rank(sheet) if sheet is not None else None
    if rank is None:
        return None
    fit = [one for one in plan.severities.values() if one.incident.is_incident]
    return min(fit, key=lambda one: (abs(one.rank - rank), one.rank), default=None)


def say_proposal(draft: Draft) -> None:
    """Write down what was answered to the three questions, what that proposes, and what was chosen instead."""
    incident, sheet = draft.incident, draft.incident.cheat_sheet
    if sheet is None or not sheet.is_answered:
        return
    words = {True: "yes", False: "no", None: "not known"}
    draft.record(
        "incident.cheat_sheet",
        core_blocked=words[sheet.core_blocked],
        at_risk=words[sheet.at_risk],
        growing=words[sheet.growing],
        proposed=incident.proposed or "",
        chosen=incident.severity if incident.proposed not in (None, incident.severity) else "",
    )
