"""A daemon that keeps everything in PostgreSQL, as its operators meet it."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import running, tail
from tests.e2e.test_daemon import cli, command, raise_alert, status_of
from tests.ports import free_port
from tests.postgres.fixtures import administer
from tests.postgres.server import Server

pytestmark = pytest.mark.timeout(120)


def an_installation(folder: Path, smtp: FakeSmtp, server: Server, database: str) -> Installation:
    """Write an installation whose store is a database of a server, and whose user is not the server's own."""
    pager = installation.write(
        folder, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
    )
    (folder / "db.password").write_text("sesame\n")
    (folder / "db.password").chmod(0o600)
    store = (
        f"store: {{postgres: {{hosts: ['127.0.0.1:{server.port}'], database: {database}, user: pagerd,"
        " password_file: db.password}}"
    )
    settings = folder / "pagerd.yaml"
    settings.write_text(f"{settings.read_text()}{store}\n")
    return pager


async def owned_by_pagerd(server: Server, database: str) -> None:
    """Make the user of the installation, and give it the database."""
    roles = await administer(server, "SELECT rolname FROM pg_roles WHERE rolname = 'pagerd'")
    if not roles:
        await administer(server, "CREATE ROLE pagerd LOGIN PASSWORD 'sesame'")
    await administer(server, f"ALTER DATABASE {database} OWNER TO pagerd")
    await administer(server, "ALTER SCHEMA public OWNER TO pagerd", database=database)


async def pages_in(server: Server, database: str) -> list[tuple[object, ...]]:
    """Return the status of each page."""
    return await administer(server, "SELECT status FROM pages", database=database)


async def test_a_daemon_lives_on_postgresql(tmp_path: Path, postgres: Server, database: str) -> None:
    """An alert is kept in the database and told; a killed daemon goes on from there, and so does what people ask."""
    await owned_by_pagerd(postgres, database)
    async with FakeSmtp() as smtp, asyncio.timeout(100):
        pager = an_installation(tmp_path, smtp, postgres, database)
        log = tmp_path / "pagerd.log"
        async with running(command(pager), log, f"{pager.url}/-/ready") as process:
            assert await raise_alert(pager) == 200
            await smtp.next_mail()
            process.kill()
            await process.wait()

        assert await pages_in(postgres, database) == [("triggered",)]
        assert not (tmp_path / ".pagerd/pagerd.db").exists()

        async with running(command(pager), log, f"{pager.url}/-/ready"):
            assert (await status_of(pager))["store_ok"] is True
            code, said = await cli(pager, "pages", "-o", "json")
            [page] = json.loads(said)["pages"]
            assert (code, page["status"]) == (0, "triggered")
            code, said = await cli(pager, "ack", page["id"])
            assert code == 0, said
            code, said = await cli(pager, "audit", "verify")
            assert code == 0, said
            code, said = await cli(pager, "doctor")
            assert "PostgreSQL 1" in said, said

        assert await pages_in(postgres, database) == [("acknowledged",)]
        assert "Traceback" not in tail(log)


async def test_what_copies_a_file_says_what_copies_a_database(tmp_path: Path, postgres: Server, database: str) -> None:
    """`pagerd backup` and `pagerd restore` name the server's own tools."""
    async with FakeSmtp() as smtp:
        pager = an_installation(tmp_path, smtp, postgres, database)

    code, said = await cli(pager, "backup", "copy.db")
    assert code != 0
    assert "pg_dump" in said
    code, said = await cli(pager, "restore", "copy.db", "--yes")
    assert code != 0
    assert "pg_restore" in said


async def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A start without a server ends with one line that says which, and what came of it."""
    async with FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
        )
    port = free_port()
    settings = tmp_path / "pagerd.yaml"
    store = f"store: {{postgres: {{hosts: ['127.0.0.1:{port}'], database: pagerd, user: pagerd}}}}"
    settings.write_text(f"{settings.read_text()}{store}\n")

    code, said = await cli(pager, "run")

    assert code != 0
    assert "Traceback" not in said
    assert f"127.0.0.1:{port}" in said.splitlines()[-1]
