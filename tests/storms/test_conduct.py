"""The checkers of incidents can fail: each of these pagerds breaks one of their rules, and the storm names it."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from pagerd.core.errors import Unavailable
from pagerd.core.incidents import asking, checks, on_lifecycle, on_public, on_review, on_roles, on_updates, opening
from pagerd.core.incidents.checks import Sample
from pagerd.core.incidents.incident import Mode, ReadingState
from pagerd.core.incidents.roles import Role, Standing
from pagerd.engine.incidents import commands, pages
from pagerd.engine.incidents import once as acting
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.storm import INCIDENTS_IN, blow
from pagerd.stores.records import incidents

SEEDS = range(INCIDENTS_IN, 12 * INCIDENTS_IN, INCIDENTS_IN)
EVENTS = 300

Break = Callable[[pytest.MonkeyPatch], None]


def anybody_holds_everything(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks who has which role already."""
    patch.setattr(on_roles, "would_hold_all", lambda *_args: False)
    patch.setattr(on_roles, "fill_gap", lambda _draft: None)


def nobody_is_asked_for_a_role(patch: pytest.MonkeyPatch) -> None:
    """An incident is declared, and waits for volunteers."""
    patch.setattr(asking, "ask_for_vacant", lambda *_args, **_more: None)


def a_note_is_nobodys(patch: pytest.MonkeyPatch) -> None:
    """What is written down names no person."""
    note = commands.NoteAdded
    patch.setattr(commands, "NoteAdded", lambda **said: note(**{**said, "by": ""}))


def updates_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    """They are counted, and not stored."""

    async def nothing(*_args):
        return None

    patch.setattr(incidents, "put_update", nothing)


def the_watch_is_not_waited_for(patch: pytest.MonkeyPatch) -> None:
    """All criteria are met, and that is enough."""
    unmet = on_lifecycle.gate.unmet
    patch.setattr(
        on_lifecycle.gate,
        "unmet",
        lambda *given: tuple(one for one in unmet(*given) if one.code != "watch_running"),
    )


def any_instant_will_do(patch: pytest.MonkeyPatch) -> None:
    """The impact may begin after it was detected."""
    patch.setattr(opening, "check_times", lambda _draft: None)


def paging_holds_acts_up(patch: pytest.MonkeyPatch) -> None:
    """An act waits for somebody outside, who is not there."""

    async def fails(*_args):
        raise Unavailable("the chat is down")

    patch.setattr(pages, "raise_page", fails)


def anybody_approves(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks whether they may."""
    patch.setattr(on_public, "rights_of", lambda *_args: SimpleNamespace(is_approver=True))


def a_close_asks_for_nothing(patch: pytest.MonkeyPatch) -> None:
    """Over is over."""
    patch.setattr(on_review, "against_closing", lambda *_args: ())


def a_drill_is_for_customers_too(patch: pytest.MonkeyPatch) -> None:
    """Nobody tells a drill from an incident when customers are concerned."""
    follow, must = on_public.follow, on_public._must_concern_customers

    def as_if_live(act):
        def acts(draft, *more):
            mode = draft.incident.mode
            draft.change(mode=Mode.LIVE)
            try:
                act(draft, *more)
            finally:
                draft.change(mode=mode)

        return acts

    patch.setattr(on_public, "follow", as_if_live(follow))
    patch.setattr(on_public, "_must_concern_customers", as_if_live(must))


def the_clock_gives_roles(patch: pytest.MonkeyPatch) -> None:
    """Whoever is on call now is the commander, whoever was."""
    cadence_due = on_updates.cadence_due

    def handing_over(draft):
        standing = draft.incident.roles.get(Role.IC, Standing())
        other = "kim" if standing.holder != "kim" else "lea"
        draft.put_role(Role.IC, replace(standing, holder=other))
        cadence_due(draft)

    patch.setattr(on_updates, "cadence_due", handing_over)


def keys_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """What is sent again is done again."""

    async def nothing(*_args):
        return None

    patch.setattr(acting, "kept", nothing)
    patch.setattr(acting, "keep", nothing)


def what_nobody_could_read_is_green(patch: pytest.MonkeyPatch) -> None:
    """A check whose answer nobody got is taken for good news."""
    patch.setattr(checks, "unread", lambda check, why: Sample(ReadingState.GREEN, f"{checks.named(check)}: {why}"))


def red_of_a_machine_is_not_heeded(patch: pytest.MonkeyPatch) -> None:
    """What a check finds broken is well: the watch goes on, and does not begin anew."""
    of_values = checks.of_values

    def blind(check, values):
        sample = of_values(check, values)
        return replace(sample, state=ReadingState.GREEN) if sample.state is ReadingState.RED else sample

    patch.setattr(checks, "of_values", blind)


BREAKS: dict[str, tuple[str, Break]] = {
    "one person has all roles": ("R1", anybody_holds_everything),
    "nobody is asked for a role": ("R2", nobody_is_asked_for_a_role),
    "a note is nobody's": ("R3", a_note_is_nobodys),
    "updates are not kept": ("R4", updates_are_not_kept),
    "the watch is not waited for": ("R6", the_watch_is_not_waited_for),
    "what nobody could read is green": ("R6", what_nobody_could_read_is_green),
    "red of a machine is not heeded": ("R6", red_of_a_machine_is_not_heeded),
    "any instant will do": ("R7", any_instant_will_do),
    "paging holds acts up": ("R8", paging_holds_acts_up),
    "anybody approves": ("R5", anybody_approves),
    "a close asks for nothing": ("R9", a_close_asks_for_nothing),
    "a drill is for customers too": ("R10", a_drill_is_for_customers_too),
    "the clock gives roles": ("R11", the_clock_gives_roles),
    "keys are not looked at": ("R12", keys_are_not_looked_at),
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_incident_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a few storms, and by the rule that is broken."""
    rule, break_it = BREAKS[name]
    break_it(monkeypatch)
    calm = frozenset({Fault.CLOCK_BACK})
    breaches = (blow(seed, events=EVENTS, without=calm).breach for seed in SEEDS)
    found = next((breach for breach in breaches if breach is not None), None)

    assert found is not None
    assert found.invariant == rule, str(found)


@pytest.mark.timeout(900)
def test_storms_with_incidents_have_some() -> None:
    """People declare, and what they do is mostly done."""
    blown = [blow(seed, events=EVENTS) for seed in SEEDS[:2]]

    assert [one.breach for one in blown] == [None, None]
    assert all(one.kinds["incident"] >= 10 for one in blown)
