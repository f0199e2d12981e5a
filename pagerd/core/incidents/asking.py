"""Asks for people: a page for each role that nobody holds, for help, for what was promised and is late."""

from pagerd.core.incidents.draft import Draft
from pagerd.core.incidents.effects import EndPages, RaisePage
from pagerd.core.incidents.errand import NAG_EVERY, Errand, nag_steps, one_by_one, role_steps, team_steps
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.incidents.roles import DUTIES, ROLE_NAMES, Role, Standing, would_hold_all
from pagerd.core.paging.escalation import find_all
from pagerd.core.paging.page import PageStep
from pagerd.core.people import Urgency

JOIN_REPEATS = 2
"""Whoever is asked to join is asked three times at least: nobody stands behind them."""

WORST = 1
"""The rank at which one person may not hold all three roles, and at which nothing waits."""


def ask_for_role(draft: Draft, role: str, *, first: str | None = None, but: tuple[str, ...] = ()) -> None:
    """Page for a role, but none of `but`; whoever is asked already by another page of it is not asked twice."""
    incident = draft.incident
    standing = incident.roles.get(role, Standing())
    if standing.is_asked:
        draft.do(EndPages(errand=role, why="somebody else is asked now"))
    is_pressing = _must_be_filled(draft, role)
    draft.put_role(role, Standing(holder=standing.holder, since=standing.since, is_asked=True, is_pressing=is_pressing))
    spared = (*_who_cannot(draft, role), *but)
    steps = role_steps(draft.plan, incident, role, first=first)
    title = f"{ROLE_NAMES[role].capitalize()} wanted for {name_of(incident)}: {incident.title}"
    action = f"Answer to take the role. {DUTIES[role]}"
    _raise(draft, role, title, action, steps, spared, ends_quietly=not is_pressing)
    draft.record("role.asked", role=ROLE_NAMES[role], people=", ".join(dict.fromkeys(_targets(steps))))


def ask_for_vacant(draft: Draft, but: tuple[str, ...] = ()) -> None:
    """Ask for every role that the severity wants, that nobody holds and that nobody was asked for yet as it wants."""
    for role in draft.policy.roles:
        standing = draft.incident.roles.get(role, Standing())
        # A search that presses is not begun anew because it need not any more: that would only wake people again.
        is_enough = standing.is_asked and (standing.is_pressing or not _must_be_filled(draft, role))
        if standing.holder is None and not is_enough:
            ask_for_role(draft, role, but=but)


def _must_be_filled(draft: Draft, role: str) -> bool:
    """Is it the commander of an incident of the worst severity, and nobody is? Only for that the last resort is woken.

    Without another role people go on, more slowly; to call somebody every five minutes who may not even take it stops
    nothing, and keeps from sleep whoever is wanted next.
    """
    incident = draft.incident
    return role == Role.IC.value and incident.rank == WORST and incident.holder(Role.IC) is None


def ask_joiners(draft: Draft, known: tuple[str, ...] = ()) -> None:
    """Page each of those who join an incident of this severity; `known` were asked by the severity before.

    Each has a page of their own: the answer of one is not that of another. Who does not come stops nothing: nobody
    else is woken for them, the commander hears of it.
    """
    incident = draft.incident
    fresh = [target for target in draft.policy.joins if target not in known]
    steps = one_by_one(draft.plan, incident.team, fresh, NAG_EVERY)
    for step in steps:
        _raise_to_join(draft, f"{name_of(incident).capitalize()}, {incident.severity}: {incident.title}", step)
    if steps:
        draft.record("incident.joiners_asked", people=", ".join(_targets(steps)))


def ask_all_hands(draft: Draft, targets: tuple[str, ...], spared: tuple[str, ...]) -> None:
    """Page everybody who is named, each by a page of their own; but none of `spared`."""
    incident = draft.incident
    title = f"All hands for {name_of(incident)}, {incident.severity}: {incident.title}"
    for step in one_by_one(draft.plan, incident.team, targets, NAG_EVERY):
        people = {one.person for one in find_all(draft.plan, incident.team, step.targets, draft.now)}
        if people - set(spared):
            _raise_to_join(draft, title, step, spared)


def _raise_to_join(draft: Draft, title: str, step: PageStep, spared: tuple[str, ...] = ()) -> None:
    _raise(draft, Errand.JOIN, title, "Join it.", (step,), spared, ends_quietly=True, repeat_least=JOIN_REPEATS)


