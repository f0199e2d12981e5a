"""Why a person is told something. Each purpose has words of its own in every medium."""

from collections.abc import Mapping
from enum import StrEnum

from pagerd.core.people import Medium


class Purpose(StrEnum):
    """What a notification is for.

    PAGE asks for an answer; HELP does too, because another responder asked; REASSIGNED, because the page was handed
    over. HELP_COMES is what the one who asked hears when the helper answers. MORE_ALERTS and REMINDER (your
    acknowledgement ends) are quiet; STILL_YOURS is the loud one after it. TICKET can wait. ALARM is pagerd about
    itself, to its operators. TEST proves a contact method. ANSWER says to the sender of a text what it did, where the
    provider does not carry answers back by itself. DIGEST is a team's daily mail. NIGHT asks in the morning how long
    somebody was up; REST asks for the rest of whoever worked by night, and tells of it. SWAP asks for a shift, and says
    what became of that. SIGN_IN is a code for the web, which is drawn when the message leaves and stands in no row.
    INCIDENT tells one sentence to those at work in an incident, and to those who must know of it. PUBLIC is what
    customers read, at an address or a list. SHIFT is told around a shift: that it comes, began, ended or changed.
    SHADOW is the quiet copy of a page for whoever shadows those who were paged: nothing is asked of them.
    """

    PAGE = "page"
    HELP = "help"
    HELP_COMES = "help_comes"
    REASSIGNED = "reassigned"
    MORE_ALERTS = "more_alerts"
    REMINDER = "reminder"
    STILL_YOURS = "still_yours"
    ACKNOWLEDGED_BY_OTHER = "acknowledged_by_other"
    RESOLVED = "resolved"
    TICKET = "ticket"
    ALARM = "alarm"
    TEST = "test"
    ANSWER = "answer"
    DIGEST = "digest"
    NIGHT = "night"
    REST = "rest"
    SWAP = "swap"
    SIGN_IN = "sign_in"
    INCIDENT = "incident"
    PUBLIC = "public"
    SHIFT = "shift"
    SHADOW = "shadow"


CARRIED_BY: Mapping[Purpose, frozenset[Medium]] = {
    Purpose.DIGEST: frozenset({Medium.EMAIL}),
    Purpose.ANSWER: frozenset({Medium.SMS}),
    Purpose.NIGHT: frozenset({Medium.SMS, Medium.EMAIL}),
    Purpose.REST: frozenset({Medium.SMS, Medium.EMAIL}),
    Purpose.SWAP: frozenset({Medium.SMS, Medium.EMAIL}),
    Purpose.SIGN_IN: frozenset({Medium.SMS, Medium.EMAIL}),
    Purpose.INCIDENT: frozenset({Medium.SMS, Medium.EMAIL}),
    Purpose.PUBLIC: frozenset({Medium.EMAIL}),
    Purpose.SHIFT: frozenset({Medium.SMS, Medium.EMAIL}),
    Purpose.SHADOW: frozenset({Medium.EMAIL}),
}
"""What only some media carry; everything else may go by each."""
