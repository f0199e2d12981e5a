"""YAML text into nodes that know their place. The only home of `yaml`.

Nothing is decoded here: a scalar keeps the text that was written, so that `22:30`, `no` and `+15551234567` still mean
what they look like when the type that is expected is known. The tree is built from parser events with a stack of our
own, because composing is recursive in C and kills the whole process on a deeply nested file. What YAML has and the
format does not (anchors, aliases, merge keys, tags, several documents) is refused here, and so is what would make a
file slow to read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from pagerd.config.findings import Finding, Span, split_lines

FILE_CHARS_MAX = 1024 * 1024
"""Characters of one file. The widest rule file seen, with 1,000 rules, has about 300,000."""

FILES_MAX = 500
"""Files of one config directory: a hundred teams with five files each."""

ALL_CHARS_MAX = 16 * 1024 * 1024
"""Characters of all files of a directory: fifty of the widest. More than so much memory costs is not read at all."""

DEPTH_MAX = 32
"""Nesting. The format itself needs 8; recursion over a tree this deep is safe everywhere."""

NODES_MAX = 100_000
"""Values in one file: ten times those of a file with 1,000 rules. Bounds the time of one check."""

ALL_NODES_MAX = 300_000
"""Values in all files of a directory: those of 30,000 rules. They take 3 s and 100 MB, while the old plan pages."""

FINDINGS_MAX = 100
"""Findings of the YAML layer in one file; after that many the file is not what anybody meant to write."""

_PURE_PARSER_CHARS_MAX, _PURE_PARSER_BRACKETS_MAX = 16 * 1024, 500
"""The pure parser explains syntax errors better, at a fiftieth of the speed: only small files are read twice. It looks
at every open bracket before each word, so that a thousand of them take a tenth of a second."""

# What YAML allows, less the invisible: controls, other line breaks (they would shift line numbers), lone surrogates
# (bytes that are not UTF-8), byte order marks, and marks that turn text around so that a reviewer reads another thing.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written; `plain` is without quotes, of a `block` (`|`) the lines are those of the file."""

    text: str
    plain: bool
    span: Span
    block: bool = False

    @property
    def is_empty(self) -> bool:
        """Is there nothing, or YAML's word for nothing?"""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, its keys in the order of the file and each once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    span: Span


Node = Scalar | Items | Table


def written(node: Node) -> str:
    """Write a node on one line, for people."""
    match node:
        case Scalar():
            return node.text.replace("\n", " ")
        case Items():
            return "[" + ", ".join(written(item) for item in node.items) + "]"
        case Table():
            return "{" + ", ".join(f"{key.text}: {written(value)}" for key, value in node.entries) + "}"


@dataclass(slots=True)
class Allowance:
    """What the files of one directory may still hold together."""

    nodes: int = ALL_NODES_MAX


def read(file: str, text: str, allowance: Allowance | None = None) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the tree of a file, or None where it has none or cannot be read, and what is wrong with its YAML.

    What it holds is taken off the allowance that it shares with the other files of its directory.
    """
    finding = unfit(file, text)
    if finding is not None:
        return None, (finding,)
    builder = _Builder(file, allowance or Allowance())
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        builder.findings.append(_syntax(file, text, error))
        return None, tuple(builder.findings)
    return (None if builder.stopped else builder.root), tuple(builder.findings)


def unfit(file: str, text: str) -> Finding | None:
    """Return why a file is not even looked at: its size, or characters that do not belong."""
    if len(text) > FILE_CHARS_MAX:
        return Finding("E002", Span(file), f"{file} is too large", f"at most {FILE_CHARS_MAX:,} characters")
    bad = _FORBIDDEN.search(text)
    if bad is None:
        return None
    before = split_lines(text[: bad.start()])
    code = ord(bad.group())
    # Bytes that are not UTF-8 arrive as the surrogates that `read_directory` decodes them to.
    is_byte = 0xDC80 <= code <= 0xDCFF
    what = (
        f"the byte 0x{code - 0xDC00:02x} is not UTF-8"
        if is_byte
        else f"the character U+{code:04X} does not belong here"
    )
    return Finding(
        "E005", Span(file, len(before), len(before[-1]) + 1), what, "UTF-8 text without invisible characters"
    )


def _events(text: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield from yaml.parse(text, Loader=loader)


def _syntax(file: str, text: str, error: yaml.YAMLError) -> Finding:
    is_small = len(text) <= _PURE_PARSER_CHARS_MAX
    if is_small and text.count("[") + text.count("{") <= _PURE_PARSER_BRACKETS_MAX:
        try:
            for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
        except yaml.YAMLError as better:
            error = better
        except RecursionError:
            pass
    line = col = 1
    message = str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        # What was opened and never closed is missed at the end of the file, and is to be mended where it begins.
        if mark is not None and error.context_mark is not None and not text[mark.index :].strip():
            mark = error.context_mark
        line, col = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        message = ", ".join(part for part in (error.context, error.problem) if part)
    lines = split_lines(text)
    hint = _syntax_hint(message, lines[line - 1] if line <= len(lines) else "")
    return Finding("E001", Span(file, line, col), f"this is not YAML: {message}", "YAML 1.1", hint)


def _syntax_hint(message: str, line: str) -> str:
    """Return what would help: the parser's own words are about the parser."""
    if "\t" in line:
        return "YAML does not take tabs for indentation: write spaces"
    if "mapping values are not allowed" in message:
        return "text with a colon needs quotes; a key must be indented as its neighbours are"
    if "stream end" in message or "unexpected end of stream" in message:
        return "what is opened here is never closed: look for the other bracket, or the other quote"
    if "found '}'" in message or "found ']'" in message:
        return "there is one bracket too many"
    if "block end" in message and "<scalar>" in message:
        return "quotes enclose the whole value"
    if "block end" in message:
        return "this line is not indented as its neighbours are, or a list's dash stands beside keys"
    if "while parsing a flow" in message:
        return "before this a bracket is not closed, or a comma is missing"
    if "cannot start any token" in message:
        return "a value that begins with this sign needs quotes"
    if "could not find expected ':'" in message:
        return "a key needs a colon and a space behind it"
    return ""


