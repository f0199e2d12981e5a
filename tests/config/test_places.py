import pytest

from tests.config.files import COMPANY, ESCALATION, OWNERS, PEOPLE, SEVERITY, loaded, places


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        (PEOPLE, "rotations/poeple.yaml"),
        (ESCALATION, "rotations/policies.yaml"),
        (OWNERS, "rules/owner.yaml"),
        (SEVERITY, "rules/severities.yaml"),
    ],
)
def test_a_file_under_a_wrong_name_is_told_its_own(file, wrong):
    """It is not read as a broken team, and the names in it are not called unknown."""
    files = {wrong if name == file else name: text for name, text in COMPANY.items()}
    found = [one for one in loaded(files).findings if one.span.file == wrong]

    assert [(one.id, one.hint) for one in found] == [("E017", f"rename it to {file}, or move what it says there")]
    assert not any(one.id == "E021" for one in loaded(files).findings)


@pytest.mark.parametrize("text", ["", "# to do\n", "~\n"])
@pytest.mark.parametrize("folder", ["rules", "rotations"])
def test_an_empty_file_is_one_finding(folder, text):
    """What a team lacks in it is clear."""
    assert places(loaded({**COMPANY, f"{folder}/shop.yaml": text}).findings) == [f"E017 {folder}/shop.yaml:1:1"]


def test_a_team_that_forgot_its_name_is_still_a_team():
    """It says more than the other files do, so only the name is missing."""
    found = loaded({**COMPANY, "rotations/shop.yaml": "zone: Europe/Berlin\nescalation: standard\nprimary: ana\n"})

    assert "E007 rotations/shop.yaml:1:1" in places(found.findings)
