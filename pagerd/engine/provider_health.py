"""What is stored of providers in trouble, and what the operators hear: once when it begins, once when it is over."""

from collections.abc import Sequence
from datetime import timedelta

from pagerd.core.paging.standing import Standing
from pagerd.core.people import Medium, Urgency
from pagerd.core.plain import length
from pagerd.engine import apply, outbox
from pagerd.engine.carriers import Carriers, Turn
from pagerd.engine.work import Work
from pagerd.stores.records import sources, troubles
from pagerd.stores.records.troubles import Trouble

JUST_NOW = timedelta(minutes=1)


async def tell(work: Work, turns: Sequence[Turn], carriers: Carriers) -> None:
    """Store and tell which providers went into trouble, and which are back."""
    for turn in turns:
        await (_began(work, turn, carriers) if turn.after.in_trouble else _is_over(work, turn))


async def recall(work: Work, carriers: Carriers) -> None:
    """Take up the troubles that an earlier run left. The next message tries such a provider first: it may be mended."""
    for trouble in await troubles.all_known(work.c):
        found = next((one for one in carriers.of(trouble.medium) if one.name == trouble.provider), None)
        if found is None:
            await troubles.drop(work.c, trouble.medium, trouble.provider)
        else:
            found.standing = Standing(
                trouble_since=trouble.since, probe_at=work.now, detail=trouble.detail, by_report=trouble.by_report
            )


async def _began(work: Work, turn: Turn, carriers: Carriers) -> None:
    since = turn.after.trouble_since or work.now
    others = [one.name for one in carriers.of(turn.medium) if not one.standing.in_trouble]
    takes = "takes" if len(others) == 1 else "take"
    meanwhile = (
        f"Meanwhile {_listed(others)} {takes} what it carried"
        if others
        else f"Nobody else carries {turn.medium}, so it is tried all the same"
    )
    text = f"{turn.medium} through {turn.provider} fails: {turn.after.detail}. {meanwhile}"
    # Who is told by mail that mail fails would not hear of it.
    by = Medium.SMS if turn.medium is Medium.EMAIL and not others else None
    subject = f"{turn.medium}/{turn.provider}"
    told = await apply.alarm(work, "provider_failing", subject, text, by=by) or await _was_just_told(work, subject)
    work.say("provider.in_trouble", medium=turn.medium.value, provider=turn.provider, detail=turn.after.detail)
    trouble = Trouble(
        medium=turn.medium,
        provider=turn.provider,
        since=since,
        detail=turn.after.detail,
        told=told,
        by_report=turn.after.by_report,
    )
    await troubles.put(work.c, trouble)


async def _was_just_told(work: Work, subject: str) -> bool:
    """Did the operators hear of it with the message or the report that showed it?"""
    last = await sources.told_operators(work.c, "provider_failing", subject)
    return last is not None and work.now - last[0] < JUST_NOW


async def _is_over(work: Work, turn: Turn) -> None:
    trouble = await troubles.drop(work.c, turn.medium, turn.provider)
    if trouble is None:
        return
    lasted = length(work.now - trouble.since)
    work.say("provider.works_again", medium=turn.medium.value, provider=turn.provider)
    if trouble.told:
        text = f"{turn.medium} through {turn.provider} works again, after {lasted} of trouble"
        await outbox.alarm_operators(work, text, Urgency.LOW)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
