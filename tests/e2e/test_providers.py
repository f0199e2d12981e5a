"""Two accounts at Twilio under one medium, as real servers that refuse, hang, answer late and lie."""

import asyncio
import json
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import AcceptThenHang, FakeTwilio, Ok, Refuse, SentMessage
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.e2e.test_daemon import raise_alert_at
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

PUBLIC_URL = "https://pager.example.com"
ANA, BEN = "+351912000001", "+4915110000002"


@dataclass(frozen=True)
class Pager:
    """An installation with two providers of texts and calls, `twilio` and `backup`, and where its mails go."""

    installation: Installation
    first: FakeTwilio
    backup: FakeTwilio
    smtp: FakeSmtp
    log_level: str = "info"

    @property
    def command(self) -> list[str]:
        """Return how its daemon is started."""
        folder, log = str(self.installation.folder), ("--log-format", "json", "--log-level", self.log_level)
        return [sys.executable, "-m", "pagerd", "-c", folder, "run", *log]

    @asynccontextmanager
    async def daemon(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run its daemon, and hand it over when commands reach it, too: its socket is the last of its doors."""
        log = self.installation.folder / "pagerd.log"
        async with running(self.command, log, f"{self.installation.url}/-/ready") as process:
            while (await self.cli("health"))[0]:
                await poll_again()
            yield process

    async def cli(self, *words: str) -> tuple[int, str]:
        """Run a command as dora; return its exit code and all that it said."""
        folder = str(self.installation.folder)
        return await said_by(sys.executable, "-m", "pagerd", "-c", folder, "--as", "dora", *words)

    async def known(self, *words: str) -> Any:
        """Run a command and return what it knows."""
        return json.loads((await self.cli(*words, "-o", "json"))[1])

    async def fires(self, cluster: str) -> None:
        """Raise an alert of its own group."""
        assert await raise_alert_at(self.installation.url, self.installation.token, cluster=cluster) == 200

    async def mailed(self, words: str) -> str:
        """Wait for a mail that says these words."""
        while True:
            said = " ".join(str((await self.smtp.next_mail()).parsed.get_body(("plain",)).get_content()).split())
            if words in said:
                return said

    async def troubled(self) -> dict[str, str]:
        """Return which providers are in trouble, each with its last failure."""
        known = (await self.known("status"))["providers"]
        return {f"{one['channel']}/{one['name']}": one["why"] for one in known if one["in_trouble"]}


@asynccontextmanager
async def a_pager(folder: Path) -> AsyncIterator[Pager]:
    """Run both Twilios and a mail server, and write an installation that uses them."""
    async with FakeTwilio() as first, FakeTwilio() as backup, FakeSmtp() as smtp:
        pager = installation.write(
            folder, port=free_port(), twilio_url=first.url, smtp_port=smtp.port, public_url=PUBLIC_URL
        )
        file = folder / "pagerd.yaml"
        one = re.search(r"sms: \[(\{.*\})\]", file.read_text())
        assert one is not None
        other = one[1].replace("kind: twilio", "kind: twilio, name: backup").replace(first.url, backup.url)
        file.write_text(file.read_text().replace(one[1], f"{one[1]}, {other}"))
        for twilio in (first, backup):
            twilio.reach(PUBLIC_URL, pager.url)
            twilio.inbound_url = f"{PUBLIC_URL}/api/v1/provider/sms"
        yield Pager(pager, first, backup, smtp)


def code_in(text: SentMessage) -> str:
    """Return the code that a text asks to be answered with."""
    found = re.search(r"Reply (\d\d) ack", text.body)
    assert found is not None, text.body
    return found[1]


async def test_an_account_that_is_refused_fails_over_and_a_test_page_finds_it_mended(tmp_path: Path) -> None:
    """The page goes by the backup at once, a kill forgets nothing, and one that is well again is told and used."""
    async with a_pager(tmp_path) as pager:
        pager.first.behave(Refuse(20003, 401))
        async with pager.daemon() as daemon:
            await pager.fires("eu-1")
            text = await pager.backup.next_message()
            told = await pager.mailed("sms through twilio fails")
            daemon.send_signal(signal.SIGKILL)
            await daemon.wait()
        async with pager.daemon():
            after_kill = await pager.troubled()
            _code, status = await pager.cli("status")
            pager.first.behave(Ok())
            async with asyncio.TaskGroup() as group:
                testing = group.create_task(
                    pager.cli("test-page", "--to", "ben", "--via", "sms", "--at-night", "--wait", "60s")
                )
                test = await pager.first.next_message()
                await pager.first.report_message(test, "sent")
                await pager.first.report_message(test, "delivered")
                assert await pager.first.send_inbound_sms(BEN, f"{code_in(test)} ack") == 200
            code, hops = testing.result()
            back = await pager.mailed("sms through twilio works again")
            after_test = await pager.troubled()
            people = (await pager.known("status"))["people"]

    assert (text.to, test.to) == (ANA, BEN)
    assert "Meanwhile backup takes what it carried" in told
    assert "authentication failed" in after_kill["sms/twilio"]
    assert "✗ sms/twilio is in trouble since" in status
    assert "sms/twilio" not in after_test
    assert "of trouble" in back
    assert code == 0, hops
    words = [line.split("  ")[-1] for line in hops.splitlines()[1:-1]]
    assert words[0].startswith("stored")
    assert [word.partition(":")[0] for word in words[1:]] == [
        "taken up by a sender",
        "accepted by twilio",
        "sent on by twilio to the carrier",
        "delivered, says twilio",
        "answered by ben",
    ]
    assert hops.splitlines()[-1] == "ben by sms: works, it arrived and was answered."
    [ben] = [one for one in people if one["person"] == "ben"]
    [sms] = [one for one in ben["methods"] if one["medium"] == "sms"]
    assert sms["state"] == "usable"
    assert sms["answered_at"] is not None


async def test_one_that_takes_and_never_says_so_is_followed_by_the_other_and_heard_all_the_same(tmp_path: Path) -> None:
    """It is perhaps sent, so it goes out again; a key in the first of both calls counts, a late report does no harm."""
    async with a_pager(tmp_path) as pager, pager.daemon():
        pager.first.behave(AcceptThenHang())
        await pager.fires("eu-1")
        lost = await pager.first.next_call()
        await pager.backup.next_call()
        [page] = (await pager.known("pages"))["pages"]
        while not (carried := await carriers_of(pager, page["id"])).get("voice"):
            await poll_again()
        late = await pager.first.report_message(await pager.first.next_message(), "undelivered", error_code=30003)
        key = re.search(r"Press (\d) to acknowledge", lost.said())
        assert key is not None, lost.said()
        spoken = await pager.first.press(lost, key[1])
        story = await pager.known("pages", page["id"])

    assert carried["voice"] == "backup"
    assert late == 204
    assert "Acknowledged" in spoken
    assert story["page"]["acknowledged_by"] == "ana"
    said = [entry["sentence"] for entry in story["timeline"]]
    assert any("voice to ana went through backup: twilio did not take it" in sentence for sentence in said), said


async def carriers_of(pager: Pager, page: str) -> dict[str, str]:
    """Return which provider took the message of each medium."""
    found = (await pager.known("pages", page))["notifications"]
    return {one["medium"]: one["provider"] for one in found if one["provider"]}


async def test_one_that_says_accepted_and_later_failed_gets_no_further_page(tmp_path: Path) -> None:
    """A report that blames our account is trouble, however friendly it was before; the next page goes by the other."""
    async with a_pager(tmp_path) as pager, pager.daemon():
        await pager.fires("eu-1")
        text = await pager.first.next_message()
        await pager.first.report_message(text, "undelivered", error_code=30002)
        told = await pager.mailed("sms through twilio fails")
        troubled = await pager.troubled()
        await pager.fires("eu-2")
        by_backup = await pager.backup.next_message()

    assert "the account is suspended" in told
    assert list(troubled) == ["sms/twilio"]
    assert by_backup.to == ANA
    assert len(pager.first.messages) == 1
