"""The first text of a postmortem: the facts in their places, and a mark for each thing that only people know."""

from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.postmortems.document import Facts, mark_of, region
from pagerd.core.postmortems.sections import HEADINGS, Factor, Section, gap
from pagerd.core.postmortems.words import plain

GUIDE = (
    "<!-- What stands between two comments of pagerd it writes anew whenever you ask. All else is yours, and stays as",
    "you write it. Fill each gap in brackets; `pagerd postmortem check {number}` says what is left.",
    "It is about the system, and not about anybody: what let this happen, and what will not let it happen again. -->",
)


def first_text(incident: Incident, facts: Facts) -> str:
    """Return a draft: complete in its sections, and with a gap for each sentence that is missing."""
    blocks = [
        f"# Postmortem of {name_of(incident)}: {plain(incident.title)}",
        mark_of(incident.number) + "\n" + "\n".join(GUIDE).format(number=incident.number),
    ]
    for section in Section:
        before, names = _PARTS[section]
        blocks += [f"## {HEADINGS[section]}", before.format(title=plain(incident.title), impact=_impact(incident))]
        for name in names:
            if name in facts:
                blocks += ["### How long it took"] if name == "times" else []
                blocks.append(region(name, facts[name]))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _impact(incident: Incident) -> str:
    return plain(incident.impact) if incident.impact else gap("who was hit, how, and how many")


_PARTS: dict[Section, tuple[str, tuple[str, ...]]] = {
    Section.SUMMARY: ("- **What happened:** {title}\n- **Customer impact:** {impact}", ("summary",)),
    Section.IMPACT: (
        "\n".join(
            (
                f"- **Customers:** {gap('which share of them, or how many')}",
                f"- **Errors and latency:** {gap('the rates at the worst, and as they usually are')}",
                f"- **Features:** {gap('what they could not do')}",
                f"- **Business:** {gap('what it cost, or that this is not known')}",
            )
        ),
        ("impact",),
    ),
    Section.TIMELINE: ("", ("timeline", "times")),
    Section.ROOT_CAUSE: (gap("one clear statement: which change or state led to which failure"), ("root_cause",)),
    Section.FACTORS: (
        f"- {gap('one line for each, which begins with its category: ' + ', '.join(Factor))}",
        ("factors",),
    ),
    Section.WENT_WELL: (f"- {gap('what helped, and is to stay')}", ("went_well",)),
    Section.WENT_BADLY: (f"- {gap('what delayed or hindered')}", ("went_badly",)),
    Section.ACTIONS: (
        gap("`pagerd action add` for each, then take this line out; they are tracked until they are verified"),
        ("actions",),
    ),
}
"""What stands in each section for people to fill, and which facts follow it."""
