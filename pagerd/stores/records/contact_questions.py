"""What was asked about each contact method: one row for each person and medium."""

from pagerd.core.contact_questions import ContactQuestion
from pagerd.core.people import Medium
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import reader, text, to_json

_question = reader(ContactQuestion)


async def find(c: Connection, person: str, medium: Medium) -> ContactQuestion | None:
    """Return what was asked about a contact method, whatever its address is by now, or None."""
    rows = await c.execute("SELECT body FROM contact_questions WHERE person = $1 AND medium = $2", person, medium.value)
    return _question.decode(text(rows[0][0])) if rows else None


async def put(c: Connection, question: ContactQuestion) -> None:
    """Store what was asked."""
    await c.execute(
        "INSERT INTO contact_questions (person, medium, body) VALUES ($1, $2, $3)"
        " ON CONFLICT (person, medium) DO UPDATE SET body = excluded.body",
        question.person,
        question.medium.value,
        to_json(question),
    )


async def all_known(c: Connection) -> list[ContactQuestion]:
    """Return what was asked about everybody's."""
    return [_question.decode(text(row[0])) for row in await c.execute("SELECT body FROM contact_questions")]
