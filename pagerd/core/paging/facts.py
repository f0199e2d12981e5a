"""What a message may say: the facts of one notification, gathered by the shell, before any medium is thought of.

Strings here come from alerts and people and are not trusted: every renderer cleans, bounds and escapes them itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.paging.purpose import Purpose
from pagerd.core.plain import one_line

ACK_DIGITS = "1234579"
"""The keys of which one is drawn for each call. 6 resolves, 8 escalates, 0 and star repeat: they never acknowledge."""

ASKING = frozenset({Purpose.PAGE, Purpose.HELP, Purpose.REASSIGNED, Purpose.REMINDER, Purpose.STILL_YOURS})
"""The purposes whose messages ask for an answer about a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that one message to one person may say.

    `page_id` is the page's id, or the ticket's; empty for what concerns neither. `at` is the instant of saying it,
    `zone` the reader's. `since` is when the trouble began. `code` is what the reader answers with, `digit` the key of
    this very call (one of ACK_DIGITS). `link` is for texts and acts on one press, `mail_link` asks for the code; None
    without a public URL. `why_you` is a phrase such as `you are primary for payments, schedule payments-primary`.
    `note` is free text: of the actor, of a ticket's reasons, or the whole of an alarm or an answer. `by_text` says
    whether a text that answers this would be heard.
    """

    purpose: Purpose
    at: datetime
    zone: ZoneInfo
    reader: str = ""
    page_id: str = ""
    team: str = ""
    service: str = ""
    place: str = ""
    title: str = ""
    summary: str = ""
    severity_id: str = ""
    severity_name: str = ""
    since: datetime | None = None
    alerts_count: int = 1
    pages_count: int = 1
    """How many pages (or tickets) this one message and its code stand for; the other facts are those of the worst."""
    also: tuple[str, ...] = ()
    """Some of the other pages of the message, each in few words; mails have room for them."""
    first_action: str = ""
    runbook_url: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    digit: str | None = None
    by_text: bool = True
    link: str | None = None
    mail_link: str | None = None
    level: str = ""
    why_you: str = ""
    escalated_from: tuple[str, ...] = ()
    is_last_resort: bool = False
    """Did every step go by unanswered?"""
    is_stale: bool = False
    """Does no source stand by any of its alerts any more, though none said that it ended?"""
    pages_at: datetime | None = None
    """When the ticket becomes a page unless somebody takes it."""
    late_by: timedelta | None = None
    violations: tuple[str, ...] = ()
    actor: str = ""
    follows: str | None = None
    note: str = ""
    urgent: bool = False
    first_of_thread: bool = True
    """Is this the first mail about this page to this reader? Later ones refer to it."""

    @property
    def where(self) -> str:
        """Say which part of the world is meant: `payments/checkout prod`."""
        owner = "/".join(part for part in (one_line(self.team, 80), one_line(self.service, 80)) if part)
        return " ".join(part for part in (owner, one_line(self.place, 120)) if part)

    @property
    def asks(self) -> bool:
        """Does it ask for an answer by text, and would one be heard?"""
        wants_one = self.purpose in ASKING or self.purpose is Purpose.TEST
        return wants_one and self.by_text and self.answer_code is not None

    @property
    def answer_code(self) -> str | None:
        """Return the code as it is printed, or None where it is missing or not one that a person could type."""
        code = (self.code or "").strip()
        return code.upper() if re.fullmatch(r"[0-9A-Za-z]{1,8}", code) else None

    @property
    def key(self) -> str | None:
        """Return the key that acknowledges, or None where none was drawn or it has another meaning in every call."""
        return self.digit if self.digit is not None and len(self.digit) == 1 and self.digit in ACK_DIGITS else None
