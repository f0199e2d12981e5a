"""The answers of PagerDuty's REST API (version 2) in files, put together by what they are about.

A file is one answer, or a list of answers, as curl wrote them; what it is about stands in its keys, so that no file
needs a certain name. Only the list of a schedule's overrides does not say whose they are: its file must have the
schedule's id in its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pagerd.core.errors import Unreadable
from pagerd.importers.base import ExportFile
from pagerd.importers.exports import Json, parse, plain

PLURALS = {
    "user": "users",
    "team": "teams",
    "schedule": "schedules",
    "escalation_policy": "escalation_policies",
    "service": "services",
}

_FRAME = frozenset({"limit", "offset", "more", "total", "next_cursor", "since", "until"})


@dataclass(slots=True)
class Export:
    """Everything of an export by its id. `others` are keys that nothing is made of, with the file they stand in."""

    users: dict[str, Json] = field(default_factory=dict)
    teams: dict[str, Json] = field(default_factory=dict)
    schedules: dict[str, Json] = field(default_factory=dict)
    escalation_policies: dict[str, Json] = field(default_factory=dict)
    services: dict[str, Json] = field(default_factory=dict)
    overrides: dict[str, list[Json]] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


def gather(files: Iterable[ExportFile]) -> Export:
    """Put an export together. Raises Unreadable where pages of a list or the layers of a schedule are missing."""
    export = Export()
    pages: dict[str, list[Json]] = {}
    unplaced: list[tuple[ExportFile, Json]] = []
    for file in files:
        root = parse(file)
        for answer in root.items() if isinstance(root.value, list) else [root]:
            if "overrides" in answer.object():
                unplaced.append((file, answer))
            else:
                _take(export, file, answer, pages)
    _check_pages(pages)
    if not export.users and not export.schedules:
        raise Unreadable("reading the export: there are neither users nor schedules of PagerDuty in these files")
    for schedule in export.schedules.values():
        if schedule.get("schedule_layers") is None:
            one = schedule.field("id").text()
            raise Unreadable(
                f"reading {schedule.where}: the list of schedules has no layers: fetch GET /schedules/{plain(one)} too"
            )
    for file, answer in unplaced:
        export.overrides.setdefault(_whose(file, export.schedules), []).extend(answer.field("overrides").items())
    return export


def _take(export: Export, file: ExportFile, answer: Json, pages: dict[str, list[Json]]) -> None:
    """Sort the things of one answer in."""
    error = answer.get("error")
    if error is not None:
        said = error.text_of("message") if isinstance(error.value, dict) else plain(str(error.value))
        raise Unreadable(f"reading {file.name}: PagerDuty answered with an error: {plain(said)}")
    for key in answer.object():
        if key in PLURALS.values():
            for one in answer.field(key).items():
                _keep(_known(export, key), one)
            pages.setdefault(key, []).append(answer)
        elif key in PLURALS:
            _keep(_known(export, PLURALS[key]), answer.field(key))
        elif key not in _FRAME:
            export.others.setdefault(plain(key), file.name)


def _known(export: Export, key: str) -> dict[str, Json]:
    found = getattr(export, key)
    assert isinstance(found, dict), f"{key} is kept by id"
    return found


def _keep(known: dict[str, Json], one: Json) -> None:
    """Keep a thing; of two with one id that which says more, as the answer for it alone does beside its list."""
    name = one.field("id").text()
    if name not in known or len(known[name].object()) <= len(one.object()):
        known[name] = one


def _check_pages(pages: Mapping[str, list[Json]]) -> None:
    """Refuse lists that end in the middle: whoever is on the missing page would be nobody."""
    for key, answers in pages.items():
        offsets = {_number(answer, "offset") for answer in answers}
        for answer in answers:
            if not answer.is_on("more", otherwise=False):
                continue
            following = _number(answer, "offset") + _number(answer, "limit")
            if following not in offsets:
                raise Unreadable(
                    f"reading {answer.where}: there are more {key}: fetch the page at offset={following} too"
                )


def _number(answer: Json, key: str) -> int:
    found = answer.get(key)
    return 0 if found is None else found.integer()


def _whose(file: ExportFile, schedules: Iterable[str]) -> str:
    """Return the schedule whose id the name of a file has in it."""
    words = file.name.replace(".", " ").replace("-", " ").replace("_", " ").replace("/", " ").split()
    found = [one for one in schedules if one in words]
    if len(found) != 1:
        raise Unreadable(f"reading {file.name}: whose overrides are they? Name it overrides-ID.json after its schedule")
    return found[0]
