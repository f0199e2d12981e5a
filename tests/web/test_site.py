"""The status page as pagerd serves it: to anybody, from memory, without a cookie."""

import pytest

from pagerd.web.status_page import files_of
from tests.web.test_status_page import a_page


async def test_before_it_is_drawn_there_is_none(front):
    """That is 503 and not 404: soon there is one."""
    answer = await front.ask("GET", "/status/")

    assert (answer.status, answer.text) == (503, "The status page cannot be shown now.\n")


@pytest.mark.parametrize("path", ["/status/", "/status/index.html", "/status/0123456789.html", "/status/style.css"])
async def test_anybody_reads_it(front, path):
    """The very bytes that are written to disk; a cache keeps them for less than it takes until they change."""
    files = files_of(a_page())
    front.services.site.put(files)
    answer = await front.ask("GET", path)
    again = await front.ask("GET", path, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.status == 200
    assert answer.body == files[path.removeprefix("/status/") or "index.html"]
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/status/none.html", "/status/..%2Fpagerd.yaml", "/status/%2e%2e", "/status/a/b"])
async def test_nothing_else_is_there(front, path):
    """No path of a request ever reaches a disk."""
    front.services.site.put(files_of(a_page()))

    assert (await front.ask("GET", path)).status == 404


async def test_without_its_slash_it_leads_to_it(front):
    """Its links are relative to the folder, wherever a proxy put that."""
    answer = await front.ask("GET", "/status")

    assert (answer.status, answer.headers["Location"]) == (308, "status/")


async def test_it_is_read_while_the_store_is_in_trouble(front):
    """Nothing is looked up for a reader."""
    front.services.site.put(files_of(a_page()))
    front.store.fails = True

    assert (await front.ask("GET", "/status/")).status == 200
