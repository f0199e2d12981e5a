"""One incident from the alert to the action items that are chased, with everything around pagerd real."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio, SentMessage
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, said_by
from tests.e2e.test_alertmanager import PUBLIC_URL, Shop, alertmanager, daemon, prometheus
from tests.ports import free_port
from tests.tools.debian import binary

ANA, BEN, DORA = "+351912000001", "+4915110000002", "+4915110000003"

SEVERITY = """\
severities:
  sev1:
    verdict: page
    urgency: high
    on_violation: page
    roles: [ic, tl, comms]
    update_every: 3s-20s
    watch: 5s
    criteria: [customer_actions, errors]
    postmortem_due: 3 business days
    actions_due: 15d
labels: {critical: sev1}
"""


INCIDENTS = """\
checks:
  - service: payments-api
    errors: [{promql: payments_errors_ratio, must_be: "< 0.05"}]
public:
  components: {checkout: {name: Checkout, services: [payments-api]}}
  mail: [status@example.com]
"""


async def asked(pager: Installation, who: str, *words: str) -> tuple[int, str]:
    """Run a command as somebody, and return its exit code and what it said."""
    return await said_by(sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", who, *words)


async def cli(pager: Installation, who: str, *words: str) -> str:
    """The same of a command that works."""
    code, said = await asked(pager, who, *words)
    assert code == 0, said
    return said


async def is_refused(pager: Installation, *words: str, for_want_of: str) -> None:
    """Let dora do what cannot be done now: it says by code why not."""
    code, said = await asked(pager, "dora", *words)
    assert code != 0
    assert for_want_of in said


async def shown(pager: Installation) -> dict[str, Any]:
    """Return how incident 1 stands."""
    return dict(json.loads(await cli(pager, "dora", "incident", "show", "1", "-o", "json")))


async def action_item(pager: Installation) -> dict[str, Any]:
    """Return how action item 1 stands."""
    return dict(json.loads(await cli(pager, "ben", "action", "show", "1", "-o", "json"))["action"])


class Phones:
    """Everybody's phone: each text goes to whoever waits for one that says this."""

    def __init__(self, twilio: FakeTwilio) -> None:
        self.twilio = twilio
        self.seen: list[SentMessage] = []

    async def text_to(self, number: str, *words: str) -> SentMessage:
        """Return the first text to a number that has all these words, whether it came already or comes now."""
        while True:
            for one in self.seen:
                if one.to == number and all(word in one.body for word in words):
                    self.seen.remove(one)
                    return one
            self.seen.append(await self.twilio.next_message())

    async def answer(self, text: SentMessage) -> None:
        """Reply what the text asks for."""
        found = re.search(r"Reply (\d+) ack", text.body)
        assert found is not None, text.body
        await self.twilio.send_inbound_sms(text.to, f"{found[1]} ack")


class Mailboxes:
    """Everybody's mailbox: each mail goes to whoever waits for one that says this."""

    def __init__(self, smtp: FakeSmtp) -> None:
        self.smtp = smtp
        self.seen: list[EmailMessage] = []

    async def mail_to(self, address: str, *words: str) -> None:
        """Wait for a mail to an address that has all these words, whether it came already or comes now."""
        while True:
            for one in self.seen:
                body = one.get_body(("plain",))
                assert body is not None
                said = " ".join(f"{one['Subject']} {body.get_content()}".split())
                if one["To"] == address and all(word in said for word in words):
                    self.seen.remove(one)
                    return
            self.seen.append((await self.smtp.next_mail()).parsed)


async def status_page_says(pager: Installation, *words: str) -> None:
    """Wait until the files of the status page say all this, and nothing that was said among colleagues."""
    page = pager.folder / "status/index.html"
    while not page.exists() or not all(word in page.read_text() for word in words):
        await poll_again()
    for file in page.parent.iterdir():
        assert "PaymentsErrors" not in file.read_text()


class Receiver:
    """A service that takes what is told of incidents: the headings of all messages, in order."""

    def __init__(self) -> None:
        self.port = free_port()
        self.told: list[dict[str, Any]] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Take them."""

        async def take(request: web.Request) -> web.Response:
            self.told.append(await request.json())
            return web.json_response({})

        app = web.Application()
        app.router.add_post("/incidents", take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        try:
            yield
        finally:
            await runner.cleanup()

    async def was_told(self, *kinds: str) -> None:
        """Wait until it was told of these."""
        while not set(kinds) <= {one["kind"] for one in self.told}:
            await poll_again()


def write(folder: Path, twilio: FakeTwilio, smtp: FakeSmtp, receiver: Receiver, prometheus_port: int) -> Installation:
    """Write an installation that tells a service and a mailing list, and asks Prometheus whether errors are over."""
    folder.mkdir()
    pager = installation.write(
        folder, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=PUBLIC_URL
    )
    (folder / "hub.secret").write_text("a-secret-of-the-test-that-is-long-enough\n")
    with (folder / "pagerd.yaml").open("a") as settings:
        settings.write(
            f"""\
status_page_dir: status
prometheus:
  main: {{url: "http://127.0.0.1:{prometheus_port}"}}
receivers:
  hub: {{kind: webhook, url: "http://127.0.0.1:{receiver.port}/incidents", secret_file: hub.secret}}
  list: {{kind: mail, to: [incidents@example.com]}}
