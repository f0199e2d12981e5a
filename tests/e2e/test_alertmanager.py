"""From a rule in a real Prometheus, through a real Alertmanager, to an acknowledged page and back to the metrics."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import TOKEN, FakeTwilio
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running
from tests.ports import free_port
from tests.tools.debian import binary

PUBLIC_URL = "https://pager.example.com"

RULE = """\
groups:
  - name: payments
    interval: 1s
    rules:
      - alert: PaymentsErrors
        expr: payments_errors_ratio > 0.05
        labels: {severity: critical, service: payments-api, env: prod}
        annotations:
          summary: Checkout fails for 7 % of customers
          runbook_url: runbooks/payments-5xx.md
"""


class Shop:
    """The service that is watched: one metric, which the test sets."""

    def __init__(self) -> None:
        self.ratio = 0.0
        self.port = free_port()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serve the metric."""

        async def metrics(_request: web.Request) -> web.Response:
            return web.Response(text=f"payments_errors_ratio {self.ratio}\n")

        app = web.Application()
        app.router.add_get("/metrics", metrics)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        try:
            yield
        finally:
            await runner.cleanup()


@asynccontextmanager
async def prometheus(
    folder: Path, shop: Shop, pager: Installation, alertmanager_port: int, port: int | None = None
) -> AsyncIterator[str]:
    """Run a Prometheus that watches the shop and pagerd."""
    port = port or free_port()
    (folder / "rules.yml").write_text(RULE)
    (folder / "prometheus.yml").write_text(
        f"""\
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: [rules.yml]
scrape_configs:
  - job_name: shop
    static_configs: [{{targets: ["127.0.0.1:{shop.port}"]}}]
  - job_name: pagerd
    static_configs: [{{targets: ["127.0.0.1:{pager.port}"]}}]
alerting:
  alertmanagers:
    - static_configs: [{{targets: ["127.0.0.1:{alertmanager_port}"]}}]
"""
    )
    command = [
        str(binary("prometheus")),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--rules.alert.resend-delay=1s",
    ]
    async with running(command, folder / "prometheus.log", f"http://127.0.0.1:{port}/-/ready"):
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def alertmanager(folder: Path, pager: Installation) -> AsyncIterator[int]:
    """Run an Alertmanager that sends everything to pagerd at once."""
    port = free_port()
    (folder / "alertmanager.yml").write_text(
        f"""\
route: {{receiver: pagerd, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}}
receivers:
  - name: pagerd
    webhook_configs:
      - url: {pager.url}/api/v1/alertmanager/prod
        send_resolved: true
        http_config: {{authorization: {{credentials_file: {pager.folder / "source.token"}}}}}
"""
    )
    command = [
        str(binary("prometheus-alertmanager")),
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    ]
    async with running(command, folder / "alertmanager.log", f"http://127.0.0.1:{port}/-/ready"):
        yield port


@asynccontextmanager
async def daemon(pager: Installation) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run pagerd on its installation."""
    command = [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json"]
    log = pager.folder / "pagerd.log"
    async with running(command, log, f"{pager.url}/-/ready") as process:
        yield process


async def ask(prometheus_url: str, query: str) -> float:
    """Return the value of a query's only series, or -1 where there is none yet."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{prometheus_url}/api/v1/query", params={"query": query}) as response,
    ):
        result = (await response.json())["data"]["result"]
    return float(result[0]["value"][1]) if result else -1.0


async def until(prometheus_url: str, query: str, wanted: float) -> None:
    """Wait until Prometheus answers a query with this value."""
    while await ask(prometheus_url, query) != wanted:
        await poll_again()


@pytest.mark.timeout(120)
async def test_a_rule_fires_and_the_secondary_acknowledges_by_key(tmp_path: Path) -> None:
    """A rule fires, the primary is texted and mailed, stays silent, the secondary is called and presses the key."""
    binary("prometheus"), binary("prometheus-alertmanager")
    shop = Shop()
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, shop.open(), asyncio.timeout(100):
        (tmp_path / "pager").mkdir()
        pager = installation.write(
            tmp_path / "pager",
            port=free_port(),
            twilio_url=twilio.url,
            smtp_port=smtp.port,
            public_url=PUBLIC_URL,
        )
        twilio.reach(PUBLIC_URL, pager.url)
        async with (
            daemon(pager),
            alertmanager(tmp_path, pager) as alertmanager_port,
            prometheus(tmp_path, shop, pager, alertmanager_port) as prometheus_url,
        ):
            shop.ratio = 0.07

            text = await twilio.next_message()
            assert text.to == "+351912000001"
            assert "PaymentsErrors" in text.body
            assert "Restart the canary" in text.body
            mail = (await smtp.next_mail()).parsed
            assert mail["To"] == "ana@example.com"
            assert "PaymentsErrors" in mail["Subject"]

            while (call := await twilio.next_call()).to != "+4915110000002":
                pass
            assert "Payments Errors" in call.said()
            found = re.search(r"Press (\d) to acknowledge", call.said())
            assert found is not None
            digit = found[1]
            said = await twilio.press(call, digit)
            assert "cknowledged" in said

            await until(prometheus_url, 'pagerd_pages_open{team="payments",state="acknowledged"}', 1)
            shop.ratio = 0.0
            await until(prometheus_url, 'pagerd_pages_open{team="payments",state="acknowledged"}', 0)

            assert await ask(prometheus_url, 'pagerd_pages_total{team="payments",severity="sev1"}') == 1
            assert await ask(prometheus_url, 'pagerd_page_acks_total{channel="voice"}') == 1
            assert await ask(prometheus_url, 'pagerd_page_ack_duration_seconds_count{severity="sev1"}') == 1
            assert await ask(prometheus_url, 'pagerd_page_dispatch_duration_seconds_count{severity="sev1"}') == 1
            assert await ask(prometheus_url, 'pagerd_oncall{team="payments",level="primary",user="ana"}') == 1
            assert await ask(prometheus_url, 'pagerd_escalations_total{reason="timeout"}') == 1
            for channel, provider in (("sms", "twilio"), ("voice", "twilio"), ("email", "smtp")):
                labels = f'channel="{channel}",provider="{provider}"'
                assert await ask(prometheus_url, f'pagerd_notifications_total{{{labels},status="accepted"}}') >= 1
                assert await ask(prometheus_url, f"pagerd_notification_request_duration_seconds_count{{{labels}}}") >= 1
                assert await ask(prometheus_url, f"pagerd_provider_up{{{labels}}}") == 1
            posted = 'pagerd_http_requests_total{handler="/api/v1/alertmanager/{source}",method="POST",code="200"}'
            assert await ask(prometheus_url, posted) >= 2
            # Nobody's night depends on the hour at which this test runs: but the series is there before its first page.
            assert await ask(prometheus_url, 'pagerd_night_pages_total{team="payments"}') >= 0
            assert await ask(prometheus_url, 'pagerd_rule_criteria_failures_total{criterion="clear"}') == 0

        # The whole night is in the log, and no secret or whole number with it.
        log = (pager.folder / "pagerd.log").read_text()
        assert "notification.accepted" in log
        secrets = (TOKEN, pager.token, "+351912000001", "+4915110000002")
        assert [secret for secret in secrets if secret in log] == []
