"""Cross checks of people: who can be reached, which steps can fire, when a schedule has nobody."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pagerd.config.escalation import FILE as ESCALATION_FILE
from pagerd.config.findings import Span, errors
from pagerd.config.parts import Parts
from pagerd.config.reader import Path, Reader
from pagerd.config.times import duration_text
from pagerd.core.digest import recipients
from pagerd.core.oncall.coverage import unmeant_holes
from pagerd.core.paging.notification import is_reachable
from pagerd.core.people import LOUD, Medium, Person, Urgency
from pagerd.core.plan import EscalationPolicy, Plan, Step, Team

COVERAGE = timedelta(days=14)
"""How far ahead a daemon looks for a hole when it reads its files: a week to find somebody, and a week more."""

_SOMEWHERE = Span("rotations")


def check_people(reader: Reader, parts: Parts, plan: Plan, now: datetime | None) -> None:
    """Note people who cannot be reached, steps that cannot fire, and holes soon after `now`; None: not looked at."""
    _phones(reader, plan)
    _logins(reader, plan)
    _contacts(reader, parts, plan)
    _shadows(reader, plan)
    _policies(reader, parts, plan)
    # A time to answer that could not be read has a blank in its place, and is not what anybody meant.
    if not any(one.span.file == ESCALATION_FILE for one in errors(reader.findings)):
        _late_methods(reader, plan)
    # A schedule with mistakes in it answers for nobody; the mistakes are told, its holes would be noise.
    if not errors(reader.findings):
        _holes(reader, plan, now)
        _digests(reader, plan)


def resolved(plan: Plan, team: Team | None, target: str) -> str:
    """Return the schedule or person behind a target: itself, or who fills the role."""
    return (team.roles.get(target) if team is not None else None) or plan.roles.get(target) or target


def everybody_behind(plan: Plan, name: str) -> set[str]:
    """Return all people whom a schedule or a person's name can ever mean, overrides in files included."""
    if name in plan.people:
        return {name}
    schedule = plan.book.schedules.get(name)
    if schedule is None:
        return set()
    source = plan.book.schedules.get(schedule.copy, schedule) if schedule.copy is not None else schedule
    turns = source.people_of_layers if source is not schedule else ()
    exceptions = {person for one in plan.book.overrides if one.schedule == name for person in one.people}
    return {person for person in (*turns, *schedule.people, *exceptions) if person in plan.people}


def _phones(reader: Reader, plan: Plan) -> None:
    first: dict[str, str] = {}
    for person in plan.people.values():
        for number in dict.fromkeys(one for one in (person.sms, person.voice) if one):
            other = first.setdefault(number, person.id)
            if other != person.id:
                written = ("phone", "sms", "voice")
                key = next((one for one in written if reader.is_written(("people", person.id, one))), "phone")
                span = reader.span_of(("people", person.id, key), _SOMEWHERE)
                message = f"{person.id} and {other} have one phone number"
                reader.report(
                    "E405", span, message, "a number for each person", "a reply from it would not name a person"
                )


def _logins(reader: Reader, plan: Plan) -> None:
    first: dict[str, str] = {}
    for person in plan.people.values():
        if person.login is None:
            continue
        other = first.setdefault(person.login, person.id)
        if other != person.id:
            span = reader.span_of(("people", person.id, "login"), _SOMEWHERE)
            message = f"{person.id} and {other} have one login"
            reader.report("E408", span, message, "an account for each person", "what is done from it names a person")


def _paged(plan: Plan) -> set[str]:
    """Return everybody whom a page may ever reach."""
    names = {*plan.last_resort.targets, *plan.operators, *plan.roles.values()}
    for team in plan.teams.values():
        names.update(team.roles.values())
    for policy in plan.policies.values():
        names.update(target for step in policy.steps for target in step.targets)
    found = {person for name in names for person in everybody_behind(plan, resolved(plan, None, name))}
    return found.union(*(everybody_behind(plan, name) for name in plan.book.schedules))


