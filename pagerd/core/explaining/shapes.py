"""An explanation as plain values, with its sentences: what the API answers, `-o json` writes and the text is made of.

Instants are ISO in UTC, and stand in sentences on the wall clock of the reader's zone.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from pagerd.core.alerts.matching import Matcher
from pagerd.core.alerts.muting import NOT_YET, OTHER_TEAM, OVER
from pagerd.core.explaining.changes import Change, Changes
from pagerd.core.explaining.explanation import Explanation, SilenceTried
from pagerd.core.explaining.outcome import Outcome
from pagerd.core.explaining.road import Paged, StepTaken, Target
from pagerd.core.oncall.schedule import FOR_GOOD, SHIFT
from pagerd.core.placement import Place
from pagerd.core.plain import full_time, in_zone, length
from pagerd.core.plan import Plan
from pagerd.core.timeline import sentence
from pagerd.core.trace import OwnerTried, RuleTried

Json = dict[str, object]


def explanation_json(one: Explanation, zone: ZoneInfo) -> Json:
    """Write an explanation for a reader in this zone."""
    outcome, alert, plan = one.outcome, one.situation.alert, one.situation.plan
    verdict = outcome.verdict
    return {
        "at": one.at.isoformat(),
        "revision": plan.revision,
        "labels": dict(alert.labels),
        "annotations": dict(alert.annotations),
        "pages": outcome.pages,
        "outcome": outcome.place.value,
        "sentence": outcome_sentence(outcome, plan, zone),
        "team": verdict.team,
        "owners": [_owner_json(tried) for tried in one.trace.owners],
        "rule": verdict.rule,
        "rules": [_rule_json(tried, alert.labels) for tried in one.trace.rules],
        "rules_count": len(plan.rules.get(verdict.team, ())),
        "severity": verdict.severity,
        "urgency": verdict.urgency.value,
        "wanted": one.trace.wanted or verdict.kind.value,
        "verdict": verdict.kind.value,
        "tests": [{"test": done.test, "passed": done.passed, "reason": done.reason} for done in one.trace.tests],
        "reasons": list(verdict.reasons),
        "silences": [_silence_json(tried, alert.labels, one.at, zone) for tried in one.silences],
        "silences_count": one.silences_count,
        "group_key": verdict.group_key,
        "held_until": _iso(outcome.held_until),
        "page": outcome.page.id if outcome.page is not None and outcome.place is Place.JOINS_PAGE else None,
        "ticket": outcome.ticket.id if outcome.ticket is not None and outcome.place is Place.TICKET else None,
        "follows": outcome.last.id if outcome.last is not None else None,
        "joined": [sentence(entry, zone) for entry in one.joined],
        "steps_from": _iso(one.road_from),
        "steps": [_step_json(step, plan, zone) for step in one.road],
        "changes": _changes_json(one.changes, zone) if one.changes is not None else None,
    }


def outcome_sentence(outcome: Outcome, plan: Plan, zone: ZoneInfo) -> str:
    """Say in one sentence what becomes of it."""
    verdict = outcome.verdict
    team = f"team {verdict.team}"
    match outcome.place:
        case Place.OPENS_PAGE:
            follows = f", which follows {outcome.last.id}" if outcome.last is not None else ""
            return f"It opens a page of severity {verdict.severity} for {team}{follows}."
        case Place.JOINS_PAGE:
            page = outcome.page
            return f"It joins page {page.id if page is not None else ''}, which its group has open for {team}."
        case Place.HELD:
            until = full_time(outcome.held_until, zone) if outcome.held_until is not None else ""
            return f"It waits for the business hours of {team}: told at {until} if it still fires."
        case Place.MUTED:
            silence = outcome.silence
            by = (
                f"silence {silence.id} by {silence.by} until {full_time(silence.end, zone)}" if silence else "a silence"
            )
            return f"Nobody is told: {by} mutes it. If it still fires then, it is judged as if it had just fired."
        case Place.TICKET:
            return _ticket_sentence(outcome, plan, zone)
        case Place.DROPPED:
            return f"It is dropped: nobody is told, because {_dropped_by(outcome)} says so."
        case _:
            assert_never(outcome.place)


def _ticket_sentence(outcome: Outcome, plan: Plan, zone: ZoneInfo) -> str:
    verdict, ticket = outcome.verdict, outcome.ticket
    if ticket is not None:
        clock = f" It pages at {full_time(ticket.page_at, zone)} unless somebody takes it." if ticket.page_at else ""
        taken = f", which {plan.name_of(ticket.taken_by)} took" if ticket.taken_by else ""
        return f"It joins ticket {ticket.id} of team {verdict.team}{taken}.{clock}"
    if verdict.page_after is not None:
        after = length(verdict.page_after)
        return f"It becomes a ticket of team {verdict.team}, and pages after {after} unless somebody takes the ticket."
    return f"It becomes a ticket of team {verdict.team}; nobody is paged."


def _dropped_by(outcome: Outcome) -> str:
    rule = outcome.verdict.rule
    return f"rule '{rule}'" if rule is not None else f"severity {outcome.verdict.severity}"


def _owner_json(tried: OwnerTried) -> Json:
    owner = tried.owner
    if owner.label is None:
        asks = f"match {' '.join(map(str, owner.matchers)) or 'everything'}, team {owner.team}"
        if tried.failed is not None:
            result = f"{tried.failed} does not hold"
        else:
            result = f"gives it to team {tried.team}" if tried.team else f"team {owner.team} is not in the config"
    else:
        asks = f"label {owner.label}"
        named = f'{owner.label}="{_short(tried.met)}"'
        if tried.team:
            result = f"{named} gives it to team {tried.team}"
        else:
            result = f"{named} is nothing of the config" if tried.met else f"it has no label {owner.label}"
    return {"line": tried.number, "asks": asks, "decides": tried.team is not None, "result": result}


def _rule_json(tried: RuleTried, labels: Mapping[str, str]) -> Json:
    rule, failed = tried.rule, tried.failed
    return {
        "rule": tried.number,
        "name": rule.name,
        "match": [str(matcher) for matcher in rule.matchers],
        "matches": failed is None,
        "failed": str(failed) if failed is not None else None,
        "met": labels.get(failed.label, "") if failed is not None else None,
        "result": "matches" if failed is None else missed(failed, labels),
    }


def missed(matcher: Matcher, labels: Mapping[str, str]) -> str:
    """Say which matcher does not hold, and what it met."""
    met = labels.get(matcher.label)
    return (
        f"{matcher} does not hold: {f'it is {chr(34)}{_short(met)}{chr(34)}' if met else f'it has no {matcher.label}'}"
    )


def _silence_json(tried: SilenceTried, labels: Mapping[str, str], at: datetime, zone: ZoneInfo) -> Json:
    silence, hindrance = tried.silence, tried.hindrance
    match hindrance:
        case None:
            result = "mutes it" if tried.decides else "would mute it too"
        case Matcher():
            result = missed(hindrance, labels)
        case _:
            result = {
                OTHER_TEAM: f"matches, but concerns team {silence.team} alone",
                NOT_YET: f"matches, but begins only at {full_time(silence.start, zone)}",
                OVER: f"matches, but was over {length(at - silence.end)} before",
            }[hindrance]
    return {
        "id": silence.id,
        "match": [str(matcher) for matcher in silence.matchers],
        "mutes": hindrance is None,
        "decides": tried.decides,
        "result": result,
        "by": silence.by,
        "why": silence.why,
        "from": silence.start.isoformat(),
        "to": silence.end.isoformat(),
        "stored": silence.stored,
    }


_BRIEF = frozenset(
    {
        *("round.started", "last_resort.paged", "last_resort.empty", "page.closed_hours", "page.opened_hours"),
        *("step.skipped", "nobody.on_call", "person.unreachable"),
    }
)
"""What is said of a later round: its steps page the same people again."""


def _step_json(step: StepTaken, plan: Plan, zone: ZoneInfo) -> Json:
    return {
        "at": step.at.isoformat(),
        "local": f"{in_zone(step.at, zone):%Y-%m-%d %H:%M:%S}",
        "round": step.round,
        "sentences": [sentence(entry, zone) for entry in step.entries],
        "brief": [sentence(entry, zone) for entry in step.entries if entry.kind in _BRIEF],
        "targets": [_target_json(target, zone) for target in step.targets],
        "people": [_paged_json(paged, plan) for paged in step.paged],
    }


_LAYERS = {SHIFT: "a fixed shift"}


def _target_json(target: Target, zone: ZoneInfo) -> Json:
    override = target.override
    by = [] if target.layer is None or override is not None else [f"by {_LAYERS.get(target.layer, target.layer)}"]
    if override is not None:
        made = f" of {override.by}" if override.by else ""
        why = f" ({override.why})" if override.why else ""
        by.append(f"by override {override.id}{made}{why}")
    by += [
        f"{away.person} has left"
        if away.end == FOR_GOOD
        else f"{away.person} is away until {full_time(away.end, zone)}"
        for away in target.away
    ]
    if target.until is not None:
        by.append(f"until {full_time(target.until, zone)}")
    return {
        "target": target.target,
        "schedule": target.schedule,
        "people": list(target.people),
        "layer": target.layer,
        "override": override.id if override is not None else None,
        "until": _iso(target.until),
        "away": [away.person for away in target.away],
        "result": ", ".join(by),
    }


def _paged_json(paged: Paged, plan: Plan) -> Json:
    return {
        "person": paged.person,
        "name": plan.name_of(paged.person),
        "via": paged.via,
        "methods": [
            {
                "medium": method.medium.value,
                "used": method.after is not None,
                "after_seconds": method.after.total_seconds() if method.after is not None else None,
                "result": _after(method.after) if method.after is not None else f"not used: {method.why_not}",
            }
            for method in paged.methods
        ],
    }


def _after(delay: timedelta) -> str:
    return f"after {length(delay)}" if delay else "at once"


def _changes_json(changes: Changes, zone: ZoneInfo) -> Json:
    return {
        "found": [_change_json(change, zone) for change in changes.found],
        "tried": changes.tried,
        "complete": changes.is_complete,
    }


def _change_json(change: Change, zone: ZoneInfo) -> Json:
    then = outcome_sentence(change.outcome, change.situation.plan, zone)
    return {
        "sentence": f"{change.words[0].upper()}{change.words[1:]}: {then[0].lower()}{then[1:]}",
        "size": sum(edit.size for edit in change.edits),
        "of": "files" if change.is_of_files else "alert",
        "outcome": change.outcome.place.value,
        "team": change.outcome.verdict.team,
        "severity": change.outcome.verdict.severity,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
