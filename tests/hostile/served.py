"""Targets that need a running pagerd: the real server, engine and SQLite, asked over a real socket; time stands still.

`intake` sends what the sources' parsers are fuzzed with and looks for every alert in the store, then renders what is
sent for each medium and the page behind the link. `api` asks every route with nonsense in each of its places.
"""

import asyncio
import json
import re
import shutil
import tempfile
from contextlib import AsyncExitStack
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again
from urllib.parse import parse_qsl, quote
from xml.etree import ElementTree as ET

from structlog.testing import capture_logs

from pagerd.channels.mime import Envelope, written
from pagerd.channels.voice import twiml_call
from pagerd.core.errors import Unreadable
from pagerd.core.paging.gsm import SEGMENT, septets
from pagerd.core.paging.message import CallScript, Mail, Text
from pagerd.core.people import Medium
from pagerd.core.plain import one_line
from pagerd.engine.rendering import Ways, body_of
from pagerd.sources import AT_ONCE, PARSERS
from pagerd.stores.records import alerts, sources
from pagerd.web.auth import Scope
from pagerd.web.status_page import files_of
from tests.builders import NOON
from tests.hostile.mutation import TEXT_SCRAPS, as_bytes, as_json
from tests.web.browsing import Browser, form_of
from tests.web.front import PUBLIC_URL, SOURCE_TOKEN, Front, a_front, a_source
from tests.web.test_provider import signed
from tests.web.test_routes import ROUTES
from tests.web.test_status_page import a_page

ANEW_EVERY = 400
"""Inputs after which everything begins with an empty store, so that the last is as quick as the first."""

OURS_FAILED = {"web.failed", "ingest.parser_failed", "ingest.batch_failed", "ingest.alert_failed", "rendering.failed"}
"""What pagerd logs where it caught a fault of its own: nobody noticed, and that is a finding."""


