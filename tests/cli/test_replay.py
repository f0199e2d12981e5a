"""`pagerd replay`: the worked example of the docs, what CI asks of it, and what it says where it cannot."""

import asyncio
import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.config.load import load
from pagerd.config.reading import read_config
from pagerd.engine import audit
from pagerd.lab.world import World
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_connection import APPLICATION_ID
from tests.builders import NIGHT, a_received_alert, minutes
from tests.cli.fake_daemon import REPOSITORY, pagerd
from tests.postgres.fixtures import administer
from tests.web.api.test_documented import differences

EXAMPLE = REPOSITORY / "docs/replay"


@pytest.fixture
def example(directory):
    """The example of the docs, beside the config directory of the test."""
    shutil.copytree(EXAMPLE, directory / "example")
    return directory / "example"


def arguments(example, *more, current="current"):
    """Return the command of the docs."""
    return ("-c", str(example / current), "replay", "--log", str(example / "webhooks.jsonl"), *more)


def test_the_docs_show_what_the_worked_example_prints(command, example, monkeypatch):
    """A rule changed, seven nights saved."""
    monkeypatch.chdir(example)
    said = command("-c", "current", "replay", "--log", "webhooks.jsonl", "--against", "changed")

    block = re.search(
        r"\$ pagerd -c current replay.*?\n(.*?)```", (REPOSITORY / "docs/replay.md").read_text(), re.DOTALL
    )
    assert block is not None
    assert said.code == 0
    assert _without_revisions(said.out) == _without_revisions(block[1])
    assert "Night pages            9       2      -7" in said.out


def _without_revisions(text):
    """A checkout names its commit, and an unpacked release none."""
    return re.sub(r"\([0-9a-f+]+(?:-dirty)?(?:\+[0-9a-f]+)?\)", "(…)", text)


def test_the_other_way_round_it_fails(command, example):
    """What CI asks: no more nights than before."""
    back = arguments(example, "--against", str(example / "current"), "--fail-if", "night_pages > +0", current="changed")
    said = command(*back)

    assert said.code == 1
    assert "--fail-if: night_pages > +0: it is 7" in said.err


def test_markdown_and_json_say_the_same(command, example):
    """One for people, one for machines; assumptions are in both."""
    text = command(*arguments(example, "--against", str(example / "changed"), "-o", "markdown")).out
    found = json.loads(command(*arguments(example, "--against", str(example / "changed"), "-o", "json")).out)

    assert text.startswith("### pagerd replay: 7 fewer pages, 7 fewer night pages,")
    assert "| OrderQueueBehind | 7 → 0 | 7 → 0 | 0 |" in text
    assert found["figures"]["night_pages"] == {"before": 9, "after": 2, "change": -7}
    assert differences("replay", found) == []
    assert found["episodes"] == 14
    assert found["failed"] == []
    assert all(sentence[:40] in text for sentence in found["assumptions"])


def test_how_people_answer_is_said_and_changes_what_it_costs(command, example):
    """Nobody who answers never is left to sleep."""
    found = [
        json.loads(command(*arguments(example, "--against", str(example / "changed"), "-o", "json", *more)).out)
        for more in ((), ("--answer-after", "never"))
    ]

    assert found[1]["figures"]["sleep_minutes"]["before"] > found[0]["figures"]["sleep_minutes"]["before"]
    assert any("--answer-after never" in sentence for sentence in found[1]["assumptions"])


def test_a_git_revision_is_compared_with_and_from(command, example):
    """The checkout is left as it is."""
    config = example / "current"
    for asked in (["init"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(example), *asked], check=True, capture_output=True)
    shutil.copy(example / "changed/rules/shop.yaml", config / "rules/shop.yaml")
    log = ("--log", str(example / "webhooks.jsonl"), "-o", "json")

    forth = json.loads(command("-c", str(config), "replay", *log, "--base-rev", "HEAD").out)
    back = json.loads(command("-c", str(config), "replay", *log, "--rev", "HEAD").out)
    lost = command("-c", str(config), "replay", *log, "--rev", "no-such-branch")

    assert forth["figures"]["night_pages"]["change"] == -7
    assert back["figures"]["night_pages"]["change"] == 7
    assert "sev3" in (config / "rules/shop.yaml").read_text()
    assert (lost.code, "no-such-branch" in lost.err) == (5, True)


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        ((), 2, "there is nothing to compare"),
        (("--against", "x", "--rev", "y"), 2, "--against and --rev both say"),
        (("--against", "x", "--prometheus", "http://x"), 2, "alerts come from one place"),
        (("--against", "x", "--then"), 2, "only pagerd's own history knows"),
        (("--against", "x", "--rules", "r.yml"), 2, "--rules and --label are for --prometheus"),
        (("--against", "x", "--fail-if", "nights > 0"), 2, "there is no metric 'nights'"),
        (("--against", "x", "--answer-after", "soon"), 2, "'soon' is no length of time"),
        (("--against", "no-such-directory"), 2, "no-such-directory is not a directory"),
    ],
)
def test_what_means_nothing_is_refused_before_anything_is_played(command, example, more, code, words):
    """In an instant, and with what would be right."""
    said = command(*arguments(example, *more))

    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_a_broken_line_is_named(command, example):
    """And nothing is printed that could be taken for a difference."""
    (example / "webhooks.jsonl").write_text('{"at": 1, "body": {"alerts": []}}\n{\n')

    said = command(*arguments(example, "--against", str(example / "changed")))

    assert (said.code, said.out) == (2, "")
    assert "webhooks.jsonl, line 2: it is not JSON" in said.err


