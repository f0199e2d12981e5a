"""Databases in which pagerd has lived: each of some stories, as its store was when it ended, and one that is old."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import apsw

from pagerd.core.contact_questions import ContactQuestion
from pagerd.core.handoff import HandoffNote
from pagerd.core.people import Medium
from pagerd.core.plan import Keep
from pagerd.core.shift_notices import Held, Line, News, Notice, Told
from pagerd.engine import feeds, tokens
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import answers, contact_questions, handoffs, progress, shift_notices, stored, swaps
from pagerd.stores.sqlite_connection import APPLICATION_ID
from tests.builders import NOON, a_plan, a_received_alert
from tests.stories.actions import ACTIONS
from tests.stories.script import play, read

STORIES = Path(__file__).resolve().parents[1] / "stories"
DAY = timedelta(days=1)

# Each with how many of its blocks are played: in the middle of some, more waits to be done.
PLAYED = {
    "digest": None,
    "observe_then_send": None,
    "provider_all_down": None,
    "heartbeat_silenced": None,
    "morning": None,
    "morning_codes": None,
    "refused": None,
    "sign_in": None,
    "swap": None,
    "unreadable": None,
    "message_down": "ops-chat works again",
    "tracker_down": "the tracker works again",
    "incident_watch": None,
    "action_repeats": None,
    "public_first_notice": None,
    "incident_first_minutes": None,
    "incident_changes": None,
    "incident_all_hands": None,
}
"""Stories that leave rows in every table between them, but for what only a daemon writes."""


def to_file(world: World, path: Path) -> Path:
    """Write the store of a world into a file, whole."""
    with closing(apsw.Connection(str(path))) as copy:
        with copy.backup("main", world.store._engine._connection, "main") as run:
            run.step()
        copy.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # a file is known by it, a store in memory needs none
    return path


async def of_a_story(name: str, path: Path) -> Path:
    """Play a story and keep its store."""
    story = read(STORIES / f"{name}.story")
    if until := PLAYED[name]:
        blocks = story.blocks
        story = replace(story, blocks=blocks[: next(n for n, block in enumerate(blocks) if until in block.text)])
    worlds: list[World] = []
    await play(story, ACTIONS, worlds.append)
    return to_file(worlds[0], path)


async def of_an_old_pagerd(path: Path) -> Path:
    """Forget a page, open another, and have the rest: plans, tokens, feeds, progress, links, words around a shift."""
    plan = replace(a_plan(), keep=Keep(pages=30 * DAY, nights=60 * DAY))
    world = World(plan, NOON)
    await world.put_in_force(plan)
    for name, firing in (("old", True), ("old", False), ("kept", True)):
        alert = a_received_alert(fingerprint=name, firing=firing, alertname="PaymentsErrors", cluster=name)
        await world.receive("alertmanager", alert)
        if not firing:
            await world.run_until(world.clock.now() + timedelta(minutes=5))
            world.clock.move_to(NOON + 40 * DAY)
            await world.run_until(NOON + 41 * DAY)
    page = (await world.open_pages())[0]
    now = world.clock.now()
    link = answers.Link(person="ana", page_id=page.id, medium=Medium.EMAIL, expires_at=now + DAY, code="47")
    await world.do(lambda work: tokens.create(work, "ana", "script", ["ack"], None, by="ana"))
    await world.do(lambda work: feeds.add(work, "payments", by="ana"))
    await world.do(lambda work: feeds.add(work, None, by="ben"))
    of_swap = swaps.SwapLink(person="ben", swap_id="x-1", medium=Medium.SMS, code="N47", expires_at=now + DAY)
    await world.store.write(lambda c: answers.put_link(c, "a-hash", link))
    await world.store.write(lambda c: swaps.put_link(c, "another-hash", of_swap))
    await world.store.write(lambda c: progress.note(c, "store", now))
    await world.store.write(lambda c: _around_a_shift(c, now))
    await world.store.write(lambda c: stored.put_plan(c, "r1", now, {"pagerd.yaml": "version: 1\n", "ü": "ß € 😀"}))
    return to_file(world, path)


async def _around_a_shift(c: Connection, now: datetime) -> None:
    """Write what each table holds of a shift, of its handoff and of the contacts of whoever has it."""
    line = Line(news=News.BEGAN, schedule="payments-primary", start=now, people=("ana",))
    await shift_notices.put_told(c, "ben", Told(held=(Held(schedule="payments-primary", end=now + DAY),)))
    await shift_notices.insert(c, Notice(id="1", person="ben", at=now, lines=(line,)))
    await handoffs.insert(c, HandoffNote(id="h-1", schedule="payments-primary", by="ana", at=now, text="ü"))
    asked = ContactQuestion(person="ben", medium=Medium.SMS, address="+49151", known_at=now, asked_at=now)
    await contact_questions.put(c, asked)


def rows_of(path: Path) -> dict[str, list[tuple]]:
    """Return all rows of each table of a file, sorted, read by nothing of pagerd's."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608  # its own
            for (name,) in names.fetchall()
            if name != "schema_migrations"
        }
