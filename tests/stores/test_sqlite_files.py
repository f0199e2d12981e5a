from pathlib import Path

import apsw
import pytest

from pagerd.stores.base import StoreUnusable
from pagerd.stores.sqlite_files import (
    NETWORK_FILESYSTEMS,
    FileLock,
    check_filesystem,
    check_sqlite_version,
    claim_files,
    filesystem_of,
    has_wal_reset_fix,
)

MOUNTS = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:20 / /proc rw - proc proc rw
40 22 0:41 / /srv rw,relatime shared:9 - nfs4 filer:/srv rw,vers=4.2
41 40 254:3 / /srv/local rw - xfs /dev/vdb rw
42 22 0:50 / /mnt/two\040words rw master:3 - cifs //filer/share rw
43 22 254:9 / /over rw - ext4 /dev/vdc rw
44 43 0:60 / /over rw - fuse.sshfs ana@host: rw
"""


@pytest.mark.parametrize(
    ("version", "fixed"),
    [
        ("3.6.23", False),
        ("3.7.0", False),
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.3", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.50.10", True),
        ("3.51.0", False),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52", True),
        ("3.54.1", True),
        ("4.0.0", True),
    ],
)
def test_versions_with_the_fix_are_known(version, fixed):
    """The fix came with 3.51.3 and went back to two older lines only."""
    assert has_wal_reset_fix(version) is fixed


def test_an_affected_sqlite_is_refused():
    """The refusal names the version found and those that will do."""
    with pytest.raises(StoreUnusable, match=r"SQLite 3\.40\.1 can corrupt .* 3\.51\.3 or later"):
        check_sqlite_version("3.40.1")


def test_the_sqlite_that_we_bring_is_good():
    """The library in the lock file passes our own check."""
    check_sqlite_version(apsw.sqlite_lib_version())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/pagerd/pagerd.db", "ext4"),
        ("/srv/pagerd.db", "nfs4"),
        ("/srv/local/pagerd.db", "xfs"),
        ("/srv/locally/pagerd.db", "nfs4"),
        ("/mnt/two words/pagerd.db", "cifs"),
        ("/over/pagerd.db", "fuse.sshfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path, kind):
    """The longest mount point above a path counts, and the last one mounted there."""
    assert filesystem_of(Path(path), MOUNTS) == kind


def test_an_unreadable_mount_table_names_nothing():
    """Lines that are none of the kernel's are passed over."""
    assert filesystem_of(Path("/var"), "nonsense\n1 2 - x\n") == ""


def test_a_network_file_system_is_refused(tmp_path, monkeypatch):
    """A store on a network file system is refused with the way out."""
    kind = filesystem_of(tmp_path.resolve(), Path("/proc/self/mountinfo").read_text())
    check_filesystem(tmp_path.resolve())
    monkeypatch.setattr("pagerd.stores.sqlite_files.NETWORK_FILESYSTEMS", NETWORK_FILESYSTEMS | {kind})

    with pytest.raises(StoreUnusable, match=f"lies on {kind}: SQLite needs a local file system"):
        check_filesystem(tmp_path.resolve())


def test_a_lock_is_free_again_after_its_release(tmp_path):
    """A released lock can be taken, and a second release does not take it from the new owner."""
    first = FileLock(tmp_path / "a.db")
    first.release()
    second = FileLock(tmp_path / "a.db")
    first.release()

    with pytest.raises(StoreUnusable, match="in use by another pagerd"):
        FileLock(tmp_path / "a.db")
    second.release()


def test_a_lock_file_that_is_a_link_is_refused(tmp_path):
    """The lock is never taken through a link that somebody laid in its place."""
    (tmp_path / "a.db.lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StoreUnusable, match=r"cannot be opened .*a\.db\.lock"):
        claim_files(tmp_path / "a.db")
    assert not (tmp_path / "elsewhere").exists()


def test_a_refusal_gives_the_lock_back(tmp_path):
    """When the file is no file the lock is free again."""
    (tmp_path / "a.db").mkdir()
    with pytest.raises(StoreUnusable, match="not a regular file"):
        claim_files(tmp_path / "a.db")
    (tmp_path / "a.db").rmdir()

    claim_files(tmp_path / "a.db").release()


def test_missing_directories_are_made_private(tmp_path):
    """The directory of the database is made where it is missing, for our user alone."""
    claim_files(tmp_path / "one" / "two" / "a.db").release()

    assert (tmp_path / "one" / "two").stat().st_mode & 0o777 == 0o700
