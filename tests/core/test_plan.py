from dataclasses import replace

import pytest

from pagerd.core.errors import NotFound
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.people import Medium
from tests.builders import NOON, a_plan, a_silence, minutes


def test_what_is_stored_is_laid_over_the_files() -> None:
    """What the files say stays, and what was stored before is replaced: a silence that was ended mutes no more."""
    filed = Override(id="o-file", schedule="payments-primary", kind=OverrideKind.ADD, start=NOON, end=NOON + minutes(9))
    before, now = replace(filed, id="o-before", stored=True), replace(filed, id="o-now", stored=True)
    own, ended = a_silence('a="1"', id="s-file"), a_silence('a="1"', id="s-ended", stored=True)
    plan = a_plan(silences=(own, ended))
    plan = replace(plan, book=replace(plan.book, overrides=(filed, before)))
    refused = frozenset({("ana", Medium.SMS)})
    after = plan.with_stored(overrides=(now,), silences=(), unusable=refused)

    assert after.book.overrides == (filed, now)
    assert after.silences == (own,)
    assert after.unusable == refused


def test_what_is_not_there_is_answered_with_what_is_near() -> None:
    """Whoever mistyped a name reads the right one."""
    plan = a_plan()

    assert plan.team_named("payments").id == "payments"
    assert plan.person_named("ana").id == "ana"
    with pytest.raises(NotFound, match=r"there is no team 'paymnets'; did you mean payments\?"):
        plan.team_named("paymnets")
    with pytest.raises(NotFound, match="there is no person 'zoe'; there are ana, ben, cho, dora, eva"):
        plan.person_named("zoe")
