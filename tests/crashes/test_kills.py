"""kill -9 at random moments under load, again and again on one database."""

import asyncio
import json
import random  # noqa: TID251  # seeded, so that what fails can be seen again
from pathlib import Path

import aiohttp
import pytest

from tests.crashes import night
from tests.crashes.daemons import Zygote, zygote
from tests.crashes.night import PUBLIC_URL, Twilio, query
from tests.e2e.installation import RULES_OF_LOAD
from tests.e2e.processes import poll_again
from tests.figures import note
from tests.share import in_share

KILLS = in_share(ci=15, proof=300)
SENDERS = 8
SECONDS_MAX = 1.0
"""A daemon of these lives this long at most once it answers; some die while they start."""


class Load:
    """Raises alerts without end, each its own page, and knows which were answered 2xx."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self._http, self._url = http, f"{url}/api/v1/alerts/tools"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._last = 0
        self.accepted: set[str] = set()

    async def send_on(self) -> None:
        """Raise one after the other; what was not answered is not asked after."""
        while True:
            self._last += 1
            name = f"Load{self._last:06}"
            labels = {"alertname": name, "team": "payments"}
            body = json.dumps({"alerts": [{"labels": labels, "annotations": {"summary": "It fails"}}]})
            try:
                async with self._http.post(self._url, data=body, headers=self._headers) as response:
                    if response.status < 300:
                        self.accepted.add(name)
            except (aiohttp.ClientError, ConnectionError):
                await poll_again()


async def kill_again_and_again(daemons: Zygote, folder: Path, load: Load) -> set[str]:
    """Kill as often as is wanted, under load; return the notifications that were in the air at any of the deaths."""
    draw = random.Random(1)
    in_the_air: set[str] = set()
    for _ in range(KILLS):
        daemon = await daemons.fork(folder)
        before = len(load.accepted)
        while len(load.accepted) == before and draw.random() > 0.05:  # now and then it dies while it starts
            await poll_again()
        with_load = asyncio.get_running_loop().time() + draw.random() * SECONDS_MAX
        while asyncio.get_running_loop().time() < with_load:
            await poll_again()
        await daemon.kill()
        rows = query(folder, "SELECT id FROM notifications WHERE status = 'claimed'")
        in_the_air |= {str(row[0]) for row in rows}
    return in_the_air


@pytest.mark.timeout(in_share(ci=180, proof=28_800))
async def test_killed_again_and_again_it_loses_nothing(tmp_path: Path) -> None:
    """Whatever was accepted is on disk and was told to a human; only what was in the air was sent twice."""
    async with Twilio() as twilio, zygote() as daemons, aiohttp.ClientSession() as http:
        pager = night.write(tmp_path, twilio.url)
        (tmp_path / "rules/payments.yaml").write_text(RULES_OF_LOAD)
        twilio.reach(PUBLIC_URL, pager.url)
        load = Load(http, pager.url, pager.token)
        async with asyncio.TaskGroup() as group:
            senders = [group.create_task(load.send_on()) for _ in range(SENDERS)]
            in_the_air = await kill_again_and_again(daemons, tmp_path, load)
            for one in senders:
                one.cancel()
        last = await daemons.fork(tmp_path)
        untold = (
            "SELECT count(*) FROM pages p WHERE NOT EXISTS"
            " (SELECT 1 FROM notifications n WHERE n.page_id = p.id AND n.provider_id IS NOT NULL)"
        )
        while query(tmp_path, untold) != [(0,)]:
            await poll_again()
        await last.kill()
        bodies = " ".join(str(row[0]) for row in query(tmp_path, "SELECT body FROM alerts"))

    times: dict[str, int] = {}
    for text in twilio.messages:
        one = str(text.field("StatusCallback")).rpartition("/")[2]
        times[one] = times.get(one, 0) + 1
    twice = {one for one, count in times.items() if count > 1}
    lost = {name for name in load.accepted if name not in bodies}
    note("kill -9 under load: alerts accepted", len(load.accepted), n=KILLS)
    note("kill -9 under load: accepted alerts lost", len(lost), n=KILLS, at_most=0)
    note("kill -9 under load: sent twice, and not in the air at a kill", len(twice - in_the_air), n=KILLS, at_most=0)
    note("kill -9 under load: sent twice", len(twice), n=KILLS, at_most=len(in_the_air))
    assert len(load.accepted) >= KILLS
    assert not lost
    assert twice <= in_the_air
