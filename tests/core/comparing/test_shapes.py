"""What a reviewer reads: one headline, tables that stay short, and nothing of a name that Markdown would obey."""

from datetime import date, timedelta

import pytest

from pagerd.core.comparing.difference import METRICS, difference
from pagerd.core.comparing.shapes import (
    CHANGES_MAX,
    HEADINGS,
    ROWS_MAX,
    Report,
    Side,
    headline,
    markdown,
    person_cells,
    report_json,
)
from pagerd.core.conditions import read_condition
from pagerd.core.oncall.schedule import Turn, Unit
from tests.builders import a_person
from tests.core.oncall.books import WEEKDAYS, at, book, copy, layer, override, schedule, window

GITHUB_CHARS_MAX = 65_536
"""Of one comment."""

START, END = at("2026-01-05 08:00"), at("2026-01-19 08:00")
WEEKLY = book(schedule(layer("ana ben")))
TURNED = book(schedule(layer("ben ana")))
OFFICE = book(schedule(layer("ana ben", only=(window(WEEKDAYS),))))


class Everybody(dict):
    """Knows whomever a book names."""

    def __missing__(self, name):
        """Return somebody of that name."""
        return a_person(name)


def a_report(before, after, *failed, start=START, end=END):
    """A report of two books."""
    return Report(
        start=start,
        end=end,
        before=Side("main|branch", "r-1"),
        after=Side("<b>changed</b>", "r-2"),
        difference=difference(before, after, Everybody(), start, end),
        assumptions=["Nothing was <assumed>."],
        failed=[read_condition(one, METRICS) for one in failed],
    )


def rows_of(text, first):
    """Return the cells of the rows that begin so."""
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith(f"| {first} ")]


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (WEEKLY, "Nothing changes: the same people are on call at every instant."),
        (TURNED, "2 shifts have other people, 2 people gain or lose time on call."),
        (OFFICE, "2 new gaps, 2 shifts have other people, 2 people gain or lose time on call."),
        (book(*WEEKLY.schedules.values(), schedule(layer("cho"), name="other")),
         "other appears, 1 shift has other people, 1 person gains or loses time on call."),
        (book(), "primary vanishes, 2 shifts have other people, 2 people gain or lose time on call."),
        (book(schedule(layer("ana ben", name="renamed"))),
         "Nothing changes: the same people are on call at every instant. 1 schedule is written or named otherwise."),
    ],
)  # fmt: skip
def test_the_headline_says_what_matters_most(after, says):
    """In one line, for a phone; new gaps first."""
    assert headline(a_report(WEEKLY, after).difference) == says


def test_each_figure_has_a_heading():
    """In the order in which they are counted."""
    assert tuple(HEADINGS) == METRICS == tuple(one.metric for one in a_report(WEEKLY, TURNED).difference.figures)


def test_gaps_and_people_stand_in_the_open_and_shifts_are_folded():
    """Whoever reads the comment sees first what is wrong."""
    text = markdown(a_report(WEEKLY, OFFICE, "new_gaps > 0"))

    assert text.startswith("### pagerd diff: 2 new gaps,")
    assert "**Failed: new\\_gaps &gt; 0.**" in text
    assert rows_of(text, "primary")[0] == [
        "primary",
        "Sat 2026-01-10 00:00 UTC+1",
        "Mon 2026-01-12 00:00 UTC+1",
        "2d",
        "ana",
    ]
    assert rows_of(text, "ana")[0] == ["ana", "168 → 120", "7 → 6", "1 → 0", "", "2026-01-10"]
    assert text.index("| New gap in ") < text.index("| Person ") < text.index("<details>")
    assert "<details><summary><b>primary</b> has other people</summary>" in text
    assert "| Sat 2026-01-10 00:00 UTC+1 | Mon 2026-01-12 00:00 UTC+1 | ana | nobody |" in text
    assert text.count("<details>") == text.count("</details>") == 2


def test_names_are_words_in_a_comment():
    """A branch may be called anything, and a person may have signs of Markdown in their name."""
    text = markdown(a_report(WEEKLY, book(schedule(layer("_cho_"), name="shop_primary"))))

    assert "main\\|branch → &lt;b&gt;changed&lt;/b&gt;" in text
    assert "| \\_cho\\_ |" in text
    assert "<b>shop_primary</b> appears" in text
    assert "Nothing was &lt;assumed&gt;." in text


