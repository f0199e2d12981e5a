"""What checks are read with: a real Prometheus that decides a gate; addresses that answer, hang, refuse, babble."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import PrometheusApi, Settings
from pagerd.core.errors import PagerdError, Unavailable
from pagerd.core.incidents.checks import Bound, ChecksOf, HttpProbe, PromqlCheck
from pagerd.core.incidents.incident import ReadingState
from pagerd.core.incidents.ladder_rules import LadderRules, SloRule
from pagerd.core.incidents.rules import IncidentRules
from pagerd.daemon.instruments import instruments_of
from pagerd.daemon.missing import Missing
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.slos import look
from pagerd.lab.world import World
from pagerd.stores.records import incidents
from tests.builders import NOON, a_plan, minutes
from tests.e2e.processes import poll_again, running
from tests.e2e.test_alertmanager import Shop
from tests.ports import free_port
from tests.tools.debian import binary

SOON = timedelta(seconds=2)


@asynccontextmanager
async def instruments(folder, goes_on=True, **servers):
    """Make what the settings say, and close it."""
    made = instruments_of(Settings(prometheus=servers), folder, Missing(goes_on=goes_on))
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def a_server(answer):
    """Listen on a bare socket: what `answer` does with a connection is what a client meets."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


def babbling(said):
    """Say this to whoever connects, whatever they want."""

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    return answer


@pytest.mark.parametrize("status", [200, 302, 404, 503])
async def test_a_probe_has_the_status_that_it_was_answered_with(tmp_path, status):
    """Also of a redirect, which is not followed: another host's health is not this one's."""
    said = f"HTTP/1.1 {status} x\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    async with a_server(babbling(said.encode())) as url, instruments(tmp_path) as made:
        assert await made.status(url, SOON) == status


async def test_a_probe_that_hangs_is_given_up(tmp_path):
    """After its own time, and not after that of the operating system."""
    gave_up = asyncio.Event()

    async def hangs(reader, writer):
        while await reader.read(1024):
            pass
        writer.close()
        gave_up.set()

    async with a_server(hangs) as url, instruments(tmp_path) as made:
        with pytest.raises(PagerdError, match=r"no answer within 0\.2 s"):
            await made.status(url, timedelta(seconds=0.2))
        async with asyncio.timeout(5):
            await gave_up.wait()


@pytest.mark.parametrize("said", [b"", b"220 mail.example.com ESMTP\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00\xff" * 100])
async def test_a_probe_that_is_answered_with_nonsense_is_not_answered(tmp_path, said):
    """It says nothing about the service: perhaps another one has its port."""
    async with a_server(babbling(said)) as url, instruments(tmp_path) as made:
        with pytest.raises(PagerdError):
            await made.status(url, SOON)


async def test_a_probe_that_is_refused_was_not_answered(tmp_path):
    """Nobody listens there."""
    async with instruments(tmp_path) as made:
        with pytest.raises(Unavailable, match="could not connect"):
            await made.status(f"http://127.0.0.1:{free_port()}/", SOON)


async def test_a_probe_does_not_reach_the_metadata_of_a_cloud(tmp_path):
    """Whoever may write a check must not read credentials by it."""
    async with instruments(tmp_path) as made:
        with pytest.raises(Unavailable, match="metadata"):
            await made.status("http://169.254.169.254/latest/meta-data/", SOON)


async def test_a_prometheus_without_its_secret_is_missing_and_the_rest_goes_on(tmp_path):
    """What it should read is unknown, and says where to look."""
    api = PrometheusApi(url="http://127.0.0.1:1", secret_file=SecretFile("gone"))
    async with instruments(tmp_path, main=api) as made:
        with pytest.raises(Unavailable, match="pagerd doctor"):
            await made.values("main", "up", SOON)


async def test_a_token_is_shown_to_the_prometheus_that_it_is_for(tmp_path):
    """And to no probe."""
    seen = []

    async def answer(request):
        seen.append(request.headers.get("Authorization"))
        return web.json_response({"data": {"resultType": "scalar", "result": [0, "7"]}})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    (tmp_path / "token").write_text("s3cret\n")
    try:
        async with instruments(tmp_path, main=PrometheusApi(url=url, secret_file=SecretFile("token"))) as made:
            [value] = await made.values("main", "7", SOON)
            await made.status(url, SOON)
    finally:
        await runner.cleanup()

    assert value.value == 7.0
    assert seen == ["Bearer s3cret", None]


@asynccontextmanager
async def a_prometheus(folder, shop, more=""):
    """Run Debian's Prometheus on a shop, and give its address."""
    (folder / "prometheus.yml").write_text(
        f"{more}global: {{scrape_interval: 1s, evaluation_interval: 1s}}\n"
        f'scrape_configs: [{{job_name: shop, static_configs: [{{targets: ["127.0.0.1:{shop.port}"]}}]}}]\n'
    )
    port = free_port()
    started = [
        str(binary("prometheus")),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
        # So that what a shop does not say any more is gone now, and not in five minutes.
        "--query.lookback-delta=3s",
    ]
    async with running(started, folder / "prometheus.log", f"http://127.0.0.1:{port}/-/ready"):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.timeout(120)
