from datetime import timedelta

import pytest

from pagerd.config.findings import FindingSeverity
from pagerd.config.load import load, read_directory
from pagerd.config.starter import Answers, Newcomer, files
from tests.config.files import (
    COMPANY,
    ESCALATION,
    NOW,
    PAYMENTS,
    PEOPLE,
    PLATFORM,
    REPOSITORY,
    SETTINGS,
    SEVERITY,
    changed,
    places,
)

TURNS = "        people: [ana, ben, cho]"
COPY = "  payments-secondary: {copy: payments-primary, offset: 1}\n"
SECOND = "  payments-secondary:\n    layers: [{every: 1 day, start: 2026-01-05 09:00, people: [cho, ana, ben, dora]}]\n"


def proved(files):
    """Return the findings of files whose calendar is proved."""
    return load(files, now=NOW, proves=True).findings


def found_after(file, old, new):
    """Return id and place of each finding after one line was changed."""
    return [f"{one.id} {one.span.line}:{one.span.col}" for one in proved(changed(file, old, new))]


def the_one(files, finding_id):
    """Return the only finding with an id."""
    (found,) = (one for one in proved(files) if one.id == finding_id)
    return found


@pytest.mark.parametrize("files", [COMPANY, read_directory(REPOSITORY)], ids=["company", "repository"])
def test_sensible_files_have_nothing_to_be_proved_wrong(files):
    """Neither a warning nor a note: what is told is worth reading."""
    assert places(proved(files)) == []


@pytest.mark.parametrize("months", [0, 4, 8])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_the_first_files_have_nothing_to_be_proved_wrong(number, months):
    """Whatever day they are made on, for one person or several; and the repository's on that day neither."""
    now = NOW + timedelta(days=31 * months)
    people = tuple(
        Newcomer(name=f"Person {'abcde'[n] * 3}", phone=f"+49151123450{n}", email=f"p{n}@example.com")
        for n in range(number)
    )
    first = files(Answers(team="shop", people=people, zone="Europe/Berlin", handoff=(0, "09:00")), now)

    assert load(first, now=now, proves=True).findings == ()
    assert load(read_directory(REPOSITORY), now=now, proves=True).findings == ()


def test_a_daemon_looks_only_at_the_next_days():
    """A hole of next summer is told before the merge, not at each start."""
    ends = changed(PAYMENTS, TURNS, f"{TURNS}\n        until: 2027-06-01 09:00")

    assert [one.id for one in load(ends, now=NOW).findings] == []
    assert [one.id for one in proved(ends)] == ["W205", "W205"]


def test_files_with_errors_are_not_proved():
    """First what is written, then what follows from it."""
    ends = changed(PAYMENTS, TURNS, f"{TURNS}\n        until: 2027-06-01 09:00\n        nutil: 1")

    assert [one.id for one in proved(ends)] == ["E006"]


def test_a_hole_is_told_with_the_next_ones():
    """In the schedule's zone, the first in the message, a few more behind it, and how many there are."""
    finding = the_one(
        changed(
            PAYMENTS,
            f"{TURNS}\n{COPY}",
            f"        for: 6 days\n{TURNS}\n  payments-secondary: {{layers: [{{people: [dora]}}]}}\n",
        ),
        "W205",
    )

    assert finding.span.line == 10
    assert finding.message == (
        "payments-primary has nobody from 2026-11-29 09:00 to 2026-11-30 09:00 (Europe/Berlin), "
        "and 56 more times in the next 400 days"
    )
    assert finding.hint.startswith(
        "also 2026-12-06 09:00 to 2026-12-07 09:00; 2026-12-13 09:00 to 2026-12-14 09:00; and 54 more; add an override"
    )


def test_nobody_at_any_step_is_told_of_the_team():
    """The last resort is all that is left; a step with a person has always somebody."""
    ends = changed(PAYMENTS, f"{TURNS}\n", f"{TURNS}\n        until: 2027-06-01 09:00\n")
    without_lead = {
        **ends,
        ESCALATION: COMPANY[ESCALATION].replace("      - {page: team_lead, answer_within: 10m}\n", ""),
    }
    finding = the_one(without_lead, "W229")

    assert "W229" not in [one.id for one in proved(ends)]
    assert (finding.span.file, finding.span.line) == (PAYMENTS, 1)
    assert finding.message.startswith("no step of team payments has anybody from 2027-06-01 09:00 to 2027-12-28 13:00 ")


