"""What can go wrong in a storm, which of it does in this one, and how often it did.

Swarm: each seed turns about half of the kinds off. What is rare with everything on, because one trouble hides another,
is common where the other is off. An even seed and the next one share the draw: what is off in one is on in the other.
"""

from collections import Counter
from enum import StrEnum

from pagerd.lab.storms.virtual import Dice


class Fault(StrEnum):
    """One kind of trouble. Each must hit in a run of many seeds, or the storm does not blow."""

    # Providers, as failures of theirs reach us.
    PROVIDER_DOWN = "a provider answers 5xx, refuses connections or has no name"
    PROVIDER_BUSY = "a provider wants fewer messages"
    PROVIDER_SLOW = "a provider is slow, or does not answer in time"
    PROVIDER_LOSES_ANSWERS = "a provider takes a message and its answer is lost"
    PROVIDER_SWALLOWS = "a provider accepts and never delivers"
    PROVIDER_ACCOUNT = "a provider refuses our account"
    PROVIDER_FILTERS = "a carrier takes our words for spam"
    PROVIDER_BREAKS = "a provider's adapter raises what it must not"
    ALL_PROVIDERS_DOWN = "all providers of all media are down"
    NUMBER_REFUSED = "a number is invalid"
    CALLBACK_LOST = "a status callback never comes"
    CALLBACK_LATE = "a status callback is late and overtakes others"
    CALLBACK_TWICE = "a status callback comes twice"
    CALLBACK_FLOOD = "a provider floods us with callbacks"
    CALL_NOT_ANSWERED = "a call meets voicemail, a busy line or nobody"
    MAIL_LATE = "mail is delayed for hours"
    # People.
    NOBODY_ANSWERS = "nobody answers anything"
    STOP = "a person texts STOP"
    WRONG_CODE = "a reply has a wrong code"
    WRONG_PHONE = "a reply comes from a stranger's phone"
    WRONG_KEY = "a wrong key is pressed in a call"
    ANSWERS_TWICE = "a person answers twice, or the provider tells of it twice"
    REPLY_LOST = "a reply does not reach us by callback"
    # Alerts.
    ALERT_TWICE = "a message of a source comes twice"
    ALERT_LATE = "a message of a source is overtaken by newer ones"
    ALERT_STORM = "very many alerts fire at once"
    ALERT_FLAPS = "an alert flaps"
    LEASE_ENDS = "a source stops renewing"
    UNREADABLE = "part of a message cannot be read"
    # Config and calendar, in mid-flight.
    PERSON_GONE = "a person leaves the config"
    SCHEDULE_CHANGED = "a schedule is edited"
    POLICY_CHANGED = "an escalation policy is edited"
    TEAM_GONE = "a team leaves the config"
    RULES_CHANGED = "rules and silences of the files change"
    OVERRIDDEN = "an override begins or ends"
    AWAY = "people are away"
    # Clock, host, store.
    CLOCK_FORWARD = "the clock is set forward"
    CLOCK_BACK = "the clock is set back"
    FREEZE = "the machine stands still"
    CRASH_IDLE = "pagerd is killed between two steps"
    CRASH_BEFORE_COMMIT = "pagerd dies in a transaction"
    CRASH_AFTER_COMMIT = "pagerd dies after a commit, before anything followed from it"
    CRASH_IN_REQUEST = "pagerd dies while a request to a provider is in the air"
    CRASH_AT_BOUNDARY = "pagerd dies at a boundary that production names"
    STORE_REFUSES = "the store is not available"
    STORE_UNKNOWN = "a commit's outcome is not known"
    # Incidents.
    CHECK_IN_TROUBLE = "a check of an incident is red, slow, or cannot be read"


CALM = "nothing"

SWARM_OFF = 0.5


class Weather:
    """Which kinds are on in this storm, and how often each hit. In the calm nothing hits."""

    def __init__(
        self, seed: int, dice: Dice, *, without: frozenset[Fault] = frozenset(), also: frozenset[Fault] = frozenset()
    ) -> None:
        pair, is_odd = Dice(f"weather {seed // 2}"), bool(seed % 2)
        drawn = frozenset(fault for fault in Fault if pair.hits(SWARM_OFF) is is_odd)
        self.on = (drawn | also) - without
        self.hits: Counter[Fault] = Counter()
        self.is_calm = False
        self._dice = dice

    def strikes(self, fault: Fault, chance: float = 1.0) -> bool:
        """Say whether a trouble hits now, where it has this chance; count it."""
        if self.is_calm or fault not in self.on or not self._dice.hits(chance):
            return False
        self.hits[fault] += 1
        return True
