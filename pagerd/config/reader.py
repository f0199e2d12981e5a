"""Typed reading of nodes from declared keys.

A mapping of the format is declared once, as a Shape of Keys. The same declaration decodes the files, says what was
expected, remembers where each value came from (for `config show` and the cross checks), and writes the reference.
Reading never stops: a wrong value becomes a finding, its kind's blank stands in, and the rest is read too. A plan is
made only of files without errors, so a blank never reaches one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar, cast

from pagerd.config.document import Items, Node, Scalar, Table, written
from pagerd.config.findings import TOLD_MAX, Finding, Span
from pagerd.config.values import Mismatch
from pagerd.core.suggestions import listed, nearest

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

Path = tuple[str, ...]
"""What a value belongs to, such as ("teams", "payments", "zone")."""

DEFAULT: Final = "default"

Json = Mapping[str, object]
"""A JSON Schema, or a part of one."""

WORD: Final[Json] = {"type": ["string", "number", "boolean"]}
"""A single value. Other readers of YAML take `22:30` or `no` for something else than text; we take what was written."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One value in force: how it is written, and where. No span means `said`: it is the default, if nothing else."""

    text: str
    span: Span | None = None
    said: str = DEFAULT

    def __str__(self) -> str:
        """Write where it came from."""
        return f"{self.span.file}:{self.span.line}" if self.span is not None else self.said


class Reader:
    """Collects the findings and origins of one load."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.origins: dict[Path, Origin] = {}
        self.spans: dict[Path, Span] = {}
        """Where entries of lists and mappings stand; they are no values of their own."""
        self.around: list[Shape] = []
        """The mappings around the one that is being read, the outermost first."""
        self._names: defaultdict[Path, set[str]] = defaultdict(set)

    def report(self, finding_id: str, at: Span | Node, message: str, expected: str = "", hint: str = "") -> None:
        """Note one finding."""
        span = at if isinstance(at, Span) else at.span
        self.findings.append(Finding(finding_id, span, message, expected, hint))

    def remember(self, path: Path, text: str, span: Span | None = None) -> None:
        """Note where a value in force came from. The first to say so is right: a second of that name is a finding."""
        self.origins.setdefault(path, Origin(text, span))
        self._names[path[:-1]].add(path[-1])

    def settle(self, path: Path, text: str) -> None:
        """Note what a default came to, where nothing was written."""
        origin = self.origins.get(path)
        if origin is None or origin.span is None:
            self.origins[path] = Origin(text)

    def span_of(self, path: Path, fallback: Span) -> Span:
        """Return where a value stands, or the nearest entry or mapping around it."""
        for length in range(len(path), 0, -1):
            origin = self.origins.get(path[:length])
            if origin is not None and origin.span is not None:
                return origin.span
            span = self.spans.get(path[:length])
            if span is not None:
                return span
        return fallback

    def is_written(self, path: Path) -> bool:
        """Does this very value stand in a file?"""
        origin = self.origins.get(path)
        return path in self.spans or (origin is not None and origin.span is not None)

    def names_under(self, *path: str) -> set[str]:
        """Return the names that a mapping of the files gives, whatever became of what they name."""
        return set(self._names.get(path, ()))


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """A type of value: its name in the reference, what stands in for a wrong one, how it is read, and its JSON Schema.

    The schema is for editors: it knows what is a list, a mapping or a word, and which words there are. What a word
    means is `check`'s business.
    """

    name: str
    blank: T_co
    read: Callable[[Reader, Node, Path], T_co]
    schema: Json = field(default_factory=lambda: WORD)


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """One key of a mapping. `shown` is its default as the reference and `config show` write it."""

    name: str
    kind: Kind[T_co]
    meaning: str
    default: T_co
    shown: str
    is_required: bool = False
    is_structure: bool = False
    """Its own values are remembered one by one; the whole is not a value."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A mapping of the format: what it is, where it stands, its keys in the order of the reference."""

    title: str
    where: str
    meaning: str
    keys: tuple[Key[object], ...]


def required(name: str, kind: Kind[T], meaning: str, *, structure: bool = False) -> Key[T]:
    """Declare a key that must be there."""
    return Key(name, kind, meaning, kind.blank, "required", is_required=True, is_structure=structure)


def optional(name: str, kind: Kind[T], meaning: str, shown: str = "none") -> Key[T | None]:
    """Declare a key that may be missing; None is what is read then."""
    return Key(name, kind, meaning, None, shown)


def defaulted(name: str, kind: Kind[T], default: T, shown: str, meaning: str, *, structure: bool = False) -> Key[T]:
    """Declare a key with a default."""
    return Key(name, kind, meaning, default, shown, is_structure=structure)


