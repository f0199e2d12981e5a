"""What people do about what customers read. A draft is anybody's; only an approver puts one before customers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pagerd.core.incidents.events import PublicApproved, PublicDrafted, PublicRejected
from pagerd.core.incidents.incident import name_of
from pagerd.core.incidents.on_public import TEXT_MAX, TITLE_MAX, what_to_do
from pagerd.core.incidents.public import ComponentState, PublicKind
from pagerd.core.plain import clean_lines, one_line
from pagerd.engine.incidents import apply
from pagerd.engine.incidents.commands import Said, find
from pagerd.engine.work import Work
from pagerd.engine.written import as_sentence, lines_of, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDraft:
    """What a draft says; what is left out is proposed."""

    kind: PublicKind | None = None
    title: str = ""
    text: str = ""
    symptom: str = ""
    impact: str = ""
    next_in: timedelta | None = None
    components: Mapping[str, ComponentState] = field(default_factory=dict)


async def draft(work: Work, number: int, by: str, via: str, said: PublicDraft) -> Said:
    """Write what customers would read. Nobody but colleagues sees it before it is approved."""
    event = PublicDrafted(
        by=by,
        via=via,
        kind=said.kind,
        title=whole(one_line(said.title), TITLE_MAX, "a title"),
        text="\n".join(clean_lines(whole(lines_of(said.text), TEXT_MAX, "a text for customers"), TEXT_MAX)),
        symptom=as_sentence(said.symptom),
        impact=as_sentence(said.impact),
        next_in=said.next_in,
        components={name: state.value for name, state in said.components.items()},
    )
    after = await apply.happened(work, await find(work, number), event)
    return Said(after, f"Nothing is public yet. {what_to_do(after)}")


async def approve(work: Work, number: int, by: str, via: str, which: int, override: str) -> Said:
    """Put a draft before customers."""
    event = PublicApproved(by=by, via=via, draft=which, override=as_sentence(override))
    after = await apply.happened(work, await find(work, number), event)
    mails = len(work.plan.incidents.public.mail)
    where = "on the status page" + (f" and in {mails} mail{'s' if mails > 1 else ''}" if mails else "")
    clock = after.public.clock
    until = f" The next one is promised within {_minutes(clock.next_at - work.now)}." if clock is not None else ""
    return Said(after, f"Customers read draft {which} of {name_of(after)} {where}.{until}")


async def reject(work: Work, number: int, by: str, via: str, which: int, why: str) -> Said:
    """Say that a draft is not to be published."""
    event = PublicRejected(by=by, via=via, draft=which, why=as_sentence(why))
    after = await apply.happened(work, await find(work, number), event)
    return Said(after, f"Draft {which} of {name_of(after)} is rejected. Another one: {what_to_do(after)}")


def _minutes(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)} min"
