import pytest

from tests.config.files import (
    COMPANY,
    ESCALATION,
    PAYMENTS,
    PEOPLE,
    PLATFORM,
    SETTINGS,
    changed,
    found_after,
    loaded,
    places,
)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("ana: {zone: Europe/Lisbon}", ["E403 2:3"]),
        ("ana: {zone: Europe/Lisbon, email: ana@example.com}", ["W404 2:3"]),
        ('ana: {zone: Europe/Lisbon, voice: "+351912000001"}', []),
        ('ana: {zone: Europe/Lisbon, phone: "+4915110000002"}', ["E405 3:37"]),
        ('ana: {zone: Europe/Lisbon, phone: "+351912000001", voice: "+4915110000002"}', ["E405 3:37"]),
    ],
)
def test_whoever_is_paged_can_be_reached(new, expected):
    """By something that wakes, and by a number that is theirs alone."""
    old = 'ana: {zone: Europe/Lisbon, phone: "+351912000001", email: ana@example.com}'

    assert found_after(PEOPLE, old, new) == expected


def test_a_phone_is_no_use_where_nothing_calls_it():
    """A contact method needs a provider."""
    files = {**COMPANY, SETTINGS: "version: 1\noperators: [dora]\nchannels: {email: [{kind: console}]}\n"}
    without_mail = {**files, PEOPLE: COMPANY[PEOPLE].replace(", email: eva@example.com", "")}

    assert places(loaded(files).findings) == []
    assert places(loaded(without_mail).findings) == ["E403 rotations/people.yaml:6:3"]


def test_without_any_provider_nobody_is_told():
    """One finding, not one for each person."""
    files = {**COMPANY, SETTINGS: "version: 1\noperators: [dora]\n"}

    assert places(loaded(files).findings) == ["E608 pagerd.yaml:1:1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PLATFORM, "secondary: ben", "secondary: eva", ["E302 4:12"]),
        (PAYMENTS, "secondary: payments-secondary", "secondary: payments-primary", ["E302 5:12"]),
        (
            ESCALATION,
            "      - {page: team_lead",
            "      - {page: cho, answer_within: 5m}\n      - {page: cho",
            ["E302 7:16"],
        ),
        (PLATFORM, "team_lead: dora\n", "", ["E303 1:7"]),
    ],
)
def test_a_step_that_can_never_fire_is_found(file, old, new, expected):
    """Everybody in it was paged before in the same round, or nobody fills the role."""
    assert sorted(set(found_after(file, old, new))) == expected


def test_a_role_that_a_team_leaves_open_may_be_filled_for_all():
    """Shared roles stand behind each team's own."""
    files = {
        **COMPANY,
        PLATFORM: COMPANY[PLATFORM].replace("team_lead: dora\n", ""),
        ESCALATION: COMPANY[ESCALATION] + "roles: {team_lead: cho}\n",
    }

    assert places(loaded(files).findings) == []


def test_a_policy_that_no_team_uses_is_noted():
    """It looks as if it were in force."""
    old = "last_resort: {page: [dora, eva], every: 5m}"
    policy = "  quiet:\n    steps: [{page: dora, answer_within: 1h}]\n"

    assert found_after(ESCALATION, old, policy + old) == ["W704 8:3"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PEOPLE, "email: ben@example.com}", "email: ben@example.com, notify: {high: [sms, 5m voice]}}", ["W407 3:94"]),
        (PEOPLE, "email: ben@example.com}", "email: ben@example.com, notify: {high: [sms, 4m voice]}}", []),
        (SETTINGS, "version: 1", "version: 1\nnotify: {high: [sms, 30m voice]}", ["W407 2:16"]),
    ],
)
def test_a_method_that_comes_too_late_is_noted(file, old, new, expected):
    """The step has moved on before the phone rings; said once where it is written."""
    assert found_after(file, old, new) == expected


