"""Messages and times for the channels' tests."""

from datetime import UTC, datetime, timedelta

from pagerd.channels.base import Outgoing
from pagerd.core.paging.message import Body, CallScript, Mail, Text
from pagerd.core.people import Medium

NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
CALLBACK = "https://pager.example.com/twilio/n-17"
SCRIPT = CallScript(
    greeting="Pagerd. Severity one page for Ana.",
    prompt="Payments cannot be made. Press 4 to acknowledge. Press 8 to escalate.",
    farewell="Not acknowledged. Goodbye.",
    keys=(("4", "ack"), ("8", "escalate")),
)


def clock() -> datetime:
    """Return the time at which everything here happens."""
    return NOW


def a_mail(**changes: object) -> Mail:
    """Return a mail as the engine renders it."""
    given: dict[str, object] = {
        "subject": "[P1] payments/checkout: HighErrorRate",
        "text": "5xx 7.2 % > 5 % since 02:00.\n\nReply with the code 47.\n",
        "html": "<p>5xx 7.2&nbsp;%</p>\n",
        "thread": "page-7Kq2",
        "first_of_thread": True,
        "list_id": "payments.pages.example.com",
        "urgent": True,
    }
    return Mail(**{**given, **changes})


def an_outgoing(medium: Medium, body: Body | None = None, **changes: object) -> Outgoing:
    """Return one attempt on a medium."""
    bodies: dict[Medium, Body] = {
        Medium.SMS: Text("P1 payments/checkout: HighErrorRate\nReply 47 = ack"),
        Medium.VOICE: SCRIPT,
        Medium.EMAIL: a_mail(),
    }
    given: dict[str, object] = {
        "id": "n-17",
        "attempt": 1,
        "medium": medium,
        "to": "ana@example.com" if medium is Medium.EMAIL else "+351912000001",
        "body": body or bodies[medium],
        "valid_for": timedelta(minutes=5),
        "callback_url": CALLBACK,
    }
    return Outgoing(**{**given, **changes})
