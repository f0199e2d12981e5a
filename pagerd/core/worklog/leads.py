"""Who answers for somebody's nights: their team's lead, and who does where that is themself or nobody."""

from datetime import datetime

from pagerd.core.paging.escalation import find
from pagerd.core.plan import Plan
from pagerd.core.rights import LEADS, rights_of


def leads_of(plan: Plan, team: str, person: str, at: datetime) -> tuple[str, ...]:
    """Return who is asked about the night of a person: the first of team lead, platform lead and operators there is.

    Nobody is asked about their own night.
    """
    for role in LEADS:
        found = tuple(one.person for one in find(plan, team, role, at) if one.person != person)
        if found:
            return found
    return tuple(one for one in plan.operators if one != person and one in plan.people)


def is_lead(plan: Plan, team: str, person: str, by: str, at: datetime) -> bool:
    """May somebody decide about the night of a person, as a lead? Not about their own."""
    if by == person:
        return False
    return rights_of(plan, by, at).leads(team) or by in leads_of(plan, team, person, at)
