"""Why an alert paged or not, and what would have changed it; for a page also whom it reached and how.

The daemon knows what is open, what people stored by command and what was in force at a past instant. So it is asked
first; the files answer alone when they are named (`-c DIR`) or when no daemon does, as if nothing were open.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from pagerd.cli.either import either
from pagerd.cli.given import alerts_given, names_a_page
from pagerd.cli.out import Context, api, directory_option, output_option
from pagerd.cli.times import EXPECTED, NotATime, instant_typed, local_zone, now, shown

Json = dict[str, Any]

ALERTS_MAX = 20
"""Alerts of one question; whoever has more asks about them in turn."""


@click.command("explain")
@click.argument("what", nargs=-1, required=True, metavar="PAGE|FILE|-|LABEL=VALUE...")
@click.option("--annotation", "annotations", multiple=True, metavar="NAME=TEXT", help="Such as summary=..., repeated.")
@click.option("--at", type=instant_typed, metavar="TIME", help=f"At another time: {EXPECTED}.")
@output_option
@directory_option
@click.pass_obj
def explain_command(
    ctx: Context, what: tuple[str, ...], annotations: tuple[str, ...], at: datetime | None, output: str
) -> None:
    """Say why it paged or not, rule by rule, who is paged by what, and the smallest change that would change it.

    What is explained is a page by its id, an alert as JSON in a FILE or on stdin (`-`: one alert, or a webhook's body),
    or an alert by its labels: `alertname=CheckoutErrors severity=critical`.
    """
    if names_a_page(what):
        if annotations or at is not None:
            raise click.UsageError("a page is explained as it was opened: --annotation and --at mean nothing for it")
        answer = ctx.daemon.get(api("pages", what[0], "explain"))
        lines = _page_lines(answer)
    else:
        answer = _asked(ctx, _alerts(what, annotations), at)
        lines = _alerts_lines(answer)
    if output == "json":
        ctx.out.json(answer)
        return
    for line in lines:
        ctx.out.line(line)


def _asked(ctx: Context, alerts: Sequence[Json], at: datetime | None) -> Json:
    """Answer from the daemon, else from the files, and say which."""
    body: Json = {"alerts": list(alerts)}
    if at is not None:
        body["at"] = at.isoformat()
    answer: Json = either(
        ctx,
        lambda: ctx.daemon.post(api("explain"), body),
        lambda: _from_files(ctx, alerts, at),
        without=", as if nothing were open; what is stored is not in them.",
    )
    return answer


def _from_files(ctx: Context, alerts: Sequence[Json], at: datetime | None) -> Json:
    from pagerd.cli import files
    from pagerd.core.alerts.alert import Alert, AlertStatus
    from pagerd.core.explaining.explanation import explain
    from pagerd.core.explaining.outcome import Groups, Situation
    from pagerd.core.explaining.shapes import explanation_json

    try:
        zone = local_zone()
    except NotATime:
        zone = ZoneInfo("UTC")
    plan, instant = files.plan_of(ctx.directory), at if at is not None else now()

    def one(alert: Json) -> Json:
        fires = Alert(
            source="",
            fingerprint=alert["fingerprint"],
            status=AlertStatus.FIRING,
            episode=1,
            first_seen_at=instant,
            last_seen_at=instant,
            labels=alert["labels"],
            annotations=alert["annotations"],
        )
        found = explain(Situation(alert=fires, plan=plan), instant, Groups())
        return {"happened": None, "explanation": explanation_json(found, zone)}

    return {"alerts": [one(alert) for alert in alerts]}


def _alerts(what: tuple[str, ...], annotations: tuple[str, ...]) -> list[Json]:
    """Read what was asked: labels, or the JSON of a file or of stdin."""
    return [
        {"labels": dict(one.labels), "annotations": dict(one.annotations), "fingerprint": one.fingerprint}
        for one in alerts_given(what, annotations, at_most=ALERTS_MAX)
    ]


def _page_lines(answer: Json) -> Iterator[str]:
    page = answer["page"]
    yield f"{page['id']}  {page['severity']}  {page['status']}  team {page['team']}: {page['title']}"
    yield ""
    yield "WHAT HAPPENED"
    yield from (f"  {entry['local']}  {entry['sentence']}" for entry in answer["timeline"])
    yield from _notification_lines(answer["notifications"])
    if answer["undelivered"]:
        yield "  UNDELIVERED: not one of these messages reached anybody, so the providers say."
    yield ""
    if answer["explanation"] is None:
        yield f"WHY: {answer['why_not']}"
        return
    yield f"DECIDED AGAIN for {shown(answer['explanation']['at'])} under the plan of then, {answer['revision']}"
    yield from _explanation_lines(answer["explanation"])


def _alerts_lines(answer: Json) -> Iterator[str]:
    for number, one in enumerate(answer["alerts"]):
        if number:
            yield ""
        explanation, happened = one["explanation"], one["happened"]
        labels = " ".join(f'{name}="{value}"' for name, value in sorted(explanation["labels"].items()))
        yield labels
        if happened is not None:
            yield ""
            yield f"WHAT HAPPENED: {happened['fate'].replace('_', ' ')}"
            for record in happened["records"]:
                yield f"  {record['sentence']}"
                yield from _notification_lines(record["notifications"])
            if not happened["records"]:
                yield f"  {happened['sentence']}"
        yield ""
        yield f"DECIDED for {shown(explanation['at'])} under plan {explanation['revision']}"
        yield from _explanation_lines(explanation)


def _notification_lines(notifications: Sequence[Json]) -> Iterator[str]:
    for one in notifications:
        why = f" ({one['why']})" if one["why"] else ""
        detail = f": {one['detail']}" if one["detail"] else ""
        result = f"{one['status'].replace('_', ' ')}{detail}"
        by = f" by {one['provider']}" if one["provider"] else ""
        yield f"  {one['purpose']} to {one['person']}{why}, {one['medium']} {one['address']}{by}: {result}"


def _explanation_lines(one: Json) -> Iterator[str]:
    yield f"  {one['sentence']}"
    yield from (f"  {line}" for line in one["joined"])
    if one["owners"]:
        yield ""
        yield f"OWNER: team {one['team']}"
        yield from (
            f"  {_mark(line['decides'])} line {line['line']}, {line['asks']}: {line['result']}"
            for line in one["owners"]
        )
    yield ""
    yield f"RULE: {one['rule'] or 'none of the team matches, so the severity decides'}"
    yield from (
        f"  {_mark(rule['matches'])} rule {rule['rule']} '{rule['name']}': {rule['result']}" for rule in one["rules"]
    )
    left = one["rules_count"] - len(one["rules"])
    if left:
        yield f"    {left} more below are not looked at: the first that matches decides"
    yield ""
    yield f"VERDICT: {one['verdict']}, severity {one['severity']}, {one['urgency']} urgency"
    yield from (f"  {reason}" for reason in _other_reasons(one))
    if one["tests"]:
        yield ""
        yield f"TESTS: {sum(test['passed'] for test in one['tests'])} of {len(one['tests'])} passed"
        yield from (f"  {_mark(test['passed'])} {test['reason']}" for test in one["tests"])
    yield ""
    yield from _silence_lines(one)
    yield f"GROUP: {one['group_key']}"
    yield from _step_lines(one)
    yield from _change_lines(one)


def _mark(holds: bool) -> str:
    return "✓" if holds else "✗"


def _other_reasons(one: Json) -> Iterator[str]:
    """Give the reasons that stand in no table of their own: severity, verdict, what a failed test leads to, hours."""
    tests = {test["reason"] for test in one["tests"]}
    begins = 2 if one["owners"] else 0
    return (reason for reason in one["reasons"][begins:] if reason not in tests)


def _silence_lines(one: Json) -> Iterator[str]:
    mutes = any(silence["mutes"] for silence in one["silences"])
    none = "none mutes it" if one["silences_count"] else "there are none"
    yield f"SILENCES: {'muted' if mutes else none}"
    for silence in one["silences"]:
        yield f"  {_mark(silence['mutes'])} {silence['id']} by {silence['by']} ({silence['why']}): {silence['result']}"


def _step_lines(one: Json) -> Iterator[str]:
    if not one["steps"]:
        return
    yield ""
    later = f" from {shown(one['steps_from'])} on" if one["steps_from"] != one["at"] else ""
    yield f"WHO IS PAGED{later}, if nobody answers"
    told: set[str] = set()
    for step in one["steps"]:
        if step["round"] > 1:
            yield from (f"  {step['local']}  {line}" for line in step["brief"])
            continue
        yield from (f"  {step['local']}  {line}" for line in step["sentences"])
        for target in step["targets"]:
            who = ", ".join(target["people"]) or "NOBODY"
            via = f"{target['target']}, schedule {target['schedule']}" if target["schedule"] else target["target"]
            how = f", {target['result']}" if target["result"] else ""
            yield f"      {via}: {who}{how}"
        for person in step["people"]:
            if person["person"] not in told:
                told.add(person["person"])
                methods = "; ".join(f"{method['medium']} {method['result']}" for method in person["methods"])
                yield f"      {person['person']}: {methods}"


def _change_lines(one: Json) -> Iterator[str]:
    changes = one["changes"]
    if changes is None:
        return
    yield ""
    yield f"WHAT WOULD CHANGE IT: each decided again, the smallest of {changes['tried']} tried"
    yield from (f"  {change['sentence']}" for change in changes["found"])
    if not changes["found"]:
        yield "  nothing that was tried: no label, annotation, rule or silence, alone or up to three together"
