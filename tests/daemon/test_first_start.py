"""What a first start makes, and with which modes: the kernel keeps what is in it from everybody else."""

import os
import stat

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, Source, SourceKind
from pagerd.daemon.first_start import make_state_directory, prepare


def mode_of(path):
    """Return the permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def strict_umask():
    """A umask that takes everything from everybody else, as hardened hosts have it."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("strict_umask")
def test_people_of_the_host_reach_the_socket(tmp_path):
    """Whoever has an account may go through the state directory, and may not look around in it."""
    make_state_directory(tmp_path / "state")

    assert mode_of(tmp_path / "state") == 0o711


def test_a_state_directory_that_exists_keeps_its_mode(tmp_path):
    """It was made by somebody who knew why."""
    (tmp_path / "state").mkdir(mode=0o700)
    make_state_directory(tmp_path / "state")

    assert mode_of(tmp_path / "state") == 0o700


def test_a_file_in_its_place_is_refused(tmp_path):
    """Nothing of it is touched."""
    (tmp_path / "state").write_text("mine")

    with pytest.raises(FileExistsError):
        make_state_directory(tmp_path / "state")
    assert (tmp_path / "state").read_text() == "mine"


def a_source(*files):
    """Return settings with one source that has these token files."""
    return Settings(
        sources={"tools": Source(id="tools", kind=SourceKind.GENERIC, token_files=tuple(map(SecretFile, files)))}
    )


def test_a_token_is_made_for_our_eyes_alone(tmp_path):
    """A first token can be guessed by nobody, is recognised when it leaks, and nobody else can read its file."""
    prepare(a_source(".pagerd/tools.token"), tmp_path)

    made = tmp_path / ".pagerd/tools.token"
    assert mode_of(made) == 0o600
    assert made.read_text().startswith("pgs_")
    assert len(made.read_text().strip()) == len("pgs_") + 43


def test_a_token_that_is_there_is_kept(tmp_path):
    """A second start changes nothing for whoever sends with it."""
    prepare(a_source(".pagerd/tools.token"), tmp_path)
    before = (tmp_path / ".pagerd/tools.token").read_text()
    prepare(a_source(".pagerd/tools.token"), tmp_path)

    assert (tmp_path / ".pagerd/tools.token").read_text() == before


@pytest.mark.parametrize("elsewhere", ["other/tools.token", "credential:tools", ".pagerd/../tools.token"])
def test_tokens_elsewhere_are_not_ours_to_make(tmp_path, elsewhere):
    """A file that somebody else keeps is theirs, also when it is missing."""
    prepare(a_source(elsewhere), tmp_path)

    assert list(tmp_path.rglob("*.token")) == []
