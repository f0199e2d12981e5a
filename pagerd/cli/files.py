"""The config files as a command reads them: no daemon, no network, nothing but the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pagerd.cli.times import now
from pagerd.config.findings import errors
from pagerd.config.load import Loaded
from pagerd.config.reading import read_config
from pagerd.config.settings import Settings
from pagerd.core.errors import InvalidPlan, Unreadable
from pagerd.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Files:
    """The texts of a directory, and what they come to."""

    texts: Mapping[str, str]
    loaded: Loaded


def read(directory: str, *, proves: bool = False) -> Files:
    """Read a config directory. What is wrong with it stands in the findings. Raises Unreadable for no directory.

    With `proves` they have what the calendar of the next 400 days has, too.
    """
    path = Path(directory)
    if not path.is_dir():
        raise Unreadable(f"reading the config files: {directory} is not a directory")
    return Files(*read_config(path, now(), proves=proves))


def plan_of(directory: str) -> Plan:
    """Return the plan of a directory without errors. Raises InvalidPlan that says how many there are."""
    return _usable(directory)[0]


def settings_of(directory: str) -> Settings:
    """Return the settings of a directory without errors. Raises InvalidPlan that says how many there are."""
    return _usable(directory)[1]


def both(directory: str) -> tuple[Plan, Settings]:
    """Return plan and settings of a directory without errors. Raises InvalidPlan that says how many there are."""
    return _usable(directory)


def _usable(directory: str) -> tuple[Plan, Settings]:
    files = read(directory)
    if files.loaded.plan is None or files.loaded.settings is None:
        broken = errors(files.loaded.findings)
        raise InvalidPlan(
            f"the config files in {directory} cannot be used: {broken[0].span}: {broken[0].message}"
            f"{f', and {len(broken) - 1} more' if len(broken) > 1 else ''}\n`pagerd check {directory}` shows it"
        )
    return files.loaded.plan, files.loaded.settings