def test_a_comment_fits_whatever_changes():
    """All of it is in the JSON; the comment says how much it leaves out."""
    name = "_" * 63
    crowd = "+".join(f"{name[: -len(str(n))]}{n}" for n in range(30))
    many = [f"{name[:-2]}{number:02}" for number in range(ROWS_MAX + 5)]
    before = book(*(schedule(layer(f"{crowd} -", every=None), name=one) for one in many))
    office = (window(WEEKDAYS, "09:00", "17:00"),)
    after = book(*(schedule(layer("ana ben", only=office), name=one) for one in many))
    report = a_report(before, after, end=START + timedelta(days=60))
    report = Report(**{name: getattr(report, name) for name in Report.__slots__} | {"before": Side("_" * 200, "r")})

    text = markdown(report)
    found = report_json(report)

    assert len(text) < GITHUB_CHARS_MAX
    assert sum("UTC" in line and line.startswith("| Mon") for line in text.splitlines()) <= CHANGES_MAX
    assert "And 5 more schedules." in text
    assert "And 12 more people." in text
    assert len(found["schedules"]) == ROWS_MAX + 5
    assert len(found["people"]) == 32


def test_a_run_of_nights_is_one_span():
    """The first and the last of it; single nights stand alone, and a comment has a few of them only."""
    after = book(
        *WEEKLY.schedules.values(),
        override("cho for ana", start="2026-01-05 08:00", end="2026-01-08 08:00"),
        override("cho for ben", start="2026-01-14 08:00", end="2026-01-15 08:00"),
    )
    (cho,) = [one for one in a_report(WEEKLY, after).difference.people if one.person == "cho"]

    assert cho.nights_gained == tuple(date(2026, 1, day) for day in (5, 6, 7, 14))
    assert person_cells(cho) == ("cho", "0 → 96", "0 → 4", "0", "2026-01-05 to 2026-01-07, 2026-01-14", "")
    assert person_cells(cho, 1)[4] == "2026-01-05 to 2026-01-07, and 1 more"


def test_hours_say_what_a_change_is_made_of():
    """Whoever gives one week and takes another has as many hours as before."""
    (ana, _) = a_report(WEEKLY, TURNED).difference.people

    assert person_cells(ana)[1] == "168 (+7d, -7d)"


def test_the_json_has_all_of_it():
    """Every shift, every night, what is not there as null, and what failed."""
    found = report_json(a_report(WEEKLY, book(OFFICE.schedules["primary"], schedule(name="other")), "changes > 1"))

    assert found["figures"]["new_gaps"] == {"before": 0, "after": 3, "change": 3}
    assert [one["schedule"] for one in found["schedules"]] == ["primary", "other"]
    assert found["schedules"][0]["changes"][0] == {
        "from": "2026-01-09T23:00:00+00:00",
        "to": "2026-01-11T23:00:00+00:00",
        "before": ["ana"],
        "after": [],
    }
    assert found["schedules"][1]["gaps"] == [{"from": START.isoformat(), "to": END.isoformat(), "before": []}]
    assert found["people"][0] == {
        "person": "ana",
        "minutes": {"before": 10080, "after": 7200, "change": -2880},
        "minutes_gained": 0,
        "minutes_lost": 2880,
        "nights": {"before": 7, "after": 6, "change": -1},
        "nights_gained": [],
        "nights_lost": ["2026-01-10"],
        "weekends": {"before": 1, "after": 0, "change": -1},
        "weekends_gained": [],
        "weekends_lost": ["2026-01-10"],
    }
    assert found["failed"] == [{"condition": "changes > 1", "found": 2}]


def test_a_comment_without_a_difference_has_no_table():
    """Two books that say the same: the span, and what was taken for granted."""
    text = markdown(a_report(WEEKLY, book(schedule(layer("ana ben")))))

    assert "2026-01-05 08:00 to 2026-01-19 08:00 UTC" in text
    assert "\n|" not in text
    assert "Nothing was" in text


BY_DAYS = layer("ana ben", every=Turn(7, Unit.DAYS))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (WEEKLY, TURNED, ["<b>primary</b> has other people"]),
        (WEEKLY, book(*WEEKLY.schedules.values(), copy(1)), ["<b>secondary</b> appears"]),
        (book(*WEEKLY.schedules.values(), copy(1)), WEEKLY, ["<b>secondary</b> vanishes"]),
        # Without a shift that changes there is nothing to fold.
        (WEEKLY, book(schedule(BY_DAYS)), ["**primary** is written otherwise, with the same people"]),
        (
            WEEKLY,
            book(schedule(layer("ana ben"), name="payments")),
            ["**payments** has the people of primary, which is gone"],
        ),
    ],
)
def test_what_becomes_of_a_schedule_stands_behind_its_name(before, after, said):
    """Folded where there are shifts below it, and in the open where there are none."""
    text = markdown(a_report(before, after))

    assert [words for words in said if words not in text] == []
