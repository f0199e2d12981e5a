"""Failovers with real servers and real nodes: what was answered 2xx is there afterwards, and was told in time.

The tests share one pair of servers and two nodes, and each leaves them whole. One pass in CI, twenty with
`--share=proof`; what they measured is printed, and collected by `make proof`.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import aiohttp
import pytest
import pytest_asyncio

import pagerd
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from tests.channels.fake_smtp import Mode
from tests.e2e.cluster import ClusterOnPair, claimed_at, two_nodes_on_a_pair
from tests.e2e.processes import poll_again
from tests.figures import note
from tests.postgres.pair import ask
from tests.share import in_share

ROUNDS = in_share(ci=1, proof=20)
ROUND_SECONDS = 60
ENOUGH = 20
"""Alerts that are answered before and after each fault."""

pytestmark = [pytest.mark.timeout(120 + ROUNDS * ROUND_SECONDS), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def cluster(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ClusterOnPair]:
    """A pair and two nodes, for all tests of this module."""
    async with two_nodes_on_a_pair(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def _whole(request: pytest.FixtureRequest, cluster: ClusterOnPair) -> Iterator[None]:
    """Try nothing on what an earlier test may have left broken: it would only hang."""
    if cluster.is_suspect:
        pytest.fail("an earlier test of this module failed, and may have left a server or a node broken")
    before = request.session.testsfailed
    yield
    cluster.is_suspect = request.session.testsfailed > before


def now() -> float:
    """Return the time on the loop's clock."""
    return asyncio.get_running_loop().time()


@dataclass
class Seen:
    """What several rounds of one fault measured."""

    what: str
    lost: set[int] = field(default_factory=set)
    late: list[float] = field(default_factory=list)
    resumed: list[float] = field(default_factory=list)
    duplicates: int = 0
    in_the_air: int = 0

    def hold(self, *, resumed: float | None = None, late: float) -> None:
        """Write the figures down, and hold them to their goals."""
        n = len(self.late)
        figures = [
            note(f"{self.what}: acknowledged alerts lost", len(self.lost), n=n, at_most=0),
            note(f"{self.what}: messages sent twice; the goal is how many were in the air", self.duplicates, n=n,
                 at_most=self.in_the_air),
            note(f"{self.what}: a page delayed, worst", max(self.late), n=n, unit="s", at_most=late),
        ]  # fmt: skip
        note(f"{self.what}: a page delayed, median of the worst of each round", median(self.late), n=n, unit="s")
        if resumed is not None:
            what = f"{self.what}: writes resume after promotion, worst"
            figures.append(note(what, max(self.resumed), n=n, unit="s", at_most=resumed))

        assert [figure for figure in figures if not figure.is_met] == []


async def fail_over(cluster: ClusterOnPair, seen: Seen, *, hung: bool) -> None:
    """Lose the primary under load, promote, let the old one come back as it was, and make a standby of it."""
    pair, before = cluster.pair, cluster.duplicates
    async with cluster.load() as load:
        await load.answered_more(ENOUGH)
        old = pair.primary
        if hung:
            pair.freeze(old)
        else:
            await pair.kill(old)
        await pair.promote()
        seen.resumed.append(await load.resumed_after(now()))
        await pair.bring_back(old)
        seen.in_the_air += await claimed_at(old)
        await load.answered_more(ENOUGH)
    assert load.refused <= {503}
    seen.late.append(max((await cluster.settled(load)).values()))
    seen.lost |= await cluster.lost(load)
    seen.duplicates += cluster.duplicates - before
    await pair.rejoin(old)


async def test_a_primary_is_killed_and_comes_back(cluster: ClusterOnPair) -> None:
    """Killed and replaced under load, the old primary comes back believing in itself, and not one alert is lost."""
    seen = Seen("primary killed")
    for _ in range(ROUNDS):
        await fail_over(cluster, seen, hung=False)

    seen.hold(resumed=3, late=15)


async def test_a_primary_hangs_and_wakes(cluster: ClusterOnPair) -> None:
    """A primary that stands still is given up by its deadline; woken, it finds nobody who believes it."""
    seen = Seen("primary hung")
    for _ in range(ROUNDS):
        await fail_over(cluster, seen, hung=True)

    seen.hold(resumed=5, late=15)


async def test_a_node_that_starts_finds_the_right_primary(cluster: ClusterOnPair) -> None:
    """It has seen no primary yet, and one that was replaced takes connections as before, but promises nothing."""
    one, pair = cluster.nodes[0], cluster.pair
    old = pair.primary
    await pair.kill(old)
    await pair.promote()
    await pair.bring_back(old)
    await one.stop()
    await one.start()
    async with cluster.load(one) as load:
        began = now()
        took = await load.resumed_after(began)
        await load.answered_more(ENOUGH)
    await cluster.settled(load)
    await pair.rejoin(old)

    note("a node started beside an old primary: until it takes alerts", took, n=1, unit="s", at_most=5)
    assert took <= 5


