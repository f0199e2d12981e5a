"""Grafana OnCall: the answers of its API, version 1, as files. docs/importing.md says which, and how they are fetched.

What its API does not give, no import can have: numbers of people, and whom an override made on the screen puts on call.
The latter stands in the final shifts, where they are among the files; the former people must add themselves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pagerd.config.times import duration_text
from pagerd.core.people import Medium, Person
from pagerd.core.plan import EscalationPolicy
from pagerd.importers.base import ExportFile, Imported, Noted
from pagerd.importers.contacts import a_person, mail_of, zone_of
from pagerd.importers.drafts import leaders_of
from pagerd.importers.exports import Json
from pagerd.importers.grafana_oncall_chains import ChainReader
from pagerd.importers.grafana_oncall_files import Export, read
from pagerd.importers.grafana_oncall_schedules import FoundSchedule, ScheduleReader
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names
from pagerd.importers.teams import SourceService, SourceTeam, nobodys, team_drafts

PRODUCT = "Grafana OnCall"

_WATCHERS = frozenset({"viewer", "observer", "none"})
"""Roles whom Grafana OnCall does not notify, unless its permissions were changed."""

_WAYS = {"notify_by_sms": "text", "notify_by_phone_call": "call", "notify_by_email": "mail"}

Policies = Mapping[str, tuple[Entry, EscalationPolicy]]


def convert(files: tuple[ExportFile, ...], now: datetime) -> Imported:
    """Make pagerd's values of an export; what ended before `now` is left out. Raises Unreadable."""
    ledger, names = Ledger(PRODUCT), Names()
    export = read(files, ledger)
    teams = _teams(export, ledger, names)
    people = _people(export, ledger, names)
    by_id = {id_: one.value.id for id_, one in people.items()}
    schedules = ScheduleReader(export, ledger, names, by_id, now).read()
    for one in schedules:
        team = teams[_team_of(teams, one.team_id)]
        team.schedules.append(one.draft)
        team.overrides.extend(one.overrides)
    policies = _policies(export, ledger, by_id, schedules)
    owners = {one.field("id").text(): _team_of(teams, one.text_of("team_id")) for one in export.of("escalation_chains")}
    services = _services(export, teams)
    drafts, kept = team_drafts(
        teams, services, policies, {id_: owner for id_, owner in owners.items() if id_ in policies}, names, ledger
    )
    _say_routes(export, policies, {one.value.id for one in kept})
    admins = {by_id[id_] for id_ in by_id if _role(export, id_) == "admin"}
    return Imported(
        product=PRODUCT,
        people=tuple(people.values()),
        teams=drafts,
        policies=kept,
        leaders=leaders_of((one.value for one in people.values()), admins),
        rows=ledger.rows,
        rendered=tuple(one.rendered for one in schedules if one.rendered is not None),
    )


def _teams(export: Export, ledger: Ledger, names: Names) -> dict[str, SourceTeam]:
    found: dict[str, SourceTeam] = {}
    for team in export.of("teams"):
        id_, name = team.field("id").text(), team.field("name").text()
        found[id_] = SourceTeam(ledger.entry("team", id_, name), names.give(name, otherwise=f"team-{id_}"))
    nobodys(found, names, PRODUCT)
    return found


def _team_of(teams: Mapping[str, SourceTeam], id_: str) -> str:
    """Return the team that something belongs to, else that of whatever has none."""
    return id_ if id_ in teams else ""


