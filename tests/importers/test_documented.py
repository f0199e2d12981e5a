import re

import pytest

from pagerd.importers import IMPORTERS
from pagerd.importers.base import Outcome
from tests.cli.fake_daemon import REPOSITORY

PAGE = (REPOSITORY / "docs/importing.md").read_text()


@pytest.mark.parametrize("kind", IMPORTERS)
def test_each_kind_says_how_its_export_is_made(kind):
    """The page has a row that says what it reads, and a heading with the commands that fetch it."""
    assert re.search(rf"^\| `{kind}` \|", PAGE, re.MULTILINE)
    assert re.search(rf"^## (A )?{IMPORTERS[kind].product}$", PAGE, re.MULTILINE | re.IGNORECASE)


def test_each_outcome_is_explained():
    """Whoever reads the plan finds what its words mean."""
    for outcome in Outcome:
        assert f"| `{outcome.value}` |" in PAGE