CANCEL = "SELECT count(pg_cancel_backend(pid)) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


async def test_a_wait_for_the_standby_that_is_cancelled_is_503(cluster: ClusterOnPair) -> None:
    """PostgreSQL says COMMIT all the same; whoever raised the alert is told to send it again."""
    pair, node = cluster.pair, cluster.nodes[0]
    await pair.kill(pair.standby)
    headers = {"Authorization": f"Bearer {node.files.token}"}
    alert = {"labels": {"alertname": "Load99999", "team": "payments"}, "annotations": {"summary": "It fails"}}

    async def status() -> int:
        url = f"{node.files.url}/api/v1/alerts/tools"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json={"alerts": [alert]}, headers=headers) as response,
        ):
            return response.status

    async with asyncio.TaskGroup() as group:
        answering = group.create_task(status())
        while not answering.done():
            await ask(pair.primary, CANCEL, database="postgres")
    assert answering.result() == 503

    await pair.rejoin(pair.standby)
    while await status() != 200:
        await poll_again()


async def cut_off(cluster: ClusterOnPair, seen: Seen) -> None:
    """Cut a node off from the database while its mail server keeps it waiting, so that it has messages in the air."""
    lost, before = cluster.nodes[0], cluster.duplicates
    async with cluster.load() as load:
        await load.answered_more(ENOUGH)
        lost.smtp.mode = Mode.HANG_AT_RCPT
        await load.answered_more(ENOUGH)
        seen.in_the_air += await claimed_at(cluster.pair.primary)
        lost.cut()
        lost.smtp.mode = Mode.OK
        await load.answered_more(ENOUGH)
    assert load.refused <= {503}
    seen.late.append(max((await cluster.settled(load)).values()))
    lost.mend()
    async with cluster.load(lost) as load_after:
        await load_after.answered_more(ENOUGH)
    await cluster.settled(load_after)
    seen.lost |= await cluster.lost(load) | await cluster.lost(load_after)
    seen.duplicates += cluster.duplicates - before


async def test_a_node_is_cut_off_and_comes_back(cluster: ClusterOnPair) -> None:
    """The other one takes up what it had, in time; back again, it sends nothing that was sent meanwhile."""
    seen = Seen("node cut off from the database")
    for _ in range(ROUNDS):
        await cut_off(cluster, seen)

    seen.hold(late=10)


def write_next_version(folder: Path) -> Path:
    """Write a pagerd whose schema is one migration further, that this one can live with; return what its path is."""
    shutil.copytree(Path(pagerd.__file__).parent, folder / "pagerd", ignore=shutil.ignore_patterns("__pycache__"))
    newest = load(SCHEMA_DIRECTORY, "postgres")[-1].number
    schema = folder / "pagerd/stores/schema" / f"{newest + 1:04}_next.sql"
    schema.write_text(
        f"-- compatible: {newest}\n"
        "ALTER TABLE alerts ADD COLUMN next TEXT NOT NULL DEFAULT '';\n"
        "CREATE INDEX alerts_next ON alerts (next) WHERE next <> '';\n"
    )
    return folder


async def test_two_versions_side_by_side(cluster: ClusterOnPair, tmp_path: Path) -> None:
    """A newer pagerd changes the schema under load, the older goes on; then the primary is lost, and either node."""
    seen = Seen("two versions, primary killed")
    older, newer = cluster.nodes
    newest = load(SCHEMA_DIRECTORY, "postgres")[-1].number
    async with cluster.load(older) as load_meanwhile:
        await newer.stop()
        newer.environment["PYTHONPATH"] = str(write_next_version(tmp_path / "next"))
        await newer.start()
        await load_meanwhile.answered_more(ENOUGH)
    await cluster.settled(load_meanwhile)
    schemas = await cluster.rows("SELECT DISTINCT schema FROM nodes ORDER BY schema")
    assert [schema for (schema,) in schemas] == [newest, newest + 1]

    for _ in range(ROUNDS):
        await fail_over(cluster, seen, hung=False)
    for node in in_share(ci=(older,), proof=cluster.nodes * ROUNDS):
        async with cluster.load() as load_of_both:
            await load_of_both.answered_more(ENOUGH)
            await node.kill()
            await load_of_both.answered_more(ENOUGH)
            await node.start()
            await load_of_both.answered_more(ENOUGH)
        seen.late.append(max((await cluster.settled(load_of_both)).values()))
        seen.lost |= await cluster.lost(load_of_both)

    seen.hold(resumed=3, late=15)
