"""A whole pagerd behind a loopback port: the real server, the real engine, a real SQLite file; time stands still."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from pagerd.channels import callbacks
from pagerd.channels.voice import twiml_again, twiml_say
from pagerd.core.alerts.alert import Batch, Quarantined, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.engine import tokens
from pagerd.engine.chance import Chance
from pagerd.engine.clock import VirtualClock
from pagerd.engine.delivery import Delivery
from pagerd.engine.doors import Incoming, Limits
from pagerd.engine.engine import Engine
from pagerd.engine.keys import SpokenAnswer
from pagerd.engine.metrics import Metrics
from pagerd.engine.work import Claimed, SourceTraits
from pagerd.lab.phones import Phones
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.sqlite import SqliteStore
from pagerd.web.app import App, local_app, public_app
from pagerd.web.limits import WebLimits
from pagerd.web.services import InForce, LocalUsers, ReloadResult, Services, SourceAccess, Status
from tests.builders import NOON, a_plan, a_received_alert

PUBLIC_URL = "https://pager.example.com"
SOURCE_TOKEN = "source-token-of-prod"
TWILIO_TOKEN = "a-token-of-twilio"
BODY_MAX = 64 * 1024


def sha(text: str) -> str:
    """Return the SHA-256 of a text, as hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def simple_parser(body: bytes, received_at: datetime, limits: Limits) -> Batch:
    """Read `{"alerts": [{"fingerprint", "firing", "labels"}]}`; `"bad": n` quarantines so many."""
    try:
        said = json.loads(body)
        alerts = tuple(_alert(one) for one in said["alerts"])
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"reading a test's body: {error}") from error
    if said.get("crash"):
        raise ZeroDivisionError
    return Batch(alerts=alerts, quarantined=tuple(Quarantined("{}", "is bad") for _ in range(said.get("bad", 0))))


def _alert(one: Mapping[str, Any]) -> ReceivedAlert:
    return a_received_alert(
        fingerprint=one["fingerprint"],
        firing=one.get("firing", True),
        annotations=one.get("annotations"),
        **one.get("labels", {}),
    )


def alerts_body(*fingerprints: str, firing: bool = True, **more: Any) -> dict[str, Any]:
    """Return a body that `simple_parser` reads."""
    return {"alerts": [{"fingerprint": one, "firing": firing} for one in fingerprints], **more}


class TwilioDesk:
    """What the daemon makes of the Twilio channel, with one account."""

    def __init__(self, *accepted: str) -> None:
        self.tokens = accepted

    def is_ready(self) -> bool:
        return bool(self.tokens)

    def verify(self, incoming: Incoming) -> bool:
        params = incoming.fields if incoming.is_form else incoming.body
        return callbacks.verify(incoming.url, params, incoming.headers.get("X-Twilio-Signature"), self.tokens)

    def parse_status(self, incoming: Incoming):
        return callbacks.parse_status(incoming.form)

    def parse_key(self, incoming: Incoming):
        return callbacks.parse_key(incoming.form)

    def parse_inbound(self, incoming: Incoming):
        return callbacks.parse_inbound_sms(incoming.form)

    def spoken(self, answer: SpokenAnswer, key_url: str) -> str:
        return twiml_again(answer.script, key_url) if answer.script is not None else twiml_say(answer.sentence)

    def texted(self, answer: str | None) -> str:
        return "<Response/>" if answer is None else f"<Response><Message>{answer}</Message></Response>"


class Noting:
    """A connection that notes what is said to it."""

    def __init__(self, connection, statements: list[str]) -> None:
        self._connection = connection
        self._statements = statements
        self.now = connection.now

    async def execute(self, sql, *values):
        self._statements.append(sql)
        return await self._connection.execute(sql, *values)

    def __getattr__(self, name):
        return getattr(self._connection, name)


