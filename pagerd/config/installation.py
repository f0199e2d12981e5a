"""Reads `pagerd.yaml` into Settings."""

import re
from collections.abc import Mapping
from datetime import timedelta

from pagerd.config import contacts, heartbeat, kinds, nights, notify, prometheus, receivers, sources, stores
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.providers import PROVIDERS, check_media, check_names
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    choice,
    defaulted,
    fields,
    list_of,
    optional,
    required,
    scalar,
    shaped,
)
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import (
    VERSION,
    ProviderSettings,
    ReplyCodes,
    Settings,
    SqliteSettings,
    WebhookProvider,
)
from pagerd.config.times import duration_text, kept_text
from pagerd.config.values import Mismatch
from pagerd.core.people import Medium
from pagerd.core.plan import Keep, Times

FILE = "pagerd.yaml"


def _version(raw: str) -> int:
    if raw != str(VERSION):
        message = f"this pagerd reads version {VERSION} of the format, not {raw[:20]!r}"
        raise Mismatch(message, str(VERSION), id="E019", hint="" if raw.isdigit() else f"write version: {VERSION}")
    return VERSION


CHANNELS = tuple(
    defaulted(
        medium.value,
        list_of(PROVIDERS, most=10),
        (),
        "none",
        f"providers of {medium.value}: those that work in this order; then those in trouble",
        structure=True,
    )
    for medium in Medium
)
CHANNELS_SHAPE = Shape(
    "channels", "`channels` in `pagerd.yaml`", "How messages go out. A medium without a provider is not used.", CHANNELS
)


def _make_channels(reader: Reader, found: Fields, path: Path) -> Mapping[Medium, tuple[ProviderSettings, ...]]:
    channels: dict[Medium, tuple[ProviderSettings, ...]] = {}
    for key in CHANNELS:
        medium = Medium(key.name)
        providers = tuple(one for one in found[key] if one is not None)
        check_media(reader, medium, providers, (*path, key.name), found.span_of(key))
        check_names(reader, medium, providers, (*path, key.name), found.span_of(key))
        if providers:
            channels[medium] = providers
    return channels


_TIMES = Times()
TIMES = tuple(
    defaulted(name, kinds.DURATION, default, duration_text(default), meaning)
    for name, default, meaning in (
        ("acknowledgement_lasts", _TIMES.acknowledgement_lasts, "how long an acknowledgement holds without an act"),
        (
            "reminder_lasts",
            _TIMES.reminder_lasts,
            "how long the holder has after the quiet reminder, and again after the loud",
        ),
        ("settle", _TIMES.settle, "how long all alerts must be gone before a page resolves"),
        (
            "follow_up_within",
            _TIMES.follow_up_within,
            "a group that fires again so soon opens a page linked to the last",
        ),
        (
            "hold_after_resolve",
            _TIMES.hold_after_resolve,
            "how long alerts that still fire are held after a resolve by hand",
        ),
        ("tell_again_after", _TIMES.tell_again_after, "the holder is told of new alerts at most this often"),
    )
)
_KEEP = Keep()
KEEP = tuple(
    defaulted(name, kinds.KEPT, default, kept_text(default), meaning)
    for name, default, meaning in (
        (
            "pages",
            _KEEP.pages,
            "pages and tickets that are over with theirs, ended silences and overrides, changes, old plans, quarantine",
        ),
        ("nights", _KEEP.nights, "the night ledger"),
    )
)
KEEP_SHAPE = Shape("keep", "`keep`", "How long what is over stays in the database.", KEEP)


def _make_keep(reader: Reader, found: Fields, path: Path) -> Keep:
    del reader, path
    return Keep(**{key.name: found[key] for key in KEEP})


KEEP_KEY = defaulted(
    "keep", shaped(KEEP_SHAPE, Keep(), _make_keep), Keep(), "below", "how long what is over is kept", structure=True
)
NIGHTS_KEY = defaulted(
    "nights", nights.KIND, Settings().nights, "below", "what becomes of work by night", structure=True
)
TRACKER_URL = required("url", kinds.URL, "where to post it")
TRACKER_SECRET = required("secret_file", kinds.SECRET_FILE, "a file with the secret that signs it")
TRACKER = Shape(
    "a tracker",
    "`webhook` of `tickets` in `pagerd.yaml`",
    "Any service that takes a signed POST for each thing that happens to a ticket or an action item.",
    (TRACKER_URL, TRACKER_SECRET),
)


