"""Customers of a real daemon: its command line drafts and approves; they read mails, what is served, and files."""

import json
import re
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.channels.fake_smtp import DeliveredMail, FakeSmtp
from tests.e2e import installation
from tests.e2e.processes import poll_again, running, said_by
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

PUBLIC = """\
public:
  title: Example status
  url: https://status.example.org
  components:
    checkout: {name: Checkout, services: [payments-api]}
    reports: {name: Reports}
  mail: [news@lists.example.org]
  unsubscribe: https://lists.example.org/news/leave
"""


def text_of(file: Path) -> str:
    """Return what a file holds; nothing where it is not there yet."""
    return file.read_text() if file.exists() else ""


async def holds(file: Path, words: str) -> str:
    """Wait until a file holds these words; return all of it."""
    while words not in (text := text_of(file)):
        await poll_again()
    return text


async def to_customers(smtp: FakeSmtp) -> DeliveredMail:
    """Return the next mail to the list."""
    while True:
        mail = await smtp.next_mail()
        if "news@lists.example.org" in str(mail.parsed["To"]):
            return mail


async def test_customers_read_what_was_approved_wherever_they_look(tmp_path: Path) -> None:
    """The mail, the page that is served and the files on disk say the same; the files outlive the daemon."""
    async with FakeSmtp() as smtp:
        pager = installation.write(tmp_path, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url=None)
        with (tmp_path / "pagerd.yaml").open("a") as settings:
            settings.write("status_page_dir: shown\n")
        (tmp_path / "rules/incidents.yaml").write_text(PUBLIC)
        command = [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json"]
        log, ready, shown = tmp_path / "pagerd.log", f"{pager.url}/-/ready", tmp_path / "shown"

        async def cli(*words: str, who: str = "dora") -> str:
            code, said = await said_by(sys.executable, "-m", "pagerd", "-c", str(tmp_path), "--as", who, *words)
            return f"{code} {said}"

        async with aiohttp.ClientSession() as session:

            async def served(name: str) -> str:
                async with session.get(f"{pager.url}/status/{name}") as answer:
                    assert answer.status == 200
                    return await answer.text()

            async with running(command, log, ready):
                await holds(shown / "index.html", "All systems operational")
                declared = await cli(
                    *("incident", "declare", "--team", "payments", "--service", "payments-api"),
                    *("--severity", "sev1", "canary-title"),
                )
                assert declared.startswith("0 Incident 1 is declared")
                drafted = await cli(
                    *("public", "draft", "1", "--component", "checkout=partial_outage"),
                    *("--symptom", "card payments fail"),
                )
                assert "We have reports that card payments fail" in drafted
                assert (await cli("public", "approve", "1", "2", who="ana")).startswith("4 ")
                assert (await cli("public", "approve", "1", "2")).startswith("0 Customers read draft 2 of incident 1")

                mail = await to_customers(smtp)
                assert mail.parsed["Subject"] == "[Investigating] Problems with Checkout"
                assert mail.parsed["List-Unsubscribe"] == "<https://lists.example.org/news/leave>"
                on_disk = await holds(shown / "index.html", "Partial outage: Checkout")
                slug = re.findall(r"[0-9a-f]{10}(?=\.html)", on_disk)[0]
                assert mail.parsed["List-Archive"] == f"<https://status.example.org/{slug}.html>"
                assert "card payments fail." in await served(f"{slug}.html")
                assert "Partial outage: Checkout" in await served("")
                assert json.loads(await served("feed.json"))["items"][0]["content_text"].startswith(
                    "Checkout: we are looking into a problem"
                )
                assert "published" in await cli("public", "show", "1")
                assert "partial_outage" in await cli("public", "list")
                assert "canary-title" not in "".join(one.read_text() for one in shown.iterdir())
            # Whoever serves the files goes on without pagerd.
            assert "Partial outage: Checkout" in (shown / "index.html").read_text()
            (shown / f"{slug}.html").unlink()
            async with running(command, log, ready):
                await holds(shown / f"{slug}.html", "card payments fail.")
                assert "Reports: under maintenance" in await cli("public", "component", "reports", "maintenance")
                await holds(shown / "status.json", '"maintenance"')
