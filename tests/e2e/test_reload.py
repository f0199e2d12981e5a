"""A reload swaps the channels with the plan: other accounts, other tokens, other mail servers, all of it or nothing."""

import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from pagerd.engine.clock import SystemClock
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import TOKEN, FakeTwilio, PlacedCall, SentMessage
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

PUBLIC_URL = "https://pager.example.com"
NEW_TOKEN = "fake-promoted-token"


def command(pager: Installation) -> list[str]:
    """Return how the daemon of an installation is started."""
    return [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json"]


async def cli(pager: Installation, *words: str) -> tuple[int, str]:
    """Run a command as dora; return its exit code and all that it said."""
    return await said_by(sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", "dora", *words)


async def status_of(pager: Installation) -> dict[str, Any]:
    """Return what `pagerd status` knows."""
    _code, said = await cli(pager, "status", "-o", "json")
    return dict(json.loads(said))


async def raise_alert(pager: Installation, cluster: str) -> None:
    """Raise an alert of its own group, so that it opens a page."""
    labels = {"alertname": "PaymentsErrors", "service": "payments-api", "cluster": cluster}
    alert = {"labels": labels, "annotations": {"summary": "Checkout fails"}}
    headers = {"Authorization": f"Bearer {pager.token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{pager.url}/api/v1/alerts/tools", json=alert, headers=headers) as response,
    ):
        assert response.status == 200


def change(file: Path, *pairs: tuple[str, str]) -> None:
    """Change words of a file, each of which must be there."""
    text = file.read_text()
    for old, new in pairs:
        assert old in text, f"{old!r} is not in {file.name}"
        text = text.replace(old, new)
    file.write_text(text)


async def report(twilio: FakeTwilio, message: SentMessage, *, token: str) -> int:
    """Let Twilio report about a text, signed with this token; return the status of pagerd's answer."""
    twilio.token = token
    return await twilio.report_message(message, "sent")


async def test_accounts_tokens_and_mail_servers_are_swapped(tmp_path: Path) -> None:
    """After a reload texts, calls and mails go the new way, either token verifies, and nothing of the old is kept."""
    async with FakeTwilio() as old, FakeTwilio(token=NEW_TOKEN) as new, FakeSmtp() as old_smtp, FakeSmtp() as new_smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=old.url, smtp_port=old_smtp.port, public_url=PUBLIC_URL
        )
        for twilio in (old, new):
            twilio.reach(PUBLIC_URL, pager.url)
        settings = tmp_path / "pagerd.yaml"
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            await raise_alert(pager, "before")
            first = await old.next_message()
            await old_smtp.next_mail()
            new.know(first)
            refused_before = await report(new, first, token=NEW_TOKEN)

            (tmp_path / "new.token").write_text(NEW_TOKEN + "\n")
            change(
                settings,
                (f'"{old.url}"', f'"{new.url}"'),
                ("[twilio.token]", "[new.token, twilio.token]"),
                (f"port: {old_smtp.port},", f"port: {new_smtp.port},"),
            )
            code, _ = await cli(pager, "reload")
            await old_smtp.all_gone()
            before = len(old.messages), len(old.calls), len(old_smtp.mails)
            await raise_alert(pager, "after")
            second = await new.next_message()
            call: PlacedCall = await new.next_call()
            await new_smtp.next_mail()
            with_either = [await report(new, second, token=token) for token in (NEW_TOKEN, TOKEN)]

            change(settings, ("[new.token, twilio.token]", "[new.token]"))
            await cli(pager, "reload")
            with_old_alone = await report(new, second, token=TOKEN)
            with_new_alone = await report(new, second, token=NEW_TOKEN)
            after = len(old.messages), len(old.calls), len(old_smtp.mails)

    assert refused_before == 403
    assert code == 0
    assert call.to == second.to
    assert with_either == [204, 204]
    assert (with_old_alone, with_new_alone) == (403, 204)
    assert after == before