def _make_tracker(reader: Reader, found: Fields, path: Path) -> WebhookProvider:
    del reader, path
    return WebhookProvider(url=found[TRACKER_URL], secret_file=SecretFile(found[TRACKER_SECRET]))


_NO_TRACKER = WebhookProvider(url="", secret_file=SecretFile(""))
TRACKER_KEY = optional(
    "webhook", shaped(TRACKER, _NO_TRACKER, _make_tracker), "a tracker that is told of tickets and action items"
)
TICKETS_SHAPE = Shape("tickets", "`tickets` in `pagerd.yaml`", "Where tickets go besides.", (TRACKER_KEY,))


def _make_tickets(reader: Reader, found: Fields, path: Path) -> WebhookProvider | None:
    del reader, path
    tracker: WebhookProvider | None = found[TRACKER_KEY]
    return tracker


_TICKETS_KIND: Kind[WebhookProvider | None] = shaped(TICKETS_SHAPE, None, _make_tickets)
TICKETS_KEY = defaulted("tickets", _TICKETS_KIND, None, "none", "where tickets go besides", structure=True)
FORMAT = required("version", scalar("1", VERSION, _version), "the version of the format")
OPERATORS = defaulted(
    "operators",
    list_of(kinds.NAME, least=1),
    (),
    "everybody, where they are ten or fewer",
    "people who are told when pagerd itself is in trouble, and who may do everything: `admin`",
)
# Here, and not in the files of teams: who speaks to the public for the company is not for a team to say about itself.
APPROVERS = defaulted(
    "approvers",
    list_of(kinds.NAME, least=1),
    (),
    "the operators",
    "people, or schedules whose people on call, may approve what the public reads",
)
LISTEN = defaulted(
    "listen",
    list_of(kinds.ADDRESS, least=1, most=16),
    Settings().listen,
    "[127.0.0.1:8911]",
    "addresses to listen on; a change needs a restart",
)
PUBLIC_URL = optional(
    "public_url",
    kinds.URL,
    "how phones and providers reach pagerd; without it: no links, no keys in calls, and replies are fetched",
)
STATE_DIR = defaulted(
    "state_dir",
    kinds.PATH,
    ".pagerd",
    ".pagerd",
    "where pagerd writes; the CLI's socket is in it; a change needs a restart",
)
POSTMORTEM_DIR = optional(
    "postmortem_dir",
    kinds.PATH,
    "where postmortems are files that people write in; one directory for all nodes",
    "none: they are kept in the database",
)
SOURCES = defaulted("sources", sources.KIND, {}, "none", "where alerts come in, by name", structure=True)
CHANNELS_KIND: Kind[Mapping[Medium, tuple[ProviderSettings, ...]]] = shaped(CHANNELS_SHAPE, {}, _make_channels)
CHANNELS_KEY = defaulted("channels", CHANNELS_KIND, {}, "none", "how messages go out", structure=True)
NOTIFY = defaulted("notify", notify.KIND, {}, "below", "the order of contact methods for everybody", structure=True)
DIGEST_AT = defaulted(
    "digest_at",
    kinds.DAILY_HOUR,
    kinds.DAILY_HOUR.blank,
    str(kinds.DAILY_HOUR.blank),
    "when each team's daily digest is mailed, in the team's zone; a team may say otherwise",
)
REPLY_CODES = defaulted(
    "reply_codes", choice(ReplyCodes, ReplyCodes.SHORT), ReplyCodes.SHORT, "short", "two digits, or always four signs"
)
STATUS_PAGE_DIR = optional(
    "status_page_dir",
    kinds.PATH,
    "a directory of its own where the status page is written, for any web server to serve; a change needs a restart",
)
METRICS_OPEN = defaulted("metrics_open", kinds.BOOLEAN, True, "true", "/metrics answers without a token")
POLL_EVERY = defaulted(
    "poll_every",
    kinds.DURATION,
    Settings().poll_every,
    duration_text(Settings().poll_every),
    "how often Twilio is asked for replies while some are awaited, where there is no public_url; 1 s to 1 m",
)
POLL_EVERY_RANGE = (timedelta(seconds=1), timedelta(minutes=1))
INSTALLATION = Shape(
    "the installation",
    "`pagerd.yaml`",
    "What the daemon needs to run. Paths are relative to the config directory.",
    (
        FORMAT,
        OPERATORS,
        APPROVERS,
        LISTEN,
        PUBLIC_URL,
        STATE_DIR,
        POSTMORTEM_DIR,
        stores.KEY,
        SOURCES,
        CHANNELS_KEY,
        NOTIFY,
        *TIMES,
        KEEP_KEY,
        NIGHTS_KEY,
        contacts.KEY,
        DIGEST_AT,
        TICKETS_KEY,
        receivers.KEY,
        heartbeat.KEY,
        prometheus.KEY,
        REPLY_CODES,
        STATUS_PAGE_DIR,
        METRICS_OPEN,
        POLL_EVERY,
    ),
)


