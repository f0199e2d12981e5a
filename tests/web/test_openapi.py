"""The OpenAPI document is that of the routes; whether the daemon does what it says is tested in tests/e2e."""

import pytest

from pagerd.web import openapi
from pagerd.web.api.described import described
from pagerd.web.auth import Scope
from pagerd.web.hooks import Intake
from pagerd.web.pages import Links
from pagerd.web.routes import all_routes

ROUTES = all_routes(Intake(), Links())
OF_THE_API = [route for route in ROUTES if route.scope in (Scope.READ, Scope.ACK, Scope.ADMIN, Scope.INGEST)]


@pytest.mark.parametrize("route", OF_THE_API, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_for_people_and_sources_is_described(route):
    """With one sentence, the scope it asks for, what it answers, and how it fails."""
    operation = openapi.document(ROUTES)["paths"][route.path][route.method.lower()]

    assert described(route.act) is not None
    assert operation["summary"].endswith(".")
    assert [scope for one in operation["security"] for scope in one.get("person", [])] in ([], [route.scope.value])
    assert operation["security"]
    success = operation["responses"].get("200") or operation["responses"]["201"]
    # A calendar and a picture are no JSON; what an act answers at all is said.
    assert all(one["schema"] for one in success["content"].values())
    assert success["content"]
    assert {"400", "401", "403", "500", "503"} < operation["responses"].keys()


def test_each_operation_has_a_name_of_its_own():
    """Clients are made of them."""
    names = [one["operationId"] for path in openapi.document(ROUTES)["paths"].values() for one in path.values()]

    assert len(names) == len(set(names))


def test_what_providers_and_readers_of_links_ask_is_not_in_it():
    """They do not read it, and their addresses are secrets."""
    assert not [path for path in openapi.document(ROUTES)["paths"] if path.startswith(("/p/", "/api/v1/provider"))]


async def test_it_is_served_to_everybody(front):
    """Nothing in it is secret; a HEAD says that it is JSON."""
    answer = await front.ask("GET", "/api/v1/openapi.json")

    assert (answer.status, answer.json["openapi"]) == (200, "3.1.0")
    assert answer.json == openapi.document(ROUTES)
    assert answer.headers["Content-Type"].startswith("application/json")
    assert (await front.ask("GET", "/api/v1/openapi.json?verison=2")).status == 400


def test_a_body_without_required_keys_may_be_missing():
    """`curl -X POST` acknowledges; a snooze needs its length."""
    paths = openapi.document(ROUTES)["paths"]

    assert paths["/api/v1/pages/{page}/ack"]["post"]["requestBody"]["required"] is False
    assert paths["/api/v1/pages/{page}/snooze"]["post"]["requestBody"]["required"] is True
