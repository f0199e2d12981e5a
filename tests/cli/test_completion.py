"""Tab in a real bash, with the line that the docs give."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.fake_daemon import environment

ROOT = Path(__file__).resolve().parents[2]
[LINE] = [line for line in (ROOT / "docs/operations.md").read_text().splitlines() if "=bash_source" in line]

COMPLETE = """\
{line}
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_pagerd_completion pagerd
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p pagerd
"""


@pytest.fixture
def path(tmp_path):
    """A PATH on which pagerd is."""
    program = tmp_path / "bin" / "pagerd"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m pagerd "$@"\n')
    program.chmod(0o755)
    return f"{program.parent}:/usr/bin:/bin"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("pagerd on", ["oncall"]),
        ("pagerd re", ["reassign", "reload", "report", "resolve"]),
        ("pagerd schema te", ["team"]),
        ("pagerd check --fail-", ["--fail-on"]),
        ("pagerd check --fail-on n", ["never"]),
        ("pagerd token ''", ["create", "list", "revoke"]),
    ],
)
def test_tab_completes(words, offered, path):
    """Commands, those below them, options, and the words of a choice; the function is bound to the command."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash: completion is NOT tested in it")
    script = COMPLETE.format(line=LINE, words=words)

    said = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={**environment(), "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    *found, bound = said.stdout.splitlines()
    assert set(offered) <= set(found)
    assert said.stderr == ""
    assert bound == "complete -o nosort -F _pagerd_completion pagerd"
