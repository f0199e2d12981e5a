"""What Opsgenie's REST API answers, and what its backup tool writes, put together by what things are.

An answer has its things under `data` and does not say of what kind they are; the backup tool writes one thing in a
file, some of them in a wrapper. So a thing is known by the keys that only its kind has. What does not say whose it is
(routing rules, notification rules) needs the id of its team or user in the name of its file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pagerd.core.errors import Unreadable
from pagerd.importers.base import ExportFile
from pagerd.importers.exports import Json, parse, plain

_TEAM_KEYS = frozenset({"id", "name", "description", "members", "links"})


@dataclass(slots=True)
class Export:
    """Everything of an export, by its id or by the id of whose it is. `others` are files that nothing is made of."""

    users: dict[str, Json] = field(default_factory=dict)
    teams: dict[str, Json] = field(default_factory=dict)
    schedules: dict[str, Json] = field(default_factory=dict)
    escalations: dict[str, Json] = field(default_factory=dict)
    services: dict[str, Json] = field(default_factory=dict)
    forwardings: list[Json] = field(default_factory=list)
    overrides: dict[str, list[Json]] = field(default_factory=dict)
    timelines: dict[str, list[Json]] = field(default_factory=dict)
    routings: dict[str, list[Json]] = field(default_factory=dict)
    rules: dict[str, list[Json]] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)


def gather(files: Iterable[ExportFile]) -> Export:
    """Put an export together. Raises Unreadable where a page of a list or the rotations of a schedule are missing."""
    export = Export()
    owned: list[tuple[str, str, Json]] = []
    unfinished: dict[str, bool] = {}
    for file in files:
        root = parse(file)
        for answer in root.items() if isinstance(root.value, list) else [root]:
            kinds = {_sort(export, file, one, owned) for one in _things(export, file, answer)}
            paging = answer.get("paging")
            for kind in kinds if paging is not None else ():
                unfinished[kind] = unfinished.get(kind, True) and paging is not None and bool(paging.text_of("next"))
    for kind, is_unfinished in unfinished.items():
        if is_unfinished:
            raise Unreadable(
                f"reading the export: the last page of {kind} is missing: fetch what paging.next names too"
            )
    if not export.users and not export.schedules:
        raise Unreadable("reading the export: there are neither users nor schedules of Opsgenie in these files")
    for one in export.schedules.values():
        if one.get("rotations") is None:
            raise Unreadable(f"reading {one.where}: there are no rotations: fetch GET /v2/schedules?expand=rotation")
    _place(export, owned)
    return export


def instant_of(value: Json) -> datetime:
    """Return an instant: text with its offset, as the API has it, or milliseconds since 1970."""
    if isinstance(value.value, int) and not isinstance(value.value, bool):
        try:
            written = datetime.fromtimestamp(value.value / 1000, UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            value.wrong("milliseconds since 1970")
        return Json(written, value.path).instant()
    return value.instant()


def word_of(value: Json) -> str:
    """Return a word of the API: the backup tool writes some of them as its program names them."""
    return value.text().lower().replace("_", "-")


def _things(export: Export, file: ExportFile, answer: Json) -> Iterator[Json]:
    """Give the things of an answer or of a file of the backup tool, out of their wrappers."""
    keys = answer.object().keys()
    if "data" in keys:
        data = answer.field("data")
        yield from data.items() if isinstance(data.value, list) else [data]
    elif "message" in keys and "requestId" in keys:
        raise Unreadable(f"reading {file.name}: Opsgenie answered with an error: {plain(answer.text_of('message'))}")
    elif "user" in keys and "notificationRuleList" in keys:
        user = answer.field("user")
        export.rules.setdefault(user.field("id").text(), []).extend(answer.list_of("notificationRuleList"))
        yield user
    elif "team" in keys and isinstance(answer.object()["team"], dict):
        team = answer.field("team")
        export.routings.setdefault(team.field("id").text(), []).extend(answer.list_of("teamRoutingRules"))
        yield team
    elif "schedule" in keys and isinstance(answer.object()["schedule"], dict):
        schedule = answer.field("schedule")
        export.overrides.setdefault(schedule.field("id").text(), []).extend(answer.list_of("scheduleOverrideList"))
        yield schedule
    else:
        yield answer


def _sort(export: Export, file: ExportFile, one: Json, owned: list[tuple[str, str, Json]]) -> str:
    """Sort one thing in by its keys, and return of what kind it is."""
    keys = one.object().keys()
    if "finalTimeline" in keys:
        owned.append(("timelines", file.name, one))
        return "timelines"
    if "fromUser" in keys:
        export.forwardings.append(one)
        return "forwarding rules"
    if "username" in keys and "fullName" in keys:
        return _keep(export.users, one, "users")
    if "startDate" in keys and "user" in keys:
        owned.append(("overrides", file.name, one))
        return "overrides"
    if "timezone" in keys and "notify" not in keys and "name" in keys:
        return _keep(export.schedules, one, "schedules")
    if "rules" in keys and "name" in keys:
        return _keep(export.escalations, one, "escalations")
    if "notify" in keys and "isDefault" in keys:
        owned.append(("routings", file.name, one))
        return "routing rules"
    if "actionType" in keys:
        owned.append(("rules", file.name, one))
        return "notification rules"
    if "teamId" in keys and "name" in keys and "type" not in keys:
        return _keep(export.services, one, "services")
    if "id" in keys and "name" in keys and keys <= _TEAM_KEYS:
        return _keep(export.teams, one, "teams")
    export.others.setdefault(file.name)
    return "other things"


def _keep(known: dict[str, Json], one: Json, kind: str) -> str:
    """Keep a thing; of two with one id that which says more, as the answer for it alone does beside its list."""
    name = one.field("id").text()
    if name not in known or len(known[name].object()) <= len(one.object()):
        known[name] = one
    return kind


def _place(export: Export, owned: Iterable[tuple[str, str, Json]]) -> None:
    """Give each thing that belongs to another to it: by what it says itself, else by the name of its file."""
    whose = {
        "timelines": export.schedules,
        "overrides": export.schedules,
        "routings": export.teams,
        "rules": export.users,
    }
    for kind, file, one in owned:
        parent = one.get("_parent")
        id_ = parent.text_of("id") if parent is not None else ""
        if not id_:
            found = [known for known in whose[kind] if known in file]
            if len(found) != 1:
                raise Unreadable(f"reading {file}: whose {kind} are they? Put that id into the name of the file")
            id_ = found[0]
        known = getattr(export, kind)
        assert isinstance(known, dict), f"{kind} are kept by whose they are"
        known.setdefault(id_, []).append(one)
