"""What a first start makes: the state directory and tokens for sources whose token files do not exist yet."""

import os
import secrets
from pathlib import Path

import structlog

from pagerd.config.settings import Settings

log = structlog.get_logger()

TOKEN_PREFIX = "pgs_"  # noqa: S105  # the beginning of every source token, so that scanners can find a leaked one


STATE_MODE = 0o711
"""Whoever has an account here may go through to the socket, where the kernel says who they are, and sees nothing else:
each file beside it is ours alone."""


def make_state_directory(state: Path) -> None:
    """Make the state directory where it is missing; one that exists keeps its mode. Raises OSError."""
    state.parent.mkdir(parents=True, exist_ok=True)
    try:
        state.mkdir()
    except FileExistsError:
        if not state.is_dir():
            raise
    else:
        state.chmod(STATE_MODE)  # whatever the umask says


def prepare(settings: Settings, directory: Path) -> None:
    """Make what is missing. A token file is made only inside the state directory: elsewhere somebody else owns it."""
    state = settings.state_path(directory)
    make_state_directory(state)
    for source in settings.sources.values():
        for file in source.token_files:
            path = file.path(directory, None) if not file.reference.startswith("credential:") else None
            if path is None or path.exists() or not path.resolve().is_relative_to(state.resolve()):
                continue
            _write_secret(path, TOKEN_PREFIX + secrets.token_urlsafe(32))
            log.info("token.made", source=source.id, file=str(path))


def _write_secret(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