def test_one_person_at_two_levels_is_told_where_the_role_is_filled():
    """With who, as what, and when."""
    finding = the_one(changed(PAYMENTS, COPY, SECOND), "W220")

    assert (finding.span.file, finding.span.line, finding.span.col) == (PAYMENTS, 5, 12)
    assert finding.message.startswith(
        "ben is primary and secondary of team payments at once "
        "from 2026-11-23 13:00 to 2026-11-24 09:00 (Europe/Berlin), and "
    )
    assert finding.expected == "two people"
    assert finding.hint.startswith("also ")


def test_a_role_that_all_teams_share_may_be_filled_by_one_of_them():
    """It stands behind everybody; so does a lead who is named as a person."""
    lead = "  lead:\n    layers: [{every: 2 weeks, start: 2026-01-05 09:00, people: [ana, ben]}]\n"
    files = {
        **changed(PAYMENTS, COPY, COPY + lead),
        ESCALATION: COMPANY[ESCALATION].replace(
            "    repeat: 1", "      - {page: chief, answer_within: 5m}\n    repeat: 1"
        )
        + "roles: {chief: lead}\n",
    }

    assert places(proved(files)) == []


def test_a_schedule_that_is_named_in_a_step_is_a_level_too():
    """Where no role of the team leads to it, the finding stands at the schedule; of another team's at the team."""
    direct = (
        "  direct:\n    steps:\n      - {page: payments-primary, answer_within: 5m}\n"
        "      - {page: payments-secondary, answer_within: 5m}\nlast_resort:"
    )
    files = {**changed(PAYMENTS, COPY, SECOND), ESCALATION: COMPANY[ESCALATION].replace("last_resort:", direct)}
    of_payments = {**files, PAYMENTS: files[PAYMENTS].replace("escalation: standard", "escalation: direct")}
    of_platform = {**files, PLATFORM: COMPANY[PLATFORM] + "escalation: direct\n"}
    found = [one for each in (of_payments, of_platform) for one in proved(each) if one.id == "W220"]

    assert [(one.span.file, one.span.line) for one in found] == [(PAYMENTS, 15), (PAYMENTS, 5), (PLATFORM, 1)]
    assert " is payments-primary and payments-secondary of team platform at once " in found[-1].message


@pytest.mark.parametrize(
    ("checks", "expected"),
    [("", []), ("checks: {at_once: 2}\n", []), ("checks: {at_once: 1}\n", ["W226 10:3", "W226 15:3"])],
)
def test_several_at_once_where_one_is_expected(checks, expected):
    """A turn of two says that two are meant; `checks` says how many are expected whatever else is written."""
    files = changed(PAYMENTS, "people: [ana, ben, cho]", "people: [[ana, ben], cho]")
    found = proved({**files, PAYMENTS: files[PAYMENTS] + checks})

    assert [f"{one.id} {one.span.line}:{one.span.col}" for one in found if one.id == "W226"] == expected


def test_layers_side_by_side_that_overlap_by_accident():
    """While Europe and America disagree about summer, for an hour a day."""
    sun = (
        "      - - {name: here, people: [ana], only: [mon-sun 08:00-15:00]}\n"
        "        - {name: there, zone: America/New_York, people: [ben], only: [mon-sun 09:00-02:00]}\n"
    )
    old = "      - every: 1 week\n        start: 2026-01-05 09:00\n        people: [ana, ben, cho]\n"
    files = changed(PAYMENTS, old + COPY, sun + "  payments-secondary: {layers: [{people: [dora]}]}\n")
    finding = the_one(files, "N227")

    assert finding.severity is FindingSeverity.NOTE
    assert "overlap from 2027-03-14 14:00 to 2027-03-14 15:00 (Europe/Berlin), and " in finding.message
    assert "checks: {at_once: 2}" in finding.hint


