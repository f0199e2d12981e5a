"""docs/reliability.md names tests and targets: each of them exists, and each row of a fault names at least one."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"

_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?(?:\[([\w-]+)\])?`")
_TARGET = re.compile(r"`make (\w+)")


@cache
def functions_of(path: Path) -> frozenset[str]:
    """Return the tests of a file."""
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def targets() -> frozenset[str]:
    """Return what can be made."""
    return frozenset(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def missing(words: str) -> list[str]:
    """Say which of the tests and targets that are named here do not exist."""
    found = []
    for file, test, case in _TEST.findall(words):
        path = ROOT / file
        if not path.is_file() or (test and test not in functions_of(path)):
            found.append(f"{file}::{test}")
        if test == "test_story" and not path.with_name(f"{case}.story").is_file():
            found.append(f"the story {case}")
    return found + [f"make {target}" for target in _TARGET.findall(words) if target not in targets()]


def rows_of_faults() -> list[list[str]]:
    """Return the rows of every table whose last column says what shows it."""
    rows: list[list[str]] = []
    is_of_faults = False
    for line in PAGE.read_text().splitlines():
        if not line.startswith("| "):
            is_of_faults = False
            continue
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if cells[-1] == "Shown by":
            is_of_faults = True
        elif is_of_faults and not line.startswith("| -"):
            rows.append(cells)
    return rows


def test_there_are_faults() -> None:
    """The tables are read: an empty one would pass every other test here."""
    assert len(rows_of_faults()) > 40


@pytest.mark.parametrize("row", rows_of_faults(), ids=lambda row: row[0].replace("`", ""))
def test_what_is_said_to_show_a_fault_exists(row: list[str]) -> None:
    """A row has three cells; the last names tests or targets, and all of them exist."""
    assert len(row) == 3, row
    assert _TEST.search(row[2]) or _TARGET.search(row[2]), row

    assert missing(row[2]) == []


def test_the_rest_of_the_page_names_nothing_that_is_not_there() -> None:
    """Outside of the tables, too."""
    assert missing(PAGE.read_text()) == []


def test_what_is_missing_is_found() -> None:
    """The comparison itself fails where it should."""
    named = "`tests/test_figures.py::test_nothing` `make nothing` `tests/stories/test_stories.py::test_story[nothing]`"

    assert missing(named) == ["tests/test_figures.py::test_nothing", "the story nothing", "make nothing"]
