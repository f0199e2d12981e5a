"""What people text about incidents: a suspicion, that it is one, an update. Each names the incident and what is due.

Nothing here resolves one: that needs its criteria, which no text can show.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pagerd.core.errors import PagerdError
from pagerd.core.incidents import text_words as words
from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.texts import IncidentText, Wish, words_behind_number
from pagerd.core.membership import teams_of
from pagerd.core.paging.gsm import fit, plain
from pagerd.core.paging.page import Page
from pagerd.core.people import Person
from pagerd.core.plain import clock_time
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.commands import Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.work import Work
from pagerd.stores.records import incidents

OPEN_MAX = 50
"""Open incidents among which a text can mean one."""


@dataclass(frozen=True, slots=True)
class IncidentAnswer:
    """What is texted back, and whether anything was done."""

    sentence: str
    acted: bool = False


async def answer(work: Work, person: Person, text: IncidentText, of: Sequence[Page]) -> IncidentAnswer:
    """Carry out a text about an incident; `of` are the pages that are more than pages."""
    try:
        return await _carry_out(work, person, text, of)
    except PagerdError as error:
        return IncidentAnswer(words.refused(str(error)))


async def _carry_out(work: Work, person: Person, text: IncidentText, of: Sequence[Page]) -> IncidentAnswer:
    match text.wish:
        case Wish.SUSPECT:
            return await _suspect(work, person, text, of)
        case Wish.LIST:
            some = await _open(work)
            return IncidentAnswer(words.listing(_named(some)), acted=True)
        case Wish.DECLARE:
            return await _declare(work, person, text)
        case Wish.UPDATE:
            return await _update(work, person, text)


async def _suspect(work: Work, person: Person, text: IncidentText, of: Sequence[Page]) -> IncidentAnswer:
    if not of and not text.words:
        return IncidentAnswer(words.says_nothing())
    team, title = _team_and_title(work, person, text.words)
    said = Declaration(title=title, team="" if of else team, page=of[0].id if of else "", suspected=True)
    incident = await declaring.declare(work, person.id, "sms", said)
    for page in of[1:]:
        await commands.link_page(work, incident.number, person.id, "sms", page.id)
    until = clock_time(incident.triage_until or work.now, person.zone, work.now)
    sentence = words.suspected(incident.number, incident.severity, incident.team, until, of_pages=len(of))
    return IncidentAnswer(sentence, acted=True)


def _team_and_title(work: Work, person: Person, said: str) -> tuple[str, str]:
    """Return whose it is: the team that the text names before a colon, else the person's own, else the fallback."""
    name, colon, rest = said.partition(":")
    if colon and rest.strip() and name.strip().lower() in work.plan.teams:
        return name.strip().lower(), rest.strip()
    own = teams_of(work.plan, person.id)
    return (own[0].id if own else work.plan.fallback), said


async def _declare(work: Work, person: Person, text: IncidentText) -> IncidentAnswer:
    some = [one for one in await _open(work) if one.status is IncidentStatus.TRIAGE]
    meant = _meant(some, text.number)
    if meant is None:
        return IncidentAnswer(_which_is_meant(some, text.number, "suspected", "Reply DECLARE NUMBER"))
    said = await commands.confirm(work, meant.number, person.id, "sms", text.severity or None)
    return IncidentAnswer(fit(plain(said.sentence)), acted=True)


async def _update(work: Work, person: Person, text: IncidentText) -> IncidentAnswer:
    found = await _open(work)
    some = [one for one in found if one.status is not IncidentStatus.TRIAGE]
    if found and not some:
        return IncidentAnswer(words.only_suspected(found[0].number))
    named = next((one for one in some if one.number == text.number), None)
    # `UPD 30 minutes more` begins with a number that is no open incident's: then it is one of the words.
    meant = named or _meant(some, None)
    if meant is None:
        return IncidentAnswer(_which_is_meant(some, None, "declared", "Reply UPD NUMBER TEXT"))
    know = words_behind_number(text.words) if named is not None else text.words
    if not know:
        due = clock_time(meant.cadence.next_at, person.zone, work.now) if meant.cadence is not None else ""
        return IncidentAnswer(words.update_says_nothing(meant.number, due))
    said = await commands.post_update(work, meant.number, person.id, "sms", Update(know=know))
    return IncidentAnswer(fit(plain(said.sentence)), acted=True)


def _meant(some: Sequence[Incident], number: int | None) -> Incident | None:
    """Return the incident of a number, or, without one, the only one."""
    found = [one for one in some if number in (None, one.number)]
    return found[0] if len(found) == 1 else None


def _which_is_meant(some: Sequence[Incident], number: int | None, state: str, how: str) -> str:
    if number is not None:
        return words.not_open(number)
    if not some:
        return words.nothing_open(state)
    return words.which(_named(some), how)


def _named(some: Sequence[Incident]) -> list[tuple[int, str]]:
    """Name each; practice says that it is, and stands behind what is real."""
    drills_last = sorted(some, key=lambda one: one.is_drill)
    return [(one.number, f"{'DRILL ' if one.is_drill else ''}{one.title}") for one in drills_last]


async def _open(work: Work) -> list[Incident]:
    return await incidents.list_incidents(work.c, status=None, is_open=True, team="", before=None, limit=OPEN_MAX)