class Served:
    """One pagerd behind a port, in an event loop that stands still between two inputs."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._folder: str | None = None
        self._asked = 0
        self.front: Front | None = None
        self.token = ""

    def begin(self) -> None:
        """Start, so that nothing of it counts for the first input."""
        self._loop.run_until_complete(self._begin_anew())

    def end(self) -> None:
        """Stop, and leave nothing behind."""
        self._loop.run_until_complete(self._end())
        self._loop.close()
        self._loop = asyncio.new_event_loop()

    def ask(self, question, *words):
        """Run a coroutine function with the front and these words to its end; no log line may tell of our own fault."""
        self._asked += 1
        if self.front is None or self._asked % ANEW_EVERY == 0:
            self.begin()
        with capture_logs() as logs:
            answer = self._loop.run_until_complete(question(self, *words))
        faults = [one for one in logs if one["event"] in OURS_FAILED]
        assert faults == []
        return answer

    async def _end(self) -> None:
        await self._stack.aclose()
        if self._folder is not None:
            shutil.rmtree(self._folder)
        self.front, self._folder = None, None

    async def _begin_anew(self) -> None:
        await self._end()
        self._folder = tempfile.mkdtemp(prefix="pagerd-fuzz-")
        own = {
            kind: a_source(kind, kind=kind, path=path, parser=PARSERS[kind], at_once=AT_ONCE[kind])
            for kind, path in PATHS.items()
        }
        self.front = await self._stack.enter_async_context(a_front(Path(self._folder), sources=own))
        self.front.services.site.put(files_of(a_page()))  # before it is drawn, to be asked for it is 503
        self.token = await self.front.token("dora", "admin")
        self.browser = await Browser(self.front).signs_in("ana")
        self.form = form_of(await self.browser.get("/me"))
        await self.browser.asks("ben")


SERVED = Served()

LIFE = {"begin": SERVED.begin, "end": SERVED.end}
"""How a target that asks it begins and ends."""

PATHS = {
    "alertmanager": "/api/v1/alertmanager/alertmanager",
    "prometheus": "/api/v1/prometheus/prometheus/api/v2/alerts",
    "grafana": "/api/v1/grafana/grafana",
    "generic": "/api/v1/alerts/generic",
}


# ---- alerts


def take_in(octets: bytes) -> bool:
    """Send one body; its first line names the source."""
    kind, _, body = octets.partition(b"\n")
    name = kind.decode("utf-8", "replace")
    return name in PATHS and SERVED.ask(_take_in, name, body)


async def _take_in(served: Served, kind: str, body: bytes) -> bool:
    front = served.front
    sent_before = len(front.sent)
    quarantined_before = await _count_quarantined(front)
    answer = await front.ask("POST", PATHS[kind], token=SOURCE_TOKEN, data=body)
    try:
        batch = PARSERS[kind](body, front.clock.now(), a_source().limits)
    except Unreadable:
        assert answer.status in (400, 413)
        assert await _count_quarantined(front) == quarantined_before + 1, "a refused body was not kept"
        return False
    if answer.status == 413:
        return False
    assert answer.status == 200, answer.text
    said = answer.json
    assert (said["accepted"], said["quarantined"]) == (len(batch.alerts), len(batch.quarantined))
    assert await _count_quarantined(front) == quarantined_before + min(len(batch.quarantined), 100)
    last = {one.fingerprint: one for one in batch.alerts}
    for fingerprint, received in last.items():
        stored = await front.engine.read(lambda c, key=fingerprint: alerts.find(c, kind, key))
        assert stored is not None or not received.firing, f"{fingerprint} fires and is not in the store"
        assert stored is None or received.firing == (stored.resolved_at is None)
    for claimed in front.sent[sent_before : sent_before + 20]:
        await _read_by_people(front, claimed)
    return True


async def _count_quarantined(front: Front) -> int:
    return len(await front.engine.read(lambda c: sources.list_quarantine(c, 100_000)))


async def _read_by_people(front: Front, claimed) -> None:
    """What leaves is what its medium can carry, and the page behind its link is a page."""
    for medium in Medium:
        body = body_of(_on(claimed, medium), front.engine.plan, front.clock.now(), Ways(public_url=PUBLIC_URL))
        match body:
            case Text():
                check_text(body)
            case CallScript():
                check_call(body)
            case Mail():
                check_mail(body)
    if claimed.link_token:
        answer = await front.ask("GET", f"/p/{claimed.link_token}")
        assert answer.status == 200, answer.text
        assert foreign_markup(answer.text) == []


def _on(claimed, medium: Medium):
    return replace(claimed, notification=replace(claimed.notification, medium=medium))


def check_text(body: Text) -> None:
    """A text is one segment of what phones show; the ends of its few lines are ours."""
    lines = body.body.split("\n")
    assert len(lines) <= 6
    assert all(line == one_line(line) for line in lines), "a text holds what no phone shows"
    assert septets(body.body) <= SEGMENT


def check_call(script: CallScript) -> None:
    """A call is XML with our own elements, whatever is said in it."""
    root = ET.fromstring(twiml_call(script, f"{PUBLIC_URL}/api/v1/provider/x"))  # noqa: S314  # written by ourselves
    assert {one.tag for one in root.iter()} <= {"Response", "Gather", "Say"}
    assert all(set(one.attrib) <= {"language"} for one in root.iter("Say"))


MAIL_HEADERS = {"from", "to", "subject", "date", "message-id", "in-reply-to", "references", "list-id", "auto-submitted"}
MAIL_HEADERS |= {"x-auto-response-suppress", "importance", "x-priority", "mime-version", "content-type"}


def check_mail(body: Mail) -> None:
    """A mail has our headers once each, and two parts whose words are words."""
    envelope = Envelope(id="n1", sender="pagerd@example.com", sender_name="pagerd", to="ana@example.com", date=NOON)
    octets = written(body, envelope)
    head = octets.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0].decode().lower() for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert len(names) == len(set(names)), "a header stands there twice"
    strange = [name for name in names if name not in MAIL_HEADERS and not name.startswith("x-pagerd")]
    assert strange == []
    parsed = BytesParser(policy=policy.default).parsebytes(octets)
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert foreign_markup(parsed.get_body(("html",)).get_content()) == []


class _Markup(HTMLParser):
    """Collects what no page and no mail of ours has in it."""

    TAGS = frozenset(
        (
            *("html", "head", "meta", "title", "link", "style", "body", "main", "header", "footer", "section"),
            *("p", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "ul", "ol", "li", "a", "strong", "em", "s"),
            *("code", "pre", "blockquote", "br", "hr", "table", "thead", "tbody", "tr", "th", "td", "time", "span"),
            *("form", "button", "details", "summary", "label", "select", "option", "input", "div"),
        )
    )
    ATTRIBUTES = frozenset(
        (
            *("lang", "charset", "name", "content", "rel", "href", "class", "role", "method", "value", "id", "for"),
            *("type", "inputmode", "autocomplete", "autocapitalize", "maxlength", "required", "datetime", "style"),
            *("start", "reversed", "media", "scope", "aria-label", "colspan"),
        )
    )

    PLACES = r"https?://.*|\.\./static/.*|\.\./me/pages/p-\w+/declare|\.\./i/\d+"
    """Where links lead: to places in the world, which alerts may name, and to ours."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.TAGS:
            self.foreign.append(tag)
        for name, value in attrs:
            is_away = name == "href" and not re.fullmatch(self.PLACES, value or "", re.DOTALL)
            if name not in self.ATTRIBUTES or is_away:
                self.foreign.append(f"{tag} {name}={value}")

    def handle_comment(self, data):
        self.foreign.append(data)


def foreign_markup(html: str) -> list[str]:
    """Return the tags and attributes that somebody else than our templates must have brought."""
    parser = _Markup()
    parser.feed(html)
    return parser.foreign


# ---- routes


