"""Reads `rotations/people.yaml`: who can be paged, how, and when they sleep."""

from collections.abc import Mapping
from dataclasses import replace

from pagerd.config import kinds, notify, shift_notices
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    fields,
    mapping_of,
    optional,
    required,
    shaped,
)
from pagerd.core.oncall.wall import instant
from pagerd.core.people import Night, Person

FILE = "rotations/people.yaml"

NAME = optional("name", kinds.TEXT, "what others call them", "their key")
ZONE = required("zone", kinds.ZONE, "where they live; messages to them have its times")
PHONE = optional("phone", kinds.PHONE, "for texts and calls")
SMS = optional("sms", kinds.PHONE, "for texts, where it is another number", "phone")
VOICE = optional("voice", kinds.PHONE, "for calls, where it is another number", "phone")
EMAIL = optional("email", kinds.EMAIL, "for mail")
LOGIN = optional("login", kinds.TEXT, "their account on pagerd's host, for the CLI's socket")
NIGHT = defaulted("night", kinds.NIGHT, Night(), "22:00-07:00", "when they sleep, in their zone")
NOTIFY = defaulted("notify", notify.KIND, {}, "as in pagerd.yaml", "their own order of contact methods", structure=True)
SHIFT_NOTICES = defaulted(
    "shift_notices",
    shift_notices.OF_A_PERSON,
    None,
    "as the team of the schedule says",
    "what they are told around their shifts; it takes the place of what any team says",
    structure=True,
)
UNTIL = optional(
    "until",
    kinds.MOMENT,
    "when they leave, in their zone: from then on they are off every schedule, and the next in turn covers; "
    "a date includes that day",
    "they stay",
)
PERSON = Shape(
    "a person",
    "`people` in `rotations/people.yaml`, by name",
    "Somebody who can be paged.",
    (NAME, ZONE, PHONE, SMS, VOICE, EMAIL, LOGIN, NIGHT, NOTIFY, SHIFT_NOTICES, UNTIL),
)


def _make(reader: Reader, found: Fields, path: Path) -> Person:
    for key, text in ((NAME, path[-1]), (SMS, found[PHONE]), (VOICE, found[PHONE])):
        reader.settle((*path, key.name), text or "none")
    until = found[UNTIL]
    return Person(
        id=path[-1],
        name=found[NAME] or path[-1],
        zone=found[ZONE],
        sms=found[SMS] or found[PHONE],
        voice=found[VOICE] or found[PHONE],
        email=found[EMAIL],
        login=found[LOGIN],
        night=found[NIGHT],
        notify=found[NOTIFY],
        shift_notices=found[SHIFT_NOTICES],
        until=instant(until.as_end, found[ZONE]) if until is not None else None,
    )


_NOBODY = Person(id="", name="", zone=kinds.ZONE.blank, notify={})
_PEOPLE: Kind[Mapping[str, Person]] = mapping_of(
    kinds.NAME, shaped(PERSON, _NOBODY, _make), name="mapping of names to people"
)
PEOPLE = required("people", _PEOPLE, "everybody, by the name that other files use", structure=True)
FILE_SHAPE = Shape(FILE, f"`{FILE}`", "Everybody who can be paged.", (PEOPLE,))

SHAPES = (FILE_SHAPE, PERSON, *shift_notices.SHAPES)


def read_people(reader: Reader, node: Node | None, defaults: notify.Notify) -> Mapping[str, Person]:
    """Read all people; what they do not say about notification is as `defaults` say."""
    people = fields(reader, node, FILE_SHAPE, (), Span(FILE))[PEOPLE]
    for name in people:
        for urgency, rules in defaults.items():
            notify.settle(reader, ("people", name, NOTIFY.name, urgency.value), rules)
    return {name: replace(person, notify={**defaults, **person.notify}) for name, person in people.items() if person.id}
