"""Exports of other pagers: whatever stands in them, they are refused with a path, or become files without an error."""

import json
from collections.abc import Iterator
from typing import Any

from pagerd.config.findings import errors, render
from pagerd.config.load import load
from pagerd.core.errors import Unreadable
from pagerd.importers import IMPORTERS
from pagerd.importers.base import ExportFile
from pagerd.importers.comparing import compare
from pagerd.importers.writing import texts_of
from tests.importers.imports import AUTUMN, HERE

_SPANS_KEPT = 4
_RENDERED = ("rendered_schedule_entries", "periods")


def sample(kind: str) -> bytes:
    """Return the export of a whole account as one file, with few of its rendered shifts."""
    texts = (path.read_text() for path in sorted((HERE / kind).glob("*.json")))
    return json.dumps([_thinned(json.loads(text)) for text in texts]).encode()


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


def read(kind: str, octets: bytes) -> bool:
    """An export is refused shortly, or what is written of it can be read again, and be compared."""
    # Whose its single lists are stands in the names of files there.
    name = " ".join(_ids(kind)) + ".json"
    file = ExportFile(name, octets.decode("utf-8", "replace"))
    try:
        imported = IMPORTERS[kind].convert((file,), AUTUMN)
    except Unreadable as refusal:
        said = str(refusal)
        said.encode()
        assert 0 < len(said.removeprefix(f"reading {name}")) < 1_000, "the refusal repeats what stands in the file"
        return False
    if not imported.teams or not imported.people:
        return False
    written = texts_of(imported, kind)
    texts = {**written.files, **written.unless_there}
    loaded = load(texts, now=AUTUMN)
    assert not errors(loaded.findings), render(errors(loaded.findings), texts)
    assert loaded.plan is not None
    for one in imported.rendered:
        compare(one, loaded.plan.book, AUTUMN)
    return True


def _ids(kind: str) -> Iterator[str]:
    if kind == "pagerduty":
        yield "PS1PAY1"
    if kind == "opsgenie":
        yield "00000000-0000-4000-8000-000000000001"
        yield "00000000-0000-4000-a000-000000000001"
