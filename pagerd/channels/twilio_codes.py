"""Twilio's error codes, by what they ask of us. What is not listed says nothing about the person's phone."""

from collections.abc import Mapping
from enum import StrEnum


class Class(StrEnum):
    """ACCOUNT: ours to mend. DESTINATION: this number never. CONTENT: not these words. TRANSIENT: perhaps later."""

    ACCOUNT = "account"
    DESTINATION = "destination"
    CONTENT = "content"
    TRANSIENT = "transient"


CODES: Mapping[int, tuple[Class, str]] = {
    10001: (Class.ACCOUNT, "the account is not active"),
    20003: (Class.ACCOUNT, "authentication failed: account, token or credit is wrong"),
    20005: (Class.ACCOUNT, "the account is not active"),
    20404: (Class.ACCOUNT, "no such account or resource"),
    21205: (Class.ACCOUNT, "the callback URL is not valid"),
    21210: (Class.ACCOUNT, "the calling number is not verified"),
    21212: (Class.ACCOUNT, "the sending number is not valid"),
    21215: (Class.ACCOUNT, "calls to this region are not enabled"),
    21219: (Class.ACCOUNT, "a trial account calls only verified numbers"),
    21408: (Class.ACCOUNT, "texts to this region are not enabled"),
    21603: (Class.ACCOUNT, "no sending number is set"),
    21606: (Class.ACCOUNT, "the sending number is not ours, or cannot send texts"),
    21608: (Class.ACCOUNT, "a trial account texts only verified numbers"),
    21609: (Class.ACCOUNT, "the callback URL is not valid"),
    21659: (Class.ACCOUNT, "the sending number is not ours"),
    21660: (Class.ACCOUNT, "the sending number belongs to another account"),
    21703: (Class.ACCOUNT, "the messaging service has no sender"),
    30002: (Class.ACCOUNT, "the account is suspended"),
    30032: (Class.ACCOUNT, "the toll-free number is not verified"),
    30034: (Class.ACCOUNT, "the number is not registered for A2P 10DLC"),
    21211: (Class.DESTINATION, "the number is not valid"),
    21217: (Class.DESTINATION, "the number is not valid"),
    21610: (Class.DESTINATION, "the person opted out; they must text START to our number"),
    21612: (Class.DESTINATION, "no route to this number from ours"),
    21614: (Class.DESTINATION, "the number is not a mobile phone"),
    30004: (Class.DESTINATION, "the phone or carrier blocks us"),
    30005: (Class.DESTINATION, "the number is unknown"),
    30006: (Class.DESTINATION, "the number is a landline, or its carrier cannot be reached"),
    21602: (Class.CONTENT, "the text is empty"),
    21617: (Class.CONTENT, "the text is longer than 1600 characters"),
    21619: (Class.CONTENT, "the text is empty"),
    30007: (Class.CONTENT, "the carrier filtered it"),
    30010: (Class.CONTENT, "it costs more than allowed"),
    20429: (Class.TRANSIENT, "too many requests"),
    20500: (Class.TRANSIENT, "Twilio failed"),
    20503: (Class.TRANSIENT, "Twilio is not available"),
    21611: (Class.TRANSIENT, "the sender's queue is full"),
    22005: (Class.TRANSIENT, "the call queue is full"),
    30001: (Class.TRANSIENT, "the queue is full"),
    30003: (Class.TRANSIENT, "the phone is off or out of reach"),
    30008: (Class.TRANSIENT, "the carrier gave no reason"),
    30036: (Class.TRANSIENT, "it was no longer valid when its turn came"),
    30410: (Class.TRANSIENT, "the carrier did not answer"),
}


OF_SOME_NUMBERS = frozenset({21215, 21219, 21408, 21608})
"""Faults of our account that concern the number we send to: texts and calls to others go on."""

TOO_MANY = frozenset({20429, 21611, 22005})
"""Twilio works, and wants fewer messages. 30001 comes with a later report, when asking for less is no use any more."""


def class_of(code: int) -> Class:
    """Return what a code asks of us. An unknown one is transient: it breaks no contact and blames no account."""
    return CODES[code][0] if code in CODES else Class.TRANSIENT


def words_of(code: int) -> str:
    """Say a code for people, with its class and number."""
    if code not in CODES:
        return f"Twilio code {code}"
    kind, words = CODES[code]
    return f"{words} (Twilio code {code}, {kind})"
