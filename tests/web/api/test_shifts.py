import pytest

WEEKS = "from=2026-01-12T00:00:00Z&to=2026-01-20T00:00:00%2B01:00"


async def test_a_schedule_is_laid_out_without_gap_or_overlap(front):
    """The documented keys and no others, cut at the ends of the span."""
    token = await front.token("ana", "read")
    said = await front.ask("GET", f"/api/v1/schedules/payments-primary/shifts?{WEEKS}", token=token)

    assert said.json == {
        "shifts": [
            {"start": "2026-01-12T00:00:00+00:00", "end": "2026-01-12T08:00:00+00:00", "on_call": ["ana"]},
            {"start": "2026-01-12T08:00:00+00:00", "end": "2026-01-19T08:00:00+00:00", "on_call": ["ben"]},
            {"start": "2026-01-19T08:00:00+00:00", "end": "2026-01-19T23:00:00+00:00", "on_call": ["cho"]},
        ]
    }


async def test_a_person_is_laid_out_over_all_schedules(front):
    """Whoever copies a schedule with an offset is on call there as well."""
    token = await front.token("ana", "read")
    said = await front.ask("GET", f"/api/v1/people/ben/shifts?{WEEKS}", token=token)

    assert [(one["schedule"], one["start"][:10], one["end"][:10], one["on_call"]) for one in said.json["shifts"]] == [
        ("payments-secondary", "2026-01-12", "2026-01-12", ["ben"]),
        ("payments-primary", "2026-01-12", "2026-01-19", ["ben"]),
    ]


async def test_without_a_span_it_is_two_weeks_from_now(front):
    """Enough to see the next handoff of a weekly rotation."""
    token = await front.token("ana", "read")
    for path in ("schedules/payments-primary", "people/ana"):
        laid = (await front.ask("GET", f"/api/v1/{path}/shifts", token=token)).json["shifts"]

        assert laid[0]["start"] == "2026-01-06T11:00:00+00:00"
    whole = (await front.ask("GET", "/api/v1/schedules/payments-primary/shifts", token=token)).json["shifts"]
    assert whole[-1]["end"] == "2026-01-20T11:00:00+00:00"


async def test_a_stored_override_is_in_it(front):
    """The daemon knows what people stored by command."""
    token = await front.token("ana", "ack")
    body = {"schedule": "payments-primary", "people": ["cho"], "instead_of": "ben", "why": "agreed"}
    span = {"from": "2026-01-14T00:00:00Z", "to": "2026-01-15T00:00:00Z"}
    assert (await front.ask("POST", "/api/v1/overrides", token=token, json=body | span)).status == 201
    said = await front.ask("GET", f"/api/v1/schedules/payments-primary/shifts?{WEEKS}", token=token)

    assert [one["on_call"] for one in said.json["shifts"]] == [["ana"], ["ben"], ["cho"], ["ben"], ["cho"]]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("schedules/nothing/shifts", 404),
        ("people/nobody/shifts", 404),
        ("schedules/payments-primary/shifts?from=tomorrow", 400),
        ("schedules/payments-primary/shifts?to=2026-01-01T00:00:00Z", 400),
        ("schedules/payments-primary/shifts?to=2027-03-01T00:00:00Z", 400),
        ("schedules/payments-primary/shifts?from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z", 400),
        ("people/ana/shifts?from=9999-12-30T00:00:00Z", 400),
        ("people/ana/shifts?from=9500-12-30T00:00:00Z", 400),
        ("people/ana/shifts?until=2026-02-01T00:00:00Z", 400),
    ],
)
async def test_what_cannot_be_laid_out_is_refused(front, path, status):
    """What is not there, what is no span, and what is too long of one."""
    said = await front.ask("GET", f"/api/v1/{path}", token=await front.token("ana", "read"))

    assert said.status == status
    assert said.json["error"]


async def test_shifts_are_written_as_a_calendar_and_drawn_as_a_picture(front):
    """A calendar holds whole shifts, so that the span does not cut them."""
    token = await front.token("ana", "read")
    for path in ("schedules/payments-primary", "people/ben"):
        said = await front.ask("GET", f"/api/v1/{path}/shifts.ics?{WEEKS}", token=token)
        assert (said.status, said.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert "DTSTART:20260112T080000Z\r\nDTEND:20260119T080000Z\r\n" in said.text
    drawn = await front.ask("GET", f"/api/v1/schedules/payments-primary/shifts.svg?{WEEKS}", token=token)

    assert (drawn.status, drawn.headers["Content-Type"]) == (200, "image/svg+xml")
    assert "ben until Mon 19 Jan 09:00." in drawn.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("schedules/ana/shifts.ics", 404),
        ("people/payments/shifts.ics", 404),
        ("schedules/nothing/shifts.svg", 404),
        ("schedules/payments-primary/shifts.svg?to=2027-02-01T00:00:00Z", 400),
        ("schedules/payments-primary/shifts.ics?from=1899-02-01T00:00:00Z&to=1899-03-01T00:00:00Z", 400),
    ],
)
async def test_neither_is_made_of_what_cannot_be_laid_out(front, path, status):
    """A name of another kind, too long a span, and a time before all time."""
    assert (await front.ask("GET", f"/api/v1/{path}", token=await front.token("ana", "read"))).status == status
