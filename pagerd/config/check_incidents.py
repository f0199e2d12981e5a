"""Cross checks of `rules/incidents.yaml`: what it names, and whether it can be read."""

from collections.abc import Collection, Sequence

from pagerd.config.findings import Span
from pagerd.config.incidents import FILE
from pagerd.config.parts import Parts
from pagerd.config.reader import Path, Reader
from pagerd.core.incidents.checks import Check, ChecksOf, HttpProbe
from pagerd.core.incidents.ladder_rules import Slo, SloRule
from pagerd.core.plan import Plan
from pagerd.core.suggestions import listed, nearest


def check_incidents(reader: Reader, parts: Parts, plan: Plan) -> None:
    """Note every name in it that nothing has."""
    servers = tuple(parts.settings.prometheus)
    for place, entry in enumerate(plan.incidents.checks, 1):
        path: Path = ("checks", str(place))
        _whose(reader, plan, entry, path)
        for criterion, some in entry.checks.items():
            _asks(reader, some, servers, (*path, criterion))
    for team, slos in plan.incidents.ladder.slos.items():
        path = ("ladder", "slos", team)
        if team not in plan.teams:
            _unknown(reader, "team", team, plan.teams, path)
        _asks(reader, slos, servers, path, "objective")


def _whose(reader: Reader, plan: Plan, entry: ChecksOf, path: Path) -> None:
    if entry.team and entry.team not in plan.teams:
        _unknown(reader, "team", entry.team, plan.teams, (*path, "team"))
    service = plan.services.get(entry.service)
    if entry.service and service is None:
        _unknown(reader, "service", entry.service, plan.services, (*path, "service"))
    elif service is not None and entry.team not in ("", service.team):
        message = f"service {service.id} is team {service.team}'s"
        reader.report("E207", _span(reader, (*path, "team")), message, f"team: {service.team}, or none")


def _asks(reader: Reader, some: Sequence[Check | Slo], servers: Collection[str], path: Path, of: str = "check") -> None:
    for number, one in enumerate(some, 1):
        is_said_already = isinstance(one, SloRule) and not one.rule
        if isinstance(one, HttpProbe) or is_said_already or one.prometheus in servers:
            continue
        if one.prometheus:
            _unknown(reader, "Prometheus", one.prometheus, servers, (*path, str(number), "prometheus"))
            continue
        what = "which of several Prometheus it asks" if servers else "where Prometheus is"
        expected = f"prometheus: {' | '.join(servers)}" if servers else "prometheus: {main: {url: ...}} in pagerd.yaml"
        reader.report("E007", _span(reader, (*path, str(number))), f"the {of} does not say {what}", expected)


def _unknown(reader: Reader, what: str, name: str, known: Collection[str], path: Path) -> None:
    expected = listed(known) or f"a {what} that is there: none is yet"
    reader.report("E021", _span(reader, path), f"there is no {what} {name}", expected, nearest(name, known))


def _span(reader: Reader, path: Path) -> Span:
    return reader.span_of(path, Span(FILE))
