import json

import pytest

from tests.cli.fake_daemon import pagerd

AT = "2026-12-24T03:00"

WEEK = {
    "schedule": "shop-primary",
    "at": "2026-12-24T02:00:00+00:00",
    "on_call": ["cho"],
    "layer": "layer 1",
    "override": None,
    "shadow": [],
    "until": "2026-12-28T08:00:00+00:00",
    "next": ["ana"],
}


def without_revision(answer):
    """Return what does not depend on the text of the files."""
    return {key: value for key, value in answer.items() if key != "revision"}


def test_a_schedule_is_one_answer_from_the_files(directory):
    """The documented keys, instants in UTC, the wall time of the machine in the question."""
    said = pagerd("oncall", "shop-primary", "--at", AT, "-c", str(directory), "-o", "json", cwd=directory.parent)

    answer = json.loads(said.stdout)
    assert said.returncode == 0
    assert without_revision(answer) == WEEK
    assert answer["revision"]
    assert f"From the files in {directory}" in said.stderr


@pytest.mark.parametrize("name", [("shop",), ()])
def test_a_team_or_nothing_is_a_list(name, command):
    """One answer per schedule, those of the team's roles in their order."""
    said = command("-c", ".", "oncall", *name, "--at", AT, "-o", "json")

    answers = json.loads(said.out)
    assert [(one["schedule"], one["on_call"]) for one in answers] == [
        ("shop-primary", ["cho"]),
        ("shop-secondary", ["ana"]),
    ]


def test_an_override_of_the_files_is_named(directory, command):
    """Whoever reads the answer sees why it is not the rotation's."""
    rotation = directory / "rotations/shop.yaml"
    swap = "{schedule: shop-primary, from: 2026-12-24, to: 2026-12-24, person: ben, instead_of: cho, why: swap}"
    rotation.write_text(rotation.read_text() + f"overrides: [{swap}]\n")
    said = command("oncall", "-c", ".", "shop-primary", "--at", AT, "-o", "json")

    answer = json.loads(said.out)
    assert (answer["on_call"], answer["next"], answer["until"]) == (["ben"], ["cho"], "2026-12-24T23:00:00+00:00")
    assert answer["layer"] == "override"
    assert answer["override"].startswith("file-")
    assert "override file-" in command("oncall", "-c", ".", "shop-primary", "--at", AT).out


def test_a_shift_and_a_shadow_of_the_files_are_named(directory, command):
    """A fixed shift has its own word, and whoever shadows stands beside the person on call, not among them."""
    rotation = directory / "rotations/shop.yaml"
    besides = "cho]}], shifts: [{from: 2026-12-24, to: 2026-12-24, person: ben}], shadow: [ana]}"
    rotation.write_text(rotation.read_text().replace("cho]}]}", besides))
    answer = json.loads(command("oncall", "-c", ".", "shop-primary", "--at", AT, "-o", "json").out)

    assert (answer["on_call"], answer["layer"], answer["override"]) == (["ben"], "shift", None)
    assert answer["shadow"] == ["ana"]
    assert "ben, shadow ana" in command("oncall", "-c", ".", "shop-primary", "--at", AT).out


def test_an_unknown_name_is_code_5_and_told_the_near_one(command):
    """Nothing on stdout, so that no script takes it for an answer."""
    said = command("oncall", "-c", ".", "shop-primery")

    assert (said.code, said.out) == (5, "")
    assert "did you mean shop-primary?" in said.err


def test_the_table_is_in_the_zone_of_the_machine(command):
    """Until when, then who, and by what."""
    said = command("oncall", "-c", ".", "shop-primary", "--at", AT)

    assert said.out.splitlines()[1].split() == [
        "shop-primary",
        "cho",
        *("Mon", "2026-12-28", "09:00", "CET"),
        "ana",
        *("layer", "1"),
    ]


def test_the_daemon_is_asked_first(daemon, command):
    """It knows what people stored by command; nothing is said on stderr then."""
    answer = {**WEEK, "on_call": ["ben"], "revision": "r1"}
    daemon.answers_to("GET /api/v1/oncall", answer)
    said = command("oncall", "shop-primary", "--at", AT, "-o", "json")

    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == answer
    assert daemon.asked[0].path == "/api/v1/oncall?name=shop-primary&at=2026-12-24T02%3A00%3A00%2B00%3A00"


def test_without_a_daemon_the_files_answer_and_it_is_said(command):
    """The same answer as with `-c`, and the reason on stderr."""
    said = command("oncall", "shop-primary", "--at", AT, "-o", "json")

    assert without_revision(json.loads(said.out)) == WEEK
    assert "asking the daemon at the socket .pagerd/pagerd.sock: No such file or directory" in said.err
    assert "from the files alone" in said.err


def test_without_a_daemon_and_without_files_it_is_code_3(command, directory, monkeypatch):
    """Nothing can answer, and the daemon is what is missing."""
    (directory / "elsewhere").mkdir()
    monkeypatch.chdir(directory / "elsewhere")

    assert command("oncall").code == 3


