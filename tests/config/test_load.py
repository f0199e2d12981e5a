from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.config.directory import read_directory
from pagerd.config.findings import CATALOGUE, TOLD_MAX
from pagerd.config.load import content_hash, load
from tests.config.files import (
    COMPANY,
    ESCALATION,
    NOW,
    PAYMENTS,
    PEOPLE,
    PLATFORM,
    REPOSITORY,
    RULES,
    SETTINGS,
    changed,
    loaded,
    places,
    plan_of,
)


def test_the_company_of_these_tests_has_no_finding():
    """What the other tests change is right before they change it."""
    assert places(loaded(COMPANY).findings) == []


def test_the_repositorys_own_example_has_no_finding():
    """The files that newcomers copy pass every check."""
    found = load(read_directory(REPOSITORY), now=NOW)

    assert places(found.findings) == []
    assert found.plan is not None
    assert set(found.plan.teams) == {"payments", "platform"}
    assert all(one.is_whole and one.first_action for one in found.plan.runbooks.values())


def test_the_example_does_not_grow_old():
    """A newcomer of another year finds it as good as it is today."""
    files = read_directory(REPOSITORY)

    for year in (2025, 2030, 2037):
        assert places(load(files, now=NOW.replace(year=year)).findings) == []


def test_loading_the_same_texts_gives_the_same_plan():
    """The daemon can start from the texts that it stored."""
    assert plan_of(COMPANY) == plan_of(dict(COMPANY))


def test_the_revision_tells_content_apart_and_carries_the_commit():
    """Any change of any file is another revision, and a commit stands before the hash."""
    revision = plan_of(COMPANY).revision
    other = plan_of(changed(SETTINGS, "dora", "eva")).revision
    with_commit = load(COMPANY, now=NOW, git_revision="0123456789abcdef0123").plan

    assert revision != other
    assert len(revision) == 12
    assert with_commit is not None
    assert with_commit.revision == f"0123456789ab+{revision}"


def test_the_content_of_a_revision_is_a_number_that_a_metric_can_hold():
    """The same files under another commit are the same content; a float keeps all of it."""
    plain, with_commit = load(COMPANY, now=NOW).plan, load(COMPANY, now=NOW, git_revision="0123456789abcdef0123").plan
    other = load(COMPANY | {"rules/owners.yaml": COMPANY["rules/owners.yaml"] + "# more\n"}, now=NOW).plan
    number = content_hash(plain.revision)

    assert number == content_hash(with_commit.revision) == int(float(number)) > 0
    assert number != content_hash(other.revision)


def test_an_error_leaves_neither_plan_nor_settings():
    """It is all or nothing."""
    found = loaded(changed(PEOPLE, "Europe/Lisbon", "Europe/Lisboa"))

    assert found.plan is None
    assert found.settings is None


def test_a_warning_leaves_both():
    """What only looks wrong keeps nobody from being paged."""
    found = loaded(changed(PEOPLE, 'phone: "+351912000001", ', ""))

    assert places(found.findings) == ["W404 rotations/people.yaml:2:3"]
    assert found.plan is not None
    assert found.settings is not None


def test_all_mistakes_are_found_in_one_run():
    """Nobody mends a file one mistake at a time."""
    files = {
        **COMPANY,
        PEOPLE: COMPANY[PEOPLE].replace("Europe/Lisbon", "Lisbon").replace("+4915110000002", "0151 1000 0002"),
        RULES: COMPANY[RULES].replace("verdict: page", "verdict: wake").replace("SettlementLag", 'Settlement"Lag'),
    }

    assert places(loaded(files).findings) == [
        "E015 rotations/people.yaml:2:15",
        "E401 rotations/people.yaml:3:37",
        "E010 rules/payments.yaml:6:14",
        "E016 rules/payments.yaml:10:13",
    ]


def test_a_file_that_cannot_be_read_is_not_told_again_by_every_name_in_it():
    """One syntax error in people.yaml is one finding, not a hundred people who are not there."""
    assert places(loaded({**COMPANY, PEOPLE: "people: {\n"}).findings) == ["E001 rotations/people.yaml:2:1"]


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("rules/payments.yml", "rename it to rules/payments.yaml"),
        ("rules/more/payments.yaml", "move it up"),
        ("notes.yaml", "move it up"),
        ("runbooks/old/db.md", "move it up"),
        ("runbooks/Data Base.md", "write data-base"),
    ],
)
def test_a_file_that_would_never_be_read_is_an_error(file, hint):
    """A team whose rules lie one folder too deep must hear of it."""
    (finding,) = loaded({**COMPANY, file: "x: 1\n"}).findings

    assert finding.id == "E017"
    assert finding.span.file == file
    assert finding.hint == hint


def test_without_pagerd_yaml_there_is_no_config():
    """The version stands there, so it is never guessed."""
    files = {name: text for name, text in COMPANY.items() if name != SETTINGS}

    assert "E017 pagerd.yaml:1:1" in places(loaded(files).findings)


def test_two_files_of_one_team_are_refused():
    """Between files there is no order, so first match wins cannot hold across two."""
    files = {**COMPANY, "rules/payments-more.yaml": "team: payments\nrules: []\n"}

    assert places(loaded(files).findings) == ["E020 rules/payments.yaml:1:7"]


