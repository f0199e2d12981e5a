"""A daemon finds its database damaged at the start: it pages all the same, on what can be read, and says so."""

import asyncio
import contextlib
import json
import random  # noqa: TID251  # seeded, so that what fails can be seen again
from collections.abc import Callable
from pathlib import Path

import aiohttp
import apsw
import pytest

from pagerd.daemon.salvaging import opened, suspect
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NOON
from tests.channels.fake_smtp import FakeSmtp
from tests.crashes import night
from tests.crashes.daemons import zygote
from tests.crashes.night import BEN, DATABASE, PUBLIC_URL, Twilio, code_in, query
from tests.crashes.test_full_disk import post
from tests.e2e.processes import poll_again
from tests.figures import note
from tests.share import in_share

PAGE_BYTES = 4096
PAGE_BYTES, HEADER_BYTES = 4096, 8
"""Of a page of SQLite's, and of what says where everything on it is."""

LEAF_OF_AN_INDEX = 0x0A

FLIPS = in_share(ci=40, proof=2000)


def checkpoint(file: Path) -> None:
    """Bring all of a database into its one file."""
    connection = apsw.Connection(str(file))
    with contextlib.closing(connection):
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # before it reads it knows of no WAL
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)


def root_of(file: Path, name: str) -> int:
    """Return where in the file the root page of a table or an index begins."""
    connection = apsw.Connection(str(file))
    with contextlib.closing(connection):
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchall()
    return (int(str(page)) - 1) * PAGE_BYTES


def scribble(file: Path, at: int) -> None:
    """Overwrite the beginning of a page."""
    with file.open("r+b") as writing:
        writing.seek(at)
        writing.write(b"\x7f" * 64)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("broken", ["pages_by_time", "links", "head"])
async def test_a_damaged_database_pages_on(tmp_path: Path, broken: str) -> None:
    """An index, a table, or the head of the file: the next start goes on with what it could read, and says so.

    Where the whole file is lost, the alert that comes again opens its page anew.
    """
    file = tmp_path / DATABASE
    async with Twilio() as twilio, FakeSmtp() as smtp, zygote() as daemons, aiohttp.ClientSession() as http:
        pager = night.write(tmp_path, twilio.url)
        settings = tmp_path / "pagerd.yaml"
        mail = f"email: [{{kind: smtp, host: 127.0.0.1, port: {smtp.port}, tls: none, from: pagerd@example.com}}]"
        settings.write_text(settings.read_text().replace("email: [{kind: console}]", mail))
        twilio.reach(PUBLIC_URL, pager.url)
        twilio.inbound_url = f"{PUBLIC_URL}/api/v1/provider/sms"
        async with asyncio.timeout(90):
            first = await daemons.fork(tmp_path)
            while await post(http, pager.url, pager.token, "PaymentsErrors") != 200:
                await poll_again()
            await twilio.next_message()
            await first.kill()
            checkpoint(file)
            scribble(file, 0 if broken == "head" else root_of(file, broken))
            second = await daemons.fork(tmp_path)
            told = (await smtp.next_mail()).parsed
            if broken == "head":
                while await post(http, pager.url, pager.token, "PaymentsErrors") != 200:
                    await poll_again()
            while (text := await twilio.next_message()).to != BEN:
                pass
            assert await twilio.send_inbound_sms(BEN, f"{code_in(text)} ack") == 200
            await second.kill()

    events = query(tmp_path, "SELECT event, body FROM history WHERE object_id = 'keeping'")
    salvaged = [json.loads(str(body)) for event, body in events if event == "DatabaseSalvaged"]
    kept = [one.name for one in file.parent.iterdir() if ".damaged-" in one.name]
    assert "was damaged" in str(told["Subject"]) + str(told.get_body(("plain",)).get_content())
    assert [one["kept"] for one in salvaged] == kept
    assert (salvaged[0]["rows"] > 10) is (broken != "head")
    assert salvaged[0]["broken"] == {"pages_by_time": [], "links": ["links"]}.get(broken, salvaged[0]["broken"])
    assert query(tmp_path, "SELECT status FROM pages") == [("acknowledged",)]


async def ended_once_by(damage: Callable[[Path], None], tmp_path: Path) -> str:
    """Damage the database between two runs: the second ends by itself, the third pages on. Return what they logged."""
    file = tmp_path / DATABASE
    async with Twilio() as twilio, zygote() as daemons, aiohttp.ClientSession() as http, asyncio.timeout(100):
        pager = night.write(tmp_path, twilio.url)
        twilio.reach(PUBLIC_URL, pager.url)
        first = await daemons.fork(tmp_path)
        while await post(http, pager.url, pager.token, "PaymentsErrors") != 200:
            await poll_again()
        await twilio.next_message()
        await first.kill()
        checkpoint(file)
        damage(file)
        second = await daemons.fork(tmp_path)
        await second.ended.wait()
        third = await daemons.fork(tmp_path)
        while (await twilio.next_message()).to != BEN:
            pass
        await third.kill()
    assert [one.name for one in file.parent.iterdir() if ".suspect" in one.name] == []
    return (tmp_path / "pagerd.log").read_text()


