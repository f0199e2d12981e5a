"""Whatever is changed, dropped, swapped, inserted or cut off is found, and said where."""

import random  # noqa: TID251  # seeded, so that what fails can be seen again
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pagerd.core.audit import content_of, hash_of
from pagerd.stores.base import Connection
from tests.engine.chains import Past, everything
from tests.figures import note
from tests.share import in_share

ROOT = Path(__file__).parents[2]

SEEDS = range(in_share(ci=12, proof=60))
"""Databases; each is tampered with in every way, at a row of its own."""


class Undone(Exception):
    """Ends a unit that must leave nothing behind."""


class Impossible(Exception):
    """The database holds no row for this way of tampering."""


async def _row(c: Connection, chance: random.Random, table: str = "history", where: str = "1 = 1"):
    rows = await c.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY 1, 2, 3")  # noqa: S608  # fixed texts
    if not rows:
        raise Impossible
    return chance.choice(rows)


async def change_words(c, chance):
    """Another word in an entry's body."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET body = $1 WHERE seq = $2", row[6] + " ", row[0])
    return row[1]


async def change_timeline(c, chance):
    """Another timeline."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET entries = $1 WHERE seq = $2", row[7].replace("[", "[ ", 1), row[0])
    return row[1]


async def change_instant(c, chance):
    """Another instant."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET at = at - 60000000 WHERE seq = $1", row[0])
    return row[1]


async def change_event(c, chance):
    """Another event."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET event = 'Acknowledged2' WHERE seq = $1", row[0])
    return row[1]


async def change_plan(c, chance):
    """Another plan."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET plan = 'another' WHERE seq = $1", row[0])
    return row[1]


async def change_hash(c, chance):
    """Another hash."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET hash = $1 WHERE seq = $2", "0" * 64, row[0])
    return row[1]


async def blank_hash(c, chance):
    """As if the entry were from before the chain."""
    row = await _row(c, chance)
    await c.execute("UPDATE history SET hash = '' WHERE seq = $1", row[0])
    return row[1]


async def drop(c, chance):
    """One entry less, wherever it stood."""
    row = await _row(c, chance)
    await c.execute("DELETE FROM history WHERE seq = $1", row[0])
    return row[1]


async def drop_object(c, chance):
    """A whole chain, with the page or ticket it belongs to, with no trace but the anchors'."""
    anchored = await c.execute("SELECT heads FROM anchors WHERE number > 0 ORDER BY number DESC LIMIT 1")
    if not anchored:
        raise Impossible
    row = await _row(c, chance, where=f"instr('{anchored[0][0]}', object_id) > 0")
    for statement in ("history WHERE object_id", "pages WHERE id", "tickets WHERE id", "heads WHERE object_id"):
        await c.execute(f"DELETE FROM {statement} = $1", row[1])  # noqa: S608
    return row[1]


async def truncate(c, chance):
    """The end of a chain is cut off, and a page that carries its end is left as it was."""
    row = await _row(c, chance)
    await c.execute("DELETE FROM history WHERE object_id = $1 AND version >= $2", row[1], row[2])
    return row[1]


async def truncate_with_head(c, chance):
    """The end of a chain is cut off in an anchored part, and whoever did it adjusted the end that the row carries."""
    anchored = await c.execute("SELECT MAX(through) FROM anchors")
    row = await _row(c, chance, where=f"seq <= {anchored[0][0]} AND version > 1 AND object_id NOT LIKE '_-%'")
    before = await c.execute("SELECT hash FROM history WHERE object_id = $1 AND version = $2", row[1], row[2] - 1)
    await c.execute("DELETE FROM history WHERE object_id = $1 AND version >= $2", row[1], row[2])
    await c.execute("UPDATE heads SET version = $1, hash = $2 WHERE object_id = $3", row[2] - 1, before[0][0], row[1])
    return row[1]


async def swap(c, chance):
    """Two entries of one object change places."""
    row = await _row(c, chance, where="version > 1")
    await c.execute("UPDATE history SET version = -1 WHERE seq = $1", row[0])
    await c.execute("UPDATE history SET version = $1 WHERE object_id = $2 AND version = $3", row[2], row[1], row[2] - 1)
    await c.execute("UPDATE history SET version = $1 WHERE seq = $2", row[2] - 1, row[0])
    return row[1]


