"""A real Prometheus fires through a real Alertmanager into a running daemon; then the past is replayed from both."""

import asyncio
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.e2e import installation
from tests.e2e.test_alertmanager import Shop, alertmanager, daemon, prometheus
from tests.e2e.test_prometheus import until
from tests.ports import free_port
from tests.tools.debian import binary


async def replayed(folder: Path, *arguments: str):
    """Replay as a person does, and return what came to stdout as JSON."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pagerd", "-c", str(folder), "replay", "-o", "json", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return json.loads(out)


@pytest.mark.timeout(150)
async def test_what_prometheus_and_pagerd_remember_is_replayed(tmp_path: Path) -> None:
    """Under the same files the page is there again; under a rule that says ticket it is not."""
    binary("prometheus")
    shop = Shop()
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, shop.open(), asyncio.timeout(140):
        (tmp_path / "pager").mkdir()
        pager = installation.write(
            tmp_path / "pager", port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=None
        )
        quiet = tmp_path / "quiet"
        shutil.copytree(pager.folder, quiet)
        rules = quiet / "rules/payments.yaml"
        rules.write_text(rules.read_text().replace("verdict: page", "verdict: ticket"))
        async with (
            daemon(pager),
            alertmanager(tmp_path, pager) as port,
            prometheus(tmp_path, shop, pager, port) as url,
        ):
            shop.ratio = 0.07
            await twilio.next_message()
            shop.ratio = 0.0
            await until(pager, 'pagerd_alerts{state="firing"}', 0.0)
            await until(pager, 'pagerd_pages_open{state="triggered",team="payments"}', 0.0)

            own = ("--from", "-1h", "--against")
            again = await replayed(pager.folder, *own, str(pager.folder), "--then")
            changed = await replayed(pager.folder, *own, str(quiet), "--then")
            asked = ("--prometheus", url, "--rules", str(tmp_path / "rules.yml"), "--step", "1s")
            seen = await replayed(pager.folder, *asked, *own, str(quiet))

    assert again["figures"]["pages"] == {"before": 1, "after": 1, "change": 0}
    assert again["people"] == again["causes"] == []
    for found in (changed, seen):
        assert found["figures"]["pages"] == {"before": 1, "after": 0, "change": -1}
        assert found["figures"]["tickets"]["after"] == 1
        assert [cause["alert"] for cause in found["causes"]] == ["PaymentsErrors"]
    assert seen["before"]["plan"] == "the current files"
