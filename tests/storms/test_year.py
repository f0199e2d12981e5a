"""What lacks to a year of virtual time, in short storms: most of each is its calm, in which policies run out."""

import pytest

from pagerd.lab.storms.__main__ import told
from tests.share import in_share
from tests.storms.run import blow_until, note_outcome

YEARS_LEAST = in_share(ci=0, proof=0.55)
"""The four thousand longer storms of the proof last 0.45 of a year."""

STORMS_LEAST = in_share(ci=4, proof=1_000)
FIRST = 100_001
"""The first seed: none that the other storms blow."""
LENGTH = 20
"""Events before the calm."""
TOLD_EVERY = in_share(ci=100, proof=200)


@pytest.mark.timeout(in_share(ci=900, proof=86_400))
def test_a_year_breaks_nothing(capsys):
    """Many calms after little trouble are another thing than much trouble with one calm after it."""
    tally = blow_until(
        ((seed, LENGTH) for seed in range(FIRST, FIRST + 50_000)),
        lambda tally: tally.storms >= STORMS_LEAST and tally.years >= YEARS_LEAST,
        capsys.disabled,
        told_every=TOLD_EVERY,
    )
    note_outcome("short storms", tally, years_least=YEARS_LEAST or None)

    assert not tally.broken, "\n\n".join(map(told, tally.broken))
    assert tally.years >= YEARS_LEAST
