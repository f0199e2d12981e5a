"""Asks a Prometheus which alerts fired when (its own series ALERTS, by the range API, in chunks), and what holds now.

What was learnt of the API, and holds here:
- a range has at most 11,000 points of each series, whatever it weighs: so a long one is asked for in chunks;
- `values` are [seconds, "text"], and a series that fires now and then has gaps: no sample, no alert;
- an instant query answers with a vector or a scalar; a vector without a series is no data, and no error;
- an error is JSON with `errorType` and `error` in Prometheus' own words; a proxy before it says what it likes.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec

from pagerd.clients.http import Answer, HttpClient
from pagerd.core.errors import NotAllowed, NotFound, Unavailable, Unreadable
from pagerd.core.incidents.checks import Value
from pagerd.core.plain import one_line

QUERY = 'ALERTS{alertstate="firing"}'
POINTS_MAX = 10_000
"""Of a series in one answer; Prometheus refuses more than 11,000."""

CHUNK_MAX = timedelta(days=1)
"""Of one question: a day of 2,000 alerts that fire all the time is 50 MB at a step of a minute."""

DEADLINE_SECONDS = 120.0
"""Prometheus' own limit for a query."""

BODY_BYTES_MAX = 256 * 1024 * 1024

RULES_BYTES_MAX = 32 * 1024 * 1024
"""Of the list of all alert rules: 10,000 of 3 KB, as a Prometheus without a filter answers."""

NOW_BYTES_MAX = 1024 * 1024
"""Of the answer to one check: some thousand series, when one is meant."""


@dataclass(frozen=True, slots=True)
class AlertSeries:
    """One alert by its labels, and the instants of the range at which it fired, in order, as seconds since 1970."""

    labels: Mapping[str, str]
    fired_at: tuple[int, ...]


class _Series(msgspec.Struct, gc=False, frozen=True):
    metric: dict[str, str]
    values: list[tuple[float, str]]


class _Matrix(msgspec.Struct, gc=False, frozen=True):
    result: list[_Series]
    resultType: str = ""  # noqa: N815  # the wire's own name


class _Found(msgspec.Struct, gc=False, frozen=True):
    data: _Matrix


class _Sample(msgspec.Struct, gc=False, frozen=True):
    metric: dict[str, str]
    value: tuple[float, str]


class _Vector(msgspec.Struct, tag_field="resultType", tag="vector", gc=False, frozen=True):
    result: list[_Sample]


class _Scalar(msgspec.Struct, tag_field="resultType", tag="scalar", gc=False, frozen=True):
    result: tuple[float, str]


class _Now(msgspec.Struct, gc=False, frozen=True):
    data: _Vector | _Scalar


class _Rule(msgspec.Struct, gc=False, frozen=True):
    name: str = ""
    health: str = "unknown"


class _Group(msgspec.Struct, gc=False, frozen=True):
    rules: list[_Rule] = []


class _Groups(msgspec.Struct, gc=False, frozen=True):
    groups: list[_Group] = []


class _RulesFound(msgspec.Struct, gc=False, frozen=True):
    data: _Groups


class _Failed(msgspec.Struct, gc=False, frozen=True):
    errorType: str = ""  # noqa: N815  # the wire's own name
    error: str = ""


Progress = Callable[[int, int], None]


