"""What people put into force by command: silences and overrides. Each is stored, and the plan in force is laid anew."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pagerd.core.alerts.alert import Alert
from pagerd.core.alerts.matching import Matcher, all_match, parse_matcher
from pagerd.core.audit import CONTACTS
from pagerd.core.errors import Conflict, NotFound
from pagerd.core.oncall.schedule import Override
from pagerd.core.people import Medium
from pagerd.core.plan import Plan, Silence
from pagerd.engine import audit
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts, nodes, stored

SILENCE_MAX = timedelta(days=30)
"""A longer silence is a rule: it belongs into the files, where somebody reviews it."""

KEPT_AFTER_END = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a silence would mute right now: how many open alerts and which, bounded."""

    count: int
    examples: tuple[Alert, ...]


async def lay_over(c: Connection, plan: Plan, now: datetime) -> Plan:
    """Return the plan of the files with what is stored laid over it."""
    return await _laid_over(c, plan, now, known_until=None)


async def lay_over_as_of(c: Connection, plan: Plan, at: datetime) -> Plan:
    """Return the plan of the files with what was stored at a past instant laid over it.

    What was taken back since (an override, a contact that was refused and works again) is not known any more.
    """
    return await _laid_over(c, plan, at, known_until=at)


async def _laid_over(c: Connection, plan: Plan, now: datetime, *, known_until: datetime | None) -> Plan:
    silences = [_silence(row) for row in await stored.silences(c, now - KEPT_AFTER_END)]
    overrides = await stored.overrides(c, now - KEPT_AFTER_END)
    refused = await stored.unusable(c)
    if known_until is not None:
        # A silence begins when it is made, or later; an override carries when it was made.
        silences = [one for one in silences if one.start <= known_until]
        overrides = [one for one in overrides if one.order <= known_until.timestamp() * 1000]
        refused = [one for one in refused if one.at <= known_until]
    unusable: set[tuple[str, Medium]] = set()
    for contact in refused:
        person = plan.people.get(contact.person)
        if person is not None and person.address(contact.medium) == contact.address:
            unusable.add((contact.person, contact.medium))
    return plan.with_stored(overrides=tuple(overrides), silences=tuple(silences), unusable=frozenset(unusable))


async def add_silence(
    work: Work, matchers: tuple[str, ...], start: datetime, end: datetime, by: str, why: str
) -> Silence:
    """Mute what matches, from now on at the earliest. Author, reason and end are required."""
    row = stored.StoredSilence(
        id=work.chance.object_id("s"), matchers=matchers, start=max(start, work.now), end=end, by=by, why=why.strip()
    )
    if not row.matchers:
        raise Conflict('a silence needs at least one matcher, such as service="reports"')
    if not row.why:
        raise Conflict("a silence needs a reason: whoever finds it at night must know why it is there")
    if row.end <= row.start:
        raise Conflict(f"a silence must end after it starts, not at {row.end.isoformat()}")
    if row.end - work.now > SILENCE_MAX:
        raise Conflict("a silence by command lasts 30 days at most; a longer one belongs into rules/*.yaml")
    silence = _silence(row)
    await stored.put_silence(work.c, row)
    await audit.note(work, row.id, "SilenceAdded", row)
    await lay_again(work)
    return silence


async def end_silence(work: Work, silence_id: str, by: str) -> Silence:
    """End a stored silence now."""
    for row in await stored.silences(work.c, work.now):
        if row.id == silence_id:
            ended = replace(row, end=work.now, why=f"{row.why} (ended by {by})")
            await stored.put_silence(work.c, ended)
            await audit.note(work, row.id, "SilenceEnded", {"by": by})
            await lay_again(work)
            return _silence(ended)
    raise NotFound(f"there is no stored silence {silence_id} in force; those of files end by a change of the files")


async def preview_silence(c: Connection, matchers: tuple[str, ...], limit: int = 20) -> Preview:
    """Say which open alerts a silence would mute right now."""
    parsed = _parse(matchers)
    examples: list[Alert] = []
    count, source, fingerprint = 0, "", ""
    while True:
        found = await alerts.open_after(c, source, fingerprint, 500)
        for alert in found:
            if all_match(parsed, alert.labels):
                count += 1
                if len(examples) < limit:
                    examples.append(alert)
        if not found:
            return Preview(count, tuple(examples))
        source, fingerprint = found[-1].source, found[-1].fingerprint


async def add_override(work: Work, override: Override) -> Override:
    """Store an override. It beats those of files, and earlier stored ones."""
    kept = replace(override, stored=True, order=int(work.now.timestamp() * 1000))
    await stored.put_override(work.c, kept)
    await audit.note(work, kept.id, "OverrideAdded", kept)
    await lay_again(work)
    return kept


async def end_override(work: Work, override_id: str, by: str) -> None:
    """Take a stored override back."""
    if not await stored.drop_override(work.c, override_id):
        raise NotFound(f"there is no stored override {override_id}; those of files end by a change of the files")
    await audit.note(work, override_id, "OverrideTakenBack", {"by": by})
    await lay_again(work)


async def usable_again(work: Work, person: str, medium: Medium) -> bool:
    """A contact method proved itself again; say whether it had been refused."""
    was_refused = await stored.drop_unusable(work.c, person, medium)
    if was_refused:
        await audit.note(work, CONTACTS, "ContactWorksAgain", {"person": person, "medium": medium.value})
        await lay_again(work)
    return was_refused


async def lay_again(work: Work) -> None:
    """Lay what is stored over the plan in force once more, and look at all that is open under it."""
    await note_change(work, await lay_over(work.c, work.plan, work.now))


async def note_change(work: Work, plan: Plan) -> None:
    """Go on under the plan as what was just stored makes it, here and on every other node."""
    work.plan = plan
    work.plan_changed = True
    changes = await nodes.note_plan_change(work.c)
    if work.plan_changes is not None:
        work.plan_changes = changes


def _silence(row: stored.StoredSilence) -> Silence:
    return Silence(
        id=row.id, matchers=_parse(row.matchers), start=row.start, end=row.end, by=row.by, why=row.why, stored=True
    )


def _parse(matchers: tuple[str, ...]) -> tuple[Matcher, ...]:
    try:
        return tuple(parse_matcher(text) for text in matchers)
    except ValueError as error:
        raise Conflict(f"reading a matcher: {error}") from error
