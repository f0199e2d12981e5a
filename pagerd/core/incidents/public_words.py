"""What customers read: the texts that pagerd proposes, and the mail that carries one.

A proposal is made by the templates for customers, from facts that are public already: components by the names that
customers know, and the trouble in the words that somebody gave for them; where nobody did, in the plainest.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.messages import Written
from pagerd.core.incidents.public import Component, PublicKind, PublicRules, slug_of
from pagerd.core.paging.letter import Line, Section, as_html, as_text
from pagerd.core.paging.mailed import SUBJECT_MAX
from pagerd.core.paging.message import Mail
from pagerd.core.plain import in_zone, length, one_line

KIND_WORDS = {
    PublicKind.INVESTIGATING: "Investigating",
    PublicKind.IDENTIFIED: "Identified",
    PublicKind.MONITORING: "Monitoring",
    PublicKind.RESOLVED: "Resolved",
}


def area_of(components: Sequence[Component]) -> str:
    """Name what is hit; where no component is known to be, the service as a whole."""
    names = [one.name for one in components]
    if not names:
        return "our service"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def proposed_title(components: Sequence[Component]) -> str:
    """Return the title of an incident that has none yet."""
    return f"Problems with {area_of(components)}"


UNKNOWN: Mapping[PublicKind, str] = {
    PublicKind.RESOLVED: "some of it did not work as it should",
}
UNKNOWN_ELSE = "something does not work as it should"
"""What is said of the trouble while nobody has said in customers' words what it is."""


def facts_for_customers(
    kind: PublicKind,
    incident: Incident,
    components: Sequence[Component],
    rules: PublicRules,
    *,
    symptom: str,
    impact: str,
) -> dict[str, str]:
    """Return what a template for customers may say. When they hear more stands below each text anyway."""
    began, ended = incident.impact_started_at, incident.impact_ended_at
    return {
        "area": area_of(components),
        "symptom": symptom.strip().rstrip(".") or UNKNOWN.get(kind, UNKNOWN_ELSE),
        "impact": impact.strip().rstrip("."),
        "started": public_time(began, rules.zone) if began is not None else "",
        "ended": public_time(ended, rules.zone) if ended is not None else "",
        "link": public_address(rules, slug_of(incident.id, incident.opened_at)),
    }


def as_proposed(written: Written) -> str:
    """Return a message as a text for customers: its lines, of which each begins and the first ends as a sentence."""
    heading = f"{written.heading}." if written.heading[-1:].isalnum() else written.heading
    lines = (line.strip() for line in (heading, *written.lines))
    return "\n".join(
        line if "://" in line.partition(" ")[0] else f"{line[0].upper()}{line[1:]}" for line in lines if line
    )


def never_mind(incident: Incident, components: Sequence[Component]) -> str:
    """Say the last word on what turned out to be no incident, or another one; empty for every other end."""
    if incident.status is IncidentStatus.MERGED:
        return "We go on reporting about this under another entry on this page."
    if incident.status is IncidentStatus.CANCELLED:
        return f"This is over: we found no lasting problem with {area_of(components)}."
    return ""


def public_address(rules: PublicRules, slug: str) -> str:
    """Return where customers read of an incident; empty where nobody said where the page is."""
    return f"{rules.url}/{slug}.html" if rules.url else ""


def public_time(at: datetime, zone: ZoneInfo) -> str:
    """Return a time as customers read it: with its day and its zone, because nobody knows when or where they read."""
    local = in_zone(at, zone)
    return f"{local.day} {local:%b %Y, %H:%M %Z}"


def promise(kind: PublicKind, next_in: timedelta | None, next_at: datetime | None, zone: ZoneInfo) -> str:
    """Say when more will be known, and never when it will be over."""
    if kind is PublicKind.RESOLVED:
        return ""
    if next_at is not None:
        return f"Next update by {public_time(next_at, zone)}."
    return f"Next update within {length(next_in)} of this one." if next_in is not None else ""


def public_mail(
    rules: PublicRules,
    *,
    kind: PublicKind,
    title: str,
    text: str,
    states: Sequence[str],
    promised: str,
    thread: str,
    is_first: bool,
    address: str,
) -> Mail:
    """Say one public text in a mail; its subject alone says what it is about and how it stands."""
    subject = one_line(f"[{KIND_WORDS[kind]}] {title}", SUBJECT_MAX)
    sections = [Section("", tuple(Line(line) for line in text.splitlines() if line.strip()))]
    if states:
        sections.append(Section("Components", tuple(Line(line) for line in states)))
    if promised:
        sections.append(Section("", (Line(promised),)))
    foot = [Line("All that is known stands on", address)] if address else []
    foot += [Line("To get no more of these", rules.unsubscribe)] if rules.unsubscribe else []
    if foot:
        sections.append(Section("", tuple(foot)))
    headers = [("List-Archive", f"<{address}>")] if address else []
    headers += [("List-Unsubscribe", f"<{rules.unsubscribe}>")] if rules.unsubscribe else []
    return Mail(
        subject=subject,
        text=as_text(sections),
        html=as_html(subject, sections),
        thread=thread,
        first_of_thread=is_first,
        list_id="status.pagerd",
        urgent=False,
        headers=tuple(headers),
    )
