"""Secrets and whole numbers are looked for in everything that a daemon says, on a night when much goes wrong."""

import asyncio
import json
import re
import signal
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from tests.channels.fake_smtp import Mode
from tests.channels.fake_twilio import TOKEN, Answer, Ok
from tests.e2e.processes import poll_again
from tests.e2e.test_providers import ANA, BEN, Pager, a_pager
from tests.figures import note

pytestmark = pytest.mark.timeout(120)

DORA = "+4915110000003"
STRANGER = "+4915199999999"
GUESSED = "a-guessed-token-that-somebody-else-uses"


async def asked(pager: Pager, link: str, token: str) -> dict[str, str]:
    """Ask what anybody may ask, rightly and wrongly; return what was answered, each by its question."""
    alert = {"labels": {"alertname": "PaymentsErrors", "phone": ANA}, "summary": 7}
    paths = ["/metrics", "/-/healthy", "/-/ready", "/", "/nowhere", f"/nowhere/{token}", f"/metrics?token={token}"]
    paths += ["/api/v1/pages", "/api/v1/status", "/api/v1/openapi.json", f"/api/v1/pages?team={token}", link + "x"]
    said = {}
    async with aiohttp.ClientSession(base_url=pager.installation.url) as session:
        for path in paths:
            async with session.get(path, headers={"Authorization": f"Bearer {GUESSED}"}) as answer:
                said[f"GET {path}"] = f"{answer.headers}\n{await answer.text()}"
        for path in ("/api/v1/alerts/tools", "/api/v1/alerts/nobody", "/api/v1/provider/sms", "/api/v1/pages"):
            for bearer in (GUESSED, token):
                headers = {"Authorization": f"Bearer {bearer}", "X-Twilio-Signature": TOKEN}
                async with session.post(path, json=alert, headers=headers) as answer:
                    said[f"POST {path} {bearer}"] = f"{answer.headers}\n{await answer.text()}"
    return said


async def is_over(daemon: asyncio.subprocess.Process) -> None:
    """Let the daemon end in its own time: what it says last belongs to its log."""
    daemon.send_signal(signal.SIGTERM)
    await daemon.wait()


async def test_nothing_that_it_says_has_a_secret_or_a_whole_number(tmp_path: Path) -> None:
    """Logs of the finest level, metrics, health, refusals, status, doctor: errors of providers quote what they like."""
    quotes = json.dumps({"code": 20003, "message": f"AC:{TOKEN} may not text {ANA}", "status": 401})
    async with a_pager(tmp_path) as usual:
        pager = replace(usual, log_level="debug")
        async with pager.daemon() as daemon:
            personal = (await pager.known("token", "create", "dora", "scripts", "--scope", "read"))["token"]
            pager.first.behave(Answer(401, quotes, {"Content-Type": "application/json"}))
            await pager.fires("eu-1")
            await pager.backup.next_message()
            link = re.search(r"https://pager\.example\.com(/\S+)", await pager.mailed("PaymentsErrors"))
            assert link is not None
            pager.smtp.mode = Mode.NO_SUCH_USER
            await pager.fires("eu-2")
            await pager.backup.next_message()
            await pager.backup.send_inbound_sms(STRANGER, "ack 47")
            await pager.backup.send_inbound_sms(ANA, "QQQQ ack")
            said = await asked(pager, link[1], pager.installation.token)
            for words in (["status"], ["status", "-o", "json"], ["doctor"], ["pages"], ["check"], ["audit", "verify"]):
                said[" ".join(words)] = (await pager.cli(*words))[1]
            people = tmp_path / "rotations/people.yaml"
            people.write_text(people.read_text().replace("zone: Europe/Lisbon", "zone: Europe/Lissabon"))
            daemon.send_signal(signal.SIGHUP)
            pager.first.behave(Ok())
            while "reload" not in (tmp_path / "pagerd.log").read_text():
                await poll_again()
            await is_over(daemon)
        log = (tmp_path / "pagerd.log").read_text()

    said["the log"] = log
    secrets = (TOKEN, pager.installation.token, personal, link[1].rsplit("/", 1)[-1], GUESSED)
    canaries = (*secrets, ANA, BEN, DORA, STRANGER)
    # What was asked is not what was answered: the question is the name of its answer.
    found = [(name, canary) for name, text in said.items() for canary in canaries if canary in text]
    note("secrets and whole numbers in what a daemon says", len(found), n=len(said) * len(canaries), at_most=0)

    assert len(personal) > 20
    assert [event for event in ("provider.in_trouble", "signature_refused", "reload_failed") if event not in log] == []
    assert found == []
