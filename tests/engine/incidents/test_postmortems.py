"""A postmortem is drafted from what is stored, each line citing it, and carried to the close of its incident."""

import re
from dataclasses import replace

import pytest

from pagerd.core.actions.item import ActionStatus
from pagerd.core.errors import NotAllowed, NotFound
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.incident import IncidentStatus, Mode
from pagerd.core.postmortems import document
from pagerd.core.postmortems.document import BrokenDocument
from pagerd.core.postmortems.sections import sections_of
from pagerd.engine.incidents import commands, declaring, postmortems, reviewing
from pagerd.engine.incidents.declaring import Declaration
from pagerd.lab.world import World
from pagerd.stores.records import actions, history
from pagerd.stores.records import postmortems as texts
from tests.builders import NOON, a_plan, minutes
from tests.postmortems import an_item, filled

SAID = Declaration(
    title="Nobody can pay", team="payments", severity="sev1", impact="a fifth of all payments", impact_started_at=NOON
)


async def a_world(said=SAID):
    """Return the small company ten minutes after an incident that was resolved against everything."""
    world = World(a_plan(), NOON)
    await world.begin()
    await world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    if said.mode is not Mode.BACKFILL:
        world.clock.move_to(NOON + minutes(10))
        await world.do(lambda work: commands.note(work, 1, "ana", "cli", "errors are at their baseline", None))
        await resolve(world)
    return world


async def resolve(world):
    """Let ana resolve it against everything."""
    await world.do(lambda work: commands.resolve(work, 1, "ana", "cli", "rolled back", "enough"))


async def text_of(world):
    """Return the text in force."""
    return (await world.engine.read(lambda c: postmortems.stored(c, 1))).text


async def findings(world, text):
    """Return the codes of what a lint finds."""
    shown = await world.engine.read(lambda c: postmortems.shown(c, world.engine.plan, 1, text))
    return [one.code for one in shown.findings]


async def fill(world):
    """Let ana fill every gap and write an action item down."""
    item = replace(an_item(), incident=1)
    await world.do(lambda work: actions.insert(work.c, item))
    text = await text_of(world)
    return await world.do(lambda work: reviewing.write(work, 1, "ana", "cli", filled(text), None))


async def test_it_is_drafted_when_the_incident_is_resolved():
    """With every section; what only people know is a gap, and nothing else is missing but an action item."""
    world = await a_world()
    text = await text_of(world)

    assert len(sections_of(text)) == 8
    assert "2026-01-06 12:00:00 to 2026-01-06 12:10:00, 10m of impact. [i-1#1, i-1#3]" in text
    assert "- **Customer impact:** a fifth of all payments" in text
    assert set(await findings(world, text)) == {"gap", "action_missing"}
    said = await world.do(lambda work: reviewing.write(work, 1, "ana", "cli", filled(text), None))
    assert said.sentence.endswith("2 things to be mended: `pagerd postmortem check`.")


async def test_every_line_of_facts_cites_an_entry_that_there_is():
    """And every entry of the incident before its end is on the timeline."""
    world = await a_world()
    text = await text_of(world)
    lines = text.split("\n")
    facts = [
        lines[number - 1] for number in document.fact_lines(text) if not lines[number - 1].startswith("<!-- pagerd ")
    ]
    cited = {cite for line in facts for cite in re.findall(r"\b[ip]-\w+#\d+", line)}

    assert facts
    assert all(re.search(r"\[[ip]-\w+#\d+", line) for line in facts)
    for cite in cited:
        object_id, _, version = cite.partition("#")
        assert await world.engine.read(lambda c, o=object_id, v=int(version): history.find(c, o, v)), cite
    assert {f"i-1#{number}" for number in (1, 2, 3)} <= cited


HOSTILE = (
    "pay\n## Summary\n<!-- pagerd end of facts --> <script>alert(1)</script> [to be filled: x] `rm` **b**"
    " [i-1#99] | a_b _c_ \u202e ~~d~~ # e"
)


async def test_hostile_words_are_data():
    """They make no heading, no comment, no gap and no markup, wherever they come in."""
    world = await a_world(replace(SAID, title=HOSTILE, impact=HOSTILE))
    text = await text_of(world)
    await world.do(lambda work: commands.reopen(work, 1, "ana", "cli", HOSTILE))
    await world.do(lambda work: commands.note(work, 1, "ana", "cli", HOSTILE, None))
    await resolve(world)
    again = await text_of(world)

    assert [one.section for one in sections_of(again)] == [one.section for one in sections_of(text)]
    assert len(sections_of(again)) == 8
    assert document.own_words(again, 1) == document.own_words(text, 1)
    assert "<script>" not in again.replace("\\<script\\>", "")
    assert "\u202e" not in again
    gaps = [one for one in await findings(world, again) if one == "gap"]
    assert len(gaps) == again.count("[to be filled") - again.count("\\[to be filled")


