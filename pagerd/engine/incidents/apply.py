"""The one place that persists what was decided of an incident.

State, history, timer, rows and pages are written in one transaction. Nothing is sent here; a page that an incident
raises goes the way of every page.
"""

from typing import assert_never

from pagerd.core.errors import Conflict
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import Decision
from pagerd.core.incidents.effects import (
    AnswerQuestion,
    Carry,
    DraftPostmortem,
    DropPublicDraft,
    Effect,
    EndMitigation,
    EndPages,
    JudgeHypothesis,
    KeepHypothesis,
    KeepMark,
    KeepMitigation,
    KeepPublicDraft,
    KeepQuestion,
    KeepReading,
    KeepUpdate,
    LinkPage,
    Publish,
    RaisePage,
    Row,
    TellLeadership,
    TellPerson,
    TellQuietly,
)
from pagerd.core.incidents.events import Event, PageLinked, TimerFired
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode
from pagerd.core.incidents.opening import open_incident
from pagerd.core.incidents.review_events import PostmortemAccepted
from pagerd.core.paging.escalation import find_all
from pagerd.core.people import Medium
from pagerd.core.values import changed
from pagerd.engine import audit, mornings, outbox
from pagerd.engine.incidents import announcing, findings, pages, postmortems, publishing
from pagerd.engine.work import Work
from pagerd.stores.records import incidents, timers
from pagerd.stores.records.incidents import MitigationRow, ReadingRow, UpdateRow
from pagerd.templating import messages as templating

CHECKS = "checks"
"""The kind of the clock by which the checks of an incident are read."""


async def opened(work: Work, incident: Incident, *, declare_now: bool, via: str, page: str | None) -> Incident:
    """Open an incident: decide, store, ask for people. Return it as stored. Raises TransitionRefused."""
    decision = open_incident(
        incident, work.plan, work.now, declare_now=declare_now, via=via, page=page, write=templating.write
    )
    stored = await _chain(work, decision, "IncidentOpened", incident)
    await incidents.insert(work.c, stored)
    await _carry_out(work, stored, decision)
    await mornings.at_work(work, stored, stored.opened_by)
    if stored.declared_at is not None:
        _count(work, "incidents_declared", stored)
    await _look_for_repeats(work, stored, is_news=stored.is_open)
    await announcing.note(work, stored, decision.entries)
    return stored


async def happened(work: Work, incident: Incident, event: Event) -> Incident:
    """Let an event happen to an incident: decide, store, do. Return it as stored.

    Raises IllegalTransition or TransitionRefused before anything is stored.
    """
    decision = decide(incident, event, work.plan, work.now, templating.write)
    if isinstance(event, TimerFired) and decision.incident.due == incident.due and not decision.entries:
        await timers.put(work.c, "incident", incident.id, incident.due)
        return incident
    after = await _chain(work, decision, type(event).__name__, event)
    await incidents.update(work.c, after)
    await _carry_out(work, after, decision)
    if (by := getattr(event, "by", None)) is not None:
        await mornings.at_work(work, incident, by)
    if incident.declared_at is None and after.declared_at is not None:
        _count(work, "incidents_declared", after)
    if incident.resolved_at is None and after.resolved_at is not None:
        _count(work, "incidents_resolved", after)
    is_news = after.is_open and (incident.declared_at is None or isinstance(event, PageLinked))
    await _look_for_repeats(work, after, is_news=is_news or isinstance(event, PostmortemAccepted))
    await announcing.note(work, after, decision.entries)
    return after


def _count(work: Work, what: str, incident: Incident) -> None:
    """Count what happens now and is no drill."""
    if incident.mode is Mode.LIVE:
        work.count(what, incident.severity)


async def due(work: Work, incident_id: str) -> None:
    """Carry out the due time of an incident."""
    incident = await incidents.find_by_id(work.c, incident_id)
    if incident is None or incident.due is None:
        await timers.put(work.c, "incident", incident_id, None)
        return
    is_over = incident.status is IncidentStatus.RESOLVED
    lacking = await postmortems.incomplete(work.c, work.plan, incident.number) if is_over else ()
    await happened(work, incident, TimerFired(incomplete=lacking))


