"""Calls by Twilio, and what is said in them.

The script travels inside the request that places the call, so a call is whole even if pagerd dies while it rings; only
the answer to a key needs us again. The key that acknowledges is drawn per call by the engine: a mailbox or a screening
service may answer, and even press something, but not that.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from pagerd.channels.base import DeliveryReport, DeliveryStatus, Outgoing, Receipt
from pagerd.channels.callbacks import CALL_STATUS
from pagerd.channels.plain import one_line
from pagerd.channels.twilio import API_URL, TwilioAccount
from pagerd.core.errors import Unavailable
from pagerd.core.paging.message import CallScript
from pagerd.core.people import Medium

RING_SECONDS = 25
"""Shorter than most mailboxes wait before they pick up."""

CALL_SECONDS_MAX = 180
"""A mailbox that never hangs up is not listened to for longer."""

KEY_SECONDS = 6
"""Silence after each reading of the menu: long enough to find the key pad in the dark."""

READINGS = 3

SPOKEN_MAX = 600
"""Characters of one sentence or menu, some forty seconds. With it a call stays under the 4,000 that Twilio takes."""

_SPOKEN = str.maketrans({"&": " and ", "<": " ", ">": " ", "_": " "})

WITHOUT_KEYS = "No key can be taken in this call. To acknowledge, answer the text message."
LANGUAGE = "en-US"


class TwilioVoice:
    """Calls from one number of one account. Keys go to `callback_url`/key, everything else to `callback_url`.

    Machine detection runs beside the call, so that a human hears the first word at once, and a mailbox is told to us
    while the script is still being read to it.
    """

    medium = Medium.VOICE
    takes_answers = True

    def __init__(
        self,
        *,
        account: str,
        token: str,
        sender: str,
        second_token: str | None = None,
        api_url: str = API_URL,
        language: str = LANGUAGE,
        name: str = "twilio",
    ) -> None:
        self.name = name
        self._sender = sender
        self._language = language
        self._account = TwilioAccount(account, token, second_token=second_token, api_url=api_url)

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Have one call placed."""
        if not isinstance(outgoing.body, CallScript):
            raise Unavailable(f"placing a call: {type(outgoing.body).__name__} is no script")
        settings: dict[str, object] = {"timeout": RING_SECONDS, "time_limit": CALL_SECONDS_MAX}
        if outgoing.callback_url is not None:
            settings |= {
                "status_callback": outgoing.callback_url,
                "status_callback_event": ["initiated", "ringing", "answered", "completed"],
                "machine_detection": "Enable",
                "async_amd": "true",
                "async_amd_status_callback": outgoing.callback_url,
            }
        created = await self._account.create_call(
            deadline_seconds=deadline_seconds,
            to=outgoing.to,
            sender=self._sender,
            twiml=twiml_call(outgoing.body, outgoing.callback_url, language=self._language),
            settings=settings,
            before_sent=outgoing.leaves,
        )
        status, detail = CALL_STATUS.get(created.status, (DeliveryStatus.ACCEPTED, "accepted by Twilio"))
        return Receipt(self.name, created.sid, status, detail, can_be_asked=True)

    async def report(self, provider_id: str, deadline_seconds: float) -> DeliveryReport:
        """Ask how far a call came."""
        return await self._account.report_of_call(provider_id, deadline_seconds)

    async def close(self) -> None:
        """Give back connections."""
        await self._account.close()


def twiml_call(script: CallScript, callback_url: str | None, *, language: str = LANGUAGE) -> str:
    """Write a whole call: the greeting, the menu three times, the farewell. Any key interrupts the reading.

    A script without keys is only read out, its menu twice; one whose keys have nowhere to go says to answer by text.
    """
    response = Element("Response")
    if callback_url is None or not script.keys:
        hint = WITHOUT_KEYS if script.keys else ""
        for part in (script.greeting, script.prompt, hint, script.prompt, hint, script.farewell):
            _say(response, part, language)
        return _written(response)
    for reading in range(READINGS):
        gather = _gather(response, f"{callback_url}/key")
        if reading == 0:
            _say(gather, script.greeting, language)
        _say(gather, script.prompt, language)
    _say(response, script.farewell, language)
    return _written(response)


def twiml_again(script: CallScript, action_url: str, *, language: str = LANGUAGE) -> str:
    """Answer a key that repeats, or means nothing here: greeting and menu, then the menu once more."""
    response = Element("Response")
    gather = _gather(response, action_url)
    _say(gather, script.greeting, language)
    _say(gather, script.prompt, language)
    _say(_gather(response, action_url), script.prompt, language)
    _say(response, script.farewell, language)
    return _written(response)


def twiml_say(text: str, *, language: str = LANGUAGE) -> str:
    """Answer a key that did something: say so and hang up."""
    response = Element("Response")
    _say(response, text, language)
    SubElement(response, "Hangup")
    return _written(response)


def _gather(response: Element, action_url: str) -> Element:
    """Wait for one key. What is said is nested inside, so that a key interrupts it; silence falls through."""
    return SubElement(
        response,
        "Gather",
        {
            "input": "dtmf",
            "numDigits": "1",
            # Else `#` would end the input and count as silence.
            "finishOnKey": "",
            "timeout": str(KEY_SECONDS),
            "action": action_url,
            "method": "POST",
        },
    )


def _say(parent: Element, text: str, language: str) -> None:
    """Say text. An ampersand is spoken, angle brackets are not; so nothing grows by being escaped."""
    spoken = one_line(text.translate(_SPOKEN))[:SPOKEN_MAX]
    if spoken:
        SubElement(parent, "Say", {"language": language}).text = spoken


def _written(response: Element) -> str:
    return tostring(response, encoding="unicode")
