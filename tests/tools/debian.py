"""Real programs for tests: what `make tools` unpacked of Debian's packages, or what this machine has."""

import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / ".debian"

# The programs by name, each with the tool of tests/tools/fetch_debian.sh that brings it.
TOOLS = {
    "amtool": "prometheus-alertmanager",
    "chromium": "chromium",
    "initdb": "postgresql",
    "pg_basebackup": "postgresql",
    "pgbouncer": "pgbouncer",
    "postgres": "postgresql",
    "prometheus": "prometheus",
    "prometheus-alertmanager": "prometheus-alertmanager",
    "promtool": "prometheus",
    "systemd-analyze": "systemd",
    "wrk": "wrk",
}


def binary(name: str, folder: Path = FOLDER) -> Path:
    """Return the path of a program that runs here, or skip the test with the reason why there is none.

    What was fetched comes first: its version is known to the tests. A program of the machine serves where nothing could
    be fetched.
    """
    tool = TOOLS[name]
    fetched = folder / "bin" / name
    if os.access(fetched, os.X_OK):
        return fetched
    if installed := shutil.which(name):
        return Path(installed)
    pytest.skip(f"no {name}: {why_not(tool, folder)}")


def why_not(tool: str, folder: Path = FOLDER) -> str:
    """Say why a tool could not be had."""
    try:
        return (folder / f"UNAVAILABLE-{tool}").read_text().strip()
    except FileNotFoundError:
        return "it was not fetched; `make tools` does"
