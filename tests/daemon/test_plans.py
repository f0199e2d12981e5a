"""What a daemon runs on when its own files are broken at a start."""

from pathlib import Path

import pytest

from pagerd.daemon import plans
from pagerd.engine.clock import VirtualClock
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NOON
from tests.e2e import installation

SHARED = "store: {postgres: {hosts: [db], database: pagerd, user: pagerd}}\n"


@pytest.mark.parametrize(("store", "port"), [(SHARED, 2), ("", 1)])
async def test_the_last_good_plan_moves_no_node(tmp_path: Path, store: str, port: int) -> None:
    """Of several nodes another one may have stored it: where this one listens its own file says, if it can be read."""
    one, other = tmp_path / "one", tmp_path / "other"
    for number, folder in ((1, one), (2, other)):
        installation.write(folder, port=number, twilio_url=None, smtp_port=1, public_url=None)
        settings = folder / "pagerd.yaml"
        settings.write_text(settings.read_text() + store)
    kept = SqliteStore.in_memory()
    clock = VirtualClock(NOON)
    await plans.at_start(kept, one, clock)
    (other / "rules/payments.yaml").write_text("team: [\n")
    in_force = await plans.at_start(kept, other, clock)

    assert not in_force.is_current
    assert in_force.settings.listen[0].port == port
