"""Texts by Twilio."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from pagerd.channels.base import DeliveryReport, DeliveryStatus, InboundText, Outgoing, Receipt
from pagerd.channels.callbacks import MESSAGE_STATUS
from pagerd.channels.plain import printable
from pagerd.channels.twilio import API_URL, TwilioAccount
from pagerd.core.errors import Unavailable
from pagerd.core.paging.message import Text
from pagerd.core.people import Medium

VALID_SECONDS = range(1, 36_001)
"""What Twilio takes as ValidityPeriod."""

BODY_MAX = 1600
"""Characters of one text that Twilio takes at all. Ours fit one segment; this is the guard behind."""


class TwilioSms:
    """Texts from one number, or one messaging service, of one account.

    The text expires with the step that it belongs to: a stale page must not arrive at breakfast. Status callbacks go to
    `callback_url` itself.
    """

    medium = Medium.SMS
    takes_answers = True

    def __init__(
        self,
        *,
        account: str,
        token: str,
        sender: str,
        second_token: str | None = None,
        api_url: str = API_URL,
        name: str = "twilio",
    ) -> None:
        self.name = name
        self._sender = sender
        self._account = TwilioAccount(account, token, second_token=second_token, api_url=api_url)

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Hand one text to Twilio."""
        if not isinstance(outgoing.body, Text):
            raise Unavailable(f"sending a text: {type(outgoing.body).__name__} is not one")
        seconds = int(outgoing.valid_for.total_seconds())
        created = await self._account.create_message(
            deadline_seconds=deadline_seconds,
            to=outgoing.to,
            sender=self._sender,
            body=printable(outgoing.body.body)[:BODY_MAX],
            valid_seconds=min(max(seconds, VALID_SECONDS.start), VALID_SECONDS.stop - 1),
            callback_url=outgoing.callback_url,
            before_sent=outgoing.leaves,
        )
        # A status that Twilio invents later is still the status of a text that it took.
        status, detail = MESSAGE_STATUS.get(created.status, (DeliveryStatus.ACCEPTED, "accepted by Twilio"))
        return Receipt(self.name, created.sid, status, detail, can_be_asked=True)

    async def report(self, provider_id: str, deadline_seconds: float) -> DeliveryReport:
        """Ask how far a text came."""
        return await self._account.report_of_message(provider_id, deadline_seconds)

    async def inbound_since(self, since: datetime, deadline_seconds: float) -> Sequence[InboundText]:
        """Return texts that were sent to our number since an instant, oldest first."""
        return await self._account.inbound_since(self._sender, since, deadline_seconds)

    async def close(self) -> None:
        """Give back connections."""
        await self._account.close()


def twiml_reply(text: str | None) -> str:
    """Write the answer to an inbound text for Twilio; None is an empty answer, and the sender hears nothing."""
    response = Element("Response")
    if text is not None:
        SubElement(response, "Message").text = printable(text)[:BODY_MAX]
    return '<?xml version="1.0" encoding="UTF-8"?>' + tostring(response, encoding="unicode")
