"""`drills` in rules/incidents.yaml."""

from datetime import timedelta

import pytest

from tests.config.files import COMPANY, loaded


@pytest.mark.parametrize(
    ("lines", "every"),
    [
        (None, None),
        ("drills: {}\n", None),
        ("drills: {every: none}\n", None),
        ("drills: {every: 90d}\n", timedelta(days=90)),
    ],
)
def test_teams_have_drills_as_often_as_is_written(lines, every):
    """Where nothing is, nobody is reminded."""
    files = COMPANY if lines is None else {**COMPANY, "rules/incidents.yaml": lines}

    assert loaded(files).plan.incidents.drills.every == every
