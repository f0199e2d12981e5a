"""What each form about an incident asks: its fields, with what is known already filled in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents.incident import CancelReason, Incident
from pagerd.core.incidents.mitigation import MENU, REVERSIBLE, Outcome
from pagerd.core.incidents.roles import ROLE_NAMES, Role, Standing
from pagerd.core.paging.page import Page
from pagerd.core.plain import length, one_line, zoned_time
from pagerd.core.plan import Plan
from pagerd.engine.incidents.queries import Story
from pagerd.web.incident_fields import Field, choice

PROMISES = 4
"""Lengths to choose from for the next update: the shortest, the longest, and two between."""

TRENDS = (("", "not known"), ("improving", "improving"), ("stable", "stable"), ("worsening", "worsening"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a form is made of: the incident, the others that are open, the plan, and whose clock it is.

    `free_pages` are open ones that are part of no incident, the newest first.
    """

    story: Story
    others: tuple[Incident, ...]
    free_pages: tuple[Page, ...]
    plan: Plan
    zone: ZoneInfo
    now: datetime

    @property
    def incident(self) -> Incident:
        """The incident itself."""
        return self.story.incident


def update_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask for an update, beginning with what the last one said."""
    last = seen.story.updates[-1] if seen.story.updates else None
    every = seen.story.policy.update_every
    step = (every.most - every.least) / (PROMISES - 1) if every is not None else timedelta(0)
    spans = [every.least + step * turn for turn in range(PROMISES)] if every is not None else []
    promises = [(_word(one), f"in {length(one)}, {zoned_time(seen.now + one, seen.zone, seen.now)}") for one in spans]
    return (
        Field(
            name="know",
            label="What we know",
            kind="long",
            is_needed=True,
            value=last.know if last is not None else "",
            hint="Facts alone: what is broken, who is hit and how much. Never guess.",
        ),
        Field(name="doing", label="What we do now", kind="long", value=last.doing if last is not None else ""),
        choice("trend", "The impact is", TRENDS, value=last.trend if last is not None else ""),
        Field(
            name="eta",
            label="When it will be over, if that is known",
            value=last.eta if last is not None else "",
            hint="Empty says that there is no ETA yet, and when the next update comes.",
        ),
        choice("next_in", "The next update", promises, value=promises[-1][0] if promises else "", is_needed=True),
    )


def _word(span: timedelta) -> str:
    return str(int(span.total_seconds()))


def mitigation_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask what is tried, the reversible first."""
    kinds = [
        (kind, f"{words[:1].upper()}{words[1:]}{'' if kind in REVERSIBLE else ' (cannot be taken back)'}")
        for kind, words in MENU.items()
    ]
    fields = [
        choice("kind", "What", kinds, value=next(iter(MENU)), hint="What can be taken back as it was comes first."),
        Field(name="text", label="What exactly", hint="Such as: release 41 in prod."),
    ]
    if not seen.incident.mitigation:
        why = "Why nothing that can be taken back is tried first"
        fields.append(Field(name="why", label=why, hint="Only for what cannot be taken back."))
    return tuple(fields)


def outcome_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask what one of those under way did."""
    running = [
        (str(one.number), one_line(f"{one.number}: {one.kind.replace('_', ' ')} {one.text}", 120))
        for one in seen.story.mitigations
        if one.outcome is None
    ]
    outcomes = [
        (Outcome.WORKED.value, "It helped"),
        (Outcome.NO_EFFECT.value, "No effect"),
        (Outcome.WORSE.value, "It made it worse"),
        (Outcome.UNDONE.value, "It was taken back"),
    ]
    return (
        choice("which", "Mitigation", running, value=running[0][0] if running else ""),
        choice("outcome", "What it did", outcomes, value=outcomes[0][0]),
        Field(name="text", label="How you know"),
    )


def severity_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask for another severity, the worst first."""
    ranked = sorted(seen.plan.severities.values(), key=lambda one: one.rank)
    known = [
        (one.id, one_line(f"{one.id}: {one.incident.definition or one.name}", 120))
        for one in ranked
        if one.incident.is_incident and one.id != seen.incident.severity
    ]
    return (
        choice("severity", "Severity", known, value=known[0][0] if known else ""),
        Field(name="why", label="Why", hint="Needed to lower it. Raising is never refused."),
    )


def text_field(label: str, *, hint: str = "", is_needed: bool = True) -> Callable[[Seen], tuple[Field, ...]]:
    """Return what asks for one sentence."""
    return lambda _seen: (Field(name="text", label=label, hint=hint, is_needed=is_needed),)


def _time_hint(seen: Seen) -> str:
    return f"Your clock, {zoned_time(seen.now, seen.zone, seen.now)} now. Empty: just now."


