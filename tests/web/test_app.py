import asyncio

import pytest

from pagerd.web.app import Table
from pagerd.web.auth import Scope
from pagerd.web.routes import Route
from tests.web.front import a_front


async def nothing(call):
    """Stand for an act."""


def a_table(*paths):
    """Return a table with one GET route per path."""
    return Table(Route("GET", path, Scope.OPEN, nothing) for path in paths)


@pytest.mark.parametrize(
    ("path", "route", "parts"),
    [
        ("/a/b", "/a/b", {}),
        ("/a/c", "/a/{x}", {"x": "c"}),
        ("/a/b/d", "/a/{x}/d", {"x": "b"}),
        ("/a/b%2Fc", "/a/{x}", {"x": "b/c"}),
        ("/a/%ff", "/a/{x}", {"x": "\ufffd"}),
    ],
)
def test_a_literal_wins_and_a_dead_end_goes_back(path, route, parts):
    """`/a/b` is itself, and still `/a/b/d` finds the named segment."""
    found, named, _ = a_table("/a/b", "/a/{x}", "/a/{x}/d").find("GET", path)

    assert (found.path, named) == (route, parts)


@pytest.mark.parametrize("path", ["", "/", "/a", "/a/", "/a/b/", "//a/b", "/a/b%00", "/b", "/a/b/c/d/e/f/g/h/i/j"])
def test_what_is_not_there_is_not_found(path):
    """No empty segment, no NUL, nothing longer than any route."""
    assert a_table("/a/b", "/a/{x}/d").find("GET", path) == (None, {}, ())


def test_another_method_is_told_which_there_are():
    """And HEAD is GET."""
    table = a_table("/a")
    assert table.find("PUT", "/a") == (None, {}, ("GET",))
    assert table.find("HEAD", "/a")[0].path == "/a"


def test_two_routes_of_one_path_are_a_fault():
    """The table says so when it is made."""
    with pytest.raises(AssertionError, match="two routes"):
        a_table("/a/{x}", "/a/{y}")


async def test_a_fault_of_ours_is_500_and_the_next_request_is_answered(front, monkeypatch):
    """One broken act does not take the server with it, and nothing of the fault is told to strangers."""

    def broken():
        raise RuntimeError("secret detail")

    monkeypatch.setattr(front.services, "status", broken)
    answer = await front.ask("GET", "/-/ready")

    assert answer.status == 500
    assert "secret" not in answer.text
    assert (await front.ask("GET", "/-/healthy")).status == 200


async def test_closing_is_final_and_may_be_repeated(tmp_path):
    """After close nobody gets in."""
    async with a_front(tmp_path) as front:
        await front.app.close()
        await front.app.close()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", front.port)
