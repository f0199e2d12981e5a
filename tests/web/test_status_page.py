"""What customers read: valid, whole, and nothing that was ever internal."""

import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.incidents.public import Component, ComponentState, PublicKind
from pagerd.core.incidents.status_page import (
    PublicIncident,
    PublicUpdate,
    Shown,
    StatusPage,
    component_line,
    in_order_of_need,
)
from pagerd.web.status_page import INCIDENT_FILE, TYPES, files_of

NOW = datetime(2026, 11, 26, 9, 41, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
NASTY = "<script>alert(1)</script> & \"quotes\" 'too' ]]>"
ATOM = "{http://www.w3.org/2005/Atom}"
VOID = {"meta", "link", "rect"}


def hours(count: float) -> datetime:
    """Return the instant so many hours ago."""
    return NOW - timedelta(hours=count)


def a_page(*, url: str = "https://status.example.org", said: str = "Card payments fail.") -> StatusPage:
    """Return a page with something that goes on, something that is over, and three components."""
    shown = {
        "Checkout": [Shown(hours(1), ComponentState.PARTIAL_OUTAGE)],
        "Reports": [Shown(hours(500), ComponentState.OPERATIONAL), Shown(hours(503), ComponentState.DEGRADED)],
        "API": [],
    }
    going_on = PublicIncident(
        slug="0123456789",
        title=f"Problems with Checkout {said}",
        components=("Checkout",),
        updates=(
            PublicUpdate(at=hours(0.2), kind=PublicKind.IDENTIFIED, text=said, next_at=NOW + timedelta(minutes=20)),
            PublicUpdate(
                at=hours(1),
                kind=PublicKind.INVESTIGATING,
                text=f"{said}\nInvoices work.",
                states=(("Checkout", "Partial outage"),),
                next_at=hours(0.1),
            ),
        ),
    )
    over = PublicIncident(
        slug="abcdefabcd",
        title="Reports are slow",
        updates=(
            PublicUpdate(at=hours(500), kind=PublicKind.RESOLVED, text="It is over."),
            PublicUpdate(at=hours(503), kind=PublicKind.INVESTIGATING, text="We look into it."),
        ),
    )
    return StatusPage(
        title="Example status",
        url=url,
        zone=BERLIN,
        as_of=NOW,
        components=tuple(
            component_line(Component(id=name, name=name), rows, BERLIN, NOW) for name, rows in shown.items()
        ),
        incidents=in_order_of_need([over, going_on]),
    )


class Outline(HTMLParser):
    """Reads a page strictly: every element that is opened is closed, in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID or tag == "rect":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def outline(octets: bytes) -> Outline:
    """Read one page."""
    found = Outline()
    found.feed(octets.decode())
    found.close()
    assert found.open == []
    return found


def pages() -> dict[str, bytes]:
    """Return the pages for people."""
    return {name: octets for name, octets in files_of(a_page(said=NASTY)).items() if name.endswith(".html")}


@pytest.mark.parametrize("name", pages())
def test_a_page_is_whole_and_needs_nothing_but_itself(name):
    """No script, nothing from elsewhere, nothing in the markup that a text wrote, one heading above all others."""
    found = outline(pages()[name])
    tags = [tag for tag, _ in found.seen]

    assert not {"script", "img", "iframe", "form", "style"} & set(tags)
    assert tags.count("h1") == 1
    assert all(not name.startswith("on") and name != "style" for _, attrs in found.seen for name in attrs)
    for _, attrs in found.seen:
        for link in (attrs.get("href"), attrs.get("src")):
            assert link is None or re.fullmatch(r"[\w.-]+", link), link
    assert dict(found.seen[0][1]) == {"lang": "en"}
    policy = [attrs["content"] for tag, attrs in found.seen if attrs.get("http-equiv")]
    assert policy == ["default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"]


def test_every_link_leads_to_a_file():
    """From any page to any other, and to the feeds."""
    files = files_of(a_page())
    links = {attrs["href"] for octets in pages().values() for _, attrs in outline(octets).seen if "href" in attrs}

    assert links <= set(files)
    assert {name.rpartition(".")[2] for name in files} <= set(TYPES)
    assert {name for name in files if INCIDENT_FILE.fullmatch(name)} == {"0123456789.html", "abcdefabcd.html"}


def test_what_is_linked_to_is_written_before_what_links_to_it():
    """So that a reader who comes in between finds what the first page speaks of."""
    names = list(files_of(a_page()))

    assert names[-1] == "index.html"
    assert names.index("0123456789.html") < names.index("feed.atom")


def test_the_first_page_says_how_everything_is():
    """The worst state above, what goes on, each component with its state in words, and as of when that is."""
    said = " ".join(outline(files_of(a_page())["index.html"]).text.split())

    assert "Partial outage: Checkout" in said
    assert "Next update by 26 Nov 2026, 11:01 CET." in said
    assert "Checkout ▲ Partial outage" in said
    assert "API ✓ Operational" in said
    assert "As of 26 Nov 2026, 10:41 CET" in said
    assert "written anew every minute; if that time is more than 5 minutes ago" in said
    assert said.count("No incidents.") == 13
    assert "by 26 Nov 2026, 10:35" not in said  # what was promised before the last word is of no use any more


def test_what_is_over_has_a_page_that_never_changes():
    """Without the time of now on it, the same bytes are written once, and a thousand old incidents cost nothing."""
    now, later = a_page(), a_page()
    later = StatusPage(**{**{name: getattr(now, name) for name in later.__slots__}, "as_of": NOW + timedelta(hours=1)})
    before, after = files_of(now), files_of(later)

    assert before["abcdefabcd.html"] == after["abcdefabcd.html"]
    assert before["0123456789.html"] != after["0123456789.html"]


def test_the_history_has_every_day_on_which_there_was_something():
    """The newest first."""
    said = " ".join(outline(files_of(a_page())["history.html"]).text.split())

    assert said.index("Today, Thursday, 26 November 2026") < said.index("Thursday, 5 November 2026")


@pytest.mark.parametrize("url", ["https://status.example.org", ""])
def test_the_feeds_can_be_read(url):
    """The newest first, one entry for each text, with an id that stays."""
    page = a_page(url=url, said=NASTY)
    files = files_of(page)
    feed = ET.fromstring(files["feed.atom"])  # noqa: S314  # our own bytes
    entries = feed.findall(f"{ATOM}entry")
    said = json.loads(files["feed.json"])

    assert [one.findtext(f"{ATOM}id") for one in entries] == [one["id"] for one in said["items"]]
    assert len({one["id"] for one in said["items"]}) == 4
    assert (
        feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == said["items"][0]["date_published"]
    )
    assert NASTY in (entries[0].findtext(f"{ATOM}content") or "")
    assert said["items"][0]["content_text"].splitlines() == [NASTY, "Next update by 26 Nov 2026, 11:01 CET."]
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["id"] for one in json.loads(files_of(page)["feed.json"])["items"]] == [
        one["id"] for one in said["items"]
    ]


def test_programs_read_how_it_is():
    """With what goes on, and each component."""
    said = json.loads(files_of(a_page())["status.json"])

    assert (said["state"], said["as_of"]) == ("partial_outage", "2026-11-26T09:41:00+00:00")
    assert [one["state"] for one in said["components"]] == ["partial_outage", "operational", "operational"]
    assert [(one["id"], one["kind"]) for one in said["open"]] == [("0123456789", "identified")]


def test_a_day_is_as_bad_as_it_ever_was():
    """Whatever it was in the end; before the first word on a component all was well."""
    line = a_page().components[1]
    bad = [day.day.isoformat() for day in line.days if day.state is not ComponentState.OPERATIONAL]

    assert bad == ["2026-11-05"]
    assert (len(line.days), line.days[-1].day.isoformat()) == (90, "2026-11-26")
    assert line.since == hours(500)


def test_where_something_goes_on_not_all_is_well():
    """Though no component was named."""
    page = StatusPage(title="x", url="", zone=BERLIN, as_of=NOW, incidents=a_page().incidents)

    assert page.headline == "We are looking into a problem"
    assert page.state is ComponentState.DEGRADED
