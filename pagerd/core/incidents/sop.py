"""How incidents are run here, on one page: rendered from the plan, so that it says what pagerd will really do.

The page has sections of lines and tables, which each face writes in its own way; Markdown is one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pagerd.core.incidents.checklist import LIST_TITLES, Checklist
from pagerd.core.incidents.incident import TRIGGERS
from pagerd.core.incidents.mitigation import MENU, REVERSIBLE
from pagerd.core.incidents.next_step import ORDER
from pagerd.core.incidents.roles import DUTIES, ROLE_NAMES, Role
from pagerd.core.incidents.severity import CRITERIA, QUESTIONS, IncidentPolicy
from pagerd.core.plain import counted, length, one_line
from pagerd.core.plan import Plan, Severity

TITLE = "How incidents are run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under their columns; the first cell names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the page: a sentence, then lines (in order, where it matters), then tables."""

    title: str
    says: str = ""
    lines: tuple[str, ...] = ()
    is_ordered: bool = False
    tables: tuple[Table, ...] = ()


MESSAGES = (
    ("Declared", "severity, service, what is broken, who is hit, since when, what is done now, next update, roles"),
    ("Update, numbered", "status, what we know, what we do now, how the impact goes, ETA or none yet, next update"),
    ("Call for help", "what is needed, why, how urgent, where to join, who asks"),
    ("Resolved", "severity, what it was in a sentence, what mended it, the impact from when to when, what follows"),
    ("Customers: investigating", "what is reported where, who may see it, when the next word comes"),
    ("Customers: mitigating", "the cause is found, it is being worked on, what may go on, when the next word comes"),
    ("Customers: resolved", "what was hit from when to when, that it is reviewed, that safeguards come"),
)
"""What each message holds."""

POSTMORTEM = (
    "Summary: what happened, impact, duration, severity, how it stands, in five lines",
    "Customer impact: in numbers, how many, how much, which features",
    "Timeline: facts alone",
    "Root cause: one clear statement",
    "Contributing factors: what let it happen, and what made it worse",
    "What went well",
    "What did not go well",
    "Action items: owner, due date, priority, how it is verified, what it is expected to change",
)
"""What a postmortem holds; it looks for no one to blame."""


def sections(plan: Plan) -> tuple[Section, ...]:
    """Return the page."""
    ranked = sorted(plan.severities.values(), key=lambda one: one.rank)
    incidents = [one for one in ranked if one.incident.is_incident]
    return (
        _order(),
        Section(title="Declare an incident if any of these is true", lines=tuple(map(_capital, TRIGGERS.values()))),
        _severities(ranked, plan),
        _roles(),
        *(_checklist(one) for one in plan.incidents.checklists),
        _mitigations(),
        _updates(incidents),
        _end(incidents),
        _postmortem(incidents),
    )


def _order() -> Section:
    lines = tuple(f"{_capital(phase)}: {means}" for phase, means in ORDER.items())
    return Section(title="In this order, always", lines=lines, is_ordered=True)


def _severities(ranked: Sequence[Severity], plan: Plan) -> Section:
    examples = tuple((_name(one), one.incident.definition, "; ".join(one.incident.examples)) for one in ranked)
    people = tuple(_people_row(one, plan) for one in ranked)
    return Section(
        title="How bad is it?",
        says="Impact, not fear. Two yes, or a risk to money, data or security: the worst. One yes, or a doubt: the "
        "second. Three no: the third. Whoever declares has the last word.",
        lines=tuple(QUESTIONS.values()),
        tables=(
            Table(columns=("Severity", "Is", "Such as"), rows=examples),
            Table(columns=("Severity", "Somebody has it within", "Roles", "Joins", "Is told"), rows=people),
        ),
    )


def _roles() -> Section:
    duties = tuple((_capital(ROLE_NAMES[role]), DUTIES[role]) for role in Role)
    return Section(
        title="Roles",
        says="A role is asked for by a page: whoever acknowledges it has it. At the worst severity nobody holds all "
        "three. A change of shift changes nothing: a role is handed over, and taken.",
        tables=(Table(columns=("Role", "Does"), rows=duties),),
    )


