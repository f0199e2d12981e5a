"""One target in a process of its own: limits of the kernel around it, and the input at hand when it dies.

The parent reads lines of JSON. Before each input its bytes are laid into a file that the parent can read, so that a
process that crashes or hangs in the middle of C code has told what on. Time is that of the processor: on a busy machine
a parser is no slower than it is.
"""

import json
import resource
import signal
import struct
import sys
import time
import traceback
from collections.abc import Iterator
from hashlib import sha256
from mmap import mmap
from pathlib import Path
from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again

import structlog

from tests.hostile.targets import TARGETS, Target

MEMORY_MAX = 256 * 1024 * 1024
"""Bytes that one input may take beside what the process has with all its samples read."""

INPUT_MAX = 16 * 1024 * 1024
"""Bytes of one input, with room for the largest that a mutation makes."""

TOLD_EVERY = 0.25
"""Seconds between two lines about how far it is."""

FINDINGS_MAX = 20
"""Different findings of one run; after that many it is clear that something is wrong."""


class Over(BaseException):
    """An input took more processor time than any may; no parser may catch it."""


def run(target: Target, seed: str, runs: int, seconds: float, patience: float, held: mmap) -> None:
    """Send inputs until there were so many, or until the time is over; each is checked."""
    chance = Random(f"{seed}/{target.name}")
    accepted = sent = 0
    slowest, said_at, until = 0.0, 0.0, time.monotonic() + seconds
    found: set[str] = set()
    for octets in inputs(target, chance):
        now = time.monotonic()
        if sent >= runs or now >= until or len(found) >= FINDINGS_MAX:
            break
        if now - said_at >= TOLD_EVERY:
            say(at=sent, accepted=accepted, slowest=slowest)
            said_at = now
        held[: 8 + len(octets)] = struct.pack("<Q", len(octets)) + octets
        took, is_accepted, finding = tried(target, octets, target.seconds_max * patience)
        sent, accepted, slowest = sent + 1, accepted + is_accepted, max(slowest, took)
        if finding and finding not in found:
            found.add(finding)
            say(finding=finding, input=saved(target, octets))
    say(at=sent, accepted=accepted, slowest=slowest, rss=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def inputs(target: Target, chance: Random) -> Iterator[bytes]:
    """Yield each sample as it is, then changed ones for ever."""
    yield from target.samples
    while True:
        yield target.mutate(chance, chance.choice(target.samples))[: INPUT_MAX - 8]


def tried(target: Target, octets: bytes, seconds_max: float) -> tuple[float, bool, str]:
    """Return the processor time that an input took, whether it was accepted, and what is wrong, if anything is."""
    # A timer of processor time ends what would take for ever in Python; what hangs in C, the parent ends.
    signal.setitimer(signal.ITIMER_PROF, seconds_max * 20)
    began = time.process_time()
    try:
        is_accepted, finding = target.check(octets), ""
    except (Exception, Over) as error:  # noqa: BLE001  # whatever it is, it is a finding
        is_accepted, finding = False, _place(error)
    took = time.process_time() - began
    signal.setitimer(signal.ITIMER_PROF, 0)
    # Once more before it counts: a collection of garbage, or another process, may have been in the way.
    if not finding and took > seconds_max:
        began = time.process_time()
        target.check(octets)
        took = time.process_time() - began
        if took > seconds_max:
            finding = f"took {took:.2f} s, more than {seconds_max:g} s"
    return took, is_accepted, finding


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    way = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__}: {str(error)[:200]} ({way})"


def saved(target: Target, octets: bytes) -> str:
    """Keep an input that fails among those that every test run tries again; return its name."""
    name = sha256(octets).hexdigest()[:16]
    folder = Path(__file__).parent / "found" / target.name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(octets)
    return f"{folder.name}/{name}"


def say(**what: object) -> None:
    """Tell the parent."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _over(*_: object) -> None:
    raise Over("it does not end")


def bound_memory() -> None:
    """Let the process take so much more address space than it has, and no core dump when it takes that amiss."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEMORY_MAX
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Take the target's name, a seed, how many inputs, for how long, how patiently, and the file that holds one."""
    name, seed, runs, seconds, patience, holder = sys.argv[1:]
    # What is logged is looked at by the targets; the parent reads what is said here.
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    target = TARGETS[name]
    target.begin()
    with Path(holder).open("r+b") as stream, mmap(stream.fileno(), INPUT_MAX) as held:
        signal.signal(signal.SIGPROF, _over)
        bound_memory()
        run(target, seed, int(runs), float(seconds), float(patience), held)
    target.end()


if __name__ == "__main__":
    main()
