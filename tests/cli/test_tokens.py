TOKEN = {
    "id": "k-1",
    "person": "ana",
    "name": "laptop",
    "scopes": ["read", "ack"],
    "created_at": "2026-01-06T11:00:00+00:00",
    "expires_at": None,
    "last_used_at": None,
}


def test_the_token_alone_is_on_stdout(daemon, command):
    """So that a shell can put it into a file; the rest is talk, without the token."""
    ends = "2026-04-06T11:00:00+00:00"
    daemon.answers_to("POST /api/v1/tokens", {"token": "pgr_secret", **TOKEN, "expires_at": ends}, 201)
    said = command("token", "create", "ana", "laptop", "--scope", "read", "--scope", "ack", "--expires", "90d")

    assert (said.code, said.out) == (0, "pgr_secret\n")
    assert "k-1 speaks for ana (read, ack) until Mon 2026-04-06 13:00 CEST." in said.err
    assert "pgr_secret" not in said.err
    assert daemon.asked[0].body == {"person": "ana", "name": "laptop", "scopes": ["read", "ack"], "for": "90d"}


def test_a_token_without_an_end_says_so(daemon, command):
    """Nobody believes that it ends by itself."""
    daemon.answers_to("POST /api/v1/tokens", {"token": "pgr_secret", **TOKEN}, 201)
    said = command("token", "create", "ana", "laptop", "--scope", "read")

    assert "until it is revoked" in said.err
    assert "for" not in daemon.asked[0].body


def test_a_scope_that_is_not_known_is_wrong_usage(daemon, command):
    """The three that there are stand in the message."""
    said = command("token", "create", "ana", "laptop", "--scope", "root")

    assert said.code == 2
    assert all(scope in said.err for scope in ("read", "ack", "admin"))
    assert daemon.asked == []


def test_tokens_are_listed_with_their_last_use(daemon, command):
    """One that was never used is seen, and never the token itself."""
    daemon.answers_to("GET /api/v1/tokens", {"tokens": [TOKEN]})
    said = command("token", "list")

    assert said.out.splitlines()[1].split()[:5] == ["k-1", "ana", "laptop", "read,", "ack"]
    assert said.out.splitlines()[1].split()[-2:] == ["never", "never"]
