"""`pagerd diff`: the worked example of the docs, what CI asks of it, and what it says where it cannot."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from tests.cli.fake_daemon import REPOSITORY, environment
from tests.web.api.test_documented import differences

EXAMPLE = REPOSITORY / "docs/diff"
SPAN = ("--from", "2026-01-05T10:00+01:00", "--to", "2026-01-12T10:00+01:00")
SHOP = "rotations/shop.yaml"


@pytest.fixture
def example(directory, monkeypatch):
    """The example of the docs, in which one stands."""
    shutil.copytree(EXAMPLE, directory / "example")
    monkeypatch.chdir(directory / "example")
    return directory / "example"


@pytest.fixture
def repository(example):
    """The example as a repository: `current` is committed, and then it has the files of `changed`."""
    for asked in (["init"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(example), *asked], check=True, capture_output=True)
    shutil.copy(example / "changed" / SHOP, example / "current" / SHOP)
    return example


def test_the_docs_show_what_the_worked_example_prints(command, example):
    """Nights go to the other side of the world, and the weekend to nobody."""
    said = command("diff", "current", "changed", *SPAN)

    block = re.search(r"\$ pagerd diff current.*?\n(.*?)```", (REPOSITORY / "docs/diff.md").read_text(), re.DOTALL)
    assert block is not None
    assert said.code == 0
    assert _without_revisions(said.out) == _without_revisions(block[1])
    assert "1 new gap, 6 shifts have other people, 2 people gain or lose time on call." in said.out


def _without_revisions(text):
    """A checkout names its commit, and an unpacked release none."""
    return re.sub(r"\([0-9a-f+]+(?:-dirty)?(?:\+[0-9a-f]+)?\)", "(…)", text)


def test_ci_fails_for_a_new_gap_and_for_nothing_else(command, example):
    """As much as it asked for: the way back closes the gap."""
    forth = command("diff", "current", "changed", *SPAN, "--fail-if", "new_gaps > 0", "--fail-if", "people > 2")
    back = command("diff", "changed", "current", *SPAN, "--fail-if", "new_gaps > 0", "--fail-if", "gaps > +0")

    assert (forth.code, back.code) == (1, 0)
    assert "--fail-if: new_gaps > 0: it is 1" in forth.err
    assert "people" not in forth.err.partition("--fail-if")[2]


def test_json_and_markdown_say_the_same(command, example):
    """One for machines, one for people; what was taken for granted is in both."""
    found = json.loads(command("diff", "current", "changed", *SPAN, "-o", "json").out)
    text = command("diff", "current", "changed", *SPAN, "-o", "markdown").out

    assert differences("diff", found) == []
    assert found["figures"]["gap_minutes"] == {"before": 0, "after": 2880, "change": 2880}
    assert found["schedules"][0]["gaps"] == [
        {"from": "2026-01-10T09:00:00+00:00", "to": "2026-01-12T09:00:00+00:00", "before": ["ana"]}
    ]
    assert text.startswith("### pagerd diff: 1 new gap,")
    assert "| shop-primary | Sat 2026-01-10 10:00 UTC+1 | Mon 2026-01-12 10:00 UTC+1 | 2d | ana |" in text
    assert all(sentence[:40] in text for sentence in found["assumptions"])
    assert "Overrides that people stored by command are in neither" in found["assumptions"][0]


def test_a_git_revision_is_compared_with_the_files(command, repository):
    """Without NEW it is the config directory as it stands, which is left as it is; `-c` may stand before or behind."""
    before = (repository / "current" / SHOP).read_text()
    forth = json.loads(command("-c", "current", "diff", "HEAD", *SPAN, "-o", "json").out)
    two = json.loads(command("diff", "HEAD", "HEAD~0", *SPAN, "-c", "current", "-o", "json").out)

    assert forth["figures"]["new_gaps"]["after"] == 1
    assert re.fullmatch(r"git revision HEAD \([0-9a-f]{12}\)", forth["before"]["plan"])
    assert forth["after"]["plan"] == "current"
    assert two["schedules"] == []
    assert (repository / "current" / SHOP).read_text() == before


def test_a_directory_comes_before_a_branch_of_its_name(command, repository):
    """Whoever means the branch writes it in full, as for git."""
    subprocess.run(["git", "-C", str(repository), "branch", "current"], check=True, capture_output=True)

    assert json.loads(command("diff", "current", "changed", *SPAN, "-o", "json").out)["schedules"] == []
    branch = command("-c", "current", "diff", "refs/heads/current", "changed", *SPAN, "-o", "json").out
    assert json.loads(branch)["figures"]["new_gaps"]["after"] == 1


@pytest.mark.parametrize("side", ["before", "after"])
def test_broken_files_are_shown_with_their_place_and_side(command, repository, side):
    """In a revision as in a directory; nothing is printed that could be taken for a difference."""
    broken = repository / "current" / SHOP
    broken.write_text(broken.read_text().replace("[cho, dan]", "[cho, dam]"))
    sides = ("current", "changed") if side == "before" else ("-c", "current", "HEAD", "current")

    said = command("diff", *sides, *SPAN)

    assert (said.code, said.out) == (1, "")
    assert "comparing with current: its files cannot be used" in said.err
    assert f"--> {SHOP}:8:" in said.err
    assert "dam" in said.err


def test_a_broken_revision_is_named_and_its_folder_is_not(command, repository):
    """Where it was unpacked is gone by the time somebody reads that."""
    broken = repository / "current" / SHOP
    broken.write_text("team: [\n")
    for asked in (["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "y"]):
        subprocess.run(["git", "-C", str(repository), *asked], check=True, capture_output=True)

    said = command("diff", "HEAD", "changed", *SPAN, "-c", "current")

    assert (said.code, said.out) == (1, "")
    assert re.search(r"comparing with git revision HEAD \([0-9a-f]{12}\): its files cannot be used", said.err)
    assert f"--> {SHOP}:" in said.err
    assert "/pagerd-" not in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("current",), 1, "comparing with .: its files cannot be used"),
        (("no-such-branch", "changed"), 5, "'no-such-branch' is no directory, and no git revision either"),
        (("--output=x", "changed"), 2, "'x' is not one of"),
        (
            ("current", "changed", "--fail-if", "nights > 0"),
            2,
            "there is no metric 'nights'; metrics are new_gaps, gaps",
        ),
        (("current", "changed", "--from", "2026-02-01", "--to", "2026-01-01"), 2, "is not after --from"),
        (("current", "changed", "--from", "2026-02-01", "--to", "2046-01-01"), 2, "is longer than 3660 days"),
        ((), 2, "Missing argument 'OLD'"),
    ],
)
def test_what_means_nothing_is_refused(command, example, arguments, code, words):
    """In an instant, and with what would be right."""
    said = command("diff", *arguments)

    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_without_a_span_it_looks_90_days_ahead(command, example):
    """From the second in which it is asked."""
    found = json.loads(command("diff", "current", "changed", "--from", "2026-01-05T09:00Z", "-o", "json").out)

    assert (found["from"], found["to"]) == ("2026-01-05T09:00:00+00:00", "2026-04-05T09:00:00+00:00")


def test_it_needs_nothing_of_what_speaks_to_others(example):
    """No HTTP, no provider, no mail and no database is imported to answer, and nothing at all for the help."""
    heavy = ["aiohttp", "twilio", "asyncpg", "aiosmtplib", "apsw", "pagerd.web", "pagerd.daemon", "pagerd.engine"]

    assert _imported(["diff", "current", "changed", *SPAN], heavy) == []
    assert _imported(["diff", "--help"], [*heavy, "asyncio", "yaml", "pagerd.core.comparing.difference"]) == []


def _imported(arguments, names):
    script = (
        f"import sys\nfrom pagerd.cli import main\nsys.argv = ['pagerd', *{arguments!r}]\n"
        "try:\n    main.main()\nexcept SystemExit as left:\n    assert not left.code\n"
        f"print(sorted(set({names!r}) & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert len(run.stdout.splitlines()) > 5
    return json.loads(run.stdout.splitlines()[-1].replace("'", '"'))
