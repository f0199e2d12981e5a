"""Exports of other pagers: whatever stands in them, they are refused with a path, or become files without an error."""

import json
import re
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again
from typing import Any

from pagerd.config.findings import errors, render
from pagerd.config.load import load
from pagerd.core.errors import Unreadable
from pagerd.importers import IMPORTERS
from pagerd.importers.base import ExportFile
from pagerd.importers.comparing import compare
from pagerd.importers.writing import texts_of
from tests.hostile.mutation import as_bytes, as_json
from tests.importers.imports import AUTUMN, HERE

_SPANS_KEPT = 4
_RENDERED = ("rendered_schedule_entries", "periods")


KINDS = tuple(kind for kind in IMPORTERS if (HERE / kind).is_dir() and ".json" in IMPORTERS[kind].suffixes)


def sample(kind: str) -> bytes:
    """Return the export of a whole account as one line with its kind, and one object by the names of its files.

    Few of its rendered shifts are in it.
    """
    files = sorted((HERE / kind).glob("*.json"))
    tree = {path.name: _thinned(json.loads(path.read_text())) for path in files}
    return kind.encode() + b"\n" + json.dumps(tree).encode()


def mutate(chance: Random, one: bytes) -> bytes:
    """Change the files, and leave the kind."""
    kind, _, tree = one.partition(b"\n")
    return kind + b"\n" + chance.choice((as_json, as_json, as_bytes))(chance, tree)


def _thinned(value: Any) -> Any:
    match value:
        case dict():
            return {
                key: _thinned(one[:_SPANS_KEPT] if key in _RENDERED and isinstance(one, list) else one)
                for key, one in value.items()
            }
        case list():
            return [_thinned(one) for one in value]
        case _:
            return value


def read(octets: bytes) -> bool:
    """An export is refused shortly, or what is written of it can be read again, and be compared."""
    named, _, octets = octets.partition(b"\n")
    return keeps_its_word(named.decode(), _files(octets))


def keeps_its_word(kind: str, files: tuple[ExportFile, ...]) -> bool:
    """Import these files, and say whether anything was made of them; raise for what breaks a promise."""
    try:
        imported = IMPORTERS[kind].convert(files, AUTUMN)
    except Unreadable as refusal:
        said = str(refusal)
        said.encode()
        assert 0 < len(said) < 1_000, "the refusal repeats what stands in the files"
        return False
    if not imported.teams or not imported.people:
        return False
    written = texts_of(imported, kind)
    texts = {**written.files, **written.unless_there}
    loaded = load(texts, now=AUTUMN)
    # Whoever is paged and has no address at all is told by the command, and nothing is written then.
    broken = [one for one in errors(loaded.findings) if one.id != "E403"]
    assert not broken, render(broken, texts)
    if loaded.plan is None:
        return False
    for one in imported.rendered:
        compare(one, loaded.plan.book, AUTUMN)
    return True


def _files(octets: bytes) -> tuple[ExportFile, ...]:
    """Return the files of an object that has them by name; of anything else one file that has all of it."""
    text = octets.decode("utf-8", "replace")
    try:
        files = json.loads(text)
    except (ValueError, RecursionError):
        files = None
    if not isinstance(files, dict) or not all(re.fullmatch(r"[\w.-]{1,80}", name, re.ASCII) for name in files):
        return (ExportFile("export.json", text),)
    return tuple(ExportFile(name, json.dumps(value)) for name, value in files.items())