def test_own_history_is_compared_with_what_the_current_files_would_have_made_of_it(command, directory, capsys):
    """The plan of then comes out of the database, and the file is left as it was."""
    _live(directory)
    capsys.readouterr()
    (directory / "rules").mkdir()
    (directory / "rules/shop.yaml").write_text(
        "team: shop\nrules:\n  - {name: Quiet, match: ['alertname=\"X\"'], verdict: ticket}\n"
    )
    (directory / "rules/owners.yaml").write_text("owners: [{label: team}]\nfallback: shop\n")
    span = ("--from", "2026-01-01", "--to", "2026-02-01")

    said = command("replay", "--file", "pagerd.db", *span, "-o", "json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    unchanged = json.loads(
        command("replay", "--file", "pagerd.db", *span, "-o", "json", "--then", "--against", "then").out
    )

    assert found["before"]["plan"] == "what was in force then"
    assert found["figures"]["night_pages"] == {"before": 1, "after": 0, "change": -1}
    assert found["causes"][0]["judged_after"][0]["rule"] == "Quiet"
    assert unchanged["people"] == unchanged["causes"] == []


@pytest.mark.timeout(60)
def test_own_history_in_postgresql_is_the_same_history(directory, on_server):
    """It is read out of the store that the files name, and comes to the same as the file that was copied there."""
    _live(directory)
    moved = pagerd("db", "copy", "pagerd.db", cwd=directory)
    assert moved.returncode == 0, moved.stderr
    span = ("--from", "2026-01-01", "--to", "2026-02-01", "-o", "json")

    file = pagerd("replay", *span, "--file", "pagerd.db", cwd=directory)
    server = pagerd("replay", *span, cwd=directory)

    assert (file.returncode, server.returncode) == (0, 0), server.stderr
    of_file, of_server = json.loads(file.stdout), json.loads(server.stdout)
    assert of_server.pop("played").startswith("pagerd's own history in postgresql://")
    assert of_file.pop("played") == "pagerd's own history in pagerd.db"
    assert of_server == of_file
    assert of_file["figures"]["night_pages"]["before"] == 1


@pytest.mark.parametrize(
    ("before", "code", "words"),
    [
        ("SELECT 1", 2, "was never set up by pagerd"),
        ("CREATE TABLE schema_migrations (number int, name text, sha256 text, runs_from int)", 5, "an earlier version"),
    ],
)
def test_a_database_that_is_not_ours_is_left_as_it_is(directory, on_server, postgres, database, before, code, words):
    """A replay sets nothing up: what it is pointed at by mistake has no table of ours afterwards."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations'"
    asyncio.run(administer(postgres, before, database=database))

    said = pagerd("replay", "--from", "2026-01-01", cwd=directory)

    assert (said.returncode, said.stdout) == (code, "")
    assert words in said.stderr
    assert asyncio.run(administer(postgres, tables, database=database)) == []


def test_a_server_that_does_not_answer_is_named(directory, on_server, postgres):
    """Nothing is retried behind the back of whoever waits for the answer."""
    settings = directory / "pagerd.yaml"
    settings.write_text(settings.read_text().replace(f"127.0.0.1:{postgres.port}", "127.0.0.1:1"))

    said = pagerd("replay", cwd=directory)

    assert (said.returncode, said.stdout) == (2, "")
    assert "127.0.0.1:1" in said.stderr


def test_a_database_without_history_says_since_when_there_is_one(command, directory, capsys):
    """Nothing that is printed is a difference that is none."""

    async def write():
        await SqliteStore.open(directory / "pagerd.db").close()

    asyncio.run(write())
    capsys.readouterr()

    said = command("replay", "--file", "pagerd.db")

    assert (said.code, said.out) == (5, "")
    assert "reading pagerd.db: no alert was received there yet, so there is nothing to replay" in said.err
    assert "with --log" in said.err


def _live(directory: Path) -> None:
    """Let a pagerd with these files have a night, and keep its database."""
    files, loaded = read_config(directory, NIGHT)
    assert loaded.plan is not None
    shutil.copytree(directory, directory / "then", ignore=shutil.ignore_patterns("then"))
    plan = loaded.plan

    async def live():
        world = World(plan, NIGHT)
        await world.begin()
        await world.do(lambda work: audit.config_in_force(work.c, work.now, plan.revision, files))
        await world.run_until(NIGHT + minutes(1))
        alert = {"alertname": "X", "team": "shop"}
        link = "https://wiki.example.com/x"
        action = {"summary": "It fails", "action": "Restart it.", "runbook_url": link}
        await world.receive(
            "alertmanager", a_received_alert(labels=alert | {"severity": "critical"}, annotations=action)
        )
        await world.settle()
        await world.report(world.sent[0], DeliveryStatus.SENT)
        await world.run_until(NIGHT + minutes(4))
        await world.receive("alertmanager", a_received_alert(labels=alert, firing=False))
        await world.run_until(NIGHT + timedelta(hours=1))
        connection = world.store._engine._connection  # type: ignore[attr-defined]  # a copy of what is in memory
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("VACUUM INTO ?", (str(directory / "pagerd.db"),))

    assert load(files, now=NIGHT).plan is not None
    asyncio.run(live())
