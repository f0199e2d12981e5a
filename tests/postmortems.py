"""Postmortems for tests: a draft that somebody filled, and an incident as the playbook tells of it."""

import re
from datetime import UTC, date, datetime

from pagerd.core.actions.item import ActionItem
from pagerd.core.actions.terms import Terms
from tests.builders import NOON

WORDS = {
    "which share of them": "22 % of those who tried to pay",
    "the rates at the worst": "5xx at 12 % at the peak, 0.1 % as usual",
    "what they could not do": "pay",
    "what it cost": "not known",
    "who was hit": "22 % of payment attempts failed",
    "one clear statement": "A config change lowered the greatest number of database connections below what peaks need.",
    "one line for each": "missing alert: nothing watched how much of the pool was used",
    "what helped": "the rollback was ready within ten minutes",
    "what delayed": "the runbook did not say how config is rolled back",
}


def filled(text: str) -> str:
    """Return a draft in which somebody filled every gap."""

    def words(found: re.Match[str]) -> str:
        return next((said for what, said in WORDS.items() if found[1].startswith(what)), "")

    return re.sub(r"\[to be filled: ([^\]]*)\]", words, text)


def utc(text: str) -> datetime:
    """Return the instant that is written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def an_item(number: int = 1, **terms: object) -> ActionItem:
    """Return an action item of incident 7 that says all that it must, with these terms on top."""
    known = {
        "title": "Alert when 80 % of the pool is used for 5 minutes",
        "owner": "platform",
        "due": date(2026, 1, 20),
        "priority": "high",
        "verification": "rule: PoolNearlyUsedUp",
        "impact": "a full pool is noticed before customers notice it",
        "bars": ("detection",),
    }
    return ActionItem(
        id=f"a-{number}",
        number=number,
        incident=7,
        team="payments",
        terms=Terms(**(known | terms)),  # type: ignore[arg-type]  # the fields of Terms
        opened_at=NOON,
        opened_by="ana",
        version=1,
    )
