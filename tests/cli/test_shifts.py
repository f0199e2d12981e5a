import json
import subprocess
import sys

import pytest

from tests.cli.fake_daemon import environment, pagerd

SPAN = ("--from", "2026-12-24T03:00", "--to", "2027-01-03")

LAID = [
    {"start": "2026-12-24T02:00:00+00:00", "end": "2026-12-28T08:00:00+00:00", "on_call": ["cho"]},
    {"start": "2026-12-28T08:00:00+00:00", "end": "2027-01-03T23:00:00+00:00", "on_call": ["ana"]},
]


def test_a_schedule_is_laid_out_from_the_files(directory):
    """Exactly the documented keys, instants in UTC; a date as the end includes that day."""
    said = pagerd("shifts", "shop-primary", *SPAN, "-c", str(directory), "-o", "json", cwd=directory.parent)

    assert said.returncode == 0
    assert json.loads(said.stdout) == {"shifts": LAID}
    assert f"From the files in {directory}" in said.stderr


def test_a_person_is_laid_out_over_all_schedules(command):
    """With the schedule of each shift."""
    said = command("shifts", "--person", "ana", *SPAN, "-c", ".", "-o", "json")

    shifts = json.loads(said.out)["shifts"]
    assert [(one["schedule"], one["start"], one["on_call"]) for one in shifts] == [
        ("shop-secondary", "2026-12-24T02:00:00+00:00", ["ana"]),
        ("shop-primary", "2026-12-28T08:00:00+00:00", ["ana"]),
    ]


def test_the_table_is_on_the_clock_of_the_machine_and_counts_nights(command):
    """Who has which nights and weekends is what people look for."""
    said = command("shifts", "-c", ".", "shop-primary", *SPAN)

    header, first, second = (line.split() for line in said.out.splitlines())
    assert header == ["FROM", "TO", "LASTS", "ON", "CALL", "NIGHTS", "WEEKEND"]
    assert first[:8] == ["Thu", "2026-12-24", "03:00", "CET", "Mon", "2026-12-28", "09:00", "CET"]
    assert first[8:] == ["4d", "6h", "cho", "5", "Sat", "Sun"]
    assert second[8:] == ["6d", "15h", "ana", "6", "Sat", "Sun"]


def test_a_gap_is_loud(directory, command):
    """Nobody is written as `oncall` writes it."""
    rotation = directory / "rotations/shop.yaml"
    rotation.write_text(rotation.read_text().replace("people: [", "only: [mon-fri 09:00-17:00], people: ["))
    said = command("shifts", "-c", ".", "shop-primary", "--from", "2026-12-24", "--to", "2026-12-24")

    assert [line.split()[9] for line in said.out.splitlines()[1:]] == ["NOBODY", "cho", "NOBODY"]


def test_the_daemon_is_asked_first(daemon, command):
    """It knows what people stored by command; for a person another path."""
    daemon.answers_to("GET /api/v1/schedules/shop-primary/shifts", {"shifts": LAID})
    daemon.answers_to("GET /api/v1/people/ana/shifts", {"shifts": []})
    said = command("shifts", "shop-primary", *SPAN, "-o", "json")
    none = command("shifts", "--person", "ana", *SPAN)

    assert (said.code, said.err, json.loads(said.out)) == (0, "", {"shifts": LAID})
    query = "from=2026-12-24T02%3A00%3A00%2B00%3A00&to=2027-01-03T23%3A00%3A00%2B00%3A00"
    assert daemon.asked[0].path == f"/api/v1/schedules/shop-primary/shifts?{query}"
    assert (none.out, none.err) == ("", "ana is on call nowhere in that time.\n")


def test_a_calendar_is_written_as_it_is_to_stand_in_a_file(directory):
    """Its lines end as the standard wants them, and whole shifts stand in it."""
    said = subprocess.run(
        [sys.executable, "-m", "pagerd", "shifts", "--person", "ana", *SPAN, "--ics", "-c", "."],
        cwd=directory,
        env=environment(),
        capture_output=True,
        timeout=50,
        check=True,
    )

    assert said.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert said.stdout.endswith(b"END:VCALENDAR\r\n")
    assert b"DTSTART:20261228T080000Z\r\nDTEND:20270104T080000Z\r\n" in said.stdout


def test_a_picture_is_drawn_of_a_schedule(command):
    """From the files, or by the daemon."""
    said = command("shifts", "shop-primary", *SPAN, "--svg", "-c", ".")

    assert said.code == 0
    assert said.out.startswith("<svg ")
    assert "cho until Mon 28 Dec 09:00." in said.out


def test_calendars_and_pictures_come_from_the_daemon_as_they_are(daemon, command):
    """Byte for byte: what it answers is the file."""
    daemon.answers_to("GET /api/v1/people/ana/shifts.ics", "BEGIN:VCALENDAR\r\n")
    daemon.answers_to("GET /api/v1/schedules/shop-primary/shifts.svg", "<svg/>\n")

    assert command("shifts", "--person", "ana", "--ics").out == "BEGIN:VCALENDAR\r\n"
    assert command("shifts", "shop-primary", "--svg").out == "<svg/>\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--person", "ana", "--svg"), 2, "a picture is of a SCHEDULE"),
        (("shop-primary", "--svg", "--from", "2026-01-02", "--to", "2028-01-01"), 2, "at most 366 days"),
        (("shop-primery", "--ics"), 5, "did you mean shop-primary?"),
        (("--person", "anna", "--ics"), 5, "did you mean ana?"),
        (("shop-primery",), 5, "did you mean shop-primary?"),
        (("--person", "anna"), 5, "did you mean ana?"),
        ((), 2, "name a SCHEDULE"),
        (("shop-primary", "--person", "ana"), 2, "name a SCHEDULE"),
        (("shop-primary", "--from", "2026-01-02", "--to", "2026-01-01"), 2, "the end must come after the start"),
        (("shop-primary", "--from", "2026-01-02", "--to", "2046-01-01"), 2, "longer than 3660 days"),
    ],
)
def test_what_cannot_be_laid_out_is_said(command, arguments, code, words):
    """Nothing on stdout, so that no script takes it for an answer."""
    said = command("shifts", "-c", ".", *arguments)

    assert (said.code, said.out) == (code, "")
    assert words in said.err
