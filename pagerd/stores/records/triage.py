"""What is found out in an incident: what people say of the steps of its checklists, and its hypotheses."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.checklist import Mark
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisRow:
    """One hypothesis; without a `verdict` nobody knows yet."""

    number: int
    at: datetime
    by: str
    text: str
    verdict: str | None = None
    why: str = ""
    judged_at: datetime | None = None
    judged_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """What an onlooker asked; without an `answer` nobody said anything yet."""

    number: int
    at: datetime
    by: str
    text: str
    answer: str | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None


_mark = reader(Mark)
_question = reader(QuestionRow)
_hypothesis = reader(HypothesisRow)


async def put_mark(c: Connection, incident: int, mark: Mark) -> None:
    """Store what was said of a step, over what was said of it before."""
    await c.execute(
        "INSERT INTO incident_steps (id, incident, step, at, body) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body",
        f"i-{incident}-s-{mark.step}",
        incident,
        mark.step,
        micros(mark.at),
        to_json(mark),
    )


async def marks_of(c: Connection, incident: int) -> list[Mark]:
    """Return what was last said of each step of an incident."""
    rows = await c.execute("SELECT body FROM incident_steps WHERE incident = $1 ORDER BY at, id", incident)
    return [_mark.decode(text(row[0])) for row in rows]


async def put_hypothesis(c: Connection, incident: int, row: HypothesisRow) -> None:
    """Store a hypothesis, or what was found of it."""
    await c.execute(
        "INSERT INTO incident_hypotheses (id, incident, number, at, body) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        f"i-{incident}-h{row.number}",
        incident,
        row.number,
        micros(row.at),
        to_json(row),
    )


async def hypotheses_of(c: Connection, incident: int) -> list[HypothesisRow]:
    """Return the hypotheses of an incident in order."""
    rows = await c.execute("SELECT body FROM incident_hypotheses WHERE incident = $1 ORDER BY number", incident)
    return [_hypothesis.decode(text(row[0])) for row in rows]


async def put_question(c: Connection, incident: int, row: QuestionRow) -> None:
    """Store a question, or what was answered."""
    await c.execute(
        "INSERT INTO incident_questions (id, incident, number, at, body) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        f"i-{incident}-q{row.number}",
        incident,
        row.number,
        micros(row.at),
        to_json(row),
    )


async def questions_of(c: Connection, incident: int) -> list[QuestionRow]:
    """Return the questions of an incident in order."""
    rows = await c.execute("SELECT body FROM incident_questions WHERE incident = $1 ORDER BY number", incident)
    return [_question.decode(text(row[0])) for row in rows]
