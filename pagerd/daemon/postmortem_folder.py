"""Postmortems as files in a directory: read and written whole, each in one step, in a thread.

The name of a file is made of the number of an incident and of nothing else, so no text leads anywhere. What is in the
place of a file and is none, a link or a pipe for example, is refused.
"""

import asyncio
import os
import stat
from pathlib import Path

from pagerd.core.postmortems.document import TEXT_MAX, BrokenDocument, digest_of
from pagerd.engine.incidents.postmortem_files import FolderTrouble

BYTES_MAX = TEXT_MAX * 4
"""Enough bytes to know that a file has too many characters."""


class PostmortemFolder:
    """The directory that the settings name. It is made when the first file is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def name_of(self, number: int) -> str:
        """Return the path of a file, for people."""
        return str(self._file(number))

    async def read(self, number: int) -> str | None:
        """Return what the file holds, or None where there is none. Raises FolderTrouble, BrokenDocument."""
        return await asyncio.to_thread(self._read, number)

    async def write(self, number: int, text: str, over: str | None) -> bool:
        """Put a text into the file in one step; only over the text of this digest, None for no file. Did it?"""
        return await asyncio.to_thread(self._write, number, text, over)

    def _file(self, number: int) -> Path:
        return self._path / f"incident-{number:04}.md"

    def _read(self, number: int) -> str | None:
        path = self._file(number)
        try:
            # Opened without waiting, and never through a link: a pipe would not answer, a link may lead anywhere.
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise FolderTrouble(f"Reading {path}: it is no regular file")
                with open(descriptor, "rb", closefd=False) as stream:  # a descriptor has no path
                    raw = stream.read(BYTES_MAX + 1)
            finally:
                os.close(descriptor)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FolderTrouble(f"Reading {path}: {error.strerror}") from error
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise BrokenDocument(raw[: error.start].count(b"\n") + 1, "it holds what is no text in UTF-8") from error

    def _write(self, number: int, text: str, over: str | None) -> bool:
        path = self._file(number)
        new = path.with_suffix(".md.new")
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
            there = self._read(number)
            if (digest_of(there) if there is not None else None) != over:
                new.unlink()
                return False
            if over is None:
                return self._link(new, path)
            new.replace(path)
        except OSError as error:
            raise FolderTrouble(f"Writing {path}: {error.strerror}") from error
        return True

    @staticmethod
    def _link(new: Path, path: Path) -> bool:
        """Put a file where none is; one that somebody made meanwhile is left alone."""
        try:
            os.link(new, path)
        except FileExistsError:
            return False
        finally:
            new.unlink(missing_ok=True)
        return True
