"""`make proof` can be interrupted, goes on where it was, and writes down what was measured."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from tests import proof
from tests.proof import BEGIN, END, PARTS, ROOT, Part

NOTES = "from tests.figures import note; note('lost', 0, n=20, at_most=0); note('late', 4.2, n=20, at_most=3, unit='s')"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A folder and a page of this test's own."""
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n\n{BEGIN}old\n{END}\nAfter\n")
    monkeypatch.setattr(proof, "KEPT", tmp_path / "kept")
    proof.KEPT.mkdir()
    monkeypatch.setattr(proof, "PAGE", page)
    monkeypatch.setattr(proof, "commit_now", lambda: "1234567890ab")
    return page


def parts(monkeypatch, *commands):
    """Let there be one part for each program."""
    made = tuple(
        Part(f"part{number}", "what it is", ((sys.executable, "-c", code),)) for number, code in enumerate(commands, 1)
    )
    monkeypatch.setattr(proof, "PARTS", made)
    return made


def test_figures_go_into_the_page(kept, monkeypatch):
    """What a part measured is a row between the marks, and the rest of the page stays as it was."""
    parts(monkeypatch, NOTES)

    assert proof.main([]) == 1  # one goal is missed

    text = kept.read_text()
    assert text.startswith("# Before\n")
    assert text.endswith("\nAfter\n")
    assert "old" not in text
    assert "| lost | 20 | 0 | at most 0 | met |" in text
    assert "| late | 20 | 4.2 s | at most 3 s | **missed** |" in text
    assert re.search(r"\d+ cores, Linux .*, Python 3\.\d+\.\d+, SQLite 3\.", text)


def test_what_is_finished_is_not_run_again(kept, monkeypatch, capfd):
    """The next run goes on with what failed or never ran; what is named is run anew."""
    parts(monkeypatch, "print('first ran')", "raise SystemExit(3)")
    assert proof.main([]) == 1
    assert "all green" in kept.read_text()
    assert "**-c raise SystemExit(3) failed**" in kept.read_text()
    capfd.readouterr()

    parts(monkeypatch, "print('first ran')", "print('second ran')")
    assert proof.main([]) == 0
    said = capfd.readouterr().out
    assert "second ran" in said
    assert "first ran\n" not in said

    assert proof.main(["part1"]) == 0
    assert "first ran\n" in capfd.readouterr().out


def test_tests_are_counted(kept, monkeypatch, tmp_path):
    """What was skipped is said: it showed nothing."""
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no')\ndef test_c(): assert 0\n"
    )
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:schemathesis", "-c", "/dev/null", str(tmp_path))
    monkeypatch.setattr(proof, "PARTS", (Part("part1", "what it is", (command,)),))

    assert proof.main([]) == 1
    assert "3 tests, **1 failed**, 1 skipped" in kept.read_text()


def test_another_tree_is_another_proof(kept, monkeypatch):
    """What was shown of one commit says nothing of the next."""
    (part,) = parts(monkeypatch, "")
    proof.main([])

    assert proof.is_finished(part, "1234567890ab")
    assert not proof.is_finished(part, "1234567890ac")


def test_a_part_that_was_interrupted_has_no_outcome(kept, monkeypatch):
    """Its figures are not shown as if they were all."""
    (part,) = parts(monkeypatch, "")
    proof.main([])
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        proof.run(part, "1234567890ab")

    assert proof.outcome_of(part) is None


def test_a_part_says_how_long_it_takes(kept, monkeypatch, capsys):
    """And how long all that is left: whoever starts it plans a night by that."""
    one, two = parts(monkeypatch, "", "")
    monkeypatch.setattr(proof, "PARTS", (replace(one, minutes=20), replace(two, minutes=120)))
    proof.main([])
    said = capsys.readouterr().out

    assert "1 of 2: part1: what it is (about 20 min of 2.3 h)" in said
    assert "2 of 2: part2: what it is (about 2.0 h of 2.0 h)" in said


def test_a_part_that_is_not_known_is_said(capsys):
    """With the names that there are."""
    assert proof.main(["nothing"]) == 2
    assert "failover" in capsys.readouterr().out


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_what_a_part_runs_exists(part):
    """Each test file and each target that a part names is there."""
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for command in part.commands:
        files = [word for word in command if word.startswith(("tests/", "bench/"))]
        modules = [ROOT / f"{word.replace('.', '/')}.py" for word in command if word.startswith("tests.")]
        assert all(path.exists() for path in [*(ROOT / file for file in files), *modules])
        assert files or modules or (command[0] == "make" and command[2] in targets)
    assert part.minutes > 0


def test_what_failed_is_remembered(kept, monkeypatch):
    """An outcome is read as it was written."""
    (part,) = parts(monkeypatch, "raise SystemExit(1)")

    assert proof.run(part, "1234567890ab") == proof.outcome_of(part)
    assert proof.outcome_of(part).failed == ("-c raise SystemExit(1)",)


def test_the_page_has_its_marks():
    """Without them the table would be added at the end, again and again."""
    text = proof.PAGE.read_text()

    assert text.index(BEGIN) < text.index(END)
