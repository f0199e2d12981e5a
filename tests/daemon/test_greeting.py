"""What a start says: who is on call, where it listens, and a line that raises an alert as it stands."""

from pathlib import Path

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, Source, SourceKind
from pagerd.daemon.greeting import greeting
from tests.builders import NOON, a_plan, a_schedule


def said(plan=None, directory=".", file=".pagerd/tools.token", **more):
    """Return the lines of a start."""
    source = Source(id="tools", kind=SourceKind.GENERIC, token_files=(SecretFile(file),))
    settings = Settings(sources={source.id: source})
    return list(greeting(plan or a_plan(), settings, Path(directory), NOON, **{"is_current": True} | more))


def test_who_is_on_call_is_said_by_name():
    """And where it listens."""
    text = "\n".join(said())

    assert "on call for payments: primary Ana, secondary Ben" in text
    assert "listening on http://127.0.0.1:8911" in text


def test_a_hole_is_written_large():
    """Whoever starts it sees at once that nobody would be called."""
    plan = a_plan()
    empty = a_schedule("payments-primary", "ana")
    book = {**plan.book.schedules, empty.id: type(empty)(id=empty.id, team=empty.team, zone=empty.zone)}
    holed = a_plan(book=type(plan.book)(schedules=book))

    assert "primary NOBODY" in "\n".join(said(holed))


def test_an_older_plan_is_written_large():
    """It runs, and not on what the files say."""
    assert any(line.startswith("THE CONFIG FILES ARE BROKEN") for line in said(is_current=False))
    assert not any("BROKEN" in line for line in said())


@pytest.mark.parametrize(
    ("directory", "file", "path"),
    [
        (".", ".pagerd/tools.token", ".pagerd/tools.token"),
        ("/etc/pagerd", ".pagerd/tools.token", "/etc/pagerd/.pagerd/tools.token"),
        ("my config", "tools.token", "'my config/tools.token'"),
        ("/etc/pagerd", "/run/tools.token", "/run/tools.token"),
        ("/etc/pagerd", "credential:tools", "$CREDENTIALS_DIRECTORY/tools"),
    ],
)
def test_the_proposed_line_finds_the_token(directory, file, path):
    """From the folder where pagerd was started, wherever its config is."""
    assert f"$(cat {path})" in said(directory=directory, file=file)[-1]
