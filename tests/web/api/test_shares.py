import pytest


async def test_what_lies_ahead_is_shared_in_the_order_of_turns(front):
    """Three weeks of weekly turns: a week each, of seven nights and two days of a weekend."""
    token = await front.token("ana", "read")
    span = "from=2026-01-12T08:00:00Z&to=2026-02-02T08:00:00Z"
    answer = (await front.ask("GET", f"/api/v1/reports/shares?name=payments-primary&{span}", token=token)).json

    assert (answer["from"], answer["to"]) == ("2026-01-12T08:00:00+00:00", "2026-02-02T08:00:00+00:00")
    assert [(one["person"], one["nights"], one["weekend_days"]) for one in answer["shares"]] == [
        ("ana", 7.0, 2.0),
        ("ben", 7.0, 2.0),
        ("cho", 7.0, 2.0),
    ]
    assert answer["shares"][0] == {
        "schedule": "payments-primary",
        "layer": "layer 1",
        "person": "ana",
        "nights": 7.0,
        "nights_equal": 7.0,
        "weekend_days": 2.0,
        "weekend_days_equal": 2.0,
        "holidays": 0.0,
        "holidays_equal": 0.0,
    }


async def test_an_override_that_somebody_stored_counts(front):
    """Ben takes ana's first night of the next week."""
    token = await front.token("ana", "ack")
    path = "/api/v1/reports/shares?name=payments-primary&from=2026-01-12T08:00:00Z&to=2026-02-02T08:00:00Z"
    body = {"schedule": "payments-primary", "people": ["ben"], "instead_of": "cho"}
    body |= {"from": "2026-01-19T08:00:00Z", "to": "2026-01-20T08:00:00Z"}
    assert (await front.ask("POST", "/api/v1/overrides", token=token, json=body)).status == 201
    shares = (await front.ask("GET", path, token=token)).json["shares"]

    assert {one["person"]: one["nights"] for one in shares} == {"ana": 7.0, "ben": 8.0, "cho": 6.0}


async def test_without_a_span_it_is_as_far_as_check_looks(front):
    """From now on; of all schedules, or those of a team."""
    token = await front.token("ana", "read")
    answer = (await front.ask("GET", "/api/v1/reports/shares", token=token)).json
    of_team = (await front.ask("GET", "/api/v1/reports/shares?name=payments", token=token)).json

    assert (answer["from"], answer["to"]) == ("2026-01-06T11:00:00+00:00", "2027-02-10T11:00:00+00:00")
    assert {one["schedule"] for one in of_team["shares"]} == {"payments-primary", "payments-secondary"}
    assert {one["schedule"] for one in of_team["shares"]} <= {one["schedule"] for one in answer["shares"]}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("name=nobody", 404),
        ("from=2026-01-12T08:00:00Z&to=2026-01-12T08:00:00Z", 400),
        ("to=2028-01-12T08:00:00Z", 400),
        ("from=9999-12-30T00:00:00Z", 400),
        ("from=9998-01-01T00:00:00Z&to=9998-02-01T00:00:00Z", 400),
        ("from=0001-01-01T00:00:00Z", 400),
        ("from=9998-11-26T00:00:00Z", 400),
        ("from=yesterday", 400),
        ("person=ana", 400),
    ],
)
async def test_a_question_that_makes_no_sense(query, status, front):
    """No such schedule, no span, too long a one, beyond the calendar, not a time, not a field."""
    answer = await front.ask("GET", f"/api/v1/reports/shares?{query}", token=await front.token("ana", "read"))

    assert answer.status == status
