"""Which commit the config directory is at, when it lies in git."""

import subprocess
from pathlib import Path

ANSWER_SECONDS_MAX = 5.0
"""git answers in milliseconds; a repository on a lost network disk must not keep a pager from starting."""


def git_revision(directory: Path) -> str | None:
    """Return the commit of the directory, marked when files differ from it, or None outside git."""
    ask = ["git", "-C", str(directory), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, timeout=ANSWER_SECONDS_MAX, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None