def monitor_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask since when customers feel nothing."""
    return (Field(name="at", label="Since when", kind="time", hint=_time_hint(seen)),)


def note_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask what happened, and when."""
    return (
        Field(name="text", label="What happened", kind="long", is_needed=True, hint="Facts: seen, tried, decided."),
        Field(name="at", label="When it happened", kind="time", hint=_time_hint(seen)),
    )


_REASONS = (
    (CancelReason.FALSE_ALARM, "A false alarm"),
    (CancelReason.NO_IMPACT, "Nobody is hit"),
    (CancelReason.PLANNED_WORK, "Planned work"),
    (CancelReason.TEST, "A test"),
    (CancelReason.OTHER, "Something else"),
)


def cancel_fields(_seen: Seen) -> tuple[Field, ...]:
    """Ask why it was none."""
    reasons = [(reason.value, says) for reason, says in _REASONS]
    return (choice("reason", "It was", reasons, value=reasons[0][0]), Field(name="text", label="In your own words"))


def merge_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask which other open one it is."""
    others = [
        (str(one.number), one_line(f"{one.number}: {one.severity} {one.title}", 120))
        for one in seen.others
        if one.number != seen.incident.number and one.is_drill == seen.incident.is_drill
    ]
    first = "choose one" if others else "no other one is open"
    return (choice("into", "It is the same as", [("", first), *others], is_needed=True),)


def page_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask which page is part of it: one that is open, those of its own team first, or any by its id."""
    nearest = sorted(seen.free_pages, key=lambda page: page.subject.team != seen.incident.team)
    known = [(page.id, one_line(_page_line(page), 120)) for page in nearest]
    first = "choose one" if known else "no page is open that is part of none"
    return (
        choice("page", "The page", [("", first), *known]),
        Field(name="text", label="Or another one, by its id", hint="Such as p-K4tzQ2; it may be over.", signs_max=100),
    )


def _page_line(page: Page) -> str:
    where = " / ".join(part for part in (page.subject.service or page.subject.team, page.subject.place) if part)
    return f"{page.severity} {page.subject.title} ({where}) {page.id}"


def help_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask whose help is needed, and for what."""
    teams = [(team.id, team.name) for team in seen.plan.teams.values()]
    return (
        choice("team", "Whose help", [("", "choose a team"), *teams], is_needed=True),
        Field(name="what", label="What is needed, and why", is_needed=True, hint="Such as: a database expert, locks."),
        Field(name="target", label="A person or role of that team", hint="Empty pages its primary.", signs_max=100),
    )


def people_of(seen: Seen) -> list[tuple[str, str]]:
    """Return who can be chosen, by name."""
    return sorted(((one.id, one.name) for one in seen.plan.people.values()), key=lambda one: one[1])


def _roles(seen: Seen, which: Callable[[Standing], bool]) -> list[tuple[str, str]]:
    standings = {role: seen.incident.roles.get(role, Standing()) for role in Role}
    return [(role.value, ROLE_NAMES[role]) for role, standing in standings.items() if which(standing)]


def request_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask which role is wanted, and of whom first."""
    roles = _roles(seen, lambda _standing: True)
    return (
        choice("role", "Role", roles, value=roles[0][0]),
        choice("person", "Who is asked first", [("", "whose turn it is"), *people_of(seen)]),
    )


def handoff_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask which role goes to whom."""
    held = _roles(seen, lambda standing: standing.holder is not None)
    return (
        choice("role", "Role", held, value=held[0][0] if held else ""),
        choice("to", "To", [("", "choose somebody"), *people_of(seen)], is_needed=True),
    )


def release_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask which role is laid down, and why."""
    known = _roles(seen, lambda standing: standing.holder is not None or standing.is_asked)
    return (
        choice("role", "Role", known, value=known[0][0] if known else ""),
        Field(name="why", label="Why", hint="Needed to stop asking for a role that the severity wants."),
    )


def all_hands_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask whether all of them are really to be woken, and say who that is."""
    names = ", ".join(seen.plan.name_of(one) for one in seen.plan.incidents.all_hands)
    whom = names or "nobody: all_hands of rules/incidents.yaml names nobody"
    return (choice("sure", "Sure?", [("", "no"), ("yes", "yes, page them")], is_needed=True, hint=f"It pages {whom}."),)


def reply_fields(seen: Seen) -> tuple[Field, ...]:
    """Ask which question is answered, and how."""
    asked = [
        (str(one.number), one_line(f"{one.number}: {one.text}", 120))
        for one in seen.story.questions
        if one.answered_at is None
    ]
    return (
        choice("which", "The question", asked, value=asked[0][0] if asked else ""),
        Field(name="text", label="The answer", is_needed=True),
    )