def test_a_shift_that_is_too_long():
    """Each once with who and when; `checks` of the team holds for all, that of a schedule for itself."""
    of_team = proved({**COMPANY, PAYMENTS: COMPANY[PAYMENTS] + "checks: {shift_max: 6 days}\n"})
    of_one = proved(
        {
            **COMPANY,
            PAYMENTS: COMPANY[PAYMENTS].replace("offset: 1}", "offset: 1, checks: {shift_max: 2 weeks}}")
            + "checks: {shift_max: 6 days}\n",
        }
    )

    assert [(one.id, one.span.line) for one in of_team] == [("W222", 10), ("W222", 15)]
    assert [(one.id, one.span.line) for one in of_one] == [("W222", 10)]
    assert of_one[0].message.startswith("ben is on call in payments-primary for 6 days and 20h in a row from ")
    assert of_one[0].expected == "at most 6 days"
    assert of_one[0].hint.startswith("also ")


def test_too_little_rest_after_a_night():
    """Whoever had the night has the other rotation from noon on."""
    new = (
        "      - name: night\n        every: 1 day\n        start: 2026-01-05 20:00\n"
        "        people: [ana, ben, cho]\n        only: [mon-sun 20:00-08:00]\n"
        "      - {name: day, people: [dora], only: [mon-sun 08:00-20:00]}\n"
        "  payments-secondary:\n"
        "    layers: [{every: 1 day, start: 2026-01-05 12:00, people: [cho, ana, ben]}]\n"
    )
    old = "      - every: 1 week\n        start: 2026-01-05 09:00\n        people: [ana, ben, cho]\n"
    files = changed(PAYMENTS, old + COPY, new)
    finding = next(one for one in proved(files) if one.id == "W223")

    assert " has 4h to rest between payments-primary " in finding.message
    assert (finding.expected, finding.span.line) == ("11h of rest after a night", 10)
    assert "W223" not in [one.id for one in proved({**files, PAYMENTS: files[PAYMENTS] + "checks: {rest: none}\n"})]


def test_an_unfair_share_is_a_note():
    """Who has how much of how much, and what would be even; some teams mean it so."""
    new = "every: 12 hours\n        start: 2026-01-05 09:00\n        people: [cho, ben]"
    files = changed(PAYMENTS, "every: 1 week\n        start: 2026-01-05 09:00\n        people: [ana, ben, cho]", new)
    finding = the_one(files, "N224")

    assert finding.severity is FindingSeverity.NOTE
    assert "in the next 400 days: " in finding.message
    assert " nights in layer 1, where an equal share is 200" in finding.message
    assert "N224" not in [
        one.id for one in proved({**files, PAYMENTS: files[PAYMENTS] + "checks: {unfair_over: none}\n"})
    ]


def test_handoffs_where_the_clocks_change():
    """What becomes of each: the missing hour, and the repeated one."""
    finding = the_one(
        changed(
            PAYMENTS,
            "every: 1 week\n        start: 2026-01-05 09:00\n        people: [ana, ben, cho]\n" + COPY,
            "every: 1 day\n        start: 2026-01-05 02:30\n        people: [ana, ben, cho]\n"
            "  payments-secondary: {layers: [{people: [dora]}]}\n",
        ),
        "N225",
    )

    assert finding.message == (
        "payments-primary hands over where the clocks change: "
        "2027-03-28 02:30 is left out in Europe/Berlin, so it is at 03:00, and once more in the next 400 days"
    )
    assert finding.hint.startswith("also 2027-10-31 02:30 comes twice in Europe/Berlin, and it is at the first (02:30+")


def test_whom_low_urgency_does_not_reach():
    """She can be called; what can wait would go nowhere."""
    old = 'cho: {zone: Europe/Berlin, phone: "+4915110000003", email: cho@example.com}'
    found = found_after(PEOPLE, old, old.replace(", email: cho@example.com", ""))
    without_mail = {
        **COMPANY,
        SETTINGS: COMPANY[SETTINGS].replace("  email: [{kind: console}]\n", "") + "digest_at: none\n",
    }
    pages_only = {
        **changed(PEOPLE, old, old.replace(", email: cho@example.com", "")),
        SEVERITY: COMPANY[SEVERITY].replace("business_hours", "ticket"),
    }

    assert found == ["W410 4:3"]
    assert places(proved(without_mail)) == []
    assert places(proved(pages_only)) == []


