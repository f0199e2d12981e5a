"""What must hold of the machine and the files before a SQLite database is opened.

Every check here answers before SQLite touches the file, and each refusal says what to do. The order matters: the file
system first (a lock on NFS may hang or lie), then the lock, and the database file only under the lock: closing any
descriptor of a database drops the POSIX locks that SQLite holds on it in the same process.
"""

import contextlib
import fcntl
import os
import re
import stat
from pathlib import Path

from pagerd.stores.base import StoreUnusable

# Releases from 3.7.0 on can lose a WAL reset between two connections and corrupt the file; fixed in 3.51.3 and in
# these two back-ports (release notes of 3.51.3).
FIXED_SINCE = (3, 51, 3)
BACKPORTED = {(3, 50): 7, (3, 44): 6}

# A WAL database lives on shared memory and POSIX locks, and file systems over a network promise neither.
NETWORK_FILESYSTEMS = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb2",
            "smb3",
            "smbfs",
            "ncpfs",
            "afs",
            "9p",
            "ceph",
            "lustre",
            "glusterfs",
            "beegfs",
        ),
        *("ocfs2", "gfs", "gfs2"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "fuse.juicefs"),
    }
)
_OCTAL_ESCAPE = re.compile(r"\\([0-7]{3})")


def check_sqlite_version(version: str) -> None:
    """Refuse a SQLite library that can corrupt a WAL database."""
    if not has_wal_reset_fix(version):
        raise StoreUnusable(
            f"SQLite {version} can corrupt the database (WAL-reset bug): use 3.51.3 or later, 3.50.7 or 3.44.6; "
            "the apsw wheel brings a good one"
        )


def has_wal_reset_fix(version: str) -> bool:
    """Say whether a SQLite release is safe with two connections on one WAL database."""
    numbers = [int(part) for part in version.split(".")[:3]]
    major, minor, patch = (*numbers, 0, 0)[:3]
    if (major, minor, patch) >= FIXED_SINCE:
        return True
    since = BACKPORTED.get((major, minor))
    return since is not None and patch >= since


def check_filesystem(path: Path) -> None:
    """Refuse a database on a network file system; where the kernel does not tell (no /proc), nothing is checked."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    kind = filesystem_of(path, mounts)
    if kind in NETWORK_FILESYSTEMS:
        raise StoreUnusable(
            f"{path} lies on {kind}: SQLite needs a local file system; move the store, or use PostgreSQL"
        )


def filesystem_of(path: Path, mountinfo: str) -> str:
    """Name the type of the file system that holds an absolute path, by the text of /proc/self/mountinfo."""
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 5:
            continue
        point = Path(_OCTAL_ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        # A later mount on the same point hides the earlier one, hence >=.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
    return kind


class FileLock:
    """The exclusive lock beside the database: a second daemon on the same file finds it taken.

    It is a flock: the kernel drops it when the process dies in whatever way, and other descriptors of ours cannot. The
    file stays behind when the lock is released: deleting it would let two daemons lock two files of one name.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise StoreUnusable(
                f"{database} is in use by another pagerd (process {owner}): stop that one, or give this one its own"
            ) from None
        # Only whoever is refused reads the number; a full disk must not keep us from starting.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, b"%d\n" % os.getpid(), 0)
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let the next one in; a second release does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def claim_files(path: Path) -> FileLock:
    """Make the directory and the database file where they are missing, private to our user, and take the lock.

    A directory that exists keeps its mode: it may be shared on purpose. Files of ours that others could read are
    tightened.
    """
    try:
        made_directory = not path.parent.exists()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(path)
    except OSError as error:
        raise StoreUnusable(f"the store cannot be opened at {path}: {error.strerror}: {error.filename}") from error
    try:
        _make_private(path)
        # The names must be as durable as what SQLite will write behind them.
        _sync_directory(path.parent)
        if made_directory:
            _sync_directory(path.parent.parent)
    except OSError as error:
        lock.release()
        raise StoreUnusable(f"the store cannot be opened at {path}: {error.strerror}: {error.filename}") from error
    except BaseException:
        lock.release()
        raise
    return lock


def _make_private(path: Path) -> None:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    for ours in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", ".lock"))):
        try:
            mode = ours.stat().st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(mode):
            raise StoreUnusable(f"{ours} is not a regular file")
        if mode & 0o077:
            ours.chmod(0o600)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def size_of(path: Path) -> int:
    """Return the bytes that the database and its log take on the disk, as far as they can be asked for."""
    size = 0
    for ours in (path, path.with_name(path.name + "-wal")):
        with contextlib.suppress(OSError):
            size += ours.stat().st_size
    return size
