import os
import shutil
import subprocess
import tarfile
import tempfile

import pytest

from pagerd.config import checkout
from pagerd.config.checkout import checked_out, git_revision
from pagerd.core.errors import NotFound, Unreadable


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository of one commit, whatever git is told on this host."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")

    def git(*arguments):
        who = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
        subprocess.run(["git", "-C", str(tmp_path), *who, *arguments], check=True, capture_output=True)

    git("init")
    (tmp_path / "pagerd.yaml").write_text("version: 1\n")
    git("add", ".")
    git("commit", "-m", "begin")
    return tmp_path


def test_a_checkout_is_named_by_its_commit(repository):
    """Twelve digits are enough to find it."""
    found = git_revision(repository)

    assert found is not None
    assert len(found) == 12


def test_files_that_differ_from_the_commit_are_marked(repository):
    """A commit that is not what is in force must not be taken for it."""
    clean = git_revision(repository)
    (repository / "pagerd.yaml").write_text("version: 2\n")

    assert git_revision(repository) == f"{clean}-dirty"


def test_a_folder_outside_git_has_no_commit(tmp_path, monkeypatch):
    """Nor has a folder that is not there."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    assert git_revision(tmp_path) is None
    assert git_revision(tmp_path / "nowhere") is None


def test_a_host_without_git_has_no_commit(tmp_path, monkeypatch):
    """A container without it starts all the same."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert git_revision(tmp_path) is None


@pytest.mark.parametrize("has_filter", [True, False])
def test_the_files_of_a_revision_are_unpacked_elsewhere(repository, monkeypatch, has_filter):
    """The directory itself is left as it is, and what was unpacked goes; also by a Python before 3.11.4."""
    if not has_filter:
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
    commit = git_revision(repository)
    (repository / "pagerd.yaml").write_text("version: 2\n")

    with checked_out(repository, "HEAD") as (folder, name):
        assert (folder / "pagerd.yaml").read_text() == "version: 1\n"
        assert name == commit

    assert not folder.exists()
    assert (repository / "pagerd.yaml").read_text() == "version: 2\n"


def test_of_a_part_of_a_repository_that_part_is_unpacked(repository):
    """A config directory is often one folder of many."""
    part = repository / "config"
    part.mkdir()
    (part / "pagerd.yaml").write_text("version: 3\n")
    who = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
    for asked in (("add", "."), (*who, "commit", "-m", "part")):
        subprocess.run(["git", "-C", str(repository), *asked], check=True, capture_output=True)

    with checked_out(part, "HEAD") as (folder, _):
        assert (folder / "pagerd.yaml").read_text() == "version: 3\n"

    with pytest.raises(NotFound, match=r"'HEAD~1' .*: the directory was not there"), checked_out(part, "HEAD~1"):
        pass


@pytest.mark.parametrize("revision", ["no-such", "--output=/tmp/x", "-h", ""])
def test_a_revision_that_git_does_not_know_is_named(repository, revision):
    """Nor is what looks like an option ever one."""
    with pytest.raises(NotFound, match=f"looking up the git revision {revision!r}"), checked_out(repository, revision):
        pass


def test_outside_git_there_is_no_revision(tmp_path):
    """It is said as git says it."""
    with pytest.raises(NotFound, match="git revision 'HEAD'"), checked_out(tmp_path, "HEAD"):
        pass


def test_a_directory_that_holds_too_much_is_refused_before_it_is_all_read(repository, monkeypatch):
    """A repository around the files may hold anything: git is stopped in the middle of it, nothing stays behind."""
    monkeypatch.setattr(checkout, "ARCHIVE_BYTES_MAX", 1024 * 1024)
    monkeypatch.setattr(checkout, "PIECE_BYTES", 16 * 1024)
    monkeypatch.setattr(tempfile, "tempdir", str(repository / "temporary"))
    (repository / "temporary").mkdir()
    (repository / "large").write_bytes(bytes(8 * 1024 * 1024))
    who = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
    for asked in (("add", "large"), (*who, "commit", "-m", "large")):
        subprocess.run(["git", "-C", str(repository), *asked], check=True, capture_output=True)
    started = []
    popen = subprocess.Popen

    def start(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)

    with pytest.raises(Unreadable, match="its files are larger than 1 MiB"), checked_out(repository, "HEAD"):
        pass

    assert started[-1].returncode < 0  # it had more to say
    assert list((repository / "temporary").iterdir()) == []


def test_a_git_that_does_not_end_is_ended(repository, monkeypatch):
    """A pager's check waits for no lost disk."""
    monkeypatch.setattr(checkout, "ARCHIVE_SECONDS_MAX", 0.05)
    slow = repository / "bin"
    slow.mkdir()
    real = shutil.which("git")
    (slow / "git").write_text(
        f'#!/bin/sh\ncase "$*" in *archive*) exec tail -f /dev/null;; *) exec {real} "$@";; esac\n'
    )
    (slow / "git").chmod(0o700)
    monkeypatch.setenv("PATH", f"{slow}:{os.environ['PATH']}")

    with pytest.raises(NotFound, match="git did not end within"), checked_out(repository, "HEAD"):
        pass
