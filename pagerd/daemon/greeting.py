"""What the daemon says when it has started: who is on call, where it listens, and one line that raises an alert."""

import shlex
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, SourceKind
from pagerd.core.errors import NotFound
from pagerd.core.plan import Plan
from pagerd.engine.queries import who_is_on_call

OBSERVES = (
    "THIS PAGERD ONLY OBSERVES: it sends nothing to anybody. `pagerd report observe` says what it would have sent"
)

_EXAMPLE = (
    '{"labels": {"alertname": "PaymentsErrors", "service": "payments-api", "severity": "critical", "env": "prod"},'
    ' "annotations": {"summary": "Checkout fails for 7 % of customers", "runbook_url": "runbooks/payments-5xx.md"}}'
)


def greeting(plan: Plan, settings: Settings, directory: Path, now: datetime, *, is_current: bool) -> Iterable[str]:
    """Return the lines, at most a screenful. A path in them is good in the folder where pagerd was started."""
    yield f"pagerd runs on plan {plan.revision}, store {settings.store}"
    if not is_current:
        yield "THE CONFIG FILES ARE BROKEN: this is the last good plan. `pagerd check` says where."
    for team in plan.teams.values():
        people = ", ".join(f"{role} {_who(plan, target, now)}" for role, target in team.roles.items())
        yield f"on call for {team.id}: {people}"
    for address in settings.listen:
        yield f"listening on http://{address}"
    generic = next((one for one in settings.sources.values() if one.kind is SourceKind.GENERIC), None)
    if generic is not None and generic.token_files and settings.listen:
        yield "raise an alert:"
        yield (
            f'curl -sS -H "Authorization: Bearer $(cat {_path(generic.token_files[0], directory)})"'
            f" http://{settings.listen[0]}/api/v1/alerts/{generic.id} -d '{_EXAMPLE}'"
        )


def _path(token: SecretFile, directory: Path) -> str:
    """Write where a token is, for a shell."""
    name = token.reference.removeprefix("credential:")
    if name != token.reference:
        return f"$CREDENTIALS_DIRECTORY/{name}"  # a credential's name has no sign that a shell would take
    return shlex.quote(str(token.path(directory, None)))


def _who(plan: Plan, target: str, now: datetime) -> str:
    if target in plan.people:
        return plan.people[target].name
    try:
        answers = who_is_on_call(plan, target, now)
    except NotFound:
        return "nobody"
    names = [plan.people[person].name for answer in answers for person in answer.people if person in plan.people]
    return " and ".join(names) or "NOBODY"