def _checklist(checklist: Checklist) -> Section:
    whose = f"For {', '.join(checklist.severities)}." if checklist.severities else ""
    title = LIST_TITLES.get(checklist.id, f"Checklist: {checklist.id}")
    return Section(title=title, says=whose, lines=tuple(one.text for one in checklist.steps), is_ordered=True)


def _mitigations() -> Section:
    return Section(
        title="Stop the bleeding",
        says="What can be taken back comes first. A rollback is no failure, it is speed.",
        lines=tuple(
            f"{_capital(words)}{'' if kind in REVERSIBLE else ' (cannot be taken back)'}"
            for kind, words in MENU.items()
        ),
        is_ordered=True,
    )


def _updates(incidents: Sequence[Severity]) -> Section:
    rows = tuple((_name(one), _every(one.incident), _span(one.incident.customer_notice)) for one in incidents)
    return Section(
        title="Updates",
        says="Each promises the next one. Never guess an end: without one, say so, and when the next update comes.",
        tables=(
            Table(columns=("Severity", "Next update within", "First word to customers within"), rows=rows),
            Table(columns=("Message", "Says"), rows=MESSAGES),
        ),
    )


def _end(incidents: Sequence[Severity]) -> Section:
    rows = tuple((_name(one), _span(one.incident.watch), _criteria(one.incident)) for one in incidents)
    return Section(
        title="It is over when",
        says="No alert that falls silent ends an incident. All that the severity asks must be true, and stay so for "
        "the watch period; what turns red starts it anew.",
        lines=tuple(map(_capital, CRITERIA.values())),
        tables=(Table(columns=("Severity", "Watch period", "Asks for"), rows=rows),),
    )


def _postmortem(incidents: Sequence[Severity]) -> Section:
    rows = tuple((_name(one), _due(one.incident), _span(one.incident.actions_due)) for one in incidents)
    return Section(
        title="The postmortem",
        says="It improves a system and blames nobody.",
        lines=POSTMORTEM,
        is_ordered=True,
        tables=(Table(columns=("Severity", "Due within", "Its actions within"), rows=rows),),
    )


def _name(severity: Severity) -> str:
    return severity.id if severity.name.lower() == severity.id else f"{severity.id} ({severity.name})"


def _people_row(severity: Severity, plan: Plan) -> tuple[str, ...]:
    policy = severity.incident
    if not policy.is_incident:
        return (_name(severity), "a ticket, in business hours", "", "", "")
    return (
        _name(severity),
        _span(severity.response_target),
        ", ".join(ROLE_NAMES[role] for role in policy.roles) or "standard on-call",
        ", ".join(plan.name_of(one) for one in policy.joins),
        ", ".join(plan.name_of(one) for one in policy.leadership),
    )


def _every(policy: IncidentPolicy) -> str:
    every = policy.update_every
    return f"{length(every.least)} to {length(every.most)}" if every is not None else ""


def _criteria(policy: IncidentPolicy) -> str:
    if set(policy.criteria) == set(CRITERIA):
        return "all of them"
    return "; ".join(CRITERIA[one] for one in policy.criteria) or "none of them"


def _due(policy: IncidentPolicy) -> str:
    return counted(policy.postmortem_days, "business day") if policy.postmortem_days is not None else ""


def _span(span: timedelta | None) -> str:
    return length(span) if span else ""


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


def markdown(page: Sequence[Section]) -> str:
    """Write the page as Markdown. What the files say is text in it, whatever signs it has."""
    return "\n".join(line for section in (f"# {TITLE}", *map(_written, page)) for line in (section, ""))


def _written(section: Section) -> str:
    blocks = [f"## {_text(section.title)}"]
    if section.says:
        blocks.append(_text(section.says))
    if section.lines:
        marks = [f"{number}." if section.is_ordered else "-" for number in range(1, len(section.lines) + 1)]
        blocks.append("\n".join(f"{mark} {_text(line)}" for mark, line in zip(marks, section.lines, strict=True)))
    blocks += map(_written_table, section.tables)
    return "\n\n".join(blocks)


def _written_table(table: Table) -> str:
    rows = (table.columns, ("-",) * len(table.columns), *table.rows)
    return "\n".join(
        f"| {' | '.join(cell if at == 1 else _text(cell) for cell in row)} |" for at, row in enumerate(rows)
    )


def _text(words: str) -> str:
    return one_line(words, 2000).translate(_MARKUP)
