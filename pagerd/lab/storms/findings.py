"""What the checkers found: the first broken invariant ends the storm."""

import asyncio
from dataclasses import dataclass

INVARIANTS = {
    "I1": "what was answered 2xx is kept",
    "I2": "every open page has one next action with its due time, or says why it has none; no firing alert is nowhere",
    "I3": "what is due is done within its bound, and never before its time",
    "I4": "nothing more is sent about a page that somebody has or that is over, but what was in the air",
    "I5": "an answer counts once, for the page it was about, from somebody who was asked",
    "I6": "nothing is sent twice, but for attempts whose end was not stored",
    "I7": "silence is never the outcome: who nobody answers for comes to the last resort",
    "I9": "one message is in one sender's hands at a time",
    "I10": "who is on call depends on the plan and the instant alone",
    "I11": "the night ledger has one row for each person and page that made a noise in a night, and no other",
    "I12": "every change of a page or a ticket has its entry, and the chain of entries holds",
    "I14": "what is in memory is bounded, and gone when the storm is over",
    "I15": "no log line, timeline or metric has a whole phone number",
    "R1": "at the worst severity nobody holds all three roles, unless somebody is asked for one",
    "R2": "the roles that a severity wants are held, or asked for by a page",
    "R3": "every act on an incident names its person and its files",
    "R4": "updates are numbered without gaps, and each promises the next one within its bounds",
    "R5": "customers read what an approver approved, and nothing else",
    "R6": "what is resolved without an override was green for its whole watch period",
    "R7": "the instants of an incident are in their order",
    "R8": "no trouble outside holds up an act on an incident",
    "R9": "what is closed has a decided postmortem, and action items that lack nothing",
    "R10": "a drill reaches no customer",
    "R11": "a role has the holder that people gave it",
    "R12": "an act that is sent twice with its key is done once",
    "auditor": "the auditor of production finds nothing that the checkers do not",
    "lively": "when the faults stop, every open page reaches a human, is taken, and ends",
    "crash": "nothing raises that nobody expects",
}
"""The invariants by their names, in one sentence each."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken invariant."""

    invariant: str
    words: str

    def __str__(self) -> str:
        """Say it in two lines."""
        return f"{self.invariant} is broken: {INVARIANTS[self.invariant]}\n  {self.words}"


class Findings:
    """Keeps the first breach. It is never raised: whoever catches everything must not catch this."""

    def __init__(self) -> None:
        self.first: Breach | None = None
        self.found = asyncio.Event()

    def breaks(self, invariant: str, words: str) -> None:
        """Note a breach; the storm ends at its next step."""
        if self.first is None:
            self.first = Breach(invariant, words)
            self.found.set()
