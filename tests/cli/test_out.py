import json
import os
import pty
import subprocess
import sys

import pytest

from pagerd.cli.out import Output, api, printable
from tests.cli.fake_daemon import environment, fake_daemon

NASTY = "a\x1b[31mb\x07c\x9b2J\u202ed\r\x7f"


def test_a_table_that_no_person_looks_at_has_each_row_on_one_line(capsys):
    """A script reads it by line, however long a cell is."""
    Output().table(("WHO", "WHAT"), [("ana", "x" * 500), ("ben", None)], empty="")

    lines = capsys.readouterr().out.splitlines()
    assert lines == ["WHO  WHAT", "ana  " + "x" * 500, "ben  -"]


def test_what_has_several_lines_stands_in_one_cell(capsys):
    """A draft for customers has lines: they are no question marks."""
    Output().table(("TEXT",), [("we look into it.\r\nNext update soon.",)], empty="")

    assert capsys.readouterr().out == "TEXT\nwe look into it. Next update soon.\n"


def test_no_rows_are_said_on_stderr(capsys):
    """Data is empty then, and a person hears why."""
    Output().table(("WHO",), [], empty="Nobody.")

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Nobody.\n")


def test_markup_in_a_cell_is_text(capsys):
    """Square brackets and colons of an alert colour nothing."""
    Output().table(("WHAT",), [("[red]x[/red] :smile:",)], empty="")

    assert capsys.readouterr().out == "WHAT\n[red]x[/red] :smile:\n"


@pytest.mark.parametrize("way", ["table", "line", "talk", "json"])
def test_no_sign_of_an_alert_moves_a_cursor(way, capsys):
    """Control characters, C1 ones, DEL and bidi marks never reach a terminal."""
    out = Output()
    match way:
        case "table":
            out.table(("WHAT",), [(NASTY,)], empty="")
        case "json":
            out.json({"text": NASTY})
        case _:
            getattr(out, way)(NASTY)

    said = capsys.readouterr()
    text = said.out + said.err
    assert text
    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_json_keeps_what_it_escapes(capsys):
    """A machine reads exactly what was there, half characters too."""
    value = {"text": NASTY + "ü\U0001f600\ud800\n"}
    Output().json(value)

    assert json.loads(capsys.readouterr().out) == value


def test_lines_stay_lines():
    """Only the end of a line is kept of all that is not printed."""
    assert printable("a\nb\tc") == "a\nb?c"


def test_what_was_typed_is_one_segment_of_a_path():
    """No id leads to another route."""
    assert api("pages", "../tokens?x#y z", "ack") == "/api/v1/pages/..%2Ftokens%3Fx%23y%20z/ack"


def _on_a_terminal(arguments, directory, typed="", **changes):
    """Run a command with a terminal on all three sides; return its code and what the person saw."""
    mine, theirs = pty.openpty()
    asked = [sys.executable, "-m", "pagerd", *arguments]
    env = environment(TERM="xterm-256color", COLUMNS="100", **changes)
    with subprocess.Popen(asked, cwd=directory, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        os.write(mine, typed.encode())
        seen = b""
        try:
            while chunk := os.read(mine, 4096):
                seen += chunk
        except OSError:  # Linux says EIO when the last one at the other side has gone
            pass
        code = running.wait(timeout=50)
    os.close(mine)
    return code, seen.decode()


@pytest.mark.parametrize(("changes", "has_bold"), [({}, True), ({"NO_COLOR": "1"}, None)])
def test_colour_is_for_terminals_without_no_color(changes, has_bold, directory):
    """NO_COLOR takes every colour away; weight is no colour."""
    code, seen = _on_a_terminal(["-c", ".", "oncall"], directory, **changes)

    assert code == 0
    assert not any(f"\x1b[{colour}" in seen for colour in (*range(30, 38), *range(90, 98), "1;3"))
    if has_bold:
        assert "\x1b[1m" in seen


@pytest.mark.parametrize(("typed", "code", "posts"), [("n\n", 1, 1), ("y\n", 0, 2)])
def test_a_person_at_a_terminal_is_asked(typed, code, posts, directory, tmp_path, monkeypatch):
    """No changes nothing and is code 1; yes goes on."""
    monkeypatch.chdir(directory)
    silence = {"id": "s-1", "match": ['a="b"'], "to": "2026-12-24T02:00:00+00:00"}
    with fake_daemon("d.sock") as fake:
        fake.answers_to("POST /api/v1/silences/preview", {"count": 0, "examples": []})
        fake.answers_to("POST /api/v1/silences", {"sentence": "s-1", "silence": silence}, 201)
        asked = ["silence", "add", "a=b", "--for", "2h", "--why", "test"]
        left, seen = _on_a_terminal(asked, directory, typed, PAGERD_SOCKET="d.sock")

    assert left == code
    assert "Put it into force?" in seen
    assert len(fake.asked) == posts


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("Asia/Tokyo", "Tue 2026-01-06 20:00 UTC+9"),
        ("Etc/Nowhere", "Tue 2026-01-06 12:00 CET"),
        ("../../etc/passwd", "Tue 2026-01-06 12:00 CET"),
        (None, "Tue 2026-01-06 12:00 CET"),
    ],
)
def test_times_are_on_the_readers_clock_where_the_daemon_knows_it(zone, when, daemon, command):
    """Whoever was woken sits in another zone than the machine; a name that nobody knows is left aside."""
    change = {
        "at": "2026-01-06T11:00:00+00:00",
        "kind": "deploy",
        "service": "x",
        "what": "v4",
        "by": "ben",
        "source": "",
    }
    daemon.answers_to("GET /api/v1/changes", {"changes": [change], "more": False})
    if zone is not None:
        daemon.headers["Pagerd-Zone"] = zone
    said = command("change", "list")

    assert said.code == 0
    assert when in said.out


def test_whoever_asks_an_observing_daemon_hears_that_it_sends_nothing(daemon, command):
    """On every command, on stderr, so that JSON stays JSON; a daemon that sends says nothing of the kind."""
    daemon.answers_to("GET /api/v1/tickets", {"tickets": [], "more": False})
    silent = command("tickets", "-o", "json")
    daemon.headers["Pagerd-Observing"] = "true"
    said = command("tickets", "-o", "json")

    assert silent.err == ""
    assert said.err == "! This pagerd only observes: it sends nothing to anybody.\n"
    assert said.out == silent.out