class _Builder:
    """Grows one tree from events. An open collection is a list on the stack; nothing recurses."""

    def __init__(self, file: str, allowance: Allowance) -> None:
        self.file = file
        self.allowance = allowance
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.stopped = False
        self._documents = 0
        self._nodes = 0
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> bool:
        """Take one event; return False when the rest of the file is not looked at."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._find("E018", event, "the file goes on with a second document", "one document in a file")
                return False
        elif isinstance(event, yaml.NodeEvent):
            self._nodes += 1
            self.allowance.nodes -= 1
            if self._nodes > NODES_MAX:
                return self._stop("E002", event, f"more than {NODES_MAX:,} values in one file")
            if self.allowance.nodes < 0:
                return self._stop("E002", event, f"more than {ALL_NODES_MAX:,} values in all files together")
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self._open.pop().close())
        if len(self._open) > DEPTH_MAX:
            return self._stop("E002", event, f"nested deeper than {DEPTH_MAX}")
        if len(self.findings) >= FINDINGS_MAX:
            self.stopped = True
        return not self.stopped

    def _take_node(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._find(
                "E003", event, f"{sign}{event.anchor[:40]} is not part of the format", "the value itself, written out"
            )
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
            message = f"the tag {event.tag[:40]} is not part of the format"
            self._find("E003", event, message, "the value without a tag")
        span = self._span(event)
        if isinstance(event, yaml.ScalarEvent):
            self._put(Scalar(event.value, not event.style, span, event.style == "|"))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open.append(_Open(isinstance(event, yaml.MappingStartEvent), span))
        else:
            self._put(Scalar("", True, span))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if not top.is_table:
            top.items.append(node)
        elif top.key is None and not top.skips_value:
            self._put_key(top, node)
        else:
            if top.key is not None:
                top.entries.append((top.key, node))
            top.key, top.skips_value = None, False

    def _put_key(self, top: "_Open", node: Node) -> None:
        # A key that is refused still has a value behind it, which must not be taken for the next key.
        top.skips_value = True
        if not isinstance(node, Scalar):
            self.findings.append(Finding("E008", node.span, "a key must be a single word", "a name and a colon"))
        elif node.text in top.seen:
            first = top.seen[node.text]
            message = f"the key {node.text[:60]!r} stands here twice"
            hint = f"the first is in line {first.line}; YAML itself would drop it silently"
            self.findings.append(Finding("E004", node.span, message, "each key once", hint))
        elif node.plain and node.text == "<<":
            self.findings.append(Finding("E003", node.span, "<< is not part of the format", "the values, written out"))
        else:
            top.seen[node.text] = node.span
            top.key, top.skips_value = node, False

    def _find(self, finding_id: str, event: yaml.Event, message: str, expected: str) -> None:
        self.findings.append(Finding(finding_id, self._span(event), message, expected))

    def _stop(self, finding_id: str, event: yaml.Event, message: str) -> bool:
        self._find(finding_id, event, message, "a file that people can read")
        self.stopped = True
        return False

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None, "the parser marks every event"
        assert end is not None, "the parser marks every event"
        length = end.column - start.column if end.line == start.line else 1
        return Span(self.file, start.line + 1, start.column + 1, max(1, length))


class _Open:
    """A list or a mapping whose end has not come yet."""

    __slots__ = ("entries", "is_table", "items", "key", "seen", "skips_value", "span")

    def __init__(self, is_table: bool, span: Span) -> None:
        self.is_table = is_table
        self.span = span
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.seen: dict[str, Span] = {}
        self.key: Scalar | None = None
        self.skips_value = False

    def close(self) -> Node:
        return Table(tuple(self.entries), self.span) if self.is_table else Items(tuple(self.items), self.span)