"""
        )
    (folder / "rules/severity.yaml").write_text(SEVERITY)
    (folder / "rules/incidents.yaml").write_text(INCIDENTS)
    with (folder / "rotations/escalation.yaml").open("a") as escalation:
        escalation.write("roles: {ic: dora, tl: ben, comms: ana}\n")
    twilio.reach(PUBLIC_URL, pager.url)
    twilio.inbound_url = f"{PUBLIC_URL}/api/v1/provider/sms"
    return pager


WORDS = {
    "who was hit": "22 % of card payments failed",
    "which share": "22 % of card payments",
    "the rates": "5xx at 12 %, usually below 0.1 %",
    "what they could": "paying by card",
    "what it cost": "not known",
    "one clear statement": "A config change lowered the connections to the database, and a peak used them up.",
    "one line for each": "missing alert: nothing watched the pool",
    "what helped": "the rollback took a minute",
    "what delayed": "nobody knew of the change",
    "pagerd action add": "",
}
"""What somebody writes who completes the draft, by how the gap begins that it fills."""


def completed(text: str) -> str:
    """Fill all gaps of a draft."""
    for begins, words in WORDS.items():
        text, count = re.subn(rf"\[to be filled: `?{begins}[^\n]*\]", words, text)
        assert count == 1, begins
    return text


@pytest.mark.timeout(300)
async def test_an_incident_from_its_alert_to_its_end(tmp_path: Path) -> None:
    """An alert pages, is declared, roles are filled by text, a missed update pages, Prometheus decides when it is over.

    Customers read of it, the postmortem is completed and accepted, and what was to change is looked at.
    """
    binary("prometheus"), binary("prometheus-alertmanager")
    shop, receiver, watching = Shop(), Receiver(), free_port()
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, shop.open(), receiver.open(), asyncio.timeout(280):
        pager = write(tmp_path / "pager", twilio, smtp, receiver, watching)
        phones, mails = Phones(twilio), Mailboxes(smtp)
        async with (
            daemon(pager),
            alertmanager(tmp_path, pager) as alertmanager_port,
            prometheus(tmp_path, shop, pager, alertmanager_port, port=watching),
        ):
            shop.ratio = 0.07
            await phones.answer(await phones.text_to(ANA, "PaymentsErrors"))
            (page,) = json.loads(await cli(pager, "ana", "pages", "-o", "json"))["pages"]
            declared = ("--page", page["id"], "--blocked", "yes", "--at-risk", "yes")
            await cli(pager, "ana", "incident", "declare", *declared)
            for number in (DORA, BEN, ANA):
                await phones.answer(await phones.text_to(number, "incident 1"))
            while [one for one in (await shown(pager))["incident"]["roles"] if one["holder"] is None]:
                await poll_again()

            symptom = ("--symptom", "Some card payments fail", "--component", "checkout=partial_outage")
            await cli(pager, "ana", "public", "draft", "1", *symptom)
            await cli(pager, "dora", "public", "approve", "1", "2")
            await status_page_says(pager, "Partial outage", "Some card payments fail")
            await mails.mail_to("status@example.com", "Some card payments fail")

            await phones.text_to(ANA, "Update overdue on incident 1")
            await cli(pager, "ana", "update", "post", "1", "One payment in ten fails", "--doing", "rolling back")
            await cli(pager, "ben", "incident", "mitigate", "1", "rollback", "the release of 9 o'clock")
            await receiver.was_told("declared", "role", "update", "mitigation")
            await mails.mail_to("incidents@example.com", "One payment in ten fails")

            await cli(pager, "ben", "incident", "mitigation", "1", "1", "worked")
            await cli(pager, "dora", "incident", "monitor", "1")
            await is_refused(pager, "incident", "resolve", "1", "too early", for_want_of="customer_actions")
            await is_refused(pager, "incident", "resolve", "1", "too early", for_want_of="errors")

            shop.ratio = 0.0
            await cli(pager, "dora", "incident", "check", "1", "customer_actions", "attested", "I paid")
            while (await shown(pager))["unmet"]:
                await poll_again()
            await cli(pager, "dora", "incident", "resolve", "1", "the pool was exhausted")
            await receiver.was_told("monitoring", "resolved")
            await cli(pager, "ana", "public", "draft", "1", "--kind", "resolved", "--component", "checkout=operational")
            drafts = json.loads(await cli(pager, "ana", "public", "show", "1", "-o", "json"))["drafts"]
            await cli(pager, "dora", "public", "approve", "1", str(max(one["number"] for one in drafts)))
            await status_page_says(pager, "Resolved", "Operational")

            action = ("--owner", "ben", "--priority", "high", "--bar", "detection", "--impact", "seen 20 min earlier")
            await cli(pager, "ana", "action", "add", "1", *action, "--verify", "rule: PaymentsErrors", "Watch the pool")
            await cli(pager, "dora", "postmortem", "refresh", "1")
            await is_refused(pager, "postmortem", "submit", "1", for_want_of="gap")
            text = await cli(pager, "dora", "postmortem", "show", "1")
            (tmp_path / "postmortem.md").write_text(completed(text[: text.rindex("Draft, due")]))
            await cli(pager, "dora", "postmortem", "read", "1", str(tmp_path / "postmortem.md"))
            await cli(pager, "ana", "postmortem", "submit", "1")
            await cli(pager, "dora", "postmortem", "accept", "1")
            assert (await shown(pager))["incident"]["status"] == "closed"

            await cli(pager, "ben", "action", "done", "1")
            while (await action_item(pager))["status"] == "done":
                await poll_again()
            assert (await action_item(pager))["status"] == "verified"
    errors = [line for line in (pager.folder / "pagerd.log").read_text().splitlines() if '"level": "error"' in line]
    assert not errors
