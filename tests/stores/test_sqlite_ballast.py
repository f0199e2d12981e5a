"""Room that is held back for the day the disk is full."""

import os
from types import SimpleNamespace

import pytest

from pagerd.stores.sqlite_ballast import ROOM_BYTES, Ballast

SIZE = 1 << 20


@pytest.fixture
def ballast(tmp_path):
    """Ballast beside a database."""
    return Ballast(tmp_path / "pagerd.db", SIZE)


def test_what_is_laid_takes_its_room_and_is_private(ballast):
    """It is made of blocks, not of a hole, and nobody else may read the file."""
    assert ballast.lay()

    told = ballast.path.stat()
    assert told.st_blocks * 512 >= SIZE
    assert told.st_mode & 0o077 == 0


def test_it_is_thrown_off_once(ballast):
    """Whoever throws it off learns whether that gave any room."""
    ballast.lay()

    assert ballast.throw_off()
    assert not ballast.throw_off()
    assert not ballast.path.exists()


def test_what_is_there_is_not_laid_again(ballast):
    """A start finds what the last one left, also on a disk that has no more room."""
    ballast.lay()
    before = ballast.path.stat().st_ino

    assert ballast.lay()
    assert ballast.path.stat().st_ino == before


def test_a_disk_without_room_to_spare_gets_none(ballast, monkeypatch):
    """Ballast that the next alerts would have thrown off at once only delays the word that the disk is full."""
    monkeypatch.setattr(os, "statvfs", lambda _path: SimpleNamespace(f_bavail=ROOM_BYTES + SIZE - 1, f_frsize=1))

    assert not ballast.lay()
    assert not ballast.path.exists()


def test_a_disk_that_lies_about_its_room_leaves_nothing(ballast, monkeypatch):
    """What could not be taken whole is given back."""

    def fails(*_words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", fails)

    assert not ballast.lay()
    assert not ballast.path.exists()


def test_none_is_never_there(tmp_path):
    """A database that holds nothing back leaves no file."""
    ballast = Ballast(tmp_path / "pagerd.db", 0)

    assert not ballast.lay()
    assert not ballast.throw_off()