def test_whoever_leaves_is_told_of_with_their_turns():
    """Where the turns name them, and how many there are; and where they are named as a person."""
    leaves = COMPANY[PEOPLE].replace("email: cho@example.com", "email: cho@example.com, until: 2026-12-31")
    found = [one for one in proved({**COMPANY, PEOPLE: leaves}) if one.id == "W221"]

    assert [(one.span.file, one.span.line, one.span.col) for one in found] == [(PAYMENTS, 14, 28), (PAYMENTS, 15, 3)]
    assert found[0].message == (
        "cho leaves on 2026-12-31, and 17 turns of payments-primary would be theirs after that in the next 400 days"
    )
    assert found[0].hint.startswith("the next in turn covers: 2027-01-11 09:00 to 2027-01-18 09:00; ")


def test_whoever_leaves_is_told_of_with_their_shift_by_name():
    """Nobody is next in turn there, and the finding stands at the shift."""
    turns = "      - every: 1 week\n        start: 2026-01-05 09:00\n        people: [ana, ben, cho]\n"
    shift = "    shifts:\n      - {from: 2027-01-08 18:00, to: 2027-01-10 09:00, person: cho}\n"
    files = {
        **COMPANY,
        PEOPLE: COMPANY[PEOPLE].replace("email: cho@example.com", "email: cho@example.com, until: 2026-12-31"),
        PAYMENTS: COMPANY[PAYMENTS].replace(turns, turns.replace(", cho]", "]") + shift),
    }
    found = [one for one in proved(files) if one.id == "W221" and "turn" in one.message]

    assert [(one.span.file, one.span.line) for one in found] == [(PAYMENTS, 16)]
    assert found[0].hint == "the layers below a shift by name show: 2027-01-08 18:00 to 2027-01-10 09:00"


def test_whoever_leaves_is_told_of_where_they_are_named():
    """A role, a step, the last resort, an operator: there absences do not count."""
    policy = "  spare:\n    steps: [{page: [eva, dora], answer_within: 5m}]\nlast_resort:"
    files = {
        **COMPANY,
        PEOPLE: COMPANY[PEOPLE].replace("email: dora@example.com", "email: dora@example.com, until: 2026-12-31 18:00"),
        ESCALATION: COMPANY[ESCALATION].replace("last_resort:", policy) + "roles: {chief: dora}\n",
    }
    said = [one.message.removeprefix("dora leaves on 2026-12-31, and is ") for one in proved(files) if one.id == "W221"]

    assert said == [
        "an operator after that",
        "paged by step 1 of spare after that",
        "in the last resort after that",
        "chief of all teams after that",
        "team_lead of team payments after that",
        "team_lead of team platform after that",
    ]


def test_whoever_has_left_is_told_of_at_once():
    """Also by a daemon: who is in the file may still sign in. That ana covers all of their turns is told, too."""
    left = {
        **COMPANY,
        PEOPLE: COMPANY[PEOPLE].replace("email: cho@example.com", "email: cho@example.com, until: 2026-11-20"),
    }
    plan = load(left, now=NOW).plan

    assert places(load(left, now=NOW).findings) == ["W411 rotations/people.yaml:4:86"]
    assert plan is not None
    assert {one.id for one in proved(left)} == {"N224", "W205", "W221", "W411"}


def test_leaving_after_the_calendar_is_no_concern_yet():
    """In two years, say."""
    leaves = COMPANY[PEOPLE].replace("email: cho@example.com", "email: cho@example.com, until: 2028-12-31")

    assert places(proved({**COMPANY, PEOPLE: leaves})) == []


def test_a_long_absence_is_a_note_with_whose_turns_fall_to_others():
    """A short one is nobody's concern: the next in turn covers."""
    files = {**COMPANY, PAYMENTS: COMPANY[PAYMENTS] + "  - {person: ben, from: 2027-01-04, to: 2027-02-28}\n"}
    found = [one for one in proved(files) if one.id == "N228"]

    assert [(one.span.line, one.span.col) for one in found] == [(14, 23), (15, 3)]
    assert found[0].message.startswith(
        "ben is away 2027-01-04 00:00 to 2027-03-01 00:00 (Europe/Berlin), and others have "
    )


def test_what_no_page_uses_is_not_proved():
    """It may be a calendar for people, with holes and people twice."""
    new = "schedules:\n  cover: {layers: [{people: [ana], only: [sat-sun]}]}\n"

    assert found_after(PAYMENTS, "schedules:\n", new) == []
