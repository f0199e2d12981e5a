"""Reads the files of an export, and walks through their JSON with a path for every message.

Strict about what must be known, lenient about keys that nobody asks for: a product adds some every month. What is read
was written by people elsewhere, so it is bounded in every way, and nothing in it is ever run or followed.
"""

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from pagerd.config.times import YEAR_MAX, YEAR_MIN
from pagerd.core.errors import Unreadable
from pagerd.importers.base import ExportFile

FILE_BYTES_MAX = 64 * 1024 * 1024
"""One file. A year of rendered shifts of a thousand schedules takes a tenth of it."""

ALL_BYTES_MAX = 256 * 1024 * 1024
"""All files together: what a small machine can still hold as JSON."""

FILES_MAX = 20_000
"""Files of one export: Opsgenie's backup tool writes one for each user, schedule and integration."""

TEXT_MAX = 2_000
"""Characters of a text that is looked at. Names have at most 255 in the products that we know."""

_PLAIN_MAX = 200


def read_export(paths: Sequence[str], suffixes: Sequence[str]) -> tuple[ExportFile, ...]:
    """Return the files that paths name, and of directories those below them that end as wanted, in order of names.

    Links in directories are not followed. Raises Unreadable for what is not there, is no text, or is too much.
    """
    files: list[ExportFile] = []
    left = ALL_BYTES_MAX
    for name, path in _named(paths, tuple(suffixes)):
        if len(files) >= FILES_MAX:
            raise Unreadable(f"reading the export: there are more than {FILES_MAX:,} files in it")
        raw = _bytes(name, path)
        left -= len(raw)
        if left < 0:
            raise Unreadable(f"reading the export: up to {name} it has more than {ALL_BYTES_MAX:,} bytes")
        try:
            files.append(ExportFile(name, raw.decode("utf-8-sig")))
        except UnicodeDecodeError as wrong:
            raise Unreadable(f"reading {name}: byte {wrong.start} is no UTF-8") from None
    if not files:
        wanted = " or ".join(suffixes)
        raise Unreadable(f"reading the export: no file that ends in {wanted} is in {', '.join(paths)}")
    return tuple(files)


def _named(paths: Sequence[str], suffixes: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    seen: set[Path] = set()
    for typed in paths:
        top = Path(typed)
        found = [(typed, top)] if not top.is_dir() else list(_below(top, suffixes))
        for name, path in found:
            if (real := path.absolute()) not in seen:
                seen.add(real)
                yield name, path


def _below(top: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    for directory, folders, names in os.walk(top):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            path = Path(directory) / name
            if name.lower().endswith(suffixes) and not name.startswith(".") and not path.is_symlink():
                yield path.relative_to(top).as_posix(), path


def _bytes(name: str, path: Path) -> bytes:
    try:
        # Opened without waiting: a pipe under that name would never answer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable(f"reading {name}: it is not a regular file")
            raw = stream.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise Unreadable(f"reading {name}: {error.strerror or error}") from None
    if len(raw) > FILE_BYTES_MAX:
        raise Unreadable(f"reading {name}: it has more than {FILE_BYTES_MAX:,} bytes")
    return raw


def plain(text: str) -> str:
    """Return a text on one line, without what a terminal or a reader of YAML would obey, cut where it is long."""
    words = " ".join(text.split())
    shown = "".join(sign if sign.isprintable() else "?" for sign in words)
    return shown if len(shown) <= _PLAIN_MAX else shown[: _PLAIN_MAX - 3] + "..."


@dataclass(frozen=True, slots=True)
class Json:
    """A value of a JSON file with the path to it: `users.json: users[3].email`, or of a whole file `users.json:`."""

    value: object
    path: str

    def wrong(self, expected: str) -> NoReturn:
        """Raise Unreadable that says what stands here instead."""
        raise Unreadable(f"reading {self.where}: expected {expected}, but there is {_shown(self.value)}")

    @property
    def where(self) -> str:
        """The path for a message."""
        return self.path.removesuffix(":")

    def get(self, key: str) -> "Json | None":
        """Return the value of a key; None where there is none, or null. Raises Unreadable where this is no object."""
        found = self.object().get(key)
        return None if found is None else Json(found, self._below(f".{key}"))

    def field(self, key: str) -> "Json":
        """Return the value of a key that must be there."""
        found = self.get(key)
        if found is None:
            raise Unreadable(f"reading {self.where}: there is no {key}")
        return found

    def object(self) -> dict[str, object]:
        """Return it as an object."""
        return self.value if isinstance(self.value, dict) else self.wrong("an object")

    def items(self) -> list["Json"]:
        """Return the values of a list."""
        if not isinstance(self.value, list):
            self.wrong("a list")
        return [Json(one, self._below(f"[{place}]")) for place, one in enumerate(self.value)]

    def text(self) -> str:
        """Return a text that has something in it."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.wrong("a text")
        if len(self.value) > TEXT_MAX:
            self.wrong(f"at most {TEXT_MAX:,} characters")
        return self.value.strip()

    def integer(self) -> int:
        """Return a whole number; one written as a text or with a zero behind a point is one too."""
        value = self.value
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 16:
            return int(value)
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong("a whole number")
        return value

    def boolean(self) -> bool:
        """Return true or false."""
        return self.value if isinstance(self.value, bool) else self.wrong("true or false")

    def instant(self) -> datetime:
        """Return an instant (UTC) that is written with its offset, such as 2026-01-05T09:00:00Z."""
        expected = "a time with its offset, such as 2026-01-05T09:00:00Z"
        try:
            found = datetime.fromisoformat(self.text())
            if found.tzinfo is None:
                self.wrong(expected)
            found = found.astimezone(UTC)
        except (ValueError, OverflowError):
            self.wrong(expected)
        if not YEAR_MIN < found.year < YEAR_MAX:
            self.wrong(f"a time after {YEAR_MIN} and before {YEAR_MAX}")
        return found

    def list_of(self, key: str) -> list["Json"]:
        """Return the values of a list under a key, or none where the key is not there."""
        found = self.get(key)
        return [] if found is None else found.items()

    def text_of(self, key: str, otherwise: str = "") -> str:
        """Return the text under a key; `otherwise` where there is none or an empty one."""
        found = self.get(key)
        return otherwise if found is None or found.value == "" else found.text()

    def is_on(self, key: str, *, otherwise: bool) -> bool:
        """Return the switch under a key."""
        found = self.get(key)
        return otherwise if found is None else found.boolean()

    def _below(self, part: str) -> str:
        return f"{self.path} {part.removeprefix('.')}" if self.path.endswith(":") else f"{self.path}{part}"


def parse(file: ExportFile) -> Json:
    """Return the JSON of a file. Raises Unreadable with line and column."""
    try:
        value = json.loads(file.text, parse_constant=_no_constant)
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise Unreadable(f"reading {file.name}: it is not JSON: {wrong.msg} in {where}") from None
    except (ValueError, RecursionError):
        # A number with thousands of digits, NaN, or a thousand open brackets: nothing that a product writes.
        raise Unreadable(f"reading {file.name}: it is not JSON that a product writes") from None
    return Json(value, f"{file.name}:")


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _shown(value: object) -> str:
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case None:
            return "nothing"
        case _:
            text = plain(json.dumps(value, ensure_ascii=False))
            return text if len(text) <= 60 else text[:57] + "..."
