"""Files that people break in a hurry: whatever is wrong with them, what was in force pages on."""

import asyncio
import random  # noqa: TID251  # seeded, so that what fails can be seen again
import sys
from pathlib import Path

import aiohttp
import pytest

from pagerd.config.directory import read_directory
from pagerd.config.load import load
from pagerd.engine.clock import SystemClock
from tests.channels.fake_twilio import FakeTwilio
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by
from tests.figures import note
from tests.ports import free_port
from tests.share import in_share

MUTATIONS = in_share(ci=12, proof=500)
TOLD_SECONDS = 15

pytestmark = pytest.mark.timeout(in_share(ci=240, proof=7_200))

SCRAPS = (
    *("[[[", "no", "~", "-5m", "Europe", "{}", "*a", "!!python/object:os.system x", "99999999999h", "'", "ana, nobody"),
    *("", "\t", "2026-02-30", "../../etc/passwd", "primary"),
)


def broken(folder: Path, draw: random.Random) -> tuple[Path, str]:
    """Return a file and a text for it with which nothing can be put into force: a line dropped, doubled or spoiled."""
    files = sorted([*folder.glob("r*/*.yaml"), folder / "pagerd.yaml"])
    while True:
        path = draw.choice(files)
        good = path.read_text()
        lines = good.splitlines()
        at = draw.randrange(len(lines))
        key, colon, _ = lines[at].partition(":")
        spoiled = (f"{key}{colon} {draw.choice(SCRAPS)}", draw.choice(SCRAPS), key[: len(key) // 2], f"{lines[at]} x")
        match draw.choice(("drop", "double", "spoil", "cut")):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "cut":
                lines[at:] = [lines[at][: draw.randrange(len(lines[at]) + 1)]]
            case _:
                lines[at] = draw.choice(spoiled)
        text = "\n".join(lines) + "\n"
        path.write_text(text)
        is_broken = load(read_directory(folder), now=SystemClock().now()).plan is None
        path.write_text(good)
        if is_broken:
            return path, text


async def pages_on(pager: Installation, twilio: FakeTwilio, http: aiohttp.ClientSession, cluster: str) -> bool:
    """Raise an alert of its own page and end it again; was ana told?"""
    labels = {"alertname": "PaymentsErrors", "service": "payments-api", "cluster": cluster}
    headers = {"Authorization": f"Bearer {pager.token}"}
    for status in ("firing", "resolved"):
        alert = {"status": status, "labels": labels, "annotations": {"summary": "Checkout fails"}}
        async with http.post(f"{pager.url}/api/v1/alerts/tools", json=alert, headers=headers) as answer:
            if answer.status != 200:
                return False
        try:
            async with asyncio.timeout(TOLD_SECONDS):
                while not any(f"{cluster} " in text.body or f"{cluster}\n" in text.body for text in twilio.messages):
                    await poll_again()
        except TimeoutError:
            return False
    return True


async def test_broken_files_change_nothing_but_what_is_said(tmp_path: Path) -> None:
    """Each is refused with 409, the revision stays, and the next alert is told to whom it would have been told."""
    draw = random.Random(1)
    silent: list[str] = []
    taken: list[str] = []
    async with FakeTwilio() as twilio, aiohttp.ClientSession() as http:
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=9, public_url="https://pager.example.com"
        )
        pagerd = (sys.executable, "-m", "pagerd", "-c", str(tmp_path))
        async with running((*pagerd, "run", "--log-level", "error"), tmp_path / "log", f"{pager.url}/-/ready"):
            _, said = await said_by(*pagerd, "--as", "dora", "token", "create", "dora", "test", "--scope", "admin")
            headers = {"Authorization": f"Bearer {said.split()[0]}"}
            for number in range(MUTATIONS):
                path, text = broken(tmp_path, draw)
                good = path.read_text()
                path.write_text(text)
                async with http.post(f"{pager.url}/-/reload", headers=headers) as answer:
                    if answer.status != 409:
                        taken.append(f"{answer.status} for {path.name}:\n{text}")
                if not await pages_on(pager, twilio, http, f"m{number:04}"):
                    silent.append(f"{path.name}:\n{text}")
                path.write_text(good)
            async with http.post(f"{pager.url}/-/reload", headers=headers) as answer:
                mended = answer.status
    note("broken config files: what was in force did not page on", len(silent), n=MUTATIONS, at_most=0)
    note("broken config files: put into force", len(taken), n=MUTATIONS, at_most=0)

    assert mended == 200
    assert silent == []
    assert taken == []
