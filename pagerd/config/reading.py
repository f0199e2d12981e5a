"""From a config directory on disk to what became of it: the one way in for the daemon and for the command line."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pagerd.config.checkout import git_revision
from pagerd.config.directory import DirectoryRefused, read_directory
from pagerd.config.load import Loaded, load


def read_config(directory: Path, now: datetime, *, proves: bool = False) -> tuple[Mapping[str, str], Loaded]:
    """Return the texts that could be read and what they come to. What is wrong is a finding; nothing is raised.

    Where some files cannot be read, what is wrong with the others is found in the same run. `proves` is that of `load`.
    """
    try:
        files = read_directory(directory)
    except DirectoryRefused as refused:
        return refused.files, load(refused.files, now=now, unread=refused.findings)
    return files, load(files, now=now, git_revision=git_revision(directory), proves=proves)