def _contacts(reader: Reader, parts: Parts, plan: Plan) -> None:
    if not plan.media:
        hint = "to try things out: channels: {sms: [{kind: console}]}"
        span = reader.span_of(("settings", "channels"), Span("pagerd.yaml"))
        reader.report("E608", span, "no channel has a provider: nobody could be told", "channels with a provider", hint)
        return
    for name in sorted(_paged(plan)):
        person = parts.people[name]
        if any(reader.is_written(("people", name, key)) and not address for key, address in _addresses(person)):
            # An address that could not be read has its own finding.
            continue
        usable = {medium for medium in plan.media if person.address(medium)}
        span = reader.span_of(("people", name), _SOMEWHERE)
        if not usable:
            media = " or ".join(sorted(medium.value for medium in plan.media))
            message = f"{name} is paged, and there is no way to reach them"
            reader.report("E403", span, message, f"an address for {media}", _address_hint(plan.media))
        elif not usable & LOUD and plan.media & LOUD:
            message = f"{name} is paged, and can only be reached by mail: it does not wake"
            reader.report("W404", span, message, "a phone number")


def _shadows(reader: Reader, plan: Plan) -> None:
    """Note a shadow who hears nothing: their copies never go by text or call."""
    for schedule in plan.book.schedules.values():
        places: list[tuple[Path, tuple[str, ...]]] = [(("shadow",), schedule.shadows)]
        places += [(("shifts", str(number)), shift.shadows) for number, shift in enumerate(schedule.fixed, 1)]
        for path, person in ((path, person) for path, people in places for person in people):
            if plan.media and person in plan.people and not is_reachable(plan, person, Urgency.LOW):
                span = reader.span_of(("teams", schedule.team, "schedules", schedule.id, *path), _SOMEWHERE)
                message = f"{person} shadows {schedule.id}, and there is no quiet way to tell them"
                reader.report("W412", span, message, "email: an address")


def _digests(reader: Reader, plan: Plan) -> None:
    """Note a digest without an address at all, or one that somebody asked for where nothing can mail it."""
    for team in plan.teams.values():
        path: Path = ("teams", team.id, "digest_at")
        if team.digest_at is None:
            continue
        if Medium.EMAIL in plan.media and not recipients(plan, team):
            span = reader.span_of(("teams", team.id), _SOMEWHERE)
            message = f"the daily digest of team {team.id} reaches nobody"
            reader.report("W409", span, message, "mail: an address", "or digest_at: none")
        elif Medium.EMAIL not in plan.media and plan.media and reader.is_written(path):
            message = f"no channel can mail the daily digest of team {team.id}"
            reader.report("W409", reader.span_of(path, _SOMEWHERE), message, "email: [a provider] among the channels")


def _addresses(person: Person) -> tuple[tuple[str, str | None], ...]:
    return (
        ("phone", person.sms or person.voice),
        ("sms", person.sms),
        ("voice", person.voice),
        ("email", person.email),
    )


def _address_hint(media: frozenset[Medium]) -> str:
    return "phone: a number for texts and calls" if media & LOUD else "email: an address"


def _policies(reader: Reader, parts: Parts, plan: Plan) -> None:
    used = {team.escalation for team in plan.teams.values()}
    for name in sorted(parts.escalation.policies.keys() - used):
        span = reader.span_of(("escalation", name), _SOMEWHERE)
        reader.report("W704", span, f"no team uses the escalation policy {name}", "a team with this policy")
    for team in plan.teams.values():
        policy = plan.policies.get(team.escalation)
        if policy is None or team.escalation not in parts.escalation.policies:
            # A default policy has only steps that the team fills; those that repeat a person are passed over.
            continue
        _steps(reader, plan, team, policy)


