"""Who an event means: its attendees, else the names in its summary, else whoever organized it."""

import re
from collections.abc import Iterable

from pagerd.core.people import Person
from pagerd.core.plain import one_line
from pagerd.importers.ical_events import Attendee, Event
from pagerd.importers.naming import slug

_LEVEL = re.compile(r"^\s*\[L([0-9]{1,3})\]\s*")
SUMMARY_MAX = 500
"""Characters of a summary in which people are looked for: names stand in fewer."""

_MAIL = re.compile(r"[^\s<>,;:()\[\]]+@[^\s<>,;:()\[\]]+\.[^\s<>,;:()\[\]]+")
_DUTY = re.compile(
    r"(?i)\b(on[- ]?call|oncall|pager|duty|shift|rotation|primary|secondary|backup|escalation|support|schedule)\b"
)
_PARTS = re.compile(r"\s+[-\u2013\u2014|]\s+|:\s+|[()]")
_SEVERAL = re.compile(r"\s*[,;&/+]\s*|\s+and\s+")


def level_of(summary: str) -> int:
    """Return the level that a summary such as [L2] names, as Grafana OnCall reads it; 0 for none."""
    found = _LEVEL.match(summary)
    return 0 if found is None else int(found[1])


def named_in(event: Event, calendar: str) -> tuple[Attendee, ...]:
    """Return whom an event puts on call; nobody where it names nobody."""
    named = tuple(one for one in event.attendees if one.mail or one.name)
    if named:
        return named
    named = tuple(_in_summary(event.summary, calendar))
    if named:
        return named
    return () if event.organizer is None else (event.organizer,)


def _in_summary(summary: str, calendar: str) -> Iterable[Attendee]:
    text = _LEVEL.sub("", one_line(summary, SUMMARY_MAX))
    mails = _MAIL.findall(text)
    if mails:
        return [Attendee("", mail) for mail in mails]
    # "On Call - Ana Ribeiro - Payments" and "Ana Ribeiro (primary)": what is left of the first part is the person.
    for part in _PARTS.split(text):
        words = _without_duty(part)
        if slug(words) and slug(words) not in {slug(calendar), slug(_without_duty(calendar))}:
            return [Attendee(name, "") for name in _SEVERAL.split(words) if slug(name)]
    return []


def _without_duty(text: str) -> str:
    return " ".join(_DUTY.sub(" ", text).split()).strip(" -:")


class Register:
    """Everybody whom calendars name, each once: by address, or by name where there is none.

    The first are those who are known already, in their order, whether a calendar names them or not.
    """

    def __init__(self, known: Iterable[Person] = ()) -> None:
        self._by_mail: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self.everybody: list[Attendee] = []
        self.met: set[int] = set()
        for person in known:
            number = self._new(Attendee(person.name, (person.email or "").lower()))
            self._by_name.setdefault(slug(person.id), number)

    def take(self, one: Attendee) -> int:
        """Return the number of a person, who may be known already by address or by name."""
        mail, name = one.mail.lower(), slug(one.name) or slug(one.mail.partition("@")[0])
        number = self._by_mail.get(mail) if mail else None
        if number is None:
            number = self._by_name.get(name)
            # The same name with another address is somebody else.
            if number is not None and mail and self.everybody[number].mail and self.everybody[number].mail != mail:
                number = None
        if number is None:
            number = self._new(Attendee(one.name, mail))
        known = self.everybody[number]
        self.everybody[number] = Attendee(known.name or one.name, known.mail or mail)
        if mail:
            self._by_mail.setdefault(mail, number)
        self.met.add(number)
        return number

    def _new(self, one: Attendee) -> int:
        number = len(self.everybody)
        self.everybody.append(one)
        if one.mail:
            self._by_mail.setdefault(one.mail, number)
        self._by_name.setdefault(slug(one.name) or slug(one.mail.partition("@")[0]), number)
        return number