def ask_for_update(draft: Draft) -> None:
    """Page whoever owes an overdue update: the comms lead, five minutes later the commander, then the leads."""
    incident = draft.incident
    _raise(
        draft,
        Errand.UPDATE,
        f"Update overdue on {name_of(incident)}: {incident.title}",
        f"Post it: pagerd update post {incident.number}",
        nag_steps(draft.plan, incident, (incident.holder(Role.COMMS), incident.holder(Role.IC))),
    )


def ask_for_public(draft: Draft) -> None:
    """Page whoever speaks to customers, because these heard nothing in time: the comms lead, then the commander."""
    incident, pending = draft.incident, draft.incident.public.pending
    how = f"approve {incident.number} {pending.number}" if pending is not None else f"draft {incident.number}"
    _raise(
        draft,
        Errand.PUBLIC,
        f"Customers were not told of {name_of(incident)} in time: {incident.title}",
        f"Tell them: pagerd public {how}",
        nag_steps(draft.plan, incident, (incident.holder(Role.COMMS), incident.holder(Role.IC))),
    )


def ask_to_classify(draft: Draft) -> None:
    """Page whoever suspected something, because nobody has said yet whether it is an incident."""
    incident = draft.incident
    _raise(
        draft,
        Errand.TRIAGE,
        f"{name_of(incident).capitalize()} is not classified: {incident.title}",
        f"Declare or cancel it: pagerd incident show {incident.number}",
        nag_steps(draft.plan, incident, (incident.opened_by,)),
    )


def ask_to_look(draft: Draft, what: str) -> None:
    """Page the commander, because what had been mended is broken again."""
    incident = draft.incident
    _raise(
        draft,
        Errand.WATCH,
        f"{name_of(incident).capitalize()}: {what}",
        f"Look at it: pagerd incident show {incident.number}",
        nag_steps(draft.plan, incident, (incident.holder(Role.IC), incident.holder(Role.TL), incident.opened_by)),
    )


def ask_for_help(draft: Draft, team: str, target: str, what: str, by: str) -> None:
    """Page somebody of another team by name, then its own policy; its last resort at the worst severity alone."""
    incident = draft.incident
    steps = (*one_by_one(draft.plan, team, (target,), NAG_EVERY), *team_steps(draft.plan, team))
    draft.do(
        RaisePage(
            errand=Errand.HELP,
            title=f"{draft.plan.name_of(by)} needs help with {name_of(incident)}: {what}",
            summary=incident.title,
            action=f"{_where(incident)}Answer to come. {what}",
            steps=steps,
            urgency=Urgency.HIGH.value,
            team=team,
            ends_quietly=incident.rank != WORST,
        )
    )


def _where(incident: Incident) -> str:
    """Say where people meet, before anything else: what comes last is cut from a text."""
    return f"{incident.room.place} " if incident.room is not None else ""


def _raise(
    draft: Draft,
    errand: str,
    title: str,
    action: str,
    steps: tuple[PageStep, ...],
    spared: tuple[str, ...] = (),
    *,
    ends_quietly: bool = False,
    repeat_least: int = 0,
) -> None:
    incident = draft.incident
    draft.do(
        RaisePage(
            errand=errand,
            title=title,
            summary=incident.impact or incident.title,
            action=f"{_where(incident)}{action}",
            steps=steps,
            urgency=_urgency(draft),
            team=incident.team,
            spared=spared,
            ends_quietly=ends_quietly,
            repeat_least=repeat_least,
        )
    )


def _who_cannot(draft: Draft, role: str) -> tuple[str, ...]:
    """Return whom it would be no use to ask: at the worst severity nobody may hold all three roles."""
    incident = draft.incident
    if incident.rank != WORST:
        return ()
    holders = {standing.holder for standing in incident.roles.values() if standing.holder is not None}
    return tuple(sorted(person for person in holders if would_hold_all(incident.roles, person, role)))


def _urgency(draft: Draft) -> str:
    severity = draft.plan.severities.get(draft.incident.severity)
    return (severity.urgency if severity is not None else Urgency.HIGH).value


def _targets(steps: tuple[PageStep, ...] | list[PageStep]) -> list[str]:
    return [target for step in steps for target in step.targets]
