import pytest

from pagerd.core.errors import Conflict
from pagerd.importers.placing import place, wanted
from pagerd.importers.writing import Texts, is_unedited, marked

FIRST, SECOND = marked("pagerduty", "a: 1\n"), marked("pagerduty", "a: 2\n")


def test_what_is_there_of_others_stays(tmp_path):
    """Of the files that are only for a directory without them, those are wanted that are not there."""
    (tmp_path / "pagerd.yaml").write_text("version: 1\n")
    texts = Texts(files={"rotations/x.yaml": FIRST}, unless_there={"pagerd.yaml": "", "rules/owners.yaml": "b"})

    assert wanted(tmp_path, texts) == {"rules/owners.yaml": "b", "rotations/x.yaml": FIRST}


def test_an_unedited_file_gives_way_to_force_alone(tmp_path):
    """Nothing is written over unasked, and with force only what an import wrote."""
    assert place(tmp_path, {"rotations/x.yaml": FIRST}, force=False) == ("rotations/x.yaml",)
    assert place(tmp_path, {"rotations/x.yaml": FIRST}, force=False) == ()
    with pytest.raises(Conflict, match="--force writes over it"):
        place(tmp_path, {"rotations/x.yaml": SECOND}, force=False)

    assert place(tmp_path, {"rotations/x.yaml": SECOND}, force=True) == ("rotations/x.yaml",)
    assert (tmp_path / "rotations/x.yaml").read_text() == SECOND


@pytest.mark.parametrize("edit", [lambda text: text + "b: 1\n", lambda text: text.replace("a", "b"), lambda _text: "a"])
def test_an_edited_file_never_gives_way(tmp_path, edit):
    """A line more, another value or another file: it is somebody's, and nothing beside it is written either."""
    place(tmp_path, {"x.yaml": FIRST}, force=False)
    edited = edit(FIRST)
    (tmp_path / "x.yaml").write_text(edited)

    with pytest.raises(Conflict, match="nothing was written"):
        place(tmp_path, {"new.yaml": FIRST, "x.yaml": SECOND}, force=True)

    assert not is_unedited(edited)
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: (path / "rotations").write_text(""), "writing .*rotations/x.yaml: File exists"),
        (lambda path: (path / "rotations").symlink_to(path.parent), "leads out of"),
        (lambda path: (path / "rotations/x.yaml").mkdir(parents=True), "is no ordinary file"),
    ],
)
def test_what_is_in_the_way_is_said(tmp_path, make, message):
    """A file for a folder, a way out of the directory, a folder for a file: nothing is written through them."""
    directory = tmp_path / "config"
    directory.mkdir()
    make(directory)

    with pytest.raises(Conflict, match=message):
        place(directory, {"rotations/x.yaml": FIRST}, force=True)

    assert not (tmp_path / "x.yaml").exists()
