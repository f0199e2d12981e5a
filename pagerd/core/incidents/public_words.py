"""What customers read: the texts that pagerd proposes, and the mail that carries one.

A proposal names no cause, no end that is not over yet and nobody's fault. It speaks of components by the names that
customers know, and of the trouble in the words that somebody gave for them; where nobody did, in the plainest.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.public import Component, PublicKind, PublicRules
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


def proposed_text(
    kind: PublicKind,
    incident: Incident,
    components: Sequence[Component],
    zone: ZoneInfo,
    *,
    symptom: str,
    impact: str,
) -> str:
    """Say how it stands, from what may be known."""
    area = area_of(components)
    trouble = _sentence(symptom)
    match kind:
        case PublicKind.INVESTIGATING:
            what = f"We are investigating reports of problems with {area}."
            return _joined(what, trouble, _sentence(impact) or "Some customers may be affected.")
        case PublicKind.IDENTIFIED:
            what = f"We know more about the problems with {area}, and are working to end them."
            return _joined(what, trouble, _sentence(impact) or "Some customers may still be affected.")
        case PublicKind.MONITORING:
            return _joined(
                f"The problems with {area} have stopped, as far as we can see.",
                "We go on watching before we call it over.",
            )
        case PublicKind.RESOLVED:
            return _over(incident, area, zone, _sentence(impact))


def _over(incident: Incident, area: str, zone: ZoneInfo, impact: str) -> str:
    if incident.status is IncidentStatus.MERGED:
        return "We go on reporting about this under another entry on this page."
    if incident.status is IncidentStatus.CANCELLED:
        return f"This is over: we found no lasting problem with {area}."
    began, ended = incident.impact_started_at, incident.impact_ended_at
    if began is not None and ended is not None:
        when = f" They lasted from {public_time(began, zone)} to {public_time(ended, zone)}."
    else:
        when = f" They ended at {public_time(ended, zone)}." if ended is not None else ""
    review = "We are reviewing what happened and what has to change so that it is less likely to happen again."
    return _joined(f"The problems with {area} are over.{when}", impact, review)


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


def _sentence(words: str) -> str:
    said = words.strip()
    if not said:
        return ""
    return f"{said[0].upper()}{said[1:]}" if said[-1] in ".!?" else f"{said[0].upper()}{said[1:]}."


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
