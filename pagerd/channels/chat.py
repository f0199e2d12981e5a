"""Posts messages about incidents to an incoming webhook of a chat, which takes JSON and knows neither us nor our key.

The URL is the secret: it is never said. What a chat answers is not made for programs, so most of what it refuses is
taken for a fault of the webhook, which somebody can mend, and not of the message. A message that the chat does not want
as it is goes once more as nothing but text.
"""

import json
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from pagerd.channels.base import AccountFault, Busy, Told
from pagerd.channels.plain import one_line
from pagerd.clients.http import Answer, HttpClient
from pagerd.clients.reach import Reach, fault_of_url
from pagerd.core.errors import InvalidPlan, PagerdError, Refused, Unavailable, Unconfirmed
from pagerd.core.secret import Secret

UNWANTED: Final = frozenset({400, 413, 422})
"""What a chat answers when it does not like the message, and some when they do not like the webhook."""

WORDS_MAX = 100
"""Characters of an answer that are told on: the chats' own words for what is wrong are shorter."""

Payload = dict[str, object]


class Chat:
    """One incoming webhook. It may live in our own network, as a chat of one's own does.

    `write` makes a message's payload, `write_plainly` one that has nothing in it which a chat could refuse. `says_ok`
    is of chats that answer with these two letters, so that the page of a proxy is not taken for their yes.
    """

    def __init__(
        self,
        *,
        name: str,
        url: Secret,
        write: Callable[[Told], Payload],
        write_plainly: Callable[[Told], Payload],
        says_ok: bool,
    ) -> None:
        if fault_of_url(url.reveal(), Reach.OWN_NETWORK) is not None:
            raise InvalidPlan(f"opening the receiver {name}: the URL in its file is not one that can be asked")
        self._name = name
        self._url = url
        self._write = write
        self._write_plainly = write_plainly
        self._says_ok = says_ok
        self._http = HttpClient(reach=Reach.OWN_NETWORK)

    @property
    def host(self) -> str:
        """All of the URL that may be said."""
        return urlsplit(self._url.reveal()).hostname or ""

    async def tell(self, told: Told, deadline_seconds: float) -> None:
        """Post a message; one that is not wanted as it is, once more as plain text."""
        answer = await self._post(self._write(told), deadline_seconds / 2)
        if answer.status in UNWANTED:
            answer = await self._post(self._write_plainly(told), deadline_seconds / 2)
        fault = self._fault_of(answer)
        if fault is not None:
            raise fault

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()

    async def _post(self, payload: Payload, seconds: float) -> Answer:
        body = json.dumps(payload).encode("ascii")
        return await self._http.post_json(
            self._url.reveal(), body, headers={"User-Agent": "pagerd"}, deadline_seconds=seconds
        )

    def _fault_of(self, answer: Answer) -> PagerdError | None:
        """Say what an answer means; None for a yes."""
        said = one_line(answer.body[: WORDS_MAX * 4].decode("utf-8", "replace"))[:WORDS_MAX]
        message = f"posting to {self._name}: answered {answer.status}{f': {said}' if said else ''}"
        if 200 <= answer.status < 300:
            is_yes = not self._says_ok or said.lower() == "ok"
            return None if is_yes else Unconfirmed(f"{message}, which is not what the chat says")
        if answer.status in UNWANTED:
            return Refused(message)
        if answer.status == 429:
            return Busy(message, retry_after_seconds=answer.retry_after_seconds())
        if answer.status in {408, 425, 503}:
            return Unavailable(message, retry_after_seconds=answer.retry_after_seconds())
        if answer.status >= 500:
            return Unconfirmed(message)
        return AccountFault(message)
