"""The pages of an incident: those that it raises, as any page is raised, and those of alerts that it is about."""

from pagerd.core.errors import IllegalTransition
from pagerd.core.events import ErrandEnded, IncidentMoved
from pagerd.core.incidents.effects import Carry, EndPages, RaisePage
from pagerd.core.incidents.errand import known_team
from pagerd.core.incidents.incident import Incident
from pagerd.core.paging.page import Page, Part, Position, Stage, Subject
from pagerd.engine import apply
from pagerd.engine.work import Work
from pagerd.stores.records import incidents, pages
from pagerd.stores.records.incidents import PageOf


async def raise_page(work: Work, incident: Incident, wanted: RaisePage) -> Page:
    """Open a page for an errand."""
    team = known_team(work.plan, wanted.team)
    page_id = work.chance.object_id("p")
    page = Page(
        id=page_id,
        subject=Subject(
            title=wanted.title,
            summary=wanted.summary,
            service=incident.service,
            place="",
            team=team.id,
            rule=None,
            runbook=None,
            runbook_url=None,
            action=wanted.action,
        ),
        group_key=f"incident {incident.number} {wanted.errand}|{page_id}",
        severity=incident.severity,
        rank=incident.rank,
        urgency=wanted.urgency,
        business_hours=False,
        opened_at=work.now,
        since=incident.opened_at,
        steps=wanted.steps,
        repeat=max(work.plan.policies[team.escalation].repeat, wanted.repeat_least),
        position=Position(stage=Stage.STEP),
        part=Part(
            incident=incident.number, errand=wanted.errand, spared=wanted.spared, ends_quietly=wanted.ends_quietly
        ),
    )
    await incidents.put_page(work.c, PageOf(page_id=page_id, incident=incident.number, errand=wanted.errand))
    return await apply.opened(work, page, reasons=(f"incident {incident.number} asks",), before=None)


async def end(work: Work, incident: Incident, ended: EndPages) -> None:
    """Resolve the open pages of an errand, or all that the incident raised."""
    for one in await incidents.open_pages_of(work.c, incident.number):
        if one.errand is None or ended.errand not in (None, one.errand):
            continue
        page = await pages.find(work.c, one.page_id)
        assert page is not None, f"page {one.page_id} was found open a moment ago"
        await apply.happened(work, page, ErrandEnded(why=ended.why, by=ended.by))


async def carry(work: Work, incident: Incident, told: Carry) -> None:
    """Tell the pages of alerts how the incident is that they are part of."""
    number = told.into if told.into is not None else incident.number
    for one in await incidents.pages_of(work.c, incident.number):
        if one.errand is not None:
            continue
        if told.into is not None:
            await incidents.put_page(work.c, PageOf(page_id=one.page_id, incident=number, errand=None))
        page = await pages.find(work.c, one.page_id)
        if page is not None and page.is_open:
            await apply.happened(work, page, IncidentMoved(incident=number, is_open=told.is_open))


async def link(work: Work, incident: Incident, page_id: str) -> None:
    """Make a page of alerts part of an incident. One that the incident raised is part of it already."""
    page = await pages.find(work.c, page_id)
    if page is not None and page.errand is not None:
        raise IllegalTransition(f"page {page_id} was raised by incident {page.part.incident if page.part else 0}")
    await incidents.put_page(work.c, PageOf(page_id=page_id, incident=incident.number, errand=None))
