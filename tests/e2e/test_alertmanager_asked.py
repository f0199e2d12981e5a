"""A real Alertmanager that is asked: its silences, its inhibitions, and a start without its data."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from pagerd.clients.alertmanager import Alertmanager
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import Reach
from pagerd.core.alerts.alert import AlertStatus
from pagerd.core.people import Medium
from pagerd.engine import intake
from pagerd.engine.clock import SystemClock
from pagerd.engine.work import SourceTraits
from pagerd.lab.world import World
from pagerd.sources.fingerprint import fingerprint_of
from pagerd.stores.records import alerts
from tests.builders import a_plan, a_received_alert, some_labels
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.ports import free_port
from tests.tools.debian import binary

CONFIG = """\
route: {receiver: nobody, group_by: [alertname]}
receivers: [{name: nobody}]
inhibit_rules:
  - source_matchers: [alertname="ClusterDown"]
    target_matchers: [alertname="CheckoutErrors"]
    equal: [cluster]
"""


class RealAlertmanager:
    """Debian's Alertmanager, which sends nothing to anybody."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        (folder / "alertmanager.yml").write_text(CONFIG)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run it on what its folder holds."""
        command = [
            str(binary("prometheus-alertmanager")),
            f"--config.file={self.folder / 'alertmanager.yml'}",
            f"--storage.path={self.folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{self.port}",
            "--cluster.listen-address=",
        ]
        async with running(command, self.folder / "alertmanager.log", f"{self.url}/-/ready"):
            yield

    async def amtool(self, *arguments: str) -> str:
        """Run amtool on it; return what it said."""
        code, said = await said_by(str(binary("amtool")), f"--alertmanager.url={self.url}", *arguments)
        assert code == 0, said
        return said.strip()

    async def fire(self, labels: dict[str, str]) -> None:
        """Let an alert fire, as Prometheus does, and wait until it is known."""
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self.url}/api/v2/alerts", json=[{"labels": labels}]) as answer:
                assert answer.status == 200
            while True:
                async with session.get(f"{self.url}/api/v2/alerts") as answer:
                    known = {one["fingerprint"]: one["status"]["state"] for one in await answer.json()}
                if known.get(fingerprint_of(labels), "unprocessed") != "unprocessed":
                    return
                await poll_again()


@pytest.fixture
async def alertmanager(tmp_path):
    """An Alertmanager that is not running yet."""
    binary("prometheus-alertmanager"), binary("amtool")
    return RealAlertmanager(tmp_path)


@asynccontextmanager
async def a_pager(alertmanager: RealAlertmanager) -> AsyncIterator[World]:
    """A pagerd on virtual time that begins now and asks the real Alertmanager, with one page open."""
    source = SourceTraits(name="alertmanager", is_asked=True, stale_resolves_after=timedelta(hours=1))
    world = World(a_plan(), SystemClock().now(), sources={"alertmanager": source})
    members = Alertmanager([alertmanager.url], HttpClient(reach=Reach.OWN_NETWORK), {})
    world.members["alertmanager"] = members
    labels = some_labels(cluster="eu")
    await alertmanager.fire(labels)
    await world.receive("alertmanager", a_received_alert(fingerprint=fingerprint_of(labels), labels=labels))
    await world.do(lambda work: intake.watch_sources(work, world.traits, listens_since=None))
    try:
        yield world
    finally:
        await members.close()


async def frozen_after(world: World, minutes: float) -> str | None:
    """Let virtual time pass, and say why the page is frozen then."""
    await world.run_until(world.clock.now() + timedelta(minutes=minutes))
    [page] = await world.open_pages()
    return page.frozen_why


@pytest.mark.timeout(60)
async def test_a_silence_by_amtool_freezes_the_page_and_says_by_whom(alertmanager):
    """And when it is expired there, the page goes on at step 1."""
    async with alertmanager.running(), a_pager(alertmanager) as world:
        before = await frozen_after(world, 0.5)
        silence = await alertmanager.amtool(
            "silence", "add", "alertname=CheckoutErrors", "--author=ben", "--comment=rolling back", "--duration=1h"
        )
        frozen = await frozen_after(world, 1)
        calm = len(world.sent)
        await frozen_after(world, 20)
        still = len(world.sent)
        await alertmanager.amtool("silence", "expire", silence)
        after = await frozen_after(world, 1)

        assert before is None
        assert frozen == "all its alerts are muted by ben in Alertmanager: rolling back"
        assert still == calm
        assert after is None
        assert world.sent[still].outgoing.medium is Medium.SMS


@pytest.mark.timeout(60)
async def test_an_inhibition_freezes_the_page_and_says_by_what(alertmanager):
    """Without another word to pagerd than its answer."""
    async with alertmanager.running(), a_pager(alertmanager) as world:
        await frozen_after(world, 0.5)
        await alertmanager.fire({"alertname": "ClusterDown", "cluster": "eu"})
        frozen = await frozen_after(world, 1)

        assert frozen == "all its alerts are muted by Alertmanager: inhibited by ClusterDown"


