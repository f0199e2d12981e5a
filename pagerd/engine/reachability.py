"""How each person can be reached: what the plan gives them, what was refused, and what arrived when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.contact_questions import ContactQuestion, is_unanswered
from pagerd.core.people import Medium, Person
from pagerd.core.plan import Plan
from pagerd.stores.base import Connection
from pagerd.stores.records import contact_questions, contacts, stored
from pagerd.stores.records.contacts import Contact
from pagerd.stores.records.stored import UnusableContact


class State(StrEnum):
    """How a contact method stands.

    USABLE: a provider took something for it. UNTRIED: nothing was ever sent there. REFUSED: for good, until it changes
    or a test page arrives. NO_PROVIDER: pagerd.yaml has none for the medium.
    """

    USABLE = "usable"
    UNTRIED = "untried"
    REFUSED = "refused"
    NO_PROVIDER = "no_provider"


WORKS = frozenset({State.USABLE, State.UNTRIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One contact method as it stands; `since` and `why` are of a refusal.

    `unconfirmed_since` is when its person was asked whether it reaches them, and has not answered since.
    """

    medium: Medium
    address: str
    state: State
    since: datetime | None = None
    why: str = ""
    known: Contact
    unconfirmed_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One person with all the contact methods that the files give them."""

    person: Person
    methods: tuple[Method, ...]

    @property
    def is_reachable(self) -> bool:
        """Is there any way at all?"""
        return any(method.state in WORKS for method in self.methods)


async def reach_of_all(c: Connection, plan: Plan) -> tuple[Reach, ...]:
    """Return how everybody of the plan can be reached, by their id."""
    known = {(one.person, one.medium): one for one in await contacts.all_known(c)}
    refused = {(one.person, one.medium): one for one in await stored.unusable(c)}
    asked = {(one.person, one.medium): one for one in await contact_questions.all_known(c)}
    return tuple(
        Reach(person=person, methods=tuple(_methods(person, plan, known, refused, asked)))
        for _, person in sorted(plan.people.items())
    )


def _methods(
    person: Person,
    plan: Plan,
    known: Mapping[tuple[str, Medium], Contact],
    refused: Mapping[tuple[str, Medium], UnusableContact],
    asked: Mapping[tuple[str, Medium], ContactQuestion],
) -> Sequence[Method]:
    methods: list[Method] = []
    for medium in Medium:
        address = person.address(medium)
        if not address:
            continue
        contact = known.get((person.id, medium))
        if contact is None or contact.address != address:  # what is known is of another address
            contact = Contact(person=person.id, medium=medium, address=address)
        refusal = refused.get((person.id, medium))
        if refusal is not None and refusal.address != address:
            refusal = None
        state = State.USABLE if contact.tried_at is not None else State.UNTRIED
        if medium not in plan.media:
            state = State.NO_PROVIDER
        elif refusal is not None:
            state = State.REFUSED
        since, why = (refusal.at, refusal.why) if refusal is not None else (None, "")
        question = asked.get((person.id, medium))
        is_open = question is not None and question.address == address and is_unanswered(question, contact.use)
        methods.append(
            Method(
                medium=medium,
                address=address,
                state=state,
                since=since,
                why=why,
                known=contact,
                unconfirmed_since=question.asked_at if question is not None and is_open else None,
            )
        )
    return methods