class Fields:
    """The values of one mapping by their keys."""

    def __init__(self, shape: Shape, values: Mapping[str, object], nodes: Mapping[str, Node], span: Span) -> None:
        self._shape = shape
        self._values = values
        self._nodes = nodes
        self.span = span

    def __getitem__(self, key: Key[T]) -> T:
        """Return what was written, or the default."""
        assert key in self._shape.keys, f"{key.name} is not a key of {self._shape.title}"
        return cast("T", self._values.get(key.name, key.default))

    def __contains__(self, key: Key[object]) -> bool:
        """Was it written?"""
        return key.name in self._nodes

    def span_of(self, key: Key[object]) -> Span:
        """Return where the value stands, or the mapping where it was not written."""
        node = self._nodes.get(key.name)
        return node.span if node is not None else self.span


_SECRET_WORDS = ("token", "password", "passwd", "secret", "api_key", "apikey", "credential", "private_key")


def fields(reader: Reader, node: Node | None, shape: Shape, path: Path, span: Span) -> Fields:
    """Read a mapping by its shape. `span` is where it would stand, for an empty file."""
    is_misshapen = False
    if node is not None and not isinstance(node, Table):
        is_misshapen = not (isinstance(node, Scalar) and node.is_empty)
        if is_misshapen:
            reader.report("E008", node, f"{shape.title} must be a mapping", "keys with values")
        node = None
    entries = node.entries if node is not None else ()
    at = node.span if node is not None else span
    if path:
        reader.remember(path, "", at)
    known = {key.name: key for key in shape.keys}
    nodes: dict[str, Node] = {}
    values: dict[str, object] = {}
    reader.around.append(shape)
    for word, value in entries:
        key = known.get(word.text)
        if key is None:
            _unknown_key(reader, word, shape, known)
            continue
        nodes[key.name] = value
        if isinstance(value, Scalar) and value.is_empty and not key.is_structure:
            reader.report("E009", value, f"{key.name} has no value", key.kind.name, "leave the key out for its default")
            values[key.name] = key.kind.blank
            continue
        if not key.is_structure:
            reader.remember((*path, key.name), written(value), value.span)
        values[key.name] = key.kind.read(reader, value, (*path, key.name))
    reader.around.pop()
    for key in shape.keys:
        if key.name in nodes:
            continue
        if key.is_required and is_misshapen:
            continue
        if key.is_required:
            reader.report("E007", at, f"{shape.title} has no {key.name}", f"{key.name}: {key.kind.name}")
        else:
            reader.remember((*path, key.name), key.shown)
    return Fields(shape, values, nodes, at)


_NOT_YET = {
    "chat": "there are no chat channels yet: a webhook can carry messages there",
}
"""Keys that people look for, and what to do without them."""


def _unknown_key(reader: Reader, word: Scalar, shape: Shape, known: Mapping[str, object]) -> None:
    text = word.text[:60]
    if any(secret in text.lower() for secret in _SECRET_WORDS) and text not in known:
        files = [name for name in known if name.endswith(("_file", "_files"))]
        closest = nearest(text + "_file", files) or nearest(text + "_files", files)
        hint = f"put it into a file and name that: {listed(files)}" if files else "put it into a file"
        if text.endswith(("_file", "_files")):
            reader.report("E006", word, f"{text!r} is not a key of {shape.title}", listed(known), closest)
            return
        reader.report("E601", word, f"{text!r} would be a secret in the files", "a reference to a file", hint)
        return
    # Where nothing is a key, none is a misspelling of one.
    hint = _instead(reader, text, shape) if len(reader.findings) <= TOLD_MAX else ""
    reader.report("E006", word, f"{text!r} is not a key of {shape.title}", listed(known, 20), hint)


def _instead(reader: Reader, text: str, shape: Shape) -> str:
    """Say what an unknown key may be meant for: one of a mapping around, one of a mapping inside, a misspelling."""
    for outer in reversed(reader.around[:-1]):
        if any(key.name == text for key in outer.keys):
            return f"{text} is a key of {outer.title}: it stands further left"
    inside = [key.name for key in shape.keys if _has(key.kind.schema, text)]
    if inside:
        return f"{text} belongs inside {listed(inside)}"
    return nearest(text, (key.name for key in shape.keys)) or _NOT_YET.get(text, "")


def _has(schema: object, name: str) -> bool:
    """Does a mapping that this schema describes, or the entries of one without declared keys, have such a key?"""
    if not isinstance(schema, Mapping):
        return isinstance(schema, (list, tuple)) and any(_has(one, name) for one in schema)
    if "properties" in schema:
        return name in cast("Mapping[str, object]", schema["properties"])
    return any(_has(part, name) for part in schema.values())


