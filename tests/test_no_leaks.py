"""Nothing of the machine that it was written on stands in the tree, and nothing that was put off."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Put together from pieces, so that this file does not hold what it looks for.
BARRED = {
    "a path of one machine": re.compile(r"(?<![\w.-])/(?:" + "work|root" + r")/"),
    "a path out of the repository": re.compile(r"\.\./" + "shared"),
    "work put off": re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME" + r")\b"),
}


def kept_files() -> list[Path]:
    """Return every file that is tracked, or would be by `git add`."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip(f"no list of the kept files: git said {listing.stderr.decode().strip()}")
    paths = {ROOT / name.decode() for name in listing.stdout.split(b"\0") if name}
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def leaks(text: str) -> list[str]:
    """Say what a text holds that it must not, with its line."""
    return [
        f"{number}: {what}: {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in BARRED.items()
        if pattern.search(line)
    ]


def test_no_kept_file_tells_of_a_machine_or_puts_work_off() -> None:
    """Every file that git keeps is free of machine paths, of paths out of the tree and of notes to finish later."""
    found = [
        f"{path.relative_to(ROOT)}:{leak}"
        for path in kept_files()
        for leak in leaks(path.read_bytes().decode(errors="replace"))
    ]

    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: Path) -> None:
    """A lock can be read by whoever wants the same packages, from wherever they get packages."""
    text = lock.read_text()
    pinned = re.findall(r"^[a-z0-9][a-z0-9._-]*==\S+", text, re.MULTILINE)
    unhashed = re.findall(r"^[a-z0-9][a-z0-9._-]*==[^\\\n]*\n(?!\s+--hash=sha256:)", text, re.MULTILINE)
    others = [line for line in text.splitlines() if re.match(r"-|.*(://|@ |(?<!\w)/)", line)]

    assert pinned
    assert not unhashed
    assert not others


@pytest.mark.parametrize(
    ("text", "is_leak"),
    [
        ("see /" + "work/main for it", True),
        ("HOME=/" + "root/", True),
        ("../" + "shared/notes.md", True),
        ("# TO" + "DO: later", True),
        ("https://example.org/" + "work/item", False),
        ("the frame" + "work/path", False),
        ("methodology, toDOs", False),
    ],
)
def test_what_is_a_leak(text: str, is_leak: bool) -> None:
    """A path counts where it begins, a note where it is a word of its own."""
    assert bool(leaks(text)) is is_leak
