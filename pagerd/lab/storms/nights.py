"""Checks the night ledger against what providers said of the messages that they took: none lost, doubled or made up.

In two steps. What a provider told and pagerd answered is in the trail of each message that went with it, and a noise in
a trail was told by a provider. Then each noise of a trail in its owner's night is in the ledger once, and no other.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from pagerd.core.people import Person
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Machine
from pagerd.stores.base import Connection

_MESSAGES = (
    "SELECT id, COALESCE(merged_into, id), provider_id, person, page_id, medium, trail FROM notifications"
    " WHERE page_id IS NOT NULL AND medium IN ('sms', 'voice') AND attempts > 0"
)
_LEDGER = "SELECT person, page_id, body FROM night_pages"

NOISES = {
    "sms": {"sent": "sent", "delivered": "delivered"},
    "voice": {"ringing": "rang", "answered": "answered"},
}
"""By medium: what a provider tells of a phone that makes a noise, and what the ledger calls that."""

FURTHER = {"sent": ("delivered",), "ringing": ("answered", "not_reached")}
"""What a late report of a noise is not needed after."""

Fact = tuple[str, str, str, str]
"""Person, page, message, and the noise that it made, by the ledger's word."""


class Nights:
    """Holds the ledger against who slept when. Of whom is not in `stay` a row may be missing."""

    def __init__(
        self, machine: Machine, people: Mapping[str, Person], stay: frozenset[str], findings: Findings
    ) -> None:
        self._machine = machine
        self._people = people
        self._stay = stay
        self._findings = findings

    async def look(self, c: Connection) -> None:
        """Look at all rows there are."""
        said = {one for exchange in self._machine.exchanges for one in exchange.said}
        stored: dict[str, list[set[str]]] = {}
        noises: set[Fact] = set()
        messages: dict[str, tuple[str, str, str]] = {}
        for row in await c.execute(_MESSAGES):
            one, lead, taken_as, person, page, medium = map(str, row[:6])
            trail = [(str(status), datetime.fromisoformat(at)) for at, status, _ in json.loads(str(row[6]))]
            messages[one] = (person, page, medium)
            stored.setdefault(taken_as, []).append({status for status, _ in trail})
            for status, at in trail:
                if status not in NOISES[medium]:
                    continue
                # It may have gone alone while its claim was over and another message took it along.
                if not {(lead, status), (one, status)} & said:
                    self._findings.breaks("I11", f"{one} is {status}, which no provider said of it or of {lead}")
                if is_night(self._people[person], at):
                    noises.add((person, page, one, NOISES[medium][status]))
        self._check_heard(stored)
        written = set()
        for fact, medium, at in await self._written(c):
            self._check_row(fact, medium, at, messages)
            if fact in written:
                self._findings.breaks("I11", f"the ledger counts {fact} twice")
            written.add(fact)
        for person, page, one, kind in sorted(noises - written):
            if person in self._stay:
                self._findings.breaks("I11", f"{one} {kind} in the night of {person}, and no row about {page} says so")

    def _check_heard(self, stored: Mapping[str, list[set[str]]]) -> None:
        """What was told and answered is stored, of every message that went as one."""
        for exchange in self._machine.exchanges:
            for lead, taken_as, status in exchange.heard:
                for statuses in stored.get(taken_as, ()):
                    if not statuses & {status, *FURTHER.get(status, ())}:
                        self._findings.breaks("I11", f"{lead} was told as {status}, and its trail has {statuses}")

    async def _written(self, c: Connection) -> Iterator[tuple[Fact, str, datetime]]:
        """Return each noise of the ledger with its medium and instant."""
        rows = await c.execute(_LEDGER)
        return (
            (
                (str(person), str(page), one["notification"], one["kind"]),
                one["medium"],
                datetime.fromisoformat(one["at"]),
            )
            for person, page, body in rows
            for one in json.loads(str(body))["evidence"]
        )

    def _check_row(self, fact: Fact, medium: str, at: datetime, messages: Mapping[str, tuple[str, str, str]]) -> None:
        """A noise of the ledger is about a message that went to that phone, about that page, in that night."""
        person, page, one, _ = fact
        if messages.get(one) != (person, page, medium):
            self._findings.breaks("I11", f"the ledger counts {fact}, and {one} is {messages.get(one)}")
        if not is_night(self._people[person], at):
            self._findings.breaks("I11", f"the ledger counts {fact}, and it was day for {person}")


def is_night(person: Person, at: datetime) -> bool:
    """Was it between the begin and the end of their night, where they live?"""
    here = at.astimezone(person.zone).time()
    begin, end = person.night.start, person.night.end
    return begin <= here < end if begin <= end else here >= begin or here < end
