import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.fake_daemon import REPOSITORY

EXPORT = REPOSITORY / "tests/importers/pagerduty"
AT = ("--at", "2026-10-01T00:00Z")


@pytest.fixture
def target(tmp_path):
    """Where an import goes."""
    return tmp_path / "imported"


@pytest.fixture
def importing(command, target):
    """Run an import of the export as of when it was made."""

    def run(*options, source=EXPORT):
        return command("import", "pagerduty", str(source), "--to", str(target), *AT, *options)

    return run


def rows(text):
    """Return the lines of a table without what is between the columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_plan_tells_all_and_writes_nothing(importing, target):
    """Each thing has its line with what becomes of it and why; something impossible is a finding."""
    said = importing("--plan")

    assert said.code == 1
    assert "schedule PS2PAY2 Payments Secondary converted schedule payments-secondary -" in rows(said.out)
    assert (
        "layer PL52 An odd turn impossible - "
        "a turn of 91800 seconds: here turns are whole hours, days or weeks, 1,000 at most"
    ) in rows(said.out)
    assert "2 impossible" in said.err
    assert not target.exists()


def test_the_proof_lists_what_differs(importing, target):
    """What cannot be converted shows as spans with both sides, and what can as the same."""
    said = importing("--verify")

    assert said.code == 1
    assert rows(said.out)[0] == "SCHEDULE FROM TO PAGERDUTY PAGERD"
    assert {line.split()[0] for line in rows(said.out)[1:]} == {"databases"}
    assert "payments-secondary: 90 days compared, the same" in said.err
    assert not target.exists()


def test_the_page_shows_what_is_really_said(importing):
    """Each line of the plan and of the proof in the documentation is one that this export's import writes."""
    page = (REPOSITORY / "docs/importing.md").read_text()
    plan, proof = importing("--plan"), importing("--verify")
    said = {*rows(plan.out), *rows(proof.out), *rows(proof.err)}

    shown = [line for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL)[:2] for line in rows(block)]

    assert len(shown) == 12
    assert [line for line in shown if line != "..." and line not in said] == []


def test_an_export_that_is_converted_whole_ends_well(importing, tmp_path):
    """Then plan and proof are no finding."""
    source = tmp_path / "export"
    shutil.copytree(EXPORT, source)
    (source / "schedule-PS5DBA5.json").unlink()
    for name, gone in (("schedules", "PS5DBA5"), ("escalation_policies", "PE4OLD4")):
        listed = json.loads((source / f"{name}.json").read_text())
        listed[name] = [one for one in listed[name] if one["id"] != gone]
        (source / f"{name}.json").write_text(json.dumps(listed))

    assert importing("--plan", "--verify", source=source).code == 0


def test_what_is_written_is_what_check_accepts(importing, command, target):
    """Files for the group alone, that the daemon would start on; the warnings are true of the schedules."""
    said = importing()

    checked = command("check", str(target), "--fail-on", "error")
    assert said.code == checked.code == 0
    assert f"wrote {target / 'rotations/payments.yaml'}" in said.err
    assert stat.filemode((target / "rotations/people.yaml").stat().st_mode) == "-rw-r-----"
    assert "0 errors" in checked.out
    found = {line[line.index("[") :][1:5] for line in checked.out.splitlines() if "[W" in line}
    # Of coverage, of people, and of overrides that are over by the day on which this runs: none of how it is written.
    assert [one for one in found if not re.fullmatch(r"W2..|W404|W407|W702", one)] == []


def test_a_second_import_writes_only_what_changed(importing, target):
    """The same export is the same files; another one needs --force, and then takes only what nobody edited."""
    importing()
    again = importing()
    people = target / "rotations/people.yaml"
    people.write_text(people.read_text().replace("Ana Ribeiro", "Ana R."))
    edited = importing("--force")

    assert again.code == 0
    assert "wrote" not in again.err
    assert edited.code == 1
    assert "people.yaml was not written by an import, or was edited since: nothing was written" in edited.err


def test_nothing_is_written_over_without_force(importing, target, tmp_path):
    """One file in the way, and no other is touched either."""
    importing()
    source = tmp_path / "export"
    shutil.copytree(EXPORT, source)
    users = source / "users.json"
    users.write_text(users.read_text().replace("Eva Nováková", "Eva Costa"))
    before = {path: path.read_text() for path in target.rglob("*.yaml")}

    refused = importing(source=source)
    assert refused.code == 1
    assert "--force writes over it" in refused.err
    assert {path: path.read_text() for path in target.rglob("*.yaml")} == before

    assert importing("--force", source=source).code == 0
    assert "eva-costa" in (target / "rotations/people.yaml").read_text()


def test_files_of_others_are_read_with_it(command, directory):
    """Into a directory that is in use nothing is written whose names are taken there."""
    before = {path: path.read_text() for path in Path(directory).rglob("*.yaml")}

    said = command("import", "pagerduty", str(EXPORT), *AT)

    assert said.code == 1
    assert "nothing was written; to begin a directory of its own, say --to DIR" in said.err
    assert {path: path.read_text() for path in Path(directory).rglob("*.yaml")} == before


def test_as_json_all_of_it_is_there(importing):
    """A pipeline reads what a person reads."""
    said = importing("--plan", "--verify", "-o", "json")
    answer = json.loads(said.out)

    assert answer["product"] == "PagerDuty"
    assert answer["counts"]["impossible"] == 2
    assert "rotations/payments.yaml" in answer["files"]
    assert answer["written"] == []
    assert {one["schedule"] for one in answer["compared"] if one["differences"]} == {"databases"}
    [first, *_] = next(one for one in answer["compared"] if one["differences"])["differences"]
    assert set(first) == {"start", "end", "there", "here"}


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [("{", 2, "it is not JSON"), ('{"users": [], "services": []}', 2, "neither users nor schedules")],
)
def test_no_export_is_said(command, tmp_path, text, code, message):
    """A file of something else is refused before anything is made of it."""
    (tmp_path / "x.json").write_text(text)

    said = command("import", "pagerduty", str(tmp_path / "x.json"), "--plan")

    assert said.code == code
    assert message in said.err
