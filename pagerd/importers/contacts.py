"""Makes a person of what the source knows of one: numbers, addresses, their own order of contact methods."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from pagerd.config import times, values
from pagerd.config.values import Mismatch
from pagerd.core.people import LOUD, Medium, NotificationRule, Person, Urgency
from pagerd.importers.ledger import Entry

RULES_MAX = 10
"""Lines of one order, as in `config/notify.py`."""

_UTC = ZoneInfo("UTC")


def zone_of(raw: str, entry: Entry, otherwise: ZoneInfo = _UTC) -> ZoneInfo:
    """Return a zone by its name, or another one, and say so."""
    if raw:
        try:
            return times.zone(raw)
        except Mismatch:
            entry.change(f"its time zone {raw!r} is not in the IANA database that pagerd reads: {otherwise.key}")
    else:
        entry.change(f"it has no time zone: {otherwise.key}")
    return otherwise


class Phones:
    """Numbers that somebody has already: a reply from a number must name one person."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def take(self, raw: str, owner: str, entry: Entry) -> str | None:
        """Return a number in international form; None where it is none, or somebody else's, and say why."""
        compact = "".join(sign for sign in raw if sign.isdigit() or sign == "+")
        try:
            number = values.phone(compact)
        except Mismatch as wrong:
            entry.change(f"the number ending in {compact[-2:]} is left out: {wrong.expected} was expected")
            return None
        other = self._owners.setdefault(number, owner)
        if other != owner:
            entry.change(f"its number is {other}'s as well, and a reply must name one person: left out here")
            return None
        return number


def mail_of(raw: str, entry: Entry) -> str | None:
    """Return a mail address; None where it is none, and say why."""
    if not raw:
        return None
    try:
        return values.email(raw)
    except Mismatch:
        entry.change(f"{raw!r} is left out: it is no mail address that pagerd takes")
        return None


def a_person(
    entry: Entry,
    *,
    id: str,  # noqa: A002  # the word of the value
    name: str,
    zone: ZoneInfo,
    addresses: Mapping[Medium, str],
    orders: Mapping[Urgency, Iterable[tuple[Medium, timedelta]]],
) -> Person:
    """Return the person, with the order of contact methods as far as pagerd has them; what is otherwise is said."""
    if not LOUD & addresses.keys():
        entry.change("no phone number: only mail reaches them, and mail wakes nobody")
    notify = {
        urgency: rules
        for urgency, order in orders.items()
        if (rules := _order(entry, urgency, list(order), addresses.keys()))
    }
    return Person(
        id=id,
        name=name or id,
        zone=zone,
        sms=addresses.get(Medium.SMS),
        voice=addresses.get(Medium.VOICE),
        email=addresses.get(Medium.EMAIL),
        notify=notify,
    )


def _order(
    entry: Entry, urgency: Urgency, order: list[tuple[Medium, timedelta]], known: Iterable[Medium]
) -> tuple[NotificationRule, ...]:
    """Return a person's own order as the files can say it: the first at once, none twice at the same time."""
    usable = sorted((one for one in order if one[0] in set(known)), key=lambda one: one[1])
    if urgency is Urgency.LOW:
        if any(medium in LOUD for medium, _ in usable):
            entry.change("low urgency is told by mail alone: in pagerd what may not wake uses neither text nor call")
        usable = [one for one in usable if one[0] not in LOUD]
    if not usable:
        return ()
    first = usable[0][1]
    if first:
        entry.change(f"{urgency.value}: the first contact method goes at once, not after {times.duration_text(first)}")
        usable = [(medium, after - first) for medium, after in usable]
    if len(distinct := list(dict.fromkeys(usable))) > RULES_MAX:
        entry.change(f"{urgency.value}: the first {RULES_MAX} of {len(distinct)} notification rules are kept")
    return tuple(NotificationRule(medium, after) for medium, after in distinct[:RULES_MAX])
