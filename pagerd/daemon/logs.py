"""How the daemon logs: events with keys, JSON unless a person looks, and never a secret or a whole phone number."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_PHONE = re.compile(r"\+\d{4,11}(\d{3,4})\b")
_TOKEN = re.compile(r"\b(pgr_|pgs_|pgf_)[A-Za-z0-9_-]{8,}")


def configure(*, as_json: bool, level: str = "info") -> None:
    """Set up structlog for this process."""
    # Plain tracebacks: the pretty ones show the values of variables, tokens and phone numbers among them.
    console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    renderer: Any = structlog.processors.JSONRenderer() if as_json else console
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _masked,
            *(() if as_json else (_harmless,)),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _masked(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The second net: what looks like a phone number or a token is masked, wherever it came from."""
    for key, value in event.items():
        event[key] = _mask(value)
    return event


def _harmless(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of a traceback what a terminal would obey; of everything else the renderer writes out the signs."""
    if isinstance(event.get("exception"), str):
        event["exception"] = "".join(sign for sign in event["exception"] if sign.isprintable() or sign == "\n")
    return event


def _mask(value: Any) -> Any:  # noqa: ANN401  # whatever is logged
    match value:
        case str():
            return _TOKEN.sub(r"\1***", _PHONE.sub(r"+***\1", value))
        case list() | tuple():
            return [_mask(one) for one in value]
        case dict():
            return {name: _mask(one) for name, one in value.items()}
        case _:
            return value
