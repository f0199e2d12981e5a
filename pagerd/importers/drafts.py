"""Cuts escalation policies to what pagerd can walk, and says who fills a team's roles."""

from collections.abc import Container, Iterable, Mapping
from datetime import timedelta

from pagerd.config.escalation import REPEAT_MAX
from pagerd.config.times import DURATION_MAX, duration_text
from pagerd.core.people import LOUD, Person
from pagerd.core.plan import EscalationPolicy, Step
from pagerd.importers.ledger import Entry

STEPS_MAX, TARGETS_MAX = 20, 100
"""As in `config/escalation.py`."""

SHORTEST = timedelta(minutes=1)
"""The least time to answer that an import writes: in less nobody answers a call."""


def policy_of(
    entry: Entry,
    id: str,  # noqa: A002  # the word of the value
    steps: Iterable[tuple[tuple[str, ...], timedelta]],
    repeat: int,
) -> EscalationPolicy | None:
    """Return a policy whose every step can fire, or None where nobody is left in it; what is otherwise is said.

    Targets are names of pagerd. A step that pages only people of earlier steps gives its time to the one before it,
    because pagerd pages nobody twice in one round.
    """
    kept: list[Step] = []
    paged: set[str] = set()
    for place, (wished, wait) in enumerate(steps, 1):
        targets = tuple(dict.fromkeys(wished))
        within = min(max(wait, SHORTEST), DURATION_MAX)
        if within != wait:
            entry.change(f"step {place} waits {duration_text(within)}, not {duration_text(wait)}")
        if not targets:
            entry.change(f"step {place} is left out: none of those whom it pages is imported")
        elif set(targets) <= paged:
            entry.change(
                f"step {place} pages only who was paged before: its {duration_text(within)} go to the step before"
            )
            kept[-1] = Step(kept[-1].targets, min(kept[-1].answer_within + within, DURATION_MAX))
        else:
            kept.append(Step(targets, within))
            paged.update(targets)
    if not kept:
        entry.refuse("nobody whom it pages is imported")
        return None
    if len(kept) > STEPS_MAX:
        entry.change(f"the first {STEPS_MAX} of {len(kept)} steps are kept")
    if repeat > REPEAT_MAX:
        entry.change(f"it is gone through {REPEAT_MAX} more times, not {repeat}: then the last resort is paged")
    return EscalationPolicy(id=id, steps=tuple(kept[:STEPS_MAX]), repeat=max(0, min(repeat, REPEAT_MAX)))


def roles_of(policy: EscalationPolicy | None, schedules: Iterable[str]) -> Mapping[str, str]:
    """Return who fills the roles of a team: whoever the steps of its policy page first, else its schedules in order."""
    wanted = [step.targets[0] for step in policy.steps] if policy is not None else list(schedules)
    return dict(zip(("primary", "secondary"), dict.fromkeys(wanted), strict=False))


LEADERS_MAX = 10
"""People who stand behind everything: as many as are told of pagerd's own troubles at most."""


def leaders_of(people: Iterable[Person], runs: Container[str]) -> tuple[str, ...]:
    """Return who stands behind everything: of those who run the account and have a phone, else of all who have one."""
    everybody = sorted(people, key=lambda one: one.id)
    reachable = [one for one in everybody if any(one.address(medium) for medium in LOUD)] or everybody
    leading = [one for one in reachable if one.id in runs] or reachable
    return tuple(one.id for one in leading[:LEADERS_MAX])
