"""A daemon that nobody can call: no public URL, so replies and reports are fetched from Twilio."""

import json
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from pagerd.engine.clock import SystemClock
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio, Refuse, SentMessage
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

ANA, STRANGER = "+351912000001", "+15559999999"


@asynccontextmanager
async def neighbours(folder: Path) -> AsyncIterator[tuple[Installation, FakeTwilio, FakeSmtp]]:
    """Run Twilio and a mail server, and write an installation that uses them and cannot be called back."""
    async with FakeTwilio(now=SystemClock().now) as twilio, FakeSmtp() as smtp:
        pager = installation.write(
            folder, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=None
        )
        yield pager, twilio, smtp


def command(pager: Installation) -> list[str]:
    """Return how the daemon of an installation is started."""
    return [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json"]


async def cli(pager: Installation, *words: str) -> Any:
    """Run a command as dora and return what it knows."""
    _code, said = await said_by(
        sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", "dora", *words, "-o", "json"
    )
    return json.loads(said)


async def raise_alert(pager: Installation, cluster: str = "eu-1") -> None:
    """Raise an alert of its own group."""
    labels = {"alertname": "PaymentsErrors", "service": "payments-api", "cluster": cluster}
    alert = {"labels": labels, "annotations": {"summary": "Checkout fails"}}
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {pager.token}"}) as session,
        session.post(f"{pager.url}/api/v1/alerts/tools", json=alert) as response,
    ):
        assert response.status == 200


async def scraped(pager: Installation) -> str:
    """Return the metrics."""
    async with aiohttp.ClientSession() as session, session.get(f"{pager.url}/metrics") as response:
        return await response.text()


def code_in(text: SentMessage) -> str:
    """Return the code that a text asks to be answered with."""
    found = re.search(r"Reply (\d\d) ack", text.body)
    assert found is not None, text.body
    return found[1]


async def test_a_fetched_reply_acknowledges_and_is_answered_by_a_text(tmp_path: Path) -> None:
    """The code is worth what the text says: within seconds the page is hers, a text says so, and once is enough."""
    async with neighbours(tmp_path) as (pager, twilio, _smtp):
        log = tmp_path / "pagerd.log"
        async with running(command(pager), log, f"{pager.url}/-/ready") as daemon:
            await raise_alert(pager)
            text = await twilio.next_message()
            await twilio.send_inbound_sms(STRANGER, f"{code_in(text)} ack")
            await twilio.send_inbound_sms(ANA, f"{code_in(text)} ack")
            answer = await twilio.next_message()
            page = (await cli(pager, "pages"))["pages"][0]
            daemon.send_signal(signal.SIGKILL)
            await daemon.wait()
        fetched = sum("/Messages.json" in path for path in twilio.questions)
        async with running(command(pager), log, f"{pager.url}/-/ready"):
            await twilio.was_asked_for_texts(fetched + 2)
            await raise_alert(pager, "eu-2")
            after_restart = await twilio.next_message()

    assert "http" not in text.body
    assert text.field("StatusCallback") is None
    assert (answer.to, answer.body[:18]) == (ANA, "Acked, it is yours")
    assert page["status"] == "acknowledged"
    assert after_restart.body.startswith("sev1 PaymentsErrors")
    assert {message.to for message in twilio.messages} == {ANA}


async def test_a_call_offers_no_key_and_is_asked_after(tmp_path: Path) -> None:
    """What is spoken says that no key is taken; that nobody answered is found out by asking, and it rings once more."""
    async with (
        neighbours(tmp_path) as (pager, twilio, _smtp),
        running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"),
    ):
        await raise_alert(pager)
        text = await twilio.next_message()
        twilio.becomes(text, "sent")
        call = await twilio.next_call()
        twilio.becomes(call, "no-answer")
        again = await twilio.next_call()

    code = " ".join(code_in(text))
    assert call.action() is None
    assert f"No key can be taken in this call. Answer by text: {code} ack." in call.said()
    assert "Press" not in call.said()
    assert again.to == call.to
    assert call.field("MachineDetection") is None


async def test_trouble_at_twilio_is_told_and_replies_are_read_afterwards(tmp_path: Path) -> None:
    """While the list of texts cannot be read, texts go out, the operators hear of it, and nothing is lost."""
    async with neighbours(tmp_path) as (pager, twilio, smtp):
        twilio.behave_when_asked(Refuse(20503, 503), times=4, path="/Messages.json")
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            await raise_alert(pager)
            text = await twilio.next_message()
            await twilio.send_inbound_sms(ANA, f"{code_in(text)} ack")
            told = ""
            while "replies by text are not heard" not in told:
                told = str((await smtp.next_mail()).parsed.get_body(("plain",)).get_content())
            while not any(message.body.startswith("Acked") for message in twilio.messages):
                await poll_again()
            metrics = await scraped(pager)

    assert "sms/twilio fails" in " ".join(told.split())
    assert 'pagerd_provider_questions_total{about="inbound",result="failed"}' in metrics
    assert 'pagerd_replies_total{channel="sms",result="acted"} 1.0' in metrics
