"""What is fuzzed: each parser of what strangers send or people write, with samples, and what must hold of each input.

`check` returns whether the input was accepted, and raises for what is a finding: an error that is not the parser's own,
or an accepted value that breaks a promise. How long an input may take and how much memory, the child measures.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from pagerd.channels import callbacks
from pagerd.cli import times as typed
from pagerd.config import document, matchers, times, values
from pagerd.config.findings import CATALOGUE
from pagerd.config.load import load
from pagerd.config.reader import Reader
from pagerd.config.runbooks import FIRST_ACTION_MAX, read_runbook
from pagerd.config.values import Mismatch
from pagerd.core.alerts.alert import Batch
from pagerd.core.alerts.matching import parse_matcher
from pagerd.core.errors import Unreadable
from pagerd.core.paging import reply_words
from pagerd.core.paging.reply import CODE_ALPHABET, Verb, normalize_code, read_reply
from pagerd.sources import AT_ONCE, PARSERS
from pagerd.sources.base import Limits
from pagerd.web import markdown
from tests.builders import NOON
from tests.config.files import COMPANY, NOW, REPOSITORY
from tests.hostile import calendars, exported, served
from tests.hostile.mutation import (
    TEXT_SCRAPS,
    Mutate,
    as_bytes,
    as_json,
    as_lines,
    either,
    with_siblings,
    words,
)

PAYLOADS = Path(__file__).resolve().parents[1] / "sources" / "payloads"

LIMITS = Limits()


@dataclass(frozen=True)
class Target:
    """One parser. `share` is how many inputs CI sends; `guided` says whether a coverage-guided run makes sense."""

    name: str
    samples: tuple[bytes, ...]
    mutate: Mutate
    check: Callable[[bytes], bool]
    share: int
    seconds_max: float = 0.2
    begin: Callable[[], object] = field(default=lambda: None)
    end: Callable[[], object] = field(default=lambda: None)


# ---- webhooks


def check_refusal(error: Unreadable) -> None:
    """Why nothing could be read goes into the answer and the log, so it is short, whatever was sent."""
    said = str(error)
    said.encode()
    assert 0 < len(said) < 1_000, "the refusal repeats what was sent"


def check_batch(batch: Batch, *, body: bytes = b"") -> None:
    """Whatever a source says, what was read of it can be stored, shown and bounded."""
    assert len(batch.alerts) + len(batch.quarantined) <= LIMITS.alerts_max + 1
    assert batch.truncated >= 0
    for alert in batch.alerts:
        assert 0 < len(alert.fingerprint) <= 256
        texts = [*alert.labels.items(), *alert.annotations.items()]
        assert len(alert.labels) <= LIMITS.labels_max
        for text in (alert.fingerprint, alert.generator_url, *(text for pair in texts for text in pair)):
            assert len(text) <= LIMITS.text_max, "a text is longer than the limit"
            assert "\0" not in text, "a NUL came through"
            text.encode()  # half a surrogate pair would fail here, and in the store
        for at in (alert.starts_at, alert.lease_until, alert.ended_at):
            assert at is None or at.tzinfo is UTC, f"{at!r} is not in UTC"
        assert alert.generator_url == "" or alert.generator_url.startswith(("http://", "https://"))
    for bad in batch.quarantined:
        assert len(bad.raw) <= 4096
        assert 0 < len(bad.reason) < 1_000, "the reason repeats what was sent"
        assert "\0" not in bad.raw
        (bad.raw + bad.reason).encode()


def read_webhook(kind: str, body: bytes) -> bool:
    """Read a body as the intake does: first the fast road, then the one that reads with care."""
    at_once = AT_ONCE[kind](body, NOON, LIMITS)
    try:
        batch = PARSERS[kind](body, NOON, LIMITS)
    except Unreadable as error:
        assert at_once is None, "the fast road took what the careful one refuses"
        check_refusal(error)
        return False
    check_batch(batch, body=body)
    if at_once is not None:
        assert batch == at_once, "the two roads read different things"
        if len(body) % 10 == 0:  # it costs ten times what the rest does
            check_same_by_care(kind, body, batch)
    for sibling in siblings_of(kind):
        if sibling.encode() in body and _is_at_top(kind, body, sibling):
            assert sibling in told_by(batch), f"the good alert {sibling} was lost"
    return True


def check_same_by_care(kind: str, body: bytes, batch: Batch) -> None:
    """The careful road must know the same alerts: a body may come by either, as its length decides."""
    if kind in WITHOUT_ALERTS:
        return
    # Blanks before the body make it longer than the fast road takes; they mean nothing in JSON.
    careful = PARSERS[kind](b" " * (512 * 1024 + 1) + body, NOON, LIMITS)
    assert [(one.fingerprint, one.firing, one.labels) for one in careful.alerts] == [
        (one.fingerprint, one.firing, one.labels) for one in batch.alerts
    ], "the careful road knows other alerts"
    assert careful.truncated == batch.truncated
    assert careful.external_url == batch.external_url


MARK = "sibling-"

WITHOUT_ALERTS = ("heartbeat", "changes")
"""Kinds of sources that bring none: of a message of changes all is taken or none of it."""


def siblings_of(kind: str) -> tuple[str, ...]:
    """Return the names of the good alerts that are put beside a hostile one."""
    return () if kind in WITHOUT_ALERTS else tuple(f"{MARK}{number}" for number in range(3))


def told_by(batch: Batch) -> set[str]:
    """Return the instances that a batch has alerts about."""
    return {alert.labels.get("instance", "") for alert in batch.alerts}


def _is_at_top(kind: str, body: bytes, sibling: str) -> bool:
    # Only what `beside` made holds a sibling whole; a body that other roads changed may have spoilt it.
    return good_alert(kind, sibling) in body


def good_alert(kind: str, instance: str) -> bytes:
    """Return one alert as its sender writes it."""
    return json.dumps(_alert(kind, instance), separators=(",", ":")).encode()


def _alert(kind: str, instance: str) -> dict[str, object]:
    labels = {"alertname": "CheckoutErrors", "service": "payments-api", "severity": "critical", "instance": instance}
    annotations = {"summary": "Checkout fails for 7 % of customers", "runbook_url": "runbooks/payments-5xx.md"}
    match kind:
        case "prometheus":
            return {"labels": labels, "annotations": annotations, "startsAt": "2026-01-05T03:12:44.123Z"}
        case "generic":
            return {"status": "firing", "labels": labels, "annotations": annotations}
        case _:
            return {
                "status": "firing",
                "labels": labels,
                "annotations": annotations,
                "startsAt": "2026-01-05T03:12:44.123Z",
                "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "http://prometheus:9090/graph?g0.expr=up",
            }


def beside(kind: str) -> Mutate:
    """Return what puts one hostile alert among three good ones."""
    around = None if kind == "prometheus" else {"version": "4", "status": "firing", "truncatedAlerts": 0}

    def mutate(chance: Random, sample: bytes) -> bytes:
        siblings = [_alert(kind, name) for name in siblings_of(kind)]
        return with_siblings(chance, _alert(kind, "x"), siblings, around)

    return mutate


def samples_of(kind: str) -> tuple[bytes, ...]:
    """Return what real senders of this kind sent, and what our own documentation shows."""
    if kind == "generic":
        whole = {
            "status": "firing",
            "id": "backup-db1",
            "name": "BackupFailed",
            "service": "payments-api",
            "team": "payments",
            "severity": "critical",
            "summary": "No backup of db1 for 26 h",
            "action": "Start it by hand",
            "labels": {"cluster": "eu-1"},
            "annotations": {"dashboard_url": "https://grafana.example.com"},
            "starts_at": "2026-01-05T03:12:44Z",
            "ends_at": "2026-01-05T03:17:44Z",
            "url": "https://backups.example.com",
        }
        return tuple(json.dumps(one).encode() for one in (whole, {"alerts": [whole, _alert(kind, "y")]}))
    if kind == "heartbeat":
        return (b"", b"rsync: done\n", b"{}")
    if kind == "changes":
        deploy = {
            "kind": "deploy",
            "service": "payments-api",
            "what": "release 41",
            "id": "run-8123",
            "by": "ana",
            "at": "2026-01-05T03:12:44Z",
            "link": "https://ci.example.com/runs/8123",
        }
        return tuple(json.dumps(one).encode() for one in (deploy, {"changes": [deploy, deploy]}))
    return tuple(path.read_bytes() for path in sorted(PAYLOADS.glob(f"{kind}-*.json")))


def webhook(kind: str) -> Target:
    """Return the parser of one kind of source."""
    roads = (as_bytes,) if kind == "heartbeat" else (as_json, as_json, beside(kind), beside(kind), as_bytes)
    share = 100 if kind == "heartbeat" else 1_000
    # A list that is not well-formed is walked sign by sign, in a thread: a second for as many as a body may have.
    return Target(kind, samples_of(kind), either(*roads), partial(read_webhook, kind), share, seconds_max=1.5)


# ---- what people answer, and what the provider reports


def read_text(octets: bytes) -> bool:
    """A text of anybody: never an error, and no act that its words do not carry."""
    body = octets.decode("utf-8", "surrogateescape")
    reply = read_reply(body)
    assert reply == read_reply(body)
    if reply.code is not None:
        assert normalize_code(reply.code) == reply.code
    if reply.duration is not None:
        assert reply.verb is Verb.SNOOZE
        assert timedelta(minutes=1) <= reply.duration <= timedelta(hours=24)
    return reply.verb not in (Verb.UNKNOWN, Verb.NONE)


def read_callback(octets: bytes) -> bool:
    """A signed form: what is none of the provider's reports is Unreadable, unsigned it is never good."""
    try:
        pairs = parse_qsl(octets.decode(), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        return False
    url = "https://pager.example.com/api/v1/provider/sms"
    for signature in (None, "", "x", octets.decode()[:64]):
        assert not callbacks.verify(url, pairs, signature, ["a-token"])
        assert not callbacks.verify(octets.decode()[:500], octets, signature, ["a-token", ""])
    form = dict(pairs)
    accepted = False
    for parse in (callbacks.parse_status, callbacks.parse_inbound_sms, callbacks.parse_key):
        try:
            parse(form)
            accepted = True
        except Unreadable as error:
            check_refusal(error)
    return accepted


FORMS = tuple(
    urlencode(form).encode()
    for form in (
        {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003", "To": "+4915110000002"},
        {"CallSid": "CA1", "CallStatus": "completed", "AnsweredBy": "machine_start", "Timestamp": "Mon, 05 Jan 2026"},
        {"CallSid": "CA1", "CallStatus": "completed", "Timestamp": "Mon, 05 Jan 2026 03:12:44 +0000"},
        {"MessageSid": "SM2", "From": "+4915110000002", "Body": "ack 47", "NumMedia": "0"},
        {"MessageSid": "SM3", "From": "+4915110000002", "Body": "STOP", "OptOutType": "STOP"},
        {"CallSid": "CA1", "Digits": "4", "From": "+4915110000002"},
    )
)

FIELDS = ("MessageSid", "SmsSid", "CallSid", "MessageStatus", "CallStatus", "ErrorCode", "AnsweredBy", "Body", "Digits")
FIELDS += ("Timestamp", "From", "OptOutType")


def as_form(chance: Random, sample: bytes) -> bytes:
    """Change the fields of a form."""
    if chance.random() < 0.3:
        return as_bytes(chance, sample)
    pairs = parse_qsl(sample.decode())
    for _ in range(chance.randint(1, 3)):
        value = chance.choice((*callbacks.MESSAGE_STATUS, *callbacks.CALL_STATUS, *TEXT_SCRAPS, "30007", "21610"))
        pairs.insert(chance.randint(0, len(pairs)), (chance.choice(FIELDS), value[:3_000]))
        if chance.random() < 0.4:
            del pairs[chance.randrange(len(pairs))]
    return urlencode(pairs, errors="surrogatepass").encode()


# ---- what people write into files


def read_yaml(octets: bytes) -> bool:
    """One file alone: findings of the catalogue at places that are in it, never an error."""
    text = octets.decode("utf-8", "surrogateescape")
    node, findings = document.read("rules/x.yaml", text)
    assert len(findings) <= document.FINDINGS_MAX + 2
    for one in findings:
        assert one.id in CATALOGUE
        assert one.span.line >= 1 <= one.span.col
    if node is not None:
        document.written(node)
    return not findings


PART = b"\x1d---- "
"""Begins the name of a file in a directory that is one string of bytes."""


def packed(files: Iterable[tuple[str, str]]) -> bytes:
    """Write the files of a directory as one string of bytes."""
    return b"".join(PART + name.encode() + b"\n" + text.encode("utf-8", "surrogateescape") for name, text in files)


def unpacked(octets: bytes) -> dict[str, str]:
    """Return the files again; what stands before the first name is none."""
    parts = (part.partition(b"\n") for part in octets.split(PART)[1:])
    return {name.decode("utf-8", "replace"): text.decode("utf-8", "surrogateescape") for name, _, text in parts}


def read_config(octets: bytes) -> bool:
    """Read a whole directory: a plan, or findings that say why not; the same files give the same plan again."""
    files = unpacked(octets)
    found = load(files, now=NOW)
    assert (found.plan is None) == any(one.id.startswith("E") for one in found.findings)
    for one in found.findings:
        assert one.id in CATALOGUE
        assert one.span.line >= 1 <= one.span.col
        str(one).encode("utf-8", "replace")
    if found.plan is not None:
        again = load(files, now=NOW)
        assert again.plan == found.plan
        assert again.settings == found.settings
    return found.plan is not None


def in_one_file(chance: Random, sample: bytes) -> bytes:
    """Change the lines of one or two files of a directory."""
    files = unpacked(sample)
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(sorted(files))
        changed = chance.choice((as_lines, as_lines, as_lines, as_bytes))(
            chance, files[name].encode("utf-8", "surrogateescape")
        )
        files[name] = changed.decode("utf-8", "surrogateescape")
    if chance.random() < 0.05:
        files[chance.choice(("rules/../x.yaml", "rotations/a/b.yaml", "x.yml", "rules/x.yaml", "\x7f"))] = "a: 1\n"
    return packed(files.items())


HOSTILE_VALUES = ("", "a" * 1_024, "a" * 1_023 + "b", "ab" * 500 + "c", " " * 900, "0" * 1_000 + "x", "\n" * 500)


def read_matcher(octets: bytes) -> bool:
    """One condition of a rule: read or refused, written and read again the same, and soon done with any value."""
    text = octets.decode("utf-8", "surrogateescape")
    with suppress(ValueError):
        core = parse_matcher(text)
        assert parse_matcher(str(core)) == core
    try:
        found = matchers.matcher(text)
    except Mismatch as refused:
        check_mismatch(refused)
        return False
    for value in HOSTILE_VALUES:
        found.matches({found.label: value})
    return True


MATCHER_WORDS = (
    "service",
    "=",
    "!=",
    "=~",
    "!~",
    '"',
    "a",
    "b",
    ".*",
    ".+",
    "(",
    ")",
    "(?:",
    "|",
    "*",
    "+",
    "?",
    "{2,9}",
)
MATCHER_WORDS += (
    "{1000}",
    "[a-z]",
    "[^",
    "]",
    "\\d",
    "\\",
    "\\Z",
    "^",
    "$",
    "(?i)",
    "(?P<x>",
    "(?=",
    "\\1",
    ".",
    " ",
    "{,",
    "0",
)


def as_matcher(chance: Random, sample: bytes) -> bytes:
    """String pieces of expressions together, mostly between the quotes of a matcher."""
    pieces = "".join(chance.choice(MATCHER_WORDS) for _ in range(chance.randint(1, 25)))
    if chance.random() < 0.7:
        pieces = f'service=~"{pieces}"'
    return pieces.encode() if chance.random() < 0.8 else as_bytes(chance, sample)


class _Tags(HTMLParser):
    """Collects what a browser would take for markup."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in markdown.TAGS:
            self.bad.append(tag)
        for name, value in attrs:
            is_link = tag == "a" and name in {"href", "rel"}
            if not is_link and (tag, name) != ("ol", "start"):
                self.bad.append(f"{tag} {name}")
            if name == "href" and not (value or "").lower().startswith(("http://", "https://")):
                self.bad.append(f"{tag} {value}")

    def handle_decl(self, decl):
        self.bad.append(decl)

    def handle_comment(self, data):
        self.bad.append(data)

    def handle_pi(self, data):
        self.bad.append(data)


def read_markdown(octets: bytes) -> bool:
    """A runbook becomes words and harmless markup, whatever stands in it."""
    text = octets.decode("utf-8", "replace")
    runbook = read_runbook(Reader(), "runbooks/x.md", text)
    assert len(runbook.first_action) <= FIRST_ACTION_MAX
    assert runbook.first_action.isprintable()
    markdown.rendered.cache_clear()
    parser = _Tags()
    parser.feed(markdown.rendered(text))
    assert parser.bad == []
    return bool(runbook.first_action)


# ---- what people type


READERS = (
    *(times.duration, times.kept, times.turn, times.wall_time, times.day, times.moment, times.clock),
    *(times.clock_or_never, times.daily_hour, times.night, times.window, times.business_hours, times.zone),
    *(values.text, values.name, values.service, values.label, values.boolean, values.integer, values.phone),
    *(values.email, values.url, values.address, values.rate, values.secret_file, values.path),
)

BERLIN = ZoneInfo("Europe/Berlin")


def check_mismatch(refused: Mismatch) -> None:
    """A refusal is in the catalogue, and can be said in a few lines."""
    assert refused.id in CATALOGUE
    assert len(refused.message + refused.expected + refused.hint) < 2_000


def read_value(octets: bytes) -> bool:
    """Any value of a file, and any time at a prompt: read, or refused with what would be right."""
    text = octets.decode("utf-8", "surrogateescape")
    accepted = False
    for read in READERS:
        try:
            read(text)
            accepted = True
        except Mismatch as refused:
            check_mismatch(refused)
    for is_end in (False, True):
        try:
            at = typed.read_instant(text, NOON, BERLIN, is_end=is_end)
            assert at.utcoffset() == timedelta(0)
            assert datetime.fromisoformat(at.isoformat()) == at
            typed.shown(at)
            accepted = True
        except typed.NotATime:
            pass
    with suppress(typed.NotATime):
        assert timedelta(0) < typed.read_length(text) <= typed.LENGTH_MAX
    return accepted


# ---- a whole pagerd


def as_post(chance: Random, sample: bytes) -> bytes:
    """Change the body of a message; its first line names the source."""
    kind, _, body = sample.partition(b"\n")
    name = kind.decode()
    return kind + b"\n" + either(as_json, beside(name), as_bytes)(chance, body)


def posts() -> tuple[bytes, ...]:
    """Return a message of every source that is sent over the wire."""
    return tuple(f"{kind}\n".encode() + body for kind in served.PATHS for body in samples_of(kind))


VALUES = (
    *("5m", "1h30m", "366d", "forever", "week", "12 hours", "2026-01-05T09:00", "2026-12-24", "22:30", "never"),
    *("mon-fri 09:00-18:00", "sat,sun", "22:00-06:00", "Europe/Berlin", "UTC", "+4915110000002", "ana@example.com"),
    *("https://example.com/x", "127.0.0.1:8911", "[::1]:8911", "10/s", "prod.token", "payments-api", "yes", "17"),
    *("tomorrow 03:00", "fri", "+6h", "2026-03-29T02:30", "2026-10-25T02:30+02:00", "now", "today 24:00"),
)
VALUE_WORDS = (*VALUES, *"0123456789:-+./TZ", "99999999", "\u0663", "h", "d", "mon", "Feb", "²", "e5")

SMS_WORDS = (
    *reply_words.VERBS,
    *reply_words.POLITE,
    *reply_words.FILLERS,
    *reply_words.DOUBTS,
    *reply_words.CARRIER,
    *("47", "BCDF", "#47", "20m", "1h", "345M", "ack47", "not", "don't", "?", "> ", "--", "Sent from my iPhone"),
    *CODE_ALPHABET[:4],
)
TEXTS = (
    b"ack 47",
    b"Ack\n> [47] sev1 checkout fails\n> ack 47",
    b"snooze BCDF 20 min pls",
    b"STOP",
    b"on it 47, thanks",
)

EXAMPLE = packed(
    (path.relative_to(REPOSITORY).as_posix(), path.read_text())
    for path in sorted(
        (
            REPOSITORY / "pagerd.yaml",
            *(one for folder in ("rules", "rotations") for one in (REPOSITORY / folder).glob("*.yaml")),
            *(REPOSITORY / "runbooks").glob("*.md"),
        )
    )
    if PurePosixPath(path).name != "README.md"
)
RUNBOOKS = tuple(path.read_bytes() for path in sorted((REPOSITORY / "runbooks").glob("*.md")))
YAMLS = tuple(text.encode() for text in COMPANY.values())


def _markdown(chance: Random, sample: bytes) -> bytes:
    if chance.random() < 0.5:
        return as_lines(chance, sample)
    pieces = ("[", "](", "*", "_", "**", "`", "> ", "- ", "\n", "|", "~~", "<", "a", "&#", "\\", "![", "1. ", "    ")
    unit = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 4)))
    return (unit * chance.choice((3, 300, 60_000)))[:200_000].encode() + chance.choice((b"", sample))


TARGETS: dict[str, Target] = {
    one.name: one
    for one in (
        *(webhook(kind) for kind in PARSERS),
        Target("sms reply", TEXTS, words(SMS_WORDS), read_text, 2_000),
        Target("provider callback", FORMS, as_form, read_callback, 1_500),
        Target("yaml file", YAMLS, either(as_lines, as_lines, as_bytes), read_yaml, 400, seconds_max=0.5),
        Target("config directory", (packed(COMPANY.items()), EXAMPLE), in_one_file, read_config, 30, seconds_max=2.0),
        # Seven values of a thousand signs, and an expression may take time that grows with the square of each.
        Target(
            "matcher",
            (b'service=~"checkout|payments.*"', b'severity="page"'),
            as_matcher,
            read_matcher,
            4_000,
            seconds_max=0.5,
        ),
        Target("runbook", RUNBOOKS, _markdown, read_markdown, 30, seconds_max=3.0),
        Target("intake", posts(), as_post, served.take_in, 100, seconds_max=3.0, **served.LIFE),
        Target("api", served.routes(), served.as_request, served.called, 150, seconds_max=3.0, **served.LIFE),
        Target(
            "export", tuple(map(exported.sample, exported.KINDS)), exported.mutate, exported.read, 30, seconds_max=2.0
        ),
        Target("calendar", calendars.CALENDARS, calendars.mutate, calendars.read, 60, seconds_max=4.0),
        Target("value", tuple(one.encode() for one in VALUES), words(VALUE_WORDS), read_value, 100),
    )
}
