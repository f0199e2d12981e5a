"""A real Prometheus that has pagerd for its Alertmanager: it fires, dies, comes back, and the rule ends."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.e2e.test_alertmanager import RULE, Shop, daemon
from tests.ports import free_port
from tests.tools.debian import binary


def command(pager: Installation, *arguments: str) -> tuple[str, ...]:
    """Return a command on the installation."""
    return (sys.executable, "-m", "pagerd", "-c", str(pager.folder), *arguments)


@asynccontextmanager
async def prometheus(folder: Path, name: str, shop: Shop, pager: Installation) -> AsyncIterator[None]:
    """Run one Prometheus of a pair; the alerts of each go to pagerd without the label that tells the two apart."""
    own = folder / name
    own.mkdir(exist_ok=True)
    (own / "rules.yml").write_text(RULE)
    _, said = await said_by(*command(pager, "snippet", "prometheus", "direct"))
    alerting = said[said.index("alerting:") : said.index("There is no public_url")]
    (own / "prometheus.yml").write_text(
        f"""\
global: {{scrape_interval: 1s, evaluation_interval: 1s, external_labels: {{replica: {name}}}}}
rule_files: [rules.yml]
scrape_configs:
  - job_name: shop
    static_configs: [{{targets: ["127.0.0.1:{shop.port}"]}}]
{alerting}"""
    )
    port = free_port()
    started = [
        str(binary("prometheus")),
        f"--config.file={own / 'prometheus.yml'}",
        f"--storage.tsdb.path={own / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--rules.alert.resend-delay=1s",
    ]
    async with running(started, own / "prometheus.log", f"http://127.0.0.1:{port}/-/ready"):
        yield


async def until(pager: Installation, series: str, least: float, most: float | None = None) -> None:
    """Wait until a series of pagerd's metrics has this value, or is between two."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{pager.url}/metrics") as response:
                lines = (await response.text()).splitlines()
            found = [float(line.removeprefix(series)) for line in lines if line.startswith(f"{series} ")]
            if any(least <= value <= (least if most is None else most) for value in found):
                return
            await poll_again()


@pytest.mark.timeout(120)
async def test_prometheus_itself_fires_goes_silent_and_comes_back(tmp_path: Path) -> None:
    """Two of a pair are one alert; without both it is stale and still there; its end ends the page."""
    binary("prometheus")
    shop = Shop()
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, shop.open(), asyncio.timeout(100):
        (tmp_path / "pager").mkdir()
        pager = installation.write(
            tmp_path / "pager", port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=None
        )
        async with daemon(pager):
            async with prometheus(tmp_path, "a", shop, pager), prometheus(tmp_path, "b", shop, pager):
                shop.ratio = 0.07
                text = await twilio.next_message()
                assert "PaymentsErrors" in text.body
                await until(pager, 'pagerd_ingest_alerts_total{source="direct",status="firing"}', 4.0, 1e9)
                await until(pager, 'pagerd_alerts{state="firing"}', 1.0)

            await until(pager, 'pagerd_alerts{state="stale"}', 1.0)
            await until(pager, 'pagerd_pages_open{state="triggered",team="payments"}', 1.0)
            _, told = await said_by(*command(pager, "pages", "-o", "json"))
            assert '"stale": 1' in told

            async with prometheus(tmp_path, "a", shop, pager):
                await until(pager, 'pagerd_alerts{state="firing"}', 1.0)
                shop.ratio = 0.0
                await until(pager, 'pagerd_pages_open{state="triggered",team="payments"}', 0.0)

            await until(pager, 'pagerd_pages_total{severity="sev1",team="payments"}', 1.0)
            await until(pager, 'pagerd_ingest_quarantined_alerts_total{source="direct"}', 0.0)


@pytest.mark.timeout(60)
async def test_amtool_raises_an_alert_as_at_alertmanager(tmp_path: Path) -> None:
    """It says neither start nor end: the alert fires, and holds for five minutes."""
    program = binary("amtool")
    async with FakeSmtp() as smtp, asyncio.timeout(50):
        (tmp_path / "pager").mkdir()
        pager = installation.write(
            tmp_path / "pager", port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url=None
        )
        access = tmp_path / "http.yml"
        access.write_text(f"authorization: {{credentials_file: {pager.folder / 'source.token'}}}\n")
        async with daemon(pager):
            url = f"{pager.url}/api/v1/prometheus/direct"
            asked = (str(program), f"--alertmanager.url={url}", f"--http.config.file={access}")
            code, said = await said_by(*asked, "alert", "add", "PaymentsErrors", "service=payments-api", "env=prod")
            assert code == 0, said
            await until(pager, 'pagerd_ingest_alerts_total{source="direct",status="firing"}', 1.0)
            await until(pager, 'pagerd_alerts{state="firing"}', 1.0)
