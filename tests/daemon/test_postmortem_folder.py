"""Postmortems as files: on a real disk, in a git directory, with people who write in them at any time."""

import os
import subprocess

import pytest

from pagerd.core.errors import Conflict
from pagerd.core.postmortems.document import TEXT_MAX, BrokenDocument, digest_of, own_words
from pagerd.daemon.postmortem_folder import PostmortemFolder
from pagerd.daemon.postmortem_writer import PostmortemWriter
from pagerd.engine.incidents import commands, postmortem_files, postmortems, reviewing
from pagerd.engine.incidents.postmortem_files import FolderTrouble, bring_together, text_now, write_out
from tests.builders import NOON, minutes
from tests.engine.incidents.test_postmortems import a_world, resolve
from tests.postmortems import filled


@pytest.fixture
def folder(tmp_path):
    """Return a directory that is not there yet."""
    return PostmortemFolder(tmp_path / "postmortems")


async def drafted(folder):
    """Return a world whose postmortem is in its file, and the path of that."""
    world = await a_world()
    assert await write_out(world.engine, folder) == []
    return world, folder._file(1)


async def stored(world):
    """Return the text in force."""
    return await world.engine.read(lambda c: postmortems.stored(c, 1))


async def test_a_draft_goes_out_by_itself_and_once(folder):
    """The directory is made, the name is the number's, and what is there is not written again."""
    world, file = await drafted(folder)
    before = file.stat()

    assert file.name == "incident-0001.md"
    assert file.read_text() == (await stored(world)).text
    assert await write_out(world.engine, folder) == []
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert [one.name for one in file.parent.iterdir()] == ["incident-0001.md"]


async def test_what_people_write_comes_in_when_they_act(folder):
    """Word for word; showing it changes nothing, and shows it already."""
    world, file = await drafted(folder)
    file.write_text(filled(file.read_text()))
    shown = await text_now(world.engine, folder, 1)
    before = await stored(world)
    await bring_together(world.engine, folder, 1, "ana", "cli")
    after = await stored(world)

    assert shown == file.read_text()
    assert "[to be filled" in before.text
    assert after.text == shown
    assert (after.by, after.filed) == ("ana", True)


async def test_facts_that_changed_meanwhile_are_put_into_what_people_wrote(folder):
    """They wrote in the file while the incident was reopened and resolved again: both are kept."""
    world, file = await drafted(folder)
    file.write_text(filled(file.read_text()))
    words = own_words(file.read_text(), 1)
    await world.do(lambda work: commands.reopen(work, 1, "ana", "cli", "it fails again"))
    world.clock.move_to(NOON + minutes(40))
    await resolve(world)
    assert await write_out(world.engine, folder) == []

    assert own_words(file.read_text(), 1) == words
    assert "it fails again" in file.read_text()
    assert file.read_text() == (await stored(world)).text


async def test_a_broken_file_says_where_and_loses_nothing(folder):
    """Neither the file nor the store is touched until somebody mends it."""
    world, file = await drafted(folder)
    before = await stored(world)
    broken = file.read_text().replace("10m of impact", "11m of impact")
    file.write_text(broken)
    with pytest.raises(BrokenDocument, match=r"line \d+: the facts 'summary' from here on were changed by hand"):
        await bring_together(world.engine, folder, 1, "ana", "cli")
    await world.do(lambda work: commands.reopen(work, 1, "ana", "cli", "it fails again"))
    await resolve(world)
    [trouble] = await write_out(world.engine, folder)

    assert file.read_text() == broken
    assert "incident-0001.md: line" in trouble
    assert own_words((await stored(world)).text, 1) == own_words(before.text, 1)


async def test_a_file_that_was_taken_away_comes_back(folder):
    """The store has the text; a directory is a place to write, and no place to forget."""
    world, file = await drafted(folder)
    file.unlink()
    await bring_together(world.engine, folder, 1, "ana", "cli")

    assert file.read_text() == (await stored(world)).text


async def test_both_written_in_is_said_and_changes_nothing(folder):
    """It can only come of a directory that was taken out of the settings for a while."""
    world, file = await drafted(folder)
    other = filled(file.read_text())
    await world.do(lambda work: reviewing.write(work, 1, "ben", "cli", other.replace("22 %", "23 %"), None))
    file.write_text(other)
    with pytest.raises(Conflict, match="both written in"):
        await bring_together(world.engine, folder, 1, "ana", "cli")

    assert file.read_text() == other
    assert "23 %" in (await stored(world)).text


