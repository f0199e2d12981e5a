"""Calendars of holidays, and whose they are."""

import sys
from datetime import date

import pytest

from pagerd.config import holidays
from pagerd.core.oncall.schedule import Window
from tests.config.files import PAYMENTS, changed, loaded, places, plan_of

GERMANY = """\
holidays:
  germany:
    country: DE
    region: BY
    days: {2026-12-24: Christmas Eve}
  company: {days: {2026-06-01: Founding day}}
"""
LAYER = "        people: [ana, ben, cho]\n"
CHRISTMAS, EVE, FOUNDING = date(2026, 12, 25), date(2026, 12, 24), date(2026, 6, 1)


def files_with(layer, team="", calendars=GERMANY, rules=""):
    """Return the company with calendars, lines of payments' layer and of payments itself, and rules of incidents."""
    files = changed(PAYMENTS, LAYER, LAYER + layer)
    files[PAYMENTS] += team
    return {**files, holidays.FILE: calendars, **({"rules/incidents.yaml": rules} if rules else {})}


def layer_of(files):
    """Return the one layer of payments' primary."""
    return plan_of(files).book.schedules["payments-primary"].levels[0][0]


def found_in(files):
    """Return the findings, without the folder."""
    return [one.replace("rotations/", "") for one in places(loaded(files).findings)]


def test_a_team_names_its_calendars():
    """A country's days and those that are written are one calendar."""
    layer = layer_of(files_with("        not_on: [holidays]\n", "holidays: [germany]\n"))

    assert layer.not_on == (Window(on_holidays=True),)
    assert {CHRISTMAS, EVE} <= layer.holidays
    assert date(2049, 1, 6) in layer.holidays  # Epiphany, in Bavaria
    assert FOUNDING not in layer.holidays


def test_a_layer_may_name_others():
    """They stand alone then, as for a site in another country."""
    lines = "        only: [sat-sun, holidays]\n        holidays: [company]\n"

    assert layer_of(files_with(lines, "holidays: [germany]\n")).holidays == {FOUNDING}


def test_the_holidays_of_business_days_are_the_same_ones():
    """There is one answer to whether a day is a holiday of a team, for rotations and for what is due."""
    rules = "calendar: {holidays: {2026-05-01: May Day}, team_holidays: {payments: {2026-07-01: Outing}}}\n"
    files = files_with("        not_on: [holidays]\n", "holidays: [company]\n", rules=rules)
    plan = plan_of(files)

    assert (
        layer_of(files).holidays
        == {date(2026, 5, 1), FOUNDING, date(2026, 7, 1)}
        == set(plan.calendar_of("payments").holidays)
    )
    assert set(plan.calendar_of("platform").holidays) == {date(2026, 5, 1)}


def test_holidays_of_everybody_need_no_calendar_here():
    """`rules/incidents.yaml` alone will do."""
    files = files_with("        only: [holidays]\n", rules="calendar: {holidays: {2026-05-01: May Day}}\n")
    del files[holidays.FILE]

    assert "E209" not in str(places(loaded(files).findings))
    assert loaded(files).plan.book.schedules["payments-primary"].levels[0][0].holidays == {date(2026, 5, 1)}


NOT_ON = "        not_on: [holidays]\n"


@pytest.mark.parametrize(
    ("layer", "team", "calendars", "expected"),
    [
        (NOT_ON, "", GERMANY, ["E209 payments.yaml:15:17"]),
        (NOT_ON, "holidays: [germnay]\n", GERMANY, ["E021 payments.yaml:21:12"]),
        (NOT_ON + "        holidays: [france]\n", "", GERMANY, ["E021 payments.yaml:16:20"]),
        ("        holidays: [germany]\n", "", GERMANY, ["E209 payments.yaml:15:19"]),
        ("        not_on: [holiday]\n", "holidays: [germany]\n", GERMANY, ["E014 payments.yaml:15:18"]),
        (NOT_ON, "holidays: [germany]\n", "holidays: {germany: {}}\n", ["E208 holidays.yaml:1:21"]),
        (NOT_ON, "holidays: [germany]\n", "holidays: {germany: {region: BY}}\n", ["E208 holidays.yaml:1:30"]),
        (NOT_ON, "holidays: [germany]\n", "holidays: {germany: {country: XX}}\n", ["E208 holidays.yaml:1:31"]),
        (NOT_ON, "holidays: [germany]\n", "holidays: {germany: {country: de}}\n", ["E010 holidays.yaml:1:31"]),
        (
            NOT_ON,
            "holidays: [germany]\n",
            "holidays: {germany: {country: DE, region: ZZ}}\n",
            ["E208 holidays.yaml:1:43"],
        ),
        (NOT_ON, "holidays: [germany]\n", "holidays: {germany: {days: {25.12.: x}}}\n", ["E013 holidays.yaml:1:29"]),
        (NOT_ON, "holidays: [germany]\n", "holidays: [\n", ["E001 holidays.yaml:2:1"]),
        ("", "", "holidays:\n", []),
        ("", "", "calendars: {}\n", ["E006 holidays.yaml:1:1", "E007 holidays.yaml:1:1"]),
    ],
)
def test_what_is_wrong_is_one_finding_at_its_place(layer, team, calendars, expected):
    """The mistake is told, not what follows from it."""
    assert sorted(found_in(files_with(layer, team, calendars))) == expected


def test_without_the_extra_a_country_is_a_finding(monkeypatch):
    """It says what to install, and that written dates will do."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    holidays._computed.cache_clear()
    (finding,) = loaded(files_with(NOT_ON, "holidays: [germany]\n")).findings

    assert (finding.id, finding.expected) == ("E208", "pip install 'pagerd[holidays]'")
    by_hand = "holidays: {company: {days: {2026-06-01: Founding day}}}\n"
    assert layer_of(files_with(NOT_ON, "holidays: [company]\n", by_hand)).holidays == {FOUNDING}


def test_a_country_of_which_fewer_years_are_known_is_read_in_silence():
    """The package warns on stderr; in front of whoever asks who is on call that would be noise."""
    layer = layer_of(files_with(NOT_ON, "holidays: [india]\n", "holidays: {india: {country: IN}}\n"))

    assert date(2027, 1, 26) in layer.holidays  # Republic Day
