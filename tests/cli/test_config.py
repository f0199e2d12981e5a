import json
import subprocess
import sys

import pytest

from tests.cli.fake_daemon import environment, pagerd

HEAVY = ("aiohttp", "twilio", "apsw", "asyncpg", "aiosmtplib", "jinja2", "pagerd.engine", "pagerd.stores", "pagerd.web")


def loaded_by(directory, *arguments):
    """Return which heavy packages are there after a command has run."""
    script = "import sys; from pagerd.cli import main\ntry: main.main()\nexcept SystemExit: pass\n"
    script += f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    asked = [sys.executable, "-c", script, *arguments]
    said = subprocess.run(asked, cwd=directory, env=environment(), capture_output=True, text=True, check=True)
    return said.stderr.strip().splitlines()[-1], said.stdout


def break_it(directory):
    """Misspell a key."""
    rotation = directory / "rotations/shop.yaml"
    rotation.write_text(rotation.read_text().replace("secondary: shop", "secundary: shop"))


def warn_of_it(directory):
    """Leave an absence in that is over."""
    rotation = directory / "rotations/shop.yaml"
    rotation.write_text(rotation.read_text() + "away: [{person: ana, from: 2026-02-01, to: 2026-02-03}]\n")


def test_files_without_findings_are_code_0(directory):
    """One line says what was looked at."""
    said = pagerd("check", str(directory), cwd=directory.parent)

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "3 files, 0 rules, 2 schedules: 0 errors, 0 warnings\n"


def test_an_error_is_printed_as_a_compiler_does(directory):
    """Place, line, what is wrong, what was expected, and the key that was meant; on stdout, with code 1."""
    break_it(directory)
    said = pagerd("check", cwd=directory)

    assert said.returncode == 1
    assert "error[E006]" in said.stdout
    assert "--> rotations/shop.yaml:4:1" in said.stdout
    assert "did you mean secondary?" in said.stdout
    assert said.stdout.splitlines()[-1].endswith("1 error, 0 warnings")
    assert said.stderr == ""


def test_a_secret_that_is_not_there_is_said_and_fails_nothing(directory):
    """Whoever checks files in CI has none of them; a token that the first start makes is not missing yet."""
    settings = directory / "pagerd.yaml"
    asked = "token_files: [.pagerd/prod.token], api_url: http://am:9093, api_token_file: am.token"
    settings.write_text(settings.read_text().replace("token_files: [.pagerd/prod.token]", asked))
    said = pagerd("check", cwd=directory)
    as_json = pagerd("check", "-o", "json", cwd=directory)

    assert (said.returncode, said.stdout.count("\n")) == (0, 1)
    assert said.stderr == (
        "Not on this host: am.token (for asking source prod). `pagerd doctor` examines secrets where pagerd runs.\n"
    )
    assert json.loads(as_json.stdout)["secrets_missing"] == [{"file": "am.token", "for": "asking source prod"}]
    (directory / "am.token").write_text("s3cret")
    assert pagerd("check", cwd=directory).stderr == ""


@pytest.mark.parametrize(
    ("fail_on", "of_warnings", "of_errors"), [("warning", 1, 1), ("error", 0, 1), ("never", 0, 0), (None, 1, 1)]
)
def test_what_fails_is_chosen(fail_on, of_warnings, of_errors, directory, command):
    """Both kinds are printed whatever fails; warnings fail unless told otherwise."""
    chosen = () if fail_on is None else ("--fail-on", fail_on)
    warn_of_it(directory)
    warned = command("check", *chosen)
    break_it(directory)
    refused = command("check", *chosen)

    assert (warned.code, refused.code) == (of_warnings, of_errors)
    assert "warning[W705]" in warned.out
    assert warned.out.splitlines()[-1].endswith("0 errors, 1 warning")


def be_unfair(directory):
    """Turns of half a day between two: one of them has all nights."""
    rotation = directory / "rotations/shop.yaml"
    text = rotation.read_text().replace("every: 1 week", "every: 12 hours").replace("[ana, ben, cho]", "[ana, ben]")
    rotation.write_text(text)


@pytest.mark.parametrize(("fail_on", "code"), [(None, 0), ("warning", 0), ("note", 1), ("never", 0)])
def test_notes_are_told_and_fail_only_on_demand(fail_on, code, directory, command):
    """They are for whoever reviews the change; the last line counts them where there are any."""
    be_unfair(directory)
    said = command("check", *(() if fail_on is None else ("--fail-on", fail_on)))

    assert said.code == code
    assert "note[N224]: shop-primary is not shared out evenly in the next 400 days: " in said.out
    assert said.out.splitlines()[-1] == "3 files, 0 rules, 2 schedules: 0 errors, 0 warnings, 1 note"
    assert json.loads(command("check", "-o", "json").out)["notes"] == 1