def test_too_many_files_are_refused():
    """A directory of another kind is not read for minutes."""
    files = {**COMPANY, **{f"runbooks/r{n}.md": "" for n in range(500)}}

    assert "E002 pagerd.yaml:1:1" in places(loaded(files).findings)


def test_all_values_of_a_directory_have_a_limit():
    """Files that are each just small enough cost seconds and hundreds of megabytes when there are many of them."""
    wide = f"[{'a,' * 70_000}]"
    found = loaded({**COMPANY, **{f"rules/w{number}.yaml": wide for number in range(6)}}).findings

    over = [one for one in found if one.id == "E002"]
    assert {one.span.file for one in over} == {"rules/w4.yaml", "rules/w5.yaml"}
    assert all("300,000 values in all files" in one.message for one in over)


def test_a_file_in_which_everything_is_wrong_is_told_in_part():
    """100,000 findings help nobody, and a mail, a status and an answer would hold them all."""
    wrong = "".join(f"k{number}: v\n" for number in range(40_000))
    found = loaded({**COMPANY, "rules/w.yaml": wrong})

    assert found.plan is None
    assert len(found.findings) == TOLD_MAX + 1
    assert "more errors than are shown" in found.findings[-1].message


def test_values_mean_what_they_look_like():
    """`no`, 22:30 and a plus at the start survive, although YAML itself would change them."""
    files = changed(
        PEOPLE,
        'ana: {zone: Europe/Lisbon, phone: "+351912000001"',
        "ana: {zone: Europe/Lisbon, name: no, phone: +351912000001, night: 22:30-06:10, login: 0155",
    )
    ana = plan_of(files).people["ana"]

    assert (ana.name, ana.sms, ana.login) == ("no", "+351912000001", "0155")
    assert (ana.night.start.hour, ana.night.start.minute) == (22, 30)


_LINES = [(file, line) for file, text in COMPANY.items() for line in text.splitlines()]
_SCRAPS = st.sampled_from(
    (
        *(
            "",
            "no",
            "22:30",
            "+1555",
            "~",
            "[]",
            "{}",
            "[[[",
            "*a",
            "&a x",
            "<<: {a: 1}",
            "!!python/object:os.system x",
        ),
        *(
            "a: b: c",
            "1 week",
            "2026-02-30 09:00",
            "9999-12-31 23:59",
            "0001-01-01",
            "'",
            '"',
            "- -",
            "? ",
            "|",
            "none",
        ),
        *("\t", "\x00", "999999999999999999999h", "0 hours", "1000 months", "mon-", "Europe", "../../etc/passwd"),
        *("a" * 300, "\ud800"),
    )
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, str]:
    """Return the company's files with some lines dropped, doubled, moved between files, or spoiled."""
    files = {file: text.splitlines() for file, text in COMPANY.items()}
    for _ in range(draw(st.integers(1, 4))):
        lines = files[draw(st.sampled_from(sorted(files)))]
        place = draw(st.integers(0, max(0, len(lines) - 1)))
        match draw(st.sampled_from(["drop", "double", "move", "spoil value", "spoil line", "cut"])):
            case "drop":
                del lines[place : place + 1]
            case "double":
                lines[place:place] = lines[place : place + 1]
            case "move":
                lines.insert(place, draw(st.sampled_from(_LINES))[1])
            case "spoil value" if lines and ":" in lines[place]:
                key, _, _ = lines[place].rpartition(":")
                lines[place] = f"{key}: {draw(_SCRAPS)}"
            case "cut" if lines:
                lines[place] = lines[place][: draw(st.integers(0, len(lines[place])))]
            case _:
                lines.insert(place, draw(_SCRAPS | st.text(max_size=40)))
    return {file: "\n".join(lines) + "\n" for file, lines in files.items()}


@given(mutated())
def test_no_change_of_the_files_makes_loading_raise(files):
    """Whatever people write, they get findings that stand in the catalogue and in the files, and never a traceback."""
    found = loaded(files)

    assert (found.plan is None) == any(one.id.startswith("E") for one in found.findings)
    assert all(one.id in CATALOGUE and one.span.line >= 1 and one.span.col >= 1 for one in found.findings)


@given(
    st.dictionaries(
        st.sampled_from([*COMPANY, "rules/x.yaml", "../x", ""]) | st.text(max_size=10), st.text(max_size=60)
    )
)
def test_no_text_at_all_makes_loading_raise(files):
    """Neither do files that are nothing like the format, nor names that are no names."""
    assert loaded(files).findings


def test_a_plan_can_be_laid_over_with_what_was_stored():
    """What comes from files is not marked as stored, so that stored exceptions replace nothing of it."""
    plan = plan_of(COMPANY)
    kept = plan.with_stored(overrides=(), silences=(), unusable=frozenset())

    assert kept.book.overrides == plan.book.overrides != ()
    assert kept.silences == plan.silences != ()
    assert replace(kept, unusable=plan.unusable) == plan


def test_each_files_faults_stay_that_files():
    """A mistake in one team's rotation is told at its place, and brings no finding elsewhere."""
    for file in (PAYMENTS, PLATFORM, ESCALATION):
        found = loaded({**COMPANY, file: COMPANY[file] + "surplus: 1\n"}).findings

        assert [(one.id, one.span.file) for one in found] == [("E006", file)]
