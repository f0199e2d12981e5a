"""Rest for work by night: proposed by rule, asked of the lead, and written into the schedules once it is in force.

Nobody is woken for it. The lead is mailed at once and texted when they are awake; a request that nobody answered is in
force from the hour that the rule names, because the morning does not wait.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from pagerd.core.errors import Conflict, IllegalTransition, NotAllowed
from pagerd.core.paging.notification import usable_media
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.timeline import Entry
from pagerd.core.values import changed
from pagerd.core.worklog import rest as core
from pagerd.core.worklog import wording as words
from pagerd.core.worklog.cover import Covered, covers
from pagerd.core.worklog.grant import Cover, GrantStatus
from pagerd.core.worklog.leads import is_lead, leads_of
from pagerd.core.worklog.nightfall import span_of
from pagerd.core.worklog.worked import Outcome, WorkedNight
from pagerd.engine import ledger, outbox, stored
from pagerd.engine.work import Work
from pagerd.engine.written import whole
from pagerd.stores.records import worked

WOKEN_WITHIN = timedelta(hours=12)
"""Whoever was woken, or worked, in their own night so short a time ago covers nobody."""

LEADS_ASKED_MAX = 5


async def review(work: Work, night: WorkedNight) -> WorkedNight:
    """Look at the rest of a night whose work is another than before: propose one, or take back what nobody decided."""
    rules = work.plan.nights
    if core.must_be_withdrawn(night, rules):
        why = f"the night has {night.minutes} min of work, which is no more than the rule allows"
        return await _become(work, night, GrantStatus.WITHDRAWN, by="", via="", why=why)
    longer = core.lengthened(night, work.now, rules)
    if longer is not None:
        return await _lengthen(work, night, longer)
    if not core.must_be_proposed(night, rules) or night.person not in work.plan.people:
        return night
    asked = leads_of(work.plan, night.team, night.person, work.now)[:LEADS_ASKED_MAX]
    night = await ledger.save(
        work, night, core.proposed(night, work.now, rules, asked, work.plan.revision), "RestProposed"
    )
    return await _ask(work, await due(work, night))


async def due(work: Work, night: WorkedNight) -> WorkedNight:
    """Put into force what nobody answered in time, and ask again whoever slept."""
    grant = night.grant
    if grant is not None and grant.status is GrantStatus.PROPOSED and _is_due(grant.provisional_at, work.now):
        night = await _become(work, night, GrantStatus.PROVISIONAL, by="", via="")
    grant = night.grant
    if grant is not None and grant.status in core.OPEN and _is_due(grant.remind_at, work.now):
        night = await _ask(work, await ledger.keep(work, night, _reminding(night, None)))
    return night


def _is_due(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


async def decide(
    work: Work,
    night: WorkedNight,
    status: GrantStatus,
    *,
    by: str,
    via: str,
    why: str = "",
    is_admin: bool = False,
) -> WorkedNight:
    """Approve, decline or withdraw a rest: a lead or an admin, and nobody their own, but to withdraw it."""
    if night.grant is None:
        raise Conflict(f"night {night.id} has no rest to decide about: it has {night.minutes} min of work")
    is_own = by == night.person
    if is_own and status is not GrantStatus.WITHDRAWN:
        raise NotAllowed("nobody decides about their own rest: ask your lead")
    if not is_own and not is_admin and not is_lead(work.plan, night.team, night.person, by, work.now):
        raise NotAllowed(f"only a lead of team {night.team} or an admin decides about the rest of {night.person}")
    if status is not GrantStatus.APPROVED and not why.strip() and via != "sms":
        raise Conflict("a rest is declined or withdrawn with a reason: write one sentence")
    try:
        return await _become(work, night, status, by=by, via=via, why=whole(why.strip()))
    except IllegalTransition as error:
        raise Conflict(str(error)) from error


async def _become(
    work: Work, night: WorkedNight, status: GrantStatus, *, by: str, via: str, why: str = ""
) -> WorkedNight:
    was_in_force = night.grant is not None and night.grant.is_in_force
    outcome = core.decided(night, work.now, status, by=by, via=via, why=why)
    night = await ledger.save(work, night, outcome, f"Rest{status.value.capitalize()}")
    is_in_force = night.grant is not None and night.grant.is_in_force
    if is_in_force and not was_in_force:
        night = await _cover(work, night)
        await _tell_in_force(work, night)
    elif is_in_force:
        await _tell_person(work, night)
    elif was_in_force or status is GrantStatus.DECLINED:
        await _uncover(work, night)
        await _tell_over(work, night, why)
    return night


async def _lengthen(work: Work, night: WorkedNight, longer: Outcome) -> WorkedNight:
    before = night.grant
    assert before is not None, "a rest that is lengthened is there"
    if not before.is_in_force:
        return await ledger.keep(work, night, longer[0])
    after = await ledger.save(work, night, longer, "RestLengthened")
    return await _cover(work, after, since=before.end)


async def _cover(work: Work, night: WorkedNight, since: datetime | None = None) -> WorkedNight:
    """Write who is on call instead, as far as somebody is left: for all of the rest, or from `since` on."""
    grant = night.grant
    assert grant is not None, "a rest in force is there"
    if grant.start is None or grant.end is None or grant.end <= work.now:
        return night
    begins = max(since or grant.start, work.now)
    lately = work.now - WOKEN_WITHIN
    nights = await worked.between(work.c, lately, work.now + timedelta(days=1))
    found = covers(
        work.plan,
        night.person,
        begins,
        grant.end,
        woken=frozenset(one.person for one in nights if one.awake_at >= lately),
        why=f"rest after the night of {night.date.isoformat()} ({night.id}, {night.minutes} min)",
        by=grant.decided_by or "pagerd",
    )
    written = tuple([await _write(work, one) for one in found])
    night = await ledger.keep(work, night, changed(night, grant=changed(grant, covers=(*grant.covers, *written))))
    if written:
        await ledger.note(work, night, "RestCovered", [_entry(work.now, night.person, one) for one in written])
    return night


async def _write(work: Work, one: Covered) -> Cover:
    override_id = None
    if one.override is not None:
        override_id = work.chance.object_id("o")
        await stored.add_override(work, replace(one.override, id=override_id))
    return Cover(schedule=one.schedule, start=one.start, end=one.end, people=one.people, override=override_id)


def _entry(now: datetime, person: str, one: Cover) -> Entry:
    details = {
        "person": person,
        "people": ", ".join(one.people),
        "schedule": one.schedule,
        "override": one.override or "",
        "start_at": one.start.isoformat(),
        "until": one.end.isoformat(),
    }
    return Entry(now, "rest.covered" if one.override is not None else "rest.not_covered", details)


async def _uncover(work: Work, night: WorkedNight) -> None:
    assert night.grant is not None, "a rest that was in force is there"
    in_force = {one.id for one in work.plan.book.overrides if one.stored and one.end > work.now}
    for one in night.grant.covers:
        if one.override is not None and one.override in in_force:
            await stored.end_override(work, one.override, night.grant.decided_by or "pagerd")


async def _ask(work: Work, night: WorkedNight) -> WorkedNight:
    """Ask the leads who have not answered: by mail at once, by text when they are awake."""
    grant = night.grant
    if grant is None or grant.status not in core.OPEN:
        return night
    is_first = grant.proposed_at == work.now
    remind_at: datetime | None = None
    for one in grant.asked:
        lead = work.plan.people.get(one)
        if lead is None:
            continue
        usable = usable_media(work.plan, one)
        code = await ledger.draw_code(work, one, night.id, ledger.REST)
        text = words.rest_asked(night, work.plan.name_of(night.person), lead.zone, work.now)
        if is_first and Medium.EMAIL in usable:
            await outbox.say(work, one, Medium.EMAIL, Purpose.REST, text, code=code)
        if Medium.SMS not in usable:
            continue
        if not lead.sleeps_at(work.now):
            await outbox.say(work, one, Medium.SMS, Purpose.REST, text, code=code)
        else:
            wakes = span_of(lead.night, lead.zone, work.now)[2]
            remind_at = wakes if remind_at is None else min(remind_at, wakes)
    if grant.remind_at == remind_at:
        return night
    return await ledger.keep(work, night, _reminding(night, remind_at))


def _reminding(night: WorkedNight, at: datetime | None) -> WorkedNight:
    return changed(night, grant=changed(night.grant, remind_at=at))


async def _tell_in_force(work: Work, night: WorkedNight) -> None:
    assert night.grant is not None, "a rest in force is there"
    await _tell_person(work, night)
    for one in night.grant.covering:
        cover = work.plan.people.get(one)
        if cover is not None:
            await _tell(work, one, words.cover_asked(night, work.plan, one, cover.zone, work.now))


async def _tell_person(work: Work, night: WorkedNight) -> None:
    """Tell whoever may rest, by mail: they sleep, it may be, and a text of it would wake them."""
    person = work.plan.people.get(night.person)
    if person is None:
        return
    text = words.rest_in_force(night, work.plan, person.zone, work.now)
    if Medium.EMAIL in usable_media(work.plan, person.id):
        await outbox.say(work, person.id, Medium.EMAIL, Purpose.REST, text)
    else:
        await _tell(work, person.id, text)


async def _tell_over(work: Work, night: WorkedNight, why: str) -> None:
    assert night.grant is not None, "a rest that was in force is there"
    await _tell(work, night.person, words.rest_over(night, why))
    for one in night.grant.covering:
        await _tell(work, one, words.cover_over(night, work.plan.name_of(night.person)))


async def _tell(work: Work, person_id: str, text: str) -> None:
    """Tell somebody by mail at once, and by text when they are awake."""
    person = work.plan.people.get(person_id)
    if person is None:
        return
    usable = usable_media(work.plan, person_id)
    if Medium.EMAIL in usable:
        await outbox.say(work, person_id, Medium.EMAIL, Purpose.REST, text)
    if Medium.SMS in usable:
        wakes_up = span_of(person.night, person.zone, work.now)[2] if person.sleeps_at(work.now) else None
        await outbox.say(work, person_id, Medium.SMS, Purpose.REST, text, at=wakes_up)
