"""Tests of the way to real programs."""

from pathlib import Path

import pytest

from tests.tools.debian import TOOLS, binary

FETCH = Path(__file__).with_name("fetch_debian.sh")


def test_a_fetched_program_is_found(tmp_path: Path) -> None:
    """What was unpacked and runs is what a test gets."""
    program = tmp_path / "bin" / "amtool"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)

    assert binary("amtool", tmp_path) == program


def test_without_a_fetched_program_that_of_the_machine_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is no Debian, or has no network, may bring its own."""
    program = tmp_path / "path" / "wrk"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))

    assert binary("wrk", tmp_path) == program


def test_a_test_is_skipped_with_the_reason_that_fetching_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the one written down when the tool could not be had."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "UNAVAILABLE-prometheus-alertmanager").write_text("no network\n")

    with pytest.raises(pytest.skip.Exception, match=r"^no amtool: no network$"):
        binary("amtool", tmp_path)


def test_a_test_is_skipped_with_what_to_do_when_nothing_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs pytest by hand reads which command was left out."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(pytest.skip.Exception, match="make tools"):
        binary("prometheus", tmp_path)


@pytest.mark.parametrize(("name", "tool"), TOOLS.items())
def test_every_program_is_one_that_the_script_fetches(name: str, tool: str) -> None:
    """The names here and in the script are the same."""
    asked = [line for line in FETCH.read_text().replace("\\\n", "").splitlines() if f"provide {tool} " in line]

    assert asked
    assert all(f" {name}=" in line for line in asked)
