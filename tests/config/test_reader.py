from enum import StrEnum

import pytest

from pagerd.config import document, kinds
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Reader,
    Shape,
    choice,
    defaulted,
    fields,
    list_of,
    mapping_of,
    one_or_more,
    optional,
    required,
    shaped,
)


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


NAME = required("name", kinds.TEXT, "a name")
COUNT = defaulted("count", kinds.INTEGER, 7, "7", "a count")
COLOUR = optional("colour", choice(Colour, Colour.RED), "a colour")
TAGS = defaulted("tags", list_of(kinds.NAME, least=1, most=3), (), "none", "tags")
WHO = optional("who", one_or_more(kinds.NAME), "one or several")
TOKEN_FILE = optional("token_file", kinds.SECRET_FILE, "a file")
LENGTH = optional("length", kinds.INTEGER, "a length")
PART = Shape("a part", "x", "x", (NAME, LENGTH))
PARTS = defaulted(
    "parts",
    mapping_of(kinds.NAME, shaped(PART, "", lambda _, found, __: found[NAME])),
    {},
    "none",
    "parts",
    structure=True,
)
THING = Shape("a thing", "here", "A thing.", (NAME, COUNT, COLOUR, TAGS, WHO, TOKEN_FILE, PARTS))


def read(text):
    """Read a text as a thing."""
    reader = Reader()
    node, findings = document.read("f", text)
    assert findings == ()
    return reader, fields(reader, node, THING, ("thing",), Span("f"))


def test_what_is_written_is_read_by_its_type():
    """And what is not written has its default."""
    reader, thing = read("name: no\ncolour: green\nwho: ana\nparts: {a: {name: x}}\n")

    assert reader.findings == []
    assert (thing[NAME], thing[COUNT], thing[COLOUR], thing[TAGS], thing[WHO]) == ("no", 7, Colour.GREEN, (), ("ana",))
    assert thing[PARTS] == {"a": "x"}
    assert NAME in thing
    assert COUNT not in thing


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("name: x\ncolur: red", "E006 f:2:1", "did you mean colour?"),
        ("name: x\nparts: {a: {name: y, tags: 1}}", "E006 f:2:22", "tags is a key of a thing: it stands further left"),
        ("name: x\nlength: 3", "E006 f:2:1", "length belongs inside parts"),
        ("count: 1", "E007 f:1:1", ""),
        ("", "E007 f:1:1", ""),
        ("[a]", "E008 f:1:1", ""),
        ("name: [a]", "E008 f:1:7", ""),
        ("name: {a: b}", "E008 f:1:7", ""),
        ("name:", "E009 f:1:6", "leave the key out for its default"),
        ("name: ~", "E009 f:1:7", "leave the key out for its default"),
        ("name: x\ncount: many", "E010 f:2:8", ""),
        ("name: x\ncolour: grene", "E010 f:2:9", "did you mean green?"),
        ("name: x\ntags: a", "E008 f:2:7", "write [a]"),
        ("name: x\ntags: []", "E009 f:2:7", ""),
        ("name: x\ntags: [a, b, c, d]", "E002 f:2:7", ""),
        ("name: x\ntags: [a, B, c]", "E010 f:2:11", "write b"),
        ("name: x\nwho: []", "E009 f:2:6", ""),
        ("name: x\nparts: [a]", "E008 f:2:8", ""),
        ("name: x\nparts: {a: b}", "E008 f:2:12", ""),
        ("name: x\nparts: {a: {}}", "E007 f:2:12", ""),
        ("name: x\nchat: ops", "E006 f:2:1", "there are no chat channels yet: a webhook can carry messages there"),
        ("name: x\ntoken: abc", "E601 f:2:1", "put it into a file and name that: token_file"),
        ("name: x\nauth_password: abc", "E601 f:2:1", "put it into a file and name that: token_file"),
        ("name: x\ntoken_files: [abc]", "E006 f:2:1", "did you mean token_file?"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(text, expected, hint):
    """With what would be right where it can be guessed."""
    reader, _ = read(text)

    (finding,) = reader.findings
    assert (f"{finding.id} {finding.span}", finding.hint) == (expected, hint)


def test_a_secret_in_the_files_is_not_repeated():
    """The finding names the key, never the value."""
    reader, _ = read("name: x\ntoken: s3cr3t\n")

    assert "s3cr3t" not in str(reader.findings)


def test_each_value_remembers_where_it_came_from():
    """For `config show`, and for checks that see all files."""
    reader, _ = read("name: x\ntags: [a, b]\nparts: {p: {name: y}}\n")
    origins = {".".join(path): str(origin) for path, origin in reader.origins.items()}

    assert origins["thing.name"] == "f:1"
    assert origins["thing.count"] == "default"
    assert origins["thing.parts.p.name"] == "f:3"
    assert reader.span_of(("thing", "tags", "2"), Span("?")) == Span("f", 2, 11, 1)
    assert reader.span_of(("thing", "tags", "9"), Span("?")) == Span("f", 2, 7, 1)
    assert reader.span_of(("nothing",), Span("?")) == Span("?")


def test_reading_goes_on_after_a_mistake():
    """The good values of a bad mapping are read too."""
    reader, thing = read("name: x\ncount: many\ncolour: green\nsize: 3\n")

    assert [one.id for one in reader.findings] == ["E010", "E006"]
    assert thing[COLOUR] is Colour.GREEN


def test_asking_for_a_key_of_another_mapping_is_our_own_mistake():
    """Only declared keys can be read, so only documented keys can be read."""
    _, thing = read("name: x")

    with pytest.raises(AssertionError):
        thing[optional("size", kinds.INTEGER, "undeclared")]
