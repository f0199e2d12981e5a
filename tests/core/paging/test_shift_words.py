"""What is told around a shift, in words, on the reader's own clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.handoff import HandoffNote, Handover, OpenIncident, OpenPage
from pagerd.core.paging.gsm import SEGMENT, septets
from pagerd.core.paging.shift_words import notice_mail, notice_text
from pagerd.core.shift_notices import Line, News, Notice
from tests.builders import LISBON, a_person, a_plan

NOW = datetime(2026, 1, 12, 8, tzinfo=UTC)  # Monday, 09:00 in Berlin
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)


def a_notice(*lines, person="ben", **fields):
    """Return what somebody is told on Monday at nine."""
    return Notice(id="1", person=person, at=NOW, lines=lines, **fields)


def a_line(news, **fields):
    """Return something of next week's primary."""
    return Line(news=news, schedule="payments-primary", **{"start": NOW, "end": NOW + WEEK, **fields})


NOT_COUNTED_ON = "You are not paged first, and nobody waits for you: what it pages comes to you as a quiet copy."

SAID = {
    f"You are a shadow in payments-primary since 09:00, until 19 Jan 09:00, beside Ana. {NOT_COUNTED_ON}": a_line(
        News.BEGAN, beside=("ana",), as_shadow=True
    ),
    f"You are a shadow in payments-primary. {NOT_COUNTED_ON}": a_line(News.BEGAN, start=None, end=None, as_shadow=True),
    f"You will be a shadow in payments-primary from 10:00 to 12:00, beside Ana and Cho. {NOT_COUNTED_ON}": a_line(
        News.COMES, start=NOW + HOUR, end=NOW + 3 * HOUR, beside=("ana", "cho"), as_shadow=True
    ),
    "You are no shadow in payments-primary any more, since 09:00. You are one again from Thu 09:00.": a_line(
        News.ENDED, end=NOW, people=("ana",), next_start=NOW + timedelta(days=3), as_shadow=True
    ),
    "CHANGED: you are a shadow in payments-primary until 11:00, not 19 Jan 09:00.": a_line(
        News.MOVED, end=NOW + 2 * HOUR, was_end=NOW + WEEK, as_shadow=True
    ),
    "CHANGED: you are a shadow in payments-primary until later than in a month, not 11:00.": a_line(
        News.MOVED, end=None, was_end=NOW + 2 * HOUR, as_shadow=True
    ),
    "CHANGED: you will be a shadow in payments-primary from 11:00 to 12:00, not from 10:00 to 12:00.": a_line(
        News.MOVED,
        start=NOW + 2 * HOUR,
        end=NOW + 3 * HOUR,
        was_start=NOW + HOUR,
        was_end=NOW + 3 * HOUR,
        as_shadow=True,
    ),
    "CHANGED: you are no shadow in payments-primary from 09:00 to 19 Jan 09:00.": a_line(
        News.GONE, people=("cho",), as_shadow=True
    ),
    "You are on call in payments-primary since 09:00, until 19 Jan 09:00. Ana had it before you.": a_line(
        News.BEGAN, people=("ana",)
    ),
    "You are on call in payments-primary, together with Cho.": a_line(
        News.BEGAN, start=None, end=None, beside=("cho",)
    ),
    "You will be on call in payments-primary from 10:00 to 12:00, after Ana and Cho.": a_line(
        News.COMES, start=NOW + HOUR, end=NOW + 3 * HOUR, people=("ana", "cho")
    ),
    "since 08:00: Ana and Cho have it now. You are on call there again from Thu 09:00.": a_line(
        News.ENDED, end=NOW - HOUR, people=("ana", "cho"), next_start=NOW + timedelta(days=3)
    ),
    "You are off in payments-primary since 09:00: NOBODY has it now.": a_line(News.ENDED, end=NOW),
    "CHANGED: your shift in payments-primary ends 11:00, not 19 Jan 09:00.": a_line(
        News.MOVED, end=NOW + 2 * HOUR, was_end=NOW + WEEK
    ),
    "CHANGED: your shift in payments-primary ends later than in a month, not 11:00.": a_line(
        News.MOVED, end=None, was_end=NOW + 2 * HOUR
    ),
    "CHANGED: you will be on call in payments-primary from 11:00 to 12:00, not from 10:00 to 12:00.": a_line(
        News.MOVED,
        start=NOW + 2 * HOUR,
        end=NOW + 3 * HOUR,
        was_start=NOW + HOUR,
        was_end=NOW + 3 * HOUR,
    ),
    "CHANGED: you are not on call in payments-primary from 09:00 to 19 Jan 09:00: Cho has it then.": a_line(
        News.GONE, people=("cho",)
    ),
    "CHANGED: you are not on call in payments-primary from 09:00: NOBODY has it then.": a_line(News.GONE, end=None),
    "Dora put you on call in payments-primary from 09:00 to 19 Jan 09:00, in the place of Ana.": a_line(
        News.GIVEN, people=("ana",), by="dora"
    ),
    "Dora put you on call in payments-primary from 09:00 to 19 Jan 09:00.": a_line(News.GIVEN, by="dora"),
    "Dora took you off in payments-primary from 09:00 to 19 Jan 09:00: Cho has it then.": a_line(
        News.TAKEN, people=("cho",), by="dora"
    ),
    "Dora took you off in payments-primary from 09:00 to 19 Jan 09:00: NOBODY has it then.": a_line(
        News.TAKEN, by="dora"
    ),
    "Ana left you a note about payments-primary, which they had until 08:00.": a_line(
        News.NOTE, start=NOW - HOUR, people=("ana",)
    ),
}


