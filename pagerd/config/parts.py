"""Everything that was read from the files, before it is one plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from pagerd.config.escalation import Escalation
from pagerd.config.rotations import TeamFile
from pagerd.config.rules import OwnersFile, RulesFile
from pagerd.config.settings import Settings
from pagerd.config.severity import SeverityPolicy
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.people import Person
from pagerd.core.plan import Runbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One value per file of the format; teams and rules by team, runbooks by id."""

    settings: Settings
    people: Mapping[str, Person]
    teams: Mapping[str, TeamFile]
    escalation: Escalation
    owners: OwnersFile
    rules: Mapping[str, RulesFile]
    severity: SeverityPolicy
    incidents: IncidentRules
    runbooks: Mapping[str, Runbook]
