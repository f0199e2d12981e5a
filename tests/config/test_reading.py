import pytest

from pagerd.config.reading import read_config
from tests.builders import NOON
from tests.config.files import COMPANY, PAYMENTS


@pytest.fixture
def directory(tmp_path):
    """The files of a company, on disk."""
    for file, text in COMPANY.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_files_become_a_plan(directory):
    """With the texts, so that the daemon can keep them."""
    files, loaded = read_config(directory, NOON)

    assert files == COMPANY
    assert loaded.plan is not None


def test_what_cannot_be_read_hides_nothing_that_is_wrong_with_the_rest(directory):
    """One run says all; names in the file that is missing are not called unknown."""
    (directory / "rotations/people.yaml").unlink()
    (directory / "rotations/people.yaml").symlink_to("people.yaml")
    (directory / PAYMENTS).write_text(COMPANY[PAYMENTS] + "mial: x@example.com\n")
    files, loaded = read_config(directory, NOON)

    assert PAYMENTS in files
    assert loaded.plan is None
    assert sorted(f"{one.id} {one.span.file}" for one in loaded.findings) == [
        f"E006 {PAYMENTS}",
        "E017 rotations/people.yaml",
    ]


def test_a_directory_without_settings_is_told_once(tmp_path):
    """What is missing in a file that is missing is no second mistake."""
    _, loaded = read_config(tmp_path, NOON)

    assert [(one.id, one.span.file) for one in loaded.findings if one.span.file == "pagerd.yaml"] == [
        ("E017", "pagerd.yaml")
    ]


def test_settings_in_a_yml_file_are_told_how_they_must_be_called(directory):
    """The ending is the one mistake that looks like no config at all."""
    (directory / "pagerd.yaml").rename(directory / "pagerd.yml")
    _, loaded = read_config(directory, NOON)

    assert ("pagerd.yml", "rename it to pagerd.yaml") in {(one.span.file, one.hint) for one in loaded.findings}


def test_a_directory_that_is_gone_is_a_finding(tmp_path):
    """A reload meets it when somebody moved the checkout."""
    _, loaded = read_config(tmp_path / "gone", NOON)

    assert loaded.plan is None
    assert "this is not a directory" in {one.message for one in loaded.findings}
