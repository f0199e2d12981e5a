"""Puts the files of an import into a config directory: all of them or none, and never over what somebody wrote."""

import os
from collections.abc import Mapping
from pathlib import Path

from pagerd.core.errors import Conflict
from pagerd.importers.writing import Texts, is_unedited

DIRECTORY_MODE, FILE_MODE = 0o750, 0o640
"""Phone numbers are for pagerd and its group."""


def wanted(directory: Path, texts: Texts) -> Mapping[str, str]:
    """Return the files that belong into a directory: those of the import, and of the others what is not there."""
    others = {name: text for name, text in texts.unless_there.items() if not os.path.lexists(directory / name)}
    return {**others, **texts.files}


def place(directory: Path, files: Mapping[str, str], *, force: bool) -> tuple[str, ...]:
    """Write files below a directory, and return the names of those that changed. Raises Conflict before it writes.

    A file that is there and says something else is only written over with `force`, and only where an import wrote it
    and nobody has edited it since.
    """
    changed = {name: text for name, text in files.items() if _differs(directory / name, text, force=force)}
    for name, text in changed.items():
        try:
            _write(directory, directory / name, text)
        except OSError as error:
            raise Conflict(f"writing {directory / name}: {error.strerror or error}") from error
    return tuple(changed)


def _write(directory: Path, path: Path, text: str) -> None:
    """Put a file into the place of what is there, at once and whole."""
    path.parent.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
    if not path.parent.resolve().is_relative_to(directory.resolve()):
        raise Conflict(f"{path.parent} leads out of {directory}: the daemon would not read it there")
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    new.replace(path)


def _differs(path: Path, text: str, *, force: bool) -> bool:
    """Must a file be written? Raises Conflict where it must not."""
    if not os.path.lexists(path):
        return True
    if path.is_symlink() or not path.is_file():
        raise Conflict(f"{path} is no ordinary file: nothing was written")
    there = path.read_bytes().decode(errors="replace")
    if there == text:
        return False
    if not is_unedited(there):
        raise Conflict(
            f"{path} was not written by an import, or was edited since: nothing was written. "
            "Import into an empty directory, and take over from there what you want"
        )
    if not force:
        raise Conflict(f"{path} is there from an earlier import: nothing was written. --force writes over it")
    return True
