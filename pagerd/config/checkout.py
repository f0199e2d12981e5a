"""Which commit the config directory is at, when it lies in git, and what its files were at another."""

import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pagerd.core.errors import NotFound, Unreadable

ANSWER_SECONDS_MAX = 5.0
"""git answers in milliseconds; a repository on a lost network disk must not keep a pager from starting."""


def git_revision(directory: Path) -> str | None:
    """Return the commit of the directory, marked when files differ from it, or None outside git."""
    ask = ["git", "-C", str(directory), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, timeout=ANSWER_SECONDS_MAX, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None


ARCHIVE_SECONDS_MAX = 60.0
"""For the files of one directory at one commit."""

ARCHIVE_BYTES_MAX = 512 * 1024 * 1024
"""Of these files: what a config directory may have is far less, and a repository around it may hold anything."""

PIECE_BYTES = 256 * 1024
"""What of them is in memory at once."""

SAID_BYTES_MAX = 4096
"""Of what git says when it fails: its first lines say why."""


@contextmanager
def checked_out(directory: Path, revision: str) -> Iterator[tuple[Path, str]]:
    """Yield a temporary directory with the files of a config directory as they were at a revision, and its commit.

    The directory's own files are left alone. Raises NotFound for a revision that git does not know there.
    """
    asked = f"looking up the git revision {revision!r} of {directory}"
    commit = _git(directory, asked, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    sha = commit.decode().strip()
    try:
        _git(directory, asked, "rev-parse", "--verify", "--quiet", f"{sha}:./")
    except NotFound as error:
        raise NotFound(f"{asked}: the directory was not there at that commit") from error
    with tempfile.TemporaryDirectory(prefix="pagerd-") as folder:
        with tempfile.TemporaryFile() as archive:
            _archive(directory, asked, sha, archive)
            archive.seek(0)
            try:
                with tarfile.open(fileobj=archive) as tar:
                    _unpack(tar, folder)
            except (tarfile.TarError, OSError) as error:
                raise Unreadable(f"{asked}: its files cannot be unpacked: {error}") from error
        yield Path(folder), sha[:12]


def _archive(directory: Path, asked: str, sha: str, archive: BinaryIO) -> None:
    """Write the files of a commit into a file, a piece at a time, and no more of them than may be."""
    # From within the directory git archives what lies below it, also where that is a part of the repository.
    ask = ["git", "-C", str(directory), "archive", "--format=tar", sha, "."]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(ask, stdout=subprocess.PIPE, stderr=said) as git,  # noqa: S603
    ):
        assert git.stdout is not None
        deadline = threading.Timer(ARCHIVE_SECONDS_MAX, git.kill)
        deadline.start()
        try:
            left = ARCHIVE_BYTES_MAX
            while piece := git.stdout.read(PIECE_BYTES):
                left -= len(piece)
                if left < 0:
                    raise Unreadable(f"{asked}: its files are larger than {ARCHIVE_BYTES_MAX // 1024 // 1024} MiB")
                archive.write(piece)
            code = git.wait()
        finally:
            deadline.cancel()
            git.kill()  # it may be writing still
        said.seek(0)
        if code:
            words = said.read(SAID_BYTES_MAX).decode(errors="replace").strip()
            raise NotFound(f"{asked}: {words or f'git did not end within {ARCHIVE_SECONDS_MAX:.0f} s'}")


def _unpack(tar: tarfile.TarFile, folder: str) -> None:
    """Unpack files and folders, and nothing that would lie or point outside."""
    if hasattr(tarfile, "data_filter"):
        tar.extractall(folder, filter="data")
        return
    # Before Python 3.11.4, which Debian 12 is, there is no filter.
    for member in tar:
        if (member.isreg() or member.isdir()) and not Path(member.name).is_absolute() and ".." not in member.name:
            tar.extract(member, folder)


def _git(directory: Path, asked: str, *arguments: str) -> bytes:
    try:
        answer = subprocess.run(  # noqa: S603
            ["git", "-C", str(directory), *arguments],  # noqa: S607
            capture_output=True,
            timeout=ANSWER_SECONDS_MAX,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotFound(f"{asked}: git does not answer: {error}") from error
    if answer.returncode:
        said = answer.stderr.decode(errors="replace").strip() or "there is no such commit"
        raise NotFound(f"{asked}: {said}")
    return answer.stdout
