import subprocess
import sys

import pytest

from pagerd.cli.main import COMMANDS, exit_code_of
from pagerd.core.errors import Conflict, InvalidPlan, NotAllowed, NotFound, PagerdError, Unavailable, Unreadable
from tests.cli.fake_daemon import environment, pagerd


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Conflict("x"), 1),
        (InvalidPlan("x"), 1),
        (Unreadable("x"), 2),
        (PagerdError("x"), 2),
        (Unavailable("x"), 3),
        (NotAllowed("x"), 4),
        (NotFound("x"), 5),
    ],
)
def test_each_error_has_its_exit_code(error, code):
    """The codes are a promise."""
    assert exit_code_of(error) == code


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_is_listed_exists(name, command):
    """The list of commands is written by hand, so each is opened once."""
    said = command(name, "--help")

    assert said.code == 0
    assert said.out.startswith(f"Usage: pagerd {name}")


def test_a_misspelt_command_is_told_the_right_one(directory):
    """One line, no list of everything, and the code of wrong usage."""
    said = pagerd("oncal", cwd=directory)

    assert said.returncode == 2
    assert said.stdout == ""
    assert said.stderr == "pagerd: there is no command 'oncal'. Did you mean 'oncall'? `pagerd --help` lists them.\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ask", "there is no command 'ask'; there are accept, list, refuse, request, withdraw"),
        ("requst", "there is no command 'requst'; did you mean request?"),
    ],
)
def test_a_noun_knows_its_verbs(typed, said, command):
    """The one that was perhaps meant, else all of them."""
    asked = command("swap", typed)

    assert asked.code == 2
    assert asked.err.splitlines() == [f"pagerd: {said}", "`pagerd swap --help` says how it is used."]


def test_wrong_usage_is_code_2_and_names_the_help(command):
    """What was wrong, and where it says what is right."""
    said = command("oncall", "--att", "now")

    assert said.code == 2
    assert "--att" in said.err
    assert "`pagerd oncall --help` says how it is used." in said.err
    assert "Usage:" not in said.err


def test_a_choice_that_is_missing_is_said_on_one_line(command):
    """No list down the terminal, and none of the tabs before each choice."""
    said = command("role", "take")

    assert said.code == 2
    assert said.err.splitlines()[0] == "pagerd: Missing argument '{ic|tl|comms}'. Choose from: ic, tl, comms"


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", "\u0661", "9" * 5000])
def test_a_number_is_one_that_pagerd_gave(number, command):
    """They begin at 1, and whoever writes a title in its place hears what belongs there."""
    said = command("update", "post", "--", number, "rolled back")

    assert said.code == 2
    assert "is no number: write one such as 7" in said.err


@pytest.mark.parametrize("words", [("",), ("  ",), ("", " ")])
def test_an_empty_sentence_is_refused_before_anything_is_sent(words, command):
    """A script whose variable is empty says nothing, and hears so."""
    said = command("update", "post", "1", *words)

    assert said.code == 2
    assert "'KNOW...': it is empty: write a sentence" in said.err


def test_no_command_at_all_shows_the_help(command):
    """Whoever types nothing wants to know what there is; but a script that does it is wrong."""
    said = command()

    assert said.code == 2
    assert said.out == ""
    assert "\n  oncall " in said.err


def test_help_imports_no_command(directory):
    """Completion and help must answer at once."""
    script = "import sys; from pagerd.cli import main\ntry: main.main()\nexcept SystemExit: pass\n"
    script += "print([name for name in sys.modules if name.startswith('pagerd.c') and 'yaml' in name or name in "
    script += "('aiohttp', 'rich', 'yaml', 'pagerd.cli.pages')], file=sys.stderr)"
    asked = [sys.executable, "-c", script, "--help"]
    said = subprocess.run(asked, cwd=directory, env=environment(), capture_output=True, text=True, check=True)

    assert "Say who is on call." in said.stdout
    assert said.stderr.strip() == "[]"


def test_nobody_reads_on_and_nothing_is_wrong(directory):
    """`pagerd config show | head -1` is a success: nothing is said of the reader who has gone."""
    reader, writer = subprocess.Popen, subprocess.PIPE
    asked = [sys.executable, "-m", "pagerd", "config", "show", "-c", "."]
    with reader(asked, cwd=directory, env=environment(), stdout=writer, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        said = running.stderr.read()
        code = running.wait(timeout=50)

    assert (code, said) == (0, b"From the files in .; what people stored by command is not in them.\n")