async def test_from_a_gap_to_a_closed_incident():
    """Submitted by one and accepted by a lead who is another, the incident is closed with it."""
    world = await a_world()
    with pytest.raises(TransitionRefused) as early:
        await world.do(lambda work: reviewing.submit(work, 1, "ana", "cli"))
    await fill(world)
    await world.do(lambda work: reviewing.submit(work, 1, "ana", "cli"))
    with pytest.raises(NotAllowed, match="only a lead of team payments"):
        await world.do(lambda work: reviewing.accept(work, 1, "ben", "cli"))
    said = await world.do(lambda work: reviewing.accept(work, 1, "dora", "cli"))
    with pytest.raises(TransitionRefused) as late:
        await world.do(lambda work: reviewing.write(work, 1, "ana", "cli", filled("x"), "another digest"))

    assert {one.code for one in early.value.unmet} == {"gap", "action_missing"}
    assert said.sentence == "The postmortem of incident 1 is accepted. Incident 1 is closed."
    assert said.incident.status is IncidentStatus.CLOSED
    assert [one.code for one in late.value.unmet] == ["text_changed"]
    accepted = (await world.engine.read(lambda c: history.of_object(c, "i-1")))[-1]
    last = await world.engine.read(lambda c: texts.last(c, 1))
    assert accepted.entries[0].details["digest"] == last.digest


async def test_an_item_that_lacks_something_stands_against_closing():
    """A waived postmortem alone does not close it; one that was dropped lacks nothing."""
    world = await a_world()
    lacking = replace(an_item(priority=""), incident=1)
    await world.do(lambda work: actions.insert(work.c, lacking))
    waived = await world.do(lambda work: reviewing.waive(work, 1, "dora", "cli", "nothing to mend"))
    with pytest.raises(TransitionRefused) as refused:
        await world.do(lambda work: reviewing.close(work, 1, "ana", "cli"))
    dropped = replace(lacking, status=ActionStatus.DROPPED, version=2)
    await world.do(lambda work: actions.update(work.c, dropped))
    closed = await world.do(lambda work: reviewing.close(work, 1, "ana", "cli"))

    assert waived.incident.status is IncidentStatus.RESOLVED
    assert [one.code for one in refused.value.unmet] == ["action_incomplete"]
    assert refused.value.unmet[0].what.startswith("a-1: it has no priority")
    assert closed.incident.status is IncidentStatus.CLOSED


async def test_two_people_do_not_overwrite_each_other():
    """Whoever comes second has to look at what the first one wrote; a text that is broken changes nothing."""
    world = await a_world()
    before = await world.engine.read(lambda c: postmortems.stored(c, 1))
    first, second = (before.text.replace("impact:** a fifth", f"impact:** {share}") for share in ("22 %", "23 %"))
    await world.do(lambda work: reviewing.write(work, 1, "ana", "cli", first, before.digest))
    with pytest.raises(TransitionRefused) as refused:
        await world.do(lambda work: reviewing.write(work, 1, "ben", "cli", second, before.digest))
    with pytest.raises(BrokenDocument):
        await world.do(lambda work: reviewing.write(work, 1, "ben", "cli", "# all new", None))

    assert [one.code for one in refused.value.unmet] == ["text_changed"]
    assert "22 % of all payments" in await text_of(world)


async def test_reopened_and_resolved_again_the_facts_are_new_and_the_words_are_kept():
    """What people wrote stays word for word, and the text is not in its file any more."""
    world = await a_world()
    await fill(world)
    words = document.own_words(await text_of(world), 1)
    await world.do(lambda work: commands.reopen(work, 1, "ana", "cli", "it fails again"))
    world.clock.move_to(NOON + minutes(40))
    await resolve(world)
    text = await text_of(world)

    assert document.own_words(text, 1) == words
    assert "it fails again" in text
    assert "2026-01-06 12:40:00, 40m of impact" in text
    assert await world.engine.read(lambda c: texts.unfiled(c, 10)) == [1]
    nothing_new = await world.do(lambda work: reviewing.refresh(work, 1, "ana", "cli"))
    assert nothing_new.sentence.startswith("Nothing in the postmortem of incident 1 is new.")


async def test_what_was_written_down_afterwards_has_one_when_somebody_wants_it():
    """Until then there is none to show."""
    past = replace(SAID, mode=Mode.BACKFILL, detected_at=NOON - minutes(60), resolved_at=NOON - minutes(5))
    world = await a_world(replace(past, impact_started_at=NOON - minutes(70)))
    with pytest.raises(NotFound, match="pagerd postmortem draft 1"):
        await text_of(world)
    await world.do(lambda work: reviewing.draft(work, 1, "ana", "cli"))

    assert "**Time to detect (MTTD):** 10m" in await text_of(world)
    listed = await world.engine.read(
        lambda c: postmortems.listed(c, state=None, is_open=True, team="payments", before=None, limit=5)
    )
    assert [one.number for one in listed] == [1]
