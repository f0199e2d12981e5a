"""The answers of GoAlert's GraphQL API in files, put together by what they are about.

A file is one answer, or a list of answers, as curl wrote them. What it is about stands in the keys below `data`, so
that no file needs a certain name, and further pages of a list are further files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pagerd.core.errors import Unreadable
from pagerd.importers.base import ExportFile
from pagerd.importers.exports import Json, parse, plain

CONNECTIONS = ("users", "rotations", "schedules", "userOverrides", "escalationPolicies", "services")
"""The lists that are read; each has `nodes`, and says whether there are more."""


@dataclass(slots=True)
class Export:
    """Everything of an export by its id. `others` are keys that nothing is made of, with the file they stand in."""

    users: dict[str, Json] = field(default_factory=dict)
    rotations: dict[str, Json] = field(default_factory=dict)
    schedules: dict[str, Json] = field(default_factory=dict)
    overrides: dict[str, Json] = field(default_factory=dict)
    policies: dict[str, Json] = field(default_factory=dict)
    services: dict[str, Json] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def kept(self, key: str) -> dict[str, Json]:
        """Return where the nodes of a list are kept."""
        match key:
            case "users":
                return self.users
            case "rotations":
                return self.rotations
            case "schedules":
                return self.schedules
            case "userOverrides":
                return self.overrides
            case "escalationPolicies":
                return self.policies
            case _:
                return self.services


def gather(files: Iterable[ExportFile]) -> Export:
    """Put an export together. Raises Unreadable where a list is missing or ends in the middle."""
    export = Export()
    ends: dict[str, list[Json]] = {}
    for file in files:
        root = parse(file)
        for answer in root.items() if isinstance(root.value, list) else [root]:
            _take(export, file, answer, ends)
    for key, pages in ends.items():
        unfinished = [page for page in pages if _has_more(page)]
        # Every page but the last says that there is more.
        if len(unfinished) == len(pages):
            cursor = unfinished[-1].field("pageInfo").text_of("endCursor")
            told = f' with after: "{plain(cursor)}"' if cursor else ""
            raise Unreadable(f"reading {unfinished[-1].where}: there are more {key}: fetch the next page{told} too")
    for key in CONNECTIONS[:3]:
        if key not in ends:
            raise Unreadable(f"reading the export: {key} is missing: docs/importing.md has the whole query")
    return export


def _take(export: Export, file: ExportFile, answer: Json, ends: dict[str, list[Json]]) -> None:
    faults = answer.list_of("errors")
    if faults:
        raise Unreadable(f"reading {file.name}: GoAlert answered with an error: {plain(faults[0].text_of('message'))}")
    data = answer.field("data")
    for key in data.object():
        if key not in CONNECTIONS:
            export.others.setdefault(plain(key), file.name)
            continue
        page = data.field(key)
        ends.setdefault(key, []).append(page)
        for node in page.field("nodes").items():
            export.kept(key).setdefault(node.field("id").text(), node)


def _has_more(page: Json) -> bool:
    found = page.get("pageInfo")
    return found is not None and found.is_on("hasNextPage", otherwise=False)