async def test_a_real_prometheus_decides_the_gate(tmp_path):
    """Its data make the incident green, red and green again; a wrong expression and its end make it unknown."""
    binary("prometheus")
    shop = Shop()
    ratio = PromqlCheck(expression="payments_errors_ratio", bound=Bound("<", 0.05), prometheus="main")
    plan = a_plan(incidents=IncidentRules(checks=(ChecksOf(checks={"errors": (ratio,)}),)))
    world = World(plan, NOON)
    await world.begin()
    await world.do(lambda work: declaring.declare(work, "ana", "cli", Declaration(title="x", team="payments")))
    await world.do(lambda work: commands.monitor(work, 1, "ana", "cli", None))

    async def reading():
        """Let a minute pass on the incident's clock, and see how errors stand."""
        await world.run_until(world.clock.now() + minutes(1))
        return (await world.engine.read(lambda c: incidents.find(c, 1))).readings["errors"]

    async def until(state):
        while (found := await reading()).state is not state:
            await poll_again()
        return found

    async with shop.open(), asyncio.timeout(100):
        async with a_prometheus(tmp_path, shop) as url, instruments(tmp_path, main=PrometheusApi(url=url)) as made:
            world.sampler.instruments = made
            shop.ratio = 0.01
            await until(ReadingState.GREEN)
            shop.ratio = 0.07
            red = await until(ReadingState.RED)
            shop.ratio = 0.02
            await until(ReadingState.GREEN)
            with pytest.raises(PagerdError, match="parse error"):
                await made.values("main", "sum(", SOON)
            assert await made.values("main", "nothing_like_this", SOON) == []
        unknown = await until(ReadingState.UNKNOWN)

    assert "is 0.07" in red.why
    assert "not < 0.05" in red.why
    assert "127.0.0.1" in unknown.why
    assert (await world.engine.read(lambda c: incidents.find(c, 1))).watch.due is None


@pytest.mark.timeout(120)
async def test_a_real_prometheus_shows_the_objectives_of_a_team(tmp_path):
    """A budget that is left and a rule that is there are evidence; what is spent, missing or unread is against it."""
    binary("prometheus")
    shop = Shop()
    shop.ratio = 0.4

    def left(bound, expression="1 - sum(payments_errors_ratio)", prometheus="main"):
        return PromqlCheck(expression=expression, bound=Bound(">", bound), prometheus=prometheus, name=f"> {bound}")

    slos = (
        left(0.5),
        left(0.9),
        left(0.0, "no_such_budget"),
        left(0.0, prometheus="gone"),
        SloRule(rule="CheckoutBurnRate", prometheus="main"),
        SloRule(rule="Nothing", prometheus="main"),
    )
    plan = a_plan(incidents=IncidentRules(ladder=LadderRules(slos={"payments": slos})))
    (tmp_path / "rules.yml").write_text(
        "groups: [{name: slo, rules: [{alert: CheckoutBurnRate, expr: payments_errors_ratio > 0.5}]}]\n"
    )
    async with (
        shop.open(),
        asyncio.timeout(100),
        a_prometheus(tmp_path, shop, "rule_files: [rules.yml]\n") as url,
        instruments(tmp_path, main=PrometheusApi(url=url)) as made,
    ):
        while (found := (await look(made, plan, ["payments", "platform"]))["payments"]).met < 2:
            await poll_again()

    assert found.evidence == ("> 0.5 is 0.6", "Prometheus main has the alert rule CheckoutBurnRate")
    assert found.against == (
        "> 0.9 is 0.6, not > 0.9",
        "> 0.0: Prometheus has no data",
        "> 0.0: prometheus gone cannot be asked: see `pagerd doctor`",
        "Prometheus main has no alert rule Nothing",
    )


async def test_probes_decide_the_gate(tmp_path):
    """The same with an address: 200 is green, 503 is red, and nobody there is unknown."""
    status = [200]

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status[0]} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        writer.close()

    states = []
    async with instruments(tmp_path) as made:
        async with a_server(answer) as url:
            probe = HttpProbe(url=url)
            plan = a_plan(incidents=IncidentRules(checks=(ChecksOf(checks={"customer_actions": (probe,)}),)))
            world = World(plan, NOON)
            world.sampler.instruments = made
            await world.begin()
            await world.do(lambda work: declaring.declare(work, "ana", "cli", Declaration(title="x", team="payments")))
            await world.do(lambda work: commands.monitor(work, 1, "ana", "cli", None))
            for status[0] in (200, 503, 200):
                await world.run_until(world.clock.now() + minutes(1))
                states.append((await world.engine.read(lambda c: incidents.find(c, 1))).readings["customer_actions"])
        await world.run_until(world.clock.now() + minutes(1))
        states.append((await world.engine.read(lambda c: incidents.find(c, 1))).readings["customer_actions"])

    assert [one.state.value for one in states] == ["green", "red", "green", "unknown"]