async def test_a_secret_is_read_again_from_its_file(tmp_path: Path) -> None:
    """A token that changed in its file is used from the reload on, though no file of the config changed."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=PUBLIC_URL
        )
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            twilio.token = NEW_TOKEN
            (tmp_path / "twilio.token").write_text(NEW_TOKEN + "\n")
            code, _ = await cli(pager, "reload")
            await raise_alert(pager, "eu-1")
            text = await twilio.next_message()

    assert code == 0
    assert text.to == "+351912000001"


async def test_the_public_url_is_swapped(tmp_path: Path) -> None:
    """Without it from now on: no address to call back, callbacks fail closed, and replies are fetched instead."""
    async with FakeTwilio(now=SystemClock().now) as twilio, FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=PUBLIC_URL
        )
        twilio.reach(PUBLIC_URL, pager.url)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            await raise_alert(pager, "before")
            first = await twilio.next_message()
            reported = await twilio.report_message(first, "sent")
            change(tmp_path / "pagerd.yaml", (f"public_url: {PUBLIC_URL}", "poll_every: 1s"))
            code, _ = await cli(pager, "reload")
            refused = await twilio.report_message(first, "delivered")
            await twilio.send_inbound_sms(first.to, "list")
            answer = await twilio.next_message()
            while answer.field("StatusCallback") is not None:  # the secondary was texted before the reload
                answer = await twilio.next_message()

    assert first.field("StatusCallback") is not None
    assert (reported, code, refused) == (204, 0, 503)
    assert answer.field("StatusCallback") is None
    assert "PaymentsErrors" in answer.body


async def test_a_channel_that_cannot_be_opened_keeps_everything(tmp_path: Path) -> None:
    """A secret that is missing leaves plan and channels as they are; the answer, the status and dora hear why."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=PUBLIC_URL
        )
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            before = await status_of(pager)
            change(tmp_path / "pagerd.yaml", ("[twilio.token]", "[missing.token]"), ("settle: 2s", "settle: 3s"))
            code, said = await cli(pager, "reload")
            told = (await smtp.next_mail()).parsed
            known = await status_of(pager)
            await raise_alert(pager, "eu-1")
            text = await twilio.next_message()
            (tmp_path / "missing.token").write_text(TOKEN + "\n")
            mended_code, _ = await cli(pager, "reload")
            mended = await status_of(pager)

    assert code == 1
    assert "E610" in said
    assert "missing.token" in said
    assert told["To"] == "dora@example.com"
    assert "missing.token" in told.get_body(("plain",)).get_content()
    assert (known["revision"], known["plan_ok"]) == (before["revision"], False)
    assert text.to == "+351912000001"
    assert mended_code == 0
    assert mended["plan_ok"] is True
    assert mended["revision"] != before["revision"]


async def test_what_needs_a_restart_is_named(tmp_path: Path) -> None:
    """An address and a database that changed are not in force, and everybody who asks hears so."""
    async with FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url=PUBLIC_URL
        )
        log = tmp_path / "pagerd.log"
        async with running(command(pager), log, f"{pager.url}/-/ready"):
            good = (tmp_path / "pagerd.yaml").read_text()
            change(tmp_path / "pagerd.yaml", (f":{pager.port}]", f":{pager.port}, 127.0.0.1:{free_port()}]"))
            with (tmp_path / "pagerd.yaml").open("a") as file:
                file.write("store: sqlite:other.db\n")
            code, said = await cli(pager, "reload")
            known = await status_of(pager)
            (tmp_path / "pagerd.yaml").write_text(good)
            await cli(pager, "reload")
            back = await status_of(pager)
            while "config.needs_restart" not in log.read_text():
                await poll_again()

    assert code == 0
    assert "listen needs a restart" in said
    assert "store needs a restart" in said
    assert known["needs_restart"] == ["listen", "store"]
    assert any("listen, store changed" in warning for warning in known["warnings"])
    assert back["needs_restart"] == []
    assert not (tmp_path / "other.db").exists()


async def shown_by(pager: Installation, *words: str) -> tuple[dict[str, tuple[str, str]], bool]:
    """Return what `config show` says is in force, and whether those are the files as they stand."""
    # With -c the files would be meant, not the daemon.
    where = ("env", f"PAGERD_CONFIG={pager.folder}", sys.executable, "-m", "pagerd")
    _code, said = await said_by(*where, "config", "show", *words, "-o", "json")
    shown = json.loads(said[said.index("{") : said.rindex("}") + 1])
    return {one["name"]: (one["value"], one["origin"]) for one in shown["values"]}, shown["plan_ok"]


async def test_what_is_in_force_is_shown_while_the_files_are_broken(tmp_path: Path) -> None:
    """With its places in the files as they were, what waits for a restart, and also after a start on broken files.

    The database is where `pagerd.yaml` says, whatever is wrong with the file of a team.
    """
    async with FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url=PUBLIC_URL
        )
        settings = tmp_path / "pagerd.yaml"
        change(settings, ("version: 1", "version: 1\nstore: sqlite:kept/pagerd.db"))
        (tmp_path / "kept").mkdir()
        silence = ("silence", "add", 'service="payments-api"', "--for", "1h", "--why", "migration", "--yes")
        async with running(command(pager), tmp_path / "first.log", f"{pager.url}/-/ready"):
            listened, good = f"[127.0.0.1:{pager.port}]", settings.read_text()
            change(settings, (listened, f"[127.0.0.1:{free_port()}]"))
            await cli(pager, "reload")
            waiting, _ = await shown_by(pager)
            settings.write_text(good)
            await cli(pager, "reload")
            await cli(pager, *silence)
            change(tmp_path / "rotations/payments.yaml", ("team_lead: dora", "team_leed: ben"))
            await cli(pager, "reload")
            kept, kept_ok = await shown_by(pager, "payments")
        async with running(command(pager), tmp_path / "second.log", f"{pager.url}/-/ready"):
            again, again_ok = await shown_by(pager, "payments")

    assert waiting["settings.listen"] == (listened, "since the start; pagerd.yaml:4 waits for a restart")
    assert (kept_ok, again_ok) == (False, False)
    assert kept["settings.listen"] == (listened, "pagerd.yaml:4")
    assert kept["teams.payments.team_lead"] == ("dora", "rotations/payments.yaml:7")
    assert [origin for name, (_, origin) in kept.items() if name.startswith("stored.silences.")] == ["command of dora"]
    assert again == kept
