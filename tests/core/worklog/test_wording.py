"""What people are told about nights: what stands there, what it did, and what to answer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pagerd.core.paging.gsm import SEGMENT, septets
from pagerd.core.worklog import wording
from pagerd.core.worklog.grant import Cover, Grant, GrantStatus
from pagerd.core.worklog.rules import RestKind
from pagerd.core.worklog.worked import Stretch, WorkedNight, begun, worked
from tests.builders import BERLIN, NIGHT, a_person, a_plan, minutes

SIX = datetime(2026, 1, 7, 6, tzinfo=BERLIN).astimezone(UTC)
TWELVE = datetime(2026, 1, 7, 12, tzinfo=BERLIN).astimezone(UTC)
PRIMARY = Cover(schedule="payments-primary", start=SIX, end=TWELVE, people=("cho",), override="o-1")
NOBODY = Cover(schedule="payments-secondary", start=SIX, end=TWELVE)


def a_night(count: int = 90, **grant: object) -> WorkedNight:
    """Return the night of Tuesday 6 January, of so many minutes, with a morning off that is proposed unless told."""
    night = worked(begun("n-1", a_person(), NIGHT, "payments", "r1"), NIGHT, by="ana", via="sms", minutes=count)[0]
    proposed = Grant(
        kind=RestKind.MORNING,
        status=GrantStatus.PROPOSED,
        minutes=count,
        rule="x",
        plan_revision="r1",
        proposed_at=NIGHT,
        start=SIX,
        end=TWELVE,
        provisional_at=SIX,
    )
    return replace(night, grant=replace(proposed, **grant))  # type: ignore[arg-type]  # each row names real fields


@pytest.mark.parametrize(
    ("pages", "incident", "worked_on", "said"),
    [
        (("p-1",), None, 20, "1 page rang you, 20m of work were seen."),
        (("p-1", "p-2"), None, 0, "2 pages rang you, no work was seen."),
        (("p-1",), 7, 20, "1 page rang you, 20m of work were seen (incident 7)."),
        ((), 7, 20, "20m of work were seen (incident 7)."),
    ],
)
def test_the_question_says_what_was_seen(
    pages: tuple[str, ...], incident: int | None, worked_on: int, said: str
) -> None:
    """Whoever answers it half asleep corrects a number rather than find one."""
    about = {"page_id": "p-1"} if incident is None else {"incident": incident}
    stretch = Stretch(**about, since=NIGHT, until=NIGHT + minutes(worked_on))  # type: ignore[arg-type]  # real fields
    said = f"Night of Tue 6 Jan: {said} How long were you up?"

    assert wording.question(replace(a_night(), pages=pages, stretches=(stretch,))) == said


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            wording.noted(a_night(), "N47"),
            "Noted for the night of Tue 6 Jan: 1h 30m. Wrong? Reply N47 and the right time.",
        ),
        (wording.noted(a_night(0), None), "Noted for the night of Tue 6 Jan: none."),
        (
            wording.not_a_length("N47", date(2026, 1, 6)),
            "NOTHING NOTED. How long were you up in the night of Tue 6 Jan? Reply N47 40m, N47 1h30 or N47 none",
        ),
        (
            wording.hours_or_minutes("N47", "2"),
            "NOTHING NOTED: 2 hours or 2 minutes? Reply N47 2h or N47 2m",
        ),
        (
            wording.page_or_minutes("N47", "40"),
            "NOTHING DONE: page 40 is over. If you were up for 40 minutes, reply N47 40m",
        ),
        (
            wording.unknown_night_code("N47"),
            "NOTHING NOTED: N47 is no question to you. To say how long you were up: pagerd nights",
        ),
        (
            wording.ok_or_no("N47", ""),
            "NOTHING DECIDED about the rest of somebody. Reply N47 ok, or N47 no",
        ),
        (
            wording.rest_decided(a_night(status=GrantStatus.APPROVED, covers=(PRIMARY, NOBODY)), a_plan()),
            "Rest of Ana: approved. Cho covers payments-primary. Nobody is left to cover payments-secondary.",
        ),
        (
            wording.rest_decided(a_night(status=GrantStatus.DECLINED, covers=(PRIMARY,)), a_plan()),
            "Rest of Ana: declined.",
        ),
    ],
)
def test_an_answer_by_text_says_first_what_became_of_it(said: str, answer: str) -> None:
    """In one segment, and where nothing was done with what to write instead."""
    assert said == answer
    assert septets(said) <= SEGMENT


@pytest.mark.parametrize(
    ("grant", "end"),
    [
        ({"status": GrantStatus.PROVISIONAL}, "Morning off until 12:00? In force until you say no."),
        ({}, "Morning off until 12:00? In force from 06:00 unless you say no."),
        ({"kind": RestKind.PAY, "end": None, "provisional_at": None}, "Pay for it?"),
    ],
)
def test_a_lead_reads_what_silence_does(grant: dict[str, object], end: str) -> None:
    """It is in force, it will be, or nothing happens before they answer."""
    said = wording.rest_asked(a_night(**grant), "Ana", BERLIN, NIGHT)

    assert said == f"Ana worked 1h 30m in the night of Tue 6 Jan. {end}"


@pytest.mark.parametrize(
    ("status", "sure"),
    [(GrantStatus.APPROVED, ""), (GrantStatus.PROVISIONAL, " Provisional: your lead has not answered yet.")],
)
def test_whoever_rests_knows_who_covers_and_how_sure_it_is(status: GrantStatus, sure: str) -> None:
    """They sleep better for it."""
    said = wording.rest_in_force(a_night(status=status, covers=(PRIMARY,)), a_plan(), BERLIN, SIX)

    assert said == (
        "After 1h 30m of work in the night of Tue 6 Jan: Morning off until 12:00. Cho covers payments-primary." + sure
    )


def test_whoever_covers_reads_their_own_shifts_and_when_they_are_over() -> None:
    """Nobody else's."""
    night = a_night(covers=(PRIMARY, replace(PRIMARY, schedule="other", people=("ben",))))

    assert wording.cover_asked(night, a_plan(), "cho", BERLIN, SIX) == (
        "You are on call for Ana, who rests after a night: payments-primary 06:00 to 12:00."
    )
    assert wording.cover_over(night, "Ana") == (
        "You are not on call for Ana any more: the rest of Tue 6 Jan is taken back."
    )


@pytest.mark.parametrize(("why", "end"), [("", "."), ("we need you", ": we need you.")])
def test_a_rest_that_is_over_says_why(why: str, end: str) -> None:
    """Where anybody gave a reason."""
    night = a_night(status=GrantStatus.DECLINED)

    assert wording.rest_over(night, why) == f"Your rest after the night of Tue 6 Jan is declined{end}"
