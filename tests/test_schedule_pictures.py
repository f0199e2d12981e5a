"""docs/schedules.md: each picture is what its command draws, and each file is what the page shows."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pagerd.cli.times import read_instant
from pagerd.config.findings import errors
from pagerd.config.load import load, read_directory
from pagerd.core.oncall.picture import draw
from tests.builders import BERLIN, NOON

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/schedules"
PAGE = (ROOT / "docs/schedules.md").read_text()

EXAMPLES = re.findall(
    r"```yaml\n(?P<text># rotations/(?P<name>\w+)\.yaml: (?:(?!```).)*)```\n\n```sh\npagerd shifts (?P<schedule>\S+)"
    r" -c docs/schedules --from (?P<start>\S+) --to (?P<end>\S+) --svg\n```\n\n"
    r"!\[[^\]]+\]\(schedules/(?P<picture>\w+)\.svg\)",
    PAGE,
    re.DOTALL,
)
LOADED = load(read_directory(FOLDER), now=NOON)


def drawn(schedule: str, start: str, end: str) -> str:
    """Draw as the command of the page does, on a machine in Berlin."""
    assert LOADED.plan is not None
    return draw(LOADED.plan.book, schedule, read_instant(start, NOON, BERLIN), read_instant(end, NOON, BERLIN))


def test_the_examples_are_a_config_without_an_error():
    """Whoever copies one has a file that works."""
    assert [f"{one.span}: {one.message}" for one in errors(LOADED.findings)] == []


def test_every_picture_and_every_file_stands_on_the_page():
    """None is left over, and none is shown without its command."""
    named = {name for _, name, *_ in EXAMPLES}

    assert named == {path.stem for path in FOLDER.glob("*.svg")}
    assert named == {path.stem for path in (FOLDER / "rotations").glob("*.yaml")} - {"people", "holidays"}
    assert f"```yaml\n{(FOLDER / 'rotations' / 'holidays.yaml').read_text()}```" in PAGE
    assert PAGE.count(".svg)") == len(EXAMPLES) >= 10


@pytest.mark.parametrize(
    ("text", "name", "schedule", "start", "end", "picture"), EXAMPLES, ids=lambda value: value[:12]
)
def test_a_picture_is_what_its_command_draws_from_the_file_on_the_page(text, name, schedule, start, end, picture):
    """To write one anew: the command of the page, into the file."""
    assert (FOLDER / "rotations" / f"{name}.yaml").read_text() == text
    assert picture == name
    svg = drawn(schedule, start, end)

    assert (FOLDER / f"{name}.svg").read_text() == svg
    ET.fromstring(svg)  # noqa: S314  # our own
