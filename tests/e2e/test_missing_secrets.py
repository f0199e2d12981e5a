"""A secret that is gone after a reboot is no reason why nobody is paged."""

import json
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import running, said_by
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

MORE = """
tickets: {webhook: {url: "https://tracker.example.net/hook", secret_file: tracker.secret}}
heartbeat: {url_file: heartbeat.url}
"""


def with_much(folder: Path, smtp: FakeSmtp) -> Installation:
    """Write an installation with Twilio, a tracker and a heartbeat, of which no secret is there."""
    pager = installation.write(
        folder,
        port=free_port(),
        twilio_url="http://127.0.0.1:9",
        smtp_port=smtp.port,
        public_url="https://pager.example.com",
    )
    with (folder / "pagerd.yaml").open("a") as settings:
        settings.write(MORE)
    (folder / "twilio.token").unlink()
    return pager


async def test_pagerd_starts_without_what_it_cannot_make(tmp_path: Path) -> None:
    """Whoever can be reached otherwise is, the operators hear what is missing, and the status names each file."""
    async with FakeSmtp() as smtp:
        pager = with_much(tmp_path, smtp)
        pagerd = (sys.executable, "-m", "pagerd", "-c", str(tmp_path), "--as", "dora")
        async with running((*pagerd, "run"), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            _, said = await said_by(*pagerd, "status", "-o", "json")
            warnings = " ".join(json.loads(said)["warnings"])
            refused, reloaded = await said_by(*pagerd, "reload")
            alert = {"labels": {"alertname": "PaymentsErrors", "team": "payments"}, "annotations": {"summary": "Fails"}}
            headers = {"Authorization": f"Bearer {pager.token}"}
            async with aiohttp.ClientSession() as session:
                url = f"{pager.url}/api/v1/alerts/tools"
                async with session.post(url, json={"alerts": [alert]}, headers=headers) as response:
                    assert response.status == 200
            await smtp.changes.until(
                lambda: any("PaymentsErrors" in str(mail.parsed["Subject"]) for mail in smtp.mails)
            )
            told = [mail.content.decode() for mail in smtp.mails if mail.recipients == ("dora@example.com",)]

    for what, file in (("the tracker", "tracker.secret"), ("its heartbeat", "heartbeat.url")):
        assert f"pagerd runs without {what}: Reading the secret in {tmp_path}/{file}: No such file" in warnings
    assert "without provider twilio of sms" in warnings
    assert "without provider twilio of voice" in warnings
    assert any("runs without the tracker" in text.replace("=\r\n", "").replace("\r\n", " ") for text in told)
    assert refused == 1
    assert "twilio.token" in reloaded


async def test_pagerd_does_not_start_where_nobody_could_be_told(tmp_path: Path) -> None:
    """A pager that reaches nobody must not look like one that runs."""
    async with FakeSmtp() as smtp:
        with_much(tmp_path, smtp)
        settings = tmp_path / "pagerd.yaml"
        login = "tls: starttls, user: pagerd, password_file: smtp.password"
        settings.write_text(settings.read_text().replace("tls: none", login))
        code, said = await said_by(sys.executable, "-m", "pagerd", "-c", str(tmp_path), "run")

    assert code == 1
    assert "nobody could be told of anything" in said
    assert "twilio.token" in said