def test_json_has_every_finding_and_the_counts(directory, command):
    """Machines get the place in parts; and the code is the same."""
    break_it(directory)
    said = command("check", "-o", "json")

    answer = json.loads(said.out)
    (finding,) = (one for one in answer["findings"] if one["id"] == "E006")
    assert said.code == 1
    assert (finding["severity"], finding["file"], finding["line"], finding["col"]) == (
        "error",
        "rotations/shop.yaml",
        4,
        1,
    )
    assert (answer["files"], answer["schedules"], answer["errors"], answer["revision"]) == (3, 2, 1, None)


def test_what_is_no_directory_is_code_2(directory, command):
    """There is nothing to have findings about."""
    said = command("check", "nowhere")

    assert said.code == 2
    assert said.err == "pagerd: reading the config files: nowhere is not a directory\n"


def test_a_directory_may_be_named_in_three_ways(directory, command):
    """As the argument, behind the command, and before it."""
    (directory / "empty").mkdir()
    ways = [("check", "empty"), ("check", "-c", "empty"), ("-c", "empty", "check")]

    assert [command(*way).code for way in ways] == [1, 1, 1]
    assert command("check").code == 0


def test_a_finding_cannot_write_to_the_terminal(directory, command):
    """A key of a hostile file moves no cursor."""
    (directory / "rotations/shop.yaml").write_text('"x\\u009b2J\\u202ey": 1\n')
    said = command("check")

    assert said.code == 1
    assert all(sign.isprintable() or sign == "\n" for sign in said.out)


def test_show_names_each_value_and_its_line(directory, command):
    """The value in force, and where it stands or that it is a default."""
    said = command("config", "show", "-o", "json")

    values = {one["name"]: one for one in json.loads(said.out)["values"]}
    assert said.code == 0
    assert values["teams.shop.primary"] == {
        "name": "teams.shop.primary",
        "value": "shop-primary",
        "origin": "rotations/shop.yaml:3",
    }
    assert any(one["origin"] == "default" for one in values.values())


def test_show_of_a_team_that_is_not_there_is_code_5(directory, command):
    """As everywhere."""
    assert command("config", "show", "nobody").code == 5
    assert command("config", "show", "shop").code == 0


def test_show_of_broken_files_is_code_1(directory, command):
    """Nothing of them would come into force, so nothing is shown."""
    break_it(directory)
    said = command("config", "show")

    assert (said.code, said.out) == (1, "")
    assert "pagerd check" in said.err


def test_check_loads_no_server_client_or_driver(directory):
    """It runs in hooks and in every pull request."""
    heavy, out = loaded_by(directory, "check")

    assert heavy == "[]"
    assert "0 errors" in out


def test_oncall_from_the_files_loads_no_server_client_or_driver(directory):
    """It answers at three in the morning, on a machine that has nothing else."""
    heavy, out = loaded_by(directory, "oncall", "-c", ".")

    assert heavy == "[]"
    assert "shop-primary" in out


def test_schema_writes_what_an_editor_reads(command):
    """One schema on stdout, and a kind that there is none of is told which there are."""
    said, wrong = command("schema", "team"), command("schema", "teams")

    assert (said.code, json.loads(said.out)["title"]) == (0, "pagerd: rotations/TEAM.yaml")
    assert wrong.code == 2
    assert "'escalation'" in wrong.err


IN_FORCE = {
    "revision": "abc",
    "plan_ok": False,
    "loaded_at": "2026-01-05T09:00:00Z",
    "values": [{"name": "settings.listen", "value": "[127.0.0.1:8911]", "origin": "default"}],
}


def test_show_asks_the_daemon_which_goes_on_with_the_last_good_plan(directory, command, daemon):
    """While the files are broken, what pages is not what stands in them; stderr says so."""
    break_it(directory)
    daemon.answers_to("GET /api/v1/config", IN_FORCE)
    said = command("config", "show", "shop")

    assert (said.code, said.out) == (0, "settings.listen  [127.0.0.1:8911]  default\n")
    assert "The files are broken: this is the last good plan, in force since Mon 2026-01-05 10:00" in said.err
    assert daemon.asked[-1].path == "/api/v1/config?team=shop"


def test_show_of_a_named_directory_does_not_ask_the_daemon(directory, command, daemon):
    """The files are meant."""
    daemon.answers_to("GET /api/v1/config", IN_FORCE)
    said = command("config", "show", "-c", ".", "-o", "json")

    assert json.loads(said.out)["loaded_at"] is None
    assert "From the files in ." in said.err
    assert daemon.asked == []