class Prometheus:
    """One Prometheus, or what speaks as one; connects at the first question."""

    def __init__(self, url: str, http: HttpClient, headers: Mapping[str, str]) -> None:
        self._url = url.rstrip("/")
        self._http = http
        self._headers = headers

    async def alerts(
        self, start: datetime, end: datetime, step: timedelta, progress: Progress
    ) -> Sequence[AlertSeries]:
        """Return which alerts fired from `start` to `end`, looked at every `step`."""
        chunk = min(step * POINTS_MAX, CHUNK_MAX)
        count = -(-(end - start) // chunk)
        found: dict[tuple[tuple[str, str], ...], list[int]] = {}
        for number in range(count):
            progress(number, count)
            since = start + chunk * number
            # The ends of a range are both in it, and the next chunk begins where this one ends.
            until = min(since + chunk - step, end)
            for one in (await self._range(since, until, step)).data.result:
                key = tuple(sorted(one.metric.items()))
                found.setdefault(key, []).extend(round(at) for at, _ in one.values)
        progress(count, count)
        return [AlertSeries(dict(key), tuple(instants)) for key, instants in sorted(found.items())]

    async def now(self, expression: str, *, deadline_seconds: float) -> Sequence[Value]:
        """Return what an expression is now, each series of it. No series is no data."""
        asked = f"asking {self._url}"
        answer = await self._http.post_form(
            f"{self._url}/api/v1/query",
            [("query", expression), ("timeout", f"{deadline_seconds:g}s")],
            headers=self._headers,
            deadline_seconds=deadline_seconds,
            body_bytes_max=NOW_BYTES_MAX,
        )
        if answer.status != 200:
            raise _refusal_now(answer, asked)
        try:
            data = msgspec.json.decode(answer.body, type=_Now).data
            if isinstance(data, _Scalar):
                return [Value({}, float(data.result[1]))]
            return [Value(one.metric, float(one.value[1])) for one in data.result]
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise Unreadable(f"{asked}: what it answered is no value of Prometheus: {error}") from error

    async def alert_rules(self, name: str, *, deadline_seconds: float) -> Sequence[str]:
        """Return the health of each alert rule of a name that it has loaded: ok, err, or unknown before the first."""
        asked = f"asking {self._url}"
        # An older Prometheus knows no filter and answers with all of them: what is not asked for is left out here.
        query = urlencode({"type": "alert", "rule_name[]": name})
        answer = await self._http.get(
            f"{self._url}/api/v1/rules?{query}",
            headers=self._headers,
            deadline_seconds=deadline_seconds,
            body_bytes_max=RULES_BYTES_MAX,
        )
        if answer.status != 200:
            raise _refusal_now(answer, asked)
        try:
            groups = msgspec.json.decode(answer.body, type=_RulesFound).data.groups
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise Unreadable(f"{asked}: what it answered are no rules of Prometheus: {error}") from error
        return [rule.health for group in groups for rule in group.rules if rule.name == name]

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()

    async def _range(self, start: datetime, end: datetime, step: timedelta) -> _Found:
        asked = f"asking {self._url} for ALERTS from {start.isoformat()} on"
        form = [
            ("query", QUERY),
            ("start", f"{start.timestamp():.3f}"),
            ("end", f"{end.timestamp():.3f}"),
            ("step", f"{step.total_seconds():g}"),
        ]
        answer = await self._http.post_form(
            f"{self._url}/api/v1/query_range",
            form,
            headers=self._headers,
            deadline_seconds=DEADLINE_SECONDS,
            body_bytes_max=BODY_BYTES_MAX,
        )
        if answer.status != 200:
            raise _refusal(answer, asked)
        try:
            return msgspec.json.decode(answer.body, type=_Found)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise Unreadable(f"{asked}: what it answered is not Prometheus': {error}") from error


def ask_once(
    client: Prometheus, start: datetime, end: datetime, step: timedelta, progress: Progress
) -> Sequence[AlertSeries]:
    """Ask on a loop of one's own, and close: for commands, which have none."""

    async def run() -> Sequence[AlertSeries]:
        try:
            return await client.alerts(start, end, step, progress)
        finally:
            await client.close()

    return asyncio.run(run())


def _words_of(answer: Answer, asked: str) -> str:
    try:
        failed: Any = msgspec.json.decode(answer.body, type=_Failed)
        said = one_line(failed.error, 300)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        said = ""
    return f"{asked}: it answered {answer.status}{f' ({said})' if said else ''}"


def _refusal_now(answer: Answer, asked: str) -> Exception:
    """Say what a status means of an instant query."""
    words = _words_of(answer, asked)
    match answer.status:
        case 401 | 403:
            return NotAllowed(words)
        case 400 | 422:
            return Unreadable(words)
        case 404 | 405:
            return NotFound(f"{words}: is its `url` the one under which its own pages are?")
        case _:
            return Unavailable(words)


def _refusal(answer: Answer, asked: str) -> Exception:
    """Say what a status means, and what to do about it."""
    words = _words_of(answer, asked)
    match answer.status:
        case 401 | 403:
            return NotAllowed(f"{words}\n--user with --password-file, or --token-file, says who asks")
        case 404 | 405:
            return NotFound(f"{words}\nthe URL is the one under which its own pages are, with its path prefix, if any")
        case 400 | 422:
            return Unreadable(f"{words}\na longer --step, or a shorter --from and --to, asks for less")
        case _ if 300 <= answer.status < 400:
            return NotFound(f"{words}: it sends elsewhere, which is not followed; name that URL instead")
        case _:
            return Unavailable(f"{words}\nit may be overloaded: a longer --step asks for less")
