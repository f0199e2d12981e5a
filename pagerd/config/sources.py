"""Reads `sources` of `pagerd.yaml`: where alerts come in, and how much one message may hold."""

from collections.abc import Mapping

from pagerd.config import heartbeats, kinds, source_api
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
    mapping_of,
    optional,
    required,
    shaped,
)
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Source, SourceKind, SourceLimits

TOKENS_MAX = 8
"""Tokens of one source that are good at once: four members, two each while one is changed."""

_LIMITS = SourceLimits()
LIMITS = tuple(
    defaulted(name, kinds.INTEGER, default, str(default), meaning)
    for name, default, meaning in (
        ("body_bytes_max", _LIMITS.body_bytes_max, "bytes of one message"),
        ("depth_max", _LIMITS.depth_max, "nesting of the JSON"),
        ("alerts_max", _LIMITS.alerts_max, "alerts in one message"),
        ("labels_max", _LIMITS.labels_max, "labels, and annotations, of one alert"),
        ("text_max", _LIMITS.text_max, "characters of a label value or annotation; what is longer is cut"),
    )
)
LIMITS_SHAPE = Shape("limits", "`limits` of a source", "What one message may hold; the rest is refused.", LIMITS)


def _make_limits(reader: Reader, found: Fields, path: Path) -> SourceLimits:
    del path
    for key in LIMITS:
        if found[key] < 1:
            reader.report("E010", found.span_of(key), f"{key.name} would refuse everything", "at least 1")
    return SourceLimits(**{key.name: found[key] for key in LIMITS})


SOURCE_KIND = required("kind", choice(SourceKind, SourceKind.GENERIC), "who sends")
TOKEN_FILES = defaulted(
    "token_files",
    list_of(kinds.SECRET_FILE, least=1, most=TOKENS_MAX),
    (),
    "none",
    "files with the bearer tokens that are good now: each member's own, and two while one is changed",
)
USER = optional("user", kinds.TEXT, "the user of basic auth")
PASSWORD_FILE = optional("password_file", kinds.SECRET_FILE, "a file with the password of basic auth")
SILENT_AFTER = optional(
    "silent_after", kinds.DURATION, "page when nothing was heard of the source for so long", "never"
)
STALE_RESOLVES_AFTER = optional(
    "stale_resolves_after", kinds.DURATION, "resolve an alert that was stale for so long", "never"
)
SOURCE_LIMITS = defaulted(
    "limits", shaped(LIMITS_SHAPE, SourceLimits(), _make_limits), SourceLimits(), "below", "see limits", structure=True
)
SOURCE = Shape(
    "a source",
    "`sources` in `pagerd.yaml`",
    "Where alerts come in, by the name in the address that they are sent to.",
    (
        *(SOURCE_KIND, TOKEN_FILES, USER, PASSWORD_FILE, SILENT_AFTER, STALE_RESOLVES_AFTER, SOURCE_LIMITS),
        *source_api.KEYS,
        *heartbeats.KEYS,
    ),
)


def _make_source(reader: Reader, found: Fields, path: Path) -> Source:
    user, password = found[USER], found[PASSWORD_FILE]
    if (user is None) != (password is None):
        reader.report("E603", found.span, "basic auth needs both", "user and password_file")
    elif not found[TOKEN_FILES] and user is None and TOKEN_FILES not in found and heartbeats.FROM not in found:
        hint = f"write token_files: [.pagerd/{path[-1]}.token]"
        reader.report(
            "E603", found.span, "anybody could send to this source", "token_files, or user and password_file", hint
        )
    if SOURCE_LIMITS not in found:
        fields(reader, None, LIMITS_SHAPE, (*path, SOURCE_LIMITS.name), found.span)
    is_heartbeat = found[SOURCE_KIND] is SourceKind.HEARTBEAT
    for key in (SILENT_AFTER, STALE_RESOLVES_AFTER):
        if is_heartbeat and key in found:
            reader.report("E620", found.span_of(key), f"a heartbeat has no {key.name}", "every and grace")
    return Source(
        id=path[-1],
        kind=found[SOURCE_KIND],
        token_files=tuple(SecretFile(one) for one in found[TOKEN_FILES]),
        user=user,
        password_file=SecretFile(password) if password is not None else None,
        silent_after=found[SILENT_AFTER],
        stale_resolves_after=found[STALE_RESOLVES_AFTER],
        heartbeat=heartbeats.heartbeat_of(reader, found, path[-1], is_one=is_heartbeat),
        api=source_api.api_of(reader, found, is_one=found[SOURCE_KIND] is SourceKind.ALERTMANAGER),
        limits=found[SOURCE_LIMITS],
    )


KIND: Kind[Mapping[str, Source]] = mapping_of(
    kinds.NAME, shaped(SOURCE, Source(id="", kind=SourceKind.GENERIC), _make_source), name="mapping of names to sources"
)
SHAPES = (SOURCE, LIMITS_SHAPE)
