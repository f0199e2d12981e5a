"""What the doctor says of the nodes of one store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.daemon.doctor import nodes
from pagerd.daemon.doctor.check import Verdict
from pagerd.engine.fleet import Node
from tests.builders import NOON

ONE = Node(
    id="n1",
    name="pager-1",
    address="10.0.0.1:8911",
    version="1",
    schema=12,
    plan="abc",
    files="abc",
    plan_since=NOON,
    observing=False,
    started_at=NOON,
    seen_at=NOON,
)
OTHER = replace(ONE, id="n2", name="pager-2")


@pytest.mark.parametrize(
    ("known", "verdict", "words"),
    [
        ((ONE, OTHER), Verdict.OK, "pager-1, pager-2, all on the same files"),
        ((ONE,), Verdict.WARN, "pager-1 alone"),
        ((ONE, replace(OTHER, plan="def", files="def")), Verdict.WARN, "pager-2 on def"),
        ((ONE, replace(OTHER, version="2")), Verdict.WARN, "pager-2 is 2"),
        ((ONE, replace(OTHER, seen_at=NOON - timedelta(minutes=3))), Verdict.WARN, "gone for 3m"),
    ],
)
async def test_what_is_said_of_them(known: tuple[Node, ...], verdict: Verdict, words: str) -> None:
    """Two that agree are well; one alone, one that is gone and two that differ are for somebody to look at."""
    found = await nodes.examine(known, NOON)

    assert any(check.verdict is verdict and words in check.seen for check in found)


async def test_who_has_a_store_alone_hears_nothing_of_nodes() -> None:
    """A store in a file has one daemon, and nothing there is to be examined."""
    assert await nodes.examine((), None) == []
