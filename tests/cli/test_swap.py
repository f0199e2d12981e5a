"""`pagerd swap`: what is asked for is shown before anybody is asked."""

import pytest

SWAP = {
    "id": "x-1",
    "schedule": "shop-primary",
    "by": "ana",
    "of": "cho",
    "parts": [
        {"from": "2026-01-05T08:00:00+00:00", "to": "2026-01-12T08:00:00+00:00", "giver": "ana", "taker": "cho"},
        {"from": "2026-01-19T08:00:00+00:00", "to": "2026-01-26T08:00:00+00:00", "giver": "cho", "taker": "ana"},
    ],
    "why": "a wedding",
    "status": "requested",
}
CHANGE = {
    "schedule": "shop-primary",
    "from": "2026-01-05T08:00:00+00:00",
    "to": "2026-01-12T08:00:00+00:00",
    "before": ["ana"],
    "after": ["cho"],
}


def test_a_request_shows_first_what_it_would_change(daemon, command):
    """A time in a shift means all of it, and two times a part; a date as an end includes that day."""
    daemon.answers_to("POST /api/v1/swaps/preview", {"swap": SWAP, "changes": [CHANGE]})
    daemon.answers_to("POST /api/v1/swaps", {"sentence": "x-1: cho is asked.", "swap": SWAP})

    said = command(
        *("swap", "request", "shop-primary", "--mine", "2026-01-06T10:00/2026-01-07", "--theirs", "2026-01-20T10:00"),
        *("--why", "a wedding"),
    )

    assert (said.code, said.out) == (0, "x-1: cho is asked.\n")
    assert "ana" in said.err
    assert "cho" in said.err
    assert [one.body for one in daemon.asked] == 2 * [
        {
            "schedule": "shop-primary",
            "mine": {"from": "2026-01-06T09:00:00+00:00", "to": "2026-01-07T23:00:00+00:00"},
            "theirs": {"from": "2026-01-20T09:00:00+00:00", "to": None},
            "of": None,
            "why": "a wedding",
        }
    ]


def test_whom_to_ask_must_be_said(daemon, command):
    """By their shift or by their name."""
    said = command("swap", "request", "shop-primary", "--mine", "now")

    assert (said.code, daemon.asked) == (2, [])
    assert "with whom? name --theirs" in said.err


def test_answers(daemon, command):
    """Each is one act on one swap."""
    for act in ("accept", "refuse", "withdraw"):
        daemon.answers_to(f"POST /api/v1/swaps/x-1/{act}", {"sentence": f"{act}.", "swap": SWAP})

    assert command("swap", "accept", "x-1").out == "accept.\n"
    assert command("swap", "refuse", "x-1", "--why", "no").out == "refuse.\n"
    assert command("swap", "withdraw", "x-1").out == "withdraw.\n"
    assert [one.body for one in daemon.asked] == [{}, {"why": "no"}, {}]


@pytest.mark.parametrize(("more", "query"), [((), ""), (("--ended",), "?ended=true")])
def test_the_list_has_a_row_for_each_shift(daemon, command, more, query):
    """With who takes it."""
    daemon.answers_to("GET /api/v1/swaps", {"swaps": [SWAP]})
    rows = command("swap", "list", *more).out.splitlines()[1:]

    assert [row.split()[:6] for row in rows] == [
        ["x-1", "shop-primary", "ana", "cho", "requested", "cho"],
        ["x-1", "shop-primary", "ana", "cho", "requested", "ana"],
    ]
    assert daemon.asked[0].path == f"/api/v1/swaps{query}"
