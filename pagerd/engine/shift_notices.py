"""Around the shift: a timer for each person, a look at the plan when it is due, and one message of all that is new.

What a person knows, the message and the next timer are one transaction, so that each thing is told once, whatever dies
or starts again. When the plan changes everybody is looked at once more, in bites; `core/shift_notices.py` says what is
new. On the first look of an installation nothing is: who is on call then knows it.
"""

from datetime import timedelta

from pagerd.core import shift_notices as core
from pagerd.core.handoff import HandoffNote, Handover
from pagerd.core.oncall.lookup import on_call, people_on_call
from pagerd.core.paging.notification import usable_media
from pagerd.core.people import LOUD, Medium, Person
from pagerd.core.plain import clock_time
from pagerd.core.shift_notices import Line, News, Notice, Told
from pagerd.core.worklog.nightfall import wakes_at
from pagerd.engine import handoffs, outbox
from pagerd.engine.work import Work
from pagerd.stores.records import shift_notices, timers

OF_A_PERSON, OF_ALL = "shift", "shifts"
"""Kinds of timers: the next look at a person, and the walk over all of them, by the person it has come to."""

FIRST = "="
"""How the subject of a first walk begins, on which everybody is taken to know what is; no name begins so."""

BITE = 50
"""People looked at in one transaction: about 30 ms of the writer."""

WALKS_EVERY = timedelta(days=1)
"""Everybody is looked at this often, whatever the plan does. The row that waits for it says that a first walk was."""


async def begin(work: Work) -> None:
    """Look at everybody under the plan that is in force now."""
    known = await timers.subjects(work.c, OF_ALL)
    if not core.tells_anybody(work.plan):
        for subject in known:
            await timers.put(work.c, OF_ALL, subject, None)
        return
    is_first = not known or any(subject.startswith(FIRST) for subject in known)
    await timers.put(work.c, OF_ALL, FIRST if is_first else "", work.now)
    work.wakes_at(work.now)


async def walk(work: Work, subject: str) -> None:
    """Look at the next people, and go on from there later."""
    is_first = subject.startswith(FIRST)
    after = subject.removeprefix(FIRST)
    names = sorted(name for name in work.plan.people if name > after)[:BITE]
    for name in names:
        await look(work, name, knows=is_first)
    await timers.put(work.c, OF_ALL, subject, None)
    if len(names) == BITE:
        following, due = f"{FIRST if is_first else ''}{names[-1]}", work.now
    else:
        following, due = "", work.now + WALKS_EVERY
    await timers.put(work.c, OF_ALL, following, due)
    work.wakes_at(due)


async def look(work: Work, name: str, *, knows: bool = False, besides: tuple[Line, ...] = ()) -> None:
    """Tell a person what is new of their shifts, and set the timer of the next look; `knows`: there is nothing to tell.

    `besides` is told of schedules of which nothing else is new: what else is new says the same, and more exactly.
    Whoever only observes tells nobody: the shifts that people go by are another pager's.
    """
    person = work.plan.people.get(name)
    besides = tuple([line for line in besides if person is not None and _is_wanted(work, person, line)])
    told = await shift_notices.told(work.c, name)
    seen = core.look(work.plan, person, told or Told(), work.now) if person is not None else None
    if person is None or seen is None:
        await timers.put(work.c, OF_A_PERSON, name, None)
        await shift_notices.drop_told(work.c, name)
        if person is not None and besides and not work.observing:
            await _tell(work, person, besides)  # the one turn that they had there is gone
        return
    if told != seen.told:
        await shift_notices.put_told(work.c, name, seen.told)
    await timers.put(work.c, OF_A_PERSON, name, seen.due)
    work.wakes_at(seen.due)
    # Of whom nobody has looked yet knows what is: only what was just done is new to them.
    lines = seen.lines if told is not None or not besides else ()
    said = {line.schedule for line in lines}
    lines = (*lines, *(line for line in besides if line.schedule not in said))
    if lines and not knows and not work.observing:
        await _tell(work, person, lines)


def _is_wanted(work: Work, person: Person, line: Line) -> bool:
    return not core.notices_of(work.plan, person, line.schedule).is_off


async def _tell(work: Work, person: Person, lines: tuple[Line, ...]) -> None:
    """Tell a person all of it in one message, with what goes over to them."""
    began = [line.schedule for line in lines if line.takes_over]
    teams = dict.fromkeys(work.plan.book.schedules[name].team for name in began)
    handovers = [
        await handoffs.handover(
            work, team, [name for name in began if work.plan.book.schedules[name].team == team], person.id
        )
        for team in teams
    ]
    goes_off = any(line.news is News.ENDED and not line.as_shadow for line in lines)
    notice = Notice(
        id=work.chance.row_id(work.now),
        person=person.id,
        at=work.now,
        lines=lines,
        handovers=tuple(handovers),
        keeps=await handoffs.held_by(work.c, person.id) if goes_off else (),
    )
    await _send(work, person, notice)


async def write_note(work: Work, schedule: str, by: str, text: str) -> tuple[HandoffNote, str]:
    """Write a note for whoever has a schedule next, and say who will read it.

    Where the schedule has changed hands already, whoever has it is told at once.
    """
    note = await handoffs.write(work, schedule, by, text)
    if note.late:
        told = await _tell_note(work, note)
        who = " and ".join(work.plan.name_of(name) for name in told)
        return note, f"{note.id}: told to {who}." if told else f"{note.id}: kept, but nobody has {schedule} now."
    following = on_call(work.plan.book, schedule, work.now).following
    who = " and ".join(work.plan.name_of(name) for name in following) or "whoever comes next"
    zone = work.plan.people[by].zone
    at = f", at {clock_time(note.until, zone, work.now)}" if note.until is not None else ""
    return note, f"{note.id}: {who} will read it with the handoff of {schedule}{at}."


async def _tell_note(work: Work, note: HandoffNote) -> tuple[str, ...]:
    team = work.plan.book.schedules[note.schedule].team
    told = [name for name in people_on_call(work.plan.book, note.schedule, work.now) if name != note.by]
    for name in told:
        person = work.plan.people[name]
        notice = Notice(
            id=work.chance.row_id(work.now),
            person=name,
            at=work.now,
            lines=(Line(news=News.NOTE, schedule=note.schedule, start=note.until, people=(note.by,)),),
            handovers=(Handover(team=team, notes=(note,), since=note.at),),
        )
        await _send(work, person, notice)
    return tuple(told)


async def _send(work: Work, person: Person, notice: Notice) -> None:
    await shift_notices.insert(work.c, notice)
    wanted = core.notices_of(work.plan, person, notice.lines[0].schedule)
    for medium in _media(work, person, wanted.by):
        may_wake = medium not in LOUD or wanted.at_night
        await outbox.notify_shift(work, notice, medium, work.now if may_wake else wakes_at(person, work.now))
    work.say("shift.told", person=person.id, news=[line.news.value for line in notice.lines])


def _media(work: Work, person: Person, wanted: tuple[Medium, ...]) -> tuple[Medium, ...]:
    """Return what of the wanted media reaches the person; else mail, else a text."""
    usable = usable_media(work.plan, person.id)
    found = tuple(medium for medium in wanted if medium in usable)
    return found or tuple(medium for medium in (Medium.EMAIL, Medium.SMS) if medium in usable)[:1]