async def _look_for_repeats(work: Work, incident: Incident, *, is_news: bool) -> None:
    """Have it looked, behind this commit, whether something that was said to be mended happens again."""
    if is_news and incident.declared_at is not None and incident.mode is Mode.LIVE:
        await timers.put(work.c, "repeats", incident.id, work.now)
        work.wakes_at(work.now)


async def _chain(work: Work, decision: Decision, event: str, body: object) -> Incident:
    incident = decision.incident
    head = await audit.append(work, incident.head, incident.id, incident.version, event, body, decision.entries)
    return changed(incident, head=head)


async def _carry_out(work: Work, incident: Incident, decision: Decision) -> None:
    await timers.put(work.c, "incident", incident.id, incident.due)
    work.wakes_at(incident.due)
    await _set_checks(work, incident)
    for effect in decision.effects:
        await _do(work, incident, effect)


async def _set_checks(work: Work, incident: Incident) -> None:
    """Let its checks be read from now on, or no more."""
    is_running = await timers.find(work.c, CHECKS, incident.id) is not None
    if incident.is_checked and not is_running:
        await timers.put(work.c, CHECKS, incident.id, work.now)
        work.wakes_at(work.now)
    elif is_running and not incident.is_checked:
        await timers.put(work.c, CHECKS, incident.id, None)


async def _do(work: Work, incident: Incident, effect: Effect) -> None:  # one line per effect
    match effect:
        case RaisePage():
            await pages.raise_page(work, incident, effect)
        case EndPages():
            await pages.end(work, incident, effect)
        case Carry():
            await pages.carry(work, incident, effect)
        case LinkPage():
            await pages.link(work, incident, effect.page)
        case TellPerson() | TellLeadership() | TellQuietly():
            await _tell(work, incident, effect)
        case DraftPostmortem():
            await postmortems.draft(work, incident)
        case KeepUpdate() | KeepMitigation() | EndMitigation() | KeepReading():
            await _keep(work, incident, effect)
        case KeepPublicDraft():
            await publishing.keep(work, incident, effect)
        case DropPublicDraft():
            await publishing.drop(work, incident, effect)
        case Publish():
            await publishing.publish(work, incident, effect)
        case KeepMark() | KeepHypothesis() | JudgeHypothesis() | KeepQuestion() | AnswerQuestion():
            await findings.keep(work, incident, effect)
        case _:
            assert_never(effect)


async def _keep(work: Work, incident: Incident, effect: Row) -> None:
    match effect:
        case KeepUpdate():
            await incidents.put_update(work.c, incident.number, _update_row(work, effect))
        case KeepMitigation():
            row = MitigationRow(number=effect.number, at=work.now, by=effect.by, kind=effect.kind, text=effect.text)
            await incidents.put_mitigation(work.c, incident.number, row)
        case EndMitigation():
            await _end_mitigation(work, incident, effect)
        case KeepReading():
            found_now = ReadingRow(
                at=work.now, by=effect.by, criterion=effect.criterion, state=effect.state, why=effect.why
            )
            await incidents.put_reading(work.c, work.chance.row_id(work.now), incident.number, found_now)
        case _:
            assert_never(effect)


async def _tell(work: Work, incident: Incident, effect: TellPerson | TellLeadership | TellQuietly) -> None:
    if isinstance(effect, TellPerson):
        await outbox.tell_at_work(work, effect.person, effect.text, (Medium.SMS,))
        return
    for found in find_all(work.plan, incident.team, effect.targets, work.now):
        await outbox.tell_at_work(work, found.person, effect.text, ())


def _update_row(work: Work, effect: KeepUpdate) -> UpdateRow:
    return UpdateRow(
        number=effect.number,
        at=work.now,
        by=effect.by,
        status=effect.status,
        know=effect.know,
        doing=effect.doing,
        trend=effect.trend,
        eta=effect.eta,
        next_at=effect.next_at,
        slot_at=effect.slot_at,
    )


async def _end_mitigation(work: Work, incident: Incident, effect: EndMitigation) -> None:
    rows = {row.number: row for row in await incidents.mitigations_of(work.c, incident.number)}
    row = rows[effect.number]
    if row.outcome is not None:
        raise Conflict(f"Mitigation {row.number} of incident {incident.number} is over: {row.outcome}")
    ended = changed(row, outcome=effect.outcome, ended_at=work.now, ended_by=effect.by, ended_text=effect.text)
    await incidents.put_mitigation(work.c, incident.number, ended)
