import asyncio
from datetime import timedelta

import pytest

from pagerd.web.app import Table, local_app
from pagerd.web.auth import Scope
from pagerd.web.route import Route
from pagerd.web.services import LocalUsers
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


async def test_an_answer_says_in_which_zone_its_reader_lives(front):
    """By the files; whoever is nobody of them, and whoever asks without a name, hears of none."""
    eva = await front.ask("GET", "/api/v1/pages", token=await front.token("eva", "read"))
    refused = await front.ask("GET", "/api/v1/pages")
    probe = await front.ask("GET", "/-/healthy")

    assert eva.headers["Pagerd-Zone"] == "Europe/Lisbon"
    assert "Pagerd-Zone" not in refused.headers
    assert "Pagerd-Zone" not in probe.headers


async def test_a_fault_of_ours_is_500_and_the_next_request_is_answered(front, monkeypatch):
    """One broken act does not take the server with it, and nothing of the fault is told to strangers."""

    def broken():
        raise RuntimeError("secret detail")

    monkeypatch.setattr(front.services, "status", broken)
    answer = await front.ask("GET", "/-/ready")

    assert answer.status == 500
    assert "secret" not in answer.text
    assert (await front.ask("GET", "/-/healthy")).status == 200


async def scraped(front):
    """Return the samples of a scrape by their name and labels."""
    text = (await front.ask("GET", "/metrics")).text
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


async def test_answers_are_counted_by_route_and_never_by_path(front):
    """What was asked for stands in no label; HEAD counts as the GET that it is."""
    page = await front.page()
    token = await front.token("ana", "read")
    for path in (f"/api/v1/pages/{page}", "/api/v1/pages/p-nowhere"):
        await front.ask("GET", path, token=token)
    await front.ask("GET", f"/api/v1/pages/{page}")
    await front.ask("HEAD", "/-/healthy")
    seen = await scraped(front)

    labels = 'handler="/api/v1/pages/{page}",method="GET"'
    by_code = {code: seen.get(f'pagerd_http_requests_total{{code="{code}",{labels}}}') for code in (200, 401, 404, 500)}
    assert by_code == {200: "1.0", 401: "1.0", 404: "1.0", 500: "0.0"}
    assert seen[f"pagerd_http_request_duration_seconds_count{{{labels}}}"] == "3.0"
    assert seen['pagerd_http_requests_total{code="200",handler="/-/healthy",method="GET"}'] == "1.0"
    assert page not in "".join(seen)
    assert "nowhere" not in "".join(seen)


async def test_what_no_route_takes_is_counted_in_one_place(front):
    """Whoever tries a thousand paths, or every method there is, makes no series of their own; nonsense is there too."""
    before = set(await scraped(front))
    for number in range(20):
        await front.ask("GET", f"/wp-admin/{number}")
    for method in ("PUT", "PATCH", "PROPFIND", "LOCK"):
        await front.ask(method, "/-/healthy")
    assert (await front.ask("NONSENSE", "/-/healthy")).status == 400
    seen = await scraped(front)

    other = 'handler="other",method="other"'
    new = {
        f'pagerd_http_requests_total{{code="{code}",{other}}}': count
        for code, count in (("400", "1.0"), ("404", "20.0"), ("405", "4.0"))
    }
    assert {name: seen[name] for name in set(seen) - before} == new


async def test_how_long_an_answer_took_is_measured(front, monkeypatch):
    """The store needs two seconds to answer; the scrape that shows it is not among those."""
    read = front.store.read

    async def slowly(unit):
        front.clock.move_to(front.clock.now() + timedelta(seconds=2))
        return await read(unit)

    monkeypatch.setattr(front.store, "read", slowly)
    await front.ask("GET", "/api/v1/pages")
    await front.ask("GET", "/api/v1/pages", token="pgr_" + "0" * 30 + "_" + "0" * 6)
    token = await front.token("ana", "read")
    await front.ask("GET", "/api/v1/pages", token=token)
    seen = await scraped(front)

    labels = 'handler="/api/v1/pages"'
    assert seen[f'pagerd_http_request_duration_seconds_bucket{{{labels},le="0.5",method="GET"}}'] == "2.0"
    assert seen[f'pagerd_http_request_duration_seconds_sum{{{labels},method="GET"}}'] == "4.0"


async def test_both_doors_count_together(front):
    """The Unix socket of the host is no handler of its own."""
    own = local_app(front.services, LocalUsers(trusted=frozenset(), login_of=lambda _uid: None))

    assert own._answers["GET", "/-/ready"] is front.app._answers["GET", "/-/ready"]


async def test_closing_is_final_and_may_be_repeated(tmp_path):
    """After close nobody gets in."""
    async with a_front(tmp_path) as front:
        await front.app.close()
        await front.app.close()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", front.port)


@pytest.mark.parametrize(
    ("path", "back"),
    [("/nowhere", 'href="me"'), ("/i/7/x/y", 'href="../../../me"'), ("/%2e%2e/<script>", 'href="../me"')],
)
async def test_a_person_at_an_address_of_nothing_reads_a_page(front, path, back):
    """With the way to their own; what they asked for is not repeated there."""
    answer = await front.ask("GET", path, headers={"Accept": "text/html,application/xhtml+xml"})

    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert (back in answer.text, "<script>" in answer.text) == (True, False)


@pytest.mark.parametrize(
    ("method", "path", "accept"),
    [("GET", "/nowhere", "*/*"), ("GET", "/api/v1/nowhere", "text/html"), ("POST", "/nowhere", "text/html")],
)
async def test_a_program_at_an_address_of_nothing_reads_json(front, method, path, accept):
    """Whoever asks for no page, and everybody below the API."""
    answer = await front.ask(method, path, headers={"Accept": accept})

    assert (answer.status, answer.json["hint"]) == (404, "the API begins at /api/v1/")
