import os

import pytest

from pagerd.config.directory import DirectoryRefused, read_directory
from pagerd.config.document import ALL_CHARS_MAX, FILE_CHARS_MAX, FILES_MAX


@pytest.fixture
def root(tmp_path):
    """A config directory with one file in each place."""
    directory = tmp_path / "config"
    for name in ("pagerd.yaml", "rules/owners.yaml", "rotations/people.yaml", "runbooks/x.md"):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return directory


def test_config_files_are_read_by_their_names(root):
    """And nothing else that lies in the directory."""
    (root / "README.md").write_text("x")
    (root / "runbooks" / "README.md").write_text("x")
    (root / "rules" / ".hidden.yaml").write_text("x")
    (root / "rules" / "notes.txt").write_text("x")
    (root / ".pagerd").mkdir()
    (root / ".pagerd" / "prod.token").write_text("s3cr3t")

    assert read_directory(root) == {
        "pagerd.yaml": "# pagerd.yaml\n",
        "rules/owners.yaml": "# rules/owners.yaml\n",
        "rotations/people.yaml": "# rotations/people.yaml\n",
        "runbooks/x.md": "# runbooks/x.md\n",
    }


def test_what_lies_where_nobody_reads_it_is_named_too(root):
    """So that loading can say so."""
    (root / "rules" / "deep").mkdir()
    (root / "rules" / "deep" / "x.yaml").write_text("a: 1\n")
    (root / "rules" / "y.yml").write_text("a: 1\n")

    assert {"rules/deep/x.yaml", "rules/y.yml"} <= set(read_directory(root))


def test_links_within_the_directory_are_followed(root):
    """Kubernetes mounts a ConfigMap like this."""
    data = root / "rules" / "..data"
    data.mkdir()
    (data / "severity.yaml").write_text("# mounted\n")
    (root / "rules" / "severity.yaml").symlink_to(data / "severity.yaml")

    assert read_directory(root)["rules/severity.yaml"] == "# mounted\n"


@pytest.mark.parametrize("name", ["rules/x.yaml", "runbooks/passwd.md", "pagerd.yaml", "rules"])
def test_links_that_lead_out_are_refused(root, tmp_path, name):
    """A pull request must not read the host's files into a page."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("s3cr3t")
    path = root / name
    if name == "rules":
        (path / "owners.yaml").unlink()
        path.rmdir()
        path.symlink_to(outside, target_is_directory=True)
    else:
        path.unlink(missing_ok=True)
        path.symlink_to(outside / "x")

    with pytest.raises(DirectoryRefused) as refused:
        read_directory(root)
    assert [(one.id, one.span.file) for one in refused.value.findings] == [("E017", name)]
    assert "s3cr3t" not in str(refused.value)


def test_what_is_no_file_is_refused_without_waiting(root):
    """A pipe would never end, a dangling link never begin."""
    os.mkfifo(root / "rules" / "pipe.yaml")
    (root / "rules" / "gone.yaml").symlink_to(root / "rules" / "nowhere.yaml")

    with pytest.raises(DirectoryRefused) as refused:
        read_directory(root)
    assert {one.span.file for one in refused.value.findings} == {"rules/pipe.yaml", "rules/gone.yaml"}


def test_links_that_go_round_are_refused(root):
    """In every place: a reload must meet them without falling over."""
    (root / "rules" / "a.yaml").symlink_to("b.yaml")
    (root / "rules" / "b.yaml").symlink_to("a.yaml")
    (root / "runbooks" / "x.md").unlink()
    (root / "runbooks").rmdir()
    (root / "runbooks").symlink_to("runbooks")

    with pytest.raises(DirectoryRefused) as refused:
        read_directory(root)
    assert {one.span.file for one in refused.value.findings} == {"rules/a.yaml", "rules/b.yaml", "runbooks"}


def test_a_folder_in_the_place_of_a_file_is_refused(root):
    """And a file in the place of a folder, and a link to a folder: nothing is passed over in silence."""
    (root / "rotations" / "shop.yaml").mkdir()
    (root / "rotations" / "more").symlink_to(root / "rules", target_is_directory=True)
    (root / "runbooks" / "x.md").unlink()
    (root / "runbooks").rmdir()
    (root / "runbooks").write_text("x")

    with pytest.raises(DirectoryRefused) as refused:
        read_directory(root)
    assert [(one.span.file, one.message) for one in refused.value.findings] == [
        ("rotations/more", "links to folders are not followed"),
        ("rotations/shop.yaml", "this is a folder"),
        ("runbooks", "this is not a folder"),
    ]


def test_settings_under_a_name_that_is_not_read_are_named_too(root):
    """So that loading can say how the file must be called."""
    (root / "pagerd.yaml").rename(root / "pagerd.yml")

    assert read_directory(root)["pagerd.yml"] == "# pagerd.yaml\n"


def test_what_could_be_read_is_handed_over_with_the_refusal(root):
    """So that one run finds what is wrong with the other files too."""
    (root / "rules" / "gone.yaml").symlink_to("nowhere.yaml")

    with pytest.raises(DirectoryRefused) as refused:
        read_directory(root)
    assert set(refused.value.files) == {"pagerd.yaml", "rules/owners.yaml", "rotations/people.yaml", "runbooks/x.md"}


def test_a_directory_that_is_none_is_refused(tmp_path):
    """With the path that was given."""
    (tmp_path / "file").write_text("x")

    for path in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(DirectoryRefused, match=str(path)):
            read_directory(path)


def test_no_more_is_read_than_can_be_used(root):
    """A file of any size and a folder of any length cost what the limits say."""
    (root / "rules" / "big.yaml").write_text("#" * (FILE_CHARS_MAX * 5))
    for number in range(FILES_MAX + 20):
        (root / "runbooks" / f"r{number}.md").write_text("")

    files = read_directory(root)

    assert len(files) == FILES_MAX + 1
    assert len(files["rules/big.yaml"]) <= FILE_CHARS_MAX * 4 + 1


def test_all_files_together_have_a_limit(root):
    """Hundreds of files that are each just small enough would fill the memory of a daemon that pages meanwhile."""
    for number in range(ALL_CHARS_MAX // FILE_CHARS_MAX + 5):
        (root / "rules" / f"r{number:03}.yaml").write_text("#" * FILE_CHARS_MAX)

    with pytest.raises(DirectoryRefused) as refused:
        read_directory(root)

    assert [(one.id, one.span.file) for one in refused.value.findings] == [("E002", "rules/r015.yaml")]
    assert len(refused.value.files) == 18  # pagerd.yaml, owners.yaml, and these


def test_bytes_that_are_not_utf8_are_left_for_loading_to_refuse(root):
    """It knows the line. A byte order mark is no mistake."""
    (root / "rules" / "a.yaml").write_bytes(b"a: \xe9")
    (root / "rules" / "b.yaml").write_bytes(b"\xef\xbb\xbfa: 1")

    files = read_directory(root)

    assert files["rules/a.yaml"] == "a: \udce9"
    assert files["rules/b.yaml"] == "a: 1"
