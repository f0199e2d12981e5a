"""When people are asked whether their contacts reach them, as the files say it."""

from datetime import timedelta

import pytest

from pagerd.core.contact_questions import ContactRules
from tests.config.files import COMPANY, SETTINGS, loaded, places, plan_of

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("", ContactRules(ask_after=30 * DAY, tell_after=3 * DAY)),
        ("contacts: {ask_after: never}\n", ContactRules(ask_after=None, tell_after=3 * DAY)),
        ("contacts: {ask_after: 60d, tell_after: 12h}\n", ContactRules(ask_after=60 * DAY, tell_after=DAY / 2)),
    ],
)
def test_after_how_long(written, rules):
    """A month without a word, or never."""
    assert plan_of({**COMPANY, SETTINGS: COMPANY[SETTINGS] + written}).contacts == rules


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{ask_after: 6d}", "E011"),
        ("{ask_after: none}", "E011"),
        ("{tell_after: never}", "E011"),
        ("{ask: 1d}", "E006"),
    ],
)
def test_what_is_wrong(written, expected):
    """Nobody is asked every day."""
    found = places(loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + f"contacts: {written}\n"}).findings)

    assert [one.split()[0] for one in found] == [expected]
