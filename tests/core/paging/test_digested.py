"""What a digest says."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from pagerd.core.digest import AnchorLine, Digest, HeldLine, Mending, PageLine, TicketLine
from pagerd.core.paging.digested import MENDING, digest_mail
from pagerd.core.paging.letter import WIDTH
from pagerd.core.policy import Test
from tests.builders import NOON

HOSTILE = "</td><script>alert(1)</script>\r\nBcc: all@example.com\u202e" + "x" * 5000

QUIET = Digest(
    id="digest-payments-2026-01-06",
    team="payments",
    name="Payments",
    zone="Europe/Berlin",
    day="2026-01-06",
    at=NOON,
    since=NOON - timedelta(days=1),
    due=NOON,
    has_mail=True,
)
A_LINE = TicketLine(
    id="t-1", severity="sev3", title="DiskFull", service="", opened_at=NOON, is_new=True, is_firing=True
)


def hostile(count: int) -> Digest:
    """Return a digest in which every word of an alert means harm."""
    line = replace(A_LINE, severity=HOSTILE, title=HOSTILE, service=HOSTILE, taken_by=HOSTILE, team=HOSTILE)
    mending = Mending(ticket="t-1", title=HOSTILE, rule=HOSTILE, fails=(f"clear: {HOSTILE}", HOSTILE))
    page = PageLine(id="p-1", severity=HOSTILE, title=HOSTILE, opened_at=NOON, holder=HOSTILE)
    return replace(
        QUIET,
        tickets=(line,) * count,
        tickets_count=count * 9,
        to_mend=(mending,) * count,
        to_mend_count=count,
        held=(HeldLine(title=HOSTILE, service=HOSTILE, until=NOON),) * count,
        held_count=count,
        pages=(page,) * count,
        pages_count=count,
    )


def test_a_day_on_which_nothing_waits_is_said_in_a_few_lines() -> None:
    """The mail comes all the same: one that does not come says that pagerd is down."""
    mail = digest_mail(QUIET)

    assert mail.subject == "[digest] payments 2026-01-06: nothing waits"
    assert "Nothing waits" in mail.text
    assert "Late" not in mail.text
    assert "Tickets" not in mail.text
    assert (mail.urgent, mail.thread, mail.list_id) == (False, QUIET.id, "payments.digest")


def test_one_of_each_is_counted_as_one() -> None:
    """The subject is what most people read of it."""
    mail = digest_mail(replace(QUIET, tickets=(A_LINE,), tickets_count=1, new_count=1, pages_count=1))

    assert mail.subject == "[digest] payments 2026-01-06: 1 ticket, 1 new, 1 page open"


def test_a_late_one_says_so() -> None:
    """Whoever reads at noon what belongs to the morning must know why."""
    late = digest_mail(replace(QUIET, due=NOON - timedelta(hours=3, minutes=5)))

    assert "Late: its hour was 08:55, 3h 5m ago" in late.text


@pytest.mark.parametrize("test", list(Test))
def test_every_test_has_words_for_how_to_pass_it(test: Test) -> None:
    """A violation without what to write is a complaint."""
    mending = Mending(ticket="t-1", title="DiskFull", rule=None, fails=(f"{test.value}: because",))
    text = " ".join(digest_mail(replace(QUIET, to_mend=(mending,), to_mend_count=1)).text.split())

    assert f"- not {test.value}: because" in text
    assert f"To be {test.value}: {MENDING[test.value]}." in text


def test_what_an_alert_says_is_data() -> None:
    """It closes no tag, opens no line, turns no text around, and takes no more room than others."""
    mail = digest_mail(hostile(1))
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _attrs: seen.append(tag)  # type: ignore[method-assign]
    parser.feed(mail.html)

    assert "script" not in seen
    assert "alert(1)" in mail.html
    assert not [line for line in mail.text.splitlines() if line.strip().startswith("Bcc")]
    assert "\u202e" not in mail.text + mail.html + mail.subject
    assert len(mail.text) < 20_000


def test_what_does_not_fit_is_counted() -> None:
    """No ticket is lost between the lines."""
    assert "and 16 more: pagerd tickets --team payments" in " ".join(digest_mail(hostile(2)).text.split())


def test_lines_are_as_wide_as_those_of_pages() -> None:
    """But for what has no place to break."""
    words = replace(A_LINE, title="Disk " * 40)
    mail = digest_mail(replace(QUIET, tickets=(words,), tickets_count=1))

    assert max(map(len, mail.text.splitlines())) <= WIDTH


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Nights: nobody was disturbed."),
        (
            {"nights_count": 1, "night_people_count": 2},
            "Nights: 1 page disturbed somebody's night, 2 times in all: see pagerd report nights.",
        ),
        ({}, "This is the address of team Payments, under `mail` in its file."),
        ({"has_mail": False}, "Team Payments has no address of its own: write `mail` into its file."),
        (
            {"anchor": AnchorLine(number=7, hash="ab" * 32, at=NOON)},
            f"Anchor 7, Tue 6 Jan 2026 12:00 (Europe/Berlin): {'ab' * 32} Keep this mail:",
        ),
    ],
)
def test_what_it_says_of_the_night_the_chain_and_itself(changes: dict[str, object], said: str) -> None:
    """Who was disturbed, what to keep for the audit, and why this person got it."""
    mail = digest_mail(replace(QUIET, **changes))  # type: ignore[arg-type]  # each row names real fields

    assert said in " ".join(mail.text.split())


def test_without_an_anchor_nothing_is_said_of_the_chain() -> None:
    """An installation that anchors nothing has no section that is empty."""
    assert "Audit anchor" not in digest_mail(QUIET).text