@pytest.mark.parametrize(("said", "line"), SAID.items())
def test_each_news_has_its_sentence(said, line):
    """The mail says it whole; the text says that it is, in one segment."""
    unfolded = " ".join(notice_mail(a_notice(line), a_plan(), by_text=True).text.split())

    assert said in unfolded
    assert septets(notice_text(a_notice(line), a_plan()).body) <= SEGMENT
    assert "payments-primary" in notice_text(a_notice(line), a_plan()).body


def test_times_are_the_reader_s():
    """Eight in Lisbon is nine in Berlin."""
    plan = a_plan()
    abroad = replace(plan, people={**plan.people, "ben": a_person("ben", zone=LISBON)})

    assert "since 08:00" in notice_mail(a_notice(a_line(News.BEGAN)), abroad, by_text=True).text


def test_that_one_is_on_call_is_said_first():
    """Then what is another than was told; a subject names one and counts the rest."""
    gone = Line(news=News.GONE, schedule="platform-primary", start=NOW, end=NOW + HOUR)
    mail = notice_mail(a_notice(a_line(News.ENDED), gone, a_line(News.BEGAN)), a_plan(), by_text=True)

    assert mail.subject == "[on call] You are on call in payments-primary until 19 Jan 09:00, and 2 more"
    places = [mail.text.index(words) for words in ("You are on call in", "CHANGED", "You are off in")]
    assert places == sorted(places)


A_PAGE = OpenPage(id="p-1", severity="sev2", title="CheckoutErrors", since=NOW - HOUR, holder="ana", until=NOW + HOUR)


def test_what_goes_over_stands_in_the_mail():
    """Notes first, then pages with whoever has them and how to answer, incidents with their roles, and nights."""
    note = HandoffNote(id="h-1", schedule="payments-primary", by="ana", at=NOW - HOUR, text="The canary\nis sick.")
    incident = OpenIncident(number=7, severity="sev1", title="No money", status="mitigating", roles={"ic": "dora"})
    over = Handover(
        team="payments",
        notes=(note,),
        pages=(replace(A_PAGE, code="47"), replace(A_PAGE, id="p-2", holder=None), replace(A_PAGE, is_snoozed=True)),
        pages_count=12,
        incidents=(incident,),
        nights_count=2,
        since=NOW - WEEK,
    )
    notice = a_notice(a_line(News.BEGAN), handovers=(over,))
    said = " ".join(notice_mail(notice, a_plan(), by_text=True).text.split())

    assert "Note from Ana, 08:00, about payments-primary The canary is sick." in said
    assert "p-1 sev2 CheckoutErrors, since 08:00: Ana has it until 10:00; by text: 47 ack" in said
    assert "p-2 sev2 CheckoutErrors, since 08:00: NOBODY has it" in said
    assert "Ana has it, snoozed until 10:00" in said
    assert "and 9 more: pagerd pages --team payments" in said
    assert "incident 7 sev1 No money, mitigating: incident commander Dora" in said
    assert "2 pages disturbed a night since 5 Jan 09:00" in said
    assert "47 ack" not in notice_mail(notice, a_plan(), by_text=False).text
    assert notice_text(notice, a_plan()).body.endswith(". 12 pages open, 1 note: pagerd handoff show payments-primary")


