"""Reads `messages` of `rules/incidents.yaml`: who is told of incidents, in which words, and which promise too much."""

from collections.abc import Mapping
from functools import partial

from pagerd.config import kinds
from pagerd.config.document import Node, Scalar
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Key,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    list_of,
    optional,
    required,
    scalar,
    shaped,
)
from pagerd.config.values import Mismatch, shown
from pagerd.core.incidents.messages import PUBLIC, SUBJECTS, MessageKind, MessageRules, Route
from pagerd.core.incidents.promises import PROMISE_WORDS, promises_in
from pagerd.core.suggestions import listed, nearest

WHERE = "`messages` in `rules/incidents.yaml`"


def _read_template(message: MessageKind, reader: Reader, node: Node, path: Path) -> str:
    del path
    if not isinstance(node, Scalar):
        reader.report("E008", node, "a template is one text", "text of several lines behind |")
        return ""
    # Whoever writes no template of their own needs no engine for them.
    from pagerd.templating import messages  # noqa: PLC0415

    for fault in messages.faults_of(message, node.text):
        subject = SUBJECTS[message]
        expected = "fields: " + ", ".join(sorted(subject.names)) if fault.name else "a template"
        reader.report("E802" if fault.name else "E801", _line(node, fault.line), fault.message, expected)
        return ""
    for name in messages.missing_in(message, node.text):
        reader.report("W803", node, f"a message of kind {message.value} says no {name}", f"{{{{ {name} }}}} in it")
    return node.text


def _line(node: Scalar, line: int) -> Span:
    """Return where a line of a template stands; of a text that is no block, where the text does."""
    return Span(node.span.file, node.span.line + line) if node.block else node.span


def _template(message: MessageKind) -> Key[str | None]:
    kind: Kind[str] = Kind("template", "", partial(_read_template, message), {"type": "string"})
    return optional(message.value, kind, SUBJECTS[message].meaning, "pagerd's own")


TEMPLATE_KEYS = {message: _template(message) for message in MessageKind}
TEMPLATES = Shape(
    "templates",
    "`templates` of `messages` in `rules/incidents.yaml`",
    "What messages say. The first line is the heading; [messages](messages.md) has the fields and the language.",
    tuple(TEMPLATE_KEYS.values()),
)


def _make_templates(reader: Reader, found: Fields, path: Path) -> dict[str, str]:
    del reader, path
    return {message.value: text for message, key in TEMPLATE_KEYS.items() if (text := found[key])}


TEMPLATES_KIND: Kind[Mapping[str, str]] = shaped(TEMPLATES, {}, _make_templates)
TEMPLATES_KEY = defaulted("templates", TEMPLATES_KIND, {}, "pagerd's own", "what messages say", structure=True)
PROMISES_KEY = defaulted(
    "promise_words",
    list_of(kinds.TEXT, most=200),
    PROMISE_WORDS,
    ", ".join(PROMISE_WORDS),
    "words that promise what nobody can know; a star stands for any ending",
)
ROUTE_TO = required("to", list_of(kinds.NAME, least=1, most=100), "`receivers` of `pagerd.yaml`")
ROUTE_TEAMS = defaulted("teams", list_of(kinds.NAME), (), "all", "incidents of these teams")
ROUTE_SEVERITIES = defaulted("severities", list_of(kinds.NAME), (), "all", "incidents of these severities")
_TOLD = [kind.value for kind in MessageKind if kind not in PUBLIC]


def _told_kind(raw: str) -> str:
    if raw not in _TOLD:
        raise Mismatch(f"{shown(raw)} is no message to colleagues", listed(_TOLD, 20), hint=nearest(raw, _TOLD))
    return raw


ROUTE_KIND = scalar("kind of a message to colleagues", "", _told_kind, {"enum": _TOLD})
ROUTE_KINDS = defaulted("kinds", list_of(ROUTE_KIND), (), "all", "messages of these kinds")
ROUTE = Shape(
    "a route",
    "an entry of `routes` of `messages` in `rules/incidents.yaml`",
    "Who is told of which incidents; what several entries say adds up.",
    (ROUTE_TO, ROUTE_TEAMS, ROUTE_SEVERITIES, ROUTE_KINDS),
)


def _make_route(reader: Reader, found: Fields, path: Path) -> Route:
    del reader, path
    return Route(
        to=found[ROUTE_TO],
        teams=found[ROUTE_TEAMS],
        severities=found[ROUTE_SEVERITIES],
        kinds=found[ROUTE_KINDS],
    )


ROUTES_KEY = optional(
    "routes",
    list_of(shaped(ROUTE, Route(()), _make_route), most=500),
    "who is told of which incidents",
    "every receiver of everything",
)
MESSAGES = Shape("messages", WHERE, "How incidents are talked about.", (ROUTES_KEY, TEMPLATES_KEY, PROMISES_KEY))


def _make(reader: Reader, found: Fields, path: Path) -> MessageRules:
    rules = MessageRules(templates=found[TEMPLATES_KEY], promise_words=found[PROMISES_KEY], routes=found[ROUTES_KEY])
    for message, text in rules.templates.items():
        here = (*path, TEMPLATES_KEY.name, message)
        for promise in promises_in(text, rules.promise_words):
            finding = "E804" if message in PUBLIC else "W805"
            said = f"the template of {message} promises: {promise}"
            reader.report(finding, reader.span_of(here, found.span), said, "when the next message comes")
    return rules


KEY = defaulted(
    "messages", shaped(MESSAGES, MessageRules(), _make), MessageRules(), "below", "what is told of it", structure=True
)
SHAPES = (MESSAGES, ROUTE, TEMPLATES)
