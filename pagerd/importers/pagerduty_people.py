"""Users of PagerDuty: contact methods, and notification rules."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from pagerd.core.people import Medium, Person, Urgency
from pagerd.importers.base import Noted
from pagerd.importers.contacts import Phones, a_person, mail_of, zone_of
from pagerd.importers.exports import Json
from pagerd.importers.ledger import Entry, Ledger

_MEDIA = {"sms_contact_method": Medium.SMS, "phone_contact_method": Medium.VOICE, "email_contact_method": Medium.EMAIL}
_ONLOOKERS = frozenset({"read_only_user", "read_only_limited_user"})
_LEADERS = frozenset({"owner", "admin"})


def leads(user: Json) -> bool:
    """Does this user run the account?"""
    return user.text_of("role") in _LEADERS


def people_of(
    users: Iterable[Json], names: Mapping[str, str], used: Iterable[str], ledger: Ledger
) -> tuple[Noted[Person], ...]:
    """Return everybody who is paged or may be; `names` are their names here, `used` the ids whom a schedule names."""
    wanted = set(used)
    phones = Phones()
    found: list[Noted[Person]] = []
    for user in users:
        id_, name = user.field("id").text(), user.field("name").text()
        entry = ledger.entry("user", id_, name)
        if id_ not in names:
            entry.leave_out("deactivated there")
        elif user.text_of("role") in _ONLOOKERS and id_ not in wanted:
            entry.leave_out("only reads there, and no schedule or policy names them")
        else:
            entry.becomes = f"person {names[id_]}"
            person = _person(user, names[id_], name, phones, entry)
            found.append(Noted(person, entry.notes))
    return tuple(sorted(found, key=lambda one: one.value.id))


def is_gone(user: Json) -> bool:
    """Was this user deactivated? They stay in old layers and in what was rendered."""
    return any(user.get(key) is not None for key in ("deleted_at", "deactivated_at"))


def _person(user: Json, id_: str, name: str, phones: Phones, entry: Entry) -> Person:
    zone = zone_of(user.text_of("time_zone"), entry)
    addresses: dict[Medium, str] = {}
    methods: dict[str, Medium] = {}
    for method in user.list_of("contact_methods"):
        kind = method.field("type").text().removesuffix("_reference")
        medium = _MEDIA.get(kind)
        if medium is None:
            entry.change(
                f"{kind.removesuffix('_contact_method').replace('_', ' ')} is left out: there is no such medium"
            )
            continue
        address = _address(method, medium, id_, phones, entry)
        if address is None:
            continue
        if medium in addresses and addresses[medium] != address:
            entry.change(f"a second address for {medium.value} is left out")
            continue
        addresses[medium] = address
        methods[method.field("id").text()] = medium
    if Medium.EMAIL not in addresses and (mail := mail_of(user.text_of("email"), entry)):
        addresses[Medium.EMAIL] = mail
    return a_person(entry, id=id_, name=name, zone=zone, addresses=addresses, orders=_orders(user, methods))


def _address(method: Json, medium: Medium, owner: str, phones: Phones, entry: Entry) -> str | None:
    raw = method.text_of("address")
    if not raw:
        # A reference: the user was fetched without include[]=contact_methods.
        entry.change(f"the address for {medium.value} is not in the export: fetch users with include[]=contact_methods")
        return None
    if medium is Medium.EMAIL:
        return mail_of(raw, entry)
    code = method.get("country_code")
    prefix = f"+{code.integer()}" if code is not None and not raw.startswith("+") else ""
    return phones.take(prefix + raw, owner, entry)


def _orders(user: Json, methods: Mapping[str, Medium]) -> Mapping[Urgency, list[tuple[Medium, timedelta]]]:
    orders: dict[Urgency, list[tuple[Medium, timedelta]]] = {Urgency.HIGH: [], Urgency.LOW: []}
    for rule in user.list_of("notification_rules"):
        method = rule.get("contact_method")
        medium = methods.get(method.text_of("id")) if method is not None else None
        urgency = rule.text_of("urgency", "high")
        if medium is not None and urgency in {one.value for one in Urgency}:
            delay = timedelta(minutes=rule.field("start_delay_in_minutes").integer())
            orders[Urgency(urgency)].append((medium, delay))
    return orders