def no_text(file: Path) -> None:
    """Make of what is due something that is no text, and due."""
    connection = apsw.Connection(str(file))
    with contextlib.closing(connection):
        connection.execute("UPDATE timers SET subject = CAST(x'702dff' AS TEXT), due = 0 WHERE kind = 'page'")


def nonsense_in_an_index(file: Path) -> None:
    """Change the entries of an index of one page, which the check at the start does not read, and its tree does not."""
    root = root_of(file, "timers_due")
    content = bytearray(file.read_bytes())
    page = memoryview(content)[root : root + PAGE_BYTES]
    assert page[0] == LEAF_OF_AN_INDEX, "it has more than one page"
    for place in range(8, 8 + 2 * int.from_bytes(page[3:5], "big"), 2):
        entry = int.from_bytes(page[place : place + 2], "big")
        page[entry + 1] = 0x7F  # its first byte is its length, and the next one the length of its own header
    file.write_bytes(content)


@pytest.mark.timeout(120)
async def test_an_index_that_says_nonsense_stops_it_once(tmp_path: Path) -> None:
    """The check at the start sees nothing; the run that reads by it ends, and the next start makes all indexes anew."""
    log = await ended_once_by(nonsense_in_an_index, tmp_path)

    assert "database disk image is malformed" in log
    assert '"store.salvaged"' in log


@pytest.mark.timeout(120)
async def test_a_row_that_is_no_text_any_more_stops_it_once(tmp_path: Path) -> None:
    """What was due cannot be read: the next start reads every row and leaves that one out; the auditor mends it."""
    log = await ended_once_by(no_text, tmp_path)

    assert "UnicodeDecodeError" in log
    assert '"store.salvaged"' in log


async def test_a_database_elsewhere_is_left_to_a_human(tmp_path: Path) -> None:
    """What lies outside the state directory may be another program's: the start is refused, the file stays."""
    night.write(tmp_path, "http://127.0.0.1:9")
    settings = tmp_path / "pagerd.yaml"
    settings.write_text(settings.read_text() + "store: sqlite:notes.txt\n")
    notes = tmp_path / "notes.txt"
    notes.write_text("What we must not forget.\n" * 100)
    async with zygote() as daemons:
        daemon = await daemons.fork(tmp_path)
        await daemon.ended.wait()

    assert notes.read_text().startswith("What we must not forget.")
    assert "restore a backup" in (tmp_path / "pagerd.log").read_text()


async def a_database(file: Path) -> list[tuple[object, ...]]:
    """Make a database with rows in several of its tables; return them."""
    store = SqliteStore.open(file)

    async def fill(c) -> None:
        for number in range(300):
            await c.execute(
                "INSERT INTO timers (kind, subject, due) VALUES ($1, $2, $3)", "page", f"p-{number:06}", number
            )
            await c.execute(
                "INSERT INTO links (token_hash, person, page_id, medium, expires_at) VALUES ($1, $2, $3, $4, $5)",
                f"{number:064}",
                "ana",
                f"p-{number:06}",
                "sms",
                number,
            )

    await store.write(fill)
    await store.close()
    return rows_of(file)


def rows_of(file: Path) -> list[tuple[object, ...]]:
    """Return what was put there."""
    connection = apsw.Connection(str(file))
    with contextlib.closing(connection):
        # As bytes: what was flipped in a text may be none any more.
        sql = "SELECT CAST(subject AS BLOB), due FROM timers UNION ALL SELECT CAST(token_hash AS BLOB), 0 FROM links"
        return connection.execute(sql).fetchall()


@pytest.mark.timeout(in_share(ci=120, proof=7200))
async def test_flipped_bits_never_keep_it_from_starting(tmp_path: Path) -> None:
    """One bit anywhere in the file, or in the header of a page: it starts, with nearly all of what was there.

    What only a read of every row finds ends the run that comes upon it; the next start saves what can be read.
    """
    whole = tmp_path / "whole.db"
    rows = await a_database(whole)
    checkpoint(whole)
    content = whole.read_bytes()
    draw = random.Random(1)
    found, found_later, lost = 0, 0, 0
    for turn in range(FLIPS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        file = folder / "pagerd.db"
        at = draw.randrange(len(content))
        if turn % 2:
            at = at // PAGE_BYTES * PAGE_BYTES + draw.randrange(HEADER_BYTES)
        file.write_bytes(content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :])
        store, saved = await opened(file, folder, NOON)
        await store.close()
        try:
            here = rows_of(file)
        except apsw.CorruptError:
            suspect(file)
            found_later += 1
            store, saved = await opened(file, folder, NOON)
            await store.close()
            here = rows_of(file)
        found += saved is not None
        lost += len(set(rows) - set(here))

    note("one flipped bit in the database: starts that failed", 0, n=FLIPS, at_most=0)
    note("one flipped bit in the database: found at the start", found - found_later, n=FLIPS)
    note("one flipped bit in the database: found by a read, and mended by the next start", found_later, n=FLIPS)
    note("one flipped bit in the database: rows changed or lost, of each 600", lost / FLIPS, n=FLIPS)
    assert found
    assert lost <= FLIPS * len(rows) // 10, (
        f"{found} of {FLIPS} were found at the start, {lost} rows are not as they were"
    )
