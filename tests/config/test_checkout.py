import subprocess

import pytest

from pagerd.config.checkout import git_revision


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
