"""Carries out the steps of the Dockerfile in a folder, where no image can be built, and starts what came of it.

python -m tests.tools.scratch_image FOLDER

Needs root and a Debian whose sources hold the base's release; debootstrap is fetched where it is missing. The base is
the same release made anew, not the published image; each RUN is a chroot, not a container. What is shown is that the
steps succeed, that the final root holds no build tools, and that pagerd starts, is healthy and stops in it as its user,
with everything read-only but its volume.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tools.dockerfile import Dockerfile, Instruction, Stage, read

ROOT = Path(__file__).resolve().parents[2]
RELEASES = {"12": "bookworm", "13": "trixie"}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
ABSENT = ("pip", "pip3", "gcc", "cc", "make", "git", "curl", "wget", "hatch")

SMOKE = """\
set -eu
chroot=$(command -v chroot)
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
mount -t tmpfs -o mode=0755,uid=65532,gid=65532 tmpfs "$1/run/pagerd"
mount -t tmpfs -o mode=0700,uid=65532,gid=65532 tmpfs "$1/var/lib/pagerd"
mount -t tmpfs -o mode=0755,uid=65532,gid=65532 tmpfs "$1/etc/pagerd"
mount --bind /dev "$1/dev"
as_user() { exec env -i $2 "$chroot" --userspec=65532:65532 "$1" sh -c "$3"; }
person='Ana Ribeiro, +351912000001, ana@example.com'
(as_user "$1" "$2" "pagerd init --yes --person '$person' --state-dir /var/lib/pagerd /etc/pagerd")
as_user "$1" "$2" 'cd / && exec pagerd run --log-format json' &
daemon=$!
tries=0
until (as_user "$1" "$2" 'pagerd health'); do
    tries=$((tries + 1)); [ "$tries" -lt 60 ] || exit 1
    sleep 1
done
if (as_user "$1" "$2" 'touch /opt/pagerd/x /etc/x 2>/dev/null'); then echo "the root can be written to" >&2; exit 1; fi
kill -TERM "$daemon" && wait "$daemon"
"""


def main() -> None:
    """Build and try."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    known = read((ROOT / "Dockerfile").read_text())
    base = _base(folder, known)
    roots: dict[str, Path] = {}
    environment: dict[str, str] = {}
    for stage in known.stages:
        say(f"== stage {stage.name}")
        root = roots[stage.name] = folder / stage.name
        shutil.rmtree(root, ignore_errors=True)
        subprocess.run(["cp", "-a", str(base), str(root)], check=True)
        environment = _build(stage, root, roots)
    final = roots[known.stages[-1].name]
    found = [name for name in ABSENT for at in ("usr/bin", "opt/pagerd/bin") if (final / at / name).exists()]
    assert not found, f"the final root holds {found}"
    say("== start, health, stop as 65532 on a read-only root")
    assigned = " ".join(f"{name}={value}" for name, value in environment.items())
    subprocess.run(["unshare", "--mount", "bash", "-c", SMOKE, "smoke", str(final), assigned], check=True)
    size = subprocess.run(["du", "-sm", str(final)], capture_output=True, text=True, check=True).stdout.split()[0]
    say(f"== it works; the root has {size} MB")


def _base(folder: Path, known: Dockerfile) -> Path:
    found = re.search(r"debian:(\d+)", known.arguments["BASE"])
    assert found is not None, "the base is no release of Debian"
    base = folder / f"debian-{found[1]}"
    if not (base / "etc/debian_version").exists():
        say(f"== base: Debian {found[1]} by debootstrap")
        command = [*_debootstrap(folder), "--variant=minbase", RELEASES[found[1]], str(base)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return base


def _debootstrap(folder: Path) -> list[str]:
    installed = shutil.which("debootstrap")
    if installed:
        return [installed]
    fetched = folder / "debootstrap"
    if not fetched.exists():
        subprocess.run(["apt-get", "download", "-qq", "debootstrap"], cwd=folder, check=True)
        [package] = folder.glob("debootstrap_*.deb")
        subprocess.run(["dpkg", "-x", str(package), str(fetched)], check=True)
    return ["env", f"DEBOOTSTRAP_DIR={fetched}/usr/share/debootstrap", str(fetched / "usr/sbin/debootstrap")]


def _build(stage: Stage, root: Path, roots: dict[str, Path]) -> dict[str, str]:
    """Carry out the instructions of one stage; return the environment that it sets."""
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    at = "/"
    for one in stage.instructions:
        say(f"{one.word} {one.value[:100]}")
        match one.word:
            case "RUN":
                _run(one, root, at, environment)
            case "COPY":
                _copy(one, root, at, roots)
            case "WORKDIR":
                at = one.value
                (root / at.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "ENV":
                environment |= dict(pair.split("=", 1) for pair in shlex.split(one.value))
    return environment


def _run(one: Instruction, root: Path, at: str, environment: dict[str, str]) -> None:
    given = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    if CERTIFICATES.exists():
        # A machine behind a proxy of its own trusts more than Debian does.
        shutil.copy(CERTIFICATES, root / "tmp/certificates.crt")
        given["PIP_CERT"] = "/tmp/certificates.crt"  # noqa: S108  # inside the root
    given |= {name: os.environ[name] for name in ("PIP_INDEX_URL", "http_proxy", "https_proxy") if name in os.environ}
    assigned = [f"{name}={value}" for name, value in given.items()]
    inside = shlex.quote(f"cd {at}; {one.value}")
    step = f'mount --bind /dev "$1/dev" && mount -t proc proc "$1/proc" && chroot "$1" sh -ec {inside}'
    subprocess.run(["unshare", "--mount", "env", "-i", *assigned, "sh", "-ec", step, "run", str(root)], check=True)


def _copy(one: Instruction, root: Path, at: str, roots: dict[str, Path]) -> None:
    words = shlex.split(one.value)
    source = roots[words.pop(0).removeprefix("--from=")] if words[0].startswith("--from=") else ROOT
    *names, target = words
    into = root / os.path.join(at, target).lstrip("/")  # noqa: PTH118  # an absolute target is the root's own
    for name in names:
        found = source / name.lstrip("/")
        where = into / found.name if len(names) > 1 or (found.is_file() and target.endswith("/")) else into
        where.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", "--no-target-directory", str(found), str(where)], check=True)


def say(text: str) -> None:
    """Say what is done."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
