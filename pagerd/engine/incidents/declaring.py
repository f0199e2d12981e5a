"""Declaring an incident: from a page or by hand, as a suspicion or at once, now or after it was over."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.events import Acknowledged
from pagerd.core.incidents.incident import Detection, Incident, IncidentStatus, Mode, incident_id
from pagerd.core.incidents.opening import proposed_severity
from pagerd.core.incidents.severity import CheatSheet
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.plain import one_line, zoned_time
from pagerd.core.plan import Severity
from pagerd.engine import apply as page_apply
from pagerd.engine import commands
from pagerd.engine.commands import Answer
from pagerd.engine.incidents import apply, rooms
from pagerd.engine.work import Work
from pagerd.stores.records import incidents, pages

TITLE_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What somebody says who declares. What is empty is taken from the page, where there is one.

    `suspected`: it is not sure yet that it is an incident, so it is not loud yet. `severity` is the person's choice,
    which wins over what the cheat sheet proposes. `dedup_key` is what it is about: one of a key is open at a time.
    """

    title: str = ""
    team: str = ""
    service: str = ""
    severity: str = ""
    impact: str = ""
    page: str = ""
    detection: Detection | None = None
    triggers: tuple[str, ...] = ()
    cheat_sheet: CheatSheet | None = None
    suspected: bool = False
    dedup_key: str = ""
    mode: Mode = Mode.LIVE
    detected_at: datetime | None = None
    impact_started_at: datetime | None = None
    impact_ended_at: datetime | None = None
    resolved_at: datetime | None = None


async def declare(work: Work, by: str, via: str, said: Declaration) -> Incident:
    """Open an incident, and make its page, if it is of one, part of it. Raises Conflict, NotFound."""
    page = await _free_page(work, said.page) if said.page else None
    title = one_line(said.title or _words_of(page), TITLE_MAX)
    if not title:
        raise Conflict("an incident needs a first line: say what is broken, and where")
    proposed = proposed_severity(work.plan, said.cheat_sheet)
    severity = _severity(work, said.severity, proposed, page)
    number = await incidents.next_number(work.c)
    is_over = said.mode is Mode.BACKFILL
    if is_over and (said.resolved_at is None or said.detected_at is None):
        raise Conflict("what is written down afterwards needs the instants at which it was detected and resolved")
    incident = Incident(
        id=incident_id(number),
        number=number,
        mode=said.mode,
        title=title,
        team=_team(work, said, page),
        service=said.service or (page.subject.service if page is not None else ""),
        impact=said.impact,
        severity=severity.id,
        rank=severity.rank,
        detection=said.detection or (Detection.MONITORING if page is not None else None),
        triggers=said.triggers,
        cheat_sheet=said.cheat_sheet,
        proposed=proposed.id if proposed is not None else None,
        status=IncidentStatus.RESOLVED if is_over else IncidentStatus.TRIAGE,
        opened_at=work.now,
        opened_by=by,
        detected_at=said.detected_at or (page.opened_at if page is not None else work.now),
        impact_started_at=said.impact_started_at,
        impact_ended_at=said.impact_ended_at if is_over else None,
        resolved_at=said.resolved_at if is_over else None,
        dedup_key=one_line(said.dedup_key, TITLE_MAX),
    )
    incident = await rooms.with_room(work, incident)
    page_id = page.id if page is not None else None
    opened = await apply.opened(work, incident, declare_now=not said.suspected, via=via, page=page_id)
    if page is not None and not is_over:
        await _take_page(work, page.id, by, via)
    return opened


async def suspect(work: Work, page_id: str, by: str, via: str) -> Answer:
    """Say of a page that it may be more: nobody is paged for it yet."""
    incident = await declare(work, by, via, Declaration(page=page_id, suspected=True))
    page = await commands.find_page(work, page_id)
    until = zoned_time(incident.triage_until or work.now, work.plan.people[by].zone, work.now)
    how = f"confirm or cancel it by {until}: pagerd incident confirm {incident.number}"
    return Answer(page, f"Incident {incident.number} is suspected, {incident.severity}: {how}")


async def _free_page(work: Work, page_id: str) -> Page:
    page = await commands.find_page(work, page_id)
    if page.part is not None and page.part.is_open:
        raise Conflict(f"{page.id} is part of incident {page.part.incident} already")
    return page


async def _take_page(work: Work, page_id: str, by: str, via: str) -> None:
    """Whoever declares is at work on the page: one that nobody has yet is theirs."""
    page = await pages.find(work.c, page_id)
    if page is not None and page.status is PageStatus.TRIGGERED:
        await page_apply.happened(work, page, Acknowledged(by=by, via=via))
        await page_apply.note_act(work, page.id, by)


def _words_of(page: Page | None) -> str:
    if page is None:
        return ""
    subject = page.subject
    says_more = subject.summary and subject.summary != subject.title
    return f"{subject.title}: {subject.summary}" if says_more else subject.title


def _severity(work: Work, said: str, proposed: Severity | None, page: Page | None) -> Severity:
    """Return the severity that a person chose; else the proposed one; else that of the page; else the second."""
    if said:
        if said not in work.plan.severities:
            raise NotFound(f"there is no severity {said!r}; severities are {', '.join(work.plan.severities)}")
        return work.plan.severities[said]
    of_page = work.plan.severities.get(page.severity) if page is not None else None
    if proposed is not None:
        return proposed
    if of_page is not None and of_page.incident.is_incident:
        return of_page
    fit = sorted((one for one in work.plan.severities.values() if one.incident.is_incident), key=lambda one: one.rank)
    if not fit:
        raise Conflict("no severity of rules/severity.yaml is an incident: give one an `update_every`")
    return fit[min(1, len(fit) - 1)]


def _team(work: Work, said: Declaration, page: Page | None) -> str:
    if said.team:
        return work.plan.team_named(said.team).id
    if page is not None:
        return page.subject.team
    service = work.plan.services.get(said.service)
    if service is not None:
        return service.team
    if len(work.plan.teams) == 1:
        return next(iter(work.plan.teams))
    raise Conflict(f"say whose it is: a team ({', '.join(sorted(work.plan.teams))}) or a service that one of them has")
