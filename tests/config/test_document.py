import pytest

from pagerd.config.document import (
    DEPTH_MAX,
    FILE_CHARS_MAX,
    FINDINGS_MAX,
    NODES_MAX,
    Items,
    Scalar,
    Table,
    read,
    written,
)


def places(text):
    """Return what is wrong with a text, as `E001 1:1`."""
    return [f"{one.id} {one.span.line}:{one.span.col}" for one in read("f", text)[1]]


def test_a_scalar_keeps_the_text_that_was_written():
    """YAML's own types would make four other values of these."""
    node, _ = read("f", "a: 22:30\nb: no\nc: +15551234567\nd: 0155\n")

    assert isinstance(node, Table)
    assert [written(value) for _, value in node.entries] == ["22:30", "no", "+15551234567", "0155"]


def test_nodes_know_their_place():
    """Line and column count from 1, in characters and not in bytes."""
    node, _ = read("f", "ä: {ö: [x, 'yy']}\n")

    assert isinstance(node, Table)
    inner = node.entries[0][1]
    assert isinstance(inner, Table)
    items = inner.entries[0][1]
    assert isinstance(items, Items)
    assert [(one.span.line, one.span.col, one.span.length) for one in items.items] == [(1, 9, 1), (1, 12, 4)]


@pytest.mark.parametrize(("text", "is_empty"), [("a:", True), ("a: ~", True), ("a: null", True), ("a: ''", False)])
def test_yamls_words_for_nothing_are_nothing(text, is_empty):
    """In quotes they are what they are."""
    node, _ = read("f", text)

    assert isinstance(node, Table)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.is_empty is is_empty


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_has_nothing_in_it(text):
    """It is no mistake of YAML's."""
    node, findings = read("f", text)

    assert findings == ()
    assert node is None or written(node) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1,\n", ["E001 2:1"]),
        ("a: b: c\n", ["E001 1:5"]),
        ("a:\n\tb: 1\n", ["E001 2:1"]),
        ("a: 'open\n", ["E001 1:4"]),
        ("a: 1\nb: 2\na: 3\n", ["E004 3:1"]),
        ("a: {b: 1, b: 2, b: 3}\n", ["E004 1:11", "E004 1:17"]),
        ("a: &x 1\n", ["E003 1:4"]),
        ("a: &x 1\nb: *x\n", ["E003 1:4", "E003 2:4"]),
        ("<<: {a: 1}\nb: 2\n", ["E003 1:1"]),
        ("a: !!int 3\n", ["E003 1:4"]),
        ("a: !!python/object/apply:os.system [id]\n", ["E003 1:4"]),
        ("a: ! x\n", ["E003 1:4"]),
        ("[a, b]: c\n", ["E008 1:1"]),
        ("? {a: 1}\n: c\nd: e\nd: f\n", ["E008 1:3", "E004 4:1"]),
        ("a: 1\n---\nb: 2\n", ["E018 2:1"]),
        ("a: \x00\n", ["E005 1:4"]),
        ("a: 1\nb: \x1b[31m\n", ["E005 2:4"]),
        ("a: \u202eevil\n", ["E005 1:4"]),
        ("a: \u2028b\n", ["E005 1:4"]),
        ("a: caf\udce9\n", ["E005 1:7"]),
        ("%YAML 3.0\n---\na: 1\n", ["E001 1:1"]),
    ],
)
def test_what_is_not_part_of_the_format_is_found_at_its_place(text, expected):
    """Each mistake has its line and column."""
    assert places(text) == expected


def test_all_of_a_files_mistakes_are_found():
    """A duplicate key does not hide the next mistake."""
    assert places("a: 1\na: 2\nb: &x 3\nc: !t 4\n") == ["E004 2:1", "E003 3:4", "E003 4:4"]


def test_the_value_of_a_refused_key_is_not_taken_for_a_key():
    """What follows a duplicate keeps its meaning."""
    node, _ = read("f", "a: 1\na: b\nc: 2\n")

    assert isinstance(node, Table)
    assert [(key.text, written(value)) for key, value in node.entries] == [("a", "1"), ("c", "2")]


BOMBS = {
    "deep flow lists": "[" * 60_000,
    "deep flow mappings": "{a: " * 60_000,
    "deep block lists": "- " * 60_000,
    "deep keys": "? " * 60_000,
    "deep mixed": "[{a: " * 30_000,
    "closed deep lists": "[" * 50_000 + "]" * 50_000,
    "aliases": "a: &a [x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(9)),
    "many anchors": "".join(f"k{n}: &a{n} x\n" for n in range(20_000)),
    "many values": "[" + "a," * (NODES_MAX + 1) + "]",
    "many duplicates": "a: 1\n" * 50_000,
    "too large": "a: 1 # " + "x" * FILE_CHARS_MAX,
    "one long word": "a" * (FILE_CHARS_MAX - 1),
    "open quote": "'" + "a\n" * 400_000,
    "tag handles": "%TAG ! a\n" * 50_000,
    "escapes": '"' + "\\x" * 200_000,
    "long simple key": "x" * 200_000 + ": 1",
    "brackets that two parsers read": "a: b\n" + "[" * 16_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.timeout(5)
def test_a_bomb_is_a_few_findings(name):
    """It costs neither the process nor a second, and says at most a screen."""
    _, findings = read("f", BOMBS[name])

    assert len(findings) <= FINDINGS_MAX + 2
    assert findings or name == "one long word"


def test_the_depth_that_is_allowed_can_be_read():
    """The limit is where it says."""
    allowed = "[" * DEPTH_MAX + "]" * DEPTH_MAX

    assert read("f", allowed)[1] == ()
    assert [one.id for one in read("f", f"[{allowed}]")[1]] == ["E002"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1\n", "write spaces"),
        ("a: b: c\n", "needs quotes"),
        ("a:\n  b: 1\n   c: 2\n", "indented"),
        ("- team: x\nzone: y\n", "a list's dash stands beside keys"),
        ("a: {b: c\n", "never closed"),
        ('a: "b\nc: d\n', "never closed"),
        ("a: {b: c}}\n", "one bracket too many"),
        ('a: "b" c\n', "enclose the whole value"),
        ("a: [b, c\nd: e\n", "a bracket is not closed"),
        ("a: @b\n", "needs quotes"),
    ],
)
def test_a_syntax_error_says_what_would_help(text, hint):
    """The parser's own words are about the parser."""
    (finding,) = read("f", text)[1]

    assert hint in finding.hint


def test_what_is_never_closed_is_found_where_it_is_opened():
    """The parser misses it at the end of the file, where there is nothing to see."""
    (finding,) = read("f", "a: 1\nb: {c: 1\n\n\n")[1]

    assert str(finding.span) == "f:2:4"


def test_a_file_of_bytes_that_are_not_utf8_names_the_byte():
    """Latin 1 is the usual reason."""
    (finding,) = read("f", b"name: Jos\xe9".decode(errors="surrogateescape"))[1]

    assert finding.message == "the byte 0xe9 is not UTF-8"
