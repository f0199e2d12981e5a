"""A person signs in to a real daemon, whose texts go to a real Twilio's double and whose mails to a real server."""

import re
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.e2e import installation
from tests.e2e.processes import running, said_by
from tests.e2e.test_reload import change, raise_alert
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

ANA = "+351912000001"


class Person:
    """Somebody at a browser on the daemon's own host."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def sees(self, path: str) -> tuple[int, str, str]:
        """Return the status, the path in the end, and what is there."""
        async with self.session.get(self.url + path) as answer:
            return answer.status, answer.url.path, await answer.text()

    async def sends(self, path: str, **fields: str) -> tuple[int, str, str]:
        """Send a form as a page of pagerd's does, and follow where it leads."""
        headers = {"Origin": self.url}
        async with self.session.post(self.url + path, data=fields, headers=headers) as answer:
            return answer.status, answer.url.path, await answer.text()


async def test_signing_in_acting_and_being_signed_out(tmp_path: Path) -> None:
    """By text and by mail; a page is taken under the person's name; a restart keeps, a reload without them ends it."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=None
        )
        # Whatever the hour is there: who has no mailbox is texted by night, too.
        change(tmp_path / "rotations/people.yaml", (", email: ana@example.com", ""))
        command = [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json"]
        log, ready = tmp_path / "pagerd.log", f"{pager.url}/-/ready"

        async def cli(*words: str) -> str:
            return (await said_by(sys.executable, "-m", "pagerd", "-c", str(tmp_path), "--as", "dora", *words))[1]

        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            ana = Person(session, pager.url)
            async with running(command, log, ready):
                assert (await ana.sees("/"))[1] == "/sign-in"
                await ana.sends("/sign-in", who="Ana Ribeiro", by="sms")
                text = await twilio.next_message()
                assert text.to == ANA
                found = re.search(r"code (\d{4} \d{4})", text.body)
                assert found is not None, text.body
                status, path, shown = await ana.sends("/sign-in/code", code=found[1])
                assert (status, path) == (200, "/me")
                assert "<h1>Ana Ribeiro</h1>" in shown
                assert "ana" in await cli("sessions", "list")
            async with running(command, log, ready):
                await raise_alert(pager, "eu-1")
                page = re.findall(r"me/pages/(p-\w+)", (await ana.sees("/me"))[2])[0]
                form = re.findall(r'name="form" value="(\w+)"', (await ana.sees("/me"))[2])[0]
                _, _, shown = await ana.sends(f"/me/pages/{page}", form=form, action="ack")
                assert "Done. It is yours, and the others are told." in shown
                assert "acknowledged" in await cli("pages", page)
                change(tmp_path / "rotations/people.yaml", ("  ana: ", "  anna: "))
                change(tmp_path / "rotations/payments.yaml", ("primary: ana", "primary: anna"))
                await cli("reload")
                assert "Nobody is signed in." in await cli("sessions", "list")
                assert (await ana.sees("/me"))[1] == "/sign-in"
                await ana.sends("/sign-in", who="ben@example.com", by="email")
                while True:
                    mail = str((await smtp.next_mail()).parsed.get_body(("plain",)).get_content())
                    if found := re.search(r"sign in to pagerd: (\d{4} \d{4})", mail):
                        break
                assert "<h1>Ben Okafor</h1>" in (await ana.sends("/sign-in/code", code=found[1]))[2]

    assert found[1].replace(" ", "") not in log.read_text()