def test_a_hole_of_the_next_fortnight_is_noted_with_its_span():
    """In the schedule's zone, as the reader will write the override."""
    people = "        people: [ana, ben, cho]"
    finding, of_the_copy = loaded(changed(PAYMENTS, people, "        for: 6 days\n" + people)).findings

    assert (of_the_copy.id, of_the_copy.span.line) == ("W205", 16)
    assert (finding.id, finding.span.line) == ("W205", 10)
    assert "from 2026-11-29 09:00 to 2026-11-30 09:00 (Europe/Berlin), and once more in" in finding.message
    assert "people: [none]" in finding.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        people: [ana, ben, cho]", "        people: [ana, none, cho]"),
        ("      - every: 1 week", "      - {people: [none]}\n      - only: [mon-fri]\n        every: 1 week"),
    ],
)
def test_nobody_on_purpose_is_no_hole(old, new):
    """A turn of none in the rotation, or a layer of none below it: whoever wrote that knew."""
    assert found_after(PAYMENTS, old, new) == []


def test_a_copy_of_one_person_has_nobody():
    """Whoever comes next is the one who is on call already."""
    assert found_after(PAYMENTS, "people: [ana, ben, cho]", "people: [cho]") == ["W205 15:3"]


def test_a_schedule_that_no_page_uses_may_have_holes():
    """It may be a calendar for people."""
    new = "schedules:\n  cover: {layers: [{people: [ana], only: [sat-sun]}]}\n"

    assert found_after(PAYMENTS, "schedules:\n", new) == []


def test_a_wait_that_cannot_be_read_makes_nothing_late():
    """The blank in its place is nobody's wish."""
    assert found_after(ESCALATION, "page: primary, answer_within: 5m", "page: primary, answer_within: 5") == [
        "E011 4:40"
    ]


def test_two_people_of_one_login_are_refused():
    """Whoever acts from that account would do it in the name of the first."""
    people = COMPANY[PEOPLE].replace("ana@example.com", "ana@example.com, login: ops")
    files = {**COMPANY, PEOPLE: people.replace("ben@example.com", "ben@example.com, login: ops")}

    assert places(loaded(files).findings) == ["E408 rotations/people.yaml:3:86"]


def test_a_digest_that_reaches_nobody_is_found():
    """No address of a team or of an operator; or no channel for one that somebody asked for."""
    mail = "version: 1\noperators: [dora]\nchannels: {sms: [{kind: console}], email: [{kind: console}]}\n"
    bare = {**COMPANY, SETTINGS: mail, PEOPLE: COMPANY[PEOPLE].replace(", email: dora@example.com", "")}
    asked = {**COMPANY, SETTINGS: "version: 1\noperators: [dora]\nchannels: {sms: [{kind: console}]}\n"}
    asked[PAYMENTS] += "digest_at: 08:30\n"

    assert [place.partition(" ")[0] for place in places(loaded(bare).findings)] == ["W409", "W409"]
    assert places(loaded({**bare, PLATFORM: COMPANY[PLATFORM] + "mail: ops@example.com\n"}).findings) == []
    assert places(loaded({**bare, SETTINGS: mail + "digest_at: none\n"}).findings) == []
    assert [place.partition(":")[0] for place in places(loaded(asked).findings)] == [f"W409 {PAYMENTS}"]


@pytest.mark.parametrize(
    ("besides", "expected"),
    [
        (", shadow: [cho]}", ["W412 15:67"]),
        (", shadow: [ana]}", []),
        (", shifts: [{from: 2026-12-01, to: 2026-12-02, shadow: cho}]}", ["W412 15:68"]),
    ],
)
def test_a_shadow_needs_a_quiet_way_to_be_told(besides, expected):
    """The copy of a page never goes by text or call, so a phone alone is no use."""
    files = changed(PAYMENTS, "offset: 1}", "offset: 1" + besides)
    files[PEOPLE] = files[PEOPLE].replace(", email: cho@example.com", "")

    assert [one.replace(f" {PAYMENTS}:", " ") for one in places(loaded(files).findings)] == expected