async def swap_words(c, chance):
    """Two entries of any objects change what they say."""
    one, other = await _row(c, chance), await _row(c, chance)
    if one[6:8] == other[6:8]:
        raise Impossible
    await c.execute("UPDATE history SET body = $1, entries = $2 WHERE seq = $3", other[6], other[7], one[0])
    await c.execute("UPDATE history SET body = $1, entries = $2 WHERE seq = $3", one[6], one[7], other[0])
    return one[1]


async def insert(c, chance):
    """An entry with a right hash is put behind an end, without the knowledge of the page."""
    row = await _row(c, chance)
    last = (await c.execute("SELECT version, hash FROM history WHERE object_id = $1 ORDER BY 1 DESC LIMIT 1", row[1]))[
        0
    ]
    hashed = hash_of(last[1], row[1], last[0] + 1, row[3], row[4], row[5], content_of("{}", "[]"))
    await c.execute(
        "INSERT INTO history (object_id, version, at, plan, event, body, entries, hash)"
        " VALUES ($1, $2, $3, $4, $5, '{}', '[]', $6)",
        row[1], last[0] + 1, row[3], row[4], row[5], hashed,
    )  # fmt: skip
    return row[1]


async def insert_between(c, chance):
    """An entry is put into the middle, and all that follow are moved up."""
    row = await _row(c, chance)
    later = await c.execute(
        "SELECT version FROM history WHERE object_id = $1 AND version >= $2 ORDER BY version DESC", row[1], row[2]
    )
    for (version,) in later:
        await c.execute(
            "UPDATE history SET version = $1 WHERE object_id = $2 AND version = $3", version + 1, row[1], version
        )
    await c.execute(
        "INSERT INTO history (object_id, version, at, plan, event, body, entries, hash) VALUES"
        " ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(row[1], row[2], *row[3:9]),
    )
    return row[1]


async def redact(c, chance):
    """Somebody marks an entry as redacted, with the right digest of what it said."""
    row = await _row(c, chance)
    await c.execute(
        "UPDATE history SET body = '{}', entries = '[]', content = $1, redaction = 1 WHERE seq = $2",
        content_of(row[6], row[7]),
        row[0],
    )
    return row[1]


async def forget(c, chance):
    """Somebody deletes a page and puts up a tombstone by hand."""
    row = await _row(c, chance, where="object_id LIKE 'p-%'")
    last = (await c.execute("SELECT version, hash FROM history WHERE object_id = $1 ORDER BY 1 DESC LIMIT 1", row[1]))[
        0
    ]
    await c.execute("DELETE FROM history WHERE object_id = $1", row[1])
    await c.execute("DELETE FROM pages WHERE id = $1", row[1])
    await c.execute("INSERT INTO tombstones VALUES ($1, $2, $3, 1)", row[1], last[0], last[1])
    return row[1]


async def rewrite_all(c, chance):
    """Somebody rewrites a chain from an entry on, hashes and the end in the page too; only an anchor can tell."""
    anchored = (await c.execute("SELECT MAX(through) FROM anchors"))[0][0]
    row = await _row(c, chance, where=f"seq <= {anchored} AND object_id NOT LIKE 'p-%' AND object_id NOT LIKE 't-%'")
    rest = await c.execute("SELECT * FROM history WHERE object_id = $1 AND version >= $2 ORDER BY version", *row[1:3])
    before = await c.execute("SELECT hash FROM history WHERE object_id = $1 AND version = $2", row[1], row[2] - 1)
    previous = before[0][0] if before else ""
    for one in rest:
        previous = hash_of(previous, one[1], one[2], one[3] - 1, one[4], one[5], content_of(one[6], one[7]))
        await c.execute("UPDATE history SET at = at - 1, hash = $1 WHERE seq = $2", previous, one[0])
    await c.execute("UPDATE heads SET hash = $1 WHERE object_id = $2", previous, row[1])
    return row[1]


