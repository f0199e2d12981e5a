"""Asks the members of an Alertmanager cluster which alerts they know, and what silences and inhibits them there.

What was learnt of the API, and holds here:
- an alert that resolved is not in the answer any more, whether or not anybody was told of its end;
- `status.state` says `suppressed`, and by which silences (ids) and alerts (fingerprints); `unprocessed` is known;
- who made a silence, why and until when stands in another answer, which is asked for only when something is silenced;
- fingerprints are those of the webhook.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from pagerd.clients.http import HttpClient
from pagerd.core.alerts.alert import Suppression
from pagerd.core.alerts.known import Known, MemberAnswer
from pagerd.core.errors import PagerdError, Unavailable
from pagerd.core.plain import one_line

DEADLINE_SECONDS = 10.0
"""For all that one member is asked at once. It answers in milliseconds; who needs longer is in trouble."""

BODY_BYTES_MAX = 32 * 1024 * 1024
"""Of one answer: 10,000 alerts of 800 bytes are 8 MB, and there may be more here than ever come in one message."""

OBJECTS_MAX = 250_000
"""Of one answer. An ordinary alert has five: 32 MiB of them have 200,000."""

SLICE = 1024 * 1024
"""Bytes that are looked through in one go. No other thread runs meanwhile."""

TEXT_MAX = 200
"""Characters of who silenced and why. It is shown on a page, and comes from outside."""


class _Labels(msgspec.Struct, gc=False, frozen=True):
    alertname: str = ""


class _Status(msgspec.Struct, gc=False, frozen=True):
    state: str
    silencedBy: list[str] | None = None  # noqa: N815  # the wire's own names, here and below
    inhibitedBy: list[str] | None = None  # noqa: N815
    mutedBy: list[str] | None = None  # noqa: N815


class _Alert(msgspec.Struct, gc=False, frozen=True):
    fingerprint: str
    status: _Status
    labels: _Labels = _Labels()


class _Silence(msgspec.Struct, gc=False, frozen=True):
    id: str
    createdBy: str = ""  # noqa: N815
    comment: str = ""
    endsAt: datetime | None = None  # noqa: N815


T = TypeVar("T")

_list = msgspec.json.Decoder(list[msgspec.Raw])
_alert = msgspec.json.Decoder(_Alert)
_silence = msgspec.json.Decoder(_Silence)


class Alertmanager:
    """One cluster, by the address of each member; connects at the first question."""

    def __init__(self, urls: Sequence[str], http: HttpClient, headers: Mapping[str, str]) -> None:
        self._urls = tuple(urls)
        self._http = http
        self._headers = headers

    async def ask(self) -> Sequence[MemberAnswer]:
        """Ask every member. Raises nothing: what a member does not say, its answer says."""
        return await asyncio.gather(*(self._answer_of(url) for url in self._urls))

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()

    async def _answer_of(self, url: str) -> MemberAnswer:
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                return MemberAnswer(url, await self._known_to(url))
        except TimeoutError:
            return MemberAnswer(url, None, f"no answer within {DEADLINE_SECONDS:g} s")
        except PagerdError as error:
            return MemberAnswer(url, None, str(error))

    async def _known_to(self, url: str) -> Known:
        alerts = await self._get(f"{url}/api/v2/alerts", _alert)
        silences: Sequence[_Silence] = ()
        if any(alert.status.silencedBy for alert in alerts):
            silences = await self._get(f"{url}/api/v2/silences", _silence)
        return await asyncio.to_thread(_known, alerts, {one.id: one for one in silences})

    async def _get(self, url: str, decoder: "msgspec.json.Decoder[T]") -> Sequence[T]:
        answer = await self._http.get(
            url, headers=self._headers, deadline_seconds=DEADLINE_SECONDS, body_bytes_max=BODY_BYTES_MAX
        )
        if answer.status != 200:
            raise Unavailable(f"asking {url}: it answered {answer.status}")
        try:
            # Megabytes take a while to read: pages go out meanwhile.
            return await asyncio.to_thread(_read, answer.body, decoder)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise Unavailable(f"asking {url}: what it answered is not Alertmanager's: {error}") from error


def _read(body: bytes, decoder: "msgspec.json.Decoder[T]") -> Sequence[T]:
    """Read a list one by one: the decoder lets no other thread run before it is done, and all at once takes too long.

    Even to cut a list of tiny things takes too long, so those are counted first.
    """
    if sum(body.count(b"{", start, start + SLICE) for start in range(0, len(body), SLICE)) > OBJECTS_MAX:
        raise ValueError(f"it has more than {OBJECTS_MAX:,} objects")
    return [decoder.decode(one) for one in _list.decode(body)]


def _known(alerts: Sequence[_Alert], silences: Mapping[str, _Silence]) -> Known:
    names = {alert.fingerprint: alert.labels.alertname for alert in alerts}
    return {alert.fingerprint: _suppression(alert.status, silences, names) for alert in alerts}


def _suppression(status: _Status, silences: Mapping[str, _Silence], names: Mapping[str, str]) -> Suppression | None:
    if status.silencedBy:
        found = [silences[one] for one in status.silencedBy if one in silences]
        longest = max(found, key=_end_of, default=None)
        if longest is None:
            return Suppression("Alertmanager", "a silence there")
        by = _clean(longest.createdBy) or "somebody"
        return Suppression(f"{by} in Alertmanager", _clean(longest.comment) or "no comment", _instant(longest.endsAt))
    if status.inhibitedBy:
        return Suppression("Alertmanager", f"inhibited by {_clean(names.get(status.inhibitedBy[0], '')) or 'an alert'}")
    if status.mutedBy:
        return Suppression("Alertmanager", f"time interval {_clean(status.mutedBy[0])}")
    return Suppression("Alertmanager", "suppressed there") if status.state == "suppressed" else None


def _end_of(silence: _Silence) -> float:
    end = _instant(silence.endsAt)
    return end.timestamp() if end is not None else 0.0


def _instant(at: datetime | None) -> datetime | None:
    """Return an instant in UTC, or None for what no calendar holds there; without an offset it is UTC."""
    if at is None:
        return None
    try:
        return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)
    except OverflowError:
        return None


def _clean(text: str) -> str:
    return one_line(text, TEXT_MAX)
