"""Users of Opsgenie: contacts, and what their notification rule for new alerts does."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from pagerd.core.people import Medium, Person, Urgency
from pagerd.importers.base import Noted
from pagerd.importers.contacts import Phones, a_person, mail_of, zone_of
from pagerd.importers.exports import Json
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.opsgenie_export import Export, word_of

_MEDIA = {"sms": Medium.SMS, "voice": Medium.VOICE, "email": Medium.EMAIL}
_UNITS = {"minutes": 60, "hours": 3600, "days": 86_400, "seconds": 1}
_NEW_ALERT = "create-alert"


def leads(user: Json) -> bool:
    """Does this user run the account?"""
    role = user.get("role")
    if role is None:
        return False
    name = role.text_of("name") if isinstance(role.value, dict) else role.text()
    return name.lower() in {"owner", "admin"}


def is_gone(user: Json) -> bool:
    """Was this user deactivated?"""
    return user.is_on("blocked", otherwise=False)


def length_of(value: Json) -> timedelta:
    """Return a length that is written as an amount and a unit."""
    amount = value.field("timeAmount").integer()
    unit = word_of(value.field("timeUnit")) if value.get("timeUnit") is not None else "minutes"
    if unit not in _UNITS or not 0 <= amount <= 100_000:
        value.wrong("an amount of minutes, hours or days")
    return timedelta(seconds=amount * _UNITS[unit])


def people_of(
    users: Iterable[Json], names: Mapping[str, str], export: Export, ledger: Ledger
) -> tuple[Noted[Person], ...]:
    """Return everybody who is not deactivated; `names` are their names here."""
    phones = Phones()
    found: list[Noted[Person]] = []
    for user in users:
        id_ = user.field("id").text()
        entry = ledger.entry("user", id_, user.text_of("fullName", user.field("username").text()))
        if id_ not in names:
            entry.leave_out("deactivated there")
            continue
        entry.becomes = f"person {names[id_]}"
        person = _person(user, names[id_], export.rules.get(id_, ()), phones, entry)
        found.append(Noted(person, entry.notes))
    return tuple(sorted(found, key=lambda one: one.value.id))


def _person(user: Json, id_: str, rules: Iterable[Json], phones: Phones, entry: Entry) -> Person:
    zone = zone_of(user.text_of("timeZone"), entry)
    addresses: dict[Medium, str] = {}
    for contact in user.list_of("userContacts"):
        kind = contact.get("contactMethod") or contact.field("method")
        medium = _MEDIA.get(word_of(kind))
        if medium is None:
            entry.change(f"{word_of(kind)} is left out: there is no such medium")
            continue
        if not _is_on(contact):
            entry.remark(f"an address for {medium.value} that is switched off there is left out")
            continue
        raw = contact.field("to").text()
        # Numbers are written as country code, hyphen, number.
        address = mail_of(raw, entry) if medium is Medium.EMAIL else phones.take(f"+{raw.lstrip('+')}", id_, entry)
        if address is not None and addresses.setdefault(medium, address) != address:
            entry.change(f"a second address for {medium.value} is left out")
    if Medium.EMAIL not in addresses and (mail := mail_of(user.field("username").text(), entry)):
        addresses[Medium.EMAIL] = mail
    order = _order(rules, entry)
    return a_person(entry, id=id_, name=entry.name, zone=zone, addresses=addresses, orders={Urgency.HIGH: order})


def _is_on(contact: Json) -> bool:
    status = contact.get("status")
    return (status if status is not None and isinstance(status.value, dict) else contact).is_on(
        "enabled", otherwise=True
    )


def _order(rules: Iterable[Json], entry: Entry) -> list[tuple[Medium, timedelta]]:
    """Return the steps of the rule for new alerts."""
    found: list[tuple[Medium, timedelta]] = []
    for rule in rules:
        if word_of(rule.field("actionType")) != _NEW_ALERT or not rule.is_on("enabled", otherwise=True):
            continue
        if rule.get("timeRestriction") is not None or _has_conditions(rule):
            entry.change("its notification rule holds for some alerts or hours only: in pagerd for all, always")
        for step in rule.list_of("steps"):
            contact = step.field("contact")
            medium = _MEDIA.get(word_of(contact.field("method")))
            if medium is not None and step.is_on("enabled", otherwise=True):
                after = step.get("sendAfter")
                found.append((medium, timedelta(0) if after is None else length_of(after)))
    return found


def _has_conditions(rule: Json) -> bool:
    criteria = rule.get("criteria")
    return criteria is not None and criteria.text_of("type", "match-all") not in {"match-all", "MATCH_ALL"}