@pytest.mark.timeout(60)
async def test_an_alertmanager_that_lost_its_data_makes_alerts_stale(alertmanager):
    """While it is gone nothing changes; five minutes after it is back without them, they are stale, and still page."""
    async with a_pager_after(alertmanager) as world:
        gone = await status_after(world, 10)
        shutil.rmtree(alertmanager.folder / "data")
        async with alertmanager.running():
            soon = await status_after(world, 4)
            stale = await status_after(world, 3)
            [page] = await world.open_pages()
            await alertmanager.fire(some_labels(cluster="eu"))
            known_again = await status_after(world, 1.5)

        assert (gone, soon, stale) == (AlertStatus.FIRING, AlertStatus.FIRING, AlertStatus.STALE)
        assert (page.firing, page.stale) == (1, 1)
        assert known_again is AlertStatus.FIRING


@asynccontextmanager
async def a_pager_after(alertmanager: RealAlertmanager) -> AsyncIterator[World]:
    """A pagerd that asked an Alertmanager which is gone by now."""
    async with asyncio.timeout(50):
        pager = a_pager(alertmanager)
        async with alertmanager.running():
            world = await pager.__aenter__()
            await frozen_after(world, 2)
        try:
            yield world
        finally:
            await pager.__aexit__(None, None, None)


async def status_after(world: World, minutes: float) -> AlertStatus:
    """Let virtual time pass, and return how the alert is then."""
    await world.run_until(world.clock.now() + timedelta(minutes=minutes))
    fingerprint = fingerprint_of(some_labels(cluster="eu"))
    found = await world.engine.read(lambda c: alerts.find(c, "alertmanager", fingerprint))
    assert found is not None
    return found.status


async def cli(pager: Installation, *words: str) -> dict[str, Any]:
    """Run a command as dora; return what it knows."""
    here = (sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", "dora")
    code, said = await said_by(*here, *words, "-o", "json")
    assert code == 0, said
    return dict(json.loads(said))


async def status_once(pager: Installation, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Ask for the status of the source until it is as wanted."""
    while True:
        [prod] = [one for one in (await cli(pager, "status"))["sources"] if one["name"] == "prod"]
        if is_so(prod):
            return prod
        await poll_again()


@pytest.mark.timeout(120)
async def test_the_daemon_asks_at_its_start_and_after_a_reload(alertmanager, tmp_path):
    """Its settings name the address; the page, the status and the metrics say what it heard."""
    folder = tmp_path / "pager"
    folder.mkdir()
    pager = installation.write(folder, port=free_port(), twilio_url=None, smtp_port=free_port(), public_url=None)
    settings = folder / "pagerd.yaml"
    old = "prod: {kind: alertmanager, "
    assert old in settings.read_text()
    settings.write_text(settings.read_text().replace(old, f"{old}api_url: {alertmanager.url}, "))
    labels = {"alertname": "PaymentsErrors", "service": "payments-api", "cluster": "eu"}
    sent = {"status": "firing", "labels": labels, "annotations": {"summary": "Checkout fails"}}
    message = {"alerts": [{**sent, "fingerprint": fingerprint_of(labels)}]}
    headers = {"Authorization": f"Bearer {pager.token}"}
    command = [sys.executable, "-m", "pagerd", "-c", str(folder), "run", "--log-format", "json"]
    async with asyncio.timeout(100), running(command, folder / "pagerd.log", f"{pager.url}/-/ready"):
        refused = await status_once(pager, lambda prod: bool(prod.get("asked")))
        async with alertmanager.running(), aiohttp.ClientSession() as session:
            await alertmanager.fire(labels)
            url = f"{pager.url}/api/v1/alertmanager/prod"
            async with session.post(url, json=message, headers=headers) as answer:
                assert answer.status == 200
            await alertmanager.amtool(
                "silence", "add", "alertname=PaymentsErrors", "--author=ben", "--comment=deploy", "--duration=1h"
            )
            await cli(pager, "reload")
            answered = await status_once(pager, lambda prod: prod["asked"][0]["failing_since"] is None)
            [page] = (await cli(pager, "pages"))["pages"]
            while (page := (await cli(pager, "pages", page["id"]))["page"])["frozen_why"] is None:
                await poll_again()
            async with session.get(f"{pager.url}/metrics") as metrics:
                text = await metrics.text()

    assert "could not connect" in refused["asked"][0]["error"]
    assert answered["asked"][0]["member"] == alertmanager.url
    assert page["frozen_why"] == "all its alerts are muted by ben in Alertmanager: deploy"
    assert 'pagerd_source_questions_total{result="answered",source="prod"} 1.0' in text
