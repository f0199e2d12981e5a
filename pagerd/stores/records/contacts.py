"""What is known of each contact method: when it was tried, when something arrived there, and its last test page.

A row is about one address. Another address of the person begins a new one.
"""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.contact_questions import Use
from pagerd.core.people import Medium
from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant_or_none, micros, text, text_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact method. `answered_at` is when its person answered the test page `test_id`.

    `arrived_at` is when anything arrived there, `used_at` when something did that was no test page.
    """

    person: str
    medium: Medium
    address: str
    tried_at: datetime | None = None
    arrived_at: datetime | None = None
    tested_at: datetime | None = None
    test_id: str | None = None
    answered_at: datetime | None = None
    used_at: datetime | None = None

    @property
    def use(self) -> Use:
        """When it was used."""
        return Use(arrived_at=self.arrived_at, used_at=self.used_at, answered_at=self.answered_at)


_COLUMNS = "person, medium, address, tried_at, arrived_at, tested_at, test_id, answered_at, used_at"


def _from_row(row: Row) -> Contact:
    return Contact(
        person=text(row[0]),
        medium=Medium(text(row[1])),
        address=text(row[2]),
        tried_at=instant_or_none(row[3]),
        arrived_at=instant_or_none(row[4]),
        tested_at=instant_or_none(row[5]),
        test_id=text_or_none(row[6]),
        answered_at=instant_or_none(row[7]),
        used_at=instant_or_none(row[8]),
    )


async def put(c: Connection, contact: Contact) -> None:
    """Store what is known now; what was known of another address is forgotten with it."""
    await c.execute(
        f"INSERT INTO contacts ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"  # noqa: S608  # fixed names
        " ON CONFLICT (person, medium) DO UPDATE SET address = excluded.address, tried_at = excluded.tried_at,"
        " arrived_at = excluded.arrived_at, tested_at = excluded.tested_at, test_id = excluded.test_id,"
        " answered_at = excluded.answered_at, used_at = excluded.used_at",
        contact.person,
        contact.medium.value,
        contact.address,
        micros(contact.tried_at),
        micros(contact.arrived_at),
        micros(contact.tested_at),
        contact.test_id,
        micros(contact.answered_at),
        micros(contact.used_at),
    )


async def note_tried(c: Connection, person: str, medium: Medium, address: str, at: datetime) -> None:
    """Note that a provider took a message for this address."""
    await c.execute(
        "INSERT INTO contacts (person, medium, address, tried_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (person, medium) DO UPDATE SET tried_at = excluded.tried_at, address = excluded.address,"
        " arrived_at = CASE WHEN contacts.address = excluded.address THEN contacts.arrived_at END,"
        " tested_at = CASE WHEN contacts.address = excluded.address THEN contacts.tested_at END,"
        " test_id = CASE WHEN contacts.address = excluded.address THEN contacts.test_id END,"
        " answered_at = CASE WHEN contacts.address = excluded.address THEN contacts.answered_at END,"
        " used_at = CASE WHEN contacts.address = excluded.address THEN contacts.used_at END",
        person,
        medium.value,
        address,
        micros(at),
    )


async def note_arrived(
    c: Connection, person: str, medium: Medium, address: str, at: datetime, *, is_test: bool
) -> None:
    """Note that a message arrived at this address, and whether it was a test page."""
    await c.execute(
        "UPDATE contacts SET arrived_at = $4, used_at = COALESCE($5, used_at)"
        " WHERE person = $1 AND medium = $2 AND address = $3",
        person,
        medium.value,
        address,
        micros(at),
        None if is_test else micros(at),
    )


async def find(c: Connection, person: str, medium: Medium, address: str) -> Contact:
    """Return what is known of a contact method at this address, which may be nothing yet."""
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM contacts WHERE person = $1 AND medium = $2 AND address = $3",  # noqa: S608  # as above
        person,
        medium.value,
        address,
    )
    return _from_row(rows[0]) if rows else Contact(person=person, medium=medium, address=address)


async def of_person(c: Connection, person: str) -> list[Contact]:
    """Return what is known of a person's contact methods."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM contacts WHERE person = $1", person)  # noqa: S608  # as above
    return [_from_row(row) for row in rows]


async def all_known(c: Connection) -> list[Contact]:
    """Return what is known of everybody's."""
    return [_from_row(row) for row in await c.execute(f"SELECT {_COLUMNS} FROM contacts")]  # noqa: S608  # as above


async def is_test_open(c: Connection, since: datetime) -> bool:
    """Was somebody sent a test page since an instant that they have not answered?"""
    rows = await c.execute(
        "SELECT 1 FROM contacts WHERE tested_at >= $1 AND answered_at IS NULL LIMIT 1", micros(since)
    )
    return bool(rows)
