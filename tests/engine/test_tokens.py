import re
from datetime import timedelta

import pytest

from pagerd.core.errors import Conflict, NotFound
from pagerd.engine import tokens
from pagerd.lab.world import World
from tests.builders import NOON, a_plan


@pytest.fixture
def world():
    """An engine on virtual time."""
    return World(a_plan(), NOON)


async def test_a_token_is_found_by_its_text_and_by_nothing_near_it(world):
    """Only the whole token finds its row; what is stored is not the token."""
    row, plain = await world.do(
        lambda work: tokens.create(work, "ana", " my  script ", ["ack", "read"], None, by="ana")
    )
    assert re.fullmatch(r"pgr_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}", plain)
    assert (row.name, row.scopes) == ("my script", ("read", "ack"))

    async def find(text):
        return await world.engine.read(lambda c: tokens.find(c, text))

    assert await find(plain) == row
    for near in (plain[:-1], plain + "A", plain.lower(), plain.replace("pgr", "prg"), ""):
        assert await find(near) is None
    stored = await world.engine.read(lambda c: c.execute("SELECT * FROM tokens"))
    assert plain not in str(stored)


async def test_one_mistyped_sign_is_seen_without_asking_the_store(world):
    """The checksum says no to a slip of the hand."""
    _, plain = await world.do(lambda work: tokens.create(work, "ana", "x", ["read"], None, by="ana"))
    assert tokens.is_well_formed(plain)
    for at in range(len(plain)):
        other = plain[:at] + ("x" if plain[at] != "x" else "y") + plain[at + 1 :]
        assert not tokens.is_well_formed(other)


async def test_every_token_is_another(world):
    """No two are drawn alike."""
    drawn = {
        (await world.do(lambda work: tokens.create(work, "ana", "x", ["read"], None, by="ana")))[1] for _ in range(50)
    }

    assert len(drawn) == 50


async def test_a_revoked_token_is_gone_and_only_its_owner_may_name_it(world):
    """Who asks with a person's name reaches that person's tokens alone."""
    row, plain = await world.do(lambda work: tokens.create(work, "ana", "x", ["read"], None, by="ana"))
    with pytest.raises(NotFound):
        await world.do(lambda work: tokens.revoke(work, row.id, "ben", by="ana"))
    await world.do(lambda work: tokens.revoke(work, row.id, "ana", by="ana"))

    assert await world.engine.read(lambda c: tokens.find(c, plain)) is None


@pytest.mark.parametrize(
    ("person", "name", "scopes", "lasts", "error"),
    [
        ("nobody", "x", ["read"], None, NotFound),
        ("ana", "", ["read"], None, Conflict),
        ("ana", "x", [], None, Conflict),
        ("ana", "x", ["read", "root"], None, Conflict),
        ("ana", "x", ["read"], timedelta(0), Conflict),
        ("ana", "x", ["read"], timedelta(days=367), Conflict),
    ],
)
async def test_a_token_that_makes_no_sense_is_refused(world, person, name, scopes, lasts, error):
    """Nothing is stored of it."""
    ends = NOON + lasts if lasts is not None else None
    with pytest.raises(error):
        await world.do(lambda work: tokens.create(work, person, name, scopes, ends, by="ana"))

    assert await world.engine.read(tokens.listed) == []