def scalar(name: str, blank: T, parse: Callable[[str], T], schema: Json = WORD) -> Kind[T]:
    """Return the kind of a single value."""

    def read(reader: Reader, node: Node, path: Path) -> T:
        del path
        if not isinstance(node, Scalar):
            what = "a list" if isinstance(node, Items) else "a mapping"
            reader.report("E008", node, f"{what} stands where a single value is expected", name)
            return blank
        if node.is_empty:
            reader.report("E009", node, "there is no value here", name)
            return blank
        try:
            return parse(node.text)
        except Mismatch as wrong:
            reader.report(wrong.id, node, wrong.message, wrong.expected, wrong.hint)
            return blank

    return Kind(name, blank, read, {**schema, "description": name})


def choice(values: type[E], blank: E) -> Kind[E]:
    """Return the kind of one word of several."""
    words = [one.value for one in values]
    expected = " | ".join(words)

    def parse(raw: str) -> E:
        if raw not in words:
            raise Mismatch(f"{raw[:60]!r} is not known", expected, hint=nearest(raw.lower(), words))
        return values(raw)

    return scalar(expected, blank, parse, {"enum": words})


LIST_MAX = 10_000
"""Entries of one list."""


def list_of(kind: Kind[T], *, least: int = 0, most: int = LIST_MAX, empty_id: str = "E009") -> Kind[tuple[T, ...]]:
    """Return the kind of a list."""
    name = f"list of {kind.name}"

    def read(reader: Reader, node: Node, path: Path) -> tuple[T, ...]:
        if not isinstance(node, Items):
            hint = f"write [{node.text[:60]}]" if isinstance(node, Scalar) and not node.is_empty else ""
            reader.report("E008", node, "a list is expected here", name, hint)
            return ()
        if len(node.items) < least:
            expected = f"at least {least}" if least > 1 else "at least one entry"
            reader.report(empty_id, node, "the list is too short" if node.items else "the list is empty", expected)
        if len(node.items) > most:
            reader.report("E002", node, f"the list has {len(node.items)} entries", f"at most {most}")
        read_items = []
        for place, item in enumerate(node.items[:most], 1):
            reader.spans.setdefault((*path, str(place)), item.span)
            read_items.append(kind.read(reader, item, (*path, str(place))))
        return tuple(read_items)

    bounds = {"minItems": least, "maxItems": most}
    return Kind(name, (), read, {"type": "array", "items": kind.schema, **bounds})


def one_or_more(kind: Kind[T], *, empty_id: str = "E009") -> Kind[tuple[T, ...]]:
    """Return the kind of a single value, or a list of them."""
    several = list_of(kind, least=1, most=100, empty_id=empty_id)

    def read(reader: Reader, node: Node, path: Path) -> tuple[T, ...]:
        if isinstance(node, Items):
            return several.read(reader, node, path)
        return (kind.read(reader, node, path),)

    return Kind(f"{kind.name}, or a list of them", (), read, {"anyOf": [kind.schema, several.schema]})


def mapping_of(keys: Kind[str], kind: Kind[T], *, name: str = "") -> Kind[Mapping[str, T]]:
    """Return the kind of a mapping whose keys are names that the files choose."""

    def read(reader: Reader, node: Node, path: Path) -> Mapping[str, T]:
        if isinstance(node, Scalar) and node.is_empty:
            return {}
        if not isinstance(node, Table):
            reader.report("E008", node, "a mapping is expected here", f"a mapping of {keys.name} to {kind.name}")
            return {}
        found: dict[str, T] = {}
        for word, value in node.entries:
            key = keys.read(reader, word, path)
            # The name is the place of what it names; the value, where it is a single one, has its own.
            reader.remember((*path, word.text), written(value), word.span)
            read_value = kind.read(reader, value, (*path, word.text))
            if key:
                found[key] = read_value
        return found

    schema: Json = {"type": ["object", "null"], "additionalProperties": kind.schema}
    return Kind(name or f"mapping of {keys.name} to {kind.name}", {}, read, schema)


def shaped(shape: Shape, blank: T, make: Callable[[Reader, Fields, Path], T]) -> Kind[T]:
    """Return the kind of a mapping with declared keys."""

    def read(reader: Reader, node: Node, path: Path) -> T:
        if not isinstance(node, Table) and not (isinstance(node, Scalar) and node.is_empty):
            reader.report("E008", node, f"{shape.title} must be a mapping", "keys with values")
            return blank
        return make(reader, fields(reader, node, shape, path, node.span), path)

    return Kind(shape.title, blank, read, schema_of(shape))


def schema_of(shape: Shape) -> Json:
    """Return the JSON Schema of a mapping with declared keys. It may be empty where no key is required."""
    required_keys = [key.name for key in shape.keys if key.is_required]
    properties = {
        key.name: {**key.kind.schema, "description": key.meaning if key.is_required else f"{key.meaning} ({key.shown})"}
        for key in shape.keys
    }
    return {
        "type": "object" if required_keys else ["object", "null"],
        "description": shape.meaning,
        "properties": properties,
        "required": required_keys,
        "additionalProperties": False,
    }
