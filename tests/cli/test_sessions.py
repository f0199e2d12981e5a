SESSION = {
    "id": "w-3fKq9a",
    "person": "ana",
    "medium": "sms",
    "agent": "Firefox on a phone",
    "began_at": "2026-01-06T11:00:00+00:00",
    "seen_at": "2026-01-06T12:00:00+00:00",
    "ends_at": "2026-01-13T11:00:00+00:00",
}


def test_sessions_are_listed(daemon, command):
    """Whose, since when, and in which browser."""
    daemon.answers_to("GET /api/v1/sessions", {"sessions": [SESSION]})
    said = command("sessions", "list")

    assert said.code == 0
    assert all(word in said.out for word in ("w-3fKq9a", "ana", "Firefox on a phone"))


def test_nobody_is_signed_in(daemon, command):
    """An empty list says so."""
    daemon.answers_to("GET /api/v1/sessions", {"sessions": []})

    assert "Nobody is signed in." in command("sessions", "list").err


def test_one_session_is_ended(daemon, command):
    """By its id."""
    daemon.answers_to("DELETE /api/v1/sessions/w-3fKq9a", {"sentence": "w-3fKq9a is ended."})

    assert command("sessions", "end", "w-3fKq9a").out == "w-3fKq9a is ended.\n"


def test_all_of_a_person_are_ended(daemon, command):
    """When a phone is lost, nobody looks for ids."""
    daemon.answers_to("POST /api/v1/people/ana/sign-out", {"sentence": "ana is signed out everywhere."})

    assert command("sessions", "end", "--person", "ana").out == "ana is signed out everywhere.\n"


def test_ending_wants_one_of_both(daemon, command):
    """Neither says nothing, both say two things."""
    assert command("sessions", "end").code == 2
    assert command("sessions", "end", "w-1", "--person", "ana").code == 2
    assert daemon.asked == []
