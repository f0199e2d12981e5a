"""The files of an export of Grafana OnCall: answers of its API, known by the beginnings of their names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pagerd.core.errors import Unreadable
from pagerd.importers.base import ExportFile
from pagerd.importers.exports import Json, parse
from pagerd.importers.ledger import Ledger

KINDS = (
    "users",
    "teams",
    "schedules",
    "on_call_shifts",
    "shift_swaps",
    "escalation_chains",
    "escalation_policies",
    "personal_notification_rules",
    "integrations",
    "routes",
)
"""The endpoints whose answers are read, each a list of things with an id."""

_FINAL = re.compile(
    r"final_shifts[-./]([A-Za-z0-9]+)(?:[-.]([0-9]{4}-[0-9]{2}-[0-9]{2})[-.]([0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class FinalShifts:
    """The final shifts of one schedule: all from `start` until before `end`, where the file's name says so."""

    start: datetime | None
    end: datetime | None
    shifts: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """All that was read, by kind; each thing once."""

    things: Mapping[str, tuple[Json, ...]]
    final: Mapping[str, FinalShifts]

    def of(self, kind: str) -> tuple[Json, ...]:
        """Return the things of a kind; none where no file has any."""
        return self.things.get(kind, ())


def read(files: Iterable[ExportFile], ledger: Ledger) -> Export:
    """Return what the files hold. Raises Unreadable where a page is missing, or there is no schedule at all."""
    pages: dict[str, list[Json]] = {}
    final: dict[str, FinalShifts] = {}
    for file in files:
        name = file.name.rsplit("/", 2)
        short = "/".join(name[-2:]) if len(name) > 1 and name[-2] == "final_shifts" else name[-1]
        kind = max((one for one in KINDS if short.startswith(one)), key=len, default=None)
        if found := _FINAL.match(short):
            final[found[1]] = _final(parse(file), found)
        elif kind is not None:
            pages.setdefault(kind, []).append(parse(file))
        else:
            ledger.entry("file", file.name).leave_out("its name begins as that of no endpoint which is read")
    things = {kind: _whole(kind, found) for kind, found in pages.items()}
    if not things.get("schedules"):
        raise Unreadable("reading the export: there is no schedule in it; its file begins with schedules")
    for needed in ("users", "on_call_shifts"):
        if needed not in things:
            raise Unreadable(f"reading the export: the answer of /{needed}/ is missing; its file begins with {needed}")
    return Export(things, final)


def _final(page: Json, found: re.Match[str]) -> FinalShifts:
    results = tuple(_results(page))
    start, end = (None if found[group] is None else _day(page, found[group]) for group in (2, 3))
    return FinalShifts(start, end, results)


def _day(page: Json, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise Unreadable(f"reading {page.where}: {text} in its name is no date") from None


def _whole(kind: str, pages: Iterable[Json]) -> tuple[Json, ...]:
    """Return the things of all pages, and make sure that none is missing: what is not read would be lost in silence."""
    found: dict[str, Json] = {}
    promised = 0
    last = ""
    for page in pages:
        last = page.where
        for one in _results(page):
            found.setdefault(one.field("id").text(), one)
        for single in page.items() if isinstance(page.value, list) else [page]:
            count = single.get("count") if isinstance(single.value, dict) and "results" in single.value else None
            promised = max(promised, 0 if count is None else count.integer())
    if len(found) < promised:
        raise Unreadable(
            f"reading {last}: there are {len(found):,} of {promised:,} {kind} in the export: fetch its other pages too"
        )
    # In the order of ids, whatever that of the answers: names are given in it, and are the same the next time.
    return tuple(one for _, one in sorted(found.items()))


def _results(page: Json) -> Iterator[Json]:
    """Give the things of an answer: of a page, of a list of pages, of a list, or the one that it is itself."""
    if isinstance(page.value, list):
        for one in page.items():
            yield from _results(one) if isinstance(one.value, dict) and "results" in one.value else (one,)
    elif "results" in page.object():
        yield from page.field("results").items()
    else:
        yield page
