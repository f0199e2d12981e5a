"""What a first start makes: the state directory and tokens for sources whose token files do not exist yet."""

import os
import secrets
from pathlib import Path

import structlog

from pagerd.config.settings import Settings

log = structlog.get_logger()

TOKEN_PREFIX = "pgs_"  # noqa: S105  # the beginning of every source token, so that scanners can find a leaked one


def prepare(settings: Settings, directory: Path) -> None:
    """Make what is missing. A token file is made only inside the state directory: elsewhere somebody else owns it."""
    state = settings.state_path(directory)
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
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