def test_that_nothing_is_open_is_said():
    """An empty mail could mean either."""
    notice = a_notice(a_line(News.BEGAN), handovers=(Handover(team="payments", since=NOW - WEEK),))
    said = notice_mail(notice, a_plan(), by_text=True).text

    assert "No page is open, and no incident." in said
    assert "No night was disturbed since" in said
    assert "pagerd handoff show" not in notice_text(notice, a_plan()).body


def test_whoever_goes_off_reads_what_is_still_theirs():
    """It stays so until they hand it over."""
    said = notice_mail(a_notice(a_line(News.ENDED), person="ana", keeps=(A_PAGE,)), a_plan(), by_text=True).text

    assert "Still yours" in said
    assert "yours until 10:00" in said
    assert "pagerd reassign PAGE PERSON" in said


def test_words_of_people_and_alerts_are_data():
    """A note can forge no heading of its own and no tag."""
    note = HandoffNote(id="h-1", schedule="payments-primary", by="ana", at=NOW, text="<b>x</b>\u202e")
    over = Handover(team="payments", notes=(note,), pages=(replace(A_PAGE, title="a\nb"),), pages_count=1, since=NOW)
    mail = notice_mail(a_notice(a_line(News.BEGAN), handovers=(over,)), a_plan(), by_text=True)

    assert "<b>" not in mail.html
    assert "\u202e" not in mail.text
    assert "a b, since" in mail.text


def test_a_note_alone_says_nothing_of_what_is_open():
    """It came after the shift began: what is open was told then."""
    note = HandoffNote(id="h-1", schedule="payments-primary", by="ana", at=NOW, text="The canary is sick.")
    over = Handover(team="payments", notes=(note,), pages=(A_PAGE,), pages_count=1, since=NOW - WEEK)
    late = a_line(News.NOTE, start=NOW - HOUR, people=("ana",))
    said = notice_mail(a_notice(late, handovers=(over,)), a_plan(), by_text=True).text

    assert "The canary is sick." in said
    assert "What is open" not in said


def test_a_page_that_an_incident_carries_has_no_end():
    """Whoever has it is at work: nobody reads until when."""
    over = Handover(team="payments", pages=(replace(A_PAGE, until=None),), pages_count=1, since=NOW - WEEK)
    said = notice_mail(a_notice(a_line(News.BEGAN), handovers=(over,)), a_plan(), by_text=True).text

    assert "CheckoutErrors, since 08:00: Ana has it\n" in said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            a_line(News.BEGAN, as_shadow=True),
            "You are a shadow in payments-primary until 19 Jan 09:00: not paged first",
        ),
        (a_line(News.BEGAN, end=None, as_shadow=True), "You are a shadow in payments-primary: not paged first"),
        (a_line(News.COMES, as_shadow=True), "You will be a shadow in payments-primary from 09:00: not paged first"),
        (a_line(News.ENDED, as_shadow=True), "You are no shadow in payments-primary any more"),
        (
            a_line(News.MOVED, was_start=NOW - HOUR, was_end=NOW + WEEK, as_shadow=True),
            "CHANGED: you are a shadow in payments-primary from 09:00 until 19 Jan 09:00",
        ),
        (
            a_line(News.MOVED, was_end=NOW + WEEK, end=None, as_shadow=True),
            "CHANGED: you are a shadow in payments-primary until later",
        ),
        (a_line(News.GONE, as_shadow=True), "CHANGED: you are no shadow in payments-primary from 09:00"),
    ],
)
def test_a_text_to_a_shadow_says_first_that_they_are_one(line, says):
    """Nobody who reads the first words alone takes themself for the one on call."""
    notice = a_notice(line)

    assert notice_text(notice, a_plan()).body == f"pagerd: {says}"
    assert notice_mail(notice, a_plan(), by_text=True).subject == f"[on call] {says}"


def test_nothing_goes_over_to_a_shadow():
    """A note for the next one is not theirs to write."""
    said = notice_mail(a_notice(a_line(News.BEGAN, as_shadow=True)), a_plan(), by_text=True).text

    assert "Before you go off" not in said
