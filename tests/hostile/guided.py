"""One target steered by coverage, until something is found or somebody interrupts: `make fuzz ARGS="generic --guided"`.

Atheris is no dependency, because it has no wheel for every Python that pagerd runs on: this module alone imports it.
"""

import sys
import tempfile
from hashlib import sha256
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("--guided needs Atheris, which is no dependency of pagerd's: .venv/bin/python -m pip install atheris")

with atheris.instrument_imports(include=["pagerd"]):
    from tests.hostile.child import saved
    from tests.hostile.targets import TARGETS


def main() -> None:
    """Take the name of a target; does not return."""
    target = TARGETS[sys.argv[1]]
    target.begin()

    def one(octets: bytes) -> None:
        try:
            target.check(octets)
        except Exception:
            sys.stderr.write(f"kept as {saved(target, octets)}\n")
            raise

    folder = tempfile.mkdtemp()  # whoever started this takes it away: Atheris ends the process as it likes
    for sample in target.samples:
        (Path(folder) / sha256(sample).hexdigest()).write_bytes(sample)
    atheris.Setup([sys.argv[0], folder, *sys.argv[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
