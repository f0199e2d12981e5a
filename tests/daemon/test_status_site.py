"""The status page on disk: whole files, in order, and trouble with them that holds up nothing."""

import os
import stat

import pytest

from pagerd.core.incidents.public import ComponentState
from pagerd.daemon.status_site import StatusSite, write_files
from pagerd.engine.incidents import commands, declaring, public_commands, publishing
from pagerd.engine.incidents.commands import Update
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.public_commands import PublicDraft
from pagerd.lab.world import World
from pagerd.stores.records import notifications
from pagerd.web.site_files import Site
from tests.builders import NOON, minutes
from tests.web.api.test_public import a_public_plan

CANARIES = ("canary-title", "canary-impact", "canary-note", "canary-update", "canary-why", "payments", "dora", "Dora")
"""What colleagues say and are called; no customer reads any of it."""


async def a_world() -> World:
    """Return a world in which customers were told of an incident, whose own words are all canaries."""
    world = World(a_public_plan(), NOON)
    await world.begin()
    said = Declaration(
        title="canary-title", team="payments", severity="sev1", service="payments-api", impact="canary-impact"
    )
    await world.do(lambda work: declaring.declare(work, "dora", "cli", said))
    draft = PublicDraft(components={"checkout": ComponentState.DEGRADED})
    await world.do(lambda work: public_commands.draft(work, 1, "dora", "cli", draft))
    await world.do(lambda work: public_commands.approve(work, 1, "dora", "cli", 2, ""))
    await world.do(lambda work: commands.note(work, 1, "dora", "cli", "canary-note", None))
    await world.do(lambda work: commands.post_update(work, 1, "dora", "cli", Update(know="canary-update")))
    rejected = PublicDraft(text="A draft that nobody approved: canary-draft.")
    await world.do(lambda work: public_commands.draft(work, 1, "dora", "cli", rejected))
    await world.do(lambda work: public_commands.reject(work, 1, "dora", "cli", 3, "canary-why"))
    await world.do(lambda work: public_commands.draft(work, 1, "dora", "cli", rejected))
    await world.settle()
    return world


async def test_no_internal_word_is_in_any_file_or_mail(tmp_path):
    """Not the title, the impact, the notes, the updates, the team, the people, nor a draft that nobody approved."""
    world = await a_world()
    await StatusSite(world.engine, Site(), tmp_path).write()
    files = {path.name: path.read_text() for path in tmp_path.iterdir()}
    mails = [str(sent.outgoing.body) for sent in world.sent if sent.outgoing.to == "news@lists.example.org"]

    assert len(mails) == 1
    assert {"index.html", "history.html", "feed.atom", "feed.json", "status.json", "style.css"} < set(files)
    assert "Problems with Checkout" in files["index.html"]
    for word in (*CANARIES, "canary-draft"):
        assert [name for name, text in files.items() if word in text] == []
        assert word not in mails[0].replace("status.pagerd", "")


async def test_it_is_written_when_something_is_published(tmp_path):
    """And what is in memory is what is on disk; the engine tells whoever writes."""
    world, site = await a_world(), Site()
    writer = StatusSite(world.engine, site, tmp_path)
    await writer.write()
    before = dict(site.files)
    told = []
    world.engine.publish = lambda: told.append("published")
    await world.do(lambda work: publishing.set_component(work, "reports", "maintenance", "dora", "cli"))
    await writer.write()

    assert told == ["published"]
    assert site.files["index.html"] != before["index.html"]
    assert (tmp_path / "index.html").read_bytes() == site.files["index.html"]


async def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(tmp_path):
    """A page of an incident that is not told any more goes; what others put there stays."""
    world = await a_world()
    site = Site()
    await StatusSite(world.engine, site, tmp_path).write()
    for name in ("0000000000.html", ".pagerd-left", "robots.txt"):
        (tmp_path / name).write_text("x")
    style = (tmp_path / "style.css").stat().st_ino
    world.clock.move_to(NOON + minutes(5))
    await StatusSite(world.engine, site, tmp_path).write()

    assert (tmp_path / "style.css").stat().st_ino == style
    assert (tmp_path / "robots.txt").exists()
    assert not (tmp_path / "0000000000.html").exists()
    assert not (tmp_path / ".pagerd-left").exists()
    assert stat.S_IMODE((tmp_path / "index.html").stat().st_mode) == 0o644


def test_a_file_is_whole_or_as_it_was(tmp_path):
    """A disk that fails half-way leaves the page of before, and nothing beside it."""
    write_files(tmp_path, {"index.html": b"before"})

    def fails(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path, {"index.html": b"after"}, fails)

    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_bytes() == b"before"


async def test_trouble_with_the_disk_is_told_once_and_stands_on_the_incident(tmp_path):
    """It holds up nothing: the page is served from memory, the operators get one alarm, and it ends by itself."""
    world, site = await a_world(), Site()
    place = tmp_path / "file"
    place.write_text("no directory")
    writer = StatusSite(world.engine, site, place)
    await writer.write()
    await writer.write()
    await world.settle()
    alarms = [sent for sent in world.sent if "customers see an old status page" in str(sent.outgoing.body)]

    assert site.files
    assert "cannot be written" in site.trouble
    assert len({sent.outgoing.to for sent in alarms}) == len(alarms) > 0
    place.unlink()
    await writer.write()
    assert site.trouble == ""


async def test_a_newer_text_takes_the_place_of_a_mail_that_has_not_left():
    """Nobody reads how it was after how it is."""
    world = World(a_public_plan(), NOON)
    await world.begin()
    said = Declaration(title="x", team="payments", severity="sev1")
    await world.do(lambda work: declaring.declare(work, "dora", "cli", said))
    world.engine.takes_up = False
    await world.do(lambda work: public_commands.approve(work, 1, "dora", "cli", 1, ""))
    await world.do(lambda work: public_commands.draft(work, 1, "dora", "cli", PublicDraft(text="Newer.")))
    await world.do(lambda work: public_commands.approve(work, 1, "dora", "cli", 2, ""))
    first, second = [
        await world.engine.read(lambda c, which=which: notifications.find(c, f"i-1-p{which}-m0")) for which in (1, 2)
    ]

    assert (first.status.value, second.status.value) == ("cancelled", "pending")


async def test_who_only_observes_writes_nothing(tmp_path):
    """Another pager has the page of these customers."""
    world = World(a_public_plan(), NOON, observing=True)
    await StatusSite(world.engine, Site(), tmp_path).write()

    assert list(tmp_path.iterdir()) == []
