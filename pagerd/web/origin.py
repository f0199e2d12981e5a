"""Whether a form was sent by a page of ours: the second lock beside a token, or the one before there is a token."""

from urllib.parse import urlsplit

from pagerd.web.answers import Failure
from pagerd.web.call import Call


def must_come_from_here(call: Call) -> None:
    """Refuse a form that another site sent. Nothing hangs on it where a token in the path is the proof.

    From a page with a Referrer-Policy that hides such a path browsers send `Origin: null`: that alone says nothing.
    """
    site, origin = _said(call)
    foreign = site in ("cross-site", "same-site")
    if site is None and origin not in (None, "null"):
        foreign = not _is_ours(call, origin)
    if foreign:
        raise _refused()


def must_show_it_comes_from_here(call: Call) -> None:
    """Refuse a form of which the browser does not say that a page of ours sent it. All of the last years say so."""
    site, origin = _said(call)
    if site is not None and site != "same-origin":
        raise _refused()
    if (origin is None and site is None) or (origin is not None and not _is_ours(call, origin)):
        raise _refused()


def _said(call: Call) -> tuple[str | None, str | None]:
    return call.request.headers.get("Sec-Fetch-Site"), call.request.headers.get("Origin")


def _is_ours(call: Call, origin: str | None) -> bool:
    known = {call.request.headers.get("Host", "")}
    if call.services.public_url:
        known.add(urlsplit(call.services.public_url).netloc)
    return urlsplit(origin or "").netloc in known - {""}


def _refused() -> Failure:
    return Failure(403, "This form was sent by another site.")
