import json

from tests.config.test_ahead_words import blocks_below

SHARE = {
    "schedule": "shop",
    "layer": "layer 1",
    "person": "ana",
    "nights": 7.25,
    "nights_equal": 7.0,
    "weekend_days": 2.0,
    "weekend_days_equal": 2.0,
    "holidays": 0.0,
    "holidays_equal": 0.33,
}
ANSWER = {"from": "2026-01-12T08:00:00+00:00", "to": "2026-02-02T08:00:00+00:00", "revision": "x", "shares": [SHARE]}


def test_the_daemon_knows_of_overrides_and_is_asked_first(daemon, command):
    """With the schedule or team, and the span in instants."""
    daemon.answers_to("GET /api/v1/reports/shares", ANSWER)
    said = command("report", "shares", "shop", "--from", "2026-01-12", "--to", "2026-02-01")

    assert said.out.splitlines()[1].split() == ["shop", "layer", "1", "ana", "7.2", "7.0", "2.0", "2.0", "0.0", "0.3"]
    assert daemon.asked[0].path == (
        "/api/v1/reports/shares?name=shop&from=2026-01-11T23%3A00%3A00%2B00%3A00&to=2026-02-01T23%3A00%3A00%2B00%3A00"
    )


def test_the_files_answer_alone(directory, command):
    """Three people, three weeks each."""
    said = command(
        "report", "shares", "-c", ".", "--from", "2026-01-12 09:00", "--to", "2026-03-16 09:00", "-o", "json"
    )
    answer = json.loads(said.out)

    assert said.code == 0
    assert said.err.startswith("From the files in .; what people stored by command")
    assert [(one["schedule"], one["person"], one["nights"]) for one in answer["shares"]] == [
        *(("shop-primary", person, 21.0) for person in ("ana", "ben", "cho")),
        *(("shop-secondary", person, 21.0) for person in ("ana", "ben", "cho")),
    ]
    assert (answer["from"], answer["to"]) == ("2026-01-12T08:00:00+00:00", "2026-03-16T08:00:00+00:00")


def test_a_span_longer_than_check_looks_is_refused(directory, command):
    """Or one that ends before it begins, or of a schedule that is not there."""
    assert command("report", "shares", "-c", ".", "--from", "2026-01-12", "--to", "2028-01-12").code == 2
    assert command("report", "shares", "-c", ".", "--from", "2026-01-12", "--to", "2026-01-01").code == 2
    assert command("report", "shares", "nothing", "-c", ".").code == 5


def test_without_a_span_it_is_from_now_on(directory, command):
    """400 days."""
    assert "shop-primary" in command("report", "shares", "shop", "-c", ".").out


def test_the_page_shows_what_it_says(directory, command):
    """Of the example's rotations, from the day on which `check` looked at them."""
    rotations, _ = blocks_below("### An example")
    (directory / "rotations/shop.yaml").write_text(rotations)
    said = command("report", "shares", "shop", "-c", ".", "--from", "2026-11-23", "--to", "2027-02-28")

    assert blocks_below("## What lies ahead of whom") == [said.out]
