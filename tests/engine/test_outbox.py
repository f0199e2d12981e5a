"""What a person may answer with."""

import pytest

from pagerd.engine import codes
from pagerd.engine.chance import Chance, hash_of
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert


async def codes_of_pages(count):
    """Let so many pages ask ana one after the other, and return the codes that stand for them, in order."""
    world = World(a_plan(), NOON)
    for n in range(count):
        alert = a_received_alert(fingerprint=f"f{n}", cluster=f"eu-{n}")
        await world.receive("alertmanager", alert)
    asked = await world.engine.read(
        lambda c: c.execute("SELECT code FROM notifications WHERE person = 'ana' AND medium = 'sms' ORDER BY rowid")
    )
    return [str(row[0]) for row in asked]


async def test_codes_are_unique_and_longer_when_few_short_ones_are_free():
    """No two open pages have one code to a person; where fewer than ten of the hundred are free, it has four signs."""
    drawn = await codes_of_pages(100)
    short = 101 - codes.SHORT_CODES_LEFT_MIN

    assert len(set(drawn)) == 100
    assert {len(code) for code in drawn[:short]} == {2}
    assert {len(code) for code in drawn[short:]} == {4}


@pytest.mark.parametrize("chance", [Chance(), Chance(seed=1)])
def test_a_link_has_128_bits(chance):
    """No two are alike, and each is as long as 128 bits are in the signs of an URL."""
    tokens = {chance.token() for _ in range(1000)}

    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {22}
    assert len({hash_of(token) for token in tokens}) == 1000
