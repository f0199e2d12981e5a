"""Gives each policy a team that it is in force for: in pagerd whoever answers is a team, and a team has one policy.

Where the services of one team of the source have several policies, each further one becomes a team of its own, so that
every alert is still escalated as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Override
from pagerd.core.plan import EscalationPolicy
from pagerd.importers.base import Noted, ScheduleDraft, TeamDraft
from pagerd.importers.drafts import roles_of
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names, slug


@dataclass(frozen=True, slots=True)
class SourceService:
    """A service of the source: whose it is, and which policy it is escalated by; None where the source says neither."""

    id: str
    name: str
    team: str | None
    policy: str | None


@dataclass(slots=True)
class SourceTeam:
    """A team of the source with its name here, and what is its.

    `policy` is the one that the source says is the team's, where it says so; `first` a schedule that it pages instead.
    """

    entry: Entry
    name: str
    policy: str | None = None
    first: str | None = None
    schedules: list[Noted[ScheduleDraft]] = field(default_factory=list)
    overrides: list[Noted[Override]] = field(default_factory=list)


def nobodys(teams: dict[str, SourceTeam], names: Names, product: str) -> str:
    """Return the id of what no team of the source has: for pagerd it is a team, named as the product."""
    if "" not in teams:
        entry = Entry(product, "account", "", product)
        entry.remark("what belongs to no team there")
        teams[""] = SourceTeam(entry, names.give(product, otherwise="imported"))
    return ""


def team_drafts(
    teams: Mapping[str, SourceTeam],
    services: Iterable[SourceService],
    policies: Mapping[str, tuple[Entry, EscalationPolicy]],
    owners: Mapping[str, str],
    names: Names,
    ledger: Ledger,
) -> tuple[tuple[TeamDraft, ...], tuple[Noted[EscalationPolicy], ...]]:
    """Return the teams that have something to answer for or with, and the policies that are in force for one of them.

    `owners` says for policies of the source to which team they belong, where it says so.
    """
    groups = _grouped(teams, services, policies, ledger)
    # A policy without any service is the team's where the team has no other.
    with_services = {policy for _, policy in groups if policy is not None}
    for policy, owner in owners.items():
        if policy not in with_services and not any(team == owner and has for team, has in groups):
            groups.setdefault((owner, policy), [])
    for id_, team in teams.items():
        if team.policy is not None and team.policy in policies:
            groups.setdefault((id_, team.policy), [])
    drafts: list[TeamDraft] = []
    for id_, team in sorted(teams.items(), key=lambda one: one[1].name):
        drafts += _drafts_of(id_, team, groups, policies, names)
    in_force = {draft.escalation for draft in drafts}
    kept: list[Noted[EscalationPolicy]] = []
    for entry, found in policies.values():
        if found.id in in_force:
            kept.append(Noted(found, entry.notes))
        else:
            entry.leave_out("no service and no team uses it")
    return tuple(drafts), tuple(sorted(kept, key=lambda one: one.value.id))


_Services = list[tuple[Entry, str]]
_Groups = dict[tuple[str, str | None], _Services]


def _grouped(
    teams: Mapping[str, SourceTeam],
    services: Iterable[SourceService],
    policies: Mapping[str, tuple[Entry, EscalationPolicy]],
    ledger: Ledger,
) -> _Groups:
    """Put services together that one team answers for by one policy."""
    groups: _Groups = {}
    names = Names()
    for service in services:
        entry = ledger.entry("service", service.id, service.name)
        if service.team is None or service.team not in teams:
            entry.refuse("no team that is imported answers for it")
            continue
        name = names.give(service.name, otherwise=f"service-{service.id}")
        entry.becomes = f"service {name}"
        if name != service.name:
            entry.change(f"alerts are its where their label service is {name}")
        policy = service.policy if service.policy in policies else None
        if policy is None and service.policy is not None:
            entry.change("its escalation policy is not imported: it has its team's")
        groups.setdefault((service.team, policy), []).append((entry, name))
    return groups


def _drafts_of(
    id_: str,
    team: SourceTeam,
    groups: _Groups,
    policies: Mapping[str, tuple[Entry, EscalationPolicy]],
    names: Names,
) -> list[TeamDraft]:
    """Return a team, and one more for each policy beside its own."""
    own = [(policy, found) for (owner, policy), found in groups.items() if owner == id_]
    ranked = sorted(
        (one for one in own if one[0] is not None), key=lambda one: (one[0] != team.policy, -len(one[1]), one[0] or "")
    )
    plain = [service for policy, found in own if policy is None for service in found]
    if not ranked and not team.schedules:
        for entry, _ in plain:
            entry.refuse(f"nobody of {team.entry.name} who is imported would answer for it")
        team.entry.leave_out("it has neither a schedule nor a policy: in pagerd a team is whoever answers")
        return []
    first = policies[ranked[0][0] or ""] if ranked else None
    for policy, _ in ranked[1:]:
        team.entry.change(f"its services have several policies: {policies[policy or ''][1].id} has a team of its own")
    team.entry.becomes = f"team {team.name}"
    zone = _zone_of(team.schedules)
    schedules = sorted(team.schedules, key=lambda one: one.value.id)
    paged = sorted(
        (one.value.id for one in schedules if one.value.copy is None), key=lambda name: (name != team.first, name)
    )
    drafts = [
        TeamDraft(
            id=team.name,
            name=team.entry.name,
            zone=zone,
            notes=team.entry.notes,
            escalation=first[1].id if first is not None else None,
            roles=roles_of(first[1] if first is not None else None, paged),
            services=_sorted([*(ranked[0][1] if ranked else ()), *plain]),
            schedules=tuple(schedules),
            overrides=tuple(
                sorted(team.overrides, key=lambda one: (one.value.schedule, one.value.order, one.value.start))
            ),
        )
    ]
    for policy, services in ranked[1:]:
        entry, found = policies[policy or ""]
        drafts.append(
            TeamDraft(
                id=names.give(f"{team.name}-{slug(entry.name)}", otherwise=f"{team.name}-{found.id}"),
                name=f"{team.entry.name}: {entry.name}",
                zone=zone,
                notes=(f"What {team.entry.name} answers for by {entry.notes[0]}",),
                escalation=found.id,
                roles=roles_of(found, ()),
                services=_sorted(services),
            )
        )
    return drafts


def _sorted(services: Iterable[tuple[Entry, str]]) -> tuple[Noted[str], ...]:
    return tuple(Noted(name, entry.notes) for entry, name in sorted(services, key=lambda one: one[1]))


def _zone_of(schedules: Sequence[Noted[ScheduleDraft]]) -> ZoneInfo:
    """Return the zone that most schedules of a team have, the first by name of several; UTC for none."""
    keys = [one.value.zone.key for one in schedules]
    return ZoneInfo(min(keys, key=lambda key: (-keys.count(key), key))) if keys else ZoneInfo("UTC")
