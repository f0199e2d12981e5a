"""The checkers can fail: each of these pagerds is broken in one place, and the storm names what breaks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.paging import escalation, on_people
from pagerd.core.people import Person
from pagerd.core.plan import Plan
from pagerd.engine import intake, outbox, outcomes
from pagerd.engine.clock import SteadyClock
from pagerd.engine.engine import Engine
from pagerd.lab.storms.storm import blow
from pagerd.stores.records import answers, history, notifications, pages
from pagerd.stores.records import timers as timer_rows

SEEDS = range(1, 7)
FINDS = {"any code will do": 3, "a clock is set back": 3, "an end is not stored": 2}
"""By fault: the seed that is tried first. A storm that finds nothing blows to its end, which takes the longest."""

Break = Callable[[pytest.MonkeyPatch], None]


def nothing_is_cancelled(patch: pytest.MonkeyPatch) -> None:
    """An acknowledgement leaves everything in the outbox."""

    async def cancel(*_args, **_how):
        return None

    patch.setattr(notifications, "cancel_pending", cancel)


def timers_of_pages_are_dropped(patch: pytest.MonkeyPatch) -> None:
    """A page is stored without the timer of its next step."""
    put = timer_rows.put

    async def forgetful(c, kind, subject, due):
        await put(c, kind, subject, None if kind == "page" else due)

    patch.setattr(timer_rows, "put", forgetful)


def everything_is_handed_out_twice(patch: pytest.MonkeyPatch) -> None:
    """Each claimed message is given to two senders."""
    after = Engine._after

    def twice(self, work, began):
        work.outgoing += work.outgoing
        after(self, work, began)

    patch.setattr(Engine, "_after", twice)


def resolved_alerts_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What a source says of an end is answered 2xx and not stored."""
    ended = intake.placing.ended

    async def forget(work, before, alert):
        if alert.source == "tools" or before is None:
            return
        await ended(work, before, alert)

    patch.setattr(intake.placing, "ended", forget)


def codes_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """Any code answers for the newest page of whoever texts."""

    async def any_page(c, person, _code):
        return [page.id for page in await pages.open_pages_of_person(c, person)][:1]

    patch.setattr(answers, "pages_of_code", any_page)


def entries_are_not_chained(patch: pytest.MonkeyPatch) -> None:
    """Each entry forgets the one before it."""
    append = history.append

    async def anew(c, head, *rest, **more):
        return await append(c, "", *rest, **more)

    patch.setattr(history, "append", anew)


def numbers_are_written_down(patch: pytest.MonkeyPatch) -> None:
    """A timeline names the phone of whoever acknowledged."""
    take = on_people._take

    def talkative(draft, by, until):
        take(draft, by, until)
        person = draft.plan.people.get(by)
        draft.record("page.note", by=by, text=f"reached at {person.sms if person else ''}")

    patch.setattr(on_people, "_take", talkative)


def nobody_is_notified(patch: pytest.MonkeyPatch) -> None:
    """Steps are taken, and nothing goes into the outbox."""

    async def silence(*_args, **_how):
        return None

    patch.setattr(outbox, "notify", silence)


def everything_goes_to_a_stranger(patch: pytest.MonkeyPatch) -> None:
    """Messages leave in time, and whoever gets them is none of ours."""
    patch.setattr(Person, "address", lambda _self, _medium: "+15550001111")


def nights_are_not_noted(patch: pytest.MonkeyPatch) -> None:
    """A phone makes a noise in somebody's night, and the ledger does not hear it."""

    async def nothing(*_args):
        return None

    patch.setattr(outcomes, "_note_night", nothing)


def nights_are_counted_twice(patch: pytest.MonkeyPatch) -> None:
    """Each noise is in the ledger twice."""
    merge = outcomes.nights_core.merge

    def doubled(row, evidence, **more):
        made = merge(row, evidence, **more)
        return replace(made, evidence=(*made.evidence, made.evidence[-1]))

    patch.setattr(outcomes.nights_core, "merge", doubled)


def reports_are_answered_and_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What a provider tells of a text that left is answered, and nothing of it is stored."""
    reported = outcomes.reported

    async def deaf(work, notification_id, report):
        if report.status.value not in ("sent", "delivered"):
            await reported(work, notification_id, report)

    patch.setattr(outcomes, "reported", deaf)


def yesterday_is_asked(patch: pytest.MonkeyPatch) -> None:
    """Who is on call is looked up for another instant."""
    right = escalation.people_on_call
    patch.setattr(escalation, "people_on_call", lambda book, name, at: right(book, name, at - timedelta(hours=9)))


def overrides_are_not_heeded(patch: pytest.MonkeyPatch) -> None:
    """Overrides are stored, and the plan in memory does not learn of them."""
    with_stored = Plan.with_stored

    def forgetful(self, *, overrides, **more):
        return with_stored(self, overrides=(), **more)

    patch.setattr(Plan, "with_stored", forgetful)


def the_wall_is_believed(patch: pytest.MonkeyPatch) -> None:
    """Pagerd goes by the wall, whoever sets it back."""
    patch.setattr(SteadyClock, "now", lambda self: self._own.now())


BREAKS: dict[str, tuple[str, Break]] = {
    "acknowledging cancels nothing": ("I4", nothing_is_cancelled),
    "a page has no timer": ("I2", timers_of_pages_are_dropped),
    "two senders have one message": ("I9", everything_is_handed_out_twice),
    "an end is not stored": ("I1", resolved_alerts_are_forgotten),
    "any code will do": ("I5", codes_are_not_looked_at),
    "the chain is torn": ("I12", entries_are_not_chained),
    "a number is written down": ("I15", numbers_are_written_down),
    "a night is lost": ("I11", nights_are_not_noted),
    "a night is doubled": ("I11", nights_are_counted_twice),
    "a report is lost": ("I11", reports_are_answered_and_forgotten),
    "another instant is asked for": ("I10", yesterday_is_asked),
    "overrides are not heeded": ("I10", overrides_are_not_heeded),
    "a clock is set back": ("I3", the_wall_is_believed),
    "nobody is told": ("auditor", nobody_is_notified),
    "strangers are told": ("lively", everything_goes_to_a_stranger),
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_pagerd_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a few storms, and by the invariant that is broken."""
    invariant, break_it = BREAKS[name]
    break_it(monkeypatch)
    seeds = (FINDS.get(name, SEEDS[0]), *SEEDS)
    found = next((outcome.breach for outcome in map(blow_shortly, seeds) if outcome.breach is not None), None)

    assert found is not None
    assert found.invariant == invariant, str(found)


def blow_shortly(seed: int):
    """Blow a storm that is over soon."""
    return blow(seed, events=300)
