"""What everything is kept in is opened by the settings, and nothing is loaded that is not wanted."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from pagerd.config.settings import PostgresSettings, Settings
from pagerd.daemon import driver, stores
from pagerd.engine.clock import SystemClock
from pagerd.stores.base import StoreUnusable


async def test_a_missing_driver_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installed pagerd without the extra reads what to install."""
    monkeypatch.setattr(driver, "find_spec", lambda name: None if name == "asyncpg" else find_spec(name))
    settings = Settings(store=PostgresSettings(hosts=(("127.0.0.1", 1),), database="pagerd", user="pagerd"))

    with pytest.raises(StoreUnusable, match=r"pip install 'pagerd\[postgres\]'"):
        await stores.open_store(settings, tmp_path, SystemClock())


def test_a_file_needs_no_driver(tmp_path: Path) -> None:
    """Starting on a file, and examining it, load nothing of PostgreSQL."""
    program = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from pagerd.config.settings import Settings\n"
        "from pagerd.daemon import doctor, start, stores\n"
        "from pagerd.engine.clock import SystemClock\n"
        "async def main():\n"
        "    opened = await stores.open_store(Settings(), Path(sys.argv[1]), SystemClock())\n"
        "    await opened.store.close()\n"
        "asyncio.run(main())\n"
        "print([name for name in sys.modules if 'asyncpg' in name or 'postgres' in name])\n"
    )

    said = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)

    assert said.stdout.splitlines()[-1] == "[]"