def _steps(reader: Reader, plan: Plan, team: Team, policy: EscalationPolicy) -> None:
    earlier: dict[str, int] = {}
    for place, step in enumerate(policy.steps, 1):
        path: Path = ("escalation", policy.id, "steps", str(place), "page")
        names = {resolved(plan, team, target) for target in step.targets}
        _unfilled(reader, plan, team, policy, step)
        found = {one for one in names if one in plan.people or one in plan.book.schedules}
        if found and found <= earlier.keys():
            whom = ", ".join(sorted(found))
            first = min(earlier[one] for one in found)
            message = f"step {place} of {policy.id} can never fire for team {team.id}: {whom} was paged in step {first}"
            role = next((one for one in step.targets if one in team.roles), None)
            own: Path = ("teams", team.id, role or "")
            span = reader.span_of(own if role and reader.is_written(own) else path, _SOMEWHERE)
            reader.report("E302", span, message, "somebody who was not paged before")
        for one in found:
            earlier.setdefault(one, place)


def _unfilled(reader: Reader, plan: Plan, team: Team, policy: EscalationPolicy, step: Step) -> None:
    roles = set(plan.roles).union(*(one.roles for one in plan.teams.values()))
    for target in step.targets:
        if target in roles and target not in team.roles and target not in plan.roles:
            path: Path = ("teams", team.id, "escalation")
            span = reader.span_of(path if reader.is_written(path) else ("teams", team.id, "team"), _SOMEWHERE)
            message = f"team {team.id} does not say who its {target} is, whom policy {policy.id} pages"
            reader.report("E303", span, message, f"{target}: a schedule or a person", "or a policy without that step")


def _shortest_waits(plan: Plan) -> Mapping[str, timedelta]:
    """Return, for each person, the shortest time that any step with them waits."""
    waits: dict[str, timedelta] = {}
    for team in plan.teams.values():
        policy = plan.policies.get(team.escalation)
        for step in policy.steps if policy is not None else ():
            for person in _behind_step(plan, team, step.targets):
                waits[person] = min(waits.get(person, step.answer_within), step.answer_within)
    return waits


def _behind_step(plan: Plan, team: Team, targets: Iterable[str]) -> set[str]:
    return {person for target in targets for person in everybody_behind(plan, resolved(plan, team, target))}


def _late_methods(reader: Reader, plan: Plan) -> None:
    told: set[Span] = set()
    for name, wait in sorted(_shortest_waits(plan).items()):
        for rule in plan.people[name].notify.get(Urgency.HIGH, ()):
            if rule.after < wait or rule.medium not in plan.media:
                continue
            own: Path = ("people", name, "notify", "high")
            path = own if reader.is_written(own) else ("settings", "notify", "high")
            span = reader.span_of(path, Span("pagerd.yaml"))
            if span in told:
                continue
            told.add(span)
            message = f"the {rule.medium.value} after {duration_text(rule.after)} comes when the step has moved on"
            reader.report(
                "W407", span, message, f"less than {duration_text(wait)}", f"a step with {name} waits no longer"
            )


def used_schedules(plan: Plan) -> list[str]:
    """Return the schedules that a page may use, by name. Others are calendars for people, and may be as they are."""
    used = set(plan.last_resort.targets) | set(plan.roles.values())
    for team in plan.teams.values():
        used |= set(team.roles.values())
        policy = plan.policies.get(team.escalation)
        used |= {target for step in policy.steps for target in step.targets} if policy is not None else set()
    return sorted(used & plan.book.schedules.keys())


def _holes(reader: Reader, plan: Plan, now: datetime | None) -> None:
    for name in used_schedules(plan):
        schedule = plan.book.schedules[name]
        span = reader.span_of(("teams", schedule.team, "schedules", name), _SOMEWHERE)
        if schedule.copy is None and not everybody_behind(plan, name):
            reader.report("E206", span, f"{name} has nobody in it: all its turns are none", "a person in a turn")
            continue
        found = unmeant_holes(plan.book, name, now, now + COVERAGE) if now is not None else ()
        if not found:
            continue
        start, end = (one.astimezone(schedule.zone) for one in found[0])
        more = {1: "", 2: ", and once more"}.get(len(found), f", and {len(found) - 1} more times")
        message = (
            f"{name} has nobody from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} ({schedule.zone.key}){more} "
            f"in the next {COVERAGE.days} days"
        )
        hint = "add an override, or a layer below the others; there people: [none] says that nobody is meant"
        reader.report("W205", span, message, "somebody", hint)