def _people(export: Export, ledger: Ledger, names: Names) -> dict[str, Noted[Person]]:
    mentioned = _mentioned(export)
    rules: dict[str, list[Json]] = {}
    for rule in export.of("personal_notification_rules"):
        rules.setdefault(rule.text_of("user_id"), []).append(rule)
    found: dict[str, Noted[Person]] = {}
    for user in export.of("users"):
        id_, name, mail = user.field("id").text(), user.text_of("username"), user.text_of("email")
        entry = ledger.entry("user", id_, name)
        role = user.text_of("role")
        if role in _WATCHERS and id_ not in mentioned:
            entry.leave_out(f"role {role}, and in no shift and no chain")
            continue
        if role in _WATCHERS:
            entry.change(f"role {role}, whom Grafana OnCall does not notify: here they are paged in their turns")
        given = names.give(name.partition("@")[0], mail.partition("@")[0], otherwise=f"user-{id_}")
        entry.becomes = f"person {given}"
        zone = zone_of(user.text_of("timezone"), entry)
        address = mail_of(mail, entry)
        addresses = {} if address is None else {Medium.EMAIL: address}
        person = a_person(entry, id=given, name=name, zone=zone, addresses=addresses, orders={})
        if user.is_on("is_phone_number_verified", otherwise=False):
            entry.remark("a number was verified there, but the API gives none: phone must be added")
        _say_order(entry, rules.get(id_, ()))
        found[id_] = Noted(person, entry.notes)
    return found


def _say_order(entry: Entry, rules: Iterable[Json]) -> None:
    """Say in what order they were told: without a number there is nothing here to put into an order."""
    ordered = sorted(rules, key=lambda one: one.field("position").integer() if one.get("position") is not None else 0)
    for important in (True, False):
        said = [_told(one) for one in ordered if one.is_on("important", otherwise=False) is important]
        if said:
            entry.remark(f"{'important' if important else 'default'} notifications there: {', '.join(said)}")


def _told(rule: Json) -> str:
    kind, length = rule.text_of("type"), rule.get("duration")
    if kind == "wait" and length is not None:
        return f"wait {duration_text(timedelta(seconds=length.integer()))}"
    return _WAYS.get(kind, kind.removeprefix("notify_by_").replace("_", " "))


def _mentioned(export: Export) -> frozenset[str]:
    """Return the users whom shifts, swaps and chains name."""
    ids: set[str] = set()
    for shift in export.of("on_call_shifts"):
        ids |= {one.text() for one in shift.list_of("users")}
        ids |= {one.text() for group in shift.list_of("rolling_users") for one in group.items()}
    for swap in export.of("shift_swaps"):
        ids |= {swap.text_of("benefactor"), swap.text_of("beneficiary")}
    for step in export.of("escalation_policies"):
        for key in ("persons_to_notify", "persons_to_notify_next_each_time"):
            ids |= {one.text() for one in step.list_of(key)}
    return frozenset(ids)


def _role(export: Export, id_: str) -> str:
    return next((user.text_of("role") for user in export.of("users") if user.text_of("id") == id_), "")


def _policies(
    export: Export, ledger: Ledger, people: Mapping[str, str], schedules: Iterable[FoundSchedule]
) -> Policies:
    """Return the policies by the ids of their chains, those first that most routes lead to."""
    named = {one.source_id: one.draft.value.id for one in schedules}
    members: dict[str, list[str]] = {}
    for user in export.of("users"):
        person = people.get(user.field("id").text())
        for team in user.list_of("teams"):
            members.setdefault(team.text(), []).extend([] if person is None else [person])
    found = ChainReader(export, ledger, people, named, members).read()
    used = Counter(route.text_of("escalation_chain_id") for route in export.of("routes"))
    return dict(sorted(found.items(), key=lambda one: -used[one[0]]))


def _services(export: Export, teams: Mapping[str, SourceTeam]) -> list[SourceService]:
    """Return a service for each integration: what it received is escalated by the chain of its default route."""
    found: list[SourceService] = []
    for one in export.of("integrations"):
        route = one.get("default_route")
        chain = "" if route is None else route.text_of("escalation_chain_id")
        id_ = one.field("id").text()
        found.append(
            SourceService(id_, one.text_of("name", id_), _team_of(teams, one.text_of("team_id")), chain or None)
        )
    return found


def _say_routes(export: Export, policies: Policies, kept: set[str]) -> None:
    """Say of chains that only routes with a condition led to that nothing leads to them here."""
    for route in export.of("routes"):
        found = policies.get(route.text_of("escalation_chain_id"))
        if found is not None and found[1].id not in kept:
            entry, _ = found
            condition = route.text_of("routing_regex")
            told = f", {condition}" if condition else ""
            entry.refuse(
                f"a route led to it{told}: here that is a rule of a team that has this policy, which nobody has yet"
            )
