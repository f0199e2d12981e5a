"""Reads a config directory into texts: the one place here that touches a disk."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from pagerd.config.document import ALL_CHARS_MAX, FILE_CHARS_MAX, FILES_MAX
from pagerd.config.findings import Finding, Span, render
from pagerd.core.errors import InvalidPlan

SETTINGS = "pagerd.yaml"
FOLDERS = ("rules", "rotations", "runbooks")
SUFFIXES = {"rules": (".yaml", ".yml"), "rotations": (".yaml", ".yml"), "runbooks": (".md",)}
IGNORED = frozenset({"README.md"})

_BYTES_MAX = FILE_CHARS_MAX * 4 + 1
"""Enough bytes to know that a file has too many characters, whatever they are."""


class DirectoryRefused(InvalidPlan):
    """The directory cannot be read as a config: `findings` say where and why, `files` are what could be read."""

    def __init__(self, findings: tuple[Finding, ...], files: Mapping[str, str]) -> None:
        super().__init__("Reading the config directory:\n" + render(findings, {}))
        self.findings = findings
        self.files = files


def read_directory(path: Path) -> dict[str, str]:
    """Return the text of every config file under a directory, by its name relative to it, with `/`.

    Bytes that are not UTF-8 become surrogates, which `load` refuses at their place. Links that lead out of the
    directory are refused, those within it (as Kubernetes mounts them) are followed. Raises DirectoryRefused with all of
    what is wrong.
    """
    try:
        root = path.resolve(strict=True)
        if not root.is_dir():
            raise NotADirectoryError
    except (OSError, RuntimeError):
        finding = Finding("E017", Span(str(path)), "this is not a directory", "a directory with a pagerd.yaml")
        raise DirectoryRefused((finding,), {}) from None
    files: dict[str, str] = {}
    findings: list[Finding] = []
    left = ALL_CHARS_MAX
    for name in _names(root, findings):
        if len(files) > FILES_MAX:
            break
        try:
            files[name] = _text(root, root / name)
            left -= len(files[name])
        except _Elsewhere:
            findings.append(Finding("E017", Span(name), "this leads out of the config directory", "a file inside it"))
        except (OSError, RuntimeError) as error:
            # RuntimeError is what pathlib raises for links that go round in a circle, before Python 3.13.
            reason = getattr(error, "strerror", None) or "it cannot be read"
            findings.append(Finding("E017", Span(name), f"reading it: {reason}", "a file that pagerd may read"))
        if left < 0:
            expected = f"at most {ALL_CHARS_MAX:,} characters in all files together"
            findings.append(Finding("E002", Span(name), "the files up to this one are too large together", expected))
            break
    if findings:
        raise DirectoryRefused(tuple(findings), files)
    return files


class _Elsewhere(Exception):  # says where it leads, and never leaves this module
    """The file is not in the directory."""


def _names(root: Path, findings: list[Finding]) -> Iterator[str]:
    for settings in (SETTINGS, SETTINGS.replace(".yaml", ".yml")):
        if os.path.lexists(root / settings):
            yield settings
    for folder in FOLDERS:
        top = root / folder
        if not os.path.lexists(top):
            continue
        refused = _refused_folder(root, top)
        if refused:
            findings.append(Finding("E017", Span(folder), refused, "a folder inside the config directory"))
            continue
        # What lies deeper is named too, so that `load` can say that it would never be read.
        for directory, folders, names in os.walk(top):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            here = Path(directory).relative_to(root)
            findings += [one for name in folders if (one := _refused_below(root, here / name)) is not None]
            for name in sorted(names):
                if name.endswith(SUFFIXES[folder]) and not name.startswith(".") and name not in IGNORED:
                    yield (here / name).as_posix()


def _refused_folder(root: Path, top: Path) -> str:
    """Return why one of our folders cannot be looked into, or nothing."""
    try:
        if not top.resolve().is_relative_to(root):
            return "this leads out of the config directory"
    except (OSError, RuntimeError):
        return "this link goes round in a circle"
    return "" if top.is_dir() else "this is not a folder"


def _refused_below(root: Path, path: Path) -> Finding | None:
    """Return what is wrong with a folder in one of ours: what seems to lie in it would be passed over in silence."""
    if path.suffix in SUFFIXES[path.parts[0]]:
        return Finding("E017", Span(path.as_posix()), "this is a folder", "a file of that name")
    if (root / path).is_symlink():
        return Finding("E017", Span(path.as_posix()), "links to folders are not followed", "files, or links to files")
    return None


def _text(root: Path, path: Path) -> str:
    real = path.resolve(strict=True)
    if not real.is_relative_to(root):
        raise _Elsewhere
    # Opened without waiting: a pipe under that name would never answer.
    descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a regular file")
        raw = stream.read(_BYTES_MAX)
    return raw.removeprefix(b"\xef\xbb\xbf").decode(errors="surrogateescape")
