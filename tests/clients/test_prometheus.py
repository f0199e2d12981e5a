"""Asking Prometheus for ALERTS: chunks that meet without a hole, and what each status tells the person to do."""

import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from pagerd.clients.http import HttpClient
from pagerd.clients.prometheus import CHUNK_MAX, Prometheus
from pagerd.clients.reach import Reach
from pagerd.core.errors import NotAllowed, NotFound, Unavailable, Unreadable

START = datetime(2026, 1, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
X = {"__name__": "ALERTS", "alertstate": "firing", "alertname": "X"}


class Range:
    """A fake range API: the alert fires at each step of whatever is asked for, or it answers what it was told to."""

    def __init__(self, status=200, body=None):
        self.status, self.body = status, body
        self.asked = []

    @asynccontextmanager
    async def open(self):
        """Listen, and give the address, which has a path prefix."""
        app = web.Application()
        app.router.add_post("/prom/api/v1/query_range", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/prom/"
        finally:
            await runner.cleanup()

    async def _answer(self, request):
        form = await request.post()
        self.asked.append((form["query"], request.headers.get("Authorization")))
        if self.body is not None:
            return web.Response(text=self.body, status=self.status)
        start, end, step = float(form["start"]), float(form["end"]), float(form["step"])
        instants = [start + step * number for number in range(int((end - start) / step) + 1)]
        series = {"metric": X, "values": [[at, "1"] for at in instants]}
        return web.json_response({"status": "success", "data": {"resultType": "matrix", "result": [series]}})


async def asked(fake, end=START + 10 * MINUTE, **headers):
    """Ask it once."""
    told = []
    async with fake.open() as url:
        client = Prometheus(url, HttpClient(reach=Reach.OWN_NETWORK), headers)
        try:
            return await client.alerts(START, end, MINUTE, lambda done, of: told.append((done, of))), told
        finally:
            await client.close()


async def test_a_month_is_asked_for_in_chunks_without_a_hole_or_a_double():
    """A gap between two chunks would end every alert that fires on."""
    fake = Range()

    [series], told = await asked(fake, end=START + 2.5 * CHUNK_MAX, Authorization="Bearer t")

    between = {later - earlier for earlier, later in zip(series.fired_at, series.fired_at[1:], strict=False)}
    assert between == {60}
    assert series.fired_at[0] == START.timestamp()
    assert series.fired_at[-1] == (START + 2.5 * CHUNK_MAX).timestamp()
    assert fake.asked == [('ALERTS{alertstate="firing"}', "Bearer t")] * 3
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (401, NotAllowed, "--token-file"),
        (403, NotAllowed, "--user with --password-file"),
        (404, NotFound, "path prefix"),
        (302, NotFound, "sends elsewhere"),
        (400, Unreadable, r"answered 400 \(exceeded maximum resolution\)\na longer --step"),
        (422, Unreadable, "shorter --from and --to"),
        (503, Unavailable, "overloaded"),
    ],
)
async def test_a_status_says_what_to_do(status, error, words):
    """In Prometheus' own words, where it has some."""
    fake = Range(
        status, json.dumps({"status": "error", "errorType": "bad_data", "error": "exceeded maximum resolution"})
    )

    with pytest.raises(error, match=words):
        await asked(fake)


@pytest.mark.parametrize("body", ["<html>", '{"data": {"result": 1}}', "[" * 100_000])
async def test_what_is_not_prometheus_is_said(body):
    """A proxy's page, an API of another kind, and nonsense."""
    with pytest.raises(Unreadable, match="what it answered is not Prometheus'"):
        await asked(Range(body=body))


@asynccontextmanager
async def query_api(body, status=200):
    """Answer instant queries and questions for rules with this body; give the client and what was asked."""
    forms = []

    async def answer(request):
        forms.append(dict(await request.post()))
        return web.Response(text=body, status=status)

    async def rules(request):
        forms.append(dict(request.query))
        return web.Response(text=body, status=status)

    app = web.Application()
    app.router.add_post("/prom/api/v1/query", answer)
    app.router.add_get("/prom/api/v1/rules", rules)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = Prometheus(f"http://127.0.0.1:{runner.addresses[0][1]}/prom/", HttpClient(reach=Reach.OWN_NETWORK), {})
    try:
        yield client, forms
    finally:
        await client.close()
        await runner.cleanup()


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ({"resultType": "vector", "result": []}, []),
        ({"resultType": "vector", "result": [{"metric": {"job": "a"}, "value": [1, "0.5"]}]}, [({"job": "a"}, 0.5)]),
        ({"resultType": "vector", "result": [{"metric": {}, "value": [1.5, "+Inf"]}]}, [({}, float("inf"))]),
        ({"resultType": "scalar", "result": [1, "2"]}, [({}, 2.0)]),
    ],
)
async def test_what_an_expression_is_now(data, values):
    """A vector, which may be empty, or a scalar; it is asked with the time that it may take."""
    async with query_api(json.dumps({"status": "success", "data": data})) as (client, forms):
        found = await client.now("up", deadline_seconds=5)

    assert [(one.labels, one.value) for one in found] == values
    assert forms == [{"query": "up", "timeout": "5s"}]


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (200, "<html>", Unreadable, "no value of Prometheus"),
        (200, '{"data": {"resultType": "matrix", "result": []}}', Unreadable, "no value of Prometheus"),
        (200, '{"data": {"resultType": "scalar", "result": [1, "many"]}}', Unreadable, "no value of Prometheus"),
        (200, "[" * 100_000, Unreadable, "no value of Prometheus"),
        (400, '{"error": "parse error"}', Unreadable, r"answered 400 \(parse error\)$"),
        (401, "", NotAllowed, "answered 401"),
        (404, "", NotFound, "url"),
        (503, "", Unavailable, "answered 503"),
    ],
)
async def test_what_is_no_value_is_an_error(status, body, error, words):
    """In Prometheus' own words, where it has some; and never a value by mistake."""
    async with query_api(body, status) as (client, _forms):
        with pytest.raises(error, match=words):
            await client.now("up", deadline_seconds=5)


async def test_which_alert_rules_of_a_name_there_are():
    """Those of others are left out here: an older Prometheus answers with all of them."""
    rules = [
        {"name": "PoolFull", "health": "ok", "type": "alerting", "alerts": []},
        {"name": "Other", "health": "err", "type": "alerting"},
    ]
    groups = [{"name": "a", "rules": rules}, {"name": "b", "rules": [{"name": "PoolFull", "health": "err"}]}]
    async with query_api(json.dumps({"status": "success", "data": {"groups": groups}})) as (client, asked_for):
        found = await client.alert_rules("PoolFull", deadline_seconds=5)

    assert found == ["ok", "err"]
    assert asked_for == [{"type": "alert", "rule_name[]": "PoolFull"}]


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (200, "<html>", Unreadable, "no rules of Prometheus"),
        (200, '{"data": []}', Unreadable, "no rules of Prometheus"),
        (401, "", NotAllowed, "answered 401"),
        (503, "", Unavailable, "answered 503"),
    ],
)
async def test_what_are_no_rules_is_an_error(status, body, error, words):
    """A rule that could not be asked for is not missing."""
    async with query_api(body, status) as (client, _asked):
        with pytest.raises(error, match=words):
            await client.alert_rules("PoolFull", deadline_seconds=5)
