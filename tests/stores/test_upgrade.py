"""A database of an earlier pagerd, opened by this one."""

import shutil
from datetime import timedelta

from pagerd.stores.migrations import SCHEMA_DIRECTORY
from pagerd.stores.records import stored
from pagerd.stores.records.columns import micros
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NOON


async def test_plans_from_before_are_known_from_their_last_time_on(tmp_path):
    """Until 0004 a revision had one time only; what was in force then is asked for like any other."""
    before = tmp_path / "schema"
    before.mkdir()
    for file in sorted(SCHEMA_DIRECTORY.glob("000[1-3]_*.sql")):
        shutil.copy(file, before)
    store = SqliteStore.open(tmp_path / "pagerd.db", migrations=before)

    async def put(c):
        await c.execute(
            "INSERT INTO plans (revision, loaded_at, files) VALUES ($1, $2, $3)", "old", micros(NOON), '{"a.yaml":"1"}'
        )

    await store.write(put)
    await store.close()
    store = SqliteStore.open(tmp_path / "pagerd.db")
    try:
        after = NOON + timedelta(hours=1)
        await store.write(lambda c: stored.put_plan(c, "new", after, {}))

        times = (NOON - timedelta(seconds=1), NOON, after - timedelta(seconds=1), after)
        found = [await store.read(lambda c, at=at: stored.revision_at(c, at)) for at in times]
        assert found == [None, "old", "old", "new"]
        assert await store.read(lambda c: stored.files_of(c, "old")) == {"a.yaml": "1"}
        assert await store.read(lambda c: stored.files_of(c, "none")) is None
    finally:
        await store.close()