async def drop_anchor(c, chance):
    """One anchor less, wherever it stood."""
    row = await _row(c, chance, "anchors")
    await c.execute("DELETE FROM anchors WHERE number = $1", row[0])
    return "anchor"


async def change_anchor(c, chance):
    """Another anchor."""
    row = await _row(c, chance, "anchors", "number > 0")
    column = chance.choice(("at", "since", "through"))
    await c.execute(f"UPDATE anchors SET {column} = {column} + 1 WHERE number = $1", row[0])  # noqa: S608
    return "anchor"


async def empty_anchor(c, chance):
    """An anchor's list is emptied."""
    row = await _row(c, chance, "anchors", "number > 0")
    await c.execute("UPDATE anchors SET heads = '[]' WHERE number = $1", row[0])
    return "anchor"


async def break_page(c, chance):
    """A page's own row is no JSON any more."""
    row = await _row(c, chance, "pages")
    await c.execute("UPDATE pages SET body = 'x' || body WHERE id = $1", row[0])
    return row[0]


async def change_head(c, chance):
    """The end that an object carries is another."""
    row = await _row(c, chance, "heads")
    await c.execute("UPDATE heads SET version = version - 1 WHERE object_id = $1", row[0])
    return "anchor" if row[0] == "anchors" else row[0]


TAMPERINGS: tuple[Callable[[Connection, random.Random], Awaitable[str]], ...] = (
    change_words,
    change_timeline,
    change_instant,
    change_event,
    change_plan,
    change_hash,
    blank_hash,
    drop,
    drop_object,
    truncate,
    truncate_with_head,
    swap,
    swap_words,
    insert,
    insert_between,
    redact,
    forget,
    rewrite_all,
    drop_anchor,
    change_anchor,
    empty_anchor,
    change_head,
    break_page,
)


@pytest.fixture(scope="module")
def tampered():
    """Every tampering that was tried, and whether it was found."""
    tried = []
    yield tried
    note("tampering with the database: not found by `audit verify`", tried.count(False), n=len(tried), at_most=0)


@pytest.mark.parametrize("seed", SEEDS)
async def test_tampering_is_always_found(seed, tampered):
    """A database that nobody touched holds; one that somebody touched says where."""
    past = Past(seed)
    world = await past.live()
    _, findings = await world.engine.read(everything)

    assert not findings, f"seed {seed}: an untouched database does not hold: {findings}"

    done = 0
    for tamper in TAMPERINGS:
        found: list[object] = []

        async def unit(c, tamper=tamper, found=found):
            found.append(await tamper(c, past.random))
            found.append((await everything(c))[1])
            raise Undone

        with pytest.raises((Undone, Impossible)) as ended:
            await world.store.write(unit)
        if ended.type is Impossible:
            continue
        where, findings = found
        done += 1
        tampered.append(any(one.where.startswith(where) or where in one.what for one in findings))
        told = f"seed {seed}, {tamper.__name__} at {where}: {findings}"
        assert findings, f"nothing was found; {told}"
        assert tampered[-1], f"elsewhere; {told}"
    assert done > len(TAMPERINGS) / 2, f"seed {seed}: only {done} ways could be tried"


async def test_the_program_in_the_docs_verifies_the_same_chain(tmp_path):
    """Whoever does not trust us can check with twelve lines of their own: they are those of the page, run here."""
    world = await Past(3).live()
    copy = sqlite3.connect(tmp_path / "backup.db")
    rows = await world.engine.read(
        lambda c: c.execute("SELECT object_id, version, at, plan, event, body, entries, hash, content FROM history")
    )
    copy.execute("CREATE TABLE history (object_id, version, at, plan, event, body, entries, hash, content)")
    copy.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    copy.commit()
    page = (ROOT / "docs/audit.md").read_text()
    program = page.partition("```python\n")[2].partition("```")[0].replace("backup.db", str(tmp_path / "backup.db"))

    exec(compile(program, "docs/audit.md", "exec"), {})  # noqa: S102  # our own page
    copy.execute("UPDATE history SET at = at + 1 WHERE version = 1")
    copy.commit()
    with pytest.raises(AssertionError):
        exec(compile(program, "docs/audit.md", "exec"), {})  # noqa: S102
    copy.close()