async def test_whoever_writes_between_looking_and_writing_is_not_overwritten(folder):
    """The file is replaced only over the text that was read."""
    _world, file = await drafted(folder)
    seen = digest_of(file.read_text())
    file.write_text("somebody was faster")

    assert not await folder.write(1, "ours", seen)
    assert not await folder.write(1, "ours", None)
    assert file.read_text() == "somebody was faster"
    assert await folder.write(1, "ours", digest_of("somebody was faster"))
    assert file.read_text() == "ours"
    assert [one.name for one in file.parent.iterdir()] == ["incident-0001.md"]


async def test_what_is_accepted_stays_in_the_store_whatever_becomes_of_the_file(folder):
    """The chain names its digest; a file may go on living."""
    world, file = await drafted(folder)
    accepted = (await stored(world)).text
    await world.do(lambda work: reviewing.waive(work, 1, "dora", "cli", "nothing to mend"))
    file.write_text(filled(accepted))
    await bring_together(world.engine, folder, 1, "ana", "cli")

    assert (await stored(world)).text == accepted
    assert await text_now(world.engine, folder, 1) == accepted
    assert file.read_text() == filled(accepted)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
async def test_what_is_no_file_is_refused(folder, tmp_path, kind):
    """It is neither read, nor waited for, nor followed."""
    world = await a_world()
    path = folder._file(1)
    path.parent.mkdir()
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    if kind == "link":
        path.symlink_to(secret)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(FolderTrouble, match=r"incident-0001\.md"):
        await bring_together(world.engine, folder, 1, "ana", "cli")

    assert secret.read_text() == "a secret"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"# one\n\xff\n", "line 2: it holds what is no text"),
        (b"a" * (TEXT_MAX * 4 + 9), "characters"),
        (b"", "whose postmortem"),
    ],
)
async def test_bytes_that_are_no_postmortem_are_refused(folder, raw, says):
    """With the line, as everywhere."""
    world, file = await drafted(folder)
    file.write_bytes(raw)
    with pytest.raises(BrokenDocument, match=says):
        await bring_together(world.engine, folder, 1, "ana", "cli")

    assert file.read_bytes() == raw


async def test_a_directory_that_cannot_be_written_is_told_until_it_can(tmp_path):
    """A file stands in its place: nothing is blocked by it, and an operator is warned as long as it lasts."""
    place = tmp_path / "postmortems"
    place.write_text("a file")
    folder = PostmortemFolder(place)
    world = await a_world()
    writer = PostmortemWriter(world.engine, lambda: folder)
    await writer.look()
    told = writer.warnings
    place.unlink()
    await writer.look()

    assert len(told) == 1
    assert "a postmortem is not in its file" in told[0]
    assert writer.warnings == ()
    assert (place / "incident-0001.md").read_text() == (await stored(world)).text


async def test_without_a_directory_there_is_nothing_to_write():
    """The writer looks and leaves it; the text is that of the store."""
    world = await a_world()
    writer = PostmortemWriter(world.engine, lambda: None)
    await writer.look()

    assert writer.warnings == ()
    assert await postmortem_files.text_now(world.engine, None, 1) == (await stored(world)).text


async def test_git_holds_it(folder, tmp_path):
    """People commit what they write, and what pagerd writes later is a difference of its facts alone."""
    world, file = await drafted(folder)

    def git(*words):
        own = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": os.environ["PATH"]}
        who = ["-c", "user.name=ana", "-c", "user.email=ana@example.com"]
        done = subprocess.run(  # our own words
            ["git", *who, *words],  # that of the machine
            cwd=file.parent,
            env=own,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    git("init", "-q")
    file.write_text(filled(file.read_text()))
    git("add", "-A")
    git("commit", "-qm", "ana wrote")
    await bring_together(world.engine, folder, 1, "ana", "cli")
    assert git("status", "--porcelain") == ""
    await world.do(lambda work: commands.reopen(work, 1, "ana", "cli", "it fails again"))
    await resolve(world)
    await write_out(world.engine, folder)
    changed = [line for line in git("diff", "-U0").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]

    assert changed
    assert all(line[1:].startswith(("- ", "<!-- pagerd facts ")) for line in changed)
