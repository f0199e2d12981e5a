"""The daily digest: one timer for each team, one digest for each team and day, one mail through the outbox.

The digest, its mail and the next timer are one transaction, and the digest's key is its team and day: whatever is done
twice, by a restart or by a clock that was set back, there is one. A day whose hour came while pagerd was down has its
digest late the same day; of a day that is over nothing is sent, the next digest reaches back to the last.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pagerd.core import digest as core
from pagerd.core.digest import SHOWN_MAX, AnchorLine, Digest
from pagerd.core.paging.digested import digest_mail
from pagerd.core.people import Medium
from pagerd.core.plan import Plan, Team
from pagerd.engine import audit, outbox
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import digests, nights, pages, tickets, timers
from pagerd.stores.records.columns import instant, micros

READ_MAX = 1000
"""Tickets, pages and held alerts of one team that are looked at: ten milliseconds of the writer; counts are of all."""

FIRST_REACHES_BACK = timedelta(days=1)


async def begin(work: Work) -> None:
    """Set each team's timer as the plan says; an hour that was missed today stays due."""
    sent = await digests.last_days(work.c)
    for team in work.plan.teams.values():
        timer = await timers.find(work.c, "digest", team.id)
        due = core.next_hour(team, work.now, done=sent.get(team.id))
        if timer is not None and due is not None:
            due = _still_due(team, work.now, timer.due, sent.get(team.id)) or due
        if timer is None or timer.due != due:
            await timers.put(work.c, "digest", team.id, due)
        work.wakes_at(due)


def _still_due(team: Team, now: datetime, was_due: datetime, done: date | None) -> datetime | None:
    """Return today's hour when it has passed with a timer waiting for it: it was missed, or moved before now."""
    today = now.astimezone(team.zone).date()
    was_for_today = was_due.astimezone(team.zone).date() <= today
    return core.hour_of(team, today) if was_for_today and done != today else None


async def due(work: Work, team_id: str) -> None:
    """Send a team's digest of today, unless it was sent, and set the timer of the next."""
    await timers.put(work.c, "digest", team_id, None)
    team = work.plan.teams.get(team_id)
    if team is None or team.digest_at is None:
        return
    today = work.now.astimezone(team.zone).date()
    hour = core.hour_of(team, today)
    is_sent = await digests.find(work.c, core.id_of(team_id, today)) is not None
    # Whoever only observes mails no team: they have another pager, and would read of its work twice.
    if hour is not None and hour <= work.now and not is_sent and not work.observing:
        await _send(work, team)
        is_sent = True
    following = core.next_hour(team, work.now, done=today if is_sent or work.observing else None)
    await timers.put(work.c, "digest", team_id, following)
    work.wakes_at(following)


async def _send(work: Work, team: Team) -> None:
    """Store the digest and put its mail into the outbox. Somebody else's address gets it only when there is work."""
    digest = await compose(work.c, work.plan, team, work.now)
    await digests.insert(work.c, digest)
    if Medium.EMAIL not in work.plan.media or (digest.is_empty and not digest.has_mail):
        return
    for place, (person, address) in enumerate(core.recipients(work.plan, team)):
        await outbox.notify_digest(work, digest, place, person, address)
    work.say("digest.due", team=team.id, tickets=digest.tickets_count, to_mend=digest.to_mend_count)


async def compose(c: Connection, plan: Plan, team: Team, now: datetime) -> Digest:
    """Put together what a team's digest says at an instant; nothing is stored or sent by it."""
    today = now.astimezone(team.zone).date()
    last = await digests.last_of(c, team.id)
    since = last.at if last is not None else now - FIRST_REACHES_BACK
    by_team = await tickets.count_open(c)
    # Tickets of a team that left the files have no other digest to stand in.
    orphans = sorted(set(by_team) - set(plan.teams)) if team.id == plan.fallback else []
    queue = [one for name in (team.id, *orphans) for one in await tickets.list_tickets(c, team=name, limit=READ_MAX)]
    lines, mending = core.ticket_lines(plan, team.id, queue, since), core.mendings(queue)
    held = core.held_lines(await digests.held_alerts(c, team.id, READ_MAX))
    open_pages = core.page_lines(plan, (await pages.list_pages(c, team=team.id, limit=READ_MAX)).pages)
    disturbed = [one for one in await nights.between(c, since, now) if one.team == team.id]
    anchor = await audit.last_anchor(c)
    return Digest(
        id=core.id_of(team.id, today),
        team=team.id,
        name=team.name,
        zone=str(team.zone),
        day=today.isoformat(),
        at=now,
        since=since,
        due=core.hour_of(team, today) or now,
        has_mail=team.mail is not None,
        tickets=lines[:SHOWN_MAX],
        tickets_count=sum(by_team.get(name, 0) for name in (team.id, *orphans)),
        new_count=sum(line.is_new for line in lines),
        to_mend=mending[:SHOWN_MAX],
        to_mend_count=len(mending),
        held=held[:SHOWN_MAX],
        held_count=len(held),
        pages=open_pages[:SHOWN_MAX],
        pages_count=len(open_pages),
        opened_count=await digests.count_opened(c, team.id, micros(since), micros(now)),
        nights_count=len({one.page_id for one in disturbed}),
        night_people_count=len(disturbed),
        anchor=AnchorLine(number=anchor.number, hash=anchor.hash, at=instant(anchor.at)) if anchor else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a digest would say now. `to` are addresses of teams and ids of people; `due_at` None: it wants none."""

    team: str
    to: tuple[str, ...]
    due_at: datetime | None
    last_at: datetime | None
    subject: str
    text: str


async def preview(c: Connection, plan: Plan, team_id: str, now: datetime) -> Preview:
    """Say what a team's digest would say. Raises NotFound."""
    team = plan.team_named(team_id)
    digest = replace(await compose(c, plan, team, now), due=now)
    last = await digests.last_of(c, team.id)
    mail = digest_mail(digest)
    return Preview(
        team=team.id,
        to=tuple(person or address for person, address in core.recipients(plan, team)),
        due_at=core.next_hour(team, now, done=date.fromisoformat(last.day) if last is not None else None),
        last_at=last.at if last is not None else None,
        subject=mail.subject,
        text=mail.text,
    )
