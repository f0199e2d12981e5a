from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.paging.facts import Facts
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.wording import mail, script, text


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_words_in_every_medium(purpose):
    """A message about which nothing else is known is still sent, and still says something."""
    bare = Facts(purpose=purpose, at=datetime(2026, 7, 15, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))

    assert text(bare).body.strip()
    assert script(bare).greeting.strip()
    assert mail(bare).subject.strip()
    assert mail(bare).text.strip()


def test_every_purpose_says_something_of_its_own():
    """No two purposes read the same in a text, so that nobody takes a reminder for a page."""
    # What customers and shadows read is mail alone, and what is told around a shift has words of its own.
    texted = [purpose for purpose in Purpose if purpose not in (Purpose.PUBLIC, Purpose.SHADOW, Purpose.SHIFT)]
    said = {
        text(
            Facts(
                purpose=purpose,
                at=datetime(2026, 7, 15, 1, tzinfo=UTC),
                zone=ZoneInfo("UTC"),
                severity_id="sev1",
                title="PaymentsDown",
                page_id="p-7Kq2Xw",
                code="47",
                actor="Ben",
            )
        ).body
        for purpose in texted
    }

    assert len(said) == len(texted)