class BrokenStore:
    """Stands before a store and fails when told to."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.fails = False
        self.writes = 0
        self.statements: list[str] = []
        """Every statement of what was written."""

    async def write(self, unit):
        if self.fails:
            raise StoreUnavailable("the disk is full")
        self.writes += 1
        return await self._store.write(lambda c: unit(Noting(c, self.statements)))

    async def read(self, unit):
        if self.fails:
            raise StoreUnavailable("the disk is full")
        return await self._store.read(unit)

    is_short = False

    def figures(self):
        return self._store.figures()

    async def close(self):
        await self._store.close()


@dataclass
class Front:
    """Holds everything, and asks over HTTP."""

    app: App
    services: Services
    engine: Engine
    store: BrokenStore
    clock: VirtualClock
    sent: list[Claimed]
    session: aiohttp.ClientSession
    base: str
    port: int
    troubles: list[str] = field(default_factory=list)
    reloads: list[ReloadResult] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)

    async def ask(self, method: str, path: str, *, token: str | None = None, **more: Any) -> "Answered":
        """Send one request and read its answer; redirects are not followed."""
        headers = dict(more.pop("headers", {}))
        if token is not None:
            headers.setdefault("Authorization", f"Bearer {token}")
        url = aiohttp.client.URL(self.base + path, encoded=True)
        async with self.session.request(method, url, headers=headers, allow_redirects=False, **more) as answer:
            return Answered(answer.status, await answer.read(), answer.headers.copy())

    async def fire(self, *fingerprints: str, token: str = SOURCE_TOKEN, **more: Any) -> "Answered":
        """Let the source send alerts that fire."""
        return await self.ask("POST", "/api/v1/alertmanager/prod", token=token, json=alerts_body(*fingerprints, **more))

    async def token(self, person: str = "ana", *scopes: str, lasts: timedelta | None = None) -> str:
        """Make a personal token."""
        at = self.clock.now() + lasts if lasts is not None else None
        _, plain = await self.engine.transact(
            lambda work: tokens.create(work, person, "test", scopes or ("ack",), at, by=person)
        )
        return plain

    async def page(self) -> str:
        """Let one alert fire and return the id of its page."""
        before = len(self.sent)
        assert (await self.fire(f"f{before}")).status == 200
        page = self.sent[-1].page
        assert page is not None
        return page.id

    def link(self, medium: Medium = Medium.SMS) -> str:
        """Return the token of the link that was sent last on a medium."""
        return next(
            one.link_token for one in reversed(self.sent) if one.notification.medium is medium and one.link_token
        )

    def code(self) -> str:
        """Return the reply code that was sent last."""
        return next(one.notification.code for one in reversed(self.sent) if one.notification.code)

    def metric(self, name: str, **labels: str) -> float:
        """Return a counter's value."""
        return self.engine.metrics.registry.get_sample_value(name, labels) or 0.0


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


def a_source(name: str = "prod", *accepted: str, **fields: Any) -> SourceAccess:
    """Return a source whose parser reads `alerts_body`."""
    hashes = [sha(token) for token in accepted or (SOURCE_TOKEN,)]
    own: dict[str, Any] = {
        "kind": "alertmanager",
        "path": f"/api/v1/alertmanager/{name}",
        "parser": simple_parser,
        "at_once": lambda _body, _received_at, _limits: None,
        "traits": SourceTraits(name=name),
        "token_hashes": lambda: hashes,
        "body_max": BODY_MAX,
    }
    return SourceAccess(**(own | fields))


def _nobody_hears(_sent: object) -> None:
    """What is handed out in front of the web is not sent."""


@asynccontextmanager
async def a_front(
    directory: Path,
    *,
    plan: Plan | None = None,
    limits: WebLimits | None = None,
    users: LocalUsers | None = None,
    **services: Any,
):
    """Start everything on a free port, and end it."""
    clock, sent, troubles = VirtualClock(NOON), [], []
    store = BrokenStore(SqliteStore.open(directory / "pagerd.db"))
    engine = Engine(
        store=store,
        plan=plan or a_plan(),
        clock=clock,
        chance=Chance(7),
        delivery=Delivery({medium: (Phones(medium, _nobody_hears),) for medium in Medium}, clock, PUBLIC_URL),
        metrics=Metrics(),
        sources={"prod": SourceTraits(name="prod")},
        with_links=True,
    )
    engine.hand_out = sent.append
    reloads, state = [], {}

    async def reload() -> ReloadResult:
        return reloads.pop(0)

    def status() -> Status:
        own = {
            "plan_revision": "test-1",
            "plan_ok": True,
            "findings": {"error": 0, "warning": 0},
            "config_hash": 7,
            "loaded_at": NOON,
            "store_ok": True,
        }
        return Status(**(own | {"last_tick_age_seconds": 0.2} | state))

    async def in_force(_team: str | None) -> InForce:
        values = (("settings.listen", "[127.0.0.1:8911]", "default"),)
        return InForce(revision="test-1", plan_ok=True, loaded_at=NOON, values=values)

    handed = Services(
        engine=engine,
        status=status,
        reload=reload,
        store_trouble=troubles.append,
        **(
            {
                "sources": {
                    "prod": a_source(),
                    "other": a_source("other", "other-token", kind="generic", path="/api/v1/alerts/other"),
                },
                "provider": TwilioDesk(TWILIO_TOKEN),
                "in_force": in_force,
                "public_url": PUBLIC_URL,
                "limits": limits or WebLimits(),
            }
            | services
        ),
    )
    app = public_app(handed) if users is None else local_app(handed, users)
    try:
        if users is None:
            host, port = await app.listen("127.0.0.1", 0)
            base, connector = f"http://{host}:{port}", aiohttp.TCPConnector()
        else:
            path = directory / "pagerd.sock"
            await app.listen_unix(path)
            base, port, connector = "http://pagerd", 0, aiohttp.UnixConnector(str(path))
        async with aiohttp.ClientSession(connector=connector) as session:
            yield Front(app, handed, engine, store, clock, sent, session, base, port, troubles, reloads, state)
    finally:
        await app.close()
        await store.close()
