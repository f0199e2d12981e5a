"""Sends hostile inputs to the targets, each in a process of its own, and says what came of it."""

import json
import os
import select
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile import child
from tests.hostile.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parents[2]

HANGS_AFTER = 180.0
"""Seconds without a word after which a process is killed: 60 times what the slowest input may take, and room for a busy
machine to start it."""


@dataclass(slots=True)
class Outcome:
    """What came of one target's run."""

    target: str
    sent: int = 0
    accepted: int = 0
    slowest: float = 0.0
    rss: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)


def fuzz(
    target: Target,
    *,
    seed: str,
    runs: int,
    seconds: float = 1e9,
    patience: float = 1.0,
    told: Callable[[Outcome], None] = lambda _: None,
) -> Outcome:
    """Run one target to its end. A process that died or hung is a finding like any other, with its input.

    An input may take `patience` times the target's own limit of processor time.
    """
    outcome, began = Outcome(target.name), time.monotonic()
    with (
        tempfile.NamedTemporaryFile() as holder,
        tempfile.TemporaryFile() as errors,
        folder_of_a_child() as environment,
    ):
        holder.truncate(child.INPUT_MAX)
        words = (target.name, seed, str(runs), str(seconds), str(patience), holder.name)
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.hostile.child", *words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            bufsize=0,  # what lies in a buffer of ours would not wake `select`
        )
        with process:
            is_hung = not _listen(process, outcome, told)
            if is_hung:
                process.kill()
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read()[-2_000:].decode(errors="replace")
            what = "it hung" if is_hung else f"the process ended with {process.returncode}"
            held = holder.read(8)
            octets = holder.read(struct.unpack("<Q", held)[0])
            kept = child.saved(target, octets) if octets else "before the first input"
            outcome.findings.append(f"{what}: {kept}\n{said}")
    outcome.seconds = time.monotonic() - began
    return outcome


@contextmanager
def folder_of_a_child() -> Iterator[Mapping[str, str]]:
    """Yield the environment of a process whose temporary files are gone when it is, however it ends."""
    with tempfile.TemporaryDirectory(prefix="pagerd-fuzz-", ignore_cleanup_errors=True) as folder:
        yield {**os.environ, "TMPDIR": folder}


def _listen(process: subprocess.Popen[bytes], outcome: Outcome, told: Callable[[Outcome], None]) -> bool:
    """Take in what a process says until it ends; return False when it says nothing for too long."""
    assert process.stdout is not None
    while select.select([process.stdout], [], [], HANGS_AFTER)[0]:
        line = process.stdout.readline()
        if not line:
            return True
        said = json.loads(line)
        if "finding" in said:
            outcome.findings.append(f"{said['finding']}: {said['input']}")
            continue
        outcome.sent, outcome.accepted, outcome.slowest = said["at"], said["accepted"], said["slowest"]
        outcome.rss = said.get("rss", outcome.rss)
        told(outcome)
    return False


def kept_inputs() -> list[tuple[str, Path]]:
    """Return every input that once was a finding, with the name of its target."""
    names = {name.replace(" ", "-"): name for name in TARGETS}
    return [(names[path.parent.name], path) for path in sorted((Path(__file__).parent / "found").glob("*/*"))]
