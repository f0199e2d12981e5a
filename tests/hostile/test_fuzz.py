"""CI's share of `make fuzz`: each parser gets some thousands of hostile inputs, and every one that was ever found."""

import tempfile

import pytest

from tests.hostile import child, runner
from tests.hostile.fuzz import table
from tests.hostile.runner import Outcome, fuzz, kept_inputs
from tests.hostile.targets import TARGETS
from tests.share import in_share

pytestmark = pytest.mark.timeout(in_share(ci=240, proof=20_000))

TIMES = in_share(ci=1, proof=1_000)
"""How many times a target's share: a million bodies for each kind of source, in the proof."""

PATIENCE = in_share(ci=20.0, proof=1.0)
"""How slow an input may be: a test run is not about how fast the machine is; what goes out of hand is still found."""


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_is_more_than_refused(name, pytestconfig):
    """No error but the parser's own, no crash, no hang, no good alert lost, nothing out of hand, and bounded memory."""
    target = TARGETS[name]
    outcome = fuzz(target, seed=str(pytestconfig.option.hypothesis_seed), runs=target.share * TIMES, patience=PATIENCE)

    assert outcome.findings == []
    assert outcome.sent == target.share * TIMES
    assert outcome.accepted > 0


@pytest.mark.parametrize(("name", "path"), kept_inputs(), ids=lambda value: getattr(value, "name", value))
def test_what_was_found_once_is_not_found_again(name, path):
    """Inputs that once broke a promise, from `make fuzz` or from these tests."""
    TARGETS[name].begin()
    TARGETS[name].check(path.read_bytes())
    TARGETS[name].end()


def test_a_process_that_is_killed_leaves_no_files(monkeypatch, tmp_path):
    """It has no last word, and a night of fuzzing would fill the disk with databases."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(child, "saved", lambda target, _octets: target.name)

    def hangs_from_now_on(outcome):
        if outcome.sent:
            monkeypatch.setattr(runner, "HANGS_AFTER", 0)

    outcome = fuzz(TARGETS["intake"], seed="1", runs=1_000_000, told=hangs_from_now_on)

    assert outcome.sent > 0
    assert ["it hung" in one for one in outcome.findings] == [True]
    assert list(tmp_path.iterdir()) == []


def test_the_table_says_what_came_of_it():
    """It is what `make fuzz` ends with."""
    drawn = table([Outcome("grafana", sent=1_000, accepted=400, slowest=0.02, rss=80_000_000, seconds=2.0)])

    assert [next(iter(column.cells)) for column in drawn.columns] == ["grafana", "1,000", "400", "500", "20", "80", "0"]