def read_installation(reader: Reader, node: Node | None) -> Settings:
    """Read the settings."""
    found = fields(reader, node, INSTALLATION, ("settings",), Span(FILE))
    public_url = found[PUBLIC_URL]
    store = found[stores.KEY] or SqliteSettings(f"{found[STATE_DIR]}/pagerd.db")
    reader.settle(("settings", stores.KEY.name), str(store))
    if public_url is not None and public_url.startswith("http://") and not _is_loopback(public_url):
        hint = "codes and links would travel where others can read them"
        reader.report("W605", found.span_of(PUBLIC_URL), "public_url is not encrypted", "https://", hint)
    if not POLL_EVERY_RANGE[0] <= found[POLL_EVERY] <= POLL_EVERY_RANGE[1]:
        reader.report("E010", found.span_of(POLL_EVERY), "replies would be fetched too often or too late", "1s to 1m")
    if KEEP_KEY not in found:
        fields(reader, None, KEEP_SHAPE, ("settings", "keep"), found.span)
    if NIGHTS_KEY not in found:
        fields(reader, None, nights.NIGHTS, ("settings", "nights"), found.span)
    if contacts.KEY not in found:
        fields(reader, None, contacts.CONTACTS, ("settings", "contacts"), found.span)
    if NOTIFY not in found:
        fields(reader, None, notify.NOTIFY, ("settings", "notify"), found.span)
    return Settings(
        operators=found[OPERATORS],
        approvers=found[APPROVERS],
        listen=found[LISTEN],
        public_url=public_url,
        state_dir=found[STATE_DIR],
        postmortem_dir=found[POSTMORTEM_DIR],
        store=store,
        sources=found[SOURCES],
        channels=found[CHANNELS_KEY],
        notify={**Settings().notify, **found[NOTIFY]},
        times=Times(**{key.name: found[key] for key in TIMES}),
        keep=found[KEEP_KEY],
        nights=found[NIGHTS_KEY],
        contacts=found[contacts.KEY],
        digest_at=found[DIGEST_AT].at,
        tracker=found[TICKETS_KEY],
        receivers=receivers.known(found[receivers.KEY]),
        heartbeat=found[heartbeat.KEY],
        prometheus=found[prometheus.KEY],
        reply_codes=found[REPLY_CODES],
        status_page_dir=found[STATUS_PAGE_DIR],
        metrics_open=found[METRICS_OPEN],
        poll_every=found[POLL_EVERY],
    )


def _is_loopback(url: str) -> bool:
    return re.match(r"http://(?:localhost|127\.[0-9.]+|\[::1\])(?::|/|$)", url) is not None


SHAPES = (
    INSTALLATION,
    *stores.SHAPES,
    *sources.SHAPES,
    KEEP_SHAPE,
    nights.NIGHTS,
    contacts.CONTACTS,
    heartbeat.SHAPE,
    *prometheus.SHAPES,
    TICKETS_SHAPE,
    TRACKER,
    *receivers.SHAPES,
    CHANNELS_SHAPE,
    notify.NOTIFY,
)
