"""The routes about swaps: by API, behind a link, and for whoever is signed in."""

from dataclasses import replace
from http import HTTPMethod

from pagerd.engine.boundaries import Boundary
from pagerd.web import me, swap_asking, swap_pages
from pagerd.web.api import swaps
from pagerd.web.auth import Scope
from pagerd.web.pages import Links
from pagerd.web.route import Route

GET, POST = HTTPMethod.GET.value, HTTPMethod.POST.value


def of_swaps() -> tuple[Route, ...]:
    """Return the routes by which swaps are asked for and decided by command; they end as overrides."""
    routes = (
        Route(GET, "/api/v1/swaps", Scope.READ, swaps.list_swaps),
        Route(POST, "/api/v1/swaps/preview", Scope.READ, swaps.preview),
        Route(POST, "/api/v1/swaps", Scope.ACK, swaps.request),
        Route(POST, "/api/v1/swaps/{swap}/accept", Scope.ACK, swaps.accept),
        Route(POST, "/api/v1/swaps/{swap}/refuse", Scope.ACK, swaps.refuse),
        Route(POST, "/api/v1/swaps/{swap}/withdraw", Scope.ACK, swaps.withdraw),
    )
    return tuple(replace(route, counted_as="/api/v1/overrides") for route in routes)


def of_people() -> tuple[Route, ...]:
    """Return the pages on which whoever is signed in asks for a swap, answers one, or takes a request back."""
    below, deep = me.refusing("../", "me"), me.refusing("../../", "me")
    return (
        Route(GET, "/me/swaps", Scope.SESSION, swap_asking.show, below),
        Route(POST, "/me/swaps", Scope.SESSION, swap_asking.ask, below),
        Route(POST, "/me/swaps/{swap}", Scope.SESSION, me.act_on_swap, deep),
    )


def behind_links(links: Links) -> tuple[Route, ...]:
    """Return the page on which whoever was asked answers; `links` counts wrong codes."""
    answering = swap_pages.Answering(links.wrong)
    of_links, answered = "/p/{token}", Boundary.REPLY_ANSWERED
    return (
        Route(GET, "/x/{token}", Scope.SWAP_LINK, swap_pages.show, swap_pages.refusal, counted_as=of_links),
        Route(POST, "/x/{token}", Scope.SWAP_LINK, answering.answer, swap_pages.refusal, answered, counted_as=of_links),
    )
