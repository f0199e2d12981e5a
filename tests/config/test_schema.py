import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from pagerd.config import document
from pagerd.config.document import Items, Node, Scalar, Table
from pagerd.config.load import load, read_directory
from pagerd.config.schema import KINDS, kind_of, schema, written
from pagerd.config.starter import Answers, Newcomer, files
from tests.builders import NOON

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = {name: text for name, text in read_directory(ROOT).items() if name.endswith(".yaml")}
ANA = Newcomer(name="Ana", phone="+351912000001", email="ana@example.com")
BEN = Newcomer(name="Ben", phone="+4915110000002", email="ben@example.com")
STARTER = files(Answers(team="shop", people=(ANA, BEN), zone="Europe/Berlin", handoff=(0, "09:00")), NOON)

STRUCTURAL = {"E006", "E007", "E008", "E601"}
"""A key that is none (or would be a secret), one that is missing, a list or mapping where another thing belongs."""

RELATIONS = ("does not say whose the alert is", "does not say what becomes of an alert that fails")
"""What `check` asks of keys together; a schema that said it would underline whole mappings."""


def as_an_editor_reads(node: Node | None) -> object:
    """Return a tree as YAML 1.2 readers do: plain numbers, truths and nothings are no text."""
    match node:
        case Table():
            return {key.text: as_an_editor_reads(value) for key, value in node.entries}
        case Items():
            return [as_an_editor_reads(one) for one in node.items]
        case Scalar() if node.is_empty:
            return None
        case Scalar() if node.plain and node.text in {"true", "false"}:
            return node.text == "true"
        case Scalar() if node.plain and node.text.isdigit():
            return int(node.text)
        case Scalar():
            return node.text
        case None:
            return None


def complaints(file: str, text: str) -> list[str]:
    """Say what the editor underlines."""
    node, _ = document.read(file, text)
    validator = jsonschema.Draft7Validator(schema(kind_of(file)))
    return [error.message for error in validator.iter_errors(as_an_editor_reads(node))]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_schemas_and_those_of_the_repository(kind):
    """What stands in schemas/ is what the declarations come to: `python -m pagerd.config.schema schemas` writes it."""
    jsonschema.Draft7Validator.check_schema(schema(kind))

    assert (ROOT / "schemas" / f"{kind}.json").read_text() == written(kind)


@pytest.mark.parametrize("file", EXAMPLE)
def test_an_example_file_names_its_schema_and_is_accepted(file):
    """An editor that opens an example finds the schema by its first line, and nothing to underline."""
    head = EXAMPLE[file].splitlines()[0]
    named = ROOT / Path(file).parent / head.removeprefix("# yaml-language-server: $schema=")

    assert named.resolve() == ROOT / "schemas" / f"{kind_of(file)}.json"
    assert complaints(file, EXAMPLE[file]) == []


@pytest.mark.parametrize("file", [name for name in STARTER if name.endswith(".yaml")])
def test_what_init_writes_is_accepted(file):
    """The first files of an installation are right for an editor too."""
    assert complaints(file, STARTER[file]) == []


def spoilt(value: object) -> Iterator[object]:
    """Yield the tree with one thing wrong: a key renamed, a key left out, a value of another form."""
    match value:
        case dict():
            for key, inner in value.items():
                rest = {name: one for name, one in value.items() if name != key}
                yield {**rest, f"{key}x": inner}
                yield rest
                yield {**value, key: {"bogus": [inner]}}
                yield {**value, key: [[inner]]}
                for worse in spoilt(inner):
                    yield {**value, key: worse}
        case list():
            for place, inner in enumerate(value):
                for worse in spoilt(inner):
                    yield [*value[:place], worse, *value[place + 1 :]]


def structural_findings(file: str, text: str) -> list[str]:
    """Say what `check` finds wrong with the structure of one file."""
    found = [one for one in load({file: text}, now=NOON).findings if one.span.file == file and one.id in STRUCTURAL]
    return [f"{one.id} {one.message}" for one in found if not any(words in one.message for words in RELATIONS)]


@pytest.mark.parametrize("file", EXAMPLE)
def test_the_editor_underlines_what_check_refuses_for_its_structure(file):
    """Every key of every example is renamed, left out and given another form: the schema and `check` say the same.

    JSON is YAML, so that the spoilt trees are files. The words of a choice are no structure to `check`.
    """
    node, _ = document.read(file, EXAMPLE[file])
    tree = as_an_editor_reads(node)
    differing = []
    for worse in spoilt(tree):
        text = json.dumps(worse)
        refused, underlined = structural_findings(file, text), complaints(file, text)
        if bool(refused) != bool(underlined):
            differing.append((text[:200], refused, underlined))

    assert differing == []


def test_words_of_a_choice_are_underlined():
    """A kind of provider that there is none of, and a verdict that is none."""
    provider = EXAMPLE["pagerd.yaml"].replace("kind: console", "kind: pigeon", 1)
    verdict = EXAMPLE["rules/payments.yaml"].replace("verdict: page", "verdict: shout", 1)

    assert any("pigeon" in one for one in complaints("pagerd.yaml", provider))
    assert any("shout" in one for one in complaints("rules/payments.yaml", verdict))