def called(octets: bytes) -> bool:
    """Ask one route: the first line has the method and the path as they are sent, the rest is the body."""
    line, _, body = octets.partition(b"\n")
    method, _, path = line.decode("ascii", "replace").partition(" ")
    return SERVED.ask(_called, method, path, body)


async def _called(served: Served, method: str, path: str, body: bytes) -> bool:
    headers = {"Content-Type": "application/json"}
    if path.startswith("/api/v1/provider/"):
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signed(path, fields)}
    if OF_BROWSERS.match(path):
        held = "; ".join(f"{name}={value}" for name, value in served.browser.cookies.items())
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": served.front.base, "Cookie": held}
        body = f"form={served.form}&".encode() + body
    answer = await served.front.ask(method, path, token=served.token, data=body, headers=headers)
    assert answer.status < 500, f"{answer.status} {answer.text[:300]}"
    assert answer.headers["Content-Security-Policy"]
    if answer.status >= 400 and answer.headers["Content-Type"].startswith("application/json"):
        assert json.loads(answer.body)["error"]
    return answer.status < 400


OF_BROWSERS = re.compile(r"/(?:me|sign-in)?(?:[/?]|$)")
"""Pages for people: asked for by somebody who is signed in, whose forms are theirs."""

FORMS = {
    "/sign-in": b"who=ana&by=sms&to=me",
    "/sign-in/code": b"code=12345678&to=me%2Fpages%2F1",
    "/me/sessions": b"action=end&session=w-1",
    "/me/pages/{page}": b"action=note&note=looked+at+it&back=me",
    "/me/nights/{night}": b"action=worked&worked=1h30m&why=it+was",
    "/me/tickets/{ticket}": b"action=close&why=done",
}


def routes() -> tuple[bytes, ...]:
    """Return one request for every route that can be asked without a daemon around it, with what there is to name."""
    named = {"person": "ana", "source": "generic", "team": "payments", "name": "ana", "token": "x" * 22}
    samples = []
    for route in ROUTES:
        if route.path in ("/-/reload", "/api/v1/doctor"):  # ask for what only a daemon has
            continue
        path = "/".join(named.get(part[1:-1], "1") if part.startswith("{") else part for part in route.path.split("/"))
        body = BODIES.get(route.path.rpartition("/")[2], b"{}") if route.method == "POST" else b""
        if route.method == "POST":
            body = FORMS.get(route.path, body)
        if route.scope is Scope.SIGNATURE:
            body = b"MessageSid=SM1&MessageStatus=sent&From=%2B4915110000002&Body=ack+47&CallSid=CA1&Digits=4"
        samples.append(f"{route.method} {path}\n".encode() + body)
    return tuple(samples)


BODIES = {
    "snooze": b'{"for": "30m"}',
    "reassign": b'{"to": "ben"}',
    "add": b'{"person": "ben"}',
    "note": b'{"text": "looked at it"}',
    "silences": b'{"match": ["service=\\"x\\""], "for": "1h", "why": "test"}',
    "preview": b'{"match": ["service=\\"x\\""], "for": "1h", "why": "test"}',
    "overrides": b'{"schedule": "payments", "person": "ben", "from": "2026-01-05T09:00:00Z", "for": "1d"}',
    "tokens": b'{"person": "ana", "name": "x", "scopes": ["read"]}',
    "pages": b'{"team": "payments", "summary": "x"}',
    "explain": b'{"labels": {"alertname": "x"}, "annotations": {"summary": "y"}}',
    "close": b'{"why": "done"}',
    "settle": b'{"as": "worked"}',
}

QUERY_NAMES = ("before", "open", "team", "from", "to", "at", "of", "format", "person", "limit", "kind", "state", "x")
QUERY_VALUES = (
    *("true", "false", "payments", "ana", "2026-01-05T09:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59"),
    *("2026-01-05", "90d", "-1", "99999999999999999999", "csv", "2026-W01", "2026-13", "month", "P1D", "%", "+00:00"),
)


def as_request(chance: Random, sample: bytes) -> bytes:
    """Change the path, the query or the body of a request."""
    line, _, body = sample.partition(b"\n")
    method, _, path = line.decode().partition(" ")
    match chance.randrange(4):
        case 0:
            parts = path.split("/")
            parts[chance.randrange(1, len(parts))] = _quoted(chance.choice((*TEXT_SCRAPS, *QUERY_VALUES)))
            path = "/".join(parts)
        case 1:
            pairs = (
                f"{chance.choice(QUERY_NAMES)}={_quoted(chance.choice((*QUERY_VALUES, *TEXT_SCRAPS)))}"
                for _ in range(chance.randint(1, 3))
            )
            path = f"{path}?{'&'.join(pairs)}"
        case 2 if body.startswith(b"{"):
            body = as_json(chance, body)
        case _:
            body = as_bytes(chance, body)
    return f"{method} {path[:4_000]}\n".encode() + body[:60_000]


def _quoted(text: str) -> str:
    return quote(text[:600], safe="", errors="surrogatepass")
