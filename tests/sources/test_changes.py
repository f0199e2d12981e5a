"""What a pipeline sends: all of a message or none of it, and each refusal says where."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from pagerd.core.changes import ID_MAX, NAME_MAX, WHAT_MAX, ChangeKind
from pagerd.core.errors import Unreadable
from pagerd.sources.base import Limits
from pagerd.sources.changes import BODY_MAX, CHANGES_MAX, at_once, parse
from tests.builders import NOON

DEPLOY = {"kind": "deploy", "service": "payments-api", "what": "release 41"}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "changes.md"


def read(sent):
    """Read what a pipeline sends at NOON."""
    return parse(json.dumps(sent).encode(), NOON, Limits()).changes


def test_one_change_or_many():
    """A single one needs no list around it; unknown keys mean nothing."""
    [one] = read(DEPLOY | {"color": "green"})
    two = read({"changes": [DEPLOY, DEPLOY | {"kind": "rollback"}]})

    assert (one.kind, one.service, one.what) == (ChangeKind.DEPLOY, "payments-api", "release 41")
    assert (one.at, one.by, one.link, one.id) == (NOON, "", "", None)
    assert [change.kind for change in two] == [ChangeKind.DEPLOY, ChangeKind.ROLLBACK]
    assert read({"changes": []}) == ()


def test_the_example_of_the_page_is_read():
    """Each key that it names arrives."""
    [body] = re.findall(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)
    [one] = parse(body.encode(), NOON, Limits()).changes

    assert (one.id, one.by, one.link) == ("run-8123", "ana", "https://ci.example.com/runs/8123")
    assert one.at.isoformat() == "2026-01-05T03:12:44+00:00"


def test_it_is_known_by_its_id_or_by_all_that_it_says():
    """Where it says neither an id nor when it was, nothing tells it from another."""
    at = {"at": "2026-01-05T03:12:44Z"}

    def identity(**more):
        return read(DEPLOY | more)[0].id

    assert identity(id="run-1", **at) == identity(id="run-1") == "run-1"
    assert identity(**at) == identity(**at) is not None
    assert len({identity(**at), identity(at="2026-01-05T03:12:45Z"), identity(by="ana", **at)}) == 3
    assert identity() is None


REFUSED = [
    ({"kind": "party"}, r"\$\.kind"),
    ({"kind": 7}, r"\$\.kind"),
    ({"what": "  \u202e\n "}, r"\$\.what"),
    ({"service": ""}, r"\$\.service"),
    ({"id": ""}, r"\$\.id"),
    ({"id": "x" * (ID_MAX + 1)}, r"\$\.id"),
    ({"at": (NOON + timedelta(minutes=6)).isoformat()}, r"\$\.at.*to come"),
    ({"at": "1969-01-01T00:00:00Z"}, r"\$\.at"),
    ({"at": "yesterday"}, r"\$\.at"),
    ({"link": ["https://example.com"]}, r"\$\.link"),
]


@pytest.mark.parametrize(("wrong", "place"), REFUSED)
def test_a_wrong_change_is_refused_with_its_place(wrong, place):
    """Alone, and among good ones, which are then not taken either."""
    with pytest.raises(Unreadable, match=place):
        read(DEPLOY | wrong)
    with pytest.raises(Unreadable, match=place.replace(r"\$", r"\$\.changes\[1\]")):
        read({"changes": [DEPLOY, DEPLOY | wrong]})
    assert at_once(json.dumps(DEPLOY | wrong).encode(), NOON, Limits()) is None


def test_a_clock_that_is_a_little_ahead_is_believed():
    """No two clocks agree; what is far in the past is told late, and is as true."""
    for at in (NOON + timedelta(minutes=4), NOON - timedelta(days=3000)):
        assert read(DEPLOY | {"at": at.isoformat()})[0].at == at


def test_words_are_lines_of_bounded_length():
    """What is sent to a screen at night forges no line of its own."""
    [one] = read(DEPLOY | {"what": "a\nb\u202e" + "x" * 9000, "service": "s" * 900, "by": "b" * 900})

    assert one.what.startswith("a bx")
    assert (len(one.what), len(one.service), len(one.by)) == (WHAT_MAX, NAME_MAX, NAME_MAX)
    assert "\u202e" not in one.what


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x", "https://x y", "//x", "https://x\u202e"])
def test_a_link_that_is_none_is_left_out(link):
    """It is shown as something to press; without it the change is as true."""
    assert read(DEPLOY | {"link": link})[0].link == ""


def test_too_much_is_refused_unread():
    """A pipeline has no more to say in one run."""
    with pytest.raises(Unreadable, match=f"at most {CHANGES_MAX}"):
        read({"changes": [DEPLOY] * (CHANGES_MAX + 1)})
    with pytest.raises(Unreadable, match=f"at most {BODY_MAX} bytes"):
        parse(b" " * (BODY_MAX + 1), NOON, Limits())