def test_a_daemon_that_refuses_is_not_gone_around(daemon, command):
    """Who may not ask the daemon hears that; only silence lets the files answer."""
    daemon.answers_to("GET /api/v1/oncall", {"error": "no", "hint": "ask dora"}, 403)
    said = command("oncall")

    assert (said.code, said.out) == (4, "")
    assert said.err == "pagerd: no\nask dora\n"


def test_broken_files_are_code_1(directory, command):
    """The first error is named, and what shows the rest."""
    (directory / "rotations/shop.yaml").write_text("bogus: 1\n")
    said = command("oncall", "-c", ".")

    assert (said.code, said.out) == (1, "")
    assert "rotations/shop.yaml:1:1" in said.err
    assert "`pagerd check .`" in said.err


SWAP = ("shop-primary", "ben", "--from", "2026-12-24T09:00", "--to", "2026-12-24")


def test_a_preview_from_the_files_shows_the_week(command):
    """Each stretch of seven days: who now, who then; what stays says so."""
    said = command("override", "preview", *SWAP, "--instead-of", "cho", "-c", ".")

    rows = [line.split() for line in said.out.splitlines()[1:]]
    assert said.code == 0
    assert [(row[1:3], row[-3:]) for row in rows[1:]] == [
        (["2026-12-25", "00:00"], ["cho", "the", "same"]),
        (["2026-12-28", "09:00"], ["ana", "the", "same"]),
    ]
    assert rows[0][-2:] == ["cho", "ben"]


def test_a_preview_that_changes_nothing_says_so(command):
    """Somebody who is not on call then was named."""
    said = command("override", "preview", *SWAP, "--instead-of", "ana", "-c", ".")

    assert said.code == 0
    assert "It changes nothing" in said.err


def test_a_preview_has_the_shape_that_the_api_has(command):
    """A script does not care which of them answered."""
    said = command("override", "preview", "shop-primary", "cho", *SWAP[2:], "--remove", "-c", ".", "-o", "json")

    answer = json.loads(said.out)
    assert set(answer) == {"override", "before", "after", "changes_nothing"}
    assert answer["override"]["kind"] == "remove"
    assert [one["people"] for one in answer["before"]] == [["cho"], ["ana"]]
    assert [one["people"] for one in answer["after"]] == [[], ["cho"], ["ana"]]
    assert answer["after"][0] == {
        "from": "2026-12-24T08:00:00+00:00",
        "to": "2026-12-24T23:00:00+00:00",
        "people": [],
    }


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ((), {"kind": "everybody", "people": ["ben"], "instead_of": None}),
        (("--instead-of", "cho"), {"kind": "replace", "people": ["ben"], "instead_of": "cho"}),
        (("--add",), {"kind": "add", "people": ["ben"], "instead_of": None}),
        (("--remove",), {"kind": "remove", "people": [], "instead_of": "ben"}),
    ],
)
def test_an_override_is_previewed_and_then_made(options, meant, daemon, command):
    """The same words go to both, in UTC; without a terminal nobody is asked."""
    seen = {"before": [], "after": [], "changes_nothing": True, "override": {}}
    daemon.answers_to("POST /api/v1/overrides/preview", seen)
    daemon.answers_to("POST /api/v1/overrides", {"sentence": "o-1 is in force.", "override": {}}, 201)
    said = command("override", "add", *SWAP, *options, "--why", "a swap")

    first, second = daemon.asked
    wanted = {
        "schedule": "shop-primary",
        "from": "2026-12-24T08:00:00+00:00",
        "to": "2026-12-24T23:00:00+00:00",
        "why": "a swap",
        **meant,
    }
    assert (said.code, said.out) == (0, "o-1 is in force.\n")
    assert (first.body, second.body) == ({**wanted, "days": 7}, wanted)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--to", "2026-12-25", "--for", "2h"),
        ("--for", "2h", "--add", "--remove"),
        ("--for", "2h", "--add", "--instead-of", "cho"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(options, daemon, command):
    """Nothing is asked of the daemon."""
    said = command("override", "add", "shop-primary", "ben", "--from", "now", "--why", "x", *options)

    assert said.code == 2
    assert daemon.asked == []


def test_overrides_are_listed_and_taken_back(daemon, command):
    """In words, with whoever made it and why."""
    one = {
        "id": "o-1",
        "schedule": "shop-primary",
        "kind": "replace",
        "from": "2026-12-24T08:00:00+00:00",
        "to": "2026-12-24T23:00:00+00:00",
        "people": ["ben"],
        "instead_of": "cho",
        "by": "dora",
        "why": "swap",
        "stored": True,
    }
    kinds = [
        one,
        {**one, "kind": "everybody"},
        {**one, "kind": "add"},
        {**one, "kind": "remove", "instead_of": "cho", "stored": False},
    ]
    daemon.answers_to("GET /api/v1/overrides", {"overrides": kinds})
    daemon.answers_to("DELETE /api/v1/overrides/o-1", {"sentence": "o-1 is taken back."})
    listed, ended = command("override", "list"), command("override", "end", "o-1")

    lines = listed.out.splitlines()
    assert "ben for cho" in lines[1]
    assert "ben for everybody" in lines[2]
    assert "ben added" in lines[3]
    assert "cho removed" in lines[4]
    assert lines[4].endswith("in the files")
    assert ended.out == "o-1 is taken back.\n"
