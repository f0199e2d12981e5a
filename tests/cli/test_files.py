import pytest

from pagerd.cli import files
from pagerd.core.errors import InvalidPlan, Unreadable


def test_whole_files_are_a_plan(directory):
    """The revision is that of their texts, here outside git."""
    plan = files.plan_of(str(directory))

    assert set(plan.teams) == {"shop"}
    assert "+" not in plan.revision


def test_what_cannot_be_read_is_a_finding(directory):
    """A link out of the directory is said at its place, not raised."""
    (directory / "rotations/more.yaml").symlink_to("/etc/hostname")
    read = files.read(str(directory))

    assert [one.id for one in read.loaded.findings] == ["E017"]
    assert read.loaded.plan is None


def test_no_directory_is_no_finding():
    """There is nothing that could have one."""
    with pytest.raises(Unreadable, match="not a directory"):
        files.read("/nowhere")


def test_broken_files_are_no_plan(directory):
    """The first error and how many more, so that one line says where to look."""
    (directory / "rotations/shop.yaml").write_text("bogus: 1\n")

    with pytest.raises(InvalidPlan, match=r"rotations/shop\.yaml:1:1.*more"):
        files.plan_of(str(directory))
